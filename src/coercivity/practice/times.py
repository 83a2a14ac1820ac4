"""Reported times, shares and pending applications for a place and a use, with sources, dates and sample sizes.

They are separate from the statutory time limit and never merged with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from coercivity.base.days import Day
from coercivity.practice.records import (
    AskedPaper,
    Channel,
    Enforcement,
    FineSeen,
    GeneralLicences,
    Group,
    PracticeRecords,
    Report,
    load_records,
    load_reports,
)

EVERYWHERE = "ALL"
_RANGES: tuple[Group, ...] = ("processing", "expected", "first_approvals", "lead_time", "customs_hold")
_SNAPSHOTS: tuple[Group, ...] = ("granted_share", "survey")
_COUNTS: tuple[Group, ...] = ("filed", "queue")
_WORDS = re.compile(r"[a-z]+")
# Only to compare two ends; never shown. Seven calendar days contain five working days.
_CALENDAR_DAYS = {"working_days": Decimal(7) / 5, "calendar_days": Decimal(1), "days": Decimal(1)}


class Near(IntEnum):
    """How closely a report fits the place, the most specific first."""

    PLACE = 0
    GROUP = 1
    EVERYWHERE = 2
    ELSEWHERE = 3


NEAR_WORDS: dict[Near, dict[str, str]] = {
    Near.PLACE: {"en": "reported for this destination", "zh": "针对该目的地的报道"},
    Near.GROUP: {"en": "reported for its group of countries", "zh": "针对其所属国家集团的报道"},
    Near.EVERYWHERE: {"en": "reported for all destinations", "zh": "不分目的地的报道"},
    Near.ELSEWHERE: {"en": "reported for other destinations", "zh": "针对其他目的地的报道"},
}
SNAPSHOT_WARNING = {
    "en": "A snapshot: the report does not separate pending from refused applications. Not an approval rate.",
    "zh": "仅为某日快照：报告未区分审查中与不予许可的申请，不能视为许可率。",
}
UNOFFICIAL_WARNING = {
    "en": "Practice of one supplier. The law sets no minimum content.",
    "zh": "仅为供应商做法，法律没有规定含量下限。",
}


@dataclass(frozen=True, slots=True)
class Basis:
    """The basis of a practice figure.

    Attributes:
        reports: Number of reports: one source on one date.
        rows: Number of figures.
        qualities: Number of figures by quality.
        urls: Addresses of the sources.
    """

    reports: int
    rows: int
    first_on: Day
    last_on: Day
    qualities: Mapping[str, int]
    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One end of a range, in the unit of its report.

    Attributes:
        open_ended: The source states that it may be longer.
    """

    value: Decimal
    unit: str
    open_ended: bool
    report: Report


