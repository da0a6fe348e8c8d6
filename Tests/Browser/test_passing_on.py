"""Places passed on, as people do it: found by a parent and read out on the phone, sent by a clinician, referred to with consent, and taken back."""

import pathlib
import re
import sqlite3
import time

import pytest

import heard
from test_every_page import look
from test_journey import Journey, heard_path

WHO = "Zebedee"
WHY = "You wanted to paint together with others."
CAME = "We start on Monday"
ANSWER = "The bus was too far"
CONTACT = "07700 900456"


def fits(journey):
    """Nobody is left out: axe, and nothing to scroll sideways on a small telephone. (axe is a script itself.)"""
    if journey.scripts:
        journey.page.set_viewport_size({"width": 360, "height": 740})
        assert look(journey.page) == []
        journey.page.set_viewport_size({"width": 1280, "height": 800})


def make_free(journey):
    """A young editor knows that Talkshop costs nothing and for whom it is, and says so."""
    journey.become("Wren")
    journey.go("/directory?q=talkshop")
    journey.page.get_by_role("link", name="Talkshop Trafford").first.click()
    journey.sees("Is this still true?")
    entry = heard_path(journey.page.url)
    journey.go(entry + "/edit")
    journey.send(entry, cost="free", minimum_age="13", maximum_age="19", why="I asked them")
    journey.sees("It costs nothing")


def find_and_print(journey):
    """A parent without an account finds a free place for a 14-year-old nearby, says why it is on the list, and prints it."""
    journey.page = journey.open_page()
    journey.go("/directory")
    form = journey.page.locator("main form.find")
    form.locator("[name=q]").fill("somebody to talk to")
    form.locator("[name=place]").fill("M33")
    form.locator("summary").click()
    form.locator("[name=age]").fill("14")
    form.locator("[name=free]").check(force=True)
    form.locator("button").click()
    found = journey.page.locator("article", has_text="Talkshop Trafford")
    assert "Age 13 to 19 · It costs nothing" in found.inner_text()
    fits(journey)
    found.get_by_role("button", name=re.compile("Add to my list")).click()
    journey.sees("It is on your list")
    path = re.sub(r"\?.*", "", heard_path(journey.page.url))
    fits(journey)
    why = journey.page.locator("[name^=why-]").get_attribute("name")
    journey.page.locator(f"[name={why}]").fill("Ask for Sam")
    journey.page.get_by_role("button", name="Save", exact=True).click()
    journey.sees("Saved")
    address = journey.page.locator("p.address").inner_text()
    journey.page.get_by_role("button", name="Print it").click()
    journey.sees("Printed on")
    for words in ("Ask for Sam", "0161 912 2453", "Sale Waterside", "checked this on", "the newest until"):
        assert words in journey.page.inner_text("main"), words
    assert journey.page.locator("main .qr").count() == 1
    passed = heard_path(journey.page.url).removesuffix("/print")
    fits(journey)
    journey.page.emulate_media(media="print")
    assert journey.page.locator(".large-print").evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 18
    assert not journey.page.locator(".site-nav, .breadcrumbs").first.is_visible()
    journey.page.emulate_media(media="screen")

    # Whoever has the link reads it, without an account, and no cache or search engine keeps it. Nobody else has the list.
    journey.page = journey.open_page()
    answer = journey.page.goto(passed)
    assert answer.headers["cache-control"] == "private, no-store" and answer.headers["referrer-policy"] == "same-origin"
    assert journey.page.locator("meta[name=robots]").get_attribute("content") == "noindex"
    journey.sees("Ask for Sam")
    assert journey.page.goto(path).status == 404
    # Its owner comes back by the address that they wrote down.
    journey.page.goto(heard_path(address))
    journey.page.get_by_role("button", name="Go on with this list").click()
    journey.page.get_by_role("button", name=re.compile("End this link")).click()
    journey.sees("does not work any more")
    assert journey.page.goto(passed).status == 404


def tab_to(page, words, most=60):
    """Presses Tab until what is focused says these words."""
    for _ in range(most):
        page.keyboard.press("Tab")
        said = page.evaluate("document.activeElement.labels?.[0]?.textContent || document.activeElement.textContent")
        if words in re.sub(r"\s+", " ", said):
            return
    raise AssertionError(f"no Tab leads to “{words}”")


