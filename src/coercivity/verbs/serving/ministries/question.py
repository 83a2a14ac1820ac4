"""The questions that a ministry asks of a workbook; answers are computed in a child process and kept for a while."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from coercivity.base.errors import CoercivityError
from coercivity.base.words import Lang
from coercivity.data.input import Content
from coercivity.papers.ministry.paper import MinistryPaper
from coercivity.verbs.ministry_files import MinistryFile, ministry_file
from coercivity.verbs.serving.firms.answers import named
from coercivity.verbs.serving.firms.apart import apart
from coercivity.verbs.serving.firms.latest import Key, Latest, content_key
from coercivity.verbs.serving.ministries.workbooks import MinistrySent, QuestionName

MOST_WAITED_S = 12.0  # by far less than the limit of a child, which may be busy
TIME = "UPLOAD-TIME"
Report = Mapping[str, object]  # FundReport or StrategyReport
Workbook = Content  # a workbook as its reader takes it
Progress = Callable[[int, int], None]
S = TypeVar("S", bound=MinistrySent)


@dataclass(frozen=True, slots=True)
class MinistryShape:
    """What is known of a workbook before it is computed.

    Attributes:
        hash: SHA-256 of what the workbook says.
        rows: Number of projects, or of scenarios.
        seconds: About how long the answer takes [s].
    """

    hash: str
    rows: int
    seconds: float

    @property
    def waits(self) -> bool:
        """Whether a page waits for the answer; else it is a job, with progress and without a limit of time."""
        return self.seconds <= MOST_WAITED_S


@dataclass(frozen=True, slots=True)
class Question(Generic[S]):
    """A question.

    Attributes:
        name: Its name, which is that of its verb and of its job.
        sent: What is asked.
        shape: Reads a workbook; reports every fault.
        found: Computes the answer as plain data.
        paper: Puts the answer on paper.
        workbook: Returns the answer as XLSX.
    """

    name: QuestionName
    sent: type[S]
    shape: Callable[[Content, S], MinistryShape]
    found: Callable[[Content, S, Progress | None], Report]
    paper: Callable[[Report, Lang], MinistryPaper]
    workbook: Callable[[Content, Report, Lang], bytes]


_FOUND, _SHAPES = Latest[Report](), Latest[MinistryShape]()


def question_shape(question: Question[S], source: Content, sent: S) -> MinistryShape:
    """Returns what is known of a workbook before it is computed.

    Args:
        question: The question.
        source: The workbook.
        sent: What is asked.

    Raises:
        CoercivityError: With every fault of the workbook and of what is asked.
        RefusedError: If too many workbooks are being read.
    """
    with named(source):
        return _SHAPES.found(_key(question, source, sent), lambda: apart(question.shape, source, sent))


def question_found(question: Question[S], source: Content, sent: S) -> Report:
    """Returns the answer as plain data, computed only if it is not kept.

    Args:
        question: The question.
        source: The workbook.
        sent: What is asked.

    Raises:
        CoercivityError: With every fault of the workbook and of what is asked.
        RefusedError: If too many workbooks are being read.
    """
    try:
        with named(source):
            return _FOUND.found(_key(question, source, sent), lambda: apart(question.found, source, sent, None))
    except CoercivityError as error:
        raise too_long(question, source) if any(fault.code == TIME for fault in error.faults) else error from None


def too_long(question: Question[S], source: Content) -> CoercivityError:
    """Returns the error for an answer that a page or a request does not wait for."""
    what = "the answer for this workbook takes longer than a page can wait"
    do = f"send it to `/api/ministry/{question.name}/start`, or start it on the screen; both show progress"
    return CoercivityError.of(TIME, what, where=source.name, next=do)


def question_file(question: Question[S], name: MinistryFile, source: Content, body: Report, lang: Lang) -> bytes:
    """Returns a file of an answer.

    Args:
        question: The question.
        name: Name of the file.
        source: The workbook.
        body: The answer.
        lang: Language of sheets, cells and picture.

    Raises:
        CoercivityError: If it cannot be made.
        RefusedError: If too many workbooks are being read.
    """
    with named(source):
        return apart(_file, question, name, source, body, lang)


def _file(question: Question[S], name: MinistryFile, source: Content, body: Report, lang: Lang) -> bytes:
    workbook = question.workbook(source, body, lang) if name == "result.xlsx" else b""
    return ministry_file(name, body, question.paper(body, lang), workbook)


def _key(question: Question[S], source: Content, sent: S) -> Key:
    asked = sent.model_dump(exclude={"file", "workbook"})
    return (question.name, *content_key(source), json.dumps(asked, sort_keys=True, default=str))
