"""Facts as columns: for every row an index into a short list of values, with the source of each value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coercivity.base.days import Day
from coercivity.data.values import FactValue

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Codes = NDArray[np.integer]

DENSE = 1 << 22
# The type of a column depends on its name: fact values, cells, dates, names, notes. Whoever creates one reads it.
Held = Any


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A property that differs from row to row.

    Attributes:
        name: A fact, or a name used by the table itself.
        codes: Index in `values` of each row, shape (rows,).
        values: The distinct values; None if nothing is given.
        said_by: Source of each value.
    """

    name: str
    codes: Codes
    values: tuple[Held, ...]
    said_by: tuple[str, ...] = ()

    def at(self, row: int) -> Held:
        """Returns the value of a row."""
        return self.values[self.codes[row]]

    def speaker(self, row: int) -> str:
        """Returns the source of the value of a row."""
        return self.said_by[self.codes[row]] if self.said_by else ""


Said = tuple[FactValue | None, str]
Made = tuple[Held, str]
Clocks = tuple[Day, Day]
NOTHING: Said = (None, "")


def combined(columns: Sequence[Column]) -> tuple[Codes, list[tuple[int, ...]]]:
    """Returns each row's index among the combinations of values that occur, and the combinations as codes.

    Args:
        columns: At least one; all of the same length.
    """
    import numpy as np

    sizes = [max(len(column.values), 1) for column in columns]
    room = max(DENSE, 4 * len(columns[0].codes))
    keys: Codes = columns[0].codes
    size = sizes[0]
    found: list[tuple[int, ...]] | None = None  # combinations of the columns before `pending`, once some were counted
    pending = [sizes[0]]
    for column, width in zip(columns[1:], sizes[1:], strict=True):
        if size * width > room:
            keys, found = _counted(keys, size, found, pending)
            size, pending = len(found), []
        keys = keys * np.int64(width)
        keys += column.codes.astype(keys.dtype, copy=False)
        size *= width
        pending.append(width)
    if len(columns) == 1:
        return columns[0].codes, [(code,) for code in range(sizes[0])]
    return _counted(keys, size, found, pending)


def _counted(
    keys: Codes, size: int, found: list[tuple[int, ...]] | None, widths: Sequence[int]
) -> tuple[Codes, list[tuple[int, ...]]]:
    """Numbers the keys that occur; each is an index among the combinations found so far, and a digit per width."""
    import numpy as np

    if size <= max(DENSE, 4 * len(keys)):
        seen = np.zeros(size, np.bool_)
        seen[keys] = True
        present = np.flatnonzero(seen)
        place = np.zeros(size, np.int64)
        place[present] = np.arange(len(present), dtype=np.int64)
        codes: Codes = np.take(place, keys)
    else:
        present, places = np.unique(keys, return_inverse=True)
        codes = places.astype(np.int64)
    digits = []
    left = present
    for width in reversed(widths):
        left, digit = np.divmod(left, width)
        digits.append(digit.tolist())
    ends = zip(*reversed(digits), strict=True)
    if found is None:
        return codes, list(ends)
    return codes, [(*found[before], *end) for before, end in zip(left.tolist(), ends, strict=True)]


def joined(name: str, columns: Sequence[Column], make: Callable[..., Made]) -> Column:
    """Returns a column computed from others by a function called once per combination that occurs.

    Args:
        name: Name of the new column.
        columns: The columns it is computed from.
        make: Takes a value of each column; returns the new value and its source.
    """
    codes, combinations = combined(columns)
    made = [make(*(c.values[code] for c, code in zip(columns, entry, strict=True))) for entry in combinations]
    return distinct(name, codes, made)


def distinct(name: str, codes: Codes, said: Sequence[Made]) -> Column:
    """Returns a column in which equal values share a code.

    Args:
        name: Name of the column.
        codes: Index in `said` of each row.
        said: Value and source for each code.
    """
    import numpy as np

    places: dict[Made, int] = {}
    renamed = np.array([places.setdefault(entry, len(places)) for entry in said] or [0], np.int64)
    kept = list(places)
    new: Codes = codes if len(kept) == len(said) else np.take(renamed, codes)
    return Column(name, new, tuple(value for value, _ in kept), tuple(speaker for _, speaker in kept))
