"""The draws of one run together: every series by draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coercivity.base.errors import CoercivityError
from coercivity.ensemble.design import Design
from coercivity.ensemble.runs.keeping import AXIS, Block, Floats, KeptDraw

# A series that a draw does not have was zero in it, if it counts tonnes or files; a price is unknown.
_MISSING: dict[Block, float] = {"quote": np.nan, "traded": np.nan, "gap": np.nan, "plants": np.nan}


@dataclass(frozen=True, slots=True, eq=False)
class DrawSet:
    """The draws of one run: a scenario under one legal scenario.

    Attributes:
        run: Id of the run, `scenario/legal scenario`.
        design: The design.
        points: Points that were solved, in order, shape (draws,).
        months: The months, YYYY-MM.
        years: The years.
        names: Names of the series by block.
        values: Their values by block, shape (draws, series, months, years or one).
        clauses: Clauses that delay each plant in any draw, joined by `+`.
        failed: Points without a result, each with the reason.
    """

    run: str
    design: Design
    points: np.ndarray
    months: tuple[str, ...]
    years: tuple[str, ...]
    names: Mapping[Block, tuple[str, ...]]
    values: Mapping[Block, Floats]
    clauses: Mapping[str, tuple[str, ...]]
    failed: Mapping[int, str]

    def series(self, block: Block, name: str) -> Floats:
        """Returns a series by draw, shape (draws, months, years or one).

        Raises:
            KeyError: If no draw has it.
        """
        return self.values[block][:, self.names[block].index(name)] if name in self.names[block] else self._none(name)

    def _none(self, name: str) -> Floats:
        raise KeyError(name)


def set_of(run: str, design: Design, draws: Sequence[KeptDraw], failed: Mapping[int, str]) -> DrawSet:
    """Returns draws of one run as a set.

    Args:
        run: Id of the run.
        design: The design.
        draws: The draws, of the same months.
        failed: Points without a result, each with the reason.

    Raises:
        CoercivityError: If there is no draw, or they are of different months.
    """
    if not draws:
        what = "no draw has a result" + "".join(f"; point {point}: {why}" for point, why in list(failed.items())[:1])
        raise CoercivityError.of("DRAWS-NONE", what, where=run, next="correct the fault named, and run again")
    ordered = sorted(draws, key=lambda kept: kept.point)
    first = ordered[0]
    if any((kept.months, kept.years) != (first.months, first.years) for kept in ordered):
        raise CoercivityError.of("DRAWS-FOLDER", "the draws are of different months", where=run, next="run them again")
    names: dict[Block, tuple[str, ...]] = {}
    values: dict[Block, Floats] = {}
    for block in AXIS:
        names[block] = tuple(sorted({name for kept in ordered for name in kept.names[block]}))
        place = {name: at for at, name in enumerate(names[block])}
        columns = max(kept.values[block].shape[1] for kept in ordered)
        whole = np.full((len(ordered), len(place), columns), _MISSING.get(block, 0.0))
        for number, kept in enumerate(ordered):
            if kept.names[block]:
                whole[number, [place[name] for name in kept.names[block]]] = kept.values[block]
        values[block] = whole
    plants = sorted({plant for kept in ordered for plant in kept.clauses})
    clauses = {plant: tuple(sorted({kept.clauses.get(plant, "") for kept in ordered} - {""})) for plant in plants}
    points = np.array([kept.point for kept in ordered], dtype=np.int64)
    return DrawSet(run, design, points, first.months, first.years, names, values, clauses, dict(failed))
