"""Prior of the parameters that observations may move: triangular distributions, and designs of points drawn from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from coercivity.ensemble.design import BLOCK, coordinates, uniform

Floats = NDArray[np.float64]
Stage = Literal["quantity", "price"]
STAGES: tuple[Stage, ...] = ("quantity", "price")
# A block of the design that no row of the packs has, so that parameters are independent of all drawn rows.
PRIOR_BLOCK = 4096


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter and its prior.

    Attributes:
        name: The row, `table:id`.
        low: Least value [unit of the row].
        mode: Most likely value [unit of the row].
        high: Greatest value [unit of the row].
        stage: Which observations may move it.
    """

    name: str
    low: float
    mode: float
    high: float
    stage: Stage


@dataclass(frozen=True, slots=True)
class Prior:
    """The parameters: those of quantities first, then those of prices.

    Attributes:
        parameters: The parameters.
    """

    parameters: tuple[Parameter, ...]

    @classmethod
    def of(cls, parameters: Sequence[Parameter]) -> Prior:
        """Returns the prior of parameters in any order."""
        return cls(tuple(each for stage in STAGES for each in parameters if each.stage == stage))

    @property
    def names(self) -> tuple[str, ...]:
        """Rows of the parameters."""
        return tuple(each.name for each in self.parameters)

    @property
    def quantities(self) -> int:
        """How many of them, from the first on, only quantities may move."""
        return len([each for each in self.parameters if each.stage == "quantity"])

    def values(self, shares: Floats) -> Floats:
        """Returns values from shares of the prior below them, of the first parameters or of all.

        Args:
            shares: Shares inside the unit interval, shape (points, parameters).

        Source: equation 88 of docs/market.md.
        """
        found = np.empty_like(shares)
        for at in range(shares.shape[1]):
            one, share = self.parameters[at], shares[:, at]
            width, below, above = one.high - one.low, one.mode - one.low, one.high - one.mode
            low = one.low + np.sqrt(share * width * below)
            high = one.high - np.sqrt((1.0 - share) * width * above)
            found[:, at] = np.where(share * width < below, low, high)
        return found

    def scaled(self, values: Floats) -> Floats:
        """Returns values scaled from the ends of the prior to -1 and 1, shape (points, parameters)."""
        ours = self.parameters[: values.shape[1]]
        low, high = np.array([each.low for each in ours]), np.array([each.high for each in ours])
        found: Floats = (2.0 * values - low - high) / (high - low)
        return found

    def moments(self) -> tuple[Floats, Floats]:
        """Returns mean and standard deviation of each parameter [unit of the row]."""
        low, mode, high = (
            np.array([getattr(each, end) for each in self.parameters]) for end in ("low", "mode", "high")
        )
        square = low**2 + mode**2 + high**2 - low * mode - low * high - mode * high
        return (low + mode + high) / 3.0, np.sqrt(square / 18.0)

    def design(self, points: int, scramble: int = 0) -> Floats:
        """Returns the points at which the market is simulated, as shares, shape (points, parameters).

        The points of a smaller design are the first of a larger one.

        Args:
            points: Number of points.
            scramble: Number of the scramble.

        Source: Owen 1997 (nested uniform scrambling).
        """
        rows = {f"prior {name}": BLOCK * PRIOR_BLOCK + at for at, name in enumerate(self.names)}
        each = [coordinates(scramble, point, rows) for point in range(points)]
        return np.array([[place[name] for name in rows] for place in each])


def spread(points: int, dimensions: int, *key: str) -> Floats:
    """Returns evenly spread shares: a Sobol sequence, shifted by numbers of a key, shape (points, dimensions).

    Args:
        points: Number of points, a power of two.
        dimensions: Number of dimensions.
        key: The key of the shift.

    Source: Cranley and Patterson 1976.
    """
    from scipy.stats import qmc

    plain = qmc.Sobol(d=dimensions, scramble=False, bits=32).random(points)
    found: Floats = (plain + uniform(dimensions, "shift", *key) + 0.5 / points) % 1.0
    return np.clip(found, 1e-9, 1.0 - 1e-9)
