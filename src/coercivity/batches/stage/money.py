"""The value of rows, from quantity, price and currency."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coercivity.batches.stage.cells import ReadColumn
from coercivity.batches.stage.column import Column, combined

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NEEDED = frozenset(("quantity", "price"))


def worths(read: Sequence[ReadColumn], rows: int) -> tuple[NDArray[np.float64], NDArray[np.int64], list[str]]:
    """Returns the value of each row, and its currency as an index into a list of codes.

    The price is per unit of the quantity, as in a case folder. Nothing is converted.

    Args:
        read: The columns, read.
        rows: Number of rows.

    Returns:
        The value in units of its currency, NaN if quantity, price or currency is not known, shape (rows,); the index of
        the currency of each row, shape (rows,); and the codes, of which the first is empty: no value.
    """
    import numpy as np

    columns = {column.role: column for column in read if column.role in ("quantity", "price", "currency")}
    if not columns.keys() >= NEEDED:
        return np.full(rows, np.nan), np.zeros(rows, np.int64), [""]
    price, quantity = columns["price"], columns["quantity"]
    assert price.numbers is not None
    assert quantity.numbers is not None
    worth: NDArray[np.float64] = quantity.numbers * price.numbers
    beside = [Column("price", price.codes, tuple(cell.unit for cell in price.cells))]
    if (stated := columns.get("currency")) is not None:
        words = tuple(cell.value if isinstance(cell.value, str) else "" for cell in stated.cells)
        beside.append(Column("currency", stated.codes, words))
    codes, combinations = combined(beside)
    said = [
        next(filter(None, (c.values[at] for c, at in zip(beside, entry, strict=True))), "") for entry in combinations
    ]
    names = ["", *sorted(set(said) - {""})]
    places = np.array([names.index(one) for one in said] or [0], np.int64)[codes]
    worth[places == 0] = np.nan
    places = np.where(np.isnan(worth), 0, places)
    return worth, places, names
