"""A round of statements as people live it: asked, answered in four ways, looked at, counted both ways, and taken to the group."""

import json
import re

import pytest

import heard
from test_journey import PROJECT, Journey, fetch, heard_path

LONELY = "Waiting is lonely"
RUDE = "Dr Example is rude"


def walk(open_page, base):
    journey = Journey(open_page, [base])

    # A facilitator starts a round and opens it.
    journey.become("Rosa")
    journey.go(PROJECT + "/rounds/new")
    journey.page.locator("[name=perspectives][value=friends-and-family]").uncheck(force=True)
    journey.page.locator("[name=perspectives][value=managers]").uncheck(force=True)
    journey.page.locator("[name=perspectives][value=peer-staff]").uncheck(force=True)
    journey.send("/rounds", title="Walls and waiting", question="What should come first?", statements="Paint the walls.\nRing people who wait.")
    path = heard_path(journey.page.url)
    journey.sees("Not open yet")
    journey.page = journey.open_page()
    assert journey.page.goto(base + path).status == 404
    journey.become("Rosa")
    journey.go(path)
    journey.page.get_by_role("button", name="Open it now").click()
    journey.sees("Open: you can answer now")

    # A stranger answers, goes away, and comes back by the private link.
    journey.page = journey.open_page()
    journey.go(PROJECT + "/rounds")
    journey.page.get_by_role("link", name="Answer Walls and waiting").click()
    journey.send("/joining", perspective="parents-and-carers")
    link = heard_path(journey.page.url).split("?")[0]
    journey.sees("Keep this link")
    journey.sees("0 of 2")
    journey.page.get_by_role("button", name="Agree", exact=True).click()
    journey.sees("1 of 2")
    journey.page = journey.open_page()
    assert "1 of 2" in journey.text(link)
    journey.page.get_by_role("button", name=re.compile("Pass")).click()
    journey.sees("You have answered everything")

    # A young person answers with the keyboard alone, and says it another way, twice.
    journey.become("Wren")
    journey.go(path + "/answering")
    journey.page.get_by_role("button", name="Disagree").focus()
    journey.page.keyboard.press("Enter")
    journey.page.wait_for_load_state()
    journey.sees("1 of 2")
    for words in (LONELY, RUDE):
        journey.go(path + "/answering")
        if journey.page.locator("form[action$='/statements'] [name=words]").is_hidden():
            journey.page.get_by_text("I’d put it another way").click()
        journey.send("/statements", words=words)
        journey.sees("Somebody looks at it")

    # A moderator says one in other words and rejects the other; the author is told of both.
    journey.become("Leah")
    for words in (LONELY, RUDE):
        journey.go("/desk")
        journey.page.get_by_role("link", name=words).first.click()
        if words == LONELY:
            journey.send("/rewording", words="Being alone is hard while you wait.")
        else:
            journey.send("/rejection", reason="It names somebody.")
    journey.become("Wren")
    mine = journey.text(path + "/answering/mine")
    assert "Being alone is hard while you wait." in mine and "It names somebody." in mine

    # By phone and on paper.
    journey.become("Mina")
    journey.go(path + "/phone")
    journey.send("/phone", agreed="yes", perspective="young-people", answer_1="agree", answer_2="agree")
    journey.sees("Your answers")
    assert "Paint the walls." in journey.text(path + "/sheet")
    fields = {}
    for sheet in range(1, 9):
        fields |= {f"perspective_{sheet}": "clinicians", f"answers_{sheet}": "1d 2a"}
    for _ in range(2):
        journey.go(path + "/paper")
        journey.send("/paper", **fields)
    journey.sees("8 sheets are saved")

    # The two figures differ; outside the room small groups are hidden, on the page and in JSON.
    journey.become("Rosa")
    room = journey.text(path)
    equal, person = (int(re.search(f"Each {who} counts the same: (\\d+)% agree", room.split("Paint the walls.")[1]).group(1)) for who in ("group", "person"))
    assert equal - person >= 20, (equal, person)
    for accept in ("text/html", "application/json"):
        public = fetch(base + path, accept)
        assert "Each group counts the same: " not in public and "Wren" not in public
    assert json.loads(fetch(base + path, "application/json"))["heading"] == "Walls and waiting"

    # It becomes a theme, and both know of each other.
    journey.go(path)
    journey.page.locator(".statement", has_text="Ring people who wait.").get_by_role("link", name="Take this to the group").click()
    journey.send("/proposal", title="Ringing people who wait")
    theme = journey.page.inner_text("main")
    assert "As it stood then" in theme and "Ring people who wait." in theme
    assert "Ringing people who wait" in journey.text(path)

    # Closed: nothing more is taken, and taking back still works.
    journey.page.get_by_role("button", name="Close it").click()
    journey.page = journey.open_page()
    assert "Closed" in journey.text(link)
    journey.go(link + "/mine")
    journey.send("/withdrawal", sure="yes")
    journey.sees("count nowhere any more")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_round_of_statements_from_question_to_theme(visitor, scripts):
    server = heard.Server()
    try:
        walk(lambda: visitor(base=server.base, scripts=scripts), server.base)
    finally:
        server.stop()
    verified = heard.run("verify", "--database", server.database)
    server.folder.cleanup()
    assert verified.returncode == 0, verified.stdout + verified.stderr
