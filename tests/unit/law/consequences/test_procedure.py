"""Obtaining a licence: routes, documents, steps, time limits and duties, each with its article."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest

from coercivity.base.days import Day, WorkingCalendar
from coercivity.base.errors import CoercivityError, Faults
from coercivity.cases.files import packed_standing
from coercivity.cases.gather import gather
from coercivity.law.consequences.licensing import ClockEnd, load_licensing
from coercivity.law.consequences.procedure import Procedure, procedure
from coercivity.law.engine.decide import Decision, decide
from coercivity.law.rules.calendars.working_days import load_calendar, load_calendar_table
from coercivity.law.rules.load import law_folder
from coercivity.law.rules.model import Outcome
from coercivity.law.rules.rulebook import Rulebook

MAGNET: dict[str, Any] = {
    "act": "goods",
    "form": "magnet",
    "elements": ["Nd", "Dy"],
    "magnet_type": ["NdFeB"],
    "from": "CN",
    "to": "DE",
    "exporter_nationality": "CN",
    "origin": "CN",
}
TECHNOLOGY: dict[str, Any] = {
    "act": "technology",
    "form": "technology",
    "from": "CN",
    "to": "EE",
    "exporter_nationality": "CN",
    "exporter_place": "CN",
    "recipient_nationality": "EE",
    "public_domain": "false",
    "serves_stage": "none",
}


def decided(book: Rulebook, on: str, facts: dict[str, Any]) -> Decision:
    """The decision on a deal whose standing questions are answered."""
    faults = Faults()
    deal = gather(book, facts, standing=packed_standing(), where="test", faults=faults)
    faults.raise_if_any()
    return decide(book, deal, Day.fromisoformat(on))


def proceeding(book: Rulebook, on: str, facts: dict[str, Any]) -> Procedure:
    return procedure(book, decided(book, on, facts))


def papers(found: Procedure, track: Any) -> set[str]:
    way = found.track(track)
    assert way is not None
    return {paper.rule.id for paper in way.papers if paper.sure}


def duties(found: Procedure) -> set[str]:
    return {duty.rule.id for duty in found.duties if duty.sure}


@pytest.fixture(scope="module")
def calendar() -> WorkingCalendar:
    return load_calendar()


# Journey J1, D1: Decree 792, Articles 15, 16 and 17.


def test_dysprosium_magnets_have_the_single_and_the_general_licence(book: Rulebook) -> None:
    found = proceeding(book, "2025-08-15", MAGNET)
    assert [way.rule.id for way in found.tracks] == ["single", "general"]
    assert [way.rule.id for way in found.closed] == ["certificate"]
    assert all(way.sure and not way.unless for way in found.tracks)


def test_article_16_lists_five_documents_and_three_statements_more_for_the_general_licence(book: Rulebook) -> None:
    found = proceeding(book, "2025-08-15", MAGNET)
    single = {
        "application_form",
        "identity",
        "contract",
        "technical_description",
        "end_user_certificate",
        "other_material",
    }
    assert papers(found, "single") == single
    assert papers(found, "general") - single == {
        "compliance_statement",
        "past_licences_statement",
        "channels_statement",
    }


def test_every_document_by_law_names_its_article_and_is_said_in_two_languages(book: Rulebook) -> None:
    for document in load_licensing(book).documents:
        assert document.basis
        assert document.basis[0].article
        assert document.name.en
        assert document.name.zh
        assert document.source_url.startswith("http")


# Decree 792, Article 20, and Article 16(2).


@pytest.mark.parametrize(
    ("bar", "article"),
    [
        ("criminal_penalty", "20"),
        ("serious_penalty_within_5_years", "20"),
        ("subsidiary_of_control_list_party", "20"),
        ("other_set_by_mofcom", "20"),
        ("no_compliance_programme", "16(2)"),
        ("no_export_record", "16(2)"),
    ],
)
def test_a_bar_closes_the_general_licence_and_says_why(book: Rulebook, bar: str, article: str) -> None:
    found = proceeding(book, "2026-02-02", {**MAGNET, "bars": [bar]})
    assert [way.rule.id for way in found.tracks] == ["single"]
    general = next(way for way in found.closed if way.rule.id == "general")
    assert general.because[0].basis[0].article == article


def test_bars_that_nobody_answered_leave_the_general_licence_open_with_its_conditions(book: Rulebook) -> None:
    found = proceeding(book, "2026-02-02", {**MAGNET, "bars": "unknown"})
    way = found.track("general")
    assert way is not None
    assert {reason.basis[0].article for reason in way.unless} == {"20", "16(2)"}


# Decree 792, Articles 26 (watch list) and 29(2) (control list).


def test_a_watch_list_party_has_the_single_licence_only_with_risk_report_and_no_time_limit(
    book: Rulebook, calendar: WorkingCalendar
) -> None:
    found = proceeding(book, "2026-03-15", {**MAGNET, "to": "JP", "party_sets": ["wl-2026-12"]})
    assert [way.rule.id for way in found.tracks] == ["single"]
    assert papers(found, "single") >= {"risk_report", "commitment", "japan_commitment"}
    reasons = {way.rule.id: [b.article for r in way.because for b in r.basis] for way in found.closed}
    assert "26(2)" in reasons["general"]
    assert "26(2)" in reasons["certificate"]
    (clock,) = found.tracks[0].clocks
    end = clock.clock(dt.date(2026, 3, 16), calendar)
    assert (end.day, end.state) == (None, "no_limit")
    assert [basis.article for reason in clock.no_limit for basis in reason.basis] == ["26(2)"]


def test_a_control_list_party_is_open_by_special_application_only(book: Rulebook) -> None:
    found = proceeding(book, "2026-08-03", {**MAGNET, "to": "IT", "party_sets": ["cl-2026-30"]})
    assert [way.rule.id for way in found.tracks] == ["special_application"]
    assert {way.rule.id for way in found.closed} == {"single", "general", "certificate"}
    assert all("29(2)" in [b.article for r in way.because for b in r.basis] for way in found.closed)


def test_a_special_application_that_was_filed_leaves_the_single_licence(book: Rulebook) -> None:
    facts = {**MAGNET, "to": "IT", "party_sets": ["cl-2026-30"], "special_application": "filed"}
    found = proceeding(book, "2026-08-03", facts)
    assert [way.rule.id for way in found.tracks] == ["single"]
    assert "deal_as_granted" in duties(found)


def test_a_ban_on_a_military_use_leaves_no_way_at_all(book: Rulebook) -> None:
    found = proceeding(book, "2026-02-01", {**MAGNET, "to": "JP", "military_use": "true"})
    assert found.tracks == ()
    assert {way.rule.id for way in found.closed} == {"single", "general", "certificate"}
    assert all(way.because[0].basis[0].provision == "a1-ban" for way in found.closed)


# Rules that say single only; presumed denial; Article 19.


def test_magnets_on_a_carrier_to_be_taken_off_again_need_a_single_licence(book: Rulebook) -> None:
    found = proceeding(book, "2026-02-02", {**MAGNET, "form": "component", "to_be_separated": "true"})
    assert [way.rule.id for way in found.tracks] == ["single"]
    general = next(way for way in found.closed if way.rule.id == "general")
    assert general.because[0].basis[0].provision == "a18-carried"


def test_a_presumed_denial_can_be_asked_for_and_says_that_it_is_refused_in_principle(book: Rulebook) -> None:
    facts = {
        **MAGNET,
        "act": "reexport",
        "from": "DE",
        "to": "KR",
        "exporter_nationality": "DE",
        "military_user": "true",
    }
    found = proceeding(book, "2025-10-20", facts)
    assert found.refused_in_principle
    assert [way.rule.id for way in found.tracks] == ["single"]
    assert "file_from_abroad" in {step.rule.id for step in found.tracks[0].steps}  # 61/2025, Article 6


def test_an_exhibit_that_comes_back_goes_on_a_certificate_article_19(book: Rulebook) -> None:
    facts = {**MAGNET, "certificate_case": "exhibition_abroad", "returns_unchanged": "true"}
    found = proceeding(book, "2025-09-15", facts)
    assert [way.rule.id for way in found.tracks] == ["certificate"]
    assert "certificate_stop" in duties(found)  # Article 19(2)-(3)


def test_article_20_takes_the_certificate_away_too(book: Rulebook) -> None:
    facts = {
        **MAGNET,
        "certificate_case": "exhibition_abroad",
        "returns_unchanged": "true",
        "bars": ["criminal_penalty"],
    }
    found = proceeding(book, "2025-09-15", facts)
    certificate = next(way for way in found.closed if way.rule.id == "certificate")
    assert certificate.because[0].basis[0].article == "20"


# The other two regimes.


def test_neodymium_oxide_needs_the_ordinary_export_licence_whose_papers_were_not_read(book: Rulebook) -> None:
    facts = {**MAGNET, "form": "oxide", "elements": ["Nd"], "ordinary_licence_held": "false"}
    found = proceeding(book, "2026-02-02", facts)
    assert [way.rule.id for way in found.tracks] == ["ordinary_export_licence"]
    assert found.tracks[0].papers == ()
    assert "traceability" in duties(found)  # Decree 785, Article 14


def test_restricted_technology_takes_30_days_a_letter_of_intent_talks_and_15_days(
    book: Rulebook, calendar: WorkingCalendar
) -> None:
    facts = {
        **TECHNOLOGY,
        "technology_topic": "gallium_extraction",
        "process_stage": "none",
        "catalogue_part": "restricted",
    }
    found = proceeding(book, "2026-03-02", facts)
    way = found.track("technology_licence")
    assert way is not None
    assert [step.rule.id for step in way.steps] == [
        "technology_application",
        "technology_intent",
        "technology_talks",
        "technology_file",
        "technology_effect",
    ]
    assert [clock.rule.working_days for clock in way.clocks] == [30, 15]  # Decree 331, Articles 32 and 34
    # 2 March 2026 is a Monday: 30 working days, Qingming on Monday 6 April off.
    assert way.clocks[0].clock(dt.date(2026, 3, 2), calendar).day == dt.date(2026, 4, 14)


def test_prohibited_technology_has_no_licence_article_29(book: Rulebook) -> None:
    facts = {**TECHNOLOGY, "process_stage": "magnetic_material_manufacturing", "magnet_type": ["NdFeB"]}
    found = proceeding(book, "2026-03-02", facts)
    assert found.track("technology_licence") is None
    closed = next(way for way in found.closed if way.rule.id == "technology_licence")
    assert "tier-29" in [reason.basis[0].provision for reason in closed.because]


# PROCEED: nothing but what truly applies.


def test_magnets_without_heavy_rare_earths_keep_the_customs_remark_only(book: Rulebook) -> None:
    found = proceeding(book, "2025-08-15", {**MAGNET, "elements": ["Nd", "Pr"]})
    assert found.tracks == ()
    assert found.closed == ()
    assert duties(found) == {"customs_remark"}  # 18/2025
    assert {clock.rule.id for clock in found.clocks} == {"customs_answer", "customs_hold"}  # 123/2025


def test_before_18_2025_began_nothing_is_asked(book: Rulebook) -> None:
    found = proceeding(book, "2025-04-03", MAGNET)
    assert (found.tracks, found.closed, found.clocks, found.duties) == ((), (), (), ())


def test_a_finished_good_has_no_remark(book: Rulebook) -> None:
    found = proceeding(book, "2025-10-01", {**MAGNET, "form": "finished_good", "goods_kind": "motor"})
    assert found.duties == ()


@pytest.mark.parametrize(("on", "sure"), [("2025-10-20", True), ("2026-03-02", None), ("2026-11-12", False)])
def test_the_compliance_notice_of_61_follows_the_state_of_its_article_7(
    book: Rulebook, on: str, sure: bool | None
) -> None:
    found = proceeding(book, on, {**MAGNET, "form": "oxide", "elements": ["Dy"]})
    notices = [duty.sure for duty in found.duties if duty.rule.id == "compliance_notice_home"]
    assert notices == ([] if sure is None else [sure])


def test_the_humanitarian_exemption_of_61_leaves_a_report_within_ten_working_days(
    book: Rulebook, calendar: WorkingCalendar
) -> None:
    facts = {**MAGNET, "act": "reexport", "form": "metal", "elements": ["Gd"], "from": "NL", "to": "US"}
    facts |= {"exporter_nationality": "NL", "humanitarian_use": "true"}
    found = proceeding(book, "2025-10-25", facts)
    assert found.tracks == ()
    assert "humanitarian_report" in duties(found)
    clock = next(clock for clock in found.clocks if clock.rule.id == "humanitarian_report")
    assert clock.clock(dt.date(2025, 10, 27), calendar).day == dt.date(2025, 11, 10)


def test_free_technology_is_registered_within_three_working_days(book: Rulebook) -> None:
    facts = {**TECHNOLOGY, "technology_topic": "other", "process_stage": "none", "catalogue_part": "none"}
    found = proceeding(book, "2026-03-02", facts)
    assert found.tracks == ()
    assert "register_free_technology" in duties(found)  # Decree 331, Articles 36 to 38


def test_a_filing_abroad_is_reviewed_first_whatever_the_technology(book: Rulebook) -> None:
    facts = {**TECHNOLOGY, "technology_topic": "other", "process_stage": "none", "catalogue_part": "none"}
    assert "confidentiality_review" in duties(proceeding(book, "2026-03-02", {**facts, "patent_filing": "true"}))
    assert "confidentiality_review" in duties(proceeding(book, "2026-03-02", {**TECHNOLOGY, "patent_filing": "true"}))
    assert "confidentiality_review" not in duties(proceeding(book, "2026-03-02", {**facts, "patent_filing": "false"}))


def test_a_licence_brings_five_years_of_records_and_stop_and_report(book: Rulebook) -> None:
    found = proceeding(book, "2025-08-15", MAGNET)
    assert duties(found) >= {"follow_licence_and_report", "stop_and_report", "keep_records", "customs_remark"}
    records = next(duty.rule for duty in found.duties if duty.rule.id == "keep_records")
    assert records.least_years == 5
    assert records.basis[0].article == "27"


def test_an_open_status_leaves_the_way_marked_as_open(book: Rulebook) -> None:
    found = proceeding(
        book,
        "2026-11-20",
        {**MAGNET, "elements": ["Sm"], "form": "equipment", "goods_kind": "hydrogen_decrepitation_furnace", "to": "KR"},
    )
    way = found.track("single")
    assert way is not None
    assert not way.sure


def test_while_62_is_open_its_licence_is_shown_with_the_ban_that_the_catalogue_would_be(book: Rulebook) -> None:
    facts = {**TECHNOLOGY, "process_stage": "magnetic_material_manufacturing", "magnet_type": ["NdFeB"]}
    facts |= {"serves_stage": "magnetic_material_manufacturing", "activity_place": "EE"}
    way = proceeding(book, "2026-11-12", facts).track("single")
    assert way is not None
    assert not way.sure
    assert "tier-29" in [basis.provision for reason in way.unless for basis in reason.basis]


# Clocks: Decree 792, Article 17; customs announcement 123/2025; journey J7, check 7.


def test_an_answer_to_customs_is_due_on_13_october_2026(book: Rulebook, calendar: WorkingCalendar) -> None:
    clock = load_licensing(book).clock("customs_answer")
    assert clock.working_days == 7
    assert clock.clock(dt.date(2026, 9, 28), calendar).day == dt.date(2026, 10, 13)


def test_the_answer_differs_from_monday_to_friday_and_from_a_calendar_without_make_up_days(
    calendar: WorkingCalendar,
) -> None:
    assert WorkingCalendar({2026: frozenset()}, {2026: frozenset()}).after(dt.date(2026, 9, 28), 7) == dt.date(
        2026, 10, 7
    )
    bare = WorkingCalendar(calendar.off, {year: frozenset() for year in calendar.off})
    assert bare.after(dt.date(2026, 9, 28), 7) == dt.date(2026, 10, 14)


def test_the_45_working_days_run_from_acceptance(book: Rulebook, calendar: WorkingCalendar) -> None:
    (clock,) = proceeding(book, "2025-08-15", MAGNET).tracks[0].clocks
    assert (clock.rule.working_days, clock.rule.basis[0].article) == (45, "17(1)")
    assert "acceptance" in clock.rule.starts.en
    assert len(clock.rule.not_counted) == 3
    assert [basis.article for reason in clock.may_fall_away for basis in reason.basis] == ["17(2)"]
    # From Monday 18 August 2025: 9 days in August, 22 in September and the 28th, then from 9 October with the 11th.
    assert clock.clock(dt.date(2025, 8, 18), calendar).day == dt.date(2025, 10, 24)


def test_a_term_that_runs_into_2027_has_no_known_end(book: Rulebook, calendar: WorkingCalendar) -> None:
    clock = load_licensing(book).clock("licence_decision")
    last = clock.clock(dt.date(2026, 10, 29), calendar)  # 30 October, 21 days in November, 23 in December
    assert (last.day, last.state) == (dt.date(2026, 12, 31), "dated")
    end = clock.clock(dt.date(2026, 10, 30), calendar)
    assert (end.day, end.state) == (None, "calendar_unknown")


def test_2024_is_held_and_2023_is_not(calendar: WorkingCalendar) -> None:
    assert calendar.after(dt.date(2024, 12, 30), 2) == dt.date(2025, 1, 2)
    assert calendar.after(dt.date(2023, 12, 28), 1) is None


def test_the_second_step_of_a_route_starts_when_the_first_ends(book: Rulebook, calendar: WorkingCalendar) -> None:
    review = load_licensing(book).clock("licence_decision")
    first = review.clock(dt.date(2026, 3, 2), calendar)
    assert first.day is not None
    assert review.clock_after(first, calendar) == review.clock(first.day, calendar)
    unknown = review.clock(dt.date(2026, 12, 1), calendar)
    assert review.clock_after(unknown, calendar) == ClockEnd(None, "calendar_unknown")
    assert load_licensing(book).clock("customs_hold").clock_after(first, calendar) == ClockEnd(None, "no_figure")


def test_a_clock_without_a_figure_says_so(book: Rulebook, calendar: WorkingCalendar) -> None:
    assert load_licensing(book).clock("customs_hold").clock(dt.date(2026, 3, 2), calendar).state == "no_figure"


def test_a_variation_takes_twenty_working_days(book: Rulebook) -> None:
    found = proceeding(book, "2026-03-10", {**MAGNET, "licence_held": "single", "licence_change": "non_key"})
    assert [clock.rule.working_days for clock in found.clocks if clock.rule.id == "variation"] == [20]  # Article 18(3)


# The files are read strictly.


def spoiled(tmp_path: Path, name: str, old: str, new: str) -> Path:
    shutil.copy(law_folder() / name, tmp_path / name)
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return tmp_path


def test_a_misspelt_key_is_refused_with_the_nearest_name(book: Rulebook, tmp_path: Path) -> None:
    folder = spoiled(tmp_path, "licensing.yaml", "working_days: '45'", "working_dais: '45'")
    with pytest.raises(CoercivityError) as caught:
        load_licensing(book, folder)
    (fault,) = caught.value.faults
    assert fault.code == "KEY-UNKNOWN"
    assert "working_days" in fault.nearest
    assert fault.where.startswith("licensing.yaml:")


def test_all_faults_are_reported_at_once(book: Rulebook, tmp_path: Path) -> None:
    folder = spoiled(tmp_path, "licensing.yaml", "provision: dur-17}", "provision: dur-177}")
    spoiled_again = (folder / "licensing.yaml").read_text(encoding="utf-8")
    text = spoiled_again.replace("{use: rare_earth_goods_out}", "{use: rare_earth_goods}", 1)
    (folder / "licensing.yaml").write_text(
        text.replace("fact: licence_change", "fact: licence_chang", 1), encoding="utf-8"
    )
    with pytest.raises(CoercivityError) as caught:
        load_licensing(book, folder)
    assert {fault.code for fault in caught.value.faults} == {"PACK-REF", "FACT-UNKNOWN"}
    assert len(caught.value.faults) == 3


def test_a_holiday_of_the_wrong_length_is_refused(tmp_path: Path) -> None:
    folder = spoiled(tmp_path, "calendars.yaml", "days: '9'", "days: '8'")
    with pytest.raises(CoercivityError, match="is not 8 days"):
        load_calendar(folder)


YEAR = """
about: {en: a, zh: 说}
years:
- year: 'YEAR'
  state: STATE
  notice: {en: n, zh: 通知}
  source_url: https://www.gov.cn
  confidence: high
  holidays:
  - {name: {en: Spring Festival, zh: 春节}, from: '2026-02-16', to: '2026-02-20', days: 'DAYS'}
  make_up_working_days: ['MADE_UP']
