"""A month of the desk: files come in, are taken in turn, decided, and licences are used."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from coercivity.base.months import Month
from coercivity.permission.desk.cells import Cells, Floats, Indices
from coercivity.permission.desk.figures import (
    DeskTerms,
    FiguresOf,
    MonthFigures,
    capacity,
    granted_in,
)
from coercivity.permission.desk.licences import Used, closed, used
from coercivity.permission.desk.state import AHEAD, DeskMonth, DeskState

# Fewer files than this are rounding.
TINY_FILES = 1e-12
# A file that is granted or given up with less than this chance each time never is.
ENDLESS = 1e-9


class Decisions(Protocol):
    """What becomes of single files, where it is not averaged."""

    def share(self, cells: Cells, what: str, month: Month, turn: int, files: Floats, chance: Floats) -> Floats:
        """Returns the share of some files of which something comes true, by cell.

        Args:
            cells: The cells.
            what: `returned`, `granted` or `decided_N`, N months after a file was taken up.
            month: The month.
            turn: How often this was asked before in the month.
            files: The files, shape (cells,); the share matters only where there are some.
            chance: Chance of each, shape (cells,).
        """


@dataclass(frozen=True, slots=True, eq=False)
class Desk:
    """The licensing desk of a run.

    Attributes:
        cells: Buckets by country, in queues.
        terms: What does not change during a run.
        figures_of: The figures of a month.
        decisions: What becomes of single files; None if shares of them are returned, granted and refused.
    """

    cells: Cells
    terms: DeskTerms
    figures_of: FiguresOf
    decisions: Decisions | None = None

    def begin(self, state: DeskState, month: Month, asked: Indices, later: Indices | None = None) -> OpenMonth:
        """Returns a month in which the files already filed have come in and been decided as far as they get.

        Args:
            state: The desk before the month.
            month: The month.
            asked: By cell, 0 where no licence is needed, 1 where one is, 2 where denial is presumed.
            later: The same for the first days ahead on which a licence is needed, where none is in the month; None if
                on none. Files that go in before a control are decided as it asks.

        Source: equations 55 to 58 of docs/market.md.
        """
        begins = (asked > 0) | (state.preparing[0] > 0)
        since = np.where(begins & (state.since < 0), month, state.since)
        first = asked if later is None else np.where(asked > 0, asked, later)
        denial = np.where(first > 0, (first == 2).astype(np.int64), state.denial)
        figures = self.figures_of(month)
        room = capacity(self.cells, self.terms, figures, since, month)
        opened = OpenMonth(self, month, figures, replace(state, since=since, denial=denial), asked, room)
        new, again = state.preparing[0].copy(), state.again[0].copy()
        opened.state = replace(opened.state, preparing=_later(state.preparing), again=_later(state.again))
        opened.come_in(new, again)
        opened.decide()
        return opened


class OpenMonth:
    """A month of the desk that is not closed yet.

    Attributes:
        state: The desk as it is; delays count from the end of the month.
        capacity: Files that the authority can take up in the month.
        left: Files that it can still take up.
    """

    def __init__(
        self, desk: Desk, month: Month, figures: MonthFigures, state: DeskState, asked: Indices, capacity: float
    ) -> None:
        self.desk, self.month, self.figures, self.state, self.asked = desk, month, figures, state, asked
        self.capacity = self.left = capacity
        self.granted_share = granted_in(figures, state.denial)
        self._turns: dict[str, int] = {}
        count = desk.cells.count
        names = ("new", "again", "returned", "taken", "granted", "refused", "decided_months", "granted_t", "full")
        self.sums: dict[str, Floats] = {name: np.zeros(count) for name in names}

    def come_in(self, new: Floats, again: Floats) -> None:
        """Takes in files: a share is returned at once, the rest waits behind those that came before.

        Where no time passes, what is returned or refused comes in again in the same month.
        """
        figures, again = self.figures, again.copy()
        if self.desk.terms.instant:
            again += (new + again) * (rounds(figures, self.granted_share) - 1.0)
        files = new + again
        returned = files * self._share("returned", files, figures.returned)
        self._add(new=new, again=again, returned=returned)
        self._again(returned * figures.returned_again, figures.returned_months)
        accepted = files - returned
        if accepted.any():
            self.state = replace(self.state, waiting=(*self.state.waiting, (self.month, accepted)))

    def decide(self) -> None:
        """Takes up files in turn as far as capacity reaches, and decides what is due."""
        state, figures = self.state, self.figures
        waits = state.waits()
        whole = float(waits.sum())
        rate = min(1.0, self.left / whole) if whole > TINY_FILES else 0.0
        full = self.desk.cells.by_queue(waits) * rate
        budget = full * self._going_by_queue()
        waiting, taken, taken_in = _in_turn(self.desk.cells, state.waiting, budget)
        self.left -= float(full.sum())
        review, review_in = state.review.copy(), state.review_in.copy()
        lags = self.desk.terms.review.shape[0]
        times = self._review_times(taken)
        review[:lags] += times * taken
        review_in[:lags] += times * taken_in
        decided, came_in = review[0] * figures.going, review_in[0] * figures.going
        # What a halt withholds is due again next month.
        review[1] += review[0] - decided
        review_in[1] += review_in[0] - came_in
        review[0], review_in[0] = 0.0, 0.0
        granted = decided * self._share("granted", decided, self.granted_share)
        refused = decided - granted
        self._add(taken=taken, granted=granted, refused=refused)
        self._add(decided_months=decided * self.month - came_in, granted_t=granted * self.desk.terms.size_t)
        licences = state.licences_t.copy()
        licences[0] += granted * self.desk.terms.size_t
        self.state = replace(state, waiting=waiting, review=review, review_in=review_in, licences_t=licences)
        self._again(refused * figures.refused_again, figures.refused_months)

    def file(self, applied_t: Floats) -> None:
        """Files applications: they come in once their documents are ready.

        Args:
            applied_t: Quantities applied for by bucket, shape (buckets,) [t].
        """
        terms = self.desk.terms
        files = self.desk.cells.to_cells(applied_t) / terms.size_t
        if terms.instant:
            self.come_in(files, np.zeros_like(files))
            self.decide()
            return
        at = np.clip(terms.prepare_months - 1, 0, AHEAD - 1)
        preparing = self.state.preparing.copy()
        preparing[at, np.arange(files.size)] += files
        self.state = replace(self.state, preparing=preparing)

    def close(self, shipped_t: Floats, lead_months: Floats) -> tuple[DeskState, DeskMonth]:
        """Returns the desk after the month, and its record.

        Args:
            shipped_t: Shipments that needed a licence by bucket, shape (buckets,) [t].
            lead_months: Months until a file decided upon in this month is taken up, by cell, for the record.
        """
        cells, figures, terms, sums = self.desk.cells, self.figures, self.desk.terms, self.sums
        use: Used = used(cells, self.state.licences_t, figures, shipped_t)
        licences, expired = closed(use.licences_t, terms.life)
        pending = self.state.pending()
        moved = sums["granted"] + sums["refused"]
        had = np.maximum(pending + moved, TINY_FILES)
        halted = np.maximum((1.0 - figures.going) * pending, self.state.halted * (1.0 - moved / had))
        barred = self.state.refused * (1.0 - 1.0 / terms.life) + sums["refused"] * (1.0 - figures.refused_again)
        after = replace(
            self.state,
            review=_later(self.state.review),
            review_in=_later(self.state.review_in),
            licences_t=licences,
            halted=halted,
            refused=barred,
        )
        record = DeskMonth(
            new=sums["new"],
            again=sums["again"],
            returned=sums["returned"],
            taken=sums["taken"],
            granted=sums["granted"],
            refused=sums["refused"],
            pending=pending,
            waiting=self.state.waits(),
            halted=halted,
            barred=barred,
            decided_months=sums["decided_months"],
            lead_months=lead_months,
            granted_t=sums["granted_t"],
            general_t=use.general_t,
            used_t=use.used_t,
            idle_t=use.idle_t,
            expired_t=expired,
            licences_t=licences.sum(axis=0),
        )
        return after, record

    def _share(self, what: str, files: Floats, chance: Floats) -> Floats:
        """Returns the share of some files of which something comes true: the chance of it, or what is decided."""
        decisions = self.desk.decisions
        if decisions is None or self.desk.terms.instant:
            return chance
        turn = self._turns[what] = self._turns.get(what, -1) + 1
        return decisions.share(self.desk.cells, what, self.month, turn, files, chance)

    def _review_times(self, taken: Floats) -> Floats:
        """Returns the share of files taken up now that is decided 0, 1, ... months from now, shape (lags, cells)."""
        usual = self.desk.terms.review
        if self.desk.decisions is None or self.desk.terms.instant:
            return usual
        times, later = np.zeros_like(usual), np.ones(taken.size)
        for lag, share in enumerate(usual):
            after = usual[lag:].sum(axis=0)
            chance = np.clip(np.divide(share, after, out=np.ones_like(share), where=after > 0), 0.0, 1.0)
            last = lag == len(usual) - 1
            now = later if last else later * self._share(f"decided_{lag}", taken * later, chance)
            times[lag], later = now, later - now
        return times

    def _add(self, **more: Floats) -> None:
        for name, files in more.items():
            self.sums[name] = self.sums[name] + files

    def _again(self, files: Floats, months: Indices) -> None:
        """Lets files come in again after some months; where no time passes they came in again already."""
        if self.desk.terms.instant or not files.any():
            return
        at = np.clip(months - 1, 0, AHEAD - 1)
        again = self.state.again.copy()
        again[at, np.arange(files.size)] += files
        self.state = replace(self.state, again=again)

    def _going_by_queue(self) -> Floats:
        """Returns the share of decisions taken by queue; it is the same for all cells of a queue."""
        found = np.ones(len(self.desk.cells.queues))
        found[self.desk.cells.queue_at] = self.figures.going
        return found


def _later(files: Floats) -> Floats:
    """Returns files a month later: what was due in one month is due now."""
    moved = np.zeros_like(files)
    moved[:-1] = files[1:]
    return moved


def rounds(figures: MonthFigures, granted: Floats) -> Floats:
    """Returns how often a file comes in until it is granted or given up, on average.

    One that is never granted nor given up comes in once in each month for which it would be followed.
    """
    rest = 1.0 - figures.returned
    once_more = figures.returned * figures.returned_again + rest * (1.0 - granted) * figures.refused_again
    ends = 1.0 - once_more
    return np.divide(1.0, ends, out=np.full_like(ends, AHEAD), where=ends > ENDLESS)


def _in_turn(
    cells: Cells, waiting: tuple[tuple[Month, Floats], ...], budget: Floats
) -> tuple[tuple[tuple[Month, Floats], ...], Floats, Floats]:
    """Takes files from each queue, oldest first, as far as its budget reaches.

    Returns:
        The files left waiting, those taken by cell, and these times the month in which they came in.
    """
    taken, taken_in = np.zeros(cells.count), np.zeros(cells.count)
    left: list[tuple[Month, Floats]] = []
    for came_in, files in waiting:
        whole = cells.by_queue(files)
        share = np.minimum(np.divide(budget, whole, out=np.zeros_like(whole), where=whole > TINY_FILES), 1.0)
        now = files * share[cells.queue_at]
        budget = np.maximum(budget - whole * share, 0.0)
        taken += now
        taken_in += now * came_in
        rest = np.where(share[cells.queue_at] < 1.0, files - now, 0.0)
        if float(rest.max(initial=0.0)) > TINY_FILES:
            left.append((came_in, rest))
    return tuple(left), taken, taken_in
