"""Slow, readable build of one planning window in linopy from the equations: welfare, balances, capacities, licences.

It shares the plain data with the program (network, rates, state, law, drivers) and nothing of the matrix.

Source: equations 24 to 36 of docs/market.md.
"""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

import linopy
import numpy as np
import xarray as xr

from coercivity.market.network.network import Activity, Demand, Good, Network, Passage, Recipe, Store
from coercivity.market.program.build import Rates
from coercivity.market.program.state import Drivers, Law, State
from coercivity.permission.gate import Gate

INF = float("inf")
MIDDLE_OF_2024 = 2024 * 12 + 6
TOLERANCE = 1e-10
Key = tuple[Hashable, ...]
Permission = tuple[str, str, str, str]


@dataclass(frozen=True)
class Asked:
    """One window: what the world is made of, when it is planned, what the month before left."""

    network: Network
    rates: Rates
    law: Law
    drivers: Drivers
    state: State
    first: int
    months: int
    keeping: bool = True

    def gates(self, bucket: Permission) -> list[Gate]:
        return [self.law(bucket, self.first + w, self.first) for w in range(self.months)]

    def beta(self, months: int) -> float:
        return float((1 + self.rates.discount) ** (-months / 12))


@dataclass
class Family:
    """Variables of one name, by key, with what a unit of each adds to welfare [USD/kg]."""

    name: str
    at: dict[Key, int] = field(default_factory=dict)
    worth: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    variable: Any = None

    def add(self, key: Key, worth: float, most: float = INF) -> None:
        self.at[key] = len(self.worth)
        self.worth.append(worth)
        self.most.append(most)

    def into(self, model: linopy.Model) -> Any:
        """Adds the variables, and returns what they add to welfare."""
        names = [" ".join(map(str, key)) for key in self.at]
        most = xr.DataArray(self.most, dims=self.name, coords={self.name: names})
        self.variable = model.add_variables(lower=0.0, upper=most, name=self.name)
        return (self.variable * xr.DataArray(self.worth, dims=self.name, coords=most.coords)).sum()


@dataclass
class Rows:
    """Constraints of one name: by key, the terms of the sum and the sides between which it lies."""

    name: str
    least: dict[Key, float] = field(default_factory=dict)
    most: dict[Key, float] = field(default_factory=dict)
    terms: list[tuple[Key, Family, Key, float]] = field(default_factory=list)

    def row(self, key: Key, least: float, most: float) -> None:
        self.least[key], self.most[key] = least, most

    def put(self, row: Key, family: Family, key: Key, share: float) -> None:
        self.terms.append((row, family, key, share))

    def into(self, model: linopy.Model) -> None:
        order = {key: place for place, key in enumerate(self.least)}
        parts = []
        for family in {id(f): f for _, f, _, _ in self.terms}.values():
            own = [(order[row], family.at[key], share) for row, f, key, share in self.terms if f is family]
            rows, places, shares = zip(*own, strict=True)
            picked = family.variable.isel({family.name: xr.DataArray(list(places), dims="term")})
            part = (picked * xr.DataArray(list(shares), dims="term")).drop_vars(family.name)
            parts.append(part.assign_coords(row=("term", list(rows))))
        whole = linopy.merge(parts, dim="term")
        summed = whole.groupby(whole.data["row"].rename("row")).sum()
        met = [int(place) for place in summed.data["row"].values]
        keys = list(order)
        for side, sign in ((self.least, ">="), (self.most, "<=")):
            bound = np.array([side[keys[place]] for place in met])
            held = np.isfinite(bound)
            if held.any():
                limit = xr.DataArray(bound[held], dims="row", coords={"row": summed.data["row"].values[held]})
                model.add_constraints(summed.sel(row=limit["row"]), sign, limit, name=f"{self.name} {sign}")


