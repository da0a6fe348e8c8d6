"""From first voice to finished change, as people do it: with scripts, without, and on PostgreSQL with two servers side by side."""

import itertools
import re
import urllib.request

import pytest

import heard

PROJECT = "/barnet-camhs/projects/stepped-model"
YOUNG = "The corridor feels like a hospital, paint it please"
PARENT = "Please ring me, letters come when it is too late"


class Journey:
    """Somebody at a browser, asking the servers in turn."""

    def __init__(self, open_page, bases):
        self.open_page = open_page
        self.bases = itertools.cycle(bases)
        self.page = open_page()

    def go(self, path):
        self.page.goto(next(self.bases) + re.sub(r"^https?://[^/]+", "", path))
        return self.page

    def become(self, name):
        """A browser of its own for each person, as in life."""
        self.page = self.open_page()
        self.go("/sign-in")
        self.page.locator(f"form[action='/demo/become']:has-text('{name}') button").click()

    def send(self, action, **fields):
        """Fills in the form that goes to `action`, by the names of its fields, and sends it."""
        form = self.page.locator(f"main form[action$='{action}']").first
        for name, value in fields.items():
            field = form.locator(f"[name='{name.replace('_', '-')}']")
            kind = field.first.get_attribute("type")
            if kind in ("radio", "checkbox"):
                form.locator(f"[name='{name.replace('_', '-')}'][value='{value}']").check(force=True)
            elif field.first.evaluate("e => e.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        form.locator("button[type=submit]").last.click()
        self.page.wait_for_load_state()

    def sees(self, words):
        """Waits for the page that comes: a press answers before the page it leads to is there."""
        self.page.locator("main", has_text=words).wait_for()

    def text(self, path):
        return self.go(path).inner_text("body")


def walk(open_page, bases):
    journey = Journey(open_page, bases)

    # A young person joins by invitation and says something.
    journey.become("Rosa")
    journey.go(PROJECT + "/groups")
    journey.page.get_by_role("link", name="Young people").first.click()
    group = journey.page.url
    journey.send("/invitations", uses="3", days="5")
    link = re.search(r"https?://[^\s\"<]+/join/[a-z0-9-]+", journey.page.content()).group()
    journey.page = journey.open_page()
    journey.go(link)
    journey.page.locator("main form button[type=submit]").last.click()
    assert re.search(r"four.word", journey.page.inner_text("main"), re.I)
    words = journey.page.locator(".code-words").inner_text()
    journey.page.reload()
    assert journey.page.locator(".code-words").inner_text() == words, "loading the page again loses the words"
    journey.send("/me/key/kept")
    journey.go(PROJECT + "/say")
    journey.send("/say/check", words=YOUNG, consent="public")
    assert "Choose what kind of thing it is." in journey.page.inner_text("#problems")
    journey.send("/say/check", kind="idea")
    journey.send("/voices")
    assert re.search(r"/voices/[^/]+/receipt\?new=yes", journey.page.url), "an account opens it, without a code"
    journey.sees(YOUNG)
    journey.page.locator("main form[action$='/receipt/codes'] button[type=submit]").click()
    journey.page.wait_for_url("**/receipts/*")
    young_receipt = re.sub(r"\?.*", "", journey.page.url)
    see_every_problem(journey, young_receipt)

    # A scribe writes down what a parent says on the phone.
    journey.become("Mina")
    journey.go(PROJECT + "/voices/phone")
    journey.send(
        "/voices/phone", words=PARENT, kind="idea", perspective="parents-and-carers", read_back="yes", consent="public", reply_by="phone",
        reply_phone="020 7946 0777")
    journey.sees("Read out")
    parent_receipt = re.sub(r"/slip.*", "", journey.page.url)

    # A clinician answers both. (Nadia belongs to the parents' group; what is public she may read and answer too.)
    journey.become("Nadia")
    for words in (YOUNG, PARENT):
        journey.go(PROJECT + "/voices")
        journey.page.locator(".voice", has_text=words).get_by_role("link", name="Open").click()
        journey.send("/hearing", answer="Thank you. I will bring this to the group.")
        journey.sees("I will bring this to the group")

    # Both are put in one theme, discussed, agreed, acted on, changed and replied to.
    journey.become("Rosa")
    journey.go(PROJECT + "/themes/new")
    journey.send("/themes", title="Walls and calls", said="People asked for colour and for calls.", public="yes")
    theme = re.sub(r"^https?://[^/]+", "", journey.page.url).split("?")[0]
    journey.go(PROJECT + "/themes/sort")
    choices = {}
    for words in (YOUNG, PARENT):
        field = journey.page.locator("main form[action$='/themes/sort'] select", has=journey.page.locator("option")).all()
        for select in field:
            block = select.locator("xpath=ancestor::*[self::article or self::fieldset or self::li or self::div][.//blockquote][1]")
            if words in block.inner_text():
                choices[select.get_attribute("name")] = select
    assert len(choices) == 2
    for select in choices.values():
        select.select_option(theme.rsplit("/", 1)[1])
    journey.page.locator("main form[action$='/themes/sort'] button[type=submit]").last.click()
    journey.go(theme + "/discussions/new")
    held = journey.page.locator("main form[action$='/discussions'] [name=session] option", has_text="Tuesday").first.get_attribute("value")
    # What a group talks about stays in its room, until it lets it go.
    journey.send("/discussions", session=held, notes="Young people and parents agreed with each other.", released="yes")
    # In which session it was, and who was there.
    meeting = "Parents and carers on the new stepped model, Tuesday"
    assert meeting in journey.text(theme)
    assert re.search(r"Parents and carers\s+2", journey.text(f"{PROJECT}/sessions/{held}"))
    journey.go(theme + "/decisions/new")
    journey.send("/decisions", outcome="agreed", words="We paint the corridor and ring first.", reasons="It costs little.")
    journey.go(theme + "/actions/new")
    journey.send("/actions", what="Buy paint", owner_name="Helen", due_day="1", due_month="12", due_year="2030")
    action = journey.go(theme).locator("main a[href^='/actions/']").first.get_attribute("href")
    journey.go(action + "/completion")
    journey.send("/completion", evidence="The receipt from the paint shop.")
    journey.go(theme + "/changes/new")
    journey.send("/changes", words="The corridor is blue, and news comes by phone.")
    journey.go(theme + "/replies/new")
    journey.send("/replies", words="You asked for colour and calls. Both are there now.")
    journey.page.locator("main form[action$='/replies'] button[type=submit]").first.click()

    # Both receipts show the whole path.
    journey.page = journey.open_page()
    for receipt in (young_receipt, parent_receipt):
        shown = journey.text(receipt)
        for step in (
            "I will bring this to the group", "Walls and calls", "Young people and parents agreed", "We paint the corridor", "Buy paint",
            "The corridor is blue", "Both are there now",
        ):
            assert step in shown, (step, receipt)

    # What the public sees.
    public = re.sub(PROJECT, "/barnet-camhs", theme)
    assert YOUNG in journey.text(public) and PARENT in journey.text(public)
    assert "The corridor is blue" in journey.text("/barnet-camhs/you-said-we-did")
    for base in bases:
        assert "The corridor is blue" in fetch(base + "/barnet-camhs/changes.atom")

    # The scribe rings the parent and ticks them off.
    journey.become("Mina")
    assert "020 7946 0777" in journey.text("/tellings")

    # One is taken back, and its words are nowhere: not on a page, not in JSON, not in the feed, on neither server.
    journey.page = journey.open_page()
    journey.go(young_receipt)
    if journey.page.locator("form[action$='/withdrawal'] [name=sure]").is_hidden():
        journey.page.get_by_text("Take it back", exact=True).click()
    journey.send("/withdrawal", sure="yes")
    for base in bases:
        for path in (public, PROJECT, "/barnet-camhs", "/barnet-camhs/you-said-we-did", "/barnet-camhs/changes.atom", heard_path(young_receipt)):
            for accept in ("text/html", "application/json"):
                assert YOUNG not in fetch(base + path, accept), (base, path, accept)
    journey.become("Rosa")
    assert YOUNG not in journey.text(PROJECT + "/voices")
    return group


def see_every_problem(journey, receipt):
    """What is wrong on a receipt is never folded away, with scripts or without."""
    journey.go(receipt)
    if journey.page.locator("form[action$='/withdrawal'] [name=sure]").is_hidden():
        journey.page.get_by_text("Take it back", exact=True).click()
    journey.page.locator("form[action$='/withdrawal'] button[type=submit]").click()
    for link in journey.page.locator("#problems a").all():
        assert journey.page.locator(link.get_attribute("href")).is_visible()


def heard_path(address):
    return re.sub(r"^https?://[^/]+", "", address)


def fetch(address, accept="*/*"):
    with urllib.request.urlopen(urllib.request.Request(address, headers={"Accept": accept})) as answer:
        return answer.read().decode()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_first_voice_to_finished_change(visitor, scripts):
    """On a demo of its own, so that what it says is nobody else's."""
    with heard.side_by_side() as (server,):
        walk(lambda: visitor(base=server.base, scripts=scripts), [server.base])
        stored = b"".join(path.read_bytes() for path in __import__("pathlib").Path(server.folder.name).glob("heard.sqlite*"))
        assert YOUNG.encode() not in stored, "the words are still in the database's file"
        assert PARENT.encode() in stored


def test_the_same_journey_on_postgresql_with_two_servers_side_by_side(visitor, postgres_database):
    with heard.side_by_side(2, postgres_database) as (first, second):
        walk(lambda: visitor(base=first.base), [first.base, second.base])
