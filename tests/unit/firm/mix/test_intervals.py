"""How sure the worth of being in time is, by hand."""

from __future__ import annotations

import pytest

from coercivity.firm.mix.intervals import RestsOn, quantile, range_of
from coercivity.firm.mix.sensitivity.late import late
from tests.unit.firm.mix.two import two


def test_a_month_late_costs_300_on_average_and_1800_more_where_licences_stop() -> None:
    """Late, an order leaves only where nothing stops, so none is given: 0 and 2,000 in place of 200 and 200."""
    row = late(two(), days=(0, 30))[1]
    assert row.in_time_worth_keur == 300.0
    assert row.range is not None
    assert (row.range.case_low_keur, row.range.case_high_keur) == (-200.0, 1800.0)
    assert (row.range.low_keur, row.range.high_keur) == (None, None)
    assert (row.range.cases, row.range.rests_on) == (2, "table")


def test_chances_that_rest_on_four_cases() -> None:
    """One stop in four cases: its chance is Beta(1, 3), whose distribution is 1 - (1 - x)^3."""
    row = late(two(), days=(30,), rests=RestsOn(cases=4))[0]
    assert row.range is not None
    ends = [1.0 - (1.0 - share) ** (1.0 / 3.0) for share in (0.05, 0.95)]
    assert [row.range.low_keur, row.range.high_keur] == pytest.approx([-200.0 + 2000.0 * x for x in ends], rel=1e-8)


def test_more_cases_make_a_narrower_interval_around_the_same_mean() -> None:
    wide, narrow = (range_of([0.0, 1.0, 5.0], [0.5, 0.3, 0.2], RestsOn(cases=n)) for n in (5, 500))
    assert wide.low_keur is not None
    assert narrow.low_keur is not None
    assert wide.high_keur is not None
    assert narrow.high_keur is not None
    assert wide.low_keur < narrow.low_keur < 1.3 < narrow.high_keur < wide.high_keur


def test_two_draws_by_student_with_one_degree_of_freedom() -> None:
    """Mean 3, standard error 1; the 95 % point of Student's t with one degree of freedom is 6.3138."""
    found = range_of([2.0, 4.0], [0.5, 0.5], RestsOn((0, 1)))
    assert [found.low_keur, found.high_keur] == pytest.approx([3 - 6.31375151, 3 + 6.31375151], rel=1e-6)
    assert found.rests_on == "draws"


def test_a_point_has_the_same_luck_in_both_paths_and_counts_once() -> None:
    """Two points in two paths, of which each point costs 1 in one and 9 in the other: both points cost 5 on average."""
    found = range_of([1.0, 1.0, 9.0, 9.0], [0.25] * 4, RestsOn((0, 1, 0, 1)))
    assert (found.low_keur, found.high_keur) == (5.0, 5.0)
    assert (found.case_low_keur, found.case_high_keur) == (1.0, 9.0)
    twice = range_of([2.0, 4.0, 2.0, 4.0], [0.25] * 4, RestsOn((0, 1, 0, 1)))
    once = range_of([2.0, 4.0], [0.5, 0.5], RestsOn((0, 1)))
    assert (twice.low_keur, twice.high_keur) == (once.low_keur, once.high_keur)


def test_one_point_gives_no_interval() -> None:
    found = range_of([1.0, 2.0], [0.5, 0.5], RestsOn((0, 0)))
    assert (found.low_keur, found.high_keur) == (None, None)


def test_equal_values_have_no_range() -> None:
    found = range_of([7.0, 7.0], [0.4, 0.6], RestsOn(cases=3))
    assert (found.low_keur, found.high_keur, found.case_low_keur, found.case_high_keur) == (7.0, 7.0, 7.0, 7.0)


@pytest.mark.parametrize(("share", "value"), [(0.05, 1.0), (0.1, 1.0), (0.11, 2.0), (0.95, 3.0)])
def test_a_quantile_by_probability(share: float, value: float) -> None:
    assert quantile([3.0, 1.0, 2.0], [0.2, 0.1, 0.7], share) == value
