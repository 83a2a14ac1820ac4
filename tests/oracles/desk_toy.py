"""A small licensing desk: figures that stay, one country per region, and what users see of it, made by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from coercivity.base.months import Month
from coercivity.market.network.network import Network
from coercivity.permission.desk.ahead import DeskAhead
from coercivity.permission.desk.cells import BucketName, Cells, Floats, Indices, cells_of
from coercivity.permission.desk.figures import DeskTerms, MonthFigures
from coercivity.permission.desk.month import Desk
from coercivity.permission.gate import Gate

# Changes of the figures of every cell, the same for all or one for each.
Changes = Mapping[str, float | Sequence[float]]
# What users see of the licensing desk, over so many months.
Seen = Callable[[Network, int], DeskAhead]
WHOLE = ("returned_months", "refused_months")
PLAIN: Changes = {
    "returned": 0.0,
    "returned_again": 0.0,
    "returned_months": 1,
    "refused_again": 0.0,
    "refused_months": 1,
    "granted": 0.75,
    "granted_denial": 0.0375,
    "going": 1.0,
    "usable": 1.0,
    "general": 0.0,
    "begin": 1.0,
    "learned": 1.0,
    "learning_months": 6.0,
    "filed_most": 0.8,
    "halt_months": 2.0,
}


def cells_by_region(orders: Iterable[tuple[BucketName, float]]) -> Cells:
    """Cells of buckets in which every region is a country."""
    listed = list(orders)
    return cells_of(listed, {name[2]: ((name[2], 1.0),) for name, _ in listed})


def cells_in(network: Network) -> Cells:
    """The cells of the buckets of a network."""
    return cells_by_region((b.name, b.orders_t) for b in network.buckets)


def terms_of(
    count: int,
    *,
    kernel: Sequence[float] = (0.0, 0.25, 0.5, 0.25),
    life: int | Sequence[int] = 10,
    size_t: float | Sequence[float] = 0.5,
    prepare: int = 1,
    instant: bool = False,
) -> DeskTerms:
    """Terms that all cells share."""
    return DeskTerms(
        size_t=_each(size_t, count),
        life=_whole(life, count),
        review=np.array(kernel)[:, None] * np.ones(count),
        prepare_months=_whole(prepare, count),
        instant=instant,
    )


def figures_of(count: int, **changes: float | Sequence[float]) -> MonthFigures:
    """Three of four files granted, none returned or filed again, no halt, capacity for the usual files."""
    asked: dict[str, float | Sequence[float]] = {**PLAIN, **changes}
    no_queue = bool(asked.pop("no_queue", False))
    cells: dict[str, Any] = {name: (_whole if name in WHOLE else _each)(value, count) for name, value in asked.items()}
    return MonthFigures(**cells, no_queue=no_queue)


def desk_with(
    cells: Cells, terms: DeskTerms | None = None, changes: Changes | Callable[[Month], Changes] | None = None
) -> Desk:
    """A desk of which the figures differ from the plain ones as told, always or by month."""

    def figures(month: Month) -> MonthFigures:
        told = changes(month) if callable(changes) else changes
        return figures_of(cells.count, **(told or {}))

    return Desk(cells, terms or terms_of(cells.count), figures)


def desk_at_once(cells: Cells) -> Desk:
    """A desk with everything off: whatever is filed is granted in the same month, without papers."""
    terms = terms_of(cells.count, kernel=(1.0,), prepare=0, instant=True)
    return desk_with(cells, terms, {"granted": 1.0, "granted_denial": 1.0, "no_queue": True})


def seen_by_hand(
    orders_t: Sequence[float],
    months: int,
    *,
    usable_t: float = 0.0,
    expected_t: Mapping[int, float] | None = None,
    general_t: float = 0.0,
    lead: float = 0.0,
    granted: float = 0.75,
    filed_most: float = 0.8,
) -> DeskAhead:
    """What users see of a desk: the same for every bucket, applications by their orders.

    Args:
        orders_t: Usual shipments of each bucket.
        months: Length of the plan.
        usable_t: Licences that can be used now.
        expected_t: Licences expected so many months from now.
        general_t: What may leave each month under general licences.
        lead: Months until a new file is taken up.
        granted: Share that is granted in the end.
        filed_most: Applications of a month over orders, at most.
    """
    count = len(orders_t)
    grants = np.zeros((count, months))
    for month, mass in (expected_t or {}).items():
        grants[:, month] = mass
    return DeskAhead(
        usable_t=np.full(count, usable_t),
        grants_t=grants,
        general_t=np.full((count, months), general_t),
        lead_months=np.full(count, lead),
        granted=np.full(count, granted),
        applied_most_t=filed_most * np.array(orders_t, dtype=np.float64),
        applied_now_t=filed_most * np.array(orders_t, dtype=np.float64),
        lead_by_cell=np.full(count, lead),
    )


def sees(**told: Any) -> Seen:
    """What users see of the desk, made by hand: what differs from files taken up at once, three fifths of them granted."""
    return lambda network, months: seen_by_hand([b.orders_t for b in network.buckets], months, **told)


def no_holds(
    month: Month, gates: Mapping[tuple[str, str, str, str], Gate]
) -> Mapping[tuple[str, ...], tuple[float, ...]]:
    """Customs hold nothing."""
    return {}


def _each(value: float | Sequence[float], count: int) -> Floats:
    found: Floats = np.ones(count) * np.array(value, dtype=np.float64)
    return found


def _whole(value: float | Sequence[float], count: int) -> Indices:
    found: Indices = np.rint(_each(value, count)).astype(np.int64)
    return found
