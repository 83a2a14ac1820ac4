"""Days from filing to grant as the licensing desk works in practice, by draw; one authority decides all files.

A draw takes its rows of practice from the same point as the outlook, and what happens to a file from numbers of its
own: how long it is reviewed, whether it is returned or questioned. All files of a draw share these numbers, so that
two files of one day are decided alike. The limits of the law enter apart: no review is longer than its limit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from coercivity.base.days import Day
from coercivity.base.months import Month
from coercivity.ensemble.design import Design
from coercivity.ensemble.distributions import granted_share
from coercivity.firm.clock_draw import ClockRun, ReviewTerm, draw
from coercivity.firm.desk_draw import DeskDraw, Spell, months_of
from coercivity.firm.desk_time import DeskTime, desk_of_queue
from coercivity.firm.leads import lead_times
from coercivity.firm.line_stop.drawn.rows import Floats, PracticeRows, practice_rows
from coercivity.firm.workline import WorkLine
from coercivity.law.consequences.licensing import load_licensing
from coercivity.law.rules.calendars.calendar import calendar_of
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.rulebook import Rulebook
from coercivity.permission.basis import Basis, heard
from coercivity.permission.desk.cells import Queue
from coercivity.permission.gate import Way
from coercivity.permission.grants import grant_odds
from coercivity.permission.review_time import CALENDAR_DAYS
from coercivity.practice.desk import DeskRow, Parameter
from coercivity.practice.desk_tables import load_desk

if TYPE_CHECKING:
    from coercivity.firm.draws import Days

# The fit of the time at the authority is repeated as often as that of one desk.
_FITS = 60
_TRACK, _TINY = "single", 1e-14


@dataclass(slots=True)
class DrawnDesk(DeskDraw):
    """The licensing desk with the rows of practice of every draw in place of their usual ones.

    Attributes:
        drawn: Rows of practice by draw.
    """

    drawn: PracticeRows = field(kw_only=True)

    def capacity(self, row: DeskRow) -> Floats:
        """Returns the capacity of the desk in each draw."""
        return self.drawn.value(row)

    def figure(self, parameter: Parameter, days: Days) -> tuple[Floats, Floats, Floats]:
        """Returns a figure on each day, three times: a draw has no range."""
        months, where = np.unique(months_of(days), return_inverse=True)
        rows = [self.drawn.value(self.use(self.desk.row(parameter, Month(month)))) for month in months.tolist()]
        found: Floats = np.array(rows)[where, np.arange(self.draws)]
        return found, found, found

    def reviewed(self, *key: str) -> Floats:
        """Returns the time at the authority after a file is taken up, without the limit of the law [calendar days]."""
        from scipy.special import gammaincinv

        if "wait" in self.desk.practice.off:
            return np.zeros(self.draws)
        mean, variance = review_times(self.desk, self.drawn)
        found: Floats = gammaincinv(mean**2 / variance, self.number(*key, "processing")) * variance / mean
        return found

    @property
    def spells(self) -> list[Spell]:
        """Halts and slow-downs with the share and the end of each draw."""
        return [
            Spell(event.id, float(event.begins_on.toordinal()), self.drawn.ends[event.id], self.drawn.shares[event.id])
            for event in self.desk.events
        ]


def review_times(desk: DeskTime, drawn: PracticeRows) -> tuple[Floats, Floats]:
    """Returns mean and variance of the time at the authority in each draw [calendar days, days squared].

    The same fit as that of one desk, for all draws at once.

    Args:
        desk: The desk.
        drawn: Rows of practice by draw.

    Source: equation 16 of docs/market.md.
    """
    from scipy.special import gammaincc

    seen, at_least = _reported(desk)
    prior_mean, prior_variance = _prior(desk, drawn)
    weight = _known_figure(desk, drawn, "review_prior_files")
    count = weight + len(seen) + len(at_least)
    first = weight * prior_mean + float(np.sum(seen))
    second = weight * (prior_variance + prior_mean**2) + float(np.sum(np.square(seen)))
    mean, variance = prior_mean, prior_variance
    for _ in range(_FITS):
        longer, squares = np.zeros_like(mean), np.zeros_like(mean)
        for days in at_least:
            shape, scale = mean**2 / variance, variance / mean
            left = gammaincc(shape, days / scale)
            sure = np.maximum(left, _TINY)
            longer += np.where(left < _TINY, days, mean * gammaincc(shape + 1, days / scale) / sure)
            square = shape * (shape + 1) * scale**2 * gammaincc(shape + 2, days / scale) / sure
            squares += np.where(left < _TINY, days**2, square)
        mean = (first + longer) / count
        variance = (second + squares) / count - mean**2
    return mean, variance


def _reported(desk: DeskTime) -> tuple[list[float], list[float]]:
    """Returns the reported times at the authority, and those of which a lower bound is reported [calendar days]."""
    seen, at_least = list[float](), list[float]()
    for report in heard(desk.practice, desk.queue.country, desk.known):
        if report.group in ("processing", "expected"):
            longer = report.qualifier in ("or_more", "at_least") or report.group == "expected"
            (at_least if longer else seen).append(float(report.figure) * CALENDAR_DAYS[report.unit])
    return seen, at_least


def _prior(desk: DeskTime, drawn: PracticeRows) -> tuple[Floats, Floats]:
    """Returns mean and variance before any report: a part of the time limit, and questions."""
    limit = load_licensing(load_rulebook()).clock("licence_decision").working_days
    assert limit is not None  # the licensing table has one for a decision
    questions = _known_figure(desk, drawn, "questioned_share") * Basis().assume("lead_time_questions")
    counted = _known_figure(desk, drawn, "review_limit_share") * limit
    mean: Floats = CALENDAR_DAYS["working_days"] * (counted + questions)
    return mean, (_known_figure(desk, drawn, "review_spread") * mean) ** 2


def _known_figure(desk: DeskTime, drawn: PracticeRows, parameter: Parameter) -> Floats:
    """Returns a figure as of the information cut-off by draw."""
    row = desk.practice.row(parameter, *desk.queue, desk.known, desk.known)
    assert row is not None  # the packed table has one for every queue
    return drawn.value(row)


@dataclass(frozen=True, eq=False)
class DeskDays:
    """The licensing desk of one queue in every draw, asked for days of filing.

    Attributes:
        book: The rulebook.
        queue: The queue.
        on: Day of the question; the desk is followed from it.
        known: Information cut-off.
        design: The design of the draws.
    """

    book: Rulebook
    queue: Queue
    on: Day
    known: Day
    design: Design

    @cached_property
    def desk(self) -> DeskTime:
        """The desk without draws: its backlog by capacity, and the rows that hold."""
        return desk_of_queue(self.book, self.queue, self.on, self.known)

    @cached_property
    def rows(self) -> PracticeRows:
        """Rows of practice by draw, the same for every queue."""
        return _shared_rows(self.design, self.known, self.on)

    @cached_property
    def _drawn(self) -> DrawnDesk:
        return DrawnDesk(self.desk, None, self._key, draws=self.design.points, drawn=self.rows)

    @property
    def _key(self) -> tuple[str, ...]:
        return "line stops", str(self.design.scramble)

    def granted(self, filed: Day) -> Days:
        """Returns the ordinal days of grant of a file that is not refused, shape (draws,).

        Args:
            filed: Day of filing.

        Source: equation 54 of docs/market.md; Decree 792, Article 17.
        """
        limit = load_licensing(self.book).clock("licence_decision").working_days
        assert limit is not None  # the licensing table has one for a decision
        run = ClockRun(filed, filed, None, self._key, self.design.points)
        line = WorkLine(calendar_of(self.book), filed)
        return draw(run, [ReviewTerm(_TRACK, limit, (), at_desk=True)], lead_times(), line, self._drawn).granted

    @cached_property
    def refused(self) -> np.ndarray:
        """Whether a file is refused, by draw: as often as the share of applications granted of the draw leaves."""
        if "refusals" in self.desk.practice.off:
            return np.zeros(self.design.points, dtype=bool)
        found = np.array(
            [
                granted_share(*grant_odds(practice, Way.LICENCE, *self.queue, self.on, self.known), coordinate)
                for practice, coordinate in zip(self.rows.practices, self.rows.granted.tolist(), strict=True)
            ]
        )
        refused: np.ndarray = self._drawn.number(*self._key, "refused") >= found
        return refused

    def not_renewed(self, ends: Day) -> np.ndarray:
        """Returns whether a general licence is not renewed, by draw: the number is that of refusals.

        Args:
            ends: Its last day.
        """
        general = self.desk.general(ends)
        if not general:
            return self.refused
        refused: np.ndarray = self._drawn.number(*self._key, "refused") >= general[0].renewed_share
        return refused

    @property
    def used(self) -> tuple[str, ...]:
        """Rows of the licensing desk that were used so far, by id."""
        return tuple(sorted(self._drawn.rows))


@lru_cache(maxsize=8)
def _shared_rows(design: Design, known: Day, on: Day) -> PracticeRows:
    return practice_rows(design, load_desk().known_by(known), on)


def drawn_single_days(desk: DeskDays, filed: Day) -> np.ndarray:
    """Returns days from filing to grant by draw [calendar days]; a refused file has -1.

    Args:
        desk: The desk.
        filed: Day of filing.
    """
    days: np.ndarray = np.where(desk.refused, -1, desk.granted(filed) - filed.toordinal())
    return days
