"""The file of the company in a case folder: one of three names."""

from __future__ import annotations

from pathlib import Path

from coercivity.base.errors import CoercivityError
from coercivity.data.input import Input

CASE_MARK = "case.yaml"
COMPANY_FILES = ("company.yaml", "company.xlsx", "company")


def company_file(folder: Path) -> Path | None:
    """Returns the file of the company in a case folder; None if it has none.

    Args:
        folder: The case folder.

    Raises:
        CoercivityError: If there are several, each of which would be the company.
    """
    found = [folder / name for name in COMPANY_FILES if (folder / name).exists()]
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
