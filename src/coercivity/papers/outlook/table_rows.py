"""What the rows of the tables of an outlook's page hold."""

from __future__ import annotations

from typing import Literal, TypedDict

from coercivity.market.results.rows import PlantRow
from coercivity.papers.outlook.bars import Key
from coercivity.papers.outlook.read import Clauses, Number, Run, Scenario

TonnesTable = Literal["shipped", "stocks"]


class MonthRow(TypedDict):
    """A month of a picture, a cell a line."""

    month: str
    cells: list[str]


class GapMonth(MonthRow):
    """A month of a picture of a gap, a cell a part."""

    gap: str


class Gist(TypedDict):
    """Clauses to be told at a numbered part, and the numbers under which others of it were told."""

    key: Key
    fresh: list[str]
    seen: list[int]


class Assumed(TypedDict):
    """What a run takes as given of some instruments."""

    text: str
    names: list[str]


class ClauseGap(TypedDict):
    """What clauses add to the gap of a good [USD/kg], `mean` and `peak` by the letter of the run."""

    good: str
    clauses: Clauses
    peak: float
    runs: dict[str, dict[str, float]]


class MapCell(TypedDict):
    """The share short of a use in a region over all branches, and its worst month."""

    text: str
    shade: int
    month: str


class MapRow(TypedDict):
    """A use on a map of shortages, a cell a region."""

    use: str
    cells: list[MapCell]


class ShortageMap(TypedDict):
    """The map of a scenario."""

    scenario: Scenario
    regions: list[str]
    rows: list[MapRow]


class RecipeShare(TypedDict):
    """Share of a recipe in the first and the last month."""

    name: str
    first: str
    last: str


class UseTotals(TypedDict):
    """A use in a region under a run, with its totals over the span [t]."""

    run: Run
    region: str
    use: str
    wanted: float
    served: float
    short: float
    share: float | None
    worst: str
    worst_share: float
    recipes: list[RecipeShare]


FlowTotal = TypedDict("FlowTotal", {"stage": str, "from": str, "to": str, "way": str, "mass_t": float})


class PermissionTotal(TypedDict):
    """A bucket under a run in the month in which its permission is dearest, with its totals over the span [t]."""

    good: str
    origin: str
    region: str
    user: str
    run: Run
    value: float
    month: str
    finding: str
    clauses: list[str]
    balance: Number
    applied: float
    granted: float
    used: float


class DearestPermission(PermissionTotal):
    """A bucket under the run in which it is dearest, and under the others."""

    others: list[PermissionTotal]


class PlantOutcome(PlantRow):
    """A plant with the letters of the runs that end so."""

    runs: list[str]
