"""Response surface: what the market says of each observed row, as a function of the parameters, with its error."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
DIGITS = 9  # of coefficients: far coarser than what another order of additions changes
# Simulations a term of the surface: fewer, and a lower degree is taken.
LEAST_A_TERM = 2
# Common errors are kept by component up to this share of their variance, the rest row by row.
SHARE, MOST_COMPONENTS = 0.95, 20


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """A response surface of the logs of the model's values.

    Attributes:
        degree: 2 for squares and products, 1 for a plane, 0 if there are too few simulations for either.
        coefficients: Coefficient of each term by row, shape (terms, rows).
        covariance: Covariance of its errors: other figures of the packs, luck at the licensing desk, and what the
            surface misses; shape (rows, rows).
        r2: Share of the variance of each row that it predicts of simulations that it was not fitted to.
        error_sd: Standard deviation of those errors by row.
    """

    degree: int
    coefficients: Floats
    covariance: Floats
    r2: Floats
    error_sd: Floats

    def at(self, place: Floats) -> Floats:
        """Returns the logs of the model's values, shape (points, rows).

        Args:
            place: Parameters scaled to -1 and 1, shape (points, parameters).
        """
        return terms(place, self.degree) @ self.coefficients


def terms(place: Floats, degree: int) -> Floats:
    """Returns the terms of a surface: 1, each parameter, and the products of two of them, shape (points, terms).

    Args:
        place: Parameters scaled to -1 and 1, shape (points, parameters).
        degree: 0, 1 or 2.
    """
    count = place.shape[1]
    columns = [np.ones(len(place))]
    if degree >= 1:
        columns += [place[:, at] for at in range(count)]
    if degree >= 2:  # squares
        columns += [place[:, at] * place[:, other] for at in range(count) for other in range(at, count)]
    return np.stack(columns, axis=1)


def degree_for(simulations: int, parameters: int) -> int:
    """Returns the degree for which there are enough simulations.

    Args:
        simulations: Number of simulations.
        parameters: Number of parameters.
    """
    square = (parameters + 1) * (parameters + 2) // 2
    if simulations >= LEAST_A_TERM * square:
        return 2
    return 1 if simulations >= LEAST_A_TERM * (parameters + 1) else 0


def fit_surface(place: Floats, logs: Floats) -> Surface:
    """Returns the least-squares surface of simulations, with its error of those that it was not fitted to.

    Args:
        place: Parameters of each simulation scaled to -1 and 1, shape (simulations, parameters).
        logs: Logs of the model's values, shape (simulations, rows).

    Source: equation 106 of docs/market.md.
    """
    degree = degree_for(*place.shape)
    base, triangle = np.linalg.qr(terms(place, degree))
    found = rounded(np.linalg.solve(triangle, base.T @ logs))
    leverage = np.minimum((base**2).sum(axis=1), 1.0 - 1e-9)
    missed = (logs - terms(place, degree) @ found) / (1.0 - leverage)[:, None]
    alone = (logs - logs.mean(axis=0)) * len(logs) / max(len(logs) - 1, 1)  # left out, the mean is that of the others
    errors, whole = (missed**2).sum(axis=0), (alone**2).sum(axis=0)
    r2 = np.where(whole > 0.0, 1.0 - errors / np.where(whole > 0.0, whole, 1.0), 1.0)
    sd = np.sqrt(errors / len(logs))
    return Surface(degree, found, _covariance(missed), rounded(r2), rounded(sd))


def _covariance(missed: Floats) -> Floats:
    """Returns the covariance of errors: that of their leading components, and the variance of the rest row by row.

    Source: equation 106 of docs/market.md; Higdon et al. 2008.
    """
    whole = missed.T @ missed / len(missed)
    values, vectors = np.linalg.eigh(whole)
    values, vectors = np.maximum(values[::-1], 0.0), vectors[:, ::-1]
    sums = np.cumsum(values)
    kept = min(int(np.searchsorted(sums, SHARE * sums[-1])) + 1, MOST_COMPONENTS) if values.size else 0
    common = (vectors[:, :kept] * values[:kept]) @ vectors[:, :kept].T
    found = common + np.diag(np.maximum(np.diag(whole) - np.diag(common), 0.0))
    return rounded((found + found.T) / 2.0)


def rounded(values: Floats) -> Floats:
    """Returns numbers with nine significant digits, so that the order of additions in a library changes nothing."""
    size = np.where(values != 0.0, np.abs(values), 1.0)
    power = 10.0 ** (DIGITS - 1 - np.floor(np.log10(size)))
    return np.round(values * power) / power
