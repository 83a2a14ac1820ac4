"""The linear programme of items that share options or replace each other, in one scenario.

All scenarios have the same columns and entries, and the same costs but for options with a price by month; else only
right-hand sides and upper bounds differ. Each of these is a straight line in the choice, and a line of `Sides`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from coercivity.base.linear import INF, Programme
from coercivity.firm.mix.cuts.arrays import CaseArrays, Floats, Tranche
from coercivity.firm.mix.cuts.merit import Aim
from coercivity.firm.mix.cuts.priced import priced_option
from coercivity.firm.mix.prices.costs import by_month

Balance = dict[tuple[int, int], int]


@dataclass(slots=True)
class Sides:
    """Right-hand sides and bounds: `base` + `filed` x filed ahead + `factor` x scale x an entry of the choice.

    Attributes:
        place: Row, or column whose upper bound it is, of each.
        entry: Entry of the choice, or -1 for none.
        base: The constant part by scenario [t].
    """

    place: list[int] = field(default_factory=list)
    base: list[Floats] = field(default_factory=list)
    filed: list[Floats] = field(default_factory=list)
    factor: list[float] = field(default_factory=list)
    entry: list[int] = field(default_factory=list)

    def fixed(self, place: int, base: Floats, filed: Floats) -> None:
        """Adds a side that only filing ahead moves."""
        self.mixed(place, base, filed, 0.0, -1)

    def chosen(self, place: int, factor: float, entry: int, like: Floats) -> None:
        """Adds a side that follows an entry of the choice; `like` has the shape (scenarios,)."""
        self.mixed(place, np.zeros_like(like), np.zeros_like(like), factor, entry)

    def mixed(self, place: int, base: Floats, filed: Floats, factor: float, entry: int) -> None:
        """Adds a side that filing ahead and an entry of the choice move."""
        self.place.append(place)
        self.base.append(base)
        self.filed.append(filed)
        self.factor.append(factor)
        self.entry.append(entry)


@dataclass(slots=True, eq=False)
class Shared:
    """Builds the programme.

    Attributes:
        floors: Rows that must be at least their side.
        ceilings: Rows that must be at most their side.
        bounds: Columns that must be at most their side.
        lost: Column of what is lost, and its item and month.
        priced: Columns whose cost differs by scenario, with that cost, shape (scenarios,).
    """

    arrays: CaseArrays
    items: tuple[int, ...]
    aim: Aim
    most_days: float | None
    model: Programme = field(default_factory=Programme)
    floors: Sides = field(default_factory=Sides)
    ceilings: Sides = field(default_factory=Sides)
    bounds: Sides = field(default_factory=Sides)
    lost: dict[int, tuple[int, int]] = field(default_factory=dict)
    priced: dict[int, Floats] = field(default_factory=dict)
    _usable: dict[tuple[int, int], list[tuple[int, float]]] = field(default_factory=dict)

    def build(self) -> Shared:
        """Adds all columns and rows, and returns itself."""
        a = self.arrays
        balance = {(i, t): self._balance(i, t) for i in self.items for t in range(a.case.months)}
        for i in self.items:
            self._stock(i, balance)
        for place, option in enumerate(a.case.options):
            for tranche in a.tranches(place):
                self._source(tranche, balance)
            if by_month(a.case, option):
                self._priced(place, balance)
            if option.kind == "leaner_grade":
                self._leaner(place, balance)
        if self.priced:
            self._replaceable()
        if self.most_days is not None:
            days = [(col, self._days(i, t)) for col, (i, t) in self.lost.items()]
            none = np.zeros(len(a.chance))
            self.ceilings.fixed(self.model.row(days), none + self.most_days, none)
        return self

    def _days(self, item: int, month: int) -> float:
        return self.arrays.case.days_per_month / float(self.arrays.use_t[item, month])

    def _cost(self, keur_per_t: float, month: int) -> float:
        return keur_per_t * float(self.arrays.worth[month]) if self.aim == "cost" else 0.0

    def _balance(self, item: int, month: int) -> int:
        """Adds the row of an item and month, and what is lost in it: at most the use."""
        a, use = self.arrays, float(self.arrays.use_t[item, month])
        row = self.model.row()
        self.floors.fixed(row, a.need_t[:, item, month], a.filed_need_t[:, item, month])
        if use > 0.0:
            loss = self._cost(a.case.items[item].loss_keur, month)
            col = self.model.column(loss if self.aim == "cost" else self._days(item, month))
            none = np.zeros(len(a.chance))
            self.bounds.fixed(col, none + use, none)
            self.model.entry(row, col, 1.0)
            self.lost[col] = item, month
        return row

    def _stock(self, item: int, balance: Balance) -> None:
        left = float(self.arrays.left_keur[item]) if self.aim == "cost" else 0.0
        row = self.model.row()
        entry = self.arrays.stock(item)
        self.ceilings.chosen(row, 1.0, entry, self.arrays.chance)
        for month in range(self.arrays.stock_first(item), self.arrays.case.months):
            col = self.model.column(left)
            self.model.entry(row, col, 1.0)
            self.model.entry(balance[item, month], col, 1.0)
        self._in_hand(item, balance)

    def _in_hand(self, item: int, balance: Balance) -> None:
        """Adds what is in hand: usable in every month, and worth nothing at the end."""
        mass = self.arrays.case.items[item].in_hand_t
        if not mass:
            return
        row, none = self.model.row(), np.zeros(len(self.arrays.chance))
        self.ceilings.fixed(row, none + mass, none)
        for month in range(self.arrays.case.months):
            col = self.model.column()
            self.model.entry(row, col, 1.0)
            self.model.entry(balance[item, month], col, 1.0)

    def _source(self, source: Tranche, balance: Balance) -> None:
        a = self.arrays
        own = [i for i in self.items if a.case.items[i].item in a.case.options[source.option].items]
        spans = {i: a.span(source.option, i) for i in own}
        for month in range(source.first, source.last) if own else ():
            row = self.model.row()
            self.ceilings.chosen(row, source.cap_t, source.option, a.chance)
            for i in own:
                if not spans[i][0] <= month < spans[i][1]:
                    continue
                col = self.model.column(self._cost(source.extra_keur, month))
                self.model.entry(row, col, 1.0)
                self.model.entry(balance[i, month], col, 1.0)
                if source.is_air:
                    self.bounds.fixed(col, a.air_t[:, i, month], a.filed_air_t[:, i, month])

    def _leaner(self, place: int, balance: Balance) -> None:
        a, option = self.arrays, self.arrays.case.options[place]
        at = {item.item: i for i, item in enumerate(a.case.items)}
        replaced, other = (at[name] for name in option.items)
        if replaced not in self.items:
            return
        for month in range(*a.span(place, replaced)):
            col = self.model.column(self._cost(option.extra_keur, month), high=INF)
            self.model.entry(balance[replaced, month], col, 1.0)
            self.model.entry(balance[other, month], col, -option.cap)
            self.bounds.chosen(col, float(a.use_t[replaced, month]), place, a.chance)
            self._usable.setdefault((replaced, month), []).append((col, 1.0))
            self._usable.setdefault((other, month), []).append((col, -option.cap))

    def _priced(self, place: int, balance: Balance) -> None:
        """Adds an option whose cost differs by month and scenario, and what of it is paid for and not taken."""
        a, option = self.arrays, self.arrays.case.options[place]
        if not any(a.case.items[i].item in option.items for i in self.items):
            return
        found, factor = priced_option(a, place), option.cap * option.owed_share
        spans = {i: a.span(place, i) for i in found.items}
        for month in range(*a.span(place)):
            row, owed = self.model.row(), self.model.row() if option.owed_share else -1
            self.ceilings.chosen(row, option.cap, place, a.chance)
            for i in found.items:
                if not spans[i][0] <= month < spans[i][1]:
                    continue
                col = self._dear(found.over_keur[i][:, month], month)
                self.model.entry(row, col, 1.0)
                self.model.entry(balance[i, month], col, 1.0)
                self._usable.setdefault((i, month), []).append((col, 1.0))
                if found.most_t:
                    self.bounds.fixed(col, *(each[:, month] for each in found.most_t[i]))
                if owed >= 0:
                    self.model.entry(owed, col, 1.0)
            if owed >= 0:
                self.model.entry(owed, self._dear(found.whole_keur[:, month], month), 1.0)
                excused, if_filed = found.excused_t
                self.floors.mixed(owed, -excused[:, month], -if_filed[:, month], factor, place)

    def _dear(self, keur_per_t: Floats, month: int) -> int:
        """Adds a column with a cost that differs by scenario."""
        col = self.model.column()
        self.priced[col] = keur_per_t * self.arrays.worth[month] if self.aim == "cost" else np.zeros_like(keur_per_t)
        return col

    def _replaceable(self) -> None:
        """Limits what options of `_priced` bring, and a leaner grade replaces, to the use: no more can be of use."""
        none = np.zeros(len(self.arrays.chance))
        for (item, month), cols in self._usable.items():
            self.ceilings.fixed(self.model.row(cols), none + self.arrays.use_t[item, month], none)
