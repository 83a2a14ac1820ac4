"""Papers on the licence time of a chain: the same facts in data, text, tables, files and page, in both languages."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest

from coercivity.base.days import Day
from coercivity.base.words import Lang
from coercivity.firm.chain.model import Alternative, GeneralPractice
from coercivity.papers.firm.chain.data import chain_data
from coercivity.papers.firm.chain.page import chain_page, chain_part
from coercivity.papers.firm.chain.sections import chain_sections
from coercivity.papers.firm.chain.tables import chain_csv, chain_workbook
from coercivity.papers.firm.chain.text import chain_lines
from coercivity.papers.shared.terminal import WIDTH, columns_of
from tests.unit.papers.firm.made_chain import F, answer, chain

LANGS: tuple[Lang, ...] = ("en", "zh")
_FACT = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


def text(lang: Lang = "en", *, more: bool = False, **changes: object) -> str:
    """The lines of the made-up chain."""
    return "\n".join(chain_lines(chain_data(answer(**changes)), lang, more=more))


def joined(lang: Lang = "en", **changes: object) -> str:
    """The same in one line, so that a sentence can be looked for."""
    lines = chain_lines(chain_data(answer(**changes)), lang)
    return re.sub(r"\s+", " " if lang == "en" else "", " ".join(lines))


@pytest.mark.parametrize("lang", LANGS)
def test_text_is_as_accepted(lang: Lang, golden: Callable[[str, str], None]) -> None:
    golden(f"chain-made.{lang}.txt", text(lang) + "\n")


@pytest.mark.parametrize("lang", LANGS)
def test_lines_fit_the_page(lang: Lang) -> None:
    assert [line for line in text(lang, more=True).splitlines() if columns_of(line) > WIDTH] == []


def test_last_day_to_sign_comes_first_with_both_probabilities() -> None:
    assert (
        "Summary Sign by 2027-01-24: at confidence 90 % the goods arrive by sea by 2027-05-31 (probability 90.225 %; "
        "signed a day later 88.5 %)." in joined()
    )


def test_confidence_that_no_day_reaches_is_said_so() -> None:
    assert "Confidence 90 % of arrival by air by 2027-05-31 is not reached on any day of signing." in joined()


def test_small_mass_by_air_says_why_it_changes_nothing() -> None:
    """600 kg of 40 kg a day are 15 days; the gap is 31 days or 38."""
    assert (
        "Less than 1,240 kg by air does not change the probability of no lost day: it has to last the 31 or 38 days "
        "until the rest arrives, less what stock still covers; 600 kg last 15 days." in joined()
    )


def test_best_mass_by_air_is_named_with_its_cost() -> None:
    told = joined()
    assert "Send 1,240 kg by air: freight and mean loss USD 109,920 instead of USD 250,000" in told


def test_best_mass_is_named_where_it_is_not_among_the_masses_asked_for() -> None:
    air = answer().air
    assert air is not None
    assert "Send 1,520 kg by air: freight and mean loss are lowest there." in joined(air=replace(air, best_kg=F(1520)))


def test_stock_that_lasts_until_the_rest_arrives_is_said_so() -> None:
    air = answer().air
    assert air is not None
    enough = replace(air, rows=tuple(replace(row, chance_none=F(1)) for row in air.rows))
    assert "Stock is enough until the rest arrives, without a part by air." in joined(air=enough)
    assert "其余货物到货，无须空运" in joined("zh", air=enough)


def test_no_mass_that_changes_the_chance_is_given_its_reason() -> None:
    air = answer().air
    assert air is not None
    assert "stock ends before the part by air arrives, or the lot does not last" in joined(
        air=replace(air, first_step_kg=None)
    )


def test_mass_by_air_that_never_pays_is_said_so() -> None:
    air = answer().air
    assert air is not None
    assert "No mass by air pays for its freight." in joined(air=replace(air, best_kg=F(0)))


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "Maker A have general licences, valid for 1 year, each for named customers"),
        ("zh", "实践中Maker A持有通用许可，有效期1年，每证限定具体客户；条件：民用。法定有效期最长3年"),
    ],
)
def test_what_is_reported_of_general_licences_is_marked_as_practice_with_its_source(lang: Lang, words: str) -> None:
    practice = GeneralPractice(
        Day(2025, 12, 2), ("Maker A",), "1", "3", ({"en": "civil use", "zh": "民用"},), "https://example.org/general"
    )
    made = answer()
    assert made.general is not None
    body = chain_data(replace(made, general=replace(made.general, practice=practice)))
    (told,) = (said for said in chain_sections(body, lang)[0].sentences if words in said)
    assert told.endswith("https://example.org/general")
    assert not any(words in said for said in chain_sections(chain_data(made), lang)[0].sentences)


def test_general_licence_says_until_when_it_helps() -> None:
    told = joined()
    assert "spares the ministry stage with probability 92 % if signed on 2026-12-07." in told
    assert "Signed by 2026-12-04, it does so for certain." in told
    assert "Signed from 2026-12-13 on, it never does." in told


def test_plant_that_the_licence_does_not_name_gets_no_dates_under_it() -> None:
    general = answer().general
    assert general is not None
    told = joined(plant="Graz", general=replace(general, names_plant=False))
    assert "The general licence names Kiel, not Graz: it changes nothing for this plant." in told
    assert "sea, general licence" not in told


def test_fewer_than_ten_cases_are_too_few_and_ten_are_not() -> None:
    assert "4, too few" in text()
    assert "Fewer than ten cases, too few for shares: customs." in joined()
    enough = chain()
    stages = tuple(replace(stage, cases=10 if stage.cases else None) for stage in enough.stages)
    assert "too few" not in text(chain=replace(enough, stages=stages))


def test_assumed_calendars_are_marked_on_each_date() -> None:
    lines = [line for line in text().splitlines() if "assumed calendar" in line and "ends" in line]
    assert len(lines) == 3  # customs, sea, air; the ministry ends in 2026
    assert "Dates from 2027-01-01 on use an assumed calendar" in joined()


def test_no_refusal_is_simulated_in_any_language() -> None:
    assert "A refusal is not simulated" in joined()
    assert "未模拟不予许可的情形" in joined("zh")


def test_simulation_is_beside_the_exact_probability() -> None:
    shown = {table.id: table for section in chain_sections(chain_data(answer())) for table in section.tables}
    assert shown["needed"].rows[0] == ("sea", "2027-05-31", "93.750", "93.710")
    assert shown["latest"].rows[0] == ("sea", "90", "2027-01-24", "90.225", "88.500", "90.180")
    assert "Probabilities are exact" in joined()
    assert "Probabilities come from 200,000 simulations." in joined(exact=False)


def test_probability_beyond_the_days_counted_is_said() -> None:
    assert "With probability 0.500 % the goods arrive later" in joined(not_arrived=F(1, 200))
    assert "arrive later" not in joined()


def test_end_of_a_month_has_the_probability_of_its_last_day() -> None:
    """By sea 15 % on 10 April, 75 % on 2 May; in March nothing."""
    shown = {table.id: table for section in chain_sections(chain_data(answer())) for table in section.tables}
    assert [row[:2] for row in shown["by_month"].rows] == [
        ("2027-03", "0.000"),
        ("2027-04", "15.000"),
        ("2027-05", "75.000"),
        ("2027-06", "93.750"),
    ]


def test_long_tables_are_for_files_and_on_request() -> None:
    assert "2027-05-02" not in text()
    assert "2027-05-02" in text(more=True)
    assert b"sea,2027-05-02,75.000\r\n" in chain_csv(chain_data(answer()))["by_day.csv"]


def test_chain_without_a_day_needed_has_arrivals_only() -> None:
    modes = tuple(replace(mode, by_needed=None, latest=(), draws_by_needed=None) for mode in answer().modes)
    told = joined(needed=None, modes=modes, general=None, air=None)
    assert "Sign by" not in told
    assert "the goods arrive by sea about 2027-04-18" in told


def test_both_languages_have_the_same_numbers_and_days_in_every_table() -> None:
    body = chain_data(answer())
    for english, chinese in zip(chain_sections(body, "en"), chain_sections(body, "zh"), strict=True):
        assert len(english.sentences) == len(chinese.sentences)
        for one, other in zip(english.tables, chinese.tables, strict=True):
            assert one.columns == other.columns
            for row, its in zip(one.rows, other.rows, strict=True):
                if "source" not in one.columns:
                    assert [_FACT.findall(cell) for cell in row] == [_FACT.findall(cell) for cell in its]


def test_data_are_plain_and_files_are_the_same_twice() -> None:
    body = chain_data(answer())
    assert json.loads(json.dumps(body)) == body
    assert chain_workbook(body) == chain_workbook(body)
    with zipfile.ZipFile(io.BytesIO(chain_workbook(body, "zh"))) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any("<f>" in sheet for sheet in sheets)


@pytest.mark.parametrize("lang", LANGS)
def test_page_shows_every_sentence_and_cell_without_a_script(lang: Lang) -> None:
    body = chain_data(answer())
    page = chain_page(body, lang)
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert "<script" not in page
    for section in chain_sections(body, lang):
        assert all(sentence in shown for sentence in section.sentences)
        for table in section.tables:
            if table.only != "files":
                assert all(cell in shown for row in table.rows for cell in row)


def test_part_of_a_page_draws_one_line_for_each_way() -> None:
    part = chain_part(chain_data(answer()))
    assert part.count('<path class="f-line"') == 3  # sea, air, sea under the general licence
    assert 'id="chain-summary"' in part


def test_stage_of_many_lengths_is_one_row_for_readers_and_all_rows_in_files() -> None:
    """1 to 8 days, an eighth each: half have ended by day 4."""
    eighth = tuple(Alternative(days, F(1, 8)) for days in range(1, 9))
    made = chain()
    body = chain_data(
        answer(chain=replace(made, stages=(replace(made.stages[0], alternatives=eighth), *made.stages[1:])))
    )
    shown = {table.id: table for section in chain_sections(body) for table in section.tables}
    assert shown["stages_short"].rows[0][:4] == ("ministry", "1 to 8, median 4", "working days", "100")
    assert [row[:2] for row in shown["stages"].rows[:8]] == [("ministry", str(days)) for days in range(1, 9)]


def test_many_lengths_of_the_rest_are_a_span() -> None:
    """Two or three are named; from four on the least and the most say enough."""
    found = answer()
    assert found.air is not None
    for number, told in ((3, "27 or 28 or 29 days"), (4, "27 to 30 days")):
        gaps = tuple((27 + step, F(1, number)) for step in range(number))
        body = chain_data(replace(found, air=replace(found.air, gaps=gaps)))
        assert told in re.sub(r"\s+", " ", " ".join(chain_lines(body, "en")))
