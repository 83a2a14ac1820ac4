"""The law on the options of a mix and on its stock: each is decided for the day on which it goes.

An option that the workbook describes by supplier, part and plant becomes a deal as a lot does; one that needs
transactions of a case folder takes the strictest of their results. What is barred or open is never chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from coercivity.base.days import Day
from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.firm.chain.calendar import chain_calendar
from coercivity.firm.company.mix_sheets.rows import (
    GradeRow,
    MixOptionRow,
    says_anything,
    states_none,
    transactions_of,
)  # fmt: skip
from coercivity.firm.company.mix_sheets.use import mix_months
from coercivity.firm.company.model import Company
from coercivity.firm.option_law.findings import Finding, Goods, Key, deal_finding, goods_findings, unanswered
from coercivity.firm.option_law.flown_in import brought_beside, transactions_beside, used_after
from coercivity.firm.option_law.licence_time import after_months, covers, legal_end, whole_months
from coercivity.firm.option_law.results import DayFrom, LicenceTime, OptionDeal, OptionLaw
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
    day, on both, for its goods come month by month. Where a licence takes longer by law than the months entered, the
    longer time counts. The first day is `on`, else the day of the stock count. Filing ahead without goods of its own is
    about those of the sheet Grades: it is lawful where any of them may proceed. Air freight and a leaner grade bring
    the goods of their grades too.

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
    asked = _Question(book, company, on or company.settings.as_of, known, dict(assume or {}), decided, strict)
    goods = {_key(row): asked.goods(row) for row in rows}
    found = asked.decide(one for several in goods.values() for one in several)
    times = {row.option: asked.time(row, goods[_key(row)], found) for row in company.mix_options}
    later = [
        replace(one, day=after_months(time.filed_on, time.months))
        for row in company.mix_options
        if (time := times[row.option]) is not None and time.months > (row.months or 0)
        for one in goods[_key(row)]
        if one.day != row.decided_on
    ]
    found |= asked.decide(later)
    stock = tuple(asked.stock(row, goods[_key(row)], found) for row in company.grades)
    return (
        *(asked.option(row, goods[_key(row)], found, times[row.option], stock) for row in company.mix_options),
        *stock,
    )


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
    known: Day | None
    assume: Mapping[str, Assumption]
    decided: Mapping[str, OptionDeal] | None
    strict: bool

    def goods(self, row: MixOptionRow | GradeRow) -> tuple[Goods, ...]:
        """Returns the goods of a row with the day on which they go, then those that it brings of other rows."""
        if isinstance(row, GradeRow):
            return (Goods(_key(row), row.supplier, row.plant, row.part, self.start, row.where),)
        usable = None if self.start is None else after_months(self.start, row.months or 0)
        own = Goods(_key(row), row.supplier, row.plant, row.part, row.decided_on or usable, row.where)
        if not self.strict:
            return (own,)
        return (own, *used_after(own, usable), *brought_beside(row, own, self.company.grades, usable))

    def decide(self, goods: Iterable[Goods]) -> dict[Key, Finding]:
        """Returns the result for goods without a blank cell."""
        return goods_findings(self.book, self.company, goods, known=self.known, assume=self.assume)

    def all_of(
        self, row: MixOptionRow | GradeRow, goods: Sequence[Goods], found: Mapping[Key, Finding]
    ) -> list[Finding]:
        """Returns the results for everything that an option or stock needs; none if the law was not asked."""
        own, names = found.get(goods[0].key), self._transactions(row)
        deals = [deal_finding(self.book, self.decided[name]) for name in names] if self.decided is not None else []
        told = [*deals, *([own] if own is not None and (own.outcome is not None or own.why) else [])]
        for one in goods[1:]:
            beside = found.get(one.key)
            told.append(beside if beside is not None and beside.outcome is not None else unanswered(one, ()))
        without = names if self.decided is None else ()
        if told and (without or (own is None and goods[0].begun)):
            told.append(unanswered(goods[0], without))
        return told

    def _transactions(self, row: MixOptionRow | GradeRow) -> tuple[str, ...]:
        """Returns the transactions that a row needs, with those of the grades whose goods it brings."""
        beside = () if isinstance(row, GradeRow) else transactions_beside(row, self.company.grades)
        return tuple(dict.fromkeys((*transactions_of(row), *beside)))

    def time(
        self, row: MixOptionRow | GradeRow, goods: Sequence[Goods], found: Mapping[Key, Finding]
    ) -> LicenceTime | None:
        """Returns the licence time of a row by law; None if it needs no licence, or is the filing itself."""
        entered = (row.months or 0) if isinstance(row, MixOptionRow) else None
        if self.start is None or (isinstance(row, MixOptionRow) and row.kind == "filing"):
            return None
        times = [
            self._time(one, entered, self.start)
            for one in self.all_of(row, goods, found)
            if one.outcome is Outcome.LICENCE and one.decision is not None
        ]
        return max(times, key=lambda time: (time.months, time.decided_by or time.filed_on), default=None)

    def _time(self, one: Finding, entered: int | None, start: Day) -> LicenceTime:
        assert one.decision is not None
        ways = self._ways(one)
        held = next((licence for licence in self.company.licences if covers(licence, ways, one.on)), None)
        if held is not None:
            return LicenceTime(start, None, 0, entered, held=held.licence, held_until=held.valid_until)
        calendar = chain_calendar(self.book, self.company.calendar, (start, start))
        end = legal_end(self.book, one.decision, start, calendar)
        if end is None:
            return LicenceTime(start, None, 0, entered)
        assumed = not calendar.assumed.isdisjoint(range(start.year, end.year + 1))
        return LicenceTime(start, end, whole_months(start, end), entered, assumed)

    def _ways(self, one: Finding) -> list[tuple[str, str]]:
        """Returns supplier and plant of goods, or of every lot of a transaction."""
        if not one.deal:
            return [(one.supplier, one.plant)]
        return [(lot.supplier, lot.plant) for lot in self.company.in_transit if lot.deal == one.deal]

    def option(
        self,
        row: MixOptionRow,
        goods: Sequence[Goods],
        found: Mapping[Key, Finding],
        time: LicenceTime | None,
        stock: Sequence[OptionLaw],
    ) -> OptionLaw:
        """Returns what the law says of an option."""
        if row.kind == "filing" and not goods[0].begun and not transactions_of(row):
            of = _of_stock(stock)
            if of is not None:
                return replace(of, name=row.option, kind="option", months=row.months, licence=None)
        told = self.all_of(row, goods, found) if says_anything(row) else []
        law = _strictest(goods[0].key, told)
        if law.outcome is None and not law.not_counted:
            return self._not_asked(row, law, goods[0], found)
        months = max(row.months or 0, time.months if time is not None else 0)
        waits = time is not None and time.months > (row.months or 0)
        law = replace(
            law,
            licence=time,
            months=months,
            day_from=self._day_from(row, law, waits=waits),
            deals_after=self._after(told, months),
        )
        if law.counted and months >= (mix_months(self.company) or months + 1):
            return replace(law, not_counted="too late")
        return law

    def _not_asked(
        self, row: MixOptionRow | GradeRow, law: OptionLaw, goods: Goods, found: Mapping[Key, Finding]
    ) -> OptionLaw:
        """Returns a row about which the law was not asked: stated, not counted, or, if no row says a thing, entered."""
        if states_none(row):
            declared = next((one.value for one in self.company.declarations if one.name == "said_by"), "")
            return replace(law, stated=True, said_by=declared)
        own, names = found.get(goods.key), transactions_of(row)
        without = (f"Transactions deals of {', '.join(names)}",) if names else ()
        cells = goods.blank if own is None else own.missing
        return replace(law, missing=without or cells, not_counted="nothing said" if self.strict else "")

    def _after(self, told: Sequence[Finding], months: int) -> dict[str, Day]:
        """Returns the transactions that come after the day on which an option is usable, with their dates."""
        if self.start is None:
            return {}
        usable = after_months(self.start, months)
        return {one.deal: one.on for one in told if one.deal and one.on is not None and one.on > usable}

    def _day_from(self, row: MixOptionRow, law: OptionLaw, *, waits: bool) -> DayFrom:
        """Returns how the day of an option was found."""
        if law.of_deal:
            return "deals"
        if row.decided_on and law.on == row.decided_on:
            return "given"
        return "licence" if waits else "usable"

    def stock(self, row: GradeRow, goods: Sequence[Goods], found: Mapping[Key, Finding]) -> OptionLaw:
        """Returns what the law says of the stock of a grade."""
        law = _strictest(goods[0].key, self.all_of(row, goods, found))
        if law.outcome is None and not law.not_counted:
            return self._not_asked(row, law, goods[0], found)
        time = self.time(row, goods, found) if law.outcome is Outcome.LICENCE else None
        return replace(law, day_from="deals" if law.of_deal else "start", licence=time)


def _of_stock(stock: Sequence[OptionLaw]) -> OptionLaw | None:
    """Returns the strictest result of the goods that may proceed, else of all that were asked about.

    Where the law was asked about none, the first that is not counted, else one that is stated; None if all are as
    entered.
    """
    asked = [one for one in stock if one.outcome is not None]
    lawful = [one for one in asked if one.counted]
    if found := lawful or asked:
        return max(found, key=lambda one: GRAVITY[one.outcome or Outcome.PROCEED])
    told = sorted((one for one in stock if one.stated or not one.counted), key=lambda one: one.counted)
    return next(iter(told), None)


def _strictest(key: Key, told: Sequence[Finding]) -> OptionLaw:
    """Returns the strictest of some results, with the cells and questions of all; without one the law was not asked."""
    kind, name = key
    if not told:
        return OptionLaw(name, kind)
    most = max(told, key=_grave)
    return OptionLaw(
        name=name,
        kind=kind,
        outcome=most.outcome,
        on=most.on,
        clauses=most.clauses,
        deals={one.deal: one.decision.outcome for one in told if one.deal and one.decision is not None},
        missing=tuple(dict.fromkeys(cell for one in told for cell in one.missing)),
        questions=tuple(
            dict.fromkeys(fact for one in told if one.why and one.why != "prohibited" for fact in one.questions)
        ),
        causes=tuple(dict.fromkeys(cause for one in told if one.why not in ("", "prohibited") for cause in one.causes)),
        names=tuple(dict.fromkeys(text for one in told for text in one.names)),
        names_zh=tuple(dict.fromkeys(text for one in told for text in one.names_zh)),
        not_counted=most.why,
        checked_through=most.checked_through,
        assumed=tuple(dict.fromkeys(text for one in told for text in one.assumed)),
        of_deal=most.deal,
    )


def _grave(one: Finding) -> tuple[int, bool]:
    return (GRAVITY[one.outcome] if one.outcome is not None else GRAVITY[Outcome.UNKNOWN], bool(one.why))
