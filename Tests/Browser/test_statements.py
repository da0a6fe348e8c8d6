"""A round of statements as people live it: asked, answered in four ways, looked at, counted both ways, and taken to the group."""

import json
import re
import urllib.parse

import pytest
from axe_playwright_python.sync_playwright import Axe

import conftest
import heard
from test_every_page import WCAG
from test_journey import PROJECT, Journey, fetch, heard_path

LONELY = "Waiting is lonely"
RUDE = "Dr Example is rude"


def walk(open_page, bases):
    journey = Journey(open_page, bases)

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
    for base in bases:
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
    for _ in bases:
        assert "Agree" in journey.text(link + "/mine")
    journey.page = journey.open_page()
    assert "1 of 2" in journey.text(link)
    journey.page.get_by_role("button", name=re.compile("Pass")).click()
    journey.sees("You have answered everything")

    # A young person answers, and says it another way, twice.
    journey.become("Wren")
    journey.go(path + "/answering")
    journey.page.get_by_role("button", name="Disagree").click()
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
    assert journey.page.locator(".slip").count() == 8
    slip = heard_path(journey.page.locator(".slip").last.locator("p").last.inner_text())
    assert "Disagree" in journey.text(slip + "/mine")

    # The two figures differ; outside the room small groups are hidden, on the page and in JSON.
    journey.become("Rosa")
    room = journey.text(path)
    equal, person = (int(re.search(f"Each {who} counts the same: (\\d+)% agree", room.split("Paint the walls.")[1]).group(1)) for who in ("group", "person"))
    assert equal - person >= 20, (equal, person)
    for base in bases:
        for accept in ("text/html", "application/json"):
            public = fetch(base + path, accept)
            assert "Each group counts the same: " not in public and "Wren" not in public
        assert json.loads(fetch(base + path, "application/json"))["heading"] == "Walls and waiting"

    # It becomes a theme, and both know of each other.
    journey.go(path)
    journey.page.locator(".statement", has_text="Ring people who wait.").get_by_role("link", name="Take this to the group").click()
    journey.send("/proposal", title="Ringing people who wait")
    theme, url = journey.page.inner_text("main"), heard_path(journey.page.url)
    assert "As it stood then" in theme and "Ring people who wait." in theme and "Next: discuss it." in theme
    assert "Ringing people who wait" in journey.text(path)

    # The group decides about it. From the public page of the theme the way leads back to what people think.
    journey.go(url + "/decisions/new")
    journey.send("/decisions", outcome="agreed", words="We ring everybody once a month.", reasons="Most people want it.")
    journey.page = journey.open_page()
    journey.go(re.sub(PROJECT, "/barnet-camhs", url))
    journey.sees("We ring everybody once a month.")
    journey.page.get_by_role("link", name="Ring people who wait.").click()
    journey.page.wait_for_url("**" + path)

    # And from a theme the way leads to a statement, which leads back to the theme.
    journey.become("Rosa")
    journey.go(url)
    journey.page.get_by_role("link", name=re.compile("Ask what people think of this, in “Walls and waiting”")).click()
    assert journey.page.locator("[name=statements]").input_value() == "Ringing people who wait"
    journey.send("/statements", statements="Ring in the evening.")
    assert "From the theme “Ringing people who wait”" in journey.page.inner_text("main")
    journey.go(path)
    journey.page.locator(".statement", has_text="Ring in the evening.").get_by_role("link", name="Ringing people who wait").first.click()
    journey.sees("made from this theme")
    journey.go(path)
    journey.page.locator(".statement", has_text="Ring in the evening.").get_by_role("link", name="Take this to the group").click()
    assert journey.page.locator("[name=theme] option:checked").inner_text() == "Ringing people who wait"
    journey.go(path)

    # Closed: nothing more is taken, and taking back still works.
    journey.page.get_by_role("button", name="Close it").click()
    journey.page = journey.open_page()
    assert "Closed" in journey.text(link)
    journey.go(link + "/mine")
    journey.send("/withdrawal", sure="yes")
    journey.sees("count nowhere any more")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_round_of_statements_from_question_to_theme(visitor, scripts):
    with heard.side_by_side() as (server,):
        walk(lambda: visitor(base=server.base, scripts=scripts), [server.base])


