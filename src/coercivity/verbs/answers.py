"""A result with its audit trail and reasons, the same for one deal, a file and a report."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import replace

from coercivity.base.days import Day
from coercivity.cases.claims import Claim, disagreements
from coercivity.cases.lot_papers.compare import LotFinding
from coercivity.data.values import FactValue
from coercivity.law.engine.decide import Decision
from coercivity.law.explain.end_day_reading import read_the_other_way
from coercivity.law.explain.proof import proof
from coercivity.law.explain.questions import Question, ask
from coercivity.law.explain.reasons import Reason, grounds, reasons
from coercivity.law.rules.model import GRAVITY, Outcome
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.deal.answer import Answer

__all__ = ["ASK_ON", "Answer", "answer", "gravest"]

ASK_ON = Question("on", (0, 0))


def answer(
    book: Rulebook,
    decision: Decision | None,
    *,
    id: str,
    title: str = "",
    claims: tuple[Claim, ...] = (),
    known: Day | None = None,
    answered: Container[str] = (),
    hints: Mapping[str, tuple[FactValue, ...]] | None = None,
    lot_findings: tuple[LotFinding, ...] = (),
) -> Answer:
    """Returns a decision with its audit trail, legal basis, reasons and the question to clarify first.

    Args:
        book: The rulebook.
        decision: The decision; None if no date was given.
        id: Name of the deal.
        title: Its title.
        claims: Statements of an order, a label or a supplier.
        known: Information cut-off, if one was requested; everything derived from the result keeps it.
        answered: Facts that were asked for before, with any answer.
        hints: Values that the words of the deal suggest, by fact; they order the choices of the question.
        lot_findings: What the documents of the lots of the deal show.
    """
    if decision is None:
        no_day = (Reason("facts", ("on",)),)
        return Answer(id, title, book, None, None, {}, (), no_day, ASK_ON, lot_findings=lot_findings)
    open_answer = decision.outcome is Outcome.UNKNOWN or decision.may_become is not None
    question = ask(book, decision, answered=answered) if open_answer else None
    if question is not None and hints:
        question = replace(question, hints={name: hints[name] for name in question.facts if name in hints})
    return Answer(
        id=id,
        title=title,
        book=book,
        on=decision.on,
        decision=decision,
        proof=proof(book, decision),
        grounds=grounds(book, decision),
        reasons=reasons(book, decision),
        other_reading=read_the_other_way(book, decision),
        disagreements=tuple(disagreements(decision.deal, claims)),
        asked_known=known,
        question=question,
        lot_findings=lot_findings,
    )


def gravest(answers: list[Answer]) -> Outcome:
    """Returns the most restrictive outcome of several, in the order PROCEED, LICENCE, UNKNOWN, STOP."""
    return max((found.outcome for found in answers), key=GRAVITY.__getitem__)
