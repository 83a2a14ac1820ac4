"""A text as one row of pieces: terms, formulas, grades, places, figures and the signs between them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from coercivity.data.values import FactValue, SetValue
from coercivity.intake.goods.material import FORMULA, formula_phrase
from coercivity.intake.goods.phrases import Phrase
from coercivity.intake.goods.things import RARE_EARTHS
from coercivity.intake.words.amounts.grades import GradeReader
from coercivity.intake.words.amounts.marks import GradeMark
from coercivity.intake.words.lexicon.entries import Entry, Role, elements_of
from coercivity.intake.words.lexicon.folded import Folded
from coercivity.intake.words.lexicon.marks import Mark, marks_of
from coercivity.intake.words.lexicon.terms import Lexicon, of_phrases
from coercivity.intake.words.places.marks import PlaceMark, marks_of_places

_SIGNS = re.compile(
    r"</?[a-z][^<>\n]{0,200}>|<!--|-->|[\n\t]"
    r"|(?<=\s)[fm]\.(?=\s)|(?<!\w)[fw]/(?=\s?[a-z])(?!o\b)|(?<=\s)f\.(?=[a-z]{4})"
    r"|[,，、;；+&/|()（）【】\[\]。!?？:：]|\.(?=\s)|(?<=\s)[-–—](?=\s)"
    r"|(?<![\w.,])\(?(?:\d{1,2}[.)]|[a-h]\)|(?:item|pos\.?|position|lot|los) \d{1,3}[.:)]?)(?=\s)"
    r"|(?<![\w.,])\d{1,2}[.、)）](?=[\u3400-\u9fff])"
)
_TAG = re.compile(r"</?[a-z][a-z0-9]* ?/?>")  # what else stands in a tag is read
# A figure with its unit, or sizes: 20kg, 25x10x3, d9x2. They name no thing.
_FIGURE = re.compile(
    r"m\d+x\d+|(?:[dlwhrøoφ]|od|id|dn|pn|ip|ral|din|iso)?\d+(?:x\d+)*(?:mm|cm|m|um|μm|nm|kg|g|t|l|ml|k|w|kw|mw|v|vdc|vac|a|ma|ka|hz|khz|rpm|h|pcs|pc|st|stk|c|k|x|at|wt|p|n|s)?|x\d+"
)
_COMMAS = frozenset(",，、/|\t")
_COLONS = frozenset(":：")
_OPENING, _CLOSING = frozenset("(（【["), frozenset(")）】]")
_JOINING = frozenset("+&")
# As words these are more often a pronoun, an article or a preposition.
_DOUBTFUL = frozenset(
    ("La", "Er", "Ho", "Y", "In", "As", "W", "Te", "Bi", "Ni", "Co", "Al", "B", "Zr", "Mg", "Fe", "Cu", "Mo", "Sn")
)
_OXIDE_FORMERS = frozenset(
    [
        "O",
        "Al",
        "Ba",
        "Ca",
        "Co",
        "Cr",
        "Cu",
        "Fe",
        "Ga",
        "Ge",
        "Hf",
        "Li",
        "Mg",
        "Mn",
        "Mo",
        "Nb",
        "Ni",
        "P",
        "Pb",
        "S",
        "Si",
        "Sn",
        "Sr",
        "Ta",
        "Ti",
        "V",
        "W",
        "Zn",
        "Zr",
    ]
)
_SUBSTANTIAL = frozenset(("substance", "element", "partner", "family"))


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a text.

    Attributes:
        role: Role of its entry; or `place`, `grade`, `comma`, `joiner`, `break`, `open`, `close`,
            `item_number`, `unknown`.
        start: Begin in the folded text.
        end: End in the folded text.
        entries: What it may mean.
        place: The place, if it is one.
        denied: Whether the words deny it: no magnets, Dy-free.
        purpose: Whether it belongs to the purpose of the item: for motors.
        held: Whether it is part of the item: with shaft.
    """

    role: str
    start: int
    end: int
    entries: tuple[Entry, ...] = ()
    place: PlaceMark | None = None
    denied: bool = False
    purpose: bool = False
    held: bool = False

    @property
    def entry(self) -> Entry:
        """Its first meaning."""
        return self.entries[0]

    def of(self, *roles: Role) -> Entry | None:
        """Returns the entry with one of these roles, or None."""
        return next((entry for entry in self.entries if entry.role in roles), None)

    @property
    def states(self) -> Mapping[str, FactValue]:
        """The facts that it states."""
        return self.entries[0].states if self.entries else {}

    @property
    def elements(self) -> tuple[str, ...]:
        """The elements that it names or implies."""
        return elements_of(self.entries[0]) if self.entries else ()


