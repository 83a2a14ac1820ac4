"""What a backtest would do, as data and lines: rows by kind, months and draws; no run and no score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from coercivity.base.months import month_text
from coercivity.base.sums import total
from coercivity.base.words import Lang
from coercivity.calibration.backtest.rows import Horizon, RowsAt, series_name
from coercivity.papers.backtest.report_data import PlanOrigin, PlanReport
from coercivity.papers.backtest.wording import kind_text, left_text, wording
from coercivity.papers.shared.output.text import table_lines
from coercivity.papers.shared.terminal import wrapped


def plan_data(origins: Sequence[tuple[Horizon, RowsAt]], draws: int, runs: Sequence[int]) -> PlanReport:
    """Returns a plan as plain data.

    Args:
        origins: Horizon and rows of each day.
        draws: Draws of each run.
        runs: Number of runs of each day.
    """
    found: list[PlanOrigin] = []
    for (horizon, rows), count in zip(origins, runs, strict=True):
        kinds = Counter(match.kind for _, match in rows.ahead)
        left = Counter((each.left, each.why if each.left == "not_modelled" else "") for each in rows.left)
        found.append(
            {
                "origin": horizon.origin.isoformat(),
                "observed": month_text(horizon.observed),
                "first": month_text(horizon.first),
                "last": month_text(horizon.last),
                "known": len(rows.known),
                "series": len({series_name(*row) for row in rows.ahead}),
                "kinds": {kind: kinds[kind] for kind in sorted(kinds)},
                "left": [{"left": key, "why": why, "rows": left[key, why]} for key, why in sorted(left)],
                "runs": count,
            }
        )
    return {"draws": draws, "origins": found}


def plan_lines(body: PlanReport, lang: Lang = "en") -> Iterator[str]:
    """Yields a plan as lines of text.

    Args:
        body: The plan.
        lang: Language.
    """
    w = wording(lang)
    draws = total(each["runs"] for each in body["origins"]) * body["draws"]
    yield from wrapped(w("plan_title", len(body["origins"]), draws), "")
    rows = []
    for each in body["origins"]:
        months = w("months", each["first"], each["last"])
        counts = (
            each["known"],
            total(each["kinds"].values()),
            each["series"],
            total(one["rows"] for one in each["left"]),
        )
        rows.append((each["origin"], each["observed"], months, *map(str, counts), str(each["runs"])))
    columns = ("origin", "observed", "months", "known", "scored", "series", "left", "runs")
    yield from table_lines(w.table("plan", columns, rows, numbers=columns[3:]))
    kinds = [
        (each["origin"], kind_text(kind, w), str(count))
        for each in body["origins"]
        for kind, count in each["kinds"].items()
    ]
    yield from table_lines(w.table("plan_kinds", ("origin", "kind", "scored"), kinds, numbers=("scored",)))
    left = [
        (each["origin"], str(one["rows"]), left_text(one["left"], one["why"], w))
        for each in body["origins"]
        for one in each["left"]
    ]
    if left:
        yield from table_lines(w.table("plan_left", ("origin", "left", "why"), left, numbers=("left",)))
