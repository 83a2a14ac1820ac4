"""The figures of every legal path and draw, with the figures that each draw drew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coercivity.base.sums import total
from coercivity.data.packs import open_pack
from coercivity.ensemble.draw import figures_at, point_of
from coercivity.ensemble.runs.sets import DrawSet
from coercivity.market.inputs.coefficients import Coefficients
from coercivity.market.inputs.figures import Figures
from coercivity.ministry.strategy_market.columns import COLUMNS, ColumnName
from coercivity.ministry.strategy_market.draw_year import DrawYear
from coercivity.ministry.strategy_market.metal import Priced, metal_mix


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """One legal path and draw.

    Attributes:
        path: Scenario and legal scenario.
        draw: Number of the point.
        figures: Figures by column [1000 USD/t, or shares].
    """

    path: str
    draw: int
    figures: Mapping[ColumnName, float]


def drawn_rows(sets: Sequence[DrawSet], year: int) -> list[DrawnRow]:
    """Returns the figures of a year, run by run and draw by draw; draws that a run lacks are left out of all.

    Args:
        sets: The draws of each run, of the same design.
        year: The year.

    Raises:
        CoercivityError: If a draw lacks a price.
    """
    common = frozenset.intersection(*(frozenset(map(int, each.points)) for each in sets))
    usual = Figures(open_pack("world"))
    mix = metal_mix(Coefficients(usual))
    drawn = {point: _figures(usual, sets[0].design.scramble, point) for point in sorted(common)}
    found = list[DrawnRow]()
    for each in sets:
        for at, point in enumerate(map(int, each.points)):
            if point in common:
                priced = Priced(DrawYear(each, at, str(year)), Coefficients(drawn[point]), mix)
                found.append(DrawnRow(path_name(each.run), point, {name: of(priced) for name, of in COLUMNS.items()}))
    return found


def path_name(run: str) -> str:
    """Returns the id of a run as a name of a legal path, which a page can break over lines."""
    return run.replace("/", " / ")


def figures_used(sets: Sequence[DrawSet], year: int) -> dict[ColumnName, list[str]]:
    """Returns the rows of the packs that each column reads, as `table:id`, in order.

    Args:
        sets: The draws of each run.
        year: The year.
    """
    usual = Figures(open_pack("world"))
    mix = metal_mix(Coefficients(usual))
    found: dict[ColumnName, list[str]] = {}
    for name, of in COLUMNS.items():
        figures = usual.with_values({})
        of(Priced(DrawYear(sets[0], 0, str(year)), Coefficients(figures), mix))
        found[name] = sorted(figures.taken)
    return found


def means(rows: Sequence[DrawnRow]) -> dict[ColumnName, float]:
    """Returns the mean of each column; all rows count alike."""
    return {name: total(row.figures[name] for row in rows) / len(rows) for name in COLUMNS}


def _figures(usual: Figures, scramble: int, point: int) -> Figures:
    values = figures_at(point_of(scramble, point))
    inside = {name: value for name, value in values.items() if name.partition(":")[0] in usual.pack.schemas}
    return usual.with_values(inside)
