"""`decide` for a text: each deal that the words describe has its own answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypedDict, cast

from coercivity.base.errors import CoercivityError
from coercivity.base.json_types import Json
from coercivity.base.words import Lang
from coercivity.cases.arguments import PACKED, Law
from coercivity.cases.gather import Standing
from coercivity.cases.lot_papers.beside import Papers
from coercivity.law.rules.model import GRAVITY, Outcome
from coercivity.papers.deal.answer_frames import answer_frames
from coercivity.papers.deal.text_read_text import read_lines
from coercivity.papers.shared.tables.tabled import Frames, Tabled
from coercivity.verbs.answers import Answer, gravest
from coercivity.verbs.deal import NAME, SpokenAnswer, decide_cells
from coercivity.verbs.texts.clean import clean_text
from coercivity.verbs.texts.read import ReadData, TextRead, read_in

__all__ = ["TextAnswer", "TextData", "decide_text"]

_PLACES = ("from", "to")
MATERIAL = "material"  # the cell that holds a description


class TextData(TypedDict):
    """The result for a text: the most restrictive outcome, each deal, and what was read."""

    id: str
    outcome: str
    deals: list[dict[str, Any]]
    read: ReadData


@dataclass(frozen=True, slots=True)
class TextAnswer(Tabled):
    """The result for a text.

    Attributes:
        parts: The result for each deal that it describes.
        read: What was read, with the words.

    Examples:
        >>> answer = coercivity.decide(text="sintered NdFeB magnets with 2 % Dy, Ningbo to Hamburg", on="2025-08-15")
        >>> answer.outcome.value
        'LICENCE'
    """

    parts: tuple[SpokenAnswer, ...]
    read: TextRead

    @property
    def answers(self) -> list[Answer]:
        """The result for each deal, as for facts."""
        return [part.answer for part in self.parts]

    @property
    def outcome(self) -> Outcome:
        """The most restrictive outcome of all deals."""
        return gravest(self.answers)

    def read_lines(self, lang: Lang) -> Iterator[str]:
        """Yields what was read as lines of text, each fact with its words."""
        return read_lines(self.read, lang)

    def as_dict(self, id: str = NAME) -> TextData:
        """Returns the result as plain data for JSON.

        Args:
            id: Name of the text.
        """
        deals = [spoken_dict(part) for part in self.parts]
        return {"id": id, "outcome": self.outcome.value, "deals": deals, "read": self.read.as_dict()}

    def _frames(self) -> Frames:
        return answer_frames(self.answers)

    def _headline(self) -> str:
        return next(max(self.answers, key=lambda found: GRAVITY[found.outcome]).lines("en"))


def spoken_dict(spoken: SpokenAnswer) -> dict[str, Any]:
    """Returns the result for a deal in everyday terms as plain data, with its notes and facts."""
    more: dict[str, Json] = {"notes": [*spoken.notes], "facts_read": cast("Json", {**spoken.facts})}
    return {**spoken.answer.as_dict(), **more}


def decide_text(
    text: str,
    *,
    on: str | None,
    known: str | None = None,
    assume: str | None = None,
    cells: Mapping[str, str] | None = None,
    facts: Mapping[str, object] | None = None,
    standing: Standing | None = None,
    papers: Papers = (),
    law: Law = PACKED,
) -> TextAnswer:
    """Returns the result for every deal that a text describes.

    A text with one deal has the result of `decide_cells` with the text as `material`, with the same hash.

    Args:
        text: Words as people write them.
        on: Transaction date; without it the result is UNKNOWN and asks for it.
        known: Information cut-off.
        assume: Planning assumptions.
        cells: What is known besides, as in a row of a table: `from`, `to`, `composition` ...
        facts: Values as text by fact name, for every deal of the text; they take precedence over the words.
        standing: Compliance declarations that apply unless a deal states otherwise.
        papers: Documents of the lots of every deal of the text.
        law: The rulebook to use, with lexicon files of your own.

    Raises:
        CoercivityError: With every fault of text, cells, facts and arguments.
    """
    said, notes = clean_text(text)
    if (cells or {}).get(MATERIAL, "").strip():
        what = "the deal is described twice, by the text and by `material`"
        raise CoercivityError.of("ARGUMENT", what, where="cells", next="keep one of them")
    read = read_in(law.book(), said, notes)
    # A place stated as a fact is a cell as well: the route tells whether goods are exported.
    places = {name: place for name in _PLACES if isinstance(place := (facts or {}).get(name), str)}
    row = {**places, **(cells or {}), MATERIAL: said}
    count = len(read.deals)
    found = []
    for part in range(1, count + 1) if count > 1 else (0,):
        spoken = decide_cells(
            row, facts=facts, on=on, known=known, assume=assume, standing=standing, papers=papers, part=part, law=law
        )
        name = f"{NAME} {part}" if part else NAME
        found.append(replace(spoken, answer=replace(spoken.answer, id=name)))
    return TextAnswer(tuple(found), read)