def read_out(journey):
    """A scribe finds it for somebody on the phone and reads it out, with the keyboard alone."""
    journey.become("Mina")
    journey.go("/desk")
    tab_to(journey.page, "Find places for a caller")
    journey.page.keyboard.press("Enter")
    journey.sees("Ask first")
    fits(journey)
    keys = journey.page.keyboard
    for words, typed in (("What would help", "talk"), ("Postcode", "M33"), ("Age", "14")):
        tab_to(journey.page, words)
        keys.type(typed)
    tab_to(journey.page, "cost nothing")
    keys.press("Space")
    keys.press("Enter")
    journey.sees("Add and read out")
    tab_to(journey.page, "Add and read out Talkshop")
    keys.press("Enter")
    journey.sees("The first place is called Talkshop Trafford.")
    assert "0 1 6 1, … 9 1 2, … 2 4 5 3" in journey.page.inner_text("main")
    fits(journey)
    tab_to(journey.page, "I read out Talkshop")
    keys.press("Space")
    keys.press("Tab")
    keys.type("She rings them tomorrow")
    if journey.scripts:
        keys.press("Control+Enter")
    else:
        tab_to(journey.page, "Save what was read out")
        keys.press("Enter")
    journey.sees("Saved.")
    assert journey.page.locator("[name^=said-]").input_value() == "She rings them tomorrow"
    assert journey.page.locator("[name^=read-]").is_checked()


def send_list(journey):
    """A clinician puts a list together and has it sent; a scribe sends it; the family opens it without an account."""
    journey.become("Nadia")
    for name in ("42nd Street", "The Proud Trust"):
        journey.go("/directory?q=" + name.replace(" ", "+"))
        journey.page.locator("article", has_text=name).first.get_by_role("button", name=re.compile("Add to my list")).click()
        journey.sees("It is on your list")
    path = re.sub(r"\?.*", "", heard_path(journey.page.url))
    journey.go(path + "/sending")
    journey.send("/sending", who=WHO, channel="text", number=CONTACT)
    assert "Ask them first" in journey.page.inner_text("#problems"), "not without their word"
    assert journey.page.locator("[name=number]").input_value() == CONTACT
    fits(journey)
    journey.send("/sending", agreed="yes")
    journey.sees("Somebody in the team will send it")

    journey.become("Mina")
    journey.go("/tellings")
    journey.page.get_by_role("link", name="1 list waits to be sent").click()
    journey.page.get_by_role("link", name=re.compile(WHO)).click()
    journey.page.get_by_role("button", name="Make the message").click()
    journey.sees("Somebody at Barnet CAMHS sent you a list of places that may help")
    message = journey.page.locator(".inset .words").inner_text()
    assert "42nd" not in message, "a telephone's screen tells others nothing"
    assert journey.page.locator("a[href^='sms:']").get_attribute("href").startswith("sms:07700900456?body=Somebody")
    fits(journey)
    journey.send("/tries", outcome="sent")
    journey.sees("off the list")

    journey.page = journey.open_page()
    journey.go(re.search(r"/passed/[a-z0-9-]+", message).group())
    journey.sees("42nd Street")
    journey.sees("The Proud Trust")
    fits(journey)
    return path


def reply(journey, action, **fields):
    """Fills in a form of the family's page, where every name ends with the referral that it is about."""
    referral = re.search(r"/referrals/([0-9a-f-]+)", journey.page.locator(f"main form[action$='{action}']").first.get_attribute("action")).group(1)
    journey.send(action, **{f"{name}-{referral}": value for name, value in fields.items()})


def refer(journey, path):
    """With consent, a clinician refers to a place on it. The family sees the record, and says what came of it."""
    journey.become("Nadia")
    journey.go(path)
    journey.page.locator("article", has_text="42nd Street").get_by_role("link", name=re.compile("Refer to this place")).click()
    journey.send("/referral", who=WHO, why=WHY)
    for problem in ("Choose who said yes", "Choose how they said it", "Tell them first", "Choose who gets in touch"):
        assert problem in journey.page.inner_text("#problems"), problem
    fits(journey)
    journey.send("/referral", consent_by="both", consent_how="in-person", told="yes", first="family")
    journey.sees("Now give this link to the family")
    family = re.sub(r"\?.*", "", heard_path(journey.page.url))
    journey.go(family + "/slip")
    assert journey.page.locator("main .qr").count() == 1
    fits(journey)

    journey.page = journey.open_page()
    journey.go(family)
    for words in (WHO, WHY, "Nadia Rahman, Barnet CAMHS", "face to face", "The places on your list", "Who can see this page"):
        assert words in journey.page.inner_text("main"), words
    fits(journey)
    journey.page.locator("summary", has_text="Say what came of it").first.click()
    reply(journey, "/coming", state="has-place", came=CAME)
    journey.sees(CAME)
    return family


