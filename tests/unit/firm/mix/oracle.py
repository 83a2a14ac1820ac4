"""The best mix found another way: each set of options as a dense programme with names, solved by another method.

Here sea, air, stock and what is left over are quantities of each month, stock is carried from month to month, and what
arrives can be thrown away. Nothing of the program is used but the types of the case.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import numpy as np
from scipy.optimize import linprog

from coercivity.firm.mix.model import MixCase, MixItem, MixOption, MixScenario

Term = dict[str, float]


class Named:
    """A linear programme with names in place of positions."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.most: dict[str, float | None] = {}
        self.low: dict[str, float | None] = {}
        self.rows: list[tuple[Term, float]] = []  # sum <= number
        self.equal: list[tuple[Term, float]] = []

    def at_most(self, name: str, most: float | None = None, low: float | None = 0.0) -> str:
        """Adds a quantity."""
        self.names.setdefault(name, len(self.names))
        self.most[name], self.low[name] = most, low
        return name

    def solve(self, cost: Term) -> float | None:
        """Returns the least cost, or None if nothing is possible."""

        def matrix(rows: list[tuple[Term, float]]) -> tuple[np.ndarray | None, list[float] | None]:
            if not rows:
                return None, None
            out = np.zeros((len(rows), len(self.names)))
            for place, (terms, _) in enumerate(rows):
                for name, value in terms.items():
                    out[place, self.names[name]] += value
            return out, [number for _, number in rows]

        (upper, most), (same, number) = matrix(self.rows), matrix(self.equal)
        weights = [cost.get(name, 0.0) for name in self.names]
        bounds = [(self.low[name], self.most[name]) for name in self.names]
        found = linprog(weights, upper, most, same, number, bounds, method="highs-ipm")
        return float(found.fun) if found.status == 0 else None


def least_costs(case: MixCase, weight: float) -> dict[tuple[str, ...], float]:
    """Returns the least objective of each set of options that keeps the limits."""
    out = {}
    for flags in product((False, True), repeat=len(case.options)):
        names = tuple(option.option for option, flag in zip(case.options, flags, strict=True) if flag)
        found = _least(case, names, weight)
        if found is not None:
            out[names] = found
    return out


def _least(case: MixCase, names: tuple[str, ...], weight: float) -> float | None:
    options = [option for option in case.options if option.option in names]
    fees = float(sum(option.fee_keur for option in options))
    named = Named()
    buy = {item.item: named.at_most(f"buy {item.item}", item.stock_cap_t) for item in case.items}
    spend = {buy[item.item]: item.stock_cost_keur for item in case.items}
    item_of = {buy[item.item]: item for item in case.items}
    if case.limits.budget_keur is not None:
        named.rows.append((spend, case.limits.budget_keur - fees))
    if case.limits.storage_t is not None:
        room = case.limits.storage_t - float(sum(item.in_hand_t for item in case.items))
        named.rows.append((dict.fromkeys(buy.values(), 1.0), room))
    named.at_most("threshold", None, None)
    cost: Term = {"threshold": weight}
    for scenario in case.scenarios:
        paid, constant = _recourse(named, case, scenario, names)
        for name, value in spend.items():
            paid[name] += value * _let_out(case, scenario, item_of[name])
        worse = named.at_most(f"worse {scenario.scenario}")
        named.rows.append(({**paid, "threshold": -1.0, worse: -1.0}, -constant - fees))
        for name, value in paid.items():
            cost[name] = cost.get(name, 0.0) + (1 - weight) * scenario.probability * value
        cost[worse] = weight * scenario.probability / (1 - case.alpha)
        cost["one"] = cost.get("one", 0.0) + (1 - weight) * scenario.probability * (constant + fees)
    named.at_most("one", 1.0, 1.0)
    return named.solve(cost)


