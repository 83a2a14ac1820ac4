"""Reports of practice beside the licensing desk of a run: what each speaks of, the figure for it, and the misfit."""

from __future__ import annotations

from collections.abc import Mapping

from coercivity.papers.market.desk.beside import Beside, Figure, Reason, blank
from coercivity.papers.market.desk.misfit import Covered, both, covered, with_figure
from coercivity.papers.market.desk.report_data import CheckRow
from coercivity.papers.market.desk.spoken import PRESENT, SHARES, Spoken, figure_of
from coercivity.practice.records import Group, Report

# Seven calendar days are five working days, as in equation 16 of docs/market.md.
CALENDAR_DAYS = {"working_days": 7 / 5, "calendar_days": 1.0, "days": 1.0}
# Reports of these groups enter the review time; those with refusals beside them the share of grants.
_REVIEW: tuple[Group, ...] = ("processing", "expected")
REVIEW_TIME, GRANT_SHARE = "equation 16", "equation 15"
_BY_GROUP: Mapping[Group, Reason] = {
    "law_repeated": "law",
    "fine_ratio": "enforcement",
    "penalty_count": "enforcement",
    "survey": "survey",
    "unofficial_threshold": "content",
    "lead_time": "order_time",
}
_BY_METRIC: Mapping[str, Reason] = {
    "production_stoppages": "stoppages",
    "production_stoppages_expected": "stoppages",
    "survey_respondents": "survey",
    "vendor_says_not_eligible": "condition",
    "condition": "condition",
    "licence_per_shipment": "condition",
    "limited_approvals": "words",
}
# Firms that are counted and still comparable.
HOLDERS = "exporters_with_general_licence_lower"


def report_rows(beside: Beside) -> list[CheckRow]:
    """Returns every report beside the figure of the run for its place, use and date, oldest first; none is left out.

    Args:
        beside: The licensing desk of a run with all that it is compared with.
    """
    return [_row(beside, report) for report in beside.reports]


def _row(beside: Beside, report: Report) -> CheckRow:
    use = beside.use(report.end_use)
    countries = beside.countries(report.destination)
    spoken = Spoken(beside, report, use, countries)
    row = _told(spoken)
    reason = _unspoken(spoken)
    found = reason if reason is not None else figure_of(spoken)
    if not isinstance(found, Figure):
        return {**row, "reason": found}
    told, share = _covered(spoken, found), found.compared in SHARES
    return with_figure(row, found, told, share=share)


def _told(spoken: Spoken) -> CheckRow:
    """Returns what the report itself says."""
    report, beside = spoken.report, spoken.beside
    used = beside.rests(report.id)
    used += [REVIEW_TIME] if report.group in _REVIEW else []
    used += [GRANT_SHARE] if report.decides else []
    text = report.unit in ("text", "flag")
    body = spoken.body
    return {
        **blank(report.id, report.reported_on, report.destination),
        "metric": report.metric,
        "name": report.name.as_dict(),
        "end_use": report.end_use,
        "form": spoken.use.form,
        "user": spoken.use.user,
        "countries": list(spoken.countries),
        "reported": None if text else float(report.figure),
        "reported_text": report.value if text else "",
        "unit": report.unit,
        "qualifier": report.qualifier,
        "counted": report.counted,
        "sample": spoken.sample,
        "counted_by": None if body is None else body.as_dict(),
        "used_as_input": used,
        "note": report.note,
        "source_id": report.source_id,
        "url": report.url,
    }


def _unspoken(spoken: Spoken) -> Reason | None:
    """Returns why the run has no figure of the kind that is reported, or None if it has."""
    report, beside = spoken.report, spoken.beside
    reason = _BY_GROUP.get(report.group) or _BY_METRIC.get(report.metric)
    if reason is not None:
        return reason
    if report.unit == "text":
        return "words"
    if report.counted == "firms" and report.metric != HOLDERS:
        return "firms"
    if not spoken.use.queue:
        return "no_queue_for_use"
    if not beside.covers(report.reported_on):
        return "outside"
    if beside.began(spoken.use.form) is None:
        return "no_control"
    return None if spoken.countries else "no_place"


def _covered(spoken: Spoken, figure: Figure) -> Covered:
    """Returns what the report covers in the unit of the figure; the least and the most of one report together."""
    report = spoken.report
    if report.unit == "flag":
        return PRESENT
    share = figure.compared in SHARES
    value = _value(report, spoken.base if share and report.unit == "count" else None)
    told = covered(value, report.metric, report.qualifier, share=share)
    other = spoken.other_end()
    if other is None:
        return told
    beyond = covered(_value(other, None), other.metric, other.qualifier, share=share)
    low, high = (told, beyond) if value <= beyond.value else (beyond, told)
    return both(low, high, value)


def _value(report: Report, base: float | None) -> float:
    value = float(report.figure) * CALENDAR_DAYS.get(report.unit, 1.0)
    return value if base is None else value / base