@dataclass(frozen=True, slots=True)
class Row:
    """A text in pieces.

    Attributes:
        folded: The text.
        pieces: Its pieces, in order.
        notes: How words were interpreted.
    """

    folded: Folded
    pieces: tuple[Piece, ...]
    notes: tuple[str, ...]


def live(pieces: Sequence[Piece], *roles: str, weak: bool = False) -> list[Piece]:
    """Returns the pieces with one of the roles that are not denied; weak ones only on request."""
    return [
        piece
        for piece in pieces
        if not piece.denied
        and (piece.role in roles or any(entry.role in roles for entry in piece.entries))
        and (weak or not _is_weak(piece, roles))
    ]


def _is_weak(piece: Piece, roles: Sequence[str]) -> bool:
    held = [entry for entry in piece.entries if entry.role in roles]
    return bool(held) and all("weak" in entry.cues for entry in held)


def row_of(lexicon: Lexicon, grades: GradeReader, text: Folded) -> Row:
    """Returns a text as one row of pieces."""
    marks = marks_of(lexicon, text)
    whole = marks.folded
    taken = [False] * (len(whole.flat) + 1)
    pieces: list[Piece] = []

    def add(piece: Piece) -> None:
        if not any(taken[piece.start : piece.end]):
            taken[piece.start : piece.end] = [True] * (piece.end - piece.start)
            pieces.append(piece)

    for found in _SIGNS.finditer(whole.flat):
        sign = _sign(found[0])
        if (
            sign == "item_number"
            or _TAG.fullmatch(found[0])
            or (found[0] in _SHORT_WORDS and not _covered(found.start(), found.end(), marks.found))
        ):
            add(Piece(sign, found.start(), found.end()))
    magnetic = any(_is_magnetic(mark) for mark in marks.found)
    for piece in _grades(grades(whole), magnetic=magnetic):
        if not _covered(piece.start, piece.end, marks.found):
            add(piece)
    for place in marks_of_places(whole):
        if not _covered(place.start, place.end, marks.found):
            add(Piece("place", place.start, place.end, place=place))
    for mark in (m for m in marks.found if m.end - m.start > 2 or not m.of("element", "partner")):
        add(_of_mark(mark))
    for piece in _formulas(whole):
        add(piece)
    for mark in marks.found:
        add(_of_mark(mark))
    for found in _SIGNS.finditer(whole.flat):
        add(Piece(_sign(found[0]), found.start(), found.end()))
    for token in marks.rest:
        if any(sign.isalpha() for sign in token.key) and not _FIGURE.fullmatch(token.key):
            add(Piece("unknown", token.start, token.end))
    pieces.sort(key=lambda piece: piece.start)
    kept = [p for at, p in enumerate(pieces) if not (at and _is_abbreviation(whole, pieces[at - 1], p))]
    return Row(whole, tuple(_without_doubtful(kept, whole)), marks.notes)


def _is_abbreviation(text: Folded, word: Piece, stop: Piece) -> bool:
    """Returns whether a full stop only ends a short word that goes on: inkl. Einbau."""
    return stop.role == "break" and text.flat[stop.start] == "." and word.end == stop.start and word.role in _GOING_ON


def _covered(start: int, end: int, marks: Sequence[Mark]) -> bool:
    """Returns whether a longer term of the lexicon covers a grade or a place: MQP powder, Vietnam war."""
    at = bisect_right(marks, start, key=lambda mark: mark.start) - 1  # terms follow each other and never overlap
    return at >= 0 and marks[at].end >= end and marks[at].end - marks[at].start > end - start


def _of_mark(mark: Mark) -> Piece:
    return Piece(mark.role, mark.start, mark.end, mark.entries)


