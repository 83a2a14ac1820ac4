"""Further checks of rows of a user: that a number is not negative, of another element, or far from its series.

- OBS-SCOPE: the element is not that of the series
- OBS-VALUE: a negative quantity or price
- OBS-SIZE: more than twenty times the largest packed number of the series, or less than a twentieth of the smallest
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from coercivity.base.errors import Fault, brief_value
from coercivity.observations.row_checks import Cells, Place, readable

if TYPE_CHECKING:
    from coercivity.observations.rows import Observation

# A month of trade or a price never moved so far; a wrong unit, or a thousands point read as a decimal one, does.
FAR = 20.0
_NEVER_BELOW_ZERO = ("t", "USD/kg")
_LEAST_ROWS = 3


def own_faults(
    rows: Sequence[Cells], place: Place, packed: Sequence[Observation], *, broken: Container[int] = ()
) -> Iterator[Fault]:
    """Yields the faults of rows in use that their packed series show.

    Args:
        rows: The rows.
        place: Returns the place of a cell.
        packed: The packed rows.
        broken: Rows with a cell that is not of its type.
    """
    elements, sizes = _of_series(packed)
    for at, row in enumerate(rows):
        if at in broken or row["use"] != "1" or not readable(row):
            continue
        name = (row["kind"], row["series"])
        known = elements.get(name, set())
        if row["element"] and known and row["element"] not in known:
            what = f"the element of {brief_value(row['series'])} is {' or '.join(sorted(known))}, not {row['element']}"
            step = "correct the element, or give the row the series of its element"
            yield Fault("OBS-SCOPE", what, place(at, "element"), tuple(sorted(known)), step)
        if row["value_std"]:
            yield from _number(row, at, place, sizes.get((*name, row["unit_std"])))


def _number(row: Cells, at: int, place: Place, size: tuple[float, float] | None) -> Iterator[Fault]:
    value, unit = float(row["value_std"]), row["unit_std"]
    if value < 0.0 and unit in _NEVER_BELOW_ZERO:
        what, step = f"{row['value']} {row['unit']} is below zero", "correct the number, or write use 0 and why"
        yield Fault("OBS-VALUE", what, place(at, "value"), next=step)
    elif value > 0.0 and size is not None and not size[0] / FAR <= value <= size[1] * FAR:
        what = f"{value:g} {unit} is far from the series, which has {size[0]:g} to {size[1]:g} {unit}"
        step = "check the unit and the decimal point; a number that is right needs a series of its own, or use 0"
        yield Fault("OBS-SIZE", what, place(at, "value"), next=step)


def _of_series(
    packed: Sequence[Observation],
) -> tuple[dict[tuple[str, str], set[str]], Mapping[tuple[str, str, str], tuple[float, float]]]:
    """Returns the elements of each series, and the smallest and largest number of each with three rows or more."""
    elements: dict[tuple[str, str], set[str]] = {}
    values: dict[tuple[str, str, str], list[float]] = {}
    for row in packed:
        if row.used:
            if row.element:
                elements.setdefault((row.kind, row.series), set()).add(row.element)
            if row.value > 0.0:
                values.setdefault((row.kind, row.series, row.unit), []).append(row.value)
    sizes = {key: (min(each), max(each)) for key, each in values.items() if len(each) >= _LEAST_ROWS}
    return elements, sizes
