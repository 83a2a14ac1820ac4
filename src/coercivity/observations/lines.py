"""The lines of `series.csv`: the rows that each means, and the figures of a run they are compared with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from coercivity.data.packs import Pack, open_pack

PACK = "observations"
# Cells of a row that say what it counts, in the order in which they are checked.
SCOPE = ("form", "hs", "basis")
CHECKED = (*SCOPE, "unit_std", "vat", "freq")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of `series.csv`.

    Attributes:
        id: Its id.
        kind: Kind of the rows.
        series: Series of the rows, as patterns.
        allowed: Patterns of the other cells that a row must have, by column.
        block: Block of a kept run; empty if the model cannot say the number.
        names: Names of figures in the block; numerators and denominators for a ratio.
        denominators: Denominators of a ratio.
        how: sum, mean or cumulative_ratio.
        scale: Number by which the figure is multiplied.
        error_kind: Kind of error.
        stage: quantity or price.
        since: First month of a cumulative ratio, YYYY-MM.
        why_not: Why the model cannot say the number; empty if it can.
        note: What differs between the number and the figure.
    """

    id: str
    kind: str
    series: tuple[str, ...]
    allowed: Mapping[str, tuple[str, ...]]
    block: str
    names: tuple[str, ...]
    denominators: tuple[str, ...]
    how: str
    scale: float
    error_kind: str
    stage: str
    since: str
    why_not: str
    note: str

    def has_series(self, kind: str, series: str) -> bool:
        """Returns whether rows of a kind and series are of this line, if their other cells fit."""
        return kind == self.kind and fits(series, self.series)

    def fits(self, column: str, cell: str) -> bool:
        """Returns whether a cell of a row is as the line says."""
        return fits(cell, self.allowed[column])


def fits(text: str, patterns: Sequence[str]) -> bool:
    """Returns whether a text has one of some forms, in which `*` stands for any text."""
    return any(_form(pattern).fullmatch(text) is not None for pattern in patterns)


@lru_cache(maxsize=4096)
def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, pattern.split("*"))), re.DOTALL)


def line_for(kind: str, series: str, cells: Mapping[str, str]) -> Line | None:
    """Returns the line of the installed pack for rows of a kind and series; None if none fits, or more than one.

    Args:
        kind: Kind of the row.
        series: Its series.
        cells: Its cells in the columns `CHECKED`.

    Raises:
        CoercivityError: If the pack is invalid.
    """
    return only(series_lines(), kind, series, cells)


def only(lines: Sequence[Line], kind: str, series: str, cells: Mapping[str, str]) -> Line | None:
    """Returns the one of some lines that fits; None if none does, or more than one."""
    found = [
        line
        for line in lines
        if line.has_series(kind, series) and all(line.fits(column, cells[column]) for column in CHECKED)
    ]
    return found[0] if len(found) == 1 else None


def series_lines() -> tuple[Line, ...]:
    """Returns the lines of the installed pack.

    Raises:
        CoercivityError: If the pack is invalid.
    """
    pack = open_pack(PACK)
    return _lines(pack.content_hash)


@lru_cache(maxsize=4)
def _lines(_: str) -> tuple[Line, ...]:
    return tuple(lines_of(open_pack(PACK)))


def lines_of(pack: Pack) -> Iterator[Line]:
    """Yields the lines of a pack.

    Raises:
        CoercivityError: If its table `series` is invalid.
    """
    table = pack.table("series")
    for texts in table.texts:
        row = dict(zip(table.schema.names, texts, strict=True))
        over, _, under = row["names"].partition("/") if row["how"] == "cumulative_ratio" else (row["names"], "", "")
        yield Line(
            row["id"],
            row["kind"],
            tuple(row["series"].split("|")),
            {column: tuple(row[column].split("|")) for column in CHECKED},
            row["block"],
            tuple(filter(None, over.split(";"))),
            tuple(filter(None, under.split(";"))),
            row["how"],
            float(row["scale"] or 1.0),
            row["error_kind"],
            row["stage"],
            row["since"],
            row["why_not"],
            row["note"],
        )
