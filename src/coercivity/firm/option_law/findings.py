"""What the law says of one thing that an option needs: goods as the workbook describes them, or a transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from coercivity.base.days import Day
from coercivity.firm.company.model import NO_LICENCE, Company, Lot
from coercivity.firm.line_stop.lots_law import Asked, held_for, lots_law, names_found
from coercivity.firm.line_stop.results import NOT_ASKED, HeldFor, LotLaw
from coercivity.firm.option_law.results import NotCounted, OptionDeal, OptionLawKind
from coercivity.law.engine.decide import Decision
from coercivity.law.explain.reasons import Cause, causes, grounds, reasons
from coercivity.law.rules.model import Outcome
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption

Key = tuple[OptionLawKind, str]
_SHEETS: Mapping[OptionLawKind, str] = {"option": "Options", "stock": "Grades"}
_WHY: Mapping[HeldFor, NotCounted] = {
    "licence needed": "", "prohibited": "prohibited", "name in doubt": "name in doubt",
    "name not given": "name not given", "undecided": "undecided", "not checked so far": "not checked so far",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Goods:
    """Goods that an option or stock brings, as the workbook describes them.

    Attributes:
        key: `option` or `stock`, and its name.
        day: Day on which they go; None if it is not known.
        grade: Grade whose row of the sheet Grades describes them, where an option brings goods of that row.
    """

    key: Key
    supplier: str
    plant: str
    part: str
    day: Day | None
    where: str
    grade: str = ""

    @property
    def blank(self) -> tuple[str, ...]:
        """Cells without which the law is not asked."""
        row: Key = ("stock", self.grade) if self.grade else self.key
        kind, name = row
        cells = (("supplier", self.supplier), ("plant", self.plant), ("part", self.part))
        found = [f"{_SHEETS[kind]} {cell} of {name}" for cell, text in cells if not text]
        if self.day is None:
            found.append(f"Options decided_on of {name}" if kind == "option" else f"Settings as_of of {name}")
        return tuple(found)

    @property
    def begun(self) -> bool:
        """Whether the workbook has begun to say what goes; a plant alone says where an option works."""
        return bool(self.supplier or self.part)


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of the law for one thing.

    Attributes:
        outcome: The outcome; UNKNOWN where a name is in doubt or the law may yet forbid it; None if not asked.
        why: Why it may not be chosen; empty if it may.
        deal: Transaction of the case folder; empty for goods of the workbook.
        supplier: Supplier of the goods; empty for a transaction.
        plant: Plant to which the goods go.
    """

    outcome: Outcome | None
    why: NotCounted
    on: Day | None
    decision: Decision | None = None
    clauses: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    names: tuple[str, ...] = ()
    names_zh: tuple[str, ...] = ()
    checked_through: Day | None = None
    assumed: tuple[str, ...] = ()
    deal: str = ""
    supplier: str = ""
    plant: str = ""


def goods_findings(
    book: Rulebook,
    company: Company,
    goods: Iterable[Goods],
    *,
    known: Day | None,
    assume: Mapping[str, Assumption],
) -> dict[Key, Finding]:
    """Returns the result for goods that lack no cell, each decided for its day as a lot is.

    Args:
        book: The rulebook.
        company: The company, for its suppliers, plants, parts and declarations.
        goods: The goods; those with a blank cell are left out.
        known: Information cut-off.
        assume: Planning assumptions, by instrument.

    Raises:
        CoercivityError: With every country and declaration that cannot be read.
    """
    asked = {f"{one.key[0]} {one.key[1]}": one for one in goods if not one.blank}
    lots = tuple(_lot(name, one) for name, one in asked.items())
    if not lots:
        return {}
    first = min(one.day for one in asked.values() if one.day is not None)
    told = lots_law(book, replace(company, in_transit=lots), on=first, known=known, assume=assume)
    return {
        asked[view.lot].key: _of_lot(book, view, asked[view.lot], told.decisions.get(view.lot)) for view in told.lots
    }


def _lot(name: str, goods: Goods) -> Lot:
    """Returns goods as a lot that waits without a licence."""
    return Lot(
        lot=name, supplier=goods.supplier, part=goods.part, plant=goods.plant, quantity_kg=Fraction(0),
        state="waiting", licence=NO_LICENCE, filed=None, leaves=goods.day, transit_days=None, arrives=None,
        contract="", serves="", released_on=None, where=goods.where,
    )  # fmt: skip


def _of_lot(book: Rulebook, view: LotLaw, goods: Goods, decision: Decision | None) -> Finding:
    why = _why(view.held, decision)
    asked = view.outcome != NOT_ASKED
    return Finding(
        outcome=_outcome(Outcome(view.outcome) if asked else None, why),
        why=why,
        on=view.on,
        decision=decision,
        clauses=_clauses(book, decision) if decision is not None else (),
        missing=view.missing,
        questions=view.questions,
        causes=causes(reasons(book, decision)) if decision is not None else (),
        names=view.names,
        names_zh=view.names_zh,
        checked_through=view.checked_through,
        assumed=view.assumed,
        supplier=goods.supplier,
        plant=goods.plant,
    )


def _clauses(book: Rulebook, decision: Decision) -> tuple[str, ...]:
    """Returns the clauses that a result rests on; of a prohibition those that prohibit."""
    found = grounds(book, decision)
    if decision.outcome is Outcome.STOP:
        most = max((rule.bite or 0 for rule in found), default=0)
        found = tuple(rule for rule in found if (rule.bite or 0) == most)
    return tuple(rule.id for rule in found)


def _why(held: HeldFor, decision: Decision | None) -> NotCounted:
    """Returns why goods may not be chosen; a licence that may yet be a prohibition is told apart from what is open."""
    if held == "undecided" and decision is not None and decision.outcome is Outcome.LICENCE:
        return "may be prohibited"
    return _WHY[held] if held else ""


def _outcome(found: Outcome | None, why: NotCounted) -> Outcome | None:
    """Returns UNKNOWN for what may not be chosen although it is not prohibited."""
    return found if not why or found is Outcome.STOP else Outcome.UNKNOWN


def deal_finding(book: Rulebook, one: OptionDeal) -> Finding:
    """Returns the result for a transaction of the case folder.

    Args:
        book: The rulebook.
        one: The transaction as decided.
    """
    decision, deal = one.decision, one.decision.deal
    held = held_for(NO_LICENCE, decision, decision.outcome, Asked(named=True, declared=True), unnamed=False)
    why = _why(held, decision)
    return Finding(
        outcome=_outcome(decision.outcome, why),
        why=why,
        on=decision.on,
        decision=decision,
        clauses=_clauses(book, decision),
        questions=tuple(dict.fromkeys((*decision.missing, *decision.open_standing))),
        causes=causes(reasons(book, decision)),
        names=tuple(names_found(book, deal, decision.on, "en")),
        names_zh=tuple(names_found(book, deal, decision.on, "zh")),
        checked_through=decision.checked_through,
        assumed=tuple(f"{name}={picked.text()}" for name, picked in sorted(decision.assume.items())),
        deal=one.deal,
    )


def unanswered(goods: Goods, deals: Sequence[str]) -> Finding:
    """Returns that a part of what an option needs could not be asked: less said never frees.

    Args:
        goods: Its goods.
        deals: Transactions of which there is no case folder.
    """
    missing = goods.blank if goods.begun else ()
    if deals:
        missing = (*missing, f"Transactions deals of {', '.join(deals)}")
    return Finding(Outcome.UNKNOWN, "undecided", goods.day, missing=missing)
