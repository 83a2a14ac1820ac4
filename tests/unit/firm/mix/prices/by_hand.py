"""The least cost of a plan in one scenario, written from the words of docs/mix.md alone and solved by another library.

What comes by sea is a column, and every tonne of the use is served or lost: nothing is taken that has no use. What is owed
and not taken, recycled material too, costs its whole price.
"""

from __future__ import annotations

from scipy.optimize import linprog

from coercivity.firm.mix.model import MixCase, MixOption, MixPlan, MixPrice, MixScenario


class _Sheet:
    def __init__(self) -> None:
        self.cost: list[float] = []
        self.most: list[float | None] = []
        self.equal: list[tuple[dict[int, float], float]] = []
        self.at_most: list[tuple[dict[int, float], float]] = []

    def column(self, cost: float, most: float | None = None) -> int:
        self.cost.append(cost)
        self.most.append(most)
        return len(self.cost) - 1

    def least(self) -> float:
        def matrix(rows: list[tuple[dict[int, float], float]]) -> tuple[list[list[float]], list[float]]:
            lines = [[row.get(col, 0.0) for col in range(len(self.cost))] for row, _ in rows]
            return lines or [[0.0] * len(self.cost)], [right for _, right in rows] or [0.0]

        upper, right = matrix(self.at_most)
        same, value = matrix(self.equal)
        bounds = [(0.0, most) for most in self.most]
        done = linprog(self.cost, A_ub=upper, b_ub=right, A_eq=same, b_eq=value, bounds=bounds)
        assert done.status == 0, done.message
        return float(done.fun)


def _usd(price: MixPrice, index: dict[str, tuple[float, ...]], month: int) -> float:
    value = price.a + (price.b * index[price.index][month - 1] if price.index else 0.0)
    if price.floor is not None and value < price.floor:
        value = price.floor
    if price.cap is not None and value > price.cap:
        value = price.cap
    return value


def least_cost(case: MixCase, plan: MixPlan, scenario: MixScenario) -> float:
    """Returns the least cost of a plan in a scenario, without the limit on lost line-days [1000 EUR]."""
    sheet, late = _Sheet(), case.months_late
    options = [option for option in case.options if option.option in plan.options]
    worth = [(1.0 + case.discount_per_month) ** -month for month in range(case.months + 1)]
    shares = dict(scenario.open_share)
    if any(option.kind == "filing" for option in options):
        shares = dict(scenario.open_share_if_filed)
    index = dict(scenario.index)
    use = {item.item: item.use_t for item in case.items}
    balance: dict[tuple[str, int], dict[int, float]] = {
        (name, month): {} for name in use for month in range(1, case.months + 1)
    }
    sunk = sum(option.fee_keur for option in options) * worth[late]

    def arrived(name: str, month: int) -> float:
        return 1.0 if month <= case.sea_months else shares[name][month - case.sea_months - 1]

    def usual(name: str, month: int) -> float:
        price = next(item.usual for item in case.items if item.item == name)
        assert price is not None
        return _usd(price, index, month) / case.usd_per_eur

    def lawful(option: MixOption, name: str, month: int) -> bool:
        first = option.item_months.get(name, option.months) + late + 1
        return first <= month <= option.item_last.get(name, case.months)

    def served(option: MixOption, month: int) -> None:
        follows = option.follows_second_source or option.kind == "second_source"
        cap = option.cap * (scenario.second_source_share if follows else 1.0)
        cols = {}
        for item in case.items:
            if item.item not in option.items or not lawful(option, item.item, month):
                continue
            each, most = option.extra_keur, None
            if option.kind == "air":
                most = use[item.item][month - 1] * shares[item.item][month - 1]
            if option.price is not None:
                each = _usd(option.price, index, month) / case.usd_per_eur - usual(item.item, month)
                most = cap * arrived(item.item, month) if option.from_china else None
            col = sheet.column(each * worth[month], most)
            cols[col] = 1.0
            balance[item.item, month][col] = 1.0
        sheet.at_most.append((cols, cap))
        if option.kind in ("contract", "recycling"):
            able = [name for name in option.items if lawful(option, name, month)]
            can = max(arrived(name, month) for name in able) if option.from_china else 1.0
            owed = cap * (1.0 if option.kind == "recycling" else min(option.take_share, can))
            whole = option.extra_keur + min(usual(name, month) for name in option.items)
            if option.price is not None:
                whole = _usd(option.price, index, month) / case.usd_per_eur
            not_taken = sheet.column(whole * worth[month])
            sheet.at_most.append(({not_taken: -1.0} | dict.fromkeys(cols, -1.0), -owed))

    for option in options:
        for month in range(1, case.months + 1):
            if not any(lawful(option, name, month) for name in option.items):
                continue
            if option.kind == "leaner_grade":
                replaced, other = option.items
                if not lawful(option, replaced, month):
                    continue
                col = sheet.column(option.extra_keur * worth[month], use[replaced][month - 1])
                balance[replaced, month][col] = 1.0
                balance[other, month][col] = -option.cap
            elif option.kind != "filing":
                served(option, month)
    for item in case.items:
        bought, own = {}, {}
        left = item.stock_cost_keur * case.left_over_worth_share * worth[case.months]
        comes = 1.0
        if item.stock_leaves:  # late is 0 here
            comes = scenario.open_share[item.item][item.stock_leaves - 1] if item.stock_leaves <= case.months else 0.0
            comes = 1.0 if item.stock_held_late >= 0 else comes
        waits = item.stock_months if item.stock_held_late < 0 else 0
        stock_t = plan.stock_t[item.item] * comes
        sunk += stock_t * (item.stock_cost_keur * worth[late] - left)
        for month in range(1, case.months + 1):
            need = item.use_t[month - 1]
            row = balance[item.item, month]
            row[sheet.column(0.0, need * arrived(item.item, month))] = 1.0
            row[sheet.column(item.loss_keur * worth[month], need)] = 1.0
            own[sheet.column(0.0)] = 1.0
            row[max(own)] = 1.0
            bought[sheet.column(left, None if month > waits else 0.0)] = 1.0
            row[max(bought)] = 1.0
            sheet.equal.append((row, need))
        sheet.at_most += [(own, item.in_hand_t), (bought, stock_t)]
    return sheet.least() + sunk
