"""What a notice says, value by value, each with its words: days, announcements, codes, shares, goods, effects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from coercivity.data.values import FactValue, SetValue, plain_value
from coercivity.intake.notices.figures import announcements_in, han_days, plain_figures, shares_in_notice
from coercivity.intake.notices.words import notice_tools
from coercivity.intake.words.amounts.codes import code_marks
from coercivity.intake.words.amounts.dates import date_marks
from coercivity.intake.words.amounts.share_items import cased
from coercivity.intake.words.amounts.units import UNITS, quantities
from coercivity.intake.words.lexicon.entries import elements_of
from coercivity.intake.words.lexicon.folded import Folded, folded
from coercivity.intake.words.lexicon.marks import marks_of
from coercivity.intake.words.lexicon.terms import Lexicon
from coercivity.intake.words.pieces import row_of
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.shown import short_name

DAY, INSTRUMENT, COUNTRY, SHARE, FIGURE = "day", "instrument", "country", "share", "figure"
EFFECT, EVENT, TRACK = "effect", "event", "track"
# A statement of the reader of words that is worth telling if the draft does not use it.
_TOLD_ROLES = frozenset(("item", "family", "element", "substance", "use", "grade", "place"))
_SHORTEST_NAME, _SHORTEST_TITLE = 8, 4
_STARTS = re.compile(r"(?:自|(?<![a-z])(?:from|as of|as from|starting|beginning|since) )\Z")  # before a day


@dataclass(frozen=True, slots=True, order=True)
class Said:
    """One value that a notice says.

    Attributes:
        start: First character in the text as given.
        end: The character after the last one.
        name: `day`, `instrument`, `country`, `share`, `figure`, `control_code`, `tariff_number`, `effect`, `event`,
            `track`, or the name of a fact.
        value: The value, as a draft writes it.
        telling: Whether a reader should be told if the draft has no use for it.
    """

    start: int
    end: int
    name: str
    value: str
    telling: bool = False


def notice_said(book: Rulebook, text: str, words: Rulebook | None = None) -> tuple[Said, ...]:
    """Returns what a notice says, in the order of the text; words may say several things.

    Args:
        book: The rulebook, for its instruments.
        text: The notice, in English or Chinese.
        words: The rulebook with the facts and the lexicon that the text is read with. Default: the same.
    """
    whole, read_with = folded(text), words or book
    found = [*_read(read_with, text), *_figures(whole), *_named(book, whole)]
    tools = notice_tools(read_with)
    found += _marked(tools.effects, whole)
    found += _marked(tools.synonyms, whole)
    return tuple(sorted(dict.fromkeys(found)))


def _read(book: Rulebook, text: str) -> Iterator[Said]:
    """Yields goods, elements, uses and places, as the reader of words reads them."""
    reader = notice_tools(book).reader
    row = row_of(reader.lexicon, reader.grades, folded(text))
    for piece in row.pieces:
        if not piece.entries and piece.place is None:
            continue
        at = row.folded.span(piece.start, piece.end)
        if piece.place is not None:
            yield Said(at.start, at.end, COUNTRY, piece.place.country, telling=True)
        telling = piece.role in _TOLD_ROLES
        for entry in piece.entries:
            stated = telling and entry.strength == "stated"
            for symbol in elements_of(entry):
                yield Said(at.start, at.end, "elements", symbol, entry.strength == "stated")
            for name, value in entry.states.items():
                for one in values_of(value):
                    if (name, one) != ("elements", ""):
                        yield Said(at.start, at.end, name, one, stated)
            if entry.cues.get("act"):
                yield Said(at.start, at.end, "act", entry.cues["act"])


def values_of(value: FactValue) -> tuple[str, ...]:
    """Returns a value as a draft writes it; each member of a set."""
    if isinstance(value, SetValue):
        return tuple(sorted(value.has))
    if isinstance(value, bool):
        return ("true" if value else "false",)
    return (str(plain_value(value)),)


def _figures(whole: Folded) -> Iterator[Said]:
    def at(start: int, end: int, name: str, value: str, *, telling: bool) -> Said:
        span = whole.span(start, end)
        return Said(span.start, span.end, name, value, telling)

    for day in date_marks(whole):
        for one in day.evidence:
            if one.value and "/" not in one.value:
                yield at(day.start, day.end, DAY, one.value, telling=True)
                before = _STARTS.search(whole.flat, max(0, day.start - 20), day.start)
                if before:
                    yield at(before.start(), day.end, EVENT, "entry_into_force", telling=False)
    for code in code_marks(whole):
        for one in code.evidence:
            yield at(code.start, code.end, one.kind, one.value, telling=True)
    for reader, name, telling in (
        (han_days, DAY, True),
        (announcements_in, INSTRUMENT, True),
        (shares_in_notice, SHARE, True),
        (plain_figures, FIGURE, False),
    ):
        for start, end, value in reader(whole.flat):
            yield at(start, end, name, value, telling=telling)
    for quantity in quantities(cased(whole), UNITS - {"fraction"}):
        if quantity.low == quantity.high:
            yield at(quantity.start, quantity.end, f"{FIGURE} {quantity.unit}", str(quantity.low), telling=False)


def _named(book: Rulebook, whole: Folded) -> Iterator[Said]:
    """Yields the instruments that the notice calls by their name or title."""
    for name, ids in _names(book).items():
        start = whole.flat.find(name)
        while start >= 0:
            span = whole.span(start, start + len(name))
            for one in ids:
                yield Said(span.start, span.end, INSTRUMENT, one, telling=True)
            start = whole.flat.find(name, start + len(name))


def _names(book: Rulebook) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in book.instruments.values():
        for name in (
            one.short_en,
            one.short_zh,
            one.title_en,
            one.title_zh,
            short_name(one, "en"),
            short_name(one, "zh"),
        ):
            plain = folded(name.strip("《》 ")).flat
            if len(plain) >= (_SHORTEST_NAME if plain.isascii() else _SHORTEST_TITLE):
                found[plain] = tuple(dict.fromkeys((*found.get(plain, ()), one.id)))
    return found


def _marked(lexicon: Lexicon, whole: Folded) -> Iterator[Said]:
    marks = marks_of(lexicon, whole)
    for mark in marks.found:
        at = marks.folded.span(mark.start, mark.end)
        for entry in mark.entries:
            for name, value in entry.states.items():
                yield Said(at.start, at.end, name, str(value), name in (EFFECT, EVENT, TRACK))
