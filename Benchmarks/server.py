"""How fast Heard answers, how much memory it takes, and what it loses when it is killed: on SQLite and on PostgreSQL.

    Benchmarks/server.py .build/release/heard            (bin/bench calls this; it needs wrk, and HEARD_TEST_POSTGRES)

Everything that is compared is measured in the same run, in turn, round by round, so that a machine whose speed drifts treats all alike.
The middle one of the rounds counts. Client and server share the machine: the figures are for comparing, not for boasting.
"""

import os
import pathlib
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import http.client

import report

HERE = pathlib.Path(__file__).resolve().parent
COOKIE = "__Host-heard=bench00000000000000000000000000m"
PROJECT, SAID = "/bench/projects/large", "/bench/you-said-we-did"
# All that was said, fifty at a time: the heaviest page of a project.
VOICES = PROJECT + "?voices=all"
ROUNDS, SECONDS, CONNECTIONS = 3, 3, 64


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment():
    return {name: value for name, value in os.environ.items() if not name.startswith("HEARD_")}


class Server:
    """`heard serve --bench`, and how long it took until it answered."""

    def __init__(self, binary, database):
        self.binary, self.database, self.port = binary, database, free_port()
        self.folder = tempfile.TemporaryDirectory(prefix="heard-bench-")
        self.start()

    def start(self):
        began = time.monotonic()
        self.process = subprocess.Popen(
            [self.binary, "serve", "--bench", "--database", self.database, "--port", str(self.port), "--metrics-port", "off", "--log-level", "warning"],
            stdout=subprocess.DEVNULL, stderr=open(self.folder.name + "/log", "w"), env=environment())
        while self.get("/readyz") != 200:
            if self.process.poll() is not None or time.monotonic() - began > 60:
                raise SystemExit("heard did not start: " + open(self.folder.name + "/log").read())
            time.sleep(0.002)
        self.ready = time.monotonic() - began

    def get(self, path, **headers):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            connection.request("GET", path, headers={"Accept": "text/html"} | headers)
            answer = connection.getresponse()
            self.body = answer.read()
            return answer.status
        except OSError:
            return None

    @property
    def resident_mib(self):
        return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{self.process.pid}/status").read_text()).group(1)) / 1024

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)

    def kill(self):
        self.process.kill()
        self.process.wait()


class Load:
    """One way of asking one server, measured in rounds."""

    def __init__(self, name, server, path, cookie=None):
        self.name, self.server, self.path, self.cookie, self.rounds = name, server, path, cookie, []

    def round(self):
        headers = ["-H", f"Cookie: {self.cookie}"] if self.cookie else []
        out = subprocess.run(
            ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", *headers, f"http://127.0.0.1:{self.server.port}{self.path}"],
            capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in out or "Socket errors" in out:
            raise SystemExit(f"{self.name}: not every request was answered:\n{out}")
        self.rounds.append((
            float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)), milliseconds(out, "50%"), milliseconds(out, "99%"),
            int(re.search(r"(\d+) requests in", out).group(1))))

    rate = property(lambda self: statistics.median(r[0] for r in self.rounds))
    median = property(lambda self: statistics.median(r[1] for r in self.rounds))
    p99 = property(lambda self: statistics.median(r[2] for r in self.rounds))
    requests = property(lambda self: sum(r[3] for r in self.rounds))


def milliseconds(out, line):
    number, unit = re.search(re.escape(line) + r"\s+([\d.]+)(us|ms|s)", out).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def pages(small, large):
    """Pages of 10,000 and of 100,000 voices, for strangers and for a member, in turn."""
    loads = {
        "plain": Load("plain text", small, "/plain"),
        "project": Load("project page, stranger", small, VOICES),
        "said": Load("“You said, we did”, stranger", small, SAID),
        "member": Load("project page, signed-in member", small, VOICES, COOKIE),
        "member said": Load("“You said, we did”, signed-in member", small, SAID, COOKIE),
        "project large": Load("project page, stranger, 100,000 voices", large, VOICES),
        "said large": Load("“You said, we did”, stranger, 100,000 voices", large, SAID),
        "member large": Load("project page, signed-in member, 100,000 voices", large, VOICES, COOKIE),
        "member said large": Load("“You said, we did”, signed-in member, 100,000 voices", large, SAID, COOKIE),
    }
    for load in loads.values():
        assert load.server.get(load.path, **({"Cookie": load.cookie} if load.cookie else {})) == 200, load.name
        assert load.path == "/plain" or b"</html>" in load.server.body
    for _ in range(ROUNDS):
        for load in loads.values():
            load.round()
    return loads


