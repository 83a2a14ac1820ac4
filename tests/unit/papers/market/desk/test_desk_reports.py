"""Reports beside a licensing desk written by hand: place, use, date, what is compared, and why something is not."""

from __future__ import annotations

from typing import Any

import pytest

from coercivity.base.days import Day
from coercivity.papers.market.desk.beside import Beside
from coercivity.papers.market.desk.report_data import CheckRow
from coercivity.papers.market.desk.reports import GRANT_SHARE, REVIEW_TIME, report_rows
from coercivity.papers.shared.words import paper_words
from coercivity.practice.desk import CustomsHold, GeneralLicence, Scope
from coercivity.practice.desk_tables import load_desk
from coercivity.practice.records import Report, load_records, load_reports
from tests.unit.papers.market.desk.by_hand import beside, practice, report

REASONS = paper_words("desk_check", "reasons")
CIVIL_MAGNETS, JULY = Scope("magnet", "ALL", "civil"), Day(2025, 7, 1)
GENERAL = GeneralLicence(
    "GL9", CIVIL_MAGNETS, ("A", "B"), "named", 0.25, 0.1, 0.5, JULY, 12, 0.9, JULY, reports=("LP900",)
)
HOLD = CustomsHold(
    "CH9", Scope("magnet"), 0.3, 0.1, 0.9, 45, 30, 60, Day(2025, 4, 4), Day(2025, 7, 31), JULY, reports=("LP900",)
)


def only(held: Beside) -> CheckRow:
    (row,) = report_rows(held)
    return row


def row_of(metric: str, on: str, destination: str, value: str, unit: str, **more: Any) -> CheckRow:
    return only(beside(report(metric, on, destination, value, unit, **more)))


def test_a_share_granted_is_that_of_all_files_of_the_group_filed_by_the_date() -> None:
    row = row_of("approval_share_of_requests", "2025-06-30", "EU", "0.6", "fraction")
    assert row["countries"] == ["DE", "FR"]
    assert [row["compared"], row["model"]] == ["granted_share", pytest.approx(25 / 64)]
    assert [row["misfit_is"], row["misfit"]] == ["difference", pytest.approx(25 / 64 - 0.6)]
    assert row["verdict"] == "near"


def test_a_count_of_a_place_is_compared_as_a_count() -> None:
    row = row_of("filed_applications", "2025-05-31", "EU", "100", "count", counted="files", qualifier="approximate")
    assert (row["compared"], row["model"], row["misfit_is"]) == ("filed", 34.0, "ratio")
    assert row["misfit"] == pytest.approx(34 / 80)
    assert (row["reported_low"], row["reported_high"]) == (80.0, 125.0)
    row = row_of("pending_applications_lower", "2025-06-30", "IN", "5", "count", counted="files", qualifier="at_least")
    assert (row["compared"], row["model"], row["within"], row["verdict"]) == ("pending", 6.0, True, "met")


def chamber(metric: str, value: str, name: str, **more: Any) -> Report:
    return report(metric, "2025-07-31", "EU", value, "count", id=name, counted="files", source_id="SP020", **more)


def test_counts_of_one_body_are_compared_as_shares_of_its_own_files() -> None:
    filed = chamber("filed_applications", "141", "LP1")
    granted = chamber("approved_applications", "19", "LP2", decides=True)
    refused = chamber("rejected_applications", "1", "LP3", decides=True)
    pending = chamber("pending_applications", "121", "LP4")
    rows = {row["row"]: row for row in report_rows(beside(filed, granted, refused, pending))}
    assert (rows["LP1"]["verdict"], rows["LP1"]["reason"]) == ("not_comparable", "body_total")
    assert all(rows[name]["sample"] == 141 for name in rows)
    assert all(rows[name]["counted_by"] is not None for name in rows)
    assert [rows["LP2"]["compared"], rows["LP2"]["reported"]] == ["granted_share", pytest.approx(19 / 141)]
    assert rows["LP2"]["model"] == pytest.approx(49 / 64)
    assert [rows["LP3"]["compared"], rows["LP3"]["model"]] == ["refused_share", pytest.approx(5 / 64)]
    assert [rows["LP4"]["compared"], rows["LP4"]["model"]] == ["pending_share", pytest.approx(10 / 64)]
    assert rows["LP2"]["used_as_input"] == rows["LP3"]["used_as_input"] == [GRANT_SHARE]


