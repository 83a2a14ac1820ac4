"""The planning grid: its periods, what a lag does to them, and every error in one at once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.base.errors import CoercivityError, Fault
from coercivity.market.program.grid import LONGEST_MONTHS, LONGEST_PERIOD, PlanningGrid, planning_grid
from tests.sampling import examples

USUAL = ("1", "1", "1", "3", "3", "3", "6", "12", "12")


def faults(periods: list[object], months: object = None) -> list[Fault]:
    with pytest.raises(CoercivityError) as caught:
        planning_grid(periods, months, where="own.yaml:5")
    return list(caught.value.faults)


def test_a_grid_is_read_from_texts_and_numbers() -> None:
    found = planning_grid(USUAL, "42")
    assert found == planning_grid([1, 1, 1, 3, 3, 3, 6, 12, 12], 42) == planning_grid(USUAL)
    assert found.months == 42
    assert found.starts == (0, 1, 2, 3, 6, 9, 12, 18, 30)
    assert [found.months_of(p).stop for p in range(9)] == [1, 2, 3, 6, 9, 12, 18, 30, 42]
    assert (found.middle(0), found.middle(3), found.middle(8)) == (0.0, 4.0, 35.5)


@pytest.mark.parametrize(
    "months", [41, "41", "43", 0, -42, "", "forty-two", True, None.__class__, 42.0, "4 2", "10" * 40]
)
def test_a_grid_that_does_not_add_up_says_what_it_adds_up_to(months: object) -> None:
    (fault,) = faults(list(USUAL), months)
    assert fault.code == "GRID"
    assert "42 months" in fault.what
    assert fault.where == "own.yaml:5"
    assert "months: 42" in fault.next


@pytest.mark.parametrize(
    "period",
    ["0", "-1", "1.5", "2,5", "many", "", " ", "25", "1e1", "½", "３", "999999999999", 0, -3, 2.0, True, None, [1]],
)
def test_a_period_that_is_no_whole_number_of_months_is_named_with_its_place(period: object) -> None:
    (fault,) = faults(["1", "1", "1", period, "6"])
    assert fault.code == "GRID"
    assert fault.what.startswith("period 4 is ")
    assert str(LONGEST_PERIOD) in fault.what
    assert len(fault.what) < 120


@pytest.mark.parametrize(
    "periods", [[], ["1"], ["1", "1"], ["1", "2", "3"], ["3", "1", "1"], ["2", "1", "1", "1"], ["1", "1", "6"]]
)
def test_the_first_three_must_be_single_months(periods: list[object]) -> None:
    (fault,) = faults(periods)
    assert fault.code == "GRID"
    assert "single months" in fault.what
    assert "1, 1, 1" in fault.next


def test_a_grid_that_is_too_long_is_refused() -> None:
    (fault,) = faults(["1", "1", "1", *["24"] * 5], "123")
    assert str(LONGEST_MONTHS) in fault.what
    assert planning_grid(["1", "1", "1", *["24"] * 4, "21"]).months == LONGEST_MONTHS


def test_all_errors_of_a_grid_are_told_at_once() -> None:
    found = faults(["1", "x", "1", "0", "99"], "42")
    assert [fault.code for fault in found] == ["GRID"] * 4
    assert [fault.what.split(" is ")[0] for fault in found[:3]] == ["period 2", "period 4", "period 5"]
    assert "single months" in found[3].what


GRIDS = st.lists(st.integers(1, 12), max_size=8).map(lambda more: PlanningGrid((1, 1, 1, *more)))


@settings(max_examples=examples(40))
@given(GRIDS, st.integers(0, 14))
def test_nothing_is_lost_or_made_when_a_lag_is_spread(grid: PlanningGrid, lag: int) -> None:
    """The shares of a period add up to one, arrive in order and never before they left."""
    for period in range(len(grid.periods)):
        arrived = list(grid.spread(period, lag))
        assert sum(share for _, share in arrived) == pytest.approx(1.0)
        assert [at for at, _ in arrived] == sorted({at for at, _ in arrived})
        assert all(at >= period for at, _ in arrived)
        assert all(0 < share <= 1 for _, share in arrived)


@settings(max_examples=examples(40))
@given(GRIDS, st.integers(0, 14))
def test_a_lag_keeps_the_months_of_arrival(grid: PlanningGrid, lag: int) -> None:
    """What begins evenly in every month arrives in each period as often as that period has months that can be reached."""
    came = [0.0] * (len(grid.periods) + 1)
    for period, length in enumerate(grid.periods):
        for at, share in grid.spread(period, lag):
            came[at] += length * share
    reached = [sum(1 for month in grid.months_of(p) if month >= lag) for p in range(len(grid.periods))]
    assert came[:-1] == pytest.approx(reached)
    assert came[-1] == pytest.approx(min(lag, grid.months))


def test_each_month_lies_in_one_period() -> None:
    grid = planning_grid(USUAL)
    assert [grid.period_of[month] for month in range(grid.months)] == [
        period for period in range(len(grid.periods)) for _ in grid.months_of(period)
    ]
