"""How long a licence takes by law, in whole months from filing."""

from __future__ import annotations

from collections.abc import Sequence

from coercivity.base.days import Day
from coercivity.firm.chain.calendar import ChainCalendar
from coercivity.firm.company.model import LicenceHeld
from coercivity.law.consequences.procedure import OpenTrack, procedure
from coercivity.law.engine.decide import Decision
from coercivity.law.rules.rulebook import Rulebook


def legal_end(book: Rulebook, decision: Decision, filed_on: Day, calendar: ChainCalendar) -> Day | None:
    """Returns the last day on which the authority must have decided; None where the law sets no limit.

    One route of each regime is needed: the fastest. All regimes are needed: the slowest. Filing counts as acceptance,
    so a licence may come later. Appraisal, expert consultation and on-site checks are not counted by law.

    Args:
        book: The rulebook.
        decision: A decision that a licence is required.
        filed_on: Day of filing.
        calendar: Chinese working days.

    Source: Decree 792, Article 17; Decree 331, Articles 32, 34 and 38.
    """
    ends: dict[str, list[int]] = {}
    for track in procedure(book, decision).tracks:
        end = _end(track, filed_on, calendar)
        if end is not None and track.sure:
            ends.setdefault(track.rule.regime, []).append(end)
    return Day.fromordinal(max(map(min, ends.values()))) if ends else None


def _end(track: OpenTrack, filed_on: Day, calendar: ChainCalendar) -> int | None:
    """Returns the end of a route whose steps follow each other; None without a limit for any of them."""
    if any(clock.no_limit for clock in track.clocks):
        return None
    days = [clock.rule.working_days for clock in track.clocks if clock.rule.working_days]
    end = filed_on.toordinal()
    for working_days in days:
        end = calendar.after(end, working_days)
    return end if days else None


def whole_months(start: Day, end: Day) -> int:
    """Returns the least number of months after which a day is reached: 15 June to 18 August are 3.

    Args:
        start: First day.
        end: The day to reach.
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    while months > 0 and after_months(start, months - 1) >= end:
        months -= 1
    while after_months(start, months) < end:
        months += 1
    return max(months, 0)


def after_months(start: Day, months: int) -> Day:
    """Returns the day that many months later; the last of the month where it has no such day.

    Args:
        start: First day.
        months: Whole months, 0 or more.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    for day in range(start.day, 27, -1):
        try:
            return Day(year, month + 1, day)
        except ValueError:
            continue
    return Day(year, month + 1, min(start.day, 28))


def covers(licence: LicenceHeld, ways: Sequence[tuple[str, str]], on: Day | None) -> bool:
    """Returns whether a granted general licence names every plant to which goods of its supplier go on their day.

    Args:
        licence: The licence.
        ways: Supplier and plant of the goods.
        on: Day on which they go.
    """
    return (
        licence.kind == "general"
        and licence.state == "granted"
        and bool(ways)
        and all(supplier == licence.supplier and plant in licence.names for supplier, plant in ways)
        and licence.valid_until is not None
        and on is not None
        and on <= licence.valid_until
    )
