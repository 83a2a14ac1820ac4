"""The long table in which integrated assessment models exchange results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coercivity.papers.shared.paper.figures import figure
from coercivity.papers.shared.paper.sections import PaperTable

MODEL = "coercivity"
WORLD = "World"
_DIGITS = 9  # as in the JSON
_HEAD = ("Model", "Scenario", "Region", "Variable", "Unit")


@dataclass(frozen=True, slots=True)
class IamcRow:
    """A variable of a scenario.

    Attributes:
        scenario: Its scenario.
        variable: Its name; a bar parts the levels.
        unit: Its unit.
        values: Its values as decimal text by year; a year without one is left blank.
    """

    scenario: str
    variable: str
    unit: str
    values: Mapping[int, str]


def iamc_table(region: str, years: Iterable[int], rows: Iterable[IamcRow]) -> PaperTable:
    """Returns the long table: model, scenario, region, variable, unit and a column for each year; for files only.

    Names are English in every language, as the format asks for.

    Args:
        region: Region of all rows.
        years: The years in order.
        rows: The variables.

    Source: docs/verbs/strategy.md.
    """
    named = tuple(years)
    columns = (*_HEAD, *map(str, named))
    cells = tuple(
        (MODEL, row.scenario, region, row.variable, row.unit, *(_cell(row.values.get(year)) for year in named))
        for row in rows
    )
    return PaperTable("iamc", "IAMC", columns, columns, cells, frozenset(range(len(_HEAD), len(columns))), "files")


def level(name: str) -> str:
    """Returns a name as one level of a variable: a bar in it, which parts levels, becomes a slash."""
    return name.replace("|", "/")


def _cell(value: str | None) -> str:
    return "–" if value is None else figure(value, _DIGITS, trim=True)  # a dash is an empty cell of a CSV file
