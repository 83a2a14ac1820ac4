"""Likelihood of observed rows: the log of observed over model is normal, with the errors of rows and of the surface."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coercivity.calibration.surface import Surface, rounded, terms

Floats = NDArray[np.float64]
DECIMALS = 6  # of a log-likelihood
_AT_ONCE = 2**15


@dataclass(frozen=True, slots=True, eq=False)
class Likelihood:
    """The log-likelihood of a set of rows, a quadratic function of the terms of the surface.

    Attributes:
        degree: Degree of the surface.
        square: Matrix of its square part, shape (terms, terms).
        linear: Vector of its linear part, shape (terms,).
    """

    degree: int
    square: Floats
    linear: Floats

    def at(self, place: Floats) -> Floats:
        """Returns the log-likelihood up to a constant, six decimals, shape (points,).

        Args:
            place: Parameters scaled to -1 and 1, shape (points, parameters).

        Source: equation 107 of docs/market.md.
        """
        starts = range(0, len(place), _AT_ONCE)
        return np.concatenate([self.of(terms(place[start : start + _AT_ONCE], self.degree)) for start in starts])

    def of(self, each: Floats) -> Floats:
        """Returns the same from terms of the surface, shape (points, terms)."""
        found: Floats = np.round(each @ self.linear - 0.5 * np.einsum("pt,pt->p", each @ self.square, each), DECIMALS)
        return found


def likelihood(surface: Surface, observed: Floats, errors: Floats, rows: Sequence[int] | None = None) -> Likelihood:
    """Returns the likelihood of rows.

    Args:
        surface: The surface of all rows.
        observed: Logs of the observed values, shape (rows,).
        errors: Covariance of the errors of log(observed / model), shape (rows, rows).
        rows: Those that count; all if None.

    Source: equation 107 of docs/market.md.
    """
    at = np.arange(len(observed)) if rows is None else np.array(rows, dtype=np.int64)
    count = len(surface.coefficients)
    if not at.size:
        return Likelihood(surface.degree, np.zeros((count, count)), np.zeros(count))
    whole = np.linalg.cholesky((errors + surface.covariance)[np.ix_(at, at)])
    ours = np.linalg.solve(whole, surface.coefficients[:, at].T)
    seen = np.linalg.solve(whole, observed[at])
    return Likelihood(surface.degree, rounded(ours.T @ ours), rounded(ours.T @ seen))
