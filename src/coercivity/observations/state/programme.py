"""The programme of an estimate: unknown flows and stocks, balances, what the model says, and what was observed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from coercivity.base.months import Month
from coercivity.base.sums import total
from coercivity.market.base_year.solve import Least
from coercivity.market.inputs.coefficients import CHINA
from coercivity.observations.state.flows import ModelFlows

Floats = NDArray[np.float64]
# Kind, group, places, month as text: such as ("shipped", "magnets", "CN", "JP", "24300").
Unknown = tuple[str, ...]
# A figure as a sum of unknowns.
Form = Mapping[Unknown, float]
LEAST_T = 1e-6


@dataclass(frozen=True, slots=True)
class Spread:
    """How far a kind of flow may be from what the model says, as shares of it.

    Attributes:
        level: Standard deviation of what all months of a series have in common.
        month: Standard deviation of a month.
        least: Least standard deviation of a month, as a share of the mean of the kind in its group.
    """

    level: float
    month: float
    least: float = 0.05


@dataclass(frozen=True, slots=True)
class Measured:
    """An observed figure.

    Attributes:
        id: Row of the observation.
        form: The figure as a sum of unknowns.
        value: What was observed [t].
        sd: Standard deviation of its error [t].
    """

    id: str
    form: Form
    value: float
    sd: float


@dataclass(slots=True)
class Programme:
    """Unknowns, their balances and what is said of them.

    Attributes:
        usual: The model's own value of each unknown, in the order of the columns [t; levels have none].
        scale: Magnitude of each unknown.
        balances: Sums of unknowns that are zero.
        beliefs: Sums of unknowns with their value and standard deviation: what the model says.
        lags: Months under way, by group and route.
    """

    usual: dict[Unknown, float] = field(default_factory=dict)
    scale: dict[Unknown, float] = field(default_factory=dict)
    balances: list[dict[Unknown, float]] = field(default_factory=list)
    beliefs: list[tuple[Form, float, float]] = field(default_factory=list)
    lags: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def add(self, unknown: Unknown, usual: float, scale: float) -> None:
        """Adds an unknown.

        Args:
            unknown: Its name.
            usual: The model's own value.
            scale: Its magnitude, more than zero.
        """
        self.usual[unknown] = usual
        self.scale[unknown] = scale

    def least(self, measured: Sequence[Measured]) -> Least:
        """Returns the programme as least squares with balances and bounds.

        Args:
            measured: What was observed.
        """
        at = {unknown: place for place, unknown in enumerate(self.usual)}
        rows = [*self.beliefs, *((row.form, row.value, row.sd) for row in measured)]
        wanted, target = np.zeros((len(rows), len(at))), np.zeros(len(rows))
        for n, (form, value, sd) in enumerate(rows):
            target[n] = value / sd
            for unknown, weight in form.items():
                wanted[n, at[unknown]] += weight / sd
        balance = np.zeros((len(self.balances), len(at)))
        for n, each in enumerate(self.balances):
            for unknown, weight in each.items():
                balance[n, at[unknown]] += weight
        return Least(wanted, target, balance, np.array(list(self.scale.values())))


def programme_of(flows: Sequence[ModelFlows], spreads: Mapping[str, Spread]) -> Programme:
    """Returns the programme of some groups.

    Args:
        flows: What the model says of each group.
        spreads: How far each kind may be from it; a kind with `_single` is for groups of one product.

    Source: equation 111 of docs/market.md.
    """
    found = Programme()
    for each in flows:
        _Group(found, each, spreads).add()
    return found


class _Group:
    def __init__(self, found: Programme, flows: ModelFlows, spreads: Mapping[str, Spread]) -> None:
        self._found, self._flows, self._spreads = found, flows, spreads

    def _spread(self, kind: str) -> Spread:
        single = f"{kind}_single" if self._flows.single else kind
        return self._spreads.get(single, self._spreads[kind])

    def add(self) -> None:
        """Adds unknowns, what the model says of them, and balances."""
        flows = self._flows
        self._found.lags |= {(flows.group, *route): lag for route, lag in flows.lags.items()}
        self._series("made", _by_place({(r,): each for r, each in _series_of(flows.made_t, flows.months).items()}))
        self._series("used", _by_place({(r,): each for r, each in _series_of(flows.used_t, flows.months).items()}))
        routes: dict[tuple[str, ...], list[float]] = {
            (CHINA, region): [flows.shipped_t.get((CHINA, region, m), 0.0) for m in flows.months]
            for region in flows.regions
            if (CHINA, region) in flows.lags
        }
        others = sorted({(o, to) for o, to, _ in flows.shipped_t if o != CHINA})
        abroad: dict[tuple[str, ...], list[float]] = {
            route: [flows.shipped_t.get((*route, m), 0.0) for m in flows.months] for route in others
        }
        self._series("shipped", routes)
        self._series("moved", abroad)
        self._states()
        for region in flows.regions:
            self._balances(region)

    def _series(self, kind: str, series: Mapping[tuple[str, ...], Sequence[float]]) -> None:
        """Adds the flows of a kind: each is the model's own times a level, and a part of the month."""
        group, months, spread = self._flows.group, self._flows.months, self._spread(kind)
        count = max(len(series) * len(months), 1)
        mean = total(total(each) for each in series.values()) / count
        if mean <= 0.0:
            return
        for places, each in series.items():
            level = ("level", kind, group, *places)
            self._found.add(level, 1.0, 1.0)
            self._found.beliefs.append(({level: 1.0}, 1.0, spread.level))
            for month, usual in zip(months, each, strict=True):
                unknown = (kind, group, *places, str(month))
                self._found.add(unknown, usual, max(usual, mean * spread.least))
                sd = max(spread.month * usual, spread.least * mean)
                self._found.beliefs.append(({unknown: 1.0, level: -usual}, 0.0, sd))

    def _states(self) -> None:
        """Adds stocks by month, what was under way before the first one, and what customs hold."""
        flows, found = self._flows, self._found
        group, first = flows.group, flows.months[0]
        for kind, masses in (("due", flows.due_t), ("held", flows.held_t)):
            each, spread = total(masses.values()) / max(len(masses), 1), self._spread(kind)
            for (region, month), usual in sorted(masses.items()):
                unknown = (kind, group, region, str(month))
                found.add(unknown, usual, max(usual, each * spread.least, LEAST_T))
                sd = max(spread.month * usual, spread.least * each, LEAST_T)
                found.beliefs.append(({unknown: 1.0}, usual, sd))
        mean = max(total(flows.stock_t.values()) / max(len(flows.regions), 1), LEAST_T)
        spread = self._spread("stock")
        for region in flows.regions:
            usual = flows.stock_t.get(region, 0.0)
            level = ("level", "stock", group, region)
            found.add(level, 1.0, 1.0)
            found.beliefs.append(({level: 1.0}, 1.0, spread.level))
            sd = max(spread.month * usual, spread.least * mean)
            for month in (first - 1, *flows.months):
                stock = ("stock", group, region, str(month))
                own = self._usual_stock(region, month)
                found.add(stock, own, max(usual, mean * spread.least))
                found.beliefs.append(({stock: 1.0, level: -own}, 0.0, sd))

    def _usual_stock(self, region: str, month: Month) -> float:
        """Returns the model's own stock, by the balance of its own flows."""
        flows = self._flows
        stock = flows.stock_t.get(region, 0.0)
        for each in range(flows.months[0], month + 1):
            stock += flows.made_t.get((region, each), 0.0) - flows.used_t.get((region, each), 0.0)
            stock += total(weight * self._found.usual[name] for name, weight in self._trade(region, each).items())
        return max(stock, 0.0)

    def _balances(self, region: str) -> None:
        group = self._flows.group
        for month in self._flows.months:
            balance = {
                ("stock", group, region, str(month)): -1.0,
                ("stock", group, region, str(month - 1)): 1.0,
                ("made", group, region, str(month)): 1.0,
                ("used", group, region, str(month)): -1.0,
                **self._trade(region, month),
            }
            self._found.balances.append({name: each for name, each in balance.items() if name in self._found.usual})

    def _trade(self, region: str, month: Month) -> dict[Unknown, float]:
        """Returns what comes into a region in a month, and, less than zero, what leaves it."""
        flows, group = self._flows, self._flows.group
        found: dict[Unknown, float] = {("due", group, region, str(month)): 1.0}
        for (origin, to), lag in sorted(flows.lags.items()):
            kind = "shipped" if origin == CHINA else "moved"
            if to == region:
                found[kind, group, origin, to, str(month - lag)] = 1.0
            if origin == region:
                found[kind, group, origin, to, str(month)] = -1.0
            if origin == region == CHINA:
                found["held", group, to, str(month)] = -1.0
                found["held", group, to, str(month - 1)] = 1.0
        return {name: weight for name, weight in found.items() if name in self._found.usual}


def _series_of(masses: Mapping[tuple[str, Month], float], months: Sequence[Month]) -> dict[str, list[float]]:
    return {region: [masses.get((region, m), 0.0) for m in months] for region in sorted({r for r, _ in masses})}


def _by_place(series: Mapping[tuple[str, ...], list[float]]) -> dict[tuple[str, ...], list[float]]:
    return {place: each for place, each in series.items() if any(each)}
