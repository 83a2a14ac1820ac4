"""Whether a composition names everything in an item, or leaves other elements open.

It is complete if its figures add up to the whole, if its last item is a balance, or if it is the name of one pure
chemical. A composition that shows signs of truncation never is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from coercivity.intake.composition.statements import Statement, fractions_of
from coercivity.intake.composition.words import RARE_EARTHS

# Allowed rounding of a sum: half a unit of the last place per figure, but in total no more than this.
_MOST_ROUNDED = Decimal("0.0005")
_PURE = Decimal("0.99")  # one substance of this purity: the rest are its impurities
_MINOR = RARE_EARTHS - frozenset(("La", "Ce", "Pr", "Nd", "Sm"))  # additions to a material, not its main components
_ANIONS = frozenset(("O", "F", "Cl", "C", "N", "H", "S", "P"))


@dataclass(frozen=True, slots=True)
class Extent:
    """The completeness of a composition.

    Attributes:
        whole: Everything that it does not name is absent.
        part: It indicates itself that it may be incomplete: it is truncated, or names a group, a limit or a family.
        figures: It is a list with figures. Who knows the file can declare that such lists name every rare earth.
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
    """Returns whether the last element of a list has no figure although others have one."""
    last = items[-1] if items else Statement()
    bare = bool(last.symbols) and not last.value and last.said.isdisjoint(("not", "trace")) and not family_of(last)
    return bare and any(item.numbers for item in items)


def extent_of(
    items: Sequence[Statement], notes: list[str], *, percent: bool, overall: str, substance: bool, cut: str, limit: bool
) -> Extent:
    """Returns the completeness of a composition; adds to `notes` why it is not complete.

    Args:
        items: Statements in order.
        notes: Collects how the text was interpreted.
        percent: Whether numbers without a unit are percent.
        overall: Unit of all numbers, if one is stated.
        substance: Whether the text calls it a metal or an alloy.
        cut: The sign of truncation, if there is one.
        limit: Whether the text is as long as a database field, so that it may be truncated.
    """
    said = [item for item in items if not item.denied]
    shared = [item for item in said if item.numbers]
    grouped = any(item.groups for item in said) or any("vague" in item.groups for item in items)
    limited = any(item.left_open for item in items)
    families = [item for item in said if _family(set(item.symbols))]
    family = any(item.numbers for item in families) or (not shared and bool(families or family_spelled(items)))
    if cut:
        notes.append(f"the text appears truncated ({cut}): other elements may be present")
    if grouped:
        notes.append("a group of elements is named, or the list is open-ended: other elements may be present")
    if limited:
        notes.append("a limit is stated, or no amount at all: that element may or may not be present")
    if family:
        notes.append("a magnet family or phase is named: other elements may be present")
    if cut or grouped or limited or family or not any(item.symbols for item in said):
        return Extent(whole=False, part=True, figures=bool(shared))
    summed = _sum(shared, overall, percent)
    if summed is not None and _adds_up(shared, summed, overall, percent):
        return Extent(whole=True, part=False, figures=bool(shared))
    if limit:
        notes.append("the text is as long as a database field and may be truncated: other elements may be present")
        return Extent(whole=False, part=True, figures=bool(shared))
    if _balanced(items) or _one_substance(said, summed, substance=substance):
        return Extent(whole=True, part=False, figures=bool(shared))
    notes.append(_why(summed, shared))
    return Extent(whole=False, part=False, figures=bool(shared))


def _why(summed: Decimal | None, shared: Sequence[Statement]) -> str:
    if not shared:
        return "an element is named, but not the whole composition: other elements may be present"
    if summed is None:
        return "the stated shares cannot be added up: other elements may be present"
    return f"only {_percent(summed)} of the mass is listed: other elements may be present"


def _balanced(items: Sequence[Statement]) -> bool:
    """Returns whether the last item is the balance of an element, after others with their figures.

    A one-letter symbol may be half of a two-letter one, and none of these is the main part of a magnet or an alloy.
    """
    last = items[-1]
    named = any(len(symbol) > 1 for symbol in last.symbols)
    return "balance" in last.said and named and any(item.numbers for item in items[:-1])


def _one_substance(said: Sequence[Statement], summed: Decimal | None, *, substance: bool) -> bool:
    """Returns whether it is one pure chemical: by its purity, as an oxide or salt by name, or as a single metal."""
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
    """Returns whether figures add up to the whole, within rounding, and none of them counts an element twice."""
    kinds = {_by_atoms(item, overall) for item in shared}
    elements = [set(item.symbols) - _ANIONS for item in shared]
    if len(kinds) > 1 or any(one & other for one, other in combinations(elements, 2)):
        return False
    finest = min((_half_unit(item, overall, percent) for item in shared if min(item.numbers)), default=Decimal(0))
    return summed >= 1 - min(finest * len(shared), _MOST_ROUNDED)


def _sum(shared: Sequence[Statement], overall: str, percent: bool) -> Decimal | None:
    """Returns the smallest possible sum of the figures, as a fraction; None if one of them is unknown."""
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
    """Returns the smallest fraction that a statement gives, by mass or by atoms."""
    ends: Iterable[Decimal] | None = fractions_of(item, overall, percent)
    if ends is None and (item.unit or overall):
        ends = [number / 100 for number in item.numbers]
    return min(ends) if ends is not None else None


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f} %"
