"""What draws say of the made-up outlook: round numbers with the shape of real ones, not results of the model."""

from __future__ import annotations

import math
from typing import Any

from coercivity.ensemble.results.rows import LEVELS, CauseRow, DrawnFigure, DrawsReport, FanRow
from tests.unit.papers.outlook.test_report_data import MONTHS, build

# Distance of each level from the median, in standard deviations of a normal distribution.
_Z = dict(zip(LEVELS, (-1.645, -1.282, -0.674, 0.0, 0.674, 1.282, 1.645), strict=True))
DRAWN = MONTHS[3:]
_FIGURES = (
    ("dy_outside", "USD/kg", 310.0, 40.0),
    ("dy_gap", "USD/kg", 120.0, 30.0),
    ("magnets_exported", "t/yr", 51_200.0, 4_000.0),
    ("ndpr", "USD/kg", 71.0, 9.0),
    ("devices_not_built", "t", 840.0, 500.0),
    ("licences_granted", "fraction", 0.71, 0.05),
)
_CAUSES: tuple[tuple[str, str, str, float, float], ...] = (
    ("granted_share", "share of applications granted", "practice", 0.31, -45.0),
    ("desk_figures:LD014", "decisions_begin any ALL", "practice", 0.14, -28.0),
    ("assumptions:AS150", "demand growth of non-magnet uses", "world", 0.11, 24.0),
    ("base_year:BY301", "use consumer_electronics electronics mag_NdFeB JP", "world", 0.06, 15.0),
    ("economics:E069", "elasticity demand_short_run_Dy all none", "model", 0.03, -9.0),
)  # fmt: skip


def draws_report(draws: int = 128) -> DrawsReport:
    """Returns what draws say of the runs of `build()`."""
    runs = [run["id"] for run in build()["runs"]]
    return {
        "design": "sobol-7-0f3a",
        "draws": draws,
        "first": DRAWN[0],
        "last": DRAWN[-1],
        "shared": [MONTHS[0], MONTHS[2]],
        "runs": runs,
        "slowest_plant": "PLANT_2",
        "rows": {
            "drawn": {"practice": 38, "world": 560, "model": 34},
            "not_drawn": {"no run reads this rate; prices in the tables are in USD already": 284, "not in use; its column why_not says why": 11},
        },
        "figures": [_figure(run, n, *row) for row in _FIGURES for n, run in enumerate(runs)]
        + [_start(run, n) for n, run in enumerate(runs)],
        "fans": [_fan(run, n, f"{block}:ox_Dy:XCN") for block in ("traded", "gap") for n, run in enumerate(runs)],
        "chances": [
            {"run": run, "event": "dy_gap_above_100", "chance": 0.66, "low": 0.59, "high": 0.73, "draws": draws}
            for run in runs
        ],
        "sensitivity": [
            {
                "run": run,
                "figure": figure,
                "unit": unit,
                "draws": draws,
                "groups": [
                    {"group": group, "share": share}
                    for group, share in (("law", 0.04), ("practice", 0.45), ("world", 0.2), ("model", 0.05), ("unexplained", 0.26))
                ],
                "causes": [_cause(*row, middle, sd) for row in _CAUSES],
                "learn_next": ["desk_figures:LD014", "base_year:BY301"],
            }
            for figure, unit, middle, sd in _FIGURES[:2]
            for run in runs
        ],
        "differences": [
            {
                "run": runs[0], "less": runs[2], "figure": "dy_outside", "unit": "USD/kg", "mean": 84.2, "low": 78.1,
                "high": 90.3, "quantiles": {str(level): 84.0 + 30 * z for level, z in _Z.items()}, "share_positive": 0.98,
                "draws": draws,
            }
        ],
        "failed": ["point 17: the base year has no balance"],
    }  # fmt: skip


def with_draws(**changes: Any) -> Any:
    """Returns the made-up outlook with draws."""
    return {**build(), "draws": {**draws_report(), **changes}}


def _figure(run: str, number: int, figure: str, unit: str, middle: float, sd: float) -> DrawnFigure:
    middle *= 1 + number / 10
    return {
        "run": run,
        "figure": figure,
        "unit": unit,
        "usual": middle * 0.97,
        "mean": middle * 1.02,
        "quantiles": {str(level): middle + z * sd for level, z in _Z.items()},
        "half_width": sd / 6,
        "draws": 128,
    }


def _start(run: str, number: int) -> DrawnFigure:
    """The start of a plant: months since year 0."""
    middle = 2027.0 * 12 + 2 + number
    return {
        "run": run,
        "figure": "slowest_start",
        "unit": "month",
        "usual": middle,
        "mean": middle,
        "quantiles": {str(level): middle + round(4 * z) for level, z in _Z.items()},
        "half_width": 1.0,
        "draws": 128,
    }


def _fan(run: str, number: int, figure: str) -> FanRow:
    middle = [260.0 + 20 * number + 60 * math.sin(n / 3) for n in range(len(DRAWN))]
    return {
        "run": run,
        "figure": figure,
        "unit": "USD/kg",
        "quantiles": {
            str(level): [value + z * (4 + 5 * n) for n, value in enumerate(middle)] for level, z in _Z.items()
        },
        "usual": [value - 6 for value in middle],
    }


def _cause(row: str, what: str, group: str, index: float, effect: float, middle: float, sd: float) -> CauseRow:
    return {
        "row": row,
        "what": what,
        "group": group,
        "index": index,
        "noise": 0.05,
        "low": middle - effect * sd / 40,
        "high": middle + effect * sd / 40,
        "quality": "estimated",
        "source": "SP001: counted",
    }
