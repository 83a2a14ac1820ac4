"""The posterior of a made-up market with a known truth: a grid gives the same, and prices do not move quantities."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coercivity.calibration.fit import Evidence, fit
from coercivity.calibration.moved import inside, moved, pulls
from tests.unit.calibration.toy import LUCK_SD, PRIOR, ROW_SD, SIMULATIONS, evidence, slopes

TRUTH = np.array([0.6, 0.3, 0.7])


def rows(seed: int, truth: np.ndarray = TRUTH) -> tuple[np.ndarray, Evidence, Evidence]:
    """Returns design, rows of quantities, on which the parameter of prices has no effect, and rows of prices."""
    design = PRIOR.design(SIMULATIONS)
    return design, evidence(design, truth, slopes(1, 2), seed), evidence(design, truth, slopes(2), seed + 1)


def test_quantities_give_what_a_grid_gives() -> None:
    """Mean and spread of the first two parameters, with the true lines and the true luck in place of the surface."""
    design, quantity, price = rows(11)
    found = {row.name: row for row in moved(fit(PRIOR, design, quantity, price))}
    grid = (np.stack(np.meshgrid(np.arange(400), np.arange(400)), axis=-1).reshape(-1, 2) + 0.5) / 400
    values = PRIOR.values(grid)
    missed = quantity.observed - PRIOR.scaled(values) @ slopes(1, 2)[:2]
    logs = -0.5 * np.square(missed).sum(axis=1) / (ROW_SD**2 + LUCK_SD**2)
    weights = np.exp(logs - logs.max()) / np.exp(logs - logs.max()).sum()
    for at, name in enumerate(("toy:a", "toy:b")):
        mean = weights @ values[:, at]
        sd = np.sqrt(weights @ np.square(values[:, at] - mean))
        assert found[name].mean == pytest.approx(mean, abs=0.25 * sd)
        assert found[name].sd == pytest.approx(sd, rel=0.15)


def test_prices_do_not_move_what_quantities_move() -> None:
    """Absurd prices leave every point of the first parameters as it is, and change those of the last one."""
    design, quantity, price = rows(11)
    absurd = replace(price, observed=price.observed + 5.0)
    one, other = fit(PRIOR, design, quantity, price), fit(PRIOR, design, quantity, absurd)
    ours = PRIOR.quantities
    assert one.values[:, :ours].tobytes() == other.values[:, :ours].tobytes()
    assert one.values[:, ours:].tobytes() != other.values[:, ours:].tobytes()


def test_the_same_input_gives_the_same_bytes() -> None:
    design, quantity, price = rows(11)
    one, other = fit(PRIOR, design, quantity, price), fit(PRIOR, design, quantity, price)
    assert one.values.tobytes() == other.values.tobytes()
    assert repr(moved(one)) == repr(moved(other))
    assert pulls(one) == pulls(other)


def test_nine_tenths_of_truths_lie_in_the_ninety_per_cent_ranges() -> None:
    """Sixty truths drawn from the prior, three parameters each: 0.9 within four standard errors."""
    numbers = np.random.default_rng(5)
    hits = []
    for seed in range(60):
        truth = numbers.random(3)
        found = moved(fit(PRIOR, *rows(1000 + 2 * seed, truth), points=64))
        true = PRIOR.values(truth[None, :])[0]
        hits += [row.low <= value <= row.high for row, value in zip(found, true, strict=True)]
    assert np.mean(hits) == pytest.approx(0.9, abs=4 * np.sqrt(0.9 * 0.1 / len(hits)))


def test_without_rows_the_posterior_is_the_prior_and_nothing_is_said_to_move() -> None:
    design, quantity, _ = rows(11)
    none = Evidence(quantity.logs[:, :0], quantity.observed[:0], np.zeros((0, 0)))
    found = fit(PRIOR, design, none, none)
    assert all(row.unmoved for row in moved(found))
    assert not pulls(found)
    assert found.values.mean(axis=0) == pytest.approx(PRIOR.moments()[0], abs=0.05)


def test_few_simulations_give_no_surface_and_move_nothing() -> None:
    """Four simulations of three parameters: the model's values are taken as they are, with their spread as error."""
    design, quantity, price = rows(11)
    few = fit(PRIOR, design[:4], replace(quantity, logs=quantity.logs[:4]), replace(price, logs=price.logs[:4]))
    assert [surface.degree for surface in few.surfaces] == [0, 0]
    assert all(row.unmoved for row in moved(few))


def test_a_series_that_alone_knows_a_parameter_pulls_it() -> None:
    """Series A depends on the first parameter, B on the second; neither does anything to the other's."""
    design = PRIOR.design(SIMULATIONS)
    lines = np.zeros((3, 12))
    lines[0, ::3] = lines[1, 1::3] = 0.8
    _, _, price = rows(11)
    found = pulls(fit(PRIOR, design, evidence(design, np.array([0.95, 0.05, 0.5]), lines, 3), price))
    shift = {each.group: dict(each.shift) for each in found if each.by == "series" and each.stage == "quantity"}
    assert abs(shift["A"]["toy:a"]) > 0.3
    assert abs(shift["B"]["toy:b"]) > 0.3
    assert abs(shift["A"]["toy:b"]) < 0.1
    assert abs(shift["B"]["toy:a"]) < 0.1


def test_nine_tenths_of_rows_of_the_prior_lie_inside_its_band() -> None:
    numbers = np.random.default_rng(6)
    found = [inside(rows(3000 + 2 * seed, numbers.random(3))[1]).mean() for seed in range(80)]
    assert np.mean(found) == pytest.approx(0.9, abs=0.04)
