"""The planning grid: months of a window gathered into periods, single months first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from coercivity.base.errors import Faults
from coercivity.base.sums import total

SINGLE_MONTHS = 3
LONGEST_MONTHS = 120
LONGEST_PERIOD = 24


@dataclass(frozen=True)
class PlanningGrid:
    """Periods of a planning window.

    Attributes:
        periods: Length of each period [months].
    """

    periods: tuple[int, ...]

    @cached_property
    def months(self) -> int:
        """Length of the window [months]."""
        return total(self.periods)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """First month of each period, counted from the start of the window."""
        return tuple(total(self.periods[:p]) for p in range(len(self.periods)))

    @cached_property
    def period_of(self) -> tuple[int, ...]:
        """Period of each month of the window."""
        return tuple(p for p, length in enumerate(self.periods) for _ in range(length))

    def months_of(self, period: int) -> range:
        """Returns the months of a period, counted from the start of the window."""
        return range(self.starts[period], self.starts[period] + self.periods[period])

    def middle(self, period: int) -> float:
        """Returns the middle of a period, counted in months from the middle of the first month."""
        return self.starts[period] + (self.periods[period] - 1) / 2

    def spread(self, period: int, lag: int) -> tuple[tuple[int, float], ...]:
        """Returns the periods in which something begun evenly in a period arrives, with the share of each.

        The period after the last one stands for everything that arrives after the window.

        Args:
            period: Period in which it begins.
            lag: Months until it arrives.
        """
        found = self._spreads.get((period, lag))
        if found is None:
            counts: dict[int, int] = {}
            for month in self.months_of(period):
                when = month + lag
                at = self.period_of[when] if when < self.months else len(self.periods)
                counts[at] = counts.get(at, 0) + 1
            found = tuple((at, count / self.periods[period]) for at, count in sorted(counts.items()))
            self._spreads[period, lag] = found
        return found

    @cached_property
    def _spreads(self) -> dict[tuple[int, int], tuple[tuple[int, float], ...]]:
        return {}


def planning_grid(periods: Sequence[object], months: object = None, *, where: str = "") -> PlanningGrid:
    """Returns a planning grid from the values of a file.

    Args:
        periods: Length of each period [months], the first three one month each.
        months: Length of the window as stated beside it [months]; None if not stated.
        where: Place of the values.

    Raises:
        CoercivityError: With every error in the values.
    """
    faults = Faults()
    advice = "write for example months: 42 and periods: [1, 1, 1, 3, 3, 3, 6, 12, 12]"
    lengths = [_whole(value) for value in periods]
    for place, (length, value) in enumerate(zip(lengths, periods, strict=True), 1):
        if length is None or not 1 <= length <= LONGEST_PERIOD:
            what = f"period {place} is {str(value)[:20]!r}, not a whole number of months from 1 to {LONGEST_PERIOD}"
            faults.add("GRID", what, where=where, next=advice)
    if len(lengths) < SINGLE_MONTHS or any(length != 1 for length in lengths[:SINGLE_MONTHS]):
        what = f"the first {SINGLE_MONTHS} periods are not single months"
        faults.add("GRID", what, where=where, next=f"begin with 1, 1, 1: {advice}")
    known = [length for length in lengths if length is not None]
    found = total(known)
    if len(known) == len(lengths):
        if months is not None and _whole(months) != found:
            what = f"the periods add up to {found} months, but months is {str(months)[:20]!r}"
            faults.add("GRID", what, where=where, next=advice)
        if found > LONGEST_MONTHS:
            what = f"the grid covers {found} months, more than {LONGEST_MONTHS}"
            faults.add("GRID", what, where=where, next="give fewer or shorter periods")
    faults.raise_if_any()
    return PlanningGrid(tuple(known))


def _whole(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    text = value.strip() if isinstance(value, str) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else None
