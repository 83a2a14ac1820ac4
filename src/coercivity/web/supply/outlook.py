"""The template values for an outlook on the screen `supply`: summary, choices, charts and tables."""

from __future__ import annotations

from pathlib import Path

from coercivity.verbs.draws_report import lines_beside
from coercivity.verbs.outlook import PAGE_FILES, REPORT_FILE
from coercivity.verbs.outlook_report import (
    ReadRun,
    assumed,
    branch_text,
    causes_told,
    num,
    runs_of,
    scenarios,
    sentence_of,
    words,
)
from coercivity.verbs.scenarios import felt_clauses
from coercivity.verbs.serving.jobs import Job
from coercivity.verbs.words import name_of
from coercivity.web.shown import month_text
from coercivity.web.supply import breadth, charts, desk, draws, maps, projects, uses
from coercivity.web.supply.found import (
    PlantsFound,
    ShortFound,
    Shown,
    ShownLookRow,
    ShownMoment,
    goods_in,
    look_rows,
    plants_of,
    regions_in,
    report_at,
    short_of,
    shown,
    span_of,
    years_in,
)
from coercivity.web.view import View

UNREFUNDED_VAT = "unrefunded-vat"  # the part of a gap that is due to the tax and not to a clause


def outlook_found(view: View, job: Job) -> dict[str, object]:
    """Returns the template values for the report of a job."""
    files = job.files()
    report = report_at(files[REPORT_FILE])
    picked = shown(view, report)
    sizes = [(name, _size(path.stat().st_size)) for name, path in sorted(files.items(), key=_pages_first)]
    picks = _picks(view, picked)
    held: dict[str, object] = {"report": report, "shown": picked, "files": sizes, "job": job}
    return {**held, **picks, **_look(view, picked), **_charts(view, picked), **_drawn(view, picked)}


def _drawn(view: View, picked: Shown) -> dict[str, object]:
    """The section on draws, and the ranges beside other figures."""
    return {
        "draws": draws.shown_draws(view, picked),
        "moves": lambda section: draws.moves(view, picked, section),
        "beside": lambda section: lines_beside(picked.report, section, view.lang),
        "gap_range": lambda run, good, month: draws.gap_range(view, picked, run, good, month),
    }


def _picks(view: View, picked: Shown) -> dict[str, object]:
    """Choices of runs, goods, regions and years."""
    report, runs = picked.report, runs_of(picked.report)
    goods, regions = goods_in(report), regions_in(report, picked.good)
    return {
        "runs": runs,
        "several": len(runs) > 1,
        "branched": any(len(group.runs) > 1 for group in scenarios(report)),
        "run_names": [(run.key, charts.run_title(view, run)) for run in runs],
        "assumed": {run.key: _given(view, run) for run in runs},
        "goods": [(name, view.t(words.named(report, "goods", name))) for name in goods],
        "regions": [(name, view.t(words.named(report, "regions", name))) for name in regions],
        "years": [(year, year) for year in years_in(report)],
    }


def _look(view: View, picked: Shown) -> dict[str, object]:
    """The summary."""
    look = look_rows(picked.left, picked.right, picked.months, lang=view.lang)
    short, held = [short_of(run, picked.months) for run in picked.pair], [plants_of(run) for run in picked.pair]
    right = picked.right
    return {
        "difference": sentence_of(picked.report, picked.left.key, right.key, view.lang) if right is not None else "",
        "look": look,
        "lead": lead(view, picked, look, short, held),
        "span": lambda run, good, place: span_of(picked.report, run, good, words.OUTSIDE)[place],
        "short": short,
        "plants": held,
    }


def _charts(view: View, picked: Shown) -> dict[str, object]:
    """The charts and their tables."""
    parts, plants, top = charts.parts_of(picked), maps.plant_rows(picked), charts.top_price(picked)
    return {
        "small": charts.small_prices(view, picked),
        "prices": [charts.price_chart(view, picked, run, top) for run in picked.pair],
        "ranges": charts.range_rows(picked),
        "parts": parts,
        "gaps": charts.gap_charts(view, picked, parts),
        "maps": maps.short_charts(view, picked),
        "use_key": uses.use_key(view),
        "uses": uses.use_charts(view, picked),
        "plant_rows": plants,
        "plant_chart": maps.plant_chart(view, picked, plants),
        "projects": projects.projects_of(view, picked),
        "chains": maps.chains(picked),
        "flows": maps.flow_table(view, picked),
        "most_flows": maps.MOST_FLOWS,
        "desk": desk.desk_charts(view, picked),
        "desk_table": desk.desk_table(view, picked),
        "out": desk.out_table(view, picked),
        "breadth": breadth.shown_sections(view, picked),
        "causes": lambda cell: causes_told([cell["causes"]], view.lang),
    }


def lead(view: View, picked: Shown, look: list[ShownLookRow], short: list[ShortFound], held: list[PlantsFound]) -> str:
    """Returns the difference between the two runs in one line; empty for a single run, or without a price gap."""
    if picked.right is None or not look:
        return ""
    first, second = look[0]["cells"]
    gap = (first["gap"] or 0.0) - (second["gap"] or 0.0)
    keys = picked.left.key, picked.right.key
    good, month = view.t(words.named(picked.report, "goods", look[0]["good"])), month_text(view, look[0]["month"])
    if num(gap).strip("-\u2212") != "0":
        told = [view.w("supply.lead_gap", *keys, good, _signed(gap), month)]
    elif shared := _shared(view, first, second):
        told = [view.w("supply.lead_gap_same", *keys, good, month, shared)]
    elif first["clauses"] or second["clauses"]:
        told = [view.w("supply.lead_gap", *keys, good, "±0", month)]
    else:
        told = [view.w("supply.lead_gap_none", *keys, good, month)]
    counts = ("short", short[0]["short"], short[1]["short"]), ("plants", held[0]["held"], held[1]["held"])
    for name, left, right in counts:
        same = left == right
        told.append(view.w(f"supply.lead_{name}{'_same' * same}", left if same else _signed(left - right)))
    return ("" if view.lang == "zh" else " ").join(told)


def _shared(view: View, first: ShownMoment, second: ShownMoment) -> str:
    """The causes that widen the gap in both runs, by name; empty if they differ or there are none."""
    names = {**clause_names(view), UNREFUNDED_VAT: view.w("supply.unrefunded_vat")}
    return " + ".join(names.get(name, name) for name in first["clauses"] if first["clauses"] == second["clauses"])


def _signed(value: float) -> str:
    text = f"{value:,}" if isinstance(value, int) else num(value)
    return f"+{text}" if value > 0 else text.replace("-", "\u2212")


def _given(view: View, run: ReadRun) -> list[dict[str, object]]:
    """The assumptions of a run as text, with names of instruments instead of ids."""
    return [
        {
            "text": view.t(branch_text(row["text"])),
            "names": [name_of(name, view.lang) for name in row["names"]],
        }
        for row in assumed(run)
    ]


def clause_names(view: View) -> dict[str, str]:
    """Returns the names of the clauses that a run may feel, by id."""
    # Joined clauses are listed one by one, so that each has its own link.
    return {clause["id"]: clause["short_zh" if view.lang == "zh" else "short"] for clause in felt_clauses()}


def _pages_first(entry: tuple[str, Path]) -> tuple[bool, str]:
    return entry[0] not in (*PAGE_FILES.values(), REPORT_FILE), entry[0]


def _size(size_bytes: int) -> str:
    return f"{max(size_bytes / 1024, 1):,.0f} KiB"
