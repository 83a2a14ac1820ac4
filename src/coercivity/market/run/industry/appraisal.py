"""What the owners of a project expect from a plan: the worth of a unit of capacity, and the prices of its products."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coercivity.base.canonical import round_sig
from coercivity.base.sums import total
from coercivity.market.network.further_ores import other_ores
from coercivity.market.network.network import Activity
from coercivity.market.program.build import PlanningWindow, supplied_by
from coercivity.market.program.lp import Solved
from coercivity.market.run.contracts.deliveries import CONTRACT
from coercivity.market.run.mechanisms import Committed

TINY = 1e-9
# Names of the capacities of floors for limited tonnes.
FLOOR = "floor:"
Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a plan says of a unit of capacity, as a mean over its periods from a lead time on.

    Attributes:
        worth: Worth of one more unit to those that run already [USD/kg].
        forgiven: Part of the cost that the base year forgave to them, negative [USD/kg].
        support: What those that run pay on what they make beside its price; negative if a floor or contract pays them
            [USD/kg].
        made: Products by name: mass per unit of capacity [t/t] and price [USD/kg].
        months: First and last month of these periods, counted from the first of the plan.
    """

    worth: float
    forgiven: float
    support: float
    made: Mapping[str, tuple[float, float]]
    months: tuple[int, int]

    @property
    def margin(self) -> float:
        """Margin of an entrant, to whom nothing is forgiven, before floors and offtakes [USD/kg].

        Support to those that run counts later, by its own terms.
        """
        return self.worth + self.forgiven + self.support


