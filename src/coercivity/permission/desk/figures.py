"""The figures of the desk in a month, by cell: shares, times and capacity, from the rows of practice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from coercivity.base.months import Month
from coercivity.permission.desk.cells import Cells, Floats, Indices


@dataclass(frozen=True, slots=True, eq=False)
class DeskTerms:
    """What does not change during a run, by cell.

    Attributes:
        size_t: Quantity of one file, shape (cells,) [t].
        life: Months for which a licence can be used, shape (cells,).
        review: Share of files decided 0, 1, ... months after they were taken up, shape (lags, cells).
        prepare_months: Months from the decision to file until the file comes in, shape (cells,).
        instant: No time passes: files are prepared, decided and filed again in the same month.
    """

    size_t: Floats
    life: Indices
    review: Floats
    prepare_months: Indices
    instant: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class MonthFigures:
    """What holds in one month, by cell; each of shape (cells,).

    Attributes:
        returned: Share of incoming files that is returned.
        returned_again: Share of those that is filed again.
        returned_months: Months until then.
        refused_again: Share of refused files that is filed again.
        refused_months: Months until then.
        granted: Share of decided files granted under an ordinary requirement.
        granted_denial: The same under a presumption of denial.
        going: Share of the usual decisions that is taken: less in a halt or slow-down.
        usable: Share of licences that exporters use.
        general: Share of usual shipments under general licences.
        begin: Decisions of a month over usual files in the first month of a control.
        learned: The same once the desk has learned.
        learning_months: Months in which the distance to the latter shrinks to 1/e.
        filed_most: Files of a month over usual files, at most.
        halt_months: Months for which users expect a halt, slow-down or disuse still to last.
        no_queue: Capacity is unlimited.
    """

    returned: Floats
    returned_again: Floats
    returned_months: Indices
    refused_again: Floats
    refused_months: Indices
    granted: Floats
    granted_denial: Floats
    going: Floats
    usable: Floats
    general: Floats
    begin: Floats
    learned: Floats
    learning_months: Floats
    filed_most: Floats
    halt_months: Floats
    no_queue: bool = False


FiguresOf = Callable[[Month], MonthFigures]


def granted_in(figures: MonthFigures, denial: Indices) -> Floats:
    """Returns the share of decided files that is granted, by cell.

    Args:
        figures: The month.
        denial: One where denial is presumed, else zero, shape (cells,).
    """
    return np.where(denial == 1, figures.granted_denial, figures.granted)


def eventual(figures: MonthFigures, granted: Floats) -> tuple[Floats, Floats]:
    """Returns the share finally granted of files that come in, and of files that are taken up, by cell.

    Returned and refused files come in again with their chances, as often as it takes.

    Source: equation 56 of docs/market.md.
    """
    rest = 1.0 - figures.returned
    once_more = figures.returned * figures.returned_again
    refused = (1.0 - granted) * figures.refused_again
    coming = rest * granted / np.maximum(1.0 - once_more - rest * refused, 1e-12)
    taken = granted + refused * coming
    return coming, taken


def capacity(cells: Cells, terms: DeskTerms, figures: MonthFigures, since: Indices, month: Month) -> float:
    """Returns how many files the authority can take up in a month [files].

    Args:
        cells: The cells.
        terms: Terms of the run.
        figures: The month.
        since: Month in which the control of each cell began; -1 before it.
        month: The month.

    Source: equation 57 of docs/market.md.
    """
    if figures.no_queue:
        return float("inf")
    age = np.maximum(month - since, 0)
    left = np.exp(-age / figures.learning_months)
    ratio = figures.learned - (figures.learned - figures.begin) * left
    return float(np.where(since >= 0, ratio * cells.orders_t / terms.size_t, 0.0).sum())
