"""The licensing desk without the market: what it does when every bucket files for its usual shipments.

A company that plans one licence asks how long files wait, not what the market makes of it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np

from coercivity.base.days import Day
from coercivity.base.months import Month, middle_of, parse_month
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.inputs.base_flows import load_base
from coercivity.market.inputs.figures import Figures
from coercivity.market.network.trade import trade
from coercivity.market.run.licensing.cells import asked_of
from coercivity.market.run.world import licence_buckets
from coercivity.permission.buckets import Bucket, load_buckets
from coercivity.permission.desk.ahead import ahead, files_a_month
from coercivity.permission.desk.cells import Cells, Floats, Indices, Queue, cells_of
from coercivity.permission.desk.figures import FiguresOf, MonthFigures
from coercivity.permission.desk.from_practice import desk_of
from coercivity.permission.desk.licences import general_of
from coercivity.permission.desk.month import Desk, OpenMonth
from coercivity.permission.desk.state import DeskMonth, empty_desk
from coercivity.permission.gates import Gates
from coercivity.practice.desk import DeskPractice, DeskRow, Parameter

# The path begins with an empty desk before the first control of rare earths.
FIRST_MONTH = parse_month("2025-01")
# Places in the ranges of the two capacities whose paths are followed: -1 is the low end, 0 the value, 1 the high end.
# Below a usual month files pile up, so the wait rises faster there, and one more place is followed.
PLACES = (-1.0, -0.5, 0.0, 1.0)
# Paths held in memory for one rulebook.
MOST_PATHS = 24
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
        return self.first + int(self.months.waiting.shape[0]) - 1


# Paths by information cut-off, last month and identity of the rows; the rows are held with them.
_Paths = dict[tuple[Day, Month, int], tuple[DeskPractice, tuple["UsualDesk", ...]]]
_FOUND: WeakKeyDictionary[Rulebook, _Paths] = WeakKeyDictionary()
_LOCK = Lock()


def usual_desks(book: Rulebook, through: Month, *, known: Day, practice: DeskPractice) -> tuple[UsualDesk, ...]:
    """Returns the paths of the desk under the law, as known by a day, one for each of `PLACES`.

    Args:
        book: The rulebook.
        through: Last month, at least the first one.
        known: Information cut-off for the law and for reports.
        practice: Rows of practice.

    Raises:
        CoercivityError: If a table is missing or has errors.

    Source: equations 55 to 60 of docs/market.md.
    """
    through = max(through, FIRST_MONTH)
    key = (known, through, id(practice))
    with _LOCK:
        found = _FOUND.setdefault(book, {})
        if key in found:
            return found[key][1]
        while len(found) >= MOST_PATHS:
            found.pop(next(iter(found)))
        heard, cells, asked_in = practice.known_by(known), usual_cells(), _asked_in(book, known)
        desk = desk_of(cells, heard, FIRST_MONTH, known)
        at = _figures_at(desk, heard, known)
        desks = (replace(desk, figures_of=at(place)) for place in PLACES)
        found[key] = practice, tuple(usual_path(each, asked_in, FIRST_MONTH, through) for each in desks)
        return found[key][1]


def _asked_in(book: Rulebook, known: Day) -> AskedIn:
    cells, gates = usual_cells(), Gates(book)
    asked = dict[Hashable, Indices]()

    def ask(month: Month) -> Indices:
        by = min(middle_of(month), known)
        mark = gates.alike(middle_of(month), by)
        if mark not in asked:
            found = {name: gates.controls(Bucket(*name), middle_of(month), by).passes for name in cells.buckets}
            asked[mark] = asked_of(cells, cells.buckets, found, np.zeros(0, dtype=np.int64))
        return asked[mark]

    return ask


@lru_cache(maxsize=1)
def usual_cells() -> Cells:
    """Returns the cells of the desk with the shipments of the base year.

    Raises:
        CoercivityError: If a table of the market data set is missing or has errors.
    """
    base = load_base()
    buckets = licence_buckets(base, trade(Figures(), base))
    return cells_of(((bucket.name, bucket.orders_t) for bucket in buckets), load_buckets().members)


def _figures_at(desk: Desk, practice: DeskPractice, known: Day) -> Callable[[float], FiguresOf]:
    """Returns the monthly figures of a desk by the place of its two capacities in their ranges."""
    months: dict[Month, MonthFigures] = {}
    queues, queue_at = desk.cells.queues, desk.cells.queue_at

    def usual(month: Month) -> MonthFigures:
        if month not in months:
            months[month] = desk.figures_of(month)
        return months[month]

    def capacity(parameter: Parameter, on: Day, place: float) -> Floats:
        rows = (practice.row(parameter, *queue, on, known) for queue in queues)
        by_queue: Floats = np.array([at_place(row, place) for row in rows if row is not None])
        return by_queue[queue_at]

    def at(place: float) -> FiguresOf:
        # Months between two changes share the array of the value, so they share that of the place as well.
        spells: dict[int, tuple[Floats, Floats]] = {}

        def of(month: Month) -> MonthFigures:
            figures = usual(month)
            spell = id(figures.begin)
            if spell not in spells:
                on = middle_of(month)
                spells[spell] = capacity("decisions_begin", on, place), capacity("decisions_learned", on, place)
            begin, learned = spells[spell]
            return replace(figures, begin=begin, learned=learned)

        return of if place else usual

    return at


def at_place(row: DeskRow, place: float) -> float:
    """Returns a figure at a place of its range: -1 at the low end, 0 at the value, 1 at the high end."""
    return row.value + place * (row.high - row.value if place > 0 else row.value - row.low)


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
