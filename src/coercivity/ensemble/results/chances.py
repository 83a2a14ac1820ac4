"""The chance that something happens in a run, with its interval."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coercivity.base.canonical import round_sig
from coercivity.ensemble.results.quantiles import CONFIDENCE
from coercivity.ensemble.results.rows import ChanceRow


def chance_row(run: str, event: str, happened: NDArray[np.bool_]) -> ChanceRow:
    """Returns the chance of an event, with its 90 % interval.

    Args:
        run: Id of the run.
        event: Key of the event.
        happened: Whether it happens, by draw, shape (draws,).

    Raises:
        ValueError: If there is no draw.

    Source: equation 90 of docs/market.md.
    """
    low, high = share_interval(int(np.count_nonzero(happened)), happened.size)
    return {
        "run": run,
        "event": event,
        "chance": round_sig(np.count_nonzero(happened) / happened.size),
        "low": round_sig(low),
        "high": round_sig(high),
        "draws": int(happened.size),
    }


def share_interval(count: int, draws: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Returns the interval of a chance of which some draws had the event: Clopper and Pearson's, never too short.

    Args:
        count: Draws in which the event happened.
        draws: All draws.
        confidence: Chance that the interval contains the true one, at least.

    Raises:
        ValueError: If there is no draw, or more events than draws.

    Source: equation 90 of docs/market.md.
    """
    from scipy.special import betaincinv

    if draws < 1 or not 0 <= count <= draws:
        raise ValueError(f"{count} of {draws} draws")
    tail = (1.0 - confidence) / 2.0
    low = 0.0 if count == 0 else float(betaincinv(count, draws - count + 1, tail))
    high = 1.0 if count == draws else float(betaincinv(count + 1, draws - count, 1.0 - tail))
    return low, high
