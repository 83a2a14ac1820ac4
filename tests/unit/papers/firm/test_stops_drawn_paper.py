"""Text of line stops over draws: the numbers of the report in both languages, practice apart from the user's own."""

from __future__ import annotations

import re
from datetime import date

import pytest

from coercivity.base.words import Lang
from coercivity.firm.company.model import Company
from coercivity.firm.line_stop.drawn.results import (
    DaysDrawn,
    DrawnChance,
    LineStopsDrawn,
    PaidDrawn,
    PartDrawn,
    PlantDrawn,
    PriceDrawn,
)
from coercivity.firm.line_stop.results import LineStops
from coercivity.papers.firm.stops.drawn_data import StopsDrawnReport, stops_drawn_data
from coercivity.papers.firm.stops.drawn_sections import drawn_sections
from coercivity.papers.firm.stops.drawn_text import LINES, legal_words, stops_drawn_lines

ON, UNTIL, STOP = date(2026, 11, 20), date(2027, 5, 31), date(2027, 2, 14)
HALF, TENTH = DrawnChance(0.5, 0.391, 0.609), DrawnChance(0.1, 0.046, 0.187)
LEVELS = {10: STOP, 50: date(2027, 3, 23), 90: None}
COMMAND = "coercivity outlook --from 2026-12 --to 2027-05 --draws 128"


def drawn(*, kept: bool = False) -> LineStopsDrawn:
    plant = PlantDrawn(
        plant="GRZ",
        standing=HALF,
        first_on=LEVELS,
        lost_days={10: 0, 50: 22, 90: 107},
        mean_lost_days=36.1,
        loss_keur={10: 0.0, 50: 1_980.0, 90: 9_630.0},
        mean_loss_keur=3_249.0,
        by_day=((STOP, HALF),),
        causes={("M3", "grant", "F-S2"): 0.4, ("M2", "refused", "G-S1"): 0.1},
    )
    days = [
        DaysDrawn("grant", date(2026, 11, 10), "magnet", code, {10: 45, 50: 80, 90: 157}, TENTH)
        for code in ("AT", "CZ")
    ]
    return LineStopsDrawn(
        draws=64,
        used=62,
        scramble=0,
        on=ON,
        until=UNTIL,
        known=date(2026, 10, 5),
        independent=False,
        days=(*days, DaysDrawn("renewal", date(2027, 1, 31), "magnet", "ALL", {10: 0, 50: 13, 90: 88}, TENTH)),
        plants=(plant,),
        parts=(PartDrawn("GRZ", "M3", HALF, LEVELS),),
        paid=tuple(
            PaidDrawn(legal, kept, 60, {10: 193_044.0, 50: 799_500.0, 90: 868_821.0}, 678_227.0, (PriceDrawn("C1", "2027-01", {10: 47.0, 50: 48.0, 90: 49.0}),))
            for legal in (("lapsed", "extended:2027-11-10") if kept else ("",))
        ),
        price_months=("2026-12", "2027-05"),
        rows=("LD015",),
    )  # fmt: skip


def own() -> LineStops:
    """Returns a company without rows of Delays."""
    return LineStops(
        company=Company(), on=ON, until=UNTIL, independent=False, parts=(), plants=(), elements=(), grades=(),
        scenarios=(), chances=(), part_chances={}, actions=(), months={}, contracts=(), mean_paid_usd=None, law=(),
        deadlines=(),
    )  # fmt: skip


def report(*, kept: bool = False) -> StopsDrawnReport:
    return stops_drawn_data(drawn(kept=kept), own(), {"NdPr": "ox_NdPr:XCN"}, COMMAND)


@pytest.mark.parametrize("kept", [False, True])
def test_both_languages_have_the_same_numbers(kept: bool) -> None:
    found = {lang: numbers("\n".join(stops_drawn_lines(report(kept=kept), lang))) for lang in ("en", "zh")}
    assert found["en"] == found["zh"]


def numbers(text: str) -> list[str]:
    return sorted(re.findall(r"\d[\d,.-]*\d|\d", text))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_each_word_has_both_languages_and_is_filled_in(lang: Lang) -> None:
    assert all(set(words) == {"en", "zh"} for words in LINES.values())
    text = "\n".join(stops_drawn_lines(report(kept=True), lang))
    assert "{" not in text
    assert "None" not in text


def test_it_says_that_it_is_practice_and_shows_the_user_s_own_beside() -> None:
    text = "\n".join(stops_drawn_lines(report()))
    assert "are practice, not law" in text
    assert "your Delays: no rows, so no chance" in text
    assert "GRZ: stops by 2027-05-31 in 50.0 % of draws (90 % interval 39.1 % to 60.9 %)" in text
    assert "40.0 % of draws: M3, waits for the grant of F-S2" in text


def test_files_that_differ_in_the_destination_alone_are_told_together() -> None:
    lines = [line for line in stops_drawn_lines(report()) if "filed 2026-11-10" in line]
    assert len(lines) == 1
    assert "magnets to AT, CZ: refused in 10.0 % of draws; else 45 / 80 / 157 calendar days" in lines[0]


def test_prices_of_the_sheet_name_the_command_and_kept_ones_their_series() -> None:
    assert any(COMMAND in line for line in stops_drawn_lines(report()))
    kept = "\n".join(stops_drawn_lines(report(kept=True)))
    assert COMMAND not in kept
    assert "NdPr = ox_NdPr:XCN" in kept
    assert "suspension lapsed: paid USD 193,044 / 799,500 / 868,821" in kept
    assert "suspension extended to 2027-11-10: paid" in kept


def test_a_legal_scenario_without_a_name_is_the_law_as_known() -> None:
    assert (legal_words("", "en"), legal_words("", "zh")) == ("law as known", "现行规则")


def test_percentiles_that_are_never_reached_are_null_in_the_data() -> None:
    (plant,) = report()["plants"]
    assert plant["first_on"] == {"10": "2027-02-14", "50": "2027-03-23", "90": None}
    assert plant["by_day"] == [{"on": "2027-02-14", "chance": 0.5, "low": 0.391, "high": 0.609}]
    assert plant["causes"][0] == {"part": "M3", "cause": "grant", "of": "F-S2", "share": 0.4}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_section_has_the_same_numbers_in_tables(lang: Lang) -> None:
    """50 % of the draws (39.1 to 60.9 %) stop GRZ; half of them by 2027-03-23; M3 waits for F-S2 in 40 %."""
    (section,) = drawn_sections(report(), lang)
    tables = {table.id: table.rows for table in section.tables}
    none = "none" if lang == "en" else "无"
    assert tables["drawn_plants"][0][:5] == ("GRZ", "50.0", "39.1", "60.9", "–")
    assert tables["drawn_plants"][0][5:9] == ("2027-02-14", "2027-03-23", none, "36.1")
    assert [row[-1] for row in tables["drawn_causes"]] == ["40.0", "10.0"]
    assert tables["drawn_paid"][0][2:] == ("193,044", "799,500", "868,821", "678,227")
    assert [row[-3:] for row in tables["drawn_days"]][-1] == ("0", "13", "88")
    assert "drawn_prices" not in tables


def test_prices_by_month_are_shown_where_draws_are_kept() -> None:
    (section,) = drawn_sections(report(kept=True))
    tables = {table.id: table.rows for table in section.tables}
    assert tables["drawn_prices"][0] == ("suspension lapsed", "C1", "2027-01", "47.00", "48.00", "49.00")
    assert len(tables["drawn_paid"]) == 2
