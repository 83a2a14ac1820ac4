"""The run without draws as a set of one, so that figures of both are made alike."""

from __future__ import annotations

import numpy as np

from coercivity.base.errors import CoercivityError
from coercivity.ensemble.runs.keeping import AXIS, Block, Floats, series_of_rows
from coercivity.ensemble.runs.sets import DrawSet
from coercivity.market.results.rows import RunTables


def usual_set(draws: DrawSet, tables: RunTables, months: list[str]) -> DrawSet:
    """Returns the run without draws, in the months of its draws, as a set of one.

    Args:
        draws: The draws of the same run.
        tables: Tables of the run without draws.
        months: Their months, YYYY-MM.

    Raises:
        CoercivityError: If a drawn month is not among them.
    """
    lacking = [month for month in draws.months if month not in months]
    if lacking:
        what = f"the run without draws has no {lacking[0]}"
        raise CoercivityError.of("DRAWS-FOLDER", what, where=draws.run, next="run both over the same months")
    at = [months.index(month) for month in draws.months]
    kept = frozenset(draws.months)
    rows = series_of_rows(
        tables["prices"],
        [row for row in tables["gaps"] if row["month"] in kept],
        tables["shipped"],
        tables["out"],
        tables["use"],
        tables["desk"],
        tables["plants"],
    )
    names: dict[Block, tuple[str, ...]] = {block: tuple(sorted(rows.get(block, {}))) for block in AXIS}
    values: dict[Block, Floats] = {}
    for block, axis in AXIS.items():
        columns = len(at) if axis == "months" else 1
        found = np.zeros((1, len(names[block]), columns))
        for number, name in enumerate(names[block]):
            series = rows[block][name]
            found[0, number] = [series[month] for month in at] if len(series) == len(months) > 1 else series
        values[block] = found
    point = np.zeros(1, dtype=np.int64)
    return DrawSet(draws.run, draws.design, point, draws.months, draws.years, names, values, {}, {})
