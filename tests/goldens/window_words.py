"""Rows and columns of a planning window as lines that can be held against the equations of docs/market.md."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from coercivity.market.network.network import Good
from coercivity.market.program.build import PlanningWindow
from coercivity.market.program.lp import Solved

INF = float("inf")
KINDS = {"act": "", "apply": "filed", "permit": "unspent", "land": "landing", "loosen": "landing as bound of"}


def number(value: float) -> str:
    return f"{value:.6g}" if value else "0"


def told(key: Hashable) -> str:
    """A key of a row or column in words: its kind, its parts, and its period."""
    assert isinstance(key, tuple)
    kind, *parts = key
    if kind == "land" and len(parts) == 2:
        return f"landing {said(parts[0])} {'more' if parts[1] else 'normal'}"
    period = f" p{parts.pop()}" if kind not in ("land", "loosen", "elastic") else ""
    if kind == "stock":
        return f"stock {said(parts[0])} layer {parts[1]}{period}"
    words = [KINDS.get(kind, kind), *(said(part) for part in parts)]
    return " ".join(word for word in words if word) + period


def said(part: Hashable) -> str:
    if isinstance(part, Good):
        return " ".join(word for word in part if word)
    if isinstance(part, tuple):
        return " ".join(said(each) for each in part)
    return str(part)


def sides(low: float, high: float) -> str:
    """The sides of a row."""
    if low == high:
        return f"= {number(low)}"
    return " and ".join(
        [f">= {number(low)}"] * (low > -INF) + [f"<= {number(high)}"] * (high < INF) or ["without limit"]
    )


def rows(window: PlanningWindow, *kinds: str) -> list[str]:
    """Every row of some kinds, with what its columns put into it; without the trade that chooses the duals."""
    stands = window.lp._engine.getLp()
    held: dict[int, list[str]] = {}
    names = {place: key for key, place in window.lp.cols.items()}
    for (row, col), value in window.lp.entries.items():
        key = names[col]
        assert isinstance(key, tuple)
        if key[0] != "elastic":
            share = "" if abs(value) == 1 else f"{number(abs(value))} "
            held.setdefault(row, []).append(f"{'-' if value < 0 else '+'} {share}[{told(key)}]")
    found = []
    for key, row in window.lp.rows.items():
        assert isinstance(key, tuple)
        if key[0] in kinds:
            summed = " ".join(held.get(row, ["0"])).removeprefix("+ ")
            found.append(f"{told(key)}: {summed} {sides(stands.row_lower_[row], stands.row_upper_[row])}")
    return found


def columns(window: PlanningWindow, *kinds: str) -> list[str]:
    """Every column of some kinds: how much of it there may be, and what a unit costs or brings."""
    stands = window.lp._engine.getLp()
    found = []
    for key, col in window.lp.cols.items():
        assert isinstance(key, tuple)
        if key[0] in kinds or (key[0] == "act" and key[1][0] in kinds):
            cost, high = stands.col_cost_[col], stands.col_upper_[col]
            most = f"at most {number(high)} t" if high < INF else "without limit"
            worth = f"costs {number(cost)}" if cost > 0 else f"brings {number(-cost)}" if cost < 0 else "costs nothing"
            found.append(f"[{told(key)}]: {most}, {worth}")
    return found


def chosen(window: PlanningWindow, plan: Solved) -> list[str]:
    """The trade that chooses one dual vector, and the duals so chosen, row by row."""
    names = {place: key for key, place in window.lp.rows.items()}
    row_of = {col: row for row, col in window.lp.entries if col in window.lp._elastic}
    found = []
    for col, most in window.lp._elastic.items():
        row, price = row_of[col], number(window.lp.cost[col])
        found.append(f"{told(names[row])}: trade of {number(most)} t at {price}; dual {number(plan.dual[row])}")
    return found


def discounts(window: PlanningWindow) -> str:
    parts = [
        f"p{p} {length} months B {number(float(window.discounts[p]))}" for p, length in enumerate(window.grid.periods)
    ]
    return "; ".join(parts).replace(" 1 months", " 1 month")


def page(title: str, about: str, window: PlanningWindow, lines: Iterable[str]) -> str:
    return "\n".join([title, about, f"periods: {discounts(window)}", "", *lines]) + "\n"
