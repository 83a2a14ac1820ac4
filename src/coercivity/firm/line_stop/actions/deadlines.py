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
from coercivity.firm.chain.calendar import ChainCalendar
from coercivity.firm.chain.stage_names import stage_kind
from coercivity.firm.company.model import NO_LICENCE, Company, Delay, LicenceHeld, Lot
from coercivity.firm.company.own_make import made_at_plant
from coercivity.firm.line_stop.actions.paperwork import Paperwork
from coercivity.firm.line_stop.dates import touches
from coercivity.firm.line_stop.results import LotLaw, OwnDeadline, PartDates
from coercivity.firm.line_stop.scenarios import LEAVES_DAYS_AFTER_GRANT
from coercivity.law.rules.model import Outcome

CONFIDENCES = (Fraction(1, 2), Fraction(9, 10))
AIR_DAYS = 5  # by air, where the workbook does not say; an assumption
AIR = "air"
Kind = Literal["sign", "file", "order_air"]
_ORDER = ("licence_ends", "sign", "file", "order_air", "released")


def deadlines_of(
    company: Company,
    parts: Sequence[PartDates],
    *,
    on: Day,
    calendar: ChainCalendar | None = None,
    held: frozenset[str] = frozenset(),
    law: Sequence[LotLaw] = (),
) -> tuple[OwnDeadline, ...]:
    """Returns the days by which the company must act, in order.

    The last day to sign needs the sheet Stages and a calendar, the last days to file the sheet Delays and days of
    transport; what cannot be counted is left out. Goods that wait for no licence have no last day to file, and a part
    of which the plant makes every lot that waits has no last day to order by air.

    Args:
        company: The company.
        parts: First days not met, by plant and part.
        on: Day asked for; licences and releases before it are left out, and an earlier day to act has passed.
        calendar: Chinese working days.
        held: Lots that the law does not let leave as they are entered.
        law: What the law says of the lots.
    """
    counted = _Counted(company, on, calendar, held, law)
    found = [*_licences(company, on), *_releases(company, on)]
    for part in parts:
        stop = part.layers["licensed"]
        if stop is not None:
            found += counted.before_stop(part, stop)
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


class UsualTransit:
    """Days of transport by plant and part, as the lots of the workbook have them."""

    def __init__(self, lots: Iterable[Lot]) -> None:
        self._longest: dict[tuple[str, str], int] = {}
        for lot in lots:
            if lot.transit_days is not None:
                for key in ((lot.plant, lot.part), ("", lot.part), (lot.plant, "")):
                    self._longest[key] = max(self._longest.get(key, 0), lot.transit_days)

    def days(self, plant: str, part: str) -> int | None:
        """Returns the longest transport among the lots of a part for a plant, else of the part, else for the plant."""
        keys = (plant, part), ("", part), (plant, "")
        return next((self._longest[key] for key in keys if key in self._longest), None)


def air_days(company: Company, plant: str, part: str) -> tuple[int, bool]:
    """Returns the days by air, and whether they are assumed: from sheet Options, else Stages, else `AIR_DAYS`."""
    for option in company.options:
        fits = option.plant in ("", plant) and option.part in ("", part) and not option.lot
        if option.kind == "air freight" and option.days is not None and fits:
            return option.days, False
    rows = [row.days for row in company.stages if stage_kind(row.stage) == AIR]
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


