"""The reader of words: from a text to the deals that it describes, with each fact, its words and its strength."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from coercivity.intake.words.amounts.codes import letter_ranges
from coercivity.intake.words.amounts.grades import GradeReader
from coercivity.intake.words.amounts.reader import amounts_of, evidence_in, read_ranges
from coercivity.intake.words.deals.deeds import CHINA, deed_statements
from coercivity.intake.words.deals.items import item_statements
from coercivity.intake.words.deals.kinds import Deal, counted
from coercivity.intake.words.deals.routes import route_statements
from coercivity.intake.words.deals.sentences import deals_in
from coercivity.intake.words.deals.telling import more_is_meant, telling_ranges
from coercivity.intake.words.goods.described import described
from coercivity.intake.words.lexicon.folded import folded
from coercivity.intake.words.lexicon.terms import Lexicon, load_lexicon
from coercivity.intake.words.pieces import Piece, Row, row_of
from coercivity.intake.words.results import PartRead, Span, Statement, WordsRead
from coercivity.intake.words.scopes import scoped
from coercivity.intake.words.settled import settled
from coercivity.law.rules.rulebook import Rulebook

WordsReader = Callable[[str], WordsRead]
LONGEST_TEXT = 20_000
KEPT_TEXTS = 64
MOST_DEALS = 40  # of one text
_WHOLE_TYPE = re.compile(r"M\d{1,2}|[A-Z]{2,5}\d[\dA-Z]*")  # a thread, or a maker's type
_CAPITALS, _NUMBERED = re.compile(r"[A-Z]{2,5}"), re.compile(r"[ -]?\d")
_GOODS = ("", "goods")
_DELIVERIES = frozenset(("goods", "reexport", "transit"))


@dataclass(frozen=True, slots=True)
class Reader:
    """What texts are read with: the rulebook, the lexicon, and the tables of grades."""

    book: Rulebook
    lexicon: Lexicon
    grades: GradeReader


@lru_cache(maxsize=16)
def words_reader(book: Rulebook, user: tuple[tuple[str, str], ...] = ()) -> WordsReader:
    """Returns the function that reads texts; the lexicon is loaded once.

    Args:
        book: The rulebook, for its catalogue and its lexicon.
        user: Name and content of each lexicon file of the user, which come before the pack's.

    Raises:
        CoercivityError: With every error of the lexicon.
    """
    tools = Reader(book, load_lexicon(book, user), amounts_of(book).grades)

    @lru_cache(maxsize=KEPT_TEXTS)  # a deal is read more than once: as a cell, for its hints, and to be shown
    def read(text: str) -> WordsRead:
        return read_words(tools, text)

    return read


def read_words(tools: Reader, text: str) -> WordsRead:
    """Returns what a text says: its deals, the words left, evidence and notes."""
    row = scoped(settled(described(row_of(tools.lexicon, tools.grades, folded(text)))))
    parts: list[PartRead] = []
    held: list[str] = []
    deals = deals_in(row)
    if len(deals) > MOST_DEALS:
        many = f"names {len(deals):,} deals; give more than {MOST_DEALS} as a table"
        return WordsRead(text, (), _left(tools.book, row, ()), many, (), row.notes)
    for deal in deals:
        found, why = _statements(tools.book, row, deal)
        held += why
        if found:
            parts.append(PartRead(tuple(found), _spans(row, deal)))
    return WordsRead(
        text,
        tuple(parts),
        _left(tools.book, row, parts),
        "; ".join(dict.fromkeys(held)),
        evidence_in(tools.book, row.folded),
        row.notes,
    )


def _statements(book: Rulebook, row: Row, deal: Deal) -> tuple[list[Statement], list[str]]:
    if deal.act not in _GOODS:
        return [*deed_statements(row, deal), *route_statements(row, deal)], []
    found, why = item_statements(book, row, deal.pieces)
    if not deal.sure:
        told = "the words name an item beside persons or work: what kind of deal it is stays open"
        return [replace(one, strength="suggested", reason=told) for one in found], []
    if deal.act == "goods" and (found or _sold(deal)):
        found.insert(
            0, Statement("act", "goods", "stated", _spans(row, deal)[:1], "goods beside know-how or a service")
        )
    if found or any(p.place is not None for p in deal.pieces):
        found += route_statements(row, deal)
    return [*found, *_sent_on(row, found)], why


def _sold(deal: Deal) -> bool:
    """Returns whether a word says that something is sold: a line that is sold is a deal, whatever it consists of."""
    return any(entry.cues.get("kind") == "supply" for piece in deal.pieces for entry in piece.entries)


def _sent_on(row: Row, found: Sequence[Statement]) -> list[Statement]:
    """Returns the kind of deal that follows from the places: goods sent on outside China, or only through it."""
    said = {one.fact: one for one in found if one.strength != "suggested"}
    ends = [said[name] for name in ("from", "to") if name in said and said[name].value != CHINA]
    if "act" in said or len(ends) < 2:
        return []
    spans = tuple(span for one in ends for span in one.spans)
    origin = said.get("origin")
    if origin is not None and origin.value == CHINA:
        told = "goods of Chinese origin that go from one place outside China to another are re-exported"
        return [Statement("act", "reexport", "entailed", (*origin.spans, *spans), "places", told)]
    through = [p for p in row.pieces if p.place is not None and (p.place.country, p.place.relation) == (CHINA, "via")]
    if not through:
        return []
    told = "goods that go from one foreign country to another by way of China are in transit"
    at = row.folded.span(through[0].start, through[0].end)
    return [Statement("act", "transit", "entailed", (at, *spans), "places", told)]


def _spans(row: Row, deal: Deal) -> tuple[Span, ...]:
    telling = [p for p in deal.pieces if p.entries and p.role != "neutral"]
    return tuple(row.folded.span(p.start, p.end) for p in telling)


def _left(book: Rulebook, row: Row, parts: Sequence[PartRead]) -> tuple[Span, ...]:
    letters = letter_ranges(row.folded)
    unknown = [p for p in row.pieces if p.role == "unknown" or (p.role == "neutral" and (p.start, p.end) in letters)]
    open_ = [(p.start, p.end) for p in row.pieces if more_is_meant(p)] + [*telling_ranges(row.folded.flat)]
    figures = read_ranges(book, row.folded) if unknown else ()
    unknown += [*_unnamed(row, parts), *_deeds_beside(row, parts), *_goods_beside(row, parts)]
    told = [span for part in parts for one in part.statements for span in one.spans]
    open_ += [
        (p.start, p.end)
        for p in unknown
        if not any(start <= p.start and p.end <= end for start, end in figures) and not _is_type(row, p)
    ]
    spans = (row.folded.span(start, end) for start, end in sorted(set(open_)))
    return tuple(one for one in spans if not any(span.start <= one.start and one.end <= span.end for span in told))


def _unnamed(row: Row, parts: Sequence[PartRead]) -> list[Piece]:
    """Returns the words that goods are delivered beside work or know-how, if no deal says which goods."""
    acts = {str(part.facts.get("act", "")) for part in parts}
    if not parts or acts & {"", *_GOODS, "reexport", "transit", "support_service"} or not counted(row):
        return []
    return [p for p in row.pieces if not p.denied and any(e.cues.get("kind") == "supply" for e in p.entries)]


def _is_type(row: Row, piece: Piece) -> bool:
    """Returns whether capitals before a figure are the maker's type of an ordinary thing just named: bearing NU 208."""
    raw, after = row.folded.raw(piece.start, piece.end), row.folded.flat[piece.end : piece.end + 2]
    if raw == "N" and row.folded.flat[: piece.start].rstrip()[-1:].isdigit():
        return True  # newtons
    whole = _WHOLE_TYPE.fullmatch(raw) is not None
    if piece.purpose or not (whole or (_CAPITALS.fullmatch(raw) and _NUMBERED.match(after))):
        return False
    before = [p for p in row.pieces if p.end <= piece.start and p.role not in ("neutral", "unknown")]
    return (
        bool(before)
        and before[-1].of("item", "other_item") is not None
        and before[-1].states.get("goods_kind") in ("other", "electronic_component")
    )


