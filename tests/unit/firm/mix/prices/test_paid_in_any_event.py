"""Recycling and take-or-pay beside an option below the usual price, worked out by hand: no tonne counts twice.

One grade, one month without a stop, use 10 t, usual price 100 USD/kg, 1 USD for one EUR. A contract at 80 USD/kg brings
up to 10 t at -20 kEUR/t over the usual price; 4 t of recycled material cost 8 kEUR/t more than usual, needed or not.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.firm.mix.cuts.best import best_by_cuts
from coercivity.firm.mix.model import MixCase, MixItem, MixLimits, MixOption, MixPlan, MixPrice, MixScenario
from coercivity.firm.mix.month_by_month import month_by_month
from coercivity.firm.mix.plans import costed
from tests.unit.firm.mix.prices.by_hand import least_cost

CHEAP = MixOption("cheap", "contract", 0.0, 0, 10.0, 0.0, ("m",), price=MixPrice("", 80.0))
RECYCLED = MixOption("recycled", "recycling", 0.0, 0, 4.0, 8.0, ("m",))
OWED = MixOption("owed", "contract", 0.0, 0, 8.0, 8.0, ("m",), take_share=0.5)


def month(other: MixOption, use_t: float = 10.0, share: float = 1.0) -> MixCase:
    """Returns a month in which China lets a share of the use arrive."""
    item = MixItem("m", "heavy", (use_t,), 50.0, 500.0, 0.0, usual=MixPrice("", 100.0))
    shares = {"m": (share,)}
    return MixCase((item,), (CHEAP, other), (MixScenario("s", 1.0, shares, shares, 1.0),), MixLimits(), 1, 0)


@pytest.mark.parametrize(
    ("other", "use_t", "share", "cost_keur"),
    [
        # 4 t recycled x 8; the contract replaces the other 6 t: 6 x -20.
        pytest.param(RECYCLED, 10.0, 1.0, -88.0, id="recycled"),
        # Nothing arrives by sea: the same 10 t, from the same two sources.
        pytest.param(RECYCLED, 10.0, 0.0, -88.0, id="recycled, stop"),
        # 3 t are used, 3 x 8, and 1 t has no use: it costs 100 + 8, not 8.
        pytest.param(RECYCLED, 3.0, 1.0, 132.0, id="more recycled than the use"),
        # Half of 8 t is owed: taken as above. The other half is not taken, for 8 is over -20.
        pytest.param(OWED, 10.0, 1.0, -88.0, id="owed"),
        pytest.param(OWED, 3.0, 1.0, 132.0, id="more owed than the use"),
        # Without a share that is owed, none of it is taken: 10 x -20.
        pytest.param(replace(OWED, take_share=0.0), 10.0, 1.0, -200.0, id="nothing owed"),
    ],
)
def test_cost_of_a_month(other: MixOption, use_t: float, share: float, cost_keur: float) -> None:
    case, plan = month(other, use_t, share), MixPlan(("cheap", other.option), {"m": 0.0})
    assert costed(case, plan).mean_keur == pytest.approx(cost_keur)
    assert least_cost(case, plan, case.scenarios[0]) == pytest.approx(cost_keur)
    assert month_by_month(case, plan).mean_keur == pytest.approx(cost_keur)


def test_cuts_know_that_recycled_material_takes_the_place_of_the_contract() -> None:
    """With 60 kEUR to the buyer for recycling, it still loses: -88 - 60 over the contract alone at -200."""
    subsidised = replace(RECYCLED, fee_keur=-60.0)
    found = best_by_cuts(month(subsidised))
    assert found is not None
    assert found.plan.options == ("cheap",)
    assert found.objective_keur == pytest.approx(-200.0)


def test_surplus_costs_the_lowest_usual_price_of_its_grades() -> None:
    """Both grades use 1 t: 2 t of 4 are used at 8; the other 2 t are of the grade at 60 USD/kg: 2 x (60 + 8)."""
    case = month(replace(RECYCLED, items=("m", "n")), 1.0)
    other = replace(case.items[0], item="n", usual=MixPrice("", 60.0))
    shares = {"m": (1.0,), "n": (1.0,)}
    scenario = replace(case.scenarios[0], open_share=shares, open_share_if_filed=shares)
    both = replace(case, items=(case.items[0], other), scenarios=(scenario,))
    plan = MixPlan(("cheap", "recycled"), {"m": 0.0, "n": 0.0})
    assert costed(both, plan).mean_keur == pytest.approx(2 * 8 + 2 * 68)
    assert least_cost(both, plan, scenario) == pytest.approx(2 * 8 + 2 * 68)
