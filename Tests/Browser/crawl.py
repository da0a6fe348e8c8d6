"""Walks every page that somebody can reach by links, and looks at each one without a browser."""

import collections
import hashlib
import html.parser
import json
import re
import urllib.parse

import heard

# A page that family members see weighs less than this in all, with its style sheet and script, before compression.
MOST_BYTES = 60_000


class Page(html.parser.HTMLParser):
    """The links of a page and everything that can be read on it."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.links, self.pieces, self.values, self.embedded, self.ids = [], [], [], [], []
        self.lang, self.title = None, ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if tag == "html":
            self.lang = a.get("lang")
        if tag == "a" and a.get("href"):
            self.links.append(a["href"])
        if tag in ("link", "script", "img") and (a.get("href") or a.get("src")) and a.get("rel") != "alternate":
            self.embedded.append(a.get("href") or a.get("src"))
        if a.get("id"):
            self.ids.append(a["id"])
        for name in ("value", "placeholder", "alt", "title", "aria-label", "datetime", "content", "href", "action", "data-words"):
            if a.get(name):
                self.values.append(a[name])

    handle_startendtag = handle_starttag

    def handle_data(self, data):
        self.pieces.append(data)

    @property
    def words(self):
        # Apart and together: a link in the middle of a sentence ends no word.
        return squeezed(" ".join(self.pieces)) + " " + squeezed("".join(self.pieces)) + " " + squeezed(" ".join(self.values))


def squeezed(words):
    return re.sub(r"\s+", " ", words).strip()


def leaves(value):
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)


def shape(text):
    """What two pages have in common that differ only in their tokens: such pages are looked at once by the slow checks."""
    text = re.sub(r'name="(csrf|submission)" value="[^"]*"', "", text)
    return hashlib.sha256(text.encode()).hexdigest()


class Structure(html.parser.HTMLParser):
    """What stands in what on a page, whatever it says and however often: every chain of elements from the top, and the headings in turn."""

    EMPTY = {"br", "hr", "img", "input", "link", "meta"}

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.stack, self.chains, self.headings = [], set(), []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        kept = ("class", "type", "role", "hidden", "checked", "aria-current", "aria-invalid", "open", "disabled")
        mark = tag + "".join(f"[{name}={a[name]}]" for name in kept if name in a)
        self.chains.add(">".join(self.stack + [mark]))
        if re.fullmatch("h[1-6]", tag) and self.headings[-1:] != [tag]:
            self.headings.append(tag)
        if tag not in self.EMPTY:
            self.stack.append(mark)

    def handle_endtag(self, tag):
        while self.stack and not re.match(tag + r"(\[|$)", self.stack.pop()):
            pass

    @property
    def key(self):
        return frozenset(self.chains), tuple(self.headings)


def path_to_visit(link, here):
    """Where a link leads, when it is a page of ours that is worth a visit of its own; else None."""
    url = urllib.parse.urljoin(here, link)
    parts = urllib.parse.urlsplit(url)
    if parts.netloc or parts.scheme not in ("", "http", "https") or link.startswith(("mailto:", "tel:", "#")):
        return None
    # Where somebody came from is not another page.
    query = [(name, value) for name, value in urllib.parse.parse_qsl(parts.query, keep_blank_values=True) if name not in ("then", "from")]
    return urllib.parse.urlunsplit(("", "", parts.path or "/", urllib.parse.urlencode(query), ""))


def crawl(base, cookie, start=("/",), most=1500):
    """Every page that can be reached from `start`, in the order in which a curious person would find them."""
    client = heard.Client(base, cookie)
    waiting, known = collections.deque(start), set(start)
    while waiting:
        path = waiting.popleft()
        answer = client.get(path)
        yield client, path, answer
        if answer.type != "text/html":
            location = answer.headers.get("location")
            links = [location.replace(base, "")] if location else []
        else:
            links = Page(answer.text).links
        for link in links:
            target = path_to_visit(link, path)
            if target and target not in known:
                assert len(known) < most, f"more than {most} pages: links that make new addresses for ever? {path} → {target}"
                known.add(target)
                waiting.append(target)


def faults(client, path, answer):
    """What is wrong with a page, in sentences. Empty when all is well."""
    if answer.status in (301, 302, 303, 307):
        return []
    if answer.status != 200:
        return [f"{path} is linked and answers {answer.status}"]
    if answer.type != "text/html":
        return []
    page = Page(answer.text)
    wrong = []
    if page.lang != "en":
        wrong.append(f"{path} says no language")
    if len(page.ids) != len(set(page.ids)):
        wrong.append(f"{path} has the same id twice: {[i for i in page.ids if page.ids.count(i) > 1][:3]}")
    weight = len(answer.body) + sum(weight_of(client, link) for link in page.embedded)
    if weight > MOST_BYTES:
        wrong.append(f"{path} weighs {weight} bytes")
    return wrong + json_faults(client, path, page)


weights = {}


def weight_of(client, link):
    if link.startswith("data:"):
        return 0
    if link not in weights:
        weights[link] = len(client.get(link).body)
    return weights[link]


def json_faults(client, path, page):
    """The same address as JSON must answer, and say nothing that the page does not."""
    answer = client.json(path)
    if answer.status != 200 or answer.type != "application/json":
        return [f"{path} as JSON answers {answer.status} {answer.type}"]
    try:
        said = list(leaves(json.loads(answer.body)))
    except ValueError:
        return [f"{path} as JSON is none"]
    words = page.words
    # Sentences, names and titles; not dates, addresses and single words, which a page may write another way.
    secret = [s for s in map(squeezed, said) if " " in s and s not in words]
    return [f"{path} says in JSON and not on the page: {s[:80]!r}" for s in secret[:3]]
