"""Unregistered supply follows its quote within bounds; by-products put aside are counted and can be taken up again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.base.sums import total
from coercivity.market.inputs.figures import Figures
from coercivity.market.network.network import Activity, Good, GoodAmount, Network
from coercivity.market.program.state import State
from coercivity.market.run.industry.side_supply import piles, side_supply, without_piles
from coercivity.market.run.mechanisms import Mechanisms
from tests.oracles.market_small import HERE, before, moves, one_good
from tests.oracles.market_toy import FIRST, FREE, always, simulated, told, walk

RAW = Good("raw_Y", "CN")
ASIDE, RETAKE = ("aside", "Y", "CN"), ("retake", "Y", "CN")
UNREGISTERED, PILE = "unregistered:ox_Dy", "pile:Y:CN"


@pytest.fixture(scope="module")
def network() -> Network:
    return one_good((), 20.0)


@pytest.mark.parametrize(
    ("quote", "share"),
    [(10.0, 1.0), (20.0, 2**0.3), (5.0, 0.5**0.3), (80.0, 1.5), (0.0, 0.0)],
)
def test_unregistered_supply_answers_to_its_quote(network: Network, quote: float, share: float) -> None:
    """Base price 10 USD/kg, elasticity 0.3, at most 1.5 times; eight times the price would give 1.87 times."""
    state = replace(before(network), quote={HERE: quote})
    room = side_supply(Figures(), network, frozenset())
    assert room(UNREGISTERED, 30.0, 5, state) == pytest.approx(30.0 * share, rel=1e-8)


def test_switched_off_it_stays_as_in_the_base_year(network: Network) -> None:
    state = replace(before(network), quote={HERE: 80.0})
    room = side_supply(Figures(), network, frozenset({"grey_supply"}))
    assert room(UNREGISTERED, 30.0, 0, state) == 30.0


def test_other_capacities_are_as_they_were(network: Network) -> None:
    state = replace(before(network), quote={HERE: 80.0})
    assert side_supply(Figures(), network, frozenset())("mine", 7.0, 3, state) == 7.0


def test_a_pile_is_taken_up_evenly_over_twelve_months(network: Network) -> None:
    """24 t: two tonnes a month for a year, so that a plan never takes up more than there is."""
    state = replace(before(network), aside_t={RAW: 24.0})
    room = side_supply(Figures(), network, frozenset())
    each = [room(PILE, 1.0, ahead, state) for ahead in range(42)]
    assert each[:13] == [2.0] * 12 + [0.0]
    assert total(each) == pytest.approx(24.0)


def test_a_shock_still_cuts_unregistered_supply() -> None:
    """A crackdown to a fifth from the month in which it is known."""
    shock = {"capacity": UNREGISTERED, "share": "0.2", "from": "2024-11", "to": "2024-12", "reason": {"en": "-"}}
    run = simulated(told(shocks=[shock]), "2024-11", (1, 1, 1, 3))
    state, drivers = run.months[-1].before, run.update.drivers
    month = run.months[-1].month
    free = drivers.capacity(UNREGISTERED, month + 2, month, state)
    cut = drivers.capacity(UNREGISTERED, month, month, state)
    assert cut == pytest.approx(0.2 * free, rel=1e-9)
    taken = run.months[-1].activity_t.get(("unregistered", "ox_Dy", "CN"), 0.0)
    assert taken <= cut * (1 + 1e-9)


def with_by_product(network: Network) -> Network:
    """A mine that pays in any case brings raw yttrium, which is finished at 3 USD/kg, put aside, or taken up at 1."""
    oxide = Good("ox_Y", "CN")
    mine = next(a for a in network.activities if a.kind == "mine")
    made = (
        replace(mine, gives=(*mine.gives, GoodAmount(RAW, 1.0)), cost=-40.0),
        *(a for a in network.activities if a.kind != "mine"),
        Activity("finish", ("Y", "CN"), (GoodAmount(RAW, 1.0),), (GoodAmount(oxide, 1.0),), 3.0),
        Activity(ASIDE[0], ASIDE[1:], (GoodAmount(RAW, 1.0),), (), 0.5),
        Activity(RETAKE[0], RETAKE[1:], (), (GoodAmount(RAW, 1.0),), 1.0, limits=((PILE, 1.0),)),
        # Buyers at 9 USD/kg, of a limited quantity.
        Activity("sell", ("Y", "CN"), (GoodAmount(oxide, 1.0),), (), -9.0, limits=(("buyers", 1.0),)),
    )
    return replace(
        network,
        goods=(*network.goods, RAW, oxide),
        activities=made,
        limits={"mine": 20.0, "buyers": 5.0, PILE: 1.0},
    )


def test_a_pile_keeps_what_was_put_aside_until_it_is_taken_up(network: Network) -> None:
    """20 t a month are put aside or sold: 5 t sold in the first months, 30 t from the fourth on.

    Then all of it is finished, and of the pile of 45 t a twelfth: 20 + 3.75 t.
    """
    made = with_by_product(network)
    room = side_supply(Figures(), made, frozenset())

    def capacity(name: str, month: int, seen_from: int, state: State) -> float:
        base = 30.0 if name == "buyers" and seen_from >= FIRST + 3 else made.limits[name]
        return room(name, base, month - seen_from, state)

    update = moves(made, always(FREE), 6, capacity=capacity)
    done = walk(update, before(made), FIRST, FIRST + 5, mechanisms=Mechanisms(aside=piles))
    held = [each.after.aside_t.get(RAW, 0.0) for each in done]
    assert held[:3] == pytest.approx([15.0, 30.0, 45.0], rel=1e-6)
    assert done[3].activity_t[RETAKE] == pytest.approx(45.0 / 12, rel=1e-6)
    before_t = 0.0
    for each, mass in zip(done, held, strict=True):
        put, taken = each.activity_t.get(ASIDE, 0.0), each.activity_t.get(RETAKE, 0.0)
        assert mass == pytest.approx(before_t + put - taken, rel=1e-8)
        assert 0 <= taken <= before_t / 12 * (1 + 1e-6)
        before_t = mass


def test_without_piles_nothing_is_taken_up() -> None:
    made = with_by_product(one_good((), 20.0))
    left = without_piles(made)
    assert {a.kind for a in made.activities} - {a.kind for a in left.activities} == {"retake"}
    assert PILE not in left.limits
