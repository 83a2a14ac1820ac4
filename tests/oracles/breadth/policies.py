"""A packed run under one policy of each kind at once, and plain readings of what they move.

Source: equations 81 to 84 of docs/market.md.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from coercivity.market.network.network import Good
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.scenarios.policies import PoliciesAsked
from coercivity.market.run.simulate import Simulation
from tests.oracles.market_toy import Periods, simulated, told

FLOOR, LIMITED = 130.0, 90.0
LIMITED_T = 1200.0
POLICIES = {
    "price_floors": [
        {"id": "all", "good": "ox_NdPr", "region": "NAM", "price": "130", "upside": "0.3", "from": "2025-02"},
        {"id": "some", "good": "ox_NdPr", "region": "SEA", "price": "90", "tonnes_a_year": "1200", "from": "2025-02"},
        {
            "id": "edge",
            "kind": "border",
            "good": "ox_Dy",
            "region": "JP",
            "price": "260",
            "from": "2025-01",
            "published": "2024-12",
        },
    ],
    "stockpiles": [
        {
            "id": "reserve-jp",
            "good": "ox_Dy",
            "region": "JP",
            "buy_tonnes_a_month": "2",
            "at_most": "400",
            "opening_tonnes": "5",
            "from": "2024-11",
            "to": "2025-03",
            "release_from": "2025-05",
            "release_tonnes_a_month": "3",
            "release_above": "410",
        }
    ],
    "mandates": [
        {"id": "five", "region": "EUR", "element": "NdPr", "share": "0.05", "pay": "20", "from": "2025-03"},
    ],
    "scrap_bans": [{"id": "ban", "region": "EUR", "from": "2025-01"}],
}


@lru_cache(maxsize=2)
def under_policies(last: str, months: Periods) -> Simulation:
    """A run with every mechanism on, under all of these policies."""
    scenario = replace(told("controls-back"), policies=PoliciesAsked.model_validate(POLICIES))
    return simulated(scenario, last, months)


def stock_flow(done: MonthDone, name: str, before: float) -> float:
    """A state stock after a month: what was held, more what was bought, less what was released."""
    for activity, mass in done.activity_t.items():
        if activity[-1] == name and activity[0] in ("reserve", "release"):
            before += mass if activity[0] == "reserve" else -mass
    return before


def held_t(done: MonthDone, name: str) -> float:
    """What a state stock holds after a month."""
    return sum(mass for entry, mass in done.stock_t.items() if entry.name == f"reserve:{name}")


def under_floor_t(simulation: Simulation, done: MonthDone, good: str, region: str, limit: str | None) -> float:
    """Tonnes of a good that a region made in a month: all of them, or those on the columns of a limited floor."""
    made = 0.0
    for activity in simulation.network.activities:
        if activity.kind in ("ship", "haul", "loosen", "swap", "reserve", "release", "recipe", "scrap"):
            continue
        if limit is None or any(name == limit for name, _ in activity.limits):
            mass = done.activity_t.get(activity.name, 0.0)
            made += sum(mass * g.mass for g in activity.gives if (g.good.name, g.good.region) == (good, region))
    return made


def difference(price: float, quote: float, upside: float) -> float:
    """What a payer owes for a kilogram at a quote; below zero it receives a share of what the quote is above."""
    return price - quote if quote < price else -upside * (quote - price)


def quote(done: MonthDone, good: str, region: str) -> float:
    """The quote before a month."""
    return done.before.quote[Good(good, region)]
