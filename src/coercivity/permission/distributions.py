"""Two distributions in plain code: the time an application takes, and the share of applications granted."""

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
    """A gamma-distributed waiting time, given by its mean and variance.

    Attributes:
        mean: Mean [days].
        variance: Variance [days squared].
    """

    mean: float
    variance: float

    @property
    def shape(self) -> float:
        """Shape of the gamma distribution."""
        return self.mean**2 / self.variance

    @property
    def scale(self) -> float:
        """Scale of the gamma distribution [days]."""
        return self.variance / self.mean

    def decided(self, days: float) -> float:
        """Returns the share of applications decided within a time.

        Args:
            days: Time since acceptance [days].
        """
        return 1 - gamma_beyond(self.shape, days / self.scale) if days > 0 else 0.0

    def beyond(self, days: float) -> tuple[float, float]:
        """Returns the mean and mean square of the times longer than a given time [days, days squared].

        Args:
            days: The least time an application is known to have taken [days].
        """
        at, k = days / self.scale, self.shape
        left = gamma_beyond(k, at)
        if left < CLOSE:
            return days, days**2
        first = self.mean * gamma_beyond(k + 1, at) / left
        return first, k * (k + 1) * self.scale**2 * gamma_beyond(k + 2, at) / left


def fitted(prior: Gamma, weight: float, seen: Sequence[float], at_least: Sequence[float]) -> Gamma:
    """Returns the waiting time by the method of moments: prior, observed times, and times with a lower bound only.

    A time with a lower bound counts with its mean and mean square beyond that bound under the current fit; the
    fit is repeated until it converges.

    Args:
        prior: The distribution before any report.
        weight: Number of applications the prior counts for.
        seen: Reported times [days].
        at_least: Censored times, reported as a minimum [days].

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
    """Returns the quantile of a beta-distributed share.

    Args:
        share: Probability of the quantile [fraction].
        granted: First parameter [applications].
        refused: Second parameter [applications].
    """
    low, high = 0.0, 1.0
    for _ in range(ROUNDS):
        middle = (low + high) / 2
        low, high = (middle, high) if beta_below(middle, granted, refused) < share else (low, middle)
    return (low + high) / 2


def gamma_beyond(shape: float, at: float) -> float:
    """Returns the probability that a gamma variable of scale one exceeds a value."""
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
    """Returns the probability that a beta variable is below a value."""
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
    """Returns a continued fraction by Lentz's method: start + a1/(b1 + a2/(b2 + ...))."""
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
