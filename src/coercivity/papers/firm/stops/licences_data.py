"""What a result on line stops assumes, and which lots no licence covers, as plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from coercivity.firm.company.model import Company, LicenceHeld, Lot
from coercivity.firm.line_stop.days import Period
from coercivity.firm.line_stop.results import NOT_ASKED, LineStops
from coercivity.firm.line_stop.scenarios import LEAVES_DAYS_AFTER_GRANT
from coercivity.firm.line_stop.stops import delays_of
from coercivity.firm.line_stop.supply import not_covered
from coercivity.papers.firm.stops.report_data import NotCoveredData, RenewalNamesData, StopsAssumedData
from coercivity.papers.shared.paper.figures import day_or_none

REFUSED = "refused"


def assumed_data(found: LineStops) -> StopsAssumedData:
    """Returns what a result assumes.

    Args:
        found: The result.
    """
    company, delays = found.company, delays_of(found.company, found.independent)
    used = {use.plant for use in company.use}
    given = company.settings.leaves_days_after_grant
    return {
        "grant_and_renewal_independent": found.independent,
        "leaves_days_after_grant": LEAVES_DAYS_AFTER_GRANT if given is None else given,
        "leaves_days_assumed": given is None,
        "refused_in": [d.scenario for d in delays if REFUSED in (d.single_days, d.renewal_days)],
        "without_day_cost": [p.plant for p in company.plants if p.line_day_keur is None and p.plant in used],
        "never_released": [
            f"{row.plant} {row.part}" for row in company.stock if row.quarantine_kg and row.released_on is None
        ],
        "unused": list(_unused(found.company)),
        "stated_complete": [part.part for part in company.parts if part.other_rare_earths == "none"],
        "renewal_names": list(_renewal_names(found)),
        "shared_licences": _shared(found),
        "unnamed_licences": _by_licence(found, lambda held: not held.names and not _is_general(held)),
    }


def _unused(company: Company) -> Iterator[str]:
    """Yields plant and part of stock and lots at plants that use no such part: a row of Use may be missing."""
    used = {(row.plant, row.part) for row in company.use}
    goods = [(row.plant, row.serves if row.released_on else "", row.part) for row in company.stock]
    goods += [(row.plant, row.serves if row.released_on else "", row.part) for row in company.in_transit]
    held = dict.fromkeys((plant, serves or part) for plant, serves, part in goods)
    yield from (f"{plant} {part}" for plant, part in held if (plant, part) not in used)


def not_covered_data(found: LineStops) -> list[NotCoveredData]:
    """Returns the lots that never leave because their licence has ended or names other plants.

    Args:
        found: The result.
    """
    return [
        {
            "lot": lot.lot,
            "plant": lot.plant,
            "licence": held.licence,
            "why": "other plant" if held.names and lot.plant not in held.names else "ended",
            "names": list(held.names),
            "valid_until": day_or_none(held.valid_until),
        }
        for lot, held in not_covered(found.company, Period(found.on, found.until))
    ]


def _waiting(found: LineStops) -> Iterator[tuple[Lot, LicenceHeld]]:
    """Yields the lots that are not past customs, not on hold and covered by their licence, with the licence."""
    licences = {one.licence: one for one in found.company.licences}
    stopped = {one.lot for one in found.law if one.held}
    stopped |= {lot.lot for lot, _ in not_covered(found.company, Period(found.on, found.until))}
    for lot in found.company.in_transit:
        if lot.state == "waiting" and lot.lot not in stopped and lot.licence in licences:
            yield lot, licences[lot.licence]


def _is_general(held: LicenceHeld) -> bool:
    return held.kind == "general" and held.state == "granted"


def _renewal_names(found: LineStops) -> Iterator[RenewalNamesData]:
    """Yields the lots that a general licence does not name: they leave on the day of renewal, if it names the plant."""
    for lot, held in _waiting(found):
        if _is_general(held) and lot.plant not in held.names:
            yield {"lot": lot.lot, "plant": lot.plant, "licence": lot.licence}


def _shared(found: LineStops) -> dict[str, list[str]]:
    """Returns the granted single licences under which several lots are to leave, where the law was not asked."""
    if any(one.outcome != NOT_ASKED for one in found.law):
        return {}
    several = _by_licence(found, lambda held: held.kind == "single" and held.state == "granted")
    return {name: lots for name, lots in several.items() if len(lots) > 1}


def _by_licence(found: LineStops, counts: Callable[[LicenceHeld], bool]) -> dict[str, list[str]]:
    lots: dict[str, list[str]] = {}
    for lot, held in _waiting(found):
        if counts(held):
            lots.setdefault(held.licence, []).append(lot.lot)
    return lots
