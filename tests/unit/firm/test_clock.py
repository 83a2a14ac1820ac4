"""Licence time: law, practice and assumption kept apart; the same key gives the same days."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import numpy as np
import pytest

from coercivity.base.canonical import canonical_json
from coercivity.firm.clock import LicenceClock, licence_clock
from coercivity.firm.desk_draw import Chances
from coercivity.firm.draws import DRAWS, quantile, triangular_days, uniform
from coercivity.firm.leads import lead_times
from coercivity.firm.workline import WorkLine
from coercivity.law.rules.calendars.working_days import load_calendar
from coercivity.papers.firm.clock import clock_part
from coercivity.papers.firm.clock_text import clock_lines
from tests.support import BOOK, DY_MAGNET, ND_MAGNET, SINTERING_RECIPE, on

MARCH = dt.date(2026, 3, 2)


# What a company may know of its own applications: neither returned nor interrupted.
CALM = Chances(Decimal(0), 0, Decimal(0), "measured", "a test")


def clock(facts: str, day: str = "2026-03-02", **more: object) -> LicenceClock:
    decision = on(facts, day)
    more.setdefault("start_on", decision.on)
    return licence_clock(BOOK, decision, **more)  # type: ignore[arg-type] # words of the function


def test_the_latest_day_of_the_law_counts_make_up_days_and_holidays() -> None:
    """45 working days after 2 March 2026, Decree 792 Art. 17(1): Qingming and Labour Day off, 9 May worked."""
    (term,) = clock(f"{DY_MAGNET}, to: DE").terms
    assert term.clock.rule.working_days == 45
    assert term.end.day == dt.date(2026, 5, 8)


def test_a_year_without_a_notice_has_no_last_day_and_draws_say_what_they_assumed() -> None:
    found = clock(f"{DY_MAGNET}, to: DE", "2026-11-24")
    assert found.terms[0].end.day is None
    assert found.terms[0].end.state == "calendar_unknown"
    assert found.assumed_years == (2027,)
    drawn = clock_part(BOOK, found)["ends"]["drawn"]
    assert drawn is not None
    assert "2027" in drawn["assumed_words"]["en"]
    assert clock(f"{DY_MAGNET}, to: DE").assumed_years == ()


def test_law_practice_and_assumption_stand_apart_in_every_line() -> None:
    """No line has two speakers, and the three ends are three entries: a merged number would have no place to stand."""
    body = clock_part(BOOK, clock(f"{DY_MAGNET}, to: DE"))
    assert [stage["id"] for stage in body["stages"]] == ["papers", "filing", "returns", "wait", "review", "handover"]
    by_speaker: dict[str, list[str]] = {"law": [], "practice": [], "assumed": []}
    for line in (line for stage in body["stages"] for line in stage["lines"]):
        by_speaker[line["speaker"]].append(line["text"]["en"])
    assert any("45 working days" in text for text in by_speaker["law"])
    assert any("30 calendar days to 45 working days" in text for text in by_speaker["practice"])
    assert any("15" in text and "end-user" in text for text in by_speaker["assumed"])
    assert set(body["ends"]) == {"law", "practice", "drawn"}
    assert body["ends"]["law"][0]["latest_without_a_stop"] == "2026-05-08"
    canonical_json(body)


def test_a_stop_has_no_clock_and_says_why() -> None:
    found = clock(f"{DY_MAGNET}, to: US, military_use: true", "2025-08-15")
    body = clock_part(BOOK, found)
    assert (found.state, found.drawn, body["stages"]) == ("no_clock", None, [])
    assert body["ends"] == {"law": [], "practice": [], "drawn": None}
    assert body["why"]


def test_a_party_on_the_watch_list_takes_the_limit_off() -> None:
    """Decree 792, Art. 26(2)."""
    found = clock(f"{DY_MAGNET}, to: JP, party_sets: [wl-2026-12]", "2026-11-24")
    assert found.state == "no_limit"
    assert found.drawn is None
    assert found.terms[0].end.state == "no_limit"


def test_what_may_proceed_needs_none_and_customs_may_hold_it_all_the_same() -> None:
    body = clock_part(BOOK, clock(f"{ND_MAGNET}, to: DE"))
    assert body["state"] == "none_needed"
    assert body["ends"]["drawn"] is None
    assert {entry["group"] for entry in body["ends"]["practice"]} == {"customs_hold"}


def test_where_no_way_is_known_a_licence_is_not_sure() -> None:
    """A magnet to Japan of which nobody said whether armed forces use it: no way of the law is told, and none is sure."""
    found = clock(f"{ND_MAGNET}, to: JP, military_use: unknown")
    assert (found.state, found.tracks, found.sure) == ("open", (), False)
    assert clock(f"{DY_MAGNET}, to: DE").sure


def test_a_technology_licence_has_its_own_two_terms() -> None:
    """Decree 331, Art. 32 and 34: 30 working days, then 15; whether this recipe needs it is still open."""
    maintenance = (
        f"{SINTERING_RECIPE}, act: service, form: none, technology_passes: unknown, line_service: [maintenance]"
    )
    found = clock(maintenance, "2026-11-24")
    days = [term.clock.rule.working_days for term in found.terms if term.track == "technology_licence"]
    assert days == [30, 15]
    assert not found.sure
    body = clock_part(BOOK, found)
    assert [way["track"] for way in body["needed"]] == ["single", "technology_licence"]
    assert "undetermined" in body["state_words"]["en"]
    assert any("letter of intent" in line["text"]["en"] for line in body["stages"][0]["lines"])


def test_a_technology_licence_uses_up_its_limit_and_does_not_wait_at_the_desk() -> None:
    """Practice says nothing of licences of the Catalogue: 30 and 15 working days from acceptance, with no wait before."""
    maintenance = (
        f"{SINTERING_RECIPE}, act: service, form: none, technology_passes: unknown, line_service: [maintenance]"
    )
    found = clock(maintenance, "2026-11-24", chances=CALM)
    assert found.drawn is not None
    line = WorkLine(load_calendar(), found.start_on)
    assert (found.drawn.granted >= line.after(found.drawn.accepted, 45)).all()
    recipe = clock(
        "act: technology, form: technology, technology_topic: gallium_extraction, catalogue_part: restricted, from: CN, "
        "to: VN, public_domain: false, basic_research: false, patent_filing: false, process_stage: none"
    )
    assert recipe.state == "runs"
    assert {term.track for term in recipe.terms} == {"technology_licence"}
    body = clock_part(BOOK, recipe)
    assert "desk" not in body
    assert "wait" not in {stage["id"] for stage in body["stages"]}
    assert body["ends"]["drawn"] is not None
    assert "waiting_days" not in body["ends"]["drawn"]


def test_rows_of_the_desk_are_told_with_sample_and_place() -> None:
    body = clock_part(BOOK, clock(f"{DY_MAGNET}, to: EE", "2026-11-24"))
    desk = body["desk"]
    assert desk["queue"] == {"form": "magnet", "country": "EE", "user": "civil"}
    assert desk["like"]["country"] != "EE"
    assert {"LD010", "LD014", "LD015", "LD018", "LD020"} <= {row["id"] for row in desk["rows"]}
    assert [(entry["id"], entry["scope"]["near"]) for entry in desk["general"]] == [("GL03", "group")]
    assert any(row.startswith("licence_practice:") for row in desk["review"]["rows"])
    lines = [line for stage in body["stages"] for line in stage["lines"]]
    for lang in ("en", "zh"):
        told = " ".join(line["text"][lang] for line in lines)
        assert all(row in told for row in ("LD010", "LD015", "LD018", "LD020", "GL03"))
    assert body["outcome"] == "LICENCE"


def test_halts_are_those_known_by_the_cut_off() -> None:
    """The halt of India was reported on 13 June 2025; before, nobody could count on it."""
    for known, expected in (("2025-06-01", set[str]()), ("2025-06-20", {"PE02"})):
        decision = on(f"{DY_MAGNET}, to: IN", "2025-06-20", known=known)
        found = licence_clock(BOOK, decision, start_on=decision.on)
        assert found.desk is not None
        assert {event.id for event in found.desk.events} == expected


@pytest.mark.parametrize(("day", "last"), [("2025-09-15", None), ("2025-11-03", dt.date(2025, 10, 29))])
def test_the_end_of_a_halt_is_not_known_before_it(day: str, last: dt.date | None) -> None:
    """India had its first licences on 30 October 2025."""
    desk = clock(f"{DY_MAGNET}, to: IN", day).desk
    assert desk is not None
    assert [event.ends_on for event in desk.events if event.id == "PE02"] == [last]


def test_a_deal_without_a_destination_has_the_rows_for_all() -> None:
    found = clock(DY_MAGNET, "2026-11-24")
    body = clock_part(BOOK, found)
    assert found.desk is not None
    assert found.desk.queue.country == "ALL"
    assert {row["scope"]["near"] for row in body["desk"]["rows"]} == {"everywhere"}


def test_a_recipe_waits_in_its_own_queue_at_the_same_desk() -> None:
    found = clock(SINTERING_RECIPE, "2026-11-24")
    assert found.desk is not None
    assert found.desk.queue.form == "technology"
    assert found.desk.like is not None
    assert found.desk.like.form != "technology"


def test_the_same_key_gives_the_same_days_and_another_key_others() -> None:
    first, again = (clock(f"{DY_MAGNET}, to: DE", key=("a",)) for _ in range(2))
    other = clock(f"{DY_MAGNET}, to: DE", key=("b",))
    assert first.drawn is not None
    assert again.drawn is not None
    assert other.drawn is not None
    assert (first.drawn.granted == again.drawn.granted).all()
    assert (first.drawn.granted != other.drawn.granted).any()
    assert first.drawn.kept == DRAWS


def test_stages_follow_each_other_and_the_limit_holds_where_nothing_stops_it() -> None:
    """Without returns and stops the grant comes within filing, acceptance and the 45 working days of the law."""
    found = clock(f"{DY_MAGNET}, to: DE", chances=CALM, filed_on=MARCH)
    assert found.drawn is not None
    assert (found.drawn.filed == MARCH.toordinal()).all()
    assert (found.drawn.filed < found.drawn.granted).all()
    assert (found.drawn.granted < found.drawn.handed).all()
    line = WorkLine(load_calendar(), MARCH)
    assert (found.drawn.accepted <= line.after(found.drawn.filed, 15)).all()
    assert (found.drawn.granted <= line.after(found.drawn.taken, 45)).all()


def test_returns_and_stops_only_lengthen() -> None:
    base = clock(f"{DY_MAGNET}, to: DE", chances=CALM, filed_on=MARCH)
    more = clock(f"{DY_MAGNET}, to: DE", filed_on=MARCH)
    assert base.drawn is not None
    assert more.drawn is not None
    assert (more.drawn.granted >= base.drawn.granted).all()
    assert (more.drawn.granted > base.drawn.granted).any()


def test_a_file_known_to_be_pending_was_granted_in_no_draw_kept() -> None:
    found = clock(f"{DY_MAGNET}, to: DE", filed_on=dt.date(2026, 1, 12))
    assert found.drawn is not None
    assert 0 < found.drawn.kept < DRAWS
    assert (found.drawn.granted > MARCH.toordinal()).all()
    old = clock(f"{DY_MAGNET}, to: DE", filed_on=dt.date(2022, 12, 1))
    assert old.drawn is not None
    assert old.drawn.kept == 0
    assert clock_part(BOOK, old)["ends"]["drawn"] == {"draws": DRAWS, "kept": 0}


def test_terms_at_once_count_as_the_calendar_counts() -> None:
    calendar, line = load_calendar(), WorkLine(load_calendar(), MARCH)
    for start in (dt.date(2026, 2, 13), dt.date(2026, 2, 14), dt.date(2026, 4, 30), dt.date(2026, 5, 9)):
        for length in (0, 1, 2, 5, 45):
            expected = calendar.after(start, length)
            assert expected is not None
            assert int(line.after(np.array([start.toordinal()]), length)[0]) == expected.toordinal()


def test_a_lead_time_is_drawn_between_its_ends_and_about_its_mean() -> None:
    lead = lead_times()["end_user"]
    days = lead.draw("a test")
    assert days.min() >= lead.low
    assert days.max() <= lead.high
    # Rounding up to whole days adds half a day on average.
    assert days.mean() == pytest.approx((5 + 15 + 40) / 3 + 0.5, abs=0.4)


def test_quantiles_are_days_that_were_drawn() -> None:
    days = np.arange(1, 101)
    assert [quantile(days, level) for level in (10, 50, 90)] == [10, 50, 90]
    assert quantile(np.array([], dtype=np.int64), 50) is None
    assert (triangular_days(uniform("x"), 4, 4, 4) == 4).all()


def test_lead_times_are_told_as_assumptions_with_their_rows() -> None:
    assert {lead.quality for lead in lead_times().values()} == {"assumed"}
    assert [lead.row for lead in lead_times().values()] == [f"AS0{number}" for number in range(68, 77)]
    assert json.dumps([lead.name["zh"] for lead in lead_times().values()])


def test_a_country_without_a_queue_waits_with_those_that_one_code_stands_for() -> None:
    """Estonia is one of the other EU members, which stand under Italy's code; Bangladesh is the rest of the world."""
    for country, code, en, zh in (
        ("EE", "IT", "other EU members", "欧盟其他成员国"),
        ("BD", "BR", "rest of the world", "其他地区"),
    ):
        body = clock_part(BOOK, clock(f"{DY_MAGNET}, to: {country}", "2026-03-02"))
        assert body["desk"]["like"]["country"] == code
        (wait,) = (line["text"] for stage in body["stages"] for line in stage["lines"] if "LD015" in line["text"]["en"])
        assert f"as for magnets, {en}, civil user" in wait["en"]
        assert f"比照{zh}，磁体，民用用户" in wait["zh"]


