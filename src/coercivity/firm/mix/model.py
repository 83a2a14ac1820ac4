"""What a mix is chosen from, and what a choice costs: masses in tonnes, money in thousand euros, times in months.

Before the first month yes or no is chosen for each option and a stock of each item; then the scenario is known.
Costs are those over the contract price.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

OptionKind = Literal[
    "second_source", "air", "leaner_grade", "recycling", "filing", "own_processing", "contract", "spot"
]


@dataclass(frozen=True, slots=True)
class MixPrice:
    """A price by month: a + b x index, not below the floor, not above the cap [USD/kg].

    Attributes:
        index: Name of the index; empty for a price that is `a` in every month.
        floor: Least price; None without one.
        cap: Highest price; None without one.
    """

    index: str
    a: float
    b: float = 0.0
    floor: float | None = None
    cap: float | None = None


@dataclass(frozen=True, slots=True)
class MixItem:
    """A grade of one plant, or of the whole company.

    Attributes:
        item: Its id.
        group: Class that a stop strikes together, such as heavy.
        use_t: Use by month [t], shape (months).
        stock_cost_keur: Cost of a tonne of stock at the start [1000 EUR/t].
        loss_keur: Cost of a tonne that is not served [1000 EUR/t].
        stock_cap_t: Most stock that the authority grants [t]; None without a cap.
        whole_tonnes: Whether stock is bought in whole tonnes.
        stock_barred: Whether stock is not lawful, or not known to be; its cap is then 0 and no limit to widen.
        stock_leaves: Months until stock that waits for a licence leaves; of it only the share that China lets out in
            that month is delivered and paid. 0: it waits for none.
        stock_months: Months until stock can be used, those by sea included.
        stock_held_late: Months that the choice may be late while a granted licence lets stock leave at once; then
            neither counts. -1: there is none.
        in_hand_t: Stock that the company has beyond its running flow [t]: usable from month 1 on, even where the
            choice is late, already paid, stored with the rest, and worth nothing at the end.
        usual: Price at which it is bought by sea; None where no option has a price by month.
    """

    item: str
    group: str
    use_t: tuple[float, ...]
    stock_cost_keur: float
    loss_keur: float
    stock_cap_t: float | None
    where: str = field(default="", compare=False)
    whole_tonnes: bool = False
    stock_barred: bool = False
    in_hand_t: float = 0.0
    stock_leaves: int = 0
    stock_months: int = 0
    stock_held_late: int = -1
    usual: MixPrice | None = None


@dataclass(frozen=True, slots=True)
class MixOption:
    """Something that is chosen with yes or no at the start.

    Attributes:
        option: Its id.
        kind: What it does.
        fee_keur: Paid once at the start [1000 EUR].
        months: Months until it can be used; it can from month `months` + 1 on.
        cap: second source, air, own processing, contract, spot: most tonnes a month over its items together; recycling:
            tonnes each month, taken and paid whether needed or not; leaner grade: tonnes of the second item that
            replace one of the first.
        extra_keur: Cost of a tonne over the contract price [1000 EUR/t].
        items: Items that it serves; leaner grade: the item that is replaced, and the one that replaces it.
        take_share: Contract: share of the cap that is paid for whether taken or not.
        follows_second_source: Whether its cap is multiplied by the share of the scenario.
        item_months: Months until it can be used for an item, where they are not `months`.
        item_last: Last month in which it can be used for an item, where the law ends it within the plan.
        price: Contract or spot: its price by month, of which that over the usual price of the item is counted; None
            where `extra_keur` is the same in every month.
        from_china: With a price by month: whether it brings at most the share of its cap that China lets out.
    """

    option: str
    kind: OptionKind
    fee_keur: float
    months: int
    cap: float
    extra_keur: float
    items: tuple[str, ...]
    take_share: float = 0.0
    follows_second_source: bool = False
    where: str = field(default="", compare=False)
    item_months: Mapping[str, int] = field(default_factory=dict, hash=False)
    item_last: Mapping[str, int] = field(default_factory=dict, hash=False)
    price: MixPrice | None = None
    from_china: bool = False

    @property
    def owed_share(self) -> float:
        """Share of the cap that is paid for whether used or not: all of recycled material."""
        return {"recycling": 1.0, "contract": self.take_share}.get(self.kind, 0.0)


@dataclass(frozen=True, slots=True)
class MixScenario:
    """A scenario: one authority, one switch; a stop strikes all items of its scope together.

    Attributes:
        probability: Its probability.
        open_share: Share of the use that China lets out, by item and month, without filing ahead, shape (months).
        open_share_if_filed: The same with filing ahead.
        second_source_share: What is left of second sources.
        path: Legal path that it belongs to; empty where none is named.
        facts: What tells it from others, by column, such as first_month; empty where scenarios were joined.
        index: Value of each index by month [USD/kg], shape (months,).
    """

    scenario: str
    probability: float
    open_share: Mapping[str, tuple[float, ...]]
    open_share_if_filed: Mapping[str, tuple[float, ...]]
    second_source_share: float
    where: str = field(default="", compare=False)
    path: str = field(default="", compare=False)
    facts: Mapping[str, str] = field(default_factory=dict, compare=False)
    index: Mapping[str, tuple[float, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MixLimits:
    """Limits; None: not limited.

    Attributes:
        budget_keur: Fees and stock at the start [1000 EUR].
        storage_t: Stock of all items, bought and in hand [t].
        lost_line_days: Lost line-days in every scenario [days].
    """

    budget_keur: float | None = None
    storage_t: float | None = None
    lost_line_days: float | None = None


@dataclass(frozen=True, slots=True)
class MixCase:
    """All that a mix is chosen from.

    Attributes:
        months: Number of months.
        sea_months: Months by sea: what can be used by sea in month t was let out in month t - `sea_months`.
        discount_per_month: Discount rate a month.
        left_over_worth_share: Worth of stock left at the end over its cost.
        alpha: Level of CVaR: the mean of the dearest 1 - `alpha`.
        days_per_month: Line-days of a month.
        months_late: Months that pass before the firm decides, k. Options and stock then begin k months later; a
            stock order leaves only where China lets the whole use of the item out in month k, else it is neither
            delivered nor paid, though it counts in the budget; filing ahead helps only against a stop that begins
            later than month k.
        let_out_once: Whether what is let out in a month comes by sea or by air, and not by both: by air comes at most
            what the month lets out beyond what arrives by sea. For shares that are not 0 or 1, such as those of draws.
        usd_per_eur: Exchange rate of prices by month.
    """

    items: tuple[MixItem, ...]
    options: tuple[MixOption, ...]
    scenarios: tuple[MixScenario, ...]
    limits: MixLimits
    months: int
    sea_months: int = 1
    discount_per_month: float = 0.0
    left_over_worth_share: float = 0.0
    alpha: float = 0.9
    days_per_month: float = 30.0
    months_late: int = 0
    let_out_once: bool = False
    usd_per_eur: float = 1.0


@dataclass(frozen=True, slots=True)
class MixPlan:
    """A choice at the start.

    Attributes:
        options: Ids of the options chosen, in the order of the case.
        stock_t: Stock bought at the start, by item [t]; what is in hand is not part of it.
    """

    options: tuple[str, ...]
    stock_t: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class ScenarioCost:
    """A plan in a scenario.

    Attributes:
        cost_keur: Cost [1000 EUR].
        lost_line_days: Lost line-days.
        not_served_t: Not served, by item [t].
    """

    scenario: str
    probability: float
    cost_keur: float
    lost_line_days: float
    not_served_t: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class MixResult:
    """A plan and what it costs.

    Attributes:
        objective_keur: (1 - weight) x mean + weight x CVaR [1000 EUR].
        spent_keur: Fees and stock at the start [1000 EUR].
        lost_chance: Chance of a lost line-day.
        shadow: Shadow value of each limit and stock cap with the yes/no choices held [1000 EUR per unit].
    """

    plan: MixPlan
    weight: float
    objective_keur: float
    mean_keur: float
    cvar_keur: float
    spent_keur: float
    lost_chance: float
    mean_lost_line_days: float
    worst_lost_line_days: float
    scenarios: tuple[ScenarioCost, ...]
    shadow: Mapping[str, float]
