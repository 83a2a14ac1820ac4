"""The cells of one column, with each distinct text read once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from coercivity.base.days import ONE_DAY, Day
from coercivity.intake.cells.cell import Cell
from coercivity.intake.cells.contents import SHARES
from coercivity.intake.cells.reader import LONGEST_ID

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

MOST_KEPT = 200_000
TEXTS = ("id", "title", "title_zh", "group", "note")
_ODD = r"^\s*[=＝﹦]|[\p{C}\p{Zl}\p{Zp}]"
_PLAIN = r"^\d{1,12}(\.\d{1,6})?$"
_EITHER = r"^\d{1,3}\.\d{3}$"  # thousands or thousandths: left to the reader
BLANK = Cell()


@dataclass(frozen=True, slots=True, eq=False)
class ReadColumn:
    """One column of a part, read.

    Attributes:
        name: Name of the column in the table.
        role: Fact or field it is mapped to.
        codes: Index in `cells` of each row, shape (rows,).
        texts: The distinct texts.
        cells: The reading of each text.
        written: Original value of each row, shape (rows,).
        numbers: For quantities and prices of a frame, the number of each row, NaN if there is none, shape (rows,).
    """

    name: str
    role: str
    codes: NDArray[np.int64]
    texts: Sequence[str]
    cells: Sequence[Cell]
    written: pl.Series | list[str]
    numbers: NDArray[np.float64] | None = None

    def taken(self, rows: NDArray[np.int64]) -> ReadColumn:
        """Returns some rows of the column, by index."""
        written = [self.written[row] for row in rows.tolist()] if isinstance(self.written, list) else self.written[rows]
        numbers = None if self.numbers is None else self.numbers[rows]
        return ReadColumn(self.name, self.role, self.codes[rows], self.texts, self.cells, written, numbers)


class CellMemory:
    """Reads cells with a reader and caches the readings.

    Args:
        reader: Reads one text.
    """

    def __init__(self, reader: Callable[[str], Cell]) -> None:
        self._reader = reader
        self._known: dict[str, Cell] = {}

    def read(self, text: str) -> Cell:
        """Returns the reading of a text."""
        found = self._known.get(text)
        if found is None:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            found = self._known[text] = self._reader(text)
        return found


def read_column(name: str, role: str, series: pl.Series, memory: CellMemory) -> ReadColumn:
    """Returns the cells of a column.

    Args:
        name: Name of the column.
        role: Fact or field it is mapped to.
        series: Its values, of any plain type, shape (rows,).
        memory: Reads and caches texts.
    """
    if role in ("quantity", "price"):
        return _read_numbers(name, role, series, memory)
    if role in TEXTS:
        return _read_texts(name, role, series, memory)
    codes, texts = coded(series)
    return ReadColumn(name, role, codes, texts, [memory.read(text) for text in texts] or [BLANK], series)


def coded(series: pl.Series) -> tuple[NDArray[np.int64], list[str]]:
    """Returns a column as indices into the list of its distinct texts; a blank is an empty text.

    Args:
        series: Values of any plain type, shape (rows,).
    """
    import numpy as np
    import polars as pl

    if isinstance(series.dtype, pl.Enum):
        names = series.dtype.categories.to_list()
        places = series.to_physical()
        if places.null_count():
            places = places.cast(pl.Int64).fill_null(len(names))
        return places.to_numpy().astype(np.int64), [*names, ""]
    if series.dtype == pl.Boolean:
        return series.cast(pl.Int64).fill_null(2).to_numpy(), ["false", "true", ""]
    if series.dtype == pl.Date:
        return _days(series)
    if series.dtype not in (pl.String, pl.Categorical):
        values = series.unique(maintain_order=True)
        texts = values.cast(pl.String).fill_null("").to_list()
        enum = series.to_frame("v").join(
            values.to_frame("v").with_row_index("k"), on="v", how="left", nulls_equal=True, maintain_order="left"
        )
        return enum["k"].to_numpy().astype(np.int64), texts
    if series.dtype == pl.String:
        series = series.fill_null("").cast(pl.Categorical(pl.Categories.random()))
    else:
        series = series.cast(pl.String).fill_null("").cast(pl.Categorical(pl.Categories.random()))
    different = series.unique(maintain_order=True)
    held = different.to_physical().to_numpy()
    renamed = np.zeros(int(held.max()) + 1 if len(held) else 1, np.int64)
    renamed[held] = np.arange(len(held), dtype=np.int64)
    return renamed[series.to_physical().to_numpy()], different.cast(pl.String).to_list()


def _days(series: pl.Series) -> tuple[NDArray[np.int64], list[str]]:
    """Returns dates as indices into the range of dates that occur."""
    import polars as pl

    low, high = series.min(), series.max()
    if not isinstance(low, Day) or not isinstance(high, Day):
        return series.is_null().cast(pl.Int64).to_numpy(), ["", ""]
    span = (high - low).days + 1
    if span > MOST_KEPT:
        return coded(series.cast(pl.String))
    first = (low - Day(1970, 1, 1)).days
    codes = (series.to_physical() - first).fill_null(span).cast(pl.Int64).to_numpy()
    return codes, [*((low + ONE_DAY * place).isoformat() for place in range(span)), ""]


def _read_texts(name: str, role: str, series: pl.Series, memory: CellMemory) -> ReadColumn:
    """Returns texts that are only passed through: only those that could contain an error are read."""
    import polars as pl

    texts = series.cast(pl.String)
    odd = texts.str.contains(_ODD).fill_null(False) | (texts.str.len_chars() > LONGEST_ID).fill_null(False)
    if role == "note":
        odd = odd | texts.str.contains(SHARES).fill_null(False)
    codes = odd.cast(pl.Int64).to_numpy().copy()
    some, names = coded(texts.filter(odd))
    codes[odd.to_numpy()] = some + 1
    return ReadColumn(name, role, codes, ["", *names], [BLANK, *(memory.read(text) for text in names)], series)


def _read_numbers(name: str, role: str, series: pl.Series, memory: CellMemory) -> ReadColumn:
    """Returns plain numbers unchanged; only other texts go through the reader."""
    import numpy as np
    import polars as pl

    rows = len(series)
    codes = np.zeros(rows, np.int64)
    if series.dtype.is_numeric():
        numbers = series.cast(pl.Float64).fill_null(float("nan")).to_numpy().copy()
        odd = series.is_not_null().to_numpy() & ~(np.isfinite(numbers) & (numbers >= 0))
        texts = [""]
        if odd.any():
            some, names = coded(series.filter(pl.Series(odd)).cast(pl.String))
            codes[odd], texts = some + 1, ["", *names]
        numbers[odd] = np.nan
        cells = [BLANK, *(memory.read(text) for text in texts[1:])]
        return ReadColumn(name, role, codes, texts, cells, series, numbers)
    plain = (series.str.contains(_PLAIN) & ~series.str.contains(_EITHER)).fill_null(False)
    numbers = series.set(~plain, None).cast(pl.Float64, strict=False).fill_null(float("nan")).to_numpy().copy()
    odd = (~plain & series.is_not_null()).to_numpy()
    some, names = coded(series.filter(pl.Series(odd)))
    codes[odd] = some + 1
    cells = [BLANK, *(memory.read(text) for text in names)]
    values = np.array([float(cell.value) if isinstance(cell.value, Decimal) else np.nan for cell in cells])
    numbers[odd] = values[codes[odd]]
    return ReadColumn(name, role, codes, ["", *names], cells, series, numbers)