def memory(server, asked):
    """Resident memory once the server has answered 200,000 requests, whatever of them came before."""
    more = Load("more", server, VOICES)
    asked = sum(load.requests for load in asked if load.server is server)
    while asked < 200_000:
        more.rounds.clear()
        more.round()
        asked += more.requests
    return server.resident_mib, asked


def saying(server):
    """Voices a second by a form, each confirmed only once it and its trail entry are on the disk."""
    rates = []
    for _ in range(ROUNDS):
        out = subprocess.run(
            ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", "say.lua", f"http://127.0.0.1:{server.port}{PROJECT}/voices", "--", COOKIE],
            capture_output=True, text=True, check=True, cwd=HERE).stdout
        taken, refused, micros = map(int, re.search(r"taken (\d+) refused (\d+) microseconds (\d+)", out).groups())
        if refused:
            raise SystemExit(f"{refused} voices were refused:\n{out}")
        rates.append(taken / micros * 1e6)
    return statistics.median(rates)


def kill(server):
    """Kills the server in the middle of it, and counts the confirmed voices whose receipts open afterwards."""
    confirmed, stop = [], threading.Event()

    def speak(number):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        said = 0
        while not stop.is_set():
            said += 1
            body = f"csrf=bench&submission=kill-{os.getpid()}-{number}-{said:020}&kind=idea&consent=public&reply-by=receipt&words={number}-{said}."
            try:
                connection.request("POST", PROJECT + "/voices", body, {
                    "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin", "Cookie": COOKIE})
                answer = connection.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException):
                return
            if answer.status == 303:
                confirmed.append(answer.headers["Location"].split("?")[0])

    speakers = [threading.Thread(target=speak, args=(n,)) for n in range(16)]
    for speaker in speakers:
        speaker.start()
    time.sleep(2)
    server.kill()
    stop.set()
    for speaker in speakers:
        speaker.join()
    server.start()
    lost = sum(server.get(receipt, Cookie=COOKIE) != 200 for receipt in confirmed)
    return len(confirmed), lost


def weight(server):
    """What the pages that a family sees here weigh, each with its style sheet and scripts, before compression."""
    def bytes_of(path):
        assert server.get(path) == 200, path
        return server.body

    weights = {}
    for path in ["/", "/bench", PROJECT, VOICES, PROJECT + "/say", SAID, "/help", "/privacy"]:
        page = bytes_of(path)
        assets = sum(len(bytes_of(asset.decode())) for asset in set(re.findall(rb'(?:href|src)="(/assets/[^"]+)"', page)))
        weights[path] = (len(page) + assets, assets)
    return weights


def fill(binary, database, voices):
    began = time.monotonic()
    subprocess.run([binary, "bench-data", "--database", database, "--voices", str(voices)], check=True, stdout=subprocess.DEVNULL, env=environment())
    return time.monotonic() - began


def verify(binary, database):
    return subprocess.run([binary, "verify", "--database", database], capture_output=True, text=True, env=environment())


def measure(binary, engine, databases):
    say = lambda *words: print(f"[{engine}]", *words, flush=True)
    small_database, large_database = databases
    for database, voices in ((small_database, 10_000), (large_database, 100_000)):
        say(f"{voices} voices written in {fill(binary, database, voices):.1f} s")
    small, large = Server(binary, small_database), Server(binary, large_database)
    starts = []
    for _ in range(ROUNDS):
        large.stop()
        large.start()
        starts.append(large.ready)
    loads = pages(small, large)
    for load in loads.values():
        say(f"{load.name}: {load.rate:.0f} a second, median {load.median:.2f} ms, p99 {load.p99:.2f} ms")
    resident, asked = memory(small, loads.values())
    weights = weight(small)
    rate = saying(small)
    confirmed, lost = kill(small)
    say(f"voices: {rate:.0f} a second; killed: {confirmed} confirmed, {lost} lost; memory {resident:.0f} MiB after {asked} requests")
    small.stop()
    large.stop()
    whole = verify(binary, small_database)
    say(whole.stdout.strip() or whole.stderr.strip())
    return {
        "engine": engine, "loads": loads, "ready": statistics.median(starts), "resident": resident, "asked": asked, "weights": weights,
        "saying": rate, "confirmed": confirmed, "lost": lost, "whole": whole.returncode == 0,
    }