def _grades(marks: Sequence[GradeMark], *, magnetic: bool) -> Iterator[Piece]:
    """Yields each grade with its family first and what it only suggests after it."""
    by_span: dict[tuple[int, int], list[GradeMark]] = {}
    for mark in marks:
        if not mark.needs or magnetic:
            by_span.setdefault((mark.start, mark.end), []).append(mark)
    for (start, end), held in sorted(by_span.items()):
        held.sort(key=lambda mark: (mark.strength != "stated", not mark.states))
        yield Piece("grade", start, end, tuple(_of_grade(mark) for mark in held))


def _of_grade(grade: GradeMark) -> Entry:
    held = grade.states.get("elements")
    cues = {"element": "+".join(sorted(held.has))} if isinstance(held, SetValue) else {}
    if grade.coercivity_class:
        cues["kind"] = "class"
    return Entry((), "any", "family", grade.states, cues, grade.strength, grade.by or "grades.csv", grade.reason)


def _is_magnetic(mark: Mark) -> bool:
    return mark.of("shape", "family") is not None or any(
        entry.states.get("form") in ("magnet", "magnet_powder") or "magnet_type" in entry.states
        for entry in mark.entries
    )


_GOING_ON = frozenset(("holding", "purpose_after", "purpose_before", "joiner", "denial"))
_SHORT_WORDS = {"f.": "purpose_after", "m.": "holding", "f/": "purpose_after", "w/": "holding"}  # für, mit, for, with


def _sign(text: str) -> str:
    if text in _SHORT_WORDS:
        return _SHORT_WORDS[text]
    if text in _COMMAS:
        return "comma"
    if text in _COLONS:
        return "colon"
    if text in _JOINING:
        return "joiner"
    if text in _OPENING:
        return "open"
    if text in _CLOSING:
        return "close"
    if len(text) > 1 and (text[-1] in ".):、）" or text[-1].isdigit()):
        return "item_number"
    return "comma" if text in "-–—" else "break"


def _formulas(text: Folded) -> Iterator[Piece]:
    """Yields chemical formulas with a rare earth; they are read in the text as given, where case tells."""
    back: dict[int, int] = {}
    for place, at in enumerate(text.at):
        back.setdefault(at, place)
    for found in FORMULA.finditer(text.text):
        phrase = formula_phrase(found[0]) or _mixed(found[0])
        if phrase is None or found.start() not in back or found.end() - 1 not in back:
            continue
        entry = replace(next(of_phrases([phrase])), where="formula")
        yield Piece(entry.role, back[found.start()], back[found.end() - 1] + 1, (entry,))


def _mixed(text: str) -> Phrase | None:
    """Returns the rare earths of a mixed oxide, such as one of cerium and zirconium."""
    symbols = tuple(dict.fromkeys(re.findall(r"[A-Z][a-z]?", text)))
    rare = tuple(symbol for symbol in symbols if symbol in RARE_EARTHS)
    if not rare or "O" not in symbols or not set(symbols) <= _OXIDE_FORMERS | set(rare):
        return None
    return Phrase(text, "element", has=rare) if any(sign.isdigit() for sign in text) else None


def _without_doubtful(pieces: Sequence[Piece], text: Folded) -> Iterator[Piece]:
    """Drops element symbols that are more often words, unless a substance, figure or element is beside them."""
    for at, piece in enumerate(pieces):
        raw = text.raw(piece.start, piece.end)
        if piece.role in ("element", "partner") and raw in _DOUBTFUL and not _beside_substance(pieces, at, text):
            yield Piece("neutral", piece.start, piece.end)
        else:
            yield piece


def _beside_substance(pieces: Sequence[Piece], at: int, text: Folded) -> bool:
    piece = pieces[at]
    ahead = text.flat[piece.end : piece.end + 8].lstrip(" :=")
    if ahead[:1].isdigit() or ahead.startswith(("%", "-doped", "2o3", "o2")):
        return True
    near = [p for p in pieces[max(0, at - 2) : at + 3] if p is not piece]
    return any(
        p.role in _SUBSTANTIAL and text.raw(p.start, p.end) not in _DOUBTFUL and abs(p.start - piece.end) < 12
        for p in near
    )
