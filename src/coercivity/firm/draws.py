"""Random numbers by seed: the same seed gives the same numbers, on any machine and in any order."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Days = NDArray[np.int64]

DRAWS: Final = 4_000
LEVELS: Final = (10, 50, 90)
NEVER: Final = 10_000_000


def uniform(*key: str, draws: int = DRAWS) -> Floats:
    """Returns numbers between 0 and 1 for a seed.

    Args:
        key: Seed; another seed gives unrelated numbers.
        draws: Number of simulations.
    """
    import numpy as np

    digest = hashlib.sha256("\x1f".join(key).encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big"))).random(draws)


def triangular_days(share: Floats, low: float, mode: float, high: float) -> Days:
    """Returns whole days of a triangular distribution, rounded up, by its inverse.

    Args:
        share: Numbers between 0 and 1.
        low: Least [days].
        mode: Most likely [days].
        high: Most [days].
    """
    import numpy as np

    if high <= low:
        return np.full(share.shape, int(np.ceil(low)), dtype=np.int64)
    turn = (mode - low) / (high - low)
    rising = low + np.sqrt(share * (high - low) * (mode - low))
    falling = high - np.sqrt((1 - share) * (high - low) * (high - mode))
    return np.ceil(np.where(share < turn, rising, falling)).astype(np.int64)


def quantile(values: Days, percent: int) -> int | None:
    """Returns a percentile of the values; None if it lies in those that never end."""
    import numpy as np

    if not len(values):
        return None
    rank = max(0, -(-len(values) * percent // 100) - 1)
    found = int(np.sort(values)[rank])
    return None if found >= NEVER else found