def _recourse(
    named: Named, case: MixCase, scenario: MixScenario, names: tuple[str, ...]
) -> tuple[defaultdict[str, float], float]:
    options = [option for option in case.options if option.option in names]
    shares = scenario.open_share_if_filed if any(o.kind == "filing" for o in options) else scenario.open_share
    paid: defaultdict[str, float] = defaultdict(float)
    constant, days = 0.0, {}
    for t in range(case.months):
        worth = 1 / (1 + case.discount_per_month) ** (t + 1)
        inflow: dict[str, Term] = {item.item: {} for item in case.items}
        for item in case.items:
            key = f"{scenario.scenario} {item.item} {t}"
            share = 1.0 if t < case.sea_months else shares[item.item][t - case.sea_months]
            inflow[item.item][named.at_most(f"sea {key}", item.use_t[t] * share)] = 1.0
            before = f"buy {item.item}" if t == 0 else f"held {scenario.scenario} {item.item} {t - 1}"
            drawn, held = (
                named.at_most(f"drawn {key}", 0.0 if t < item.stock_months else None),
                named.at_most(f"held {key}"),
            )
            here = 1.0 if t else _let_out(case, scenario, item)
            named.equal.append(({before: here, drawn: -1.0, held: -1.0}, 0.0))
            inflow[item.item][drawn] = 1.0
            _from_hand(named, inflow[item.item], f"{scenario.scenario} {item.item}", t, item.in_hand_t)
            lost = named.at_most(f"lost {key}", item.use_t[t])
            inflow[item.item][lost] = 1.0
            paid[lost] += item.loss_keur * worth
            if item.use_t[t]:
                days[lost] = case.days_per_month / item.use_t[t]
            if t == case.months - 1:
                paid[held] -= item.stock_cost_keur * case.left_over_worth_share * worth
        for option in options:
            served = [name for name in option.items if _may_serve(option, name, t)]
            if (
                option.kind == "filing"
                or not served
                or (option.kind == "leaner_grade" and option.items[0] not in served)
            ):
                continue
            key = f"{scenario.scenario} {option.option} {t}"
            if option.kind == "leaner_grade":
                old, new = option.items
                use = next(item.use_t[t] for item in case.items if item.item == old)
                swap = named.at_most(f"swap {key}", use)
                inflow[old][swap], inflow[new][swap] = 1.0, -option.cap
                paid[swap] += option.extra_keur * worth
                continue
            cap = option.cap * (scenario.second_source_share if option.kind == "second_source" else 1.0)
            taken = {}
            for item in case.items:
                if item.item in served:
                    most = item.use_t[t] * shares[item.item][t] if option.kind == "air" else None
                    name = named.at_most(f"{option.option} {key} {item.item}", most)
                    inflow[item.item][name] = taken[name] = 1.0
            named.rows.append((dict(taken), cap))
            if option.kind == "recycling":
                constant += option.extra_keur * cap * worth
            elif option.kind == "contract":
                bill = named.at_most(f"bill {key}", None, option.take_share * cap)
                named.rows.append(({**taken, bill: -1.0}, 0.0))
                paid[bill] += option.extra_keur * worth
            else:
                for name in taken:
                    paid[name] += option.extra_keur * worth
        for item in case.items:
            named.rows.append(({name: -value for name, value in inflow[item.item].items()}, -item.use_t[t]))
    if case.limits.lost_line_days is not None:
        named.rows.append((days, case.limits.lost_line_days))
    return paid, constant


def _may_serve(option: MixOption, name: str, t: int) -> bool:
    """Returns whether an option serves an item in the month with this place."""
    waits, last = option.item_months.get(name, option.months), option.item_last.get(name, t + 1)
    return waits <= t < last


def _let_out(case: MixCase, scenario: MixScenario, item: MixItem) -> float:
    """Returns the share of a stock order that leaves once its licence is there."""
    month = item.stock_leaves
    if month > case.months:
        return 0.0
    return scenario.open_share[item.item][month - 1] if month else 1.0


def _from_hand(named: Named, inflow: Term, key: str, t: int, mass: float) -> None:
    """Adds what is taken from the stock in hand, carried from month to month and worth nothing at the end."""
    taken, kept = named.at_most(f"own taken {key} {t}"), named.at_most(f"own kept {key} {t}")
    before = {} if t == 0 else {f"own kept {key} {t - 1}": -1.0}
    named.equal.append(({taken: 1.0, kept: 1.0, **before}, 0.0 if t else mass))
    inflow[taken] = 1.0
