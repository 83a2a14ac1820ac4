"""The best plans between least mean cost and least cost at the bad end."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.firm.mix.choose import NoPlanError, beside, result_with, search
from coercivity.firm.mix.extensive import Extensive
from coercivity.firm.mix.model import MixCase
from coercivity.firm.mix.plans import RankedPlan

POINTS = 21


def weights(points: int = POINTS) -> tuple[float, ...]:
    """Returns weights on CVaR from 0 to 1 in equal steps. Raises ValueError for fewer than two."""
    if points < 2:
        raise ValueError(f"a frontier has at least two points, not {points}")
    return tuple(point / (points - 1) for point in range(points))


def frontier(case: MixCase, at: tuple[float, ...] | None = None) -> Iterator[tuple[RankedPlan, ...]]:
    """Yields the best plan and that of the second best set of options at each weight on CVaR.

    The programme is built once; from one weight to the next only its costs change.

    Args:
        case: What is chosen from.
        at: Weights on CVaR; None for 21 in equal steps.

    Raises:
        NoPlanError: If no choice keeps all limits.
    """
    built = Extensive.of(case)
    first: list[tuple[bool, ...]] = []
    for weight in weights() if at is None else at:
        built.weigh(weight)
        found = search(built, keep=2, first=first)
        if not found:
            raise NoPlanError.of("INFEASIBLE", "no choice of options and stock keeps all limits")
        first = [choice for _, choice in found]
        yield beside([result_with(built, choice, weight) for _, choice in found])
