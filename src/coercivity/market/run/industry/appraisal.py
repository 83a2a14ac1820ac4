"""What the owners of a project expect from a plan: the worth of a unit of capacity, and the prices of its products."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coercivity.base.canonical import round_sig
from coercivity.base.sums import total
from coercivity.market.network.network import Activity
from coercivity.market.program.build import PlanningWindow
from coercivity.market.program.lp import Solved
from coercivity.market.run.mechanisms import Committed

TINY = 1e-9
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a plan says of a unit of capacity, as a mean over its periods from a lead time on.

    Attributes:
        worth: Worth of one more unit to those that run already [USD/kg].
        forgiven: Part of the cost that the base year forgave to them, negative [USD/kg].
        support: Charge on what it makes, negative if it is supported [USD/kg].
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
        for activity in window.network.activities:
            for name, weight in activity.limits:
                if name in self._users:
                    self._users[name].append((activity, weight))
        self._columns = {
            name: np.array([[window.column("act", a.name, p) for p in periods] for a, _ in users]).reshape(
                -1, window.periods
            )
            for name, users in self._users.items()
        }
        self._weights = {name: np.array([weight for _, weight in users]) for name, users in self._users.items()}
        self._rows = {
            name: np.array([window.row("limit", name, p) for p in periods])
            for name in self._users
            if name not in window.alone
        }
        self._made = {name: self._products(users) for name, users in self._users.items()}

    def _products(self, users: list[tuple[Activity, float]]) -> list[tuple[str, int, float, Floats]]:
        """Returns the products that are made at once: name, place of the activity, mass, and rows by period."""
        lp = self.window.lp
        found: list[tuple[str, int, float, Floats]] = []
        for place, (activity, _) in enumerate(users):
            for given in activity.gives:
                rows = [lp.rows["good", given.good, p] for p in range(self.window.periods)]
                found.append((given.good.name, place, given.mass, np.array(rows)))
        return found

    @property
    def names(self) -> frozenset[str]:
        """The capacities that some activity uses."""
        return frozenset(name for name, users in self._users.items() if users)

    def expected(self, done: Committed, name: str, lead: float) -> Expected:
        """Returns what the plan of a month expects from a capacity.

        Args:
            done: The month.
            name: The capacity.
            lead: Months until output; later periods count by their months.
        """
        window, plan = self.window, done.plan
        months = self._months(lead)
        shares = months / months.sum()
        now = shares / window.discounts
        cols, weights, users = self._columns[name], self._weights[name], self._users[name]
        worth = float(self._worth(plan, name) @ now)
        # By what the plan does then; by nothing else than their number, where it does nothing.
        used = (plan.value[cols] * weights[:, None]) @ (months > 0)
        mix = used / used.sum() if used.sum() > TINY else np.full(len(users), 1 / len(users))
        each = mix / weights
        forgiven = total(float(part) * min(a.calibrated, 0.0) for part, (a, _) in zip(each, users, strict=True))
        charged, later = done.update.drivers.charged, [(p, s) for p, s in enumerate(shares.tolist()) if s]
        support = total(
            float(part) * total(share * done.update.charge(a, done.before, p) for p, share in later)
            for part, (a, _) in zip(each, users, strict=True)
            if a.name in charged
        )
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

    def _worth(self, plan: Solved, name: str) -> Floats:
        """Returns the saving from one more unit of a capacity by period, discounted [USD/kg]."""
        if name in self._rows:
            found: Floats = -plan.dual[self._rows[name]]
        else:
            found = -plan.reduced_cost[self._columns[name][0]] / self._weights[name][0]
        return found.clip(min=0.0)

    def _months(self, lead: float) -> Floats:
        """Returns the months of each period from a lead time on; those of the last, if none is."""
        starts, lengths = np.array(self.window.grid.starts), np.array(self.window.grid.periods, dtype=float)
        found: Floats = np.clip(starts + lengths - max(lead, 0.0), 0.0, lengths)
        return found if found.any() else np.where(starts == starts[-1], lengths, 0.0)
