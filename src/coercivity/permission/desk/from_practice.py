"""The desk of a run from the rows of practice: terms and monthly figures of every cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np

from coercivity.base.days import ONE_DAY, Day
from coercivity.base.months import Month, first_of, middle_of, month_of
from coercivity.base.sums import total
from coercivity.law.consequences.licensing import load_licensing
from coercivity.law.rules.load import load_rulebook
from coercivity.permission.basis import Basis
from coercivity.permission.desk.cells import Cells, Floats, Indices, Queue
from coercivity.permission.desk.figures import DeskTerms, MonthFigures
from coercivity.permission.desk.month import Decisions, Desk
from coercivity.permission.gate import Way
from coercivity.permission.grants import GrantedShare, grant_odds, mean_share
from coercivity.permission.review_time import fixed_days, review
from coercivity.practice.desk import DeskPractice, EventKind, GeneralLicence, Parameter, Scope, Scoped

RowT = TypeVar("RowT", bound=Scoped)
DAYS_A_MONTH = 365.25 / 12
# Months from taking up to decision that are told apart; the last one includes later ones.
LAGS = 9


def desk_of(
    cells: Cells,
    practice: DeskPractice,
    first: Month,
    known: Day = Day.max,
    *,
    share_of: GrantedShare = mean_share,
    decisions: Decisions | None = None,
) -> Desk:
    """Returns the desk of a run.

    Times, shares and validity are facts of the world, so all reports up to the information cut-off count in every
    month; what holds for some time only (rows with dates, halts, general licences) counts in its time.

    Args:
        cells: The cells.
        practice: The rows of practice known by the information cut-off, with the elements that are switched off.
        first: First month of the run.
        known: Information cut-off for reported times and decisions.
        share_of: Share granted, from the counts behind it.
        decisions: What becomes of single files; None if shares of them are returned, granted and refused.

    Source: equations 15 to 18 and 55 to 59 of docs/market.md.
    """
    source = _Source(cells, practice, known, share_of)
    return Desk(cells, source.terms(first), source.month, decisions)


@dataclass(slots=True)
class _Source:
    """Figures by month; months between two changes share them."""

    cells: Cells
    practice: DeskPractice
    known: Day
    share_of: GrantedShare
    _spells: dict[int, MonthFigures] = field(default_factory=dict)
    _turns: list[Day] = field(default_factory=list)

    def __post_init__(self) -> None:
        begins = {row.begins_on for row in self.practice.rows if row.begins_on is not None}
        ended = {row.ends_on + ONE_DAY for row in self.practice.rows if row.ends_on is not None}
        self._turns = sorted(begins | ended)

    def terms(self, first: Month) -> DeskTerms:
        """Returns what does not change during the run."""
        on, off = middle_of(first), self.practice.off
        prepare, handover = fixed_days()
        longest = load_licensing(load_rulebook()).track("single").longest_validity_years or 1
        kernels = np.array([self._kernel(queue, handover) for queue in self.cells.queues])
        prepare_months = 0 if "wait" in off else max(1, round(prepare / DAYS_A_MONTH))
        return DeskTerms(
            size_t=self._by_cell("file_size_t", on),
            life=np.clip(np.rint(self._by_cell("licence_life_months", on)), 1, 12 * longest).astype(np.int64),
            review=kernels[self.cells.queue_at].T if self.cells.count else np.zeros((1, 0)),
            prepare_months=np.full(self.cells.count, prepare_months, dtype=np.int64),
            instant="wait" in off,
        )

    def _kernel(self, queue: Queue, handover: float) -> list[float]:
        """Returns the share of files decided by months after taking up, hand-over included, to the nearest month."""
        if "wait" in self.practice.off:
            return [1.0] + [0.0] * (LAGS - 1)
        law = review(self.practice, queue.form, queue.country, queue.user, self.known)
        ends = [law.decided((lag + 0.5) * DAYS_A_MONTH - handover) for lag in range(LAGS - 1)]
        return [later - earlier for earlier, later in zip([0.0, *ends], [*ends, 1.0], strict=True)]

    def month(self, month: Month) -> MonthFigures:
        """Returns the figures of a month."""
        on = middle_of(month)
        spell = sum(1 for day in self._turns if day <= on)
        found = self._spells.get(spell)
        if found is None:
            found = self._spells[spell] = self._spell(on)
        going, usable = self._events(month, ("halt", "slow_down")), self._events(month, ("unused_licences",))
        off = self.practice.off
        return replace(
            found,
            going=np.ones_like(going) if "events" in off else going,
            usable=np.ones_like(usable) if "unused_licences" in off else usable,
            general=self._general(month),
        )

    def _spell(self, on: Day) -> MonthFigures:
        off, ones = self.practice.off, np.ones(self.cells.count)
        returned = self._by_cell("returned_share", on)
        civil = self._granted(Way.LICENCE, on)
        denial = self._granted(Way.DENIAL, on)
        return MonthFigures(
            returned=0.0 * ones if "returns" in off else returned,
            returned_again=self._by_cell("returned_refiled_share", on),
            returned_months=self._months("returned_refiled_days", on),
            refused_again=self._by_cell("refused_refiled_share", on),
            refused_months=self._months("refused_refiled_days", on),
            granted=ones if "refusals" in off else civil,
            granted_denial=ones if "refusals" in off else denial,
            going=ones,
            usable=ones,
            general=0.0 * ones,
            begin=self._by_cell("decisions_begin", on),
            learned=self._by_cell("decisions_learned", on),
            learning_months=self._by_cell("learning_months", on),
            filed_most=self._by_cell("filed_most", on),
            halt_months=self._by_cell("halt_expected_months", on),
            no_queue="queue" in off,
        )

    def _by_cell(self, parameter: Parameter, on: Day) -> Floats:
        found = [self.practice.value(parameter, *queue, on, self.known) for queue in self.cells.queues]
        return self._spread(found)

    def _months(self, parameter: Parameter, on: Day) -> Indices:
        months: Indices = np.maximum(np.rint(self._by_cell(parameter, on) / DAYS_A_MONTH), 1).astype(np.int64)
        return months

    def _granted(self, way: Way, on: Day) -> Floats:
        found = []
        for queue in self.cells.queues:
            granted, refused = grant_odds(self.practice, way, *queue, on, self.known)
            found.append(self.share_of(granted, refused))
        return self._spread(found)

    def _spread(self, by_queue: Iterable[float]) -> Floats:
        values: Floats = np.array(list(by_queue), dtype=np.float64)[self.cells.queue_at]
        return values

    def _fits(self, scope: Scope, queue: Queue) -> bool:
        return self.practice.fits(scope, queue.form, queue.country, queue.user)

    def _events(self, month: Month, kinds: tuple[EventKind, ...]) -> Floats:
        """Returns one less the shares of events, each by its days in the month; several multiply."""
        left = np.ones(len(self.cells.queues))
        for event in self.practice.events:
            days = days_within(event.begins_on, event.ends_on, month) if event.kind in kinds else 0.0
            if days:
                hit = np.array([self._fits(event.scope, queue) for queue in self.cells.queues], dtype=bool)
                left = np.where(hit, left * (1.0 - days * event.share), left)
        return self._spread(left)

    def _general(self, month: Month) -> Floats:
        """Returns the share of usual shipments under general licences, the nearest row for each queue."""
        if "general_licences" in self.practice.off:
            return np.zeros(self.cells.count)
        begun = [row for row in self.practice.general if days_within(row.begins_on, None, month)]
        shares: dict[tuple[GeneralLicence, ...], float] = {(): 0.0}
        found = []
        for queue in self.cells.queues:
            rows = tuple(row for row in begun if self._fits(row.scope, queue))
            if rows not in shares:
                shares[rows] = general_share(self.practice, rows, month)
            found.append(shares[rows])
        return self._spread(found)


def nearest_rows(practice: DeskPractice, rows: Iterable[RowT]) -> list[RowT]:
    """Returns the rows with the nearest place, and among them the nearest form and user."""
    listed = list(rows)
    if not listed:
        return []

    def near(row: RowT) -> tuple[int, bool, bool]:
        return practice.nearness(row.scope)

    best = max(map(near, listed))
    return [row for row in listed if near(row) == best]


def general_share(practice: DeskPractice, rows: Sequence[GeneralLicence], month: Month) -> float:
    """Returns the share of usual shipments that general licences cover in a month, the nearest row on each day.

    Args:
        practice: The rows of practice.
        rows: General licences that fit a queue.
        month: The month.
    """
    turns = (first_of(month) + (row.begins_on.day - 1) * ONE_DAY for row in rows)
    return total(
        days * general_share_on(nearest_rows(practice, [row for row in rows if row.begins_on <= day]), day)
        for day, days in parts_of(month, turns)
    )


def general_share_on(rows: Iterable[GeneralLicence], on: Day) -> float:
    """Returns the share of usual shipments that the newest of some general licences covers on a day.

    At the end of the validity a share is renewed, again and again.

    Args:
        rows: General licences, one after another.
        on: The day.
    """
    row = max((row for row in rows if row.begins_on <= on), key=lambda row: row.begins_on, default=None)
    if row is None:
        return 0.0
    months = month_of(on) - month_of(row.begins_on) - (on.day < row.begins_on.day)
    return row.share * row.renewed_share ** (months // row.life_months)


def parts_of(month: Month, turns: Iterable[Day]) -> list[tuple[Day, float]]:
    """Returns the parts into which days divide a month: the first day of each, and its share of the days.

    Args:
        month: The month.
        turns: Days on which something changes; those of other months do not count.
    """
    first, after = first_of(month), first_of(month + 1)
    starts = sorted({first, *(day for day in turns if first < day < after)})
    return [
        (day, (end - day).days / (after - first).days) for day, end in zip(starts, [*starts[1:], after], strict=True)
    ]


def days_within(begins_on: Day, ends_on: Day | None, month: Month) -> float:
    """Returns the share of the days of a month within a span."""
    first, last = first_of(month), first_of(month + 1) - ONE_DAY
    begin, end = max(first, begins_on), last if ends_on is None else min(last, ends_on)
    return max((end - begin).days + 1, 0) / ((last - first).days + 1)


def rows_behind(practice: DeskPractice, cells: Cells, first: Month, known: Day = Day.max) -> tuple[str, ...]:
    """Returns the rows of law, practice and assumptions on which the desk of some cells is based, as table:id.

    Args:
        practice: The rows of practice.
        cells: The cells.
        first: First month of the run.
        known: Information cut-off.
    """
    basis = Basis()
    found: set[str] = set()
    fixed_days(basis)
    for queue in cells.queues:
        for way in (Way.LICENCE, Way.DENIAL):
            grant_odds(practice, way, *queue, middle_of(first), known, basis)
        review(practice, *queue, known, basis)
        tables: tuple[tuple[str, Iterable[Scoped]], ...] = (
            ("desk_figures", practice.rows),
            ("practice_events", practice.events),
            ("general_licences", practice.general),
            ("customs_holds", practice.holds),
        )
        for table, rows in tables:
            found |= {f"{table}:{row.id}" for row in rows if practice.fits(row.scope, *queue)}
    return tuple(sorted(found | basis.sources | basis.assumed))
