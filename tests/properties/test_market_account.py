"""Account of each element over a whole run: nothing appears and nothing is lost between its months either.

Mined + unregistered + taken up from piles + collected + opening stock and transit = used + put aside + thrown away +
closing stock and transit + losses by yield.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import pytest

from coercivity.market.inputs.coefficients import ELEMENTS
from coercivity.market.network.network import Good
from coercivity.market.program.state import State
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.scenarios.planning import default_grid
from coercivity.market.run.simulate import Simulation
from tests.oracles.breadth.flows import CLOSES, ROUNDED, all_contents, balances, element_t, holds, open_goods, planned
from tests.oracles.market_toy import packed_run

ORIGINS = ("mine", "unregistered", "retake")
Content = Mapping[str, Mapping[str, float]]


@dataclass
class Account:
    """An element over a run [t of oxide].

    Attributes:
        opening: Stock and transit before the first month.
        came: Mined, unregistered, taken up from piles, and collected from devices.
        used: In devices and other uses.
        aside: Put aside unseparated.
        lost: Losses by yield.
        thrown: Thrown away.
        closing: Stock and transit after the last month.
        through: Stock and transit before a month and what came in it, over all months.
    """

    opening: float = 0.0
    came: float = 0.0
    used: float = 0.0
    aside: float = 0.0
    lost: float = 0.0
    thrown: float = 0.0
    closing: float = 0.0
    through: float = 0.0

    @property
    def open(self) -> float:
        """What does not add up."""
        return self.opening + self.came - self.used - self.aside - self.lost - self.thrown - self.closing


def held_t(content: Content, element: str, state: State) -> float:
    """Stock and transit of an element."""
    under_way = ((entry, mass) for (entry, _), mass in state.arriving_t.items())
    return mass_t(content, element, state.stock_t.items()) + mass_t(content, element, under_way)


def mass_t(content: Content, element: str, masses: Iterable[tuple[Good, float]]) -> float:
    """An element in some goods."""
    return sum(mass * holds(content, entry, element) for entry, mass in masses)


def account_of(simulation: Simulation, element: str) -> Account:
    """What became of an element over the months of a run."""
    content, months = all_contents(simulation), simulation.months
    found = Account(
        opening=held_t(content, element, months[0].before), closing=held_t(content, element, months[-1].after)
    )
    for done in months:
        did = planned(simulation, done)
        for activity in simulation.network.activities:
            taken, given = element_t(content, activity, element)
            mass = did[activity.name]
            if activity.kind in ORIGINS:
                found.came += mass * given
            elif activity.kind == "recipe":
                found.used += mass * taken
            elif activity.kind == "aside":
                found.aside += mass * taken
            elif activity.kind != "reserve":
                # What a state buys is in its stock after the month.
                found.lost += mass * (taken - given)
        found.came += mass_t(content, element, done.devices.collected_t.items())
        found.thrown += mass_t(content, element, done.disposed_t.items())
        found.through += held_t(content, element, done.before)
    found.through += found.came
    return found


def accounts_must_close(simulation: Simulation) -> None:
    for element in ELEMENTS:
        found = account_of(simulation, element)
        assert found.through > 0
        room = CLOSES * found.through + ROUNDED * found.thrown
        assert found.open == pytest.approx(0.0, abs=room), (element, found)


def months_must_close(simulation: Simulation) -> None:
    for done in simulation.months:
        assert open_goods(balances(simulation, done, planned(simulation, done)), done.disposed_t) == {}


def no_month_forgets(months: tuple[MonthDone, ...]) -> None:
    """What a month leaves is what the next finds."""
    for done, then in pairwise(months):
        assert done.after is then.before


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    """Eighteen months as they are planned by default."""
    return packed_run("controls-back", "2026-03", default_grid().periods)


def test_every_good_and_element_closes_over_eighteen_months(simulation: Simulation) -> None:
    months_must_close(simulation)
    accounts_must_close(simulation)
    no_month_forgets(simulation.months)


def test_an_account_notices_what_goes_astray(simulation: Simulation) -> None:
    """The account can fail: a millionth of what was used opens it."""
    found = account_of(simulation, "NdPr")
    found.used *= 1 + 1e-6
    assert abs(found.open) > CLOSES * found.through + ROUNDED * found.thrown


@pytest.mark.whole
def test_every_good_and_element_closes_until_2030() -> None:
    simulation = packed_run("controls-back", "2030-12", default_grid().periods)
    months_must_close(simulation)
    accounts_must_close(simulation)
