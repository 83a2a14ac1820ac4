"""What the law opens in each period of a window: the largest shipments and applications, as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coercivity.base.months import Month
from coercivity.base.sums import total
from coercivity.market.program.build import PlanningWindow, bucket_of
from coercivity.market.program.lp import INF
from coercivity.market.program.state import Drivers, Shares
from coercivity.permission.gate import Way

Indices = NDArray[np.int32]
Floats = NDArray[np.float64]
Bucket = tuple[str, str, str, str]
ASKED = (Way.LICENCE, Way.DENIAL)


@dataclass(frozen=True, slots=True)
class _Days:
    """The gates of a bucket in a period.

    Attributes:
        all_free: Whether it is free on every day.
        free: Share of the days on which it is free.
        open: Share of the days on which it is not closed.
        asked: How it is treated on the first days on which it needs a licence; None if on none.
    """

    all_free: bool
    free: float
    open: float
    asked: Way | None


def _days(shares: Shares) -> _Days:
    ways = [(gate.passes, share) for gate, share in shares]
    free = [share for way, share in ways if way is Way.FREE]
    opened = [share for way, share in ways if way is not Way.SHUT]
    asked = next((way for way, _ in ways if way in ASKED), None)
    return _Days(len(free) == len(ways), total(free), total(opened), asked)


class Openings:
    """The columns that the law opens and closes, with precomputed positions.

    Attributes:
        asked: Buckets for which the law is asked.

    Source: equations 33 and 34 of docs/market.md.
    """

    def __init__(self, window: PlanningWindow, drivers: Drivers) -> None:
        self._drivers, self._periods = drivers, window.grid.periods
        network, p_all = window.network, range(window.periods)
        ships = [(a.name, a.passage) for a in network.activities if a.passage is not None]
        self._orders = {b.name: b.orders_t for b in network.buckets}
        self.asked: list[Bucket] = sorted({bucket_of(passage) for _, passage in ships})
        at = {name: place for place, name in enumerate(self.asked)}
        cols = [window.column("act", name, p) for name, _ in ships for p in p_all]
        cols += [window.column("apply", name, p) for name in self._orders for p in p_all]
        self._cols: Indices = np.array(cols, dtype=np.int32)
        self._bucket = np.array([at[bucket_of(passage)] for _, passage in ships], dtype=np.int64)
        self._needs_none = np.array([passage.way is Way.FREE for _, passage in ships], dtype=bool)[:, None]
        self._usual = np.array([self._orders.get(bucket_of(passage), 0.0) for _, passage in ships])[:, None]

    def highs(self, shares: Mapping[Bucket, Sequence[Shares]], known: Month) -> tuple[Indices, Floats]:
        """Returns the columns of shipments and applications with their largest quantities in each period [t].

        Args:
            shares: The gates of each bucket in each period, with their shares of its days.
            known: Month of planning.
        """
        days = {name: [_days(each) for each in shares[name]] for name in self.asked}
        filed = [high for name in self._orders for high in self._filed_t(name, days[name], known)]
        return self._cols, np.concatenate([self._open_t(days).ravel(), np.array(filed)])

    def _open_t(self, days: Mapping[Bucket, Sequence[_Days]]) -> Floats:
        """Returns the largest shipments [t]: in the free days of a partly free period, what usually leaves."""
        if not self._bucket.size:
            return np.zeros(0)
        rows = [days[name] for name in self.asked]
        all_free = np.array([[each.all_free for each in row] for row in rows])[self._bucket]
        free = np.array([[each.free for each in row] for row in rows])[self._bucket]
        asked = np.array([[each.asked is not None for each in row] for row in rows])[self._bucket]
        partly = free * np.array(self._periods) * self._usual
        return np.where(self._needs_none, np.where(all_free, INF, partly), np.where(asked, INF, 0.0))

    def _filed_t(self, name: Bucket, days: Sequence[_Days], known: Month) -> list[float]:
        """Returns the largest granted part of the applications of each period [t].

        They go in while the flow is not closed, if it needs a licence then or later in the window.
        """
        granted: dict[Way, float] = {}
        found: list[float] = []
        asked: Way | None = None
        for each, length in zip(reversed(days), reversed(self._periods), strict=True):
            asked = each.asked if each.asked is not None else asked
            if asked is None:
                found.append(0.0)
                continue
            if asked not in granted:
                granted[asked] = self._drivers.grants(name, asked, known)
            found.append(each.open * length * granted[asked] * self._orders[name])
        return found[::-1]
