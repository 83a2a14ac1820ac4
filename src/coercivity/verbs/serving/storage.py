"""The folder in which a server keeps what it is sent and what it makes, for as long as the server runs.

A temporary one is removed when the server ends, however it ends: a small process waits for that end and does it. One
that a user names is held for one server at a time, and what a server that was killed left half done is cleared.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from coercivity.base.errors import CoercivityError
from coercivity.verbs.children import begin_alone
from coercivity.verbs.serving.stored import clear_parts

LOCK, TEMPORARY = "lock", "temporary"


@contextmanager
def held_state(named: Path | None) -> Iterator[Path]:
    """Gives the folder of a server, and has all temporary files of this process and of its children made in it.

    Args:
        named: The folder that a user names, made where it is missing; by default a temporary one.

    Raises:
        CoercivityError: When it cannot be made, or another server holds it.
    """
    if named is None:
        with _swept() as folder, _temporary_files_in(folder):
            yield folder
        return
    folder = _made(named)
    with (folder / LOCK).open("w", encoding="ascii") as lock:
        _hold(lock, folder)
        _clear(folder)
        try:
            with _temporary_files_in(folder):
                yield folder
        finally:
            shutil.rmtree(folder / TEMPORARY, ignore_errors=True)
            (folder / LOCK).unlink(missing_ok=True)


@contextmanager
def _swept() -> Iterator[Path]:
    """A temporary folder that is removed when this process ends, also where it is killed."""
    sweeper = begin_alone("coercivity.verbs.serving.sweep", stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with sweeper:  # which closes its input and waits for its end
        assert sweeper.stdout is not None
        yield Path(sweeper.stdout.readline().rstrip("\n"))


@contextmanager
def _temporary_files_in(folder: Path) -> Iterator[None]:
    place = folder / TEMPORARY
    place.mkdir(mode=0o700, exist_ok=True)
    before = tempfile.tempdir, os.environ.get("TMPDIR")
    tempfile.tempdir = os.environ["TMPDIR"] = str(place)
    try:
        yield
    finally:
        tempfile.tempdir = before[0]
        del os.environ["TMPDIR"]
        os.environ.update({"TMPDIR": before[1]} if before[1] is not None else {})


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / LOCK).touch()
    except OSError as error:
        what = f"cannot be made: {error.strerror}"
        raise CoercivityError.of("OUT", what, where=folder.as_posix(), next="name another folder") from None
    return folder.resolve()


def _hold(lock: IO[str], folder: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        what = "another server keeps its uploads and results here"
        step = "end that one, or name another folder after --state"
        raise CoercivityError.of("SERVE-STATE", what, where=folder.as_posix(), next=step) from None


def _clear(folder: Path) -> None:
    """Removes what is half done; no server knows the jobs of the one before, so their folders go too."""
    for place in ("uploads", "looks"):
        clear_parts(folder / place)
    for place in ("jobs", TEMPORARY):
        shutil.rmtree(folder / place, ignore_errors=True)
