"""Licence time as report data: the structure of the results of `clock`.

Masses, probabilities and amounts are decimal text; percentiles of the simulations (10, 50, 90) are keys as text.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict

from coercivity.papers.firm.desk_data import DeskData
from coercivity.papers.shared.names import Text
from coercivity.papers.shared.report_data import AssumedEnd, CalendarData, ReportedTime

Levels = dict[str, int | None]


class LineData(TypedDict):
    """One statement of a stage, with its origin: law, practice or assumption."""

    speaker: str
    text: Text
    basis: list[str]
    basis_zh: list[str]
    source: str


class StageData(TypedDict):
    """A stage on the way to a licence."""

    id: str
    name: Text
    lines: list[LineData]


class WayData(TypedDict):
    """A licence route that is needed."""

    track: str
    name: Text
    has_figure: bool


class LawEnd(TypedDict):
    """The last day of a statutory time limit, or why there is none."""

    track: str
    clock: str
    name: Text
    starts: Text
    if_started_on: str
    state: str
    not_counted: list[Text]
    no_limit: list[Text]
    may_fall_away: list[Text]
    basis: list[str]
    basis_zh: list[str]
    url: str
    working_days: NotRequired[int]
    latest_without_a_stop: NotRequired[str]
    why_no_day: NotRequired[Text]
    assumed_end: NotRequired[AssumedEnd]
    by_calendar: NotRequired[Text]


class DrawnData(TypedDict):
    """Percentiles of the simulations; none if no simulation fits."""

    draws: int
    kept: int
    waiting_days: NotRequired[Levels]
    filing_to_grant_days: NotRequired[Levels]
    to_handover_days: NotRequired[Levels]
    handed_over_on: NotRequired[dict[str, str]]
    assumed_years: NotRequired[list[int]]
    assumed_holidays: NotRequired[list[int]]
    assumed_words: NotRequired[Text]


class EndsData(TypedDict):
    """The end by law, by reported practice and by simulation, which are never merged."""

    law: list[LawEnd]
    practice: list[ReportedTime]
    drawn: DrawnData | None


class ClockPart(TypedDict):
    """A licence time."""

    outcome: str
    finding: str
    on: str
    known: str
    state: str
    state_words: Text
    sure: bool
    needed: list[WayData]
    start_on: str
    grounds: list[str]
    why: list[Text]
    stages: list[StageData]
    ends: EndsData
    desk: NotRequired[DeskData]
    filed_on: NotRequired[str]
    may_become: NotRequired[str]
    not_checked: NotRequired[Text]
    calendar: NotRequired[CalendarData]


class ClockReport(ClockPart):
    """The licence time of one deal, as `clock --json` writes it."""

    id: str
    title: str
