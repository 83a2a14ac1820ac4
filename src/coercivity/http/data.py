"""Packs, licence times and the state of the installation over HTTP."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import StringConstraints

from coercivity.base.errors import Faults
from coercivity.verbs.clock import clock as find_clock
from coercivity.verbs.data import data_check, data_list, data_show
from coercivity.verbs.doctor import doctor as look_around
from coercivity.verbs.serving.models import DayText, FactMap, Sent, Text, raw_facts

router = APIRouter()
MOST_CELLS, MOST_CELL = 20, 300
Limit = Annotated[int, Query(ge=0, le=10_000, description="Maximum number of rows")]
First = Annotated[int, Query(ge=0, le=1_000_000, description="Number of matching rows to skip")]
Where = Annotated[
    list[Annotated[str, StringConstraints(max_length=MOST_CELL)]] | None,
    Query(max_length=MOST_CELLS, description="Filter, column=value; an empty value matches blank cells"),
]


class ClockSent(Sent):
    """The deal for which licence times are requested."""

    facts: FactMap = {}
    standing: FactMap = {}
    on: DayText
    filed: DayText | None = None
    known: DayText | None = None
    assume: Text | None = None


@router.get("/data", tags=["data"], summary="List the tables of all packs")
def tables() -> list[dict[str, object]]:
    """Returns the name, number of rows, key and age of every table."""
    return [entry.as_dict() for entry in data_list()]


@router.get("/data/check", tags=["data"], summary="Check the packs")
def check(on: DayText) -> dict[str, object]:
    """Returns faults, warnings, ages, and the number of rows by quality and origin."""
    return data_check(on).as_dict()


@router.get("/data/{table}", tags=["data"], summary="Get rows of a table")
def table_of_one(table: str, where: Where = None, limit: Limit = 50, first: First = 0) -> dict[str, object]:
    """Returns rows of a table whose name occurs in only one pack, with columns, counts and sources."""
    return data_show(table, where=cells(where or ()), limit=limit, first=first).as_dict()


@router.get("/data/{pack}/{table}", tags=["data"], summary="Get rows of a table in a pack")
def table_of(pack: str, table: str, where: Where = None, limit: Limit = 50, first: First = 0) -> dict[str, object]:
    """Returns rows of a table, with columns, counts and sources."""
    return data_show(f"{pack}/{table}", where=cells(where or ()), limit=limit, first=first).as_dict()


@router.post("/clock", tags=["market"], summary="Estimate the time to a licence")
def clock(sent: ClockSent) -> dict[str, object]:
    """Returns the licence stages of a deal with separate times by law, from reported practice and by simulation."""
    found = find_clock(
        raw_facts(sent.facts),
        on=sent.on,
        filed=sent.filed,
        known=sent.known,
        assume=sent.assume,
        standing=raw_facts(sent.standing),
    )
    return dict(found.body)


@router.get("/doctor", tags=["data"], summary="Check the installation")
def doctor(on: DayText) -> list[dict[str, object]]:
    """Returns the checks of interpreter, libraries and packs, with the age of the packs on a date."""
    return [{"what": f.what, "state": f.state, "ok": f.ok, "next": f.next} for f in look_around(on)]


def cells(pairs: Iterable[str]) -> Mapping[str, str]:
    """Returns the filters in pairs of `column=value`.

    Raises:
        CoercivityError: If a pair has no equals sign, or a column occurs twice.
    """
    faults, found = Faults(), dict[str, str]()
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or name in found:
            what = f"column {name[:60]!r} occurs twice" if equals else f"{pair[:60]!r} is not column=value"
            faults.add("FACT-PAIR", what, where="where", next="write column=value, each column once")
        found[name] = value
    faults.raise_if_any()
    return found
