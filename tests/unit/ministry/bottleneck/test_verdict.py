"""Which of the two frees more: it follows from the runs, and is neither where they do not tell."""

from __future__ import annotations

import pytest

from coercivity.ministry.bottleneck.figures import Interval
from coercivity.ministry.bottleneck.runs import MATERIALS, TECHNOLOGY
from coercivity.ministry.bottleneck.verdict import judged, verdicts
from tests.unit.ministry.bottleneck.invented import invented_runs

# Student's t with one degree of freedom, 95 %.
T_ONE = 6.313751515


def test_technology_frees_more_magnets_by_hand() -> None:
    """Freed by technology: 30 and 40 t, by materials 5 and 10 t; the differences are 25 and 30 t."""
    magnets, _ = verdicts(invented_runs())
    assert (magnets.stage, magnets.through, magnets.base_t) == ("magnet", "2028-12", 300.0)
    assert (magnets.technology.mean, magnets.materials.mean, magnets.between.mean) == (35.0, 7.5, 27.5)
    assert magnets.between.low == pytest.approx(27.5 - 2.5 * T_ONE)
    assert magnets.technology.high == pytest.approx(35.0 + 5.0 * T_ONE)
    assert magnets.share == pytest.approx(27.5 / 300.0)
    assert (magnets.winner, magnets.reason) == ("technology", "")


def test_a_gain_below_half_a_per_cent_is_none() -> None:
    _, heavy = verdicts(invented_runs())
    assert heavy.technology.mean == pytest.approx(0.04)  # of 20 t
    assert (heavy.winner, heavy.reason) == ("neither", "nothing_freed")


def test_the_answer_turns_with_the_runs() -> None:
    runs = invented_runs()
    runs[MATERIALS], runs[TECHNOLOGY] = runs[TECHNOLOGY], runs[MATERIALS]
    magnets, _ = verdicts(runs)
    assert (magnets.winner, magnets.between.mean) == ("materials", -27.5)


def test_without_draws_there_is_no_interval() -> None:
    magnets, _ = verdicts(invented_runs(1))
    assert (magnets.technology.mean, magnets.technology.low, magnets.between.high) == (30.0, None, None)
    assert magnets.winner == "technology"


@pytest.mark.parametrize(
    ("technology", "materials", "between", "expected"),
    [
        (Interval(10, 8, 12), Interval(4, 3, 5), Interval(6, 5, 7), ("technology", "")),
        (Interval(4, 3, 5), Interval(10, 8, 12), Interval(-6, -7, -5), ("materials", "")),
        (Interval(10, 8, 12), Interval(4, 3, 5), Interval(6, -1, 13), ("neither", "interval")),
        (Interval(10, 8, 12), Interval(9.6, 8, 12), Interval(0.4, 0.3, 0.5), ("neither", "small")),
        (Interval(10, -1, 21), Interval(4, 3, 5), Interval(6, 5, 7), ("neither", "nothing_freed")),
        (Interval(-2, -3, -1), Interval(-50, -60, -40), Interval(48, 40, 56), ("neither", "nothing_freed")),
        (Interval(0), Interval(0), Interval(0), ("neither", "nothing_freed")),
        (Interval(10), Interval(4), Interval(6), ("technology", "")),
    ],
)
def test_each_way_to_decide(
    technology: Interval, materials: Interval, between: Interval, expected: tuple[str, str]
) -> None:
    assert judged(100.0, technology, materials, between) == expected


def test_where_nothing_is_made_any_tonne_counts() -> None:
    assert judged(0.0, Interval(0.1), Interval(0.0), Interval(0.1)) == ("technology", "")
