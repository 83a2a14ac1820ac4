"""What was read in a text: its deals with their facts, the words behind each fact, and what was not understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NotRequired, TypedDict

from coercivity.base.json_types import Json
from coercivity.data.catalogue import MORE, UNKNOWN_WORD, raw_value
from coercivity.data.values import FactValue, SetValue, plain_value
from coercivity.intake.words.read import left_words
from coercivity.intake.words.results import Span, Statement, WordsRead


class SpanData(TypedDict):
    """Words of a text, and where they are: characters from `start` to before `end`."""

    start: int
    end: int
    words: str


class StatementData(TypedDict):
    """A fact, how strongly the words say it, and the lexicon entry or rule that read it."""

    fact: str
    value: Json
    strength: str
    words: list[SpanData]
    by: str
    reason: NotRequired[str]


class DealData(TypedDict):
    """One deal of a text: its facts as the decision takes them, and the statements behind them."""

    facts: dict[str, Json]
    statements: list[StatementData]


class EvidenceData(TypedDict):
    """Something that the text says and that is no fact, such as a claim."""

    kind: str
    text: str
    words: list[SpanData]


class ReadData(TypedDict):
    """What was read in a text."""

    deals: list[DealData]
    not_understood: list[SpanData]
    held: str
    evidence: list[EvidenceData]
    notes: list[str]


@dataclass(frozen=True, slots=True)
class DealRead:
    """One deal of a text.

    Attributes:
        facts: Facts as the decision takes them; None if the text makes a fact open.
        statements: What the words state, entail or suggest.
        unread: Why the deal is not decided as read; blank if it can be.
    """

    facts: Mapping[str, FactValue | None]
    statements: tuple[Statement, ...]
    unread: str = ""


@dataclass(frozen=True, slots=True)
class TextRead:
    """A text, read.

    Attributes:
        words: What the words say, with their places.
        deals: The deals that the text describes; one without facts if none was understood.
        notes: How words were interpreted, and what was left out.

    Examples:
        >>> read = coercivity.read_words("sintered NdFeB segments, 500 pcs")
        >>> read.deals[0].facts["form"], read.not_understood
        ('magnet', ())
    """

    words: WordsRead
    deals: tuple[DealRead, ...]
    notes: tuple[str, ...]

    @property
    def not_understood(self) -> tuple[str, ...]:
        """Words that were not understood, each once."""
        return tuple(left_words(self.words, most=len(self.words.left)))

    def as_dict(self) -> ReadData:
        """Returns what was read as plain data for JSON."""
        return {
            "deals": [
                {"facts": facts_data(deal.facts), "statements": [self._statement(one) for one in deal.statements]}
                for deal in self.deals
            ],
            "not_understood": self._spans(self.words.left),
            "held": self.words.held,
            "evidence": [
                {"kind": one.kind, "text": one.text, "words": self._spans(one.spans)} for one in self.words.evidence
            ],
            "notes": list(self.notes),
        }

    def _spans(self, spans: tuple[Span, ...]) -> list[SpanData]:
        return [{"start": one.start, "end": one.end, "words": self.words.said(one)} for one in spans]

    def _statement(self, one: Statement) -> StatementData:
        found: StatementData = {
            "fact": one.fact,
            "value": value_data(one.value),
            "strength": one.strength,
            "words": self._spans(one.spans),
            "by": one.by,
        }
        if one.reason:
            found["reason"] = one.reason
        return found


def value_data(value: FactValue) -> Json:
    """Returns a value as plain data: a set as a list, in which `...` says that there may be more."""
    if not isinstance(value, SetValue):
        return plain_value(value)
    raw = raw_value(value)
    return [*raw] if isinstance(raw, list) else [raw, MORE]


def facts_data(facts: Mapping[str, FactValue | None]) -> dict[str, Json]:
    """Returns facts as plain data; an open fact is `unknown`."""
    return {name: UNKNOWN_WORD if value is None else value_data(value) for name, value in facts.items()}
