"""What the law says of an option for one of its grades: from which month on, and to which, it can be used.

What goes month by month is decided on the first day of use, and again on each later day within the plan on which a rule
changes. A rule that then forbids it, or leaves it open, ends the option for that grade; a rule that is only not
verified so far does not, and is pointed out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from coercivity.base.days import Day
from coercivity.firm.company.mix_sheets.rows import MixOptionRow
from coercivity.firm.option_law.decided import Decided
from coercivity.firm.option_law.findings import Finding, Goods, unanswered
from coercivity.firm.option_law.licence_time import after_months
from coercivity.firm.option_law.needs import Need
from coercivity.firm.option_law.results import GradeLaw, LicenceTime
from coercivity.firm.option_law.waits import Waits
from coercivity.law.rules.model import GRAVITY, Outcome

_UNVERIFIED = "not checked so far"


@dataclass(frozen=True, slots=True)
class Graded:
    """An option for one grade.

    Attributes:
        told: The results on which it rests.
        time: Licence time; None if it needs no licence.
        days: Days for which what goes month by month was decided.
    """

    law: GradeLaw
    told: tuple[Finding, ...]
    time: LicenceTime | None = None
    days: tuple[Day, ...] = ()


@dataclass(frozen=True, slots=True)
class ByGrade:
    """The law on the options of one mix, grade by grade.

    Attributes:
        decided: Results by day.
        start: First day of the mix; None if it is not known, and then only days of the workbook are decided.
        months: Months of the mix; None where the workbook does not say.
        waits: Licence times; None without a first day.
    """

    decided: Decided
    start: Day | None
    months: int | None
    waits: Waits | None = None

    def of(self, row: MixOptionRow, needs: Sequence[Need], without: tuple[str, ...] = ()) -> Graded | None:
        """Returns what the law says of an option for a grade; None if it was asked about nothing.

        Args:
            row: The option.
            needs: What it needs for the grade.
            without: Transactions that it needs and of which there is no case folder.
        """
        months, fresh = row.months or 0, None
        while True:
            base = [self._base(row, need, months) for need in needs]
            told = [one for each in base for one in each]
            if not told:
                return None
            own = next((need.goods for need in needs if need.goods is not None and not need.goods.grade), None)
            if own is not None and (without or (own.begun and not base[_place(needs, own)])):
                told.append(unanswered(own, without))
            time = self._time(row, needs, base)
            if time is not None and time.months > months:
                months = time.months
                continue
            later, end = self._later(needs, months)
            wait = self._new_licence(needs, base, later)
            if wait is not None and wait.months > months:
                months, fresh = wait.months, wait
                continue
            return self._graded(told, later, end, months, time if fresh is None else fresh)

    def _base(self, row: MixOptionRow, need: Need, months: int) -> list[Finding]:
        """Returns the results for the days that the workbook or the case gives, and for the first day of use."""
        usable = None if self.start is None else after_months(self.start, months)
        if need.deal is not None:
            own = self.decided.deal(need.deal)
            again = need.monthly and usable is not None and usable != own.on
            return [own, self.decided.deal(need.deal, usable)] if again else [own]
        assert need.goods is not None
        is_own = not need.goods.grade
        days = dict.fromkeys(day for day in (row.decided_on if is_own else None, usable) if day is not None)
        found = [self.decided.goods(need.goods, day) for day in days]
        if not is_own:
            return [one if one is not None and one.outcome is not None else unanswered(need.goods, ()) for one in found]
        return [one for one in found if one is not None and (one.outcome is not None or one.why)]

    def _time(self, row: MixOptionRow, needs: Sequence[Need], base: Sequence[Sequence[Finding]]) -> LicenceTime | None:
        """Returns the licence time; None if none is needed, or the option is the filing itself."""
        if self.waits is None or row.kind == "filing":
            return None
        entered = row.months or 0
        times = [self.waits.longest(told, entered) for told in base]
        if row.kind == "air" and len(needs) > 1:
            return self.waits.first_of(list(zip(needs, times, strict=True)), row.cap_t)
        some = [time for time in times if time is not None]
        return max(some, key=lambda time: (time.months, time.decided_by or time.filed_on), default=None)

    def changes(self, months: int) -> tuple[Day, ...]:
        """Returns the days after the first day of use, and within the mix, on which a rule changes."""
        if self.start is None or self.months is None or months >= self.months:
            return ()
        last = after_months(self.start, self.months) - timedelta(days=1)
        return self.decided.book.turns_within(after_months(self.start, months), last, self.decided.assume)

    def _later(self, needs: Sequence[Need], months: int) -> tuple[list[list[Finding]], Finding | None]:
        """Returns the results of each need on later days, and the first that ends the option."""
        found: list[list[Finding]] = [[] for _ in needs]
        days = self.changes(months)
        self.decided.ask((need.goods, day) for need in needs if need.goods is not None for day in days)
        for day in days:
            for need, told in zip(needs, found, strict=True):
                if not need.monthly:
                    continue
                one = self.decided.deal(need.deal, day) if need.deal is not None else self._goods(need, day)
                if one is None or one.why == _UNVERIFIED:
                    continue
                if one.why:
                    return found, one
                told.append(one)
        return found, None

    def _goods(self, need: Need, day: Day) -> Finding | None:
        assert need.goods is not None
        found = self.decided.goods(need.goods, day)
        return found if found is not None and found.outcome is not None else None

    def _new_licence(
        self, needs: Sequence[Need], base: Sequence[Sequence[Finding]], later: Sequence[Sequence[Finding]]
    ) -> LicenceTime | None:
        """Returns the time of a licence that a later rule asks for before it can be there; None if none does.

        What needs a licence from the first day on has waited for it already.
        """
        found = []
        for need, first, told in zip(needs, base, later, strict=True):
            if self.waits is None or self.start is None or not first or not need.monthly:
                continue
            if first[-1].outcome is Outcome.LICENCE and not self.waits.of(first[-1], 0).held:
                continue
            for one in told:
                if one.outcome is Outcome.LICENCE and one.on is not None:
                    time = self.waits.of(one, 0)
                    if one.on < after_months(self.start, time.months):
                        found.append(time)
        return max(found, key=lambda time: time.months, default=None)

    def _graded(
        self,
        told: Sequence[Finding],
        later: Sequence[Sequence[Finding]],
        end: Finding | None,
        months: int,
        time: LicenceTime | None,
    ) -> Graded:
        worst = max(told, key=gravity)
        days = tuple(sorted({one.on for one in told if one.on is not None} | set(self.changes(months))))
        if worst.why:
            return Graded(_law(worst, months), tuple(told), time, days)
        after = [one for each in later for one in each]
        worst = max((*told, *after), key=gravity)
        if self.months is not None and months >= self.months:
            return Graded(_law(worst, months, "too late"), (*told, *after), time, days)
        if end is None:
            return Graded(_law(worst, months), (*told, *after), time, days)
        assert self.start is not None
        assert end.on is not None
        last = next(month for month in range(months, 10**4) if after_months(self.start, month + 1) > end.on)
        if last <= months:
            return Graded(_law(end, months), (*told, *after, end), time, days)
        law = GradeLaw(worst.outcome, months, last, end.on, end.on, end.clauses)
        return Graded(law, (*told, *after), time, days)


def gravity(one: Finding) -> tuple[int, bool]:
    """Returns how strict a result is, for comparison.

    Args:
        one: The result.
    """
    return (GRAVITY[one.outcome] if one.outcome is not None else GRAVITY[Outcome.UNKNOWN], bool(one.why))


def _place(needs: Sequence[Need], own: Goods) -> int:
    return next(place for place, need in enumerate(needs) if need.goods is own)


def _law(one: Finding, months: int, late: str = "") -> GradeLaw:
    return GradeLaw(one.outcome, months, on=one.on, clauses=one.clauses, not_counted="too late" if late else one.why)
