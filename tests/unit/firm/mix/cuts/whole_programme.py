"""The least objective of a mix the long way: one linear programme over all scenarios for each set of options.

Written otherwise than the program: scenario by scenario and month by month, with every tonne by sea as a column and the
yes or no as numbers, and solved by another library.
"""

from __future__ import annotations

from itertools import combinations

from scipy.optimize import linprog
from scipy.sparse import coo_array

from coercivity.firm.mix.model import MixCase, MixOption, MixScenario


class Rows:
    """Columns with costs and bounds, and rows `entries <= right`."""

    def __init__(self) -> None:
        """Begins with nothing."""
        self.costs: list[float] = []
        self.bounds: list[tuple[float | None, float | None]] = []
        self.rows: list[dict[int, float]] = []
        self.right: list[float] = []

    def column(self, low: float | None = 0.0, high: float | None = None) -> int:
        """Adds a column."""
        self.costs.append(0.0)
        self.bounds.append((low, high))
        return len(self.costs) - 1

    def at_most(self, entries: dict[int, float], right: float) -> None:
        """Adds a row."""
        self.rows.append(entries)
        self.right.append(right)

    def least(self) -> float | None:
        """Returns the least cost, or None if no point keeps all rows."""
        places = [(row, col, value) for row, each in enumerate(self.rows) for col, value in each.items()]
        row, col, value = zip(*places, strict=True)
        matrix = coo_array((value, (row, col)), shape=(len(self.rows), len(self.costs))).tocsr()
        done = linprog(self.costs, A_ub=matrix, b_ub=self.right, bounds=self.bounds, method="highs-ds")
        assert done.status in (0, 2), done.message
        return float(done.fun) if done.status == 0 else None


def all_sets(case: MixCase) -> list[frozenset[str]]:
    """Returns every set of options."""
    names = [option.option for option in case.options]
    return [frozenset(each) for count in range(len(names) + 1) for each in combinations(names, count)]


def least_of_all(case: MixCase, weight: float) -> float | None:
    """Returns the least objective over all sets of options, or None if no set keeps the limits."""
    found = [least for chosen in all_sets(case) if (least := least_of(case, chosen, weight)) is not None]
    return min(found, default=None)


def least_of(
    case: MixCase, chosen: frozenset[str], weight: float, stock_t: dict[str, float] | None = None
) -> float | None:
    """Returns the least objective of a set of options, with the stock held if it is given."""
    rows = Rows()
    stock = {}
    for item in case.items:
        held = None if stock_t is None else stock_t[item.item]
        stock[item.item] = rows.column(held or 0.0, item.stock_cap_t if held is None else held)
    fees = sum(option.fee_keur for option in case.options if option.option in chosen)
    budget, storage = case.limits.budget_keur, case.limits.storage_t
    if budget is not None:
        rows.at_most({stock[item.item]: item.stock_cost_keur for item in case.items}, budget - fees)
    if storage is not None:
        rows.at_most(dict.fromkeys(stock.values(), 1.0), storage - sum(item.in_hand_t for item in case.items))
    threshold = rows.column(None)
    rows.costs[threshold] = weight
    for scenario in case.scenarios:
        cost = rows.column(None)
        over = rows.column()
        rows.at_most({cost: 1.0, threshold: -1.0, over: -1.0}, 0.0)
        rows.costs[cost] = (1.0 - weight) * scenario.probability
        rows.costs[over] = weight * scenario.probability / (1.0 - case.alpha)
        _scenario(case, scenario, chosen, rows, stock, cost)
    return rows.least()


