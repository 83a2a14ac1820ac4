"""The best plan over simulated scenarios: a check of its mean, and how far a mean of so many cases may lie from it."""

from __future__ import annotations

from dataclasses import dataclass

from coercivity.base.errors import CoercivityError
from coercivity.firm.draws import uniform
from coercivity.firm.mix.model import MixResult

MOST_DRAWS = 10_000_000


@dataclass(frozen=True, slots=True)
class Simulated:
    """The cost of a plan over simulated scenarios.

    Attributes:
        draws: Number of simulated scenarios.
        seed: Seed; the same one gives the same numbers to the digit.
        mean_keur: Mean cost [1000 EUR].
        error_keur: Standard error of the mean [1000 EUR].
        lost_share: Share of them with a lost line-day.
    """

    draws: int
    seed: int
    mean_keur: float
    error_keur: float
    lost_share: float


def check_draws(draws: int) -> None:
    """Checks a number of simulated scenarios.

    Raises:
        CoercivityError: If it is not 2 to 10,000,000.
    """
    if not 2 <= draws <= MOST_DRAWS:
        what = f"the number of simulated scenarios is 2 to 10,000,000, not {draws}"
        raise CoercivityError.of("ARGUMENT", what, where="--simulate", next="give a number such as 100000")


def simulated(result: MixResult, draws: int, seed: int = 0) -> Simulated:
    """Returns what a plan costs over scenarios that are drawn by their probabilities.

    Args:
        result: The plan and its cost in each scenario.
        draws: Number of simulated scenarios, at least 2.
        seed: Seed.

    Raises:
        CoercivityError: If the number is not 2 to 10,000,000.
    """
    import numpy as np

    check_draws(draws)
    chances = np.cumsum([row.probability for row in result.scenarios])
    at = np.searchsorted(chances / chances[-1], uniform("mix", str(seed), draws=draws), side="right")
    counts = np.bincount(at, minlength=len(result.scenarios))
    shares = counts / draws
    costs = np.array([row.cost_keur for row in result.scenarios])
    lost = np.array([row.lost_line_days > 0 for row in result.scenarios])
    mean = float(shares @ costs)
    spread = float(shares @ (costs - mean) ** 2) * draws / (draws - 1)
    return Simulated(draws, seed, mean, float(np.sqrt(spread / draws)), float(shares @ lost))
