"""Every page that anybody of the demo can reach, as everybody: a stranger, and each person whom the sign-in page offers to become."""

import os
import pathlib

import pytest
from axe_playwright_python.sync_playwright import Axe

import conftest
import crawl
import heard

PAGES = pathlib.Path(os.environ.get("HEARD_TEST_PAGES", "/tmp/heard-pages"))
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}, "resultTypes": ["violations"]}


@pytest.fixture(scope="module")
def people(chromium, server):
    """Everybody, with the cookie that they are signed in by; a stranger has none."""
    names = conftest.names_of_demo_people(chromium.new_context(base_url=server.base).new_page())
    everybody = {"a stranger": None}
    for number, who in enumerate(names):
        # A browser each: becoming somebody else in the same one signs the first out.
        context = chromium.new_context(base_url=server.base)
        page = context.new_page()
        page.goto("/sign-in")
        page.locator("form[action='/demo/become'] button").nth(number).click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
        everybody[who] = conftest.cookie_of(page)
        context.close()
    for who, cookie in everybody.items():
        assert heard.Client(server.base, cookie).get("/me").status == (200 if cookie else 303), f"{who} is not who they should be"
    return everybody


@pytest.fixture(scope="module")
def walked(people, server):
    """Who saw what: {who: [(path, answer)]}, and all that was wrong on the way."""
    seen, wrong = {}, []
    PAGES.mkdir(parents=True, exist_ok=True)
    for who, cookie in people.items():
        seen[who] = []
        for client, path, answer in crawl.crawl(server.base, cookie):
            seen[who].append((path, answer))
            wrong += [f"as {who}: {fault}" for fault in crawl.faults(client, path, answer)]
            if answer.type == "text/html":
                (PAGES / f"{crawl.shape(answer.text)[:16]}.html").write_bytes(answer.body)
    return seen, wrong


def test_every_linked_page_answers_and_its_json_says_no_more(walked):
    seen, wrong = walked
    print({who: len(pages) for who, pages in seen.items()})
    # Each once, and one of those who saw it.
    faults = {fault.split(": ", 1)[1]: fault for fault in reversed(wrong)}
    assert not wrong, f"{len(wrong)} faults\n" + "\n".join(list(faults.values())[:60])


def test_everybody_of_the_demo_finds_a_way_in(people):
    assert len(people) > 1, "the sign-in page offers nobody to become"


def test_no_page_leaves_anybody_out(walked, people, server, chromium):
    """axe, light and dark, at the width of a small telephone; nothing to scroll sideways, nothing in the console.

    On every page that is built differently from those before it, whoever sees it. HEARD_TEST_EVERY=1 looks at every page that differs in
    as much as a word, which takes a quarter of an hour.
    """
    seen, _ = walked
    done, wrong = set(), []
    same = crawl.shape if os.environ.get("HEARD_TEST_EVERY") else lambda text: crawl.Structure(text).key
    for who, pages in seen.items():
        context = chromium.new_context(base_url=server.base, viewport={"width": 360, "height": 740}, locale="en-GB")
        if people[who]:
            conftest.sign_in(context, server, people[who])
        page = context.new_page()
        complaints = []
        page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        for path, answer in pages:
            if answer.type != "text/html" or answer.status != 200 or same(answer.text) in done:
                continue
            done.add(same(answer.text))
            complaints.clear()
            page.emulate_media(color_scheme="light")
            page.goto(path)
            wrong += [f"as {who}: {path}: {fault}" for fault in look(page) + complaints]
            page.emulate_media(color_scheme="dark")
            wrong += [f"as {who}, dark: {path}: {fault}" for fault in violations(page, {"runOnly": ["color-contrast"], "resultTypes": ["violations"]})]
        context.close()
    print(len(done), "pages looked at")
    # Each once, and one of those who saw it.
    faults = {fault.split(": ", 1)[1]: fault for fault in reversed(wrong)}
    assert not wrong, f"{len(wrong)} faults\n" + "\n".join(list(faults.values())[:60])


def look(page):
    faults = violations(page, WCAG)
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if over > 0:
        faults.append(f"{over} pixels to scroll sideways at 360")
    return faults


def violations(page, options):
    found = Axe().run(page, options=options).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found]


