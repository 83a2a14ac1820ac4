"""A backtest of made-up rows and runs, for the tests of pages; no number is one of the market."""

from __future__ import annotations

from dataclasses import replace

from coercivity.base.canonical import sha256
from coercivity.base.days import Day
from coercivity.calibration.backtest.answer import BacktestFound, ForecasterRuns, backtest_found, origin_found
from coercivity.calibration.backtest.rows import Horizon, rows_at
from coercivity.calibration.backtest.scores import MODEL, NO_LAW
from coercivity.observations.rows import Observation, load_observations
from coercivity.papers.backtest.data import BacktestMade, backtest_data
from coercivity.papers.backtest.report_data import BacktestReport, ParametersData
from tests.unit.calibration.backtest.made_up import FIRST, HOME, MAGNETS, made_draw, made_rows, made_set

DAYS = (Day(2029, 7, 31), Day(2029, 9, 25))
EXPORTS = [100.0, 104.0, 98.0, 101.0, 97.0, 103.0, 99.0, 90.0, 80.0, 70.0, 75.0, 88.0]
PRICES = [220.0, 224.0, 219.0, 215.0, 222.0, 221.0, 220.0, 230.0, 245.0, 240.0, 236.0, 238.0]


def made_observations() -> list[Observation]:
    """Rows of two series over a year, a row that the model does not give, and one that is not used."""
    rows = [*made_rows(MAGNETS, FIRST, EXPORTS), *made_rows(HOME, FIRST, PRICES)]
    like = rows[8]
    demand = next(row for row in load_observations() if row.kind == "demand")
    later = replace(demand, id="X1", first_on=like.first_on, last_on=like.last_on, published_on=like.published_on)
    return [*rows, later, replace(like, id="X2", used=False, why_not="a forecast")]


def made_backtest() -> BacktestFound:
    """Forecasts of two days, of the model and of the same model without controls."""
    rows, found = made_observations(), []
    for day, observed in zip(DAYS, (FIRST + 5, FIRST + 7), strict=True):
        horizon = Horizon(day, observed, observed + 4)
        held = rows_at(horizon, rows, rows)
        known = observed - FIRST + 1
        replayed = made_draw(FIRST, {MAGNETS: [100.0] * known, HOME: [200.0] * known})
        with_law = [{MAGNETS: [level] * 4, HOME: [2.2 * level] * 4} for level in (70.0, 85.0, 100.0, 115.0)]
        free = [{MAGNETS: [110.0] * 4, HOME: [205.0] * 4}] * 4
        runs = {MODEL: with_law, NO_LAW: free}
        of_name = {name: ForecasterRuns(replayed, made_set(observed + 1, each)) for name, each in runs.items()}
        found.append(origin_found(horizon, held, of_name))
    return backtest_found(found)


def made_body() -> BacktestReport:
    """The same as plain data."""
    prior: dict[str, ParametersData] = {
        day.isoformat(): {"kind": "prior", "known": "", "hash": "0" * 64} for day in DAYS
    }
    packs = {"observations": {"version": "2029-01-01", "hash": "1" * 64}}
    made = BacktestMade("0.0.0", 4, 4, 0, "as-known", [], prior, packs)
    body = backtest_data(made_backtest(), made)
    body["hash"] = sha256(body)
    return body
