"""`decide` for a deal in everyday terms: name of the goods, composition, HS code, route."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError, Fault, Faults, brief_value, nearest
from coercivity.base.words import Lang
from coercivity.batches.judge.answers import NOTE_JOINT, notes_of, readings_of
from coercivity.batches.plan import Plan
from coercivity.batches.stage.reading import RowReader
from coercivity.cases.arguments import PACKED, Clocks, Law, clocks
from coercivity.cases.gather import Standing, gather
from coercivity.cases.lot_papers.beside import Papers, PapersBeside
from coercivity.data.catalogue import MORE, NOT, raw_value
from coercivity.intake.cells.column_words import known_names
from coercivity.intake.cells.column_words import named as column_named
from coercivity.intake.cells.columns import BY_ROUTE, ROLES, ColumnMap, Options, quoted
from coercivity.intake.cells.stated import stated_facts
from coercivity.intake.composition.composition import LISTS_ALL
from coercivity.intake.parties.screening import DIFFERENT_FROM
from coercivity.intake.words.read import LONGEST_TEXT, words_reader
from coercivity.intake.words.results import WordsRead
from coercivity.law.engine.decide import decide as decide_deal
from coercivity.law.engine.derived_facts import CONFLICT
from coercivity.law.engine.name_questions import said_of_name
from coercivity.law.engine.other_content import OTHER_CONTENT, wholly_unread
from coercivity.law.explain.reasons import MOST_NAMES
from coercivity.law.rules.model import Instrument, Provision
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.brief.report_data import BriefReport, FurtherParts, PickData
from coercivity.papers.deal.headline import headline
from coercivity.papers.deal.why import subject_to
from coercivity.papers.shared.money import grouped as money_text
from coercivity.papers.shared.names import Text
from coercivity.papers.shared.report_data import ExposureData
from coercivity.verbs.answers import Answer, answer
from coercivity.verbs.deal_value import deal_value
from coercivity.verbs.hints import Hints, hints_of_text

__all__ = [
    "CELLS", "DIFFERENT_FROM", "BriefReport", "NameAsked", "PickData", "SpokenAnswer", "deal_file",
    "deal_report", "decide_cells", "money_text", "names_asked", "on_income", "outcome_words", "subject_to",
    "taken_out",
]  # fmt: skip

NAME = "deal"
CELLS = tuple(role for role in ROLES if role not in ("on", "known", "title", "title_zh", "group", "note"))


@dataclass(frozen=True, slots=True)
class SpokenAnswer:
    """The result for a deal in everyday terms.

    Attributes:
        answer: The result.
        notes: How entries were interpreted, what was corrected, and what could not be read.
        facts: The facts that the deal states, as in a file of deals.
        unread: Facts that were entered and could not be read; `other_content` stands for words beside facts that were.
        read: What was read in the description, word by word; None without one.
        answered: Facts that the author answered, with unknown too, rather than words that were read.
    """

    answer: Answer
    notes: tuple[str, ...]
    facts: dict[str, object]
    unread: tuple[str, ...]
    read: WordsRead | None = None
    answered: tuple[str, ...] = ()

    @property
    def entries_unread(self) -> tuple[str, ...]:
        """Entries of which nothing was read."""
        return wholly_unread(self.unread)


def decide_cells(
    cells: Mapping[str, str],
    *,
    facts: Mapping[str, object] | None = None,
    on: str | None,
    known: str | None = None,
    assume: str | None = None,
    standing: Standing | None = None,
    papers: Papers = (),
    part: int = 0,
    hints: Hints | None = None,
    law: Law = PACKED,
) -> SpokenAnswer:
    """Returns the result for a deal entered as a row of a table; a table gives the same result.

    Args:
        cells: Text by role (material, composition, hs, quantity, from, to, use ...) or by fact; blanks are left out.
        facts: Values as text by fact name; they take precedence over the cells.
        on: Transaction date; without it the result is UNKNOWN and asks for it.
        known: Information cut-off.
        assume: Planning assumptions.
        standing: Compliance declarations that apply unless the deal states otherwise.
        papers: Documents of the lots of the deal.
        part: Which deal is meant, from 1, of a description that names several; 0 leaves such a description unread.
        hints: What words only suggest, by fact; by default the words of the description.
        law: The rulebook to use.

    Raises:
        CoercivityError: With every fault of cells, facts and arguments.
    """
    book, faults, standing = law.book(), Faults(), standing or Standing()
    times = clocks(book, on, known, assume, faults)
    said = _said(book, cells, faults)
    beside = PapersBeside(book, papers, facts or {}, faults)
    facts = beside.facts
    facts = stated_facts(book.catalogue, facts or {}, where="facts", faults=faults).facts
    faults.raise_if_any()
    own, unread_cells, notes = _read(book, said, facts, times, law, standing, part)
    _at_odds(own, facts, faults)
    described = said.get("material")
    read = words_reader(book, book.word_files)(described) if described else None
    if any(name in own and own[name] != value for name, value in facts.items()):
        own = {name: value for name, value in own.items() if name not in _entailed(read, part)}
    stated: dict[str, object] = {**own, **facts}
    if own.get(LISTS_ALL) == raw_value(False):
        stated[LISTS_ALL] = own[LISTS_ALL]  # a composition that is no full list is none, whoever says so
    deal = gather(book, stated, standing=standing, where=NAME, on=times.on, faults=faults)
    deal, papers_say = beside.deal(deal)
    faults.raise_if_any()
    unread = tuple(
        name for name in dict.fromkeys((*unread_cells, *deal.unread)) if name == OTHER_CONTENT or name not in facts
    )
    whole = replace(deal, unread=unread)
    decision = None if times.on is None else decide_deal(book, whole, times.on, known=times.known, assume=times.assume)
    asked = {*facts, *(name for name in said if name in book.catalogue)}
    told = hints if hints is not None else hints_of_text(read, part)
    found = answer(book, decision, id=NAME, known=times.known, answered=asked, hints=told, lot_findings=papers_say)
    return SpokenAnswer(found, notes, stated, unread, read, tuple(sorted(facts)))


def _said(book: Rulebook, cells: Mapping[str, str], faults: Faults) -> dict[str, str]:
    """Returns the text of each role or fact; a field may have any name that a column may have."""
    said: dict[str, str] = {}
    for written, text in cells.items():
        if not text.strip():
            continue
        name = written
        if name not in CELLS and name not in book.catalogue:
            name = column_named(known_names(book.catalogue, ROLES), written).role
        if name not in CELLS and name not in book.catalogue:
            near = nearest(written[:80], (*CELLS, *book.catalogue))
            faults.add("CELL-NAME", f"field {brief_value(written)!r} not found", where="cells", nearest=near)
        elif said.setdefault(name, text.strip()) != text.strip():
            what = f"field {brief_value(name)!r} is given twice, with different values"
            faults.add("FACT-TWICE", what, where="cells", next="keep one of them")
    return said


def _entailed(read: WordsRead | None, part: int) -> set[str]:
    """Returns the facts that follow from words of the text; a correction of those words takes them back."""
    mine = read.parts[max(part, 1) - 1 : max(part, 1)] if read is not None else ()
    return {one.fact for found in mine for one in found.statements if one.strength == "entailed"} - {"form", "act"}


def _at_odds(own: Mapping[str, object], facts: Mapping[str, object], faults: Faults) -> None:
    """Adds an error if a list of elements omits one that the name or the composition contains."""
    said, stated = own.get("elements"), facts.get("elements")
    if not isinstance(said, list) or not isinstance(stated, list) or MORE in stated:
        return
    named = (element for element in said if element != MORE and not element.startswith(NOT))
    left = [element for element in named if element not in (*stated, "Nd", "Pr")]  # these two go without saying
    if left:
        what = f"elements is {brief_value(stated)}, but the description contains {', '.join(left)}"
        faults.add(CONFLICT, what, where=NAME, next="list every element, or correct the description")


def _read(
    book: Rulebook,
    said: Mapping[str, str],
    facts: Mapping[str, object],
    times: Clocks,
    law: Law,
    standing: Standing,
    part: int,
) -> tuple[dict[str, object], tuple[str, ...], tuple[str, ...]]:
    """Returns the facts of the entries as in a file of deals, the unreadable entries, and notes.

    Raises:
        CoercivityError: If a cell cannot be read at all.
    """
    constants = {} if "act" in said else {"act": BY_ROUTE}
    if LISTS_ALL in facts and LISTS_ALL not in said:
        constants[LISTS_ALL] = str(facts[LISTS_ALL])
    options = Options(part=part, longest_description=LONGEST_TEXT)
    columns = ColumnMap({name: name for name in said}, constants, options)
    # A deal without a date is read in the same way; entries do not depend on the date.
    plan = Plan(
        columns,
        standing,
        times.on or Day(2000, 1, 1),
        times.known,
        times.assume,
        law.pack,
        tuple(law.overlays),
        law.party_inputs,
        book.party_files.key,
    )
    reader = RowReader(book, plan)
    read = reader.read_one(said)
    if faults := reader.faults_of_one(read):
        raise CoercivityError(_named(fault) for fault in faults)
    readings = tuple(f"{column}: {text!r} = {reading}" for column, text, reading in sorted(readings_of(read.columns)))
    notes = NOTE_JOINT.join(filter(None, (texts[codes[0]] for codes, texts in notes_of(book, read))))
    own: dict[str, object] = {name: raw_value(value) for name, value in read.said(0).items()}
    return own, read.facts.deal(0).unread, (*readings, *filter(None, [notes]))


def _named(fault: Fault) -> Fault:
    """Returns an error of one cell with its text and the name of the cell."""
    near = f" (nearest: {', '.join(fault.nearest)})" if fault.nearest else ""
    return Fault(fault.code, f"{fault.what}{near}", fault.where or "cells", next=fault.next)


def deal_report(found: SpokenAnswer, cells: Mapping[str, str]) -> BriefReport | None:
    """Returns the report data of a deal with a date: clauses, dates, routes, documents, time limits, penalties.

    Args:
        found: The result.
        cells: The entries, for the value of the deal.
    """
    # Needed for this page alone, and slow to import: an answer does not wait for them.
    from coercivity.cases.brief.brief import brief_of
    from coercivity.cases.brief.head import CaseHead
    from coercivity.cases.transactions import Transaction
    from coercivity.papers.brief.report_json import report_data
    from coercivity.papers.shared.parts import destination_of
    from coercivity.practice.times import practice_times
    from coercivity.verbs.depth import DAYS_BACK, YEARS_AHEAD

    decision, book = found.answer.decision, found.answer.book
    if decision is None:
        return None
    first = Day.fromordinal(decision.on.toordinal() - DAYS_BACK)
    horizon = {"from": first.isoformat(), "to": f"{decision.on.year + YEARS_AHEAD}-12-31"}
    title = {"en": cells.get("material", "").strip() or NAME}
    case = CaseHead.model_validate({"id": NAME, "title": title, "about": title, "horizon": horizon})
    worth = deal_value(cells, decision.on)
    about = {} if worth is None else {"turnover_cny": f"{worth.cny:f}"}
    row = Transaction(NAME, 1, decision.on, about, found.facts, decision.deal)
    brief = brief_of(book, case, [row], decision.on, known=decision.known, assume=decision.assume)
    # Only the deal as entered shows which questions were answered.
    brief = replace(brief, rows=(replace(brief.rows[0], question=found.answer.question),))
    place = destination_of(decision.deal)
    seen_from = min(decision.on, decision.known)
    practice = {} if place is None else {place: practice_times(seen_from, place)}
    more: FurtherParts = {} if worth is None else {"worth": {"cny": f"{worth.cny:f}", "told": worth.told}}
    return report_data(book, brief, practice, more)


def deal_file(
    found: SpokenAnswer,
    on: str | None,
    *,
    standing: Standing,
    known: str | None = None,
    abroad: Mapping[str, str | list[str]] | None = None,
    steps: Sequence[Mapping[str, object]] = (),
) -> str:
    """Returns a deal as a file for `coercivity decide`, which gives the same result with the same hash.

    Args:
        found: The deal with its result.
        on: Transaction date.
        standing: Compliance declarations.
        known: Information cut-off.
        abroad: Facts that only other jurisdictions read, as a file states them.
        steps: Where each step of the chain was done; only other jurisdictions read it.
    """

    def text(value: Any) -> str:
        return f"[{', '.join(map(quoted, value))}]" if isinstance(value, list) else quoted(str(value))

    lines = ["# `coercivity decide FILE` gives the answer of the screen, with the same hash."]
    if standing.facts or standing.said_on:
        lines += ["standing:", f"  said_by: {quoted(standing.said_by)}"]
        lines += [f"  said_on: {quoted(standing.said_on)}"] if standing.said_on else []
        if standing.lists:
            held = f"lists: {text(list(standing.lists))}, version: {quoted(standing.version or 'not stated')}"
            lines.append(f"  screened: {{{held}}}")
        lines += ["  facts:"] if standing.facts else []
        lines += [f"    {name}: {text(value)}" for name, value in sorted(standing.facts.items())]
    lines += ["deals:", f"- id: {NAME}"]
    lines += [f"  {name}: {day}" for name, day in (("on", on), ("known", known)) if day]
    facts = {**found.facts, **(abroad or {})}
    lines += ["  facts:", *(f"    {quoted(name)}: {text(value)}" for name, value in sorted(facts.items()))]
    lines += ["  steps:"] if steps else []
    lines += [f"  - {{{', '.join(f'{key}: {text(value)}' for key, value in row.items())}}}" for row in steps]
    if found.unread:
        lines.append(f"  unread: {text(list(found.unread))}")
    return "\n".join(lines) + "\n"


def on_income(exposed: ExposureData) -> bool:
    """Returns whether a fine is a multiple of the illegal income, and not of the illegal turnover."""
    from coercivity.papers.shared import parts

    return parts.on_income(exposed)


class NameAsked(NamedTuple):
    """A question about a name, with both names.

    Attributes:
        other: The listed party that it may be; blank if the name settles the question.
    """

    text: str
    other: str


def names_asked(found: SpokenAnswer, lang: Lang) -> list[NameAsked]:
    """Returns the questions about the names of a deal."""
    decision, words = found.answer.decision, found.answer.book.words
    if decision is None:
        return []
    asked = decision.deal.name_questions[:MOST_NAMES]
    said = (said_of_name(words, one, lang, on=decision.on) for one in asked)
    return [NameAsked(text, one.party_id if one.is_open else "") for text, one in zip(said, asked, strict=True)]


def outcome_words(found: SpokenAnswer) -> dict[str, Text]:
    """Returns the meaning of each outcome; for UNKNOWN, why this result is undetermined."""
    told = found.answer
    return {**told.book.words["outcomes"], "UNKNOWN": headline(told.reasons, told.book, told.question)}


def taken_out(found: SpokenAnswer) -> list[tuple[Instrument, Provision]]:
    """Returns the clauses that another clause excludes from the result."""
    decision, rules = found.answer.decision, found.answer.book.rules
    if decision is None:
        return []
    pairs = [pair for branch in decision.branches for pair in branch.benign.out.items()]
    return [(rules[rank].instrument, rules[rank].provision) for rank, _ in dict.fromkeys(pairs)]