def test_a_body_without_a_total_is_compared_only_if_it_reports_none() -> None:
    more = {"end_use": "defence", "source_id": "SP029", "counted": "files"}
    row = row_of("approved_applications", "2025-06-30", "US", "0", "count", **more)
    assert (row["user"], row["compared"], row["model"], row["within"]) == ("military", "granted_share", 0.0, True)
    assert row_of("approved_applications", "2025-06-30", "US", "3", "count", **more)["reason"] == "body_total"


def test_a_time_is_that_of_the_files_decided_in_its_month_and_the_two_before() -> None:
    row = row_of("processing_time_planning", "2025-07-15", "EU", "45", "calendar_days")
    mean = (12 * 30 + 18 * 40 + 20 * 60 + 4 * 80) / 54
    assert [row["compared"], row["model"]] == ["decision_days", pytest.approx(mean)]
    assert (row["model_low"], row["model_high"]) == (30.0, 80.0)
    assert row["used_as_input"] == [REVIEW_TIME]
    assert row["misfit"] == pytest.approx(mean / 45)


def test_working_days_are_compared_in_calendar_days() -> None:
    row = row_of("processing_time_max", "2025-07-15", "EU", "45", "working_days")
    assert (row["reported"], row["reported_low"], row["reported_high"]) == (63.0, None, 63.0)
    assert row["within"]


def test_the_least_and_the_most_of_one_source_are_one_range() -> None:
    least = report("processing_time_min", "2025-07-15", "EU", "50", "calendar_days", id="LP1")
    most = report("processing_time_max", "2025-07-15", "EU", "60", "calendar_days", id="LP2")
    rows = report_rows(beside(least, most))
    assert [(row["reported_low"], row["reported_high"]) for row in rows] == [(50.0, 60.0)] * 2
    assert rows[0]["misfit"] == rows[1]["misfit"] == pytest.approx(((12 * 30 + 18 * 40 + 20 * 60 + 4 * 80) / 54) / 50)


def test_an_expected_wait_looks_ahead() -> None:
    row = row_of("expected_wait_min", "2025-04-15", "ALL", "42", "calendar_days", end_use="any")
    assert row["model"] == pytest.approx((12 * 30 + 18 * 40) / 30)
    assert row_of("processing_time_planning", "2025-04-15", "ALL", "42", "calendar_days")["reason"] == "no_decisions"


def test_the_first_grant_is_known_to_its_month() -> None:
    row = row_of("first_approvals_lag_max", "2025-05-25", "EU", "51", "calendar_days")
    assert (row["compared"], row["model_low"], row["model_high"]) == ("first_grant_days", 27.0, 57.0)
    assert row["within"]
    assert row_of("first_approvals_lag", "2025-08-30", "IN", "140", "calendar_days")["reason"] == "none_granted"


@pytest.mark.parametrize(
    ("metric", "value", "unit", "compared", "model"),
    [
        ("general_licence_validity", "12", "months", "life_months", 12.0),
        ("licence_validity", "6", "months", "life_months", 6.0),
        ("exporters_with_general_licence_lower", "3", "count", "holders", 2.0),
        ("general_licence_beneficiary", "1", "flag", "general_share", 6 / 12),
        ("customs_hold_min", "30", "calendar_days", "hold_days", 45.0),
        ("shipments_held_despite_licence", "1", "flag", "unused_share", 5 / 20),
    ],
)
def test_licences_and_holds_of_the_run(metric: str, value: str, unit: str, compared: str, model: float) -> None:
    counted = "firms" if metric == "exporters_with_general_licence_lower" else ""
    told = report(metric, "2025-07-31", "EU", value, unit, end_use="magnets", counted=counted)
    row = only(beside(told, desk=practice(general=(GENERAL,), holds=(HOLD,))))
    assert [row["compared"], row["model"]] == [compared, pytest.approx(model)]
    assert row["used_as_input"] == ["GL9", "CH9"]


def test_what_the_run_does_not_have_is_said() -> None:
    after = "2025-08-15"
    assert row_of("general_licence_validity", after, "EU", "12", "months")["reason"] == "no_general"
    assert row_of("customs_hold_min", after, "ALL", "30", "calendar_days")["reason"] == "no_hold"
    off = practice(holds=(HOLD,)).without(["customs_hold"])
    told = report("customs_hold_min", "2025-06-30", "ALL", "30", "calendar_days")
    assert only(beside(told, desk=off))["reason"] == "switched_off"


