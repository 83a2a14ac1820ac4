"""One run of the market for the benchmark of its breadth, in a process of its own; what it says is printed as JSON.

`python -m benchmarks._breadth_case '{"scenario": "as-known", "off": [], "assume": "...", "last": "2030-12"}'`
"""

from __future__ import annotations

import json
import math
import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NotRequired, TypedDict, cast

from coercivity.base.canonical import round_sig
from coercivity.base.months import month_text, parse_month
from coercivity.base.sums import total
from coercivity.law.rules.load import load_rulebook
from coercivity.market.inputs.coefficients import ABROAD, CHINA, REGIONS, USES
from coercivity.market.results.price_gap import priced
from coercivity.market.results.rows import ALL_ABROAD, GapRow, RangeRow, UseRow
from coercivity.market.results.tables import Tables
from coercivity.market.results.welfare import welfare_by_party
from coercivity.market.run.runs import runs_of, simulation_of
from coercivity.market.run.scenarios.scenario import Scenario, read_scenario
from coercivity.market.run.simulate import BEGIN, Simulation, capacities

GOODS = ("ox_NdPr", "ox_Dy", "ox_Tb", "mag_none", "mag_low", "mag_high")
MOVES = ("ship", "haul", "scrap", "reserve", "release", "loosen")
PLACES = (CHINA, ALL_ABROAD, "NAM", "EUR", "JP")
Rows = list[dict[str, object]]


class Asked(TypedDict):
    """A run: scenario, mechanisms that are switched off, legal scenario where the file has none, and last month."""

    scenario: str
    off: Sequence[str]
    assume: str
    last: str


class Said(TypedDict):
    """What a run says.

    Attributes:
        series: Monthly figures by name.
        base: Base-year prices by product and place [USD/kg].
        tables: Rows of the tables of the mechanisms.
        by_party_usd: Surplus by party over the years of the benchmark [USD].
    """

    months: list[str]
    series: dict[str, list[float]]
    base: dict[str, float]
    tables: dict[str, Rows]
    by_party_usd: dict[str, float]
    seconds: float
    peak_mb: float
    missing: NotRequired[str]


def scenario_of(asked: Asked) -> Scenario:
    """Returns the scenario with the mechanisms switched off and one legal scenario."""
    scenario = read_scenario(asked["scenario"], capacities())
    off = sorted({*scenario.behaviour.off, *asked["off"]})
    behaviour = scenario.behaviour.model_copy(update={"off": off})
    law = scenario.law
    if not law.assume:
        law = law.model_copy(update={"assume": asked["assume"]})
    return replace(scenario, behaviour=behaviour, law=law)


def ran(asked: Asked) -> Simulation:
    """Returns the run from the beginning of the model."""
    book, last = load_rulebook(), parse_month(asked["last"])
    runs = runs_of(book, scenario_of(asked), last)
    return simulation_of(book, runs[0], BEGIN, last)


class MechanismTables(Tables):
    """The tables of a run without those that take long and say nothing of a mechanism."""

    def gaps(self) -> list[GapRow]:
        """Returns none."""
        return []

    def ranges(self) -> list[RangeRow]:
        """Returns none."""
        return []


def rows(tables: Tables, name: str) -> Rows:
    """Returns the rows of a table; none if it is not there."""
    return cast(Rows, dict(tables.all).get(name, []))


def mean_of(weights: Mapping[str, Sequence[float]], each: Mapping[str, Sequence[float]], months: int) -> list[float]:
    """Returns the monthly means of series by key, weighted with others."""
    found = []
    for n in range(months):
        weight = total(weights[key][n] for key in each)
        found.append(round_sig(total(weights[key][n] * each[key][n] for key in each) / weight) if weight else 0.0)
    return found


def _prices(tables: Tables, series: dict[str, list[float]], base: dict[str, float]) -> None:
    prices = tables.simulation.network.prices
    for row in tables.prices():
        good, region = row["good"], row["region"]
        if good in GOODS and region in PLACES:
            series[f"quote:{good}:{region}"] = row["quote"]
            series[f"margin:{good}:{region}"] = row["margin"]
            series[f"traded:{good}:{region}"] = row["traded"]
            entry = priced(good, region) if region in REGIONS else None
            if entry in prices:
                base[f"{good}:{region}"] = prices[entry]


