"""A design is qualified when it has paid for some months in a row, is used only after that, and is never lost."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.market.network.network import Activity, DemandStep, GoodAmount, Network, Recipe
from coercivity.market.program.state import State
from coercivity.market.run.mechanisms import Mechanisms
from coercivity.market.run.qualification import qualification
from coercivity.market.run.rolling import MonthDone
from tests.oracles.market_small import SERVICE, THERE, before, moves, one_good
from tests.oracles.market_toy import FIRST, FREE, always, walk

LEAN = ("recipe", "use", "JP", "lean")
WAIT, SPEED, MOST, COST = 2, 0.1, 0.3, 20.0


def with_lean(charge: float) -> Network:
    """20 t wanted a month at up to 50 USD/kg; a lean design takes half of the oxide, and costs 20 USD/kg."""
    network = one_good((DemandStep(50.0, 1.0),), 20.0)
    lean = Activity("recipe", LEAN[1:], (GoodAmount(THERE, 0.5),), (GoodAmount(SERVICE, 1.0),), COST)
    recipe = Recipe(LEAN, "use", "JP", MOST, speed=SPEED, wait=WAIT, charge=charge)
    return replace(
        network, activities=(*network.activities, lean), recipes=(*network.recipes, recipe), limits={"mine": 100.0}
    )


def months(scarce: Collection[int], count: int, *, charge: float = 4.0, in_a_row: int = 3) -> list[MonthDone]:
    """A run of which some months are scarce: the mine gives 8 t a month instead of 100, for ever as far as is seen."""
    network = with_lean(charge)

    def capacity(name: str, month: int, seen_from: int, state: State) -> float:
        return 8.0 if seen_from - FIRST in scarce else 100.0

    update = moves(network, always(FREE), 6, capacity=capacity)
    rule = Mechanisms(recipes=qualification(network, update.window.grid, in_a_row))
    return walk(update, before(network), FIRST, FIRST + count - 1, mechanisms=rule)


def used(done: list[MonthDone]) -> list[float]:
    return [each.activity_t.get(LEAN, 0.0) for each in done]


def test_a_decision_comes_in_the_third_month_in_a_row_and_the_wait_is_kept() -> None:
    """In scarcity oxide is worth 50 USD/kg: the lean design saves 25 for 20, so 5 beyond its cost and 1 beyond its charge.

    Decision in the third month, use two months later: a tenth of 20 t, then two tenths, then the most, three tenths.
    """
    done = months(range(8), 8)
    assert [each.after.sought.get(LEAN, 0) for each in done[:4]] == [1, 2, 0, 0]
    assert [each.after.qualified_on.get(LEAN) for each in done[:4]] == [None, None, FIRST + 4, FIRST + 4]
    assert used(done) == pytest.approx([0, 0, 0, 0, 2, 4, 6, 6], rel=1e-6)


def test_a_design_that_saves_less_than_its_charge_is_not_qualified() -> None:
    """It saves 5 USD/kg beyond its cost; a qualification costs 6."""
    done = months(range(8), 8, charge=6.0)
    assert not any(each.after.qualified_on or each.after.sought for each in done)
    assert not any(used(done))


def test_in_a_month_without_scarcity_the_count_begins_again() -> None:
    """Scarce in months 0, 1, 3, 4 and 5: decided in month 5, used from month 7 on."""
    done = months({0, 1, 3, 4, 5, 6, 7}, 8)
    assert [each.after.sought.get(LEAN, 0) for each in done[:6]] == [1, 2, 0, 1, 2, 0]
    assert done[-1].after.qualified_on == {LEAN: FIRST + 7}
    assert used(done) == pytest.approx([0, 0, 0, 0, 0, 0, 0, 2], rel=1e-6)


def test_what_was_reached_stays_when_it_is_no_longer_used() -> None:
    """Reached four tonnes of 20 before plenty came; in the next scarcity it goes on from there."""
    done = months({0, 1, 2, 3, 4, 5, 8}, 9)
    assert used(done) == pytest.approx([0, 0, 0, 0, 2, 4, 0, 0, 6], rel=1e-6)
    assert [each.after.ready.get(LEAN, 0.0) for each in done[5:8]] == pytest.approx([0.2] * 3, rel=1e-6)


def test_once_qualified_its_cost_no_longer_has_the_charge() -> None:
    """At a charge of 4.9 it just pays; once begun it pays for any saving, here of the whole 5."""
    done = months(range(6), 6, charge=4.9)
    assert used(done)[4] == pytest.approx(2.0, rel=1e-6)


@settings(max_examples=12, deadline=None)
@given(st.sets(st.integers(0, 11)), st.integers(1, 4))
def test_no_share_and_no_decision_is_ever_lost(scarce: set[int], in_a_row: int) -> None:
    done = months(scarce, 12, in_a_row=in_a_row)
    for first, then in pairwise(done):
        assert then.after.ready.get(LEAN, 0.0) >= first.after.ready.get(LEAN, 0.0)
        assert first.after.qualified_on.items() <= then.after.qualified_on.items()
    for each in done:
        begins = each.before.qualified_on.get(LEAN)
        assert each.activity_t.get(LEAN, 0.0) <= (MOST * 20 * (1 + 1e-6) if begins and begins <= each.month else 0.0)
        assert each.after.sought.get(LEAN, 0) < in_a_row
