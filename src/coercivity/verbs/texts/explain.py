"""`words explain`: what is read in texts, from which words, what was not understood, and what would be asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NotRequired, TypedDict

from coercivity.base.errors import CoercivityError, Faults, brief_value, nearest
from coercivity.base.json_types import Json
from coercivity.base.words import Lang
from coercivity.cases.arguments import PACKED, Law
from coercivity.data.catalogue import FactCatalogue
from coercivity.data.input import Input, read_text
from coercivity.data.textyaml import TextList, TextMap, load_text
from coercivity.data.values import FactValue
from coercivity.law.explain.questions import Question
from coercivity.papers.deal.text_read import facts_data
from coercivity.papers.deal.text_read_text import ask_lines, read_lines
from coercivity.verbs.texts.decide import TextAnswer, decide_text
from coercivity.verbs.texts.read import ReadData, TextRead

__all__ = ["Explained", "explain", "explain_file"]

MOST_TEXTS = 10_000
_CONTEXT = ("from", "to", "date")
_YAML = (".yaml", ".yml")


class AskData(TypedDict):
    """The question that comes first for a deal; blank if there is none."""

    deal: int
    fact: str


class ExplainedData(TypedDict):
    """A text and what was read in it."""

    id: str
    text: str
    read: ReadData
    asks: list[AskData]


class LineData(TypedDict):
    """The facts of a text in one line; of several deals, those of each."""

    id: str
    facts: NotRequired[dict[str, Json]]
    parts: NotRequired[list[dict[str, Json]]]


@dataclass(frozen=True, slots=True)
class Explained:
    """A text and what was read in it.

    Attributes:
        id: Its name.
        answer: The result of each deal, for the question that comes first.
    """

    id: str
    answer: TextAnswer

    @property
    def read(self) -> TextRead:
        """What was read."""
        return self.answer.read

    @property
    def asks(self) -> list[Question | None]:
        """The question that comes first, for each deal."""
        return [found.question for found in self.answer.answers]

    def as_dict(self) -> ExplainedData:
        """Returns what was read, with places and questions, as plain data for JSON."""
        asks: list[AskData] = [
            {"deal": number, "fact": "" if asked is None else asked.fact} for number, asked in enumerate(self.asks, 1)
        ]
        return {"id": self.id, "text": self.read.words.text, "read": self.read.as_dict(), "asks": asks}

    def as_line(self) -> LineData:
        """Returns the facts alone: sets as lists, `...` for more, shares and numbers as numbers."""
        catalogue = self.answer.answers[0].book.catalogue
        parts = [_numbers(catalogue, deal.facts) for deal in self.read.deals]
        return {"id": self.id, "facts": parts[0]} if len(parts) == 1 else {"id": self.id, "parts": parts}

    def lines(self, lang: Lang) -> Iterator[str]:
        """Yields what was read as lines of text, with the question that comes first."""
        yield from read_lines(self.read, lang)
        yield from ask_lines(self.answer.answers[0].book, self.asks, lang)


def explain(text: str, *, id: str = "text", context: Mapping[str, str] | None = None, law: Law = PACKED) -> Explained:
    """Returns what is read in a text.

    Args:
        text: The text.
        id: Its name.
        context: What is known besides: `from`, `to`, and the transaction `date`.
        law: The rulebook to use, with lexicon files of your own.

    Raises:
        CoercivityError: With every fault of the text and its context.
    """
    around = dict(context or {})
    return Explained(id, decide_text(text, on=around.pop("date", None), cells=around, law=law))


def explain_file(path: Input, *, context: Mapping[str, str] | None = None, law: Law = PACKED) -> list[Explained]:
    """Returns what is read in the texts of a file, in order.

    Args:
        path: YAML with `cases: [{id, text, context: {from, to, date}}]`, or plain text with one text in each line.
        context: What is known of every text besides; the context of a text takes precedence.
        law: The rulebook to use, with lexicon files of your own.

    Raises:
        CoercivityError: With every fault of the file and its texts, each with its line.
    """
    content, faults = read_text(path), Faults()
    if path.suffix.lower() in _YAML:
        texts = list(_cases(load_text(content, name=path.name), path.name, faults))
    else:
        lines = enumerate(content.splitlines(), 1)
        texts = [_Text(str(number), line, {}, f"{path.name}:{number}") for number, line in lines if line.strip()]
    if len(texts) > MOST_TEXTS:
        what = f"{len(texts):,} texts; the limit is {MOST_TEXTS:,}"
        faults.add("FILE-SIZE", what, where=path.name, next="split the file")
    faults.raise_if_any()
    found = []
    for one in texts:
        try:
            found.append(explain(one.text, id=one.id, context={**(context or {}), **one.context}, law=law))
        except CoercivityError as error:
            for fault in error.faults:
                faults.add(fault.code, fault.what, where=one.where, nearest=fault.nearest, next=fault.next)
    faults.raise_if_any()
    return found


@dataclass(frozen=True, slots=True)
class _Text:
    id: str
    text: str
    context: Mapping[str, str]
    where: str


def _cases(raw: object, name: str, faults: Faults) -> Iterator[_Text]:
    entries = raw.get("cases") if isinstance(raw, TextMap) else None
    if not isinstance(entries, TextList):
        faults.add("CASE-FORM", "expected a list `cases`", where=f"{name}:1", next="write cases: [{id: a, text: ...}]")
        return
    for number, (entry, line) in enumerate(zip(entries, entries.entry_lines, strict=True), 1):
        where = f"{name}:{line}"
        if not isinstance(entry, TextMap) or not isinstance(entry.get("text"), str):
            faults.add("CASE-FORM", f"entry {number} has no text", where=where, next="write {id: a, text: ...}")
            continue
        context = entry.get("context", {})
        if not isinstance(context, dict) or not all(isinstance(value, str) for value in context.values()):
            step = "write {from: CN, to: DE, date: 2026-01-15}"
            faults.add("CASE-FORM", "`context` must be a mapping", where=where, next=step)
            continue
        for key in context:
            if key not in _CONTEXT:
                what = f"unknown key {brief_value(key)!r} in `context`"
                faults.add("KEY-UNKNOWN", what, where=where, nearest=nearest(key[:40], _CONTEXT))
        yield _Text(str(entry.get("id", number)), entry["text"], context, where)


def _numbers(catalogue: FactCatalogue, facts: Mapping[str, FactValue | None]) -> dict[str, Json]:
    found = facts_data(facts)
    for name, value in found.items():
        if catalogue[name].type in ("number", "share") and facts[name] is not None:
            found[name] = [_number(end) for end in value] if isinstance(value, list) else _number(value)
    return found


def _number(text: Json) -> float:
    return float(Decimal(str(text)))
