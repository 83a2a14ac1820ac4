"""`decide` for a text: each deal that it describes with its own result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coercivity.cases.arguments import PACKED, Law
from coercivity.cases.gather import Standing
from coercivity.intake.words.read import words_reader
from coercivity.intake.words.results import WordsRead
from coercivity.verbs.deal import SpokenAnswer, decide_cells
from coercivity.verbs.fact_names import fact_value


@dataclass(frozen=True, slots=True)
class TextAnswer:
    """The results for a text.

    Attributes:
        parts: One result for each deal of the text; one without any fact of the text if nothing was read.
        read: What was read.
    """

    parts: tuple[SpokenAnswer, ...]
    read: WordsRead


def decide_text(
    text: str,
    *,
    on: str | None,
    known: str | None = None,
    assume: str | None = None,
    cells: Mapping[str, str] | None = None,
    facts: Mapping[str, Any] | None = None,
    standing: Standing | None = None,
    law: Law = PACKED,
) -> TextAnswer:
    """Returns the result for each deal that a text describes."""
    read = words_reader(law.book())(text)
    found = []
    for part in read.parts or (None,):
        plain = part is None or (len(read.parts) == 1 and "act" not in part.facts)
        own = {} if plain or part is None else {name: fact_value(value) for name, value in part.facts.items()}
        beside = dict(cells or {}) | ({"material": text} if plain else {})
        given = {**own, **(facts or {})}
        made = decide_cells(beside, facts=given, on=on, known=known, assume=assume, standing=standing, law=law)
        found.append(made)
    return TextAnswer(tuple(found), read)
