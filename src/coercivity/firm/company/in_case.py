"""The file of the company in a case folder: one of three names."""

from __future__ import annotations

import os
from pathlib import Path

from coercivity.base.errors import CoercivityError
from coercivity.data.input import Input
from coercivity.data.textyaml import file_in

CASE_MARK = "case.yaml"
COMPANY_FILES = ("company.yaml", "company.xlsx", "company")


def company_file(folder: Path) -> Path | None:
    """Returns the file of the company in a case folder; None if it has none.

    Args:
        folder: The case folder.

    Raises:
        CoercivityError: If there are several, each of which would be the company, or one links to another folder.
    """
    found = [path for name in COMPANY_FILES if os.path.lexists(path := file_in(folder, name))]
    for entry in sorted(found[0].iterdir()) if found and found[0].is_dir() else ():
        file_in(folder, f"{found[0].name}/{entry.name}")
    if len(found) > 1:
        raise CoercivityError.of(
            "FIRM-TWICE",
            f"a case has one company file; there are {len(found)}: {', '.join(path.name for path in found)}",
            where=folder.as_posix(),
            next="keep one of them",
        )
    return found[0] if found else None


def is_case(path: Path) -> bool:
    """Returns whether a path is a case folder."""
    return (path / CASE_MARK).is_file()


def company_source(source: Input) -> Input:
    """Returns the file of a company: that in a case folder if one is given, else the source itself.

    Args:
        source: A file of a company in any of its forms, or a case folder.

    Raises:
        CoercivityError: If a case folder has no company file, or several.
    """
    if not isinstance(source, Path) or not is_case(source):
        return source
    found = company_file(source)
    if found is None:
        raise CoercivityError.of(
            "FILE-MISSING",
            "the case folder has no company file",
            where=source.as_posix(),
            nearest=COMPANY_FILES,
            next="add one of them; `coercivity firm template --out company.xlsx` writes an empty one",
        )
    return found


def case_files(folder: Path) -> dict[str, Path]:
    """Returns the files of a case folder and of its company folder by their name in it, sorted.

    Args:
        folder: The case folder.
    """
    inside = folder / COMPANY_FILES[-1]
    found = {path.name: path for path in folder.iterdir() if path.is_file()}
    if inside.is_dir():
        found |= {f"{inside.name}/{path.name}": path for path in inside.iterdir() if path.is_file()}
    return dict(sorted(found.items()))
