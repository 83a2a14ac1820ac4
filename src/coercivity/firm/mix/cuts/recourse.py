"""What a choice costs in every scenario, with slopes: the merit order where it holds, small programmes elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from coercivity.base.sums import total
from coercivity.firm.mix.cuts.arrays import CaseArrays, Floats
from coercivity.firm.mix.cuts.coupled import SharedItems
from coercivity.firm.mix.cuts.merit import MeritOrder
from coercivity.firm.mix.model import MixCase

# Lost line-days above the limit that are rounding.
DAYS_OFF = 1e-7


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """Least lost line-days of some scenarios.

    Attributes:
        least: Shape (scenarios,) [days].
        slope: Shape (scenarios, entries).
    """

    least: Floats
    slope: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Costs:
    """A choice in every scenario.

    Attributes:
        blocks: Cost and slope of each block of items; the cost of a scenario is the sum over blocks [1000 EUR].
        exact: Whether these are the costs, or bounds from below.
        line_days: Lost line-days by scenario; empty if not exact.
        over: Scenarios that cannot keep the limit on lost line-days, or None where all can.
    """

    blocks: tuple[tuple[Floats, Floats], ...]
    exact: bool
    line_days: Floats
    over: Days | None = None

    @property
    def cost(self) -> Floats:
        """Cost by scenario [1000 EUR]."""
        summed: Floats = np.sum([cost for cost, _ in self.blocks], axis=0)
        return summed

    @property
    def slope(self) -> Floats:
        """Slope of the cost, shape (scenarios, entries)."""
        summed: Floats = np.sum([slope for _, slope in self.blocks], axis=0)
        return summed


def blocks_of(case: MixCase) -> tuple[tuple[int, ...], ...]:
    """Returns the positions of items that an option serves together or replaces by each other, in order."""
    at = {item.item: place for place, item in enumerate(case.items)}
    block = list(range(len(case.items)))
    for option in case.options:
        own = sorted(at[name] for name in option.items)
        for other in own[1:]:
            old, new = block[other], block[own[0]]
            block = [min(old, new) if each in (old, new) else each for each in block]
    return tuple(tuple(i for i, each in enumerate(block) if each == name) for name in sorted(set(block)))


@dataclass(slots=True, eq=False)
class Recourse:
    """Costs of choices of one case; what was found before makes later costs cheaper."""

    arrays: CaseArrays
    _alone: list[MeritOrder] = field(default_factory=list)
    _together: list[SharedItems] = field(default_factory=list)
    _alone_days: list[MeritOrder] = field(default_factory=list)
    _together_days: list[SharedItems] = field(default_factory=list)
    _limited: SharedItems | None = None

    def __post_init__(self) -> None:
        """Sorts items into those with options of their own and those that share."""
        a, most = self.arrays, self.arrays.case.limits.lost_line_days
        for block in blocks_of(a.case):
            if len(block) == 1 and not a.priced(block[0]):
                self._alone.append(MeritOrder.of(a, block[0]))
                self._alone_days.append(MeritOrder.of(a, block[0], "line_days"))
            else:
                self._together.append(SharedItems(a, block))
                self._together_days.append(SharedItems(a, block, "line_days"))
        if most is not None:
            self._limited = SharedItems(a, tuple(range(len(a.case.items))), most_days=most)

    @property
    def blocks(self) -> int:
        """Number of blocks of costs: one where a limit on lost line-days ties all items together."""
        return 1 if self._limited is not None else len(self._alone) + len(self._together)

    @property
    def closed(self) -> bool:
        """Whether all costs come in closed form."""
        return not self._together and self._limited is None

    @property
    def solves(self) -> int:
        """Number of programmes solved so far."""
        limited = [] if self._limited is None else [self._limited]
        return total(each.solves for each in (*self._together, *self._together_days, *limited))

    def bound(self, choice: Floats) -> Costs | None:
        """Returns bounds of the costs without any programme, or None before the first exact costs."""
        together = [each.bound(choice) for each in self._together]
        known = [each for each in together if each is not None]
        if len(known) < len(together):
            return None  # nothing is known yet
        alone = [order.at(choice) for order in self._alone]
        blocks = self._fixed([*((each.cost, each.slope) for each in alone), *known], choice)
        limited = None if self._limited is None else self._limited.bound(choice)
        if limited is not None:
            (cost, slope), (paid, fixed) = blocks[0], self._paid(choice)
            more = limited[0] + paid > cost
            slope = np.where(more[:, None], limited[1] + fixed, slope)
            blocks = ((np.where(more, limited[0] + paid, cost), slope),)
        return Costs(blocks, self.closed, np.zeros(0))

    def at(self, choice: Floats) -> Costs:
        """Returns the costs of a choice; those over the limit on line-days are as without it."""
        a = self.arrays
        alone, together = [order.at(choice) for order in self._alone], [each.at(choice) for each in self._together]
        parts = [(each.cost, each.slope) for each in alone] + [(each.cost, each.slope) for each in together]
        blocks = self._fixed(parts, choice)
        lost = np.zeros((len(a.chance), *a.use_t.shape))
        for order, found in zip(self._alone, alone, strict=True):
            lost[:, order.item] = found.lost_t
        for shared, several in zip(self._together, together, strict=True):
            lost[:, shared.items] = several.lost_t
        days = self._line_days(lost)
        if self._limited is None:
            return Costs(blocks, True, days)
        return self._within(choice, blocks[0], days)

    def _line_days(self, lost_t: Floats) -> Floats:
        use = self.arrays.use_t
        share = np.divide(lost_t, use, out=np.zeros_like(lost_t), where=np.broadcast_to(use > 0.0, lost_t.shape))
        days: Floats = self.arrays.case.days_per_month * share.sum(axis=(1, 2))
        return days

    def _paid(self, choice: Floats) -> tuple[Floats, Floats]:
        """Returns what is paid in any event, and its slope."""
        return self.arrays.fixed_keur @ choice, self.arrays.fixed_keur

    def _fixed(self, parts: list[tuple[Floats, Floats]], choice: Floats) -> tuple[tuple[Floats, Floats], ...]:
        """Returns the parts with what is paid in any event in the first, as one part where a limit ties them."""
        (first, slope), (paid, fixed) = parts[0], self._paid(choice)
        blocks = [(first + paid, slope + fixed), *parts[1:]]
        if self._limited is not None:
            blocks = [(np.sum([cost for cost, _ in blocks], axis=0), np.sum([slope for _, slope in blocks], axis=0))]
        return tuple(blocks)

    def _within(self, choice: Floats, block: tuple[Floats, Floats], days: Floats) -> Costs:
        """Returns the costs with the limit on line-days kept in the scenarios whose least cost breaks it."""
        limited, most = self._limited, self.arrays.case.limits.lost_line_days
        if limited is None or most is None:
            return Costs((block,), True, days)
        broken = np.flatnonzero(days > most + DAYS_OFF)
        if not len(broken):
            return Costs((block,), True, days)
        least = self._least_days(choice, broken)
        over = least.least > most + DAYS_OFF
        if over.any():
            return Costs((block,), True, days, Days(least.least[over], least.slope[over]))
        found = limited.at(choice, broken)
        (cost, slope), (paid, fixed) = (block[0].copy(), block[1].copy()), self._paid(choice)
        # Rounding may leave a limit kept by less than the tolerance without a solution; the cost without it stands.
        kept = found.cost < np.inf
        cost[broken[kept]] = found.cost[kept] + paid[broken[kept]]
        slope[broken[kept]] = found.slope[kept] + fixed[broken[kept]]
        days = days.copy()
        days[broken[kept]] = self._line_days(found.lost_t[kept])
        return Costs(((cost, slope),), True, days)

    def _least_days(self, choice: Floats, rows: NDArray[np.int64]) -> Days:
        least, slope = np.zeros(len(rows)), np.zeros((len(rows), self.arrays.entries))
        for order in self._alone_days:
            one = order.at(choice)
            least, slope = least + one.cost[rows], slope + one.slope[rows]
        for shared in self._together_days:
            each = shared.at(choice, rows)
            least, slope = least + each.cost, slope + each.slope
        return Days(least, slope)
