"""Desks of random size, figures and filings, each fixed by a number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from coercivity.base.months import Month
from coercivity.permission.desk.cells import BucketName, Cells, Floats, cells_of
from coercivity.permission.desk.month import Desk, OpenMonth
from coercivity.permission.desk.state import DeskMonth, DeskState, empty_desk
from tests.oracles.desk_toy import Changes, desk_with, terms_of

MEMBERS = {
    "EUR": (("DE", 0.5), ("FR", 0.3), ("IT", 0.2)),
    "JP": (("JP", 1.0),),
    "SEA": (("VN", 0.6), ("TH", 0.4)),
}
BUCKETS: tuple[BucketName, ...] = tuple(
    (good, "CN", region, user)
    for good, region, user in (
        ("mag_high", "EUR", "civil"),
        ("mag_low", "EUR", "civil"),
        ("mag_high", "EUR", "military"),
        ("ox_Dy", "JP", "civil"),
        ("mag_high", "JP", "civil"),
        ("met_Tb", "SEA", "civil"),
        ("ox_Dy", "SEA", "civil"),
    )
)


@dataclass(frozen=True)
class RandomDesk:
    """A desk and what happens at it, the same for the same number.

    Attributes:
        seed: The number.
        queue: Whether capacity is limited.
        instant: Whether no time passes.
        order: Order of the buckets.
    """

    seed: int
    queue: bool = True
    instant: bool = False
    order: tuple[int, ...] = tuple(range(len(BUCKETS)))
    members: dict[str, tuple[tuple[str, float], ...]] = field(default_factory=lambda: MEMBERS)

    def draw(self, *key: object) -> float:
        """A number from 0 to 1 for a key, whatever was drawn before."""
        text = repr((self.seed, *key)).encode()
        return float(np.random.default_rng(list(text)).random())

    @property
    def buckets(self) -> list[BucketName]:
        return [BUCKETS[at] for at in self.order]

    @property
    def cells(self) -> Cells:
        return cells_of([(name, 1.0 + 9.0 * self.draw("orders", name)) for name in self.buckets], self.members)

    def desk(self) -> Desk:
        """Terms and figures by queue, new ones each month; halts of some queues in some months."""
        cells, names = self.cells, [str(cell.queue) for cell in self.cells.cells]
        kernel = [1.0] if self.instant else [self.draw("lag", lag) for lag in range(4)]
        terms = terms_of(
            cells.count,
            kernel=[part / sum(kernel) for part in kernel],
            life=[2 + int(4 * self.draw("life", name)) for name in names],
            size_t=[0.2 + self.draw("size", name) for name in names],
            prepare=0 if self.instant else 1 + int(2 * self.draw("prepare")),
            instant=self.instant,
        )

        def changes(month: Month) -> Changes:
            def each(what: str, most: float = 1.0, least: float = 0.0) -> list[float]:
                return [least + (most - least) * self.draw(what, name, month) for name in names]

            return {
                "returned": each("returned", 0.6),
                "returned_again": each("returned_again"),
                "returned_months": each("returned_months", 3.0, 1.0),
                "refused_again": each("refused_again", 0.9),
                "refused_months": each("refused_months", 4.0, 1.0),
                "granted": each("granted"),
                "granted_denial": each("granted_denial", 0.1),
                "going": [(0.0, 0.4, 1.0, 1.0)[int(4 * self.draw("going", name, month))] for name in names],
                "usable": each("usable", 1.0, 0.5),
                "general": each("general", 0.3),
                "begin": each("begin", 0.4),
                "learned": each("learned", 1.5, 0.4),
                "no_queue": not self.queue,
            }

        return desk_with(cells, terms, changes)

    def months(
        self, count: int = 8, *, begin: Month = 0, desk: Desk | None = None
    ) -> Iterator[tuple[DeskState, OpenMonth, DeskState, DeskMonth]]:
        """Each month: the desk before it, the month once all was filed, the desk after it, its record."""
        desk = desk or self.desk()
        state = empty_desk(desk.terms)
        orders = dict(zip(desk.cells.buckets, desk.cells.by_bucket(desk.cells.orders_t), strict=True))
        for month in range(begin, begin + count):
            asked = [1 + int(self.draw("denial", cell.bucket, month) < 0.1) for cell in desk.cells.cells]
            opened = desk.begin(state, month, np.array(asked))
            opened.file(self._mass("filed", month, orders, 3.0))
            after, record = opened.close(self._mass("shipped", month, orders, 1.0), np.zeros(desk.cells.count))
            yield state, opened, after, record
            state = after

    def _mass(self, what: str, month: Month, orders: dict[BucketName, float], most: float) -> Floats:
        return np.array([most * orders[name] * self.draw(what, name, month) for name in self.buckets])
