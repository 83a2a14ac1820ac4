"""Files that are written completely or not at all: the only way for a result to reach the disk.

A file is written next to its destination under a hidden name, synced, and renamed over the old one, so that at any
moment either the old or the new file is complete. A killed process can leave the draft behind, whose name ends in
`.part`; the next run in the same place removes it. Files that belong together are written by `whole_set`.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from coercivity.base.errors import CoercivityError, brief_value
from coercivity.files.write.lock import held

PART = ".part"  # suffix of a file that is being written
BELOW_FILE = "it lies below a file, not a folder"
_ELSEWHERE = "give another place after --out"
_NEXT = "free disk space or correct the permissions and run again (a batch with `--resume`), or choose another --out"


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turns the system's error for a file that cannot be written into a CoercivityError.

    Args:
        path: The file or folder.

    Raises:
        CoercivityError: If the file cannot be written.
    """
    try:
        yield
    except OSError as error:
        if below_file(path):
            raise unwritten(path, BELOW_FILE, _ELSEWHERE) from error
        raise unwritten(path, error.strerror or str(error)) from error
    except Exception as error:  # Polars is imported late, so its errors are recognised here; others are re-raised
        import polars as pl

        if not isinstance(error, pl.exceptions.PolarsError):
            raise
        raise unwritten(path, str(error)) from error


def unwritten(path: Path, why: str, do: str = _NEXT) -> CoercivityError:
    """Returns the error for a file that cannot be written."""
    what = f"cannot be written: {brief_value(why, longest=120)}"
    return CoercivityError.of("OUT", what, where=path.as_posix(), next=do)


def below_file(path: Path) -> bool:
    """Returns whether something above a path is a file, so that nothing can be made there."""
    above = next((parent for parent in path.parents if os.path.lexists(parent)), None)
    return above is not None and not above.is_dir()


@contextmanager
def in_place(path: Path) -> Iterator[Path]:
    """Yields a temporary name in the same folder, and moves the file into place once it is complete and synced.

    Args:
        path: The final file, left unchanged if writing fails; a link is followed.

    Raises:
        CoercivityError: If the file cannot be written, or another run is writing it.
    """
    with writing(path):
        place = Path(os.path.realpath(path))
        if place.exists() and not place.is_file():
            raise OSError(errno.EINVAL, "not a regular file")
        draft = part_of(place)
        with held(place):
            try:
                yield draft
                sync(draft)
                os.replace(draft, place)
                sync(place.parent)
            finally:
                with suppress(OSError):
                    draft.unlink(missing_ok=True)


def write_file(path: Path, content: bytes) -> None:
    """Writes a file completely or not at all.

    Raises:
        CoercivityError: If it cannot be written, or another run is writing it.
    """
    with in_place(path) as draft:
        draft.write_bytes(content)


def part_of(path: Path) -> Path:
    """Returns the hidden name next to a file or folder under which it is written."""
    return path.with_name(f".{path.name}{PART}")


def sync(path: Path) -> None:
    """Syncs a file, or the names in a folder, to the disk."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    except OSError as error:
        if error.errno != errno.EINVAL:  # reported for folders by file systems that have nothing to sync
            raise
    finally:
        os.close(number)
