"""The demo on a fresh database, with people who hold private links into its round of statements: for measuring answers."""

import hashlib
import http.client
import json
import os
import pathlib
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time


def environment():
    return {name: value for name, value in os.environ.items() if not name.startswith("HEARD_")}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def code(person):
    """As ReceiptCode has it: o is 0, i and l are 1."""
    return f"bench{person:011d}"


class DemoServer:
    def __init__(self, program, database=None, metrics=False):
        self.folder = tempfile.TemporaryDirectory(prefix="heard-bench-")
        self.program, self.database = str(program), database or f"sqlite:{self.folder.name}/heard.sqlite"
        self.engine = "SQLite" if self.database.startswith("sqlite:") else "PostgreSQL"
        self.port, other = free_port(), free_port()
        self.metrics_port, self.metrics = (str(other), f"http://127.0.0.1:{other}/metrics") if metrics else ("off", None)
        self.base = f"http://localhost:{self.port}"
        self.start()

    def start(self):
        log = pathlib.Path(self.folder.name, "log")
        self.process = subprocess.Popen(
            [self.program, "demo", "--database", self.database, "--port", str(self.port), "--log-level", "warning", "--metrics-port", self.metrics_port],
            stdout=subprocess.DEVNULL, stderr=log.open("a"), env=environment())
        for _ in range(3_000):
            if self.get("/readyz") == 200:
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise SystemExit("heard did not start: " + log.read_text())

    def get(self, path, accept="text/html", cookie=None):
        """The status; what came with it is in `body`."""
        try:
            connection = http.client.HTTPConnection("localhost", self.port, timeout=60)
            connection.request("GET", path, headers={"Accept": accept} | ({"Cookie": cookie} if cookie else {}))
            answer = connection.getresponse()
            self.body = answer.read()
            return answer.status
        except OSError:
            return None

    def json(self, path, cookie=None):
        assert self.get(path, "application/json", cookie) == 200, path
        return json.loads(self.body)

    def sql(self, text):
        """Runs SQL past the server, and answers what it finds, as text, by rows."""
        if self.engine == "SQLite":
            with sqlite3.connect(self.database.removeprefix("sqlite:"), timeout=60) as tables:
                if not text.startswith("SELECT"):
                    tables.executescript("BEGIN;" + text + ";COMMIT;")
                    return []
                return [[str(value) for value in row] for row in tables.execute(text)]
        found = subprocess.run(["psql", "-qAt", "-v", "ON_ERROR_STOP=1", self.database], input=text, capture_output=True, text=True, check=True)
        return [line.split("|") for line in found.stdout.splitlines()]

    def people(self, count, perspective="clinicians"):
        """So many people with links, numbered from 1; the round's statements by id and words; and how many answers the trail has so far."""
        round, project = self.sql("SELECT id, project FROM rounds")[0]
        first = int(self.sql("SELECT MAX(number) FROM responders")[0][0])
        responders, links = [], []
        for person in range(1, count + 1):
            digest = hashlib.sha256(code(person).encode()).hexdigest()
            responders.append(f"({first + person}, '{project}', '{perspective}', NULL, 'online', NULL, 0)")
            links.append(f"('{digest}', {first + person}, '{round}', 0)")
        self.sql(f"INSERT INTO responders VALUES {','.join(responders)};INSERT INTO answering_links VALUES {','.join(links)}")
        statements = self.sql(f"SELECT id, words FROM statements WHERE round = '{round}' AND state = 'kept' ORDER BY number")
        return statements, self.answered()

    def answered(self):
        return int(self.sql("SELECT COUNT(*) FROM trail WHERE what = 'round.answered'")[0][0])

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)

    def verify(self):
        """Whether the trail is whole, as `heard verify` says."""
        return subprocess.run([self.program, "verify", "--database", self.database], capture_output=True, text=True, env=environment()).returncode == 0
