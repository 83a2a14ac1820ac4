"""The screen `supply`: comparing scenarios, and the cost of a clause."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import cast
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from coercivity.base.months import parse_month
from coercivity.verbs import GENERAL_LICENCES
from coercivity.verbs.desk_report import DeskCheckData, word
from coercivity.verbs.draws_offered import OFFERED
from coercivity.verbs.draws_offered import minutes as minutes_of
from coercivity.verbs.draws_report import lines_beside
from coercivity.verbs.draws_report import word as draws_word
from coercivity.verbs.outlook import PAGE_FILES, REPORT_FILE
from coercivity.verbs.outlook_report import (
    ClausePriceData,
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
from coercivity.verbs.scenarios import scenarios as packed
from coercivity.verbs.serving.jobs import DONE, Job
from coercivity.verbs.serving.state import jobs_of
from coercivity.verbs.words import name_of
from coercivity.web.shown import month_text, percent_text
from coercivity.web.supply import breadth, charts, desk, draws, maps, uses
from coercivity.web.supply.asked import NONE, SupplyAsked, clause_asked, outlook_asked
from coercivity.web.supply.clause import clause_found
from coercivity.web.supply.desk_check import desk_asked, desk_choices, desk_found
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
from coercivity.web.view import View, page, view_of

router = APIRouter()
SEE_OTHER, UNPROCESSABLE = 303, 422
MOST_FIELDS, MOST_SIGNS = 24, 200
UNREFUNDED_VAT = "unrefunded-vat"  # the part of a gap that is due to the tax and not to a clause


@router.get("/supply")
def show(request: Request) -> Response:
    """Shows the form and the results of the run that the address names."""
    view = view_of(request)
    asked = outlook_asked(view)
    jobs = jobs_of(request)
    job = jobs.find("outlook", asked.sent) if asked.sent else None
    best = _best(jobs.all(), job, asked.sent)
    found = _found(view, best) if best is not None else None
    named = [entry for entry in packed() if entry["id"] in (asked.typed["a"], asked.typed["b"])]
    asked_for = {"choices": _choices(view), **_choice_of_draws(view, asked)}
    return _page(view, "supply.html.j2", asked, job, found=found, abouts=named, **asked_for)


def _best(jobs: list[Job], job: Job | None, sent: Mapping[str, object]) -> Job | None:
    """The run with a report to show: the one asked for, or the same without draws, or with the most draws kept."""
    if job is not None and REPORT_FILE in job.files() and "draws" in sent:
        return job
    bare = {name: value for name, value in sent.items() if name != "draws"}
    same = [
        each
        for each in (*jobs, job)
        if each is not None
        and each.kind == "outlook"
        and {name: value for name, value in each.asked.items() if name != "draws"} == bare
        and REPORT_FILE in each.files()
    ]
    return max(same, key=lambda each: int(str(each.asked.get("draws", 0))), default=None) if sent else None


def _choice_of_draws(view: View, asked: SupplyAsked) -> dict[str, object]:
    """The choice of draws, and how long those that are chosen take."""
    typed = asked.typed["draws"]
    held = list(map(str, OFFERED))
    extra = [] if typed in (NONE, *held) else [typed]  # asked for by an address, or at fault
    options = [(NONE, view.w("draws.none")), *((each, view.w("draws.option", each)) for each in held)]
    options += [(each, each) for each in extra]
    if not asked.sent.get("draws"):
        return {"draws": options, "how_long": ""}
    months = parse_month(asked.typed["to"]) - parse_month(asked.typed["from"]) + 1
    minutes, cores = minutes_of(int(typed), months, 2 if asked.sent.get("scenario_b") else 1)
    spell = view.w("draws.minutes", minutes) if minutes < 90 else view.w("draws.hours", f"{minutes / 60:.1f}")
    return {"draws": options, "how_long": view.w("draws.how_long", typed, spell, cores)}


@router.post("/supply")
async def run(request: Request) -> Response:
    """Starts the run of an address, or finds an existing one, and redirects to its page."""
    view, address = await _sent(request, "/supply")
    asked = outlook_asked(view)
    if asked.sent:
        jobs_of(request).start("outlook", asked.sent)
    return RedirectResponse(address, SEE_OTHER)


@router.get("/supply/clause")
def show_clause(request: Request) -> Response:
    """Shows the form for the cost of a clause and its results."""
    view = view_of(request)
    asked = clause_asked(view)
    job = jobs_of(request).find("clause-price", asked.sent) if asked.sent else None
    found = clause_found(view, _priced(job)) if job is not None and job.state == DONE else None
    listed = _choices(view)[1:]
    generals = [(choice, view.w(f"supply.general_{choice}")) for choice in GENERAL_LICENCES]
    asked_for = {"choices": listed, "generals": generals, "felt": felt_clauses()}
    return _page(view, "supply_clause.html.j2", asked, job, found=found, **asked_for)


@router.post("/supply/clause")
async def run_clause(request: Request) -> Response:
    """Starts the runs for the cost of a clause, or finds existing ones, and redirects to their page."""
    view, address = await _sent(request, "/supply/clause")
    asked = clause_asked(view)
    if asked.sent:
        jobs_of(request).start("clause-price", asked.sent)
    return RedirectResponse(address, SEE_OTHER)


@router.get("/supply/desk")
def show_desk(request: Request) -> Response:
    """Shows the form for the comparison of the licensing desk with reports, and its results."""
    view = view_of(request)
    asked = desk_asked(view)
    job = jobs_of(request).find("desk-check", asked.sent) if asked.sent else None
    found = desk_found(view, cast(DeskCheckData, job.result)) if job is not None and job.state == DONE else None
    listed = {"choices": _choices(view)[1:], **desk_choices(view)}
    return _page(
        view, "supply_desk.html.j2", asked, job, found=found, desk_word=lambda key: word(key, view.lang), **listed
    )


@router.post("/supply/desk")
async def run_desk(request: Request) -> Response:
    """Starts the run for the comparison, or finds an existing one, and redirects to its page."""
    view, address = await _sent(request, "/supply/desk")
    asked = desk_asked(view)
    if asked.sent:
        jobs_of(request).start("desk-check", asked.sent)
    return RedirectResponse(address, SEE_OTHER)


async def _sent(request: Request, path: str) -> tuple[View, str]:
    """The content of a form as the view and the address of its page."""
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
        pairs = [(k, v[:MOST_SIGNS]) for k, v in form.multi_items() if isinstance(v, str) and v.strip()]
    query = urlencode(pairs)
    named = Request({**request.scope, "path": path, "query_string": query.encode()})
    return view_of(named), f"{path}?{query}" if query else path


def _page(view: View, template: str, asked: SupplyAsked, job: Job | None, **context: object) -> Response:
    status = UNPROCESSABLE if asked.faults else 200
    names = _clause_names(view)
    return page(
        view,
        template,
        status=status,
        asked=asked,
        job=job,
        words=words,
        num=num,
        percent=lambda share: percent_text(view, share),
        month=lambda month: month_text(view, month),
        felt_names=names,
        dw=lambda table, key: draws_word(table, key, view.lang),
        main_form="ask",
        **context,
    )


def _clause_names(view: View) -> dict[str, str]:
    # Joined clauses are listed one by one, so that each has its own link.
    return {clause["id"]: clause["short_zh" if view.lang == "zh" else "short"] for clause in felt_clauses()}


def _priced(job: Job) -> ClausePriceData:
    """The result of the verb, read from the JSON of its job."""
    return cast(ClausePriceData, job.result)


def _choices(view: View) -> list[tuple[str, str]]:
    """No scenario first, then every packed scenario."""
    return [(NONE, view.w("supply.no_second")), *((entry["id"], view.t(entry["title"])) for entry in packed())]


def _found(view: View, job: Job) -> dict[str, object]:
    """Template values for a finished run."""
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
    names = {**_clause_names(view), UNREFUNDED_VAT: view.w("supply.unrefunded_vat")}
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


def _pages_first(entry: tuple[str, Path]) -> tuple[bool, str]:
    return entry[0] not in (*PAGE_FILES.values(), REPORT_FILE), entry[0]


def _size(size_bytes: int) -> str:
    return f"{max(size_bytes / 1024, 1):,.0f} KiB"