def ask_later(journey, server, family):
    """Four weeks later the family is asked whether it helped, answers, and the clinician reads it."""
    with sqlite3.connect(server.database.removeprefix("sqlite:"), timeout=20) as database:
        database.execute("UPDATE referrals SET ask_due = 1 WHERE who = ?", (WHO,))
        database.execute("UPDATE jobs SET due = 1 WHERE kind = 'ask-whether-it-helped'")
    database.close()
    for _ in range(40):
        journey.go(family)
        if journey.page.locator("form[action$='/helping']").count():
            break
        time.sleep(0.5)
    fits(journey)
    reply(journey, "/helping", helped="bit", helped_words=ANSWER)
    journey.sees("Thank you for telling us")
    journey.become("Nadia")
    journey.go("/desk")
    journey.sees("New from a family")
    fits(journey)
    journey.page.locator("main li", has_text=WHO).get_by_role("link").click()
    journey.sees(ANSWER)
    referral = heard_path(journey.page.url)
    fits(journey)
    journey.page.get_by_role("button", name="I have read it").click()
    journey.sees("What came of it")
    # Who keeps the directory true is told numbers, and no number so small.
    journey.become("Anjali")
    journey.go("/directory?q=42nd+street")
    journey.page.get_by_role("link", name="42nd Street").first.click()
    journey.page.get_by_role("link", name="Did it help people?").click()
    journey.sees("Fewer than 5 people")
    return referral


def take_back(journey, server, family, referral):
    """The yes is taken back: the words are on no page, in no JSON, and in no file of the database."""
    journey.page = journey.open_page()
    journey.go(family)
    journey.page.locator("summary", has_text="I take back my yes").first.click()
    journey.send("/withdrawal")
    assert "Tick this if you are sure" in journey.page.inner_text("#problems")
    reply(journey, "/withdrawal", sure="yes")
    journey.sees("What was written is gone")
    fits(journey)
    journey.become("Nadia")
    cookie = next(one["value"] for one in journey.page.context.cookies() if one["name"] == "__Host-heard")
    client = heard.Client(server.base, cookie)
    for path in (family, referral, "/referrals", "/desk", "/lists"):
        for answer in (client.get(path), client.json(path)):
            assert answer.status == 200
            for words in (WHO, WHY, CAME, ANSWER):
                assert words not in answer.text, f"{words} is on {path}"
    journey.go(referral)
    journey.sees("The yes to this was taken back")
    fits(journey)


def wiped(server):
    """Waits until the job has wiped the files, and looks into them as bytes."""
    path = pathlib.Path(server.database.removeprefix("sqlite:"))
    for _ in range(40):
        with sqlite3.connect(path, timeout=20) as database:
            left = database.execute("SELECT COUNT(*) FROM jobs WHERE kind = 'scrub-referrals'").fetchone()[0]
        database.close()
        if left == 0:
            break
        time.sleep(0.5)
    bytes = b"".join(one.read_bytes() for one in path.parent.glob(path.name + "*"))
    return [words for words in (WHO, WHY, CAME, ANSWER, CONTACT) if words.encode() in bytes]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_places_are_passed_on(visitor, scripts):
    server = heard.Server()
    try:
        journey = Journey(lambda: visitor(server.base, scripts=scripts), [server.base])
        journey.scripts = scripts
        make_free(journey)
        find_and_print(journey)
        read_out(journey)
        path = send_list(journey)
        family = refer(journey, path)
        referral = ask_later(journey, server, family)
        take_back(journey, server, family, referral)
        assert wiped(server) == []
    finally:
        server.stop()
        verified = heard.run("verify", "--database", server.database)
        server.folder.cleanup()
        assert verified.returncode == 0, verified.stdout + verified.stderr
