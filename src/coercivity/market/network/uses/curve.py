"""Demand curves in steps: devices not built, less used, more used."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from coercivity.base.sums import total
from coercivity.market.network.network import LESS, MORE, WITHOUT, DemandStep

# Multiples of the price of the base year between which less is used, finest near 1; cut where thrift is exhausted.
LADDER = (1.0, 1.015, 1.05, 1.12, 1.24, 1.4, 1.8, 2.8, 6.0, 16.0, 40.0)
# And below it, where more is used.
CHEAP = (1.0, 0.985, 0.94, 0.84, 0.6, 0.1)
# Coarser, for surplus elements: their price stays close to the cost of finishing.
COARSE_LADDER = (1.0, 1.015, 1.12, 1.6, 3.0, 8.0, 40.0)
COARSE_CHEAP = (1.0, 0.985, 0.7, 0.1)
# A last step of the ladder narrower than this ratio joins the one before.
_LEAST_RATIO = 1.1


def ladder(multiples: Iterable[float], top: float) -> tuple[float, ...]:
    """Returns the multiples below the point where thrift is exhausted, and that point."""
    found = [multiple for multiple in multiples if multiple == 1.0 or multiple * _LEAST_RATIO <= top]
    return (*found, top)


def curve(
    price: float,
    elasticity: float,
    without: Iterable[tuple[float, float]],
    up: tuple[float, ...],
    down: Iterable[float],
) -> tuple[DemandStep, ...]:
    """Returns the demand curve through demand and price of the base year, as falling steps.

    The middle step, around the price of the base year, is worth exactly that price, and is cut in two at usual demand.

    Args:
        price: Price of the base year [USD/kg].
        elasticity: Thrift and own response, positive.
        without: Worth [USD/kg] and share of each segment of the devices that are still wanted when thrift is exhausted.
        up: Rising multiples of the price from 1 to the point where thrift is exhausted.
        down: Falling multiples of the price from 1.

    Source: equation 10 of docs/market.md.
    """
    left = up[-1] ** -elasticity
    found = [DemandStep(worth, left * share, WITHOUT) for worth, share in without]
    for below, above in reversed(list(pairwise(up))):
        worth = price if below == 1.0 else price * (below * above) ** 0.5
        found.append(DemandStep(worth, below**-elasticity - above**-elasticity, LESS))
    for above, below in pairwise(down):
        worth = price if above == 1.0 else price * (above * below) ** 0.5
        found.append(DemandStep(worth, below**-elasticity - above**-elasticity, MORE))
    return tuple(found)


def width(steps: Iterable[DemandStep]) -> float:
    """Returns the width of steps together, as a share of demand."""
    return total(step.width for step in steps)
