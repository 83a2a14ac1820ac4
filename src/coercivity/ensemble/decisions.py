"""Decisions of the licensing authority on single files: drawn, not averaged."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coercivity.base.months import Month, parse_month
from coercivity.ensemble.design import uniform
from coercivity.permission.desk.cells import Cells, Floats

# Random numbers by month begin here, so that they do not depend on the first month of a run.
_EPOCH = parse_month("2024-01")
_MONTHS = 240  # drawn together; a later month takes as many again, of which the first are the same
_LEAST_FILES = 1e-9


class DrawnDecisions:
    """Decisions of a draw: how many of some files are returned, granted, or decided in a month.

    Of n files, rounded to the nearest whole number and at least one, a binomial number is returned or granted; the
    share of it counts. Its mean is the chance. The random numbers depend on draw, cell, question and month alone, and a
    greater chance never gives less, so that two scenarios differ by what they change.
    """

    def __init__(self, scramble: int, point: int) -> None:
        """Begins without a decision.

        Args:
            scramble: Number of the scramble.
            point: Number of the point.
        """
        self._key = ("decisions", str(scramble), str(point))
        self._numbers: dict[str, tuple[Cells, NDArray[np.float64]]] = {}

    def share(self, cells: Cells, what: str, month: Month, turn: int, files: Floats, chance: Floats) -> Floats:
        """Returns the share of some files of which something comes true, by cell; see `Decisions`.

        Source: equation 89 of docs/market.md.
        """
        from scipy.special import bdtr, bdtrik

        at = np.flatnonzero(files > _LEAST_FILES)
        found = chance.astype(np.float64, copy=True)
        at = at[(chance[at] > 0.0) & (chance[at] < 1.0)]
        if not at.size:
            return found
        number = self._uniform(cells, f"{what}:{turn}", month - _EPOCH)[at, month - _EPOCH]
        count = np.maximum(np.rint(files[at]), 1.0).astype(np.int64)
        most = np.ceil(bdtrik(number, count, chance[at]))
        most = np.where(np.isnan(most), 0.0, most)  # a chance below what the inverse can tell from zero
        less = np.maximum(most - 1.0, 0.0)
        drawn = np.where(bdtr(less, count, chance[at]) >= number, less, most)
        found[at] = np.clip(drawn / count, 0.0, 1.0)
        return found

    def _uniform(self, cells: Cells, question: str, place: int) -> NDArray[np.float64]:
        """Returns the random numbers of a question as far as a month and beyond, shape (cells, months)."""
        held = self._numbers.get(question)
        if held is None or held[0] is not cells or held[1].shape[1] <= place:
            months = (place // _MONTHS + 1) * _MONTHS
            rows = [uniform(months, *self._key, question, *cell.bucket, cell.queue.country) for cell in cells.cells]
            held = self._numbers[question] = cells, np.array(rows).reshape(len(rows), months)
        return held[1]
