"""Whether prices depend on how they were reached: solved from nothing, with threads, or run on from the middle."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from multiprocessing import get_context

from benchmarks._market_runs import Apart, ColdUpdate, apart, published, ran
from coercivity.market.inputs.coefficients import ABROAD
from coercivity.market.results.price_gap import priced, route, split
from coercivity.market.results.prices import GOODS
from coercivity.market.run.simulate import Simulation
from tests.oracles.market_parts import Parts, parts_of

Prices = dict[tuple[str, str, str], float]


@dataclass(frozen=True, slots=True)
class Histories:
    """Differences by how a run was made, and the largest residual of a gap as a share of the price."""

    apart: dict[str, Apart]
    residual: float


def warm(parts: Parts, count: int) -> Prices:
    """Returns the prices of the run in its usual way."""
    return published(parts.months(count))


def cold(parts: Parts, count: int) -> Prices:
    """Returns the prices with each month solved from nothing."""
    return published(replace(parts, moves=ColdUpdate).months(count))


def threads(parts: Parts, count: int) -> Prices:
    """Returns the prices with two threads allowed."""
    return published(replace(parts, settings={"threads": 2, "parallel": "on"}).months(count))


def forked(parts: Parts, count: int) -> Prices:
    """Returns the prices from the middle on, begun anew there from the state of that month."""
    middle = count // 2
    before = parts.months(middle + 1)[-1]
    return published(parts.from_month(before).months(count - middle))


WAYS: dict[str, Callable[[Parts, int], Prices]] = {"cold": cold, "two threads": threads, "forked": forked}


def asked(way: str, name: str, last: str) -> Prices:
    """Returns the prices of a packed scenario made in one way; in a process of its own."""
    simulation = ran(name, last)
    made = WAYS.get(way, warm)
    return made(parts_of(simulation), len(simulation.months))


@lru_cache(maxsize=2)
def histories(name: str, last: str) -> Histories:
    """Returns how far the ways of making a run are apart."""
    simulation = ran(name, last)
    usual, found = published(simulation.months), {}
    for way in ("warm again", *WAYS):
        with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as alone:
            found[way] = apart(usual, alone.submit(asked, way, name, last).result())
    return Histories(found, residual(simulation))


def residual(simulation: Simulation) -> float:
    """Returns the largest residual of a gap as a share of the price outside."""
    window, worst = simulation.update.window, 0.0
    for done in simulation.months:
        for good in GOODS:
            for region in ABROAD:
                if priced(good, region) not in done.price:
                    continue
                gap = split(window, done, route(window, good, region))
                left = [part.usd_per_kg for part in gap.parts if part.part == "residual"]
                worst = max(worst, *(abs(x) / max(abs(gap.outside), abs(gap.inside), 1.0) for x in left))
    return worst