def test_the_same_round_on_postgresql_with_two_servers_side_by_side(visitor, postgres_database):
    with heard.side_by_side(2, postgres_database) as (first, second):
        walk(lambda: visitor(base=first.base), [first.base, second.base])


@pytest.fixture(scope="module")
def demo():
    """A demo of its own, with the round that it comes with."""
    server = heard.Server()
    rounds = json.loads(fetch(server.base + PROJECT + "/rounds", "application/json"))["rounds"]
    server.round = heard_path(rounds[0]["url"])
    yield server
    server.stop()
    server.folder.cleanup()


class Keyboard:
    """Somebody with a keyboard and nothing else."""

    def __init__(self, page):
        self.page = page

    def reach(self, name):
        """Tab, until what has this name is where the keyboard is."""
        for _ in range(120):
            self.page.keyboard.press("Tab")
            here = self.page.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).innerText ?? ''")
            if re.search(name, here):
                return
        raise AssertionError(f"no way to “{name}” by Tab")

    def press(self, name):
        self.reach(name)
        self.page.keyboard.press("Enter")

    def sees(self, words):
        self.page.locator("main", has_text=words).wait_for()


def done(page):
    return int(re.search(r"(\d+) of \d+", page.inner_text("main")).group(1))


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_answering_with_the_keyboard_alone(visitor, demo, scripts):
    page = visitor(base=demo.base, scripts=scripts)
    keyboard = Keyboard(page)
    page.goto(PROJECT + "/rounds")
    keyboard.press("^Answer")
    page.wait_for_url("**/joining")
    # Radios are one stop: arrows choose.
    page.locator("[name=perspective]").first.wait_for()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "perspective":
            break
    page.keyboard.press("Space")
    keyboard.press("^Begin")
    page.wait_for_url("**/answering/*")
    before = done(page)
    for count, answer in enumerate(("^\\W*\\d?\\s*Agree", "Disagree", "Pass"), start=1):
        keyboard.press(answer)
        keyboard.sees(f"{before + count} of")
    keyboard.press("I’d put it another way")
    keyboard.reach("Say it in your words")
    words = "Nobody should wait without a word." if scripts else "Say how long it takes."
    page.keyboard.type(words)
    keyboard.press("Add this statement")
    keyboard.sees("Somebody looks at it")
    keyboard.press("What I answered")
    keyboard.sees(words)


def test_single_keys_answer_and_can_be_turned_off(visitor, demo):
    """WCAG 2.1.4: somebody who speaks to a computer presses keys without meaning to."""
    page = visitor(base=demo.base)
    link = join(heard.Client(demo.base), demo.round)
    page.goto(link)
    before = done(page)
    asked = page.locator("form.answering blockquote").inner_text()
    assert page.locator("form.answering kbd").all_inner_texts() == ["1", "2", "3"]
    page.keyboard.press("2")
    page.locator("main", has_text=f"{before + 1} of").wait_for()
    assert f"Disagree: “{asked}”" in page.inner_text("main")

    # Not while somebody types, not together with Control, and not once they are off.
    page.get_by_text("I’d put it another way").click()
    page.locator("[name=words]").press("1")
    page.locator("[name=words]").fill("")
    page.locator("body").press("Alt+1")
    page.get_by_role("button", name="Turn these keys off").click()
    assert page.locator("kbd").count() == 0
    page.keyboard.press("1")
    page.wait_for_timeout(500)
    page.goto(link)
    page.keyboard.press("1")
    page.wait_for_timeout(500)
    assert done(page) == before + 1
    page.get_by_role("button", name="Turn the keys 1, 2 and 3 on").click()
    assert not Axe().run(page, options=WCAG).response["violations"]
    page.keyboard.press("3")
    page.locator("main", has_text=f"{before + 2} of").wait_for()


