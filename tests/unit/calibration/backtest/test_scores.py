"""Scores by kind: coverage of a calibrated forecaster, skill, intervals over series, and what moves them."""

from __future__ import annotations

import numpy as np
import pytest

from coercivity.calibration.backtest.samples import fixed_normals
from coercivity.calibration.backtest.scores import (
    ALL,
    MODEL,
    NO_CHANGE,
    RowScore,
    Target,
    interval,
    row_score,
    scores_of,
    skills_of,
)
from coercivity.calibration.backtest.troughs import troughs_of

ORIGIN = "2030-01-31"


def _target(row: str, value: float, *, series: str = "s", kind: str = "exports", month: int = 24_360) -> Target:
    return Target(row, ORIGIN, series, kind, "t", month, value, 100.0, 1.0)


def _rows(forecaster: str, medians: list[float], values: list[float], sd: float = 0.2) -> list[RowScore]:
    spread = np.exp(sd * fixed_normals(["x"], 512)[:, 0])
    return [
        row_score(_target(f"r{n}", value, series=f"s{n % 4}", month=24_360 + n), forecaster, median * spread)
        for n, (median, value) in enumerate(zip(medians, values, strict=True))
    ]


@pytest.mark.parametrize("seed", range(5))
def test_the_band_of_a_calibrated_forecaster_holds_about_four_values_in_five(seed: int) -> None:
    made = np.random.default_rng(seed)
    centres = made.normal(size=400)
    truth = np.exp(centres + 0.3 * made.normal(size=400))
    samples = np.exp(centres + 0.3 * fixed_normals(["x"], 512))
    scored = [row_score(_target(f"r{n}", truth[n]), MODEL, samples[:, n]) for n in range(400)]
    assert np.mean([row.inside(80) for row in scored]) == pytest.approx(0.8, abs=0.06)
    assert np.mean([row.inside(50) for row in scored]) == pytest.approx(0.5, abs=0.08)


def test_a_forecast_without_error_has_skill_one_and_one_that_is_like_the_null_model_has_none() -> None:
    values = [50.0, 80.0, 130.0, 90.0, 70.0, 60.0, 40.0, 30.0]
    exact, still = _rows(MODEL, values, values, sd=0.0), _rows(NO_CHANGE, [100.0] * 8, values)
    assert skills_of([*exact, *still])[0].skill.mean == pytest.approx(1.0)
    alike = _rows(MODEL, [100.0] * 8, values)
    assert skills_of([*alike, *still])[0].skill.mean == pytest.approx(0.0)


def test_a_changed_row_changes_its_scores_and_no_other_kind() -> None:
    values = [50.0, 80.0, 130.0, 90.0]
    before = scores_of(_rows(MODEL, [60.0] * 4, values))
    after = scores_of(_rows(MODEL, [60.0] * 4, [*values[:3], 300.0]))
    assert before[0].crps_log is not None
    assert after[0].crps_log is not None
    assert after[0].crps_log.mean > before[0].crps_log.mean
    other = row_score(_target("x", 5.0, kind="price_home"), MODEL, np.array([5.0, 6.0]))
    with_other = scores_of([*_rows(MODEL, [60.0] * 4, values), other])
    assert next(each for each in with_other if each.kind == "exports").crps_log == before[0].crps_log


def test_common_rows_are_those_that_every_forecaster_gives() -> None:
    values = [50.0, 80.0, 130.0, 90.0]
    model, still = _rows(MODEL, [60.0] * 4, values), _rows(NO_CHANGE, [60.0] * 4, values)[:2]
    counts = {(each.forecaster, each.common): each.rows for each in scores_of([*model, *still]) if each.kind == ALL}
    assert counts == {(MODEL, False): 4, (MODEL, True): 2, (NO_CHANGE, False): 2, (NO_CHANGE, True): 2}


def test_two_series_have_no_interval_and_few_rows_are_said_to_be_few() -> None:
    assert interval([1.0, 2.0, 3.0], ["a", "b", "b"], ("k",)).low is None
    held = interval([1.0, 2.0, 3.0, 9.0], ["a", "b", "c", "c"], ("k",))
    assert held.low is not None
    assert held.high is not None
    assert held.low <= held.mean == 3.75 <= held.high
    assert scores_of(_rows(MODEL, [60.0] * 4, [50.0] * 4))[0].few


def test_values_of_one_series_are_drawn_together() -> None:
    rows = [1.0] * 20 + [3.0] * 20 + [5.0] * 20
    together = interval(rows, ["a"] * 20 + ["b"] * 20 + ["c"] * 20, ("k",))
    apart = interval(rows, [f"s{n}" for n in range(60)], ("k",))
    assert together.high is not None
    assert apart.high is not None
    assert together.high - together.mean > 2 * (apart.high - apart.mean)


def test_nil_is_scored_from_the_floor_and_a_series_of_nil_has_no_score_of_logarithms() -> None:
    nil = row_score(_target("r", 0.0), MODEL, np.array([2.0, 3.0]))
    assert nil.crps_log is not None
    without = Target("r", ORIGIN, "s", "exports", "t", 24_360, 0.0, None, 0.0)
    assert row_score(without, MODEL, np.array([2.0, 3.0])).crps_log is None


def test_the_trough_of_the_medians_beside_that_of_the_values() -> None:
    values = [90.0, 80.0, 95.0, 99.0]
    rows = [
        row_score(_target(f"r{n}", value, month=24_360 + n), MODEL, np.array([median]))
        for n, (value, median) in enumerate(zip(values, [90.0, 92.0, 85.0, 99.0], strict=True))
    ]
    (found,) = troughs_of(rows)
    assert (found.observed, found.forecast, found.off_months) == (24_361, 24_362, 1)
