"""Rows of a workbook with a list of parties."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from coercivity.base.errors import CoercivityError
from coercivity.files.table import TableFile, open_table
from coercivity.intake.parties.lists.content import ListContent
from coercivity.intake.parties.lists.entries import MOST_ENTRIES
from coercivity.intake.parties.lists.forms.table import Row

_ROWS = 20_000


def workbook_rows(content: ListContent) -> tuple[list[str], Iterator[Row]]:
    """Returns the header of a workbook and its rows, numbered as in the sheet.

    Raises:
        CoercivityError: If it is no workbook, or is damaged or too large.
    """
    if isinstance(content.source, Path):
        rows = _table(content.source)
    else:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "list.xlsx"
            path.write_bytes(content.source.content)
            try:
                rows = _table(path)
            except CoercivityError as error:
                named = [(one, one.where.replace(str(path), content.place)) for one in error.faults]
                raise CoercivityError([replace(one, where=where) for one, where in named]) from None
    return rows


def _table(path: Path) -> tuple[list[str], Iterator[Row]]:
    table = open_table(path)
    found = list(_rows(table))
    if len(found) > MOST_ENTRIES:
        do = "split it, or keep only the lists you need"
        raise CoercivityError.of("FILE-SIZE", f"more than {MOST_ENTRIES:,} rows", where=path.as_posix(), next=do)
    return [*table.columns], iter(found)


def _rows(table: TableFile) -> Iterator[Row]:
    for chunk in table.chunks(_ROWS):
        if chunk.broken:
            raise CoercivityError(chunk.broken.values())
        lines = chunk.lines or range(chunk.first + 1, chunk.first + 1 + chunk.frame.height)
        for number, cells in zip(lines, chunk.frame.fill_null("").iter_rows(), strict=True):
            yield Row(number, cells)
