"""The assumptions that matter most to each figure of draws: tables and charts."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from benchmarks._draws_runs import Wanted, book, made, runs_asked
from benchmarks._tables import table
from coercivity.base.months import Month
from coercivity.ensemble.design import Design
from coercivity.ensemble.results.report import draws_report
from coercivity.ensemble.results.rows import CauseRow, DrawsReport, SensitivityRow
from coercivity.ensemble.runs.keeping import kept_of
from coercivity.ensemble.runs.sets import DrawSet, set_of
from coercivity.market.run.runs import RunAsked, simulation_of
from coercivity.market.run.simulate import BEGIN

MOST = 5
COLOURS = {"law": "#7a4fa3", "practice": "#c2571a", "world": "#2b6cb0", "model": "#5f6b76"}
WIDTH, LEFT, BAR, STEP, TOP = 760, 400, 16, 26, 44


def report_of(wanted: Wanted) -> DrawsReport:
    """Returns what draws say of every legal scenario, each by itself, beside the runs without draws.

    Args:
        wanted: The draws.
    """
    sets, (first, last) = made(wanted).sets, wanted.months
    usual = {run.id: usual_of(run, first, last) for run in runs_asked(wanted.last)}
    return draws_report(sets, usual, first, last, (wanted.begin, first - 1))


def usual_of(run: RunAsked, first: Month, last: Month) -> DrawSet:
    """Returns a run without draws as a set of one."""
    simulation = simulation_of(book(), run, min(BEGIN, first - 1), last)
    return set_of(run.id, Design(1), [kept_of(simulation, 0, first, last)], {})


def causes(report: DrawsReport, charts: Path | None) -> None:
    """Prints the assumptions that matter most to each figure of each run, and draws them.

    Args:
        report: What draws say.
        charts: Folder for the charts; None to draw none.
    """
    means = {(row["run"], row["figure"]): row["mean"] for row in report["figures"]}
    for row in report["sensitivity"]:
        run, figure = row["run"], row["figure"]
        mean = means[run, figure]
        print(f"{run}: {figure} [{row['unit']}], {row['draws']} draws; mean {mean:,.4g}")
        shares = ", ".join(f"{each['group']} {each['share']:.0%}" for each in row["groups"])
        print(f"  share of the variance: {shares}; learn next: {', '.join(row['learn_next']) or 'nothing'}")
        first = row["causes"][:MOST]
        if not first:
            print("  no row stands out from noise; more draws are needed")
            continue
        cells = [(c["row"], c["group"], c["index"], c["noise"], c["low"], c["high"], c["what"]) for c in first]
        table(("row", "group", "index", "noise", "lowest fifth", "highest fifth", "what"), cells)
        if charts is not None:
            charts.mkdir(parents=True, exist_ok=True)
            name = f"draws-{run.replace('/', '-').replace(':', '-')}-{figure}.svg"
            (charts / name).write_text(tornado(f"{figure}, {run}", row, mean), encoding="utf-8")


def tornado(title: str, row: SensitivityRow, mean: float | None) -> str:
    """Returns a chart of the assumptions that matter most: from the mean over their lowest fifth to the highest.

    Args:
        title: Title.
        row: The assumptions, those that matter most first.
        mean: Mean of the figure, drawn as a line; None for no line.
    """
    shown: Sequence[CauseRow] = row["causes"][:MOST]
    ends = [value for cause in shown for value in (cause["low"], cause["high"])] + ([mean] if mean is not None else [])
    low, high = min(ends), max(ends)
    wide = (high - low) or 1.0

    def x(value: float) -> float:
        return round(LEFT + (WIDTH - LEFT - 80) * (value - low) / wide + 40, 1)

    height = TOP + STEP * len(shown) + 28
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="11">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="8" y="18" font-size="13">{escape(title)} [{escape(row["unit"])}]</text>',
        '<text x="8" y="34" fill="#555">mean over the fifth of the draws with the lowest figure of the row, and the highest</text>',
    ]
    for place, cause in enumerate(shown):
        y, (left, right) = TOP + STEP * place, sorted((x(cause["low"]), x(cause["high"])))
        colour = COLOURS.get(cause["group"], "#555")
        name = f"{cause['what'][:42]} ({cause['row']})"
        lines += [
            f'<text x="{LEFT - 4}" y="{y + 12}" text-anchor="end">{escape(name)[:78]}</text>',
            f'<rect x="{left}" y="{y}" width="{max(right - left, 1.0):.1f}" height="{BAR}" fill="{colour}"/>',
            f'<text x="{x(cause["low"])}" y="{y + 12}" text-anchor="{_anchor(cause, low=True)}">{cause["low"]:,.4g}</text>',
            f'<text x="{x(cause["high"])}" y="{y + 12}" text-anchor="{_anchor(cause, low=False)}">{cause["high"]:,.4g}</text>',
        ]
    bottom = TOP + STEP * len(shown)
    if mean is not None:
        lines.append(
            f'<line x1="{x(mean)}" x2="{x(mean)}" y1="{TOP - 4}" y2="{bottom}" stroke="#111" stroke-dasharray="3 2"/>'
        )
    at = 8
    for group, colour in COLOURS.items():
        lines.append(f'<rect x="{at}" y="{bottom + 8}" width="10" height="10" fill="{colour}"/>')
        lines.append(f'<text x="{at + 14}" y="{bottom + 17}">{group}</text>')
        at += 90
    return "\n".join([*lines, "</svg>", ""])


def _anchor(cause: CauseRow, *, low: bool) -> str:
    """Returns the end of a text beside the bar at which it is set, so that it lies outside the bar."""
    return "end" if low == (cause["low"] <= cause["high"]) else "start"
