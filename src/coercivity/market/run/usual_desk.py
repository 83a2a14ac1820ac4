"""The licensing desk without the market: what it does when every bucket files for its usual shipments.

A company that plans one licence asks how long files wait, not what the market makes of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np

from coercivity.base.months import Month
from coercivity.permission.desk.ahead import ahead, files_a_month
from coercivity.permission.desk.cells import Cells, Floats, Indices, Queue
from coercivity.permission.desk.licences import general_of
from coercivity.permission.desk.month import Desk, OpenMonth
from coercivity.permission.desk.state import DeskMonth, empty_desk

# What the law asks of each cell in a month: 0 nothing, 1 a licence, 2 a licence whose denial is presumed.
AskedIn = Callable[[Month], Indices]


@dataclass(frozen=True, slots=True, eq=False)
class QueueMonths:
    """The queues of a desk month by month; each of shape (months, queues), but for orders and asked.

    Attributes:
        asked: Whether a licence was needed for goods of the queue, as shares of its usual shipments.
        waiting: Accepted files not yet taken up at the end of the month [files].
        pending: Files that came in and are not decided at the end of the month [files].
        new: Files that came in for the first time [files].
        taken: Files taken up [files].
        decided: Files decided [files].
        rate: Files that can be taken up in a month at the backlog of the month, without halts [files].
        lead_months: Months until a file decided upon in the month is taken up [months].
        decision_months: Months from coming in to decision of the files decided; nan where none is [months].
        going: Share of the usual decisions that is taken: less in a halt or slow-down.
        general: Share of the usual shipments under general licences.
    """

    asked: Floats
    waiting: Floats
    pending: Floats
    new: Floats
    taken: Floats
    decided: Floats
    rate: Floats
    lead_months: Floats
    decision_months: Floats
    going: Floats
    general: Floats

    @property
    def work_months(self) -> Floats:
        """Months in which the waiting files of a queue are taken up where nothing halts it, shape (months, queues)."""
        work = np.divide(self.waiting, self.rate, out=np.zeros_like(self.waiting), where=self.waiting > 0)
        return np.nan_to_num(work, nan=0.0, posinf=0.0)


@dataclass(frozen=True, slots=True, eq=False)
class UsualDesk:
    """The path of the desk.

    Attributes:
        first: First month.
        queues: Queues, in the order of the columns.
        orders_t: Usual shipments of a month by queue, shape (queues,) [t].
        months: The queues month by month.
    """

    first: Month
    queues: tuple[Queue, ...]
    orders_t: Floats
    months: QueueMonths

    @property
    def last(self) -> Month:
        """The last month."""
        return self.first + self.months.waiting.shape[0] - 1


def usual_path(desk: Desk, asked_in: AskedIn, first: Month, through: Month) -> UsualDesk:
    """Returns the path of a desk at which every bucket files for its usual shipments and ships what it may.

    Args:
        desk: The desk.
        asked_in: What the law asks of each cell in a month.
        first: First month; the desk is empty before it.
        through: Last month.

    Source: equations 55 to 60 of docs/market.md.
    """
    cells, state, rows = desk.cells, empty_desk(desk.terms), list[_Row]()
    for month in range(first, through + 1):
        asked = asked_in(month)
        opened = desk.begin(state, month, asked)
        seen = ahead(opened, 1)
        wanted = cells.by_bucket(np.where(asked > 0, cells.orders_t, 0.0))
        single = np.maximum(wanted - seen.general_t[:, 0], 0.0)
        applied = np.divide(single, seen.granted, out=np.zeros_like(single), where=seen.granted > 0)
        rate = files_a_month(opened)
        opened.file(np.minimum(applied, seen.applied_most_t))
        shipped = np.minimum(wanted, cells.by_bucket(_usable(opened)) + seen.general_t[:, 0])
        state, done = opened.close(shipped, seen.lead_by_cell)
        rows.append(_row(cells, opened, done, rate))
    grids = {field.name: np.array([getattr(row, field.name) for row in rows]) for field in fields(QueueMonths)}
    return UsualDesk(first, cells.queues, cells.by_queue(cells.orders_t), QueueMonths(**grids))


_Row = QueueMonths


def _usable(opened: OpenMonth) -> Floats:
    usable: Floats = opened.state.licences_t.sum(axis=0) * opened.figures.usable
    return usable


def _row(cells: Cells, opened: OpenMonth, done: DeskMonth, rate: Floats) -> _Row:
    """Returns one month by queue; each of shape (queues,)."""
    orders, figures = cells.by_queue(cells.orders_t), opened.figures
    decided = cells.by_queue(done.granted + done.refused)
    months = cells.by_queue(done.decided_months)

    def mean(values: Floats) -> Floats:
        whole = cells.by_queue(values * cells.orders_t)
        return np.divide(whole, orders, out=np.zeros_like(orders), where=orders > 0)

    general = np.where(opened.asked > 0, general_of(cells, figures), 0.0)
    with np.errstate(invalid="ignore"):
        rates = cells.by_queue(rate)
    return QueueMonths(
        asked=mean((opened.asked > 0).astype(np.float64)),
        waiting=cells.by_queue(done.waiting),
        pending=cells.by_queue(done.pending),
        new=cells.by_queue(done.new),
        taken=cells.by_queue(done.taken),
        decided=decided,
        rate=rates,
        lead_months=mean(done.lead_months),
        decision_months=np.divide(months, decided, out=np.full_like(decided, np.nan), where=decided > 0),
        going=mean(figures.going),
        general=np.divide(cells.by_queue(general), orders, out=np.zeros_like(orders), where=orders > 0),
    )
