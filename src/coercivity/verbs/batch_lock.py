"""One run at a time in a folder: a lock that ends with the process that holds it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from coercivity.base.errors import CoercivityError
from coercivity.desk.batch.run import LOCK
from coercivity.desk.batch.staged import writing

TRIES = 50
PAUSE_S = 0.01  # a lock that is just being made is empty for a moment


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Holds the lock of the state of a run, and makes the folder where it is missing.

    Args:
        folder: The folder of the state; it is removed again where nothing is left in it.

    Raises:
        CoercivityError: When another run holds it, or the folder cannot be written.
    """
    path = folder / LOCK
    _take(folder, path)
    try:
        yield
    finally:
        with suppress(OSError):
            path.unlink()
            folder.rmdir()


def _take(folder: Path, path: Path) -> None:
    for _ in range(TRIES):
        try:
            with writing(path):
                _make(folder, path)
            return
        except CoercivityError as error:
            if not isinstance(error.__cause__, (FileExistsError, FileNotFoundError)):
                raise
        holder = _holder(path)
        if holder and _runs(*holder):
            break
        if holder is None:
            time.sleep(PAUSE_S)
        else:
            _remove(path, holder)
    what = "another run works in this folder"
    next = f"wait until it is done, or name another folder; where none runs, delete {path.as_posix()}"
    raise CoercivityError.of("BATCH-BUSY", what, where=folder.parent.as_posix(), next=next)


def _make(folder: Path, path: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    number = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
    try:
        with os.fdopen(number, "w", encoding="ascii") as stream:
            stream.write(f"{os.getpid()} {_started(os.getpid())}\n")
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _holder(path: Path) -> tuple[int, str] | None:
    """The process that holds a lock and when it was started; no process where the lock is none; None where it waits."""
    try:
        words = path.read_text(encoding="ascii", errors="replace").split()
    except OSError:
        return None
    if not words:
        return None
    return (int(words[0]) if words[0].isdigit() else 0, " ".join(words[1:]))


def _runs(process: int, started: str) -> bool:
    """Whether a process is there and is the same that wrote the lock."""
    if not process:
        return False
    if os.name != "posix":
        return True  # it cannot be asked for without harm
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    now = _started(process)
    return now != "dead" and (not started or not now or now == started)


def _started(process: int) -> str:
    """When a process was started, in the ticks of this machine, so that a number given anew is no old process.

    `dead` where it is gone but not yet cleared away, and nothing where the system does not tell.
    """
    try:
        words = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "dead" if words[:1] in (["Z"], ["X"]) else (words[19] if len(words) > 19 else "")


def _remove(path: Path, holder: tuple[int, str]) -> None:
    """Removes a lock whose process is gone, unless somebody else has taken it over meanwhile."""
    aside = path.with_name(f"{LOCK}.{os.getpid()}")
    with suppress(OSError):
        os.rename(path, aside)
        if _holder(aside) == holder:
            aside.unlink()
        else:
            os.link(aside, path)
            aside.unlink()
