"""The clauses that are in effect in one of two runs and not in the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypedDict

from coercivity.market.results.rows import RunTables
from coercivity.permission.gate import Way

_ALL = "all"
_FREE = Way.FREE.value


class ClauseDifference(TypedDict):
    """A clause in effect in one run only.

    Attributes:
        run: The run in which it is in effect.
        month: First month of the difference; empty if only plants feel it.
        flows: Flows and months that differ because of it.
        plants: Plants that it delays in this run only.
    """

    clause: str
    instrument: str
    run: Literal["a", "b"]
    month: str
    flows: int
    plants: int


class _Hit(NamedTuple):
    clause: str
    side: Literal["a", "b"]
    month: str


@dataclass(frozen=True, slots=True)
class LawSide:
    """The law of one run.

    Attributes:
        assume: Assumption on each instrument whose suspension may end.
        without: Clauses and instruments that are lifted.
    """

    assume: Mapping[str, str]
    without: tuple[str, ...]
    tables: RunTables


def rules_differ(a: LawSide, b: LawSide) -> bool:
    """Returns whether the assumptions or the lifted clauses of two runs differ."""
    return bool(_changed(a, b))


def _changed(a: LawSide, b: LawSide) -> frozenset[str]:
    """Returns the instruments and clauses that two runs treat differently."""
    assumed = {name for name in a.assume.keys() | b.assume.keys() if a.assume.get(name) != b.assume.get(name)}
    return frozenset(assumed | (set(a.without) ^ set(b.without)))


def clause_differences(
    a: LawSide, b: LawSide, months: Sequence[str], instruments: Mapping[str, str]
) -> list[ClauseDifference]:
    """Returns the clauses in effect in one of two runs only, the most felt first.

    If they bear on plants alone, and on none that starts in the period, nothing differs yet.

    A clause counts if the runs treat it or its instrument differently: others are named where the first of several
    clauses falls away, and do not differ themselves.

    Args:
        a: The law of one run.
        b: The law of the other.
        months: The months of the tables.
        instruments: The instrument of each clause.
    """
    changed = _changed(a, b)
    found: dict[str, ClauseDifference] = {}
    for hit in (*_flow_hits(a.tables, b.tables, months), *_plant_hits(a.tables, b.tables)):
        instrument = instruments.get(hit.clause, "")
        if _ALL not in changed and not changed & {hit.clause, instrument}:
            continue
        entry = found.setdefault(
            f"{hit.clause} {hit.side}",
            {"clause": hit.clause, "instrument": instrument, "run": hit.side, "month": "", "flows": 0, "plants": 0},
        )
        if hit.month:
            entry["flows"] += 1
            entry["month"] = min(entry["month"] or hit.month, hit.month)
        else:
            entry["plants"] += 1
    if not any(entry["flows"] for entry in found.values()) and not _starts_by(a.tables, b.tables, months[-1]):
        return []
    return sorted(found.values(), key=lambda one: (-one["flows"], -one["plants"], one["clause"], one["run"]))


def law_months(clauses: Sequence[ClauseDifference]) -> Iterator[str]:
    """Yields the first month of each difference that has one."""
    return (entry["month"] for entry in clauses if entry["month"])


_Gate = tuple[str, tuple[str, ...]]


def _gates(tables: RunTables) -> dict[tuple[str, str, str, str], list[_Gate]]:
    """Returns the treatment of each flow by month, with its clauses unless it is free."""
    return {
        (row["good"], row["origin"], row["region"], row["user"]): [
            (way, tuple(names) if way != _FREE else ()) for way, names in zip(row["way"], row["clauses"], strict=True)
        ]
        for row in tables["permissions"]
    }


def _flow_hits(a: RunTables, b: RunTables, months: Sequence[str]) -> Iterator[_Hit]:
    left, right = _gates(a), _gates(b)
    free: list[_Gate] = [(_FREE, ())] * len(months)  # a flow that never needs a licence has no row
    for key in sorted(left.keys() | right.keys()):
        for month, one, other in zip(months, left.get(key, free), right.get(key, free), strict=True):
            for name in one[1]:
                if name not in other[1]:
                    yield _Hit(name, "a", month)
            for name in other[1]:
                if name not in one[1]:
                    yield _Hit(name, "b", month)


def _plant_hits(a: RunTables, b: RunTables) -> Iterator[_Hit]:
    other = {row["plant_id"]: row["clauses"] for row in b["plants"]}
    for row in a["plants"]:
        if row["plant_id"] in other:
            theirs = other[row["plant_id"]]
            yield from (_Hit(name, "a", "") for name in row["clauses"] if name not in theirs)
            yield from (_Hit(name, "b", "") for name in theirs if name not in row["clauses"])


def _starts_by(a: RunTables, b: RunTables, last: str) -> bool:
    """Returns whether a plant with other clauses in the two runs was to start by a month."""
    other = {row["plant_id"]: row["clauses"] for row in b["plants"]}
    return any(row["start_planned"] <= last and row["clauses"] != other.get(row["plant_id"]) for row in a["plants"])
