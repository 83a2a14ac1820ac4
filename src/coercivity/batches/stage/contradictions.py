"""Contradictions between the facts of many rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from coercivity.base.errors import Faults
from coercivity.batches.stage.column import Column, Made, Said, combined, distinct, joined
from coercivity.data.values import FactValue
from coercivity.law.engine.derived_facts import AT_ODDS, NAMING, conflicts, named_elements

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_TRIED = 2_000  # combinations of values to test before looking at the rows themselves
Values = tuple[FactValue | None, ...]


def against(given: Mapping[str, Column], constants: Mapping[str, Said], other: Column | None = None) -> Column | None:
    """Returns the contradictions between the facts, by row.

    Args:
        given: Facts that differ from row to row.
        constants: Facts of all rows.
        other: Contradictions found elsewhere, by row.
    """
    found = [] if other is None else [other]
    for group in AT_ODDS:
        columns = [given[name] for name in group if name in given]
        fixed = {name: constants[name][0] for name in group if name in constants}
        if not columns or len(columns) + len(fixed) < 2:
            continue
        rows = _naming(columns, fixed) if set(NAMING) < set(group) else None
        if rows is None or len(rows):
            found += _told(columns, fixed, rows)
    if not found:
        return None
    return joined("against", found, lambda *each: (tuple(dict.fromkeys(w for entry in each for w in entry)), ""))


@lru_cache(maxsize=64)
def _met(names: tuple[str, ...], fixed: Values, values: tuple[Values, ...]) -> dict[tuple[int, ...], Made]:
    """Caches the results for combinations of values by index; the parts of a table share many of them."""
    return {}


@lru_cache(maxsize=64)
def _possible(names: tuple[str, ...], fixed: Values, values: tuple[Values, ...]) -> bool:
    """Returns whether any combination of these values contradicts itself; True if there are too many to test."""
    if prod(map(len, values)) > MOST_TRIED:
        return True
    return any(_at_odds(dict(zip(names, (*fixed, *entry), strict=True)))[0] for entry in product(*values))


def _at_odds(known: Mapping[str, FactValue | None]) -> Made:
    """Returns the contradictions between some facts."""
    faults = Faults()
    conflicts({n: v for n, v in known.items() if v is not None}, where="", faults=faults)
    return tuple((fault.what, fault.next) for fault in faults.items), ""


def _naming(columns: Sequence[Column], fixed: Mapping[str, FactValue | None]) -> NDArray[np.int64] | None:
    """Returns the rows whose alloy, target or magnet is identified by its elements; only these need that check."""
    import numpy as np

    some = [c for c in columns if c.name in NAMING]
    if not some:
        return None

    names, values = tuple(c.name for c in some), tuple(c.values for c in some)
    met = _met(("naming", *fixed, *names), tuple(fixed.values()), values)
    codes, combinations = combined(some)
    for entry in combinations:
        if entry not in met:
            known = {**fixed, **{n: v[at] for n, v, at in zip(names, values, entry, strict=True)}}
            met[entry] = bool(named_elements({n: v for n, v in known.items() if v is not None})[2]), ""
    return np.flatnonzero(np.take(np.array([met[entry][0] for entry in combinations]), codes))


def _told(
    columns: Sequence[Column], fixed: Mapping[str, FactValue | None], rows: NDArray[np.int64] | None
) -> list[Column]:
    """Returns the contradictions between some columns, tested in some rows; None if there are none."""
    import numpy as np

    some = columns if rows is None else [Column(c.name, np.take(c.codes, rows), c.values) for c in columns]
    names, values = tuple(c.name for c in some), tuple(c.values for c in some)
    if not _possible((*fixed, *names), tuple(fixed.values()), values):
        return []
    met = _met((*fixed, *names), tuple(fixed.values()), values)
    codes, combinations = combined(some)
    for entry in combinations:
        if entry not in met:
            met[entry] = _at_odds({**fixed, **{n: v[at] for n, v, at in zip(names, values, entry, strict=True)}})
    told = [met[entry] for entry in combinations]
    if not any(value for value, _ in told):
        return []
    if rows is None:
        return [distinct("against", codes, told)]
    whole = np.zeros(len(columns[0].codes), np.int64)
    whole[rows] = codes + 1
    return [distinct("against", whole, [((), ""), *told])]
