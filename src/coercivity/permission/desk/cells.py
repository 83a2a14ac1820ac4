"""Cells of the licensing desk: each bucket of the market by country of destination, gathered into queues."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coercivity.practice.desk import Form

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
# Good, region of export, region of import, user.
BucketName = tuple[str, str, str, str]
# Countries of a region, each with its share of the region's imports from China.
Members = Mapping[str, tuple[tuple[str, float], ...]]

_FORMS: dict[str, Form] = {
    "ox": "oxide",
    "met": "metal",
    "mag": "magnet",
    "technology": "technology",
    "service": "service",
}


class Queue(NamedTuple):
    """Files that are taken in turn.

    Attributes:
        form: Form of the goods, technology or service.
        country: ISO 3166 alpha-2 code of the destination.
        user: `civil` or `military`.
    """

    form: Form
    country: str
    user: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A bucket and one country of its region.

    Attributes:
        orders_t: Usual shipments of a month [t].
    """

    bucket: BucketName
    queue: Queue
    orders_t: float


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """All cells in order, with the bucket and the queue of each.

    Attributes:
        bucket_at: Position of the bucket of each cell, shape (cells,).
        queue_at: Position of the queue of each cell, shape (cells,).
        orders_t: Usual shipments of a month, shape (cells,) [t].
        share: Share of the cell in the usual shipments of its bucket, shape (cells,).
    """

    cells: tuple[Cell, ...]
    buckets: tuple[BucketName, ...]
    queues: tuple[Queue, ...]
    bucket_at: Indices
    queue_at: Indices
    orders_t: Floats
    share: Floats

    @property
    def count(self) -> int:
        """Number of cells."""
        return len(self.cells)

    def by_bucket(self, values: Floats) -> Floats:
        """Returns the sums by bucket of values by cell, shape (buckets,)."""
        return _sums(self.bucket_at, values, len(self.buckets))

    def rows_by_bucket(self, values: Floats) -> Floats:
        """Returns the sums by bucket of rows by cell, shape (buckets, columns)."""
        width = values.shape[1]
        places = self.bucket_at[:, None] * width + np.arange(width)
        return _sums(places.ravel(), values.ravel(), len(self.buckets) * width).reshape(-1, width)

    def by_queue(self, values: Floats) -> Floats:
        """Returns the sums by queue of values by cell, shape (queues,)."""
        return _sums(self.queue_at, values, len(self.queues))

    def size_of_buckets(self, size_t: Floats) -> Floats:
        """Returns the quantity of one file by bucket from that by cell, shape (buckets,) [t]."""
        found = np.zeros(len(self.buckets))
        found[self.bucket_at] = size_t
        return found

    def to_cells(self, values: Floats) -> Floats:
        """Returns values by bucket divided among cells by their usual shipments, shape (cells,)."""
        divided: Floats = values[self.bucket_at] * self.share
        return divided


def form_of(good: str) -> Form:
    """Returns the form of a product of the market, such as `magnet` for `mag_high`, or of an act at a plant."""
    return _FORMS[good.partition("_")[0]]


def cells_of(orders: Iterable[tuple[BucketName, float]], members: Members) -> Cells:
    """Returns the cells of buckets, each divided among the countries of its region.

    Args:
        orders: Usual shipments of a month by bucket [t].
        members: Countries by region, each with its share; shares add up to one.
    """
    found: list[Cell] = []
    shares: list[float] = []
    buckets = []
    for bucket, mass in orders:
        buckets.append(bucket)
        good, _, region, user = bucket
        for country, share in members[region]:
            found.append(Cell(bucket, Queue(form_of(good), country, user), mass * share))
            shares.append(share)
    queues = tuple(sorted({cell.queue for cell in found}))
    bucket_place = {name: place for place, name in enumerate(buckets)}
    queue_place = {name: place for place, name in enumerate(queues)}
    return Cells(
        cells=tuple(found),
        buckets=tuple(buckets),
        queues=queues,
        bucket_at=np.array([bucket_place[cell.bucket] for cell in found], dtype=np.int64),
        queue_at=np.array([queue_place[cell.queue] for cell in found], dtype=np.int64),
        orders_t=np.array([cell.orders_t for cell in found], dtype=np.float64),
        share=np.array(shares, dtype=np.float64),
    )


def _sums(places: Indices, values: Floats, count: int) -> Floats:
    found: Floats = np.bincount(places, values, minlength=count).astype(np.float64, copy=False)
    return found
