"""How soon "What we think" shows an answer while 10,000 people answer 500 statements, and how long telling it outside takes.

    Benchmarks/live.py .build/release/heard         (bin/bench calls this)

Puts 250,000 answers into the demo's round. Then, again and again, somebody answers and a member opens the page, more than a second after the last
map: that look reads the new answer and draws the map. The job `tell-figures` is made due at once, and its time read from the server's figures."""

import http.client
import random
import re
import statistics
import sys
import time
import urllib.parse
import urllib.request
import uuid

import report
from demo_server import DemoServer, code

PEOPLE, STATEMENTS, EACH = 10_000, 500, 25
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}


def post(server, path, cookie=None, **fields):
    connection = http.client.HTTPConnection("localhost", server.port, timeout=60)
    connection.request("POST", path, urllib.parse.urlencode(fields), FORM | ({"Cookie": cookie} if cookie else {}))
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 303, (path, answer.status)
    return answer


def become(server, name):
    """The cookie of somebody of the demo."""
    server.get("/sign-in")
    form = next(part for part in server.body.decode().split("<form")[1:] if "/demo/become" in part and name in part.split("</form>")[0])
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form.split("</form>")[0]))
    return post(server, "/demo/become", **fields).headers["Set-Cookie"].split(";")[0]


def fill(server):
    """Four camps over 500 statements: where somebody stands decides most of what they answer."""
    chance = random.Random(7)
    round, number, perspectives = server.sql("SELECT id, number, perspectives FROM rounds")[0]
    seq = server.sql("SELECT MAX(seq) FROM trail")[0][0]
    last = int(server.sql(f"SELECT MAX(number) FROM statements WHERE round = '{round}'")[0][0])
    rows = [f"('{uuid.uuid4()}', '{round}', {last + place}, 'Made-up statement {place}.', 'kept', 0)" for place in range(1, STATEMENTS + 1)]
    server.sql(f"INSERT INTO statements (id, round, number, words, state, made_at) VALUES {','.join(rows)}")
    statements, _ = server.people(PEOPLE)
    first = int(server.sql("SELECT MAX(number) FROM responders")[0][0]) - PEOPLE
    keys = [key.rstrip("*") for key in perspectives.split()]
    for place, key in enumerate(keys):
        server.sql(f"UPDATE responders SET perspective = '{key}' WHERE number > {first} AND number % {len(keys)} = {place}")
    camps = [[chance.uniform(-1, 1) for _ in range(STATEMENTS)] for _ in range(4)]
    for start in range(0, PEOPLE, 1_000):
        answers = []
        for person in range(start + 1, start + 1_001):
            camp = camps[person * 7 % 4]
            for place in chance.sample(range(STATEMENTS), EACH):
                lean = camp[place] + chance.gauss(0, 0.5)
                answers.append(f"({number}, {first + person}, {last + place + 1}, {1 if lean > 0.1 else -1 if lean < -0.1 else 0}, {seq})")
        server.sql(f"INSERT INTO responses (round, responder, statement, answer, seq) VALUES {','.join(answers)}")
    project = server.sql(f"SELECT services.slug, projects.slug FROM projects JOIN services ON services.id = projects.service WHERE projects.id = (SELECT project FROM rounds WHERE id = '{round}')")[0]
    return f"/{project[0]}/projects/{project[1]}/rounds/{round}", [id for id, words in statements if words.startswith("Made-up")]


def look(server, page, cookie):
    began = time.perf_counter()
    assert server.get(page, cookie=cookie) == 200
    taken = (time.perf_counter() - began) * 1000
    return taken, server.body.decode()


def told(server):
    """How often `tell-figures` has run, and how many seconds in all."""
    figures = urllib.request.urlopen(server.metrics).read().decode()
    one = lambda what: float((re.search(rf'heard_job_seconds_{what}{{kind="tell-figures"}} (\S+)', figures) or [0, 0])[1])
    return one("count"), one("sum")


def tell(server):
    """Makes the job due; how long it took, in ms."""
    count, seconds = told(server)
    server.sql("UPDATE jobs SET due = 0 WHERE kind = 'tell-figures'")
    while told(server)[0] == count:
        time.sleep(0.2)
    return (told(server)[1] - seconds) / (told(server)[0] - count) * 1000


def main(program):
    server = DemoServer(program, metrics=True)
    page, statements = fill(server)
    cookie = become(server, "Rosa")
    first, _ = look(server, page, cookie)
    telling = [tell(server)]
    fresh, quiet = [], []
    for turn in range(20):
        post(server, f"/answering/{code(turn % 5 + 1)}/answers", statement=statements[turn * 3], answer=("agree", "disagree")[turn % 2])
        time.sleep(1.05)
        taken, html = look(server, page, cookie)
        assert 'class="area ' in html
        fresh.append(taken)
        quiet.append(look(server, page, cookie)[0])
    telling.append(tell(server))
    for person in range(6, 21):
        post(server, f"/answering/{code(person)}/answers", statement=statements[7], answer="pass")
    telling.append(tell(server))
    server.stop()
    rows = [
        ["10,000 people, 500 statements, 250,000 answers", "found", "holds"],
        ["the first look after the start: all answers are read", f"{first:,.0f} ms", ""],
        ["the look after an answer: it is counted and the map drawn, at most within a second", f"{statistics.median(fresh):.0f} ms, {max(fresh):.0f} at most",
         "yes" if max(fresh) < 1000 else "**no**"],
        ["a look with nothing new", f"{statistics.median(quiet):.0f} ms", ""],
        ["`tell-figures`: the first time, everything at once", f"{telling[0]:,.0f} ms", ""],
        ["`tell-figures`: a few answers more", f"{telling[1]:,.0f} ms", ""],
        ["`tell-figures`: ten people more, with a new map for everybody", f"{telling[2]:,.0f} ms", ""],
    ]
    report.write("live", f"{report.machine()} SQLite.\n\n" + report.table(rows))
    return 0 if max(fresh) < 1000 else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
