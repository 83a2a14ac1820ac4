"""The folder for uploads and results while a server runs.

A temporary folder is removed by a small process when the server stops, even if it is killed. A folder named by the
user is locked for one server at a time, and incomplete files of a killed server are removed.
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
    """Provides the folder of a server, which also takes all temporary files of this process and its children.

    Args:
        named: Folder named by the user, created if missing; by default a temporary one.

    Raises:
        CoercivityError: If it cannot be created, or another server uses it.
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
    """A temporary folder that is removed when this process ends, even if it is killed."""
    sweeper = begin_alone("coercivity.verbs.serving.sweep", stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with sweeper:  # closes its input and waits for it to end
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
        what = f"cannot be created: {error.strerror}"
        raise CoercivityError.of("OUT", what, where=folder.as_posix(), next="name another folder") from None
    return folder.resolve()


def _hold(lock: IO[str], folder: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        what = "another server is using this folder"
        step = "stop that server, or name another folder with --state"
        raise CoercivityError.of("SERVE-STATE", what, where=folder.as_posix(), next=step) from None


def _clear(folder: Path) -> None:
    """Removes incomplete uploads, and all job folders, because a new server does not know earlier jobs."""
    for place in ("uploads", "looks"):
        clear_parts(folder / place)
    for place in ("jobs", TEMPORARY):
        shutil.rmtree(folder / place, ignore_errors=True)
