"""What both screens of a ministry share: a workbook in the address, its answer or its job, files, and faults."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, Generic, cast
from urllib.parse import urlencode

from pydantic import ValidationError
from starlette.requests import Request

from coercivity.base.errors import CoercivityError, Fault
from coercivity.verbs.ministry_files import MINISTRY_FILES
from coercivity.verbs.ministry_sections import PaperSection, ministry_shown
from coercivity.verbs.serving.jobs import DONE, Job
from coercivity.verbs.serving.ministries.question import (
    TIME,
    MinistryShape,
    Question,
    Report,
    S,
    Workbook,
    question_found,
    question_shape,
)
from coercivity.verbs.serving.ministries.workbooks import EXAMPLES, ministry_content, ministry_name
from coercivity.verbs.serving.models import asked_of, faults_of_validation
from coercivity.verbs.serving.problems import RefusedError, faults_of, status_of
from coercivity.verbs.serving.state import jobs_of, places_of
from coercivity.web.ministry.drawn import Drawn
from coercivity.web.shown import is_english
from coercivity.web.view import Context, View

FILE = "file"
MOST_TYPED = 200  # characters of a field


@dataclass(frozen=True, slots=True)
class Screen(Generic[S]):
    """A screen.

    Attributes:
        question: What it answers.
        template: Its template.
        arguments: What may be asked, by the name of the argument: the field of the form.
        asked: Reads what the address asks.
        charts: Draws the charts of an answer.
        form: Values of the form beside the workbook.
    """

    question: Question[S]
    template: str
    arguments: Mapping[str, str]
    asked: Callable[[View], S]
    charts: Callable[[View, Report, Mapping[str, PaperSection]], Iterator[Drawn]]
    form: Callable[[View], Context]

    @property
    def name(self) -> str:
        """Its name, which begins its addresses."""
        return self.question.name

    @property
    def path(self) -> str:
        """Its address."""
        return f"/{self.question.name}"


@dataclass(frozen=True, slots=True)
class Answer(Generic[S]):
    """What an address asks, and its answer.

    Attributes:
        source: The workbook.
        sent: What is asked.
        shape: What is known of the workbook.
        job: The job that computes the answer, if one was started; as it was at one moment.
        body: The answer; None if it takes too long to be waited for and is not computed yet.
    """

    source: Workbook
    sent: S
    shape: MinistryShape
    job: Job | None
    body: Report | None

    @property
    def minutes(self) -> int:
        """About how long the answer takes [min]."""
        return max(1, math.ceil(self.shape.seconds / 60))


def answer_of(screen: Screen[S], request: Request, view: View) -> Answer[S]:
    """Returns what an address asks, and its answer if that is computed or can be waited for.

    Args:
        screen: The screen.
        request: The request.
        view: Its address.

    Raises:
        CoercivityError: With every fault of the workbook and of what is asked.
        RefusedError: If too many workbooks are being read.
    """
    source, sent = ministry_content(places_of(request), view.get(FILE)), screen.asked(view)
    shape = question_shape(screen.question, source, sent)
    job = copy(jobs_of(request).find(screen.name, asked_of(sent)))
    name = f"{screen.name}.json"
    body: Report | None
    if job is not None and job.state == DONE and name in job.files():
        body = cast(Report, json.loads(job.files()[name].read_bytes()))
    else:
        body = _waited(screen, source, sent) if shape.waits else None
    return Answer(source, sent, shape, job, body)


def _waited(screen: Screen[S], source: Workbook, sent: S) -> Report | None:
    try:
        return question_found(screen.question, source, sent)
    except CoercivityError as error:
        if all(fault.code == TIME for fault in error.faults):
            return None
        raise


def sections_of(screen: Screen[S], view: View, body: Report) -> dict[str, PaperSection]:
    """Returns the sections of an answer that readers see, by their ids."""
    return ministry_shown(screen.question.paper(body, view.lang))


def sent_of(model: type[S], **fields: Any) -> S:
    """Returns what is asked as a model.

    Args:
        model: Its type.
        **fields: Its fields.

    Raises:
        CoercivityError: With every field that is not possible, which no form sends.
    """
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        raise CoercivityError(faults_of_validation(error.errors(), "")) from None


def form_context(screen: Screen[S], request: Request, view: View, faults: Sequence[Fault] = ()) -> Context:
    """Returns the template values of a page without an answer.

    Args:
        screen: The screen.
        request: The request.
        view: Its address.
        faults: Faults of the workbook and of what is asked.
    """
    own = [fault for fault in faults if fault.where in screen.arguments]
    name = view.get(FILE)
    return {
        "screen_name": screen.name,
        "file": name,
        "file_name": ministry_name(places_of(request), name),
        "examples": EXAMPLES[screen.question.name],
        "main_form": "ministry-form",
        "asked_faults": own,
        "faults": [fault for fault in faults if fault not in own],
        "upload_faults": (),
        "fault_at": [name for fault in own for name in screen.arguments[fault.where].split()],
        "kept": kept_fields(screen, view),
        **screen.form(view),
    }


def answer_context(screen: Screen[S], view: View, answer: Answer[S]) -> Context:
    """Returns the further template values of an answer, or of one that is not computed yet.

    Args:
        screen: The screen.
        view: The address.
        answer: The answer.
    """
    found: Context = {"shape": answer.shape, "job": answer.job, "minutes": answer.minutes}
    if answer.body is None:
        return found | {"long": True}
    sections = sections_of(screen, view, answer.body)
    charts: dict[str, list[Drawn]] = {}
    for one in screen.charts(view, answer.body, sections):
        charts.setdefault(one.under, []).append(one)
    paper = screen.question.paper(answer.body, view.lang)
    return found | {
        "body": answer.body,
        "title": paper.title,
        "sections": sections,
        "charts": charts,
        "files": [(name, address(screen, view, f"{screen.path}/file/{name}")) for name in MINISTRY_FILES],
        "chart_url": lambda chart, form: address(screen, view, f"{screen.path}/chart/{chart}.{form}"),
        "is_english": is_english,
    }


def fault_status(error: CoercivityError | RefusedError, *, in_address: bool) -> tuple[tuple[Fault, ...], int]:
    """Returns the faults of an error and the status of the page that tells them."""
    faults = tuple(faults_of(error))
    return faults, error.status if isinstance(error, RefusedError) else status_of(faults, in_address=in_address)


def kept_fields(screen: Screen[S], view: View) -> list[tuple[str, str]]:
    """Returns the fields that name the workbook and what is asked, for another form and for addresses of files."""
    own = (FILE, *_of(screen.arguments.values()))
    lang = [("lang", view.lang)] if view.get("lang") else []
    return [(key, value) for key, value in view.query if key in own] + lang


def address(screen: Screen[S], view: View, path: str) -> str:
    """Returns the address of a file of the same answer."""
    return f"{path}?{urlencode(kept_fields(screen, view))}"


def _of(fields: Iterable[str]) -> tuple[str, ...]:
    """Returns the names of fields; several fields of one argument are parted by blanks."""
    return tuple(name for each in fields for name in each.split())
