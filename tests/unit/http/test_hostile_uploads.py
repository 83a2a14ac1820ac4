"""Malicious files and requests: each is rejected with a message, the server survives, and memory stays bounded."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import polars as pl
import pytest

from tests.ports import free_port
from tests.unit.http.hostile_files import FILES, GOOD_ROW, MIB, NAMES, TABLE

pytestmark = pytest.mark.long

MOST_KIB = 2**20  # 1 GiB: of the server, and of each process that it starts
ON = "2025-06-16"


# A process counts the memory of the one that began it as its own, and these tests may be large by then: so a small
# process begins the server, waits for it and tells what it and all that it started held at most.
BEGIN = """
import resource, signal, subprocess, sys
server = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
signal.signal(signal.SIGINT, signal.SIG_IGN)
server.wait()
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@dataclass
class Server:
    """A real server of its own, in a process."""

    process: subprocess.Popen[bytes]
    base: str

    def peak_kib(self) -> int:
        """Ends it and returns the most memory that it or any process that it started held [KiB]."""
        os.killpg(self.process.pid, signal.SIGINT)
        told, _ = self.process.communicate(timeout=30)
        return int(told)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    port = free_port()
    state = tmp_path_factory.mktemp("state")
    command = [sys.executable, "-m", "coercivity", "serve", "--port", str(port), "--state", str(state)]
    begin = [sys.executable, "-c", BEGIN, *command]
    process = subprocess.Popen(begin, stdout=subprocess.PIPE, start_new_session=True)
    held = Server(process, f"http://127.0.0.1:{port}")
    try:
        for _ in range(200):
            with contextlib.suppress(httpx2.TransportError):
                httpx2.get(f"{held.base}/api/scenarios")
                break
            time.sleep(0.1)
        yield held
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=server.base, timeout=120) as client:
        yield client


def told(answer: httpx2.Response) -> set[str]:
    """The codes of a problem; each has a plain text and most have a step to take."""
    body = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert body["faults"]
    for fault in body["faults"]:
        assert fault["what"].strip()
        assert "Traceback" not in fault["what"]
        assert "/state" not in fault["where"] + fault["what"] + fault["next"]
    assert any(fault["next"] for fault in body["faults"])
    return {fault["code"] for fault in body["faults"]}


def finished(client: httpx2.Client, job: str) -> dict[str, Any]:
    for _ in range(600):
        found: dict[str, Any] = client.get(f"/api/jobs/{job}").json()
        if found["state"] in ("done", "failed", "cancelled"):
            return found
        time.sleep(0.1)
    raise AssertionError("the run does not end")


@pytest.mark.sampled(8)
@pytest.mark.parametrize("name", FILES)
def test_a_file_made_to_do_harm_is_told_plainly(name: str, client: httpx2.Client) -> None:
    """Refused with its code by the interface and by the screen; or read, and every row is accounted for."""
    hostile = FILES[name]
    content = hostile.make()
    answer = client.post("/api/uploads", files={"file": (hostile.name, content)})
    shown = client.post("/batch/upload", files={"file": (hostile.name, content)})
    if answer.status_code != 200:
        assert answer.status_code == 422, answer.text
        assert hostile.code in told(answer), answer.text
        assert shown.status_code == 422
        assert hostile.code in shown.text
        return
    assert shown.status_code == 303, shown.text
    assert client.get(shown.headers["location"]).status_code == 200
    sent = answer.json()
    assert len(sent["name"]) <= 80
    assert not set("/\\") & set(sent["name"])
    begun = client.post("/api/batch", json={"upload": sent["id"], "on": ON})
    if hostile.code:
        assert begun.status_code == 422, begun.text
        assert hostile.code in told(begun)
        return
    assert begun.status_code == 202, begun.text
    job = finished(client, begun.json()["id"])
    assert job["state"] == "done", job["faults"]
    result = job["result"]
    assert result["balances"]
    assert result["rows"] == sum(result["outcomes"].values()) + sum(result["input_errors"].values()) > 0
    assert client.get(shown.headers["location"] + f"?job={job['id']}").status_code == 200


def test_a_small_file_of_very_many_rows_is_looked_at_and_can_be_ended(client: httpx2.Client) -> None:
    """Sixty million rows in a few kilobytes: what the columns hold is told at once, and the run ends when asked."""
    stream = io.BytesIO()
    one = pl.LazyFrame({name: [value] for name, value in zip(NAMES, GOOD_ROW, strict=True)})
    frame = one.collect().select(pl.all().repeat_by(6_000_000).explode())
    frame.write_parquet(stream, row_group_size=6_000_000)
    sent = client.post("/api/uploads", files={"file": ("many.parquet", stream.getvalue())})
    assert sent.status_code == 200, sent.text
    job = client.post("/api/batch", json={"upload": sent.json()["id"]}).json()
    time.sleep(2)
    assert client.delete(f"/api/jobs/{job['id']}").json()["state"] in ("cancelled", "done")


DEEP_YAML = "standing: " + "{a: " * 10_000 + "1" + "}" * 10_000
ALIASED = "standing: &a {facts: *a}"
TAGGED = "standing: !!python/object/apply:os.system ['true']"
TWICE = "standing: {facts: {notice: 'false', notice: 'true'}}"


