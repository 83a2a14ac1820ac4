"""Draws on the page, in the summary, in the workbook and in the tables of an outlook."""

from __future__ import annotations

import io
import json
import re
from typing import Any, Literal

import pytest

from coercivity.ensemble.results.figures import events, figures
from coercivity.ensemble.rows import ranged_rows
from coercivity.papers.outlook.breadth.workbook import workbook
from coercivity.papers.outlook.draws.beside import ends_at, fan_of, lines_beside
from coercivity.papers.outlook.draws.fan import axis_of, fan_chart
from coercivity.papers.outlook.draws.section import draws_section
from coercivity.papers.outlook.draws.tornado import WIDTH as TORNADO_WIDTH
from coercivity.papers.outlook.draws.tornado import shown_causes, tornado
from coercivity.papers.outlook.draws.wording import event_name, figure_name, row_name, value_text
from coercivity.papers.outlook.parquet_tables import TABLE_FILES, table_files, tables_of
from coercivity.papers.outlook.report_html import page, supply_fragment
from coercivity.papers.outlook.report_text import MOST_LINES, summary
from coercivity.papers.shared.words import paper_words
from coercivity.verbs.outlook_data import outlook_words
from tests.html_reader import read
from tests.unit.papers.outlook.made_draws import DRAWN, draws_report, with_draws
from tests.unit.papers.outlook.test_outlook_papers import (
    HOSTILE,
    hostile,
    test_nothing_lies_beyond_the_picture,
    test_texts_of_one_picture_do_not_overlap,
)
from tests.unit.papers.outlook.test_report_data import build


@pytest.fixture(scope="module")
def report() -> Any:
    return with_draws()


@pytest.fixture(scope="module")
def html(report: Any) -> str:
    return page(report)


@pytest.fixture(scope="module")
def fragment(report: Any) -> str:
    return supply_fragment(report)


def test_an_outlook_without_draws_says_nothing_of_them() -> None:
    bare: Any = build()
    assert "How sure is it?" not in page(bare)
    empty: Any = {**bare, "draws": None}
    assert page(empty) == page(bare)
    assert not any("of draws" in line for line in summary(bare))
    assert not set(tables_of(bare)) & {"draw_figures", "draw_fans"}


def test_the_page_is_closed_named_and_fetches_nothing(report: Any, html: str) -> None:
    for made in (html, page(report, "zh")):
        reader = read(made)
        assert (reader.wrong, reader.open) == ([], [])
        ids = [attrs["id"] for _, attrs in reader.tags if "id" in attrs]
        assert len(ids) == len(set(ids))
        assert "://" not in made
        for figure in re.findall(r"<figure.*?</figure>", made, flags=re.S):
            assert figure.count("<table") == 1
            assert "<desc" in figure
    assert html.index('id="out-look"') < html.index('id="out-draws"') < html.index('id="out-prices"')
    assert html.count('class="o-tornado"') == 6


def test_pictures_of_draws_keep_within_their_frame(html: str, request: pytest.FixtureRequest) -> None:
    test_texts_of_one_picture_do_not_overlap(html)
    for which in ("html", "fragment"):
        test_nothing_lies_beyond_the_picture(which, request)


def test_each_page_of_draws_is_in_one_language(report: Any, html: str) -> None:
    english, chinese = (re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL) for text in (html, page(report, "zh")))
    assert re.findall(r"[\u4e00-\u9fff]+", english) == ["中文"]
    shown = re.search(r'<h2 id="out-draws">.*?<h2 id="out-prices">', chinese, re.DOTALL)
    assert shown is not None
    told = re.sub(r"<[^>]*>|\((?:[a-z_]+:)?\w+\)|（(?:[a-z_]+:\w+|granted_share)）", " ", shown.group())
    words = set(re.findall(r"[A-Za-z]{4,}", told)) - {"sobol", "PLANT"}
    # A reason why a draw failed is in English only.
    assert words <= {"point", "base", "year", "balance"}


def test_a_headline_figure_never_is_alone(report: Any, html: str, fragment: str) -> None:
    """Dysprosium in A1: 310 x 0.97 = 301 without draws; 310 less and plus 1.282 x 40 = 259 to 361 in 80 %."""
    dy, _ = lines_beside(report, "prices", "en")
    assert dy.startswith(
        "Dysprosium oxide outside China, last 12 months [USD/kg]: A1 301 without draws (259 to "
        "361 in 80 % of draws); A2 "
    )
    for section, name in (
        ("gaps", "Price gap"),
        ("short", "Devices not built"),
        ("out", "Magnets exported"),
        ("plants", "Start of the plant PLANT_2 (last to start without draws"),
    ):
        (line,) = lines_beside(report, section, "en")
        assert line.startswith(name)
        assert line in html
    assert dy in html
    assert dy in fragment
    unknown: Any = with_draws()
    for row in unknown["draws"]["figures"]:
        row["usual"] = None
    assert "A1 median 310 (259 to 361 in 80 % of draws)" in lines_beside(unknown, "prices", "en")[0]
    lines = summary(report)
    assert any("A1 301 (259 to 361)" in line for line in lines)
    assert "A1 2027-03 (2026-10 to 2027-08)" in " ".join(line.strip() for line in lines)
    assert len(lines) <= MOST_LINES + 15