class _Counted:
    """What days are counted back with, collected once."""

    def __init__(
        self,
        company: Company,
        on: Day,
        calendar: ChainCalendar | None,
        held: frozenset[str],
        law: Sequence[LotLaw],
    ) -> None:
        self.company, self.on, self.held = company, on, held
        self.licensed = {one.lot for one in law if one.outcome == Outcome.LICENCE.value}
        self.parts = {row.part: row for row in company.parts}
        self.paperwork = Paperwork(company.stages, calendar)
        self.transit = UsualTransit(company.in_transit)
        self.own = made_at_plant(company)
        self.lots: dict[tuple[str, str], list[Lot]] = {}
        for lot in company.in_transit:
            self.lots.setdefault((lot.plant, lot.part), []).append(lot)
        given = company.settings.leaves_days_after_grant
        self.leaves_days = LEAVES_DAYS_AFTER_GRANT if given is None else given
        within = {confidence: single_days_within(company.delays, confidence) for confidence in CONFIDENCES}
        self.single_days = {confidence: days for confidence, days in within.items() if days is not None}

    def before_stop(self, part: PartDates, stop: Day) -> Iterator[OwnDeadline]:
        """Yields the days by which to act so that goods arrive on the day of a stop."""
        waiting = [lot for lot in self.lots.get((part.plant, part.part), []) if lot.state == "waiting"]
        made_here = bool(waiting) and all(lot.lot in self.own for lot in waiting)
        yield from (one for one in self._before_stop(part, stop) if not (made_here and one.kind == "order_air"))

    def _before_stop(self, part: PartDates, stop: Day) -> Iterator[OwnDeadline]:
        of = {"plant": part.plant, "part": part.part}
        by_air, assumed = air_days(self.company, part.plant, part.part)
        air_why = {"stop_on": stop.isoformat(), "transit_days": str(by_air)}
        air_why |= {"transit": "assumed"} if assumed else {}
        lots = self.lots.get((part.plant, part.part), [])
        if self._files_nothing(part.part, lots):
            told = {} if any(lot.lot in self.held for lot in lots) else {"licence": NO_LICENCE}
            yield self._told("order_air", stop - timedelta(days=by_air), of, {**air_why, **told})
            return
        for licence in _usable(self.company, lots, part.plant):
            assert licence.valid_until is not None
            last = min(stop - timedelta(days=by_air), licence.valid_until)
            if last >= self.on:
                yield self._told("order_air", last, {**of, "licence": licence.licence}, air_why)
        transit = self.transit.days(part.plant, part.part)
        for confidence, days in self.single_days.items():
            counted = {
                "confidence": str(float(confidence)),
                "single_days": str(days),
                "leaves_days": str(self.leaves_days),
            }
            if transit is not None:
                why = {"stop_on": stop.isoformat(), "transit_days": str(transit), **counted}
                yield from self._papers(stop - timedelta(days=transit + self.leaves_days + days), confidence, of, why)
            file_by = stop - timedelta(days=by_air + self.leaves_days + days)
            signed = self.paperwork.sign_by(file_by, confidence)
            why = {**air_why, **counted}
            if signed is not None:
                why |= {"file_on": file_by.isoformat(), **self.paperwork.note(signed, file_by)}
            yield self._told("order_air", signed or file_by, of, why)

    def _files_nothing(self, part: str, lots: Sequence[Lot]) -> bool:
        """Returns whether the lots of a part wait for no licence, though some may be on hold for another reason.

        A lot on hold is taken for one without a licence only where the sheet Clauses is filled and none touches it.
        """
        if not lots or any(lot.licence != NO_LICENCE or lot.lot in self.licensed for lot in lots):
            return False
        if not any(lot.lot in self.held for lot in lots):
            return True
        clauses, row = self.company.clauses, self.parts.get(part)
        return bool(clauses) and not any(touches(clause, row) for clause in clauses)

    def _papers(
        self, file_by: Day, confidence: Fraction, of: dict[str, str], why: dict[str, str]
    ) -> Iterator[OwnDeadline]:
        yield self._told("file", file_by, of, why)
        sign_by = self.paperwork.sign_by(file_by, confidence)
        if sign_by is not None:
            told = {**why, "file_on": file_by.isoformat(), **self.paperwork.note(sign_by, file_by)}
            yield self._told("sign", sign_by, of, told)

    def _told(self, kind: Kind, day: Day, of: dict[str, str], why: dict[str, str]) -> OwnDeadline:
        passed = {"passed": "yes"} if day < self.on else {}
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
        and (plant in licence.names or (licence.kind == "single" and not licence.names))
    ]
