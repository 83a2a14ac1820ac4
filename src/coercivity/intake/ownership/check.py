"""What can be wrong with a graph as a whole: sums above the capital, stakes stated twice, no stakes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.base.exact import SCALE, exact_text
from coercivity.base.sums import total
from coercivity.data.parties.ownership import UNKNOWN_OWNER, OwnershipGraph, Stake
from coercivity.intake.ownership.draft import MOST_FAULTS

_MOST_NAMED = 5


def check_graph(graph: OwnershipGraph, where: str, faults: Faults) -> None:
    """Adds every fault of a graph as a whole.

    Args:
        graph: The graph.
        where: The file or case, for messages.
        faults: Receives the faults.
    """
    if not graph.stakes and not faults.items:
        faults.add(
            "OWNERSHIP-EMPTY", "the file states no stake", where=where, next="see docs/ownership.md for the form"
        )
    in_capital: dict[tuple[str, str], list[Stake]] = defaultdict(list)
    between: dict[tuple[str, str, str], list[Stake]] = defaultdict(list)
    for stake in graph.stakes:
        if stake.kind != "branch":
            in_capital[stake.owned, "votes" if stake.kind == "votes" else "shares"].append(stake)
        if stake.owner != UNKNOWN_OWNER:
            between[stake.owner, stake.owned, stake.kind].append(stake)
    for fault in (*_sums(in_capital.items()), *_twice(between.values())):
        if len(faults.items) >= MOST_FAULTS:
            break
        faults.add(*fault[:2], where=f"{where}, {fault[2]}", next=fault[3])


def _sums(groups: Iterable[tuple[tuple[str, str], list[Stake]]]) -> Iterator[tuple[str, str, str, str]]:
    """Yields the first day on which known shares of an entity exceed the whole."""
    for (owned, kind), stakes in groups:
        if total(stake.share.low for stake in stakes) <= SCALE:
            continue
        changes = [(stake.from_on or Day.min, stake.share.low) for stake in stakes]
        changes += [(stake.to_on, -stake.share.low) for stake in stakes if stake.to_on is not None]
        changes.sort(key=lambda change: change)  # an end on the day of a start comes first
        held = 0
        for day, share in changes:
            held += share
            if held > SCALE:
                yield _above(owned, kind, day, held, [stake for stake in stakes if stake.holds(day)])
                break


def _above(owned: str, kind: str, day: Day, held: int, stakes: list[Stake]) -> tuple[str, str, str, str]:
    owners = [stake.owner[:60] for stake in stakes if stake.share.low]
    named = ", ".join(owners[:_MOST_NAMED]) + (f" and {len(owners) - _MOST_NAMED} more" * (len(owners) > _MOST_NAMED))
    percent = exact_text(held * 100)
    what = f"{kind} of {owned[:60]} add up to {percent} % on {day}: {named}"
    if day == Day.min:
        what = f"{kind} of {owned[:60]} add up to {percent} % at all times: {named}"
    places = ", ".join(stake.where for stake in stakes[:_MOST_NAMED])
    return "OWNERSHIP-SUM", what, places, "correct a share, or state when a stake was sold"


def _twice(groups: Iterable[list[Stake]]) -> Iterator[tuple[str, str, str, str]]:
    """Yields stakes of one kind and owner that overlap in time."""
    for stakes in groups:
        in_order = sorted(stakes, key=lambda stake: (stake.from_on or Day.min, stake.to_on or Day.max))
        for first, second in pairwise(in_order):
            if (second.from_on or Day.min) < (first.to_on or Day.max):
                day = second.from_on or first.from_on
                owner, owned = first.owner[:60], first.owned[:60]
                what = f"{owner} has two stakes of kind {first.kind} in {owned} on {day}"
                if day is None:
                    what = f"{owner} has two stakes of kind {first.kind} in {owned} at all times"
                step = "write their sum once, or state when the earlier one ended"
                yield "OWNERSHIP-TWICE", what, f"{first.where} and {second.where}", step
