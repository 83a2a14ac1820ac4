"""Sensitivity measures of given draws: from the coordinates of a row and the values of a figure alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coercivity.ensemble.results.quantiles import Floats

Whole = NDArray[np.int64]
# Most harmonics of the periodic regression; an effect in one direction is in the first two.
HARMONICS = 4
_DRAWS_PER_HARMONIC = 16


def harmonics_of(draws: int) -> int:
    """Returns how many harmonics so many draws allow, at least one."""
    return max(1, min(HARMONICS, draws // _DRAWS_PER_HARMONIC))


def places(coordinates: Floats) -> Whole:
    """Returns the place of each draw in one cycle over a row: up over every second rank, and down over the others.

    Args:
        coordinates: Coordinates of a row by draw, shape (..., draws).

    Source: equation 91 of docs/market.md; Tarantola et al. 2006.
    """
    draws = coordinates.shape[-1]
    order = np.argsort(coordinates, axis=-1, kind="stable")
    ranks = np.arange(draws)
    cycle = np.concatenate([ranks[::2], ranks[1::2][::-1]])
    found = np.empty(order.shape, dtype=np.int64)
    np.put_along_axis(found, np.take(order, cycle, axis=-1), np.broadcast_to(ranks, order.shape), axis=-1)
    return found


def first_order(values: Floats, at: Whole, harmonics: int) -> Floats:
    """Returns the share of the variance that each row explains alone, with the bias corrected.

    Without any effect its mean is zero, so it may be negative.

    Args:
        values: The figure by draw, shape (draws,).
        at: Places of the draws in the cycle of each row, shape (rows, draws).
        harmonics: Number of harmonics; twice as many are fewer than the draws.

    Raises:
        ValueError: If there are too few draws for the harmonics.

    Source: equation 91 of docs/market.md; Tarantola et al. 2006; Tissot and Prieur 2012.
    """
    if np.ptp(values) <= 0.0:
        return np.zeros(at.shape[0])
    raw, bias = harmonic_share(values, at, harmonics), 2.0 * harmonics / values.size
    found: Floats = raw - bias / (1.0 - bias) * (1.0 - raw)
    return found


def harmonic_share(values: Floats, at: Whole, harmonics: int) -> Floats:
    """Returns the share of the variance in the first harmonics of the cycle of each row, 0 to 1.

    Args:
        values: The figure by draw, shape (draws,).
        at: Places of the draws in the cycle of each row, shape (rows, draws).
        harmonics: Number of harmonics.

    Raises:
        ValueError: If there are too few draws for the harmonics.

    Source: equation 91 of docs/market.md.
    """
    draws = values.size
    if 2 * harmonics >= draws:
        raise ValueError(f"{draws} draws are too few for {harmonics} harmonics")
    centred = values - values.mean()
    whole = draws * float(np.dot(centred, centred))
    angles = 2.0 * np.pi / draws * np.outer(np.arange(draws), np.arange(1, harmonics + 1))
    waves = np.concatenate([np.cos(angles), np.sin(angles)], axis=1)
    ordered = np.empty(at.shape)
    np.put_along_axis(ordered, at, np.broadcast_to(centred, at.shape), axis=1)
    found: Floats = 2.0 * np.sum((ordered @ waves) ** 2, axis=1) / whole
    return found


def chance_of_noise(values: Floats, at: Whole, ranks: NDArray[np.int32], harmonics: int) -> Floats:
    """Returns the chance that a row without any effect seems as strong as each row.

    Both measures take the ranks of the figure, so that a few extreme draws do not decide. The smaller of two chances
    counts twice, since there are two.

    Args:
        values: The figure by draw, shape (draws,).
        at: Places of the draws in the cycle of each row, shape (rows, draws).
        ranks: Ranks of the draws in each row, shape (rows, draws).
        harmonics: Number of harmonics.

    Source: equation 91 of docs/market.md.
    """
    from scipy.special import betaincc

    draws = values.size
    cycle = harmonic_share(ranks_of(values), at, harmonics)
    in_cycle = betaincc(harmonics, (draws - 1) / 2.0 - harmonics, np.minimum(cycle, 1.0))
    in_line = betaincc(0.5, draws / 2.0 - 1.0, np.minimum(rank_association(values, ranks), 1.0))
    found: Floats = np.minimum(2.0 * np.minimum(in_cycle, in_line), 1.0)
    return found


def rank_association(values: Floats, ranks: NDArray[np.int32]) -> Floats:
    """Returns the squared rank correlation of a figure with each row: it does not depend on a few extreme draws.

    Args:
        values: The figure by draw, shape (draws,).
        ranks: Ranks of the draws in each row, shape (rows, draws).
    """
    mine = ranks_of(values) - (values.size + 1) / 2.0
    theirs = ranks - (values.size - 1) / 2.0
    norm = float(np.dot(mine, mine)) * np.sum(theirs**2, axis=1)
    found: Floats = np.divide((theirs @ mine) ** 2, norm, out=np.zeros(len(theirs)), where=norm > 0.0)
    return found


def ranks_of(values: Floats) -> Floats:
    """Returns the ranks of values from 1; equal values share the mean of their ranks.

    Args:
        values: The values, shape (draws,).
    """
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    found: Floats = (np.cumsum(count) - (count - 1) / 2.0)[place]
    return found
