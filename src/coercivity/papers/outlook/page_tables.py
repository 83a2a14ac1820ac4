"""Tables made from the report data of an outlook: gaps, shortages, flows, permissions, totals, plants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from coercivity.base.sums import total
from coercivity.base.words import Lang
from coercivity.market.results.rows import FlowRow, UseRow
from coercivity.papers.outlook.bars import Key
from coercivity.papers.outlook.desk.causes import causes_told, mean_by_cause
from coercivity.papers.outlook.read import (
    Basis,
    Clauses,
    Number,
    ReadRun,
    ScenarioRuns,
    at,
    by_clause,
    by_part,
    gaps,
    headline_goods,
    num,
    percent,
    percents,
    price_cells,
    runs_of,
)
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.outlook.table_rows import (
    Assumed,
    ClauseGap,
    DearestPermission,
    PermissionTotal,
    PlantOutcome,
    ShortageMap,
    Shown,
    TonnesTable,
    UseTotals,
)
from coercivity.papers.outlook.words import INSIDE, OUTSIDE

_SHADES = (0.005, 0.05, 0.15, 0.3)


PRICE_COLUMNS: tuple[tuple[str, str, Basis], ...] = (
    ("inside", INSIDE, "margin"),
    ("outside", OUTSIDE, "margin"),
    ("quote", OUTSIDE, "quote"),
    ("licensed", OUTSIDE, "licensed"),
    ("traded", OUTSIDE, "traded"),
)


def price_picture_rows(report: OutlookReport, good: str, lang: Lang = "en") -> list[Shown]:
    """Returns the months of a price chart: the prices of `PRICE_COLUMNS` of each run.

    Args:
        report: The report data.
        good: Id of the product.
        lang: Language.
    """
    columns = [
        price_cells(run, good, region, basis=basis, lang=lang)
        for run in runs_of(report)
        for _, region, basis in PRICE_COLUMNS
    ]
    return [
        {"month": month, "cells": [column[place] if place < len(column) else "–" for column in columns]}
        for place, month in enumerate(report["months"])
    ]


def gap_rows(run: ReadRun, good: str, shown: Sequence[Key]) -> list[Shown]:
    """Returns the months of a bar chart: the gap and each numbered cause."""
    rows: list[Shown] = []
    for month, gap in sorted(gaps(run, good).items()):
        sums = by_part(gap)
        cells = [num(sums.get(key.pair)) for key in shown]
        rows.append({"month": month, "gap": num(gap.usd_per_kg), "cells": cells})
    return rows


def keys_in(run: ReadRun, good: str, keys: Sequence[Key]) -> list[Key]:
    """Returns the numbered causes in one chart."""
    held = {part.key for gap in gaps(run, good).values() for part in gap.parts}
    return [key for key in keys if key.pair in held]


def gists(keys: Sequence[Key]) -> list[Shown]:
    """Returns for each numbered cause the clauses to describe there, and the numbers that describe the others."""
    first: dict[str, int] = {}
    found: list[Shown] = []
    for key in keys:
        seen = sorted({first[clause] for clause in key.clauses if clause in first})
        found.append({"key": key, "fresh": [clause for clause in key.clauses if clause not in first], "seen": seen})
        for clause in key.clauses:
            first.setdefault(clause, key.number)
    return found


def assumed(run: ReadRun) -> list[Assumed]:
    """Returns the assumptions of a run, instruments with the same assumption together."""
    groups: dict[str, list[str]] = {}
    for name, text in run.body["assume"].items():
        groups.setdefault(text, []).append(name)
    return [{"text": text, "names": names} for text, names in groups.items()]


def clause_gaps(report: OutlookReport, lang: Lang = "en") -> list[ClauseGap]:
    """Returns the contribution of each clause to the gap of each product: mean and peak of the period, by run.

    Args:
        report: The report data.
        lang: Language of the causes.
    """
    groups: dict[tuple[Clauses, str], ClauseGap] = {}
    for good in headline_goods(report, "gaps"):
        for run in runs_of(report):
            months = list(gaps(run, good).values())
            sums: defaultdict[Clauses, list[float]] = defaultdict(list)
            for gap in months:
                for clauses, usd_per_kg in by_clause(gap).items():
                    sums[clauses].append(usd_per_kg)
            for clauses, values in sums.items():
                mean, peak = total(values) / len(months), max(values)
                new: ClauseGap = {"good": good, "clauses": clauses, "peak": peak, "runs": {}, "causes": {}}
                row = groups.setdefault((clauses, good), new)
                row["peak"] = max(row["peak"], peak)
                row["runs"][run.key] = {"mean": mean, "peak": peak}
                row["causes"][run.key] = causes_told([mean_by_cause(months, clauses)], lang)
    return sorted(groups.values(), key=lambda row: (-row["peak"], row["good"], row["clauses"]))


def shortage(row: UseRow) -> float | None:
    """Returns what went without as a share of demand over the period, or None if there is no demand."""
    wanted = total(row["wanted_t"])
    return total(row["without_t"]) / wanted if wanted > 0 else None


def worst_share(row: UseRow, months: Sequence[str]) -> tuple[str, float]:
    """Returns the month in which the largest share went without, the earliest of equals, and the share."""
    months_t = zip(row["wanted_t"], row["without_t"], strict=True)
    shares = [without / wanted if wanted else 0.0 for wanted, without in months_t]
    place = max(range(len(shares)), key=lambda at: (shares[at], -at), default=0)
    return (months[place], shares[place]) if shares and shares[place] > 0 else ("", 0.0)


def shortage_map(report: OutlookReport, scenario: ScenarioRuns, lang: Lang = "en") -> ShortageMap | None:
    """Returns the map of one scenario, a row per use, a cell per region; None if there is no demand."""
    cells: defaultdict[tuple[str, str], list[tuple[float, str]]] = defaultdict(list)
    for run in scenario.runs:
        for row in run.body["use"]:
            share = shortage(row)
            if share is not None:
                cells[row["use"], row["region"]].append((share, worst_share(row, report["months"])[0]))
    if not cells:
        return None
    regions = sorted({region for _, region in cells}, key=lambda name: (name != INSIDE, name))
    return {
        "scenario": scenario,
        "regions": regions,
        "rows": [
            {"use": use, "cells": [_map_cell(cells.get((use, region)), lang) for region in regions]}
            for use in sorted({use for use, _ in cells})
        ],
    }


def _map_cell(held: list[tuple[float, str]] | None, lang: Lang) -> Shown:
    if not held:
        return {"text": "–", "shade": 0, "month": ""}
    low, high = min(held), max(held)
    return {
        "text": percents(low[0], high[0], lang),
        "shade": sum(high[0] >= step for step in _SHADES),
        "month": high[1],
    }


def use_rows(report: OutlookReport, lang: Lang = "en") -> list[UseTotals]:
    """Returns every use in every region and run with its totals, the largest shortage share first."""
    rows: list[UseTotals] = []
    for run in runs_of(report):
        for row in run.body["use"]:
            month, share = worst_share(row, report["months"])
            recipes: list[Shown] = [
                {"name": name, "first": percent(values[0], lang), "last": percent(values[-1], lang)}
                for name, values in row["recipes"].items()
                if values
            ]
            rows.append(
                {
                    "run": run,
                    "region": row["region"],
                    "use": row["use"],
                    "wanted": total(row["wanted_t"]),
                    "usual": total(row["usual_t"]),
                    "less": total(row["less_t"]),
                    "substituted": total(row["substituted_t"]),
                    "without": total(row["without_t"]),
                    "share": shortage(row),
                    "worst": month,
                    "worst_share": share,
                    "recipes": recipes,
                }
            )
    return sorted(rows, key=lambda row: (-(row["share"] or 0.0), row["run"].key, row["use"], row["region"]))


def flow_rows(flows: Sequence[FlowRow], year: str) -> list[Shown]:
    """Returns the flows of a year by stage, origin, destination and licence status, the largest first."""
    sums: defaultdict[tuple[str, str, str, str], float] = defaultdict(float)
    for row in flows:
        if row["year"] == year:
            sums[row["stage"], row["from_region"], row["to_region"], row["way"]] += row["mass_t"]
    return [
        {"stage": stage, "from": source, "to": goal, "way": way, "mass_t": mass}
        for (stage, source, goal, way), mass in sorted(sums.items(), key=lambda item: (item[0][0], -item[1], item[0]))
    ]


def permission_rows(report: OutlookReport) -> list[DearestPermission]:
    """Returns a row per bucket, from the run with the highest shadow value of its licence, the highest first."""
    rows: list[PermissionTotal] = []
    for run in runs_of(report):
        for row in run.body["permissions"]:
            values = row["value_usd_per_kg"]
            place = max(range(len(values)), key=lambda at: (values[at], -at), default=0)
            rows.append(
                {
                    "good": row["good"],
                    "origin": row["origin"],
                    "region": row["region"],
                    "user": row["user"],
                    "run": run,
                    "value": values[place] if values else 0.0,
                    "month": report["months"][place],
                    "finding": row["finding"][place] if row["finding"] else "",
                    "clauses": row["clauses"][place] if row["clauses"] else [],
                    "balance": row["balance_t"][-1] if row["balance_t"] else None,
                    "applied": total(row["applied_t"]),
                    "granted": total(row["granted_t"]),
                    "used": total(row["used_t"]),
                }
            )
    rows.sort(key=lambda row: (-row["value"], -row["applied"], *_bucket(row), row["run"].key))
    buckets: dict[tuple[str, ...], DearestPermission] = {}
    for found in rows:
        held = buckets.setdefault(_bucket(found), {**found, "others": []})
        if held["run"].key != found["run"].key:
            held["others"].append(found)
    return list(buckets.values())


def _bucket(row: PermissionTotal) -> tuple[str, ...]:
    return row["good"], row["origin"], row["region"], row["user"]


def outside_totals(report: OutlookReport, table: TonnesTable) -> dict[str, dict[str, tuple[Number, ...]]]:
    """Returns tonnes by month of stocks outside China or exports from China, by product and run.

    Args:
        report: The report data.
        table: stocks or shipped.
    """
    goods = headline_goods(report, table)
    found: dict[str, dict[str, tuple[Number, ...]]] = {good: {} for good in goods}
    for good in goods:
        for run in runs_of(report):
            abroad = [(region, masses) for region, masses in _masses(run, table, good) if region != INSIDE]
            columns = [masses for region, masses in abroad if region == OUTSIDE] or [masses for _, masses in abroad]
            if columns:
                found[good][run.key] = tuple(total(month) for month in zip(*columns, strict=True))
    return {good: totals for good, totals in found.items() if totals}


def _masses(run: ReadRun, table: TonnesTable, good: str) -> list[tuple[str, list[float]]]:
    if table == "stocks":
        return [(row["region"], row["mass_t"]) for row in run.body["stocks"] if row["good"] == good]
    return [(row["to_region"], row["mass_t"]) for row in run.body["shipped"] if row["good"] == good]


def total_rows(report: OutlookReport, totals: Mapping[str, Sequence[Number]]) -> list[Shown]:
    """Returns the months of a chart of tonnes, a cell per run."""
    return [
        {"month": month, "cells": [num(at(totals.get(run.key, ()), place)) for run in runs_of(report)]}
        for place, month in enumerate(report["months"])
    ]


def plant_rows(report: OutlookReport) -> list[PlantOutcome]:
    """Returns the plants of all runs, runs with the same result together, the longest delay first."""
    groups: dict[tuple[object, ...], PlantOutcome] = {}
    for run in runs_of(report):
        for row in run.body["plants"]:
            told = (row["plant_id"], row["start"], row["delay_months"], row["finding"], *row["clauses"])
            groups.setdefault(told, {**row, "runs": []})["runs"].append(run.key)
    return sorted(groups.values(), key=lambda row: (-(row["delay_months"] or 0), row["plant_id"], row["runs"]))
