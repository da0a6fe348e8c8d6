"""How many answers a second the server takes through its page, and what of them is lost when it is killed in the middle.

    Benchmarks/answers.py .build/release/heard [seconds]      (bin/bench calls this; it needs wrk, and HEARD_TEST_POSTGRES for PostgreSQL)

Serves the demo on a fresh database, puts people with private links into its round of statements, and lets wrk answer for them. Then it counts:
every answer that was confirmed must be in the trail. Then it kills the server with -9 while wrk and sixteen others answer, starts it again, and
asks each of the sixteen's pages for every answer that was confirmed to them."""

import http.client
import os
import pathlib
import re
import subprocess
import sys
import threading
import time

import report
from demo_server import DemoServer, code

HERE = pathlib.Path(__file__).resolve().parent
THREADS, CONNECTIONS, SPEAKERS = 2, 256, 16
# For each thread of wrk: those whose answers are counted by the second, and those who answer when it is killed.
PEOPLE, LAST = 5_000, 5_000


def start_wrk(server, statements, first, people, seconds):
    command = ["wrk", f"-t{THREADS}", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", "answer.lua", server.base, "--", str(first), str(people)]
    return subprocess.Popen([*command, *(id for id, _ in statements)], stdout=subprocess.PIPE, text=True, cwd=HERE)


def result(wrk):
    said = wrk.communicate()[0]
    return map(int, re.search(r"taken (\d+) refused (\d+) microseconds (\d+)", said).groups())


def rate(server, statements, seconds):
    before = server.answered()
    taken, refused, duration = result(start_wrk(server, statements, SPEAKERS + 1, PEOPLE, seconds))
    return taken * 1e6 / duration, taken, refused, server.answered() - before


class Speaker(threading.Thread):
    """Somebody who answers until nobody is there, and remembers for each statement what was confirmed, and what was on its way."""

    def __init__(self, server, person, statements):
        super().__init__()
        self.server, self.person, self.statements = server, person, statements
        self.confirmed, self.on_its_way, self.count = {}, {}, 0

    def run(self):
        connection = http.client.HTTPConnection("localhost", self.server.port, timeout=10)
        for number in range(1_000_000):
            id, words = self.statements[number % len(self.statements)]
            answer = ("Agree", "Disagree", "Pass")[number // len(self.statements) % 3]
            self.on_its_way = {words: answer}
            try:
                connection.request("POST", f"/answering/{code(self.person)}/answers", f"statement={id}&answer={answer.lower()}", {
                    "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"})
                status = connection.getresponse()
                status.read()
            except (OSError, http.client.HTTPException):
                return
            if status.status == 303:
                self.confirmed[words] = answer
                self.count += 1

    def lost(self):
        """Statements whose answer is neither the one that was confirmed last nor one that was sent after it."""
        kept = {row["words"]: row["answer"] for row in self.server.json(f"/answering/{code(self.person)}/mine")["answered"]}
        return [words for words, answer in self.confirmed.items() if kept.get(words) not in (answer, self.on_its_way.get(words, answer))]


def kill(server, statements):
    """Kills the server after two seconds of answers. How many were confirmed, and how many of them are not there afterwards."""
    before = server.answered()
    speakers = [Speaker(server, person, statements) for person in range(1, SPEAKERS + 1)]
    wrk = start_wrk(server, statements, SPEAKERS + THREADS * PEOPLE + 1, LAST, 3)
    for speaker in speakers:
        speaker.start()
    time.sleep(2)
    server.kill()
    for speaker in speakers:
        speaker.join()
    taken, _, _ = result(wrk)
    server.start()
    confirmed = taken + sum(speaker.count for speaker in speakers)
    missing = max(0, confirmed - (server.answered() - before))
    return confirmed, missing + sum(len(speaker.lost()) for speaker in speakers)


def measure(program, database, seconds):
    server = DemoServer(program, database)
    statements, _ = server.people(SPEAKERS + THREADS * (PEOPLE + LAST))
    speed, taken, refused, stored = rate(server, statements, seconds)
    confirmed, lost = kill(server, statements)
    server.stop()
    whole = server.verify()
    holds = stored >= taken and refused == 0 and lost == 0 and confirmed > 0 and whole
    wanted = "" if speed > 10_000 or server.engine != "SQLite" else " (**over 10,000 are wanted**)"
    row = [
        server.engine, f"{speed:,.0f}{wanted}", f"{taken:,}", f"{refused:,}", f"{stored:,}", f"{lost:,} of {confirmed:,}", "yes" if whole else "**no**",
    ]
    return row, holds


def main(program, seconds=8):
    databases = [None]
    if address := os.environ.get("HEARD_TEST_POSTGRES"):
        subprocess.run(["psql", "-q", address, "-c", "DROP DATABASE IF EXISTS bench_answers", "-c", "CREATE DATABASE bench_answers"], check=True)
        databases.append(address.rsplit("/", 1)[0] + "/bench_answers")
    found = [measure(program, database, int(seconds)) for database in databases]
    head = ["", "answers a second", "confirmed", "refused", "stored", "lost on `kill -9`, of those confirmed", "trail whole"]
    words = f"{report.machine()} {CONNECTIONS} connections for {seconds} seconds, each answer confirmed once it is safe on the disk.\n\n"
    report.write("answers", words + report.table([head, *(row for row, _ in found)]))
    return 0 if all(holds for _, holds in found) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
