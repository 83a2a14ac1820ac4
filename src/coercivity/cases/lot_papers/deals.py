"""A deal with what the documents of its lots show: a fact, findings, and what holds its result open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from coercivity.base.errors import Faults, brief_value
from coercivity.base.truth import NO, UNKNOWN
from coercivity.cases.lot_papers.compare import LotFinding, LotState, compare_lots
from coercivity.cases.lot_papers.rows import PaperRow, apart, read_papers
from coercivity.cases.lot_papers.uses import named_use
from coercivity.data.values import FactValue
from coercivity.law.engine.decide import Deal
from coercivity.law.engine.derived_facts import CONFLICT
from coercivity.law.rules.rulebook import Rulebook

DIFFER = "papers_differ_in_end_use"
BY_PAPERS = "papers: "  # source of a fact that follows from documents
_FLAGS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class LotPapers:
    """The documents of a file, compared lot by lot.

    Attributes:
        states: Every lot.
        refused: Whether two documents of a lot name different end uses; nothing may be answered or written then.
    """

    states: tuple[LotState, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether two documents of some lot name different end uses."""
        return any(state.refused for state in self.states)

    @property
    def findings(self) -> tuple[LotFinding, ...]:
        """What the documents of all lots show."""
        return tuple(finding for state in self.states for finding in state.findings)


def lot_papers(book: Rulebook, raw: object, where: str, faults: Faults) -> LotPapers:
    """Returns a block `papers`, compared; errors, and end uses of a lot that differ, are added.

    Args:
        book: The rulebook, for countries and the synonyms of uses.
        raw: The rows as written.
        where: Location for messages.
        faults: Collects every error found.
    """
    return compared(book, read_papers(book, raw, where, faults), faults)


def compared(book: Rulebook, rows: Sequence[PaperRow], faults: Faults) -> LotPapers:
    """Returns documents, compared lot by lot; end uses of a lot that differ are added to the faults."""
    apart(rows, faults)
    states = compare_lots(book.catalogue, rows)
    faults.items += [fault for state in states for fault in state.refused]
    return LotPapers(states)


def without_answer(
    book: Rulebook, facts: Mapping[str, object], where: str, faults: Faults
) -> tuple[Mapping[str, object], bool | None]:
    """Returns facts without the answer whether documents differ, where the rulebook has no such fact, and that answer.

    Args:
        book: The rulebook; that on China alone does not ask for it.
        facts: Facts as stated beside documents.
        where: Location for messages.
        faults: Collects an answer that is not true or false.
    """
    if DIFFER not in facts or DIFFER in book.catalogue:
        return facts, None
    said = facts[DIFFER]
    if said not in (*_FLAGS, "unknown"):
        what = f"{brief_value(said)!r} is not true or false"
        step = "write true or false; omit it, or write unknown, if you do not know"
        faults.add("FACT-VALUE", what, where=f"{where}: {DIFFER}", nearest=("true", "false"), next=step)
    return {name: raw for name, raw in facts.items() if name != DIFFER}, _FLAGS.get(str(said))


def deal_with_papers(
    book: Rulebook, deal: Deal, papers: LotPapers, id: str, where: str, faults: Faults, said: FactValue | None = None
) -> tuple[Deal, tuple[LotFinding, ...]]:
    """Returns a deal with what the documents of its lots show, and the findings about it.

    Args:
        book: The rulebook, for its facts.
        deal: The deal as stated.
        papers: The documents of the file.
        id: Id of the deal.
        where: Location for messages.
        faults: Collects a stated fact that the documents contradict.
        said: Stated answer whether they differ, if the rulebook has no such fact.
    """
    states = [state for state in papers.states if state.is_of(id)]
    if not states:
        return deal, ()
    answer = deal.facts.get(DIFFER, said)
    uses = {state.same_use for state in states} - {None}
    differ = True if NO in uses else None if UNKNOWN in uses or not uses else False
    if answer is not None and differ is not None and answer != differ:
        told = [str(value).lower() for value in (answer, differ)]
        what = "{} is {}, but the documents give {}".format(DIFFER, *told)
        faults.add(CONFLICT, what, where=where, next="omit the fact; it follows from the documents")
    findings = tuple(finding for state in states for finding in state.findings)
    open_ones = {finding.kind for finding in findings if finding.holds}
    if open_ones and not (answer is False and open_ones == {"end_use_open"}):
        deal = replace(deal, unread=tuple(dict.fromkeys((*deal.unread, DIFFER))))
    if differ is not None and DIFFER in book.catalogue:
        ids = ", ".join(row.id for state in states for row in state.papers)
        facts, said_by = {**deal.facts, DIFFER: differ}, {**deal.said_by, DIFFER: BY_PAPERS + ids}
        deal = replace(deal, facts=facts, said_by=said_by)
    return deal, (*findings, *_of_deal(book, deal, states, id))


def _of_deal(book: Rulebook, deal: Deal, states: Sequence[LotState], id: str) -> tuple[LotFinding, ...]:
    """Returns what the documents show about the deal itself: several lots, and another use than the deal states."""
    rows = [row for state in states for row in state.papers if row.deal in ("", id)]
    found = []
    if len({row.lot for row in rows}) > 1:
        found.append(LotFinding("lot", "", tuple((row.id, row.lot) for row in rows)))
    defence = deal.facts.get("us_defence_contract") is True
    military = True if defence else deal.facts.get("military_use")
    if isinstance(military, bool):
        against = "civil" if military else "military"
        told = [row for row in rows if row.end_use and named_use(book.catalogue, row.end_use).kinds == {against}]
        for lot in dict.fromkeys(row.lot for row in told):
            said = tuple((row.id, row.end_use) for row in told if row.lot == lot)
            found.append(LotFinding("end_use_of_deal", lot, said))
    return tuple(found)
