"""What the law says of the options of a mix, from plain arguments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from coercivity.base.days import Day, day_of
from coercivity.base.errors import CoercivityError, Fault, Faults
from coercivity.cases.arguments import KNOWN, ON, PACKED, Law, assumptions
from coercivity.cases.transactions import Transaction
from coercivity.data.input import Input
from coercivity.firm.company.in_case import is_case
from coercivity.firm.company.mix_sheets.rows import GradeRow, MixOptionRow, transactions_of
from coercivity.firm.company.model import Company
from coercivity.firm.option_law.case_deals import case_transactions, decided_deals
from coercivity.firm.option_law.options_law import options_law
from coercivity.firm.option_law.results import OptionDeal, OptionLaw
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption

_ANSWER = "run `coercivity mix` without limits and answer the open questions; prohibited options stay out"
_SAY = "fill in supplier, plant and part, or deals; write none in deals only where no transaction is needed"


@dataclass(frozen=True, slots=True)
class MixLawAsked:
    """How the law is asked, as text.

    Attributes:
        on: First day of the mix; by default the day of the stock count.
        known: Information cut-off.
        assume: Planning assumptions, as after `--assume`.
        law: The rulebook to use.
        decided: Transactions of the case as decided, by id; by default they are decided from the case folder.
    """

    on: Day | str | None = None
    known: Day | str | None = None
    assume: str | None = None
    law: Law = PACKED
    decided: Mapping[str, OptionDeal] | None = None


@dataclass(frozen=True, slots=True)
class MixLawRead:
    """The rulebook and what was read of arguments and case folder."""

    book: Rulebook
    on: Day | None
    known: Day | None
    assume: Mapping[str, Assumption]
    rows: tuple[Transaction, ...] | None
    decided: Mapping[str, OptionDeal] | None


def read_mix_law(asked: MixLawAsked, source: Input | Company, faults: Faults) -> MixLawRead | None:
    """Returns what the law is asked with; None after a fault of the rulebook. Every fault is added.

    Args:
        asked: The arguments.
        source: The file of the company, or the case folder in which it is.
        faults: Receives the faults.
    """
    day, known = _day(asked.on, ON, faults), _day(asked.known, KNOWN, faults)
    book = _book(asked.law, faults)
    if book is None:
        return None
    seen = known or (book.default_known(day) if day is not None else None)
    picked = assumptions(book, asked.assume, faults, known=seen)
    rows = None
    if asked.decided is None and isinstance(source, Path) and is_case(source):
        rows = tuple(case_transactions(book, source, faults))
    return MixLawRead(book, day, known, picked, rows, asked.decided)


def law_of_mix(read: MixLawRead, company: Company) -> tuple[OptionLaw, ...]:
    """Returns what the law says of each option and of the stock of each grade.

    Args:
        read: What the law is asked with.
        company: The company.

    Raises:
        CoercivityError: With every transaction that the case lacks or that has no date, and every cell that the law
            cannot read.
    """
    decided, start = read.decided, read.on or company.settings.as_of
    if read.rows is not None:
        rows: tuple[MixOptionRow | GradeRow, ...] = (*company.mix_options, *company.grades)
        needed = {name for row in rows for name in transactions_of(row)}
        faults = Faults()
        for row in read.rows:
            if row.id in needed and row.on is None and start is None:
                do = "give --on, or write as_of in the sheet Settings"
                faults.add("ARGUMENT", f"the transaction {row.id} has no date, and the mix has none", where=ON, next=do)
        faults.raise_if_any()
        decided = decided_deals(read.book, read.rows, start, known=read.known, assume=read.assume)
    return options_law(read.book, company, on=read.on, known=read.known, assume=read.assume, decided=decided)


def left_out(law: Iterable[OptionLaw]) -> list[Fault]:
    """Returns faults that name the options and the stock that no plan may use; none if all may be used.

    Args:
        law: What the law says of each option and of the stock of each grade.
    """
    told = []
    for unsaid in (False, True):
        out = [one for one in law if not one.counted and (one.not_counted == "nothing said") is unsaid]
        options = ", ".join(one.name for one in out if one.kind == "option")
        stock = ", ".join(one.name for one in out if one.kind == "stock")
        if options and unsaid:
            what = f"options without a full description of their goods or transactions are in no plan: {options}"
            told.append(Fault("INFEASIBLE", what, "Options", (), _SAY))
        elif options:
            what = f"options that the law prohibits or leaves open are in no plan: {options}"
            told.append(Fault("INFEASIBLE", what, "Options", (), _ANSWER))
        if stock and unsaid:
            what = f"stock without a full description of its goods or transactions is in no plan: {stock}"
            told.append(Fault("INFEASIBLE", what, "Grades", (), _SAY))
        elif stock:
            what = f"stock that the law prohibits or leaves open is in no plan: {stock}"
            told.append(Fault("INFEASIBLE", what, "Grades", (), _ANSWER))
    return told


def _book(law: Law, faults: Faults) -> Rulebook | None:
    try:
        return law.book()
    except CoercivityError as error:
        faults.items += error.faults
        return None


def _day(given: Day | str | None, name: str, faults: Faults) -> Day | None:
    return given if isinstance(given, Day) else day_of(given, name, faults)
