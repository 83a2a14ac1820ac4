"""A text as a row of units: places, cues of one or more words, other words, and the signs between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from coercivity.intake.words.lexicon.folded import Folded
from coercivity.intake.words.places.cues import Classifier, Cues
from coercivity.intake.words.places.names import Place

Gap = int  # 0 none, 1 a comma, colon or bracket, 2 the end of a sentence or line
_HARD = re.compile(r"[\n;!?。]|\.(?=\s|$)")
_SOFT = re.compile(r"[,、:()\[\]【】|/=]|(?<=\s)[-–—](?=\s)")
_ARROW = re.compile(r"[-=–—]{0,2}>|→|⇒|➔|⟶")
_DOTTED = frozenset(
    (
        "univ",
        "prof",
        "dr",
        "mr",
        "mrs",
        "ms",
        "co",
        "st",
        "approx",
        "ca",
        "incl",
        "no",
        "nr",
        "bzw",
        "inkl",
        "tel",
        "dipl",
        "ing",
        "z",
        "b",
        "i",
        "e",
        "g",
        "u",
        "s",
    )
)
_WIDEST = 40
_NONE: frozenset[str] = frozenset()


class Unit(NamedTuple):
    """A place, a cue or another word; `start` and `end` in the folded text."""

    start: int
    end: int
    key: str
    classes: frozenset[str]
    place: Place | None = None
    latin: bool = True


@dataclass(frozen=True, slots=True)
class UnitRow:
    """The units of a text.

    Attributes:
        text: The text.
        flat: Its folded form, in simplified characters.
        units: Its units.
    """

    text: Folded
    flat: str
    units: tuple[Unit, ...]

    def between(self, at: int) -> str:
        """Returns the signs before a unit."""
        return self.flat[self.units[at - 1].end if at else 0 : self.units[at].start]

    def gap(self, at: int) -> Gap:
        """Returns how far a unit is from the one before it."""
        signs = self.between(at)
        if not signs or signs == " ":
            return 0
        if _HARD.search(signs) and not (signs.strip() == "." and "\n" not in signs and at and self._dotted(at)):
            return 2
        return 1 if _SOFT.search(signs) or _ARROW.search(signs) else 0

    def _dotted(self, at: int) -> bool:
        """Returns whether a full stop before a unit ends an abbreviation, or a day before a word in small letters."""
        before = self.units[at - 1].key
        return before in _DOTTED or (before.isdigit() and len(before) < 3 and self.raw(at)[:1].islower())

    def arrow(self, at: int) -> bool:
        """Returns whether an arrow leads to a unit."""
        return _ARROW.search(self.between(at)) is not None

    def raw(self, at: int) -> str:
        """Returns a unit as given in the text."""
        return self.text.raw(self.units[at].start, self.units[at].end)

    def capital(self, at: int) -> bool:
        """Returns whether a unit begins with a capital letter."""
        return self.raw(at)[:1].isupper()

    def number(self, at: int) -> bool:
        """Returns whether a unit is a number."""
        return self.units[at].key.isdigit()


def row_of(text: Folded, flat: str, places: Sequence[tuple[int, int, Place]], classifier: Classifier) -> UnitRow:
    """Returns a text as units.

    Args:
        text: The text.
        flat: Its folded form, in simplified characters.
        places: Begin and end of each place in the folded text, in order.
        classifier: Tells the classes of words.
    """
    units: list[Unit] = []
    ahead, at, tokens = 0, 0, text.tokens
    known = classifier.cues.classes
    while at < len(tokens):
        token = tokens[at]
        if ahead < len(places) and token.start >= places[ahead][0]:
            start, end, place = places[ahead]
            units.append(Unit(start, end, flat[start:end], _NONE, place, token.script == "latin"))
            ahead += 1
            while at < len(tokens) and tokens[at].start < end:
                at += 1
            continue
        if token.script == "cjk":
            units.append(Unit(token.start, token.end, token.key, _NONE, None, latin=False))
            at += 1
            continue
        limit = places[ahead][0] if ahead < len(places) else len(flat)
        step = _joined(text, at, limit, classifier.cues)
        stop = tokens[at + step - 1].end
        key = token.key if step == 1 else " ".join(one.key for one in tokens[at : at + step])
        classes = classifier.classes_of(key) if step == 1 else known.get(key, known.get(key.removesuffix("s"), _NONE))
        units.append(Unit(token.start, stop, key, classes))
        at += step
    return UnitRow(text, flat, tuple(units))


def _joined(text: Folded, at: int, limit: int, cues: Cues) -> int:
    """Returns how many words from a token on are one cue."""
    tokens = text.tokens
    for step in range(min(cues.heads.get(tokens[at].key, 1), len(tokens) - at), 1, -1):
        last = tokens[at + step - 1]
        if last.end <= limit and last.start - tokens[at].end < _WIDEST:
            key = " ".join(one.key for one in tokens[at : at + step])
            if key in cues.classes or key.removesuffix("s") in cues.classes:
                return step
    return 1
