"""A comma-separated table of documents."""

from __future__ import annotations

from typing import NamedTuple

from coercivity.base.errors import CoercivityError, Faults, brief_value, nearest
from coercivity.cases.lot_papers.rows import KEYS, MOST_PAPERS, PAPER_FORM
from coercivity.cases.transactions import split_lines
from coercivity.data.input import Input


class TableRow(NamedTuple):
    """One row of the table: where it is, and its cells by column, without blanks."""

    where: str
    cells: dict[str, str]


def paper_table(path: Input) -> list[TableRow]:
    """Returns the rows of a table of documents.

    Args:
        path: The table.

    Raises:
        CoercivityError: With every error of the header and of the form of the rows; or if it is empty or too large.
    """
    faults = Faults()
    lines = [(line, cells) for line, cells in split_lines(path, faults) if cells is not None]
    faults.raise_if_any()
    (first, header), *rest = [(line, [cell.strip() for cell in cells]) for line, cells in lines]
    _check(header, f"{path.name}:{first}", faults)
    if len(rest) > MOST_PAPERS:
        what = f"more than {MOST_PAPERS:,} documents"
        raise CoercivityError.of(PAPER_FORM, what, where=path.name, next="split the list by lot")
    found = []
    for line, cells in rest:
        where = f"{path.name}:{line}"
        if len(cells) != len(header):
            what = f"the row has {len(cells)} cells, the header has {len(header)}"
            faults.add("ROW-CELLS", what, where=where, next="put quotation marks around a cell that contains a comma")
        found.append(TableRow(where, {name: cell for name, cell in zip(header, cells, strict=False) if cell}))
    faults.raise_if_any()
    return found


def _check(header: list[str], where: str, faults: Faults) -> None:
    for place, name in enumerate(header, 1):
        at = f"{where}, column {place}"
        if not name:
            faults.add("COLUMN-BLANK", "the column has no name", where=at, next="name it, or remove it")
        elif name not in KEYS:
            what, step = (
                f"{brief_value(name)!r} is not a column of the list of documents",
                f"columns are {', '.join(KEYS)}",
            )
            faults.add("COLUMN-UNKNOWN", what, where=at, nearest=nearest(name, KEYS), next=step)
        elif header.index(name) != place - 1:
            faults.add("COLUMN-TWICE", f"duplicate column {name!r}", where=at, next="keep one of them")
    for name in ("lot", "kind"):
        if name not in header:
            faults.add("COLUMN-MISSING", f"column {name!r} not found", where=where, next=f"add a column {name}")
