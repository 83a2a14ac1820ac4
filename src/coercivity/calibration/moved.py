"""Which observations moved which parameter: the posterior with and without each series and kind of rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coercivity.calibration.fit import Evidence, Fitted
from coercivity.calibration.likelihood import likelihood
from coercivity.calibration.prior import STAGES, Stage, spread
from coercivity.calibration.sampling import effective_number, weights_of
from coercivity.calibration.surface import terms

Floats = NDArray[np.float64]
# Fixed before any fit: what counts as not moved, in standard deviations of the prior and as a share of one.
LEAST_SHIFT, LEAST_SHRUNK = 0.1, 0.05
BINS = 20
_POINTS, _PRICE_POINTS, _GIVEN = 2**16, 2**11, 64
_HALF_90 = 1.645


@dataclass(frozen=True, slots=True)
class Moved:
    """A parameter before and after.

    Attributes:
        name: The row.
        stage: Which observations may move it.
        prior_mean: Mean before [unit of the row].
        prior_sd: Standard deviation before [unit of the row].
        mean: Mean after [unit of the row].
        sd: Standard deviation after [unit of the row].
        low: 5 % quantile after [unit of the row].
        high: 95 % quantile after [unit of the row].
        overlap: Share of the two distributions that they have in common.
    """

    name: str
    stage: Stage
    prior_mean: float
    prior_sd: float
    mean: float
    sd: float
    low: float
    high: float
    overlap: float

    @property
    def shift(self) -> float:
        """How far the mean moved, in standard deviations of the prior."""
        return (self.mean - self.prior_mean) / self.prior_sd

    @property
    def shrunk(self) -> float:
        """By which share the standard deviation became less; negative if it became more."""
        return 1.0 - self.sd / self.prior_sd

    @property
    def unmoved(self) -> bool:
        """Whether nothing moved it."""
        return abs(self.shift) < LEAST_SHIFT and abs(self.shrunk) < LEAST_SHRUNK


@dataclass(frozen=True, slots=True)
class Pull:
    """What a group of rows did to the parameters of its stage.

    Attributes:
        stage: Stage of its rows.
        by: Whether the group is a series or a kind.
        group: Its name.
        rows: How many rows.
        shift: By parameter: mean with all rows less mean without the group, in standard deviations of the prior.
        effective: Effective number of points without the group.
    """

    stage: Stage
    by: str
    group: str
    rows: int
    shift: tuple[tuple[str, float], ...]
    effective: float


def moved(fitted: Fitted) -> tuple[Moved, ...]:
    """Returns each parameter before and after.

    Source: equation 110 of docs/market.md.
    """
    prior, ours = fitted.prior, fitted.prior.quantities
    means, sds = prior.moments()
    found = []
    for at, one in enumerate(prior.parameters):
        if at < ours:
            shares, weights = fitted.quantities.shares[:, at], fitted.quantities.weights
        else:
            shares, weights = fitted.price_shares[:, at - ours], fitted.price_weights
        values = _values(fitted, at, shares)
        mean = float(weights @ values)
        sd = float(np.sqrt(max(float(weights @ np.square(values - mean)), 0.0)))
        order = np.argsort(values, kind="stable")
        ends = np.cumsum(weights[order])
        low, high = (float(values[order][np.searchsorted(ends, q * ends[-1])]) for q in (0.05, 0.95))
        common = np.minimum(np.histogram(shares, BINS, (0.0, 1.0), weights=weights)[0], 1.0 / BINS)
        row = Moved(one.name, one.stage, float(means[at]), float(sds[at]), mean, sd, low, high, float(common.sum()))
        found.append(row)
    return tuple(found)


def _values(fitted: Fitted, at: int, shares: Floats) -> Floats:
    """Returns values of one parameter from shares of its prior."""
    whole = np.full((len(shares), at + 1), 0.5)
    whole[:, at] = shares
    found: Floats = fitted.prior.values(whole)[:, at]
    return found


def pulls(fitted: Fitted) -> tuple[Pull, ...]:
    """Returns the pull of each series and each kind of rows on the parameters of its stage.

    The rows of the group are left out and the points are weighted again.

    Source: equation 110 of docs/market.md.
    """
    found = list[Pull]()
    for place, stage in enumerate(STAGES):
        evidence, names = fitted.evidence[place], _names(fitted, place)
        everything = list(range(len(evidence.observed)))
        if not everything or not names:
            continue
        points = _points(fitted, place)
        whole, _ = points.mean(fitted, place, everything)
        for by, group, rows in _groups(evidence):
            rest, effective = points.mean(fitted, place, [at for at in everything if at not in rows])
            shift = [round(float(each), 4) for each in whole - rest]
            found.append(Pull(stage, by, group, len(rows), tuple(zip(names, shift, strict=True)), effective))
    return tuple(found)


@dataclass(frozen=True, slots=True, eq=False)
class _Points:
    """Points that are weighted again for each group.

    Attributes:
        terms: Terms of the surface, shape (points of quantities or 1, points, terms).
        before: Log of the weight of each point before any row counts, shape (points,) each.
        values: Values of the parameters of the stage, in standard deviations of the prior, shape (points, parameters).
    """

    terms: tuple[Floats, ...]
    before: tuple[Floats, ...]
    values: Floats

    def mean(self, fitted: Fitted, place: int, rows: Sequence[int]) -> tuple[Floats, float]:
        """Returns the mean of the parameters given some rows, and the effective number of points."""
        evidence = fitted.evidence[place]
        found = likelihood(fitted.surfaces[place], evidence.observed, evidence.errors, rows)
        each = [weights_of(found.of(one) + log) for one, log in zip(self.terms, self.before, strict=True)]
        mean: Floats = np.mean(each, axis=0) @ self.values
        return mean, float(np.median([effective_number(one) for one in each]))


def _points(fitted: Fitted, place: int) -> _Points:
    prior, ours, degree = fitted.prior, fitted.prior.quantities, fitted.surfaces[place].degree
    sds = prior.moments()[1]
    if place == 0:
        tempered = fitted.quantities.method == "tempering"
        shares = fitted.quantities.shares if tempered else spread(_POINTS, ours, "prior points")
        values = prior.values(shares)
        each = terms(prior.scaled(values), degree)
        before = np.zeros(len(shares))
        if tempered:  # the points are of the posterior already
            evidence = fitted.evidence[0]
            found = likelihood(fitted.surfaces[0], evidence.observed, evidence.errors)
            before = np.log(np.maximum(fitted.quantities.weights, 1e-300)) - found.of(each)
        return _Points((each,), (before,), values / sds[:ours])
    shares = spread(_PRICE_POINTS, len(prior.names) - ours, "price points")
    given = [prior.values(np.hstack([np.tile(one, (len(shares), 1)), shares])) for one in fitted.shares[:_GIVEN, :ours]]
    both = tuple(terms(prior.scaled(values), degree) for values in given)
    return _Points(both, (np.zeros(len(shares)),) * len(both), given[0][:, ours:] / sds[ours:])


def _names(fitted: Fitted, place: int) -> tuple[str, ...]:
    ours, names = fitted.prior.quantities, fitted.prior.names
    return names[:ours] if place == 0 else names[ours:]


def _groups(evidence: Evidence) -> Iterator[tuple[str, str, frozenset[int]]]:
    for by, each in (("kind", evidence.kinds), ("series", evidence.series)):
        for group in sorted(set(each)):
            yield by, group, frozenset(at for at, name in enumerate(each) if name == group)


def inside(evidence: Evidence) -> NDArray[np.bool_]:
    """Returns whether each observed row lies inside the 90 % band of the prior: simulations and errors of the rows.

    Source: equation 110 of docs/market.md.
    """
    middle, spread_of = evidence.logs.mean(axis=0), evidence.logs.var(axis=0) + np.diag(evidence.errors)
    found: NDArray[np.bool_] = np.abs(evidence.observed - middle) <= _HALF_90 * np.sqrt(spread_of)
    return found
