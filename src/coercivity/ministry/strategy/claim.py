"""The claim that winners pair secure ore with own processing and recycling: where it holds, where it fails and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from coercivity.ministry.strategy.factorial import Cell, Group
from coercivity.ministry.strategy.model import CLAIM, Levers


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """The claim in one group of scenarios.

    Attributes:
        group: The group.
        holds: Whether the cheapest combination contains all three levers.
        cheapest: Levers of the cheapest combination.
        missing: Those of the three that it does without.
        more: What it costs to add them [1000 USD a year].
        more_share: The same as a share of the cheapest; None where that costs nothing.
        more_fixed: Fixed costs among it [1000 USD a year].
        more_ore: Contract ore less what is sold of it, among it [1000 USD a year].
        saved: What is saved on metal, processing, feed and missing metal; below 0 if it costs more [1000 USD a year].
    """

    group: Group
    holds: bool
    cheapest: Levers
    missing: Levers
    more: Fraction
    more_share: Fraction | None
    more_fixed: Fraction
    more_ore: Fraction
    saved: Fraction


@dataclass(frozen=True, slots=True)
class FeedGroup:
    """What feed gains without a place to process it, where metal is missing at a cost when no lever is on.

    Attributes:
        group: The group.
        none_cost: Cost when no lever is on [1000 USD a year].
        feed_saves: What ore and recycling save without own processing; below 0 if they cost more [1000 USD a year].
        pair_saves: What ore and own processing save together [1000 USD a year].
    """

    group: Group
    none_cost: Fraction
    feed_saves: Fraction
    pair_saves: Fraction


@dataclass(frozen=True, slots=True)
class ClaimFound:
    """The claim for one firm.

    Attributes:
        lacking: Levers of the claim that were not tried; the claim is then not tested.
        groups: By group of scenarios; empty if it is not tested.
        feed: What feed gains without own processing; empty if it is not tested.
    """

    lacking: Levers
    groups: tuple[ClaimGroup, ...] = ()
    feed: tuple[FeedGroup, ...] = ()


def claim_of(cells: Sequence[Cell], levers: Levers, cheapest: Mapping[Group, Levers]) -> ClaimFound:
    """Returns the claim put to test for one firm.

    Args:
        cells: All combinations of the levers.
        levers: The levers that were tried.
        cheapest: Levers of the cheapest combination by group of scenarios.
    """
    lacking = tuple(lever for lever in CLAIM if lever not in levers)
    if lacking:
        return ClaimFound(lacking)
    by_set = {cell.on: cell for cell in cells}
    groups = tuple(_group(group, on, by_set, levers) for group, on in cheapest.items())
    none = by_set[()]
    short = (group for group in cheapest if group.mean(none.lost_t) > 0 and group.mean(none.costs) > 0)
    feed = (_feed(group, by_set) for group in short)
    return ClaimFound((), groups, tuple(feed))


def _group(group: Group, cheapest: Levers, by_set: Mapping[Levers, Cell], levers: Levers) -> ClaimGroup:
    least, whole = by_set[cheapest], by_set[tuple(one for one in levers if one in cheapest or one in CLAIM)]
    missing = tuple(lever for lever in CLAIM if lever not in cheapest)
    fixed, ore = (group.mean(whole.parts[part]) - group.mean(least.parts[part]) for part in ("fixed", "ore_contract"))
    cost = group.mean(least.costs)
    more = group.mean(whole.costs) - cost
    share = more / cost if cost > 0 else None
    return ClaimGroup(group, not missing, cheapest, missing, more, share, fixed, ore, fixed + ore - more)


def _feed(group: Group, by_set: Mapping[Levers, Cell]) -> FeedGroup:
    none = group.mean(by_set[()].costs)
    feed, pair = (none - group.mean(by_set[on].costs) for on in (("ore", "recycling"), ("ore", "processing")))
    return FeedGroup(group, none, feed, pair)
