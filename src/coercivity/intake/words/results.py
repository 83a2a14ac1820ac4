"""What was read in a text: statements with their words, one deal or several, and what was not read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from coercivity.data.values import FactValue

Strength = Literal["stated", "entailed", "suggested"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters of the text as given, from `start` to before `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact that the words state, entail or suggest.

    Attributes:
        fact: Name of the fact.
        value: Its value.
        strength: `stated` by the words, `entailed` by a definition of the catalogue, or only `suggested` by usage in
            the trade. A suggestion is never a fact: it orders the choices of a question.
        spans: The words.
        by: The lexicon entry or the rule that read them, such as `goods.csv:12`.
        reason: Why, for an entailed or suggested value.
    """

    fact: str
    value: FactValue
    strength: Strength
    spans: tuple[Span, ...]
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PartRead:
    """One deal of a text.

    Attributes:
        statements: What the text says about it.
        spans: The words that are its own; facts of the whole text, such as a destination, lie outside them.
    """

    statements: tuple[Statement, ...]
    spans: tuple[Span, ...] = ()

    @property
    def facts(self) -> dict[str, FactValue]:
        """The facts of the deal: what is stated or entailed; the first statement of a fact takes precedence."""
        found: dict[str, FactValue] = {}
        for one in self.statements:
            if one.strength != "suggested":
                found.setdefault(one.fact, one.value)
        return found

    @property
    def hints(self) -> dict[str, tuple[Statement, ...]]:
        """Suggestions by fact, for the choices of a question."""
        found: dict[str, tuple[Statement, ...]] = {}
        for one in self.statements:
            if one.strength == "suggested":
                found[one.fact] = (*found.get(one.fact, ()), one)
        return found


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that the text says and that is kept without becoming a fact: a claim, a coercivity class, a limit.

    Attributes:
        kind: `claim`, `below_detection`, `sum_of_shares`, `process`, `coercivity_class`, `date`.
        text: What it says, in English.
    """

    kind: str
    text: str
    spans: tuple[Span, ...]
    value: str = ""


@dataclass(frozen=True, slots=True)
class WordsRead:
    """A text, read.

    Attributes:
        text: The text as given.
        parts: The deals that it describes, one or more; empty if nothing was read.
        left: Words that were not understood and may name something else.
        held: Why the text must not be decided as read, such as a word that may mean a weapon; blank if nothing does.
        evidence: What it says besides.
        notes: How words were interpreted: a typo, a compound.
    """

    text: str
    parts: tuple[PartRead, ...] = ()
    left: tuple[Span, ...] = ()
    held: str = ""
    evidence: tuple[Evidence, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def said(self, span: Span) -> str:
        """Returns the words of a span."""
        return self.text[span.start : span.end]


def facts_text(facts: Mapping[str, FactValue]) -> str:
    """Returns facts as one line, for messages and notes."""
    from coercivity.data.values import SetValue, plain_value

    told = []
    for name, value in facts.items():
        if isinstance(value, SetValue):
            more = "" if value.complete else " and possibly others"
            told.append(f"{name} {'+'.join(sorted(value.has)) or 'none'}{more}")
        elif isinstance(value, bool):
            told.append(f"{name} {'true' if value else 'false'}")
        else:
            told.append(f"{name} {plain_value(value)}")
    return ", ".join(told) or "nothing relevant to the rules"
