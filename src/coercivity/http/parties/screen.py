"""Screening of parties over HTTP: a list of parties at once, or an uploaded table as a job."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import Field, StringConstraints

from coercivity.http.job_routes import ACCEPTED, JOB_ANSWERS, accepted
from coercivity.verbs.parties.job import started
from coercivity.verbs.parties.names import LONGEST_TEXT
from coercivity.verbs.parties.screen import screen as screen_names
from coercivity.verbs.serving.models import DayText, FilesSent, Name, Sent, Text
from coercivity.verbs.serving.state import held_by
from coercivity.verbs.serving.vouches import law_of

router = APIRouter(tags=["parties"])
MOST_PARTIES = 10_000
MOST_PAIRS = 1_000

MOST_TEXT = 200_000  # a longer name than one may have is an error of its row, not of the request

PartyName = Annotated[str, StringConstraints(max_length=MOST_TEXT)]
About = Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]
Number = Annotated[str, StringConstraints(max_length=100)]
Role = Literal["", "exporter", "consignee", "end_user", "intermediary", "owner"]


class PartySent(Sent):
    """A party: its name, and what tells it apart from others of a similar name."""

    name: PartyName
    id: Annotated[str, StringConstraints(max_length=200)] = ""
    role: Role = ""
    address: About = ""
    country: Number = ""
    owner: About = ""
    uscc: Number = ""
    lei: Number = ""
    duns: Number = ""


class ScreenSent(FilesSent):
    """Parties to be screened, and the date for which entries are marked as listed or not."""

    parties: Annotated[list[PartyName | PartySent], Field(min_length=1, max_length=MOST_PARTIES)]
    on: DayText | None = None

    @property
    def plain(self) -> list[str | dict[str, str]]:
        """The parties as the verb takes them."""
        return [one if isinstance(one, str) else one.model_dump() for one in self.parties]


class ScreenTableSent(FilesSent):
    """An uploaded table with names, and how to read it."""

    upload: Name
    columns: Annotated[dict[Annotated[str, StringConstraints(max_length=2_000)], Text], Field(max_length=100)] = {}
    on: DayText | None = None
    sheet: Annotated[str, StringConstraints(max_length=200)] | None = None
    encoding: Annotated[str, StringConstraints(max_length=200)] | None = None
    delimiter: Annotated[str, StringConstraints(max_length=200)] | None = None


@router.post("/screen", summary="Screen parties")
def parties(sent: ScreenSent) -> dict[str, Any]:
    """Compares parties with the lists of the rulebook and your own, and returns a row for each, in order.

    The rows are those of `coercivity screen --format jsonl`. A party that cannot be screened has the verdict `error`.
    `pairs` lists what is to be decided, the pairs that settle most rows first.
    """
    report = screen_names(sent.plain, on=sent.on, law=law_of((), parties=sent))
    return {**report.summary(MOST_PAIRS), "rows": [row.as_dict() for row in report.rows]}


@router.post("/screen/table", summary="Screen every name in a table", status_code=ACCEPTED, responses=JOB_ANSWERS)
def table(request: Request, sent: ScreenTableSent) -> Response:
    """Starts the screening of an uploaded table; the columns of names are recognised by their headers.

    The result has the counts, the lists and the pairs to decide. Files: screening.jsonl, screening.csv.
    """
    return accepted(started(held_by(request), sent.upload, sent.model_dump(exclude_none=True), sent))
