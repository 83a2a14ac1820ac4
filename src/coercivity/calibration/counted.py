"""Observed rows that count at a cut-off, beside what the simulations say of them; and those that do not, with why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from coercivity.base.days import Day
from coercivity.calibration.fit import Evidence
from coercivity.calibration.prior import Stage
from coercivity.ensemble.runs.keeping import Block
from coercivity.ensemble.runs.sets import DrawSet
from coercivity.observations.error_model import covariance
from coercivity.observations.rows import Observation
from coercivity.observations.series import Match, matched, predicted

Floats = NDArray[np.float64]
# Why a row does not count: the model has no such figure, its period is not over, the months of the simulations do not
# cover it, or a simulation has no value above zero for it.
Why = Literal["no_figure", "not_over", "not_simulated", "no_value"]


@dataclass(frozen=True, slots=True)
class Left:
    """A row that does not count.

    Attributes:
        row: The row.
        why: Kind of reason.
        reason: The reason in words; empty if the kind says all.
    """

    row: Observation
    why: Why
    reason: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """The rows of a cut-off.

    Attributes:
        rows: Rows that count, with the figure that each means, in order of id.
        logs: Logs of the model's values, shape (simulations, rows).
        left: Rows that do not count.
    """

    rows: tuple[tuple[Observation, Match], ...]
    logs: Floats
    left: tuple[Left, ...]

    def evidence(self, stage: Stage) -> Evidence:
        """Returns the rows of one stage."""
        at = [place for place, (_, match) in enumerate(self.rows) if match.stage == stage]
        ours = [self.rows[place] for place in at]
        return Evidence(
            self.logs[:, at],
            np.log(np.array([row.value for row, _ in ours])),
            covariance(ours) if ours else np.zeros((0, 0)),
            tuple(row.series for row, _ in ours),
            tuple(match.kind for _, match in ours),
        )


def known_rows(rows: Sequence[Observation], cut: Day) -> tuple[Observation, ...]:
    """Returns the rows that were known on a day, in order of id.

    Args:
        rows: Rows.
        cut: The day.
    """
    return tuple(sorted((row for row in rows if row.known_on <= cut), key=lambda row: row.id))


def asked_rows(rows: Sequence[Observation], cut: Day) -> tuple[list[tuple[Observation, Match]], list[Left]]:
    """Returns the rows that the model has a figure for and whose period is over on a day; and the others.

    Args:
        rows: Rows; those that were not known on the day are not looked at.
        cut: The day.
    """
    found, left = list[tuple[Observation, Match]](), list[Left]()
    for row, match in matched(known_rows(rows, cut)):
        if isinstance(match, str):
            left.append(Left(row, "no_figure", match))
        elif row.last_on > cut:
            left.append(Left(row, "not_over"))
        else:
            found.append((row, match))
    return found, left


def counted(rows: Sequence[Observation], cut: Day, draws: DrawSet) -> Counted:
    """Returns the rows that count at a cut-off, beside the simulations.

    Args:
        rows: Rows; those that were not known on the day are not looked at.
        cut: The cut-off.
        draws: The simulations.
    """
    asked, left = asked_rows(rows, cut)
    blocks = dict.fromkeys(match.block for _, match in asked)
    each = [_figures(draws, place, blocks) for place in range(len(draws.points))]
    kept, logs = list[tuple[Observation, Match]](), list[Floats]()
    for row, match in asked:
        try:
            values = [predicted(match, row, draws.months, figures) for figures in each]
        except KeyError:
            left.append(Left(row, "no_value"))
            continue
        if all(value is None for value in values):
            left.append(Left(row, "not_simulated"))
            continue
        numbers = np.array([np.nan if value is None else value for value in values])
        if not (np.isfinite(numbers).all() and (numbers > 0.0).all()):
            left.append(Left(row, "no_value"))
            continue
        kept.append((row, match))
        logs.append(np.log(numbers))
    array = np.array(logs).T if logs else np.zeros((len(draws.points), 0))
    return Counted(tuple(kept), array, tuple(sorted(left, key=lambda one: one.row.id)))


def _figures(draws: DrawSet, place: int, blocks: Mapping[Block, None]) -> dict[Block, dict[str, list[float]]]:
    """Returns the figures of one simulation by block and name."""
    return {
        block: {name: draws.values[block][place, at].tolist() for at, name in enumerate(draws.names[block])}
        for block in blocks
    }
