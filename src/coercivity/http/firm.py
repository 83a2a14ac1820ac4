"""The workbook of a company over HTTP: template, upload, stops, licence chain, export."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from fastapi import APIRouter, Request, Response

from coercivity.http.clock import today
from coercivity.http.job_routes import ACCEPTED, JOB_ANSWERS, accepted
from coercivity.verbs.serving.firms.answers import (
    ChainAsked,
    StopsAsked,
    chain_answer,
    deadlines_file,
    exported,
    stops_answer,
)
from coercivity.verbs.serving.firms.files import FirmFile, keep_workbook, kept_workbook
from coercivity.verbs.serving.firms.mixes import MixWanted, mix_checked, mix_found, mix_shape
from coercivity.verbs.serving.firms.models import (
    ChainSent,
    CompanyStopsSent,
    MixChangesSent,
    MixSent,
    QuickSent,
    WorkbookSent,
)
from coercivity.verbs.serving.forms import MULTIPART
from coercivity.verbs.serving.models import asked_of, raw
from coercivity.verbs.serving.state import jobs_of, places_of
from coercivity.verbs.serving.vouches import law_of
from coercivity.verbs.workbook import (
    workbook_content,
    workbook_quick,
    workbook_template,
)

router = APIRouter(prefix="/firm", tags=["market"])
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YAML = "application/yaml"
CALENDAR = "text/calendar"
QUICK_NAME = "quick-start.xlsx"
_FORM = {"type": "object", "required": ["file"], "properties": {"file": {"type": "string", "format": "binary"}}}
UPLOAD_FORM = {"requestBody": {"required": True, "content": {MULTIPART: {"schema": _FORM}}}}
Language = Literal["en", "zh"]


@router.get(
    "/template",
    summary="Download the empty workbook",
    response_class=Response,
    responses={200: {"content": {XLSX: {}}, "description": "The template as XLSX"}},
)
def template(lang: Language = "en") -> Response:
    """Returns the workbook without rows: sheets, columns, units and choices in one language."""
    return Response(workbook_template(lang), media_type=XLSX)


@router.post("/workbooks", summary="Upload a workbook", openapi_extra=UPLOAD_FORM)
async def send(request: Request) -> dict[str, str]:
    """Stores an XLSX or YAML workbook; returns the id to use as `file`."""
    return {"file": (await kept_workbook(request)).id}


@router.post("/quick", summary="Make a workbook of ten numbers")
async def quick(request: Request, sent: QuickSent) -> dict[str, str]:
    """Stores a workbook made of the numbers of the quick start; returns the id to use as `file`."""
    numbers = {name: str(raw(value)) for name, value in sent.numbers.items()}
    made = workbook_content(workbook_quick(numbers))
    return {"file": (await keep_workbook(places_of(request), QUICK_NAME, made.content)).id}


@router.post("/stops", summary="Find when each line stops")
def stops(request: Request, sent: CompanyStopsSent) -> dict[str, object]:
    """Returns first stops by plant, part, clause and supplier, probabilities, actions, contracts and deadlines."""
    found = stops_answer(_asked(request, sent))
    drawn = {} if found.drawn is None else {"drawn": found.drawn}
    return {"hash": found.hash, **found.body, **drawn}


@router.post(
    "/deadlines",
    summary="Get the deadlines as a calendar",
    response_class=Response,
    responses={200: {"content": {CALENDAR: {}}, "description": "An iCalendar file"}},
)
def deadlines(request: Request, sent: CompanyStopsSent, lang: Language = "en") -> Response:
    """Returns the last days to sign, file and order, and the expiry of licences, as an iCalendar file."""
    return Response(deadlines_file(_asked(request, sent), lang), media_type=CALENDAR)


def _asked(request: Request, sent: CompanyStopsSent) -> StopsAsked:
    return StopsAsked(
        sent.content(places_of(request)),
        on=sent.on,
        until=sent.until,
        independent=sent.independent,
        known=sent.known,
        assume=sent.assume,
        law=law_of(sent.vouches, today(), parties=sent),
        draws=sent.draws,
    )


@router.post("/chain", summary="Find the last day to sign")
def chain(request: Request, sent: ChainSent) -> dict[str, object]:
    """Returns by when to sign for each mode of transport, when the goods arrive, and the effect of a part by air."""
    asked = ChainAsked(
        sent.content(places_of(request)),
        sign=sent.sign,
        arrive_by=sent.arrive_by,
        confidence=sent.confidence,
        plant=sent.plant,
        to=sent.to,
        return_chance=sent.return_chance,
        by_air_kg=sent.by_air_kg,
        draws=sent.draws or 0,
    )
    return dict(chain_answer(asked))


@router.post("/mix", summary="Find the best mix of stock and options")
def mix(request: Request, sent: MixSent) -> dict[str, object]:
    """Returns the best plan, the next best, its cost by scenario, what each limit costs, and which reading is shown.

    Only lawful options are chosen from; `law` has the result for each option at its date.
    `hash_of_workbook` is the SHA-256 of what the workbook says.
    """
    source = sent.content(places_of(request))
    wanted = replace(_wanted(source, sent), late=sent.late, frontier=sent.frontier)
    return {**mix_found(wanted), "hash_of_workbook": mix_shape(source).hash}


@router.post("/mix/start", summary="Find a best mix as a job", status_code=ACCEPTED, responses=JOB_ANSWERS)
def start(request: Request, sent: MixSent) -> Response:
    """Starts the search for the best mix of a workbook with too many scenarios to be waited for.

    The result is that of `/firm/mix`. File: report data (JSON).
    """
    mix_checked(_wanted(sent.content(places_of(request)), sent))
    return accepted(jobs_of(request).start("mix-plan", asked_of(sent)))


@router.post("/mix/flips", summary="Find what would change the best mix", status_code=ACCEPTED, responses=JOB_ANSWERS)
def flips(request: Request, sent: MixChangesSent) -> Response:
    """Starts the search for the chance, fee, price, cap or limit at which another plan is chosen.

    The result is that of `/firm/mix` with `late`, `frontier` and `flips`. File: report data (JSON).
    """
    mix_checked(_wanted(sent.content(places_of(request)), sent))
    return accepted(jobs_of(request).start("mix", asked_of(sent)))


def _wanted(source: FirmFile, sent: MixChangesSent) -> MixWanted:
    law = law_of(sent.vouches, today(), parties=sent)
    return MixWanted(source, sent.what_if, on=sent.on, known=sent.known, assume=sent.assume, law=law)


@router.post(
    "/export",
    summary="Export a workbook",
    response_class=Response,
    responses={200: {"content": {XLSX: {}, YAML: {}}, "description": "The workbook; it loads with the same result"}},
)
def export(
    request: Request, sent: WorkbookSent, form: Literal["xlsx", "yaml"] = "xlsx", lang: Language = "en"
) -> Response:
    """Returns a workbook as XLSX or YAML, as the program writes it; `lang` is the language of the XLSX sheets."""
    content = exported(sent.content(places_of(request)), form, lang)
    return Response(content, media_type=XLSX if form == "xlsx" else YAML)
