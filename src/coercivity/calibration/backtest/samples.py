"""Samples of what will be reported: draws of the model times errors, by fixed numbers that belong to each row."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from math import ceil

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEAST_SAMPLES = 2048
_JITTER = 1e-12


def samples_for(draws: int) -> int:
    """Returns the number of samples: equally many of every draw, together 2,048 or more.

    Args:
        draws: Number of draws.
    """
    return draws * ceil(LEAST_SAMPLES / draws)


def fixed_normals(names: Sequence[str], count: int) -> Floats:
    """Returns standard normal numbers that depend on the name of a row and on nothing else, shape (count, rows).

    The numbers of a row are the midpoints of equally likely intervals in an order of its own, so that its distribution
    is met exactly, and another row changes none of them.

    Args:
        names: Names of the rows, each once.
        count: How many numbers a row.

    Source: equation 115 of docs/market.md; McKay et al. 1979 (Latin hypercube).
    """
    from scipy.special import ndtri

    even: Floats = ndtri((np.arange(count) + 0.5) / count)
    found = np.empty((count, len(names)))
    for place, name in enumerate(names):
        found[:, place] = even[_order(name, count)]
    return found


def _order(name: str, count: int) -> NDArray[np.int64]:
    key = int.from_bytes(hashlib.sha256(f"error\x1f{name}".encode()).digest()[:8], "big")
    return np.argsort(np.random.Generator(np.random.PCG64(key)).random(count), kind="stable")


def error_samples(mean: Floats, covariance: Floats, names: Sequence[str], count: int) -> Floats:
    """Returns samples of joint normal errors, shape (count, rows).

    Args:
        mean: Mean of each error [log], shape (rows,).
        covariance: Their covariance [log^2], shape (rows, rows).
        names: Names of the rows, in an order that later rows do not change: by series and date.
        count: Number of samples.

    Raises:
        ValueError: If the covariance is not one.
    """
    size = len(names)
    if not size:
        return np.zeros((count, 0))
    try:
        root = np.linalg.cholesky(covariance + _JITTER * np.eye(size))
    except np.linalg.LinAlgError as error:
        raise ValueError("the covariance of the errors is not positive definite") from error
    found: Floats = mean + fixed_normals(names, count) @ root.T
    return found


def reported_samples(model: Floats, errors: Floats) -> Floats:
    """Returns samples of the figures that will be reported, shape (samples, rows) [unit of the rows].

    A figure reported is that of a draw of the model times the exponential of an error.

    Args:
        model: Figures of the model by draw, shape (draws, rows).
        errors: Samples of the errors [log], a whole number of them a draw, shape (samples, rows).

    Raises:
        ValueError: If the samples are not equally many of every draw.

    Source: equation 115 of docs/market.md.
    """
    each, rest = divmod(len(errors), len(model))
    if rest:
        raise ValueError(f"{len(errors)} samples are not equally many of {len(model)} draws")
    return np.repeat(model, each, axis=0) * np.exp(errors)
