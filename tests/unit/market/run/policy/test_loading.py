"""Loading by hand: the usual shipment of a route, its growth, and routes without a limit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.market.inputs.base_flows import BaseFlows
from coercivity.market.network.network import DemandStep, Store
from coercivity.market.program.lp import INF
from coercivity.market.program.state import BASE_MONTH
from coercivity.market.run.industry.plants import Plant
from coercivity.market.run.policy.loading import loading_of
from coercivity.market.run.rolling import MonthDone
from tests.oracles.market_small import BUCKET, THERE, before, moves, one_good
from tests.oracles.market_toy import FIRST, FREE, LICENCE, simulated, told, walk

ROUTE = ("ox_Dy", "CN", "JP")
SHIP = ("ship", *BUCKET, "free")


def base(yearly: float) -> BaseFlows:
    return BaseFlows({("oxide_trade", "ox_Dy", "", "CN", "JP"): yearly}, {})


def plant(start: int) -> Plant:
    return Plant("works", "JP", "magnet", "magnet:JP", "magnet", 30.0, start, start, 0)


@pytest.mark.parametrize(
    ("yearly", "turnover", "most"),
    [
        # 120 t a year are 10 t a month: twice that.
        (120.0, 4.0, 20.0),
        # More is used at the end than came on the route: others have delivered it.
        (12.0, 4.0, 8.0),
        (0.0, 0.0, INF),
    ],
)
def test_a_shipment_is_at_most_twice_what_is_usual(yearly: float, turnover: float, most: float) -> None:
    network = one_good((DemandStep(40.0, 1.0),), 20.0)
    network = replace(network, stores=(Store(THERE, turnover, 1.0, 1.0),))
    assert loading_of(network, base(yearly), [], 2.0)(ROUTE, BASE_MONTH) == pytest.approx(most)


def test_what_is_usual_grows_with_the_works_that_take_it() -> None:
    """Works of 10 t a month in the base year and 30 t from the planned month on take four times as much."""
    network = one_good((DemandStep(40.0, 1.0),), 20.0)
    network.limits["magnet:JP"] = 10.0
    loading = loading_of(network, base(120.0), [plant(BASE_MONTH + 6)], 2.0)
    assert [loading(ROUTE, BASE_MONTH + n) for n in (5, 6)] == pytest.approx([20.0, 80.0])


def test_a_known_control_is_run_ahead_of_within_the_limit() -> None:
    """From the third month nothing leaves: without a limit two months ship it all, with 25 t a month they ship 50."""

    def carried(limit: float) -> list[float]:
        network = one_good((DemandStep(40.0, 1.0),), 20.0)
        update = moves(
            network,
            lambda bucket, month, known: FREE if month < FIRST + 2 else LICENCE,
            6,
            loading=lambda route, month: limit,
        )
        months: list[MonthDone] = walk(update, before(network), FIRST, FIRST + 1)
        return [done.activity_t.get(SHIP, 0.0) for done in months]

    assert sum(carried(INF)) > 60.0
    assert carried(25.0) == pytest.approx([25.0, 25.0])


def test_calm_months_never_meet_the_limit() -> None:
    """Without controls and with the packed multiple, no month of a run ships less than without a limit."""
    scenario = told("no-controls")
    run = simulated(scenario, "2025-03", 3)
    for done in run.months:
        sent: dict[tuple[str, ...], float] = {}
        for key, mass in done.activity_t.items():
            if key[0] == "ship" and key[2] == "CN":
                sent[key[1:4]] = sent.get(key[1:4], 0.0) + mass
        for (name, origin, to), mass in sent.items():
            assert mass < run.update.drivers.loading((name, origin, to), done.month) * (1 - 1e-6)
