"""Options and stock that can be used for one item sooner than for another, or not to the end: cuts and merit order."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coercivity.firm.mix.choose import best
from coercivity.firm.mix.cuts.arrays import arrays_of
from coercivity.firm.mix.cuts.best import best_by_cuts
from coercivity.firm.mix.cuts.coupled import SharedItems
from coercivity.firm.mix.cuts.merit import MeritOrder
from coercivity.firm.mix.model import MixCase
from tests.unit.firm.mix.cuts.made_up import made_up
from tests.unit.firm.mix.oracle import least_costs


def waiting(case: MixCase, seed: int) -> MixCase:
    """Returns a case whose options and stock wait by item, and whose options end for some."""
    rng = np.random.default_rng([seed, 7])
    options = []
    for option in case.options:
        months = {name: int(rng.integers(0, 5)) for name in option.items if rng.random() < 0.6}
        last = {name: int(rng.integers(0, case.months + 1)) for name in option.items if rng.random() < 0.4}
        options.append(replace(option, item_months=months, item_last=last))
    items = []
    for item in case.items:
        leaves = int(rng.integers(0, 4))
        items.append(replace(item, stock_leaves=leaves, stock_months=leaves and leaves + int(rng.integers(0, 3))))
        if seed % 3 == 0 and case.months_late:
            items[-1] = replace(items[-1], stock_held_late=int(rng.integers(-1, 3)))
    return replace(case, options=tuple(options), items=tuple(items))


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_cuts_find_what_another_programme_finds(seed: int, shared: bool) -> None:
    case = waiting(replace(made_up(seed, shared=shared, in_hand=seed % 2 == 1, scenarios=5), months_late=0), seed)
    case = replace(case, options=tuple(o for o in case.options if o.option not in ("contract", "filing again")))
    for weight in (0.0, 0.6):
        costs, found = least_costs(case, weight), best_by_cuts(case, weight)
        assert (found is None) == (not costs)
        if found is not None:
            assert found.objective_keur == pytest.approx(min(costs.values()), rel=1e-5, abs=1e-4)


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_cuts_and_the_whole_programme_agree_where_the_firm_is_late_too(seed: int, shared: bool) -> None:
    case = waiting(replace(made_up(seed, shared=shared, scenarios=5), months_late=1), seed)
    found = best_by_cuts(case, 0.4)
    if found is not None:
        assert found.objective_keur == pytest.approx(best(case, 0.4).objective_keur, rel=1e-5)


@pytest.mark.parametrize("seed", range(12))
def test_the_merit_order_equals_the_programme(seed: int) -> None:
    case = waiting(made_up(seed, shared=False, scenarios=30, items=1, in_hand=seed % 2 == 1), seed)
    arrays = arrays_of(case)
    rng = np.random.default_rng(seed)
    order, programme = MeritOrder.of(arrays, 0), SharedItems(arrays, (0,))
    choices = rng.uniform(0.0, 1.0, (5, arrays.entries))
    choices[:, arrays.stock(0)] *= 30.0
    found = [order.at(choice) for choice in choices]
    for choice, closed in zip(choices, found, strict=True):
        assert closed.cost == pytest.approx(programme.at(choice).cost, abs=1e-6)
        for other, cost in zip(choices, found, strict=True):
            assert (closed.cost + closed.slope @ (other - choice) <= cost.cost + 1e-6).all()
