"""Files that belong together, such as a page and its report data: at any moment the old or the new set is found whole.

The set is made in a folder of its own beside the place and brought to the disk; then the two folders change names in
one step. That step is Linux's RENAME_EXCHANGE, which Python's `os` does not have. Two renames, the old one aside and
the new one in, would leave a moment with neither; renaming file by file, with a list renamed last, leaves moments in
which the names lead to files of both; names that are links into numbered folders break when somebody copies or mails
them. Whatever else lies in the folder comes along as hard links, so files of others stay the same files.

Some folders cannot change names: one that is a mount point or the working folder of this process, one whose parent may
not be written, one that holds very much else, and any on a file system without that step. There the set is made inside
the folder and its files are renamed one after another, the list of them last. A process that is killed in those
milliseconds leaves whole files, some of them old; the same run again makes the set whole.

A process that is killed may leave a draft of the folder, or the old set, under a hidden name that ends in `.part`; the
next run into the place removes it.
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

MOST_KEPT = 1_000  # other files of a folder that come along
_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux
# What a system says that cannot let two folders change names, or may not write beside this one.
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
    """Writes files that belong together, so that the old or the new set is found whole; whoever calls holds the folder.

    Args:
        folder: The folder; made where it is missing. What is in it and is named nowhere here stays.
        files: Content of each file by its path in the folder, or a file of the same file system that becomes it.
        gone: Files, and folders with all that they hold, that are not in the new set.
        meanwhile: Content of some files while names change one after another, where that cannot be done in one step.

    Returns:
        The files written.

    Raises:
        CoercivityError: When one cannot be written; the folder is as it was then.
    """
    with writing(folder):
        place = Path(os.path.realpath(folder))
        if place.exists() and not place.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "it is a file, not a folder")
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
    """A folder that cannot change its name."""


@dataclass(frozen=True, slots=True)
class _FileSet:
    """A set of files on its way into a folder."""

    place: Path
    files: Mapping[str, Content]
    gone: Collection[str]
    meanwhile: Mapping[str, bytes]

    def write(self) -> None:
        """Writes the set, in one step where that can be."""
        beside, inside = part_of(self.place), self.place / PART
        shutil.rmtree(beside, ignore_errors=True)  # of a run that was killed
        shutil.rmtree(inside, ignore_errors=True)
        try:
            self._at_once(beside)
        except _FixedError:
            shutil.rmtree(beside, ignore_errors=True)
            self._in_turn(inside)
        finally:
            shutil.rmtree(beside, ignore_errors=True)  # which is the old set where the names were exchanged
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
        """Brings over what somebody put into the old folder meanwhile."""
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
        """What of others lies in the folder, each with whether it is a folder.

        Raises:
            _FixedError: When the folder cannot be exchanged for one that holds all of it.
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
        """Whether a path in the folder is replaced or removed."""
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
                except OSError:  # a file system without links; where there is no room, this tells it
                    shutil.copyfile(content, path)
            sync(path)


@contextmanager
def _fixed() -> Iterator[None]:
    """Tells what cannot be done here at all from what there is no room for."""
    try:
        yield
    except OSError as error:
        if error.errno in _FIXED:
            raise _FixedError from error
        raise


def _is_worked_in(folder: Path) -> bool:
    """Whether this process, and so whoever started it, works in a folder or below it."""
    try:
        here = Path.cwd()
    except FileNotFoundError:  # it was removed
        return False
    return folder == here or folder in here.parents


def _walk(folder: Path, left_out: Callable[[str], bool]) -> Iterator[tuple[str, bool]]:
    """Yields the paths in a folder, folders before what they hold, but for those that are left out."""
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
    """Gives a folder the owner and the rights of another."""
    own, wanted = folder.stat(), other.stat()
    if (own.st_uid, own.st_gid) != (wanted.st_uid, wanted.st_gid):
        os.chown(folder, wanted.st_uid, wanted.st_gid)
    shutil.copystat(other, folder)


def _exchange(one: Path, other: Path) -> None:
    """Lets two folders change names in one step."""
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
    """Removes the folder that held a file, where nothing else is in it."""
    parent = (folder / name).parent
    if parent != folder:
        with suppress(OSError):
            parent.rmdir()
