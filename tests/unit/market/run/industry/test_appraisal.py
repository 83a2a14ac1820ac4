"""What a plan expects of a unit of capacity: price less cost is the worth of the capacities that it takes up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.market.network.network import Good, Requirement
from coercivity.market.run.industry.appraisal import Appraiser
from coercivity.market.run.mechanisms import Committed
from coercivity.permission.gate import Way
from tests.oracles.market_toy import FIRST, Toy, always, drivers, moves_of, says

SHUT = says(Way.SHUT)
DYSPROSIUM = ("mine", "ox_Dy", "JP")
MINE, WORKS = "mine:Dy:JP", "works:JP"
COST = 80.0  # of dysprosium oxide in Japan, four times that of China


def planned(calibrated: float = 0.0, required: tuple[Requirement, ...] = (), charge: float = 0.0) -> Committed:
    """A plan of a small market in which dysprosium is scarce in Japan: no shipments reach it."""
    toy = Toy(requirements=required)
    network = toy.network()
    activities = tuple(
        replace(a, calibrated=calibrated) if a.kind == "mine" and a.key == ("ox_Dy", "JP") else a
        for a in network.activities
    )
    network = replace(network, activities=activities)
    made = frozenset({DYSPROSIUM})
    world = drivers(network.limits, charged=made if charge else frozenset(), charge=lambda *_: charge)
    moves = moves_of(network, toy.rates(network), always(SHUT), world, (1, 1, 1, 3))
    state = replace(toy.state(network), stock_t={})
    moves.at(FIRST, state)
    plan = moves.window.solve()
    assert plan is not None
    return Committed(moves, state, FIRST, plan, {}, {})


def test_price_is_cost_and_the_worth_of_the_capacities_taken_up() -> None:
    """A kilogram takes one of the mine and 0.8 of the works; both as a mean over the months from the third on."""
    done = planned()
    appraiser = Appraiser(done.update.window, [MINE, WORKS])
    mine, works = (appraiser.expected(done, name, 2) for name in (MINE, WORKS))
    window, plan = done.update.window, done.plan
    lengths = {2: 1, 3: 3}
    price = sum(
        months * plan.dual[window.row("good", Good("ox_Dy", "JP"), p)] / window.discounts[p]
        for p, months in lengths.items()
    ) / sum(lengths.values())
    mass, expected = mine.made["ox_Dy"]
    assert mass == 1.0
    assert expected == pytest.approx(price)
    assert mine.worth + 0.8 * works.worth == pytest.approx(price - COST, rel=1e-6)
    assert works.worth > 0
    assert mine.months == (2, 5)


def test_what_the_base_year_forgave_counts_against_an_entrant() -> None:
    done = planned(calibrated=-25.0)
    found = Appraiser(done.update.window, [MINE]).expected(done, MINE, 0)
    assert found.forgiven == -25.0
    assert found.margin == pytest.approx(found.worth - 25.0)


def test_the_forgiven_part_is_counted_per_unit_of_capacity() -> None:
    """A kilogram takes up 0.8 of the works: 25 / 0.8 = 31.25 USD for each of its units, if only dysprosium is made."""
    done = planned(calibrated=-25.0)
    appraiser = Appraiser(done.update.window, [WORKS])
    plan, window = done.plan, done.update.window
    made = {
        e: sum(plan.value[window.column("act", ("mine", f"ox_{e}", "JP"), p)] for p in (2, 3)) for e in ("Dy", "La")
    }
    assert appraiser.expected(done, WORKS, 2).forgiven == pytest.approx(-31.25 * made["Dy"] / (made["Dy"] + made["La"]))


def test_beyond_the_window_its_last_period_counts() -> None:
    done = planned()
    appraiser = Appraiser(done.update.window, [WORKS])
    assert appraiser.expected(done, WORKS, 100) == replace(appraiser.expected(done, WORKS, 3), months=(5, 5))


def test_part_of_a_period_counts_by_its_months() -> None:
    """From the fifth month on two of the three months of the last period: its values are those of the period."""
    done = planned()
    appraiser = Appraiser(done.update.window, [WORKS])
    assert appraiser.expected(done, WORKS, 4).worth == appraiser.expected(done, WORKS, 3).worth
    assert appraiser.expected(done, WORKS, 4).months == (4, 5)


def test_support_to_those_that_run_is_not_paid_to_an_entrant() -> None:
    """Ten USD paid on each kilogram raise the worth of the mine and works by ten, and the margin by nothing."""
    margins = []
    for charge in (0.0, -10.0):
        done = planned(charge=charge)
        appraiser = Appraiser(done.update.window, [MINE, WORKS])
        mine, works = (appraiser.expected(done, name, 2) for name in (MINE, WORKS))
        assert mine.support == pytest.approx(charge)
        margins.append(mine.worth + 0.8 * works.worth + charge)
    assert margins[0] == pytest.approx(margins[1], abs=1e-6)


def test_a_contract_on_what_is_made_already_is_not_paid_to_an_entrant() -> None:
    """More than the mine can make is due, on pain of 40 USD: a kilogram is worth 40 more to its maker."""
    due = Requirement("contract:C1", 9.0, FIRST, FIRST + 60, supplies=((DYSPROSIUM, 1.0),), pay=40.0)
    plain, bound = planned(), planned(required=(due,))
    before, after = (Appraiser(d.update.window, [MINE]).expected(d, MINE, 2) for d in (plain, bound))
    assert after.support == pytest.approx(-40.0)
    assert before.support == 0.0
