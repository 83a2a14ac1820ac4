"""Whether a composition names everything that is in a thing, or leaves further elements open.

It does where its figures add up to the whole, where its last item is a balance, or where it is the name of one pure
chemical. What shows that it was cut off never does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from coercivity.intake.composition.statements import Statement, fractions_of
from coercivity.intake.composition.words import RARE_EARTHS

# What rounding may take from a sum: for every figure half a unit of the finest place, together no more than this.
_MOST_ROUNDED = Decimal("0.0005")
_PURE = Decimal("0.99")  # one substance of this purity: what is left are its impurities
_MINOR = RARE_EARTHS - frozenset(("La", "Ce", "Pr", "Nd", "Sm"))  # added to a material, not what it is made of
_ANIONS = frozenset(("O", "F", "Cl", "C", "N", "H", "S", "P"))


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a composition goes.

    Attributes:
        whole: Everything that it does not name is out.
        part: It says itself that more may be in it: it shows a cut, or names a group, a limit or a family.
        figures: It is a list with figures. Who knows the file can say that such lists name every rare earth.
    """

    whole: bool
    part: bool
    figures: bool


def family_of(item: Statement) -> set[str]:
    """Returns the magnet family that elements written together name: NdFeB, Sm2Co17."""
    return set() if item.denied or item.numbers else _family(set(item.symbols))


def family_spelled(items: Sequence[Statement]) -> set[str]:
    """Returns the magnet family that a list without shares spells out: Nd, Fe, B."""
    said = [item for item in items if item.symbols and not item.denied]
    if any(item.numbers or "compound" in item.said for item in said):
        return set()
    return _family({symbol for item in said for symbol in item.symbols})


def _family(named: set[str]) -> set[str]:
    if "O" in named:
        return set()
    if named >= {"Sm", "Co"}:
        return {"SmCo"}
    if named >= {"Fe", "B"}:
        return {"Ce_magnet"} if "Ce" in named else {"NdFeB"} if named & {"Nd", "Pr"} else set()
    return set()


def left_without_figure(items: Sequence[Statement]) -> bool:
    """Returns whether the last element of a list has no figure where others have one."""
    last = items[-1] if items else Statement()
    bare = bool(last.symbols) and not last.value and last.said.isdisjoint(("not", "trace")) and not family_of(last)
    return bare and any(item.numbers for item in items)


def extent_of(
    items: Sequence[Statement], notes: list[str], *, percent: bool, overall: str, substance: bool, cut: str, limit: bool
) -> Extent:
    """Returns how far a composition goes; `notes` takes why it is not whole.

    Args:
        items: Statements in order.
        notes: Takes what was understood.
        percent: Numbers without a unit are percent.
        overall: Unit of all numbers, if one is stated.
        substance: The text calls it a metal or an alloy.
        cut: The sign by which it shows that it was cut off, if it shows one.
        limit: The text is as long as the field of a system, so that it may have been cut.
    """
    said = [item for item in items if not item.denied]
    shared = [item for item in said if item.numbers]
    grouped = any(item.groups for item in said) or any("vague" in item.groups for item in items)
    limited = any(item.left_open for item in items)
    families = [item for item in said if _family(set(item.symbols))]
    family = any(item.numbers for item in families) or (not shared and bool(families or family_spelled(items)))
    if cut:
        notes.append(f"it shows that it was cut off ({cut}): further elements are open")
    if grouped:
        notes.append("a group of elements is named, or the text goes on: further elements are open")
    if limited:
        notes.append("a limit is stated, or no amount at all: whether that element is in it is open")
    if family:
        notes.append("a magnet family or phase is named: further elements are open")
    if cut or grouped or limited or family or not any(item.symbols for item in said):
        return Extent(whole=False, part=True, figures=bool(shared))
    summed = _sum(shared, overall, percent)
    if summed is not None and _adds_up(shared, summed, overall, percent):
        return Extent(whole=True, part=False, figures=bool(shared))
    if limit:
        notes.append("it is as long as a field of a system and may be cut off: further elements are open")
        return Extent(whole=False, part=True, figures=bool(shared))
    if _balanced(items) or _one_substance(said, summed, substance=substance):
        return Extent(whole=True, part=False, figures=bool(shared))
    notes.append(_why(summed, shared))
    return Extent(whole=False, part=False, figures=bool(shared))


def _why(summed: Decimal | None, shared: Sequence[Statement]) -> str:
    if not shared:
        return "an element is named, not the whole: further elements are open"
    if summed is None:
        return "the shares named cannot be added up: further elements are open"
    return f"only {_percent(summed)} of the mass is named: further elements are open"


def _balanced(items: Sequence[Statement]) -> bool:
    """Returns whether the last item is the balance of an element, behind others with their figures.

    A symbol of one letter may be half of one of two, and none of these is what a magnet or an alloy is made of.
    """
    last = items[-1]
    named = any(len(symbol) > 1 for symbol in last.symbols)
    return "balance" in last.said and named and any(item.numbers for item in items[:-1])


def _one_substance(said: Sequence[Statement], summed: Decimal | None, *, substance: bool) -> bool:
    """Returns whether it is one pure chemical: by its purity, as an oxide or salt by name, or as a metal of its own."""
    named = [item for item in said if item.symbols]
    if len(named) != 1 or "balance" in named[0].said:
        return False
    item = named[0]
    if item.numbers:
        return summed is not None and summed >= _PURE and "about" not in item.said
    symbols = set(item.symbols)
    metal = substance and symbols <= RARE_EARTHS and not symbols <= _MINOR
    return "contains" not in item.said and ("compound" in item.said or metal)


def _adds_up(shared: Sequence[Statement], summed: Decimal, overall: str, percent: bool) -> bool:
    """Returns whether figures make up the whole, up to their rounding, and none of them counts an element twice."""
    kinds = {_by_atoms(item, overall) for item in shared}
    elements = [set(item.symbols) - _ANIONS for item in shared]
    if len(kinds) > 1 or any(one & other for one, other in combinations(elements, 2)):
        return False
    finest = min((_half_unit(item, overall, percent) for item in shared if min(item.numbers)), default=Decimal(0))
    return summed >= 1 - min(finest * len(shared), _MOST_ROUNDED)


def _sum(shared: Sequence[Statement], overall: str, percent: bool) -> Decimal | None:
    """Returns the least that the figures make together, as a fraction; None where one of them is not known."""
    amounts = [_amount(item, overall, percent) for item in shared if "about" not in item.said]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if shared and len(known) == len(amounts) else None


def _by_atoms(item: Statement, overall: str) -> bool:
    return (item.unit or overall).casefold().startswith(("at", "mol", "原子"))


def _half_unit(item: Statement, overall: str, percent: bool) -> Decimal:
    """Returns half a unit of the last place of the lower figure of a statement, as a fraction."""
    amount, least = _amount(item, overall, percent), min(item.numbers)
    exponent = least.as_tuple().exponent
    if not amount or not isinstance(exponent, int):
        return Decimal(0)
    return Decimal(5).scaleb(exponent - 1) * (amount / least)


def _amount(item: Statement, overall: str, percent: bool) -> Decimal | None:
    """Returns the least fraction that a statement gives, by mass or by atoms."""
    ends: Iterable[Decimal] | None = fractions_of(item, overall, percent)
    if ends is None and (item.unit or overall):
        ends = [number / 100 for number in item.numbers]
    return min(ends) if ends is not None else None


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f} %"
