"""The days looked at, and faults that show only with the days asked for; those of the workbook are found on reading."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from coercivity.base.days import Day
from coercivity.base.errors import Argument, Faults
from coercivity.firm.company.model import Company, Delay
from coercivity.firm.line_stop.days import Period

DEFAULT_DAYS = 365
LONGEST_DAYS = 3660
OLDEST_DAYS = 366
# First days not met need no scenarios, so they are looked for at least this far.
DATES_DAYS = 730


def period_of(company: Company, on: Day | None, until: Day | None) -> Period:
    """Returns the days looked at; every fault that keeps stops from being computed is raised.

    Args:
        company: The company.
        on: Day asked for; the default is the day of the stock count.
        until: Last day; the default is that of the workbook, else 365 days after the count.

    Raises:
        CoercivityError: With every fault: no day of the count, a count after the day asked for, a last day that is not
            after the count or more than ten years after it, chances that do not add up to one.
    """
    faults = Faults()
    count = company.settings.as_of
    period = None
    if count is None and on is None:
        what = "the day of the stock count (as_of) is missing"
        faults.add("AS-OF", what, where="Settings", next="add as_of, the day on whose evening stock was counted")
    else:
        period = _period(company, count or on or Day.min, on, until, faults)
        _check_arrivals(company, period.on, faults)
    check_chances(company.delays, faults)
    faults.raise_if_any()
    assert period is not None
    return period


def dates_period(period: Period) -> Period:
    """Returns the days in which first days not met are looked for: two years after the count, or up to the last day."""
    return Period(period.on, max(period.until, Day.fromordinal(period.on.toordinal() + DATES_DAYS)))


def check_chances(delays: Iterable[Delay], faults: Faults) -> None:
    """Adds a fault if the chances of the scenarios do not add up to one; without scenarios there is nothing to add."""
    rows = tuple(delays)
    chance = sum((row.probability for row in rows), Fraction(0))
    if rows and chance != 1:
        what = f"the chances of Delays add up to {shown(chance)}, not 1"
        faults.add("SHARE", what, where=rows[-1].where, next="correct the chances")


def shown(number: Fraction) -> str:
    """Returns a number as a decimal, exact where it has at most nine places."""
    text = f"{float(number):.9f}".rstrip("0").rstrip(".")
    return text or "0"


def _period(company: Company, count: Day, on: Day | None, until: Day | None, faults: Faults) -> Period:
    where = company.places.get("as_of", "Settings")
    if on is not None and on < count:
        what = f"stock was counted on {count}, after the requested date ({on})"
        faults.add("AS-OF", what, where=where, next="give a later date, or enter an earlier stock count")
    elif on is not None and (on - count).days > OLDEST_DAYS:
        what = f"stock was counted on {count}, more than {OLDEST_DAYS} days before {on}"
        faults.add("AS-OF", what, where=where, next="enter a newer stock count")
    asked = until or company.settings.until
    last = asked or Day.fromordinal(count.toordinal() + DEFAULT_DAYS)
    where = company.places.get("until", "Settings") if until is None else Argument("until")
    if last <= count:
        faults.add(
            "DAYS-ORDER",
            f"the last day, {last}, is not after the stock count, {count}",
            where=where,
            next="name a later day",
        )
    elif on is not None and last < on:
        what = f"the last day, {last}, is before the day asked for, {on}"
        faults.add("DAYS-ORDER", what, where=where, next="name a later day")
    elif (last - count).days > LONGEST_DAYS:
        what = f"the last day, {last}, is more than {LONGEST_DAYS:,} days after the stock count, {count}"
        faults.add("DAYS-ORDER", what, where=where, next="name an earlier day")
    return Period(count, last)


def _check_arrivals(company: Company, count: Day, faults: Faults) -> None:
    """Adds a fault for goods that arrived by the evening of the count: the stock may hold them already."""
    for lot in company.in_transit:
        if lot.state == "cleared" and lot.arrives is not None and lot.arrives <= count:
            what = f"lot {lot.lot} arrived on {lot.arrives}, which is not after the stock count, {count}"
            step = "delete the row if the stock holds it, or correct the day"
            faults.add("DAYS-ORDER", what, where=lot.where, next=step)
