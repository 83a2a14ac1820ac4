"""Files that are there whole or not at all: the one door by which a result gets onto a disk.

A file is written beside its place under a hidden name, brought to the disk and renamed over the old one, so that at any
moment the old or the new one is found whole. A process that is killed may leave the draft behind, whose name ends in
`.part`; the next run into the place removes it. Files that belong together are written by `whole_set`.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from coercivity.base.errors import CoercivityError, brief_value
from coercivity.files.write.lock import held

PART = ".part"  # the end of the name of what is being written
_NEXT = "make room or mend the rights, then run it again (a batch with `--resume`), or name another place after `--out`"


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turns what the system says of a file that cannot be written into our fault.

    Args:
        path: The file or folder.

    Raises:
        CoercivityError: When it cannot be written.
    """
    try:
        yield
    except OSError as error:
        raise unwritten(path, error.strerror or str(error)) from error
    except Exception as error:  # Polars is imported late, so its errors are told apart here; any other goes on
        import polars as pl

        if not isinstance(error, pl.exceptions.PolarsError):
            raise
        raise unwritten(path, str(error)) from error


def unwritten(path: Path, why: str) -> CoercivityError:
    """Returns the error for a file that cannot be written."""
    what = f"cannot be written: {brief_value(why, longest=120)}"
    return CoercivityError.of("OUT", what, where=path.as_posix(), next=_NEXT)


@contextmanager
def in_place(path: Path) -> Iterator[Path]:
    """Gives a name in the same folder to write to, and puts the file in its place once it is whole and on the disk.

    Args:
        path: The final file, left as it was where writing fails; a link is followed.

    Raises:
        CoercivityError: When the file cannot be written, or another run writes it.
    """
    with writing(path):
        place = Path(os.path.realpath(path))
        if place.exists() and not place.is_file():
            raise OSError(errno.EINVAL, "it is no plain file")
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
    """Writes a file so that it is there whole or not at all.

    Raises:
        CoercivityError: When it cannot be written, or another run writes it.
    """
    with in_place(path) as draft:
        draft.write_bytes(content)


def part_of(path: Path) -> Path:
    """Returns the hidden name beside a file or folder under which it is being written."""
    return path.with_name(f".{path.name}{PART}")


def sync(path: Path) -> None:
    """Brings a file, or the names in a folder, to the disk."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    except OSError as error:
        if error.errno != errno.EINVAL:  # said of folders by file systems that have nothing to bring
            raise
    finally:
        os.close(number)
