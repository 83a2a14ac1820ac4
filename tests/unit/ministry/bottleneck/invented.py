"""Four invented runs of two draws over two years, small enough to be checked by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from coercivity.base.months import parse_month
from coercivity.ensemble.design import Design
from coercivity.ensemble.runs.keeping import AXIS, Block
from coercivity.ensemble.runs.sets import DrawSet
from coercivity.ministry.bottleneck.plants import NamedPlant
from coercivity.ministry.bottleneck.runs import BASE, BOTH, MATERIALS, TECHNOLOGY, StagedRun, staged_run
from coercivity.ministry.bottleneck.solving.tonnes import STAGES, StageTonnes

YEARS = ("2027", "2028")
MONTHS = tuple(f"{year}-{month:02d}" for year in YEARS for month in range(1, 13))
NEVER = float("nan")
PLANTS = (
    NamedPlant("line-a", "Line A", "NAM", "magnet", "magnet:NAM", 10.0),
    NamedPlant("line-b", "Line B", "EUR", "magnet", "magnet:EUR", 5.0),
    NamedPlant("line-c", "Line C", "AU", "sep_heavy", "sep_heavy:AU", 2.0),
    NamedPlant("line-d", "Line D", "IN", "metal", "metal:IN", 1.0),
)
# Tonnes of magnets by year in each of the two draws.
MAGNETS = {
    BASE: ((100.0, 100.0), (200.0, 200.0)),
    MATERIALS: ((100.0, 105.0), (200.0, 210.0)),
    TECHNOLOGY: ((110.0, 120.0), (210.0, 230.0)),
    BOTH: ((110.0, 130.0), (220.0, 250.0)),
}
HEAVY = {BASE: 10.0, MATERIALS: 10.0, TECHNOLOGY: 10.02, BOTH: 12.0}
# First month and delay of Line A in each of the two draws; nobody delays it where technology is free.
LATE = (("2028-01", 3.0), ("2028-03", 4.6))
EARLY = (("2027-10", 0.0), ("2027-10", 0.0))


def drawn(name: str, starts: Sequence[tuple[str, float]], clauses: Mapping[str, tuple[str, ...]]) -> DrawSet:
    """A run of two draws: Line A starts as told, Line B never, Line C after the end but without controls."""
    count = len(starts)
    other = [float(parse_month("2028-06"))] * count if name == BOTH else [float(parse_month("2029-06"))] * count
    series: dict[Block, dict[str, list[list[float]]]] = {
        "plants": {
            "line-a:start": [[float(parse_month(month))] for month, _ in starts],
            "line-a:delay_months": [[delay] for _, delay in starts],
            "line-b:start": [[NEVER]] * count,
            "line-b:delay_months": [[NEVER]] * count,
            "line-c:start": [[month] for month in other],
            "line-c:delay_months": [[0.0]] * count,
        },
        "capacity_value": {"magnet:NAM": [[2.0, 5.0]] * count},
        "out": {"magnets:XCN": [[10.0] * 12 + [20.0] * 12] * count},
    }
    names: dict[Block, tuple[str, ...]] = {block: tuple(sorted(series.get(block, {}))) for block in AXIS}
    values = {
        block: np.array([[series[block][one][draw] for one in names[block]] for draw in range(count)], dtype=np.float64)
        if names[block]
        else np.zeros((count, 0, 0))
        for block in AXIS
    }
    points = np.arange(count, dtype=np.int64)
    return DrawSet(name, Design(count), points, MONTHS, YEARS, names, values, clauses, {})


def invented_runs(draws: int = 2) -> dict[str, StagedRun]:
    """The four runs, with both draws or with the first alone."""
    found = {}
    for name, magnets in MAGNETS.items():
        held = name in (BASE, MATERIALS)
        clauses = {"line-a": ("a62-1-a+a62-7", "a62-1-a"), "line-b": (), "line-c": ()} if held else {}
        tonnes = {
            point: StageTonnes(
                YEARS, {**dict.fromkeys(STAGES, (1.0, 1.0)), "magnet": each, "sep_heavy": (HEAVY[name], HEAVY[name])}
            )
            for point, each in enumerate(magnets[:draws])
        }
        found[name] = staged_run(drawn(name, (LATE if held else EARLY)[:draws], clauses), tonnes)
    return found
