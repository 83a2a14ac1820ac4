"""Third implementation of condition trees: SQL over a table of facts, where NULL is unknown.

It shares with the two readings of the program the form of a tree and nothing else. Sets keep their three parts as they
are, intervals their two ends; a comparison is a disjunction that SQL settles or leaves NULL.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb

from coercivity.base.days import Day
from coercivity.base.exact import Interval
from coercivity.data.catalogue import FactCatalogue
from coercivity.data.values import SetValue
from coercivity.law.rules.tree import AllOf, AnyOf, Comparison, Not, Tree, Use

UNNAMED, NEVER_UNNAMED = "XX", ("CN", "HK", "MO", "TW")
_SIGNS = {"at_least": ">=", "at_most": "<=", "above": ">", "below": "<", "is": "="}
_TYPES: Mapping[str, Any] = {
    "flag": "BOOLEAN",
    "date": "DATE",
    "set": {"has": ["VARCHAR"], "lacks": ["VARCHAR"], "complete": "BOOLEAN"},
    "number": {"low": "BIGINT", "high": "BIGINT"},
    "share": {"low": "BIGINT", "high": "BIGINT"},
}


def condition(tree: Tree, catalogue: FactCatalogue) -> str:
    """A tree as a nullable Boolean expression."""
    if isinstance(tree, Use):
        return condition(tree.tree, catalogue)
    if isinstance(tree, Not):
        return f"(NOT {condition(tree.part, catalogue)})"
    if isinstance(tree, AllOf):
        return "(" + " AND ".join(condition(part, catalogue) for part in tree.parts) + ")"
    if isinstance(tree, AnyOf):
        return "(" + " OR ".join(condition(part, catalogue) for part in tree.parts) + ")"
    return _comparison(tree, catalogue[tree.fact].type)


def _comparison(test: Comparison, kind: str) -> str:
    column, wanted = name(test.fact), test.wanted
    if isinstance(wanted, Interval):
        return _interval(column, test.op, wanted)
    if kind in ("date", "flag"):
        return f"({column} {_SIGNS[test.op]} {literal(wanted)})"
    places = wanted if isinstance(wanted, tuple) else (wanted,)
    each = {"set": _member, "country": _country}.get(kind, _word)
    # Only a list can be open; one country is read as a list of one.
    absent = "NULL" if test.open and (isinstance(wanted, tuple) or kind == "country") else "FALSE"
    found = " OR ".join([*(each(column, str(place)) for place in places), absent])
    return f"(CASE WHEN {column} IS NULL THEN NULL ELSE {found} END)"


def _word(column: str, word: str) -> str:
    return f"{column} = {literal(word)}"


def _country(column: str, place: str) -> str:
    """An unnamed country is not China, Hong Kong, Macao or Taiwan, and may be any other."""
    unnamed = "FALSE" if place in NEVER_UNNAMED else "NULL"
    return f"(CASE {column} WHEN {literal(UNNAMED)} THEN {unnamed} ELSE {column} = {literal(place)} END)"


def _member(column: str, member: str) -> str:
    """In, out, or neither said: `NULL AND true` stays open, `NULL AND false` does not."""
    value = literal(member)
    out = f"({column}.complete OR list_contains({column}.lacks, {value}))"
    return f"(list_contains({column}.has, {value}) OR (NULL AND NOT {out}))"


def _interval(column: str, op: str, wanted: Interval) -> str:
    """True for every number in the interval, or open where it is true for some."""
    low, high, limit = f"{column}.low", f"{column}.high", literal(wanted.low)
    surely = f"({low} {_SIGNS[op]} {limit} AND {high} {_SIGNS[op]} {limit})"
    possibly = (
        f"{low} <= {limit} AND {high} >= {limit}"
        if op == "is"
        else f"{low} {_SIGNS[op]} {limit} OR {high} {_SIGNS[op]} {limit}"
    )
    return f"({surely} OR (({possibly}) AND NULL))"


def name(text: str) -> str:
    """A quoted name of a column."""
    return '"' + text.replace('"', '""') + '"'


def literal(value: object) -> str:
    """A quoted value; nothing in it is read as SQL."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return f"{value:d}"
    if isinstance(value, Day):
        return f"DATE '{value.isoformat()}'"
    assert isinstance(value, str), value
    return "'" + value.replace("'", "''") + "'"


def load(
    base: duckdb.DuckDBPyConnection, deals: Sequence[Mapping[str, Any]], facts: Iterable[str], catalogue: FactCatalogue
) -> None:
    """Makes the table `deals`: one row a deal in the order given, one column a fact, absent facts NULL."""
    shape = {"row": "BIGINT", **{fact: _TYPES.get(catalogue[fact].type, "VARCHAR") for fact in facts}}
    rows = [
        {"row": rank, **{fact: _plain(deal[fact]) for fact in shape if fact in deal}} for rank, deal in enumerate(deals)
    ]
    base.execute(
        "CREATE OR REPLACE TABLE deals AS SELECT unnest(one) FROM (SELECT unnest(from_json(?, ?)) AS one)",
        [json.dumps(rows), json.dumps([shape])],
    )


def _plain(value: Any) -> Any:
    if isinstance(value, SetValue):
        return {"has": sorted(value.has), "lacks": sorted(value.lacks), "complete": value.complete}
    if isinstance(value, Interval):
        return {"low": value.low, "high": value.high}
    return value.isoformat() if isinstance(value, Day) else value


def read(
    base: duckdb.DuckDBPyConnection, trees: Sequence[Tree], catalogue: FactCatalogue
) -> list[tuple[bool | None, ...]]:
    """The truths of each tree, one for each row of `deals` in order."""
    columns = ", ".join(f"{condition(tree, catalogue)} AS c{rank}" for rank, tree in enumerate(trees))
    rows = base.execute(f'SELECT {columns} FROM deals ORDER BY "row"').fetchall()
    return [tuple(row[rank] for row in rows) for rank in range(len(trees))]


def count(base: duckdb.DuckDBPyConnection, tree: Tree, catalogue: FactCatalogue) -> tuple[int, int, int]:
    """How many rows of `deals` are true, false and open; the database counts."""
    found = base.execute(
        "SELECT count(*) FILTER (truth), count(*) FILTER (NOT truth), count(*) FILTER (truth IS NULL)"
        f" FROM (SELECT {condition(tree, catalogue)} AS truth FROM deals)"
    ).fetchone()
    assert found is not None
    return found[0], found[1], found[2]
