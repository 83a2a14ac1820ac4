"""One planning window as it is asked for: its months, steps and layers, counted month by month.

Source: equations 10, 24, 30, 31 and 32 of docs/market.md.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, TypeVar

from coercivity.market.network.network import (
    LESS,
    MORE,
    Activity,
    Demand,
    DemandStep,
    Good,
    Network,
    Passage,
    Recipe,
    Requirement,
)
from coercivity.market.network.stores import CoverLayer
from coercivity.market.program.build import Rates
from coercivity.market.program.state import Drivers, LawShares, Shares, State
from coercivity.market.program.update import WindowUpdate
from coercivity.permission.desk.ahead import DeskAhead

INF = float("inf")
MIDDLE_OF_2024 = 2024 * 12 + 6
# A recipe may reach a hair more than its share, so that rounding never makes a month infeasible.
HAIR = 1e-9
Bucket = tuple[str, str, str, str]
Part = TypeVar("Part")


class Seen(NamedTuple):
    """What users see of the desk for one group of licences; the first month is the present one.

    Attributes:
        usable_t: Licences that can be used now.
        grants_t: Licences expected by month.
        general_t: General licences by month.
        lead: Months until a new file is taken up.
        granted: Share that is granted in the end.
        applied_most_t: Applications of a month, at most.
    """

    usable_t: float
    grants_t: list[float]
    general_t: list[float]
    lead: float
    granted: float
    applied_most_t: float


@dataclass(frozen=True)
class Asked:
    """One window: what the world is made of, when it is planned, what the month before left.

    Attributes:
        law: Treatment of a group of licences in a period, by shares of its days.
        first: Month of planning.
        lengths: Months of each period of the grid.
        desk: What users see of the licensing desk.
        keeping: Whether products can be stored.
        delays: Shipments of which customs hold a part, each with its shares by months.
    """

    network: Network
    rates: Rates
    law: LawShares
    drivers: Drivers
    state: State
    first: int
    lengths: tuple[int, ...]
    desk: DeskAhead
    keeping: bool = True
    delays: Mapping[tuple[str, ...], tuple[float, ...]] = field(default_factory=dict)

    @property
    def periods(self) -> range:
        return range(len(self.lengths))

    def months(self, p: int) -> range:
        """The months of a period."""
        begin = self.first + sum(self.lengths[:p])
        return range(begin, begin + self.lengths[p])

    def seen(self, month: int) -> int:
        """The last month that is foreseen stands for those after it."""
        return min(month, self.first + self.drivers.foresight - 1)

    def period(self, month: int) -> int | None:
        """The period of a month, None after the window."""
        return next((p for p in self.periods if month in self.months(p)), None)

    def beta(self, months: float) -> float:
        return float((1 + self.rates.discount) ** (-months / 12))

    def now(self, p: int) -> float:
        """Present value in the middle of a period, the first month being now."""
        months = self.months(p)
        return self.beta((months[0] + months[-1]) / 2 - self.first)

    def arrives(self, p: int, lag: int) -> dict[int | None, float]:
        """Share of what begins in a period by the period in which it arrives, a month's worth in each month."""
        if (p, lag) not in self._arrives:
            found = self._arrives[p, lag] = {}
            for month in self.months(p):
                at = self.period(month + lag)
                found[at] = found.get(at, 0.0) + 1 / self.lengths[p]
        return self._arrives[p, lag]

    @cached_property
    def _arrives(self) -> dict[tuple[int, int], dict[int | None, float]]:
        return {}

    def gates(self, bucket: Bucket, p: int) -> Shares:
        return self.law(bucket, self.months(p)[0], self.lengths[p], self.first)

    def permission(self, bucket: Bucket) -> Seen:
        """What users see of the licensing desk for one group of licences."""
        at = [b.name for b in self.network.buckets].index(bucket)
        return Seen(
            float(self.desk.usable_t[at]),
            [float(mass) for mass in self.desk.grants_t[at]],
            [float(mass) for mass in self.desk.general_t[at]],
            float(self.desk.lead_months[at]),
            float(self.desk.granted[at]),
            float(self.desk.applied_most_t[at]),
        )

    # Demand, designs, requirements and what comes by itself, month by month.

    def demand(self, use: str, region: str) -> Demand:
        return next(d for d in self.network.demands if (d.use, d.region) == (use, region))

    def wanted(self, demand: Demand, month: int) -> float:
        """Demand of a month; equation 24 of docs/market.md."""
        shift = self.drivers.wanted(demand.use, demand.region, month, self.first)
        return float(demand.wanted_t * (1 + demand.growth) ** ((month - MIDDLE_OF_2024) / 12) * shift)

    def reached(self, recipe: Recipe, p: int) -> float:
        """The largest supply of a recipe in a period; equations 32 and 73 of docs/market.md."""
        demand, most = self.demand(recipe.use, recipe.region), 0.0
        for own in self.months(p):
            month, share = self.seen(own), recipe.most_share
            if recipe.speed:
                # It gains in every month from that in which it can be used, of a qualification begun or to be begun now.
                usable = self.state.qualified_on.get(recipe.activity, self.first + recipe.wait)
                # A qualification goes on beyond what is foreseen of demand.
                until = own if recipe.wait else month
                gaining = [each for each in range(self.first, until + 1) if each >= usable]
                share = min(share, self.state.ready.get(recipe.activity, 0.0) + recipe.speed * len(gaining))
            elif recipe.drift:
                share = min(share, recipe.drift * max(month - MIDDLE_OF_2024, 0))
            most += share * self.wanted(demand, month)
        return most * (1 + HAIR)

    def least(self, required: Requirement, p: int) -> float | None:
        """What is required in a period; None where nothing is; equation 30 of docs/market.md."""
        own = [self.drivers.due_t(required.name, month, self.first, self.state) for month in self.months(p)]
        due = [mass for mass in own if mass is not None]
        if due:
            return self._after_refusal(required, sum(due), p) if any(due) else None
        months = [month for month in self.months(p) if required.first <= month <= required.last]
        if not months or self.first < required.published:
            return None
        shares = list(required.of)
        if not shares and required.use[0]:
            shares = [(required.use, 1.0)]
        if not shares:
            return required.least * len(months)
        return sum(
            required.least * share * self.wanted(self.demand(*of), self.seen(month))
            for month in months
            for of, share in shares
        )

    def _after_refusal(self, required: Requirement, due: float, p: int) -> float:
        """What is due once sellers are released of what licences do not let through; equation 77 of docs/market.md."""
        if required.released is None:
            return due
        bucket = required.released
        own = [self.drivers.released(required.name, month, self.first) for month in self.months(p)]
        share = self._by_due(required, own, p)
        seen, gates = self.permission(bucket), self.gates(bucket, p)
        free = sum(part for gate, part in gates if gate.passes == "free")
        asked = sum(part for gate, part in gates if gate.passes in ("licence", "presumed_denial"))
        after_lead = [min(max(month + 1 - self.first - seen.lead, 0.0), 1.0) for month in self.months(p)]
        through = due * asked * seen.granted * sum(after_lead) / self.lengths[p]
        ahead = [month - self.first for month in self.months(p)]
        through += sum(seen.grants_t[n] + seen.general_t[n] for n in ahead) + (seen.usable_t if p == 0 else 0.0)
        return due - share * max((1 - free) * due - through, 0.0)

    def unqualified(self, activity: Activity) -> float:
        """What a kilogram pays for a qualification that has not begun; equation 73 of docs/market.md."""
        return sum(
            recipe.charge
            for recipe in self.network.recipes
            if recipe.activity == activity.name and recipe.activity not in self.state.qualified_on
        )

    def short_cost(self, required: Requirement, p: int) -> float:
        """What a kilogram short of a requirement costs in a period [USD/kg]; equation 77 of docs/market.md."""
        own = [self.drivers.short_cost(required.name, month, self.first, self.state) for month in self.months(p)]
        known = [cost for cost in own if cost is not None]
        return self._by_due(required, known, p) if known else (required.pay or 0.0)

    def _by_due(self, required: Requirement, each: list[float], p: int) -> float:
        """The mean over the months of a period, by what is due in each."""
        due = [self.drivers.due_t(required.name, month, self.first, self.state) or 0.0 for month in self.months(p)]
        if not any(due):
            return sum(each) / len(each)
        return sum(value * mass for value, mass in zip(each, due, strict=True)) / sum(due)

    def charge(self, activity: Activity, p: int) -> float:
        """Charge on an activity in a period, the mean over its months."""
        if activity.name not in self.drivers.charged:
            return 0.0
        return math.fsum(
            self.drivers.charge(activity.name, month, self.first, self.state) / self.lengths[p]
            for month in self.months(p)
        )

    def loaded(self, passage: Passage, p: int) -> float:
        """The largest shipment without a licence in a period, that of its months."""
        route = (passage.good, passage.origin, passage.destination)
        return sum(self.drivers.loading(route, month) for month in self.months(p))

    def comes(self, entry: Good, p: int) -> float:
        """What arrives in a period of what is under way, and what comes without an activity."""
        under_way = sum(self.state.arriving_t.get((entry, month), 0.0) for month in self.months(p))
        return under_way + sum(self._by_itself.get((entry, month), 0.0) for month in self.months(p))

    @cached_property
    def _by_itself(self) -> dict[tuple[Good, int], float]:
        months = [month for p in self.periods for month in self.months(p)]
        come = self.drivers.arrivals(months, self.state)
        return {
            (entry, month): mass for entry, masses in come.items() for month, mass in zip(months, masses, strict=True)
        }

    # Steps and layers of a long period: two neighbours make one, of their mean worth.

    def steps(self, demand: Demand, p: int) -> list[DemandStep]:
        if self.lengths[p] == 1:
            return list(demand.steps)
        kinds: dict[str, list[DemandStep]] = {}
        for step in demand.steps:
            kinds.setdefault(step.kind, []).append(step)
        # The two steps at usual demand stay alone: the last of those used less, the first of those used more.
        less, more = kinds.pop(LESS, []), kinds.pop(MORE, [])
        groups = [pairs(each) for each in kinds.values()]
        groups += [pairs(less[:-1]), [less[-1:]], [more[:1]], pairs(more[1:])]
        return [
            DemandStep(mean([(s.worth, s.width) for s in group]), sum(s.width for s in group), group[0].kind)
            for each in groups
            for group in each
            if group
        ]

    def layers(self, p: int) -> list[CoverLayer]:
        if self.lengths[p] == 1:
            return list(self.rates.layers)
        return [
            CoverLayer(sum(each.width for each in group), mean([(each.worth, each.width) for each in group]))
            for group in pairs(list(self.rates.layers))
        ]


def asked_of(update: WindowUpdate, state: State, month: int, seen: DeskAhead) -> Asked:
    """The same window for the second build."""
    window = update.window
    return Asked(
        window.network,
        window.rates,
        update.shares,
        update.drivers,
        state,
        month,
        window.grid.periods,
        seen,
        keeping=window.keeping,
        delays=window.delays,
    )


def pairs(found: list[Part]) -> list[list[Part]]:
    return [found[place : place + 2] for place in range(0, len(found), 2)]


def mean(weighed: list[tuple[float, float]]) -> float:
    return sum(value * weight for value, weight in weighed) / sum(weight for _, weight in weighed)
