"""The law on the options of a mix and on its stock: each is decided for the day on which it goes.

An option that the workbook describes by supplier, part and plant becomes a deal as a lot does; one that needs
transactions of a case folder takes the strictest of their results. What is barred or open is never chosen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from coercivity.base.days import Day
from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.firm.company.mix_sheets.rows import (
    GradeRow,
    MixOptionRow,
    says_anything,
    states_none,
    transactions_of,
)  # fmt: skip
from coercivity.firm.company.mix_sheets.use import mix_months
from coercivity.firm.company.model import Company
from coercivity.firm.option_law.by_grade import ByGrade, Graded
from coercivity.firm.option_law.decided import Decided
from coercivity.firm.option_law.findings import Finding, Goods, Key, unanswered
from coercivity.firm.option_law.licence_time import after_months
from coercivity.firm.option_law.needs import goes_monthly, grades_of, needs_of, transactions_needed
from coercivity.firm.option_law.results import DayFrom, LicenceTime, OptionDeal, OptionLaw
from coercivity.firm.option_law.together import outcomes_of, strictest
from coercivity.firm.option_law.waits import Waits
from coercivity.law.rules.model import GRAVITY, Outcome
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption


def options_law(
    book: Rulebook,
    company: Company,
    *,
    on: Day | None = None,
    known: Day | None = None,
    assume: Mapping[str, Assumption] | None = None,
    decided: Mapping[str, OptionDeal] | None = None,
) -> tuple[OptionLaw, ...]:
    """Returns what the law says of each option of the mix, then of the stock of each grade.

    An option goes when it can be used: on the first day of the mix plus its months; where `decided_on` gives another
    day, on both. Goods, and transactions of goods, come month by month, so they are decided again on each later day
    within the mix on which a rule changes; know-how, work and equipment go once, on their own date. Where a licence
    takes longer by law than the months entered, the longer time counts. The first day is `on`, else the day of the
    stock count. All this is found grade by grade: `OptionLaw.grades`. Filing ahead without goods of its own is about
    those of the sheet Grades: it is lawful where any of them may proceed. Air freight and a leaner grade bring the
    goods of their grades too. Stock that waits for a licence is there after the longest time to a grant and the sea.

    Less said never frees: in a case folder, and where any option or grade says what it brings, one that does not say
    it is not counted, unless the company states that no transaction is needed.

    Args:
        book: The rulebook, with the files of its user.
        company: The company.
        on: First day of the mix.
        known: Information cut-off; by default the earlier of the day decided and the last check of the rulebook.
        assume: Planning assumptions, by instrument.
        decided: Transactions of the case folder as decided, by id; None without a case folder.

    Raises:
        CoercivityError: With every transaction that the case folder does not have; then with every country and
            declaration that cannot be read.
    """
    _check_deals(company, decided)
    rows: tuple[MixOptionRow | GradeRow, ...] = (*company.mix_options, *company.grades)
    strict = decided is not None or any(map(says_anything, rows))
    start, results = on or company.settings.as_of, Decided(book, company, known, dict(assume or {}))
    asked = _Question(book, company, start, decided, strict, results)
    stock = tuple(asked.stock(row) for row in company.grades)
    return (*(asked.option(row, stock) for row in company.mix_options), *stock)


def _check_deals(company: Company, decided: Mapping[str, OptionDeal] | None) -> None:
    """Raises a fault for every transaction that an option or stock names and the case folder does not have."""
    faults = Faults()
    rows: tuple[MixOptionRow | GradeRow, ...] = (*company.mix_options, *company.grades)
    for row in rows:
        for name in transactions_of(row):
            if decided is not None and name not in decided:
                what, close = f"there is no transaction {brief_value(name)}", nearest(name, decided)
                do = "correct the cell, or add the transaction"
                faults.add("FIRM-REF", what, where=row.where, nearest=close, next=do)
    faults.raise_if_any()


def _key(row: MixOptionRow | GradeRow) -> Key:
    return ("option", row.option) if isinstance(row, MixOptionRow) else ("stock", row.grade)


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked, and the first day of the mix."""

    book: Rulebook
    company: Company
    start: Day | None
    deals: Mapping[str, OptionDeal] | None
    strict: bool
    decided: Decided

    @property
    def waits(self) -> Waits | None:
        """Licence times; None without a first day."""
        return None if self.start is None else Waits(self.book, self.company, self.start)

    def option(self, row: MixOptionRow, stock: Sequence[OptionLaw]) -> OptionLaw:
        """Returns what the law says of an option."""
        usable = None if self.start is None else after_months(self.start, row.months or 0)
        own = Goods(_key(row), row.supplier, row.plant, row.part, row.decided_on or usable, row.where)
        if row.kind == "filing" and not own.begun and not transactions_of(row):
            of = _of_stock(stock)
            if of is not None:
                of = replace(of, name=row.option, kind="option", months=row.months)
                return replace(of, licence=None, leaves=0, held_late=-1)
        if not says_anything(row):
            return self._not_asked(row, own)
        needs = needs_of(self.company, row, own, self.deals, strict=self.strict)
        without = transactions_needed(self.company, row) if self.deals is None else ()
        by_grade = ByGrade(self.decided, self.start, mix_months(self.company), self.waits)
        found: dict[str, Graded] = {}
        for grade in grades_of(row):
            one = by_grade.of(row, [need for need in needs if grade in need.grades], without)
            if one is None:
                return self._not_asked(row, own)
            found[grade] = one
        return self._together(row, found)

    def _together(self, row: MixOptionRow, found: Mapping[str, Graded]) -> OptionLaw:
        """Returns the result of an option: of the grades for which it may be chosen, else of all."""
        lawful = [one for one in found.values() if not one.law.not_counted]
        some = lawful or list(found.values())
        told = [finding for one in some for finding in one.told]
        law = strictest(_key(row), told)
        months = min(one.law.months for one in some)
        times = [one.time for one in some if one.time is not None]
        usable = [after_months(self.start, one.law.months) for one in some] if self.start is not None else []
        every = [finding for one in found.values() for finding in one.told]
        own = {one.deal: self.deals[one.deal].decision.on for one in every if one.deal and self.deals is not None}
        time = max(times, key=lambda time: (time.months, time.decided_by or time.filed_on), default=None)
        return replace(
            law,
            deals=outcomes_of(every),
            not_counted=law.not_counted or ("" if lawful else "too late"),
            licence=time,
            months=months,
            day_from=_day_from(row, law, own, usable, time),
            deals_after={deal: on for deal, on in own.items() if usable and on >= after_months(min(usable), 1)},
            grades={grade: one.law for grade, one in found.items()},
            days=tuple(sorted({day for one in found.values() for day in one.days})),
        )

    def _not_asked(self, row: MixOptionRow | GradeRow, own: Goods) -> OptionLaw:
        """Returns a row about which the law was not asked: stated, not counted, or, if no row says a thing, entered."""
        kind, name = _key(row)
        law = OptionLaw(name, kind)
        if states_none(row):
            declared = next((one.value for one in self.company.declarations if one.name == "said_by"), "")
            return replace(law, stated=True, said_by=declared)
        found = self.decided.goods(own, own.day) if own.day is not None else None
        names = transactions_of(row)
        without = (f"Transactions deals of {', '.join(names)}",) if names else ()
        cells = own.blank if found is None else found.missing
        return replace(law, missing=without or cells, not_counted="nothing said" if self.strict else "")

    def stock(self, row: GradeRow) -> OptionLaw:
        """Returns what the law says of the stock of a grade: on the first day, and where it waits, once it leaves."""
        own = Goods(_key(row), row.supplier, row.plant, row.part, self.start, row.where)
        told = self._of_stock(row, own, self.start)
        law = strictest(_key(row), told)
        if law.outcome is None and not law.not_counted:
            return self._not_asked(row, own)
        law = replace(law, deals=outcomes_of(told), day_from="deals" if law.of_deal else "start")
        waits = self.waits
        if law.outcome is not Outcome.LICENCE or law.not_counted or waits is None:
            return law
        time, fresh = waits.longest(told, None), waits.longest(told, None, fresh=True)
        assert time is not None
        assert fresh is not None
        return self._leaving(row, own, law, time, waits.in_practice(fresh))

    def _leaving(self, row: GradeRow, own: Goods, law: OptionLaw, time: LicenceTime, fresh: LicenceTime) -> OptionLaw:
        """Returns stock that requires a licence, with the month from which it is there."""
        assert self.start is not None
        sea = 1 if self.company.settings.sea_months is None else self.company.settings.sea_months
        law = replace(
            law, leaves=fresh.months, arrives=fresh.months + sea, months=0 if time.held else fresh.months + sea
        )
        if time.held and time.held_until is not None:
            late = max(k for k in range(-1, 1200) if k < 0 or after_months(self.start, k) <= time.held_until)
            return replace(law, licence=time, held_late=late)
        day = after_months(self.start, fresh.months)
        then = strictest(_key(row), self._of_stock(row, own, day))
        if then.not_counted:
            return replace(then, day_from="deals" if then.of_deal else "licence", licence=fresh, months=law.months)
        months = mix_months(self.company)
        late = months is not None and fresh.months + sea >= months
        return replace(law, licence=fresh, not_counted="too late" if late else "")

    def _of_stock(self, row: GradeRow, own: Goods, day: Day | None) -> list[Finding]:
        """Returns the results for what stock needs on a day; none if the law was not asked."""
        names = transactions_of(row)
        told: list[Finding] = []
        for deal in [self.deals[name] for name in names] if self.deals is not None else ():
            told.append(self.decided.deal(deal))
            if day is not None and goes_monthly(deal):
                told.append(self.decided.deal(deal, day))
        found = self.decided.goods(own, day) if day is not None else None
        if found is not None and (found.outcome is not None or found.why):
            told.append(found)
        without = names if self.deals is None else ()
        if told and (without or (found is None and own.begun)):
            told.append(unanswered(own, without))
        return told


def _day_from(
    row: MixOptionRow, law: OptionLaw, own: Mapping[str, Day], usable: Sequence[Day], time: LicenceTime | None
) -> DayFrom:
    """Returns how the day of the strictest result was found."""
    if law.of_deal and law.on == own.get(law.of_deal):
        return "deals"
    if row.decided_on and law.on == row.decided_on:
        return "given"
    if law.on is not None and usable and law.on not in usable:
        return "change"
    return "licence" if time is not None and time.months > (row.months or 0) else "usable"


def _of_stock(stock: Sequence[OptionLaw]) -> OptionLaw | None:
    """Returns the strictest result of the goods that may proceed, else of all that were asked about.

    Where the law was asked about none, the first that is not counted, else one that is stated; None if all are as
    entered.
    """
    stock = [replace(one, not_counted="") if one.not_counted == "too late" else one for one in stock]
    asked = [one for one in stock if one.outcome is not None]
    lawful = [one for one in asked if one.counted]
    if found := lawful or asked:
        return max(found, key=lambda one: GRAVITY[one.outcome or Outcome.PROCEED])
    told = sorted((one for one in stock if one.stated or not one.counted), key=lambda one: one.counted)
    return next(iter(told), None)