class Appraiser:
    """Reads the expected margin of capacities from plans.

    Source: equation 69 of docs/market.md.
    """

    def __init__(self, window: PlanningWindow, names: Iterable[str]) -> None:
        """Finds the columns and rows of some capacities.

        Args:
            window: The window.
            names: The capacities, each of which some activity uses.
        """
        self.window, periods = window, range(window.periods)
        self._users: dict[str, list[tuple[Activity, float]]] = {name: [] for name in names}
        # Light separation begun later also opens its region to further ores, where ores of 2024 have capacity enough.
        self._opens = {
            name: other_ores(name.partition(":")[2])
            for name in self._users
            if name.startswith("sep_light:") and other_ores(name.partition(":")[2]) in window.network.limits
        }
        limited = [name for name in window.network.limits if name.startswith(FLOOR)] + sorted(self._opens.values())
        for activity in window.network.activities:
            for name, weight in activity.limits:
                if name in self._users:
                    self._users[name].append((activity, weight))
        self._of_2024 = {
            name: np.array(
                [self._opens.get(name) not in {limit for limit, _ in a.limits} for a, _ in users], dtype=bool
            )
            for name, users in self._users.items()
        }
        self._columns = {
            name: np.array([[window.column("act", a.name, p) for p in periods] for a, _ in users]).reshape(
                -1, window.periods
            )
            for name, users in self._users.items()
        }
        self._weights = {name: np.array([weight for _, weight in users]) for name, users in self._users.items()}
        self._rows = {
            name: np.array([window.row("limit", name, p) for p in periods])
            for name in (*self._users, *limited)
            if name not in window.alone
        }
        self._alone = {
            name: (np.array([window.column("act", window.alone[name][0], p) for p in periods]), window.alone[name][1])
            for name in (*self._users, *limited)
            if name in window.alone
        }
        self._sold = self._contracts()
        self._made = {name: self._products(users) for name, users in self._users.items()}

    def _products(self, users: list[tuple[Activity, float]]) -> list[tuple[str, int, float, Indices]]:
        """Returns the products that are made at once: name, place of the activity, mass, and rows by period."""
        lp = self.window.lp
        found: list[tuple[str, int, float, Indices]] = []
        for place, (activity, _) in enumerate(users):
            for given in activity.gives:
                rows = [lp.rows["good", given.good, p] for p in range(self.window.periods)]
                found.append((given.good.name, place, given.mass, np.array(rows)))
        return found

    def _contracts(self) -> dict[str, list[tuple[int, float, Indices]]]:
        """Returns the contracts that count what a capacity makes: place of the activity, tonnes, and rows by period."""
        window = self.window
        found: dict[str, list[tuple[int, float, Indices]]] = {name: [] for name in self._users}
        for wanted in window.network.requirements:
            if wanted.name.startswith(CONTRACT):
                rows = np.array([window.row("require", wanted.name, p) for p in range(window.periods)])
                counted = dict(supplied_by(window.network, wanted))
                for name, users in self._users.items():
                    found[name] += [(n, counted[a.name], rows) for n, (a, _) in enumerate(users) if a.name in counted]
        return found

    @property
    def names(self) -> frozenset[str]:
        """The capacities that some activity uses."""
        return frozenset(name for name, users in self._users.items() if users)

    def expected(self, done: Committed, name: str, lead: float, *, entrant: bool = False) -> Expected:
        """Returns what the plan of a month expects from a capacity.

        Args:
            done: The month.
            name: The capacity.
            lead: Months until output; later periods count by their months.
            entrant: Whether it is of a new plant, which may also treat ores that its region did not treat in 2024.
        """
        found = self._expected(done, name, lead, self._of_2024[name])
        if not entrant or name not in self._opens:
            return found
        other = self._expected(done, name, lead, ~self._of_2024[name], self._opens[name])
        return other if other.margin > found.margin else found

    def _expected(
        self, done: Committed, name: str, lead: float, counted: NDArray[np.bool_], beside: str = ""
    ) -> Expected:
        """Returns what the plan of a month expects from a capacity in some of its activities.

        Args:
            done: The month.
            name: The capacity.
            lead: Months until output.
            counted: The activities.
            beside: A further capacity that a unit adds to.
        """
        window, plan = self.window, done.plan
        months = self._months(lead)
        shares = months / months.sum()
        now = shares / window.discounts
        cols, weights, users = self._columns[name], self._weights[name], self._users[name]
        worth = float(self._worth(plan, name) @ now)
        if beside:
            worth += float(self._worth(plan, beside) @ now)
        # By what the plan does then; by nothing else than their number, where it does nothing.
        used = (plan.value[cols] * weights[:, None]) @ (months > 0) * counted
        if used.sum() > TINY:
            mix = used / used.sum()
        elif beside:
            # Nothing of it is planned: the ore that lacks least, by what it lacks.
            lacking = np.where(counted, (plan.reduced_cost[cols] @ now) / weights, np.inf)
            mix = (np.arange(len(users)) == lacking.argmin()).astype(float)
            worth -= float(lacking.min())
        else:
            mix = counted / counted.sum()
        each = mix / weights
        forgiven = total(float(part) * min(a.calibrated, 0.0) for part, (a, _) in zip(each, users, strict=True))
        support = self._support(done, name, each, shares)
        made: dict[str, tuple[float, float]] = {}
        for product, place, mass, rows in self._made[name]:
            share = float(each[place]) * mass
            before, value = made.get(product, (0.0, 0.0))
            made[product] = before + share, value + share * float(plan.dual[rows] @ now)
        prices = {product: (mass, value / mass) for product, (mass, value) in made.items() if mass > TINY}
        first = int(np.flatnonzero(months)[0])
        begin = max(window.grid.starts[first], min(round(lead), window.grid.months - 1))
        return Expected(
            round_sig(worth), round_sig(forgiven), round_sig(support), prices, (begin, window.grid.months - 1)
        )

    def _support(self, done: Committed, name: str, each: Floats, shares: Floats) -> float:
        """Returns what those that run pay, or negative are paid, beyond the price of the plan [USD/kg].

        A floor for limited tonnes pays only as far as its tonnes are not the limit.
        """
        plan, now = done.plan, shares / self.window.discounts
        later = [(p, share) for p, share in enumerate(shares.tolist()) if share]
        parts: list[float] = []
        for part, (activity, _) in zip(each.tolist(), self._users[name], strict=True):
            if activity.name in done.update.drivers.charged:
                parts.append(part * total(share * done.update.charge(activity, done.before, p) for p, share in later))
                floors = [(limit, weight) for limit, weight in activity.limits if limit.startswith(FLOOR)]
                parts += [part * weight * float(self._worth(plan, limit) @ now) for limit, weight in floors]
        parts += [
            -float(each[place]) * weight * float(plan.dual[rows] @ now) for place, weight, rows in self._sold[name]
        ]
        return total(parts)

    def _worth(self, plan: Solved, name: str) -> Floats:
        """Returns the saving from one more unit of a capacity by period, discounted [USD/kg]."""
        if name in self._rows:
            found: Floats = -plan.dual[self._rows[name]]
        else:
            cols, weight = self._alone[name]
            found = -plan.reduced_cost[cols] / weight
        return found.clip(min=0.0)

    def _months(self, lead: float) -> Floats:
        """Returns the months of each period from a lead time on; those of the last, if none is."""
        starts, lengths = np.array(self.window.grid.starts), np.array(self.window.grid.periods, dtype=float)
        found: Floats = np.clip(starts + lengths - max(lead, 0.0), 0.0, lengths)
        return found if found.any() else np.where(starts == starts[-1], lengths, 0.0)
