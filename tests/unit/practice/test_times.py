"""Reported practice: always labelled, never a statutory limit, never a single number."""

from __future__ import annotations

import datetime as dt
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.practice.records import load_records, load_reports, practice_folder
from coercivity.practice.times import Near, fines_seen, practice_times

AUGUST = dt.date(2025, 8, 15)
LATER = dt.date(2026, 3, 1)


def test_a_range_has_two_ends_a_sample_a_span_and_sources() -> None:
    found = practice_times(AUGUST, "DE", "traction motors, passenger cars").range("processing")
    assert found is not None
    assert (found.low.value, found.low.unit) == (Decimal(7), "calendar_days")
    assert (found.high.value, found.high.unit) == (Decimal(45), "working_days")
    assert (found.basis.reports, found.basis.rows) == (3, 4)
    assert (found.basis.first_on, found.basis.last_on) == (dt.date(2025, 5, 25), dt.date(2025, 7, 15))
    assert found.basis.qualities == {"reported": 4}
    assert len(found.basis.urls) == 3


def test_it_says_that_it_is_practice_in_two_languages() -> None:
    label = practice_times(AUGUST, "DE").label
    assert "Reported practice" in label["en"]
    assert "业界反映" in label["zh"]


def test_the_limit_of_the_law_is_not_among_the_practice() -> None:
    assert any(report.metric == "statutory_decision_limit" for report in load_reports())
    for place in ("ALL", "JP", "DE"):
        found = practice_times(LATER, place, "watch-listed users")
        rows = [row for entry in (*found.ranges, *found.wider) for row in entry.reports]
        assert "statutory_decision_limit" not in {row.metric for row in (*rows, *found.remarks)}


def test_the_most_specific_destination_comes_first() -> None:
    found = practice_times(LATER, "JP", "cars")
    first = found.range("processing")
    assert first is not None
    assert first.near is Near.PLACE
    assert [entry.near for entry in found.wider if entry.group == "processing"] == [Near.EVERYWHERE, Near.ELSEWHERE]


def test_a_member_state_is_spoken_for_by_the_reports_on_the_union() -> None:
    shares = [entry for entry in practice_times(AUGUST, "DE").shares if entry.group == "granted_share"]
    assert [(entry.near, entry.low, entry.high) for entry in shares] == [(Near.GROUP, Decimal("0.25"), Decimal("0.6"))]
    assert shares[0].mixed


def test_reports_younger_than_the_day_are_counted_and_left_out() -> None:
    found = practice_times(AUGUST, "DE")
    assert found.newest_on is not None
    assert found.newest_on <= AUGUST
    assert found.later > 0
    assert found.later + len(
        [r for r in load_reports() if r.reported_on <= AUGUST and r.group != "law_repeated"]
    ) == len([r for r in load_reports() if r.group != "law_repeated"])


def test_only_decided_files_with_refusals_beside_them_bear_on_a_probability() -> None:
    (decided,) = practice_times(LATER, "EU").decided
    assert (decided.near, decided.granted, decided.refused) == (Near.PLACE, 19, 1)
    assert practice_times(LATER, "US", "defence").decided[0].near is Near.ELSEWHERE


def test_firms_and_files_that_wait_are_never_put_together() -> None:
    queues = [
        entry for entry in practice_times(LATER, "IN").queues if entry.group == "queue" and entry.near is Near.PLACE
    ]
    assert [{report.counted for report in entry.reports} for entry in queues] == [{"files"}, {"firms"}]


def test_reports_on_a_special_use_enter_only_where_the_use_names_it() -> None:
    civil = practice_times(LATER, "US", "passenger cars")
    defence = practice_times(LATER, "US", "defence radar")
    assert not any(report.end_use == "defence" for report in civil.remarks)
    assert any(report.end_use == "defence" for report in defence.remarks)


def test_the_unofficial_threshold_stands_apart() -> None:
    assert practice_times(AUGUST, "US").unofficial == ()
    (threshold,) = practice_times(LATER, "DE").unofficial
    assert (threshold.figure, threshold.unit) == (Decimal("0.001"), "mass_fraction")


def test_a_hold_of_uncontrolled_magnets_is_a_range_of_its_own() -> None:
    hold = practice_times(AUGUST, "DE").range("customs_hold")
    assert hold is not None
    assert (hold.low.value, hold.high.value) == (Decimal(30), Decimal(60))


def test_fines_seen_are_apart_from_fines_by_law() -> None:
    assert "yangshan_2026_02_27" not in {fine.id for fine in fines_seen(AUGUST)}
    first = fines_seen(LATER, "CH")[0]
    assert (first.illegal_turnover_cny, first.fine_cny) == (Decimal("66143.2"), Decimal(20000))
    assert practice_times(LATER, "CH").fines.convictions[0].decided == dt.date(2025, 12, 16)


def test_general_licences_are_practice_from_the_day_of_the_first_report() -> None:
    assert practice_times(dt.date(2025, 12, 1), "DE").general_licences == ()
    (general,) = practice_times(dt.date(2025, 12, 2), "DE").general_licences
    assert general.validity_years_seen < general.validity_years_by_law


def test_papers_and_route_of_practice_are_named() -> None:
    found = practice_times(AUGUST, "DE")
    assert {paper.id for paper in found.documents} >= {"photos", "output", "freight_mode"}
    assert found.channels[0].portal.startswith("https://")


def test_a_misspelt_key_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    shutil.copy(practice_folder() / "practice.yaml", tmp_path / "practice.yaml")
    text = (tmp_path / "practice.yaml").read_text(encoding="utf-8")
    (tmp_path / "practice.yaml").write_text(text.replace("fine_cny: '20000'", "fine_cmy: '20000'", 1), encoding="utf-8")
    with pytest.raises(CoercivityError) as caught:
        load_records(tmp_path)
    assert caught.value.code == "KEY-UNKNOWN"
    assert "fine_cny" in caught.value.faults[0].nearest
