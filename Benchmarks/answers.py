#!/usr/bin/env python3
"""How many answers a second the server takes through its page: `Benchmarks/answers.py [seconds] [program]`.

Serves the demo on a fresh SQLite, puts people with private links into its round of statements, and lets `wrk` answer for them. Then it counts: every
answer that was confirmed must be in the trail, and the trail must be whole."""

import hashlib
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
PEOPLE, THREADS, CONNECTIONS = 5_000, 2, 256


def main(seconds=10, program=HERE.parent / ".build/release/heard"):
    with tempfile.TemporaryDirectory() as folder:
        database = pathlib.Path(folder) / "heard.sqlite"
        server = subprocess.Popen(
            [program, "demo", "--database", f"sqlite:{database}", "--port", "9471", "--log-level", "warning", "--metrics-port", "off"])
        try:
            wait("http://localhost:9471/healthz")
            statements, before = settle(database)
            command = ["wrk", f"-t{THREADS}", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", HERE / "answer.lua", "http://localhost:9471", "--"]
            said = subprocess.run([*command, str(PEOPLE), *statements], capture_output=True, text=True, check=True).stdout
            taken, refused, duration = map(int, re.search(r"taken (\d+) refused (\d+) microseconds (\d+)", said).groups())
            time.sleep(1)
        finally:
            server.terminate()
            server.wait()
        with sqlite3.connect(database) as tables:
            stored = tables.execute("SELECT COUNT(*) FROM trail WHERE what = 'round.answered'").fetchone()[0] - before
        verified = subprocess.run([program, "verify", "--database", f"sqlite:{database}"], capture_output=True, text=True)
        print(f"{taken * 1_000_000 / duration:,.0f} answers a second; {taken:,} confirmed, {refused} refused, {stored:,} stored")
        print(verified.stdout.strip())
        return 0 if stored >= taken and verified.returncode == 0 else 1


def settle(database):
    with sqlite3.connect(database, timeout=30) as tables:
        round, project = tables.execute("SELECT id, project FROM rounds").fetchone()
        statements = [row[0] for row in tables.execute("SELECT id FROM statements WHERE state = 'kept' ORDER BY number")]
        number = tables.execute("SELECT MAX(number) FROM responders").fetchone()[0]
        for person in range(PEOPLE):
            for thread in range(1, THREADS + 1):
                number += 1
                # As ReceiptCode has it: o is 0, i and l are 1.
                code = f"bench{person * 16 + thread:011d}"
                digest = hashlib.sha256(code.encode()).hexdigest()
                tables.execute("INSERT INTO responders VALUES (?, ?, 'clinicians', NULL, 'online', NULL, 0)", (number, project))
                tables.execute("INSERT INTO answering_links VALUES (?, ?, ?, 0)", (digest, number, round))
        before = tables.execute("SELECT COUNT(*) FROM trail WHERE what = 'round.answered'").fetchone()[0]
    return statements, before


def wait(address):
    for _ in range(100):
        try:
            return urllib.request.urlopen(address)
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    sys.exit(main(*([int(sys.argv[1])] if len(sys.argv) > 1 else []), *sys.argv[2:3]))
