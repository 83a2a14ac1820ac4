"""Kills commands at random moments and lists what remains in the folder, next to it, and among the processes."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.ports import free_port

ROWS = 24_000
DEAL = "NdFeB magnet,Nd 29.5 %; Dy 1.8 %,CN,DE"
OLD, NEW = 0, 1
GONE_S = 15.0  # on a busy machine; the process that clears up behind a server waits for the jobs of that server
QUIET = subprocess.DEVNULL
MARK = "COERCIVITY_KILLED"


@dataclass(frozen=True, slots=True)
class Command:
    """A command that writes into a folder.

    Attributes:
        words: Two questions; the first has been answered into the folder before.
        again: Words with which the next run takes up one that was killed.
    """

    name: str
    words: tuple[list[str], list[str]]
    again: tuple[str, ...] = ()


@dataclass(slots=True)
class Found:
    """What was found over all kills of one command."""

    name: str
    counts: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        return f"{self.name:8} " + "  ".join(f"{word} {count}" for word, count in sorted(self.counts.items()))


def commands(room: Path) -> list[Command]:
    """The commands that write a set of files, each with two questions."""
    table = room / "rows.csv"
    rows = (f"d{number},{DEAL}" for number in range(ROWS))
    table.write_text("\n".join(["id,material,composition,from,to", *rows]) + "\n", encoding="utf-8")
    batch = ["batch", str(table), "--part-rows", "3000", "--workers", "2", "--format", "csv", "--format", "parquet"]
    case = ["brief", "examples/ev-motor", "--no-supply"]
    look = ["outlook", "as-known", "--from", "2025-01", "--to"]
    return [
        Command("brief", ([*case, "--on", "2026-11-24"], [*case, "--on", "2026-11-25"])),
        Command("outlook", ([*look, "2025-02"], [*look, "2025-03"])),
        Command("batch", ([*batch, "--on", "2026-03-02"], [*batch, "--on", "2025-06-16"]), ("--resume",)),
    ]


def killed_commands(room: Path, times: int, draw: random.Random, names: Sequence[str] = ()) -> Iterator[Found]:
    """Kills each command so many times and yields what was found."""
    for each in commands(room):
        if not names or each.name in names:
            yield _killed(room / each.name, each, times, draw)


def _killed(room: Path, command: Command, times: int, draw: random.Random) -> Found:
    found, whole, last_s = Found(command.name), list[dict[str, str]](), 0.0
    room.mkdir()
    for number, name in enumerate(("old", "new")):
        last_s = _run(command.words[number], room / name)
        whole.append(contents(room / name))
    while found.counts["killed"] < times:  # a kill that came too late is another run
        place = room / "place"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        shutil.copytree(room / "old", place / "out")
        words = [*command.words[NEW], "--out", str(place / "out")]
        process, mark = started(words)
        time.sleep(draw.uniform(0, last_s))
        found.counts["killed"] += process.poll() is None
        process.kill()  # this one alone: what it started has to end by itself
        process.wait()
        found.counts["orphans"] += not all_gone(mark)
        now = contents(place / "out")
        found.counts["old set" if now == whole[OLD] else "new set" if now == whole[NEW] else "HALF A SET"] += 1
        found.counts["drafts"] += len(list(place.rglob("*.part")))
        last_s = min(last_s, _run([*command.words[NEW], *command.again], place / "out"))
        found.counts["mended"] += contents(place / "out") == whole[NEW]
        left = {path.name for path in place.rglob("*")} - {Path(name).name for name in whole[NEW]}
        found.counts["LEFT BEHIND"] += bool(left - {"out", "decisions"})
    return found


def killed_server(room: Path, times: int, draw: random.Random) -> Found:
    """Kills a server at random moments of its work and returns what was found."""
    found = Found("serve")
    room.mkdir()
    for _ in range(times):
        port = free_port()
        process, mark = started(["serve", "--port", str(port)], TMPDIR=str(room))
        if draw.random() < 0.8:
            _ask_for_work(port)
        time.sleep(draw.uniform(0, 3))
        found.counts["killed"] += process.poll() is None
        process.kill()
        process.wait()
        found.counts["orphans"] += not all_gone(mark)
        found.counts["folders, until the next server"] += len(list(room.iterdir()))
    port = free_port()
    process, mark = started(["serve", "--port", str(port)], TMPDIR=str(room))
    _ask_for_work(port)
    process.send_signal(signal.SIGINT)
    process.wait()
    found.counts["orphans"] += not all_gone(mark)
    found.counts["LEFT BEHIND"] += len(list(room.iterdir()))
    return found


def _ask_for_work(port: int) -> None:
    sent = b'{"from": "2025-01", "to": "2026-06"}'
    last = time.monotonic() + 60
    while time.monotonic() < last:
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/api/outlook", sent, {"content-type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=10):
                return
        except OSError:
            time.sleep(0.05)


def _run(words: Sequence[str], out: Path) -> float:
    """Runs a command to its end and returns how long it took [s]."""
    began = time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "coercivity", *words, "--out", str(out)], check=True, stdout=QUIET, stderr=QUIET
    )
    return time.monotonic() - began


def started(words: Sequence[str], **more: str) -> tuple[subprocess.Popen[bytes], str]:
    """A command on its way, and the mark that it and all it starts carry."""
    mark = f"{os.getpid()}-{time.monotonic_ns()}"
    command = [sys.executable, "-m", "coercivity", *words]
    environ = {**os.environ, MARK: mark, **more}
    return subprocess.Popen(command, env=environ, start_new_session=True, stdout=QUIET, stderr=QUIET), mark


def all_gone(mark: str) -> bool:
    """Whether nothing with a mark runs any more, after some time; what does is ended."""
    last = time.monotonic() + GONE_S
    while (held := _marked(mark)) and time.monotonic() < last:
        time.sleep(0.02)
    for process in held:
        os.kill(process, signal.SIGKILL)
    return not held


def _marked(mark: str) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"{MARK}={mark}".encode() in path.read_bytes().split(b"\0"):
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


def contents(folder: Path) -> dict[str, str]:
    """Hash of each file of the results; the state of a batch and drafts are told apart."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix(): path for path in paths}
    ours = {name: path for name, path in names.items() if not name.startswith(".batch/") and ".part/" not in name}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in sorted(ours.items())}