@pytest.fixture(scope="module")
def table(client: httpx2.Client) -> str:
    sent = client.post("/api/uploads", files={"file": ("t.csv", TABLE)})
    return str(sent.json()["id"])


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"standing": DEEP_YAML}, "YAML-"),
        ({"standing": ALIASED}, "YAML-"),
        ({"standing": TAGGED}, "YAML-"),
        ({"standing": TWICE}, "YAML-"),
        ({"standing": "\0\x01\x7f"}, "YAML-"),
        ({"standing": {"facts": {"military_use": "maybe"}}}, "FACT-VALUE"),
        ({"standing": {"facts": {"nosuch": "1"}, "lists": ["x"]}}, "FACT-UNKNOWN"),
        ({"map": {"columns": {"id": "nosuch", "to": "nosuch2"}}}, "MAP-ROLE"),
        ({"map": {"columns": {"elsewhere": "id"}}}, "MAP-COLUMN"),
        ({"map": {"columns": {"a" * 1900: "id"}}}, "MAP-COLUMN"),
        ({"map": "columns: [1, 2]"}, "MAP-FORM"),
        ({"map": DEEP_YAML}, "YAML-"),
        ({"on": "2025-99-99"}, "DATE"),
        ({"formats": ["exe"]}, "BATCH-FORMAT"),
        ({"encoding": "utf-7"}, "TABLE-ENCODING"),
        ({"delimiter": "\0"}, "TABLE-DELIMITER"),
        ({"sheet": "s"}, "ARGUMENT"),
        ({"header_rows": "9" * 200}, "TABLE-HEADER"),
        ({"upload": "../../etc/passwd"}, "UPLOAD-UNKNOWN"),
        ({"upload": "0" * 32}, "UPLOAD-UNKNOWN"),
        ({"map": {"columns": {}, "more": 1}}, "HTTP-FORM"),
    ],
)
def test_what_is_asked_of_a_table_is_refused_with_every_fault(
    asked: dict[str, Any], code: str, client: httpx2.Client, table: str
) -> None:
    """Before anything runs."""
    answer = client.post("/api/batch", json={"upload": table, "on": ON, **asked})
    assert answer.status_code == 422, answer.text
    assert any(found.startswith(code) for found in told(answer)), answer.text


BOUNDARY = "multipart/form-data; boundary=x"
PART = b'--x\r\ncontent-disposition: form-data; name="file"; filename="%s"\r\n\r\n%s\r\n'


@pytest.mark.parametrize(
    ("path", "kind", "body"),
    [
        ("/api/batch", "application/json", b"[" * 100_000),
        ("/api/batch", "application/json", b'{"a":' * 100_000),
        ("/api/batch", "application/json", b"\xff\xfe"),
        ("/api/batch", "application/json", b'{"upload": 1e999}'),
        ("/api/batch", "application/json", b'{"upload": "\\ud800"}'),
        ("/api/uploads", "multipart/form-data", PART % (b"a", b"b")),
        ("/api/uploads", BOUNDARY, b"no such boundary"),
        ("/api/uploads", BOUNDARY, PART % (b"a.csv", TABLE)),  # it does not end
        ("/api/uploads", BOUNDARY, (PART % (b"a.csv", TABLE)) * 10_000 + b"--x--\r\n"),
        (
            "/api/uploads",
            BOUNDARY,
            b'--x\r\ncontent-disposition: form-data; name="f"\r\n\r\n1\r\n' * 10_000 + b"--x--\r\n",
        ),
        ("/api/uploads", BOUNDARY, PART % (b"a" * MIB, TABLE) + b"--x--\r\n"),
        (
            "/api/uploads",
            BOUNDARY,
            b'--x\r\ncontent-disposition: form-data; name="f"\r\n\r\n' + b"1" * (20 * MIB) + b"\r\n--x--\r\n",
        ),
        ("/api/uploads", "application/x-www-form-urlencoded", b"file=" + b"a" * (30 * MIB)),
        ("/api/uploads", "application/json", b"{}"),
        ("/api/uploads", "", b"id,to\n1,DE\n"),
        ("/batch/upload", BOUNDARY, b"no such boundary"),
        ("/batch/upload", "text/plain", TABLE),
    ],
)
def test_a_body_made_to_do_harm_is_refused(path: str, kind: str, body: bytes, client: httpx2.Client) -> None:
    """With a client's fault, in words."""
    headers = {"content-type": kind} if kind else {}
    answer = client.post(path, content=body, headers=headers)
    assert 400 <= answer.status_code < 500, answer.text
    if path.startswith("/api"):
        assert told(answer) if answer.status_code == 422 else answer.json()["detail"]


def test_a_length_that_is_claimed_is_refused_before_it_comes(server: Server) -> None:
    """A body of a terabyte is refused by its announcement."""
    host, port = server.base.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as line:
        head = f"POST /api/uploads HTTP/1.1\r\nhost: {host}:{port}\r\ncontent-type: {BOUNDARY}\r\ncontent-length: {10**12}\r\n\r\n"
        line.sendall(head.encode())
        assert line.recv(4096).startswith(b"HTTP/1.1 413")


def test_the_server_and_everything_it_started_stayed_below_a_gigabyte(server: Server, client: httpx2.Client) -> None:
    """The last test of this file: it ends the server, and reads what the system kept of it and of its children."""
    assert client.get("/batch").status_code == 200
    peak = server.peak_kib()
    print(f"most memory of a process: {peak // 1024} MiB")
    assert 10_000 < peak < MOST_KIB
    assert not Path("/tmp/climbed").exists()
    assert not Path("/tmp/climbed.csv").exists()
