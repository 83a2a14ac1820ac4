"""Prices at which devices are not built: a spread over the devices of a use, cut into segments."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import exp, log
from typing import NamedTuple

from coercivity.base.sums import total


class Device(NamedTuple):
    """A part of a use with a spread of its own.

    Attributes:
        share: Share of the use, by tonnes of magnets or oxide.
        low: Price below which every such device is built [USD/kg].
        middle: Most frequent price above which it is not built [USD/kg].
        high: Price above which none is built [USD/kg].
    """

    share: float
    low: float
    middle: float
    high: float

    def above(self, floor: float) -> Device:
        """Returns the same part with a spread that does not go below a price."""
        return Device(self.share, *(max(price, floor) for price in (self.low, self.middle, self.high)))


def segments(devices: Sequence[Device], count: int, moved: float = 0.0) -> tuple[tuple[float, float], ...]:
    """Returns worth [USD/kg] and share of each segment between the lowest low and the highest high, falling.

    Each spread is triangular in the logarithm of the price; the segments are equally wide in it, but for the outer two.

    Args:
        devices: Parts of a use; their shares add up to 1.
        count: Number of segments.
        moved: Part of a segment by which the cuts between segments are moved up, between -0.5 and 0.5.

    Source: equation 11 of docs/market.md.
    """
    low, high = log(min(one.low for one in devices)), log(max(one.high for one in devices))
    places = (0.0, *(place + moved for place in range(1, count)), float(count))
    edges = [low + (high - low) * place / count for place in places]
    found = []
    for below, above in pairwise(edges):
        last = above == edges[-1]
        share = total(one.share * (_under(one, above, last=last) - _under(one, below)) for one in devices)
        found.append((exp((below + above) / 2), share))
    return tuple(reversed(found))


def _under(device: Device, at: float, *, last: bool = False) -> float:
    """Returns the share of a spread below a price, given as its logarithm."""
    low, middle, high = log(device.low), log(device.middle), log(device.high)
    if last or at > high:
        return 1.0
    if at <= low:
        return 0.0
    if at <= middle:
        return (at - low) ** 2 / ((high - low) * (middle - low))
    return 1.0 - (high - at) ** 2 / ((high - low) * (high - middle))


def moved_cuts(place: int, of: int) -> float:
    """Returns by how much the cuts of one of several regions are moved, so that no two have the same.

    The same spread in two regions is then cut at different prices, and the curve of both together is finer than one.
    """
    return (place + 0.5) / of - 0.5
