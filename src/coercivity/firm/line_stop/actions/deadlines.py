"""Days by which the company itself must act: sign, file, order by air, use a licence; and days of release.

Counted back from the first day not met of a part: days of transport, days from grant to leaving, and the days from
filing to grant that the authority keeps with a confidence. Goods can be used on the day they arrive, so that they may
arrive on the day of the stop itself. A day that has passed is still told, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from fractions import Fraction
from typing import Literal

from coercivity.base.days import Day
from coercivity.firm.company.model import NO_LICENCE, Company, Delay, LicenceHeld, Lot
from coercivity.firm.line_stop.actions.paperwork import Paperwork
from coercivity.firm.line_stop.results import OwnDeadline, PartDates
from coercivity.firm.line_stop.scenarios import LEAVES_DAYS_AFTER_GRANT

CONFIDENCES = (Fraction(1, 2), Fraction(9, 10))
AIR_DAYS = 5  # by air, where the workbook does not say; an assumption
AIR = "air"
Kind = Literal["sign", "file", "order_air"]
_ORDER = ("licence_ends", "sign", "file", "order_air", "released")


def deadlines_of(company: Company, parts: Sequence[PartDates], *, on: Day) -> tuple[OwnDeadline, ...]:
    """Returns the days by which the company must act, in order.

    The last day to sign needs the sheet Stages, the last days to file the sheet Delays and days of transport; what
    cannot be counted is left out.

    Args:
        company: The company.
        parts: First days not met, by plant and part.
        on: Evening of the stock count; licences and releases before it are left out.
    """
    paperwork = Paperwork(company)
    found = [*_licences(company, on), *_releases(company, on)]
    for part in parts:
        found += _before_stop(company, paperwork, part, on)
    return tuple(sorted(found, key=lambda each: (each.on, _ORDER.index(each.kind), *each.of.values(), str(each.why))))


def single_days_within(delays: Iterable[Delay], confidence: Fraction) -> int | None:
    """Returns the least number of days from filing to grant that is enough with a confidence, or None if none is.

    Exactly the confidence counts. A refusal is never granted.
    """
    chance = Fraction(0)
    granted = [(delay.single_days, delay.probability) for delay in delays if isinstance(delay.single_days, int)]
    for days, probability in sorted(granted):
        chance += probability
        if chance >= confidence:
            return days
    return None


def usual_transit_days(company: Company, plant: str, part: str) -> int | None:
    """Returns the longest transport among the lots of a part for a plant, else of the part, else for the plant."""
    lots = company.in_transit
    for chosen in (
        [lot for lot in lots if (lot.plant, lot.part) == (plant, part)],
        [lot for lot in lots if lot.part == part],
        [lot for lot in lots if lot.plant == plant],
    ):
        days = [lot.transit_days for lot in chosen if lot.transit_days is not None]
        if days:
            return max(days)
    return None


def air_days(company: Company, plant: str, part: str) -> tuple[int, bool]:
    """Returns the days by air, and whether they are assumed: from sheet Options, else Stages, else `AIR_DAYS`."""
    for option in company.options:
        fits = option.plant in ("", plant) and option.part in ("", part) and not option.lot
        if option.kind == "air freight" and option.days is not None and fits:
            return option.days, False
    rows = [row.days for row in company.stages if row.stage.casefold() == AIR]
    return (max(rows), False) if rows else (AIR_DAYS, True)


def _licences(company: Company, on: Day) -> Iterator[OwnDeadline]:
    for licence in company.licences:
        if licence.state == "granted" and licence.valid_until is not None and licence.valid_until >= on:
            of = {"licence": licence.licence, "supplier": licence.supplier}
            yield OwnDeadline("licence_ends", licence.valid_until, of, {"licence_kind": licence.kind})


def _releases(company: Company, on: Day) -> Iterator[OwnDeadline]:
    rows: list[tuple[Day | None, dict[str, str], str]] = [
        (row.released_on, {"plant": row.plant, "part": row.part}, row.serves) for row in company.stock
    ]
    rows += [
        (lot.released_on, {"plant": lot.plant, "part": lot.part, "lot": lot.lot}, lot.serves)
        for lot in company.in_transit
    ]
    for day, of, serves in rows:
        if day is not None and day >= on:
            yield OwnDeadline("released", day, of, {"serves": serves} if serves else {})


def _before_stop(company: Company, paperwork: Paperwork, part: PartDates, on: Day) -> Iterator[OwnDeadline]:
    stop = part.layers["licensed"]
    if stop is None:
        return
    of = {"plant": part.plant, "part": part.part}
    transit = usual_transit_days(company, part.plant, part.part)
    by_air, assumed = air_days(company, part.plant, part.part)
    lots = [lot for lot in company.in_transit if (lot.plant, lot.part) == (part.plant, part.part)]
    air_why = {"stop_on": stop.isoformat(), "transit_days": str(by_air)} | ({"transit": "assumed"} if assumed else {})
    if lots and all(lot.licence == NO_LICENCE for lot in lots):
        yield _told("order_air", stop - timedelta(days=by_air), of, {**air_why, "licence": NO_LICENCE}, on)
        return
    for licence in _usable(company, lots, part.plant):
        assert licence.valid_until is not None
        last = min(stop - timedelta(days=by_air), licence.valid_until)
        if last >= on:
            yield _told("order_air", last, {**of, "licence": licence.licence}, air_why, on)
    given = company.settings.leaves_days_after_grant
    leaves = LEAVES_DAYS_AFTER_GRANT if given is None else given
    for confidence in CONFIDENCES:
        days = single_days_within(company.delays, confidence)
        if days is None:
            continue
        counted = {"confidence": str(float(confidence)), "single_days": str(days), "leaves_days": str(leaves)}
        if transit is not None:
            why = {"stop_on": stop.isoformat(), "transit_days": str(transit), **counted}
            file_by = stop - timedelta(days=transit + leaves + days)
            yield _told("file", file_by, of, why, on)
            sign_by = paperwork.sign_by(file_by, confidence)
            if sign_by is not None:
                yield _told("sign", sign_by, of, {**why, "file_on": file_by.isoformat()} | paperwork.note(sign_by), on)
        file_by = stop - timedelta(days=by_air + leaves + days)
        signed = paperwork.sign_by(file_by, confidence)
        why = {**air_why, **counted, "file_on": file_by.isoformat()}
        yield _told("order_air", signed or file_by, of, why, on)


def _told(kind: Kind, day: Day, of: dict[str, str], why: dict[str, str], on: Day) -> OwnDeadline:
    passed = {"passed": "yes"} if day < on else {}
    return OwnDeadline(kind, day, of, {**why, **passed})


def _usable(company: Company, lots: Sequence[Lot], plant: str) -> list[LicenceHeld]:
    """Returns the licences with a last day under which lots of a part may still leave for a plant."""
    named = {lot.licence for lot in lots}
    return [
        licence
        for licence in company.licences
        if licence.licence in named
        and licence.state == "granted"
        and licence.valid_until is not None
        and (not licence.names or plant in licence.names)
    ]
