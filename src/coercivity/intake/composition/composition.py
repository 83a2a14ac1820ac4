"""Reads a composition as written in a cell into elements and shares; what it leaves open stays open."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from coercivity.base.cutoff import at_limit, shown_cut
from coercivity.base.errors import Fault, brief_value
from coercivity.base.exact import SCALE, Interval
from coercivity.base.sums import total
from coercivity.data.catalogue import FactCatalogue
from coercivity.data.values import FactValue, SetValue
from coercivity.intake.composition.complements import extent_of, family_of, family_spelled, left_without_figure
from coercivity.intake.composition.declared import declared
from coercivity.intake.composition.flat import flat, two_ends
from coercivity.intake.composition.statements import Statement, UnreadError, fractions_of, statements_of
from coercivity.intake.composition.tokens import PURITY, Token, tokens_of
from coercivity.intake.composition.truncation import cut_tokens
from coercivity.intake.composition.words import HEAVY, RARE_EARTHS, patterns_of, phrases, written_words

_LEAST_PURITY = 90
_MOST_SUM = Decimal("1.005")  # sums of rounded figures can be slightly above 1
_SUBSTANCES = frozenset(("alloy", "metal", "legierung", "合金", "金属"))
_SHARES = {"Dy": "dy_mass_share", "Tb": "tb_mass_share"}
# The fact by which a person answers for a whole file; a cell that cannot be a complete list denies it for its row.
_ROUNDED = Decimal("0.5")
LISTS_ALL = "composition_lists_every_rare_earth"
_CLAIM = "a claim, not a measurement, so it is not used; give the figure or the detection limit of the test"
_NEXT = "write shares as Dy 1.8 %, Nd 29.5 %, Pr 0.5 %"


@dataclass(frozen=True, slots=True)
class Composition:
    """The elements that a text states for an item.

    Attributes:
        facts: `elements`, and if stated `magnet_type`, `dy_mass_share`, `tb_mass_share`; and
            `composition_lists_every_rare_earth`, false if the text itself says that it may be incomplete, None (open,
            whatever is declared for the file) if it is not a list with figures.
        notes: How the text was interpreted.
        fault: Why it is contradictory or impossible.
        unread: What could not be understood; it then states no fact.
    """

    facts: Mapping[str, FactValue | None] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    fault: Fault | None = None
    unread: str = ""


def composition_reader(catalogue: FactCatalogue) -> Callable[..., Composition]:
    """Returns the function that reads a composition; it takes the text and, by name, the decimal separator if known.

    Args:
        catalogue: Facts; the values of `elements` define which elements are facts.
    """
    words = phrases(catalogue)
    patterns = patterns_of(words, written_words(catalogue))
    known = frozenset(catalogue["elements"].values)

    def read(text: str, *, decimal: str = "") -> Composition:
        plain = flat(two_ends(text))
        said, others = declared(plain)
        tokens, notes = tokens_of(said, words=words, patterns=patterns, decimal=decimal)
        if _purity(tokens):
            return Composition(notes=("a purity alone names no element: interpreted as blank",))
        if others:
            further, _ = tokens_of(others, words=words, patterns=patterns, decimal=decimal)
            tokens += _beyond(tokens, further)
        try:
            items, overall = statements_of(tokens)
            cut = shown_cut(plain) or cut_tokens(tokens)
            _leave_open_last(items, tokens)
            said_of = _Said(items, overall, _marks(tokens), cut, at_limit(text))
            return _judged(said_of, known, [*notes, *_told(tokens)])
        except UnreadError as error:
            return Composition(
                notes=tuple(notes), unread=f"composition {brief_value(text)!r} could not be read: {error}"
            )

    return read


def _purity(tokens: Sequence[Token]) -> bool:
    """Returns whether only a purity is written: 99.9 %, or 4N."""
    numbers = [token.number for token in tokens if token.number is not None]
    plain = all(token.kind in ("number", "unit", "above", "about", "colon", "skip") for token in tokens)
    if not numbers:
        return plain and any(PURITY.fullmatch(token.text) for token in tokens)
    return plain and len(numbers) == 1 and _LEAST_PURITY <= numbers[0] <= 100


def _beyond(tokens: Sequence[Token], further: Sequence[Token]) -> list[Token]:
    """Returns the mark of an open list if other fields of a declaration name further rare earths."""
    named = {symbol for token in tokens for symbol in token.symbols}
    more = {symbol for token in further for symbol in token.symbols if symbol in RARE_EARTHS} - named
    return [Token("cut", ";"), Token("group", "vague")] if more else []


def _told(tokens: Sequence[Token]) -> list[str]:
    grades = [token.text for token in tokens if token.kind == "grade"]
    return [f"grade {grade} denotes NdFeB; a grade does not state which elements are present" for grade in grades]


def _marks(tokens: Sequence[Token]) -> set[str]:
    """Returns the families that words name, and `substance` if it is called a metal or an alloy."""
    found = {"NdFeB" for token in tokens if token.kind == "grade"}
    skipped = {token.text for token in tokens if token.kind == "skip"}
    return found | (skipped & {"SmCo", "NdFeB"}) | ({"substance"} if skipped & _SUBSTANCES else set())


@dataclass(frozen=True, slots=True)
class _Said:
    """The statements of a text, and how it ends.

    Attributes:
        items: Statements in order.
        overall: Unit of all numbers, if one is stated.
        marks: Families that words name, and `substance`.
        cut: The sign of truncation, if there is one.
        limit: Whether it is as long as a database field.
    """

    items: list[Statement]
    overall: str
    marks: set[str]
    cut: str
    limit: bool


def _judged(said: _Said, known: frozenset[str], notes: list[str]) -> Composition:
    """Returns the facts that the statements give together."""
    items, overall = said.items, said.overall
    unitless = [n for item in items if not item.unit and not overall for n in item.numbers if n]
    # 1 % of boron is written as 1; figures that add up to a hundred are percent, too.
    percent = bool(unitless) and (all(number > 1 for number in unitless) or abs(total(unitless) - 100) <= _ROUNDED)
    if percent:
        notes.append("numbers without a unit interpreted as percent by mass")
    elif unitless:
        notes.append("numbers without a unit may be fractions or percent: these shares are left open")
    has, lacks, shares, fault = _sums(items, overall, percent)
    if fault is not None:
        return Composition(notes=tuple(notes), fault=fault)
    families = (said.marks - {"substance"}) | family_spelled(items)
    for item in items:
        families |= family_of(item)
        if item.numbers and item.said & {"about", "compound"}:
            notes.append(
                "an approximate share, or the share of a compound, is not the share of the element: it is left open"
            )
        if item.claimed_out:
            notes.append(f"{_named(item)}: {_CLAIM}")
    cut = said.cut or ("the last element has no figure, unlike the others" if left_without_figure(items) else "")
    extent = extent_of(
        items, notes, percent=percent, overall=overall, substance="substance" in said.marks, cut=cut, limit=said.limit
    )
    facts: dict[str, FactValue | None] = {}
    if cut or said.limit:  # the last item of a truncated text is uncertain
        last = next((item.symbols for item in reversed(items) if item.symbols), [])
        lacks -= set(last)
        shares = {symbol: share for symbol, share in shares.items() if symbol not in last}
    members, out = frozenset(has & known), frozenset() if extent.whole else frozenset(lacks & known)
    if members or out or extent.whole or (extent.figures and not extent.part):
        facts["elements"] = SetValue(members, out, extent.whole)
    rare = bool(members & RARE_EARTHS)  # a list without rare earths is not a list of them
    if "elements" in facts and not extent.whole and (extent.part or not extent.figures or not rare):
        facts[LISTS_ALL] = False if extent.part or not rare else None
    for symbol, fact in _SHARES.items():
        if symbol in shares:
            facts[fact] = shares[symbol]
    if families:
        facts["magnet_type"] = SetValue(frozenset(families))
    if not facts and not notes:
        raise UnreadError("it names no element")
    return Composition(facts, tuple(dict.fromkeys(notes)))


def _leave_open_last(items: Sequence[Statement], tokens: Sequence[Token]) -> None:
    """Leaves open a zero at the end of a text without a unit: `Dy 0` may be the beginning of `Dy 0.8`."""
    ends = [token.kind for token in tokens if token.text != "."][-1:]
    if items and ends == ["number"] and items[-1].zero:
        items[-1].said |= {"undetected", "below"}


def _sums(
    items: Sequence[Statement], overall: str, percent: bool
) -> tuple[set[str], set[str], dict[str, Interval], Fault | None]:
    """Returns the elements present, those measured to be absent, the shares, and any error."""
    has: set[str] = set()
    lacks: set[str] = set()
    claimed: set[str] = set()
    stated: dict[str, tuple[Decimal, ...]] = {}
    shares: dict[str, Interval] = {}
    total: Decimal | None = Decimal(0)
    for item in items:
        ends = fractions_of(item, overall, percent) if item.numbers else None
        if item.minus or (ends and max(ends) > 1 and item.symbols):
            return has, lacks, shares, _fault("COMPOSITION-SHARE", f"a share of {_written(item)}")
        if item.zero and "less" in item.said:
            return has, lacks, shares, _fault("COMPOSITION-SHARE", f"a share below {_written(item)}")
        if ends and len(ends) == 2 and ends[0] > ends[1]:
            return has, lacks, shares, _fault("COMPOSITION-SHARE", f"a range in the wrong order: {_written(item)}")
        if item.measured_out:
            lacks |= set(item.symbols)
        elif item.denied:
            claimed |= _denied(item)
        elif not item.left_open:
            has |= set(item.symbols)
            if item.symbols and not item.groups:
                total = total + min(ends) if ends and total is not None else None
        if ends is None or item.said & {"below", "above", "about", "compound", "joined"} or len(item.symbols) != 1:
            continue
        symbol = item.symbols[0]
        if stated.setdefault(symbol, ends) != ends:
            return has, lacks, shares, _fault("COMPOSITION-TWICE", f"two different shares of {symbol}")
        shares[symbol] = Interval(math.floor(min(ends) * SCALE), math.ceil(max(ends) * SCALE))
    both = sorted(has & (lacks | claimed))
    fault = _fault("COMPOSITION-CONFLICT", f"{', '.join(both)} both as present and as absent") if both else None
    if fault is None and total is not None and total > _MOST_SUM:
        fault = _fault("COMPOSITION-SUM", f"shares that add up to {_percent(total)}")
    return has, lacks, shares, fault


def _written(item: Statement) -> str:
    number = " to ".join(f"{number:f}" for number in item.numbers)
    return f"{'-' if item.minus else ''}{number} {item.unit}".strip() + f" for {'+'.join(item.symbols)}"


def _named(item: Statement) -> str:
    return f"{'+'.join(item.symbols) or 'a group of elements'} excluded"


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
