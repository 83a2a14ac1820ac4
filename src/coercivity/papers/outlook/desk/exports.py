"""What leaves China in an outlook, by destination: magnets with and without a licence, dysprosium, terbium."""

from __future__ import annotations

from typing import Literal, TypedDict

from coercivity.base.sums import total
from coercivity.papers.outlook.read import ReadRun, num, runs_of
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.outlook.sankey import stage_of
from coercivity.papers.outlook.words import OUTSIDE

# The columns of what leaves China; the second and third are parts of the first.
OUT = ("magnets", "magnets_controlled", "magnets_not_controlled", "Dy", "Tb")
CountryColumn = Literal["magnets_licensed", "magnets_free", "others_licensed", "others_free"]
COUNTRY_COLUMNS: tuple[CountryColumn, ...] = ("magnets_licensed", "magnets_free", "others_licensed", "others_free")


class OutTotal(TypedDict):
    """What leaves China for a destination in one run over the period, in the order of `OUT` [t]."""

    region: str
    run: ReadRun
    cells: list[float]


class OutMonths(TypedDict):
    """What leaves China for all destinations in one run by month, as text."""

    run: ReadRun
    rows: list[tuple[str, list[str]]]


class CountryTotal(TypedDict):
    """Exports to a country in one run over the period, in the order of `COUNTRY_COLUMNS` [t]."""

    country: str
    run: ReadRun
    cells: list[float]


def out_totals(report: OutlookReport) -> list[OutTotal]:
    """Returns what leaves China over the period: in all first, then the destinations by magnets."""
    found: list[OutTotal] = []
    for run in runs_of(report):
        sums = {(row["what"], row["to_region"]): total(row["mass_t"]) for row in run.body["out"]}
        for region in dict.fromkeys(region for _, region in sums):
            found.append({"region": region, "run": run, "cells": [sums.get((what, region), 0.0) for what in OUT]})
    most = {row["region"]: 0.0 for row in found}
    for row in found:
        most[row["region"]] = max(most[row["region"]], row["cells"][0])
    rank = sorted(most, key=lambda region: (region != OUTSIDE, -most[region], region))
    return sorted(found, key=lambda row: (rank.index(row["region"]), row["run"].place))


def out_months(report: OutlookReport) -> list[OutMonths]:
    """Returns what leaves China by month and run, all destinations together."""
    found: list[OutMonths] = []
    for run in runs_of(report):
        held = {row["what"]: row["mass_t"] for row in run.body["out"] if row["to_region"] == OUTSIDE}
        if held:
            columns = [held.get(what, [0.0] * len(report["months"])) for what in OUT]
            rows = [(month, [num(column[place]) for column in columns]) for place, month in enumerate(report["months"])]
            found.append({"run": run, "rows": rows})
    return found


def country_totals(report: OutlookReport) -> list[CountryTotal]:
    """Returns the exports to each country over the period, the largest importers first."""
    found: list[CountryTotal] = []
    for run in runs_of(report):
        sums: dict[str, dict[CountryColumn, float]] = {}
        for row in run.body["countries"]:
            held = sums.setdefault(row["country"], dict.fromkeys(COUNTRY_COLUMNS, 0.0))
            magnet = stage_of(row["good"]) == "magnet"
            held["magnets_licensed" if magnet else "others_licensed"] += total(row["licensed_t"])
            held["magnets_free" if magnet else "others_free"] += total(row["free_t"])
        for country, held in sums.items():
            found.append({"country": country, "run": run, "cells": [held[column] for column in COUNTRY_COLUMNS]})
    most: dict[str, float] = {}
    for entry in found:
        most[entry["country"]] = max(most.get(entry["country"], 0.0), total(entry["cells"]))
    rank = sorted(most, key=lambda country: (-most[country], country))
    return sorted(found, key=lambda row: (rank.index(row["country"]), row["run"].place))
