"""The law over HTTP: facts, rules and their statuses, dates compared, deals on several dates, proofs, worked cases."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import Field, StringConstraints

from coercivity.base.errors import Fault
from coercivity.base.sums import total
from coercivity.http.clock import today
from coercivity.http.limits import MIB
from coercivity.verbs import replay as by_days
from coercivity.verbs.cases import CaseResult, packed_standing_block, run_cases
from coercivity.verbs.facts import fact, facts
from coercivity.verbs.law import Law
from coercivity.verbs.proofs import proof_verify
from coercivity.verbs.rules import (
    WatchDay,
    calendar_file,
    calendar_plain,
    rules_calendar,
    rules_list,
    rules_shown,
    rules_status,
)
from coercivity.verbs.serving.contents import Content, standing_file
from coercivity.verbs.serving.models import (
    MOST_ANSWERS,
    DayText,
    FilesSent,
    StandingSent,
    Text,
    Vouches,
    raw_facts,
)
from coercivity.verbs.serving.problems import TOO_LARGE, RefusedError
from coercivity.verbs.serving.vouches import law_of

router = APIRouter(tags=["law"])
MOST_CASES = 2_000
MOST_DEALS_BYTES, MOST_CASES_BYTES = MIB, MIB
CASES_NAME, PROOFS_NAME = "cases-sent.yaml", "proofs.json"
ICS_TYPE, YAML_TYPES = "text/calendar", ("application/yaml", "text/plain")

OnDay = Annotated[str, Query(max_length=20, description="Transaction date, YYYY-MM-DD", examples=["2026-03-02"])]
KnownDay = Annotated[
    str | None,
    Query(max_length=20, description="Information cut-off, YYYY-MM-DD: only notices published by this date count"),
]
Assumed = Annotated[
    str | None,
    Query(max_length=2_000, description="Planning assumption about a legal status, such as 62=lapsed", examples=[""]),
]
DealsText = Annotated[str, StringConstraints(min_length=1, max_length=MOST_DEALS_BYTES)]
_DEALS = "Content of a table of deals, or of a file of deals or earlier results, as text"


class DealsSent(FilesSent):
    """Deals as the text of a file, with compliance declarations for all rows of a table."""

    deals: Annotated[DealsText, Field(description=_DEALS)]
    form: Annotated[
        Literal["csv", "yaml", "json"], Field(description="csv: table of deals; yaml: deals; json: earlier results")
    ] = "csv"
    standing: Annotated[
        StandingSent | Literal["worked_cases"] | None,
        Field(description="Compliance declarations for all rows; `worked_cases` uses those of the packed cases"),
    ] = None
    known: DayText | None = None
    assume: Text | None = None
    vouches: Vouches = []

    @property
    def law(self) -> Law:
        """The built-in rulebook, with the statements of the request."""
        return law_of(self.vouches, today(), parties=self)

    @property
    def deals_file(self) -> Content:
        """The deals as a file with a name."""
        return Content.of(f"deals.{self.form}", self.deals)

    @property
    def standing_file(self) -> Content | None:
        """The compliance declarations as a file; None if there are none."""
        return None if self.standing is None else standing_file(_block(self.standing))


class ReplaySent(DealsSent):
    """Deals and the dates on which they are decided; without dates, each deal uses its own."""

    on: Annotated[list[DayText], Field(max_length=by_days.MOST_DAYS)] = []


class DiffSent(DealsSent):
    """Two dates, and the deals that are decided on both."""

    first: DayText
    second: DayText


@router.get("/facts", summary="List all facts")
def all_facts() -> list[dict[str, object]]:
    """Returns all facts with type, unit, values, question, example and the rules that use them."""
    return [dict(entry) for entry in facts()]


@router.get("/facts/{name}", summary="Get a fact")
def one_fact(name: str) -> dict[str, object]:
    """Returns one fact by its name."""
    return dict(fact(name))


@router.get("/rules", summary="List all instruments")
def instruments() -> list[dict[str, object]]:
    """Returns all instruments with the number of their provisions and the date to which they were verified."""
    return [dict(row) for row in rules_list()]


@router.get("/rules/show/{name:path}", summary="Get an instrument or a provision")
def show(
    name: str,
    on: Annotated[
        str | None, Query(max_length=20, description="Date for which statuses are returned, YYYY-MM-DD")
    ] = None,
    known: KnownDay = None,
    assume: Assumed = None,
) -> dict[str, object]:
    """Returns an instrument by id, alias or number, or a provision, with events, gists, interpretation and status."""
    return rules_shown(name, on, known, assume)


@router.get("/rules/status", summary="Get the status of every provision")
def status(on: OnDay, known: KnownDay = None, assume: Assumed = None) -> list[dict[str, object]]:
    """Returns the status of every provision with an effect on a date, as of an information cut-off."""
    return [dict(row) for row in rules_status(on, known, assume)]


@router.get("/rules/diff", summary="Compare two dates")
def diff(
    first: Annotated[str, Query(max_length=20, examples=["2026-03-02"])],
    second: Annotated[str, Query(max_length=20, examples=["2026-11-12"])],
    known: KnownDay = None,
    assume: Assumed = None,
) -> dict[str, object]:
    """Returns the clauses whose status differs between the two dates."""
    return dict(by_days.diff_plain(by_days.rules_diff(first, second, known=known, assume=assume)))


@router.post("/rules/diff", summary="Compare two dates, with deals")
def diff_of_deals(sent: DiffSent) -> dict[str, object]:
    """Returns the clauses whose status differs, the deals that change with them, and the mass and value of these."""
    found = by_days.rules_diff(
        sent.first,
        sent.second,
        deals=sent.deals_file,
        known=sent.known,
        assume=sent.assume,
        standing=sent.standing_file,
        law=sent.law,
        most=MOST_ANSWERS,
    )
    return dict(by_days.diff_plain(found))


@router.get(
    "/rules/calendar",
    summary="List dates to watch",
    response_model=list[dict[str, object]],
    responses={200: {"content": {ICS_TYPE: {"schema": {"type": "string"}}}, "description": "Dates in order"}},
)
def calendar(
    on: OnDay,
    known: KnownDay = None,
    to: Annotated[str | None, Query(max_length=20, description="Last date, YYYY-MM-DD")] = None,
    format: Annotated[Literal["json", "ics"], Query(description="ics: a calendar file")] = "json",
) -> Response | list[WatchDay]:
    """Returns the dates after `on` on which suspensions or terms end, rules take effect, or statements name a date."""
    entries = rules_calendar(on, known, to)
    if format == "json":
        return calendar_plain(entries, on)
    headers = {"content-disposition": 'attachment; filename="days-to-watch.ics"'}
    return Response(calendar_file(entries), media_type=f"{ICS_TYPE}; charset=utf-8", headers=headers)


@router.post("/replay", summary="Decide deals on several dates, or earlier results again")
def replay(sent: ReplaySent) -> list[dict[str, object]]:
    """Returns each deal on each date: outcome, effect of each instrument, and the proof with its hash.

    For earlier results, `was` contains the earlier hash.
    """
    rows = by_days.replay(
        sent.deals_file,
        sent.on,
        known=sent.known,
        assume=sent.assume,
        standing=sent.standing_file,
        law=sent.law,
        most=MOST_ANSWERS,
    )
    return [row.as_dict() for row in rows]


_PROOFS = {"oneOf": [{"type": "object"}, {"type": "array", "items": {"type": "object"}}]}


@router.post(
    "/proof/verify",
    summary="Verify proofs",
    response_model=dict[str, object],
    openapi_extra={"requestBody": {"required": True, "content": {"application/json": {"schema": _PROOFS}}}},
)
async def verify(request: Request) -> dict[str, object]:
    """Verifies every proof in a result, list of results or report with two implementations; returns faults by hash.

    A statement that a person looked for newer notices is taken as the proof states it.
    """
    content = await request.body()
    found = await run_in_threadpool(proof_verify, Content(PROOFS_NAME, content), restate=True)
    proofs = [{"hash": e.hash, "stands": e.stands, "code": e.code, "faults": e.faults} for e in found]
    return {"stands": all(entry.stands for entry in found), "proofs": proofs}


@router.get("/cases", summary="Run the packed worked cases")
def cases() -> dict[str, object]:
    """Returns the number of worked cases that agree with the rules, and the result of each."""
    return _packed_cases()


_YAML = {kind: {"schema": {"type": "string", "maxLength": MOST_CASES_BYTES}} for kind in YAML_TYPES}


@router.post(
    "/cases/run",
    summary="Run your own worked cases",
    response_model=dict[str, object],
    openapi_extra={"requestBody": {"required": True, "content": _YAML}},
)
async def run(request: Request) -> dict[str, object]:
    """Runs worked cases, sent as YAML, against the rules."""
    content = await request.body()
    if len(content) > MOST_CASES_BYTES:
        fault = Fault("HTTP-SIZE", f"the file is larger than {MOST_CASES_BYTES // MIB} MiB", next="send a smaller file")
        raise RefusedError(TOO_LARGE, fault)
    return _summed(await run_in_threadpool(run_cases, Content(CASES_NAME, content), most=MOST_CASES))


@lru_cache(maxsize=1)
def _packed_cases() -> dict[str, object]:
    return _summed(run_cases())


def _summed(results: list[CaseResult]) -> dict[str, object]:
    agree = total(found.agree for found in results)
    rows = [{**found.as_dict(), "title": found.title, "on": found.on} for found in results]
    return {"total": len(results), "agree": agree, "differ": len(results) - agree, "rows": rows}


def _block(sent: StandingSent | str) -> dict[str, object]:
    if isinstance(sent, str):
        return packed_standing_block()
    screened: dict[str, object] = {"lists": sent.lists, "version": sent.version}
    return {"said_by": sent.said_by, "said_on": sent.said_on, "screened": screened, "facts": raw_facts(sent.facts)}
