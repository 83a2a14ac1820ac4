"""Draws, projects and pipelines made up for the tests: few numbers, so that every result can be worked by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from coercivity.base.months import parse_month
from coercivity.ensemble.design import Design
from coercivity.ensemble.runs.keeping import AXIS, Block
from coercivity.ensemble.runs.sets import DrawSet
from coercivity.market.run.industry.plants import Plant
from coercivity.ministry.pipeline.candidates import Candidate

YEARS = (2027, 2028)
MONTHS = tuple(f"{year}-{month:02d}" for year in YEARS for month in range(1, 13))


def draws(series: Mapping[Block, Mapping[str, Sequence[Sequence[float]]]], points: int) -> DrawSet:
    """Returns draws of two years; a series has a row a draw."""
    names = {block: tuple(sorted(series.get(block, {}))) for block in AXIS}
    length = {"months": len(MONTHS), "years": len(YEARS), "once": 1}
    values = {
        block: np.array([[series[block][name][point] for name in names[block]] for point in range(points)], dtype=float)
        if names[block]
        else np.zeros((points, 0, length[axis]))
        for block, axis in AXIS.items()
    }
    years = tuple(map(str, YEARS))
    return DrawSet("made/up", Design(points), np.arange(points), MONTHS, years, names, values, {}, {})


def plant(name: str, limit: str = "metal:EUR", stage: str = "metal", dependence: int = 0) -> Plant:
    """Returns a plant of 120 t a year."""
    month = parse_month("2027-01")
    region = limit.rpartition(":")[2]
    return Plant(name, region, stage, limit, "other", 10.0, month, month, dependence, status="planned")


def project(*parts: Plant, investment_musd: Sequence[float] = (30.0,)) -> Candidate:
    """Returns a project of some plants."""
    main = parts[0]
    return Candidate(main.id, main.id, "nobody", main.region, main.stage, parts, tuple(investment_musd), main.status)
