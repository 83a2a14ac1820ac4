"""The range of a price that is not unique: what a little more of a good saves, and what a little less costs."""

from __future__ import annotations

from coercivity.market.network.network import DemandStep
from coercivity.market.results.dual_range import price_range
from tests.oracles.market_small import HERE, THERE, before, moves, one_good
from tests.oracles.market_toy import FIRST, FREE, again, always, walk


def test_a_good_that_can_be_thrown_away_is_never_worth_less_than_nothing() -> None:
    """Nobody wants it and its storage costs 1 USD/kg: a little more at home is thrown away, a little less needs a mine."""
    network = one_good((DemandStep(50.0, 1.0),), 0.0)
    update = moves(network, always(FREE), 3)
    (done,) = walk(update, before(network, stock=5.0), FIRST, FIRST)
    found = price_range(update, done, [THERE, HERE])
    assert found[THERE] == (0.0, 0.0)
    assert found[HERE] == (0.0, 10.0)


def test_a_range_leaves_the_sides_of_its_rows_as_they_were() -> None:
    network = one_good((DemandStep(50.0, 1.0),), 0.0)
    update = moves(network, always(FREE), 3)
    (done,) = walk(update, before(network, stock=5.0), FIRST, FIRST)
    again(update, done)
    sides = update.window.lp.fingerprint()
    price_range(update, done, [THERE, HERE])
    assert update.window.lp.fingerprint() == sides
