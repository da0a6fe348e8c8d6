"""The directory as people use it: found by a parent, mended by a young editor, confirmed by an owner, filled from a file; and read by programs."""

import json
import pathlib
import re
import subprocess
import sys

import jsonschema
import pytest

import heard
from test_journey import Journey, heard_path

OPENAPI = heard.HOUSE / "Sources/DirectoryFeed/Data/openapi.json"
LISTS = ["services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"]


def find(journey, base):
    """A parent finds a group nearby, misspelling what for, and reads why it is there."""
    journey.page = journey.open_page()
    journey.go("/directory")
    assert "not from Barnet" in journey.page.inner_text("main")
    form = journey.page.locator("main form").first
    form.locator("[name=q]").fill("anxeity group")
    form.locator("[name=place]").fill("wa14")
    form.get_by_role("button").click()
    journey.sees("you wrote")
    first = journey.page.locator("article").filter(has_text="Altrincham Anxiety Group")
    assert "miles from WA14" in first.inner_text()
    first.get_by_role("link").click()
    journey.sees("Mondays 2-4pm")
    journey.sees("Trafford Council")

    # Somebody who finds nothing is told what to do next; nonsense stays in its field.
    journey.go("/directory?q=zzzzqqqq")
    journey.sees("what you can do next")
    journey.go("/directory?q=group&place=75008")
    journey.sees("not a British postcode")
    assert journey.page.locator("[name=place]").input_value() == "75008"

    # An address that is kept secret is nowhere.
    journey.go("/directory?q=domestic+abuse")
    journey.page.get_by_role("link", name="Trafford Domestic Abuse Service").click()
    journey.sees("kept secret")
    assert "Talbot Road" not in journey.page.content()


def keep_true(journey, base):
    """A stranger tells of a change; a young editor mends the entry and names its owner, who confirms it by the link."""
    journey.page = journey.open_page()
    journey.go("/directory?q=chorlton+anxiety")
    journey.page.get_by_role("link", name="Chorlton Anxiety Group").first.click()
    entry = heard_path(journey.page.url)
    journey.page.get_by_role("link", name="Tell us that something has changed").click()
    journey.send("/told", words="They meet at 6 now")
    journey.sees("Thank you")
    journey.become("Wren")
    journey.go("/directory/work")
    journey.sees("They meet at 6 now")
    journey.go(entry + "/edit")
    journey.page.locator("[name=when]").fill("Tuesdays 6-8pm")
    journey.send(entry, why="They told us")
    journey.sees("Tuesdays 6-8pm")
    journey.go(entry + "/history")
    journey.sees("They told us")
    journey.go("/directory/work")
    journey.page.get_by_role("button", name=re.compile("It is dealt with")).first.click()
    journey.sees("That is dealt with")
    journey.go(entry + "/owner")
    journey.send("/owner", name="Ada Owner", contact="ada@example.org")
    link = re.search(r"/directory/confirm/[a-z0-9]+", journey.page.content()).group()
    journey.page = journey.open_page()
    journey.go(link)
    journey.page.get_by_role("button", name="Yes, all of it is true").click()
    journey.sees("Thank you")
    journey.become("Wren")
    journey.go(entry + "/history")
    journey.sees("by Ada Owner")


def bring(journey, base, folder):
    """A parent who is an editor brings in a list in Windows-1252, and decides about the row that needs it."""
    path = pathlib.Path(folder, "list.csv")
    path.write_bytes("name,description,postcode\nCafé Été,Art for teenagers aged 13 to 19,N12 0AA\nOdd one,Talk,N12 00A\n".encode("cp1252"))
    journey.become("Anjali")
    journey.go("/directory/imports/new")
    journey.page.locator("[name=file]").set_input_files(path)
    journey.send("/imports", name="A small list")
    journey.sees("Windows-1252")
    journey.page.get_by_role("button", name="See what would happen").click()
    journey.sees("1 row is fine")
    journey.page.get_by_role("button", name="Bring in the row that is fine").click()
    journey.sees("They are in the directory")
    journey.page.get_by_role("link", name=re.compile("Odd one")).click()
    journey.sees("not a British postcode")
    journey.page.locator("[name=postcode-1]").fill("N12 0AB")
    journey.page.get_by_role("button", name="Save").click()
    journey.sees("2 rows are in the directory")
    assert "Café Été" in journey.text("/directory?q=cafe+ete&age=14")


