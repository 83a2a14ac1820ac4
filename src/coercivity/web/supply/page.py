"""The screen `supply`: comparing scenarios, and the cost of a clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from coercivity.base.months import parse_month
from coercivity.verbs import GENERAL_LICENCES
from coercivity.verbs.desk_report import DeskCheckData, word
from coercivity.verbs.draws_offered import OFFERED
from coercivity.verbs.draws_offered import minutes as minutes_of
from coercivity.verbs.draws_report import word as draws_word
from coercivity.verbs.outlook import REPORT_FILE
from coercivity.verbs.outlook_report import ClausePriceData, num, words
from coercivity.verbs.scenario_form.saved import files_of, own_scenario, own_scenarios
from coercivity.verbs.scenarios import felt_clauses
from coercivity.verbs.scenarios import scenarios as packed
from coercivity.verbs.serving.jobs import DONE, Job
from coercivity.verbs.serving.places import Places
from coercivity.verbs.serving.state import jobs_of, places_of
from coercivity.web.shown import month_text, percent_text
from coercivity.web.supply.asked import NONE, SupplyAsked, clause_asked, outlook_asked
from coercivity.web.supply.clause import clause_found
from coercivity.web.supply.desk_check import desk_asked, desk_choices, desk_found
from coercivity.web.supply.outlook import clause_names, outlook_found
from coercivity.web.supply.own.chosen import chart_response, saved_of
from coercivity.web.view import View, page, view_of

router = APIRouter()
SEE_OTHER, UNPROCESSABLE = 303, 422
MOST_FIELDS, MOST_SIGNS, MOST_OWN = 24, 200, 20


@router.get("/supply")
def show(request: Request) -> Response:
    """Shows the form and the results of the run that the address names."""
    view, places = view_of(request), places_of(request)
    asked = outlook_asked(view, places)
    job, best = _outlook_jobs(request, asked)
    found = outlook_found(view, best) if best is not None else None
    pair = [asked.typed["a"], asked.typed["b"]]
    named = [entry for entry in packed() if entry["id"] in pair]
    runs = 2 if asked.sent.get("scenario_b") else 1
    asked_for = {"choices": _choices(view, places, pair), **_choice_of_draws(view, asked, runs)}
    own = saved_of(view, places, pair, asked.typed)
    return _page(view, "supply.html.j2", asked, job, found=found, abouts=named, own=own, **asked_for)


def _outlook_jobs(request: Request, asked: SupplyAsked) -> tuple[Job | None, Job | None]:
    """The job of a question, and that with a result to show."""
    jobs = jobs_of(request)
    job = jobs.find("outlook", asked.sent) if asked.sent else None
    return job, _best(jobs.all(), "outlook", job, asked.sent)


@router.get("/supply/chart/{name}.{kind}")
def chart(request: Request, name: str, kind: str) -> Response:
    """Returns a chart of the page that the rest of the address names: table as CSV or XLSX, picture as SVG or PNG."""
    view, places = view_of(request), places_of(request)
    _, best = _outlook_jobs(request, outlook_asked(view, places))
    return chart_response(view, outlook_found(view, best) if best is not None else None, name, kind)


@router.get("/supply/clause/chart/{name}.{kind}")
def clause_chart(request: Request, name: str, kind: str) -> Response:
    """Returns a chart of the cost of a clause as a file."""
    view = view_of(request)
    asked, jobs = clause_asked(view, places_of(request)), jobs_of(request)
    job = jobs.find("clause-price", asked.sent) if asked.sent else None
    best = _best(jobs.all(), "clause-price", job, asked.sent)
    return chart_response(view, clause_found(view, _priced(best)) if best is not None else None, name, kind)


@router.get("/supply/desk/chart/{name}.{kind}")
def desk_chart(request: Request, name: str, kind: str) -> Response:
    """Returns a chart of the comparison of the licensing desk with reports as a file."""
    view = view_of(request)
    asked = desk_asked(view, places_of(request))
    job = jobs_of(request).find("desk-check", asked.sent) if asked.sent else None
    done = job is not None and job.state == DONE
    return chart_response(view, desk_found(view, cast(DeskCheckData, job.result)) if job and done else None, name, kind)


def _best(jobs: list[Job], kind: str, job: Job | None, sent: Mapping[str, object]) -> Job | None:
    """The job with a result to show: the one asked for, or the same without draws, or with the most draws kept."""
    if job is not None and _has_result(job) and "draws" in sent:
        return job
    bare = {name: value for name, value in sent.items() if name != "draws"}
    same = [
        each
        for each in (*jobs, job)
        if each is not None
        and each.kind == kind
        and {name: value for name, value in each.asked.items() if name != "draws"} == bare
        and _has_result(each)
    ]
    return max(same, key=lambda each: int(str(each.asked.get("draws", 0))), default=None) if sent else None


def _has_result(job: Job) -> bool:
    """Whether a job is done; of an outlook, whether its report is still there."""
    return job.state == DONE and (job.kind != "outlook" or REPORT_FILE in job.files())


def _choice_of_draws(view: View, asked: SupplyAsked, runs: int) -> dict[str, object]:
    """The choice of draws, and how long those that are chosen take if each draw is so many runs."""
    typed = asked.typed["draws"]
    held = list(map(str, OFFERED))
    extra = [] if typed in (NONE, *held) else [typed]  # asked for by an address, or at fault
    options = [(NONE, view.w("draws.none")), *((each, view.w("draws.option", each)) for each in held)]
    options += [(each, view.w("draws.option", each) if asked.sent else each) for each in extra]
    if not asked.sent.get("draws"):
        return {"draws": options, "how_long": ""}
    months = parse_month(asked.typed["to"]) - parse_month(asked.typed["from"]) + 1
    minutes, cores = minutes_of(int(typed), months, runs)
    spell = view.w("draws.minutes", minutes) if minutes < 90 else view.w("draws.hours", f"{minutes / 60:.1f}")
    return {"draws": options, "how_long": view.w("draws.how_long", typed, spell, cores)}


@router.post("/supply")
async def run(request: Request) -> Response:
    """Starts the run of an address, or finds an existing one, and redirects to its page."""
    view, address = await _sent(request, "/supply")
    asked = outlook_asked(view, places_of(request))
    if asked.sent:
        jobs_of(request).start("outlook", asked.sent)
    return RedirectResponse(address, SEE_OTHER)


@router.get("/supply/clause")
def show_clause(request: Request) -> Response:
    """Shows the form for the cost of a clause and its results."""
    view = view_of(request)
    asked = clause_asked(view, places_of(request))
    jobs = jobs_of(request)
    job = jobs.find("clause-price", asked.sent) if asked.sent else None
    best = _best(jobs.all(), "clause-price", job, asked.sent)
    found = clause_found(view, _priced(best)) if best is not None else None
    listed = _choices(view, places_of(request), [asked.typed["scenario"]])[1:]
    generals = [(choice, view.w(f"supply.general_{choice}")) for choice in GENERAL_LICENCES]
    runs = 4 if asked.typed["general_licences"] == "both" else 2
    asked_for = {"choices": listed, "generals": generals, "felt": felt_clauses(), "best": best}
    asked_for |= _choice_of_draws(view, asked, runs)
    return _page(view, "supply_clause.html.j2", asked, job, found=found, **asked_for)


@router.post("/supply/clause")
async def run_clause(request: Request) -> Response:
    """Starts the runs for the cost of a clause, or finds existing ones, and redirects to their page."""
    view, address = await _sent(request, "/supply/clause")
    asked = clause_asked(view, places_of(request))
    if asked.sent:
        jobs_of(request).start("clause-price", asked.sent)
    return RedirectResponse(address, SEE_OTHER)


@router.get("/supply/desk")
def show_desk(request: Request) -> Response:
    """Shows the form for the comparison of the licensing desk with reports, and its results."""
    view = view_of(request)
    asked = desk_asked(view, places_of(request))
    job = jobs_of(request).find("desk-check", asked.sent) if asked.sent else None
    found = desk_found(view, cast(DeskCheckData, job.result)) if job is not None and job.state == DONE else None
    choices = _choices(view, places_of(request), [asked.typed["scenario"]])[1:]
    listed = {"choices": choices, **desk_choices(view)}
    return _page(
        view, "supply_desk.html.j2", asked, job, found=found, desk_word=lambda key: word(key, view.lang), **listed
    )


@router.post("/supply/desk")
async def run_desk(request: Request) -> Response:
    """Starts the run for the comparison, or finds an existing one, and redirects to its page."""
    view, address = await _sent(request, "/supply/desk")
    asked = desk_asked(view, places_of(request))
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
    names = clause_names(view)
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
        download=lambda chart, kind: view.url(f"{view.path}/chart/{chart}.{kind}", **dict(view.query)),
        **context,
    )


def _priced(job: Job) -> ClausePriceData:
    """The result of the verb, read from the JSON of its job."""
    return cast(ClausePriceData, job.result)


def _choices(view: View, places: Places, named: Sequence[str]) -> list[tuple[str, str]]:
    """No scenario first, then every packed scenario, then those that were saved, the last ones and those named."""
    own = {each.id: each for each in own_scenarios(places, MOST_OWN)}
    own |= {name: own_scenario(places, name) for name in files_of(places, named)}
    saved = [(each.id, view.w("supply.own_choice", view.t(each.title), each.id[4:12])) for each in own.values()]
    built_in = [(entry["id"], view.t(entry["title"])) for entry in packed()]
    return [(NONE, view.w("supply.no_second")), *built_in, *saved]
