"""The licence state of transactions: licences of the lots that the workbook of a company ties to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from coercivity.base.days import Day
from coercivity.firm.company.model import LicenceHeld, Lot
from coercivity.firm.line_stop.days import Period
from coercivity.firm.line_stop.results import LineStops, OwnDeadline
from coercivity.firm.line_stop.supply import not_covered
from coercivity.papers.brief.report_data import DealLicence, DealLicences, FileBy
from coercivity.papers.shared.paper.figures import day_or_none


def licences_by_deal(found: LineStops, on: Day) -> dict[str, DealLicences]:
    """Returns the licence state of each transaction that a lot names.

    Args:
        found: The stops of the company.
        on: Day of the report: a licence that ended before it is not in force.
    """
    lots: dict[str, list[Lot]] = {}
    for lot in found.company.in_transit:
        if lot.deal:
            lots.setdefault(lot.deal, []).append(lot)
    barred = {one.lot for one in found.law if one.held}
    barred |= {lot.lot for lot, _ in not_covered(found.company, Period(found.on, found.until))}
    licences = {one.licence: one for one in found.company.licences}
    return {deal: _state(rows, licences, barred, found.deadlines, on) for deal, rows in lots.items()}


def _state(
    lots: Sequence[Lot],
    licences: Mapping[str, LicenceHeld],
    barred: set[str],
    deadlines: Iterable[OwnDeadline],
    on: Day,
) -> DealLicences:
    waiting = [lot for lot in lots if lot.state == "waiting"]
    named = dict.fromkeys(lot.licence for lot in waiting if lot.licence in licences)
    under = {name: [lot for lot in waiting if lot.licence == name] for name in named}
    return {
        "licences": [_licence(licences[name], rows, barred, on) for name, rows in under.items()],
        "waiting": [lot.lot for lot in waiting],
        "cleared": [lot.lot for lot in lots if lot.state == "cleared"],
        "file_by": _file_by(deadlines, {(lot.plant, lot.part) for lot in waiting}),
    }


def _licence(held: LicenceHeld, lots: Sequence[Lot], barred: set[str], on: Day) -> DealLicence:
    """Returns a licence with the lots under it; in force if a lot may leave under it on the day of the report."""
    filed = min(_filed(held, lots), default=None)
    ended = held.valid_until is not None and held.valid_until < on
    covers = any(lot.lot not in barred for lot in lots)
    return {
        "licence": held.licence,
        "supplier": held.supplier,
        "kind": held.kind,
        "state": held.state,
        "filed": day_or_none(filed),
        "valid_until": day_or_none(held.valid_until),
        "ended": ended,
        "in_force": held.state == "granted" and not ended and covers,
        "lots": [lot.lot for lot in lots],
    }


def _filed(held: LicenceHeld, lots: Sequence[Lot]) -> Iterator[Day]:
    """Yields the days of filing of a licence that is not granted yet."""
    if held.state == "filed":
        yield from (day for lot in lots if (day := lot.filed or held.filed) is not None)


def _file_by(deadlines: Iterable[OwnDeadline], places: set[tuple[str, str]]) -> FileBy | None:
    """Returns the last day to file for any of the plants and parts, with the highest confidence that was counted."""
    found = [
        (-float(one.why["confidence"]), one.on, one)
        for one in deadlines
        if one.kind == "file" and (one.of["plant"], one.of["part"]) in places
    ]
    if not found:
        return None
    _, day, first = min(found, key=lambda entry: entry[:2])
    return {
        "on": day.isoformat(),
        "confidence": first.why["confidence"],
        "passed": "passed" in first.why,
        "stop_on": first.why["stop_on"],
    }
