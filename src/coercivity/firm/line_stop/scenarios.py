"""What a scenario of the authority does: when each lot arrives, which days are lost, and for want of what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from coercivity.base.days import Day
from coercivity.firm.company.model import Company, Delay, LicenceHeld, Refused
from coercivity.firm.line_stop.results import Cause, ScenarioPlant
from coercivity.firm.line_stop.supply import SURE, LotWay, PartSupply, StopCase, plus, usable_days

# Days from a grant to the day on which the lot leaves, where the workbook does not say: an assumption.
LEAVES_DAYS_AFTER_GRANT = 5


@dataclass(frozen=True, slots=True)
class DelayOutcome:
    """A scenario computed.

    Attributes:
        arrives: Arrival of each lot; None: never.
        lost: Days of use not met by plant and part, as bits.
    """

    delay: Delay
    arrives: Mapping[str, Day | None]
    lost: Mapping[tuple[str, str], int]


def joint_delays(delays: Sequence[Delay]) -> tuple[Delay, ...]:
    """Returns the scenarios in which grant and renewal are independent: the product of the two columns' own chances.

    Each is named by its days, such as 50/30.
    """
    single, renewal = dict[int | Refused, Fraction](), dict[int | Refused, Fraction]()
    for row in delays:
        single[row.single_days] = single.get(row.single_days, Fraction(0)) + row.probability
        renewal[row.renewal_days] = renewal.get(row.renewal_days, Fraction(0)) + row.probability
    return tuple(
        Delay(f"{days}/{later}", chance * chance_later, days, later)
        for days, chance in single.items()
        for later, chance_later in renewal.items()
    )


def outcomes(case: StopCase, delays: Iterable[Delay]) -> tuple[DelayOutcome, ...]:
    """Returns each scenario computed: arrivals and lost days."""
    fixed = {(s.plant, s.part): s.lost(case.period, usable_days(s.ways, {})) for s in case.supplies}
    found = []
    for delay in delays:
        arrives = arrivals(case, delay)
        lost = {}
        for supply in case.supplies:
            key = (supply.plant, supply.part)
            moves = any(way.passage not in SURE for way in supply.ways)
            lost[key] = supply.lost(case.period, usable_days(supply.ways, arrives)) if moves else fixed[key]
        found.append(DelayOutcome(delay, arrives, lost))
    return tuple(found)


def arrivals(case: StopCase, delay: Delay) -> dict[str, Day | None]:
    """Returns the day on which each lot arrives in a scenario, by lot; None: never."""
    return {way.lot.lot: arrival(case, way, delay) for way in case.ways}


def arrival(case: StopCase, way: LotWay, delay: Delay) -> Day | None:
    """Returns the day on which a lot arrives in a scenario; None: never.

    A lot under a general licence that does not cover its day leaves on the day of renewal. A lot of a file leaves some
    days after the grant. Neither leaves before it is ready, nor before the stock count, for it still waits then.

    Source: equation 98 of docs/market.md.
    """
    if way.passage not in ("grant", "renewal"):
        return way.arrives_on
    opens = opens_on(case.company, way, delay)
    if opens is None:
        return None
    leaves = max(opens, case.period.on, way.ready_on or opens)
    return plus(leaves, way.lot.transit_days or 0)


def opens_on(company: Company, way: LotWay, delay: Delay) -> Day | None:
    """Returns the first day on which the decision of the authority lets a lot leave; None: refused, or none is open."""
    if way.passage == "renewal" and way.licence is not None:
        return renewed_on(way.licence, delay)
    filed = way.lot.filed or (way.licence.filed if way.licence is not None else None)
    granted = granted_on(filed, delay)
    if way.passage != "grant" or granted is None:
        return None
    wait = company.settings.leaves_days_after_grant
    return plus(granted, LEAVES_DAYS_AFTER_GRANT if wait is None else wait)


def granted_on(filed: Day | None, delay: Delay) -> Day | None:
    """Returns the day on which a file is granted; None: refused, or not filed."""
    if filed is None or delay.single_days == "refused":
        return None
    return plus(filed, delay.single_days)


def renewed_on(licence: LicenceHeld, delay: Delay) -> Day | None:
    """Returns the day on which a general licence is renewed; None: refused, or it has no last day."""
    if licence.valid_until is None or delay.renewal_days == "refused":
        return None
    return plus(licence.valid_until, delay.renewal_days)


def scenario_plants(case: StopCase, found: Iterable[DelayOutcome]) -> tuple[ScenarioPlant, ...]:
    """Returns what each scenario does to each plant."""
    by_plant = {plant: [s for s in case.supplies if s.plant == plant] for plant in case.plants}
    return tuple(_plant(case, outcome, plant, own) for outcome in found for plant, own in by_plant.items())


def _plant(case: StopCase, outcome: DelayOutcome, plant: str, supplies: Sequence[PartSupply]) -> ScenarioPlant:
    scenario, lost, used = outcome.delay.scenario, 0, 0
    for supply in supplies:
        lost |= outcome.lost[plant, supply.part]
        used |= supply.days.bits if supply.use_units else 0
    if not lost:
        return ScenarioPlant(scenario, plant, None, 0, None, "", "", "")
    first = lost & -lost
    short = next(supply for supply in supplies if outcome.lost[plant, supply.part] & first)
    first_on = case.period.first(lost)
    assert first_on is not None
    recovers_on = case.period.first(used >> lost.bit_length() << lost.bit_length())
    cause, of = cause_of(case, outcome, short, first_on)
    return ScenarioPlant(scenario, plant, first_on, lost.bit_count(), recovers_on, short.part, cause, of)


def cause_of(case: StopCase, outcome: DelayOutcome, supply: PartSupply, day: Day) -> tuple[Cause, str]:
    """Returns why a part is not met on a day, and the file or licence that its next lot waits for.

    The next lot is the one that can be used first after the day. If it waits for no decision, a lot may be missing that
    was refused, that the law holds, or whose licence does not cover it; else too little is under way, or nothing.
    """
    usable = dict(usable_days(supply.ways, outcome.arrives))
    coming = [(when, at) for at, when in enumerate(usable.values()) if when is not None and when > day]
    following = supply.ways[min(coming)[1]] if coming else None
    if following is not None and following.passage in ("grant", "renewal"):
        opens = opens_on(case.company, following, outcome.delay)
        if opens is not None and (following.ready_on is None or opens > following.ready_on):
            return ("grant" if following.passage == "grant" else "renewal"), following.lot.licence
    missing = [way for way in supply.ways if usable[way.lot.lot] is None]
    refused = next((way.lot.licence for way in missing if way.passage != "never"), "")
    held = next((way.lot.lot for way in missing if way.lot.lot in case.held), "")
    if refused or held:
        return ("refused", refused) if refused else ("held", held)
    if missing:
        return "no licence", missing[0].lot.licence
    return ("too little" if coming else "nothing under way"), ""
