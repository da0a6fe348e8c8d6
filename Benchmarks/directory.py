"""How fast the directory finds among many services, pages through `/oruk`, and brings a feed in: on SQLite and on PostgreSQL.

    Benchmarks/directory.py .build/release/heard [100000]     (needs HEARD_TEST_POSTGRES for the second half; `bin/bench directory` calls this)

The time inside the server is what its own log says of a request (`ms=`), with one request at a time: waiting in line is measured elsewhere.
"""

import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

import demo_server
import report
import server as base

WORDS = ["anxiety group", "someone to talk to", "can't sleep", "lonely teenagers", "counsel", "autism club", "anxeity", "bullying at school",
         "art music", "young carers café", "family therapy", "quiet room", "support for parents", "evening telephone"]


def ask(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.read()


class Server(base.Server):
    """With a line in the log for each request."""

    def start(self):
        began = time.monotonic()
        self.process = subprocess.Popen(
            [self.binary, "serve", "--database", self.database, "--port", str(self.port), "--metrics-port", "off", "--log-level", "info"],
            stdout=subprocess.DEVNULL, stderr=open(self.folder.name + "/log", "w"), env=base.environment())
        while self.get("/readyz") != 200:
            if time.monotonic() - began > 60:
                raise SystemExit("heard did not start: " + open(self.folder.name + "/log").read())
            time.sleep(0.01)

    def times(self, paths):
        """Milliseconds inside the server for each of these, by its log."""
        log = self.folder.name + "/log"
        start = os.path.getsize(log)
        for path in paths:
            ask(self.port, path)
        time.sleep(0.3)
        with open(log) as file:
            file.seek(start)
            return [float(found) for found in re.findall(r"\bms=([\d.]+)", file.read())]


def p99(times):
    return sorted(times)[int(len(times) * 0.99) - 1]


def fill(binary, database, *what):
    """Runs `heard bench-data` and answers what it said and the most memory it took, in MiB."""
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen([binary, "bench-data", *what, "--database", database], stdout=said, stderr=subprocess.STDOUT, env=base.environment())
        _, status, used = os.wait4(process.pid, 0)
        said.seek(0)
        if status:
            raise SystemExit(said.read())
        return said.read(), used.ru_maxrss / 1024


def seconds(said):
    return float(re.search(r"in ([\d.]+) s", said).group(1))


def measure(binary, database, services):
    """Rows of the two tables for one engine: what takes how long, and what must hold."""
    said, peak = fill(binary, database, "--directory", str(services))
    resident = [int(mib) for mib in re.findall(r"services, (\d+) MiB", said)]
    heard = Server(binary, database)
    try:
        began = time.monotonic()
        ask(heard.port, "/directory?q=anxiety")
        first = time.monotonic() - began
        chance = random.Random(2026)
        codes = [f"{a}{b}{n}" for a in "ABCDEFGHIJ" for b in "ABCDE" for n in range(1, 11)]
        word = lambda: urllib.parse.quote_plus(chance.choice(WORDS))  # noqa: E731
        asked = {"words, distance and age": [f"/directory?q={word()}&place={chance.choice(codes)}&age={chance.randint(8, 20)}" for _ in range(1_000)],
                 "words alone": [f"/directory?q={word()}" for _ in range(300)]}
        last = services // 50
        for page in (1, last // 2, last):
            asked[f"/oruk/services?page={page:,}"] = [f"/oruk/services?per_page=50&page={page}"] * 200
        times = {name: heard.times(paths) for name, paths in asked.items()}
    finally:
        heard.stop()
    medians = {name: statistics.median(found) for name, found in times.items()}
    search = "words, distance and age"
    deepest = max(medians[name] for name in list(times)[3:]) / medians[list(times)[2]]
    yes = lambda holds: "yes" if holds else "**no**"  # noqa: E731
    return (
        [[name, f"{medians[name]:.2f} ms", f"{p99(found):.2f} ms", len(found)] for name, found in times.items()],
        [
            ["a search by words, distance and age: median under 15 ms, p99 under 60", f"{medians[search]:.2f} ms, {p99(times[search]):.2f} ms",
             yes(medians[search] < 15 and p99(times[search]) < 60)],
            ["any page of /oruk/services within 1.5 times page 1", f"{deepest:.2f}", yes(deepest < 1.5)],
            [f"{services:,} services come in in under 60 s", f"{seconds(said):.1f} s", yes(seconds(said) < 60)],
            ["with steady memory", f"{resident[0]} MB after 10,000, {resident[-1]} MB after {services:,}, {peak:.0f} MB at most", ""],
            ["the first look after the start: all entries are read", f"{first:.2f} s", ""],
        ],
    )


def real_file(binary, database):
    """The real list of 60 services, through the use cases of the page: taken, columns named, every row checked, what is fine brought in."""
    said, _ = fill(binary, database, "--list", str(base.HERE.parent / "Demo/trafford-services.csv"))
    return ["the real file of 60 services comes in in under 1 s", f"{seconds(said):.2f} s", "yes" if seconds(said) < 1 else "**no**"]


def pages(binary):
    """Public pages of the demo beside its project page, in turn, round by round."""
    demo = demo_server.DemoServer(binary)
    try:
        demo.get("/directory")
        entry = re.search(rb'href="(/directory/entries/[0-9a-f-]{36})"', demo.body).group(1).decode()
        loads = [base.Load(name, demo, path) for name, path in [
            ("a project", "/barnet-camhs/projects/stepped-model"), ("a page in plain words", "/barnet-camhs/pathways/your-first-visit"), ("the steps", "/barnet-camhs/pathways/steps"),
            ("an entry of the directory", entry), ("the directory", "/directory"), ("a search in it", "/directory?q=anxiety&age=14")]]
        for load in loads:
            assert demo.get(load.path) == 200, load.path
        for _ in range(base.ROUNDS):
            for load in loads:
                load.round()
        return [["a public page of the demo", "requests a second", "of the project page", "median", "p99"]] + [
            [load.name, f"{load.rate:,.0f}", f"{load.rate / loads[0].rate:.2f}", f"{load.median:.2f} ms", f"{load.p99:.1f} ms"] for load in loads]
    finally:
        demo.stop()


def main(binary, services=100_000):
    words = f"{report.machine()} {services:,} made-up services; times are inside the server, one request after the other.\n"
    with tempfile.TemporaryDirectory() as folder:
        engines = {"SQLite": f"sqlite:{folder}/directory.sqlite"}
        if os.environ.get("HEARD_TEST_POSTGRES"):
            engines["PostgreSQL"] = os.environ["HEARD_TEST_POSTGRES"]
        for engine, database in engines.items():
            times, holds = measure(binary, database, services)
            if engine == "SQLite":
                holds.append(real_file(binary, f"sqlite:{folder}/real.sqlite"))
            words += f"\n### {engine}\n\n" + report.table([["", "median", "p99", "of"], *times]) + "\n"
            words += report.table([["what must hold", "found", "holds"], *holds])
    words += "\n### Pages\n\nThe demo on SQLite, 64 connections.\n\n" + report.table(pages(binary))
    report.write("directory", words)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:3]))
