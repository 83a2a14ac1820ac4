"""The data that the screen `supply` takes from an outlook: the runs compared and their summary."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypedDict

from coercivity.base.sums import total
from coercivity.base.words import Lang
from coercivity.verbs.outlook_report import (
    HEADLINE,
    INSIDE,
    OUTSIDE,
    Basis,
    Clauses,
    GapShown,
    Number,
    OutlookReport,
    PlantRow,
    ReadRun,
    ScenarioRuns,
    at,
    by_cause,
    chosen_year,
    gap_of,
    has_market,
    known,
    limit_text,
    num,
    runs_of,
    scenarios,
    series,
    shortage,
    use_sums,
    worst_share,
)
from coercivity.web.view import View

# A use is counted as facing a shortage if this share of its demand over the period went without.
SHORT_FROM = 0.05
_NO_GAP = 5e-3


class ShownMoment(TypedDict):
    """A good in one month of a run: prices as text, gap [USD/kg], and the clauses behind most of it with their share.

    Without a market a price is named as a limit, and `limit` is set: the gap is at most so large.

    `causes` divides what they cause among waiting, refusals and halts [USD/kg].
    """

    run: ReadRun
    inside: str
    outside: str
    limit: bool
    gap: Number
    clauses: Clauses
    share: float
    causes: dict[str, float]


class ShownLookRow(TypedDict):
    """A good in the month of its largest gap, one cell per run."""

    good: str
    month: str
    widest: float
    cells: list[ShownMoment]


class ShortFound(TypedDict):
    """Number of uses with a shortage in a run, the worst of them, and the totals of what is no shortage [t]."""

    run: ReadRun
    short: int
    all: int
    worst: dict[str, object] | None
    less_t: float
    substituted_t: float


class PlantsFound(TypedDict):
    """Number of plants in a run that the rules delay or wear down, and the one delayed longest."""

    run: ReadRun
    held: int
    all: int
    worst: PlantRow | None
    worn: int


@lru_cache(maxsize=2)
def report_at(path: Path) -> OutlookReport:
    """Returns the report data of an outlook, which never changes because its folder is named by the request."""
    found: OutlookReport = json.loads(path.read_bytes())
    return found


@dataclass(frozen=True, slots=True)
class Shown:
    """The part of the report data that a page shows.

    Attributes:
        left: The run on the left.
        right: The run compared with it; None for a single run.
        good: Good of the prices and the gap.
        region: Region outside China of those prices.
        year: Year of the flows.
    """

    report: OutlookReport
    left: ReadRun
    right: ReadRun | None
    good: str
    region: str
    year: str

    @property
    def months(self) -> Sequence[str]:
        """Months of the period."""
        return self.report["months"]

    @property
    def pair(self) -> tuple[ReadRun, ...]:
        """The runs compared."""
        return (self.left,) if self.right is None else (self.left, self.right)


def shown(view: View, report: OutlookReport) -> Shown:
    """Returns the part of the report data that an address selects; invalid choices fall back to the first."""
    groups, runs = scenarios(report), runs_of(report)
    by_key = {run.key: run for run in runs}
    first, second = (groups[0].runs[0], groups[1].runs[0]) if len(groups) > 1 else (runs[0], [*runs, None][1])
    left = by_key.get(view.get("left"), first)
    right = by_key.get(view.get("right"), second)
    if right is not None and right.key == left.key:
        right = next((run for run in runs if run.key != left.key), None)
    goods, years = goods_in(report), years_in(report)
    widest = look_rows(left, right, report["months"], goods=goods)
    good = _one(view.get("good"), goods, widest[0]["good"] if widest else "")
    regions = regions_in(report, good)
    region = _one(view.get("region"), regions, OUTSIDE if OUTSIDE in regions else next(iter(regions), OUTSIDE))
    year = _one(view.get("year"), years, chosen_year(report["runs"][0]["flows"], report["months"]))
    return Shown(report, left, right, good, region, year)


def _one(wanted: str, held: Sequence[str], otherwise: str) -> str:
    return wanted if wanted in held else otherwise


def goods_in(report: OutlookReport) -> list[str]:
    """Returns the goods with a split gap in any run, headline goods first."""
    held = {row["good"] for run in report["runs"] for row in run["gaps"]}
    return [*(good for good in HEADLINE if good in held), *sorted(held - set(HEADLINE))]


def regions_in(report: OutlookReport, good: str) -> list[str]:
    """Returns the regions outside China with a gap for a good, their average first."""
    held = {row["region"] for run in report["runs"] for row in run["gaps"] if row["good"] == good}
    return sorted(held, key=lambda name: (name != OUTSIDE, name))


def years_in(report: OutlookReport) -> list[str]:
    """Returns the years with flows."""
    return sorted({row["year"] for run in report["runs"] for row in run["flows"]})


def gaps_at(run: ReadRun, good: str, region: str) -> dict[str, GapShown]:
    """Returns the gaps of a good in one region, by month."""
    rows = (row for row in run.body["gaps"] if (row["good"], row["region"]) == (good, region))
    return {row["month"]: gap_of(row) for row in rows}


def siblings(report: OutlookReport, run: ReadRun) -> ScenarioRuns:
    """Returns the scenario of a run, with all its legal scenarios."""
    return next(group for group in scenarios(report) if run in group.runs)


def span_of(
    report: OutlookReport, run: ReadRun, good: str, region: str, *, basis: Basis = "margin"
) -> list[tuple[Number, Number]]:
    """Returns the lowest and highest price over the legal scenarios of a run, by month [USD/kg]."""
    columns = [series(branch, good, region, basis=basis) for branch in siblings(report, run).runs]
    found: list[tuple[Number, Number]] = []
    for place in range(len(report["months"])):
        held = list(known(at(column, place) for column in columns))
        found.append((min(held), max(held)) if held else (None, None))
    return found


def look_rows(
    left: ReadRun,
    right: ReadRun | None,
    months: Sequence[str],
    *,
    goods: Sequence[str] = HEADLINE,
    region: str = OUTSIDE,
    lang: Lang = "en",
) -> list[ShownLookRow]:
    """Returns one row per good for the month with the largest gap in either run, largest gap first."""
    rows: list[ShownLookRow] = []
    for good in goods:
        split = [(run, gaps_at(run, good, region)) for run in (left, right) if run is not None]
        every = [(gap.usd_per_kg, month) for _, held in split for month, gap in held.items()]
        if not every:
            continue
        widest, month = max(every, key=lambda pair: (pair[0], -months.index(pair[1])))
        cells = [moment(run, good, region, months.index(month), held.get(month), lang) for run, held in split]
        rows.append({"good": good, "month": month, "widest": widest, "cells": cells})
    return sorted(rows, key=lambda row: (-row["widest"], row["good"]))


def moment(run: ReadRun, good: str, region: str, place: int, gap: GapShown | None, lang: Lang = "en") -> ShownMoment:
    """Returns the prices and the gap of a good in one month of a run, and the clauses behind most of the gap.

    Args:
        run: The run.
        good: Id of the good.
        region: Region outside China.
        place: Index of the month.
        gap: Gap of that month.
        lang: Language of the prices.
    """
    clauses = [(names, usd) for names, usd in _summed(gap) if names and usd > 0]
    widening = total(p.usd_per_kg for p in gap.parts if p.usd_per_kg > 0) if gap is not None else 0.0
    share = clauses[0][1] / widening if clauses and widening and gap is not None and gap.usd_per_kg > 0 else 0.0
    named = clauses[0][0] if clauses and share > _NO_GAP else ()
    return {
        "run": run,
        "inside": _price(run, good, INSIDE, place, lang),
        "outside": _price(run, good, region, place, lang),
        "limit": not has_market(run, good, region, place),
        "gap": None if gap is None else gap.usd_per_kg,
        "clauses": named,
        "share": share,
        "causes": by_cause(gap, named) if gap is not None else {},
    }


def _price(run: ReadRun, good: str, region: str, place: int, lang: Lang) -> str:
    """Returns a marginal price as text, or as the limit that it is where there is no market."""
    told = num(at(series(run, good, region, basis="margin"), place))
    return told if has_market(run, good, region, place) else limit_text(told, lang)


def _summed(gap: GapShown | None) -> list[tuple[Clauses, float]]:
    """Sums of the parts with the same clauses, largest first."""
    sums: dict[Clauses, float] = {}
    for part in gap.parts if gap is not None else ():
        sums[part.clauses] = sums.get(part.clauses, 0.0) + part.usd_per_kg
    return sorted(sums.items(), key=lambda item: (-item[1], item[0]))


def short_of(run: ReadRun, months: Sequence[str]) -> ShortFound:
    """Returns the number of uses with a shortage in a run, the worst of them, and the totals of what is no shortage."""
    rows = [(share, row) for row in run.body["use"] if (share := shortage(row)) is not None]
    short = [(share, row) for share, row in rows if share >= SHORT_FROM]
    worst = max(short, key=lambda pair: (pair[0], pair[1]["use"], pair[1]["region"]), default=None)
    sums = use_sums(run.body["use"])
    found: ShortFound = {
        "run": run,
        "short": len(short),
        "all": len(rows),
        "worst": None,
        "less_t": sums["less_t"],
        "substituted_t": sums["substituted_t"],
    }
    if worst is not None:
        month, _ = worst_share(worst[1], months)
        found["worst"] = {**worst[1], "share": worst[0], "month": month}
    return found


def plants_of(run: ReadRun) -> PlantsFound:
    """Returns the number of plants that the rules delay in a run, and the one delayed longest."""
    rows = sorted(run.body["plants"], key=lambda row: (-row["delay_months"], row["plant_id"]))
    held = [row for row in rows if row["delay_months"]]
    worn = sum(row["upkeep_share"] < 1 for row in rows)
    return {"run": run, "held": len(held), "all": len(rows), "worst": held[0] if held else None, "worn": worn}
