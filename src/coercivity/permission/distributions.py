"""Two distributions in plain code: how long a file takes, and how many files are granted."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coercivity.base.sums import total

STEPS = 400
TINY = 1e-300
CLOSE = 1e-14
ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Gamma:
    """A waiting time that is gamma distributed, told by its mean and variance.

    Attributes:
        mean: Mean [days].
        variance: Variance [days squared].
    """

    mean: float
    variance: float

    @property
    def shape(self) -> float:
        """Shape of the gamma law."""
        return self.mean**2 / self.variance

    @property
    def scale(self) -> float:
        """Scale of the gamma law [days]."""
        return self.variance / self.mean

    def decided(self, days: float) -> float:
        """Returns the share of files that took at most so long.

        Args:
            days: Time since the file was accepted [days].
        """
        return 1 - gamma_beyond(self.shape, days / self.scale) if days > 0 else 0.0

    def beyond(self, days: float) -> tuple[float, float]:
        """Returns mean and mean square of the times longer than a time [days, days squared].

        Args:
            days: The time that a file is known to have taken at least [days].
        """
        at, k = days / self.scale, self.shape
        left = gamma_beyond(k, at)
        if left < CLOSE:
            return days, days**2
        first = self.mean * gamma_beyond(k + 1, at) / left
        return first, k * (k + 1) * self.scale**2 * gamma_beyond(k + 2, at) / left


def fitted(prior: Gamma, weight: float, seen: Sequence[float], at_least: Sequence[float]) -> Gamma:
    """Returns the waiting time by the method of moments: prior, times seen, and times known from below only.

    A time known from below counts with its mean and mean square beyond that bound under the law fitted so far; the
    law is fitted again until nothing moves.

    Args:
        prior: What is held before any report.
        weight: Files that the prior counts for.
        seen: Times reported [days].
        at_least: Times reported as at least so long, the censored ones [days].

    Source: equation 16 of docs/market.md.
    """
    count, now = weight + len(seen) + len(at_least), prior
    first = weight * prior.mean + total(seen)
    second = weight * (prior.variance + prior.mean**2) + total(time**2 for time in seen)
    for _ in range(ROUNDS):
        beyond = [now.beyond(time) for time in at_least]
        mean = (first + total(m for m, _ in beyond)) / count
        now = Gamma(mean, (second + total(s for _, s in beyond)) / count - mean**2)
    return now


def beta_quantile(share: float, granted: float, refused: float) -> float:
    """Returns the point below which a beta distributed share lies with a probability.

    Args:
        share: That probability [fraction].
        granted: First parameter [files].
        refused: Second parameter [files].
    """
    low, high = 0.0, 1.0
    for _ in range(ROUNDS):
        middle = (low + high) / 2
        low, high = (middle, high) if beta_below(middle, granted, refused) < share else (low, middle)
    return (low + high) / 2


def gamma_beyond(shape: float, at: float) -> float:
    """Returns the probability that a gamma variable of scale one exceeds a point."""
    if at <= 0:
        return 1.0
    front = math.exp(shape * math.log(at) - at - math.lgamma(shape))
    if at < shape + 1:
        term = series = 1 / shape
        for step in range(1, STEPS):
            term *= at / (shape + step)
            series += term
            if term < series * CLOSE:
                break
        return max(0.0, 1 - front * series)
    return front / _fraction(at + 1 - shape, lambda step: (-step * (step - shape), at + 2 * step + 1 - shape))


def beta_below(at: float, first: float, second: float) -> float:
    """Returns the probability that a beta variable lies below a point."""
    if at <= 0 or at >= 1:
        return float(at >= 1)
    if at > (first + 1) / (first + second + 2):
        return 1 - beta_below(1 - at, second, first)
    log_beta = math.lgamma(first) + math.lgamma(second) - math.lgamma(first + second)
    front = math.exp(first * math.log(at) + second * math.log1p(-at) - log_beta) / first

    def step(n: int) -> tuple[float, float]:
        half, odd = divmod(n, 2)
        if odd:
            above = -(first + half) * (first + second + half) * at
            return above / ((first + 2 * half) * (first + 2 * half + 1)), 1.0
        return half * (second - half) * at / ((first + 2 * half - 1) * (first + 2 * half)), 1.0

    return front / _fraction(1.0, step)


def _fraction(start: float, step: Callable[[int], tuple[float, float]]) -> float:
    """A continued fraction by Lentz's method: start + a1/(b1 + a2/(b2 + ...))."""
    value = start or TINY
    up, down = value, 0.0
    for n in range(1, STEPS):
        above, below = step(n)
        down = 1 / ((below + above * down) or TINY)
        up = (below + above / up) or TINY
        change = up * down
        value *= change
        if abs(change - 1) < CLOSE:
            break
    return value
