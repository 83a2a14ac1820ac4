"""Papers on line stops: the same facts in data, text, tables, files and page, in both languages."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from coercivity.base.days import Day
from coercivity.base.words import Lang
from coercivity.firm.line_stop.results import PlantDates
from coercivity.papers.firm.stops.data import stops_data
from coercivity.papers.firm.stops.page import stops_charts, stops_page, stops_part
from coercivity.papers.firm.stops.sections import stops_sections
from coercivity.papers.firm.stops.tables import stops_csv, stops_workbook
from coercivity.papers.firm.stops.text import stops_lines
from coercivity.papers.shared.terminal import WIDTH, columns_of
from tests.unit.papers.firm.made_stops import FIRST, F, company, stops

LANGS: tuple[Lang, ...] = ("en", "zh")
_FACT = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


def text(lang: Lang = "en", **changes: object) -> str:
    """The lines of the made-up company."""
    return "\n".join(stops_lines(stops_data(stops(**changes)), lang))


def joined(lang: Lang = "en", **changes: object) -> str:
    """The same in one line, so that a sentence can be looked for."""
    return re.sub(r"\s+", " " if lang == "en" else "", text(lang, **changes))


@pytest.mark.parametrize("lang", LANGS)
def test_text_is_as_accepted(lang: Lang, golden: Callable[[str, str], None]) -> None:
    golden(f"stops-made.{lang}.txt", text(lang) + "\n")


@pytest.mark.parametrize("lang", LANGS)
def test_lines_fit_the_page(lang: Lang) -> None:
    assert [line for line in text(lang).splitlines() if columns_of(line) > WIDTH] == []


def test_stop_comes_first_and_a_plant_without_one_says_until_when() -> None:
    """B stops on 1 February; dates are looked for to 31 December, probabilities end in March."""
    lines = text().splitlines()
    assert lines[2] == "  B stops on 2027-02-01 for want of P2."
    assert lines[3] == "  A: no line stop by 2027-12-31."


def test_three_actions_name_effect_and_cost() -> None:
    """9345/10 kEUR saved are EUR 934,500; 45/2 days are 22.5; the cost of the first is not given."""
    told = joined()
    assert (
        "1. File applications 30 days sooner: probability of a line stop 25 % instead of 100 %; mean loss lower by EUR "
        "934,500; first line stop 22.5 days later on average; cost not given: enter it in the sheet Options." in told
    )
    assert "unchanged at 100 %, because the stop is shorter but not avoided" in told
    assert "costs EUR 12,000" in told


def test_most_frequent_cause_leads() -> None:
    assert "P2, waits for licence F1 (75 % of the cases)" in joined()


def test_deadlines_say_if_it_is_too_late_and_keep_what_they_do_not_know() -> None:
    told = joined()
    assert "File the application: too late at confidence 90 % for P2 B" in told
    assert "Sign the end-user certificate by 2027-01-06 (plant A, warehouse W9; needed on 2027-03-01)." in told


def test_clauses_that_bring_nothing_forward_say_why() -> None:
    told = joined()
    assert "If K1 stops all goods not yet cleared for export, no plant stops sooner, because" in told
    assert "If K2 stops all goods not yet cleared for export, the line stops sooner: A on 2027-03-01" in told


def test_lots_on_hold_and_those_not_checked_are_in_the_summary() -> None:
    summary = stops_sections(stops_data(stops()))[0].sentences
    assert summary[3].startswith("On hold under the law, and counted nowhere: L1.")
    assert summary[4].startswith("Lots not yet cleared for export were not checked against the law")


def test_assumptions_name_refusals_quarantine_and_costs_that_are_missing() -> None:
    told = joined()
    assert "One authority decides all applications" in told
    assert "Goods leave 5 calendar days after the grant" in told
    assert "In s2 (probability 25 %) applications or the renewal are refused" in told
    assert "never counted: B P2." in told
    assert "No cost of a lost day is given for B" in told


def test_independent_columns_are_said_so_with_their_own_scenarios() -> None:
    """Two rows make two times two scenarios: 9/16, 3/16, 3/16, 1/16."""
    body = stops_data(stops(independent=True))
    assert [(entry["scenario"], entry["probability"]) for entry in body["scenarios"]] == [
        ("30/0", "0.5625"),
        ("30/refused", "0.1875"),
        ("refused/0", "0.1875"),
        ("refused/refused", "0.0625"),
    ]
    assert "independent of each other" in joined(independent=True)


def test_company_without_scenarios_has_dates_and_no_chances() -> None:
    bare = company()
    told = text(
        company=type(bare)(settings=bare.settings, parts=bare.parts, plants=bare.plants, use=bare.use),
        scenarios=(),
        chances=(),
        part_chances={},
        actions=(),
        months={},
        contracts=(),
        mean_paid_usd=None,
        law=(),
        deadlines=(),
    )
    assert "B stops on 2027-02-01" in told
    assert "Probability" not in told
    assert "Contracts" not in told


def test_loss_without_cost_says_where_to_enter_it() -> None:
    chances = tuple(
        type(entry)(entry.plant, entry.standing, entry.mean_lost_days, None, entry.by_day, entry.causes)
        for entry in stops().chances
    )
    assert (
        "Mean loss: not calculated, because the cost of a lost day is missing; enter it in the sheet Plants."
        in joined(chances=chances)
    )


def test_both_languages_have_the_same_numbers_and_days_in_every_table() -> None:
    body = stops_data(stops())
    for english, chinese in zip(stops_sections(body, "en"), stops_sections(body, "zh"), strict=True):
        assert english.id == chinese.id
        assert len(english.sentences) == len(chinese.sentences)
        for one, other in zip(english.tables, chinese.tables, strict=True):
            assert one.columns == other.columns
            for row, its in zip(one.rows, other.rows, strict=True):
                assert [_FACT.findall(cell) for cell in row] == [_FACT.findall(cell) for cell in its]


def test_tables_show_the_numbers_of_the_data() -> None:
    body = stops_data(stops())
    shown = {table.id: table for section in stops_sections(body, "en") for table in section.tables}
    assert [row[1] for row in shown["chances"].rows] == ["0.00", "100.00", "100.00"]
    assert [row[3] for row in shown["chances"].rows] == ["0.0", "–", "1,234.5"]
    assert shown["contract_months"].rows[0] == (
        "s1", "C1", "2027-02", "100.25", "100.00", "400", "yes", "440", "44,000.00",
    )  # fmt: skip
    assert json.loads(json.dumps(body)) == body


def test_csv_has_the_same_columns_in_both_languages_and_plain_numbers() -> None:
    body = stops_data(stops())
    english, chinese = stops_csv(body, "en"), stops_csv(body, "zh")
    assert english.keys() == chinese.keys()
    for name, content in english.items():
        assert content.splitlines()[0] == chinese[name].splitlines()[0]
    assert b"s1,C1,2027-02,100.25,100.00,400,yes,440,44000.00\r\n" in english["contract_months.csv"]
    assert b"any plant,100.00,,1234.5\r\n" in english["chances.csv"]


def test_text_of_the_user_is_never_a_formula() -> None:
    made = stops()
    parts = tuple(type(p)("=1+1", p.part, p.grade, p.use_kg, p.usable_kg, p.layers, p.clauses, p.suppliers, p.waiting_kg)
                  for p in made.parts)  # fmt: skip
    body = stops_data(stops(parts=parts))
    assert b"\r\n'=1+1,P1" in stops_csv(body)["first_days.csv"]
    with zipfile.ZipFile(io.BytesIO(stops_workbook(body))) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert sheets
    assert not any("<f>" in sheet for sheet in sheets)


def test_workbook_has_the_same_bytes_twice() -> None:
    body = stops_data(stops())
    assert stops_workbook(body, "zh") == stops_workbook(body, "zh")


@pytest.mark.parametrize("lang", LANGS)
def test_page_shows_every_sentence_and_cell_without_a_script(lang: Lang) -> None:
    body = stops_data(stops())
    page = stops_page(body, lang, sister="other.html")
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).replace("&#39;", "'").replace("&#34;", '"')
    assert "<script" not in page
    assert 'lang="zh-CN"' in page if lang == "zh" else '<html lang="en">' in page
    for section in stops_sections(body, lang):
        for sentence in section.sentences:
            assert sentence in shown
        for table in section.tables:
            if table.only != "files":
                assert all(cell in shown for row in table.rows for cell in row)


def test_part_of_a_page_keeps_its_ids_apart() -> None:
    part = stops_part(stops_data(stops()), prefix="firm-")
    assert 'id="firm-summary"' in part
    assert "<html" not in part


def test_user_text_is_escaped_on_the_page() -> None:
    made = company()
    named = type(made)(settings=type(made.settings)(firm="<b>X</b>", as_of=Day(2027, 1, 4)), parts=made.parts)
    assert "<b>X</b>" not in stops_page(stops_data(stops(company=named)))


def test_share_of_a_cause_is_in_the_data_by_size() -> None:
    chance = stops_data(stops())["chances"][1]
    assert [(cause["cause"], cause["share"]) for cause in chance["causes"]] == [("grant", "0.75"), ("refused", "0.25")]
    assert F(chance["stop_probability"]) == 1


def test_summary_of_many_plants_stays_short_and_the_table_has_them_all() -> None:
    """Fifteen plants that stop, a day apart: twelve sentences and three more."""
    plants = tuple(PlantDates(f"W{n:02}", FIRST + timedelta(days=n), "P2", {}, {}) for n in range(15))
    body = stops_data(stops(plants=plants))
    summary, tables = stops_sections(body)[0].sentences, {t.id: t for s in stops_sections(body) for t in s.tables}
    assert summary[0] == "W00 stops on 2027-02-01 for want of P2."
    assert summary[12].startswith("3 more plants stop later")
    assert len(tables["plants"].rows) == 15


def test_chart_shows_the_parts_that_stop_first_and_cuts_long_names() -> None:
    """Seventy parts: the sixty that stop first, the earliest on top; a name of forty letters fits beside its bar."""
    first = stops().parts[1]
    parts = tuple(
        replace(first, plant="A" * 40, part=f"P{n}", layers=dict.fromkeys(first.layers, FIRST + timedelta(days=70 - n)))
        for n in range(70)
    )
    wide, narrow = stops_charts(stops_data(stops(parts=parts)))["first_days"].bars
    assert len(wide.lanes) == 60
    assert wide.lanes[0].end == (FIRST + timedelta(days=1)).isoformat()
    assert wide.lanes[0].label.endswith("…")
    assert len(narrow.lanes[0].label) < len(wide.lanes[0].label)


def test_bars_have_lengths_in_proportion_to_days() -> None:
    """A, P1: stock to 1 March, 56 days of 86 to the end of March; B, P2: 28 days."""
    wide = stops_charts(stops_data(stops()))["first_days"].bars[0]
    one, other = wide.lanes[0].pieces[0], wide.lanes[1].pieces[0]
    assert one.width / other.width == pytest.approx(56 / 28, abs=0.01)
    assert one.x == other.x


def test_a_stop_that_awaited_goods_may_prevent_says_so() -> None:
    """P2 at B stops for certain in the made-up answer; with a probability of 3/4 awaited goods may come first."""
    body = stops_data(stops())
    assert float(next(entry for entry in body["parts"] if entry["plant"] == "B")["waiting_kg"]) > 0
    for entry in body["part_chances"]:
        entry["stop_probability"] = "0.75"
    told = " ".join(stops_lines(body, "en"))
    assert "B stops on 2027-02-01 for want of P2, unless goods awaiting a licence arrive first." in " ".join(
        told.split()
    )


def test_actions_without_effect_are_left_to_the_table() -> None:
    body = stops_data(stops())
    idle = {
        **body["actions"][0],
        "stop_probability": "1",
        "saves_keur": "0",
        "days_gained": "0",
        "action": "more_stock",
    }
    body["actions"] = [idle, *body["actions"]]  # type: ignore[list-item] # a row of the same keys
    told = " ".join(" ".join(stops_lines(body, "en")).split())
    assert "1. File applications 30 days sooner" in told
