"""Marks of argued signs, and figures taken from a run, in the benchmark of the market's breadth."""

from __future__ import annotations

import pytest

from benchmarks._breadth_case import Said
from benchmarks._breadth_marks import ARGUED, CONTRADICTED, NO_EFFECT, NOT_SIGNED, mark_of, marked
from benchmarks._breadth_runs import MEASURES, distance, paid_by, public_money, started
from benchmarks._breadth_signs import (
    DOWN,
    EITHER,
    GROUPS,
    MECHANISM_SIGNS,
    NONE,
    POLICY_SIGNS,
    UP,
    Argued,
    figures_of,
)
from coercivity.market.run.scenarios.form import MECHANISMS

YEAR = ("2026-01", "2026-02")


def _said(quote: float, *, usd: float = 0.0) -> Said:
    return {
        "months": ["2025-12", "2026-01", "2026-02"],
        "series": {"quote:ox_Dy:XCN": [9.0, quote, quote], "quote:ox_Dy:CN": [100.0, 150.0, 50.0]},
        "base": {"ox_Dy:CN": 100.0},
        "tables": {
            "plants": [
                {"plant_id": "a", "stage": "magnet", "capacity_t": 10.0, "start": "2026-02"},
                {"plant_id": "b", "stage": "magnet", "capacity_t": 5.0, "start": "2026-03"},
                {"plant_id": "c", "stage": "metal", "capacity_t": 3.0, "start": ""},
            ],
            "policies": [
                {"payer": "government", "usd": [7.0, usd, usd]},
                {"payer": "buyers", "usd": [0.0, 1.0, 1.0]},
            ],
        },
        "by_party_usd": {},
        "seconds": 0.0,
        "peak_mb": 0.0,
    }


@pytest.mark.parametrize(
    ("sign", "change", "mark"),
    [
        (UP, 2.0, ARGUED),
        (UP, -2.0, CONTRADICTED),
        (UP, 0.5, NO_EFFECT),
        (DOWN, -2.0, ARGUED),
        (DOWN, 2.0, CONTRADICTED),
        (NONE, 0.5, ARGUED),
        (NONE, 2.0, CONTRADICTED),
        (EITHER, 2.0, NOT_SIGNED),
    ],
)
def test_a_change_beyond_the_least_that_counts_is_marked(sign: str, change: float, mark: str) -> None:
    """The least change that counts is 1."""
    assert mark_of(sign, change, 1.0) == mark


def test_a_fall_of_one_in_a_thousand_counts() -> None:
    """From 200 to 199 is 0.5 %, from 200 to 199.9 is 0.05 %; the least that counts is 0.1 %."""
    argued = (Argued(("Dy abroad",), UP, "why", YEAR),)
    (fell,) = marked("case", argued, _said(200.0), _said(199.0))
    (same,) = marked("case", argued, _said(200.0), _said(199.9))
    assert (fell.before, fell.after, fell.mark) == (200.0, 199.0, CONTRADICTED)
    assert same.mark == NO_EFFECT


def test_figures_of_a_run_are_of_its_period() -> None:
    """Dy in China is half above and half below 100 in the two months: 50 % away. One plant has started by February."""
    said = _said(200.0, usd=4.0)
    assert distance(said, "ox_Dy", YEAR) == pytest.approx(0.5)
    assert started(said, "2026-02") == {"magnet": 10.0}
    assert paid_by(said, YEAR) == {"government": 8.0, "buyers": 2.0}
    assert public_money(said, YEAR) == 8.0


def test_every_argued_figure_is_measured_and_every_mechanism_argued() -> None:
    """Each mechanism, and each policy, says something of quotes, shortage and money."""
    assert set(MECHANISM_SIGNS) == set(MECHANISMS)
    for argued in (*MECHANISM_SIGNS.values(), *POLICY_SIGNS.values()):
        figures = {figure for one in argued for figure in figures_of(one)}
        assert figures <= set(MEASURES)
        assert {"NdPr abroad", "Dy in China", "without", "public money"} <= figures
        assert not figures & set(GROUPS) - set(MEASURES)