def look_at_the_map(journey, scripts):
    """The list as a map with the same numbers; a pin by keyboard; the map to move around in only where somebody presses the button."""
    journey.page = journey.open_page()
    journey.go("/directory?q=group&place=M33")
    assert journey.page.locator("svg").count() == 0
    journey.page.get_by_role("link", name="See them on a map").click()
    pins = journey.page.locator("figure.places a[data-point]")
    names = [card.inner_text() for card in journey.page.locator("article h3 a").all()]
    labels = [pin.get_attribute("aria-label") for pin in pins.all()]
    assert labels and set(labels) <= set(names)
    fetched = []
    journey.page.on("request", lambda request: fetched.append(request.url))
    button = journey.page.get_by_role("button", name="Move around in the map")
    if scripts:
        button.click()
        journey.page.locator(".leaflet-container a.moved-pin").first.wait_for()
        assert journey.page.locator("a.moved-pin").count() == len(labels)
        assert fetched and all("/assets/" in address for address in fetched), "nothing is asked of anybody outside"
        first = journey.page.locator("a.moved-pin").first
    else:
        assert not button.is_visible()
        first = pins.first
    label = first.get_attribute("aria-label")
    first.focus()
    journey.page.keyboard.press("Enter")
    journey.page.wait_for_url("**/directory/entries/*")
    journey.sees("Is this still true?")
    assert journey.page.inner_text("h1") == label.split(". ", 1)[1]


def say_what_it_was_like(journey):
    """A stranger says it, a facilitator reads and answers it, everybody sees it; by the private link it is taken back and gone."""
    words = "The first visit was short, and nobody was in a hurry."
    journey.page = journey.open_page()
    journey.go("/directory?q=samaritans")
    journey.page.get_by_role("link", name="Samaritans").first.click()
    entry = heard_path(journey.page.url)
    journey.page.get_by_role("link", name="Say what it was like").click()
    journey.page.get_by_role("link", name="Say it here").first.click()
    journey.sees("Please do not name staff")
    journey.send("/say/check", words=words, perspective="young-people", consent="public")
    journey.send("/voices")
    receipt = re.sub(r"\?.*", "", heard_path(journey.page.url))
    assert words not in journey.text(entry)
    journey.become("Rosa")
    journey.go("/desk/hear")
    journey.page.locator("main li, main article", has_text=words).get_by_role("link").first.click()
    journey.sees("Samaritans")
    journey.send("/hearing", answer="Thank you for telling others.")
    journey.page = journey.open_page()
    assert words in journey.text(entry)
    journey.go(receipt)
    form = journey.page.locator("form[action$='/withdrawal']")
    journey.page.locator("details").filter(has=form).locator("summary").click()
    journey.send("/withdrawal", sure="yes")
    assert words not in journey.text(entry)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_directory_is_found_kept_true_and_filled(visitor, tmp_path, scripts):
    server = heard.Server()
    try:
        journey = Journey(lambda: visitor(server.base, scripts=scripts), [server.base])
        find(journey, server.base)
        look_at_the_map(journey, scripts)
        say_what_it_was_like(journey)
        keep_true(journey, server.base)
        bring(journey, server.base, tmp_path)
    finally:
        server.stop()
        verified = heard.run("verify", "--database", server.database)
        server.folder.cleanup()
        assert verified.returncode == 0, verified.stdout + verified.stderr


def schema_of(document, path):
    """What the OpenAPI file says a 200 of this path is, with its references resolved within the same file."""
    schema = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    return jsonschema.Draft202012Validator({"components": document["components"], **schema}, format_checker=jsonschema.FormatChecker())


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    """A directory of 300 made-up services of 15 organisations: more than one page of everything."""
    database = f"sqlite:{tmp_path_factory.mktemp('generated')}/heard.sqlite"
    filled = heard.run("bench-data", "--directory", "300", "--database", database)
    assert filled.returncode == 0, filled.stdout + filled.stderr
    server = heard.Server("serve", database)
    yield server
    server.stop()
    server.folder.cleanup()


