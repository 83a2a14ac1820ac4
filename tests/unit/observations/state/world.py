"""A small made-up world: one group of products, China and three regions, and a true state that the model misses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from coercivity.observations.state.estimate import Estimate, estimated
from coercivity.observations.state.flows import ModelFlows
from coercivity.observations.state.programme import Form, Measured, Programme, Spread, Unknown, programme_of

MONTHS = tuple(range(24300, 24306))
REGIONS = ("EUR", "JP", "NAM")
LAGS = {("CN", "EUR"): 2, ("CN", "JP"): 0, ("CN", "NAM"): 1, ("JP", "NAM"): 1}
SPREADS = {
    kind: Spread(level, month)
    for kind, level, month in (
        ("made", 0.05, 0.05),
        ("used", 0.05, 0.05),
        ("shipped", 0.15, 0.15),
        ("moved", 0.15, 0.15),
        ("stock", 0.5, 0.5),
        ("due", 0.1, 0.1),
        ("held", 0.1, 0.1),
    )
}
NOISE = 0.03


def model() -> ModelFlows:
    """What the model says: steady flows, stocks of some months of use, so that no bound is reached."""
    out = {"EUR": 100.0, "JP": 60.0, "NAM": 80.0}
    moved = 20.0
    used = {"EUR": 100.0, "JP": 40.0, "NAM": 100.0, "CN": 300.0}
    return ModelFlows(
        "magnets",
        MONTHS,
        made_t={("CN", month): 540.0 for month in MONTHS},
        used_t={(region, month): mass for region, mass in used.items() for month in MONTHS},
        shipped_t={
            **{("CN", region, month): mass for region, mass in out.items() for month in MONTHS},
            **{("JP", "NAM", month): moved for month in MONTHS},
        },
        lags=LAGS,
        held_t={},
        stock_t={"CN": 900.0, "EUR": 400.0, "JP": 200.0, "NAM": 400.0},
        due_t={("EUR", MONTHS[0]): 100.0, ("EUR", MONTHS[1]): 100.0, ("NAM", MONTHS[0]): 100.0},
    )


def programme() -> Programme:
    """Its programme."""
    return programme_of([model()], SPREADS)


def truth(seed: int, held: Programme) -> dict[Unknown, float]:
    """True flows that are off the model's as far as the spreads say, and the stocks that follow from them."""
    dice = np.random.default_rng(seed)
    found: dict[Unknown, float] = {name: usual for name, usual in held.usual.items() if name[0] == "level"}
    for form, value, sd in held.beliefs:
        (name, *_) = form
        if name[0] == "level" and name[1] != "stock":
            found[name] = value + sd * float(dice.standard_normal())
    for form, _, sd in held.beliefs:
        (name, *others) = form
        if name[0] in ("made", "used", "shipped", "moved"):
            found[name] = max(-form[others[0]] * found[others[0]] + sd * float(dice.standard_normal()), 0.0)
        elif name[0] == "due" or (name[0] == "stock" and name[3] == str(MONTHS[0] - 1)):
            usual = held.usual[name]
            spread = 0.1 if name[0] == "due" else 0.3
            found[name] = usual * (1.0 + spread * float(dice.standard_normal()))
    for balance in held.balances:
        stock = next(iter(balance))
        found[stock] = sum_of({name: weight for name, weight in balance.items() if name != stock}, found)
    return found


def sum_of(form: Form, values: Mapping[Unknown, float]) -> float:
    """A figure in some values."""
    return float(np.dot([values[name] for name in form], list(form.values())))


def exports(region: str, months: tuple[int, ...] = MONTHS) -> dict[Unknown, float]:
    """Exports to a region, or to all, over some months."""
    regions = REGIONS if region == "XCN" else (region,)
    return {("shipped", "magnets", "CN", each, str(month)): 1.0 for each in regions for month in months}


def rows(seed: int, true: Mapping[Unknown, float]) -> list[Measured]:
    """What is observed: exports of each month to the world, to Europe in three months, and of a quarter to Japan."""
    dice = np.random.default_rng(1000 + seed)
    forms = [(f"W{month}", exports("XCN", (month,))) for month in MONTHS]
    forms += [(f"E{month}", exports("EUR", (month,))) for month in MONTHS[:3]]
    forms += [("J", exports("JP", MONTHS[:3]))]
    found = []
    for name, form in forms:
        value = sum_of(form, true)
        sd = NOISE * value
        found.append(Measured(name, form, value + sd * float(dice.standard_normal()), sd))
    return found


@dataclass(frozen=True)
class Case:
    """A seed with everything that follows."""

    programme: Programme
    true: dict[Unknown, float]
    rows: list[Measured]
    estimate: Estimate


def case(seed: int) -> Case:
    """A true state, its observations and the estimate."""
    held = programme()
    true = truth(seed, held)
    seen = rows(seed, true)
    return Case(held, true, seen, estimated(held, seen))
