"""Without policies nothing of them enters a run, and loading can be switched off."""

from __future__ import annotations

import math
from dataclasses import replace

from coercivity.market.network.network import DemandStep
from coercivity.market.run.policy.policies import policy_drivers, with_policies
from coercivity.market.run.scenarios.form import Behaviour
from coercivity.market.run.scenarios.policies import PoliciesAsked
from coercivity.market.run.simulate import world_once
from tests.oracles.market_small import one_good
from tests.oracles.market_toy import drivers, simulated, told

ROUTE = ("mag_high", "CN", "EUR")


def test_without_policies_network_and_drivers_are_the_same_objects() -> None:
    network, none = one_good((DemandStep(40.0, 1.0),), 20.0), PoliciesAsked()
    world = drivers(network.limits)
    assert with_policies(network, none, world_once().coefficients) is network
    assert policy_drivers(world, none, network) is world


def test_loading_follows_the_scenario_and_can_be_switched_off() -> None:
    def most(**behaviour: object) -> float:
        scenario = replace(told("no-controls"), behaviour=Behaviour.model_validate(behaviour))
        run = simulated(scenario, "2024-10", 1)
        return run.update.drivers.loading(ROUTE, run.months[0].month)

    packed = most()
    assert 0 < packed < math.inf
    assert most(loading="3") == packed / world_once().figures.assumption("loading_multiple") * 3
    assert most(off=["loading"]) == math.inf
