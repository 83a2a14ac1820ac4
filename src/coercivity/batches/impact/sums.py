"""Sums over rows by kind, currency and licence, part by part."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import isfinite
from typing import TYPE_CHECKING, TypeVar

from coercivity.base.sums import total
from coercivity.batches.impact.kinds import Kind
from coercivity.batches.impact.model import Sums
from coercivity.batches.stage.column import Column, combined

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

T = TypeVar("T", bound=Hashable)
Exact = Fraction | float  # a float only if it is infinite, or of a single deal
_HALF = 27  # bits of a number that are added up at a time: sums of 2**26 of them are exact


@dataclass(frozen=True, slots=True)
class Key:
    """What rows are counted by.

    Attributes:
        currency: Currency of their value; empty if it is not known.
        licence: The licence that they name, if it is in the table of licences.
        outside: `early` or `late` if they leave before its first or after its last day, otherwise empty.
    """

    kind: Kind
    currency: str
    licence: str = ""
    outside: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """Rows of one key in one part: their number, exact mass [kg], number without mass, and exact value."""

    deals: int
    mass_kg: Exact
    without_mass: int
    value: Exact


@dataclass(frozen=True, slots=True)
class Amounts:
    """What is added up of each row.

    Attributes:
        mass_kg: Mass, NaN if unknown [kg], shape (rows,).
        worth: Value, NaN if unknown, shape (rows,).
        currency: Index of the currency, shape (rows,).
        currencies: Codes of currencies; the first is empty.
    """

    mass_kg: NDArray[np.float64]
    worth: NDArray[np.float64]
    currency: NDArray[np.int64]
    currencies: list[str]


def cells_of(kinds: Column, amounts: Amounts, licences: tuple[Column, ...] = ()) -> dict[Key, Cell]:
    """Returns the sums of a part, which are exact, so that they do not depend on how a table is cut into parts.

    Args:
        kinds: The kind of each row.
        amounts: What is added up.
        licences: The licence of each row, and whether it leaves outside of its term, if there is a table of licences.
    """
    import numpy as np

    columns = [kinds, Column("currency", amounts.currency, tuple(amounts.currencies)), *licences]
    codes, combinations = combined(columns)
    size = len(combinations)
    deals = np.bincount(codes, minlength=size).tolist()
    no_mass = np.isnan(amounts.mass_kg)
    mass = _exact(np.where(no_mass, 0.0, amounts.mass_kg), codes, size)
    without = np.bincount(codes[no_mass], minlength=size).tolist()
    worth = np.where(np.isnan(amounts.worth), 0.0, amounts.worth)
    value = _exact(worth, codes, size)
    found = {}
    for place, entry in enumerate(combinations):
        key = Key(*(column.values[at] for column, at in zip(columns, entry, strict=True)))
        if deals[place]:
            found[key] = Cell(deals[place], mass[place], without[place], value[place])
    return found


def _exact(values: NDArray[np.float64], codes: NDArray[np.integer], size: int) -> list[Exact]:
    """Returns the exact sum of the values of each code: numbers of one power of two are added as integers."""
    import numpy as np

    finite = np.isfinite(values)
    part, power = np.frexp(np.where(finite, values, 0.0))
    digits = np.ldexp(part, 53).astype(np.int64)
    least = int(power.min(initial=0))
    span = int(power.max(initial=0)) - least + 1
    places = codes.astype(np.int64) * span + (power - least)
    upper, lower = (
        np.bincount(places, weights=half, minlength=size * span) for half in (digits >> _HALF, digits % (1 << _HALF))
    )
    whole = [0] * size
    for place in np.flatnonzero((upper != 0) | (lower != 0)).tolist():
        code, shift = divmod(place, span)
        whole[code] += ((int(upper[place]) << _HALF) + int(lower[place])) << shift
    unit = Fraction(2) ** (least - 53)
    found: list[Exact] = [unit * number for number in whole]
    for code in np.unique(codes[~finite]).tolist():
        found[code] = float("inf")
    return found


def _rounded(sums: Iterable[Exact]) -> float:
    """Returns the sum of exact sums, rounded once; infinite if it is too large for a float."""
    held = list(sums)
    if not all(isinstance(one, Fraction) or isfinite(one) for one in held):
        return float("inf")
    try:
        return float(total(Fraction(one) for one in held))
    except OverflowError:
        return float("inf")


@dataclass(slots=True)
class Ledger:
    """The sums of all parts, by key.

    Attributes:
        rows: Number of rows.
        cells: For each key its sums in each part in which it occurs.
    """

    rows: int = 0
    cells: dict[Key, list[Cell]] = field(default_factory=dict)

    def add(self, cells: Mapping[Key, Cell]) -> None:
        """Adds the sums of a part; parts are added in their order."""
        for key, cell in cells.items():
            self.rows += cell.deals
            self.cells.setdefault(key, []).append(cell)

    def sums(self, counts: Callable[[Key], bool]) -> Sums:
        """Returns the sums over the keys that count; masses and values are added exactly, in any order of the keys."""
        return summed((key, cell) for key, cells in self.cells.items() if counts(key) for cell in cells)

    def split(self, parts_of: Callable[[Key], Iterable[T]]) -> dict[T, Sums]:
        """Returns the sums by whatever a key is counted under, which may be several things or none."""
        found: dict[T, list[tuple[Key, Cell]]] = {}
        for key, cells in self.cells.items():
            for name in parts_of(key):
                found.setdefault(name, []).extend((key, cell) for cell in cells)
        return {name: summed(held) for name, held in found.items()}


def summed(entries: Iterable[tuple[Key, Cell]]) -> Sums:
    """Returns the sums over cells, each with its key."""
    held = list(entries)
    currencies = sorted({key.currency for key, _ in held} - {""})
    return Sums(
        deals=total(cell.deals for _, cell in held),
        mass_kg=_rounded(cell.mass_kg for _, cell in held),
        without_mass=total(cell.without_mass for _, cell in held),
        values={name: _rounded(cell.value for key, cell in held if key.currency == name) for name in currencies},
        without_value=total(cell.deals for key, cell in held if not key.currency),
    )
