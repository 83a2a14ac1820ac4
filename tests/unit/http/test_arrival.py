"""Arrival of requests: two hosts, long headers and slow senders are rejected, and no connection is kept for nothing."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import uvicorn

from coercivity.http.app import make_api
from coercivity.http.limits import ARRIVAL_S, MOST_HEAD_BYTES, Bounds
from coercivity.http.protocol import BoundedProtocol
from coercivity.verbs.serving.places import Places
from tests.ports import free_port
from tests.unit.verbs.serving.test_jobs import until

QUICK_S = 0.6
PART = b'--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'


class Quick(BoundedProtocol):
    arrival_s = QUICK_S


@dataclass(frozen=True)
class Door:
    """A server of this process, with a short time to arrive."""

    port: int

    def connected(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def head(self, method: str = "GET", path: str = "/api/jobs", *more: str) -> bytes:
        return "\r\n".join((f"{method} {path} HTTP/1.1", f"host: 127.0.0.1:{self.port}", *more)).encode() + b"\r\n"


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    app = make_api(Places(tmp_path_factory.mktemp("state")), bounds=Bounds(arrival_s=QUICK_S))
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, http=Quick, ws="none", log_level="critical"))
    thread = threading.Thread(target=server.run)
    thread.start()
    until(lambda: server.started)
    yield Door(port)
    server.should_exit = True
    thread.join(10)


def told(line: socket.socket) -> bytes:
    """Everything that comes until the other end closes."""
    found = b""
    try:
        while piece := line.recv(65_536):
            found += piece
    except ConnectionResetError:
        return found
    return found


def drip(line: socket.socket, pieces: list[bytes], step_s: float) -> bytes:
    """Sends piece by piece until the other end has enough."""
    try:
        for piece in pieces:
            line.sendall(piece)
            time.sleep(step_s)
    except OSError:
        pass
    return told(line)


def test_two_hosts_are_refused(door: Door) -> None:
    with door.connected() as line:
        line.sendall(door.head("GET", "/api/jobs", "host: localhost", "connection: close") + b"\r\n")
        answer = told(line)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"HTTP-HOST" in answer
    assert b"more than one Host header" in answer


def test_one_host_twice_is_two_hosts(door: Door) -> None:
    with door.connected() as line:
        line.sendall(door.head("GET", "/api/jobs", f"Host: 127.0.0.1:{door.port}", "connection: close") + b"\r\n")
        assert told(line).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize("number", [1, 3, 900])
def test_headers_that_are_too_long_are_refused(number: int, door: Door) -> None:
    """One long header or many short ones, whole or without an end."""
    more = [f"x-{place}: {'y' * (MOST_HEAD_BYTES // number)}" for place in range(number)]
    for end in (b"\r\n", b""):
        with door.connected() as line:
            answer = drip(line, [door.head("GET", "/api/jobs", *more) + end], 0)
        assert answer.startswith(b"HTTP/1.1 431 "), answer[:200]
        assert b"HTTP-HEADERS" in answer


def test_an_address_that_is_too_long_is_refused(door: Door) -> None:
    with door.connected() as line:
        assert drip(line, [b"GET /" + b"a" * 2 * MOST_HEAD_BYTES], 0).startswith(b"HTTP/1.1 431 ")


def test_a_large_body_in_one_piece_with_its_head_is_no_long_head(door: Door) -> None:
    body = b'{"facts": {}}' + b" " * 500_000
    with door.connected() as line:
        more = ("content-type: application/json", f"content-length: {len(body)}", "connection: close")
        line.sendall(door.head("POST", "/api/decide", *more) + b"\r\n" + body)
        assert b"431" not in told(line)[:20]


def test_a_head_that_drips_is_refused(door: Door) -> None:
    """A byte now and then does not keep a connection."""
    begun = time.monotonic()
    with door.connected() as line:
        answer = drip(line, [bytes([byte]) for byte in door.head() * 9], QUICK_S / 10)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"HTTP-TIME" in answer
    assert time.monotonic() - begun < 5 * QUICK_S


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/api/decide", "application/json"),
        ("/api/uploads", "multipart/form-data; boundary=x"),
        ("/api/decide/lines", "x"),
    ],
)
def test_a_body_that_drips_is_refused(path: str, kind: str, door: Door) -> None:
    begun = time.monotonic()
    with door.connected() as line:
        line.sendall(door.head("POST", path, f"content-type: {kind}", "content-length: 100000") + b"\r\n")
        answer = drip(line, [PART, *([b"-"] * 40)], QUICK_S / 10)
    assert b"HTTP-TIME" in answer, answer[:300]
    assert answer.startswith(b"HTTP/1.1 200 " if path.endswith("lines") else b"HTTP/1.1 408 ")
    assert time.monotonic() - begun < 6 * QUICK_S


def test_a_body_that_nobody_reads_does_not_keep_a_connection(door: Door) -> None:
    begun = time.monotonic()
    with door.connected() as line:
        line.sendall(door.head("POST", "/api/nothing", "content-length: 100000") + b"\r\n")
        answer = drip(line, [b"-"] * 60, QUICK_S / 10)
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert time.monotonic() - begun < 6 * QUICK_S


def test_a_connection_without_a_request_is_closed(door: Door) -> None:
    with door.connected() as line:
        begun = time.monotonic()
        assert told(line) == b""
        assert time.monotonic() - begun < 4 * QUICK_S


def test_lines_may_come_as_long_as_each_comes_in_time(door: Door) -> None:
    """Whoever asks line by line, and reads the answers, is not cut off."""
    with door.connected() as line:
        line.sendall(
            door.head("POST", "/api/decide/lines", "transfer-encoding: chunked", "connection: close") + b"\r\n"
        )
        for _ in range(6):
            line.sendall(b'd\r\n{"facts": {}}\r\n1\r\n\n\r\n')
            time.sleep(QUICK_S / 2)
        line.sendall(b"0\r\n\r\n")
        answer = told(line)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"HTTP-TIME" not in answer


def test_what_is_no_request_is_told_as_a_problem(door: Door) -> None:
    with door.connected() as line:
        line.sendall(b"\x16\x03\x01 hello\r\n\r\n")
        answer = told(line)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"HTTP-REQUEST" in answer
    assert b"application/problem+json" in answer


def test_a_connection_is_used_again(door: Door) -> None:
    """Two requests, one behind the other and two at once."""
    with door.connected() as line:
        line.sendall((door.head() + b"\r\n") * 2)
        time.sleep(QUICK_S / 2)
        line.sendall(door.head("GET", "/api/jobs", "connection: close") + b"\r\n")
        assert told(line).count(b"HTTP/1.1 200 ") == 3


def test_the_server_waits_thirty_seconds() -> None:
    assert ARRIVAL_S == BoundedProtocol.arrival_s == Bounds().arrival_s == 30
