"""A statement is scored later by the code of the backtest."""

from __future__ import annotations

from dataclasses import replace

from coercivity.base.months import parse_month
from coercivity.calibration.backtest.answer import OriginFound
from coercivity.calibration.backtest.rows import rows_at
from coercivity.calibration.backtest.scores import MODEL, NO_CHANGE
from coercivity.calibration.forecast.check import check_found
from coercivity.observations.rows import Observation
from coercivity.verbs.forecast_check import paths_of
from tests.unit.calibration.backtest.made_up import FIRST, HOME, MAGNETS, made_rows
from tests.unit.calibration.forecast.made_forecast import HORIZON, KNOWN, made_statement


def _checked(later: list[Observation], *, branches: bool = False) -> OriginFound:
    rows = rows_at(HORIZON, KNOWN, later)
    return check_found(HORIZON, rows, paths_of(made_statement(branches=branches)))


def test_rows_reported_since_are_scored_beside_null_models() -> None:
    found = _checked(made_rows(MAGNETS, FIRST + 7, [90.0, 80.0]))
    assert [(row.forecaster, row.target.value) for row in found.scores] == [
        (MODEL, 90.0), (MODEL, 80.0), (NO_CHANGE, 90.0), (NO_CHANGE, 80.0),
    ]  # fmt: skip
    assert all(row.inside(95) for row in found.scores if row.forecaster == MODEL)


def test_a_row_is_counted_by_the_bands_that_were_stated() -> None:
    """Quantiles of forty midpoints have narrower ends; a row between the two lies inside what was printed."""
    found = _checked(made_rows(MAGNETS, FIRST + 7, [90.0]))
    stated = next(each for each in made_statement()["series"] if each["name"] == "magnets CN>World")["paths"][""]
    score = next(row for row in found.scores if row.forecaster == MODEL)
    printed = next(each for each in stated if parse_month(each["first_on"][:7]) == FIRST + 7)
    assert score.bands == {int(name): tuple(map(float, band)) for name, band in printed["bands"].items()}
    assert score.median == float(printed["median"])


def test_each_legal_scenario_is_scored_by_itself() -> None:
    found = _checked(made_rows(MAGNETS, FIRST + 7, [90.0]), branches=True)
    assert [row.forecaster for row in found.scores] == ["model:lapsed", "model:extended:2030-11-10", NO_CHANGE]


def test_a_price_of_a_day_is_compared_with_the_forecast_of_its_month() -> None:
    (row,) = made_rows(HOME, FIRST + 8, [200.0])
    quote = replace(row, freq="day", first_on=row.last_on)
    assert [each.forecaster for each in _checked([quote]).scores] == [MODEL, NO_CHANGE]


def test_a_series_that_was_not_known_is_listed() -> None:
    (row,) = made_rows(MAGNETS, FIRST + 7, [90.0])
    found = _checked([replace(row, basis="", id="X1")])
    assert not found.scores
    assert [(each.row.id, each.left) for each in found.rows.left] == [("X1", "not_stated")]


def test_nothing_is_scored_before_anything_is_reported() -> None:
    assert not _checked([]).scores
