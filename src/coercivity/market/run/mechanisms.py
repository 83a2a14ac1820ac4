"""What follows from a month that was carried out: qualified recipes, projects and closures, magnets in use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from coercivity.base.canonical import round_sig
from coercivity.base.months import Month
from coercivity.market.network.network import Good
from coercivity.market.program.lp import Solved
from coercivity.market.program.state import DeviceState, IndustryState, State
from coercivity.market.program.update import WindowUpdate


@dataclass(frozen=True, slots=True)
class Committed:
    """A month that was carried out.

    Attributes:
        update: The window of the month.
        before: The state before it.
        plan: The whole plan of the window.
        did_t: Quantity of each activity [t].
        wanted_t: Demand by use and region [t].
    """

    update: WindowUpdate
    before: State
    month: Month
    plan: Solved
    did_t: Mapping[tuple[str, ...], float]
    wanted_t: Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Qualified:
    """Recipes after a month.

    Attributes:
        ready: Largest share of demand that each has supplied.
        qualified_on: First month of use of those whose qualification has begun.
        sought: Months in a row in which a qualification paid, of the others.
    """

    ready: dict[tuple[str, ...], float]
    qualified_on: dict[tuple[str, ...], Month]
    sought: dict[tuple[str, ...], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DeviceMonth:
    """Magnets that leave use in a month.

    Attributes:
        sold_t: Magnets in devices built, by pool [t].
        leaving_t: Magnets in devices that leave use, by pool [t].
        collected_t: Collected and extracted, by product [t].
    """

    sold_t: Mapping[tuple[str, ...], float] = field(default_factory=dict)
    leaving_t: Mapping[tuple[str, ...], float] = field(default_factory=dict)
    collected_t: Mapping[Good, float] = field(default_factory=dict)


def qualified(done: Committed) -> Qualified:
    """Returns the recipes after a month: what a recipe has once supplied it can supply for ever.

    Source: equation 39 of docs/market.md.
    """
    ready = dict(done.before.ready)
    for recipe in done.update.window.network.recipes:
        want = done.wanted_t[recipe.use, recipe.region]
        if recipe.speed is not None and want:
            share = done.did_t[recipe.activity] / want
            ready[recipe.activity] = round_sig(max(share, ready.get(recipe.activity, 0.0)))
    return Qualified(ready, dict(done.before.qualified_on))


def served(done: Committed) -> Qualified:
    """Returns the recipes after a month where substitution is switched off: each gains from what it supplied last.

    Source: equation 39 of docs/market.md.
    """
    ready = {}
    for recipe in done.update.window.network.recipes:
        want = done.wanted_t[recipe.use, recipe.region]
        if recipe.speed is not None:
            ready[recipe.activity] = done.did_t[recipe.activity] / want if want else 0.0
    return Qualified(ready, dict(done.before.qualified_on))


@dataclass(frozen=True, slots=True)
class Mechanisms:
    """The mechanisms of a run.

    Attributes:
        recipes: Qualification of recipes.
        industry: Projects and closures.
        devices: Magnets in use, and what leaves it.
        aside: Piles of by-products put aside [t].
    """

    recipes: Callable[[Committed], Qualified] = qualified
    industry: Callable[[Committed], IndustryState] = lambda done: done.before.industry
    devices: Callable[[Committed], tuple[DeviceState, DeviceMonth]] = lambda done: (done.before.devices, DeviceMonth())
    aside: Callable[[Committed], dict[Good, float]] = lambda done: dict(done.before.aside_t)


NONE = Mechanisms()
