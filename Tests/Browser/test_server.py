"""What the server does with callers who are slow, loud, broken or gone, and what it tells whoever runs it."""

import http.client
import json
import re
import signal
import socket
import time
import urllib.request

import pytest

import heard


@pytest.fixture(scope="module")
def server():
    server = heard.Server("demo", None, "--request-seconds", "2", "--idle-seconds", "3", "--log-format", "json", "--log-level", "info")
    yield server
    log = server.stop()
    assert "Traceback" not in log and "Fatal" not in log, log[-2000:]


def call(server, words, wait=8.0):
    """Sends bytes as they are and reads until the server closes; answers what came and how long it took."""
    start = time.monotonic()
    with socket.create_connection(("127.0.0.1", server.port), timeout=wait) as line:
        line.sendall(words)
        came = b""
        try:
            while chunk := line.recv(65536):
                came += chunk
        except TimeoutError:
            pytest.fail(f"the connection stayed open for {wait} s after {words[:60]!r}")
        except ConnectionResetError:
            pass
    return came, time.monotonic() - start


def is_well(server):
    return heard.Client(server.base).get("/healthz").status == 200


def test_half_a_head_is_cut_off(server):
    came, seconds = call(server, b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
    assert came == b"" and seconds < 6
    assert is_well(server)


def test_a_head_that_drips_is_cut_off(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            for n in range(60):
                line.sendall(b"X-%d: a\r\n" % n)
                time.sleep(0.2)
    assert is_well(server)


def test_a_body_that_does_not_end_is_answered_408(server):
    came, seconds = call(server, b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nemail=a")
    assert came.startswith(b"HTTP/1.1 408 ") and 1.5 < seconds < 6
    assert is_well(server)


def test_a_body_that_drips_is_answered_408(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        line.sendall(b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n")
        came = b""
        line.settimeout(0.2)
        start = time.monotonic()
        while time.monotonic() - start < 6 and not came:
            try:
                line.sendall(b"a")
                came = line.recv(4096)
            except TimeoutError:
                continue
            except (BrokenPipeError, ConnectionResetError):
                break
    assert came.startswith(b"HTTP/1.1 408 ") and time.monotonic() - start < 5
    assert is_well(server)


def test_a_silent_connection_is_closed(server):
    came, seconds = call(server, b"")
    assert came == b"" and seconds < 6


def test_a_body_of_4_mb_is_answered_413_and_the_connection_goes_on(server):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    for headers in ({}, {"Transfer-Encoding": "chunked"}):
        body = b"words=" + b"a" * 4_000_000
        connection.request("POST", "/worried", iter([body]) if headers else body, {"Content-Type": "application/x-www-form-urlencoded"} | headers,
                           encode_chunked=bool(headers))
        response = connection.getresponse()
        words = response.read().decode()
        assert response.status == 413 and "That was too much at once" in words
    assert is_well(server)


def test_headers_too_large_are_refused(server):
    came, _ = call(server, b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Large: " + b"a" * 100_000 + b"\r\n\r\n")
    assert came == b"" or came.startswith(b"HTTP/1.1 4")
    came, _ = call(server, b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"".join(b"X-%d: a\r\n" % n for n in range(5000)) + b"\r\n")
    assert came == b"" or came.startswith(b"HTTP/1.1 4")
    assert is_well(server)


@pytest.mark.parametrize("words", [
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"\x00\xff\xfe" * 1000,
])
def test_what_is_no_request_is_refused_and_hurts_nobody(server, words):
    came, _ = call(server, words)
    assert came == b"" or came.startswith(b"HTTP/1.1 4") or came.startswith(b"HTTP/1.1 50")
    assert is_well(server)


@pytest.mark.parametrize("path", ["/%00", "/%ff%fe", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/a%0d%0aSet-Cookie:x=y", "/?" + "a=b&" * 3000, "/" + "a" * 8000])
def test_strange_addresses_get_a_page_and_no_error(server, path):
    answer = heard.Client(server.base).get(path)
    assert answer.status in (200, 400, 404), answer.text[:200]
    assert "x=y" not in answer.headers.get("set-cookie", "")


def test_many_slow_callers_do_not_keep_others_out(server):
    lines = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(300)]
    for line in lines:
        line.sendall(b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n")
    start = time.monotonic()
    assert is_well(server) and time.monotonic() - start < 2
    for line in lines:
        line.close()


def test_every_response_has_its_security_headers(server):
    for path in ("/", "/sign-in", "/nowhere", "/worried"):
        headers = heard.Client(server.base).get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"] and "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "same-origin"


def test_log_lines_hold_the_pattern_of_a_route_and_never_its_path(server):
    secret = "0abcdefghjkmnpqrstvwxyz012345678"
    heard.Client(server.base).get(f"/receipts/{secret}?name=Somebody", User_Agent="Somebody's browser")
    time.sleep(0.3)
    lines = [json.loads(line) for line in server.log.read_text().splitlines()]
    requests = [line for line in lines if line["message"] == "request"]
    assert requests and all(set(line) == {"at", "level", "logger", "message", "request", "method", "route", "status", "ms"} for line in requests)
    assert secret not in server.log.read_text() and "Somebody" not in server.log.read_text()


def test_metrics_are_for_this_machine_only(server):
    assert heard.Client(server.base).get("/metrics").status == 404
    page = urllib.request.urlopen(server.metrics_base + "/metrics").read().decode()
    assert re.search(r'heard_http_request_seconds_count\{method="GET",route="/healthz",status="200"\} \d+', page)
    assert re.search(r"^process_resident_memory_bytes [1-9]\d+$", page, re.M)
    # Patterns as labels: a path would be a new figure for every receipt, and its token for everybody who reads them.
    assert "0abcdefghj" not in page
    assert len(page) < 200_000


def test_what_was_begun_is_finished_before_it_stops():
    server = heard.Server("demo", None, "--request-seconds", "10")
    line = socket.create_connection(("127.0.0.1", server.port), timeout=10)
    line.sendall(b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nemail=a")
    time.sleep(0.5)
    server.process.send_signal(signal.SIGTERM)
    time.sleep(0.5)
    assert server.process.poll() is None
    line.sendall(b"&password=abc")
    assert line.recv(4096).startswith(b"HTTP/1.1 ")
    server.stop()


def test_a_second_signal_and_idle_connections_do_not_hold_it_up():
    server = heard.Server()
    line = socket.create_connection(("127.0.0.1", server.port))
    keeping = http.client.HTTPConnection("127.0.0.1", server.port)
    keeping.request("GET", "/healthz")
    keeping.getresponse().read()
    start = time.monotonic()
    server.stop()
    assert time.monotonic() - start < 5
    line.close()


def test_a_port_that_is_taken_is_said_plainly(server):
    result = heard.run("demo", "--database", f"sqlite:{server.folder.name}/other.sqlite", "--port", str(server.port), "--metrics-port", "off")
    assert result.returncode != 0 and str(server.port) in result.stderr and "Fatal" not in result.stderr


def test_the_demo_refuses_a_database_with_real_people(tmp_path):
    database = f"sqlite:{tmp_path}/real.sqlite"
    assert heard.run("migrate", "--database", database).returncode == 0
    import sqlite3

    with sqlite3.connect(f"{tmp_path}/real.sqlite") as db:
        db.execute("INSERT INTO people (id, name, made_at) VALUES ('0192f0c1-7e2a-7b44-9a3f-1c2d3e4f5a6b', 'A real person', 1)")
    result = heard.run("demo", "--database", database, "--port", str(heard.free_port()))
    assert result.returncode == 1 and "real people" in result.stderr


def test_the_password_of_the_database_is_never_printed():
    for more in ({}, {"HEARD_PORT": "no"}):
        result = heard.run("serve", HEARD_DATABASE="postgres://heard:hunter2@127.0.0.1:1/heard", **more)
        assert result.returncode != 0 and "hunter2" not in result.stdout + result.stderr
        assert "127.0.0.1" in result.stderr or "port" in result.stderr
