"""Which rows are known on a day, which are scored, and why others are not."""

from __future__ import annotations

from dataclasses import replace

from coercivity.base.days import Day
from coercivity.calibration.backtest.rows import Horizon, above_nil, blind, past_of, rows_at, times_of
from coercivity.observations.rows import load_observations
from coercivity.observations.series import Match, match_of
from tests.unit.calibration.backtest.made_up import FIRST, MAGNETS, made_row, made_rows

ORIGIN = Day(2029, 7, 31)  # the rows of May are the last ones known: those of June are published on 20 August here
HORIZON = Horizon(ORIGIN, FIRST + 5, FIRST + 9)


def test_rows_are_known_by_their_publication_and_scored_up_to_the_horizon() -> None:
    rows = made_rows(MAGNETS, FIRST, [100.0 + n for n in range(12)])
    found = rows_at(HORIZON, rows, rows)
    assert [row.value for row, _ in found.known] == [100.0, 101.0, 102.0, 103.0, 104.0, 105.0]
    assert [row.value for row, _ in found.ahead] == [107.0, 108.0, 109.0]
    assert [(each.left, each.row.value) for each in found.left] == [("period_over", 106.0)]


def test_rows_that_the_model_cannot_produce_or_that_are_not_used_are_listed_with_the_reason() -> None:
    demand = next(row for row in load_observations() if row.kind == "demand")
    later = made_row(MAGNETS, FIRST + 8, 90.0)
    asked = replace(demand, first_on=later.first_on, last_on=later.last_on, published_on=later.published_on)
    forecast = replace(later, id="X1", used=False, why_not="a forecast")
    found = rows_at(HORIZON, [later, asked, forecast], [later, asked, forecast])
    assert [row.id for row, _ in found.ahead] == [later.id]
    assert {each.row.id: each.left for each in found.left} == {demand.id: "not_modelled", "X1": "not_used"}
    assert all(each.why for each in found.left)


def test_a_month_and_the_quarter_around_it_do_not_count_twice() -> None:
    months = made_rows(MAGNETS, FIRST + 7, [90.0, 80.0])
    span = replace(months[0], id="X2", freq="span", last_on=months[1].last_on, value=170.0)
    found = rows_at(HORIZON, [*months, span], [*months, span])
    assert [row.id for row, _ in found.ahead] == [row.id for row in months]
    assert [(each.row.id, each.left) for each in found.left] == [("X2", "not_modelled")]


def test_nil_is_observed_and_scored() -> None:
    nil = made_row(MAGNETS, FIRST + 8, 0.0)
    assert [row.value for row, _ in rows_at(HORIZON, [nil], [nil]).ahead] == [0.0]
    assert above_nil(nil).value == 1.0


def test_a_blind_row_has_nothing_that_its_publication_tells() -> None:
    row = made_row(MAGNETS, FIRST, 123.0, low=120.0, high=130.0, quality="measured", note="a note")
    other = made_row(MAGNETS, FIRST, 7.0, quality="assumed", published_on=None)
    assert blind(row) == blind(other)


def test_a_quantity_is_compared_by_the_mean_of_a_month() -> None:
    row = made_row(MAGNETS, FIRST, 100.0)
    span = replace(row, freq="span", last_on=made_row(MAGNETS, FIRST + 1, 1.0).last_on)
    match = match_of(row)
    assert isinstance(match, Match)
    assert (past_of(row, match).value, past_of(span, match).value) == (100.0, 50.0)
    assert times_of(span, match) == 2.0
