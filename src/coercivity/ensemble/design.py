"""Designs of draws: scrambled Sobol points, one coordinate a row, each a function of a key and of nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from coercivity.base.errors import Argument, CoercivityError

Floats = NDArray[np.float64]
Words = NDArray[np.uint64]

BITS = 32
BLOCK = 8
ORDER_BITS = 14
MOST_POINTS = 2**ORDER_BITS
# Odd constants of the finaliser splitmix64 (Steele, Lea, Flood 2014), which spreads one bit over all.
_GOLDEN, _FIRST, _SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


@dataclass(frozen=True, slots=True)
class Design:
    """Points of a unit cube, as many in every legal scenario.

    The points of a smaller design are the first of a larger one, and a coordinate depends on the scramble, the point
    and the name of its row alone: another row, scenario or legal scenario changes no number.

    Attributes:
        points: Number of points, a power of two.
        scramble: Number of the scramble; another one gives an independent replicate.
    """

    points: int
    scramble: int = 0

    @property
    def id(self) -> str:
        """Points and scramble as text."""
        return f"sobol-{self.points}-{self.scramble}"


def design_of(draws: int, branches: int = 1, scramble: int = 0) -> Design:
    """Returns the design of some draws: equally many points in every legal scenario.

    Args:
        draws: Draws of all legal scenarios together.
        branches: Number of legal scenarios.
        scramble: Number of the scramble.

    Raises:
        CoercivityError: If there is less than one draw a legal scenario, or the points are not a power of two.
    """
    where = Argument("draws")
    if draws < 1:
        raise CoercivityError.of("DRAWS", f"{draws} draws", where=where, next="give a number such as 64 or 256")
    points = draws // branches
    if points < 1 or points * branches != draws or points & (points - 1):
        below = max(1, 2 ** (max(points, 1).bit_length() - 1))
        nearest = [str(each * branches) for each in (below, 2 * below)]
        what = f"{draws} draws in {branches} legal scenarios: each needs a power of two"
        if branches == 1:
            what = f"{draws} draws in 1 legal scenario: each needs a power of two"
        raise CoercivityError.of("DRAWS", what, where=where, nearest=nearest, next="give one of these numbers")
    if points > MOST_POINTS:
        most = MOST_POINTS * branches
        raise CoercivityError.of("DRAWS", f"{draws} draws", where=where, next=f"give at most {most:,}")
    return Design(points, scramble)


def coordinates(scramble: int, point: int, rows: Mapping[str, int]) -> dict[str, float]:
    """Returns the coordinates of a point, inside the unit interval, by row.

    Eight dimensions form a block: a scrambled sequence, of which each block takes the points in an order of its own.
    More dimensions of one sequence would be correlated at the few points that a run of the market allows.

    Args:
        scramble: Number of the scramble.
        point: Number of the point.
        rows: Dimension of each row.

    Source: Owen 1997 (nested uniform scrambling).
    """
    names = sorted(rows)
    at = np.array([rows[name] for name in names], dtype=np.int64)
    blocks, place = np.unique(at // BLOCK, return_inverse=True)
    order = np.array([_in_order(scramble, block, point) for block in blocks.tolist()], dtype=np.int64)
    plain = _sequence()[order[place], at % BLOCK]
    found = _scrambled(plain, _words([_key("row", str(scramble), name) for name in names]), BITS)
    return dict(zip(names, ((found.astype(np.float64) + 0.5) / 2.0**BITS).tolist(), strict=True))


def uniform(count: int, *key: str) -> Floats:
    """Returns uniform numbers that depend on a key alone, shape (count,).

    Args:
        count: How many; more of them begin with the same ones.
        key: The key.
    """
    return np.random.Generator(np.random.PCG64(_key(*key))).random(count)


def _in_order(scramble: int, block: int, point: int) -> int:
    """Returns the place in the sequence from which a block takes a point.

    The points from 2^k to 2^(k+1) - 1 are permuted among themselves, so that the first 2^m are those of the sequence in
    every block. Any permutation is as likely: nested ones keep neighbours together, and two blocks would be correlated
    as if there were half as many points.
    """
    if point == 0:
        return 0
    level = point.bit_length() - 1
    return (1 << level) + int(_permutation(scramble, block, level)[point - 2**level])


@lru_cache(maxsize=4096)
def _permutation(scramble: int, block: int, level: int) -> NDArray[np.int64]:
    numbers = uniform(2**level, "block", str(scramble), str(block), str(level))
    return np.argsort(numbers, kind="stable")


def _key(*parts: str) -> int:
    return int.from_bytes(hashlib.sha256("\x1f".join(parts).encode()).digest()[:8], "big")


def _words(numbers: list[int]) -> Words:
    return np.array(numbers, dtype=np.uint64)


@lru_cache(maxsize=1)
def _sequence() -> Words:
    """Returns the points of the plain sequence as whole numbers, shape (MOST_POINTS, BLOCK)."""
    from scipy.stats import qmc

    points = qmc.Sobol(d=BLOCK, scramble=False, bits=BITS).random(MOST_POINTS)
    whole: Words = (points * 2.0**BITS).astype(np.uint64)
    return whole


def _scrambled(values: Words, keys: Words, bits: int) -> Words:
    """Returns values whose bits are flipped by a random bit for every prefix, most significant bit first.

    Args:
        values: Whole numbers of some bits, shape (values,).
        keys: Key of each, shape (values,).
        bits: Number of bits.
    """
    found = np.zeros_like(values)
    for level in range(bits):
        prefix = values >> np.uint64(bits - level)
        flip = _mixed(prefix ^ _mixed(keys + np.uint64(level))) >> np.uint64(63)
        bit = (values >> np.uint64(bits - 1 - level)) & np.uint64(1)
        found = (found << np.uint64(1)) | (bit ^ flip)
    return found


def _mixed(words: Words) -> Words:
    """Returns words whose bits all depend on all bits of the given ones."""
    mixed = words + np.uint64(_GOLDEN)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(_FIRST)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(_SECOND)
    return mixed ^ (mixed >> np.uint64(31))
