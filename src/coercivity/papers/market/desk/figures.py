"""What the licensing desk of a run gives for a place and a date: files, decisions, pending files and times."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from coercivity.base.days import Day
from coercivity.base.months import Month, month_of, parse_month
from coercivity.base.sums import total
from coercivity.market.results.rows import QueueRow
from coercivity.practice.desk import ANY

Series = Literal[
    "new", "again", "returned", "taken", "granted", "refused", "pending", "waiting", "halted",
    "granted_t", "general_t", "used_t", "idle_t", "expired_t", "licences_t",
]  # fmt: skip
SERIES: tuple[Series, ...] = (
    "new", "again", "returned", "taken", "granted", "refused", "pending", "waiting", "halted",
    "granted_t", "general_t", "used_t", "idle_t", "expired_t", "licences_t",
)  # fmt: skip
# Fewer files than this are rounding.
TINY_FILES = 1e-6


@dataclass(frozen=True, slots=True)
class Times:
    """Time from coming in to decision [calendar days].

    Attributes:
        mean: Mean over the files decided.
        low: Least mean of a queue in a month.
        high: Greatest mean of a queue in a month.
        files: Number of files decided.
    """

    mean: float
    low: float
    high: float
    files: float


class Queues:
    """Queues of a run, taken together.

    Attributes:
        first: First month of the series.
        rows: The queues.
    """

    def __init__(self, months: Sequence[str], rows: Iterable[QueueRow]) -> None:
        self.months = tuple(months)
        self.rows = tuple(rows)
        self.first: Month = parse_month(self.months[0]) if self.months else 0

    @cached_property
    def _sums(self) -> dict[Series, list[float]]:
        return {name: [total(row[name][at] for row in self.rows) for at in range(len(self.months))] for name in SERIES}

    @property
    def countries(self) -> tuple[str, ...]:
        """Destinations of the queues, in order."""
        return tuple(sorted({row["country"] for row in self.rows}))

    def select(self, form: str = ANY, countries: Iterable[str] | None = None, user: str = ANY) -> Queues:
        """Returns those of a form, of destinations and of a kind of user.

        Args:
            form: Form of the goods; `any` for all.
            countries: ISO 3166 alpha-2 codes; None for all.
            user: `civil` or `military`; `any` for both.
        """
        places = None if countries is None else frozenset(countries)
        return Queues(
            self.months,
            (
                row
                for row in self.rows
                if form in (ANY, row["form"])
                and user in (ANY, row["user"])
                and (places is None or row["country"] in places)
            ),
        )

    def by_month(self, name: Series) -> list[float]:
        """Returns the sum over the queues by month."""
        return self._sums[name]

    def to_date(self, name: Series, on: Day) -> float | None:
        """Returns the sum up to a date, of its month the days gone by; None after the last month."""
        at = month_of(on) - self.first
        if at >= len(self.months):
            return None
        values = self.by_month(name)
        return total(values[:at]) + values[at] * _gone(on) if at >= 0 else 0.0

    def level(self, name: Series, on: Day) -> float | None:
        """Returns what there is on a date, between the ends of two months; None after the last month."""
        at = month_of(on) - self.first
        if at >= len(self.months):
            return None
        if at < 0:
            return 0.0
        values = self.by_month(name)
        before = values[at - 1] if at else 0.0
        return before + (values[at] - before) * _gone(on)

    def between(self, name: Series, first: Month, last: Month) -> float:
        """Returns the sum over months, those outside the run left out."""
        return total(self.by_month(name)[max(first - self.first, 0) : max(last - self.first + 1, 0)])

    def times(self, first: Month, last: Month) -> Times | None:
        """Returns the times of the files decided in some months; None if none is decided."""
        found: list[tuple[float, float]] = []
        for row in self.rows:
            for at in range(max(first - self.first, 0), min(last - self.first + 1, len(self.months))):
                files, days = row["granted"][at] + row["refused"][at], row["decision_days"][at]
                if files > TINY_FILES and days is not None:
                    found.append((files, days))
        files = total(count for count, _ in found)
        if not found:
            return None
        mean = total(count * days for count, days in found) / files
        return Times(mean, min(days for _, days in found), max(days for _, days in found), files)

    def first_month(self, name: Series) -> Month | None:
        """Returns the first month with more than nothing of a series."""
        values = self.by_month(name)
        return next((self.first + at for at, value in enumerate(values) if value > TINY_FILES), None)


def _gone(on: Day) -> float:
    """Returns the share of its month that is over at the end of a day."""
    return on.day / calendar.monthrange(on.year, on.month)[1]
