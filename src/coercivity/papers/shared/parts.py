"""Procedure, penalties and reported practice as plain data. Law and practice are never merged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import get_args

from coercivity.base.days import Day, WorkingCalendar
from coercivity.base.words import Lang, say
from coercivity.law.consequences.applicability import Basis
from coercivity.law.consequences.exposure import Exposure
from coercivity.law.consequences.procedure import Because, OpenTrack, Procedure, RunningClock
from coercivity.law.engine.decide import Deal
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.shared.days import BY_OWN, assumed_end, assumed_words
from coercivity.papers.shared.names import IN_BOTH, Text, cited
from coercivity.papers.shared.report_data import (
    AmountKey,
    BecauseData,
    ClockData,
    ExposureData,
    FinedData,
    LawData,
    PracticeData,
    ReportedShare,
    ReportedTime,
    SampleData,
    SpanData,
    TrackData,
)
from coercivity.papers.shared.words import paper_words
from coercivity.practice.records import FineSeen
from coercivity.practice.times import NEAR_WORDS, SNAPSHOT_WARNING, UNOFFICIAL_WARNING, PracticeReport, Range, Snapshot
from coercivity.practice.times import Basis as Sample

AMOUNTS: tuple[AmountKey, ...] = get_args(AmountKey)
_CLOSED = paper_words("shared_parts", "closed")
_UNITS = paper_words("shared_parts", "units")
_SPAN = paper_words("shared_parts", "span")


def number_text(value: Decimal) -> str:
    """Returns a decimal number as text without an exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def law_part(book: Rulebook, found: Procedure, on: Day, calendar: WorkingCalendar) -> LawData:
    """Returns licence routes, documents, steps, time limits and obligations of one decision, by law."""
    return {
        "tracks": [_track(book, track, on, calendar) for track in found.tracks],
        "closed": [
            {"id": entry.rule.id, "name": entry.rule.name.as_dict(), "because": _because(book, entry.because)}
            for entry in found.closed
        ],
        "refused_in_principle": found.refused_in_principle,
        "clocks": [_clock(book, clock, on, calendar) for clock in found.clocks],
        "duties": [
            {
                "id": duty.rule.id,
                "who": duty.rule.who.as_dict(),
                "what": duty.rule.what.as_dict(),
                "sure": duty.sure,
                "basis": basis_text(book, duty.rule.basis, "en"),
                "basis_zh": basis_text(book, duty.rule.basis, "zh"),
                "url": duty.rule.source_url,
            }
            for duty in found.duties
        ],
    }


def _track(book: Rulebook, track: OpenTrack, on: Day, calendar: WorkingCalendar) -> TrackData:
    return {
        "id": track.rule.id,
        "name": track.rule.name.as_dict(),
        "scope": track.rule.scope.as_dict(),
        "sure": track.sure,
        "unless": _because(book, track.unless),
        "papers": [
            {
                "id": paper.rule.id,
                "name": paper.rule.name.as_dict(),
                "sure": paper.sure,
                "basis": basis_text(book, paper.rule.basis, "en"),
                "basis_zh": basis_text(book, paper.rule.basis, "zh"),
                "url": paper.rule.source_url,
            }
            for paper in track.papers
        ],
        "steps": [
            {
                "text": step.rule.text.as_dict(),
                "sure": step.sure,
                "basis": basis_text(book, step.rule.basis, "en"),
                "basis_zh": basis_text(book, step.rule.basis, "zh"),
            }
            for step in track.steps
        ],
        "clocks": [_clock(book, clock, on, calendar) for clock in track.clocks],
    }


def _clock(book: Rulebook, clock: RunningClock, on: Day, calendar: WorkingCalendar) -> ClockData:
    end = clock.clock(on, calendar)
    found: ClockData = {
        "id": clock.rule.id,
        "name": clock.rule.name.as_dict(),
        "who": clock.rule.who,
        "starts": clock.rule.starts.as_dict(),
        "not_counted": [words.as_dict() for words in clock.rule.not_counted],
        "no_limit": _because(book, clock.no_limit),
        "may_fall_away": _because(book, clock.may_fall_away),
        "sure": clock.sure,
        "basis": basis_text(book, clock.rule.basis, "en"),
        "basis_zh": basis_text(book, clock.rule.basis, "zh"),
        "url": clock.rule.source_url,
        "state": end.state,
    }
    if clock.rule.working_days is not None:
        found["working_days"] = clock.rule.working_days
    if end.own:
        found["by_calendar"] = dict(BY_OWN)
    if end.span is not None:
        found["assumed_end"], found["why_no_day"] = assumed_end(end), assumed_words(end)
    elif end.day is not None:
        found["ends_if_started_on_the_day"] = end.day.isoformat()
    elif end.state in _CLOSED:
        found["why_no_day"] = dict(_CLOSED[end.state])
    return found


def _because(book: Rulebook, entries: tuple[Because, ...]) -> list[BecauseData]:
    return [
        {
            "text": dict(entry.text),
            "basis": basis_text(book, entry.basis, "en"),
            "basis_zh": basis_text(book, entry.basis, "zh"),
        }
        for entry in entries
    ]


def basis_text(book: Rulebook, entries: Sequence[Basis], lang: Lang) -> list[str]:
    """Returns the articles that an entry is based on, each with the short name of its instrument."""
    return [cited(book, entry.instrument, entry.article, entry.provision, lang) for entry in entries]


