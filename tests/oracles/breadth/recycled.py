"""Recycled shares in plain Python: tonnes from end of life and from swarf, mixed and passed on until nothing changes.

Source: equation 67 of docs/market.md.
"""

from __future__ import annotations

from collections.abc import Mapping

from coercivity.market.network.network import Activity, Good
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.simulate import Simulation

SETTLED = 1e-13
Pair = tuple[float, float]
NONE: Pair = (0.0, 0.0)
# Tonnes under way by good and month of arrival, and those of them from end of life and from swarf.
UnderWay = dict[tuple[Good, int], tuple[float, Pair]]


def pools(simulation: Simulation, element: str) -> list[Good]:
    """Goods that carry an element: its oxide and metal, and magnets."""
    heavy = ("mag_low", "mag_high")
    magnets = heavy if element != "NdPr" else (*heavy, "mag_none", "mag_Ce")
    names = (f"ox_{element}", f"met_{element}", *magnets)
    return [entry for entry in simulation.network.goods if entry.name in names]


def source(activity: Activity, inside: list[Good], shares: Mapping[Good, Pair], element: str) -> Pair:
    """Share of what an activity gives: all of it from where it was recycled, or that of its input."""
    if activity.kind == "treat":
        return (1.0, 0.0)
    if activity.kind == "recycle":
        return (0.0, 1.0)
    if activity.kind == "swap" and element != "NdPr":
        return NONE
    taken = [amount.good for amount in activity.takes if amount.good in inside]
    return shares[taken[0]] if taken else NONE


class Shares:
    """Recycled shares of an element over a run.

    Attributes:
        of: Shares of each good after a month.
        under_way: What is under way after a month.
    """

    def __init__(self, simulation: Simulation, element: str, start: Pair) -> None:
        self.simulation, self.element = simulation, element
        self.inside = pools(simulation, element)
        self.of: dict[Good, Pair] = dict.fromkeys(self.inside, start)
        self.under_way: UnderWay = {}
        for (entry, month), mass in simulation.months[0].before.arriving_t.items():
            if entry in self.inside:
                self.under_way[entry, month] = (mass, (mass * start[0], mass * start[1]))

    def month(self, done: MonthDone) -> None:
        """Follows a month."""
        active = [a for a in self.simulation.network.activities if done.activity_t.get(a.name)]
        there = {entry: done.before.stock_t.get(entry, 0.0) for entry in self.inside}
        kept: dict[Good, Pair] = {e: (there[e] * self.of[e][0], there[e] * self.of[e][1]) for e in self.inside}
        for (entry, when), (mass, parts) in self.under_way.items():
            if when == done.month:
                there[entry] += mass
                kept[entry] = (kept[entry][0] + parts[0], kept[entry][1] + parts[1])
        flows = [
            (activity, given.good, done.activity_t[activity.name] * given.mass, given.lag)
            for activity in active
            for given in activity.gives
            if given.good in self.inside
        ]
        for activity, entry, mass, lag in flows:
            if not lag:
                there[entry] += mass * done.delays.get(activity.name, (1.0,))[0]
        now: dict[Good, Pair] = dict.fromkeys(self.inside, NONE)
        while True:
            tonnes = {entry: [*kept[entry]] for entry in self.inside}
            for activity, entry, mass, lag in flows:
                if not lag:
                    part = source(activity, self.inside, now, self.element)
                    for n in (0, 1):
                        tonnes[entry][n] += mass * done.delays.get(activity.name, (1.0,))[0] * part[n]
            then: dict[Good, Pair] = {
                e: (tonnes[e][0] / there[e], tonnes[e][1] / there[e]) if there[e] > 1e-9 else NONE for e in self.inside
            }
            moved = max(abs(then[e][n] - now[e][n]) for e in self.inside for n in (0, 1))
            now = then
            if moved < SETTLED:
                break
        self.of = now
        self.under_way = {key: each for key, each in self.under_way.items() if key[1] > done.month}
        for activity, entry, mass, lag in flows:
            part = source(activity, self.inside, now, self.element)
            for later, share in enumerate(done.delays.get(activity.name, (1.0,))):
                if lag + later and share:
                    key = (entry, done.month + lag + later)
                    before, parts = self.under_way.get(key, (0.0, NONE))
                    sent = mass * share
                    self.under_way[key] = (before + sent, (parts[0] + sent * part[0], parts[1] + sent * part[1]))
