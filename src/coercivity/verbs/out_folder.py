"""A folder of results: all its files are written, or none."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from coercivity.base.errors import CoercivityError
from coercivity.files.write.lock import held
from coercivity.files.write.whole_set import write_set


def write_folder(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Writes files into a folder and returns their paths.

    Args:
        folder: The folder; it is made where it does not exist.
        files: Content by name.

    Raises:
        CoercivityError: If the folder is a file, another run is using it, or it cannot be written.
    """
    if folder.exists() and not folder.is_dir():
        step = "give a folder after --out"
        raise CoercivityError.of("OUT", "it is a file, not a folder", where=folder.as_posix(), next=step)
    with held(folder):
        return list(write_set(folder, files))