def _scenario(
    case: MixCase,
    scenario: MixScenario,
    chosen: frozenset[str],
    rows: Rows,
    stock: dict[str, int],
    cost: int,
) -> None:
    """Adds a scenario; `cost` is at least what it costs."""
    late, months = case.months_late, range(1, case.months + 1)
    worth = {month: (1.0 + case.discount_per_month) ** -month for month in range(case.months + 1)}
    options = [option for option in case.options if option.option in chosen]
    shares = _shares(case, scenario, any(option.kind == "filing" for option in options))
    paid: dict[int, float] = {}
    sunk = sum(option.fee_keur for option in options) * worth[late]
    served: dict[tuple[str, int], dict[int, float]] = {(i.item, t): {} for i in case.items for t in months}
    days: dict[int, float] = {}
    for option in options:
        if option.kind == "leaner_grade":
            _leaner(case, option, rows, served, paid, worth)
        elif option.kind != "filing":
            sunk += _source(case, scenario, option, shares, rows, served, paid, worth)
    for item in case.items:
        delivered = late == 0 or scenario.open_share[item.item][late - 1] >= 1.0
        drawn, own = {}, {}
        for month in months:
            use = item.use_t[month - 1]
            before = month - case.sea_months
            sea = rows.column(0.0, use * (shares[item.item][before - 1] if before >= 1 else 1.0))
            lost = rows.column(0.0, use)
            served[item.item, month] |= {sea: 1.0, lost: 1.0}
            paid[lost] = item.loss_keur * worth[month]
            if use:
                days[lost] = case.days_per_month / use
            if delivered and month > late:
                drawn[rows.column()] = 1.0
                served[item.item, month][max(drawn)] = 1.0
            own[rows.column()] = 1.0
            served[item.item, month][max(own)] = 1.0
            rows.at_most({col: -value for col, value in served[item.item, month].items()}, -use)
        rows.at_most(own, item.in_hand_t)
        if delivered:
            rows.at_most(drawn | {stock[item.item]: -1.0}, 0.0)
            left = item.stock_cost_keur * case.left_over_worth_share * worth[case.months]
            paid[stock[item.item]] = item.stock_cost_keur * worth[late] - left
            paid |= dict.fromkeys(drawn, left)
    if case.limits.lost_line_days is not None:
        rows.at_most(days, case.limits.lost_line_days)
    rows.at_most(paid | {cost: -1.0}, -sunk)


def _shares(case: MixCase, scenario: MixScenario, filed: bool) -> dict[str, tuple[float, ...]]:
    plain = dict(scenario.open_share)
    stopped = any(share < 1.0 for item in case.items for share in plain[item.item][: case.months_late])
    return dict(scenario.open_share_if_filed) if filed and not stopped else plain


def _leaner(
    case: MixCase,
    option: MixOption,
    rows: Rows,
    served: dict[tuple[str, int], dict[int, float]],
    paid: dict[int, float],
    worth: dict[int, float],
) -> None:
    replaced, other = option.items
    use = {item.item: item.use_t for item in case.items}[replaced]
    for month in range(option.months + case.months_late + 1, case.months + 1):
        col = rows.column(0.0, use[month - 1])
        served[replaced, month][col] = 1.0
        served[other, month][col] = -option.cap
        paid[col] = option.extra_keur * worth[month]


def _source(
    case: MixCase,
    scenario: MixScenario,
    option: MixOption,
    shares: dict[str, tuple[float, ...]],
    rows: Rows,
    served: dict[tuple[str, int], dict[int, float]],
    paid: dict[int, float],
    worth: dict[int, float],
) -> float:
    """Adds an option that brings tonnes and returns what is paid for it in any event."""
    follows = option.follows_second_source or option.kind == "second_source"
    cap = option.cap * (scenario.second_source_share if follows else 1.0)
    sunk = 0.0
    for month in range(option.months + case.months_late + 1, case.months + 1):
        bring = {}
        for item in case.items:
            if item.item not in option.items:
                continue
            most = item.use_t[month - 1] * shares[item.item][month - 1] if option.kind == "air" else None
            col = rows.column(0.0, most)
            served[item.item, month][col] = 1.0
            bring[col] = 1.0
        rows.at_most(bring, cap)
        each = option.extra_keur * worth[month]
        if option.kind == "recycling":
            sunk += cap * each
        elif option.kind == "contract":
            least = cap * option.take_share
            more = rows.column()
            rows.at_most(bring | {more: -1.0}, least)
            sunk += least * each
            paid[more] = each
        else:
            paid |= dict.fromkeys(bring, each)
    return sunk
