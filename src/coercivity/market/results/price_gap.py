"""The gap between a price in China and one abroad, split by cause, each with its clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from coercivity.base.canonical import round_sig
from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import ABROAD, CHINA
from coercivity.market.network.network import Activity, Good
from coercivity.market.network.supply import CHINA_BOUND, good
from coercivity.market.network.trade import CIVIL
from coercivity.market.program.build import AT_ONCE, PlanningWindow, bucket_of
from coercivity.market.results.rows import ALL_ABROAD, CAUSES, JOINT, VAT, PartRow
from coercivity.market.results.withheld import NOTHING, Withheld, divided
from coercivity.market.run.rolling import MonthDone
from coercivity.permission.gate import Gate, Way

PARTS = (
    "freight",
    "duty",
    "tonnage",
    "permission",
    "capacity",
    "contract",
    "floor",
    "stockpile",
    "timing",
    "unused",
    "residual",
)
LOADING = "loading"
_CAUSES = (*CAUSES, "")


class GapPart(NamedTuple):
    """A cause of a gap.

    Attributes:
        part: One of `PARTS`.
        clauses: Ids of provisions, a tax, duties, a quota, a capacity, contracts or policies; or none.
        cause: What keeps a licence scarce: waiting, refusal or halt; empty for other parts.
    """

    part: str
    clauses: tuple[str, ...]
    usd_per_kg: float
    cause: str = ""


@dataclass(frozen=True, slots=True)
class PriceGap:
    """The gap of one product between China and a region abroad in a month.

    Attributes:
        inside: Marginal price in China [USD/kg].
        outside: Marginal price abroad [USD/kg].
        way: Licence status of the route.
    """

    good: str
    region: str
    inside: float
    outside: float
    gate: Gate
    parts: tuple[GapPart, ...]

    @property
    def gap(self) -> float:
        """Price outside minus price in China [USD/kg]."""
        return self.outside - self.inside


def priced(name: str, region: str) -> Good:
    """Returns the product whose price represents a region: for any civil use."""
    return good(name, region, CHINA_BOUND)


class Route(NamedTuple):
    """The columns of a route from China for civil use: without a licence, and with one if it is ever required."""

    free: Activity
    licensed: Activity | None


def route(window: PlanningWindow, name: str, region: str) -> Route:
    """Returns the columns of a route from China."""
    ways = {
        a.passage.way: a
        for a in window.network.activities
        if a.kind == "ship" and a.key[:3] == (name, CHINA, region) and a.passage is not None and a.passage.user == CIVIL
    }
    return Route(ways[Way.FREE], ways.get(Way.LICENCE))


def split(
    window: PlanningWindow, done: MonthDone, ways: Route, kept: Withheld = NOTHING, charged: Sequence[GapPart] = ()
) -> PriceGap:
    """Returns the gap along a route from China, split by cause.

    If no licence is required, the causes come from the cost of the free shipment, its reduced cost and the duals of
    the capacities that it uses. If a licence is required, the remainder is the shadow value of a licence less the
    remaining loss of the licensed shipment, with the clauses; where the loss is greater, no shipment would pay even
    without a licence, so that the remainder belongs to the idle route. What a licence is worth is divided among
    waiting, refusals and halts.

    Args:
        window: The window.
        done: The month.
        ways: The route.
        kept: What each cause keeps from use in the bucket of the route.
        charged: What policies charge on a shipment of the route.

    Source: equations 43 and 61 of docs/market.md.
    """
    plan = done.plan
    ship = ways.free
    name, _, region = ship.key[:3]
    here = priced(name, region)
    inside = float(plan.dual[window.row("good", ship.takes[0].good, 0)])
    outside = float(plan.dual[window.row("good", here, 0)])
    lands = _lands(window, done, ship)
    landed = total(share * float(plan.dual[window.row("good", here, at)]) for at, share in lands)
    assert ship.passage is not None
    gate = done.gates[bucket_of(ship.passage)]
    clauses = () if gate.free else gate.clauses
    licensed = None if gate.free else ways.licensed
    freight = ship.cost if licensed is None else licensed.cost
    if licensed is None:
        left = float(plan.reduced_cost[window.column("act", ship.name, 0)])
        for at, share in lands if ship.gives[0].good != here else ():
            loosened = ("act", ("loosen", name, region), at)
            if loosened in window.lp.cols:
                left += share * float(plan.reduced_cost[window.column(*loosened)])
                freight += share * window.lp.cost[window.column(*loosened)]
        scarce = [_idle(-left)] if gate.free else _scarce(clauses, -left, kept)
    else:
        worth = float(plan.dual[window.row("permission", bucket_of(ship.passage), 0)])
        worth -= float(plan.reduced_cost[window.column("act", licensed.name, 0)])
        scarce = _scarce(clauses, worth, kept) if worth >= 0 else [GapPart("unused", (), worth)]
    parts = [GapPart("freight", (), freight), *_levies(ship, done), *_limits(window, done, ship)]
    parts += [*_required(window, done, ship), *charged, *scarce]
    # A premium until the next shipment arrives is due to the clause that delays it.
    parts.append(GapPart("timing", clauses, outside - landed))
    rest = outside - inside - total(part.usd_per_kg for part in parts)
    parts.append(GapPart("residual", (), rest))
    felt = [part for part in parts if part.usd_per_kg or part.part == "residual"]
    return PriceGap(name, region, inside, outside, gate, tuple(felt))


def _idle(worth: float) -> GapPart:
    """Returns what one more free shipment is worth: nothing but loading limits it; negative if none would pay."""
    return GapPart("capacity", (LOADING,), worth) if worth > 0 else GapPart("unused", (), worth)


def _scarce(clauses: tuple[str, ...], worth: float, kept: Withheld) -> list[GapPart]:
    """Returns what a licence is worth, by what keeps it scarce."""
    return [GapPart("permission", clauses, usd_per_kg, cause) for cause, usd_per_kg in divided(worth, kept)]


def _lands(window: PlanningWindow, done: MonthDone, ship: Activity) -> list[tuple[int, float]]:
    """Returns the periods in which a shipment of the month arrives, each with its share; customs may hold a part."""
    found: dict[int, float] = {}
    for later, part in enumerate(done.delays.get(ship.name, AT_ONCE)):
        for at, share in window.grid.spread(0, ship.gives[0].lag + later):
            found[at] = found.get(at, 0.0) + part * share
    return sorted(found.items())


def _levies(ship: Activity, done: MonthDone) -> list[GapPart]:
    """Returns the non-refundable tax and a duty of the scenario, in the order of the charges."""
    whole = done.levies.get(ship.name, 0.0)
    if not whole:
        return []
    own = ship.levy[1] if ship.levy is not None else 0.0
    duty, clauses = done.duties.get(ship.key[0], (0.0, ()))
    per_share = whole / (own + duty)
    found = [GapPart("duty", (VAT,), own * per_share)] if own else []
    if duty:
        found.append(GapPart("duty", clauses, duty * per_share))
    return found


def _limits(window: PlanningWindow, done: MonthDone, ship: Activity) -> list[GapPart]:
    """Returns the value of the capacities that a shipment uses; quotas are those set by a clause."""
    found = []
    for name, weight in ship.limits:
        worth = -weight * float(done.plan.dual[window.row("limit", name, 0)])
        quota = window.network.quotas.get(name)
        found.append(GapPart("tonnage", (quota,), worth) if quota is not None else GapPart("capacity", (name,), worth))
    return found


def _required(window: PlanningWindow, done: MonthDone, ship: Activity) -> list[GapPart]:
    """Returns what the contracts and other requirements that a shipment serves pay towards it, which lowers the gap.

    Source: equation 43 of docs/market.md.
    """
    return [
        GapPart("contract", (name,), -weight * float(done.plan.dual[window.row("require", name, 0)]))
        for name, weight in window.serves.get(ship.name, ())
    ]


def abroad(gaps: Mapping[str, PriceGap], weights: Mapping[str, float]) -> PriceGap:
    """Returns the mean gap of a product over the regions abroad.

    Args:
        gaps: Gap by region.
        weights: Purchases of each region in the base year; equal weights if there are none.

    Source: equation 44 of docs/market.md.
    """
    regions = [region for region in ABROAD if region in gaps]
    whole = total(weights.get(region, 0.0) for region in regions)
    share = {r: weights.get(r, 0.0) / whole if whole else 1 / len(regions) for r in regions}
    sums: dict[tuple[str, tuple[str, ...], str], float] = {}
    for region in regions:
        for part in gaps[region].parts:
            key = (part.part, part.clauses, part.cause)
            sums[key] = sums.get(key, 0.0) + share[region] * part.usd_per_kg
    first = gaps[max(regions, key=lambda region: share[region])]
    order = {name: place for place, name in enumerate(PARTS)}
    found = (GapPart(part, clauses, usd_per_kg, cause) for (part, clauses, cause), usd_per_kg in sums.items())
    parts = sorted(found, key=lambda p: (order[p.part], p.clauses, _CAUSES.index(p.cause)))
    outside = total(share[r] * gaps[r].outside for r in regions)
    return PriceGap(first.good, ALL_ABROAD, first.inside, outside, first.gate, tuple(parts))


def part_rows(gap: PriceGap) -> list[PartRow]:
    """Returns the causes of a gap as plain data."""
    return [
        {"part": p.part, "clause": JOINT.join(p.clauses), "cause": p.cause, "usd_per_kg": round_sig(p.usd_per_kg)}
        for p in gap.parts
    ]