def _uses(use_rows: Sequence[UseRow], series: dict[str, list[float]]) -> None:
    parts = ("wanted_t", "usual_t", "less_t", "substituted_t", "without_t")
    for row in use_rows:
        if row["region"] not in ABROAD:
            continue
        magnets = row["use"] in USES
        for part in parts:
            values = cast(Mapping[str, list[float]], row)[part]
            keys = [f"{part}:{row['use']}", f"{part}:{'magnets' if magnets else 'oxides'}"]
            keys += [f"{part}:magnets:{row['region']}"] if magnets else []
            for key in keys:
                before = series.get(key, [0.0] * len(values))
                series[key] = [a + b for a, b in zip(before, values, strict=True)]


def _made(tables: Tables, series: dict[str, list[float]]) -> None:
    """Adds what is made abroad, by kind of activity and product [t]."""
    kinds = [
        (f"made:{activity.kind.removeprefix('more_')}:{given.good.name}", activity.name, given.mass)
        for activity in tables.simulation.network.activities
        if activity.kind not in MOVES
        for given in activity.gives
        if given.good.region in ABROAD and given.good.name.startswith(("ox_", "met_", "mag_"))
    ]
    for n, done in enumerate(tables.done):
        for key, name, amount in kinds:
            mass = done.activity_t.get(name, 0.0)
            if mass:
                series.setdefault(key, [0.0] * len(tables.done))[n] += mass * amount


def _shipped(tables: Tables, series: dict[str, list[float]]) -> None:
    for row in tables.shipped():
        if row["to_region"] == ALL_ABROAD:
            series[f"out:{row['good']}"] = row["mass_t"]


def _recycled(shares: Rows, use_rows: Sequence[UseRow], series: dict[str, list[float]], months: int) -> None:
    """Adds the recycled share of NdPr in magnets abroad, weighted with the devices built."""
    built = {
        (row["region"], row["use"]): [a + b for a, b in zip(row["usual_t"], row["substituted_t"], strict=True)]
        for row in use_rows
    }
    for kind in ("end_of_life_share", "swarf_share"):
        each = {
            f"{row['region']}:{row['use']}": cast(list[float], row[kind])
            for row in shares
            if row["region"] in ABROAD and row["use"] in USES and row["element"] == "NdPr"
        }
        weights = {f"{region}:{use}": series_ for (region, use), series_ in built.items()}
        series[kind] = mean_of(weights, each, months)


def said(asked: Asked) -> Said:
    """Returns what a run says."""
    begun = time.process_time()
    simulation = ran(asked)
    spent = time.process_time() - begun
    last = parse_month(asked["last"])
    tables = MechanismTables(simulation, BEGIN, last)
    series: dict[str, list[float]] = {}
    base: dict[str, float] = {}
    use_rows = tables.use()
    parts: tuple[Callable[[], None], ...] = (
        lambda: _prices(tables, series, base),
        lambda: _uses(use_rows, series),
        lambda: _made(tables, series),
        lambda: _shipped(tables, series),
    )
    for part in parts:
        part()
    names = ("plants", "contracts", "end_of_life", "recycled", "closures", "policies", "reserves", "options")
    found = {name: rows(tables, name) for name in names}
    _recycled(found.pop("recycled"), use_rows, series, len(tables.done))
    first = parse_month(f"{month_text(last)[:4]}-01") - 48
    return {
        "months": tables.months,
        "series": series,
        "base": base,
        "tables": found,
        "by_party_usd": welfare_by_party(simulation, max(first, BEGIN), last),
        "seconds": spent,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main() -> None:
    """Prints what the run asked for says."""
    found = said(cast(Asked, json.loads(sys.argv[1])))
    for values in found["series"].values():
        if not all(map(math.isfinite, values)):
            raise ValueError("a series has a value that is no number")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
