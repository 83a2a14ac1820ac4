"""When a line stops if the delays are those of the licensing desk's practice, with its own uncertainty.

A draw is one state of practice: rows of practice at a point of the design, one number for what happens to a file, and
with kept prices the market at the same point. All draws count alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

import numpy as np

from coercivity.base.canonical import round_sig
from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError
from coercivity.base.sums import total
from coercivity.ensemble.design import uniform
from coercivity.ensemble.results.chances import share_interval
from coercivity.firm.line_stop.drawn.desk import DeskDays, drawn_single_days
from coercivity.firm.line_stop.drawn.results import (
    LEVELS,
    DaysDrawn,
    DrawnChance,
    PartDrawn,
    PlantDrawn,
)
from coercivity.firm.line_stop.drawn.stops import (
    REFUSED,
    Decision,
    DrawStops,
    PlantStop,
    first_of_any,
)
from coercivity.firm.line_stop.results import ANY
from coercivity.firm.line_stop.supply import StopCase

# The desk of a form and a destination.
DeskOf = Callable[[str, str], DeskDays]


def days_drawn(
    decisions: Iterable[Decision], desk_of: DeskOf, on: Day, *, independent: bool
) -> dict[Decision, tuple[int, ...]]:
    """Returns the days of each decision by draw, `REFUSED` where it is refused.

    One authority decides all of them: a draw that is slow for one file is slow for the others. A renewal is taken to be
    filed on the evening of the count; its days are counted from the last day of the licence.

    Args:
        decisions: The decisions.
        desk_of: The desk of a form and a destination.
        on: Evening of the stock count.
        independent: Whether renewals take another draw than grants.
    """
    found = dict[Decision, tuple[int, ...]]()
    for decision in sorted(set(decisions)):
        kind, since, form, country = decision
        desk = desk_of(form, country)
        if kind == "grant":
            days = drawn_single_days(desk, since)
        else:
            late = np.maximum(desk.granted(on) - since.toordinal(), 0)
            days = np.where(desk.not_renewed(since), REFUSED, late)
            if independent:
                apart = uniform(desk.design.points, "renewal apart", str(desk.design.scramble))
                days = days[np.argsort(apart, kind="stable")]
        found[decision] = tuple(int(day) for day in days.tolist())
    return found


def undecided(days: Mapping[Decision, Sequence[int]], on: Day, draws: int) -> tuple[int, ...]:
    """Returns the draws in which each file filed by the count is still undecided then: a lot that waits shows it.

    Args:
        days: Days of each decision by draw.
        on: Evening of the stock count.
        draws: Number of draws.

    Raises:
        CoercivityError: If there is none.
    """
    kept = [
        at
        for at in range(draws)
        if all(
            each[at] == REFUSED or since.toordinal() + each[at] > on.toordinal()
            for (kind, since, _, _), each in days.items()
            if kind == "grant"
        )
    ]
    if not kept:
        files = ", ".join(sorted({f"{since}" for kind, since, _, _ in days if kind == "grant"}))
        what = f"no draw has a file of {files} still undecided on {on}"
        step = "correct the day of filing, or enter the decision of the authority"
        raise CoercivityError.of("DRAWS-NONE", what, where="draws", next=step)
    return tuple(kept)


def decisions_drawn(days: Mapping[Decision, Sequence[int]]) -> tuple[DaysDrawn, ...]:
    """Returns the days of each decision over the draws.

    Args:
        days: Days by draw, of the draws that count.
    """
    found = []
    for (kind, since, form, country), each in sorted(days.items()):
        refused = chance_of(sum(day == REFUSED for day in each), len(each))
        found.append(DaysDrawn(kind, since, form, country, _decided(each), refused))
    return tuple(found)


def plants_drawn(case: StopCase, stops: Sequence[DrawStops]) -> tuple[PlantDrawn, ...]:
    """Returns each plant over the draws, and any of them at the end.

    Args:
        case: The company, ready to be computed.
        stops: The draws that count.
    """
    cost = {row.plant: row.line_day_keur for row in case.company.plants}
    found, losses = [], []
    for at, plant in enumerate(case.plants):
        own = [draw.plants[at] for draw in stops]
        keur = cost.get(plant)
        loss = [keur * stop.lost for stop in own] if keur is not None else None
        losses.append(loss)
        found.append(_plant(plant, own, [stop.lost for stop in own], loss))
    every = [each for each in losses if each is not None]
    known = bool(every) and len(every) == len(losses)
    whole = [sum(each, Fraction(0)) for each in zip(*every, strict=True)] if known else None
    return (*found, _plant(ANY, [first_of_any(draw.plants) for draw in stops], None, whole))


def parts_drawn(case: StopCase, stops: Sequence[DrawStops]) -> tuple[PartDrawn, ...]:
    """Returns each part at each plant over the draws.

    Args:
        case: The company, ready to be computed.
        stops: The draws that count.
    """
    found = []
    for at, supply in enumerate(case.supplies):
        first = [draw.parts[at] for draw in stops]
        missed = chance_of(sum(day is not None for day in first), len(first))
        found.append(PartDrawn(supply.plant, supply.part, missed, _days(first)))
    return tuple(found)


def chance_of(count: int, draws: int) -> DrawnChance:
    """Returns the chance of something that some draws have, with its interval.

    Source: equation 90 of docs/market.md.
    """
    low, high = share_interval(count, draws)
    return DrawnChance(round_sig(count / draws), round_sig(low), round_sig(high))


def levels_of(values: Sequence[float]) -> dict[int, float]:
    """Returns percentiles of some numbers: the least that so many per cent of them do not exceed."""
    ordered = sorted(values)
    return {level: ordered[_rank(len(ordered), level)] for level in LEVELS}


def _plant(
    plant: str, stops: Sequence[PlantStop], lost: Sequence[int] | None, loss: Sequence[Fraction] | None
) -> PlantDrawn:
    first, count = [stop.first for stop in stops], len(stops)
    causes = Counter(stop.cause for stop in stops if stop.first is not None)
    return PlantDrawn(
        plant=plant,
        standing=chance_of(sum(day is not None for day in first), count),
        first_on=_days(first),
        lost_days={level: int(days) for level, days in levels_of(lost).items()} if lost is not None else {},
        mean_lost_days=round_sig(total(lost) / count) if lost is not None else None,
        loss_keur={level: round_sig(each) for level, each in levels_of([float(each) for each in loss]).items()}
        if loss is not None
        else {},
        mean_loss_keur=round_sig(float(sum(loss, Fraction(0)) / count)) if loss is not None else None,
        by_day=_by_day(first),
        causes={cause: round_sig(number / count) for cause, number in sorted(causes.items())},
    )


def _by_day(first: Sequence[int | None]) -> tuple[tuple[Day, DrawnChance], ...]:
    """Returns the chance of a first lost day on or before each day on which it rises."""
    days, found, so_far = Counter(day for day in first if day is not None), [], 0
    for day in sorted(days):
        so_far += days[day]
        found.append((Day.fromordinal(day), chance_of(so_far, len(first))))
    return tuple(found)


def _days(first: Sequence[int | None]) -> dict[int, Day | None]:
    found = _levels_never(first)
    return {level: Day.fromordinal(day) if day is not None else None for level, day in found.items()}


def _levels_never(values: Sequence[int | None]) -> dict[int, int | None]:
    """Returns percentiles of numbers, of which those that are never reached come last."""
    ordered = [*sorted(value for value in values if value is not None), *(None for value in values if value is None)]
    return {level: ordered[_rank(len(ordered), level)] for level in LEVELS}


def _decided(days: Sequence[int]) -> dict[int, int | None]:
    """Returns percentiles of the days of those that are not refused."""
    return _levels_never([day for day in days if day != REFUSED] or [None])


def _rank(count: int, level: int) -> int:
    return max(0, -(-count * level // 100) - 1)