@dataclass(frozen=True, slots=True)
class Range:
    """A reported time: shortest and longest figure, each in its own unit.

    Attributes:
        near: How closely the reports fit the place.
        open_ended: A report states that it may be longer than its figure.
    """

    group: Group
    name: Mapping[str, str]
    near: Near
    open_ended: bool
    low: Figure
    high: Figure
    basis: Basis
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Shares or counts on the dates of the reports.

    Attributes:
        mixed: Applications not granted are pending or refused, not separated.
    """

    group: Group
    name: Mapping[str, str]
    near: Near
    low: Decimal
    high: Decimal
    mixed: bool
    basis: Basis
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """Decided applications with refusals reported alongside: the only counts that affect a probability."""

    near: Near
    granted: int
    refused: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class PracticeReport:
    """Reported practice for one place and use, as of one date.

    Attributes:
        label: States that this is practice, not law.
        ranges: Reported times, the most specific reports of each kind.
        wider: The same from less specific reports.
        shares: Snapshots of shares.
        queues: Snapshots of applications filed and pending.
        decided: Decided applications with refusals reported alongside.
        unofficial: Thresholds used by suppliers.
        remarks: Reports in words, and other remarks.
        documents: Documents requested in addition to those required by law.
        fines: Penalties imposed.
        newest_on: Date of the newest report used.
        later: Number of reports later than the date, not used.
    """

    on: Day
    destination: str
    end_use: str
    label: Mapping[str, str]
    ranges: tuple[Range, ...]
    wider: tuple[Range, ...]
    shares: tuple[Snapshot, ...]
    queues: tuple[Snapshot, ...]
    decided: tuple[Decided, ...]
    unofficial: tuple[Report, ...]
    remarks: tuple[Report, ...]
    documents: tuple[AskedPaper, ...]
    channels: tuple[Channel, ...]
    general_licences: tuple[GeneralLicences, ...]
    fines: Enforcement
    newest_on: Day | None
    later: int

    def range(self, group: Group) -> Range | None:
        """Returns the most specific range of a kind, or None."""
        return next((entry for entry in self.ranges if entry.group == group), None)


def practice_times(on: Day, destination: str, end_use: str = "") -> PracticeReport:
    """Returns reported practice for a place and a use, the most specific reports first.

    Args:
        on: Date; later reports are counted but not used.
        destination: Country as ISO 3166 alpha-2, EU, or ALL.
        end_use: Use in words; reports on special uses count only if it names them.
    """
    records, every = load_records(), load_reports()
    asked = [report for report in every if report.group != "law_repeated"]
    known = [report for report in asked if report.reported_on <= on]
    fitting = [report for report in known if _fits(report, end_use, records)]
    near = {report.id: _near(report.destination, destination, records) for report in fitting}
    ranges = _ranges(fitting, near)
    first = {entry.group: entry for entry in reversed(ranges)}
    fines = records.enforcement
    return PracticeReport(
        on=on,
        destination=destination,
        end_use=end_use,
        label=records.about.as_dict(),
        ranges=tuple(entry for entry in ranges if first[entry.group] is entry),
        wider=tuple(entry for entry in ranges if first[entry.group] is not entry),
        shares=_snapshots(fitting, near, _SNAPSHOTS),
        queues=_snapshots(fitting, near, _COUNTS),
        decided=_decided(fitting, near),
        unofficial=tuple(report for report in fitting if report.group == "unofficial_threshold"),
        remarks=_remarks(fitting, near),
        documents=tuple(records.documents),
        channels=tuple(records.channels),
        general_licences=tuple(entry for entry in records.general_licences if entry.first_reported <= on),
        fines=_fines_by(fines, on),
        newest_on=max((report.reported_on for report in fitting), default=None),
        later=len(asked) - len(known),
    )


def fines_seen(on: Day, destination: str = "") -> tuple[FineSeen, ...]:
    """Returns the penalty decisions published by a date, those for the destination first."""
    seen = _fines_by(load_records().enforcement, on).decisions
    return tuple(sorted(seen, key=lambda fine: fine.destination != destination))


def _fines_by(fines: Enforcement, on: Day) -> Enforcement:
    """Returns the decisions made by a date; an undated decision is always included."""
    return fines.model_copy(
        update={
            "aggregates": [entry for entry in fines.aggregates if int(entry.year) < on.year],
            "decisions": [entry for entry in fines.decisions if entry.decided is None or entry.decided <= on],
            "convictions": [entry for entry in fines.convictions if entry.decided <= on],
        }
    )


def _near(reported: str, asked: str, records: PracticeRecords) -> Near:
    if asked == reported:
        return Near.PLACE
    if any(places.id == reported and asked in places.members for places in records.groups_of_places):
        return Near.GROUP
    return Near.EVERYWHERE if reported == EVERYWHERE else Near.ELSEWHERE


def _fits(report: Report, end_use: str, records: PracticeRecords) -> bool:
    """Returns whether a report covers the use: reports on special uses only if it is named."""
    if report.end_use not in records.special_uses:
        return True
    return bool(set(_WORDS.findall(report.end_use.lower())) & set(_WORDS.findall(end_use.lower())))


def _ranges(reports: Sequence[Report], near: Mapping[str, Near]) -> list[Range]:
    found = []
    for group in _RANGES:
        for level in Near:
            rows = [report for report in reports if report.group == group and near[report.id] is level]
            if rows:
                found.append(_range(group, level, rows))
    return found


def _range(group: Group, level: Near, rows: Sequence[Report]) -> Range:
    figures = sorted((_figure(report) for report in rows), key=_length)
    longer = any(figure.open_ended for figure in figures)
    return Range(group, rows[0].name.as_dict(), level, longer, figures[0], figures[-1], _basis(rows), tuple(rows))


def _figure(report: Report) -> Figure:
    longer = report.qualifier in ("or_more", "at_least") or report.metric == "expected_wait_min"
    return Figure(report.figure, report.unit, longer, report)


def _length(figure: Figure) -> Decimal:
    return figure.value * _CALENDAR_DAYS[figure.unit]


def _basis(rows: Sequence[Report]) -> Basis:
    qualities = [report.quality for report in rows]
    return Basis(
        reports=len({(report.source_id, report.reported_on) for report in rows}),
        rows=len(rows),
        first_on=min(report.reported_on for report in rows),
        last_on=max(report.reported_on for report in rows),
        qualities={quality: qualities.count(quality) for quality in sorted(set(qualities))},
        urls=tuple(dict.fromkeys(report.url for report in rows if report.url)),
    )


def _snapshots(reports: Sequence[Report], near: Mapping[str, Near], groups: tuple[Group, ...]) -> tuple[Snapshot, ...]:
    """Returns snapshots by group, place and unit; companies and applications are never combined."""
    found = []
    for group in groups:
        for level in Near:
            rows = [report for report in reports if report.group == group and near[report.id] is level]
            for counted in sorted({report.counted for report in rows}):
                same = [report for report in rows if report.counted == counted]
                values = [report.figure for report in same]
                name, mixed = same[0].name.as_dict(), group in ("granted_share", "queue")
                found.append(Snapshot(group, name, level, min(values), max(values), mixed, _basis(same), tuple(same)))
    return tuple(found)


def _decided(reports: Sequence[Report], near: Mapping[str, Near]) -> tuple[Decided, ...]:
    found = []
    for level in Near:
        rows = [report for report in reports if report.decides and near[report.id] is level]
        refused = sum(int(report.figure) for report in rows if report.metric == "rejected_applications")
        granted = sum(int(report.figure) for report in rows if report.metric != "rejected_applications")
        if rows:
            found.append(Decided(level, granted, refused, _basis(rows)))
    return tuple(found)


def _remarks(reports: Sequence[Report], near: Mapping[str, Near]) -> tuple[Report, ...]:
    """Returns all other reports for the place, its group, or everywhere."""
    kept: tuple[Group, ...] = ("remark", "validity", "decided")
    rows = [report for report in reports if report.group in kept and near[report.id] is not Near.ELSEWHERE]
    return tuple(sorted(rows, key=lambda report: near[report.id]))
