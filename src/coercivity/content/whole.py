"""Whether a composition names everything that is in a thing, or leaves further elements open."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from coercivity.content.statements import Statement, fractions_of
from coercivity.content.words import RARE_EARTHS

_LEAST_SUM = Decimal("0.1")
_LEAST_RARE = Decimal("0.2")  # a rare earth magnet or alloy holds more: less is a part of what is in it
_NEARLY_ALL = Decimal("0.95")
_MINOR = RARE_EARTHS - frozenset(("La", "Ce", "Pr", "Nd", "Sm"))  # added to a material, not what it is made of


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


def is_complete(
    items: Sequence[Statement], total: Decimal | None, notes: list[str], *, percent: bool, substance: bool, overall: str
) -> bool:
    """Returns whether everything that is not named is out; `notes` takes why it is not.

    Args:
        items: Statements in order.
        total: Sum of the shares as a fraction, or None where a share is not known.
        notes: Takes what was understood.
        percent: Numbers without a unit are percent.
        substance: The text calls it a metal or an alloy.
        overall: Unit of all numbers, if one is stated.
    """
    said = [item for item in items if not item.denied]
    shared = [item for item in said if item.numbers]
    grouped = any(item.groups for item in said) or any("vague" in item.groups for item in items)
    limited = any(item.left_open for item in items)
    family = not shared and (any(map(family_of, said)) or bool(family_spelled(items)))
    if grouped:
        notes.append("a group of elements is named, or the text goes on: further elements are open")
    if limited:
        notes.append("a limit is stated, or no amount at all: whether that element is in it is open")
    if family:
        notes.append("a magnet family or phase is named: further elements are open")
    rest_open = any("balance" in item.said and not item.subject for item in items)
    if grouped or limited or family or rest_open or not any(item.symbols for item in said):
        return False
    rest = any("balance" in item.said for item in said)
    if not rest and (least := _too_little(shared, total, overall, percent)) is not None:
        notes.append(f"only {_percent(least)} of the mass is named: further elements are open")
        return False
    if total is not None:
        return True
    whole = any("compound" in item.said or not set(item.symbols) <= _MINOR for item in said)
    bare = not shared and not rest and not substance and not any("compound" in item.said for item in said)
    if not whole or bare or (not shared and any("contains" in item.said for item in said)):
        notes.append("an element is named, not the whole: further elements are open")
        return False
    return True


def _too_little(shared: Sequence[Statement], total: Decimal | None, overall: str, percent: bool) -> Decimal | None:
    """Returns the sum of the shares where it is too small for a whole, else None."""
    if total is not None and total < _LEAST_SUM:
        return total
    amounts = [(set(item.symbols), _amount(item, overall, percent)) for item in shared]
    if any(amount is None for _, amount in amounts):
        return None
    every = sum((amount for _, amount in amounts if amount), Decimal(0))
    rare = sum((amount for symbols, amount in amounts if amount and symbols & RARE_EARTHS), Decimal(0))
    some = any(symbols & RARE_EARTHS for symbols, _ in amounts)
    return every if some and rare < _LEAST_RARE and every < _NEARLY_ALL else None


def _amount(item: Statement, overall: str, percent: bool) -> Decimal | None:
    """Returns the least fraction that a statement gives, by mass or by atoms."""
    ends = fractions_of(item, overall, percent)
    if ends is None and (item.unit or overall):
        ends = tuple(number / 100 for number in item.numbers)
    return min(ends) if ends else None


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f} %"
