"""Requirements of a window in a month: what is due in each period, what licences lift, what a shortfall costs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from coercivity.base.months import Month
from coercivity.base.sums import total
from coercivity.market.network.network import Requirement
from coercivity.market.program.build import PlanningWindow
from coercivity.market.program.lp import INF
from coercivity.market.program.openings import Bucket, Days, open_months
from coercivity.market.program.state import Drivers, State
from coercivity.permission.desk.ahead import DeskAhead

# Use, region, month: demand at the prices of the base year [t].
Wanted = Callable[[str, str, Month], float]


class RequiredRows:
    """The rows of the requirements of a window, with precomputed positions.

    Source: equations 30 and 77 of docs/market.md.
    """

    def __init__(self, window: PlanningWindow, drivers: Drivers, wanted_t: Wanted) -> None:
        """Collects the rows and the columns of what falls short.

        Args:
            window: The window.
            drivers: External conditions.
            wanted_t: Demand of a use in a month.
        """
        self.window, self.drivers, self.wanted_t = window, drivers, wanted_t
        periods = range(window.periods)
        self._at = [
            (
                wanted,
                np.array([window.row("require", wanted.name, p) for p in periods], dtype=np.int32),
                np.array([window.column("short", wanted.name, p) for p in periods], dtype=np.int32),
            )
            for wanted in window.network.requirements
        ]
        self._place = {bucket.name: n for n, bucket in enumerate(window.network.buckets)}

    def to(
        self,
        months: Sequence[Month],
        seen: Sequence[Month],
        state: State,
        days: Mapping[Bucket, Sequence[Days]],
        desk: DeskAhead,
    ) -> dict[str, float]:
        """Sets what is required in each period, and returns what it is in the first, by name [t].

        Args:
            months: The months of the window.
            seen: For each, the month whose demand is foreseen for it.
            state: State after the month before.
            days: The gates of each bucket in each period.
            desk: The licensing desk as users see it.
        """
        window, first = self.window, {}
        for wanted, rows, cols in self._at:
            low = [
                self._due_t(wanted, month, months[0], known, state) for month, known in zip(months, seen, strict=True)
            ]
            found = [
                total(max(low[w], 0.0) for w in window.grid.months_of(p))
                if any(low[w] > -INF for w in window.grid.months_of(p))
                else -INF
                for p in range(window.periods)
            ]
            if wanted.released is not None:
                each = [self.drivers.released(wanted.name, month, months[0]) for month in months]
                bucket, shares = wanted.released, self._by_due(each, low)
                found = self._let_through(found, days[bucket], self._place.get(bucket), shares, desk)
            first[wanted.name] = max(found[0], 0.0)
            window.lp.row_bounds(rows, np.array(found), np.full(len(rows), INF))
            paid = [self.drivers.short_cost(wanted.name, month, months[0], state) for month in months]
            cost = [each for each in paid if each is not None]
            if cost:
                window.lp.costs(cols, np.array(self._by_due(cost, low)) * window.discounts)
        return first

    def _by_due(self, each: Sequence[float], due: Sequence[float]) -> list[float]:
        """Returns the mean of each period by what is due in its months; of a period without any the plain mean."""
        found = []
        for p in range(self.window.periods):
            months = self.window.grid.months_of(p)
            values, masses = [each[w] for w in months], [max(due[w], 0.0) for w in months]
            if min(values) == max(values):
                found.append(values[0])
                continue
            masses = masses if any(masses) else [1.0 for _ in masses]
            found.append(total(v * m for v, m in zip(values, masses, strict=True)) / total(masses))
        return found

    def _due_t(self, wanted: Requirement, month: Month, seen_from: Month, known: Month, state: State) -> float:
        """Returns what is required in a month as seen in the month of planning [t]; minus infinity if nothing."""
        due = self.drivers.due_t(wanted.name, month, seen_from, state)
        if due is not None:
            return due if due > 0 else -INF
        if not wanted.first <= month <= wanted.last or seen_from < wanted.published:
            return -INF
        of = wanted.shares
        return wanted.least * (total(each * self.wanted_t(*demand, known) for demand, each in of) if of else 1.0)

    def _let_through(
        self, due: Sequence[float], days: Sequence[Days], place: int | None, shares: Sequence[float], seen: DeskAhead
    ) -> list[float]:
        """Returns what is due in each period after what refused and pending licences lift [t].

        Args:
            due: Due with every licence, by period [t].
            days: Gates of the bucket of the shipments, by period.
            place: Place of that bucket among those with licences; None if no licence can be had.
            shares: Share of the quantity that is lifted, by period.
            seen: The licensing desk as users see it.
        """
        grid, found = self.window.grid, []
        for p, mass in enumerate(due):
            start, length = grid.starts[p], grid.periods[p]
            licensed = 0.0
            if place is not None and mass > 0:
                asked = max(days[p].open - days[p].free, 0.0)
                ready = open_months(start, length, float(seen.lead_months[place])) / length
                licensed = mass * asked * float(seen.granted[place]) * ready
                span = slice(start, start + length)
                licensed += float(seen.grants_t[place, span].sum() + seen.general_t[place, span].sum())
                licensed += float(seen.usable_t[place]) if not p else 0.0
            refused = max(max(1.0 - days[p].free, 0.0) * mass - licensed, 0.0)
            found.append(mass - shares[p] * refused if mass > 0 else mass)
        return found
