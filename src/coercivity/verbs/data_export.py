"""`data export`: all tables of the packs as CSV files with a description that other programs read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from coercivity.base.errors import CoercivityError
from coercivity.data.packs import list_packs, open_pack
from coercivity.files.write.lock import held
from coercivity.files.write.whole_set import write_set
from coercivity.papers.data_package.package import PACKAGE_FILE, package_files

__all__ = ["PACKAGE_FILE", "data_export"]


def data_export(folder: Path, *, packs: Sequence[str] = ()) -> list[Path]:
    """Writes every table as CSV and `datapackage.json`, which tells types, units, titles, keys, sources and licence.

    Args:
        folder: The folder; it is made where it does not exist. Other files in it are kept.
        packs: Names of packs; all of them if empty.

    Raises:
        CoercivityError: If a pack does not exist or is invalid, or a file cannot be written.
    """
    files = package_files([open_pack(name) for name in packs or list_packs()])
    if folder.exists() and not folder.is_dir():
        raise CoercivityError.of(
            "OUT", "it is a file, not a folder", where=folder.as_posix(), next="give the name of a folder"
        )
    with held(folder):
        return list(write_set(folder, files))
