"""A forecast of made-up rows and runs; no number is one of the market."""

from __future__ import annotations

from coercivity.base.days import Day
from coercivity.calibration.backtest.answer import ForecasterRuns
from coercivity.calibration.backtest.rows import Horizon, rows_at
from coercivity.calibration.forecast.stated import ForecastFound, forecast_found
from coercivity.observations.rows import Observation
from coercivity.papers.forecast.data import ForecastMade, forecast_data
from coercivity.papers.forecast.report_data import ForecastReport
from tests.unit.calibration.backtest.made_up import FIRST, HOME, MAGNETS, made_draw, made_rows, made_set

DAY = Day(2029, 7, 31)
HORIZON = Horizon(DAY, FIRST + 5, FIRST + 11)
KNOWN = [*made_rows(MAGNETS, FIRST, [100.0] * 6), *made_rows(HOME, FIRST, [220.0] * 6)]
REPLAYED = made_draw(FIRST, {MAGNETS: [100.0] * 6, HOME: [200.0] * 6})


def made_runs(*levels: float) -> ForecasterRuns:
    """Runs whose exports have some levels."""
    return ForecasterRuns(REPLAYED, made_set(FIRST + 6, [{MAGNETS: [x] * 6, HOME: [2 * x] * 6} for x in levels]))


def made_found(*, rows: list[Observation] | None = None, branches: bool = False) -> ForecastFound:
    """A forecast of one law, or of two that differ."""
    runs = {"lapsed": made_runs(70.0, 80.0), "extended:2030-11-10": made_runs(90.0, 95.0)}
    one = {"": made_runs(80.0, 90.0, 100.0, 110.0)}
    known = rows if rows is not None else KNOWN
    return forecast_found(HORIZON, FIRST + 6, rows_at(HORIZON, known, ()), known, runs if branches else one)


def made_statement(*, branches: bool = False) -> ForecastReport:
    """The same as a statement."""
    packs = {"observations": {"version": "2029-01-01", "hash": "1" * 64}}
    made = ForecastMade(
        scenario="as-known",
        law={"version": "2029-01-01", "hash": "2" * 64, "known_through": "2029-07-01"},
        draws=4,
        scramble=0,
        engine={"version": "0.0.0", "code": "3" * 64},
        packs=packs,
        parameters={"kind": "prior", "known": "", "hash": "4" * 64},
        files=[],
    )
    return forecast_data(made_found(branches=branches), made)
