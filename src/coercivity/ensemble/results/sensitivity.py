"""Which rows move a figure, told apart from noise, and how much each group of rows explains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from coercivity.ensemble.design import uniform
from coercivity.ensemble.results.given_data import Whole, chance_of_noise, first_order, harmonics_of, places
from coercivity.ensemble.results.quantiles import Floats

# Of the rows that are named as causes, at most this share is expected to be noise.
FALSE_SHARE = 0.1
# Rows without any effect, which show how large an index is by chance.
DUMMIES = 2_000
# Fewer draws cannot tell one of some hundred rows from noise.
LEAST_DRAWS = 16
MOST_CAUSES = 10
FIFTH = 0.2
_NOISE = 0.95
# A regression that leaves less of the variance leaves rounding errors.
_LEAST_REST = 1e-6


@dataclass(frozen=True, slots=True)
class Cause:
    """A row that exceeds noise.

    Attributes:
        row: Its name.
        index: Share of the variance that it explains alone, 0 to 1; what the other causes explain is removed first.
        noise: What a row without any effect reaches in one of twenty cases, worked out alike.
        low: Mean of the figure over the fifth of the draws with the least coordinate [unit of the figure].
        high: The same with the greatest.
    """

    row: str
    index: float
    noise: float
    low: float
    high: float


def causes(values: Floats, rows: Sequence[str], coordinates: Floats) -> list[Cause]:
    """Returns the rows that move a figure and exceed noise, the strongest first.

    Each row is compared with rows without any effect, by two measures of ranks: the cycle over the row, and the rank
    correlation. The strongest is taken, what it explains is removed, and the others are compared again with the rest,
    until none exceeds noise. So a row that resembles a strong cause by chance is not taken for one.

    Args:
        values: The figure by draw, shape (draws,).
        rows: Names of the rows.
        coordinates: Their coordinates, shape (rows, draws).

    Returns:
        At most ten; none from fewer than sixteen draws, or if the figure is the same in all.

    Source: equation 91 of docs/market.md; Benjamini and Hochberg 1995.
    """
    if values.size < LEAST_DRAWS or np.ptp(values) <= 0.0:
        return []
    at = places(coordinates)
    order = np.argsort(np.argsort(coordinates, axis=1, kind="stable"), axis=1, kind="stable").astype(np.int32)
    chosen: list[int] = []
    harmonics = harmonics_of(values.size)
    # A regression on more rows than a sixteenth of the draws explains noise.
    most = min(MOST_CAUSES, values.size // LEAST_DRAWS)
    rest = values
    while len(chosen) < most:
        chance = chance_of_noise(rest, at, order, harmonics)
        chance[chosen] = 1.0
        best = min(range(len(rows)), key=lambda number: (chance[number], rows[number]))
        if chance[best] > FALSE_SHARE * (len(chosen) + 1) / len(rows):
            break
        chosen.append(best)
        rest = values - values.mean() - fitted(values, coordinates[chosen]).sum(axis=0)
        if np.var(rest) <= _LEAST_REST * np.var(values):
            break
    if not chosen:
        return []
    noise = float(np.quantile(first_order(values, _dummies(values.size), harmonics), _NOISE))
    parts = fitted(values, coordinates[chosen])
    named: list[Cause] = []
    for number, row in enumerate(chosen):
        # Without what the other rows found explain, the same share is told more exactly.
        alone = values - parts.sum(axis=0) + parts[number]
        ratio = float(np.var(alone) / np.var(values))
        share = float(first_order(alone, at[row : row + 1], harmonics)[0]) * ratio
        named.append(Cause(rows[row], min(max(share, 0.0), 1.0), noise * ratio, *_ends(values, coordinates[row])))
    return sorted(named, key=lambda cause: (-cause.index, cause.row))


def fitted(values: Floats, coordinates: Floats) -> Floats:
    """Returns what each row contributes to an additive regression: a parabola of its coordinate.

    Args:
        values: The figure by draw, shape (draws,).
        coordinates: Coordinates of the rows, shape (rows, draws).

    Returns:
        Contributions around zero [unit of the figure], shape (rows, draws).

    Source: equation 91 of docs/market.md.
    """
    centred = 2.0 * coordinates - 1.0
    terms = np.stack([centred, (3.0 * centred**2 - 1.0) / 2.0], axis=1)
    terms = terms - terms.mean(axis=2, keepdims=True)
    columns = terms.reshape(-1, values.size).T
    weights = np.linalg.lstsq(columns, values - values.mean(), rcond=None)[0].reshape(-1, 2)
    found: Floats = np.einsum("rt,rtd->rd", weights, terms)
    return found


def group_shares(values: Floats, groups: Sequence[str], coordinates: Floats) -> dict[str, float]:
    """Returns the share of the variance that each group of rows explains; the rest is unexplained.

    What an additive regression on the rows explains by chance is subtracted, in proportion to its terms; a share
    below zero counts as zero.

    Args:
        values: The figure by draw, shape (draws,).
        groups: Group of each row.
        coordinates: Coordinates of the rows, shape (rows, draws).

    Source: equation 91 of docs/market.md.
    """
    centred = values - values.mean()
    whole = float(np.dot(centred, centred))
    if not groups or whole <= 0.0:
        return {}
    parts = fitted(values, coordinates) @ centred / whole
    terms = 2 * len(groups)
    chance = (1.0 - float(parts.sum())) / max(values.size - 1 - terms, 1)
    names = list(dict.fromkeys(groups))
    shares = dict.fromkeys(names, 0.0)
    for group, part in zip(groups, parts.tolist(), strict=True):
        shares[group] += part - 2.0 * chance
    return {name: min(max(share, 0.0), 1.0) for name, share in shares.items()}


def law_share(values: Mapping[str, Floats], differences: Mapping[tuple[str, str], Floats]) -> float:
    """Returns how large the differences between legal scenarios are beside the spread within them, 0 to 1.

    It compares sizes: the mean square of half the differences with it and the mean variance. No legal scenario gets a
    probability, and no figure is a mean over them.

    Args:
        values: The figure by draw of each legal scenario.
        differences: Differences at equal points of each pair of legal scenarios.

    Source: equation 91 of docs/market.md.
    """
    if not differences:
        return 0.0
    squares = [
        max(float(np.mean(each)) ** 2 - float(np.var(each, ddof=1)) / each.size, 0.0) / 4.0 if each.size > 1 else 0.0
        for each in differences.values()
    ]
    between = float(np.mean(squares))
    within = float(np.mean([np.var(each) for each in values.values()]))
    return between / (between + within) if between > 0.0 else 0.0


@lru_cache(maxsize=2)
def _dummies(draws: int) -> Whole:
    """Returns places of rows without any effect, shape (dummies, draws)."""
    return places(uniform(DUMMIES * draws, "rows without effect", str(draws)).reshape(DUMMIES, draws))


def _ends(values: Floats, coordinate: Floats) -> tuple[float, float]:
    """Returns the mean of a figure over the lowest and the highest fifth of a row."""
    order = np.argsort(coordinate, kind="stable")
    size = max(1, round(FIFTH * values.size))
    return float(np.mean(values[order[:size]])), float(np.mean(values[order[-size:]]))