class Reference:
    """The window as a linopy model."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.model = linopy.Model()
        self.done, self.served, self.held, self.filed, self.unspent, self.landed = map(
            Family, ("done", "served", "held", "filed", "unspent", "landed")
        )
        self.balance, self.capacity, self.share, self.leave, self.required, self.landing = map(
            Rows, ("balance", "capacity", "share", "leave", "required", "landing")
        )
        for w in range(asked.months):
            self._variables(w)
        self._landing()
        for w in range(asked.months):
            self._balance(w)
            self._capacity(w)
            self._shares(w)
            self._leave(w)
            self._required(w)
        families = [self.done, self.served, self.held, self.filed, self.unspent, self.landed]
        welfare = [family.into(self.model) for family in families if family.at]
        for rows in (self.balance, self.capacity, self.share, self.leave, self.required, self.landing):
            if rows.terms:
                rows.into(self.model)
        self.model.add_objective(linopy.merge(welfare, cls=linopy.LinearExpression), sense="max")

    def solve(self) -> float | None:
        """Returns the welfare of the window [thousand USD], or None where nothing is feasible."""
        status, _ = self.model.solve(
            solver_name="highs",
            io_api="direct",
            output_flag=False,
            primal_feasibility_tolerance=TOLERANCE,
            dual_feasibility_tolerance=TOLERANCE,
        )
        value = self.model.objective.value
        return float(value) if status == "ok" and value is not None else None

    # Equation 25 of docs/market.md: worth of what is served, less cost of what is done, kept and filed, plus what is left.

    def _variables(self, w: int) -> None:
        asked, network = self.asked, self.asked.network
        now, after = asked.beta(w), asked.beta(asked.months)
        for activity in network.activities:
            paid = activity.cost + self._levy(activity, w)
            self.done.add((activity.name, w), -now * paid, self._passes(activity.passage, w))
        for demand in network.demands:
            wanted = self._wanted(demand, w)
            for rank, step in enumerate(demand.steps):
                self.served.add((demand.use, demand.region, rank, w), now * step.worth, step.width * wanted)
        for store in network.stores:
            for layer, (width, worth) in enumerate(self._layers(store)):
                ending = after * self._left(store.good) if w == asked.months - 1 and width < INF else 0.0
                self.held.add((store.good, layer, w), now * (worth - store.cost) + ending, width)
        for bucket in network.buckets:
            self.filed.add((bucket.name, w), -now * asked.rates.papers[bucket.name], self._most_filed(bucket.name, w))
            self.unspent.add((bucket.name, w), 0.0)

    def _levy(self, activity: Activity, w: int) -> float:
        """Tax that is not paid back, and a duty on what leaves China, on the quote at the origin [USD/kg]."""
        share = activity.levy[1] if activity.levy is not None else 0.0
        if activity.kind == "ship" and activity.key[1] == "CN":
            share += self.asked.drivers.duty(activity.key[0], self.asked.first + w)
        return share * self.asked.state.quote.get(activity.takes[0].good, 0.0) if share else 0.0

    def _layers(self, store: Store) -> list[tuple[float, float]]:
        """Width [t] and worth [USD/kg] of the layers of a stock: two halves of the cover, one more cover, the rest.

        The halves grow with what the region went without in the month before.
        """
        cover = store.cover * store.turnover_t
        careful = cover * (1 + self.asked.drivers.caution * self.asked.state.short.get(store.good.region, 0.0))
        if not self.asked.keeping or not cover:
            return [(INF, 0.0)]
        price = self.asked.network.prices.get(store.good, 0.0)
        first, second = self.asked.rates.worths
        return [(careful / 2, first * price), (careful / 2, second * price), (cover, 0.0), (INF, 0.0)]

    def _left(self, entry: Good) -> float:
        """Worth of what is left at the end, never below nothing: margin or quote, the lower; some draw the change on."""
        turned = any(s.good == entry and s.turnover_t > 0 for s in self.asked.network.stores)
        if not turned or entry not in self.asked.network.prices:
            return 0.0
        state, drivers = self.asked.state, self.asked.drivers
        base = min(state.margin.get(entry, state.quote[entry]), state.quote[entry])
        drawn = math.exp(drivers.momentum * state.trend.get(entry, 0.0))
        return max(base * ((1 - drivers.extrapolating) + drivers.extrapolating * drawn), 0.0)

    def _wanted(self, demand: Demand, w: int) -> float:
        month = self.asked.first + w
        years = (month - MIDDLE_OF_2024) / 12
        shift = self.asked.drivers.wanted(demand.use, demand.region, month)
        return float(demand.wanted_t * (1 + demand.growth) ** years * shift)

    # Equations 33 and 34 of docs/market.md: free passage needs nothing, leave is used up, prohibited shuts both.

    def _passes(self, passage: Passage | None, w: int) -> float:
        if passage is None:
            return INF
        bucket = (passage.good, passage.origin, passage.destination, passage.user)
        way = self.asked.gates(bucket)[w].passes
        opens = ("free",) if passage.way == "free" else ("licence", "presumed_denial")
        return INF if way in opens else 0.0

    def _most_filed(self, bucket: Permission, w: int) -> float:
        """Files go in only where leave is asked for, now or later in the window, and nothing is prohibited now."""
        ways = [gate.passes for gate in self.asked.gates(bucket)]
        ahead = [way for way in ways[w:] if way in ("licence", "presumed_denial")]
        if ways[w] == "shut" or not ahead:
            return 0.0
        orders = next(b.orders_t for b in self.asked.network.buckets if b.name == bucket)
        return self.asked.drivers.grants(bucket, ahead[0], self.asked.first) * orders

    # What lands after the window counts a month after its end, up to what normally lands while a ship is under way.

    def _landing(self) -> None:
        network, months = self.asked.network, self.asked.months
        under_way: dict[Good, int] = {}
        for given in (given for a in network.activities for given in a.gives if given.lag):
            under_way[given.good] = max(under_way.get(given.good, 0), given.lag)
        served_by = {entry: entry._replace(tag="bound") for entry in under_way if entry.tag == "free"}
        lags = {served_by[entry]: under_way[entry] for entry in served_by} | under_way
        turnover = {store.good: store.turnover_t for store in network.stores}
        for entry, lag in lags.items():
            self.landing.row((entry,), 0.0, 0.0)
            self.landed.add(
                (entry, "normal"), self.asked.beta(months + 1) * self._left(entry), lag * turnover.get(entry, 0.0)
            )
            self.landed.add((entry, "more"), 0.0)
            self.landing.put((entry,), self.landed, (entry, "normal"), -1.0)
            self.landing.put((entry,), self.landed, (entry, "more"), -1.0)
        for entry, bound in served_by.items():
            self.landed.add((entry, "as bound"), 0.0)
            self.landing.put((entry,), self.landed, (entry, "as bound"), -1.0)
            self.landing.put((bound,), self.landed, (entry, "as bound"), 1.0)
        for activity in network.activities:
            for given in activity.gives:
                for w in range(max(months - given.lag, 0), months):
                    self.landing.put((given.good,), self.done, (activity.name, w), given.mass)

    # Equation 26 of docs/market.md: before + made + arrived = kept + taken + served.

    def _balance(self, w: int) -> None:
        asked, network = self.asked, self.asked.network
        for entry in network.goods:
            came = asked.state.arriving_t.get((entry, asked.first + w), 0.0)
            came += asked.state.stock_t.get(entry, 0.0) if w == 0 else 0.0
            self.balance.row((entry, w), -came, -came)
        for activity in network.activities:
            for taken in activity.takes:
                self.balance.put((taken.good, w), self.done, (activity.name, w), -taken.mass)
            for given in activity.gives:
                if w - given.lag >= 0:
                    self.balance.put((given.good, w), self.done, (activity.name, w - given.lag), given.mass)
        for demand in network.demands:
            for rank in range(len(demand.steps)):
                self.balance.put((demand.service, w), self.served, (demand.use, demand.region, rank, w), -1.0)
        for store in network.stores:
            for layer in range(len(self._layers(store))):
                self.balance.put((store.good, w), self.held, (store.good, layer, w), -1.0)
                if asked.keeping and w > 0:
                    self.balance.put((store.good, w), self.held, (store.good, layer, w - 1), 1.0)

    def _capacity(self, w: int) -> None:
        for name in self.asked.network.limits:
            self.capacity.row(
                (name, w), -INF, self.asked.drivers.capacity(name, self.asked.first + w, self.asked.first)
            )
        for activity in self.asked.network.activities:
            for name, drawn in activity.limits:
                self.capacity.put((name, w), self.done, (activity.name, w), drawn)

    def _shares(self, w: int) -> None:
        demands = {(d.use, d.region): d for d in self.asked.network.demands}
        for recipe in self.asked.network.recipes:
            most = self._share(recipe, w) * self._wanted(demands[recipe.use, recipe.region], w)
            self.share.row((recipe.activity, w), -INF, most)
            self.share.put((recipe.activity, w), self.done, (recipe.activity, w), 1.0)

    def _share(self, recipe: Recipe, w: int) -> float:
        if recipe.drift:
            return min(recipe.most_share, recipe.drift * max(self.asked.first + w - MIDDLE_OF_2024, 0))
        if recipe.speed is None:
            return recipe.most_share
        return min(recipe.most_share, self.asked.state.served.get(recipe.activity, 0.0) + (w + 1) * recipe.speed)

    # Equation 28 of docs/market.md: unspent before less waste + granted of old and new files = unspent + shipped on leave.

    def _leave(self, w: int) -> None:
        asked, state = self.asked, self.asked.state
        for bucket in asked.network.buckets:
            name, kept = bucket.name, 1.0 - asked.rates.waste[bucket.name]
            came = state.granting_t.get((name, asked.first + w), 0.0)
            came += kept * state.permits_t.get(name, 0.0) if w == 0 else 0.0
            self.leave.row((name, w), -came, -came)
            for later, share in enumerate(asked.rates.leads[name]):
                if w - later >= 0:
                    self.leave.put((name, w), self.filed, (name, w - later), share)
            self.leave.put((name, w), self.unspent, (name, w), -1.0)
            if w > 0:
                self.leave.put((name, w), self.unspent, (name, w - 1), kept)
        for activity in asked.network.activities:
            asks = activity.passage
            if asks is not None and asks.way == "licence":
                name = (asks.good, asks.origin, asks.destination, asks.user)
                self.leave.put((name, w), self.done, (activity.name, w), -1.0)

    def _required(self, w: int) -> None:
        """What a scenario demands whatever it costs."""
        month, network = self.asked.first + w, self.asked.network
        for wanted in network.requirements:
            if not wanted.first <= month <= wanted.last:
                continue
            least = wanted.least
            for demand in network.demands:
                if (demand.use, demand.region) == wanted.use:
                    least *= self._wanted(demand, w)
                    for rank in range(len(demand.steps)):
                        self.required.put((wanted.name, w), self.served, (demand.use, demand.region, rank, w), 1.0)
            for activity in network.activities:
                if activity.kind == "ship" and activity.key[:3] == wanted.route:
                    self.required.put((wanted.name, w), self.done, (activity.name, w), 1.0)
            self.required.row((wanted.name, w), least, INF)


def least_cost(asked: Asked) -> float | None:
    """Returns the cost of the best plan of a window [thousand USD], or None where nothing is feasible."""
    welfare = Reference(asked).solve()
    return -welfare if welfare is not None else None
