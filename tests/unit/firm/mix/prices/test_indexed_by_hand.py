"""The example of docs/mix.md, worked out by hand.

Use 10 t a month, loss 500 kEUR/t, usual price 100 USD/kg, 1.25 USD for one EUR. The price of the framework contract is
20 + 0.5 x index, at least 90 and at most 150; 6 t a month, of which 3 t are paid for in any event, and a fee of 100.

                index   contract            over usual               spot    over usual
month 1         120     80, floor 90        (90 - 100)/1.25 = -8     120     16
month 2, open   200     120                 (120 - 100)/1.25 = 16    200     80
month 2, stop   400     220, cap 150        (150 - 100)/1.25 = 40    400     240

Month 1: 6 t of the contract replace 6 t by sea: 6 x -8 = -48.
Month 2, open: the 3 t that are paid for in any event: 3 x 16 = 48. Open costs 100 - 48 + 48 = 100.
Month 2, stop: 0.2 x 10 = 2 t come by sea; 6 t of the contract at 40 = 240; of the spot only 0.2 x 10 = 2 t are let out, at
240 = 480. Stop costs 100 - 48 + 240 + 480 = 772. Mean: 0.75 x 100 + 0.25 x 772 = 268.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.firm.company.sources import company_of
from coercivity.firm.mix.build import build_mix
from coercivity.firm.mix.choose import best, ranked
from coercivity.firm.mix.cuts.best import best_by_cuts
from coercivity.firm.mix.model import MixCase, MixOption, MixPlan
from coercivity.firm.mix.month_by_month import month_by_month
from coercivity.firm.mix.plans import costed
from coercivity.firm.mix.prices.costs import excused_t, over_usual_keur, price_usd
from coercivity.firm.mix.sensitivity.flips import flips
from tests.places import ROOT

FILE = ROOT / "examples" / "firms" / "indexed.yaml"


@pytest.fixture(scope="module")
def case() -> MixCase:
    return build_mix(company_of(FILE))


def with_contract(case: MixCase, contract: MixOption) -> MixCase:
    return replace(case, options=(contract, case.options[1]))


def plan(case: MixCase) -> MixPlan:
    return MixPlan(tuple(option.option for option in case.options), {"M": 0.0})


def test_price_by_month_and_scenario(case: MixCase) -> None:
    contract, spot = case.options
    assert contract.price is not None
    assert spot.price is not None
    opened, stopped = case.scenarios
    assert price_usd(contract.price, opened, 2) == (90.0, 120.0)
    assert price_usd(contract.price, stopped, 2) == (90.0, 150.0)
    assert over_usual_keur(case, contract, case.items[0], stopped) == pytest.approx((-8.0, 40.0))
    assert over_usual_keur(case, spot, case.items[0], opened) == pytest.approx((16.0, 80.0))


def test_every_choice_costs_what_the_hand_says(case: MixCase) -> None:
    """Contract alone: stop 100 - 48 + 240 + 2 x 500 = 1292, mean 398. Spot alone: stop 480 + 6 x 500, mean 870."""
    means = {row.result.plan.options: row.result.mean_keur for row in ranked(case)}
    assert means == pytest.approx({("framework", "spot"): 268.0, ("framework",): 398.0, ("spot",): 870.0, (): 1000.0})
    assert [row.cost_keur for row in best(case).scenarios] == pytest.approx([100.0, 772.0])


def test_cuts_and_the_run_month_by_month_agree(case: MixCase) -> None:
    found = best_by_cuts(case)
    assert found is not None
    assert found.objective_keur == pytest.approx(268.0)
    assert month_by_month(case, best(case).plan).mean_keur == pytest.approx(268.0)


def test_a_month_in_which_nothing_is_let_out_is_excused(case: MixCase) -> None:
    """A contract from China that is let out at 0.2 delivers 1.2 t, and no more is owed; at 0 nothing is owed.

    Stop: -48 in month 1; in month 2 2 t by sea, 1.2 t at 40 = 48, 2 t spot at 240 = 480, 4.8 t lost = 2400; with the
    fee 2980. At 0 nothing arrives and nothing is owed: 100 - 48 + 10 x 500 = 5052.
    """
    case = with_contract(case, replace(case.options[0], from_china=True))
    stop = case.scenarios[1]
    assert excused_t(case, case.options[0], stop, filed=False) == pytest.approx((0.0, 1.8))
    assert costed(case, plan(case)).scenarios[1].cost_keur == pytest.approx(2980.0)
    shut = replace(stop, open_share={"M": (1.0, 0.0)}, open_share_if_filed={"M": (1.0, 0.0)})
    closed = replace(case, scenarios=(case.scenarios[0], shut))
    assert costed(closed, plan(case)).scenarios[1].cost_keur == pytest.approx(5052.0)
    assert month_by_month(closed, plan(case)).scenarios[1].cost_keur == pytest.approx(5052.0)


def test_what_is_owed_and_cannot_be_used_costs_the_whole_price(case: MixCase) -> None:
    """Use of 1 t in month 2: of 3 t owed 1 t replaces 1 t by sea at 16, and 2 t cost 120/1.25 = 96 each.

    Open: 100 - 48 + 16 + 192 = 260. A stop brings 0.2 t by sea; 1 t at 40 and 2 t at 150/1.25 = 120: 100 - 48 + 280.
    """
    little = replace(case, items=(replace(case.items[0], use_t=(10.0, 1.0)),))
    costs = [row.cost_keur for row in costed(little, plan(case)).scenarios]
    assert costs == pytest.approx([260.0, 332.0])
    assert [row.cost_keur for row in month_by_month(little, plan(case)).scenarios] == pytest.approx(costs)


def test_floor_and_cap_at_which_the_choice_flips(case: MixCase) -> None:
    """With a fee of 650 both cost 818, the spot alone 870: 52 more and the contract goes.

    Month 1 costs -48 at a floor of 90, nothing at 100, then 3 t x (floor - 100)/1.25: 48 + 2.4 (floor - 100) = 52 at
    101.667. A higher cap is felt in the stop alone: 0.25 x 6 t x (cap - 150)/1.25 = 52 at 193.333.
    """
    dear = with_contract(case, replace(case.options[0], fee_keur=650.0))
    rows = {row.kind: row for row in flips(dear)}
    floor, cap = rows["floor"], rows["price_cap"]
    assert floor.above is not None
    assert cap.above is not None
    assert floor.above.value == pytest.approx(101.6667, abs=0.01)
    assert cap.above.value == pytest.approx(193.333, abs=0.01)
    assert floor.above.options == cap.above.options == ("spot",)
    assert (floor.below, cap.below) == (None, None)
