"""The verb `data draws`: rows with a range, how draws draw them, and why others are not drawn."""

from __future__ import annotations

from typing import TypedDict

from coercivity.ensemble.rows import ranged_rows


class RangeEntry(TypedDict):
    """A row with a range; `unit` is that of its three figures.

    `row` is its table and key, `together_with` the row whose coordinate it takes, `adds_up_with` the name of the rows
    with which it is scaled to a constant sum, `why_not` the reason why it is not drawn.
    """

    row: str
    what: str
    group: str
    value: float
    low: float
    high: float
    unit: str
    drawn: bool
    distribution: str
    together_with: str
    adds_up_with: str
    why_not: str


def data_draws(*, drawn: bool | None = None) -> tuple[RangeEntry, ...]:
    """Returns the rows of the packs that have a range.

    Args:
        drawn: Only those that are drawn, or only those that are not; None for all.

    Raises:
        CoercivityError: If a range is upside down, or a row is not listed.
    """
    return tuple(
        RangeEntry(
            row=row.name,
            what=row.what,
            group=row.group,
            value=row.value,
            low=row.low,
            high=row.high,
            unit=row.unit,
            drawn=row.drawn,
            distribution=row.distribution or "",
            together_with=row.leader,
            adds_up_with=row.adds_up,
            why_not=row.reason,
        )
        for row in ranged_rows()
        if drawn is None or row.drawn == drawn
    )
