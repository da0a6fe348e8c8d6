"""What all browser tests share: one demo server, one Chromium, and people to become."""

import os
import re
import subprocess

import pytest
from playwright.sync_api import sync_playwright

import heard

SCREENSHOTS = heard.HOUSE / "screenshots"


@pytest.fixture(scope="session")
def server():
    """The demo on a fresh SQLite. What the tests did to it must leave the trail whole."""
    server = heard.Server()
    yield server
    server.stop()
    verified = heard.run("verify", "--database", server.database)
    server.folder.cleanup()
    assert verified.returncode == 0, verified.stdout + verified.stderr


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        # Chromium has no sandbox for root, which is what containers run as.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium, server):
    """Opens a browser of its own for somebody: `visitor()` a stranger, `visitor(scripts=False)` one without scripts."""
    opened = []

    def open(base=None, scripts=True, **more):
        context = chromium.new_context(base_url=base or server.base, java_script_enabled=scripts, locale="en-GB", timezone_id="Europe/London", **more)
        opened.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        return page

    yield open
    for context in opened:
        context.close()


def names_of_demo_people(page):
    """Everybody the sign-in page offers to become."""
    page.goto("/sign-in")
    buttons = page.locator("form[action='/demo/become'] button")
    return [text.strip() for text in buttons.all_inner_texts()]


def become(page, who):
    """One press on the sign-in page of the demo. `who` is a part of what the button says or of what stands beside it."""
    page.goto("/sign-in")
    row = page.locator("form[action='/demo/become']").filter(has_text=re.compile(re.escape(who), re.I)).first
    row.get_by_role("button").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


def cookie_of(page):
    return next((c["value"] for c in page.context.cookies() if c["name"] == "__Host-heard"), None)


def sign_in(context, server, cookie):
    """Gives a browser the cookie that somebody is signed in by. As if from https: Chromium takes a `__Host-` cookie from nowhere else by hand."""
    url = server.base.replace("http:", "https:")
    context.add_cookies([{"name": "__Host-heard", "value": cookie, "url": url, "secure": True, "httpOnly": True}])


def screenshot(page, name):
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


@pytest.fixture
def postgres_database():
    """A schema of its own on the PostgreSQL that bin/postgres-for-tests started."""
    server = os.environ.get("HEARD_TEST_POSTGRES", "")
    if not server:
        pytest.fail("HEARD_TEST_POSTGRES is not set: run these with bin/postgres-for-tests run …")
    name = "browser_journey"
    subprocess.run(["psql", "-q", server, "-c", f"DROP SCHEMA IF EXISTS {name} CASCADE", "-c", f"CREATE SCHEMA {name}"], check=True)
    yield server + ("&" if "?" in server else "?") + f"options=-csearch_path%3D{name}"
    subprocess.run(["psql", "-q", server, "-c", f"DROP SCHEMA {name} CASCADE"], check=True, stderr=subprocess.DEVNULL)
