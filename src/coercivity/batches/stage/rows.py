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
