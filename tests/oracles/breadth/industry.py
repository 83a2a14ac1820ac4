"""Decisions, work and closures of industry in plain Python, from what a month planned and did.

Source: equations 69 to 71 of docs/market.md.
"""

from __future__ import annotations

from coercivity.market.program.state import Appraisal
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.simulate import Simulation


def later_months(simulation: Simulation, lead: float) -> list[float]:
    """Months of each period of a plan from a lead time on; those of the last if none is later."""
    found, start = [], 0
    for length in simulation.update.window.grid.periods:
        found.append(min(max(start + length - max(lead, 0.0), 0.0), float(length)))
        start += length
    return found if any(found) else [*(0.0 for _ in found[1:]), float(simulation.update.window.grid.periods[-1])]


def worth(simulation: Simulation, done: MonthDone, name: str, lead: float) -> float:
    """Mean worth of one more unit of a capacity to those that run, in money of its time [USD/kg]."""
    window, months = simulation.update.window, later_months(simulation, lead)
    users = [(a, weight) for a in simulation.network.activities for limit, weight in a.limits if limit == name]
    found = 0.0
    for p, count in enumerate(months):
        if len(users) == 1:
            activity, weight = users[0]
            saved = -float(done.plan.reduced_cost[window.column("act", activity.name, p)]) / weight
        else:
            saved = -float(done.plan.dual[window.row("limit", name, p)])
        found += count / sum(months) * max(saved, 0.0) / float(window.discounts[p])
    return found


def forgiven(simulation: Simulation, done: MonthDone, name: str, lead: float) -> float:
    """Part of the cost that the base year forgave to those that run, by what the plan does then, below zero."""
    window, months = simulation.update.window, later_months(simulation, lead)
    users = [(a, weight) for a in simulation.network.activities for limit, weight in a.limits if limit == name]
    used = [
        sum(float(done.plan.value[window.column("act", a.name, p)]) * weight for p, count in enumerate(months) if count)
        for a, weight in users
    ]
    parts = [mass / sum(used) if sum(used) > 1e-9 else 1 / len(users) for mass in used]
    return sum(part / weight * min(a.calibrated, 0.0) for part, (a, weight) in zip(parts, users, strict=True))


def speed(simulation: Simulation, found: Appraisal) -> float:
    """Work of a month at a margin and a charge."""
    figures = simulation.world.figures
    if found.margin < 0:
        return 0.0
    if found.margin < figures.assumption("slow_below") * found.charge:
        return figures.assumption("slow_work")
    return figures.assumption("fast_work") if found.margin >= figures.assumption("fast_from") * found.charge else 1.0


def idle_share(simulation: Simulation, done: MonthDone, name: str) -> float:
    """Idle share of a capacity in a month."""
    room = simulation.update.drivers.capacity(name, done.month, done.month, done.before)
    used = sum(
        done.activity_t.get(a.name, 0.0) * weight
        for a in simulation.network.activities
        for limit, weight in a.limits
        if limit == name
    )
    return max(1 - used / room, 0.0) if room > 0 else 0.0
