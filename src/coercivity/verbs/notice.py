"""The text of a notice beside drafts of it: which words say which value, and what either side leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from coercivity.base.errors import CoercivityError, Faults
from coercivity.base.words import Lang
from coercivity.cases.arguments import PACKED, Law
from coercivity.data.input import Content, Input, place_of, read_text
from coercivity.intake.notices.beside import BesideRead, NoticeSpan, NoticeUnused, notice_beside
from coercivity.intake.notices.draft import DraftValue
from coercivity.law.rules.overlay import parse_overlay, read_overlays
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.notice.text import (
    beside_lines,
    clause_text,
    field_text,
    mark_ranges,
    marked_text,
    name_text,
    said_text,
    words_of,
)
from coercivity.verbs.impact_law import drafted_law

__all__ = [
    "MOST_CHARACTERS", "MOST_NOTICE_BYTES", "DraftValue", "NoticeRead", "NoticeSpan", "NoticeUnused", "read_notice",
]  # fmt: skip

MOST_NOTICE_BYTES = 512 * 2**10
MOST_CHARACTERS = 60_000
_KINDS = (".txt", ".md")


class SpanData(TypedDict):
    """Words of the notice for a value of the draft."""

    start: int
    end: int
    words: str
    clause: str
    field: str
    value: str


class MissingData(TypedDict):
    """A value of the draft that the notice does not say."""

    clause: str
    field: str
    name: str
    value: str


class UnusedData(TypedDict):
    """A fact of the notice that the draft does not use; `spans` are pairs of start and end."""

    name: str
    value: str
    words: list[str]
    spans: list[list[int]]


class NoticeData(TypedDict):
    """A notice beside drafts of it, as plain data."""

    drafts: list[str]
    rulebook: str
    characters: int
    values: int
    found: int
    spans: list[SpanData]
    missing: list[MissingData]
    unused: list[UnusedData]


@dataclass(frozen=True, slots=True)
class NoticeRead:
    """A notice beside drafts of it. It decides nothing and changes no decision.

    Attributes:
        drafts: Ids of the drafts.
        book: The rulebook with the drafts.
        read: The words, the missing values and the unused facts.

    Examples:
        >>> draft = EXAMPLES / "overlays" / "lapse-confirmed.yaml"
        >>> read = coercivity.read_notice(EXAMPLES / "overlays" / "lapse-confirmed.en.txt", [draft])
        >>> read.found, len(read.missing), [one.value for one in read.unused if one.name == "elements"]
        (9, 0, ['Ho'])
    """

    drafts: tuple[str, ...]
    book: Rulebook
    read: BesideRead

    @property
    def text(self) -> str:
        """The notice, as given."""
        return self.read.text

    @property
    def spans(self) -> tuple[NoticeSpan, ...]:
        """Words of the notice for values of the draft, in the order of the text."""
        return self.read.spans

    @property
    def missing(self) -> tuple[DraftValue, ...]:
        """Values of the draft that no words of the notice say, clause by clause."""
        return self.read.missing

    @property
    def unused(self) -> tuple[NoticeUnused, ...]:
        """What the notice states and no clause of the draft uses."""
        return self.read.unused

    @property
    def found(self) -> int:
        """How many values of the draft are found in the notice."""
        return len(self.read.values) - len(self.read.missing)

    def marked(self) -> str:
        """Returns the notice with marks: [[words the draft uses]] and <<words it does not use>>."""
        return marked_text(self.read)

    def pieces(self) -> Iterator[tuple[str, str]]:
        """Yields the notice in pieces, each with `used`, `unused` or a blank."""
        at = 0
        for start, end, used in mark_ranges(self.read):
            if start > at:
                yield self.text[at:start], ""
            yield self.text[start:end], "used" if used else "unused"
            at = end
        if at < len(self.text):
            yield self.text[at:], ""

    def lines(self, lang: Lang = "en") -> Iterator[str]:
        """Yields both side by side as lines of text, then what is missing on either side."""
        return beside_lines(self.book, self.read, ", ".join(self.drafts), lang)

    def value_words(self, value: DraftValue, lang: Lang) -> tuple[str, str, str]:
        """Returns the clause, the field and the value of a draft in words."""
        told = said_text(self.book, value.name, value.value, lang)
        return clause_text(value.clause, lang), field_text(value, lang), told

    def said_words(self, value: DraftValue) -> list[str]:
        """Returns the words of the notice that say a value of a draft, each once; empty if none do."""
        key = (value.clause, value.field, value.value)
        spans = [one for one in self.spans if (one.clause, one.field, one.value) == key]
        return list(dict.fromkeys(self.text[one.start : one.end] for one in spans))

    def unused_words(self, one: NoticeUnused, lang: Lang) -> tuple[str, str, list[str]]:
        """Returns what a fact of the notice is, its value, and its words."""
        return name_text(one.name, lang), said_text(self.book, one.name, one.value, lang), words_of(self.read, one)

    def as_dict(self) -> NoticeData:
        """Returns the notice beside the drafts as plain data for JSON; places count characters of the text."""
        return {
            "drafts": list(self.drafts),
            "rulebook": self.book.content_hash,
            "characters": len(self.text),
            "values": len(self.read.values),
            "found": self.found,
            "spans": [
                {
                    "start": one.start,
                    "end": one.end,
                    "words": self.text[one.start : one.end],
                    "clause": one.clause,
                    "field": one.field,
                    "value": one.value,
                }
                for one in self.spans
            ],
            "missing": [
                {"clause": one.clause, "field": one.field, "name": one.name, "value": one.value} for one in self.missing
            ],
            "unused": [
                {
                    "name": one.name,
                    "value": one.value,
                    "words": words_of(self.read, one),
                    "spans": [list(span) for span in one.spans],
                }
                for one in self.unused
            ],
        }


def read_notice(notice: Input | str, overlays: Sequence[Input], *, law: Law = PACKED) -> NoticeRead:
    """Returns the text of a notice beside drafts of it: the words for each value, and what either side leaves out.

    It decides nothing: the draft is not added to the rulebook, and no result changes.

    Args:
        notice: The notice in English or Chinese: a .txt or .md file, or its text.
        overlays: The drafts, in the form of user-supplied notices.
        law: The rulebook to use.

    Raises:
        CoercivityError: If the notice is missing, blank, too long, not UTF-8 or of another kind, or if no draft is
            given; otherwise with every error in the drafts.

    Examples:
        >>> draft = EXAMPLES / "overlays" / "extension-2027.yaml"
        >>> text = "[invented] The suspension of No. 55 and 56 of 2025 is extended until 10 November 2027."
        >>> read = coercivity.read_notice(text, [draft])
        >>> [(text[one.start : one.end], one.field) for one in read.spans][-1]
        ('10 November 2027', 'events[1].ends')
        >>> [one.value for one in read.missing]
        ['2026-11-08', '57/2025', '58/2025', '61/2025', '62/2025', '2026-11-11']
    """
    if not overlays:
        step = "name the draft, a file in the form of docs/overlays.md"
        raise CoercivityError.of("NOTICE-DRAFT", "no draft to read the notice beside", next=step)
    text = notice_text(notice)
    files = read_overlays(overlays)
    drafted = drafted_law(overlays, Law(law.pack, tuple(law.overlays), jurisdiction=law.jurisdiction))
    book = drafted.book
    faults = Faults()
    drafts = [found for file in files if (found := parse_overlay(file, book.verified_through, faults)) is not None]
    faults.raise_if_any()
    if all(draft.instrument is None for draft in drafts):
        where = ", ".join(file.name for file in files)
        step = "name the draft of a notice: with its id, number, `changes` or `provisions`"
        raise CoercivityError.of("NOTICE-DRAFT", "the draft is a statement only", where=where, next=step)
    return NoticeRead(tuple(draft.id for draft in drafts), book, notice_beside(book, drafts, text, drafted.reading))


def notice_text(notice: Input | str) -> str:
    """Returns the text of a notice, checked: its kind, size and encoding.

    Raises:
        CoercivityError: If it is missing, blank, too long, not UTF-8, or a file of another kind.
    """
    source = Content.of("notice.txt", notice) if isinstance(notice, str) else notice
    suffix = source.suffix if isinstance(source, Content) else Path(source).suffix
    where = place_of(source)
    if suffix.lower() not in _KINDS:
        what = f"a notice is a .txt or .md file, not {suffix or 'a file without an extension'}"
        raise CoercivityError.of("NOTICE-FORM", what, where=where, next="save its text as a .txt file in UTF-8")
    text = read_text(source, most_bytes=MOST_NOTICE_BYTES)
    if len(text) > MOST_CHARACTERS:
        what = f"the notice has {len(text):,} characters; the limit is {MOST_CHARACTERS:,}"
        raise CoercivityError.of("NOTICE-FORM", what, where=where, next="keep the part that the draft is made from")
    if any(sign in text for sign in "\x00\x01\x02\x03"):
        raise CoercivityError.of(
            "NOTICE-FORM", "the notice holds control characters", where=where, next="save it as text"
        )
    return text
