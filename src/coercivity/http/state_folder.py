"""The folder in which a server keeps uploads and results: one server at a time, cleared of what a killed one left."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from coercivity.files.lock import held
from coercivity.files.whole import writing
from coercivity.http.jobs import ASKED

PREFIX = "coercivity-serve-"
_JOB = re.compile(r"[0-9a-f]{32}-\d+")


@contextmanager
def state_folder(path: Path | None) -> Iterator[Path]:
    """Gives the folder of a server while it runs.

    Args:
        path: A folder that stays; by default a temporary one, which is removed at the end, by the next server where
            this one was killed.

    Raises:
        CoercivityError: When it cannot be made, or another server uses it.
    """
    if path is None:
        with _own_folder() as folder:
            yield folder
        return
    with held(path):
        with writing(path):
            path.mkdir(parents=True, exist_ok=True)
        _clear_jobs(path / "jobs")
        yield path


@contextmanager
def _own_folder() -> Iterator[Path]:
    room = Path(tempfile.gettempdir())
    for old in room.glob(f"{PREFIX}*"):
        _remove_of_dead(old)
    with writing(room):
        made = Path(tempfile.mkdtemp(prefix=f".{PREFIX}"))
        number = os.open(made, os.O_RDONLY)
        try:
            fcntl.flock(number, fcntl.LOCK_EX)  # by the kernel, so that it ends with this process
            folder = made.rename(room / made.name.removeprefix("."))
        except OSError:
            shutil.rmtree(made, ignore_errors=True)
            os.close(number)
            raise
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(number)


def _remove_of_dead(folder: Path) -> None:
    """Removes the folder of a server of this user that is gone without having removed it."""
    with suppress(OSError):
        if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
            return
        number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(number)


def _clear_jobs(folder: Path) -> None:
    """Removes the results of jobs that a server before this one did, which no address leads to any more."""
    for job in sorted(folder.iterdir()) if folder.is_dir() else ():
        if _JOB.fullmatch(job.name) and not job.is_symlink() and (job / ASKED).is_file():
            shutil.rmtree(job, ignore_errors=True)
