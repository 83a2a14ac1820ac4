"""Data frames from rows and from the tables of a paper, with types that follow from their cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from coercivity.papers.shared.paper.sections import PaperSection, PaperTable, for_files

if TYPE_CHECKING:
    import polars as pl

Frames = Mapping[str, "Callable[[], pl.DataFrame]"]
_NUMBER = re.compile(r"\u2212?[\d,]+(\.\d+)?")
_NONE = "–"  # of a cell without a value
_NAME = re.compile(r"[^\w.-]+")


def frame_of(columns: Sequence[str], rows: Iterable[Sequence[object]], numbers: Iterable[str] = ()) -> pl.DataFrame:
    """Returns rows as a data frame: whole numbers, decimal numbers, flags and text; None is null.

    A column with words among its numbers is text, so that nothing is lost. One without any value has the type that
    `numbers` says.

    Args:
        columns: Names of the columns.
        rows: Cells: text, numbers, flags or None.
        numbers: Columns that hold numbers.
    """
    import polars as pl

    held = list(rows)
    numeric = frozenset(numbers)
    series = []
    for place, name in enumerate(columns):
        cells = [row[place] for row in held]
        kinds = {type(cell) for cell in cells if cell is not None}
        if not kinds:
            series.append(pl.Series(name, cells, pl.Float64 if name in numeric else pl.String))
        elif kinds == {bool}:
            series.append(pl.Series(name, cells, pl.Boolean))
        elif kinds == {int} and name not in numeric:
            series.append(pl.Series(name, cells, pl.Int64))
        elif kinds <= {int, float}:
            series.append(pl.Series(name, [_float(cell) for cell in cells], pl.Float64))
        else:
            series.append(pl.Series(name, [None if cell is None else str(cell) for cell in cells], pl.String))
    return pl.DataFrame(series)


def frame_of_mappings(rows: Sequence[Mapping[str, object]]) -> pl.DataFrame:
    """Returns rows with the same keys as a data frame.

    Args:
        rows: The rows; at least one.
    """
    columns = tuple(rows[0])
    return frame_of(columns, [tuple(row[column] for column in columns) for row in rows])


def section_frames(sections: Iterable[PaperSection]) -> Frames:
    """Returns the tables of a paper by the name of their CSV file, in order; those for readers only are left out.

    Args:
        sections: The sections in English.
    """
    tables = [table for section in for_files(sections) for table in section.tables]
    return {_NAME.sub("_", table.id): partial(_frame, table) for table in tables}


def _frame(table: PaperTable) -> pl.DataFrame:
    rows = [[_cell(text, place in table.numeric) for place, text in enumerate(row)] for row in table.rows]
    return frame_of(table.columns, rows, [table.columns[place] for place in table.numeric])


def _cell(text: str, numeric: bool) -> object:
    if text in ("", _NONE):
        return None
    if numeric and _NUMBER.fullmatch(text):
        return float(text.replace("\u2212", "-").replace(",", ""))
    return text


def _float(cell: object) -> float | None:
    return float(cell) if isinstance(cell, (int, float)) else None
