"""The state of the desk between two months, and the record of one month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coercivity.base.months import Month
from coercivity.permission.desk.cells import Floats, Indices
from coercivity.permission.desk.figures import DeskTerms

# Longest delay until a file comes in again that is followed [months].
AHEAD = 24


@dataclass(frozen=True, slots=True, eq=False)
class DeskState:
    """The desk before a month.

    Attributes:
        waiting: Accepted files not yet taken up, by the month in which they came in, oldest first [files].
        review: Files to be decided 0, 1, ... months from now, shape (lags, cells) [files].
        review_in: The same, each times the month in which it came in.
        preparing: New files that come in 0, 1, ... months from now, shape (months, cells) [files].
        again: Files that come in again 0, 1, ... months from now, shape (months, cells) [files].
        licences_t: Unused licences by age in months, shape (ages, cells) [t].
        halted: Pending files that are late because of a halt or slow-down, shape (cells,) [files].
        refused: Files refused within the life of a licence and not filed again, shape (cells,) [files].
        since: Month in which the control of each cell began; -1 before it.
        denial: One where denial is presumed, else zero.
    """

    waiting: tuple[tuple[Month, Floats], ...]
    review: Floats
    review_in: Floats
    preparing: Floats
    again: Floats
    licences_t: Floats
    halted: Floats
    refused: Floats
    since: Indices
    denial: Indices

    def pending(self) -> Floats:
        """Returns the files that came in and are not decided, by cell [files]."""
        whole: Floats = self.waits() + self.review.sum(axis=0)
        return whole

    def waits(self) -> Floats:
        """Returns the files that wait to be taken up, by cell [files]."""
        whole = np.zeros(self.review.shape[1])
        for _, files in self.waiting:
            whole = whole + files
        return whole


def empty_desk(terms: DeskTerms) -> DeskState:
    """Returns a desk without files and licences.

    Args:
        terms: Terms of the run.
    """
    lags, count = terms.review.shape
    ages = int(terms.life.max()) if count else 1
    return DeskState(
        waiting=(),
        review=np.zeros((lags + 1, count)),
        review_in=np.zeros((lags + 1, count)),
        preparing=np.zeros((AHEAD, count)),
        again=np.zeros((AHEAD, count)),
        licences_t=np.zeros((ages, count)),
        halted=np.zeros(count),
        refused=np.zeros(count),
        since=np.full(count, -1, dtype=np.int64),
        denial=np.zeros(count, dtype=np.int64),
    )


@dataclass(frozen=True, slots=True, eq=False)
class DeskMonth:
    """One month of the desk, by cell; each of shape (cells,).

    New and refiled files are returned, granted, refused, or pending at the end of the month.

    Attributes:
        new: Files that came in for the first time [files].
        again: Files that came in again [files].
        returned: Files returned on acceptance [files].
        taken: Files taken up [files].
        granted: Files granted [files].
        refused: Files refused [files].
        pending: Files pending at the end [files].
        waiting: Pending files not yet taken up [files].
        halted: Pending files late because of a halt or slow-down [files].
        barred: Files refused within the life of a licence and not filed again [files].
        decided_months: Months from coming in to decision, summed over the files decided.
        lead_months: Months until a file that is decided upon now is taken up.
        granted_t: Licences granted [t].
        general_t: Shipped under general licences [t].
        used_t: Shipped under single licences [t].
        idle_t: Licences that exporters do not use [t].
        expired_t: Licences that expired unused [t].
        licences_t: Unused licences at the end [t].
    """

    new: Floats
    again: Floats
    returned: Floats
    taken: Floats
    granted: Floats
    refused: Floats
    pending: Floats
    waiting: Floats
    halted: Floats
    barred: Floats
    decided_months: Floats
    lead_months: Floats
    granted_t: Floats
    general_t: Floats
    used_t: Floats
    idle_t: Floats
    expired_t: Floats
    licences_t: Floats