_DEEDS = frozenset(("carrier", "teach", "service", "person", "publish", "people"))


def _deeds_beside(row: Row, parts: Sequence[PartRead]) -> list[Piece]:
    """Returns the words for work, know-how and persons beside goods, if no deal of the text is about them."""
    if not parts or any(str(part.facts.get("act", "goods")) not in _DELIVERIES for part in parts):
        return []
    telling = [p for p in row.pieces if p.role != "neutral"]
    joined = {after.start for first, after in pairwise(telling) if first.role == "joiner"}
    return [p for p in telling if p.role in _DEEDS and not p.denied and (not p.purpose or p.start in joined)]


def _goods_beside(row: Row, parts: Sequence[PartRead]) -> list[Piece]:
    """Returns goods in a sentence of their own beside work or know-how, if no deal of the text delivers goods."""
    if not parts or any(str(part.facts.get("act", "goods")) in _DELIVERIES for part in parts):
        return []
    clauses: list[list[Piece]] = [[]]
    for piece in row.pieces:
        if piece.role == "break":
            clauses.append([])
        else:
            clauses[-1].append(piece)
    alone = [clause for clause in clauses if not any(p.role in _DEEDS for p in clause)]
    return [p for clause in alone for p in clause if not p.denied and not p.purpose and _is_goods(p)]


def _is_goods(piece: Piece) -> bool:
    if piece.role in ("family", "grade") or (piece.role == "substance" and piece.elements):
        return True
    return piece.role in ("item", "element") and piece.states.get("form") not in ("equipment", "equipment_part")


def left_words(read: WordsRead, most: int = 8) -> Sequence[str]:
    """Returns the words that were not understood, each once."""
    return list(dict.fromkeys(read.said(span) for span in read.left))[:most]
