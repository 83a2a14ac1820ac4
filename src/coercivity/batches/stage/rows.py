"""Rows of a table before they are decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coercivity.base.errors import Fault

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a table as returned by its reader.

    Attributes:
        frame: The mapped columns, by name.
        first: Number of the first row, counted from 1.
        lines: Line of each row in its file, if it has lines.
        broken: Errors of whole rows, by index.
        mended: Corrections made by the reader, by index.
        twice: Whether the id of each row appears more than once in the table, shape (rows,); None if no id does.
    """

    frame: pl.DataFrame
    first: int
    lines: Sequence[int] | None
    broken: Mapping[int, Fault]
    mended: Mapping[int, tuple[str, ...]]
    twice: NDArray[np.bool_] | None = None

    def with_twice(self, twice: NDArray[np.bool_] | None) -> Rows:
        """Returns the rows with their duplicate ids marked."""
        return replace(self, twice=twice)

    def taken(self, rows: NDArray[np.int64]) -> Rows:
        """Returns some of the rows, by ascending index; they have no lines."""
        new = {old: place for place, old in enumerate(rows.tolist())} if self.broken or self.mended else {}
        broken = {new[place]: fault for place, fault in self.broken.items() if place in new}
        mended = {new[place]: notes for place, notes in self.mended.items() if place in new}
        twice = None if self.twice is None else self.twice[rows]
        return Rows(self.frame[rows], self.first, None, broken, mended, twice)
