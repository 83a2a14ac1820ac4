"""Draws of the licensing desk's practice: the rows of the outlook's draws, and the same fits as one desk."""

from __future__ import annotations

import numpy as np
import pytest

from coercivity.base.days import Day
from coercivity.base.months import month_of
from coercivity.cases.arguments import PACKED
from coercivity.ensemble.design import Design
from coercivity.ensemble.draw import drawn_at
from coercivity.firm.line_stop.drawn.desk import DeskDays, drawn_single_days, review_times
from coercivity.permission.desk.cells import Queue
from coercivity.permission.review_time import review

ON, FILED = Day(2026, 11, 20), Day(2026, 11, 10)
POINTS = 8


def desk_days(points: int = POINTS, scramble: int = 0, country: str = "ALL") -> DeskDays:
    book = PACKED.book()
    return DeskDays(book, Queue("magnet", country, "civil"), ON, book.default_known(ON), Design(points, scramble))


@pytest.fixture(scope="module")
def days() -> DeskDays:
    return desk_days()


@pytest.mark.parametrize("point", [0, 1, 5])
def test_a_draw_has_the_rows_of_practice_of_the_same_point_of_the_outlook(days: DeskDays, point: int) -> None:
    outlook = drawn_at(0, point, month_of(ON)).practice(days.desk.practice)
    assert days.rows.practices[point] == outlook
    assert {row.id: row.value for row in outlook.rows} == {
        row.id: pytest.approx(days.rows.value(row)[point]) for row in days.desk.practice.rows
    }


@pytest.mark.parametrize("point", range(POINTS))
def test_the_time_at_the_authority_is_fitted_as_that_of_one_desk(days: DeskDays, point: int) -> None:
    mean, variance = review_times(days.desk, days.rows)
    alone = review(days.rows.practices[point], *days.queue, days.known)
    assert (mean[point], variance[point]) == pytest.approx((alone.mean, alone.variance), rel=1e-6)


def test_more_draws_begin_with_the_same_ones(days: DeskDays) -> None:
    more = desk_days(2 * POINTS)
    assert more.granted(FILED)[:POINTS].tolist() == days.granted(FILED).tolist()
    assert more.refused[:POINTS].tolist() == days.refused.tolist()


def test_another_scramble_gives_other_days_and_the_same_one_the_same(days: DeskDays) -> None:
    assert drawn_single_days(desk_days(), FILED).tolist() == drawn_single_days(days, FILED).tolist()
    assert drawn_single_days(desk_days(scramble=1), FILED).tolist() != drawn_single_days(days, FILED).tolist()


def test_two_files_of_one_day_are_decided_alike_and_a_refused_one_has_no_grant(days: DeskDays) -> None:
    first, second = drawn_single_days(days, FILED), drawn_single_days(days, FILED)
    assert first.tolist() == second.tolist()
    assert ((first == -1) == days.refused).all()
    assert (first[~days.refused] > 0).all()


def test_files_of_two_days_are_slow_in_the_same_draws() -> None:
    """One authority decides both: eight days apart, their waits are nearly the same number."""
    days = desk_days(64)
    early = days.granted(FILED) - FILED.toordinal()
    late = days.granted(Day(2026, 11, 18)) - Day(2026, 11, 18).toordinal()
    assert np.corrcoef(early, late)[0, 1] > 0.9


def test_a_renewal_is_refused_as_often_as_reports_of_general_licences_leave() -> None:
    """Nine in ten are renewed by the row of practice; 0.1 of 256 draws is 25.6, and four deviations are 19."""
    days = desk_days(256)
    assert abs(int(days.not_renewed(Day(2027, 1, 31)).sum()) - 25.6) < 19
