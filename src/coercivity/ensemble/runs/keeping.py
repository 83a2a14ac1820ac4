"""What is kept of one draw: series by name, as bytes that are the same on any machine."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from coercivity.base.canonical import round_sig
from coercivity.base.months import Month, month_text, parse_month
from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import CHINA
from coercivity.market.program.build import PlanningWindow
from coercivity.market.results.rows import JOINT, GapRow, OutRow, PlantRow, PriceRow, QueueRow, ShippedRow, UseRow
from coercivity.market.results.tables import Tables
from coercivity.market.results.welfare import TAX, welfare, welfare_by_party
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.simulate import Simulation

Floats = NDArray[np.float64]
Axis = Literal["months", "years", "once"]
# Blocks of series; the names of a series are joined by `JOIN`.
Block = Literal[
    "quote",
    "traded",
    "gap",
    "shipped",
    "out",
    "use",
    "licences",
    "flows",
    "capacity_value",
    "benefit",
    "plants",
    "welfare",
]
AXIS: dict[Block, Axis] = {
    "quote": "months",
    "traded": "months",
    "gap": "months",
    "shipped": "months",
    "out": "months",
    "use": "months",
    "licences": "months",
    "flows": "years",
    "capacity_value": "years",
    "benefit": "years",
    "plants": "once",
    "welfare": "once",
}
JOIN = ":"
LICENCE_FIGURES = ("new", "granted", "refused", "pending", "granted_t", "used_t")
USE_FIGURES = ("wanted_t", "less_t", "substituted_t", "without_t")
WHOLE, OUTSIDE = "whole", "outside"
PLANT_FIGURES = ("start", "delay_months", "margin_usd_per_kg", "charge_usd_per_kg")
_MOST_BYTES = 64 * 2**20


@dataclass(frozen=True, slots=True, eq=False)
class KeptDraw:
    """What is kept of one draw.

    Attributes:
        point: Number of the point.
        months: The months, YYYY-MM.
        years: The years.
        names: Names of the series by block.
        values: Their values, shape (series, months, years or one).
        clauses: Clauses that delay each plant, joined by `+`; empty if none does.
    """

    point: int
    months: tuple[str, ...]
    years: tuple[str, ...]
    names: Mapping[Block, tuple[str, ...]]
    values: Mapping[Block, Floats]
    clauses: Mapping[str, str]


def kept_of(simulation: Simulation, point: int, first: Month, last: Month) -> KeptDraw:
    """Returns what is kept of a drawn run.

    Args:
        simulation: The run.
        point: Number of the point.
        first: First month.
        last: Last month.
    """
    tables = Tables(simulation, first, last)
    years = tuple(sorted({month[:4] for month in tables.months}))
    rows: dict[Block, dict[str, list[float]]] = {
        **series_of_rows(
            tables.prices(), tables.gaps(), tables.shipped(), tables.out(), tables.use(), tables.desk(), tables.plants()
        ),
        "flows": _flows(tables, years),
        "capacity_value": _capacity_values(tables.window, tables.done, years),
        "benefit": _benefits(simulation, first, last, years),
        "welfare": _welfare(simulation, first, last),
    }
    names: dict[Block, tuple[str, ...]] = {block: tuple(sorted(each)) for block, each in rows.items()}
    values = {block: _array(rows[block], names[block]) for block in names}
    clauses = {row["plant_id"]: JOINT.join(row["clauses"]) for row in tables.plants()}
    return KeptDraw(point, tuple(tables.months), years, names, values, clauses)


def series_of_rows(
    prices: Sequence[PriceRow],
    gaps: Sequence[GapRow],
    shipped: Sequence[ShippedRow],
    out: Sequence[OutRow],
    use: Sequence[UseRow],
    desk: Sequence[QueueRow],
    plants: Sequence[PlantRow],
) -> dict[Block, dict[str, list[float]]]:
    """Returns tables of a run as series by block, of which figures are made, of a draw or of the run without draws.

    Args:
        prices: Prices [USD/kg].
        gaps: Gaps [USD/kg].
        shipped: Exports from China [t/month].
        out: What clears customs out of China [t/month].
        use: What became of the demand of each use [t/month].
        desk: Queues of the licensing desk.
        plants: Plants outside China.
    """
    return {
        "quote": {f"{row['good']}:{row['region']}": row["quote"] for row in prices},
        "traded": {f"{row['good']}:{row['region']}": row["traded"] for row in prices},
        "gap": _gaps(gaps),
        "shipped": {f"{row['good']}:{row['to_region']}": row["mass_t"] for row in shipped},
        "out": {f"{row['what']}:{row['to_region']}": row["mass_t"] for row in out},
        "use": _uses(use),
        "licences": _licences(desk),
        "plants": _plants(plants),
    }


def _array(rows: Mapping[str, list[float]], names: tuple[str, ...]) -> Floats:
    return np.array([rows[name] for name in names], dtype=np.float64) if names else np.zeros((0, 0))


def _gaps(rows: Sequence[GapRow]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for row in rows:
        found.setdefault(f"{row['good']}:{row['region']}", []).append(row["gap"])
    return found


def _uses(rows: Sequence[UseRow]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for row in rows:
        each = {
            "wanted_t": row["wanted_t"],
            "less_t": row["less_t"],
            "substituted_t": row["substituted_t"],
            "without_t": row["without_t"],
        }
        found |= {f"{row['use']}:{row['region']}:{figure}": each[figure] for figure in USE_FIGURES}
    return found


def _licences(rows: Sequence[QueueRow]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for row in rows:
        each = {
            "new": row["new"],
            "granted": row["granted"],
            "refused": row["refused"],
            "pending": row["pending"],
            "granted_t": row["granted_t"],
            "used_t": row["used_t"],
        }
        queue = f"{row['form']}:{row['country']}:{row['user']}"
        found |= {f"{queue}:{figure}": each[figure] for figure in LICENCE_FIGURES}
    return found


def _flows(tables: Tables, years: tuple[str, ...]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for row in tables.flows():
        parts = (row["stage"], row["good"], row["use"], row["from_region"], row["to_region"], row["way"])
        series = found.setdefault("|".join(parts), [0.0] * len(years))
        series[years.index(row["year"])] += row["mass_t"]
    return found


def _capacity_values(
    window: PlanningWindow, months: Iterable[MonthDone], years: tuple[str, ...]
) -> dict[str, list[float]]:
    """Returns the mean shadow value of a unit of each capacity by year [USD/kg of its unit].

    Public money for capacity is judged by it.
    """
    found: dict[str, list[list[float]]] = {name: [[] for _ in years] for name in window.network.limits}
    for done in months:
        year = years.index(month_text(done.month)[:4])
        for name, each in found.items():
            if name in window.alone:
                activity, weight = window.alone[name]
                value = -float(done.plan.reduced_cost[window.column("act", activity, 0)]) / weight
            else:
                value = -float(done.plan.dual[window.row("limit", name, 0)])
            each[year].append(max(value, 0.0))
    return {
        name: [round_sig(total(year) / len(year)) if year else 0.0 for year in each] for name, each in found.items()
    }


def _plants(rows: Sequence[PlantRow]) -> dict[str, list[float]]:
    """Returns start (months since year 0), delay [months], margin and charge [USD/kg] of each plant.

    Not a number: a start that there is none, and margin and charge of a plant that is as given.
    """
    found: dict[str, list[float]] = {}
    for row in rows:
        delay = row["delay_months"] if row["start"] else None
        start = float(parse_month(row["start"])) if row["start"] else None
        each = (start, delay, row["margin_usd_per_kg"], row["charge_usd_per_kg"])
        for figure, value in zip(PLANT_FIGURES, each, strict=True):
            found[f"{row['plant_id']}:{figure}"] = [float("nan") if value is None else value]
    return found


def _benefits(simulation: Simulation, first: Month, last: Month, years: tuple[str, ...]) -> dict[str, list[float]]:
    """Returns the net benefit by year [USD]: of all parties, and what parties outside China gain.

    Taxes are paid to the Chinese treasury, and what a licence to a region is worth is earned there.

    Source: equations 46 and 47 of docs/market.md.
    """
    found: dict[str, list[float]] = {WHOLE: [], OUTSIDE: []}
    for year in years:
        begin, end = max(first, parse_month(f"{year}-01")), min(last, parse_month(f"{year}-12"))
        found[WHOLE].append(round_sig(welfare(simulation, begin, end)))
        parties = welfare_by_party(simulation, begin, end)
        abroad = (usd for name, usd in parties.items() if name != TAX and CHINA not in name.split(JOIN))
        found[OUTSIDE].append(round_sig(total(abroad)))
    return found


def _welfare(simulation: Simulation, first: Month, last: Month) -> dict[str, list[float]]:
    parties = welfare_by_party(simulation, first, last)
    return {**{name: [usd] for name, usd in parties.items()}, WHOLE: [welfare(simulation, first, last)]}


def packed(kept: KeptDraw) -> bytes:
    """Returns a draw as bytes."""
    blocks = list(AXIS)
    head = {
        "point": kept.point,
        "months": kept.months,
        "years": kept.years,
        "names": {block: kept.names[block] for block in blocks},
        "shapes": {block: kept.values[block].shape for block in blocks},
        "clauses": dict(sorted(kept.clauses.items())),
    }
    text = json.dumps(head, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    arrays = b"".join(kept.values[block].astype("<f8").tobytes() for block in blocks)
    return zlib.compress(len(text).to_bytes(8, "little") + text + arrays, 6)


def unpacked(held: bytes) -> KeptDraw:
    """Returns a draw from bytes.

    Raises:
        ValueError: If they are not those of a draw.
    """
    reader = zlib.decompressobj()
    try:
        body = reader.decompress(held, _MOST_BYTES)
        length = int.from_bytes(body[:8], "little")
        head = json.loads(body[8 : 8 + length])
        at = 8 + length
        values: dict[Block, Floats] = {}
        for block in AXIS:
            rows, columns = head["shapes"][block]
            values[block] = (
                np.frombuffer(body, dtype="<f8", count=rows * columns, offset=at)
                .astype(np.float64)
                .reshape(rows, columns)
            )
            at += 8 * rows * columns
        if at != len(body):
            raise ValueError("its arrays do not have the length that it states")
        names: dict[Block, tuple[str, ...]] = {block: tuple(head["names"][block]) for block in AXIS}
        point, clauses = int(head["point"]), dict(head["clauses"])
        return KeptDraw(point, tuple(head["months"]), tuple(head["years"]), names, values, clauses)
    except (zlib.error, KeyError, TypeError, IndexError, UnicodeDecodeError, OverflowError) as error:
        raise ValueError("it is not a draw") from error