def postgres_databases(address):
    for name in ("bench_small", "bench_large"):
        subprocess.run(["psql", "-q", address, "-c", f"DROP DATABASE IF EXISTS {name}", "-c", f"CREATE DATABASE {name}"], check=True)
        yield address.rsplit("/", 1)[0] + "/" + name


def table(found):
    loads, other = found["loads"], found
    plain = loads["plain"].rate
    rows = [["", "requests a second", "of plain text", "median", "p99"]]
    for load in loads.values():
        rows.append([load.name, f"{load.rate:,.0f}", f"{load.rate / plain:.2f}", f"{load.median:.2f} ms", f"{load.p99:.1f} ms"])
    growth = {name: loads[name + " large"].median / loads[name].median for name in ("project", "said", "member", "member said")}
    heaviest = max(other["weights"], key=other["weights"].get)
    check = lambda holds: "yes" if holds else "**no**"
    # What is wished of one file on one machine is not asked of a server in between; it is measured all the same.
    on_sqlite = check if found["engine"] == "SQLite" else lambda holds: "–"
    facts = [
        ["what must hold", "found", "holds"],
        ["public pages at least 1/3 of plain text", f"{min(loads['project'].rate, loads['said'].rate) / plain:.2f}",
         check(min(loads["project"].rate, loads["said"].rate) / plain >= 1 / 3)],
        ["100,000 voices: the public pages' median grows less than 1.3 times", f"{max(growth['project'], growth['said']):.2f}",
         check(max(growth["project"], growth["said"]) < 1.3)],
        ["a member's project page at least 1/10 of plain text", f"{loads['member'].rate / plain:.2f}", on_sqlite(loads["member"].rate / plain >= 0.1)],
        ["a member's “You said, we did” at least 1/10", f"{loads['member said'].rate / plain:.2f}", on_sqlite(loads["member said"].rate / plain >= 0.1)],
        ["a member's pages: p99 under 30 ms at 64 connections", f"{max(loads['member'].p99, loads['member said'].p99):.1f} ms",
         on_sqlite(max(loads["member"].p99, loads["member said"].p99) < 30)],
        ["over 3,000 voices said a second, trail included, each safe on the disk", f"{other['saying']:,.0f}", on_sqlite(other["saying"] > 3000)],
        ["none lost on `kill -9`, and the trail is whole", f"{other['lost']} of {other['confirmed']:,} confirmed", check(other["lost"] == 0 and other["whole"])],
        ["resident memory under 150 MB after 200,000 requests", f"{other['resident'] * 1.048576:.0f} MB after {other['asked']:,}", check(other["resident"] * 1.048576 < 150)],
        ["ready within 0.5 s on 100,000 voices", f"{other['ready']:.2f} s", check(other["ready"] < 0.5)],
        ["a family's page under 60 KB in all, before compression", f"{other['weights'][heaviest][0] / 1000:.1f} KB at most (`{heaviest}`, of it {other['weights'][heaviest][1] / 1000:.1f} KB style and scripts)",
         check(other["weights"][heaviest][0] < 60_000)],
    ]
    return f"### {found['engine']}\n\n" + report.table(rows) + "\n" + report.table(facts)


def main(binary):
    binary = str(pathlib.Path(binary).resolve())
    with tempfile.TemporaryDirectory(prefix="heard-bench-") as folder:
        words = f"{report.machine()} {ROUNDS} rounds of {SECONDS} seconds each, {CONNECTIONS} connections, wrk on the same machine; the middle round counts.\n\n"
        words += table(measure(binary, "SQLite", [f"sqlite:{folder}/small.sqlite", f"sqlite:{folder}/large.sqlite"]))
        report.write("server", words)
    address = os.environ.get("HEARD_TEST_POSTGRES")
    if address:
        report.write("server", words + "\n" + table(measure(binary, "PostgreSQL", list(postgres_databases(address)))))


if __name__ == "__main__":
    main(*sys.argv[1:])
