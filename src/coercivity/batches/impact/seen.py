"""Rows that say the same, in all that is decided by, share one result: it is worked out once, not once in each part.

A row is known again by the texts of its cells. Names of rows, amounts and currencies differ from row to row and decide
nothing: only whether such a cell is blank counts, and a row in which one of them says more is judged by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from coercivity.batches.impact.kinds import Kind
from coercivity.batches.stage.cells import TEXTS, ReadColumn
from coercivity.batches.stage.no_deals import is_blank, says_other
from coercivity.files.bounds import text_bytes

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

BESIDE = frozenset((*TEXTS, "quantity", "price", "currency"))
MOST_ROWS = 1_000_000  # kept; then all are forgotten
MOST_BYTES = 64 << 20  # of text
NOT_SEEN = -1
_PLACE, _OF = "place", "of"  # the columns of keys have other names


def apart(read: Sequence[ReadColumn], broken: Collection[int], rows: int) -> NDArray[np.bool_]:
    """Returns the rows that are judged by themselves, shape (rows,).

    Args:
        read: The columns of the roles `BESIDE`, read.
        broken: Rows that could not be read.
        rows: Number of rows.
    """
    import numpy as np

    found = np.zeros(rows, np.bool_)
    found[list(broken)] = True
    for column in read:
        if column.role == "currency":
            wrong = np.array([cell.fault is not None for cell in column.cells])
            found |= wrong[column.codes]
        else:
            found |= column.codes != 0
        other = says_other(column)
        if other is not None:
            found |= other
    return found


@dataclass(slots=True, eq=False)
class _Memory:
    """What is kept until the memory is full.

    Attributes:
        types: Types of the columns that decide; other types begin another memory.
        texts: A column of every type of numbered texts: the numbers last as long as one is there.
        rows: Numbers of the texts of each kept row, and the place of its kind.
        size: Bytes of text in the rows that were judged, which bounds that of the numbered texts.
    """

    types: tuple[pl.DataType, ...]
    texts: list[pl.Series]
    rows: pl.DataFrame | None = None
    size: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Rows that are looked for: the numbers of their texts, the memory that gave them, and the rows it then had."""

    keys: pl.DataFrame
    memory: _Memory
    held: pl.DataFrame | None

    def first_of(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Returns the first of those rows that say the same, and for each row which of these it is.

        Args:
            rows: Indices of some rows, in ascending order.

        Returns:
            Indices in `rows`, ascending; and for each entry of `rows` the place among them, shape (len(rows),).
        """
        import numpy as np
        import polars as pl

        some = self.keys[rows]
        if not some.width:
            return np.arange(len(rows)), np.arange(len(rows))
        first = some.with_row_index(_PLACE).unique(some.columns, keep="first", maintain_order=True)
        of = some.join(first.with_row_index(_OF), on=some.columns, how="left", maintain_order="left")[_OF]
        return first[_PLACE].cast(pl.Int64).to_numpy(), of.cast(pl.Int64).to_numpy()


@dataclass(slots=True, eq=False)
class SeenRows:
    """The kinds of the rows of one table, by what they say.

    Attributes:
        deciding: The columns by which rows are decided.
        most_rows: Number of different rows that are kept.
    """

    deciding: Sequence[str]
    most_rows: int = MOST_ROWS
    _memory: _Memory | None = None
    _places: dict[Kind, int] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def asked(self, frame: pl.DataFrame, beside: Sequence[ReadColumn]) -> Asked:
        """Returns rows as what they are known by.

        Args:
            frame: The rows.
            beside: The columns of the roles `BESIDE`, read.
        """
        import polars as pl

        cells = frame.select(self.deciding)
        types = tuple(cells.dtypes)
        with self._lock:
            memory = self._memory
            if memory is None or memory.types != types:
                numbered = [pl.Categorical(pl.Categories.random()) for _ in types]
                memory = self._memory = _Memory(types, [pl.Series([""], dtype=kind) for kind in numbered])
        keys = [
            cells[name].cast(pl.String).fill_null("").cast(held.dtype).to_physical().alias(f"text {place}")
            for place, (name, held) in enumerate(zip(self.deciding, memory.texts, strict=True))
        ]
        keys += [pl.Series(f"blank {c.name}", is_blank(c)) for c in beside if c.role not in TEXTS]
        return Asked(pl.DataFrame(keys), memory, memory.rows)

    def places(self, asked: Asked) -> NDArray[np.int64]:
        """Returns the place of the kind of each row, `NOT_SEEN` if no such row was kept, shape (rows,)."""
        import numpy as np

        held = asked.held
        if held is None or not asked.keys.width:
            return np.full(asked.keys.height, NOT_SEEN, np.int64)
        found = asked.keys.join(held, on=asked.keys.columns, how="left", maintain_order="left")
        return found[_PLACE].fill_null(NOT_SEEN).to_numpy().copy()

    def numbered(self, kinds: Sequence[Kind]) -> NDArray[np.int64]:
        """Returns the places of kinds, which stay the same."""
        import numpy as np

        with self._lock:
            return np.array([self._places.setdefault(kind, len(self._places)) for kind in kinds], np.int64)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds, by place."""
        with self._lock:
            return tuple(self._places)

    def keep(self, asked: Asked, rows: NDArray[np.int64], places: NDArray[np.int64], judged: pl.DataFrame) -> None:
        """Keeps rows, none of which was seen and no two of which say the same.

        Args:
            asked: The rows of the part.
            rows: Those to keep, by index.
            places: The place of the kind of each of them, shape (number of rows to keep,).
            judged: All rows of the part that were judged; the texts of the others were numbered before.
        """
        import polars as pl

        if not asked.keys.width:
            return
        new = asked.keys[rows].with_columns(pl.Series(_PLACE, places, pl.Int64))
        with self._lock:
            memory = asked.memory
            if memory is not self._memory or memory.rows is not asked.held:
                return  # meanwhile others were kept, perhaps the same
            memory.rows = new if memory.rows is None else pl.concat([memory.rows, new], rechunk=True)
            memory.size += text_bytes(judged.select(self.deciding))
            if memory.rows.height > self.most_rows or memory.size > MOST_BYTES:
                self._memory = None
