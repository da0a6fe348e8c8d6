"""A running heard, and what tests ask of it without a browser."""

import contextlib
import http.client
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import tempfile
import time
import urllib.parse

HOUSE = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("HEARD_TEST_BINARY", HOUSE / ".build/debug/heard"))


def free_port():
    """One that nobody listens on, and whose neighbour for the metrics is free as well."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment():
    """Without the variables of the tests: heard takes no unknown ones."""
    return {name: value for name, value in os.environ.items() if not name.startswith("HEARD_")}


class Server:
    """`heard demo` or `heard serve`, from its start to a clean stop."""

    def __init__(self, command="demo", database=None, *flags):
        self.folder = tempfile.TemporaryDirectory(prefix="heard-browser-")
        self.database = database or f"sqlite:{self.folder.name}/heard.sqlite"
        self.port = free_port()
        # localhost and not 127.0.0.1: the address that people are told.
        self.base = f"http://localhost:{self.port}"
        self.log = pathlib.Path(self.folder.name, "log")
        self.out = pathlib.Path(self.folder.name, "out")
        self.process = subprocess.Popen(
            [BINARY, command, "--database", self.database, "--port", str(self.port), "--metrics-port", "0",
             # Reading thirty pages aloud keeps a core busy for half a minute; the test that listens asks for it.
             *([] if "--reads-aloud" in flags else ["--reads-aloud", "no"]), *flags],
            stdout=self.out.open("w"), stderr=self.log.open("w"), stdin=subprocess.DEVNULL, env=environment(),
        )
        self.wait_until_ready()

    def wait_until_ready(self):
        for _ in range(600):
            if "is ready in" in self.out.read_text():
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        self.process.kill()
        raise RuntimeError("heard did not start:\n" + self.out.read_text() + self.log.read_text())

    @property
    def metrics_base(self):
        return re.search(r"http://127\.0\.0\.1:\d+", self.log.read_text()).group()

    def stop(self):
        """As an operator would: SIGTERM, and it must end well by itself."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(timeout=40)
        log = self.log.read_text()
        assert status == 0, f"heard ended with {status}:\n{log[-3000:]}"
        return log

    def kill(self):
        self.process.kill()
        self.process.wait()


def run(*arguments, **more):
    """Runs a command of heard to its end."""
    return subprocess.run([BINARY, *arguments], capture_output=True, text=True, env=environment() | more, timeout=120)


class Answer:
    def __init__(self, url, status, headers, body):
        self.url, self.status, self.headers, self.body = url, status, headers, body

    @property
    def text(self):
        return self.body.decode()

    @property
    def type(self):
        return self.headers.get("content-type", "").split(";")[0]

    def json(self):
        return json.loads(self.body)


class Client:
    """A browser without a screen: keeps the cookie it is given, follows nothing."""

    def __init__(self, base, cookie=None):
        self.base, self.cookie = base, cookie
        parts = urllib.parse.urlsplit(base)
        self.connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)

    def ask(self, path, method="GET", body=None, **headers):
        sent = {"Accept": "text/html"} | {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookie:
            sent["Cookie"] = f"__Host-heard={self.cookie}"
        self.connection.request(method, path, body, sent)
        response = self.connection.getresponse()
        return Answer(path, response.status, {n.lower(): v for n, v in response.getheaders()}, response.read())

    def get(self, path, **headers):
        return self.ask(path, **headers)

    def json(self, path):
        return self.ask(path, Accept="application/json")


@contextlib.contextmanager
def side_by_side(count=1, database=None, flags=()):
    """So many demos on one database, stopped cleanly at the end; then its trail must be whole."""
    servers = [Server("demo", database, *flags) for _ in range(count)]
    try:
        yield servers
    finally:
        for server in servers:
            server.stop()
    verified = run("verify", "--database", servers[0].database)
    for server in servers:
        server.folder.cleanup()
    assert verified.returncode == 0, verified.stdout + verified.stderr
