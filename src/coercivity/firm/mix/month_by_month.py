"""A plan run month by month with nothing known ahead, in a fixed order.

The best plan supposes that the scenario is known at the start of month 1, and so saves stock for the months in which it
is worth most. Here nothing is saved. The order is: sea, recycled and what else is owed at a fixed cost, air, contracts,
own processing, second sources and spot purchases (dearest loss first), own stock (what is in hand first), the leaner
grade from the stock of its grade left in that month. Stock may also be taken first, before air. What costs less than
usual, or is paid for in any event, replaces what came by sea in the month. What is paid for and finds no use costs its
whole price, where a usual price is stated.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product

from coercivity.base.sums import total
from coercivity.firm.mix.arrivals import by_air, by_sea, cap_in, delivered, discounts, stock_begins, usable
from coercivity.firm.mix.choose import ENUMERATED
from coercivity.firm.mix.model import MixCase, MixItem, MixOption, MixPlan, MixResult, MixScenario, ScenarioCost
from coercivity.firm.mix.plans import NONE, result_of, row, spent_keur
from coercivity.firm.mix.prices.costs import by_month, deliverable, excused_t, over_usual_keur, whole_keur

ORDER = ("air", "contract", "own_processing", "second_source", "spot")


def month_by_month(case: MixCase, plan: MixPlan, *, weight: float = 0.0, stock_first: bool = False) -> MixResult:
    """Returns what a plan costs with nothing known ahead; the limit on lost line-days need not be kept.

    Args:
        case: What the plan was chosen from.
        plan: The plan.
        weight: Weight of CVaR in the objective.
        stock_first: Whether own stock is used before air and the sources after it.
    """
    rows = tuple(_Run(case, plan, scenario, stock_first).cost() for scenario in case.scenarios)
    return result_of(case, plan, rows, weight)


@dataclass(slots=True)
class _Run:
    """A plan in one scenario."""

    case: MixCase
    plan: MixPlan
    scenario: MixScenario
    stock_first: bool
    stock: dict[str, float] = field(default_factory=dict)
    in_hand: dict[str, float] = field(default_factory=dict)
    need: dict[str, float] = field(default_factory=dict)
    sea: dict[str, float] = field(default_factory=dict)  # came by sea in the month, and can be replaced
    lost: dict[str, float] = field(default_factory=dict)
    begins: dict[str, int] = field(default_factory=dict)
    days: float = 0.0
    paid: float = 0.0

    def cost(self) -> ScenarioCost:
        """Returns what the plan costs in this scenario."""
        case, worth, at = self.case, discounts(self.case), self.case.months_late
        self.stock = {i.item: self.plan.stock_t[i.item] * delivered(case, self.scenario, i) for i in case.items}
        self.begins = {item.item: stock_begins(case, item) for item in case.items}
        self.in_hand = {item.item: item.in_hand_t for item in case.items}
        self.lost = dict.fromkeys(self.stock, 0.0)
        fees = total(option.fee_keur for option in self._options())
        bought = total(item.stock_cost_keur * self.stock[item.item] for item in case.items)
        for month in range(1, case.months + 1):
            self.paid += worth[month] * self._month(month)
        left = total(item.stock_cost_keur * self.stock[item.item] for item in case.items) * case.left_over_worth_share
        cost = (fees + bought) * worth[at] + self.paid - left * worth[-1]
        return row(self.scenario.scenario, self.scenario.probability, cost, self.days, self.lost)

    def _options(self, *kinds: str, month: int | None = None) -> list[MixOption]:
        """Returns the options chosen of these kinds, or of all, that can be used in a month."""
        return [
            option
            for option in self.case.options
            if option.option in self.plan.options
            and (not kinds or option.kind in kinds)
            and (month is None or month in usable(self.case, option))
        ]

    def _month(self, month: int) -> float:
        """Serves the use of a month and returns what is paid in it [1000 EUR]."""
        case, filed = self.case, bool(self._options("filing"))
        sea = {item.item: by_sea(case, self.scenario, item, filed=filed)[month - 1] for item in case.items}
        self.need = {item.item: max(0.0, item.use_t[month - 1] - sea[item.item]) for item in case.items}
        self.sea = {item.item: min(item.use_t[month - 1], sea[item.item]) for item in case.items}
        paid = total(self._owed(option, month) for option in self._options("recycling", "contract", month=month))
        if self.stock_first:
            self._from_stock(month)
        for kind in ORDER:
            paid += total(self._source(option, month, filed=filed) for option in self._options(kind, month=month))
        self._from_stock(month)
        paid += total(self._leaner(option, month) for option in self._options("leaner_grade", month=month))
        for item in case.items:
            lost, use = self.need[item.item], item.use_t[month - 1]
            self.lost[item.item] += lost
            self.days += case.days_per_month * lost / use if use else 0.0
            paid += item.loss_keur * lost
        return paid

    def _dearest_first(self, option: MixOption, month: int) -> list[MixItem]:
        names = [name for name in option.items if month in usable(self.case, option, name)]
        items = [item for item in self.case.items if item.item in names]
        return sorted(items, key=lambda item: -item.loss_keur)

    def _owed(self, option: MixOption, month: int) -> float:
        """Takes what is owed without a price by month: beside options with one first for what is open, then for sea."""
        beside, cap = by_month(self.case, option), cap_in(option, self.scenario)
        if option.price is not None or not (beside or option.kind == "recycling"):
            return 0.0
        items = self._dearest_first(option, month)
        left = owed = option.owed_share * cap if items or not beside else 0.0
        for item in items:
            left -= self._serve(item.item, left)
        if not beside:
            return option.extra_keur * owed
        for item in items:
            part = min(self.sea[item.item], left)
            self.sea[item.item], left = self.sea[item.item] - part, left - part
        return option.extra_keur * (owed - left) + whole_keur(self.case, option, self.scenario)[month - 1] * left

    def _source(self, option: MixOption, month: int, *, filed: bool) -> float:
        """Takes what an option gives, where that costs less than the loss, or is paid for in any case."""
        if option.price is not None:
            return self._priced(option, month, filed=filed)
        cap, taken = cap_in(option, self.scenario), 0.0
        least = option.owed_share * cap
        if by_month(self.case, option):  # what is owed was taken first
            cap, least = cap - least, 0.0
        for item in self._dearest_first(option, month):
            most = max(0.0, (cap if option.extra_keur < item.loss_keur else least) - taken)
            if option.kind == "air":
                most = min(most, by_air(self.case, self.scenario, item, filed=filed)[month - 1])
            taken += self._serve(item.item, most)
        return option.extra_keur * max(taken, least)

    def _priced(self, option: MixOption, month: int, *, filed: bool) -> float:
        """Takes an option at its cost of the month: first for what is open, then in place of what came by sea."""
        case, at, cap, taken, paid = self.case, month - 1, cap_in(option, self.scenario), 0.0, 0.0
        owed = option.owed_share * cap - excused_t(case, option, self.scenario, filed=filed)[at]
        served = self._dearest_first(option, month)
        over = {item.item: over_usual_keur(case, option, item, self.scenario)[at] for item in served}
        most = {i.item: cap * deliverable(case, option, i, self.scenario, filed=filed)[at] for i in served}
        for item in served:
            name, up_to = item.item, cap if over[item.item] < item.loss_keur else owed
            part = self._serve(name, max(0.0, min(most[name], up_to - taken)))
            most[name], taken, paid = most[name] - part, taken + part, paid + over[name] * part
        for name in sorted(over, key=lambda each: over[each]):
            part = max(0.0, min(self.sea[name], most[name], (cap if over[name] < 0.0 else owed) - taken))
            self.sea[name], taken, paid = self.sea[name] - part, taken + part, paid + over[name] * part
        return paid + whole_keur(case, option, self.scenario)[at] * max(0.0, owed - taken)

    def _serve(self, item: str, most: float) -> float:
        part = min(self.need[item], most)
        self.need[item] -= part
        return part

    def _from_stock(self, month: int) -> None:
        for item in self.stock:
            self.in_hand[item] -= self._serve(item, self.in_hand[item])
            if month > self.begins[item]:
                self.stock[item] -= self._serve(item, self.stock[item])

    def _leaner(self, option: MixOption, month: int) -> float:
        replaced, other = option.items
        bought = self.stock[other] if month > self.begins[other] else 0.0
        part = self._serve(replaced, (self.in_hand[other] + bought) / option.cap)
        own = min(self.in_hand[other], part * option.cap)
        self.in_hand[other] -= own
        self.stock[other] = max(0.0, self.stock[other] - (part * option.cap - own))
        return option.extra_keur * part


def best_month_by_month(case: MixCase, weight: float = 0.0, *, stock_first: bool = False) -> MixResult | None:
    """Returns the best plan of one item where nothing is known ahead, or None if none keeps the limits.

    Every set of options is run with every whole number of tonnes: month by month the cost is not convex in the stock.

    Args:
        case: What is chosen from.
        weight: Weight of CVaR in the objective.
        stock_first: Whether own stock is used before air and the sources after it.

    Raises:
        ValueError: If there are several items, or more options than are enumerated.
    """
    if len(case.items) != 1 or len(case.options) > ENUMERATED:
        raise ValueError(f"the best plan month by month is sought for one item and up to {ENUMERATED} options")
    found: MixResult | None = None
    for choice in product((False, True), repeat=len(case.options)):
        options = tuple(option.option for option, one in zip(case.options, choice, strict=True) if one)
        for stock in _stocks(case):
            plan = MixPlan(options, {case.items[0].item: stock})
            if _over(spent_keur(case, plan), case.limits.budget_keur):
                break
            one = month_by_month(case, plan, weight=weight, stock_first=stock_first)
            if _over(one.worst_lost_line_days, case.limits.lost_line_days):
                continue
            if found is None or one.objective_keur < found.objective_keur - NONE:
                found = one
    return found


def _stocks(case: MixCase) -> list[float]:
    """Returns whole tonnes up to the cap, the storage and the use, and the most."""
    item, storage = case.items[0], case.limits.storage_t
    caps = [total(item.use_t), item.stock_cap_t, None if storage is None else storage - item.in_hand_t]
    most = min(cap for cap in caps if cap is not None)
    return [float(tonnes) for tonnes in range(int(most) + 1)] + ([most] if most % 1.0 else [])


def _over(value: float, most: float | None) -> bool:
    return most is not None and value > most + NONE
