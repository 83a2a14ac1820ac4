"""Rulings reused under several rulebooks are those found by judging every kind of row again."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.batches.impact.part import ImpactPart
from coercivity.batches.impact.sides import Sides, sides_of
from coercivity.batches.plan import Plan
from coercivity.batches.stage.rows import Rows
from coercivity.cases.arguments import Law
from coercivity.cases.files import packed_standing
from coercivity.cases.gather import Standing
from coercivity.intake.cells.columns import BY_ROUTE, ColumnMap
from coercivity.verbs.overlay import respanned
from tests.unit.batches.impact.drafts import EXTENSION, LAPSE, MAGNETS

DRAFTS = ((MAGNETS,), (EXTENSION,), (LAPSE,), (MAGNETS, LAPSE))
COLUMNS = (
    "date", "material", "composition", "quantity", "unit", "price", "currency", "from", "to", "end_user", "contract_on",
    "licence_held", "military_use",
)  # fmt: skip
ROW = st.fixed_dictionaries({
    "date": st.dates(date(2025, 3, 1), date(2027, 12, 31)).map(str) | st.sampled_from(["", "2026-13-01"]),
    "material": st.sampled_from(["NdFeB magnets", "SmCo magnets", "dysprosium metal", "EV motor", "jet mill", "total", "?"]),
    "composition": st.sampled_from(["Nd 30 %, Dy 2 %, Fe bal.", "Nd 30 %, no Dy, no Tb, Fe bal.", "Dy 99.9 %", ""]),
    "quantity": st.sampled_from(["1", "2.5", "", "1.234", "-3"]),
    "unit": st.sampled_from(["kg", "t", "pcs", "h"]),
    "price": st.sampled_from(["10", "8.25 USD", ""]),
    "currency": st.sampled_from(["EUR", ""]),
    "from": st.sampled_from(["CN", "DE", ""]),
    "to": st.sampled_from(["DE", "JP", "CN", "US"]),
    "end_user": st.sampled_from(["Beispiel GmbH", "Lockheed Martin", ""]),
    "contract_on": st.sampled_from(["2026-09-01", "2026-11-01", ""]),
    "licence_held": st.sampled_from(["none", "general", ""]),
    "military_use": st.sampled_from(["true", "false", ""]),
})  # fmt: skip


@cache
def _sides(drafts: tuple[Path, ...]) -> tuple[Sides, frozenset[str]]:
    bare, book = Law().book(), Law(overlays=drafts).book()
    return sides_of(bare, book), frozenset(one.provision for one in respanned(bare, book))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(ROW, min_size=1, max_size=12),
    st.sampled_from(DRAFTS),
    st.sampled_from([packed_standing(), Standing()]),
    st.sampled_from([None, date(2026, 10, 1)]),
)
def test_what_is_reused_is_what_judging_again_finds(
    rows: list[dict[str, str]], drafts: tuple[Path, ...], standing: Standing, known: date | None
) -> None:
    sides, changed = _sides(drafts)
    roles = {name: {"date": "on"}.get(name, name) for name in COLUMNS}
    plan = Plan(ColumnMap(roles, {"act": BY_ROUTE}), standing, known=known)
    frame = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String))
    reused, again = (ImpactPart(sides, plan, changed, reuse=reuse) for reuse in (True, False))
    found, wanted = (part.judged(Rows(frame, 1, None, {}, {})) for part in (reused, again))
    assert found.cells == wanted.cells
    assert found.moved.equals(wanted.moved)


def test_something_is_reused() -> None:
    sides, changed = _sides((MAGNETS,))
    first = date(2026, 11, 20)
    rows = [
        {
            **dict.fromkeys(COLUMNS, ""),
            "date": str(first + timedelta(number)),
            "material": material,
            "from": "CN",
            "to": "DE",
        }
        for number in range(30)
        for material in ("ferrite magnets", "dysprosium metal", "NdFeB magnets")
    ]
    roles = {name: {"date": "on"}.get(name, name) for name in COLUMNS}
    plan = Plan(ColumnMap(roles, {"act": BY_ROUTE}), packed_standing())
    frame = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String))
    reused, again = (ImpactPart(sides, plan, changed, reuse=reuse) for reuse in (True, False))
    for part in (reused, again):
        part.judged(Rows(frame, 1, None, {}, {}))
    assert reused.judge.worked_out < again.judge.worked_out


NAMES = ("id", "title", *COLUMNS)
NAMED = st.fixed_dictionaries({
    "id": st.sampled_from(["a1", "Total", "id", "", "=1"]),
    "title": st.sampled_from(["Magnets for the line in Graz", "title", "12", ""]),
    "quantity": st.sampled_from(["7", "quantity", "", "2 t"]),
    "price": st.sampled_from(["3.5", "", "x"]),
    "currency": st.sampled_from(["EUR", "USD", "currency", "?", ""]),
})  # fmt: skip
SAME = st.sampled_from([
    {"date": "2026-12-05", "material": "NdFeB magnets", "unit": "kg", "from": "CN", "to": "DE"},
    {"date": "2026-12-05", "material": "total"},
    {"date": "2026-12-05", "material": "material", "unit": "unit"},
    {"end_user": "Total", "quantity": "1"},
    {},
])  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(SAME, NAMED), min_size=2, max_size=16), st.integers(1, 16))
def test_rows_that_say_the_same_are_judged_as_each_by_itself(
    drawn: list[tuple[dict[str, str], dict[str, str]]], size: int
) -> None:
    sides, changed = _sides((MAGNETS,))
    roles = {name: {"date": "on"}.get(name, name) for name in NAMES}
    plan = Plan(ColumnMap(roles, {"act": BY_ROUTE}), packed_standing())
    rows = [dict.fromkeys(NAMES) | {name: text or None for name, text in (one | own).items()} for one, own in drawn]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(NAMES, pl.String))
    reused, again = (ImpactPart(sides, plan, changed, reuse=reuse) for reuse in (True, False))
    for first in range(0, len(rows), size):
        part = Rows(frame[first : first + size], first + 1, None, {}, {})
        found, wanted = reused.judged(part), again.judged(part)
        assert found.cells == wanted.cells
        assert found.moved.equals(wanted.moved)
