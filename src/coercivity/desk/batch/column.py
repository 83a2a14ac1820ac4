"""Facts as columns: for every row a place in a short list of values, with who said each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coercivity.data.values import FactValue

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Codes = NDArray[np.integer[Any]]

DENSE = 1 << 22
LARGE = 1 << 31


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """Something that differs from row to row.

    Attributes:
        name: A fact, or a word of the desk's own.
        codes: Place in `values` of each row, shape (rows,).
        values: The distinct values; None where nothing is given.
        said_by: Who said each value.
    """

    name: str
    codes: Codes
    values: tuple[Any, ...]
    said_by: tuple[str, ...] = ()

    def at(self, row: int) -> Any:
        """Returns the value of a row."""
        return self.values[self.codes[row]]

    def speaker(self, row: int) -> str:
        """Returns who said the value of a row."""
        return self.said_by[self.codes[row]] if self.said_by else ""


Said = tuple[FactValue | None, str]
Made = tuple[Any, str]


def combined(columns: Sequence[Column]) -> tuple[Codes, list[tuple[int, ...]]]:
    """Returns each row's place among the combinations of values that occur, and the combinations as codes.

    Args:
        columns: At least one; all of the same length.
    """
    import numpy as np

    first = columns[0]
    rows = len(first.codes)
    codes: Codes = first.codes
    found: list[tuple[int, ...]] = [(code,) for code in range(len(first.values))]
    for column in columns[1:]:
        width = max(len(column.values), 1)
        size = len(found) * width
        keys = codes * (np.int32(width) if size < LARGE else np.int64(width))
        keys += column.codes.astype(keys.dtype, copy=False)
        if size <= max(DENSE, 4 * rows):
            seen = np.zeros(size, np.bool_)
            seen[keys] = True
            present = np.flatnonzero(seen)
            place = np.zeros(size, np.int32)
            place[present] = np.arange(len(present), dtype=np.int32)
            codes = np.take(place, keys)
        else:
            present, places = np.unique(keys, return_inverse=True)
            codes = places.astype(np.int32)
        found = [(*found[key // width], key % width) for key in present.tolist()]
    return codes, found


def joined(name: str, columns: Sequence[Column], make: Callable[..., Made]) -> Column:
    """Returns the column that a function makes of others, asked once for each combination that occurs.

    Args:
        name: Name of the new column.
        columns: What it is made of.
        make: Takes a value of each, gives the new value and who says it.
    """
    codes, combinations = combined(columns)
    made = [make(*(c.values[code] for c, code in zip(columns, entry, strict=True))) for entry in combinations]
    return distinct(name, codes, made)


def distinct(name: str, codes: Codes, said: Sequence[Made]) -> Column:
    """Returns a column of which equal values share a code.

    Args:
        name: Name of the column.
        codes: Place in `said` of each row.
        said: Value and speaker for each code.
    """
    import numpy as np

    places: dict[Made, int] = {}
    renamed = np.array([places.setdefault(entry, len(places)) for entry in said] or [0], np.int32)
    kept = list(places)
    new: Codes = codes if len(kept) == len(said) else np.take(renamed, codes)
    return Column(name, new, tuple(value for value, _ in kept), tuple(speaker for _, speaker in kept))
