"""Pages in plain words as people live them: a young editor mends one, a hard sentence is marked and mended, a parent signs it off."""

import json
import re
import shutil
import time
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe

import heard
from test_every_page import WCAG
from test_journey import Journey, fetch, heard_path

PATHWAYS = "/barnet-camhs/pathways"
VISIT = PATHWAYS + "/your-first-visit"
HARD = (
    "The multidisciplinary implementation is done by the team when you get here so that you and everybody who comes with you on that day "
    "can know what it is going to be like."
)
EASY = "We tell you at the door what it will be like."


def walk(open_page, bases):
    journey = Journey(open_page, bases)

    # A young person opens the page, mends it, and is shown what is hard in it.
    journey.become("Wren")
    journey.go(VISIT)
    journey.page.get_by_role("link", name="Mend this page").click()
    journey.page.get_by_role("link", name="Mend this page").click()
    body = journey.page.locator("[name=body]").input_value()
    assert "It is fine to cry" in body
    journey.send("/texts", body=body + "\n\n" + HARD, changed="")
    journey.sees("Say what is different from the version before.")
    assert HARD in journey.page.locator("[name=body]").input_value(), "what was typed is lost"
    journey.send("/texts", changed="It says what happens at the door.")
    journey.sees("Saved.")
    draft = heard_path(journey.page.url).split("?")[0]
    marked = journey.page.locator(".paragraph.hard", has_text="multidisciplinary").inner_text()
    assert re.search(r"\d\d words: try two sentences", marked) and "say who does it" in marked
    assert "Long words: “multidisciplinary”, “implementation”" in marked

    # Nobody outside sees any of it yet.
    journey.page = journey.open_page()
    for base in bases:
        assert journey.page.goto(base + draft).status in (303, 401, 404) or "/sign-in" in journey.page.url
        assert HARD not in fetch(base + VISIT, "text/html") and HARD not in fetch(base + VISIT, "application/json")

    # Mended, it is no longer marked.
    journey.become("Wren")
    journey.go(draft)
    journey.page.get_by_role("link", name="Change the draft").click()
    journey.sees("multidisciplinary")
    journey.send(draft.split("/")[-1], body=body + "\n\n" + EASY)
    journey.sees("Saved.")
    assert journey.page.locator(".paragraph.hard", has_text=EASY).count() == 0

    # A publisher asks a room; its people say what they think, and a parent signs it off.
    journey.become("Callum")
    journey.go(draft)
    journey.page.get_by_role("link", name="Send it to a group").click()
    group = journey.page.locator("[name=group] option", has_text="Tuesday group").get_attribute("value")
    journey.send("/asking", group=group, words="Is the new line clear?")
    journey.become("Anjali")
    journey.go(PATHWAYS)
    journey.sees("Is the new line clear?")
    journey.page.locator(".card", has_text="Is the new line clear?").get_by_role("link").first.click()
    journey.page.locator("section", has_text=EASY).get_by_role("link", name=re.compile("Say something about this")).last.click()
    door = journey.page.locator("[name=paragraph] option", has_text=EASY[:40]).get_attribute("value")
    journey.send("/comments", paragraph=door, words="Which door?")
    journey.sees("Which door?")
    journey.page.get_by_role("button", name="I understand this").first.click()
    journey.sees("Saved. Thank you.")
    journey.page.get_by_role("button", name="Yes, it is clear").click()
    journey.sees("Read by 1 parent or carer")

    # The comment stays in its room and with the editors.
    journey.become("Wren")
    assert "Which door?" not in journey.text(draft)

    # Somebody else than the writer checks it, an editor publishes it, and everybody reads it.
    journey.become("Nadia")
    journey.go(draft)
    journey.page.get_by_role("button", name="I have checked this").click()
    journey.sees("Marked as checked.")
    journey.become("Callum")
    journey.go(draft)
    journey.page.get_by_role("link", name="Publish", exact=True).click()
    journey.sees("“Which door?”")
    journey.send("/publication")
    journey.sees("Look at what is listed above first")
    journey.send("/publication", looked="yes")
    journey.sees("Published. Everybody can read it now.")
    journey.page = journey.open_page()
    for _ in bases:
        page = journey.text(VISIT)
        assert EASY in page and "It says what happens at the door." in page and "Read by 1 parent or carer" in page
    assert "It says what happens at the door." in journey.text(VISIT + "/versions")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_young_editor_mends_a_page_and_a_parent_signs_it_off(visitor, scripts):
    with heard.side_by_side() as (server,):
        walk(lambda: visitor(base=server.base, scripts=scripts), [server.base])


