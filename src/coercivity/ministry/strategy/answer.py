"""Who wins with what: the cheapest combination by firm and scenario, effects of levers, and the claim tested."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from coercivity.ministry.strategy.claim import ClaimFound, claim_of
from coercivity.ministry.strategy.factorial import Cell, Group, cells_of, effect_of, groups_of, sets_of
from coercivity.ministry.strategy.model import Levers, StrategyBook, StrategyFirm
from coercivity.ministry.strategy.paired import PairedFound, paired_of


@dataclass(frozen=True, slots=True)
class Ranked:
    """One combination in one group of scenarios.

    Attributes:
        on: Levers that are on.
        cost: Mean cost [1000 USD a year].
        lost_t: Mean metal that is missing [t a year].
    """

    on: Levers
    cost: Fraction
    lost_t: Fraction


@dataclass(frozen=True, slots=True)
class GroupFound:
    """What holds for one firm in one group of scenarios.

    Attributes:
        group: The group.
        sets: All combinations, in the order of their levers.
        cheapest: The cheapest; on a tie the one with the fewest levers.
        next: The next cheapest.
        effects: Effect of each lever, then interactions of pairs, and so on [1000 USD a year].
    """

    group: Group
    sets: tuple[Ranked, ...]
    cheapest: Ranked
    next: Ranked
    effects: Mapping[Levers, Fraction]

    @property
    def margin(self) -> Fraction:
        """How much the next cheapest costs more [1000 USD a year]."""
        return self.next.cost - self.cheapest.cost

    @property
    def margin_share(self) -> Fraction | None:
        """The same as a share of the cheapest; None where that costs nothing."""
        return self.margin / self.cheapest.cost if self.cheapest.cost > 0 else None


@dataclass(frozen=True, slots=True)
class FirmFound:
    """What holds for one firm.

    Attributes:
        firm: The firm.
        cells: All combinations.
        groups: By scenario, then by path if there are several, then the mean.
        claim: The claim put to test, by group.
        paired: Paired differences over the draws of each path; empty without draws.
    """

    firm: StrategyFirm
    cells: tuple[Cell, ...]
    groups: tuple[GroupFound, ...]
    claim: ClaimFound
    paired: tuple[PairedFound, ...]


@dataclass(frozen=True, slots=True)
class StrategyFound:
    """The result.

    Attributes:
        book: What the workbook says.
        levers: The levers that were tried.
        sets: Their combinations.
        firms: The firms.
    """

    book: StrategyBook
    levers: Levers
    sets: tuple[Levers, ...]
    firms: tuple[FirmFound, ...]


def strategy_answer(
    book: StrategyBook, levers: Levers, progress: Callable[[int, int], None] | None = None
) -> StrategyFound:
    """Returns every combination of levers for every firm, and what follows from them.

    Args:
        book: What the workbook says, without faults.
        levers: The levers to try.
        progress: Is told the steps that are done and their number.
    """
    sets = sets_of(levers)
    done, of = 0, len(sets) * len(book.firms)

    def told() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, of)

    groups = groups_of(book.scenarios)
    return StrategyFound(book, levers, sets, tuple(_firm(book, firm, levers, groups, told) for firm in book.firms))


def _firm(
    book: StrategyBook, firm: StrategyFirm, levers: Levers, groups: tuple[Group, ...], told: Callable[[], None]
) -> FirmFound:
    cells = cells_of(book, firm, levers, told)
    found = tuple(_grouped(group, cells, levers) for group in groups)
    cheapest = {one.group: one.cheapest.on for one in found}
    return FirmFound(firm, cells, found, claim_of(cells, levers, cheapest), paired_of(book.scenarios, cells, levers))


def _grouped(group: Group, cells: tuple[Cell, ...], levers: Levers) -> GroupFound:
    costs = {cell.on: group.mean(cell.costs) for cell in cells}
    sets = tuple(Ranked(cell.on, costs[cell.on], group.mean(cell.lost_t)) for cell in cells)
    first, second = sorted(sets, key=lambda one: one.cost)[:2]  # stable: fewer levers first
    effects = {some: effect_of(some, cells, lambda cell: costs[cell.on]) for some in sets_of(levers) if some}
    return GroupFound(group, sets, first, second, effects)