def test_a_halt_reported_is_met_by_files_that_are_late() -> None:
    row = row_of("reviews_halted", "2025-06-30", "IN", "1", "flag")
    assert (row["compared"], row["model"], row["verdict"]) == ("late_share", 1.0, "met")
    assert not row_of("reviews_halted", "2025-06-30", "EU", "1", "flag")["within"]


SHARE = ("approval_share_of_requests", "0.5", "fraction")


@pytest.mark.parametrize(
    ("told", "on", "destination", "more", "reason"),
    [
        (("statutory_decision_limit", "45", "working_days"), "2025-06-30", "ALL", {}, "law"),
        (("fine_to_turnover_ratio", "0.3", "fraction"), "2025-06-30", "EU", {}, "enforcement"),
        (("lead_time_max", "122", "calendar_days"), "2025-06-30", "EU", {}, "order_time"),
        (("qualitative_rate", "few", "text"), "2025-06-30", "EU", {}, "words"),
        (("condition", "civil use", "text"), "2025-06-30", "IN", {}, "condition"),
        (("pending_applicants", "30", "count"), "2025-06-30", "IN", {"counted": "firms"}, "firms"),
        (
            ("approved_applications", "0", "count"),
            "2025-06-30",
            "EU",
            {"end_use": "shipbuilding background"},
            "no_queue_for_use",
        ),
        (SHARE, "2025-06-30", "GB", {}, "no_place"),
        (SHARE, "2025-02-10", "EU", {}, "outside"),
        (SHARE, "2025-09-10", "EU", {}, "outside"),
        (SHARE, "2025-04-30", "FR", {}, "no_files"),
    ],
)
def test_why_a_row_is_not_comparable(
    told: tuple[str, str, str], on: str, destination: str, more: dict[str, Any], reason: str
) -> None:
    metric, value, unit = told
    row = row_of(metric, on, destination, value, unit, **more)
    assert (row["verdict"], row["reason"]) == ("not_comparable", reason)
    assert (row["model"], row["misfit"]) == (None, None)


def test_without_a_control_nothing_is_compared() -> None:
    told = report("approval_share_of_requests", "2025-06-30", "EU", "0.5", "fraction")
    assert only(beside(told, control={}))["reason"] == "no_control"


def test_every_packed_report_is_there_with_a_verdict_or_a_reason() -> None:
    reports = load_reports()
    rows = report_rows(beside(*reports, desk=load_desk()))
    assert [row["row"] for row in rows] == [report.id for report in reports]
    for row in rows:
        assert (row["verdict"] == "not_comparable") == bool(row["reason"]), row["row"]
        assert (row["model"] is None) == bool(row["reason"]), row["row"]
        assert row["reason"] != "no_figure", row["row"]
        assert not row["reason"] or row["reason"] in REASONS, row["row"]
    assert sum(row["verdict"] != "not_comparable" for row in rows) > 5


def test_every_use_and_source_of_the_lists_is_that_of_a_report() -> None:
    records, reports = load_records(), load_reports()
    uses = [text for use in records.reported_uses for text in use.uses]
    assert len(uses) == len(set(uses))
    assert set(uses) == {report.end_use for report in reports}
    sources = {source for body in records.counting_bodies for source in body.sources}
    assert sources <= {report.source_id for report in reports}


def test_rows_of_the_desk_that_rest_on_a_report_are_named() -> None:
    rows = {row["row"]: row for row in report_rows(beside(*load_reports(), desk=load_desk()))}
    assert rows["LP013"]["used_as_input"] == ["PE04"]
    assert rows["LP010"]["used_as_input"] == ["LD013"]
    assert rows["LP019"]["used_as_input"] == [REVIEW_TIME]
    assert rows["LP023"]["used_as_input"] == [GRANT_SHARE]


def test_urgent_applications_are_not_all_that_are_pending() -> None:
    """The same number was reported as pending and as urgent; the run has no urgent ones, so it counts once."""
    row = row_of("urgent_applications", "2025-08-15", "EU", "121", "count", counted="files", source_id="SP020")
    assert (row["verdict"], row["reason"]) == ("not_comparable", "no_figure")
