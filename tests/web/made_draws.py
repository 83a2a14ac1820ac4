"""What draws say of a report, made up: round numbers with the shape of real ones, not results of the model."""

from __future__ import annotations

import math

from coercivity.ensemble.results.rows import (
    LEVELS,
    CauseRow,
    DrawnFigure,
    DrawsReport,
    FanRow,
    SensitivityRow,
)

# Distance of each level from the median, in standard deviations of a normal distribution.
Z = dict(zip(LEVELS, (-1.645, -1.282, -0.674, 0.0, 0.674, 1.282, 1.645), strict=True))
DRAWS = 64
FIGURES = (
    ("dy_outside", "USD/kg", 800.0, 120.0),
    ("dy_gap", "USD/kg", 500.0, 90.0),
    ("devices_not_built", "t", 900.0, 200.0),
)
CAUSES: tuple[tuple[str, str, str, float, float], ...] = (
    ("granted_share", "share of applications granted", "practice", 0.31, -45.0),
    ("desk_figures:LD014", "decisions_begin any ALL", "practice", 0.14, -28.0),
    ("assumptions:AS150", "demand growth of non-magnet uses", "world", 0.11, 24.0),
    ("economics:E069", "elasticity demand_short_run_Dy all none", "model", 0.03, -9.0),
)
NOISE = 0.06


def made_draws(months: list[str], runs: list[str]) -> DrawsReport:
    """Returns what draws say of some runs; each run after the first is 100 higher.

    Args:
        months: Months of the report; the first is not drawn.
        runs: Ids of the runs.
    """
    pair = runs[:2]
    return {
        "design": f"sobol-{DRAWS}-0",
        "draws": DRAWS,
        "first": months[0],
        "last": months[-1],
        "shared": ["2024-10", "2025-12"],
        "runs": runs,
        "rows": {
            "drawn": {"practice": 38, "world": 560, "model": 34},
            "not_drawn": {
                "no run reads this rate; prices in the tables are in USD already": 284,
                "not in use; its column why_not says why": 11,
            },
        },
        "figures": [_figure(run, n, *row) for row in FIGURES for n, run in enumerate(runs)]
        + [_start(run) for run in runs],
        "fans": [
            _fan(run, n, len(months), f"{block}:ox_Dy:XCN") for block in ("traded", "gap") for n, run in enumerate(runs)
        ],
        "chances": [
            {"run": run, "event": "dy_gap > 100 USD/kg", "chance": 0.625, "low": 0.52, "high": 0.72, "draws": DRAWS}
            for run in runs
        ],
        "sensitivity": [_sensitivity(run, figure, unit, middle) for figure, unit, middle, _ in FIGURES for run in runs],
        "differences": [
            {
                "run": pair[0],
                "less": pair[-1],
                "figure": "dy_outside",
                "unit": "USD/kg",
                "mean": -99.0,
                "low": -104.0,
                "high": -94.0,
                "quantiles": {str(level): -100 + 10 * z for level, z in Z.items()},
                "share_positive": 0.0,
                "draws": DRAWS,
            }
        ]
        if len(pair) > 1
        else [],
        "failed": ["point 17: the base year has no balance"],
    }


def _figure(run: str, number: int, figure: str, unit: str, middle: float, sd: float) -> DrawnFigure:
    middle += 100 * number
    return {
        "run": run,
        "figure": figure,
        "unit": unit,
        "usual": middle - 13,
        "mean": middle + 7,
        "quantiles": {str(level): middle + z * sd for level, z in Z.items()},
        "half_width": sd / 6,
        "draws": DRAWS - 1,
    }


def _start(run: str) -> DrawnFigure:
    """The start of a plant in March 2027: months since year 0."""
    middle = 2027 * 12 + 2
    return {
        "run": run,
        "figure": "slowest_start",
        "unit": "month",
        "usual": middle,
        "mean": middle,
        "quantiles": {str(level): middle + round(4 * z) for level, z in Z.items()},
        "half_width": 1.0,
        "draws": DRAWS - 1,
    }


def _fan(run: str, number: int, months: int, figure: str) -> FanRow:
    middle = [500.0 + 100 * number + 60 * math.sin(n / 3) for n in range(months)]
    return {
        "run": run,
        "figure": figure,
        "unit": "USD/kg",
        "quantiles": {
            str(level): [value + z * (20 + 4 * n) for n, value in enumerate(middle)] for level, z in Z.items()
        },
        "usual": [value - 13 for value in middle],
    }


def _sensitivity(run: str, figure: str, unit: str, middle: float) -> SensitivityRow:
    shares = (("law", 0.04), ("practice", 0.45), ("world", 0.2), ("model", 0.05), ("unexplained", 0.26))
    return {
        "run": run,
        "figure": figure,
        "unit": unit,
        "draws": DRAWS - 1,
        "groups": [{"group": group, "share": share} for group, share in shares],
        "causes": [_cause(*cause, middle) for cause in CAUSES],
        "learn_next": ["desk_figures:LD014"],
    }


def _cause(row: str, what: str, group: str, index: float, swing: float, middle: float) -> CauseRow:
    ends = {"low": middle - swing, "high": middle + swing}
    known = {"quality": "estimated", "source": "SP001: counted"}
    return {"row": row, "what": what, "group": group, "index": index, "noise": NOISE, **ends, **known}  # type: ignore[typeddict-item] # the ends are both there