PAGES = ["", "/words", "/steps", "/your-first-visit", "/your-first-visit?form=easy", "/your-first-visit?print=large", "/your-first-visit/versions"]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_in_plain_words_shut_nobody_out(visitor, server, width, scheme):
    page = visitor(viewport={"width": width, "height": 800}, color_scheme=scheme)
    for path in PAGES + ["/coming-back-within-6-months?language=ar"]:
        page.goto(PATHWAYS + path)
        found = Axe().run(page, options=WCAG).response["violations"]
        assert not found, f"{path}: " + json.dumps([(one["id"], [node["target"] for node in one["nodes"]]) for one in found])
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} is wider than the screen"


def links(page, path, pattern):
    """Where links of this page lead, by their address."""
    page.goto(path)
    found = page.locator("main a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    return [one for one in found if re.search(pattern, one)]


@pytest.mark.parametrize("width, scheme", [(360, "light"), (1280, "dark")])
def test_pages_of_those_who_work_on_them_shut_nobody_out(visitor, server, width, scheme):
    page = visitor(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto("/sign-in")
    page.locator("form[action='/demo/become']:has-text('Callum') button").first.click()
    text = links(page, VISIT + "/work", r"/texts/[0-9a-f-]{36}$")[0]
    old = links(page, VISIT + "/versions", r"/versions/[0-9a-f-]{36}$")
    everything = [PATHWAYS + "/new", VISIT + "/work", VISIT + "/settings", VISIT + "/texts/new", VISIT + "/texts/new?form=easy"]
    for path in everything + [VISIT + "/texts/new?form=other", text, text + "/asking", "/desk", old[0], old[1]]:
        assert page.goto(path).status == 200, path
        found = Axe().run(page, options=WCAG).response["violations"]
        assert not found, f"{path}: " + json.dumps([(one["id"], [node["target"] for node in one["nodes"]]) for one in found])
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} is wider than the screen"


def test_an_old_version_is_whole_and_says_that_it_is_old(visitor, server):
    page = visitor(scripts=False)
    newest, first = links(page, VISIT + "/versions", r"/versions/[0-9a-f-]{36}$")[:2]
    page.goto(first)
    page.get_by_text("This is an old version of the page.").wait_for()
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"
    page.get_by_role("link", name="Read the page as it is now").click()
    page.wait_for_url("**" + VISIT)
    page.goto(newest)
    assert page.get_by_text("This is an old version of the page.").count() == 0


@pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not installed")
def test_a_page_is_listened_to(visitor):
    with heard.side_by_side(flags=["--reads-aloud", "yes"]) as (server,):
        page = visitor(base=server.base)
        for _ in range(120):
            page.goto(VISIT)
            if page.locator("audio").count():
                break
            time.sleep(0.5)
        told = json.loads(fetch(server.base + VISIT, "application/json"))["listening"]
        page.get_by_role("link", name="Listen to this page").click()
        player = page.locator("audio")
        assert player.get_attribute("preload") == "none" and player.get_attribute("autoplay") is None
        length = player.evaluate(
            "one => new Promise((done, failed) => { one.onloadedmetadata = () => done(one.duration); one.onerror = failed; one.load(); one.preload = 'metadata' })"
        )
        assert abs(length - told["seconds"]) <= 2 and told["seconds"] > 20
        # An iPhone asks for the first two bytes before anything else.
        part = urllib.request.Request(server.base + told["load"]["url"], headers={"Range": "bytes=0-1"})
        with urllib.request.urlopen(part) as answer:
            assert answer.status == 206 and len(answer.read()) == 2
            assert answer.headers["Content-Range"] == f"bytes 0-1/{told['bytes']}"
        found = Axe().run(page, options=WCAG).response["violations"]
        assert not found, json.dumps([one["id"] for one in found])


def test_a_page_prints_with_the_number_and_without_its_history(visitor, server):
    page = visitor()
    for form in ("", "?form=easy", "?language=ar", "?print=large"):
        page.goto(PATHWAYS + "/coming-back-within-6-months" + form)
        page.emulate_media(media="print")
        assert page.locator(".ring", has_text="020 7946 0123").is_visible(), form
        assert page.get_by_text("call 999").first.is_visible(), form
        assert page.get_by_text("the newest is at").is_visible(), form
        for words in ("Where this page comes from", "What changed", "Something here is wrong"):
            assert not page.get_by_text(words).first.is_visible(), f"{words} is printed {form}"
        page.emulate_media(media="screen")


def test_a_stranger_says_that_something_is_wrong(visitor, server):
    page = visitor(scripts=False)
    page.goto(PATHWAYS + "/coming-back-within-6-months")
    page.get_by_role("link", name="Something here is wrong or hard to understand").click()
    assert page.locator("[name=words]").input_value() == "On the page “Coming back within 6 months”:"


def test_easy_read_is_never_smaller_than_14_points(visitor, server):
    page = visitor()
    page.goto(VISIT + "?form=easy")
    sizes = page.locator(".easy-read p").evaluate_all("all => all.map(one => parseFloat(getComputedStyle(one).fontSize))")
    assert len(sizes) > 5 and min(sizes) * 72 / 96 >= 14


def test_a_translation_reads_from_its_own_side(visitor, server):
    page = visitor()
    page.goto(PATHWAYS + "/coming-back-within-6-months")
    page.get_by_role("link", name="العربية").click()
    words = page.locator(".leaflet[lang=ar][dir=rtl]")
    assert words.evaluate("one => getComputedStyle(one).direction") == "rtl"
    # Written before the English page was mended.
    page.get_by_text("The English page has changed since this was written").wait_for()
    assert page.locator(".warning-text[lang=ar][dir=rtl]").count() == 1, "those who read Arabic are told in Arabic"


def test_a_comment_is_written_with_the_keyboard_alone(visitor, server):
    page = visitor()
    page.goto("/sign-in")
    page.locator("form[action='/demo/become']:has-text('Grace') button").click()
    page.goto(PATHWAYS + "/your-first-visit/work")
    page.get_by_role("link", name=re.compile("plain English", re.I)).first.click()
    page.wait_for_url("**/texts/**")

    def reach(name):
        for _ in range(120):
            page.keyboard.press("Tab")
            here = page.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).innerText ?? ''")
            if re.search(name, " ".join(here.split())):
                return
        raise AssertionError(f"no way to “{name}” by Tab")

    reach("Say something about this")
    page.keyboard.press("Enter")
    page.wait_for_url("**/comments/new**")
    reach("What do you think of it")
    page.keyboard.type("Typed without a mouse.")
    reach("^Send$")
    page.keyboard.press("Enter")
    page.locator("main", has_text="Typed without a mouse.").wait_for()
    reach("^I understand this")
    page.keyboard.press("Enter")
    page.locator("main", has_text="Saved. Thank you.").wait_for()
    # Grace has signed it off before: she thinks again, and once more.
    reach("^I no longer think it is clear$")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Yes, it is clear").wait_for()
    reach("^Yes, it is clear$")
    page.keyboard.press("Enter")
    page.locator("main", has_text="Thank you. The page says that somebody like you has read it.").wait_for()
