"""Further information on a result: supporting documents and time limits, what would change it, and when it changes."""

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
    """A change of facts that gives another outcome, with the values."""

    outcome: str
    finding: str
    facts: list[str]
    values: list[list[object]]


class TurnData(TypedDict):
    """The first later date with another outcome."""

    day: str
    outcome: str
    finding: str
    because: list[str]


class FlipsData(TypedDict):
    """What would change a result."""

    changes: list[FlipData]
    changed_at_most: int
    together: list[str]
    looked_through: str
    turn: NotRequired[TurnData]


class WindowStepData(TypedDict):
    """An event of an instrument that changed a result."""

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
    """Returns codes, routes, documents, time limits, obligations and penalties by law, and reported practice."""
    return make_sheet(found.book, found.decision) if found.decision is not None else None


def flips(found: Answer) -> Flips | None:
    """Returns the smallest changes of facts that give another outcome, and the first later date that does."""
    return find_flips(found.book, found.decision, known=found.asked_known) if found.decision is not None else None


def windows(found: Answer, start: Day | None = None, end: Day | None = None) -> list[Window]:
    """Returns the result for every date from `start` to `end`, as periods.

    An information cut-off that was requested applies to all of them; otherwise all published notices count.

    Args:
        found: The result.
        start: First date; by default a year before the transaction date.
        end: Last date; by default the end of the second year after the transaction date.
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
    """Further information on a result; an empty sheet if no date was given."""

    sheet: NotRequired[SheetData | dict[str, str]]
    flips: NotRequired[FlipsData]
    windows: NotRequired[list[WindowData]]


def depth_dict(found: Answer, *, papers: bool, turns: bool, days: bool) -> DepthData:
    """Returns further information on a result as plain data; `depth_lines` gives the same as text."""
    content: DepthData = {"sheet": sheet(found) or {}} if papers else {}
    if turns and (turned := flips(found)) is not None:
        content["flips"] = flips_dict(turned)
    if days:
        content["windows"] = windows_dict(windows(found))
    return content


def depth_lines(found: Answer, lang: Lang, *, papers: bool, turns: bool, days: bool) -> Iterator[str]:
    """Yields further information on a result as lines of text.

    Args:
        found: The result.
        lang: Language of the words.
        papers: Routes, documents, time limits, obligations, penalties, and reported practice.
        turns: The smallest changes of facts, and the first later date, that give another outcome.
        days: The result for every date, as periods.
    """
    if found.decision is None:
        return
    if papers and (content := sheet(found)) is not None:
        for line in sheet_lines(content, lang):
            yield from wrapped(line, "      ")
    if turns and (turned := flips(found)) is not None:
        yield from flip_lines(found.book, found.decision, turned, lang)
    if days:
        for window in windows(found):
            yield from wrapped(window_line(found.book, window, lang), "      ")
