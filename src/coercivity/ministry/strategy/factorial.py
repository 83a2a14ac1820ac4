"""All combinations of levers in all scenarios, and what each combination costs by scenario, by path and on average."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Literal

from coercivity.base.sums import total
from coercivity.ministry.strategy.model import Lever, Levers, Scenario, StrategyBook, StrategyFirm
from coercivity.ministry.strategy.supply import PARTS, Part, Supply, least_cost

GroupKind = Literal["scenario", "path", "mean"]
_NONE = Fraction(0)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of the scenarios over which a mean is taken: one scenario on one path, a path, or all.

    Attributes:
        scenario: Name of the scenario; empty for a path with several, and for all.
        path: Legal path; empty for all, and where the sheet names none.
        rows: Their positions.
        weights: Weight of each of them; together 1.
        probability: Probability of all of them together.
        alike: Whether all weights are the same, as those of draws.
    """

    kind: GroupKind
    scenario: str
    path: str
    rows: tuple[int, ...]
    weights: tuple[Fraction, ...]
    probability: Fraction
    alike: bool

    def mean(self, values: Sequence[Fraction]) -> Fraction:
        """Returns the mean of values by row."""
        if self.alike:
            return total(values[row] for row in self.rows if values[row]) * self.weights[0]
        return total(values[row] * weight for row, weight in zip(self.rows, self.weights, strict=True))


@dataclass(frozen=True, slots=True)
class Cell:
    """One combination of levers: what it costs and what is missing, by row of the scenarios.

    Attributes:
        on: Levers that are on.
        costs: Cost by row [1000 USD].
        lost_t: Metal that is missing by row [t].
        parts: Cost by part and row [1000 USD].
    """

    on: Levers
    costs: tuple[Fraction, ...]
    lost_t: tuple[Fraction, ...]
    parts: Mapping[Part, tuple[Fraction, ...]]


def sets_of(levers: Levers) -> tuple[Levers, ...]:
    """Returns all sets of levers: none, each alone, pairs, and so on."""
    return tuple(some for size in range(len(levers) + 1) for some in combinations(levers, size))


def groups_of(scenarios: Sequence[Scenario]) -> tuple[Group, ...]:
    """Returns the means to tell of: each scenario on each path, each path if there are several, and all.

    A path with a single scenario is one group, not two. Where rows have no probability at all, they count alike.
    """
    paths = list(dict.fromkeys(row.path for row in scenarios))
    found = list[Group]()
    for path in paths:
        names = list(dict.fromkeys(row.scenario for row in scenarios if row.path == path))
        if len(paths) > 1 and len(names) == 1:
            found.append(_group("path", scenarios, names[0], path))
            continue
        found += [_group("scenario", scenarios, name, path) for name in names]
        if len(paths) > 1:
            found.append(_group("path", scenarios, "", path))
    return (*found, _group("mean", scenarios, "", ""))


def _group(kind: GroupKind, scenarios: Sequence[Scenario], name: str, path: str) -> Group:
    rows = tuple(
        place
        for place, row in enumerate(scenarios)
        if kind == "mean" or (row.path == path and row.scenario == (name or row.scenario))
    )
    whole = total(scenarios[place].probability for place in rows)
    weights = tuple(scenarios[place].probability / whole if whole else Fraction(1, len(rows)) for place in rows)
    return Group(kind, name, path, rows, weights, Fraction(whole), len(set(weights)) == 1)


def cells_of(
    book: StrategyBook,
    firm: StrategyFirm,
    levers: Levers,
    told: Callable[[], None] | None = None,
) -> tuple[Cell, ...]:
    """Returns every combination of levers for one firm, each at least cost in every scenario.

    Args:
        book: The scenarios.
        firm: The firm.
        levers: The levers.
        told: Is called after each combination.
    """
    price = firm.stock_price if firm.stock_price is not None else book.open_price
    found = []
    for on in sets_of(levers):
        found.append(_cell(on, [least_cost(firm, row, on, price) for row in book.scenarios]))
        if told is not None:
            told()
    return tuple(found)


def _cell(on: Levers, supplies: Sequence[Supply]) -> Cell:
    parts = {part: tuple(one.parts.get(part, _NONE) for one in supplies) for part in PARTS}
    return Cell(on, tuple(one.cost for one in supplies), tuple(one.lost_t for one in supplies), parts)


def effect_of(some: Levers, cells: Sequence[Cell], values: Callable[[Cell], Fraction]) -> Fraction:
    """Returns the effect of a lever, or the interaction of several: below 0 it saves.

    The effect of one lever is the mean of the combinations with it less the mean of those without. That of a pair is
    half of the difference between the effect of one with the other on and with the other off; of three likewise.

    Args:
        some: The lever or levers.
        cells: All combinations.
        values: The value of a combination, such as its mean cost.

    Source: docs/verbs/strategy.md.
    """
    signed = total(sign_of(some, cell.on) * values(cell) for cell in cells)
    return signed * 2 / len(cells)


def sign_of(some: Levers, on: Sequence[Lever]) -> int:
    """Returns the sign of a combination in an effect: it changes with each lever of the effect that is off."""
    return -1 if sum(lever not in on for lever in some) % 2 else 1
