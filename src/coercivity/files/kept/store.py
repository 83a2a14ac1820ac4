"""A store of results by the hash of what determines them, on disk, with a limit.

Results come out as they went in or not at all. Every file is written under a name of its own and then renamed, and its
name is the hash of what determines its content, so that any number of processes may use one folder without a lock. What
goes wrong is told once, as a notice: the results are right, they only take longer.
"""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from threading import Lock

from coercivity.base.errors import Fault, brief_value
from coercivity.base.sums import total
from coercivity.files.kept.envelope import checked_key, opened, wrapped
from coercivity.files.kept.room import DRAFT, SUFFIX, files, marked, prepared, within

# Why a folder cannot be written to, in the words that are translated.
REASONS = {
    errno.ENOSPC: "No space left on device",
    errno.EACCES: "Permission denied",
    errno.EROFS: "Read-only file system",
}

DAMAGED, UNUSABLE, FULL = "CACHE-DAMAGED", "CACHE-FOLDER", "CACHE-FULL"
_OTHER = "free space or correct the permissions, name another folder in COERCIVITY_CACHE, or set it to off"
_AGAIN = "nothing: it was calculated again; if this repeats, check the disk or run `coercivity cache clear`"
_PARTS = 64  # the folder is measured whenever this part of the limit was written
_MARGIN = 16  # this part of the limit is left free then, for what other processes write meanwhile
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Store:
    """Results on disk.

    Attributes:
        folder: The folder.
        most_bytes: Limit of its size; the results used least recently are removed first.
        notices: What went wrong, each kind once, with its place and what to do.
    """

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self.folder, self.most_bytes = folder, most_bytes
        self.notices: list[Fault] = []
        self._lock = Lock()
        self._ready = self._closed = self._full = False
        self._written = most_bytes  # unknown until the folder is measured

    def get(self, key: str) -> bytes | None:
        """Returns a result and marks it as used; None if there is none that may be used.

        Args:
            key: SHA-256 of what determines it, in hexadecimal.
        """
        path = self._path(key)
        if not self._usable():
            return None
        try:
            held = _read(path)
        except FileNotFoundError:
            return None
        except OSError as error:
            self._tell(DAMAGED, path, f"the kept result cannot be read: {_said(error)}", _AGAIN)
            return None
        found = opened(key, held)
        if found.content is None:
            self.refuse(key, found.why)
        return found.content

    def refuse(self, key: str, why: str) -> None:
        """Removes a result that must not be used, and tells so once.

        Args:
            key: Its key.
            why: The reason.
        """
        path = self._path(key)
        self._tell(DAMAGED, path, f"the kept result was not used: {why}", _AGAIN)
        with suppress(OSError):
            path.unlink(missing_ok=True)

    def put(self, key: str, content: bytes) -> None:
        """Keeps a result; if that is impossible, the reason is told once and the store is not written to again.

        Args:
            key: SHA-256 of what determines it, in hexadecimal.
            content: The result.
        """
        path = self._path(key)
        if self._full or not self._usable():
            return
        held = wrapped(key, content)
        if len(held) > self.most_bytes:
            what = f"a result of {len(held):,} bytes is larger than the limit of {self.most_bytes:,} and was not kept"
            self._tell(FULL, self.folder, what, "give more megabytes in COERCIVITY_CACHE_MB")
            return
        try:
            try:
                self._write(path, held)
            except FileNotFoundError:  # the cache was cleared meanwhile
                self._write(path, held)
            self._measure(len(held))
        except OSError as error:
            self._full = True
            self._untold(error)

    def tell(self, notice: Fault) -> None:
        """Adds a notice, unless there is one of its kind."""
        if all(earlier.code != notice.code for earlier in self.notices):
            self.notices.append(notice)

    def entries(self) -> tuple[int, int]:
        """Returns the number of files and their size in bytes."""
        if not self._usable():
            return 0, 0
        try:
            sizes = [file.size for file in files(self.folder)]
        except OSError as error:
            self._untold(error)
            return 0, 0
        return len(sizes), total(sizes)

    def clear(self) -> tuple[int, int]:
        """Removes every result, and returns their number and size in bytes; other files in the folder are kept.

        Raises:
            OSError: If one cannot be removed.
        """
        if not self._usable():
            return 0, 0
        count, size = 0, 0
        for file in list(files(self.folder)):
            (self.folder / file.name).unlink(missing_ok=True)
            count, size = count + 1, size + file.size
        return count, size

    def _path(self, key: str) -> Path:
        return self.folder / f"{checked_key(key)}{SUFFIX}"

    def _usable(self) -> bool:
        """Returns whether the folder may be used; the first call looks."""
        with self._lock:
            if not self._ready and not self._closed:
                try:
                    prepared(self.folder)
                    self._ready = True
                except OSError as error:
                    self._closed = True
                    self._untold(error)
            return not self._closed

    def _write(self, path: Path, held: bytes) -> None:
        handle, draft = tempfile.mkstemp(DRAFT, f".{path.stem}.", self.folder)  # readable by this user only
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(held)
            os.replace(draft, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(draft)
            raise

    def _measure(self, size: int) -> None:
        """Keeps the folder within its limit; it is measured first, and then after every part of the limit written."""
        with self._lock:
            self._written += size
            if self._written < self.most_bytes // _PARTS:
                return
            self._written = 0
        marked(self.folder)
        within(self.folder, self.most_bytes - self.most_bytes // _MARGIN)

    def _untold(self, error: OSError) -> None:
        what = f"results cannot be kept for the next time: {_said(error)}; this one is complete"
        self._tell(UNUSABLE, self.folder, what, _OTHER)

    def _tell(self, code: str, path: Path, what: str, step: str) -> None:
        self.tell(Fault(code, what, path.as_posix(), next=step))


def _read(path: Path) -> bytes:
    """Returns the bytes of a file and marks it as used; a link, a pipe or a device is not followed."""
    handle = os.open(path, _READ)
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise OSError("it is not a regular file")
        if hasattr(os, "getuid") and found.st_uid != os.getuid():
            raise OSError("it belongs to another user")
        held = file.read()
        with suppress(OSError):  # a folder that cannot be written is read all the same
            os.utime(handle if os.utime in os.supports_fd else path)
    return held


def _said(error: OSError) -> str:
    return REASONS.get(error.errno or 0) or brief_value(error.strerror or str(error), longest=120)
