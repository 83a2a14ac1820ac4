"""The folder of a cache: whether it may be used, what is in it, and how it stays within its limit."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from coercivity.base.sums import total

SUFFIX, DRAFT = ".kept", ".part"
TAG = "CACHEDIR.TAG"
TAG_TEXT = b"Signature: 8a477f597d28d172789f06886806bc55\n# Results of coercivity; may be removed at any time.\n"
_NAME = re.compile(r"[0-9a-f]{64}\.kept|\.[0-9a-f]{64}\.[0-9a-z_]{1,16}\.part")
_OLD_NS = 3600 * 10**9  # a draft this much older than the newest file belongs to a process that was killed
_OTHERS = stat.S_IWGRP | stat.S_IWOTH


class Held(NamedTuple):
    """A file of the cache.

    Attributes:
        used_ns: Time of its last use, from its modification time.
        size: Its size in bytes.
    """

    used_ns: int
    name: str
    size: int


def prepared(folder: Path) -> None:
    """Creates the folder of a cache, or checks that it may be used.

    Args:
        folder: The folder.

    Raises:
        OSError: If it cannot be created, is a link or a file, belongs to another user, or others may write to it.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    if stat.S_ISLNK(found.st_mode):
        raise OSError(errno.ELOOP, "it is a link to another place")
    if not stat.S_ISDIR(found.st_mode):
        raise OSError(errno.ENOTDIR, "it is not a folder")
    if hasattr(os, "getuid"):
        if found.st_uid != os.getuid():
            raise OSError(errno.EPERM, "it belongs to another user")
        if found.st_mode & _OTHERS:
            raise OSError(errno.EPERM, "other users may write to it")


def files(folder: Path) -> Iterator[Held]:
    """Yields the files of the cache in a folder, unfinished ones too; what else is in it is passed over."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if _NAME.fullmatch(entry.name) is None:
                continue
            with suppress(FileNotFoundError):  # removed by another process
                found = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(found.st_mode):
                    yield Held(found.st_mtime_ns, entry.name, found.st_size)


def marked(folder: Path) -> None:
    """Marks a folder, so that backups leave it out; not one in which there is anything else."""
    names = os.listdir(folder)
    if TAG not in names and all(map(_NAME.fullmatch, names)):
        with suppress(FileExistsError), open(folder / TAG, "xb") as file:
            file.write(TAG_TEXT)


def within(folder: Path, most_bytes: int) -> int:
    """Removes the files used least recently until the rest fits, and returns its size in bytes."""
    held = sorted(files(folder))
    size = total(file.size for file in held)
    newest = held[-1].used_ns if held else 0
    for file in held:
        abandoned = file.name.endswith(DRAFT) and newest - file.used_ns > _OLD_NS
        if size <= most_bytes and not abandoned:
            continue
        if file.name.endswith(DRAFT) and not abandoned:
            continue  # being written
        with suppress(FileNotFoundError):
            os.unlink(folder / file.name)
        size -= file.size
    return size
