"""What clashes where a month has no feasible plan, and the least change that would help."""

from __future__ import annotations

import numpy as np

from coercivity.base.errors import CoercivityError, Fault
from coercivity.market.lp import INF
from coercivity.market.months import Month, month_text
from coercivity.market.moves import Moves

SLACK_COST = 1e5
ENOUGH = 1e-6


def explain(moves: Moves, month: Month) -> CoercivityError:
    """Returns the error for a window without a feasible plan.

    The smallest clashing set is found by taking one requirement after the other out and keeping it out where the rest
    still clashes; the least change by letting all of them give way at a price.

    Source: product rule on impossible requests (market model, section 14, row labels).
    """
    names = [r.name for r in moves.window.network.requirements]
    if not names:
        what = "nothing is feasible although nothing is required"
        return CoercivityError.of("INFEASIBLE", what, where=month_text(month), next="report this scenario as a fault")
    clashing = list(names)
    for name in names:
        _open(moves, [n for n in names if n not in clashing or n == name])
        if moves.window.solve() is None:
            clashing.remove(name)
    short = _least(moves, names)
    _open(moves, [])
    told = {n: _told(moves, n, month) for n in names}
    together = "they clash with the market and the law" if len(clashing) == 1 else "together they cannot be met"
    what = f"{'; '.join(told[n] for n in clashing)}: {together}"
    changes = [f"lower {n!r} by {mass:.3g} t in {month_text(when)}" for (n, when), mass in sorted(short.items())]
    fault = Fault("INFEASIBLE", what, where=month_text(month), next="least change that helps: " + ", ".join(changes))
    return CoercivityError([fault])


def _open(moves: Moves, names: list[str], cost: float = 0.0) -> None:
    """Lets the named requirements give way, and no others."""
    window = moves.window
    for wanted in window.network.requirements:
        cols = np.array([window.place("short", wanted.name, w) for w in range(window.months)], dtype=np.int32)
        high = np.full(len(cols), INF if wanted.name in names else 0.0)
        window.lp.bounds(cols, np.zeros(len(cols)), high)
        window.lp.costs(cols, np.full(len(cols), cost))


def _least(moves: Moves, names: list[str]) -> dict[tuple[str, Month], float]:
    """Tonnes by which requirements must give way, in all the least."""
    window = moves.window
    _open(moves, names, SLACK_COST)
    plan = window.solve()
    if plan is None:
        return {}
    found = {}
    for name in names:
        for w in range(window.months):
            mass = float(plan.value[window.place("short", name, w)])
            if mass > ENOUGH:
                found[name, moves.month + w] = mass
    return found


def _told(moves: Moves, name: str, month: Month) -> str:
    wanted = next(r for r in moves.window.network.requirements if r.name == name)
    if wanted.use[0]:
        return f"{name!r} ({wanted.least:.3g} of {wanted.use[0]} in {wanted.use[1]})"
    good, origin, destination = wanted.route
    return f"{name!r} ({wanted.least:.6g} t a month of {good} from {origin} to {destination})"
