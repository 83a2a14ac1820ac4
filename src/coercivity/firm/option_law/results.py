"""What the law says of an option of a mix, or of the stock of a grade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from coercivity.base.days import Day
from coercivity.law.engine.decide import Deal, Decision
from coercivity.law.explain.reasons import Cause
from coercivity.law.rules.model import Outcome

OptionLawKind = Literal["option", "stock"]
DayFrom = Literal["", "given", "start", "usable", "licence", "deals", "change"]
WHOLE = ""  # in place of a grade, for an option that the law does not split by grade
NotCounted = Literal[
    "", "prohibited", "may be prohibited", "name in doubt", "name not given", "undecided", "not checked so far",
    "too late", "nothing said",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class OptionDeal:
    """A transaction of a case folder that an option needs, as decided at its date.

    Attributes:
        deal: Its id.
        decision: The decision, for its planned date if it has one.
        deal_given: The deal, to be decided for other days too; by default that of the decision.
    """

    deal: str
    decision: Decision
    deal_given: Deal | None = None

    @property
    def given(self) -> Deal:
        """The deal before the facts of a day are added to it."""
        return self.deal_given or self.decision.deal


@dataclass(frozen=True, slots=True)
class LicenceTime:
    """How long a licence takes, if it is filed on the first day of the mix: by law, for stock in practice if longer.

    Attributes:
        filed_on: Day of filing, taken as the day of acceptance.
        decided_by: Last day of the legal time limit; None where the law sets none.
        months: Whole months from filing until then; 0 without a limit. Of stock: until the later of that day and
            `practice_by`.
        practice_by: Day on which it leaves after the longest time to a grant of the sheet Delays; None without one.
        entered: Months until the option can be used by the workbook; None for stock.
        assumed: Whether a year without a published calendar lies between.
        held: Granted licence that already covers the goods; no time is then needed.
        held_until: Last day on which goods may leave under it.
    """

    filed_on: Day
    decided_by: Day | None
    months: int
    entered: int | None
    assumed: bool = False
    held: str = ""
    held_until: Day | None = None
    practice_by: Day | None = None


@dataclass(frozen=True, slots=True)
class GradeLaw:
    """The result of the law for an option and one of its grades.

    Attributes:
        outcome: Strictest outcome of what the grade needs while the option is used for it.
        months: Months until the option can be used for it, licence time included.
        last: Last month in which it can be used, if a later rule ends it within the plan; None else.
        ends_on: Day on which that rule begins to apply.
        on: Day of the strictest result, or of the one that ends it.
        clauses: Ids of the clauses on which that result rests.
        not_counted: Why the option is not counted for this grade; empty if it is.
    """

    outcome: Outcome | None
    months: int
    last: int | None = None
    ends_on: Day | None = None
    on: Day | None = None
    clauses: tuple[str, ...] = ()
    not_counted: NotCounted = ""


@dataclass(frozen=True, slots=True)
class OptionLaw:
    """The result of the law for an option, or for the stock of a grade.

    Attributes:
        name: The option, or the grade.
        kind: `option` or `stock`.
        outcome: Strictest outcome of all that it needs; UNKNOWN also where a name is in doubt or the law may yet forbid
            it; None if the law was not asked.
        on: Day for which the strictest was decided; None if the law was not asked.
        day_from: How that day was found: `given` in the workbook; `start` of the mix; `usable`: start plus the months
            until it can be used; `licence`: start plus the licence time; `deals`: the date of the transaction;
            `change`: a later day within the plan on which a rule changes.
        clauses: Ids of the clauses that it rests on.
        deals: Transactions that it needs, with their own outcomes.
        deals_after: Dates of the transactions that come after the day on which the option is entered as usable.
        of_deal: The transaction of which the strictest outcome is; empty for goods of the workbook.
        missing: Cells that the law would need: `Options part of second`.
        questions: Facts of the rulebook that are open.
        causes: Why the law leaves it open: facts, law (its status or meaning is unconfirmed), or check (not verified).
        not_counted: Why it may not be chosen; empty if it may.
        licence: Licence time, if the outcome is LICENCE.
        months: Months until it can be used, for the first of its grades, licence time included; of stock the months
            until it is there, if it waits for a licence; None where not asked.
        grades: The result by grade; of an option not split by grade, one without a name.
        days: Days for which goods that go month by month were decided.
        leaves: Months until stock that waits for a licence leaves; 0 where it waits for none.
        arrives: Months until stock that waits for a licence is there, those by sea included.
        held_late: Whole months of the plan during which a granted licence lets stock leave at once; -1 without one.
        stated: Whether it is counted by the statement of the company that no transaction is needed.
        said_by: Who declares, for such a statement; empty if the workbook names nobody.
    """

    name: str
    kind: OptionLawKind
    outcome: Outcome | None = None
    on: Day | None = None
    day_from: DayFrom = ""
    clauses: tuple[str, ...] = ()
    deals: Mapping[str, Outcome] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    names: tuple[str, ...] = ()
    names_zh: tuple[str, ...] = ()
    not_counted: NotCounted = ""
    checked_through: Day | None = None
    assumed: tuple[str, ...] = ()
    licence: LicenceTime | None = None
    months: int | None = None
    deals_after: Mapping[str, Day] = field(default_factory=dict)
    of_deal: str = ""
    stated: bool = False
    said_by: str = ""
    grades: Mapping[str, GradeLaw] = field(default_factory=dict)
    days: tuple[Day, ...] = ()
    leaves: int = 0
    arrives: int = 0
    held_late: int = -1

    @property
    def counted(self) -> bool:
        """Whether a mix may choose it."""
        return not self.not_counted
