"""What users see of the desk when they plan: licences, expected grants, and the lead time of a new file.

Capacity and lead times are those of this month's backlog; nothing here depends on what is filed in the month.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coercivity.permission.desk.cells import Cells, Floats, Indices
from coercivity.permission.desk.figures import DeskTerms, MonthFigures, eventual, granted_in
from coercivity.permission.desk.licences import general_of
from coercivity.permission.desk.month import OpenMonth, rounds

# Lags of the expected time from taking up to grant that a plan follows [months].
LEADS = 12


@dataclass(frozen=True, slots=True, eq=False)
class DeskAhead:
    """The desk as users see it in a month, by bucket.

    Attributes:
        usable_t: Single licences that can be used now, shape (buckets,) [t].
        grants_t: Licences expected 0, 1, ... months from now: from what is pending, and held ones that exporters do
            not use now; the first is zero, shape (buckets, months) [t].
        general_t: What may leave under general licences 0, 1, ... months from now, shape (buckets, months) [t].
        lead_months: Months until a file decided upon now is taken up, shape (buckets,).
        granted: Share of the quantity applied for that is granted in the end, shape (buckets,).
        applied_most_t: Applications of a month, at most, shape (buckets,) [t].
        applied_now_t: The same of those that are taken up in the month itself, shape (buckets,) [t].
        lead_by_cell: As `lead_months`, shape (cells,).
    """

    usable_t: Floats
    grants_t: Floats
    general_t: Floats
    lead_months: Floats
    granted: Floats
    applied_most_t: Floats
    applied_now_t: Floats
    lead_by_cell: Floats

    @property
    def granted_most_t(self) -> Floats:
        """Granted part of the applications of a month, at most, shape (buckets,) [t]."""
        return self._granted(self.applied_most_t)

    @property
    def granted_now_t(self) -> Floats:
        """Granted part of the applications that are taken up in the month itself, at most, shape (buckets,) [t]."""
        return self._granted(self.applied_now_t)

    def _granted(self, applied_t: Floats) -> Floats:
        none = np.zeros_like(self.granted)
        return np.multiply(applied_t, self.granted, out=none, where=self.granted > 0)

    def of(self, count: int) -> DeskAhead:
        """Returns the same of the first buckets only."""
        return DeskAhead(
            usable_t=self.usable_t[:count],
            grants_t=self.grants_t[:count],
            general_t=self.general_t[:count],
            lead_months=self.lead_months[:count],
            granted=self.granted[:count],
            applied_most_t=self.applied_most_t[:count],
            applied_now_t=self.applied_now_t[:count],
            lead_by_cell=self.lead_by_cell,
        )


def ahead(opened: OpenMonth, months: int, more_t: Floats | None = None) -> DeskAhead:
    """Returns the desk as users see it in a month, after the decisions of the month.

    Args:
        opened: The month.
        months: Length of the plan [months].
        more_t: What is needed in a month beyond usual shipments, shape (buckets,) [t]; None if nothing is.

    Source: equation 60 of docs/market.md.
    """
    cells, terms, figures, state = opened.desk.cells, opened.desk.terms, opened.figures, opened.state
    granted = granted_in(figures, state.denial)
    orders = cells.orders_t if more_t is None else cells.orders_t + cells.to_cells(more_t)
    coming, taken = eventual(figures, granted)
    rate = files_a_month(opened)
    going = _going(figures, months)
    backlog, arrived = _backlog(opened, months)
    lead = _lead(opened, backlog, rate)
    served = _served(arrived, rate, going)
    grants = _granted_ahead(served, opened, figures, granted, taken, months)
    tonnes = grants * terms.size_t[:, None]
    held = state.licences_t.sum(axis=0)
    idle = held * (1.0 - figures.usable)
    back = np.clip(np.ceil(figures.halt_months).astype(np.int64), 1, months - 1) if months > 1 else None
    if back is not None:
        np.add.at(tonnes, (np.arange(cells.count), back), idle)
    return DeskAhead(
        usable_t=cells.by_bucket(held - idle),
        grants_t=cells.rows_by_bucket(tonnes),
        general_t=cells.rows_by_bucket(_general(cells, figures, months)),
        lead_months=_mean(cells, lead),
        granted=_mean(cells, coming),
        applied_most_t=cells.by_bucket(_applied_most(opened, orders)),
        applied_now_t=cells.by_bucket(_applied_now(opened, rate, orders)),
        lead_by_cell=lead,
    )


def leads(cells: Cells, terms: DeskTerms, figures: MonthFigures) -> Floats:
    """Returns the share of what is granted in the end, by months after a file is taken up, shape (buckets, LEADS).

    What is returned or refused first comes later by its delay and another review; the last lag includes all later ones.

    Args:
        cells: The cells.
        terms: Terms of the run.
        figures: The month whose shares count.
    """
    granted = figures.granted
    coming, taken = eventual(figures, granted)
    first = _until_granted(terms, figures, granted, taken, LEADS)
    rest = 1.0 - figures.returned
    share = rest * taken / np.maximum(coming, 1e-12)
    whole = share[:, None] * first + _moved((1.0 - share)[:, None] * first, _delay(terms, figures.returned_months))
    by_bucket = cells.rows_by_bucket(whole * cells.share[:, None])
    sums = by_bucket.sum(axis=1, keepdims=True)
    shares: Floats = by_bucket / np.where(sums > 0, sums, 1.0)
    return shares


def _until_granted(terms: DeskTerms, figures: MonthFigures, granted: Floats, taken: Floats, months: int) -> Floats:
    """Returns the share granted by months after taking up, of what is granted in the end, shape (cells, months)."""
    lags = terms.review.shape[0]
    review = np.zeros((granted.size, months))
    review[:, : min(lags, months)] = terms.review.T[:, :months]
    review[:, -1] += terms.review.T[:, months:].sum(axis=1)
    once = np.divide(granted, taken, out=np.zeros_like(granted), where=taken > 0)
    later = _moved((1.0 - once)[:, None] * review, _second_round(terms, figures))
    found: Floats = once[:, None] * review + later
    return found


def _second_round(terms: DeskTerms, figures: MonthFigures) -> Indices:
    """Returns the months from a refusal to the decision of the file that comes in again, mean and rounded."""
    mean = (terms.review * np.arange(terms.review.shape[0])[:, None]).sum(axis=0)
    months: Indices = _delay(terms, figures.refused_months) + np.rint(mean).astype(np.int64)
    return months


def _delay(terms: DeskTerms, months: Indices) -> Indices:
    return np.zeros_like(months) if terms.instant else months


def _moved(shares: Floats, months: Indices) -> Floats:
    """Returns rows moved to the right by a number of months each; the last column gathers what would fall out."""
    count, width = shares.shape
    to = np.minimum(np.arange(width)[None, :] + months[:, None], width - 1)
    places = (np.arange(count)[:, None] * width + to).ravel()
    found = np.bincount(places, shares.ravel(), minlength=count * width).astype(np.float64, copy=False)
    return found.reshape(count, width)


def files_a_month(opened: OpenMonth) -> Floats:
    """Returns the files of each cell that are taken up in a month at this month's backlog [files].

    The capacity is divided by the files pending and those of a usual month, so that a queue without files has a share.
    """
    cells, terms, state = opened.desk.cells, opened.desk.terms, opened.state
    if opened.figures.no_queue:
        return np.full(cells.count, np.inf)
    usual = np.where(state.since >= 0, cells.orders_t / terms.size_t, 0.0)
    weight = state.waits() + state.preparing.sum(axis=0) + state.again.sum(axis=0) + usual
    whole = float(weight.sum())
    return opened.capacity * weight / whole if whole > 0 else np.zeros(cells.count)


def _applied_most(opened: OpenMonth, orders: Floats) -> Floats:
    """Returns the largest applications of a month by cell [t]; no limit where no time passes and no file waits."""
    if opened.desk.terms.instant and opened.figures.no_queue:
        return np.where(orders > 0, np.inf, 0.0)
    most: Floats = opened.figures.filed_most * orders
    return most


def _applied_now(opened: OpenMonth, rate: Floats, orders: Floats) -> Floats:
    """Returns the largest applications by cell that can be taken up in the month itself [t].

    Where no time passes these are the files that the authority can still take up in it.
    """
    figures, terms = opened.figures, opened.desk.terms
    if not terms.instant or figures.no_queue:
        return _applied_most(opened, orders)
    share = np.divide(rate, opened.capacity, out=np.zeros_like(rate), where=opened.capacity > 0)
    taken = max(opened.left, 0.0) * share * figures.going
    # Each application is taken up so many times until it is granted or given up.
    often = (1.0 - figures.returned) * rounds(figures, opened.granted_share)
    files = np.divide(taken, often, out=np.zeros_like(taken), where=often > 0)
    return np.minimum(_applied_most(opened, orders), files * terms.size_t)


def _going(figures: MonthFigures, months: int) -> Floats:
    """Returns the share of decisions expected by month: halts last some more months, shape (cells, months)."""
    ahead_of = np.arange(months)[None, :] < figures.halt_months[:, None]
    return np.where(ahead_of, figures.going[:, None], 1.0)


def _backlog(opened: OpenMonth, months: int) -> tuple[Floats, Floats]:
    """Returns the accepted files before a new one, and those in by each month, shapes (cells,), (cells, months)."""
    state, figures = opened.state, opened.figures
    kept = 1.0 - figures.returned
    width = min(months, state.preparing.shape[0])
    more = np.zeros((opened.desk.cells.count, months))
    # Delays count from the end of the month: what is due first comes in one month from now.
    due = ((state.preparing + state.again) * kept).T
    more[:, 1:width] = due[:, : width - 1]
    arrived = state.waits()[:, None] + np.cumsum(more, axis=1)
    backlog: Floats = state.waits() + state.preparing.sum(axis=0) * kept
    return backlog, arrived


def _lead(opened: OpenMonth, backlog: Floats, rate: Floats) -> Floats:
    """Returns the months until a new file is taken up: its documents, and the files before it at the present rate.

    A queue that is halted altogether is expected to move again after the usual length of a halt. Where no time passes
    all is granted and used in its month, or in a halt, slow-down or disuse none for certain.
    """
    figures, terms = opened.figures, opened.desk.terms
    prepare = np.zeros_like(backlog) if terms.instant else terms.prepare_months.astype(np.float64)
    halt = np.maximum(np.ceil(figures.halt_months), 1.0)
    slowed = np.where((figures.going < 1) | (figures.usable < 1), 1.0 if terms.instant else 0.0, 0.0)
    stopped = np.where(figures.going > 0, slowed, halt)
    if figures.no_queue:
        return np.maximum(prepare, stopped)
    # What can be decided in this month is decided: the backlog is taken up from the next one on.
    slow, slow_months = rate * figures.going, halt - 1.0
    while_slow = slow * slow_months
    none = np.full_like(backlog, np.inf)
    quick = 1.0 + np.divide(backlog, slow, out=none.copy(), where=slow > 0)
    after = 1.0 + slow_months + np.divide(backlog - while_slow, rate, out=none.copy(), where=rate > 0)
    wait = np.where(backlog <= while_slow, quick, after)
    lead: Floats = np.maximum(prepare, np.where(backlog > 0, wait, stopped))
    return lead


def _served(arrived: Floats, rate: Floats, going: Floats) -> Floats:
    """Returns the files taken up in each month ahead, shape (cells, months); none in the first, which is decided."""
    reach = np.where(np.isfinite(rate), rate, 0.0)[:, None] * going
    reach[:, 0] = 0.0
    most = np.cumsum(reach, axis=1)
    whole = np.minimum(arrived, np.where(np.isfinite(rate)[:, None], most, arrived))
    whole[:, 0] = 0.0
    whole = np.maximum.accumulate(whole, axis=1)
    served: Floats = np.diff(whole, axis=1, prepend=0.0)
    return served


def _granted_ahead(
    served: Floats, opened: OpenMonth, figures: MonthFigures, granted: Floats, taken: Floats, months: int
) -> Floats:
    """Returns the files expected to be granted by month ahead, shape (cells, months)."""
    terms, state = opened.desk.terms, opened.state
    lags = min(LEADS, months)
    share = _until_granted(terms, figures, granted, taken, lags) * taken[:, None]
    found = np.zeros_like(served)
    for lag in range(lags):
        found[:, lag:] += share[:, lag : lag + 1] * served[:, : months - lag]
    # In review already: the first decision when it is due, the rest after another round.
    due = np.zeros_like(served)
    width = min(state.review.shape[0] - 1, months - 1)
    if width > 0:
        due[:, 1 : 1 + width] = state.review[1 : 1 + width].T
    due = _withheld(due, figures)
    once = due * granted[:, None]
    again = due * np.maximum(taken - granted, 0.0)[:, None]
    return found + once + _moved(again, _second_round(terms, figures))


def _withheld(due: Floats, figures: MonthFigures) -> Floats:
    """Returns decisions due by month, those withheld by a halt once it is expected to end."""
    months = due.shape[1]
    during = (np.arange(months)[None, :] < figures.halt_months[:, None]) & (figures.going < 1.0)[:, None]
    held = np.where(during, due * (1.0 - figures.going)[:, None], 0.0)
    found = due - held
    end = np.clip(np.ceil(figures.halt_months).astype(np.int64), 0, months - 1)
    np.add.at(found, (np.arange(due.shape[0]), end), held.sum(axis=1))
    return found


def _general(cells: Cells, figures: MonthFigures, months: int) -> Floats:
    """Returns what may leave under general licences by month ahead, shape (cells, months) [t]."""
    now = general_of(cells, figures)
    normal = figures.general * cells.orders_t
    soon = np.arange(months)[None, :] < np.maximum(figures.halt_months, 1.0)[:, None]
    return np.where(soon, now[:, None], normal[:, None])


def _mean(cells: Cells, values: Floats) -> Floats:
    """Returns means by bucket, weighted by usual shipments."""
    return cells.by_bucket(values * cells.share)
