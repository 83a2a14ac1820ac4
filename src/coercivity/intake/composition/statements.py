"""The statements of a composition: which elements are present, and in which amount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from coercivity.base.errors import brief_value
from coercivity.intake.composition.tokens import Token
from coercivity.intake.composition.truncation import ANDS, CONTAINS

_STRICTLY_BELOW = frozenset(("<", "below", "under", "less than", "unter", "小于", "低于", "未満", "未满"))
_PARTS_PER_MILLION = frozenset(("ppm", "mg/kg", "ppmw"))
_LEAST_DETECTED = {"%": Decimal("0.1"), "ppm": Decimal(1000)}  # not detected, by a test with a lower limit than this
_LEAST_MEASURED = {"%": Decimal("0.01"), "ppm": Decimal(100)}  # a plain `< 0.01 %` is the limit of the test itself


class UnreadError(ValueError):
    """Raised if the text contains something that is not understood."""


@dataclass(slots=True)
class Statement:
    """One statement: elements or a group, and their amount.

    Attributes:
        symbols: Elements named.
        groups: Groups named: rare, heavy, vague.
        numbers: The number, or both ends of a range, as written.
        unit: Unit as written.
        said: Kinds of the other words: not, none, undetected, below, above, about, trace, balance, compound, joined,
            contains, less (a strict limit).
        minus: Whether a minus precedes a number.
        after: The punctuation that ends its clause.
    """

    symbols: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    numbers: list[Decimal] = field(default_factory=list)
    unit: str = ""
    said: set[str] = field(default_factory=set)
    minus: bool = False
    after: str = ""

    @property
    def subject(self) -> bool:
        """Whether it names an element or a group."""
        return bool(self.symbols or self.groups)

    @property
    def value(self) -> bool:
        """Whether it states an amount."""
        return bool(self.numbers) or not self.said.isdisjoint(("none", "undetected", "balance"))

    @property
    def denied(self) -> bool:
        """Whether it says that they are absent, by measurement or by claim."""
        return self.measured_out or not self.said.isdisjoint(("not", "none"))

    @property
    def measured_out(self) -> bool:
        """Whether a figure says that they are absent: zero, or below the low limit of a test."""
        if self.groups or not self.numbers:
            return False
        if max(self.numbers) == 0:
            return self.said.isdisjoint(("above", "about", "undetected", "less"))
        return "below" in self.said and self._below_detection

    @property
    def claimed_out(self) -> bool:
        """Whether it is only claimed that they are absent."""
        return self.denied and not self.measured_out

    @property
    def _below_detection(self) -> bool:
        """Whether a low detection limit is stated below which they are, or below which they were not detected."""
        limits = _LEAST_DETECTED if "undetected" in self.said else _LEAST_MEASURED
        most = limits["ppm" if self.unit.casefold() in _PARTS_PER_MILLION else "%"]
        stated = len(self.numbers) == 1 and self.unit and 0 < self.numbers[0] <= most
        return bool(stated) and not self.said.isdisjoint(("undetected", "less"))

    @property
    def zero(self) -> bool:
        """Whether the number is zero."""
        return bool(self.numbers) and max(self.numbers) == 0

    @property
    def left_open(self) -> bool:
        """Whether a limit leaves open that they are present."""
        low = bool(self.numbers) and min(self.numbers) == 0
        return (low or not self.said.isdisjoint(("below", "undetected"))) and not self.denied


def statements_of(tokens: Sequence[Token]) -> tuple[list[Statement], str]:
    """Returns the statements in order, and the unit that applies to all of them."""
    overall, kept = _overall(tokens)
    items: list[Statement] = []
    clause: list[Token] = []
    for token in [*kept, Token("cut", "")]:
        if token.kind != "cut":
            clause.append(token)
            continue
        found = _clause(clause)
        if len(found) == 1 and found[0].unit and not found[0].subject and not found[0].numbers:
            overall, found = found[0].unit, []
        if found:
            found[-1].after = token.text
        items += found
        clause = []
    _lists_of_denials(items)
    return items, overall


def _overall(tokens: Sequence[Token]) -> tuple[str, list[Token]]:
    """Removes a unit in its own brackets, or before everything else: it applies to all numbers."""
    overall, kept = "", [*tokens]
    for at, token in enumerate(tokens):
        if token.kind != "unit":
            continue
        around = [tokens[place].kind if 0 <= place < len(tokens) else "" for place in (at - 1, at + 1)]
        if around == ["open", "close"]:
            overall = token.text
            kept[at - 1] = kept[at] = kept[at + 1] = Token("skip", "")
    first = next((token for token in kept if token.kind not in ("skip", "open", "close", "colon")), None)
    if first is not None and first.kind == "unit":
        overall = first.text
        kept.remove(first)
    return overall, kept


def _clause(tokens: Sequence[Token]) -> list[Statement]:
    """Returns the statements of one clause: Nd 30 Dy 1.8, or 30 % Nd 1.8 % Dy."""
    order = next((t.kind for t in tokens if t.kind in ("element", "formula", "group", "number", "balance")), "")
    number_first = order in ("number", "balance")
    items = [Statement()]
    tokens, goes_on = _cut_short(tokens)
    for at, token in enumerate(tokens):
        item = items[-1]
        subject = token.kind in ("element", "formula", "group")
        ends = (subject and item.subject and item.value and not number_first) or (
            number_first and token.kind in ("number", "balance") and item.subject and not _ranged(tokens, at)
        )
        begins = number_first and item.subject and item.value and token.kind in ("below", "above", "about", "trace")
        rest = not number_first and token.kind == "balance" and bool(item.numbers)  # B 1 % balance Fe
        if ends or begins or rest or (token.kind == "not" and item.subject) or _over(item, token, tokens, at):
            items.append(item := Statement())
        _take(item, token, tokens, at)
    last = items[-1]
    if goes_on and last.subject and not last.value and last.said.isdisjoint(("not", "trace")) and goes_on == "dash":
        last.said.add("undetected")
    elif goes_on:
        items.append(Statement(groups=["vague"]))
    for item in items:
        if item.numbers and not item.subject:
            raise UnreadError("a number without an element")
        if item.unit and not item.numbers and item.subject:
            raise UnreadError("a unit without a number")
        if item.said & {"not", "none", "undetected"} and item.numbers and not item.zero and "below" not in item.said:
            raise UnreadError("it both excludes an element and gives its amount")
    return [item for item in items if item.subject or item.unit or item.said & {"balance"}]


def _over(item: Statement, token: Token, tokens: Sequence[Token], at: int) -> bool:
    """Returns whether a subject after a denial, or in the brackets after a family, begins another statement."""
    if token.kind not in ("element", "formula", "group"):
        return False
    if "none" in item.said or ("undetected" in item.said and item.subject):
        return True
    family = {*item.symbols} >= {"Fe", "B"} or {*item.symbols} >= {"Sm", "Co"}
    return family and not item.value and at > 0 and tokens[at - 1].kind in ("open", "colon")


def _cut_short(tokens: Sequence[Token]) -> tuple[Sequence[Token], str]:
    """Removes the character that ends a clause as if more were to follow, and returns it: dash, join or none."""
    kept = [*tokens]
    sign = ""
    while kept and (kept[-1].kind in ("dash", "join", "close") or (kept[-1].kind == "skip" and _and(kept[-1]))):
        last = kept.pop()
        if last.kind != "close":
            sign = "dash" if last.kind == "dash" or last.text == "/" else "join"
    return (kept, sign) if sign and kept else (tokens, "")


def _and(token: Token) -> bool:
    return token.text in ANDS


def _ranged(tokens: Sequence[Token], at: int) -> bool:
    return at >= 2 and tokens[at - 1].kind in ("dash", "to", "about") and tokens[at - 2].kind in ("number", "unit")


def _take(item: Statement, token: Token, tokens: Sequence[Token], at: int) -> None:
    kind = token.kind
    if kind == "unknown":
        raise UnreadError(f"{brief_value(token.text)!r} is not an element or a known word")
    if kind in ("element", "formula"):
        item.symbols += token.symbols
        if kind == "formula" and "O" in token.symbols:
            item.said.add("compound")
        if kind == "formula" or len(token.symbols) > 1:
            item.said.add("joined")
    elif kind == "group":
        item.groups.append(token.text)
    elif kind == "number" and token.number is not None:
        if item.numbers and not _ranged(tokens, at):
            raise UnreadError("two numbers for one element")
        item.numbers.append(token.number)
        item.minus = item.minus or _minus(tokens, at)
    elif kind == "unit":
        if item.unit and item.unit.casefold() != token.text.casefold() and {item.unit, token.text} != {"wt", "%"}:
            raise UnreadError("two units for one element")
        item.unit = token.text
    elif kind == "about":
        if not (at and tokens[at - 1].kind in ("number", "unit") and _ranged(tokens, at + 1)):
            item.said.add(kind)
    elif kind in ("not", "none", "undetected", "trace", "below", "above", "balance", "compound"):
        if kind in ("below", "above") and item.numbers and not item.subject:
            raise UnreadError("a limit between a figure and an element")  # 0.01 % < Dy: it contains more
        item.said.add(kind)
        if kind == "below" and token.text in _STRICTLY_BELOW:
            item.said.add("less")
    elif kind == "skip" and token.text in CONTAINS:
        item.said.add("contains")


def _minus(tokens: Sequence[Token], at: int) -> bool:
    """Returns whether a dash before a number is its sign: Dy -1.8, not Dy - 1.8 or Dy-1.8."""
    before = tokens[at - 1] if at else None
    sign = before is not None and before.kind == "dash" and not tokens[at].parted and before.parted
    return sign and (at < 2 or tokens[at - 2].kind != "number")


def _lists_of_denials(items: list[Statement]) -> None:
    """Extends a denial along an enumeration, and rejects lists in which it is unclear what is denied."""
    for before, item in pairwise(items):
        bare = item.subject and not item.value and not item.said & {"not", "trace"}
        if bare and before.said & {"not"}:
            if before.after != "、":
                raise UnreadError(f"it is unclear whether {'+'.join(item.symbols) or 'the group'} is excluded too")
            item.said.add("not")
            item.after = item.after or "、"
        plain = before.subject and not before.value and not before.said & {"not", "trace"}
        if plain and item.said & {"none", "undetected"} and before.after:
            raise UnreadError(f"it is unclear whether {'+'.join(before.symbols) or 'the group'} is excluded too")


def fractions_of(item: Statement, overall: str, percent: bool) -> tuple[Decimal, ...] | None:
    """Returns the share or both ends of its range as fractions, or None if the unit is unknown."""
    unit = (item.unit or overall).casefold()
    if item.zero:
        return (Decimal(0),)
    if unit.startswith(("at", "mol", "原子")):
        return None
    if not unit and not percent:
        return None
    scale = Decimal("0.000001") if unit in _PARTS_PER_MILLION else Decimal("0.01")
    return tuple(number * scale for number in item.numbers)