@pytest.mark.parametrize("which", ["demo", "generated"])
def test_every_answer_of_the_feed_is_what_the_standard_says(which, request):
    server = request.getfixturevalue("server" if which == "demo" else "generated")
    document = json.loads(OPENAPI.read_text())
    client = heard.Client(server.base)

    def checked(address, path):
        answer = client.get(address)
        assert answer.status == 200 and answer.type == "application/json", address
        wrong = [f"{address}: {error.json_path}: {error.message}" for error in schema_of(document, path).iter_errors(json.loads(answer.text))]
        assert not wrong, "\n".join(wrong[:5])
        return json.loads(answer.text)

    details = checked("/oruk/", "/")
    assert details["openapi_url"].endswith("/oruk/openapi.json")
    for name in LISTS:
        size = 2 if name == "taxonomies" else 7
        first = checked(f"/oruk/{name}?per_page={size}", f"/{name}")
        pages = first["total_pages"]
        if name == "organizations" and which == "demo":
            # Its list does not say who runs what; the generated one does.
            assert first["total_items"] == 0
            continue
        if which == "generated":
            assert pages >= 2, f"{name} has only one page"
        assert first["total_items"] > 0 and first["first_page"]
        for page in (max(1, pages // 2), pages):
            answer = checked(f"/oruk/{name}?per_page={size}&page={page}", f"/{name}")
            assert answer["contents"] and answer["last_page"] == (page == pages)
        for item in first["contents"]:
            checked(f"/oruk/{name}/{item['id']}", f"/{name}/{{id}}")
    everything = client.get("/oruk/services?per_page=1000").text + client.get("/oruk/service_at_locations?per_page=1000").text
    for secret in ("60 Talbot Road", "203 Outwood Road"):
        assert secret not in everything
    assert all("null" != line and json.loads(line)["id"] for line in client.get("/oruk/services?format=ndjson").text.splitlines())


def test_made_up_questions_break_nothing(server):
    """schemathesis asks what the OpenAPI file allows and what it does not. Its status-code check is left out: the file documents only 200."""
    program = pathlib.Path(sys.executable).with_name("schemathesis")
    ran = subprocess.run(
        [program, "run", str(OPENAPI), "--url", server.base + "/oruk", "--checks", "not_a_server_error,content_type_conformance,response_schema_conformance",
         "--max-examples", "30", "--seed", "2026", "--no-color"],
        capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-2000:]


def test_an_editor_looks_after_the_directory_of_others(visitor, generated):
    """Wren adds a feed by its address and sees how it went; what leads inside is refused in words where nobody allowed it."""
    for flags in ([], ["--feeds-from-inside"]):
        server = heard.Server("demo", None, *flags)
        try:
            journey = Journey(lambda: visitor(server.base), [server.base])
            journey.become("Wren")
            journey.go("/directory/feeds/new")
            journey.send("/directory/feeds", address="not an address", name="Made up")
            journey.sees("This is not a web address")
            journey.send("/directory/feeds", address=generated.base + "/oruk")
            page = heard_path(journey.page.url)
            journey.sees("It is added")
            for _ in range(60):
                if re.search(r"Taken on|Tried on", journey.text(page)):
                    break
                journey.page.wait_for_timeout(500)
            if not flags:
                journey.sees("not on the public internet")
                continue
            journey.sees("300 places")
            assert "300" in journey.text("/directory/feeds") or "Taken on" in journey.text("/directory/feeds")
            journey.go(page)
            journey.page.get_by_role("button", name="Take it every night").click()
            journey.sees("Taken again by itself")
            journey.page.get_by_role("link", name="Remove it").click()
            journey.send("/removal", entries="out")
            journey.sees("It is removed")
            assert "300 places" not in journey.text("/directory")
        finally:
            server.stop()
            server.folder.cleanup()
