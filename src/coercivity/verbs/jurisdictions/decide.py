"""`decide` under several jurisdictions: from facts, from words, or for a file of deals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypedDict

from coercivity.base.errors import CoercivityError, Faults
from coercivity.cases.arguments import PACKED, Clocks, Law, clocks
from coercivity.cases.claims import Claim
from coercivity.cases.files import CaseDeal, read_cases
from coercivity.cases.gather import Standing, gather
from coercivity.cases.lot_papers.beside import Papers, PapersBeside
from coercivity.cases.lot_papers.compare import LotFinding
from coercivity.cases.lot_papers.deals import DIFFER
from coercivity.cases.steps.deals import deal_with_facts, deal_with_steps
from coercivity.cases.steps.rows import read_steps
from coercivity.data.input import Input, place_of
from coercivity.data.textyaml import load_file
from coercivity.data.values import FactValue
from coercivity.intake.cells.stated import stated_facts
from coercivity.law.engine.decide import Deal, Decision
from coercivity.law.engine.decide import decide as decide_deal
from coercivity.law.engine.jurisdictions import deal_abroad, reading_book
from coercivity.law.explain.conflicts import NAME, ConflictFound, conflicts_met, packed_conflicts
from coercivity.law.rules.jurisdictions.names import abroad_folder
from coercivity.law.rules.model import CHINA, GRAVITY, Outcome
from coercivity.law.rules.rulebook import Rulebook
from coercivity.verbs.answers import Answer, answer
from coercivity.verbs.decide import pairs_of
from coercivity.verbs.jurisdictions.answer import DealAnswers, SideAnswer, deal_answers
from coercivity.verbs.jurisdictions.request import Request, Side, abroad_law, read_request
from coercivity.verbs.jurisdictions.ways import ways

__all__ = [
    "CHINA",
    "ConflictFound",
    "DealAnswers",
    "SideAnswer",
    "beside_china",
    "deal_in_jurisdictions",
    "decide_jurisdictions",
    "file_in_jurisdictions",
    "gravest_of",
    "pairs_in_jurisdictions",
    "steps_of",
    "text_in_jurisdictions",
]


def decide_jurisdictions(
    facts: Mapping[str, object],
    *,
    jurisdiction: str | Sequence[str],
    on: str | None,
    known: str | None = None,
    assume: str | None = None,
    standing: Mapping[str, object] | Standing | None = None,
    said_by: str = "",
    said_on: str = "",
    steps: Sequence[Mapping[str, object]] = (),
    papers: Papers = (),
    law: Law = PACKED,
) -> DealAnswers:
    """Checks one deal under several laws and returns one answer for each, the most restrictive first.

    Args:
        facts: Values as text by fact name, as for `decide`; also the facts that only other jurisdictions ask for.
        jurisdiction: Codes, such as `CN,US,EU`. China beside others also answers for its rules on foreign measures.
        on: Transaction date, YYYY-MM-DD; without it every result is UNKNOWN and asks for it.
        known: Information cut-off.
        assume: Planning assumptions for suspensions, and scenarios such as `us_widening_2027=as_written`.
        standing: Compliance declarations, as for `decide`; they are about Chinese law.
        said_by: Who made declarations given by fact name.
        said_on: Day on which these were made, YYYY-MM-DD.
        steps: Where each step of the chain was done, as rows of step, country, share, by, evidence and on (see
            docs/steps.md); the facts that follow are answered from it.
        papers: Documents of the lots of the deal, as rows of lot, kind, end_use and more (see docs/papers.md).
        law: The rulebook on China to use.

    Raises:
        CoercivityError: With every error in the facts and arguments, and every two documents of a lot whose end uses
            differ.

    Examples:
        >>> facts = {"act": "goods", "form": "magnet", "magnet_type": ["NdFeB"], "from": "CN", "to": "DE"}
        >>> found = coercivity.decide_jurisdictions(facts, jurisdiction="CN,VN", on="2025-08-15")
        >>> [(side.jurisdiction, side.outcome.value) for side in found.sides]
        [('CN', 'UNKNOWN'), ('CN-foreign-rules', 'PROCEED'), ('VN', 'PROCEED')]
    """
    block = standing if isinstance(standing, Standing) else Standing(said_by, standing or {}, said_on=said_on)
    faults = Faults()
    request = read_request(jurisdiction, assume, law, faults)
    times = clocks(request.reading, on, known, None, faults)
    deal = gather(request.reading, facts, standing=block, where="facts", on=times.on, faults=faults)
    if steps:
        deal = deal_with_steps(request.reading, deal, steps, "steps", faults, times.on)
    deal, told = PapersBeside(request.reading, papers, facts, faults).deal(deal)
    faults.raise_if_any()
    asked = stated_facts(request.reading.catalogue, facts, where="facts", faults=faults).facts
    return _answered(request, deal, times, "deal", asked=tuple(asked), lot_findings=told)


def pairs_in_jurisdictions(pairs: Sequence[str], law: Law = PACKED) -> dict[str, object]:
    """Parses raw facts of all jurisdictions from `name=value` pairs; for sets, `a;b` is a list and `[]` an empty one.

    Raises:
        CoercivityError: If a pair has no equals sign or repeats a fact.
    """
    return pairs_of(reading_book(law.of(CHINA).book()).catalogue, pairs)


def steps_of(path: Input) -> list[Mapping[str, object]]:
    """Returns the steps of a YAML file: a list of rows, or a mapping with a list `steps`.

    Raises:
        CoercivityError: If the file cannot be read, or holds no list or something else beside it.
    """
    content, faults, place = load_file(path), Faults(), place_of(path)
    rows: object = content.get("steps") if isinstance(content, dict) else content
    for key in content if isinstance(content, dict) else ():
        if key != "steps":
            faults.add("KEY-UNKNOWN", f"unknown key {key!r}", where=place, nearest=("steps",))
    if isinstance(rows, list) and rows:
        faults.raise_if_any()
        return rows
    what, step = "the file holds no list of steps", "write a list `steps`; see docs/steps.md"
    faults.add("STEP-FORM", what, where=place, next=step)
    raise CoercivityError(faults.items)


def gravest_of(found: Sequence[DealAnswers]) -> Outcome:
    """Returns the most restrictive outcome of several deals, in the order PROCEED, LICENCE, UNKNOWN, STOP."""
    return max((one.outcome for one in found), key=GRAVITY.__getitem__)


def file_in_jurisdictions(
    path: Input,
    *,
    jurisdiction: str | Sequence[str],
    on: str | None = None,
    known: str | None = None,
    assume: str | None = None,
    law: Law = PACKED,
) -> list[DealAnswers]:
    """Checks the deals of a file under several jurisdictions and returns their answers in order.

    Raises:
        CoercivityError: With every error in the file and the arguments.
    """
    faults = Faults()
    request = read_request(jurisdiction, assume, law, faults)
    times = clocks(request.reading, on, known, None, faults)
    cases: list[CaseDeal] = []
    try:
        cases = read_cases(request.reading, path)
    except CoercivityError as error:
        faults.items.extend(error.faults)
    faults.raise_if_any()
    return [_of_case(request, case, times) for case in cases]


def text_in_jurisdictions(
    text: str,
    *,
    jurisdiction: str | Sequence[str],
    on: str | None,
    known: str | None = None,
    assume: str | None = None,
    cells: Mapping[str, str] | None = None,
    facts: Mapping[str, object] | None = None,
    steps: Sequence[Mapping[str, object]] = (),
    papers: Papers = (),
    standing: Standing | None = None,
    law: Law = PACKED,
) -> list[DealAnswers]:
    """Checks every deal that a text describes under several jurisdictions.

    Args:
        text: Words as people write them; blank for a deal that `cells` alone describe.
        jurisdiction: Codes, such as `CN,US,EU`.
        on: Transaction date.
        known: Information cut-off.
        assume: Planning assumptions and scenarios.
        cells: What is known besides, as in a row of a table.
        facts: Values as text by fact name, for every deal of the text, of all jurisdictions.
        steps: Where each step of the chain was done; only other jurisdictions use what follows for a text.
        papers: Documents of the lots of every deal of the text.
        standing: Compliance declarations.
        law: The rulebook on China to use.

    Raises:
        CoercivityError: With every fault of text, cells, facts and arguments.
    """
    # Not for facts alone: the reader of words takes time.
    from coercivity.verbs.deal import decide_cells
    from coercivity.verbs.texts.decide import decide_text

    faults = Faults()
    request = read_request(jurisdiction, assume, law, faults)
    stated = stated_facts(request.reading.catalogue, facts or {}, where="facts", faults=faults).facts
    china, every = request.china.book().catalogue, request.reading.catalogue
    own = {name: raw for name, raw in stated.items() if name in china or name not in every}
    parsed = {
        name: every.parse(name, raw, where="facts", faults=faults) for name, raw in stated.items() if name not in own
    }
    if papers and DIFFER in stated:
        own[DIFFER] = stated[DIFFER]  # the documents answer it for China as well
    read_steps(request.reading, steps, "steps", faults)
    faults.raise_if_any()
    other = {name: value for name, value in parsed.items() if value is not None}
    asked: _Asked = {
        "known": known,
        "assume": request.assume,
        "standing": standing,
        "papers": papers,
        "law": request.china,
    }
    if not text.strip() and cells:
        row = decide_cells(cells, on=on, facts=own, **asked)
        return [_of_text(request, row.answer, other, tuple(stated), steps, papers)]
    read = decide_text(text, on=on, cells=cells, facts=own, **asked)
    return [_of_text(request, one, other, tuple(stated), steps, papers) for one in read.answers]


def beside_china(
    one: Answer,
    *,
    jurisdiction: str | Sequence[str],
    facts: Mapping[str, object],
    steps: Sequence[Mapping[str, object]] = (),
    assume: str | None = None,
    law: Law = PACKED,
) -> DealAnswers:
    """Returns the answers of other jurisdictions to a deal that was decided for China, and that one unchanged.

    Args:
        one: The answer for China.
        jurisdiction: Codes, such as `CN,US,EU`.
        facts: Further facts, which only other jurisdictions ask for, as text by name.
        steps: Where each step of the chain was done; only other jurisdictions use what follows.
        assume: Planning assumptions and scenarios about other jurisdictions.
        law: The rulebook on China.

    Raises:
        CoercivityError: With every error in the facts, the steps and the jurisdictions.
    """
    faults = Faults()
    request = read_request(jurisdiction, assume, law, faults)
    stated = stated_facts(request.reading.catalogue, facts, where="facts", faults=faults).facts
    parsed = {n: request.reading.catalogue.parse(n, raw, where="facts", faults=faults) for n, raw in stated.items()}
    read_steps(request.reading, steps, "steps", faults)
    faults.raise_if_any()
    other = {name: value for name, value in parsed.items() if value is not None}
    return _of_text(request, one, other, tuple(stated), steps)


def _of_text(
    request: Request,
    one: Answer,
    other: Mapping[str, FactValue],
    asked: Sequence[str],
    steps: Sequence[Mapping[str, object]] = (),
    papers: Papers = (),
) -> DealAnswers:
    """Returns the answers to a deal of a text; that on China is the one that the text alone has."""
    deal = one.decision.deal if one.decision is not None else Deal({})
    faults = Faults()
    whole = deal_with_facts(deal, other, "facts", faults)
    if steps:
        whole = deal_with_steps(request.reading, whole, steps, "steps", faults, one.on)
    whole, told = PapersBeside(request.reading, papers, {}, faults).deal(whole)
    faults.raise_if_any()
    times = Clocks(one.on, one.asked_known, {})
    found = _answered(request, whole, times, one.id, title=one.title, asked=asked, lot_findings=told)
    own = replace(one, lot_findings=())
    sides = [replace(side, answer=own) if side.jurisdiction == CHINA else side for side in found.sides]
    return deal_answers(one.id, one.title, sides, found.conflicts, told)


def deal_in_jurisdictions(request: Request, deal: Deal, times: Clocks, id: str) -> DealAnswers:
    """Returns the answer of every jurisdiction asked to a deal that was read with the facts of all.

    Args:
        request: The rulebooks to be asked.
        deal: The deal.
        times: Transaction date and information cut-off.
        id: Name of the deal.
    """
    return _answered(request, deal, times, id)


def _of_case(request: Request, case: CaseDeal, times: Clocks) -> DealAnswers:
    own = Clocks(times.on or case.on, times.known or case.known, {})
    told = case.lot_findings
    return _answered(request, case.deal, own, case.id, title=case.title, claims=case.claims, lot_findings=told)


def _answered(
    request: Request,
    deal: Deal,
    times: Clocks,
    id: str,
    *,
    title: str = "",
    claims: tuple[Claim, ...] = (),
    asked: Sequence[str] = (),
    lot_findings: tuple[LotFinding, ...] = (),
) -> DealAnswers:
    """Returns the answer of every jurisdiction asked."""
    sides = []
    for side in request.sides:
        own = own_deal(deal, side, request)
        decision = None
        if times.on is not None:
            decision = decide_deal(side.book, own, times.on, known=times.known, assume=side.assume)
        told = answer(
            side.book,
            decision,
            id=id,
            claims=() if side.abroad else claims,
            known=times.known,
            answered=asked,
        )
        found = () if decision is None else ways(side.book, own, decision)
        sides.append(SideAnswer(side.code, side.name, told, found))
    return deal_answers(id, title, sides, _conflicts(sides, deal, request), lot_findings)


def _conflicts(sides: Sequence[SideAnswer], deal: Deal, request: Request) -> tuple[ConflictFound, ...]:
    """Returns the conflicts between Chinese law and another one, if both were asked and the date is known."""
    decided = [(side.answer.book, side.answer.decision) for side in sides]
    told = [(book, decision) for book, decision in decided if decision is not None]
    return conflicts_between(told, deal, request) if len(told) == len(sides) else ()


def conflicts_between(
    told: Sequence[tuple[Rulebook, Decision]], deal: Deal, request: Request
) -> tuple[ConflictFound, ...]:
    """Returns the conflicts between Chinese law and another one, if both were asked.

    Args:
        told: Rulebook and decision of every side of the request.
        deal: The deal with the facts of all sides.
        request: What was asked, with the scenarios assumed.
    """
    codes = {side.code for side in request.sides}
    if CHINA not in codes or len(codes) < 3:
        return ()
    held = packed_conflicts(abroad_folder().parent / NAME, request.reading, abroad_law().book())
    return conflicts_met(held, told, {**deal.facts, **request.scenarios})


def own_deal(deal: Deal, side: Side, request: Request) -> Deal:
    """Returns a deal with the facts that a side reads, and for other jurisdictions the scenarios that are assumed."""
    return deal_abroad(deal, side.book, request.scenarios) if side.abroad else _deal_in_china(deal, side)


def _deal_in_china(deal: Deal, side: Side) -> Deal:
    """Returns a deal without the facts that only other jurisdictions ask for."""
    facts = {name: value for name, value in deal.facts.items() if name in side.book.catalogue}
    return replace(deal, facts=facts, said_by={name: deal.said_by[name] for name in facts if name in deal.said_by})


class _Asked(TypedDict):
    known: str | None
    assume: str | None
    standing: Standing | None
    papers: Papers
    law: Law
