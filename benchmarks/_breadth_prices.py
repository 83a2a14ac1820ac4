"""Prices of the model beside the pack's quotes of the same basis."""

from __future__ import annotations

import math
import statistics

from benchmarks._breadth_case import MechanismTables
from benchmarks._breadth_case import rows as table_rows
from benchmarks._desk_runs import simulated
from benchmarks._tables import table
from coercivity.base.months import parse_month
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import capacities

FIRST, LAST = "2024-10", "2025-09"


def quoted_tables() -> None:
    """Prints the ratio of each price to the quotes of its basis, by month, and the median of each basis."""
    simulation = simulated(read_scenario("as-known", capacities()), LAST)
    found = table_rows(MechanismTables(simulation, parse_month(FIRST), parse_month(LAST)), "quoted")
    if not found:
        print("quotes of the same basis: not there")
        return
    keys = ("basis", "good", "region", "month", "quoted", "model", "modelled", "ratio", "row")
    print(f"model over quote, {FIRST} to {LAST}; {len(found)} quotes")
    table(keys, [tuple(row[key] for key in keys) for row in found])
    groups: dict[tuple[str, str, str], list[float]] = {}
    for row in found:
        ratio = row["ratio"]
        if isinstance(ratio, float) and ratio > 0:
            groups.setdefault((str(row["basis"]), str(row["good"]), str(row["model"])), []).append(ratio)
    print("by basis, product and price of the model")
    table(
        ("basis", "good", "model", "quotes", "lowest", "median", "highest", "mean distance"),
        [(*key, len(r), min(r), statistics.median(r), max(r), _distance(r)) for key, r in sorted(groups.items())],
    )


def _distance(ratios: list[float]) -> float:
    """Returns the mean distance of ratios from 1, as a factor less one."""
    return math.exp(math.fsum(abs(math.log(ratio)) for ratio in ratios) / len(ratios)) - 1
