"""Geometry of the step chart: bars fill the lane, suspensions are joined, lines are on their dates."""

from __future__ import annotations

from itertools import pairwise

from coercivity.papers.brief.chart import chart
from coercivity.papers.brief.report_data import BriefReport

WINDOWS = [
    {"from": "2025-01-01", "to": "2025-06-30", "outcome": "PROCEED", "may_become": None},
    {"from": "2025-07-01", "to": "2025-07-02", "outcome": "STOP", "may_become": None},
    {"from": "2025-07-03", "to": "2025-12-31", "outcome": "LICENCE", "may_become": "STOP"},
]


def body(**changes: object) -> BriefReport:
    pauses = [
        {"from": "2025-02-01", "to": "2025-03-01"},
        {"from": "2025-02-15", "to": "2025-04-01"},
        {"from": "2024-01-01", "to": None},
    ]
    row = {"id": "a", "windows": WINDOWS, "pauses": pauses[:2]}
    found = {
        "horizon": {"from": "2025-01-01", "to": "2025-12-31"},
        "on": "2025-07-02",
        "first_unverified": "2025-10-06",
        "transactions": [row, {"id": "b", "windows": WINDOWS, "pauses": pauses}],
    }
    return {**found, **changes}  # type: ignore[typeddict-item] # what a chart reads of it


def test_bars_fill_the_lane() -> None:
    lane = chart(body(), key="k", width=409, gutter=42).lanes[0]
    assert lane.bars[0].x == 42
    assert round(lane.bars[-1].x + lane.bars[-1].width, 1) == 407
    assert all(abs(a.x + a.width - b.x) < 0.11 for a, b in pairwise(lane.bars))


def test_letters_stand_where_there_is_room() -> None:
    assert [bar.letter for bar in chart(body(), key="k", width=409, gutter=42).lanes[0].bars] == ["P", "", "L (S?)"]


def test_pauses_are_joined_and_cut_to_the_horizon() -> None:
    first, second = chart(body(), key="k", width=409, gutter=42).lanes
    assert len(first.pauses) == 1
    assert second.pauses == ((42.0, 365.0),)


def test_lines() -> None:
    found = chart(body(), key="k", width=409, gutter=42)
    assert found.on == 42 + 182
    assert found.unverified is not None
    assert chart(body(first_unverified="2027-01-01"), key="k", width=409, gutter=42).unverified is None


def test_ticks_never_crowd() -> None:
    for first, last in (("2025-01-01", "2025-12-31"), ("2020-05-17", "2029-05-16"), ("2025-01-01", "2025-01-09")):
        found = chart(body(horizon={"from": first, "to": last}), key="k", width=356, gutter=40)
        xs = [x for x, _ in found.ticks]
        assert all(b - a >= 55 for a, b in pairwise(xs))