def exposure_part(book: Rulebook, found: Sequence[Exposure]) -> list[ExposureData]:
    """Returns the articles that apply to a breach, those on the transaction itself first."""
    return [_exposed(book, entry) for entry in found]


def _exposed(book: Rulebook, entry: Exposure) -> ExposureData:
    found: ExposureData = {
        "role": entry.role,
        "sure": entry.sure,
        "text": dict(entry.text),
        "basis": basis_text(book, entry.basis, "en"),
        "basis_zh": basis_text(book, entry.basis, "zh"),
        "band": entry.band,
        "sanctions": [dict(text) for text in entry.sanctions],
        "aggravated": [dict(text) for text in entry.aggravated],
    }
    if entry.formula is not None:
        found["formula"] = dict(entry.formula)
    if entry.low is not None:
        found["low_cny"] = number_text(entry.low)
    if entry.high is not None:
        found["high_cny"] = number_text(entry.high)
    source = entry.penalty or entry.consequence
    if source is not None:
        found["url"] = source.source_url
        found["confidence"] = source.confidence
    if entry.penalty is not None and entry.penalty.only_if is not None:
        found["only_if"] = entry.penalty.only_if.as_dict()
    return found


def on_income(exposed: ExposureData) -> bool:
    """Returns whether a fine is a multiple of the illegal income, and not of the illegal turnover."""
    return "illegal income" in exposed.get("formula", {}).get("en", "")


def practice_part(report: PracticeReport) -> PracticeData:
    """Returns reported practice for a place; it is kept separate and never changes a result."""
    return {
        "destination": report.destination,
        "label": dict(report.label),
        "newest_on": report.newest_on.isoformat() if report.newest_on else None,
        "later_left_out": report.later,
        "times": [_range(entry) for entry in (*report.ranges, *report.wider)],
        "shares": [_snapshot(entry) for entry in report.shares],
        "queues": [_snapshot(entry) for entry in report.queues],
        "unofficial": [
            {
                "text": entry.note,
                "reported_on": entry.reported_on.isoformat(),
                "url": entry.url,
                "publisher": entry.publisher,
            }
            for entry in report.unofficial
        ],
        "unofficial_warning": dict(UNOFFICIAL_WARNING),
        "fined": [_fined(entry) for entry in report.fines.decisions],
        "papers": [
            {"name": paper.name.as_dict(), "url": paper.source_url, "note": paper.note} for paper in report.documents
        ],
    }


def _fined(entry: FineSeen) -> FinedData:
    """Returns a published penalty decision; it does not bind the authority in another case."""
    found: FinedData = {"id": entry.id, "facts": entry.facts.as_dict(), "url": entry.source_url}
    if entry.decided is not None:
        found["decided"] = entry.decided.isoformat()
    for key in AMOUNTS:
        amount: Decimal | None = getattr(entry, key)
        if amount is not None:
            found[key] = number_text(amount)
    if entry.mitigation is not None:
        found["mitigation"] = entry.mitigation.as_dict()
    return found


def _range(entry: Range) -> ReportedTime:
    return {
        "group": entry.group,
        "name": dict(entry.name),
        "near": entry.near.name.lower(),
        "near_words": dict(NEAR_WORDS[entry.near]),
        "low": {"value": number_text(entry.low.value), "unit": entry.low.unit},
        "high": {"value": number_text(entry.high.value), "unit": entry.high.unit},
        "open_ended": entry.open_ended,
        "sample": _sample(entry.basis),
    }


# Days that a report does not qualify are taken as calendar days.
_SAME_DAYS = {"days", "calendar_days"}


def span_words(entry: SpanData) -> Text:
    """Returns a reported range in words, each end in the unit of its report."""
    found: dict[str, str] = {}
    for lang in IN_BOTH:
        low, high = entry["low"], entry["high"]
        ends = [
            say(_SPAN["amount"], lang).format(end["value"], say(_UNITS.get(end["unit"], {"en": end["unit"]}), lang))
            for end in (low, high)
        ]
        alike = low["unit"] == high["unit"] or {low["unit"], high["unit"]} == _SAME_DAYS
        if alike:
            ends[0] = low["value"]
        told = ends[1] if alike and low["value"] == high["value"] else say(_SPAN["range"], lang).format(*ends)
        found[lang] = say(_SPAN["open_ended"], lang).format(told) if entry["open_ended"] else told
    return found


def _snapshot(entry: Snapshot) -> ReportedShare:
    return {
        "group": entry.group,
        "name": dict(entry.name),
        "near_words": dict(NEAR_WORDS[entry.near]),
        "low": number_text(entry.low),
        "high": number_text(entry.high),
        "warning": dict(SNAPSHOT_WARNING) if entry.mixed else {},
        "sample": _sample(entry.basis),
    }


def _sample(basis: Sample) -> SampleData:
    return {
        "reports": basis.reports,
        "figures": basis.rows,
        "from": basis.first_on.isoformat(),
        "to": basis.last_on.isoformat(),
        "qualities": dict(sorted(basis.qualities.items())),
        "urls": list(basis.urls),
    }


def destination_of(deal: Deal) -> str | None:
    """Returns the place for which practice is looked up, or None if the transaction names none."""
    facts = deal.facts
    for name in ("to", "recipient_nationality"):
        place = facts.get(name)
        if isinstance(place, str) and place != "CN":
            return place
    return None


Practice = Mapping[str, PracticeReport]
