"""`decide`: checks one deal, or a file of deals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, overload

from coercivity.base.errors import CoercivityError, Faults
from coercivity.cases.arguments import PACKED, Clocks, Law, clocks
from coercivity.cases.files import CaseDeal, read_cases
from coercivity.cases.gather import Standing, gather
from coercivity.cases.lot_papers.beside import Papers, PapersBeside
from coercivity.cases.lot_papers.table import paper_table
from coercivity.data.catalogue import FactCatalogue
from coercivity.data.input import Input, place_of, read_text
from coercivity.data.textyaml import load_file
from coercivity.intake.cells.stated import named, stated_facts
from coercivity.law.engine.decide import decide as decide_deal
from coercivity.law.rules.model import Finding, Outcome
from coercivity.law.rules.rulebook import Rulebook
from coercivity.verbs.answers import Answer, answer

if TYPE_CHECKING:
    from coercivity.verbs.texts.decide import TextAnswer

__all__ = [
    "Answer",
    "Finding",
    "Outcome",
    "Standing",
    "cell_value",
    "decide",
    "decide_file",
    "facts_from_pairs",
    "papers_of",
    "text_of",
]


@overload
def decide(
    facts: Mapping[str, object],
    *,
    on: str | None,
    known: str | None = None,
    assume: str | None = None,
    standing: Mapping[str, object] | Standing | None = None,
    said_by: str = "",
    said_on: str = "",
    papers: Papers = (),
    law: Law = PACKED,
) -> Answer: ...


@overload
def decide(
    facts: Mapping[str, object] | None = None,
    *,
    text: str,
    on: str | None,
    known: str | None = None,
    assume: str | None = None,
    standing: Mapping[str, object] | Standing | None = None,
    said_by: str = "",
    said_on: str = "",
    papers: Papers = (),
    law: Law = PACKED,
) -> TextAnswer: ...


def decide(
    facts: Mapping[str, object] | None = None,
    *,
    text: str | None = None,
    on: str | None,
    known: str | None = None,
    assume: str | None = None,
    standing: Mapping[str, object] | Standing | None = None,
    said_by: str = "",
    said_on: str = "",
    papers: Papers = (),
    law: Law = PACKED,
) -> Answer | TextAnswer:
    """Checks one deal and returns the result, or the deals that a text describes.

    Args:
        facts: Values as text by fact name; lists for sets. Synonyms of the catalogue are read as in a table.
        text: The deal in words; what `facts` say besides holds for every deal of the text.
        on: Transaction date, YYYY-MM-DD; without it the result is UNKNOWN and asks for it.
        known: Information cut-off.
        assume: Planning assumption for suspensions.
        standing: Compliance declarations by fact name; or a `coercivity.Standing`, which also says who made them, on
            which day, and which lists were searched.
        said_by: Who made declarations given by fact name.
        said_on: Day on which these were made and the lists were searched, YYYY-MM-DD or `transaction date`.
        papers: Documents of the lots of the deal, as rows of lot, kind, end_use and more (see docs/papers.md).
        law: The rulebook to use.

    Raises:
        CoercivityError: With every error in the facts and arguments, and every two documents of a lot whose end uses
            differ.

    Examples:
        >>> facts = {"act": "goods", "form": "magnet", "magnet_type": ["NdFeB"], "elements": ["Nd", "Dy"]}
        >>> answer = coercivity.decide({**facts, "from": "CN", "to": "DE"}, on="2025-08-15")
        >>> answer.outcome.value, answer.grounds[0].id
        ('LICENCE', 'a18-1c905')
    """
    block = standing if isinstance(standing, Standing) else Standing(said_by, standing or {}, said_on=said_on)
    if text is not None:
        from coercivity.verbs.texts.decide import decide_text  # not for facts alone: the reader of words takes time

        return decide_text(text, on=on, known=known, assume=assume, facts=facts, standing=block, papers=papers, law=law)
    book, faults = law.book(), Faults()
    times = clocks(book, on, known, assume, faults)
    beside = PapersBeside(book, papers, facts or {}, faults)
    facts = beside.facts
    deal, told = beside.deal(gather(book, facts, standing=block, where="facts", on=times.on, faults=faults))
    faults.raise_if_any()
    if times.on is None:
        return answer(book, None, id="deal", lot_findings=told)
    decision = decide_deal(book, deal, times.on, known=times.known, assume=times.assume)
    stated = stated_facts(book.catalogue, facts, where="facts", faults=faults).facts
    return answer(book, decision, id="deal", known=times.known, answered=stated, lot_findings=told)


def decide_file(
    path: Input, *, on: str | None = None, known: str | None = None, assume: str | None = None, law: Law = PACKED
) -> list[Answer]:
    """Checks the deals of a file and returns their results in order.

    Args:
        path: YAML file, or its uploaded content, with `deals` or `cases` and an optional `standing` block.
        on: Transaction date for all deals. Default: the date of each deal.
        known: Information cut-off for all deals. Default: that of each deal.
        assume: Planning assumption for suspensions.
        law: The rulebook to use.

    Raises:
        CoercivityError: With every error in the file and the arguments.

    Examples:
        >>> text = "deals: [{id: a, facts: {act: goods, form: magnet, magnet_type: [ferrite], from: CN, to: DE}}]"
        >>> _ = Path("deals.yaml").write_text(text)
        >>> [(found.id, found.outcome.value) for found in coercivity.decide_file(Path("deals.yaml"), on="2025-08-15")]
        [('a', 'UNKNOWN')]
    """
    book = law.book()
    faults = Faults()
    times = clocks(book, on, known, assume, faults)
    cases: list[CaseDeal] = []
    try:
        cases = read_cases(book, path)
    except CoercivityError as error:
        faults.items.extend(error.faults)
    faults.raise_if_any()
    return [_answer(book, case, times) for case in cases]


def text_of(path: Input) -> str:
    """Returns the words of a text file.

    Raises:
        CoercivityError: If it cannot be read as text.
    """
    return read_text(path)


def papers_of(path: Input) -> list[Mapping[str, object]]:
    """Returns the documents of a file: a table, or YAML with a list of rows or a list `papers`.

    Raises:
        CoercivityError: If the file cannot be read or holds no list.
    """
    if path.suffix.lower() == ".csv":
        return [row.cells for row in paper_table(path)]
    content = load_file(path)
    rows = content.get("papers") if isinstance(content, dict) else content
    if not isinstance(rows, list):
        what, step = "the file contains no list of documents", "write a list `papers`"
        raise CoercivityError.of("PAPER-FORM", what, where=place_of(path), next=step)
    return rows


def _answer(book: Rulebook, case: CaseDeal, times: Clocks) -> Answer:
    day = times.on or case.on
    if day is None:
        return answer(book, None, id=case.id, title=case.title, lot_findings=case.lot_findings)
    known = times.known or case.known
    decision = decide_deal(book, case.deal, day, known=known, assume=times.assume)
    told = case.lot_findings
    return answer(book, decision, id=case.id, title=case.title, claims=case.claims, known=known, lot_findings=told)


def facts_from_pairs(pairs: Sequence[str], law: Law = PACKED) -> dict[str, object]:
    """Parses raw facts from `name=value` pairs; for sets, `a;b` is a list and `[]` an empty one.

    Args:
        pairs: The pairs.
        law: The rulebook with these facts.

    Raises:
        CoercivityError: If a pair has no equals sign or repeats a fact, or the rulebook cannot be read.
    """
    return pairs_of(law.book().catalogue, pairs)


def pairs_of(catalogue: FactCatalogue, pairs: Sequence[str]) -> dict[str, object]:
    """Parses raw facts of a catalogue from `name=value` pairs.

    Raises:
        CoercivityError: If a pair has no equals sign or repeats a fact.
    """
    found: dict[str, object] = {}
    faults = Faults()
    for pair in pairs:
        written, equals, text = pair.partition("=")
        name = named(catalogue, written, "facts", faults) if equals else written
        if not equals:
            faults.add(
                "FACT-PAIR", f"{pair[:60]!r} is not of the form name=value", next="write, for example, form=magnet"
            )
        elif name in found:
            faults.add("FACT-TWICE", f"duplicate fact {name!r}", next="give it once; write sets as a;b")
        elif name is not None:
            found[name] = cell_value(catalogue, name, text)
    faults.raise_if_any()
    return found


def cell_value(catalogue: FactCatalogue, name: str, text: str) -> str | list[str]:
    """Returns the raw value of a text: a list for sets and ranges of numbers."""
    spec = catalogue.get(name)
    if spec is None or text == "unknown":
        return text
    if spec.type == "set":
        return [] if text == "[]" else [part.strip() for part in text.replace(",", ";").split(";")]
    if spec.type in ("number", "share") and ".." in text:
        return [part.strip() for part in text.split("..")]
    return text
