"""Requirements that cannot be met together if a month has no plan, and the smallest change that would help."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from coercivity.base.errors import CoercivityError, Fault
from coercivity.base.months import Month, month_text
from coercivity.market.network.network import Requirement
from coercivity.market.program.lp import INF
from coercivity.market.program.update import WindowUpdate

SLACK_COST = 1e5
ENOUGH = 1e-6
MOST_PAIRED = 12
Span = tuple[Month, Month]


def explain(update: WindowUpdate, month: Month) -> CoercivityError:
    """Returns the error for a window without a feasible plan.

    The set in the message is irreducible; the smallest change is found by relaxing all requirements at a cost.

    Source: equation 38 of docs/market.md.
    """
    names = [r.name for r in update.window.network.requirements if r.pay is None]
    if not names:
        what = "no feasible plan although nothing is required"
        return CoercivityError.of(
            "INFEASIBLE", what, where=month_text(month), next="report this scenario as an error of the program"
        )
    infeasible = _smallest(update, names)
    short = _least(update, names)
    _open(update, [])
    told = {n: _told(update, n) for n in names}
    together = "it conflicts with the market and the law" if len(infeasible) == 1 else "they cannot be met together"
    what = f"{'; '.join(told[n] for n in infeasible)}: {together}"
    changes = [f"lower {name!r} by " + ", ".join(_cut(entry) for entry in sorted(cut.items())) for name, cut in short]
    fault = Fault("INFEASIBLE", what, where=month_text(month), next="smallest change that helps: " + "; ".join(changes))
    return CoercivityError([fault])


def _cut(entry: tuple[Span, float]) -> str:
    (first, last), mass = entry
    months = month_text(first) if first == last else f"{month_text(first)} to {month_text(last)}"
    return f"{mass:.3g} t in {months}"


def _smallest(update: WindowUpdate, names: list[str]) -> list[str]:
    """Returns an infeasible subset of one, or else of two, or else an irreducible one."""
    few = names if len(names) <= MOST_PAIRED else []
    for together in (*((name,) for name in names), *combinations(few, 2)):
        if _infeasible(update, names, list(together)):
            return list(together)
    found = list(names)
    for name in names:
        left = [n for n in found if n != name]
        if _infeasible(update, names, left):
            found = left
    return found


def _infeasible(update: WindowUpdate, names: list[str], kept: list[str]) -> bool:
    """Returns whether some requirements cannot be met when all others are relaxed."""
    _open(update, [name for name in names if name not in kept])
    return update.window.solve() is None


def _open(update: WindowUpdate, names: list[str], cost: float = 0.0) -> None:
    """Relaxes the named requirements, and no others."""
    window = update.window
    for wanted in window.network.requirements:
        if wanted.pay is not None:
            continue
        cols = np.array([window.column("short", wanted.name, p) for p in range(window.periods)], dtype=np.int32)
        high = np.full(len(cols), INF if wanted.name in names else 0.0)
        window.lp.column_bounds(cols, np.zeros(len(cols)), high)
        window.lp.costs(cols, np.full(len(cols), cost))


def _least(update: WindowUpdate, names: list[str]) -> list[tuple[str, dict[Span, float]]]:
    """Returns the smallest total reduction of requirements [t], by requirement and the months of each period."""
    window = update.window
    _open(update, names, SLACK_COST)
    plan = window.solve()
    if plan is None:
        raise ArithmeticError("a window is infeasible although every requirement gives way")
    short = {
        (name, p): float(plan.value[window.column("short", name, p)]) for name in names for p in range(window.periods)
    }
    # Small conflicts are reported too.
    least = min(ENOUGH, max(short.values()))
    return [
        (name, {_span(update, name, p): mass for (n, p), mass in short.items() if n == name and mass >= least})
        for name in sorted(names)
        if any(mass >= least for (n, _), mass in short.items() if n == name)
    ]


def _span(update: WindowUpdate, name: str, period: int) -> Span:
    """Returns the first and the last month of a period in which a requirement applies."""
    wanted = _requirement(update, name)
    months = [update.month + w for w in update.window.grid.months_of(period)]
    return max(months[0], wanted.first), min(months[-1], wanted.last)


def _requirement(update: WindowUpdate, name: str) -> Requirement:
    return next(r for r in update.window.network.requirements if r.name == name)


def _told(update: WindowUpdate, name: str) -> str:
    wanted = _requirement(update, name)
    if wanted.use[0]:
        return f"{name!r} ({wanted.least:.3g} of {wanted.use[0]} in {wanted.use[1]})"
    if wanted.supplies or wanted.of:
        return f"{name!r} ({wanted.least:.6g}{' of demand' if wanted.of else ' t a month'})"
    good, origin, destination = wanted.route
    return f"{name!r} ({wanted.least:.6g} t a month of {good} from {origin} to {destination})"