def test_chinese_lines_name_the_group_and_the_companies_in_chinese() -> None:
    body = clock_part(BOOK, clock(f"{DY_MAGNET}, to: DE", "2026-03-02"))
    (held,) = (line["text"] for stage in body["stages"] for line in stage["lines"] if "GL03" in line["text"]["en"])
    assert "for the group EU" in held["en"]
    assert "held as reported by JL Mag, Ningbo Yunsheng, Zhong Ke San Huan" in held["en"]
    assert "针对欧盟；" in held["zh"]
    assert "金力永磁、宁波韵升、中科三环" in held["zh"]


def test_a_pending_application_counts_from_the_day_asked_for_and_tells_when_a_share_held() -> None:
    body = clock_part(
        BOOK, clock(f"{DY_MAGNET}, to: DE", "2025-12-01", filed_on=dt.date(2025, 8, 11), start_on=dt.date(2025, 12, 1))
    )
    lines = "\n".join(clock_lines(body, "en"))
    assert "from 2025-12-01 to customs hand-over: about" in lines
    assert "start to customs hand-over" not in lines
    assert "since 2025-09-01, until 2025-11-09: 45 % of the applications are returned" in lines
    assert "45 days to 45 calendar days" not in lines


def test_the_share_under_general_licences_is_that_of_the_day_not_of_the_month() -> None:
    """GL05 began on 8 January 2026 with 0.1; GL03 on 2 December 2025 with 0.2, of which 0.9 is renewed."""
    for country, day, share in (("JP", "2026-01-20", "0.1"), ("DE", "2026-12-01", "0.2"), ("DE", "2026-12-02", "0.18")):
        (entry,) = clock_part(BOOK, clock(f"{DY_MAGNET}, to: {country}", day))["desk"]["general"]
        assert entry["share_on"] == share
