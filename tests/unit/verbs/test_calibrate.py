"""`calibrate` on made-up simulations: cut-offs, files, resuming, and bad input told at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coercivity.base.errors import CoercivityError, Fault, Faults
from coercivity.base.months import month_text
from coercivity.calibration.counted import asked_rows, known_rows
from coercivity.calibration.fits import fit_at
from coercivity.calibration.parameters import MOST_SIMULATIONS, load_prior, prior_design
from coercivity.ensemble.design import Design
from coercivity.ensemble.parameters import parameters_of
from coercivity.ensemble.runs import runner
from coercivity.ensemble.runs.keeping import AXIS, Block, KeptDraw, packed
from coercivity.ensemble.runs.sets import DrawSet, set_of
from coercivity.observations.rows import Observation, load_observations
from coercivity.verbs import calibrate as verb
from coercivity.verbs.calibrate import SIMULATED, calibrate, write_calibration

CUT, LATER = dt.date(2025, 6, 30), dt.date(2025, 8, 31)
SIMULATIONS = 24


def made_up(rows: tuple[Observation, ...]) -> tuple[Observation, ...]:
    """Returns the rows with made-up values: tests compare nothing with what was observed."""
    numbers = np.random.default_rng(4)
    return tuple(replace(row, value=float(np.exp(3.0 + 0.3 * numbers.normal())), low=None, high=None) for row in rows)


def simulation(point: int, rows: tuple[Observation, ...]) -> KeptDraw:
    """Returns a made-up simulation of one point: every figure is a power of the parameters."""
    prior = load_prior()
    place = prior.scaled(prior.values(prior.design(point + 1)))[point]
    months = tuple(month_text(month) for month in range(SIMULATED[0], SIMULATED[1] + 1))
    named: dict[Block, set[str]] = {block: set() for block in AXIS}
    for _, match in asked_rows(rows, dt.date.max)[0]:
        named[match.block] |= {*match.names, *match.denominators}
    years = tuple(sorted({month[:4] for month in months}))
    values = {}
    for block in AXIS:
        each = len(months) if AXIS[block] == "months" else len(years)
        slopes = np.random.default_rng(len(block)).normal(size=(len(place), len(named[block]), each)) * 0.2
        values[block] = np.exp(3.0 + np.einsum("p,pnm->nm", place, slopes))
    names: dict[Block, tuple[str, ...]] = {block: tuple(sorted(named[block])) for block in AXIS}
    return KeptDraw(point, months, years, names, values, {})


@pytest.fixture(scope="module")
def rows() -> tuple[Observation, ...]:
    """Every ninth of the rows that the model has a figure for, and a few that it has none for."""
    every = load_observations()
    ours = [row for row, _ in asked_rows(every, dt.date.max)[0]]
    known = {row.id for row in ours}
    others = [row for row in every if row.id not in known]
    return made_up(tuple(sorted([*ours[::9], *others[:5]], key=lambda row: row.id)))


@pytest.fixture(scope="module")
def draws(rows: tuple[Observation, ...]) -> DrawSet:
    return set_of("made-up", Design(SIMULATIONS), [simulation(point, rows) for point in range(SIMULATIONS)], {})


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, rows: tuple[Observation, ...]) -> list[int]:
    """Points that were simulated; observations and simulations are made up, and the cache is empty at first."""
    monkeypatch.setenv("COERCIVITY_CACHE", str(tmp_path / "cache"))
    points: list[int] = []

    def drawn(task: Any) -> bytes:
        assert task.known == CUT
        assert task.parameters.at(task.point).keys() == set(load_prior().names)
        points.append(task.point)
        return packed(simulation(task.point, rows))

    monkeypatch.setattr(runner, "drawn", drawn)
    monkeypatch.setattr(verb, "load_observations", lambda known, files: rows)
    return points


def test_rows_that_were_not_known_change_nothing(rows: tuple[Observation, ...], draws: DrawSet) -> None:
    """Absurd values after the cut-off, and rows taken away: the same posterior to the byte."""
    late = {row.id for row in rows} - {row.id for row in known_rows(rows, CUT)}
    assert late
    poisoned = tuple(replace(row, value=1e9) if row.id in late else row for row in rows)
    told = [
        fit_at(each, CUT, draws, load_prior()).parameters.text()
        for each in (rows, poisoned, tuple(row for row in rows if row.id not in late))
    ]
    assert told[0] == told[1] == told[2]
    assert told[0] != fit_at(rows, LATER, draws, load_prior()).parameters.text()


def test_no_row_counts_whose_period_was_not_over(rows: tuple[Observation, ...]) -> None:
    found, left = asked_rows(rows, CUT)
    assert all(row.known_on <= CUT and row.last_on <= CUT for row, _ in found)
    assert all(one.row.known_on <= CUT for one in left)


def test_cut_offs_share_the_simulations_and_each_has_a_posterior(run: list[int], tmp_path: Path) -> None:
    """Two cut-offs, one run of each point; files in both languages, and the posterior is read as it was written."""
    found = calibrate(known=["2025-08-31", "2025-06-30"], simulations=SIMULATIONS, workers=1, out=tmp_path / "out")
    assert run == list(range(SIMULATIONS))
    assert [one["known"] for one in found.body["fits"]] == ["2025-06-30", "2025-08-31"]
    written = {path.name for path in write_calibration(tmp_path / "out", found)}
    assert {"calibration.json", "calibration.html", "calibration.zh.html", "calibration.txt"} < written
    text = (tmp_path / "out" / "posterior-2025-06-30.yaml").read_text(encoding="utf-8")
    posterior = parameters_of(text)
    assert (posterior.kind, posterior.known, len(posterior.values)) == ("posterior", CUT, 256)
    assert posterior.hash == found.body["fits"][0]["posterior"]
    assert posterior.hash[:16] in "\n".join(found.lines())
    assert "后验文件" in found.page("zh")


def test_what_was_simulated_is_not_simulated_again(run: list[int], tmp_path: Path) -> None:
    """After an interruption only the missing points are run, and the result is the same to the byte."""
    out = tmp_path / "out"
    whole = calibrate(known="2025-06-30", simulations=SIMULATIONS, workers=1, out=out)
    files = sorted((out / "draws").glob("*.draw"))
    for path in files[5:8]:
        path.unlink()
    run.clear()
    again = calibrate(known="2025-06-30", simulations=SIMULATIONS, workers=1, out=out)
    assert run == [5, 6, 7]
    assert again.posteriors() == whole.posteriors()
    assert again.body == whole.body


def test_a_smaller_calibration_begins_with_the_same_points(run: list[int], tmp_path: Path) -> None:
    calibrate(known="2025-06-30", simulations=4, workers=1, out=tmp_path)
    run.clear()
    calibrate(known="2025-06-30", simulations=6, workers=1, out=tmp_path)
    assert run == [4, 5]


def test_the_prior_design_lies_in_the_ranges_of_the_pack() -> None:
    values, prior = np.array(prior_design().values), load_prior()
    assert len(values) == MOST_SIMULATIONS
    for at, each in enumerate(prior.parameters):
        assert each.low <= values[:, at].min() < each.mode < values[:, at].max() <= each.high
    assert values.mean(axis=0) == pytest.approx(prior.moments()[0], rel=0.02)
    assert [each.stage for each in prior.parameters] == ["quantity"] * 6 + ["price"] * 2


def test_every_fault_is_told_at_once(run: list[int], tmp_path: Path) -> None:
    """A day twice, a day that does not exist, a day before any observation, too many simulations, bad workers."""
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    with pytest.raises(CoercivityError) as caught:
        calibrate(known=["2025-06-30", "2025-06-30", "2025-02-30", "1990-01-01"], simulations=301, workers=0, out=file)
    found = [fault.code for fault in caught.value.faults]
    assert sorted(found) == sorted(["ARGUMENT", "OUT", "CALIBRATE", "DATE", "CALIBRATE", "CALIBRATE-ROWS"])
    assert not run


def test_a_day_after_the_last_observation_is_told(rows: tuple[Observation, ...]) -> None:
    faults, notices = Faults(), list[Fault]()
    verb._check_day(max(row.known_on for row in rows) + dt.timedelta(days=1), rows, faults, notices)
    assert not faults.items
    assert [notice.code for notice in notices] == ["CALIBRATE-ROWS"]
