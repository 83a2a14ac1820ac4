"""Substitution and supply beside mines in plain Python: what a month leaves, from what it began with and what it did.

Source: equations 73 to 75 of docs/market.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from coercivity.market.network.network import Good, Recipe
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.simulate import Simulation

NOTHING_T = 1e-6
Name = tuple[str, ...]


@dataclass
class Designs:
    """Designs after a month.

    Attributes:
        share: Largest share of its use that each slow design has supplied.
        begin: First month of use, of those of which the qualification has begun.
        in_a_row: Months in a row in which plans paid for the qualification of the others.
    """

    share: dict[Name, float] = field(default_factory=dict)
    begin: dict[Name, int] = field(default_factory=dict)
    in_a_row: dict[Name, int] = field(default_factory=dict)

    def month(self, simulation: Simulation, done: MonthDone, needed: int) -> None:
        """Follows a month.

        Args:
            simulation: The run.
            done: The month.
            needed: Months in a row after which a qualification begins.
        """
        for recipe in simulation.network.recipes:
            name = recipe.activity
            if recipe.speed is None:
                continue
            wanted = done.uses[recipe.use, recipe.region].wanted_t
            if wanted:
                self.share[name] = max(self.share.get(name, 0.0), done.activity_t.get(name, 0.0) / wanted)
            if recipe.wait and name not in self.begin:
                self.in_a_row[name] = self.in_a_row.get(name, 0) + 1 if paid_for(simulation, done, recipe) else 0
                if self.in_a_row[name] == needed:
                    self.begin[name] = done.month + recipe.wait


def paid_for(simulation: Simulation, done: MonthDone, recipe: Recipe) -> bool:
    """Whether the plan of a month uses a design in some period that ends after its wait."""
    window, end, used = simulation.update.window, 0, 0.0
    for p, length in enumerate(window.grid.periods):
        end += length
        if end > recipe.wait:
            used += float(done.plan.value[window.column("act", recipe.activity, p)])
    return used > NOTHING_T


def unregistered_t(simulation: Simulation, done: MonthDone, name: str) -> float:
    """Capacity of unregistered supply in a month, from the quote of the month before."""
    figures, network = simulation.world.figures, simulation.network
    oxide = Good(name.split(":")[1], "CN")
    answer = (done.before.quote[oxide] / network.prices[oxide]) ** figures.assumption("unregistered_elasticity")
    return float(network.limits[name] * min(answer, figures.assumption("unregistered_most")))


def pile_after(simulation: Simulation, done: MonthDone, before: dict[Good, float]) -> dict[Good, float]:
    """Piles after a month: what is put aside comes to them, what is taken up leaves them."""
    limits = simulation.network.limits
    found = dict(before)
    for kind, *key in done.activity_t:
        element, region = key[0], key[-1]
        if kind in ("aside", "retake") and f"pile:{element}:{region}" in limits:
            entry, mass = Good(f"raw_{element}", region), done.activity_t[(kind, *key)]
            found[entry] = found.get(entry, 0.0) + (mass if kind == "aside" else -mass)
    return found


def pile_room_t(simulation: Simulation, done: MonthDone, name: str) -> float:
    """The most that can be taken up from a pile in a month."""
    _, element, region = name.split(":")
    held = done.before.aside_t.get(Good(f"raw_{element}", region), 0.0)
    return held / round(simulation.world.figures.assumption("retake_months"))
