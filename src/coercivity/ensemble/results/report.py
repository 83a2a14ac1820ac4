"""What draws say of an outlook: figures, fans, chances, causes and differences of its runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coercivity.base.canonical import round_sig
from coercivity.base.errors import CoercivityError
from coercivity.base.months import Month, month_text
from coercivity.ensemble.draw import point_of
from coercivity.ensemble.parameters import ParameterDraws
from coercivity.ensemble.results.chances import chance_row
from coercivity.ensemble.results.figures import Event, Figure, events, fans, figures, series_of, slowest_plant
from coercivity.ensemble.results.learn import learn_next, provenance
from coercivity.ensemble.results.pairs import paired, paired_row
from coercivity.ensemble.results.quantiles import Floats, drawn_figure, fan, known_of
from coercivity.ensemble.results.rows import (
    CauseRow,
    ChanceRow,
    DrawnFigure,
    DrawsReport,
    FanRow,
    PairedRow,
    RowsDrawn,
    SensitivityRow,
)
from coercivity.ensemble.results.sensitivity import LEAST_DRAWS, causes, group_shares, law_share
from coercivity.ensemble.rows import GRANTED, ranged_rows
from coercivity.ensemble.runs.sets import DrawSet

REST = "unexplained"
LAW = "law"
_SHARE = "share of applications granted"


@dataclass(frozen=True, slots=True, eq=False)
class _Run:
    """A run with the values of its figures by draw; `usual` is the run without draws, as a set of one."""

    draws: DrawSet
    usual: DrawSet | None
    values: Mapping[str, Floats]

    @property
    def scenario(self) -> str:
        return self.draws.run.partition("/")[0]


def draws_report(
    sets: Sequence[DrawSet],
    usual: Mapping[str, DrawSet],
    first: Month,
    last: Month,
    shared: tuple[Month, Month],
    parameters: ParameterDraws | None = None,
) -> DrawsReport:
    """Returns what draws say of an outlook.

    Each run is described by itself: no number is a mean over legal scenarios.

    Args:
        sets: The draws, one set a run.
        usual: The runs without draws as sets of one, by id of the run.
        first: First drawn month.
        last: Last month.
        shared: First and last month that all draws share.
        parameters: Where the values of some rows come from; None if they come from their ranges.

    Raises:
        CoercivityError: If there is no set, or the sets are of different designs.

    Source: equations 90 to 92 of docs/market.md.
    """
    if not sets:
        raise CoercivityError.of("DRAWS-NONE", "no run has draws", next="ask for draws of at least one run")
    design = sets[0].design
    for each in sets:
        if each.design != design:
            what = f"{each.run} has draws of {each.design.id}, {sets[0].run} of {design.id}"
            raise CoercivityError.of("DRAWS-FOLDER", what, where=each.run, next="draw all runs with one design")
    slowest = next((found for each in sets if each.run in usual and (found := slowest_plant(usual[each.run]))), "")
    asked = figures(slowest)
    runs = [_Run(each, usual.get(each.run), {figure.key: figure.of(each) for figure in asked}) for each in sets]
    happenings = events(slowest)
    report: DrawsReport = {
        "design": design.id,
        "draws": design.points,
        "first": month_text(first),
        "last": month_text(last),
        "shared": [month_text(month) for month in shared],
        "runs": [run.draws.run for run in runs],
        "rows": rows_drawn(),
        "figures": [row for run in runs for figure in asked if (row := _figure(run, figure)) is not None],
        "fans": [row for run in runs for row in _fans(run)],
        "chances": [_chance(run, event) for run in runs for event in happenings],
        "sensitivity": _sensitivity(runs, asked, parameters),
        "differences": [row for figure in asked for row in _differences(runs, figure)],
        "failed": [f"{each.run}: point {point}: {why}" for each in sets for point, why in sorted(each.failed.items())],
    }
    if slowest:
        report["slowest_plant"] = slowest
    if parameters is not None:
        report["parameters"] = {
            "kind": parameters.kind,
            "known": parameters.known.isoformat() if parameters.known is not None else "",
            "hash": parameters.hash,
            "rows": list(parameters.names),
        }
    return report


def rows_drawn() -> RowsDrawn:
    """Returns how many rows with a range are drawn, by group, and how many not, by reason; one is the share granted."""
    drawn: dict[str, int] = {"practice": 1}
    not_drawn: dict[str, int] = {}
    for row in ranged_rows():
        counted, key = (drawn, row.group) if row.drawn else (not_drawn, row.reason)
        counted[key] = counted.get(key, 0) + 1
    return {"drawn": dict(sorted(drawn.items())), "not_drawn": dict(sorted(not_drawn.items()))}


def _figure(run: _Run, figure: Figure) -> DrawnFigure | None:
    """Returns a figure with its range; None if no draw has a value."""
    values = run.values[figure.key]
    if not known_of(values).size:
        return None
    usual = float(figure.of(run.usual)[0]) if run.usual is not None else float("nan")
    return drawn_figure(run.draws.run, figure.key, figure.unit, values, usual if np.isfinite(usual) else None)


def _fans(run: _Run) -> list[FanRow]:
    found: list[FanRow] = []
    for asked in fans():
        if asked.name not in run.draws.names[asked.block]:
            continue
        series = run.draws.series(asked.block, asked.name)
        if not np.isfinite(series).any(axis=0).all():
            continue
        usual = series_of(run.usual, asked.block, asked.name)[0] if run.usual is not None else np.zeros(0)
        line = usual.tolist() if np.isfinite(usual).all() else []
        found.append(fan(run.draws.run, asked.key, asked.unit, series, line))
    return found


def _chance(run: _Run, event: Event) -> ChanceRow:
    return chance_row(run.draws.run, event.key, event.of(run.draws))


def _sensitivity(
    runs: Sequence[_Run], asked: Sequence[Figure], parameters: ParameterDraws | None
) -> list[SensitivityRow]:
    """Returns what moves each figure of each run; one of few draws, or the same in all, has no causes and no row."""
    points = sorted({int(point) for run in runs for point in run.draws.points})
    places = {point: point_of(runs[0].draws.design.scramble, point) for point in points}
    if parameters is not None:  # the place of a value among those that were taken, in place of that in its range
        for name, column in zip(parameters.names, zip(*parameters.values, strict=True), strict=True):
            ranks = np.argsort(np.argsort([column[point] for point in points], kind="stable"), kind="stable")
            for point, rank in zip(points, ranks.tolist(), strict=True):
                places[point][name] = (rank + 0.5) / len(points)
    names = sorted(places[points[0]])
    whole = np.array([[places[point][name] for name in names] for point in points]).T
    at = {point: number for number, point in enumerate(points)}
    found: list[SensitivityRow] = []
    for figure in asked:
        for run in runs:
            values = run.values[figure.key]
            known = np.isfinite(values)
            if np.count_nonzero(known) < LEAST_DRAWS or np.ptp(values[known]) <= 0.0:
                continue
            columns = [at[int(point)] for point in run.draws.points[known]]
            law = _law(run, runs, figure)
            found.append(_moved(run.draws.run, figure, values[known], names, whole[:, columns], law))
    return found


def _moved(
    run: str, figure: Figure, values: Floats, names: list[str], coordinates: Floats, law: float | None
) -> SensitivityRow:
    about = {row.name: (row.what, row.group) for row in ranged_rows()}
    about[GRANTED] = (_SHARE, "practice")
    rows: list[CauseRow] = []
    for cause in causes(values, names, coordinates):
        quality, source = provenance(cause.row)
        what, group = about[cause.row]
        rows.append(
            {
                "row": cause.row,
                "what": what,
                "group": group,
                "index": round_sig(cause.index),
                "noise": round_sig(cause.noise),
                "low": round_sig(cause.low),
                "high": round_sig(cause.high),
                "quality": quality,
                "source": source,
            }
        )
    at = [names.index(row["row"]) for row in rows]
    explained = group_shares(values, [row["group"] for row in rows], coordinates[at])
    shares = {} if law is None else {LAW: law}
    within = 1.0 if law is None else 1.0 - law
    shares |= {group: within * explained.get(group, 0.0) for group in ("practice", "world", "model")}
    shares[REST] = max(1.0 - float(np.sum(list(shares.values()))), 0.0)
    return {
        "run": run,
        "figure": figure.key,
        "unit": figure.unit,
        "draws": int(values.size),
        "groups": [{"group": group, "share": round_sig(share)} for group, share in shares.items()],
        "causes": rows,
        "learn_next": learn_next(rows),
    }


def _law(run: _Run, runs: Sequence[_Run], figure: Figure) -> float | None:
    """Returns the size of the difference between the legal scenarios of a scenario, beside the spread within them.

    A scenario with one legal scenario has none: a share of zero would say that law does not matter.
    """
    same = [each for each in runs if each.scenario == run.scenario and known_of(each.values[figure.key]).size]
    if len(same) < 2:
        return None
    pairs = [(a, b) for number, a in enumerate(same) for b in same[number + 1 :]]
    differences = {
        (a.draws.run, b.draws.run): found
        for a, b in pairs
        if (found := paired(a.draws, b.draws, a.values[figure.key], b.values[figure.key])).size
    }
    return law_share({each.draws.run: known_of(each.values[figure.key]) for each in same}, differences)


def _differences(runs: Sequence[_Run], figure: Figure) -> list[PairedRow]:
    """Returns the differences between legal scenarios of a scenario, and between scenarios under one legal scenario."""
    found: list[PairedRow] = []
    for number, less in enumerate(runs):
        for run in runs[number + 1 :]:
            law, other = (each.draws.run.partition("/")[2] for each in (run, less))
            if run.scenario != less.scenario and law != other:
                continue
            values, minus = run.values[figure.key], less.values[figure.key]
            row = paired_row(run.draws, less.draws, figure.key, figure.unit, values, minus)
            if row is not None:
                found.append(row)
    return found
