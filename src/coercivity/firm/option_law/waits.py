"""How long what needs a licence waits for it: by law, and for stock in practice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction

from coercivity.base.days import Day
from coercivity.firm.chain.calendar import chain_calendar
from coercivity.firm.company.mix_sheets.use import KG_PER_T
from coercivity.firm.company.model import Company, Lot
from coercivity.firm.line_stop.scenarios import LEAVES_DAYS_AFTER_GRANT
from coercivity.firm.option_law.findings import Finding
from coercivity.firm.option_law.licence_time import after_months, covers, legal_end, whole_months
from coercivity.firm.option_law.needs import Need
from coercivity.firm.option_law.results import LicenceTime
from coercivity.law.rules.model import Outcome
from coercivity.law.rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Waits:
    """Licence times of one mix, filed on its first day."""

    book: Rulebook
    company: Company
    start: Day

    def of(self, one: Finding, entered: int | None, *, fresh: bool = False) -> LicenceTime:
        """Returns the time of a result that requires a licence.

        A granted licence that ends before a new one can be there leaves a gap, so it counts only if it does not.

        Args:
            one: The result.
            entered: Months until an option can be used by the workbook; None for stock.
            fresh: Whether granted licences are left out.
        """
        assert one.decision is not None
        calendar = chain_calendar(self.book, self.company.calendar, (self.start, self.start))
        end = legal_end(self.book, one.decision, self.start, calendar)
        ways, licences = self._ways(one), () if fresh else self.company.licences
        held = next((licence for licence in licences if covers(licence, ways, one.on)), None)
        until = None if held is None else held.valid_until
        if held is not None and until is not None and (entered is None or end is None or until >= end):
            return LicenceTime(self.start, None, 0, entered, held=held.licence, held_until=until)
        if end is None:
            return LicenceTime(self.start, None, 0, entered)
        assumed = not calendar.assumed.isdisjoint(range(self.start.year, end.year + 1))
        return LicenceTime(self.start, end, whole_months(self.start, end), entered, assumed)

    def longest(self, told: Sequence[Finding], entered: int | None, *, fresh: bool = False) -> LicenceTime | None:
        """Returns the longest time of some results; None where none requires a licence.

        Args:
            told: The results.
            entered: Months until an option can be used by the workbook; None for stock.
            fresh: Whether granted licences are left out.
        """
        needed = [one for one in told if one.outcome is Outcome.LICENCE and one.decision is not None]
        times = [self.of(one, entered, fresh=fresh) for one in needed]
        return max(times, key=lambda time: (time.months, time.decided_by or time.filed_on), default=None)

    def in_practice(self, time: LicenceTime) -> LicenceTime:
        """Returns a time with the longest one to a grant of the sheet Delays, and the days until goods then leave.

        Args:
            time: The time by law.
        """
        days = [one.single_days for one in self.company.delays if isinstance(one.single_days, int)]
        if not days:
            return time
        after = self.company.settings.leaves_days_after_grant
        leaves = self.start + timedelta(days=max(days) + (LEAVES_DAYS_AFTER_GRANT if after is None else after))
        return replace(time, practice_by=leaves, months=max(time.months, whole_months(self.start, leaves)))

    def _ways(self, one: Finding) -> list[tuple[str, str]]:
        """Returns supplier and plant of goods, or of every lot of a transaction."""
        if not one.deal:
            return [(one.supplier, one.plant)]
        return [(lot.supplier, lot.plant) for lot in self.company.in_transit if lot.deal == one.deal]

    def first_of(self, waits: Sequence[tuple[Need, LicenceTime | None]], cap_t: Fraction | None) -> LicenceTime | None:
        """Returns the time from which air freight can fly: that of the first deliveries that fill it until the last.

        Args:
            waits: What a grade needs, each with its licence time; None for what requires none.
            cap_t: Most tonnes a month by air.
        """
        by_time = sorted(waits, key=lambda each: (each[1].months, 1) if each[1] else (0, 0))
        last = by_time[-1][1]
        if last is None or last.months == 0 or cap_t is None:
            return last
        until = after_months(self.start, last.months)
        for need, time in by_time:
            lots = [lot for lot in self.company.in_transit if lot.state == "waiting" and _is_of(lot, need)]
            leaving = (lot.quantity_kg for lot in lots if lot.leaves is not None and self.start <= lot.leaves < until)
            if sum(leaving, Fraction(0)) / KG_PER_T >= cap_t * last.months:
                return time
        return last


def _is_of(lot: Lot, need: Need) -> bool:
    """Returns whether a lot is part of a transaction, or of the goods that the workbook describes."""
    if need.deal is not None:
        return lot.deal == need.deal.deal
    goods = need.goods
    return goods is not None and (lot.supplier, lot.plant, lot.part) == (goods.supplier, goods.plant, goods.part)
