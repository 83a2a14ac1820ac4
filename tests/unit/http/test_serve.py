"""`coercivity serve`: this computer only, and nothing left behind at any end."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from coercivity.cli.app import main
from coercivity.verbs.serving import storage
from tests.ports import free_port
from tests.unit.verbs.serving.test_jobs import LONG, group_of, until

pytestmark = pytest.mark.long

READY_S = 30


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server of its own, and its address."""
    port = free_port()
    command = [sys.executable, "-m", "coercivity", "serve", "--port", str(port), "--state", str(tmp_path / "state")]
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, start_new_session=True)
    with process:
        try:
            assert process.stdout is not None
            assert f"http://127.0.0.1:{port}/" in process.stdout.readline()
            until(lambda: listens(port), READY_S)
            yield process, f"http://127.0.0.1:{port}"
        finally:
            process.kill()


def listens(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


def ask(address: str, sent: dict[str, Any] | None = None) -> Any:
    request = urllib.request.Request(address, headers={"content-type": "application/json"})
    with urllib.request.urlopen(request, data=json.dumps(sent).encode() if sent else None, timeout=20) as answer:
        return json.load(answer)


def children_of(pid: int) -> list[int]:
    """Processes that a process started, as the system knows them."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(path.read_text().rsplit(")", 1)[1].split()[1]) == pid:
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


def job_process(process: subprocess.Popen[str], address: str) -> int:
    """Starts a long run and returns the process that does it."""
    job = ask(f"{address}/api/outlook", LONG)
    until(lambda: ask(f"{address}/api/jobs/{job['id']}")["done"] > 0)
    until(partial(has_children, process.pid, 1))  # its script is made in another one, at the beginning
    (child,) = children_of(process.pid)
    assert group_of(child) == [child]
    return child


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM], ids=lambda end: end.name)
def test_when_the_server_ends_its_jobs_end(server: tuple[subprocess.Popen[str], str], end: signal.Signals) -> None:
    """Killed, interrupted or asked to: within two seconds nothing works on."""
    process, address = server
    child = job_process(process, address)
    os.kill(process.pid, end)
    assert until(lambda: not group_of(child), 10) < 2
    assert process.wait(10) is not None
    assert not listens(int(address.rsplit(":", 1)[1]))


def descendants_of(pid: int) -> set[int]:
    """Processes that a process started, and those that they started."""
    found = set(children_of(pid))
    return found.union(*(descendants_of(child) for child in found))


def gone(pid: int) -> bool:
    """Whether a process is no more, or is only waited for."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


def all_gone(pids: Iterable[int]) -> bool:
    return all(map(gone, pids))


def has_children(pid: int, count: int) -> bool:
    return len(children_of(pid)) == count


@pytest.mark.sampled
@pytest.mark.parametrize("moment_s", [0.0, 0.7, 2.5])
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM], ids=lambda end: end.name)
def test_a_server_leaves_no_process_and_no_folder_behind(end: signal.Signals, moment_s: float, tmp_path: Path) -> None:
    """With its own temporary folder, a table that it looks at, its script in the making and a long run going on."""
    port, pipe, places = free_port(), subprocess.PIPE, {**os.environ, "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-m", "coercivity", "serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=places) as process:
        until(lambda: listens(port), READY_S)
        assert list(tmp_path.glob("coercivity-*"))
        asker = threading.Thread(target=quietly, args=(lambda: ask(f"http://127.0.0.1:{port}/api/outlook", LONG),))
        asker.start()
        time.sleep(moment_s)
        started = descendants_of(process.pid)
        assert started
        process.send_signal(end)
        _, told = process.communicate(timeout=20)
        asker.join()
    until(partial(all_gone, started), 5)
    until(lambda: not list(tmp_path.glob("coercivity-*")), 10)
    assert process.returncode == (-signal.SIGKILL if end == signal.SIGKILL else 0)
    assert "Traceback" not in told


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM], ids=lambda end: end.name)
def test_a_folder_that_is_named_is_held_by_one_server_and_cleared_of_what_is_half_done(
    end: signal.Signals, server: tuple[subprocess.Popen[str], str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    process, _ = server
    state = tmp_path / "state"
    assert main(["serve", "--state", str(state), "--port", str(free_port())]) == 2
    assert "SERVE-STATE" in capsys.readouterr().err
    (state / "uploads" / "part-x").mkdir(parents=True)
    process.send_signal(end)
    process.wait(10)
    with storage.held_state(state) as folder:
        assert folder == state
        assert not list((state / "uploads").iterdir())
        assert not (state / "jobs").exists()
        assert Path(tempfile.gettempdir()) == state / storage.TEMPORARY
    assert not (state / storage.TEMPORARY).exists()
    assert not (state / storage.LOCK).exists()


@pytest.mark.whole
def test_every_verb_cleans_up_when_it_is_asked_to_end(tmp_path: Path) -> None:
    """A run over a table ends its workers and leaves its lock to nobody, as on Ctrl-C."""
    rows = "".join(f"{number},2025-06-16,NdFeB magnets,Dy 1.8 %,CN,DE\n" for number in range(400_000))
    (tmp_path / "t.csv").write_text("id,date,material,composition,from,to\n" + rows, encoding="utf-8")
    words = ["batch", "t.csv", "--out", "out", "--workers", "2", "--part-rows", "20000"]
    for end in (signal.SIGTERM, signal.SIGINT):
        with subprocess.Popen(
            [sys.executable, "-m", "coercivity", *words], cwd=tmp_path, stderr=subprocess.PIPE
        ) as run:
            until(partial(has_children, run.pid, 2), 30)
            workers = children_of(run.pid)
            run.send_signal(end)
            _, told = run.communicate(timeout=20)
        assert run.returncode == 130
        assert b"Traceback" not in told
        until(partial(all_gone, workers), 5)


@pytest.mark.whole
def test_a_watcher_does_not_keep_the_server_from_ending(server: tuple[subprocess.Popen[str], str]) -> None:
    """A page that follows a job is open when Ctrl-C comes."""
    process, address = server
    child = job_process(process, address)
    (job,) = ask(f"{address}/api/jobs")
    told: list[bytes] = []

    def watch() -> None:
        with urllib.request.urlopen(f"{address}/api/jobs/{job['id']}/events", timeout=30) as answer:
            told.extend(answer)

    watcher = threading.Thread(target=quietly, args=(watch,))
    watcher.start()
    until(lambda: bool(told) or not watcher.is_alive())
    begun = time.monotonic()
    process.send_signal(signal.SIGINT)
    process.wait(15)
    assert time.monotonic() - begun < 4
    assert not group_of(child)
    watcher.join(5)
    assert not watcher.is_alive()


def quietly(work: Callable[[], None]) -> None:
    """Does work whose connection may be cut."""
    try:
        work()
    except (OSError, ValueError):
        return


def test_the_server_listens_on_loopback_alone(server: tuple[subprocess.Popen[str], str]) -> None:
    """The table of sockets of the system shows one, on 127.0.0.1."""
    process, address = server
    port = f"{int(address.rsplit(':', 1)[1]):04X}"
    held = {os.readlink(path) for path in Path(f"/proc/{process.pid}/fd").iterdir() if path.is_symlink()}
    rows = [
        line.split() for table in ("tcp", "tcp6") for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
    ]
    listening = [row for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in held]
    assert [row[1] for row in listening] == [f"0100007F:{port}"]


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "192.168.0.2", "example.org", "127.0.0.2", "localhost.example", "", "127.0.0.1 "]
)
def test_any_other_address_is_refused(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--host", host]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "SERVE-HOST" in printed.err
    assert "127.0.0.1" in printed.err
    assert "Traceback" not in printed.err


@pytest.mark.parametrize("port", ["0", "-1", "65536", "many", ""])
def test_a_port_that_there_is_not_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--port", port]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "port" in printed.err
    assert "Traceback" not in printed.err


def test_a_folder_of_cases_that_there_is_not_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--cases", str(tmp_path / "none"), "--cases", str(tmp_path / "nothing")]) == 2
    err = capsys.readouterr().err
    assert "CASE-FOLDER" in err
    assert "none" in err
    assert "nothing" in err


def test_a_folder_for_results_that_cannot_be_made_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert main(["serve", "--state", str(tmp_path / "file" / "x"), "--port", str(free_port())]) == 2
    assert "OUT" in capsys.readouterr().err
