"""Files that belong together, such as a page and its report data: at any moment the old or the new set is complete.

The set is written to a folder of its own next to the destination and synced; then the two folders swap names in
one step. That step is Linux's RENAME_EXCHANGE, which Python's `os` does not offer. Two renames, the old one aside and
the new one in, would leave a moment with neither; renaming file by file, with a list renamed last, leaves moments in
which the names lead to files of both; names that are links into numbered folders break when somebody copies or mails
them. Other files in the folder are carried over as hard links, so they remain the same files.

Some folders cannot swap names: a mount point, the working folder of this process, one whose parent is not writable,
one with very many other files, and any on a file system without that step. In these, the set is written inside
the folder and its files are renamed one after another, the list of them last. A process killed in those
milliseconds leaves complete files, some of them old; repeating the same run completes the set.

A killed process can leave a draft of the folder, or the old set, under a hidden name that ends in `.part`; the
next run in the same place removes it.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from coercivity.files.write.whole import PART, part_of, sync, write_file, writing

MOST_KEPT = 1_000  # other files of a folder that are carried over
_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE on Linux
# Errors of a system that cannot swap two folders, or may not write next to this one.
_FIXED: frozenset[int] = frozenset(
    (errno.EBUSY, errno.EINVAL, errno.ENOSYS, errno.EXDEV, errno.EPERM, errno.EACCES, errno.EROFS, errno.ENOTSUP)
) | {errno.EMLINK}
Content = bytes | Path


def write_set(
    folder: Path,
    files: Mapping[str, Content],
    *,
    gone: Collection[str] = (),
    meanwhile: Mapping[str, bytes] | None = None,
) -> tuple[Path, ...]:
    """Writes files that belong together, so that either the old or the new set is complete; the caller holds the lock.

    Args:
        folder: The folder; created if missing. Files in it that are not named here are kept.
        files: Content of each file by its path in the folder, or a file on the same file system to move there.
        gone: Files, and folders with everything in them, that are not part of the new set.
        meanwhile: Temporary content of some files while names change one after another, if one step is impossible.

    Returns:
        The files written.

    Raises:
        CoercivityError: If a file cannot be written; the folder is then unchanged.
    """
    with writing(folder):
        place = Path(os.path.realpath(folder))
        if place.exists() and not place.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "a file, not a folder")
        if taken := sorted(name for name in files if (place / name).is_dir()):
            raise IsADirectoryError(errno.EISDIR, f"{taken[0]} is a folder there; it was left untouched")
        made = [parent for parent in place.parents if not parent.exists()]
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            _FileSet(place, files, gone, meanwhile or {}).write()
        except BaseException:
            for parent in made:
                with suppress(OSError):
                    parent.rmdir()
            raise
    return tuple(folder / name for name in files)


class _FixedError(Exception):
    """Raised for a folder that cannot swap names."""


@dataclass(frozen=True, slots=True)
class _FileSet:
    """A set of files to be moved into a folder."""

    place: Path
    files: Mapping[str, Content]
    gone: Collection[str]
    meanwhile: Mapping[str, bytes]

    def write(self) -> None:
        """Writes the set, in one step if possible."""
        beside, inside = part_of(self.place), self.place / PART
        shutil.rmtree(beside, ignore_errors=True)  # left by a killed run
        shutil.rmtree(inside, ignore_errors=True)
        try:
            self._at_once(beside)
        except _FixedError:
            shutil.rmtree(beside, ignore_errors=True)
            self._in_turn(inside)
        finally:
            shutil.rmtree(beside, ignore_errors=True)  # the old set, if the names were swapped
            shutil.rmtree(inside, ignore_errors=True)

    def _at_once(self, beside: Path) -> None:
        there = self.place.exists()
        kept = self._kept()
        with _fixed():
            beside.mkdir()
            if there:
                _like(beside, self.place)
        self._stage(beside)
        with _fixed():
            for name, is_folder in kept:
                _bring(self.place / name, beside / name, is_folder=is_folder)
        for name in self.gone:
            _prune(beside, name)
        _sync_folders(beside)
        with _fixed():
            if there and any(self.place.iterdir()):
                _exchange(beside, self.place)
            else:
                os.rename(beside, self.place)
        sync(self.place.parent)
        if beside.exists():
            self._late(beside, {name for name, _ in kept})

    def _late(self, old: Path, kept: Collection[str]) -> None:
        """Carries over files that were added to the old folder in the meantime."""
        for name, is_folder in _walk(old, self._ours):
            if name not in kept and not os.path.lexists(self.place / name):
                with suppress(OSError):
                    _bring(old / name, self.place / name, is_folder=is_folder)

    def _in_turn(self, room: Path) -> None:
        self.place.mkdir(exist_ok=True)
        room.mkdir()
        self._stage(room)
        _sync_folders(room)
        for name, content in self.meanwhile.items():
            write_file(self.place / name, content)
        for name in self.files:
            (self.place / name).parent.mkdir(parents=True, exist_ok=True)
            os.replace(room / name, self.place / name)
        for name in self.gone:
            _remove(self.place, name)
        _sync_folders(self.place)

    def _kept(self) -> Sequence[tuple[str, bool]]:
        """Returns the other contents of the folder, each with whether it is a folder.

        Raises:
            _FixedError: If the folder cannot be swapped for one with all its contents.
        """
        if not self.place.exists():
            return ()
        if _is_worked_in(self.place) or os.path.ismount(self.place):
            raise _FixedError
        kept = []
        for entry in _walk(self.place, self._ours):
            kept.append(entry)
            if len(kept) > MOST_KEPT:
                raise _FixedError
        return kept

    def _ours(self, name: str) -> bool:
        """Returns whether a path in the folder is replaced or removed."""
        path = PurePosixPath(name)
        return name in self.files or any(part.as_posix() in self.gone for part in (path, *path.parents))

    def _stage(self, room: Path) -> None:
        for name, content in self.files.items():
            path = room / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, bytes):
                path.write_bytes(content)
            else:
                try:
                    os.link(content, path)
                except OSError:  # a file system without links; a full disk is reported by the copy
                    shutil.copyfile(content, path)
            sync(path)


@contextmanager
def _fixed() -> Iterator[None]:
    """Tells operations that are impossible here from a lack of space."""
    try:
        yield
    except OSError as error:
        if error.errno in _FIXED:
            raise _FixedError from error
        raise


def _is_worked_in(folder: Path) -> bool:
    """Returns whether this process, and so whoever started it, works in a folder or below it."""
    try:
        here = Path.cwd()
    except FileNotFoundError:  # the working folder was removed
        return False
    return folder == here or folder in here.parents


def _walk(folder: Path, left_out: Callable[[str], bool]) -> Iterator[tuple[str, bool]]:
    """Yields the paths in a folder, folders before their contents, except those excluded."""
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                name = Path(entry.path).relative_to(folder).as_posix()
                if left_out(name):
                    continue
                is_folder = entry.is_dir(follow_symlinks=False)
                yield name, is_folder
                if is_folder:
                    waiting.append(Path(entry.path))


def _bring(source: Path, target: Path, *, is_folder: bool) -> None:
    if is_folder:
        target.mkdir(exist_ok=True)
        _like(target, source)
    else:
        os.link(source, target, follow_symlinks=False)


def _like(folder: Path, other: Path) -> None:
    """Copies owner and permissions of one folder to another."""
    own, wanted = folder.stat(), other.stat()
    if (own.st_uid, own.st_gid) != (wanted.st_uid, wanted.st_gid):
        os.chown(folder, wanted.st_uid, wanted.st_gid)
    shutil.copystat(other, folder)


def _exchange(one: Path, other: Path) -> None:
    """Swaps the names of two folders in one step."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if call(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _sync_folders(folder: Path) -> None:
    for path, _, _ in os.walk(folder, topdown=False):
        sync(Path(path))


def _remove(folder: Path, name: str) -> None:
    path = folder / name
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
        return
    path.unlink(missing_ok=True)
    _prune(folder, name)


def _prune(folder: Path, name: str) -> None:
    """Removes the parent folder of a file if it is empty."""
    parent = (folder / name).parent
    if parent != folder:
        with suppress(OSError):
            parent.rmdir()
