"""Tables made from the report data of an outlook: gaps, shortages, flows, permissions, totals, plants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from coercivity.base.sums import total
from coercivity.papers.outlook.bars import Key
from coercivity.papers.outlook.read import (
    Number,
    Run,
    Scenario,
    at,
    by_clause,
    gaps,
    headline_goods,
    known,
    num,
    percent,
    runs_of,
    series,
)
from coercivity.papers.outlook.words import INSIDE, JOINT, OUTSIDE

_SHADES = (0.005, 0.05, 0.15, 0.3)
Row = dict[str, Any]


def price_rows(report: Mapping[str, Any], good: str) -> list[Row]:
    """Returns the months of a price picture: inside, outside and quote of each run."""
    columns = [
        series(run, good, region, basis=basis)
        for run in runs_of(report)
        for region, basis in ((INSIDE, "margin"), (OUTSIDE, "margin"), (OUTSIDE, "quote"))
    ]
    return [
        {"month": month, "cells": [num(at(column, place)) for column in columns]}
        for place, month in enumerate(report["months"])
    ]


def gap_rows(run: Run, good: str, shown: Sequence[Key]) -> list[Row]:
    """Returns the months of a bar picture: the gap and each numbered part."""
    rows = []
    for month, gap in sorted(gaps(run, good).items()):
        sums: defaultdict[tuple[str, str], float] = defaultdict(float)
        for part, clause, usd_per_kg in gap.parts:
            sums[part, clause] += usd_per_kg
        cells = [num(sums.get((key.part, key.clause))) for key in shown]
        rows.append({"month": month, "gap": num(gap.usd_per_kg), "cells": cells})
    return rows


def keys_in(run: Run, good: str, keys: Sequence[Key]) -> list[Key]:
    """Returns the numbered parts that one picture holds."""
    held = {(part, clause) for gap in gaps(run, good).values() for part, clause, _ in gap.parts}
    return [key for key in keys if (key.part, key.clause) in held]


def gists(keys: Sequence[Key]) -> list[Row]:
    """Returns for each numbered part the clauses to be told there, and the numbers under which others were told."""
    first: dict[str, int] = {}
    found = []
    for key in keys:
        parts = key.clause.split(JOINT) if key.clause else []
        seen = sorted({first[part] for part in parts if part in first})
        found.append({"key": key, "fresh": [part for part in parts if part not in first], "seen": seen})
        for part in parts:
            first.setdefault(part, key.number)
    return found


def assumed(run: Run) -> list[Row]:
    """Returns what a run takes as given, instruments with the same answer together."""
    groups: dict[str, list[str]] = {}
    for name, text in run.body["assume"].items():
        groups.setdefault(text, []).append(name)
    return [{"text": text, "names": names} for text, names in groups.items()]


def clause_gaps(report: Mapping[str, Any]) -> list[Row]:
    """Returns what each clause adds to the gap of each good: mean over the span and most, by the letter of the run."""
    groups: dict[tuple[str, str], Row] = {}
    for good in headline_goods(report, "gaps"):
        for run in runs_of(report):
            months = list(gaps(run, good).values())
            sums: defaultdict[str, list[float]] = defaultdict(list)
            for gap in months:
                for clause, usd_per_kg in by_clause(gap).items():
                    sums[clause].append(usd_per_kg)
            for clause, values in sums.items():
                mean, peak = total(values) / len(months), max(values)
                row = groups.setdefault((clause, good), {"good": good, "clause": clause, "peak": peak, "runs": {}})
                row["peak"] = max(row["peak"], peak)
                row["runs"][run.key] = {"mean": mean, "peak": peak}
    return sorted(groups.values(), key=lambda row: (-row["peak"], row["good"], row["clause"]))


def shortage(row: Mapping[str, Any]) -> float | None:
    """Returns the share of what was wanted over the span that was not served, or nothing where nothing was wanted."""
    wanted = total(known(row["wanted_t"]))
    return total(known(row["short_t"])) / wanted if wanted > 0 else None


def worst_share(row: Mapping[str, Any], months: Sequence[str]) -> tuple[str, float]:
    """Returns the month in which the greatest share went short, the earliest of equals, and the share."""
    shares = [
        (short or 0.0) / wanted if wanted else 0.0
        for wanted, short in zip(row["wanted_t"], row["short_t"], strict=True)
    ]
    place = max(range(len(shares)), key=lambda at: (shares[at], -at), default=0)
    return (months[place], shares[place]) if shares and shares[place] > 0 else ("", 0.0)


def shortage_map(report: Mapping[str, Any], scenario: Scenario) -> Row | None:
    """Returns the map of one scenario: a row a use, a cell a region; nothing where nothing is wanted."""
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
            {"use": use, "cells": [_map_cell(cells.get((use, region))) for region in regions]}
            for use in sorted({use for use, _ in cells})
        ],
    }


def _map_cell(held: list[tuple[float, str]] | None) -> Row:
    if not held:
        return {"text": "–", "shade": 0, "month": ""}
    low, high = min(held), max(held)
    first, last = percent(low[0]), percent(high[0])
    text = first if first == last else f"{first.removesuffix(' %')} to {last}"
    return {"text": text, "shade": sum(high[0] >= step for step in _SHADES), "month": high[1]}


def use_rows(report: Mapping[str, Any]) -> list[Row]:
    """Returns every use in every region and run with its totals, the greatest share short first."""
    rows = []
    for run in runs_of(report):
        for row in run.body["use"]:
            month, share = worst_share(row, report["months"])
            totals = {word: total(known(row[f"{word}_t"])) for word in ("wanted", "served", "short")}
            recipes = [
                {"name": name, "first": percent(values[0]), "last": percent(values[-1])}
                for name, values in row.get("recipes", {}).items()
                if values
            ]
            found = {**totals, "share": shortage(row), "worst": month, "worst_share": share, "recipes": recipes}
            rows.append({"run": run, "region": row["region"], "use": row["use"], **found})
    return sorted(rows, key=lambda row: (-(row["share"] or 0.0), row["run"].key, row["use"], row["region"]))


def flow_rows(flows: Sequence[Mapping[str, Any]], year: str) -> list[Row]:
    """Returns the flows of a year by stage, from, to and way, goods and uses added up, the greatest first."""
    sums: defaultdict[tuple[str, str, str, str], float] = defaultdict(float)
    for row in flows:
        if row["year"] == year:
            sums[row["stage"], row["from_region"], row["to_region"], row["way"]] += row["mass_t"]
    names = ("stage", "from", "to", "way")
    return [
        {**dict(zip(names, pair, strict=True)), "mass_t": mass}
        for pair, mass in sorted(sums.items(), key=lambda item: (item[0][0], -item[1], item[0]))
    ]


def permission_rows(report: Mapping[str, Any]) -> list[Row]:
    """Returns a row a bucket, from the run in which its permission is dearest, the dearest first."""
    rows: list[Row] = []
    for run in runs_of(report):
        for row in run.body["permissions"]:
            values = [value if value is not None else 0.0 for value in row["value_usd_per_kg"]]
            place = max(range(len(values)), key=lambda at: (values[at], -at), default=0)
            found = {
                "run": run,
                "value": values[place] if values else 0.0,
                "month": report["months"][place],
                "finding": row["finding"][place] if row["finding"] else "",
                "clauses": list(row["clauses"][place]) if row["clauses"] else [],
                "balance": next(known(reversed(row["balance_t"])), None),
            }
            sums = {word: total(known(row[f"{word}_t"])) for word in ("applied", "granted", "used")}
            names = {name: row.get(name, "") for name in ("good", "origin", "region", "user")}
            rows.append({**names, **found, **sums})
    rows.sort(key=lambda row: (-row["value"], -row["applied"], *_bucket(row), row["run"].key))
    buckets: dict[tuple[str, ...], Row] = {}
    for row in rows:
        held = buckets.setdefault(_bucket(row), {**row, "others": []})
        if held["run"].key != row["run"].key:
            held["others"].append(row)
    return list(buckets.values())


def _bucket(row: Row) -> tuple[str, ...]:
    return row["good"], row["origin"], row["region"], row["user"]


def outside_totals(report: Mapping[str, Any], table: str) -> dict[str, dict[str, tuple[Number, ...]]]:
    """Returns tonnes by month of stocks or shipments outside China, by good and letter of the run.

    Args:
        report: The report data.
        table: stocks or shipped.
    """
    place = "region" if table == "stocks" else "to_region"
    goods = headline_goods(report, table)
    found: dict[str, dict[str, tuple[Number, ...]]] = {good: {} for good in goods}
    for good in goods:
        for run in runs_of(report):
            rows = [row for row in run.body[table] if row["good"] == good and row[place] != INSIDE]
            whole = [row for row in rows if row[place] == OUTSIDE] or rows
            if whole:
                columns = [row["mass_t"] for row in whole]
                found[good][run.key] = tuple(
                    total(held) if (held := list(known(month))) else None for month in zip(*columns, strict=True)
                )
    return {good: totals for good, totals in found.items() if totals}


def total_rows(report: Mapping[str, Any], totals: Mapping[str, Sequence[Number]]) -> list[Row]:
    """Returns the months of a picture of tonnes, a cell a run."""
    return [
        {"month": month, "cells": [num(at(totals.get(run.key, ()), place)) for run in runs_of(report)]}
        for place, month in enumerate(report["months"])
    ]


def plant_rows(report: Mapping[str, Any]) -> list[Row]:
    """Returns the plants of all runs, runs with the same outcome together, the longest delay first."""
    groups: dict[tuple[Any, ...], Row] = {}
    for run in runs_of(report):
        for row in run.body["plants"]:
            told = (row["plant_id"], row["start"], row["delay_months"], row["finding"], *row["clauses"])
            groups.setdefault(told, {**row, "runs": []})["runs"].append(run.key)
    return sorted(groups.values(), key=lambda row: (-(row["delay_months"] or 0), row["plant_id"], row["runs"]))
