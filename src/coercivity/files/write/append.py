"""Lines added to the end of a file that several people write: one writer at a time, earlier lines never changed."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from coercivity.base.errors import CoercivityError
from coercivity.files.write.whole import writing

_PATIENCE_S, _PAUSE_S = 10.0, 0.02


def append_lines(path: Path, lines_after: Callable[[bytes], bytes], *, most_bytes: int) -> bytes:
    """Adds lines to a file, which is created if it is missing, and returns them.

    The file is locked while it is read and written, also against writers on other machines where the file system
    passes locks on. Either all lines are added or none; a file whose last line was cut off gets a line break first.

    Args:
        path: The file.
        lines_after: Returns the lines to add, each with its line break, from the content so far. What it raises leaves
            the file as it was.
        most_bytes: Largest size of the file.

    Raises:
        CoercivityError: If the file cannot be written, is locked for ten seconds, or would become too large.
    """
    with writing(path):
        handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
        try:
            with _locked(handle, path):
                before = _content(handle)
                added = lines_after(before)
                if before and not before.endswith(b"\n"):
                    added = b"\n" + added
                if len(before) + len(added) > most_bytes:
                    what = f"the file would have more than {most_bytes:,} bytes"
                    raise CoercivityError.of("FILE-SIZE", what, where=path.as_posix(), next="start a new file")
                _write(handle, added, len(before))
                return added.removeprefix(b"\n")
        finally:
            os.close(handle)


def _content(handle: int) -> bytes:
    os.lseek(handle, 0, os.SEEK_SET)
    parts = []
    while part := os.read(handle, 2**20):
        parts.append(part)
    return b"".join(parts)


def _write(handle: int, added: bytes, size: int) -> None:
    """Writes everything, or restores the former size."""
    try:
        left = memoryview(added)
        while left:
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    except OSError:
        os.ftruncate(handle, size)
        raise


@contextmanager
def _locked(handle: int, path: Path) -> Iterator[None]:
    end = time.monotonic() + _PATIENCE_S
    while not _lock(handle):
        if time.monotonic() > end:
            what = f"another program has locked the file for {_PATIENCE_S:.0f} seconds"
            raise CoercivityError.of("OUT-BUSY", what, where=path.as_posix(), next="close it there, then try again")
        time.sleep(_PAUSE_S)
    try:
        yield
    finally:
        _unlock(handle)


if sys.platform == "win32":
    import msvcrt

    _FAR = 2**31 - 2  # one byte behind any content, since Windows refuses to read what is locked

    def _lock(handle: int) -> bool:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
