"""Rows of practice in every draw: the same figures as the draws of the outlook have at the same points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coercivity.base.days import Day
from coercivity.base.months import month_of
from coercivity.ensemble.design import Design, coordinates
from coercivity.ensemble.distributions import figure
from coercivity.ensemble.draw import practice_at
from coercivity.ensemble.rows import GRANTED, GRANTED_DIMENSION, drawn_rows
from coercivity.practice.desk import DeskPractice, DeskRow

Floats = NDArray[np.float64]
# An event without a known end goes on for this long at most [days].
LONGEST_DAYS = 3_660


@dataclass(frozen=True, slots=True, eq=False)
class PracticeRows:
    """Rows of practice by draw, each an array of shape (draws,).

    Attributes:
        design: The design; a draw is a point of it.
        values: Figures of the licensing desk by row.
        shares: Share that an event withholds, by event.
        ends: Day after the last one of an event, as an ordinal, by event.
        granted: Coordinate of the share of applications granted.
        practices: All rows of practice of each draw.
    """

    design: Design
    values: Mapping[str, Floats]
    shares: Mapping[str, Floats]
    ends: Mapping[str, Floats]
    granted: Floats
    practices: tuple[DeskPractice, ...]

    def value(self, row: DeskRow) -> Floats:
        """Returns a figure by draw; one that is not among the packed rows is the same in all."""
        found = self.values.get(row.id)
        return np.full(self.design.points, row.value) if found is None else found


def practice_rows(design: Design, practice: DeskPractice, on: Day) -> PracticeRows:
    """Returns the rows of practice in every draw.

    Args:
        design: The design.
        practice: Rows known by the information cut-off.
        on: Day from whose month on figures are drawn.

    Source: equation 88 of docs/market.md.
    """
    ranged = [row for row in drawn_rows() if row.group == "practice"]
    dimensions = {row.name: row.dimension for row in ranged if row.dimension is not None}
    practices, granted = list[DeskPractice](), list[float]()
    for point in range(design.points):
        place = coordinates(design.scramble, point, {**dimensions, GRANTED: GRANTED_DIMENSION})
        values = {row.name: figure(row, place[row.leader or row.name]) for row in ranged}
        practices.append(practice_at(values, month_of(on), (str(design.scramble), str(point)), practice))
        granted.append(place[GRANTED])
    return PracticeRows(
        design,
        {row.id: np.array([each.rows[at].value for each in practices]) for at, row in enumerate(practice.rows)},
        {row.id: np.array([each.events[at].share for each in practices]) for at, row in enumerate(practice.events)},
        {
            row.id: np.array([_end(each.events[at].ends_on, on) for each in practices])
            for at, row in enumerate(practice.events)
        },
        np.array(granted),
        tuple(practices),
    )


def _end(ends_on: Day | None, on: Day) -> float:
    return float(ends_on.toordinal() + 1 if ends_on is not None else on.toordinal() + LONGEST_DAYS)
