"""A composition as it is written in a cell, read into elements and shares; what it leaves open stays open."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from coercivity.base.errors import Fault, brief_value
from coercivity.base.exact import SCALE, Interval
from coercivity.content.declared import declared
from coercivity.content.flat import flat
from coercivity.content.statements import Statement, UnreadError, fractions_of, statements_of
from coercivity.content.tokens import PURITY, Token, tokens_of
from coercivity.content.whole import family_of, family_spelled, is_complete
from coercivity.content.words import HEAVY, RARE_EARTHS, patterns_of, phrases, written_words
from coercivity.data.catalogue import FactCatalogue
from coercivity.data.values import FactValue, SetValue

_LEAST_PURITY = 90
_MOST_SUM = Decimal("1.005")  # sums of rounded figures run a little over
_SUBSTANCES = frozenset(("alloy", "metal", "legierung", "合金", "金属"))
_SHARES = {"Dy": "dy_mass_share", "Tb": "tb_mass_share"}
_NEXT = "write shares as Dy 1.8 %, Nd 29.5 %, Pr 0.5 %"


@dataclass(frozen=True, slots=True)
class Composition:
    """What a text says of the elements in a thing.

    Attributes:
        facts: `elements`, and where it says so `magnet_type`, `dy_mass_share`, `tb_mass_share`.
        notes: What was understood beyond the letter.
        fault: It contradicts itself, or cannot be.
        unread: What could not be understood; then it states no fact.
    """

    facts: Mapping[str, FactValue] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    fault: Fault | None = None
    unread: str = ""


def composition_reader(catalogue: FactCatalogue) -> Callable[..., Composition]:
    """Returns the function that reads a composition; it takes the text and, by name, the decimal sign if known.

    Args:
        catalogue: Facts; the values of `elements` tell which elements are facts.
    """
    words = phrases(catalogue)
    patterns = patterns_of(words, written_words(catalogue))
    known = frozenset(catalogue["elements"].values)

    def read(text: str, *, decimal: str = "") -> Composition:
        said, others = declared(flat(text))
        tokens, notes = tokens_of(said, words=words, patterns=patterns, decimal=decimal)
        if _purity(tokens):
            return Composition(notes=("a purity alone names no element: read as blank",))
        if others:
            further, _ = tokens_of(others, words=words, patterns=patterns, decimal=decimal)
            tokens += _beyond(tokens, further)
        try:
            items, overall = statements_of(tokens)
            return _judged(items, overall, known, [*notes, *_told(tokens)], _marks(tokens))
        except UnreadError as error:
            return Composition(
                notes=tuple(notes), unread=f"composition {brief_value(text)!r} is not understood: {error}"
            )

    return read


def _purity(tokens: Sequence[Token]) -> bool:
    """Returns whether nothing but a purity is written: 99.9 %, or 4N."""
    numbers = [token.number for token in tokens if token.number is not None]
    plain = all(token.kind in ("number", "unit", "above", "about", "colon", "skip") for token in tokens)
    if not numbers:
        return plain and any(PURITY.fullmatch(token.text) for token in tokens)
    return plain and len(numbers) == 1 and _LEAST_PURITY <= numbers[0] <= 100


def _beyond(tokens: Sequence[Token], further: Sequence[Token]) -> list[Token]:
    """Returns the mark of an open list where other fields of a declaration name further rare earths."""
    named = {symbol for token in tokens for symbol in token.symbols}
    more = {symbol for token in further for symbol in token.symbols if symbol in RARE_EARTHS} - named
    return [Token("cut", ";"), Token("group", "vague")] if more else []


def _told(tokens: Sequence[Token]) -> list[str]:
    grades = [token.text for token in tokens if token.kind == "grade"]
    return [f"grade {grade} says NdFeB; a grade does not tell which elements are in it" for grade in grades]


def _marks(tokens: Sequence[Token]) -> set[str]:
    """Returns the families that words name, and `substance` where it is called a metal or an alloy."""
    found = {"NdFeB" for token in tokens if token.kind == "grade"}
    skipped = {token.text for token in tokens if token.kind == "skip"}
    return found | (skipped & {"SmCo", "NdFeB"}) | ({"substance"} if skipped & _SUBSTANCES else set())


def _judged(
    items: Sequence[Statement], overall: str, known: frozenset[str], notes: list[str], marks: set[str]
) -> Composition:
    """Returns the facts that the statements make together."""
    unitless = [n for item in items if not item.unit and not overall for n in item.numbers if n]
    percent = bool(unitless) and all(number > 1 for number in unitless)
    if percent:
        notes.append("numbers without a unit read as percent by mass")
    elif unitless:
        notes.append("numbers without a unit could be fractions or percent: those shares are left open")
    has, lacks, shares, total, fault = _sums(items, overall, percent)
    if fault is not None:
        return Composition(notes=tuple(notes), fault=fault)
    families = (marks - {"substance"}) | family_spelled(items)
    for item in items:
        families |= family_of(item)
        if item.numbers and item.said & {"about", "compound"}:
            notes.append("an approximate share, or one of a compound, is no share of the element: it is left open")
    facts: dict[str, FactValue] = {}
    complete = is_complete(items, total, notes, percent=percent, overall=overall, substance="substance" in marks)
    members, out = frozenset(has & known), frozenset() if complete else frozenset(lacks & known)
    if members or out or complete:
        facts["elements"] = SetValue(members, out, complete)
    for symbol, fact in _SHARES.items():
        if symbol in shares:
            facts[fact] = shares[symbol]
    if families:
        facts["magnet_type"] = SetValue(frozenset(families))
    if not facts and not notes:
        raise UnreadError("it names no element")
    return Composition(facts, tuple(dict.fromkeys(notes)))


def _sums(
    items: Sequence[Statement], overall: str, percent: bool
) -> tuple[set[str], set[str], dict[str, Interval], Decimal | None, Fault | None]:
    has: set[str] = set()
    lacks: set[str] = set()
    stated: dict[str, tuple[Decimal, ...]] = {}
    shares: dict[str, Interval] = {}
    total: Decimal | None = Decimal(0)
    for item in items:
        ends = fractions_of(item, overall, percent) if item.numbers else None
        if item.minus or (ends and max(ends) > 1 and item.symbols):
            return has, lacks, shares, None, _fault("COMPOSITION-SHARE", f"a share of {_written(item)}")
        if item.zero and "less" in item.said:
            return has, lacks, shares, None, _fault("COMPOSITION-SHARE", f"a share below {_written(item)}")
        if ends and len(ends) == 2 and ends[0] > ends[1]:
            return (
                has,
                lacks,
                shares,
                None,
                _fault("COMPOSITION-SHARE", f"ends in the wrong order of {_written(item)}"),
            )
        if item.denied:
            lacks |= _denied(item)
        elif not item.left_open:
            has |= set(item.symbols)
        if not item.denied and not item.left_open and item.symbols and not item.groups:
            total = total + min(ends) if ends and total is not None else None
        if ends is None or item.said & {"below", "above", "about", "compound", "joined"} or len(item.symbols) != 1:
            continue
        symbol = item.symbols[0]
        if stated.setdefault(symbol, ends) != ends:
            return has, lacks, shares, None, _fault("COMPOSITION-TWICE", f"two different shares of {symbol}")
        shares[symbol] = Interval(math.floor(min(ends) * SCALE), math.ceil(max(ends) * SCALE))
    both = sorted(has & lacks)
    fault = _fault("COMPOSITION-CONFLICT", f"{', '.join(both)} said to be in and not to be in") if both else None
    if fault is None and total is not None and total > _MOST_SUM:
        fault = _fault("COMPOSITION-SUM", f"shares of {_percent(total)} together")
    return has, lacks, shares, total, fault


def _written(item: Statement) -> str:
    number = " to ".join(f"{number:f}" for number in item.numbers)
    return f"{'-' if item.minus else ''}{number} {item.unit}".strip() + f" for {'+'.join(item.symbols)}"


def _fault(code: str, what: str) -> Fault:
    return Fault(code, f"the composition gives {what}", next=_NEXT)


def _denied(item: Statement) -> set[str]:
    found = set(item.symbols)
    if "heavy" in item.groups:
        found |= HEAVY
    if "rare" in item.groups:
        found |= RARE_EARTHS
    return found


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f} %"
