"""The market of a scenario put together: network, drivers, and what follows from each month."""

from __future__ import annotations

from dataclasses import dataclass, replace

from coercivity.base.months import Month
from coercivity.market.network.end_of_life import with_outlets
from coercivity.market.network.further_ores import mined_at_last
from coercivity.market.network.network import Network
from coercivity.market.program.grid import PlanningGrid
from coercivity.market.program.state import Drivers, Law, State
from coercivity.market.run.contracts.contract import CONTRACTS, contracts_of
from coercivity.market.run.contracts.deliveries import Deliveries, deliveries_of, requirements_of, with_contracts
from coercivity.market.run.devices.in_use import DevicesInUse
from coercivity.market.run.devices.recyclers import treating
from coercivity.market.run.drivers import drivers_of
from coercivity.market.run.industry.industry import ENTRY, Industry, drawn_on, modelled
from coercivity.market.run.industry.new_need import new_need_of
from coercivity.market.run.industry.plants import Plant, limits_of, opens, plants
from coercivity.market.run.industry.side_supply import piles, without_piles
from coercivity.market.run.law import PlantLawSeen
from coercivity.market.run.mechanisms import Mechanisms, served
from coercivity.market.run.policy.delays import delayed
from coercivity.market.run.policy.loading import loading_of
from coercivity.market.run.policy.policies import policy_drivers, with_policies
from coercivity.market.run.policy.reserves import opening
from coercivity.market.run.qualification import qualification
from coercivity.market.run.scenarios.form import PER_YEAR, OwnPlant
from coercivity.market.run.scenarios.scenario import Scenario
from coercivity.market.run.shape import asking_for, covered, shaped, that_can_run
from coercivity.market.run.world import World


@dataclass(frozen=True, slots=True)
class Assembly:
    """The market of a scenario.

    Attributes:
        entries: Plants in the model.
        left_out: Ids of plants that are not.
        devices: Magnets in use; None without recycling.
        deliveries: The contracts by route.
        mechanisms: What follows from each month.
    """

    network: Network
    drivers: Drivers
    industry: Industry
    entries: tuple[Plant, ...]
    left_out: tuple[str, ...]
    devices: DevicesInUse | None
    deliveries: tuple[Deliveries, ...]
    mechanisms: Mechanisms

    def start(self, state: State, scenario: Scenario) -> State:
        """Returns the state before the first month with magnets in use, and state stocks if any stocks are kept."""
        if self.devices is not None:
            state.devices = self.devices.start
        state.stock_t |= opening(scenario.policies.stockpiles)
        # Ores that no mine brings within the run are not quoted.
        state.quote = {good: price for good, price in state.quote.items() if good in self.network.prices}
        if not scenario.behaviour.stocks:
            state.stock_t.clear()
        return state


def assembled(
    world: World,
    scenario: Scenario,
    law: Law,
    plant_law: PlantLawSeen,
    *,
    first: Month,
    last: Month,
    grid: PlanningGrid,
) -> Assembly:
    """Returns the market of a scenario.

    Args:
        world: The market of the base year.
        scenario: The scenario.
        law: What the law says of a bucket.
        plant_law: What it says of activities at a plant.
        first: First month of the run.
        last: Last month of the run.
        grid: Periods of the planning window.
    """
    off, policies, figures = frozenset(scenario.behaviour.off), scenario.policies, world.figures
    network = shaped(asking_for(covered(world.network, scenario), law, range(first, last + grid.months)), scenario)
    network = without_piles(network) if "by_products" in off else network
    entry = ENTRY not in off
    found, left_out = plants(figures, studied=entry)
    found = delayed([*found, *(_own(plant) for plant in scenario.plants)], policies.delays)
    if world.cohorts is not None:
        found = treating(found)
    reach = (last, grid.months, round(figures.assumption("months_to_decide")))
    growing = frozenset(name for plant in found if opens(plant, *reach) for name in limits_of(plant))
    network = with_outlets(mined_at_last(that_can_run(network, growing)))
    network = with_policies(network, policies, world.coefficients)
    entries = modelled(found, drawn_on(network))
    contracts = contracts_of(figures, policies) if CONTRACTS not in off else ()
    deliveries = deliveries_of(network, world.coefficients, contracts)
    network = replace(network, requirements=(*network.requirements, *requirements_of(deliveries, network)))
    span = (first, grid.months)
    industry = Industry(figures, network, entries, plant_law, policies, span=span, entry=entry)
    drivers = with_contracts(drivers_of(figures, scenario, network, industry), deliveries)
    if entry:
        drivers = replace(drivers, new_need=new_need_of(network, world.coefficients, world.base, industry))
    devices = None
    if world.cohorts is not None:
        devices = DevicesInUse(world.cohorts, network, first, last - first + 1 + grid.months)
        drivers = devices.driving(drivers)
    drivers = policy_drivers(drivers, policies, network)
    if "loading" not in off:
        asked = scenario.behaviour.loading
        multiple = asked if asked is not None else figures.assumption("loading_multiple")
        drivers = replace(drivers, loading=loading_of(network, world.base, entries, multiple))
    options = qualification(network, grid, round(figures.assumption("qualification_months")))
    recipes = served if "substitution" in off else options
    mechanisms = Mechanisms(recipes=recipes, industry=industry.after, aside=piles)
    if devices is not None:
        mechanisms = replace(mechanisms, devices=devices.after)
    return Assembly(
        network=network,
        drivers=drivers,
        industry=industry,
        entries=tuple(entries),
        left_out=tuple(sorted([*left_out, *(plant.id for plant in found if plant not in entries)])),
        devices=devices,
        deliveries=tuple(deliveries),
        mechanisms=mechanisms,
    )


def _own(plant: OwnPlant) -> Plant:
    yearly = plant.capacity * PER_YEAR[plant.unit]
    family = "magnet" if plant.stage in ("magnet", "magnet_smco") else "other"
    limit = f"{plant.stage}:{plant.region}"
    dependence = int(plant.dependence)
    return Plant(
        plant.id,
        plant.region,
        plant.stage,
        limit,
        family,
        yearly / 12,
        plant.start,
        plant.start,
        dependence,
        decided=plant.decided,
    )
