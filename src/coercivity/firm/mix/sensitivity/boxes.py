"""Bounds of the columns of a programme that have none: what its rows imply."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from coercivity.base.linear import INF, Floats, Places

ROUNDS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """The numbers of a programme.

    Attributes:
        cost: Cost of each column, shape (columns,).
        low: Lower bound of each column.
        high: Upper bound of each column.
        row_low: Least value of each row, shape (rows,).
        row_high: Greatest value of each row.
        rows: Row of each entry, shape (entries,).
        cols: Column of each entry.
        values: Value of each entry.
    """

    cost: Floats
    low: Floats
    high: Floats
    row_low: Floats
    row_high: Floats
    rows: Places
    cols: Places
    values: Floats


def boxed(numbers: Numbers) -> Numbers:
    """Returns the same numbers with the bounds that rows imply for columns without any.

    Every point of the programme keeps them; a column stays without a bound where no row implies one.
    """
    numbers = _without_zeros(numbers)
    low, high = numbers.low.copy(), numbers.high.copy()
    open_low, open_high = low == -INF, high == INF
    positive = numbers.values > 0.0
    for _ in range(ROUNDS):
        least, most = _ends(numbers, low, high, positive)
        rest_least, rest_most = _without(numbers, least, -INF), _without(numbers, most, INF)
        under = (numbers.row_high[numbers.rows] - rest_least) / numbers.values
        over = (numbers.row_low[numbers.rows] - rest_most) / numbers.values
        implied_high, implied_low = np.full(len(high), INF), np.full(len(low), -INF)
        np.minimum.at(implied_high, numbers.cols, np.where(positive, under, over))
        np.maximum.at(implied_low, numbers.cols, np.where(positive, over, under))
        high = np.where(open_high, np.minimum(high, implied_high), high)
        low = np.where(open_low, np.maximum(low, implied_low), low)
    return replace(numbers, low=low, high=high)


def _without_zeros(numbers: Numbers) -> Numbers:
    given = numbers.values != 0.0
    return replace(numbers, rows=numbers.rows[given], cols=numbers.cols[given], values=numbers.values[given])


def _ends(numbers: Numbers, low: Floats, high: Floats, positive: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Returns the least and the most that each entry contributes to its row."""
    one, other = numbers.values * low[numbers.cols], numbers.values * high[numbers.cols]
    return np.where(positive, one, other), np.where(positive, other, one)


def _without(numbers: Numbers, part: Floats, endless: float) -> Floats:
    """Returns for each entry the sum of the others of its row; endless where one of them is."""
    without_end = np.isinf(part)
    finite = np.where(without_end, 0.0, part)
    count = len(numbers.row_low)
    sums = np.bincount(numbers.rows, finite, count)[numbers.rows] - finite
    ends = np.bincount(numbers.rows, without_end, count)[numbers.rows] - without_end
    return np.where(ends > 0.5, endless, sums)
