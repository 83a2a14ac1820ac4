"""The rows of the tables on the page of an outlook."""

from __future__ import annotations

from typing import Literal, TypedDict

from coercivity.market.results.rows import PlantRow
from coercivity.papers.outlook.read import Clauses, Number, ReadRun, ScenarioRuns

TonnesTable = Literal["shipped", "stocks"]
# Read by templates only.
Shown = dict[str, object]


class Assumed(TypedDict):
    """An assumption of a run on some instruments."""

    text: str
    names: list[str]


class ClauseGap(TypedDict):
    """Contribution of clauses to the gap of a product [USD/kg], `mean` and `peak` by run.

    `causes` says by run how much of the mean is due to waiting, refusals and halts; empty if none is.
    """

    good: str
    clauses: Clauses
    peak: float
    runs: dict[str, dict[str, float]]
    causes: dict[str, str]


class ShortageMap(TypedDict):
    """The map of a scenario."""

    scenario: ScenarioRuns
    regions: list[str]
    rows: list[Shown]


class UseTotals(TypedDict):
    """A use in a region in one run, with its totals over the period in units of devices [t].

    `wanted` is the sum of `usual`, `less`, `substituted` and `without`; only the last is a shortage.
    """

    run: ReadRun
    region: str
    use: str
    wanted: float
    usual: float
    less: float
    substituted: float
    without: float
    share: float | None
    worst: str
    worst_share: float
    recipes: list[Shown]


class PermissionTotal(TypedDict):
    """A bucket in one run, in the month of its highest shadow value, with its totals over the period [t]."""

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
    """A bucket in the run with its highest shadow value, and in the others."""

    others: list[PermissionTotal]


class PlantOutcome(PlantRow):
    """A plant with the keys of the runs that have this result."""

    runs: list[str]
