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


def line(name, times):
    times = sorted(times)
    print(f"| {name} | {statistics.median(times):.2f} ms | {times[int(len(times) * 0.99) - 1]:.2f} ms | {len(times)} |")
    return statistics.median(times)


def measure(binary, database, services):
    filled = subprocess.run([binary, "bench-data", "--directory", str(services), "--database", database], capture_output=True, text=True, env=base.environment())
    if filled.returncode:
        raise SystemExit(filled.stdout + filled.stderr)
    seconds = float(re.search(r"in ([\d.]+) s", filled.stdout).group(1))
    print(f"\n{database.split(':')[0]}: {services} services brought in in {seconds:.1f} s ({services / seconds:.0f} a second)\n")
    heard = Server(binary, database)
    try:
        began = time.monotonic()
        ask(heard.port, "/directory?q=anxiety")
        print(f"first look after the start: {time.monotonic() - began:.2f} s\n\n| | median | p99 | of |\n|---|---|---|---|")
        chance = random.Random(2026)
        codes = [f"{a}{b}{n}" for a in "ABCDEFGHIJ" for b in "ABCDE" for n in range(1, 11)]
        asked = [f"/directory?q={urllib.parse.quote_plus(chance.choice(WORDS))}&place={chance.choice(codes)}&age={chance.randint(8, 20)}" for _ in range(1_000)]
        line("words, distance and age", heard.times(asked))
        line("words alone", heard.times([f"/directory?q={urllib.parse.quote_plus(chance.choice(WORDS))}" for _ in range(300)]))
        last = services // 50
        first = line("/oruk/services?page=1", heard.times(["/oruk/services?per_page=50&page=1"] * 200))
        for page in (last // 2, last):
            deep = line(f"/oruk/services?page={page}", heard.times([f"/oruk/services?per_page=50&page={page}"] * 200))
            print(f"<!-- {deep / first:.2f} times page 1 -->")
    finally:
        heard.stop() if hasattr(heard, "stop") else heard.process.terminate()


if __name__ == "__main__":
    binary, services = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        measure(binary, f"sqlite:{folder}/directory.sqlite", services)
    if os.environ.get("HEARD_TEST_POSTGRES"):
        measure(binary, os.environ["HEARD_TEST_POSTGRES"], services)
