"""Draws over the rows of the licensing desk, and the share of a spread that each row carries."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from coercivity.base.days import Day
from coercivity.base.sums import total
from coercivity.market.network.ties import keyed
from coercivity.practice.desk import CustomsHold, DeskPractice

SEED = 20
SHARE, DAYS = " share", " days"
Draw = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A row of the desk that is drawn; of a customs hold share and days are drawn apart.

    Attributes:
        name: Id of the row, with what is drawn of a customs hold.
        what: What it measures.
    """

    name: str
    what: str
    low: float
    value: float
    high: float


def drawn_rows(practice: DeskPractice, last: Day) -> tuple[Drawn, ...]:
    """Returns every row of the desk with a range that can hold by a day, in the order of the tables.

    Args:
        practice: The rows.
        last: Last day of the runs.
    """
    found = [
        Drawn(row.id, row.parameter, row.low, row.value, row.high)
        for row in practice.rows
        if row.begins_on is None or row.begins_on <= last
    ]
    for event in practice.events:
        if event.begins_on <= last:
            what = f"{event.kind} {event.scope.destination}"
            found.append(Drawn(event.id, what, event.low, event.share, event.high))
    for licence in practice.general:
        if licence.begins_on <= last:
            what = f"general licences {licence.scope.destination}"
            found.append(Drawn(licence.id, what, licence.low, licence.share, licence.high))
    for hold in practice.holds:
        if hold.begins_on <= last:
            found.append(Drawn(hold.id + SHARE, "customs hold, share", hold.low, hold.share, hold.high))
            found.append(Drawn(hold.id + DAYS, "customs hold, days", hold.days_low, hold.days, hold.days_high))
    return tuple(row for row in found if row.low < row.high)


def triangular(share: float, low: float, value: float, high: float) -> float:
    """Returns the quantile of the triangular distribution over a range with its mode at the value.

    Args:
        share: From 0 to 1.
        low: Low end.
        value: Mode.
        high: High end.
    """
    width = high - low
    if width <= 0:
        return value
    if share * width < value - low:
        return low + math.sqrt(share * width * (value - low))
    return high - math.sqrt((1.0 - share) * width * (high - value))


def latin(name: str, count: int, seed: int = SEED) -> list[float]:
    """Returns one share in each of as many equal parts of 0 to 1, in an order and at places keyed by the name.

    Args:
        name: Name of the row.
        count: Number of draws.
        seed: Another one gives other draws.
    """
    order = sorted(range(count), key=lambda part: keyed(seed, name, count, "order", part))
    return [(part + keyed(seed, name, count, "place", part)) / count for part in order]


def draws(rows: Sequence[Drawn], count: int, seed: int = SEED) -> list[dict[str, float]]:
    """Returns the values of every row, by draw: a Latin hypercube."""
    columns = {
        row.name: [triangular(share, row.low, row.value, row.high) for share in latin(row.name, count, seed)]
        for row in rows
    }
    return [{name: column[n] for name, column in columns.items()} for n in range(count)]


def changed(practice: DeskPractice, draw: Draw) -> DeskPractice:
    """Returns the desk with the values of a draw.

    Raises:
        KeyError: If a draw names a row that does not exist.
    """
    found = replace(
        practice,
        rows=tuple(replace(row, value=draw.get(row.id, row.value)) for row in practice.rows),
        events=tuple(replace(row, share=draw.get(row.id, row.share)) for row in practice.events),
        general=tuple(replace(row, share=draw.get(row.id, row.share)) for row in practice.general),
        holds=tuple(_hold(row, draw) for row in practice.holds),
    )
    names = {row.id for row in practice.rows} | {row.id for row in practice.events}
    names |= {row.id for row in practice.general}
    names |= {row.id + part for row in practice.holds for part in (SHARE, DAYS)}
    unknown = sorted(draw.keys() - names)
    if unknown:
        raise KeyError(", ".join(unknown))
    return found


def _hold(row: CustomsHold, draw: Draw) -> CustomsHold:
    return replace(row, share=draw.get(row.id + SHARE, row.share), days=draw.get(row.id + DAYS, row.days))


# Shares of a spread.


def ranks(values: Sequence[float]) -> list[float]:
    """Returns the rank of each value from 1 on; equal ones share their mean rank."""
    ordered = sorted(range(len(values)), key=values.__getitem__)
    found, at = [0.0] * len(values), 0
    while at < len(ordered):
        end = at
        while end + 1 < len(ordered) and values[ordered[end + 1]] == values[ordered[at]]:
            end += 1
        for place in ordered[at : end + 1]:
            found[place] = 1.0 + (at + end) / 2
        at = end + 1
    return found


def rank_correlation(xs: Sequence[float], ys: Sequence[float]) -> float:
    """Returns the rank correlation of two series; 0 if one of them does not vary."""
    a, b = ranks(xs), ranks(ys)
    middle = (len(a) + 1) / 2
    across = total((x - middle) * (y - middle) for x, y in zip(a, b, strict=True))
    width = math.sqrt(total((x - middle) ** 2 for x in a) * total((y - middle) ** 2 for y in b))
    return across / width if width else 0.0


def noise(count: int) -> float:
    """Returns the squared rank correlation that a row without effect has on average in so many runs."""
    return 1.0 / (count - 1) if count > 1 else 1.0


def variance(values: Sequence[float]) -> float:
    """Returns the variance of a sample; 0 of fewer than two values."""
    if len(values) < 2:
        return 0.0
    mean = total(values) / len(values)
    return total((value - mean) ** 2 for value in values) / (len(values) - 1)


def fall(fixed: Sequence[float], free: Sequence[float]) -> float:
    """Returns by which share a variance falls once a row is fixed; below 0 if it rises."""
    whole = variance(free)
    return 1.0 - variance(fixed) / whole if whole else 0.0


def quantile(values: Iterable[float], share: float) -> float:
    """Returns a quantile of a sample, between neighbours in proportion."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])