def test_every_page_can_be_used_by_keyboard_alone(walked, people, server, chromium):
    """On one page of each kind: Tab reaches every control once, in the order of the page, and shows where it is."""
    seen, _ = walked
    done, wrong = set(), []
    for who, pages in seen.items():
        context = chromium.new_context(base_url=server.base, locale="en-GB")
        if people[who]:
            conftest.sign_in(context, server, people[who])
        page = context.new_page()
        for path, answer in pages:
            kind = kind_of(path, answer)
            if answer.type != "text/html" or answer.status != 200 or kind in done:
                continue
            done.add(kind)
            page.goto(path)
            wrong += [f"as {who}: {path}: {fault}" for fault in keyboard_faults(page)]
        context.close()
    print(len(done), "kinds of pages")
    # Each once, and one of those who saw it.
    faults = {fault.split(": ", 1)[1]: fault for fault in reversed(wrong)}
    assert not wrong, f"{len(wrong)} faults\n" + "\n".join(list(faults.values())[:60])


def kind_of(path, answer):
    """Pages of one kind have the same controls in the same order, whatever they say."""
    import re

    return tuple(re.findall(r"<(?:form|input|select|textarea|button|details)\b[^>]*?(?:name=\"[a-z]+\"|action=\"/[a-z-]*)?", answer.text))[:60], path.count("/")


def keyboard_faults(page):
    expected = page.evaluate(
        """() => {
            const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
                .filter(e => !e.disabled && e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true}) && !e.closest('[inert]'));
            // Of radio buttons with one name, Tab stops at one; arrows do the rest.
            const names = new Set();
            const stops = all.filter(e => {
                if (e.type !== 'radio') return true;
                const key = (e.form ? [...document.forms].indexOf(e.form) : '') + e.name;
                const group = all.filter(o => o.type === 'radio' && o.name === e.name && o.form === e.form);
                const stop = group.find(o => o.checked) || group[0];
                if (e !== stop || names.has(key)) return false;
                names.add(key);
                return true;
            });
            stops.forEach((e, n) => e.dataset.stop = n);
            return stops.length;
        }"""
    )
    faults, reached = [], []
    # Where the cursor stands in a field to begin with, Tab is followed from the top all the same.
    if page.evaluate("document.activeElement !== document.body && (document.querySelector('[data-stop]').focus(), true)"):
        reached.append(0)
    for _ in range(expected * 2 + 2):
        page.keyboard.press("Tab")
        at = page.evaluate(
            """() => {
                const e = document.activeElement;
                if (!e || e === document.body || e.dataset.stop === undefined) return null;
                // A choice shows it on its whole card, a step of a scale on its number.
                const r = e.getBoundingClientRect(), shows = [e, e.closest('.choice'), e.closest('.scale-step')?.querySelector('label')];
                const shown = shows.some(one => {
                    const s = one && getComputedStyle(one);
                    return s && s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2;
                });
                return {stop: Number(e.dataset.stop), shown, inside: r.width > 0 && r.bottom > 0 && r.top < innerHeight, html: e.outerHTML.slice(0, 100)};
            }"""
        )
        if at is None:
            break
        if reached[-1:] == [at["stop"]]:
            # Within a time of day, Tab goes from the hours to the minutes.
            continue
        if at["stop"] in reached:
            break
        reached.append(at["stop"])
        if not at["shown"]:
            faults.append(f"focus cannot be seen on {at['html']}")
        if not at["inside"]:
            faults.append(f"focus is outside the window on {at['html']}")
    if reached != sorted(reached):
        faults.append("Tab jumps back and forth")
    if len(reached) != expected:
        faults.append(f"Tab reaches {len(reached)} of {expected} controls")
    return faults[:3]


def test_the_crawl_would_notice(server):
    """The checks above are only worth something if they complain where something is wrong."""
    client = heard.Client(server.base)
    broken = heard.Answer("/", 200, {"content-type": "text/html"}, b"<html><body><p id=a></p><p id=a></p>" + b"x" * crawl.MOST_BYTES)
    complaints = " ".join(crawl.faults(client, "/", broken))
    assert "no language" in complaints and "same id twice" in complaints and "weighs" in complaints and "in JSON and not on the page" in complaints