"""


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, []),
        ({"MADE_UP": "2026-02-15"}, []),  # a Sunday
        ({"YEAR": "next"}, ["'next' is not a valid year"]),
        ({"YEAR": "20261"}, ["'20261' is not a valid year"]),
        ({"YEAR": "2025"}, ["2026-02-16 (and 4 more) is outside the year", "2026-02-14 is outside the year"]),
        ({"DAYS": "4"}, ["Spring Festival: 2026-02-16 to 2026-02-20 is not 4 days"]),
        ({"MADE_UP": "2026-02-23"}, ["make-up day 2026-02-23 is not a Saturday or Sunday"]),
        ({"MADE_UP": "2026-02-18"}, ["2026-02-18 is a holiday (Spring Festival) and a make-up day"]),
        ({"  confidence: high\n": ""}, ["a known year needs notice, source_url, confidence and holidays"]),
        ({"  confidence: high\n": "", "STATE": "unknown"}, []),
    ],
)
def test_a_year_of_the_calendar_is_whole(tmp_path: Path, changed: dict[str, str], told: list[str]) -> None:
    text = YEAR
    for old, new in {**changed, "YEAR": changed.get("YEAR", "2026")}.items():
        text = text.replace(old, new, 1)
    for old, new in {"STATE": "known", "DAYS": "5", "MADE_UP": "2026-02-14"}.items():
        text = text.replace(old, new)
    (tmp_path / "calendars.yaml").write_text(text, encoding="utf-8")
    if not told:
        (year,) = load_calendar_table(tmp_path).years
        assert len(list(year.holidays[0].each())) == 5
        return
    with pytest.raises(CoercivityError) as caught:
        load_calendar_table(tmp_path)
    assert [fault.what for fault in caught.value.faults] == told


def test_the_outcome_is_never_touched(book: Rulebook) -> None:
    decision = decided(book, "2025-08-15", MAGNET)
    procedure(book, decision)
    assert decision.outcome is Outcome.LICENCE
