"""What a backtest refuses, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError
from coercivity.calibration.parameters import prior_design
from coercivity.ensemble.parameters import ParameterDraws, engine_hash, packs_now, parameter_draws
from coercivity.verbs.backtest import backtest_plan
from coercivity.verbs.backtest_asked import backtest_asked


def _codes(**given: object) -> list[tuple[str, str]]:
    with pytest.raises(CoercivityError) as error:
        backtest_plan(**given)  # type: ignore[arg-type]
    return [(str(fault.where), fault.code) for fault in error.value.faults]


def _posterior(folder: Path, known: Day, engine: str = "") -> Path:
    prior = prior_design(64)
    found = parameter_draws("posterior", known, prior.names, prior.values)
    held = ParameterDraws("posterior", known, engine or engine_hash(), packs_now(), found.names, found.values)
    file = folder / f"posterior-{known.isoformat()}{engine[:4]}.yaml"
    file.write_text(held.text(), encoding="utf-8")
    return file


def test_every_error_is_told_at_once() -> None:
    days = ["2025-08-31", "2025-08-31", "2025-02-30", "2023-01-01", "2031-01-31"]
    assert _codes(origins=days, horizon=0, draws=3) == [
        ("draws", "DRAWS"),
        ("origin", "BACKTEST-ORIGIN"),
        ("origin", "DATE"),
        ("horizon", "BACKTEST-HORIZON"),
        ("observations", "OBSERVED-NONE"),
        ("origin", "BACKTEST-NOTHING"),
    ]


@pytest.mark.parametrize("horizon", [-1, 25, True, 1.5])
def test_a_horizon_outside_two_years_is_refused(horizon: object) -> None:
    assert ("horizon", "BACKTEST-HORIZON") in _codes(origins=["2025-08-31"], horizon=horizon)


def test_no_day_at_all_is_refused() -> None:
    assert _codes(origins=[]) == [("origin", "BACKTEST-ORIGIN")]


def test_a_posterior_that_has_seen_later_rows_is_refused(tmp_path: Path) -> None:
    late = _posterior(tmp_path, Day(2025, 10, 20))
    assert _codes(origins=["2025-08-31"], parameters=[late]) == [("parameters", "PARAMETERS-OTHER")]


def test_a_posterior_of_another_program_is_refused(tmp_path: Path) -> None:
    other = _posterior(tmp_path, Day(2025, 8, 31), engine="0" * 64)
    assert _codes(origins=["2025-08-31"], parameters=[other]) == [(other.as_posix(), "PARAMETERS-OTHER")]


def test_each_day_takes_the_latest_posterior_that_is_not_after_it(tmp_path: Path) -> None:
    days = (Day(2025, 4, 30), Day(2025, 8, 31))
    files = [_posterior(tmp_path, day) for day in days]
    asked = backtest_asked(["2025-06-30", "2025-08-31"], 6, files, 64, 0, None, ())
    assert [each.parameters.known for each in asked.origins if each.parameters is not None] == list(days)


def test_a_file_that_no_day_uses_is_refused(tmp_path: Path) -> None:
    files = [_posterior(tmp_path, day) for day in (Day(2025, 4, 30), Day(2025, 8, 31))]
    assert _codes(origins=["2025-06-30"], parameters=files) == [(files[1].as_posix(), "PARAMETERS-OTHER")]


def test_the_plan_counts_rows_and_runs_and_no_score() -> None:
    plan = backtest_plan(origins=["2025-08-31"], draws=8)
    (origin,) = plan.body["origins"]
    assert origin["observed"] == "2025-07"
    assert sum(origin["kinds"].values()) > 10
    assert sum(each["rows"] for each in origin["left"]) > 50
    assert not any("score" in key for key in origin)
    assert any("nothing was run" in line for line in plan.lines())