def test_a_month_of_the_summary_has_the_range_of_its_fan(report: Any, html: str) -> None:
    fan = fan_of(report["draws"], report["draws"]["runs"][0], "traded:ox_Dy:XCN")
    assert fan is not None
    assert ends_at(report["draws"], fan, report["months"], report["months"][0]) is None
    low, high = ends_at(report["draws"], fan, report["months"], DRAWN[-1]) or (0.0, 0.0)
    assert f"80 % of draws, average price paid: A1 {low:.0f} to {high:.0f}" in html


def test_a_fan_holds_its_median_and_the_wider_band_holds_the_narrower() -> None:
    fans = draws_report()["fans"][:2]
    chart = fan_chart(fans[0], DRAWN, axis_of(fans))
    heights = {
        share: [float(y) for _, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path)][: len(DRAWN)]
        for share, path in chart.bands
    }
    middle = [float(y) for _, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", chart.median)]
    assert [share for share, _ in chart.bands] == ["90", "80", "50"]
    for n in range(len(DRAWN)):
        assert heights["90"][n] <= heights["80"][n] <= heights["50"][n] <= middle[n]


def test_a_month_without_a_value_interrupts_the_fan() -> None:
    fan = draws_report()["fans"][0]
    fan["usual"][4] = float("nan")
    assert fan_chart(fan, DRAWN, axis_of([fan])).usual.count("M") == 2


def test_a_tornado_shows_the_largest_first_and_marks_noise() -> None:
    """Index 0.31, 0.14, 0.11 and 0.06 are above the noise of 0.05; 0.03 is not, so it is left out."""
    row = draws_report()["sensitivity"][0]
    shown = shown_causes(list(reversed(row["causes"])))
    assert [cause["index"] for cause in shown] == [0.31, 0.14, 0.11, 0.06]
    chart = tornado(shown, [cause["row"] for cause in shown], 310.0)
    assert chart is not None
    assert not any(bar.noise for bar in chart.bars)
    # The first row lowers the figure: its low end is right of its high end.
    assert chart.bars[0].low_text_x > chart.bars[0].high_text_x
    assert chart.bars[2].low_text_x < chart.bars[2].high_text_x
    assert all(0 <= bar.x <= bar.x + bar.width <= TORNADO_WIDTH for bar in chart.bars)
    alone = tornado(row["causes"][4:], ["x"], None)
    assert alone is not None
    assert alone.bars[0].noise
    assert tornado((), (), None) is None


def test_rows_are_named_in_words_with_their_id(report: Any) -> None:
    assert (
        row_name(report, "assumptions:AS150", "demand growth of non-magnet uses", "en") == "growth of non-magnet uses"
    )
    told = row_name(report, "base_year:BY301", "use consumer_electronics electronics mag_NdFeB JP", "zh")
    assert told == "基准年：用量，消费电子，钕铁硼磁体，日本"
    assert row_name(report, "unknown:X1", "", "en") == "unknown:X1"
    assert event_name(report, "dy_gap > 100 USD/kg", "en") == "price gap of dysprosium oxide, mean above 100 USD/kg"


def test_the_slowest_plant_is_named(report: Any) -> None:
    """By its name if the report has one; without the plant in the report data no name is made up."""
    assert event_name(report, "slowest_not_started", "zh") == "工厂PLANT_2在期内未能投产"
    named: Any = {**report, "names": {**report["names"], "plants": {"PLANT_2": {"en": "Second", "zh": "二厂"}}}}
    assert event_name(named, "slowest_not_started", "en") == "the plant Second does not start in the period"
    assert figure_name(named, "slowest_start", "zh").startswith("工厂二厂的投产月")
    bare: Any = {**report, "draws": {key: value for key, value in report["draws"].items() if key != "slowest_plant"}}
    assert event_name(bare, "slowest_not_started", "en") == "the plant that starts last does not start in the period"


def test_every_reason_and_figure_has_words_in_both_languages() -> None:
    """Rows that are not drawn are listed with their reason on the Chinese page as well."""
    reasons, figures_told = (paper_words("outlook_draws", table) for table in ("reasons", "figures"))
    assert set(reasons) == {row.reason for row in ranged_rows() if row.reason}
    assert set(figures_told) == {figure.key for figure in figures("x")}
    assert set(paper_words("outlook_draws", "events")) == {event.key for event in events("x")}
    for text in (*reasons.values(), *figures_told.values()):
        assert set(text) == {"en", "zh"}
        assert not re.search(r"[a-z]{4,}", text["zh"])


def test_a_figure_outside_its_range_is_said_to_be(report: Any) -> None:
    """One without draws lies above 90 % of the draws of A1 and A2: the reader is told, and why below the table."""
    section = draws_section(report, "en")
    assert section is not None
    assert not any("lie outside" in sentence for sentence in section.sentences)
    hurt = with_draws()
    for row in hurt["draws"]["figures"][:2]:
        row["usual"] = row["quantiles"]["90"] + 1.0
    ends: dict[Literal["en", "zh"], str] = {"en": "(A1 and A2).", "zh": "（A1、A2）。"}
    for lang, told in ends.items():
        section = draws_section(hurt, lang)
        assert section is not None
        (sentence,) = [each for each in section.sentences if each.endswith(told)]
        assert sentence in page(hurt, lang)
    assert "without a known end goes on to the end of the period" in page(hurt)


def test_values_follow_their_unit() -> None:
    assert value_text(0.714, "fraction", "en") == "71 %"
    assert value_text(2027 * 12 + 2, "month", "en") == "2027-03"
    assert value_text(51_200.0, "t", "zh", with_unit=True) == "51,200 吨"
    assert value_text(float("nan"), "t", "en") == "–"


def test_what_failed_is_shared_and_is_not_drawn_is_told(report: Any) -> None:
    section = draws_section(report, "en")
    assert section is not None
    assert section.sentences[0].startswith("Dysprosium oxide outside China")
    assert "632 uncertain figures" in section.sentences[-1]
    assert section.notes[0].startswith("2025-01 to 2025-03 is the same in all draws")
    assert any("left out of every figure: 1 (" in note for note in section.notes)
    assert section.rows is not None
    assert ("Not drawn: prices are in USD already", "284") in section.rows.rows
    few = draws_section(with_draws(draws=8, failed=[], shared=[]), "en")
    assert few is not None
    assert few.sentences[1].startswith("Only 8 draws")
    assert few.notes[0] == "All months are drawn."


def test_nothing_drawn_but_figures_gives_a_page() -> None:
    bare = with_draws(figures=[], fans=[], chances=[], sensitivity=[], differences=[], failed=[])
    assert read(page(bare)).wrong == []
    assert summary(bare, "zh")


def test_hostile_text_of_draws_is_text() -> None:
    hurt = with_draws()
    for table in ("chances", "sensitivity"):
        hurt["draws"][table] = hostile(hurt["draws"][table])
    hurt["draws"]["failed"] = [HOSTILE]
    made = page(hurt)
    assert read(made).wrong == []
    assert [tag for tag, _ in read(made).tags if tag in ("script", "img")] == []


def test_the_same_draws_give_the_same_bytes(report: Any, html: str) -> None:
    again = json.loads(json.dumps(report))
    assert page(again) == html
    assert workbook(again) == workbook(report)
    assert dict(table_files(again)) == dict(table_files(report))


def test_tables_of_draws_are_long_rows(report: Any) -> None:
    found = tables_of(report)
    assert found["draw_figures"][0]["q10"] == 310.0 - 1.282 * 40.0
    assert len(found["draw_fans"]) == 6 * len(DRAWN)
    assert found["draw_fans"][0]["month"] == DRAWN[0]
    assert found["draw_causes"][0]["row"] == "granted_share"
    for table in ("draw_causes", "draw_groups"):
        assert {row["run"] for row in found[table]} == set(report["draws"]["runs"])
    names = [name for name, _ in table_files(report)]
    assert {"draw_figures.parquet", "draw_fans.csv"} <= set(names) <= TABLE_FILES


def test_the_workbook_has_a_sheet_of_ranges(report: Any) -> None:
    import openpyxl  # type: ignore[import-untyped] # it comes without types

    book = openpyxl.load_workbook(io.BytesIO(workbook(report)))
    assert book.sheetnames[:2] == ["Summary", "Ranges"]
    cells = [[cell.value for cell in row] for row in book["Ranges"].iter_rows()]
    assert any(row[0] == "Dysprosium oxide outside China, last 12 months [USD/kg]" and row[2] == 301 for row in cells)
    assert openpyxl.load_workbook(io.BytesIO(workbook(report, "zh"))).sheetnames[1] == "区间"


def test_every_drawn_row_has_a_chinese_name(report: Any) -> None:
    """Products, regions and uses as in a real report; only IEA and MRI stay as they are."""
    real: Any = {**report, "names": {**report["names"], **outlook_words()}}
    for row in ranged_rows():
        if row.drawn and row.free:
            name = row_name(real, row.name, row.what, "zh")
            assert not re.search(r"[A-Za-z]{3,}", name.replace("IEA", "").replace("MRI", "")), name
