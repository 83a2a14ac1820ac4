"""Commands of the market in processes of their own, with a cache that is empty or kept, here or in another checkout."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent.parent
BRIEF = ("brief", "examples/ev-motor", "--on", "2026-11-24")
OUTLOOK = ("outlook", "controls-back", "--from", "2025-01", "--to", "2027-12")
BOTH = ("outlook", "as-known", "--from", "2025-01", "--to", "2027-12")
COMMANDS = {"brief examples/ev-motor": BRIEF, "outlook, one branch": OUTLOOK, "outlook, both branches": BOTH}


class Spent(NamedTuple):
    """What a command took: processor time of the program alone, and time on the clock [s]."""

    cpu: float
    clock: float


@contextmanager
def empty_cache() -> Iterator[Path]:
    """Gives a folder for a cache that is removed afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def command(asked: Sequence[str], cache: Path | None, checkout: Path = HERE) -> Spent:
    """Runs a command of the program.

    Args:
        asked: Its arguments.
        cache: Folder of the cache; None for none.
        checkout: Where the program is taken from, with a virtual environment in `.venv`.

    Raises:
        subprocess.CalledProcessError: If the command fails.
    """
    python = sys.executable if checkout == HERE else (checkout / ".venv/bin/python").as_posix()
    env = {**os.environ, "COERCIVITY_CACHE": cache.as_posix() if cache is not None else "off"}
    with tempfile.TemporaryDirectory() as out:
        arguments = [python, "-m", "coercivity", *asked, "--out", out]
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        done = subprocess.run(arguments, cwd=checkout, env=env, capture_output=True, check=False)
        ended, after = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):  # 1: a transaction needs a licence
        raise subprocess.CalledProcessError(done.returncode, arguments, done.stdout, done.stderr)
    return Spent(after.ru_utime - before.ru_utime, ended - begun)


def cold_and_again(asked: Sequence[str], rounds: int) -> tuple[list[Spent], list[Spent]]:
    """Runs a command with an empty cache and then asks it again, several times."""
    cold, again = [], []
    for _ in range(rounds):
        with empty_cache() as cache:
            cold.append(command(asked, cache))
            again.append(command(asked, cache))
    return cold, again


def side_by_side(asked: Sequence[str], other: Path, rounds: int) -> tuple[list[float], list[float]]:
    """Runs a command here and in another checkout by turns, each without a kept result, and returns the CPU times."""
    ours, theirs = [], []
    for _ in range(rounds):
        for found, checkout in ((ours, HERE), (theirs, other)):
            found.append(command(asked, None, checkout).cpu)
    return ours, theirs