def test_without_a_script_there_is_no_word_of_keys_or_zoom(visitor, demo):
    page = visitor(base=demo.base, scripts=False)
    conftest.become(page, "Wren")
    page.goto(demo.round + "/answering")
    assert "on your keyboard" not in page.inner_text("main")
    conftest.become(page, "Rosa")
    page.goto(demo.round)
    assert page.get_by_role("button", name="Zoom in").count() == 0
    assert "Yes to:" in page.locator("#map table").inner_text()


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_a_group_on_the_map_is_looked_at_by_press_and_by_key(visitor, demo, motion):
    page = visitor(base=demo.base, reduced_motion=motion, viewport={"width": 360, "height": 740})
    conftest.become(page, "Rosa")
    page.goto(demo.round)
    drawing, said = page.locator("#map svg"), page.locator("#map [aria-live]")
    box = lambda: [float(one) for one in drawing.get_attribute("viewBox").split()]
    settled = lambda: page.wait_for_timeout(0 if motion == "reduce" else 400)
    whole = box()
    row = page.locator("#map tbody tr").first
    says = row.locator("td").inner_text().strip()

    # By pressing the area itself, away from its letter.
    at = page.locator("#map .area").first.bounding_box()
    page.mouse.click(at["x"] + at["width"] * 0.3, at["y"] + at["height"] * 0.5)
    if not says in said.inner_text():
        # Another area lies over it there.
        page.get_by_role("button", name="Group A").click()
    assert says in said.inner_text() and row.locator("th").inner_text() in said.inner_text()
    settled()
    assert box()[2] < whole[2]
    assert page.get_by_role("button", name="Group A").get_attribute("aria-pressed") == "true"
    assert not Axe().run(page, options=WCAG).response["violations"]

    # By keyboard: again is the whole map, and from there in, sideways, and out.
    page.get_by_role("button", name="Group A").press("Enter")
    settled()
    assert box() == whole and said.inner_text() == ""
    page.get_by_role("button", name="Zoom in").press("Enter")
    settled()
    nearer = box()
    assert nearer[2] == pytest.approx(whole[2] / 1.5, abs=0.2)
    page.keyboard.press("ArrowRight")
    settled()
    assert box()[0] > nearer[0] and box()[2] == nearer[2]
    page.keyboard.press("0")
    settled()
    assert box() == whole
    page.keyboard.press("-")
    settled()
    assert box() == whole


def test_what_we_think_follows_the_answers_by_itself(visitor, demo):
    """Nobody loads the page again: the count grows, and what somebody chose on the map stays chosen."""
    page = visitor(base=demo.base)
    page.clock.install()
    conftest.become(page, "Rosa")
    page.goto(demo.round)
    people = lambda: int(re.search(r"(\d+) people have answered", page.inner_text("#figures")).group(1))
    before = people()
    page.get_by_role("button", name="Group B").click()
    said = page.locator("#map [aria-live] li").all_inner_texts()
    # Not while the keyboard is in it.
    page.evaluate("document.activeElement.blur()")
    stranger = heard.Client(demo.base)
    for answer in ("agree", "disagree"):
        at = join(stranger, demo.round)
        asked = re.search(r'name="statement" value="([^"]+)"', stranger.get(at).text).group(1)
        assert stranger.ask(at + "/answers", "POST", urllib.parse.urlencode({"statement": asked, "answer": answer}), **FORM).status == 303
    page.clock.run_for(10_500)
    page.wait_for_function("before => !document.querySelector('#figures').innerText.includes(before + ' people have answered')", arg=before)
    assert people() == before + 2
    page.get_by_role("button", name="Zoom in").wait_for()
    # The same group, by whatever letter it goes now; or none, where it is no more.
    assert page.locator("#map [aria-live] li").all_inner_texts() in (said, [])
    assert page.locator("#map [aria-pressed=true]").count() == page.locator("#map .chosen").count()


def join(stranger, round):
    """The private link of somebody new."""
    return stranger.ask(round + "/joining", "POST", "perspective=clinicians", **FORM).headers["location"].split("?")[0]


FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
