"""What the law opens in each period of a window: the largest shipments and applications, as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coercivity.base.sums import total
from coercivity.market.program.build import PlanningWindow, bucket_of
from coercivity.market.program.lp import INF
from coercivity.market.program.state import Shares
from coercivity.permission.desk.ahead import DeskAhead
from coercivity.permission.gate import Way

Indices = NDArray[np.int32]
Floats = NDArray[np.float64]
Bucket = tuple[str, str, str, str]
ASKED = (Way.LICENCE, Way.DENIAL)


@dataclass(frozen=True, slots=True)
class Days:
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


def days_of(shares: Shares) -> Days:
    """Returns the gates of a bucket in a period as the programme reads them."""
    ways = [(gate.passes, share) for gate, share in shares]
    free = [share for way, share in ways if way is Way.FREE]
    opened = [share for way, share in ways if way is not Way.SHUT]
    asked = next((way for way, _ in ways if way in ASKED), None)
    return Days(len(free) == len(ways), total(free), total(opened), asked)


class Openings:
    """The columns that the law opens and closes, with precomputed positions.

    Attributes:
        asked: Buckets for which the law is asked.
        routes: Good, origin and destination of each shipment.

    Source: equations 33 and 34 of docs/market.md.
    """

    def __init__(self, window: PlanningWindow) -> None:
        self._periods, self._starts = window.grid.periods, window.grid.starts
        network, p_all = window.network, range(window.periods)
        ships = [(a.name, a.passage) for a in network.activities if a.passage is not None]
        self._orders = {b.name: b.orders_t for b in network.buckets}
        self.routes = [(passage.good, passage.origin, passage.destination) for _, passage in ships]
        self.asked: list[Bucket] = sorted({bucket_of(passage) for _, passage in ships})
        at = {name: place for place, name in enumerate(self.asked)}
        cols = [window.column("act", name, p) for name, _ in ships for p in p_all]
        cols += [window.column("apply", name, p) for name in self._orders for p in p_all]
        self._cols: Indices = np.array(cols, dtype=np.int32)
        self._bucket = np.array([at[bucket_of(passage)] for _, passage in ships], dtype=np.int64)
        self._needs_none = np.array([passage.way is Way.FREE for _, passage in ships], dtype=bool)[:, None]
        self._usual = np.array([self._orders.get(bucket_of(passage), 0.0) for _, passage in ships])[:, None]

    def highs(
        self, days: Mapping[Bucket, Sequence[Days]], seen: DeskAhead, loading_t: Floats
    ) -> tuple[Indices, Floats]:
        """Returns the columns of shipments and applications with their largest quantities in each period [t].

        Args:
            days: The gates of each bucket in each period.
            seen: The licensing desk as users see it.
            loading_t: Largest shipment without a licence by shipment and period [t].
        """
        most, now = seen.granted_most_t, seen.granted_now_t
        filed = [
            self._filed_t(days[name], float(most[place]), float(now[place]), float(seen.lead_months[place]))
            for place, name in enumerate(self._orders)
        ]
        return self._cols, np.concatenate(
            [self._open_t(days, loading_t).ravel(), np.array(filed, dtype=np.float64).ravel()]
        )

    def _open_t(self, days: Mapping[Bucket, Sequence[Days]], loading_t: Floats) -> Floats:
        """Returns the largest shipments [t]: in the free days of a partly free period, what usually leaves."""
        if not self._bucket.size:
            return np.zeros(0)
        rows = [days[name] for name in self.asked]
        all_free = np.array([[each.all_free for each in row] for row in rows])[self._bucket]
        free = np.array([[each.free for each in row] for row in rows])[self._bucket]
        asked = np.array([[each.asked is not None for each in row] for row in rows])[self._bucket]
        partly = free * np.array(self._periods) * self._usual
        most = np.minimum(np.where(all_free, INF, partly), loading_t)
        return np.where(self._needs_none, most, np.where(asked, INF, 0.0))

    def _filed_t(self, days: Sequence[Days], most_t: float, now_t: float, lead_months: float) -> list[float]:
        """Returns the largest granted part of the applications taken up in each period [t].

        They go in while the flow is not closed, if it needs a licence then or later in the window, and none is taken
        up before the lead time of a new file.
        """
        found: list[float] = []
        asked = False
        for each, start, length in zip(reversed(days), reversed(self._starts), reversed(self._periods), strict=True):
            asked = asked or each.asked is not None
            share = each.open * open_months(start, length, lead_months) if asked else 0.0
            # Without a limit of applications there is none only while some can be taken up.
            found.append(share * (most_t if start else now_t) if share else 0.0)
        return found[::-1]


def open_months(start: int, length: int, lead_months: float) -> float:
    """Returns the months of a period in which a file decided upon now, or later, can be taken up.

    Args:
        start: First month of the period, from the first month of the plan.
        length: Months of the period.
        lead_months: Months until a file decided upon now is taken up.
    """
    return max(0.0, start + length - max(float(start), lead_months))


def due_share(start: int, length: int, lead_months: float) -> float:
    """Returns the share of the applications of a period that have to be filed in the first month of the plan.

    These are those to be taken up in the month that begins when a file decided upon now would be.
    """
    whole = open_months(start, length, lead_months)
    return (whole - open_months(start, length, lead_months + 1.0)) / whole if whole > 0 else 0.0
