"""Magnets at the end of their life by month, and the recycled share of what a use contains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coercivity.base.canonical import round_sig
from coercivity.base.months import Month
from coercivity.base.sums import total
from coercivity.market.inputs.base_flows import BaseFlows
from coercivity.market.inputs.coefficients import CHINA, USES, USING
from coercivity.market.inputs.cohorts import CONTENTS
from coercivity.market.network.end_of_life import SCRAP, TREAT, eol, swarf_alone
from coercivity.market.network.network import Activity, Good, Network
from coercivity.market.program.build import AT_ONCE
from coercivity.market.results.mechanisms.rows import EndOfLifeRow, RecycledShareRow
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.simulate import Simulation

Floats = NDArray[np.float64]
ELEMENTS = ("NdPr", "Dy", "Tb")
SOURCES = ("end_of_life", "swarf")
_LEAST_T = 1e-9


def end_of_life_rows(simulation: Simulation, span: Sequence[MonthDone]) -> list[EndOfLifeRow]:
    """Returns what leaves use, is collected, treated and recovered by month, region and content [t].

    Oxides from swarf have a row of their own in each region, of the content `swarf`.

    Args:
        simulation: The run.
        span: Months of the run to show.
    """
    gives = {a.name: _elements(a) for a in simulation.network.activities if a.kind in (TREAT, "recycle")}
    coefficients = simulation.world.coefficients
    found: list[EndOfLifeRow] = []
    for region in USING:
        for content in CONTENTS:
            name, entry = (TREAT, content, region), eol(content, region)
            row: EndOfLifeRow = {
                "region": region,
                "content": content,
                "leaving_t": [round_sig(_leaving(done, region, content)) for done in span],
                "collected_t": [round_sig(done.devices.collected_t.get(entry, 0.0)) for done in span],
                "treated_t": [round_sig(done.activity_t.get(name, 0.0)) for done in span],
                "stock_t": [round_sig(done.stock_t.get(entry, 0.0)) for done in span],
                "recovered_t": _oxides(span, {name: gives.get(name, {})}),
                "swarf_t": {},
            }
            if any(row["leaving_t"]):
                found.append(row)
        swarf = {name: each for name, each in gives.items() if name[0] == "recycle" and name[2] == region}
        # The model counts swarf by the magnets that it comes from.
        per_magnet = {name: 1 / coefficients.finished_per_alloy(name[1], region) - 1 for name in swarf}
        oxides = _oxides(span, swarf)
        if oxides:
            nothing = [0.0] * len(span)
            found.append(
                {
                    "region": region,
                    "content": "swarf",
                    "leaving_t": nothing,
                    "collected_t": nothing,
                    "treated_t": [
                        round_sig(total(done.activity_t.get(name, 0.0) * per_magnet[name] for name in swarf))
                        for done in span
                    ],
                    "stock_t": nothing,
                    "recovered_t": {},
                    "swarf_t": oxides,
                }
            )
    return found


def _elements(activity: Activity) -> dict[str, float]:
    return {given.good.name.removeprefix("ox_"): given.mass for given in activity.gives}


def _leaving(done: MonthDone, region: str, content: str) -> float:
    return total(mass for pool, mass in done.devices.leaving_t.items() if pool[1:] == (region, content))


def _oxides(span: Sequence[MonthDone], gives: Mapping[tuple[str, ...], Mapping[str, float]]) -> dict[str, list[float]]:
    """Returns the oxides that activities gave, by element and month [t]; elements without any are left out."""
    found = {}
    for element in sorted({element for each in gives.values() for element in each}):
        masses = [
            round_sig(total(done.activity_t.get(name, 0.0) * each.get(element, 0.0) for name, each in gives.items()))
            for done in span
        ]
        if any(masses):
            found[element] = masses
    return found


@dataclass(frozen=True, slots=True)
class RecycledMonth:
    """Recycled shares after a month, by good and element: from magnets at the end of their life, and from swarf.

    Attributes:
        share: Shares of what was in a good's stock and inflow in the month.
        arriving: Tonnes under way and their shares, by good, element and month of arrival.
    """

    share: Mapping[tuple[Good, str], Floats]
    arriving: Mapping[tuple[Good, str, Month], tuple[float, Floats]]


@dataclass(frozen=True, slots=True)
class _Carrier:
    """An activity that carries an element from one pool to another.

    Attributes:
        taken: Position of the pool that it draws on; None if what it gives is not recycled.
        given: Pool that it feeds, its position, tonnes per unit, and months until they arrive.
    """

    name: tuple[str, ...]
    taken: int | None
    given: tuple[tuple[Good, int, float, int], ...]


class RecycledShares:
    """The account of recycled content over the months of a run, made after it.

    Each good of a region is a pool in which what is there mixes: stock of the month before, arrivals, and what is made
    in the month. All that leaves a pool carries its share: to the next good, to another region, into a use.

    Source: equation 67 of docs/market.md.
    """

    def __init__(self, network: Network, start: Mapping[str, Floats]) -> None:
        """Finds the activities that carry each element.

        Args:
            network: The network of the run.
            start: Shares of each element before the first month, in stocks and under way.
        """
        carrying = [a for a in network.activities if a.kind not in ("mine", "recipe", SCRAP, TREAT, "recycle")]
        fresh = [a for a in network.activities if a.kind in (TREAT, "recycle")]
        self._goods = {element: [g for g in network.goods if _carries(g, element)] for element in ELEMENTS}
        self._carriers: dict[str, list[_Carrier]] = {}
        self._sources: dict[str, list[_Carrier]] = {}
        for element, goods in self._goods.items():
            at = {entry: place for place, entry in enumerate(goods)}
            self._carriers[element] = [c for a in carrying if (c := _carrier(a, element, at)).given]
            self._sources[element] = [c for a in fresh if (c := _carrier(a, element, at)).given]
        self._start = start

    def months(self, months: Iterable[MonthDone]) -> list[RecycledMonth]:
        """Returns the recycled shares after each month of a run, from its first month on."""
        found: list[RecycledMonth] = []
        for done in months:
            found.append(self._month(done, found[-1] if found else None))
        return found

    def _month(self, done: MonthDone, before: RecycledMonth | None) -> RecycledMonth:
        share: dict[tuple[Good, str], Floats] = {}
        arriving = dict(before.arriving) if before is not None else self._first_arriving(done)
        later = {key: each for key, each in arriving.items() if key[2] > done.month}
        for element, goods in self._goods.items():
            rows = self._mixed(done, element, before, arriving)
            share |= {(entry, element): row for entry, row in zip(goods, rows, strict=True)}
            for carrier in self._carriers[element]:
                mass = done.activity_t.get(carrier.name, 0.0)
                kernel = done.delays.get(carrier.name, AT_ONCE) if mass else ()
                now = rows[carrier.taken] if carrier.taken is not None else np.zeros(2)
                for entry, _, each, lag in carrier.given:
                    for ahead, part in enumerate(kernel):
                        if lag + ahead and part:
                            _send(later, (entry, element, done.month + lag + ahead), mass * each * part, now)
        return RecycledMonth(share, later)

    def _first_arriving(self, done: MonthDone) -> dict[tuple[Good, str, Month], tuple[float, Floats]]:
        return {
            (entry, element, month): (mass, self._start[element])
            for (entry, month), mass in done.before.arriving_t.items()
            for element in ELEMENTS
            if _carries(entry, element)
        }

    def _mixed(
        self,
        done: MonthDone,
        element: str,
        before: RecycledMonth | None,
        arriving: Mapping[tuple[Good, str, Month], tuple[float, Floats]],
    ) -> list[Floats]:
        """Returns the share of every pool of an element in a month: the solution of its mixing equations."""
        goods = self._goods[element]
        held, brought, moved = np.zeros(len(goods)), np.zeros((len(goods), 2)), np.zeros((len(goods), len(goods)))
        for place, entry in enumerate(goods):
            stock = done.before.stock_t.get(entry, 0.0)
            came, shares = arriving.get((entry, element, done.month), (0.0, np.zeros(2)))
            kept = before.share[entry, element] if before is not None else self._start[element]
            held[place] = stock + came
            brought[place] = stock * kept + came * shares
        for carrier in self._sources[element]:
            mass = done.activity_t.get(carrier.name, 0.0)
            source = np.array([1.0, 0.0]) if carrier.name[0] == TREAT else np.array([0.0, 1.0])
            for _, place, each, _ in carrier.given if mass else ():
                held[place] += mass * each
                brought[place] += mass * each * source
        for carrier in self._carriers[element]:
            mass = done.activity_t.get(carrier.name, 0.0)
            if not mass:
                continue
            now = done.delays.get(carrier.name, AT_ONCE)[0]
            for _, place, each, lag in carrier.given:
                if not lag:
                    held[place] += mass * each * now
                    if carrier.taken is not None:
                        moved[place, carrier.taken] += mass * each * now
        used = held > _LEAST_T
        matrix = np.diag(np.where(used, held, 1.0)) - np.where(used[:, None], moved, 0.0)
        solved = np.clip(np.linalg.solve(matrix, np.where(used[:, None], brought, 0.0)), 0.0, 1.0)
        return [np.array([round_sig(float(x)) for x in row]) for row in solved]


def _carrier(activity: Activity, element: str, at: Mapping[Good, int]) -> _Carrier:
    """Returns how an activity carries an element: what becomes it, if it does not come from another element."""
    taken = next((at[amount.good] for amount in activity.takes if amount.good in at), None)
    swapped = activity.kind == "swap" and element != "NdPr"
    gives = (amount for amount in activity.gives if amount.good in at)
    given = tuple((amount.good, at[amount.good], amount.mass, amount.lag) for amount in gives)
    return _Carrier(activity.name, None if swapped else taken, given)


def _send(
    later: dict[tuple[Good, str, Month], tuple[float, Floats]],
    key: tuple[Good, str, Month],
    mass: float,
    share: Floats,
) -> None:
    """Adds a shipment to what is under way."""
    before_t, carried = later.get(key, (0.0, np.zeros(2)))
    later[key] = (before_t + mass, (before_t * carried + mass * share) / (before_t + mass))


def _carries(entry: Good, element: str) -> bool:
    """Whether a good is a pool of an element: its oxide, its metal, or a magnet."""
    return entry.name in (f"ox_{element}", f"met_{element}") or (
        entry.name.startswith("mag_") and entry.name != "mag_SmCo" and (element == "NdPr" or entry.name in _HEAVY)
    )


_HEAVY = ("mag_low", "mag_high")


def base_shares(simulation: Simulation) -> dict[str, Floats]:
    """Returns the recycled shares of each element in the oxides of the base year, with which a run begins."""
    base, cohorts = simulation.world.base, simulation.world.cohorts
    swarf = swarf_alone(simulation.world.coefficients, cohorts, base) if cohorts is not None else base
    found = {}
    for element in ELEMENTS:
        back, apart = (
            base.recycled().get((f"ox_{element}", CHINA), 0.0),
            swarf.recycled().get((f"ox_{element}", CHINA), 0.0),
        )
        made = back + _made(base, f"ox_{element}")
        found[element] = np.array([(back - apart) / made, apart / made]) if made else np.zeros(2)
    return found


def _made(base: BaseFlows, oxide: str) -> float:
    flows = (base.oxides(), base.unregistered())
    return total(mass for each in flows for (name, _), mass in each.items() if name == oxide)


def recycled_rows(simulation: Simulation, span: Sequence[MonthDone]) -> list[RecycledShareRow]:
    """Returns the recycled share of each element in the magnets of each use by month.

    Args:
        simulation: The run.
        span: Months of the run to show.

    Source: equation 67 of docs/market.md.
    """
    shown = {done.month for done in span}
    account = RecycledShares(simulation.network, base_shares(simulation)).months(simulation.months)
    pairs = [pair for pair in zip(simulation.months, account, strict=True) if pair[0].month in shown]
    content = simulation.world.coefficients.content
    recipes: dict[tuple[str, str], list[Activity]] = {}
    for activity in simulation.network.activities:
        if activity.kind == "recipe" and activity.key[0] in USES:
            recipes.setdefault((activity.key[1], activity.key[0]), []).append(activity)
    found: list[RecycledShareRow] = []
    for (region, use), entries in sorted(recipes.items()):
        for element in ELEMENTS:
            shares = [_in_use(done, month, entries, element, content) for done, month in pairs]
            if any(each.any() for each in shares):
                rows = {source: [round_sig(float(each[n])) for each in shares] for n, source in enumerate(SOURCES)}
                found.append(
                    {
                        "region": region,
                        "use": use,
                        "element": element,
                        "end_of_life_share": rows["end_of_life"],
                        "swarf_share": rows["swarf"],
                    }
                )
    return found


def _in_use(
    done: MonthDone,
    month: RecycledMonth,
    recipes: Iterable[Activity],
    element: str,
    content: Mapping[str, Mapping[str, float]],
) -> Floats:
    """Returns the recycled shares of an element in the magnets that the recipes of a use take in a month."""
    mass, carried = 0.0, np.zeros(2)
    for activity in recipes:
        did = done.activity_t.get(activity.name, 0.0)
        for taken in activity.takes if did else ():
            share = month.share.get((taken.good, element))
            if share is not None:
                each = did * taken.mass * content[taken.good.name].get(element, 0.0)
                mass, carried = mass + each, carried + each * share
    found: Floats = carried / mass if mass else carried
    return found
