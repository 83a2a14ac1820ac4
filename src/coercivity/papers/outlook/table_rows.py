"""What the rows of the tables of an outlook's page hold."""

from __future__ import annotations

from typing import Literal, TypedDict

from coercivity.market.results.rows import PlantRow
from coercivity.papers.outlook.read import Clauses, Number, ReadRun, ScenarioRuns

TonnesTable = Literal["shipped", "stocks"]
# What a template alone reads.
Shown = dict[str, object]


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


class ShortageMap(TypedDict):
    """The map of a scenario."""

    scenario: ScenarioRuns
    regions: list[str]
    rows: list[Shown]


class UseTotals(TypedDict):
    """A use in a region under a run, with its totals over the span [t]."""

    run: ReadRun
    region: str
    use: str
    wanted: float
    served: float
    short: float
    share: float | None
    worst: str
    worst_share: float
    recipes: list[Shown]


class PermissionTotal(TypedDict):
    """A bucket under a run in the month in which its permission is dearest, with its totals over the span [t]."""

    good: str
    origin: str
    region: str
    user: str
    run: ReadRun
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
