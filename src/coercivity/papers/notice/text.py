"""A notice beside a draft of it: values in words, the notice with its words marked, and both side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coercivity.base.words import Lang, plain, say
from coercivity.intake.notices.beside import BesideRead, NoticeUnused
from coercivity.intake.notices.draft import DraftValue
from coercivity.law.rules.load import aliases
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.shown import short_name
from coercivity.papers.shared.facts import condition_name, fact_label, value_text
from coercivity.papers.shared.terminal import WIDTH, columns_of, filled, label, pieces
from coercivity.papers.shared.words import paper_words

USED, UNUSED = ("[[", "]]"), ("<<", ">>")
_WORDS, _NAMES, _FIELDS = (paper_words("notice_text", table) for table in ("words", "names", "fields"))
_EVENTS = paper_words("rules_text", "events")
_LEFT, _GAP = 64, " | "
_MOST_WORDS = 4
_PLACE = re.compile(r"(?:events\[\d+\]\.)?(\w+)")
_CHANGE = re.compile(r"changes\[(\d+)\]")


def notice_word(word: str, lang: Lang, *values: object) -> str:
    """Returns a text about a notice beside a draft, with its values."""
    return say(_WORDS[word], lang).format(*values)


def name_text(name: str, lang: Lang) -> str:
    """Returns what a value is: `date`, `country`, or the name of a fact."""
    return say(_NAMES[name], lang) if name in _NAMES else fact_label(name, lang)


def field_text(value: DraftValue, lang: Lang) -> str:
    """Returns the place of a value in its clause, in words; for a fact of a condition its name."""
    if value.field in ("item", "when") and value.name not in _NAMES:
        return fact_label(value.name, lang)
    found = _PLACE.fullmatch(value.field)
    words = _FIELDS.get(found[1]) if found else None
    return say(words, lang) if words else value.field


def clause_text(clause: str, lang: Lang) -> str:
    """Returns a clause of a draft in words: its id, a change by its number, or the head of the file."""
    change = _CHANGE.fullmatch(clause)
    if change:
        return notice_word("change_clause", lang, change[1])
    return clause or notice_word("head_clause", lang)


def said_text(book: Rulebook, name: str, value: str, lang: Lang) -> str:
    """Returns a value in words: an effect, an event, a country, an instrument as it is cited."""
    if name in ("effect", "track"):
        return label(f"{name}s", value, lang)
    if name == "event":
        return say(_EVENTS.get(value, {"en": value}), lang)
    if name == "country":
        country = book.catalogue.countries.get(value)
        return say(country.as_dict(), lang) if country is not None else value
    if name == "instrument":
        held = book.instruments.get(aliases(book.instruments).get(value, value))
        return short_name(held, lang) if held is not None else value
    if name == "condition":
        return condition_name(value, lang)
    if name == "share":
        known = next((fact for fact, spec in book.catalogue.items() if spec.type == "share"), name)
        return value_text(book, known, value, lang)
    if name in book.catalogue:
        return value_text(book, name, [value] if book.catalogue[name].type == "set" else value, lang)
    return value


def marked_text(read: BesideRead, start: int = 0, end: int | None = None) -> str:
    """Returns a part of the notice with marks: [[words the draft uses]] and <<words it does not use>>."""
    until = len(read.text) if end is None else end
    told, at = [], start
    for begun, ended, used in mark_ranges(read):
        first, last = max(begun, start), min(ended, until)
        if first >= last:
            continue
        begin, close = USED if used else UNUSED
        told.append(f"{read.text[at:first]}{begin}{read.text[first:last]}{close}")
        at = last
    return "".join(told) + read.text[at:until]


def mark_ranges(read: BesideRead) -> tuple[tuple[int, int, bool], ...]:
    """Returns the marked ranges of a notice in order: start, end, and whether the draft uses the words."""
    used = _joined([(span.start, span.end) for span in read.spans])
    free = [span for one in read.unused for span in one.spans]
    left = [part for one in _joined(free) for part in _without(one, used)]
    return tuple(sorted([*((a, b, True) for a, b in used), *((a, b, False) for a, b in left)]))


def _without(one: tuple[int, int], used: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yields the parts of a range that no used words cover."""
    start, end = one
    for first, last in used:
        if first < end and start < last:
            if start < first:
                yield start, first
            start = max(start, last)
    if start < end:
        yield start, end


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Returns ranges in order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def beside_lines(book: Rulebook, read: BesideRead, name: str, lang: Lang) -> Iterator[str]:
    """Yields the notice on the left and what the draft makes of it on the right, then what is missing on either side.

    Args:
        book: The rulebook with the draft.
        read: The notice beside the draft.
        name: Name of the draft.
        lang: Language of the words around both.
    """
    found = len(read.values) - len(read.missing)
    yield notice_word("head", lang, name, found, len(read.values))
    yield notice_word("legend", lang)
    yield f"{filled(notice_word('notice', lang), _LEFT)}{_GAP}{notice_word('draft', lang)}"
    yield f"{'-' * _LEFT}{_GAP}{'-' * (WIDTH - _LEFT - len(_GAP))}"
    start = 0
    for line in read.text.splitlines(keepends=True):
        end = start + len(line)
        if line.strip():
            yield from _row(read, start, end)
        start = end
    if read.missing:
        yield notice_word("missing", lang)
        for value in read.missing:
            yield f"  {clause_text(value.clause, lang)}  {_value(value)}"
    else:
        yield notice_word("all_found", lang)
    if read.unused:
        yield notice_word("unused", lang)
        yield from (f"  {unused_text(book, read, one, lang)}" for one in read.unused)
    else:
        yield notice_word("all_used", lang)


def unused_text(book: Rulebook, read: BesideRead, one: NoticeUnused, lang: Lang) -> str:
    """Returns a fact of the notice that the draft does not use, with its words."""
    words = notice_word("joint", lang).join(words_of(read, one))
    return notice_word("told", lang, name_text(one.name, lang), said_text(book, one.name, one.value, lang), words)


def words_of(read: BesideRead, one: NoticeUnused) -> list[str]:
    """Returns the words of a fact of the notice, each once, at most the first few."""
    return list(dict.fromkeys(plain(read.text[a:b]) for a, b in one.spans))[:_MOST_WORDS]


def _row(read: BesideRead, start: int, end: int) -> Iterator[str]:
    """Yields one paragraph of the notice, and beside it the values of the draft that its words say."""
    left = _folded_lines(plain(marked_text(read, start, end).rstrip("\r\n")), _LEFT)
    said: dict[str, None] = {}
    for span in read.spans:
        if start <= span.start < end:
            said[f"{span.clause + ' ' if span.clause else ''}{span.field} = {plain(span.value)}"] = None
    right = [line for one in said for line in _folded_lines(one, WIDTH - _LEFT - len(_GAP))]
    for at in range(max(len(left), len(right))):
        first = left[at] if at < len(left) else ""
        second = right[at] if at < len(right) else ""
        yield f"{filled(first, _LEFT)}{_GAP}{second}".rstrip()


def _folded_lines(text: str, width: int) -> list[str]:
    lines, line = [], ""
    for piece in pieces(text):
        if columns_of(line + piece.rstrip()) > width and line.strip():
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()]


def _value(value: DraftValue) -> str:
    fact = f"{value.name} " if value.field in ("item", "when") else ""
    return f"{value.field} {fact}= {plain(value.value)}"
