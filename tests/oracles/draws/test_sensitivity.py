"""Sensitivity of given draws: the same numbers as SALib, on its own test function and on a small market."""

from __future__ import annotations

import numpy as np
import pytest
from SALib.analyze import rbd_fast
from SALib.test_functions import Ishigami

from coercivity.ensemble.design import coordinates
from coercivity.ensemble.results.given_data import HARMONICS, first_order, places
from coercivity.ensemble.results.quantiles import Floats

NAMES = ["a", "b", "c"]


def sobol(points: int, rows: dict[str, int]) -> Floats:
    """Returns the points of our design, shape (rows, points)."""
    found = [coordinates(0, point, rows) for point in range(points)]
    return np.array([[each[name] for each in found] for name in sorted(rows)])


def ishigami(points: int) -> tuple[Floats, Floats]:
    """Returns coordinates and values of the function of Ishigami."""
    place = sobol(points, {"a": 1, "b": 2, "c": 9})
    return place, np.asarray(Ishigami.evaluate((2.0 * place.T - 1.0) * np.pi), dtype=np.float64)


def market(points: int) -> tuple[Floats, Floats]:
    """Returns a price: demand over supply, with an elasticity that matters little."""
    place = sobol(points, {"a": 1, "b": 2, "c": 9})
    demand, supply, elasticity = 100.0 + 40.0 * place[0], 90.0 + 20.0 * place[1], 0.9 + 0.2 * place[2]
    return place, 60.0 * (demand / supply) ** (1.0 / elasticity)


@pytest.mark.parametrize("made", [ishigami, market], ids=["ishigami", "market"])
@pytest.mark.parametrize("points", [64, 127, 256])
@pytest.mark.parametrize("harmonics", [1, HARMONICS, 10])
def test_the_first_order_index_is_that_of_salib(made: object, points: int, harmonics: int) -> None:
    """Random balance design with the correction of Tissot and Prieur, to the last digits."""
    place, values = ishigami(points) if made is ishigami else market(points)
    problem = {"num_vars": 3, "names": NAMES, "bounds": [[0.0, 1.0]] * 3}
    theirs = rbd_fast.analyze(problem, place.T, values, M=harmonics, num_resamples=2, seed=1)["S1"]
    assert first_order(values, places(place), harmonics) == pytest.approx(np.array(theirs, dtype=float), abs=1e-12)


def test_the_index_of_many_points_is_the_true_one() -> None:
    """Of Ishigami's function with 7 and 0.1 it is 0.3139, 0.4424 and 0."""
    place, values = ishigami(4096)
    assert first_order(values, places(place), HARMONICS) == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)
