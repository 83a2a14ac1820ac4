"""The control variate on a small market: stock in Japan, a mine that gives less than is wanted, and short foresight."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from coercivity.ensemble.design import Floats, coordinates
from coercivity.ensemble.results.control import two_level_mean
from coercivity.market.network.network import DemandStep
from tests.oracles.market_small import THERE, before, moves, one_good
from tests.oracles.market_toy import FIRST, FREE, always, walk

MONTHS = 4
PAIRS, POINTS, SCRAMBLES = 8, 32, 8
ROWS = {"stock": 0, "wanted": 1, "worth": 2, "mine": 3}
# Three months ahead, and one.
FULL, SHORT = 4, 2
COST = 0.1


def mean_price(scramble: int, point: int, ahead: int) -> float:
    """Mean price of the good in Japan over four months [USD/kg].

    Args:
        scramble: Number of the scramble.
        point: Number of the point.
        ahead: Months of a plan.
    """
    at = coordinates(scramble, point, ROWS)
    worth, wanted = 20.0 + 60.0 * at["worth"], 10.0 + 10.0 * at["wanted"]
    network = one_good((DemandStep(worth, 0.5), DemandStep(0.6 * worth, 0.5)), wanted)
    mined = 4.0 + 8.0 * at["mine"]
    update = moves(network, always(FREE), ahead, capacity=lambda *_: mined)
    done = walk(update, before(network, stock=20.0 * at["stock"]), FIRST, FIRST + MONTHS - 1)
    return float(np.mean([month.price[THERE] for month in done]))


@lru_cache(maxsize=2)
def drawn(ahead: int) -> Floats:
    """Mean prices, shape (scrambles, points)."""
    return np.array([[mean_price(s, point, ahead) for point in range(POINTS)] for s in range(SCRAMBLES)])


def test_a_short_plan_is_another_market() -> None:
    """The test below can fail: with the short plan in place of the long one the mean is another."""
    assert abs(drawn(SHORT).mean() - drawn(FULL).mean()) > 0.01 * drawn(FULL).mean()


def test_the_estimate_meets_the_mean_of_all_full_draws() -> None:
    """Eight pairs and 32 short draws against 32 full ones: within the 90 % interval in most scrambles, and not biased."""
    found = [two_level_mean(full[:PAIRS], short, COST) for full, short in zip(drawn(FULL), drawn(SHORT), strict=True)]
    truth = drawn(FULL).mean(axis=1)
    assert all(each.pays for each in found)
    assert sum(each.low <= mean <= each.high for each, mean in zip(found, truth, strict=True)) >= SCRAMBLES - 2
    errors = np.array([each.value for each in found]) - truth
    # Student's t with 7 degrees of freedom at 99 %.
    assert abs(errors.mean()) < 3.50 * errors.std(ddof=1) / SCRAMBLES**0.5
