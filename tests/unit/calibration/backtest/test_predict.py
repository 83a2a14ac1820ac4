"""Predictions of rows: known errors carry over, and nothing observed later can change a byte."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coercivity.base.days import Day
from coercivity.calibration.backtest.predict import Predictions, predictions
from coercivity.calibration.backtest.rows import Horizon, rows_at
from coercivity.calibration.backtest.scores import MODEL, NO_CHANGE
from coercivity.calibration.backtest.scoring import known_series, scored
from coercivity.observations.rows import Observation
from tests.unit.calibration.backtest.made_up import FIRST, HOME, MAGNETS, made_draw, made_rows, made_set

ORIGIN = Day(2029, 7, 31)
HORIZON = Horizon(ORIGIN, FIRST + 5, FIRST + 9)
REPLAYED = made_draw(FIRST, {MAGNETS: [100.0] * 6, HOME: [200.0] * 6})
DRAWS = made_set(FIRST + 6, [{MAGNETS: [level] * 4, HOME: [2 * level] * 4} for level in (80.0, 100.0, 120.0, 140.0)])
KNOWN = [*made_rows(MAGNETS, FIRST, [100.0] * 6), *made_rows(HOME, FIRST, [220.0] * 6)]
LATER = [*made_rows(MAGNETS, FIRST + 7, [90.0, 80.0, 85.0]), *made_rows(HOME, FIRST + 7, [210.0, 190.0, 180.0])]


def _predicted(rows: list[Observation]) -> Predictions:
    held = rows_at(HORIZON, rows, rows)
    return predictions(held.known, held.ahead, REPLAYED, DRAWS)


def _median(found: Predictions, row: Observation) -> float:
    place = [each.id for each, _ in found.rows].index(row.id)
    return float(np.median(found.samples[:, place]))


def test_a_run_that_was_right_is_predicted_without_bias() -> None:
    assert _median(_predicted([*KNOWN, *LATER]), LATER[0]) == pytest.approx(110.0, rel=0.03)


def test_a_series_that_was_above_the_run_is_predicted_above_it() -> None:
    above = [replace(row, value=1.5 * row.value) for row in KNOWN]
    told, usual = _predicted([*above, *LATER]), _predicted([*KNOWN, *LATER])
    ratios = [_median(told, row) / _median(usual, row) for row in LATER]
    assert all(1.2 < ratio < 1.5 for ratio in ratios)
    assert ratios[0] > ratios[2]  # what passes fades


def test_rows_after_the_origin_cannot_change_the_predictions() -> None:
    poisoned = [
        replace(row, value=1e9, low=1.0, high=1e12, quality="assumed", note="poison", published_on=None)
        for row in LATER
    ]
    before, after = _predicted([*KNOWN, *LATER]), _predicted([*KNOWN, *poisoned])
    assert before.samples.tobytes() == after.samples.tobytes()
    assert before.model.tobytes() == after.model.tobytes()


def test_a_row_more_changes_no_prediction_of_earlier_rows() -> None:
    short = _predicted([*KNOWN, *LATER[:2]])
    whole = _predicted([*KNOWN, *LATER])
    np.testing.assert_allclose(short.samples, whole.samples[:, [0, 1]], rtol=1e-9)


def test_the_band_grows_with_the_distance_from_the_last_known_row() -> None:
    found = _predicted([*KNOWN, *LATER])
    same = made_set(FIRST + 6, [{MAGNETS: [100.0] * 4, HOME: [200.0] * 4}])
    held = rows_at(HORIZON, KNOWN, LATER)
    alone = predictions(held.known, held.ahead, REPLAYED, same)
    spread = np.log(alone.samples).std(axis=0)
    assert spread[0] < spread[1] < spread[2]
    assert found.residuals == len(KNOWN)


def test_a_row_outside_the_months_of_the_draws_is_told() -> None:
    later = made_rows(MAGNETS, FIRST + 8, [90.0, 80.0, 70.0])
    held = rows_at(Horizon(ORIGIN, FIRST + 5, FIRST + 11), KNOWN, later)
    found = predictions(held.known, held.ahead, REPLAYED, DRAWS)
    assert [row.value for row, _ in found.rows] == [90.0, 80.0]
    assert [row.value for row, _ in found.without] == [70.0]


def test_every_row_is_scored_for_the_model_and_the_last_value_is_known() -> None:
    held = rows_at(HORIZON, KNOWN, LATER)
    model = predictions(held.known, held.ahead, REPLAYED, DRAWS)
    found, without = scored(ORIGIN, known_series(held.known), {MODEL: model})
    assert [row.forecaster for row in found] == [MODEL] * 6 + [NO_CHANGE] * 6
    assert {each.why for each in without} == {"no_year_ago"}
    assert {row.target.last for row in found if row.target.kind == "exports"} == {100.0}
    assert all(row.target.last == pytest.approx(220.0) for row in found if row.target.kind == "price_home")


def test_scores_change_when_a_row_changes() -> None:
    held, other = (rows_at(HORIZON, KNOWN, rows) for rows in (LATER, [replace(LATER[0], value=300.0), *LATER[1:]]))
    scores = [
        scored(ORIGIN, known_series(each.known), {MODEL: predictions(each.known, each.ahead, REPLAYED, DRAWS)})[0]
        for each in (held, other)
    ]
    changed = [one.target.row for one, two in zip(*scores, strict=True) if one.crps_log != two.crps_log]
    assert set(changed) == {LATER[0].id}
