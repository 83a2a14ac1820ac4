"""Second implementation of condition trees: Polars expressions over columns of facts.

Null is unknown; Polars combines nulls with and, or, not the way Kleene does. A property test holds this reading equal
to the evaluator on random trees and facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

import polars as pl

from coercivity.base.exact import Interval
from coercivity.data.catalogue import FactCatalogue
from coercivity.data.values import FactValue, SetValue
from coercivity.law.rules.evaluator import NEVER_UNNAMED, UNNAMED_COUNTRY
from coercivity.law.rules.tree import AllOf, AnyOf, Comparison, Not, Tree, Use

_UNKNOWN = pl.lit(None, dtype=pl.Boolean)


def expression(tree: Tree, catalogue: FactCatalogue) -> pl.Expr:
    """Returns a tree as a nullable Boolean expression: true, false, or null for unknown."""
    if isinstance(tree, Use):
        return expression(tree.tree, catalogue)
    if isinstance(tree, Not):
        return ~expression(tree.part, catalogue)
    if isinstance(tree, AllOf):
        return reduce(and_, [expression(part, catalogue) for part in tree.parts])
    if isinstance(tree, AnyOf):
        return reduce(or_, [expression(part, catalogue) for part in tree.parts])
    kind = catalogue[tree.fact].type
    if kind == "set":
        return _members(tree)
    if kind in ("number", "share", "date"):
        return _compared(tree, kind)
    return _country(tree) if kind == "country" else _word(tree)


def _absent(test: Comparison) -> pl.Expr:
    return _UNKNOWN if test.open else pl.lit(False)


def _found(surely: pl.Expr, test: Comparison) -> pl.Expr:
    column = pl.col(test.fact)
    return pl.when(column.is_null()).then(_UNKNOWN).when(surely).then(True).otherwise(_absent(test))


def _word(test: Comparison) -> pl.Expr:
    if isinstance(test.wanted, tuple):
        return _found(pl.col(test.fact).is_in(list(test.wanted)), test)
    return pl.col(test.fact) == pl.lit(test.wanted)


def _country(test: Comparison) -> pl.Expr:
    places = test.wanted if isinstance(test.wanted, tuple) else (str(test.wanted),)
    column = pl.col(test.fact)
    unnamed = _UNKNOWN if any(place not in NEVER_UNNAMED for place in places) else _absent(test)
    listed = column.is_in([place for place in places if place != UNNAMED_COUNTRY])
    inner = pl.when(column == UNNAMED_COUNTRY).then(unnamed).when(listed).then(True).otherwise(_absent(test))
    return pl.when(column.is_null()).then(_UNKNOWN).otherwise(inner)


def member_column(fact: str, value: str) -> str:
    """Returns the name of the column that says whether a set fact holds a value."""
    return f"{fact}={value}"


def _members(test: Comparison) -> pl.Expr:
    wanted = test.wanted if isinstance(test.wanted, tuple) else ()
    if not wanted:
        known = pl.col(f"{test.fact}:given")
        return pl.when(known).then(_absent(test)).otherwise(_UNKNOWN)
    held = reduce(or_, [pl.col(member_column(test.fact, value)) for value in wanted])
    return held if not test.open else pl.when(held).then(True).otherwise(_UNKNOWN)


def _compared(test: Comparison, kind: str) -> pl.Expr:
    if isinstance(test.wanted, Interval):
        low, high, wanted = pl.col(f"{test.fact}.low"), pl.col(f"{test.fact}.high"), pl.lit(test.wanted.low)
    else:
        low = high = pl.col(test.fact)
        wanted = pl.lit(test.wanted)
    surely, possibly = {
        "at_least": (low >= wanted, high >= wanted),
        "at_most": (high <= wanted, low <= wanted),
        "above": (low > wanted, high > wanted),
        "below": (high < wanted, low < wanted),
        "is": ((low == wanted) & (high == wanted), (low <= wanted) & (high >= wanted)),
    }[test.op]
    decided = pl.when(surely).then(True).when(possibly).then(_UNKNOWN).otherwise(False)
    return pl.when(low.is_null()).then(_UNKNOWN).otherwise(decided)


def frame(rows: Sequence[Mapping[str, FactValue]], facts: Iterable[str], catalogue: FactCatalogue) -> pl.DataFrame:
    """Returns facts as columns that `expression` reads, one row a deal."""
    columns: dict[str, pl.Series] = {}
    for name in facts:
        spec = catalogue[name]
        given = [row.get(name) for row in rows]
        if spec.type == "set":
            columns.update(_set_columns(name, given, list(spec.values)))
        elif spec.type in ("number", "share"):
            for end in ("low", "high"):
                values = [getattr(value, end) if value is not None else None for value in given]
                columns[f"{name}.{end}"] = pl.Series(values, dtype=pl.Int64)
        else:
            kind: Any = {"flag": pl.Boolean, "date": pl.Date}.get(spec.type, pl.String)
            columns[name] = pl.Series(given, dtype=kind)
    return pl.DataFrame(columns)


def _set_columns(name: str, given: Sequence[FactValue | None], values: list[str]) -> dict[str, pl.Series]:
    sets = [value if isinstance(value, SetValue) else None for value in given]
    columns = {f"{name}:given": pl.Series([value is not None for value in sets], dtype=pl.Boolean)}
    for member in values:
        held = [value.holds(member) if value is not None else None for value in sets]
        columns[member_column(name, member)] = pl.Series(held, dtype=pl.Boolean)
    return columns
