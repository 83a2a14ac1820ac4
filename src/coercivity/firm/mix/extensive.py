"""The mix as one linear programme over all scenarios, with a column between 0 and 1 for each yes or no.

Every limit is the upper bound of a column: budget, storage and lost line-days as sums, caps as the stocks themselves. A
bound can so be moved or left out, and the reduced cost of the column is what one unit of the limit is worth.

Stock in a scenario is equation 52 of docs/market.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from coercivity.base.linear import INF, Programme
from coercivity.base.sums import total
from coercivity.firm.mix.arrivals import SOURCES, by_air, by_sea, cap_in, delivered, discounts, stock_begins, usable
from coercivity.firm.mix.model import MixCase, MixItem, MixOption, MixScenario
from coercivity.firm.mix.prices.columns import add_priced, let_out
from coercivity.firm.mix.prices.costs import by_month, has_prices

# Costs that choose among plans of equal cost: less stock, fewer lost line-days; far below the digits shown.
TIE_PER_T = 1e-6
TIE_PER_LINE_DAY = 1e-6
# Weight of the mean where only CVaR counts, so that scenarios outside the bad end are not left at random.
LEAST_MEAN = 1e-5

Entries = list[tuple[int, float]]


@dataclass(slots=True)
class Extensive:
    """The programme of a mix and where its columns are.

    Attributes:
        yes: Column of each option, 0 or 1.
        stock: Column of the stock of each item [t].
        limits: Column of each limit: budget, storage, lost_line_days, stock_cap:ITEM.
        most: The limits as the case gives them, infinite where there is none.
        cost: Column of the cost of each scenario [1000 EUR].
        not_served: Columns of what is not served, by scenario and item: column and use of the month [t].
        threshold: Column of the threshold of CVaR.
        tail: Column of what each scenario costs more than it.
        first_row: First row of each scenario; the rows before are those of the choice at the start.
    """

    case: MixCase
    programme: Programme = field(default_factory=Programme)
    yes: list[int] = field(default_factory=list)
    stock: dict[str, int] = field(default_factory=dict)
    limits: dict[str, int] = field(default_factory=dict)
    most: dict[str, float] = field(default_factory=dict)
    cost: list[int] = field(default_factory=list)
    not_served: list[dict[str, Entries]] = field(default_factory=list)
    threshold: int = 0
    tail: list[int] = field(default_factory=list)
    first_row: list[int] = field(default_factory=list)
    _filed: int | None = None

    @classmethod
    def of(cls, case: MixCase) -> Extensive:
        """Returns the programme of a case, with the objective of the mean."""
        if not 0.0 <= case.alpha < 1.0:
            raise ValueError(f"CVaR needs a level of at least 0 and below 1, not {case.alpha}")
        built = cls(case)
        built._first_stage()
        for scenario in case.scenarios:
            built.first_row.append(len(built.programme.row_low))
            _Recourse(built, scenario).build()
        built.weigh(0.0)
        return built

    def _first_stage(self) -> None:
        case, add = self.case, self.programme
        self.yes = [add.column(high=1.0) for _ in case.options]
        for item in case.items:
            cap = INF if item.stock_cap_t is None else item.stock_cap_t
            self.stock[item.item] = add.column(high=cap)
        most = (case.limits.budget_keur, case.limits.storage_t, case.limits.lost_line_days)
        for name, limit in zip(("budget", "storage", "lost_line_days"), most, strict=True):
            self.limits[name] = add.column(high=INF if limit is None else limit)
        for item in case.items:
            if item.stock_cap_t is not None and not item.stock_barred:
                self.limits[f"stock_cap:{item.item}"] = self.stock[item.item]
        self.most = {name: add.high[col] for name, col in self.limits.items()}
        spent = [(col, option.fee_keur) for col, option in zip(self.yes, case.options, strict=True)]
        spent += [(self.stock[item.item], item.stock_cost_keur) for item in case.items]
        add.row([*spent, (self.limits["budget"], -1.0)], 0.0, 0.0)
        in_hand = total(item.in_hand_t for item in case.items)
        stored = [*((col, 1.0) for col in self.stock.values()), (self.limits["storage"], -1.0)]
        add.row(stored, -in_hand, -in_hand)
        self.threshold = add.column(low=-INF)
        self._file()

    def _file(self) -> None:
        """Adds a column that is 1 if any filing ahead is chosen; with one such option it is that option."""
        filing = [col for col, o in zip(self.yes, self.case.options, strict=True) if o.kind == "filing"]
        if len(filing) < 2:
            self._filed = filing[0] if filing else None
            return
        filed = self._filed = self.programme.column(high=1.0)
        self.programme.row([(filed, 1.0), *((col, -1.0) for col in filing)], high=0.0)
        for col in filing:
            self.programme.row([(filed, 1.0), (col, -1.0)], low=0.0)

    @property
    def whole(self) -> list[int]:
        """Columns of the stocks that are bought in whole tonnes."""
        return [self.stock[item.item] for item in self.case.items if item.whole_tonnes]

    @property
    def filed(self) -> int | None:
        """Column of filing ahead, or None if the case has no such option."""
        return self._filed

    def weigh(self, weight: float, *, ties: bool = True) -> None:
        """Sets the objective (1 - weight) x mean + weight x CVaR.

        Args:
            weight: Weight of CVaR.
            ties: Whether among plans of equal cost that with less stock is chosen.

        Raises:
            ValueError: If the weight is below 0 or above 1.
        """
        if not 0.0 <= weight <= 1.0:
            raise ValueError(f"the weight on CVaR is between 0 and 1, not {weight}")
        bad = min(weight, 1.0 - LEAST_MEAN)
        tie = TIE_PER_T if ties else 0.0
        costs = {col: tie * (1.0 + place / 64.0) for place, col in enumerate(self.stock.values())}
        costs[self.threshold] = bad
        for place, scenario in enumerate(self.case.scenarios):
            costs[self.cost[place]] = (1.0 - bad) * scenario.probability
            costs[self.tail[place]] = bad * scenario.probability / (1.0 - self.case.alpha)
        self.programme.set_costs(costs)

    def weigh_scenarios(self) -> None:
        """Sets the least cost of each scenario as objective and, among plans of equal cost, the fewest line-days."""
        days = self.case.days_per_month
        costs = {
            col: TIE_PER_LINE_DAY * days / use
            for each in self.not_served
            for cols in each.values()
            for col, use in cols
        }
        self.programme.set_costs(costs | dict.fromkeys(self.cost, 1.0))

    def weigh_limit(self, name: str | None) -> None:
        """Sets the use of one limit as objective; None for nothing, where only a feasible point is asked for."""
        self.programme.set_costs({} if name is None else {self.limits[name]: 1.0})

    def hold(self, chosen: Sequence[bool | None]) -> None:
        """Fixes each option to yes or no; None leaves it open."""
        for col, one in zip(self.yes, chosen, strict=True):
            self.programme.bound(col, 1.0 if one else 0.0, 0.0 if one is False else 1.0)

    def hold_stock(self, stock_t: Mapping[str, float]) -> None:
        """Fixes the stock of each item [t]."""
        for item, col in self.stock.items():
            self.programme.bound(col, stock_t[item], stock_t[item])

    def limit(self, name: str, most: float) -> None:
        """Sets a limit."""
        self.programme.bound(self.limits[name], 0.0, most)


@dataclass(slots=True)
class _Recourse:
    """Builds the columns and rows of one scenario."""

    of: Extensive
    scenario: MixScenario
    paid: Entries = field(default_factory=list)
    served: dict[tuple[str, int], Entries] = field(default_factory=dict)
    drawn: dict[str, Entries] = field(default_factory=dict)
    sea: dict[str, list[tuple[float, float]]] = field(default_factory=dict)  # by month: not filed ahead, filed
    needed: set[tuple[str, int]] = field(default_factory=set)
    usable: dict[tuple[str, int], Entries] = field(default_factory=dict)  # what may not be more than the use

    def build(self) -> None:
        case, add = self.of.case, self.of.programme
        self._needed()
        self.served = {place: [] for place in self.needed}
        for option, col in zip(case.options, self.of.yes, strict=True):
            if by_month(case, option):
                self._priced(option, col)
            elif option.kind in SOURCES:
                self._source(option, col)
            elif option.kind == "leaner_grade":
                self._leaner(option, col)
        self._replaceable()
        lost: dict[str, Entries] = {}
        for item in case.items:
            lost[item.item] = self._balance(item)
        self.of.not_served.append(lost)
        days = [(col, case.days_per_month / use) for cols in lost.values() for col, use in cols]
        add.row([*days, (self.of.limits["lost_line_days"], -1.0)], high=0.0)
        self._cost()

    def _needed(self) -> None:
        """Finds the items and months in which more than the sea is needed, for use or for a leaner grade."""
        case = self.of.case
        for item in case.items:
            ways = [by_sea(case, self.scenario, item, filed=filed) for filed in (False, True)]
            sea = self.sea[item.item] = list(zip(*ways, strict=True))
            self.needed |= {
                (item.item, month)
                for month, use, most in zip(range(1, case.months + 1), item.use_t, sea, strict=True)
                if use > min(most)
            }
        if has_prices(case):  # what is cheaper than usual, or paid for in any event, replaces what comes by sea
            self.needed = {(item.item, month) for item in case.items for month in range(1, case.months + 1)}
        for option in case.options * len(case.items):  # one replaces another, which a third may replace
            if option.kind == "leaner_grade":
                replaced, other = option.items
                months = usable(case, option, replaced)
                self.needed |= {(other, month) for month in months if (replaced, month) in self.needed}

    def _source(self, option: MixOption, yes: int) -> None:
        """Adds what an option gives in each month, over its items together."""
        case, add, worth = self.of.case, self.of.programme, discounts(self.of.case)
        cap, served = cap_in(option, self.scenario), [i for i in case.items if i.item in option.items]
        air = {}
        if option.kind == "air":
            for item in served:
                ways = [by_air(case, self.scenario, item, filed=filed) for filed in (False, True)]
                air[item.item] = list(zip(*ways, strict=True))
        spans = {item.item: usable(case, option, item.item) for item in served}
        for month in usable(case, option):
            cols = {
                item.item: add.column()
                for item in served
                if (item.item, month) in self.needed and month in spans[item.item]
            }
            if cols:
                add.row([*((col, 1.0) for col in cols.values()), (yes, -cap)], high=0.0)
            for name, col in cols.items():
                self.served[name, month].append((col, 1.0))
                if name in air:
                    let_out(add, col, *air[name][month - 1], filed=self.of.filed)
            cost = option.extra_keur * worth[month]
            if option.kind == "recycling":
                self.paid.append((yes, cost * cap))
            elif option.kind == "contract" and option.take_share:
                pay = add.column()
                add.row([(pay, 1.0), *((col, -1.0) for col in cols.values())], low=0.0)
                add.row([(pay, 1.0), (yes, -cap * option.take_share)], low=0.0)
                self.paid.append((pay, cost))
            else:
                self.paid += [(col, cost) for col in cols.values()]

    def _priced(self, option: MixOption, yes: int) -> None:
        """Adds what an option brings whose cost is that over the usual price by month."""
        of = self.of
        found = add_priced(of.programme, of.case, self.scenario, option, yes=yes, filed=of.filed)
        self.paid += found.paid
        for place, col in found.taken.items():
            self.served[place].append((col, 1.0))
            self.usable.setdefault(place, []).append((col, 1.0))

    def _replaceable(self) -> None:
        """Limits what options of `_priced` bring, and a leaner grade replaces, to the use: no more can be of use."""
        use = {item.item: item.use_t for item in self.of.case.items}
        for (name, month), cols in self.usable.items():
            self.of.programme.row(cols, high=use[name][month - 1])

    def _leaner(self, option: MixOption, yes: int) -> None:
        """Replaces one item by another: a tonne by `cap` tonnes."""
        case, add = self.of.case, self.of.programme
        replaced, other = option.items
        use = next(item.use_t for item in case.items if item.item == replaced)
        for month in usable(case, option, replaced):
            if (replaced, month) not in self.needed:
                continue
            col = add.column()
            add.row([(col, 1.0), (yes, -use[month - 1])], high=0.0)
            self.served[replaced, month].append((col, 1.0))
            self.served[other, month].append((col, -option.cap))
            if has_prices(case):
                self.usable.setdefault((replaced, month), []).append((col, 1.0))
                self.usable.setdefault((other, month), []).append((col, -option.cap))
            self.paid.append((col, option.extra_keur * discounts(case)[month]))

    def _balance(self, item: MixItem) -> Entries:
        """Adds a row a month: what comes by sea, from options and from stock, and what is lost, cover the use."""
        case, add, worth = self.of.case, self.of.programme, discounts(self.of.case)
        here = delivered(case, self.scenario, item)
        lost: Entries = []
        drawn = self.drawn[item.item] = []
        in_hand: Entries = []
        filed = self.of.filed
        for month, use, (sea, filed_sea) in zip(
            range(1, case.months + 1), item.use_t, self.sea[item.item], strict=True
        ):
            if (item.item, month) not in self.needed:
                continue
            cover = self.served[item.item, month]
            more = filed_sea - sea
            if more and filed is not None:
                cover.append((filed, more))
            if here and month > stock_begins(case, item):
                col = add.column()
                cover.append((col, 1.0))
                drawn.append((col, 1.0))
            if item.in_hand_t:
                col = add.column()
                cover.append((col, 1.0))
                in_hand.append((col, 1.0))
            if use > 0.0:
                col = add.column(high=use)
                cover.append((col, 1.0))
                lost.append((col, use))
                self.paid.append((col, item.loss_keur * worth[month]))
            add.row(cover, low=use - sea)
        add.row([*drawn, (self.of.stock[item.item], -here or -1.0)], high=0.0)
        if in_hand:
            add.row(in_hand, high=item.in_hand_t)
        return lost

    def _cost(self) -> None:
        """Adds the cost of the scenario, and what it costs more than the threshold of CVaR."""
        case, of, worth = self.of.case, self.of, discounts(self.of.case)
        paid = [(c, o.fee_keur * worth[case.months_late]) for c, o in zip(of.yes, case.options, strict=True)]
        for item in case.items:
            if here := delivered(case, self.scenario, item):
                left = item.stock_cost_keur * case.left_over_worth_share * worth[-1]
                paid.append((of.stock[item.item], here * (item.stock_cost_keur * worth[case.months_late] - left)))
                paid += [(col, left) for col, _ in self.drawn[item.item]]
        cost = of.programme.column(low=-INF)
        of.programme.row([*paid, *self.paid, (cost, -1.0)], 0.0, 0.0)
        tail = of.programme.column()
        of.programme.row([(tail, 1.0), (of.threshold, 1.0), (cost, -1.0)], low=0.0)
        of.cost.append(cost)
        of.tail.append(tail)
