"""Rows of a table on their way to be decided."""

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
    """Rows of a table as its reader gives them.

    Attributes:
        frame: The columns that are mapped, by name.
        first: Number of the first row, counted from 1.
        lines: Line of each row in its file, where it has lines.
        broken: What is wrong with a row as a row, by its place here.
        mended: What the reader mended in a row, by its place here.
        twice: Whether the id of each row stands more than once in the table, shape (rows,); None where none does.
    """

    frame: pl.DataFrame
    first: int
    lines: Sequence[int] | None
    broken: Mapping[int, Fault]
    mended: Mapping[int, tuple[str, ...]]
    twice: NDArray[np.bool_] | None = None

    def with_twice(self, twice: NDArray[np.bool_] | None) -> Rows:
        """Returns the rows with it said which ids stand more than once."""
        return replace(self, twice=twice)
