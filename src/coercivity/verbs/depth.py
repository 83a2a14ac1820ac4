"""What may be asked of an answer: what comes with it, what would turn it, and how it runs over the days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NotRequired, TypedDict

from coercivity.base.days import Day
from coercivity.base.words import Lang
from coercivity.data.values import plain_value
from coercivity.law.explain.counterfactuals import Flips
from coercivity.law.explain.counterfactuals import flips as find_flips
from coercivity.law.explain.timeline import Window
from coercivity.law.explain.timeline import windows as find_windows
from coercivity.papers.deal.depth_text import flip_lines, window_line
from coercivity.papers.deal.report_data import SheetData
from coercivity.papers.deal.sheet import sheet as make_sheet
from coercivity.papers.deal.sheet_text import sheet_lines
from coercivity.papers.shared.terminal import wrapped
from coercivity.verbs.answers import Answer

DAYS_BACK, YEARS_AHEAD = 366, 2


class FlipData(TypedDict):
    """A change of facts that gives another outcome, with the values that do."""

    outcome: str
    finding: str
    facts: list[str]
    values: list[list[object]]


class TurnData(TypedDict):
    """The first later day with another outcome."""

    day: str
    outcome: str
    finding: str
    because: list[str]


class FlipsData(TypedDict):
    """What would turn an answer."""

    changes: list[FlipData]
    changed_at_most: int
    together: list[str]
    looked_through: str
    turn: NotRequired[TurnData]


class WindowStepData(TypedDict):
    """What happened to an instrument, so that an answer changed."""

    kind: str
    instrument: str
    by: str


WindowData = TypedDict(
    "WindowData",
    {
        "from": str,
        "to": str,
        "outcome": str,
        "finding": str,
        "may_become": str | None,
        "unverified": bool,
        "because": list[WindowStepData],
    },
)


def sheet(found: Answer) -> SheetData | None:
    """Returns codes, ways, papers, clocks, duties and exposure by law, and times and papers by practice, apart."""
    return make_sheet(found.book, found.decision) if found.decision is not None else None


def flips(found: Answer) -> Flips | None:
    """Returns the smallest changes of facts, and the first later day, that give another outcome."""
    return find_flips(found.book, found.decision, known=found.asked_known) if found.decision is not None else None


def windows(found: Answer, start: Day | None = None, end: Day | None = None) -> list[Window]:
    """Returns the answer for every day from `start` to `end`, as runs of days.

    A day of knowledge that the answer was asked for holds for all of them; otherwise all that is known today counts.

    Args:
        found: The answer.
        start: First day; by default a year before its own.
        end: Last day; by default the end of the second year after its own.
    """
    decision = found.decision
    if decision is None:
        return []
    first = start or Day.fromordinal(decision.on.toordinal() - DAYS_BACK)
    last = end or Day(decision.on.year + YEARS_AHEAD, 12, 31)
    return find_windows(found.book, decision.deal, first, last, known=found.asked_known, assume=decision.assume)


def flips_dict(found: Flips) -> FlipsData:
    """Returns flips as plain data for JSON."""
    changes: list[FlipData] = [
        {
            "outcome": flip.outcome.value,
            "finding": flip.finding.word,
            "facts": list(flip.facts),
            "values": [[plain_value(value) for value in values] for values in flip.values],
        }
        for flip in found.changes
    ]
    content: FlipsData = {
        "changes": changes,
        "changed_at_most": found.changed_at_most,
        "together": list(found.together),
        "looked_through": found.looked_through.isoformat(),
    }
    if found.turn is not None:
        content["turn"] = {
            "day": found.turn.day.isoformat(),
            "outcome": found.turn.outcome.value,
            "finding": found.turn.finding.word,
            "because": list(found.turn.because),
        }
    return content


def windows_dict(found: list[Window]) -> list[WindowData]:
    """Returns windows as plain data for JSON."""
    return [
        {
            "from": window.start.isoformat(),
            "to": window.end.isoformat(),
            "outcome": window.outcome.value,
            "finding": window.finding.word,
            "may_become": window.may_become.value if window.may_become else None,
            "unverified": window.unverified,
            "because": [{"kind": s.kind, "instrument": s.instrument_id, "by": s.by} for s in window.because],
        }
        for window in found
    ]


class DepthData(TypedDict):
    """What was asked for beside an answer; an empty sheet where no day was given."""

    sheet: NotRequired[SheetData | dict[str, str]]
    flips: NotRequired[FlipsData]
    windows: NotRequired[list[WindowData]]


def depth_dict(found: Answer, *, papers: bool, turns: bool, days: bool) -> DepthData:
    """Returns what was asked for beside an answer as plain data; `depth_lines` tells the same as text."""
    content: DepthData = {"sheet": sheet(found) or {}} if papers else {}
    if turns and (turned := flips(found)) is not None:
        content["flips"] = flips_dict(turned)
    if days:
        content["windows"] = windows_dict(windows(found))
    return content


def depth_lines(found: Answer, lang: Lang, *, papers: bool, turns: bool, days: bool) -> Iterator[str]:
    """Yields what was asked for beside an answer as lines of text.

    Args:
        found: The answer.
        lang: Language of the words.
        papers: Ways, papers, clocks, duties, exposure, and what practice reports.
        turns: The smallest changes of facts, and the first later day, that give another outcome.
        days: The answer for every day, as runs of days.
    """
    if found.decision is None:
        return
    if papers and (content := sheet(found)) is not None:
        for line in sheet_lines(content, lang):
            yield from wrapped(line, "      ")
    if turns and (turned := flips(found)) is not None:
        yield from flip_lines(found.decision, turned, lang)
    if days:
        for window in windows(found):
            yield from wrapped(window_line(found.book, window, lang), "      ")
