"""Which rows move a figure, told apart from noise, and how much each group of rows explains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from coercivity.ensemble.design import uniform
from coercivity.ensemble.results.given_data import Whole, first_order, harmonics_of, places, rank_association
from coercivity.ensemble.results.quantiles import Floats

# Of the rows that are named as causes, at most this share is expected to be noise.
FALSE_SHARE = 0.1
# Rows without any effect that every row is compared with.
DUMMIES = 20_000
# Fewer draws cannot tell one of some hundred rows from noise.
LEAST_DRAWS = 16
MOST_CAUSES = 10
FIFTH = 0.2
_NOISE = 0.95
_MEASURES = 2
_AT_ONCE = 2**20


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

    Each row is compared with rows without any effect: uniform numbers that depend on a key alone. Two measures count,
    the share of the variance and the rank correlation. Then what the rows found explain is removed, and the others are
    compared again with the rest, until none exceeds noise. False discoveries are limited at each turn.

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
    # A regression on more rows than a sixteenth of the draws explains noise.
    most = min(MOST_CAUSES, values.size // LEAST_DRAWS)
    rest = values
    while len(chosen) < most:
        chance, _ = _against_noise(rest, at, order)
        chance[chosen] = 1.0
        exceeding = _exceeding(chance)
        found = sorted(exceeding, key=lambda number: (chance[number], rows[number]))[: most - len(chosen)]
        if not found:
            break
        chosen += found
        rest = values - values.mean() - fitted(values, coordinates[chosen]).sum(axis=0)
        if np.ptp(rest) <= 0.0:
            break
    if not chosen:
        return []
    noise = _against_noise(values, at[:1], order[:1])[1]
    parts = fitted(values, coordinates[chosen])
    named: list[Cause] = []
    for number, row in enumerate(chosen):
        # Without what the other rows found explain, the same share is told more exactly.
        alone = values - parts.sum(axis=0) + parts[number]
        ratio = float(np.var(alone) / np.var(values))
        share = float(first_order(alone, at[row : row + 1], harmonics_of(values.size))[0]) * ratio
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


def _against_noise(values: Floats, at: Whole, order: NDArray[np.int32]) -> tuple[Floats, float]:
    """Returns the chance that a row without effect is as strong as each row, and what one reaches in one of twenty."""
    harmonics = harmonics_of(values.size)
    dummies, dummy_order = _dummies(values.size)
    pieces = np.array_split(np.arange(DUMMIES), max(1, DUMMIES * values.size // _AT_ONCE))
    noise = np.sort(np.concatenate([first_order(values, dummies[piece], harmonics) for piece in pieces]))
    rank_noise = np.sort(
        np.concatenate([rank_association(values, dummy_order[piece].astype(np.float64)) for piece in pieces])
    )
    chances = [
        (1.0 + DUMMIES - np.searchsorted(mine, found, side="left")) / (1.0 + DUMMIES)
        for mine, found in (
            (noise, first_order(values, at, harmonics)),
            (rank_noise, rank_association(values, order)),
        )
    ]
    together: Floats = np.minimum(_MEASURES * np.minimum(*chances), 1.0)
    return together, float(np.quantile(noise, _NOISE))


@lru_cache(maxsize=2)
def _dummies(draws: int) -> tuple[Whole, NDArray[np.int32]]:
    """Returns places and ranks of rows without any effect, shape (dummies, draws)."""
    numbers = uniform(DUMMIES * draws, "rows without effect", str(draws)).reshape(DUMMIES, draws)
    ranks = np.argsort(numbers, axis=1, kind="stable").astype(np.int32)
    return places(ranks.astype(np.float64)), ranks


def _exceeding(chances: Floats) -> list[int]:
    """Returns which rows exceed noise, so that of those named at most one in ten is expected to be noise."""
    order = np.argsort(chances, kind="stable")
    limits = FALSE_SHARE * np.arange(1, chances.size + 1) / chances.size
    below = np.flatnonzero(chances[order] <= limits)
    return [int(number) for number in order[: below[-1] + 1]] if below.size else []


def _ends(values: Floats, coordinate: Floats) -> tuple[float, float]:
    """Returns the mean of a figure over the lowest and the highest fifth of a row."""
    order = np.argsort(coordinate, kind="stable")
    size = max(1, round(FIFTH * values.size))
    return float(np.mean(values[order[:size]])), float(np.mean(values[order[-size:]]))
