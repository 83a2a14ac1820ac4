"""Sections of an outlook on prices, contracts, quotes, recycling, substitution, plants and policies."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import polars
import pytest

import coercivity
from coercivity.files.xlsx.sheet import read_rows
from coercivity.files.xlsx.workbook import read_book
from coercivity.papers.outlook.breadth.contracts import mean_price
from coercivity.papers.outlook.breadth.four_prices import no_market
from coercivity.papers.outlook.breadth.policies import payer_text, public_usd
from coercivity.papers.outlook.breadth.section import Section
from coercivity.papers.outlook.breadth.sections import headlines, sections
from coercivity.papers.outlook.breadth.workbook import workbook
from coercivity.papers.outlook.lines import price_chart
from coercivity.papers.outlook.look import look
from coercivity.papers.outlook.parquet_tables import TABLES, table_files, tables_of
from coercivity.papers.outlook.read import charted, runs_of
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.outlook.report_html import page
from coercivity.papers.outlook.report_text import WIDTH, summary
from coercivity.papers.shared.words import paper_words
from tests.unit.papers.outlook.test_report_data import MONTHS, build

BREADTH = ("compared", "four", "quoted", "contracts", "recycling", "substitution", "industry", "policies")


@pytest.fixture(scope="module")
def report() -> OutlookReport:
    found: OutlookReport = build()
    return found


def one(report: OutlookReport, name: str, lang: Any = "en", runs: tuple[str, ...] = ("B",)) -> Section:
    return next(part for part in sections(report, lang, runs) if part.id == name)


def without_market(*, month: int = 8) -> Any:
    """Yttrium outside China has no market from a month on, in the run without controls."""
    report: Any = build()
    for row in report["runs"][2]["prices"]:
        if (row["good"], row["region"]) == ("ox_Y", "XCN"):
            row["market"] = [n < month for n in range(15)]
    return report


def test_the_sections_have_an_order_and_a_heading_in_both_languages(report: OutlookReport) -> None:
    assert tuple(part.id for part in sections(report, "en")) == BREADTH
    for part in sections(report, "zh"):
        assert re.search("[\u4e00-\u9fff]", part.heading)
        assert part.sentences or part.absent or part.tables


def test_every_word_is_in_both_languages() -> None:
    for name in ("headings", "prices", "meaning", "compare", "cols", "titles", "about", "none", "sentences", "kinds",
                 "payers", "elements", "basis_names", "bases", "measures", "goods"):  # fmt: skip
        for key, text in paper_words("outlook_breadth", name).items():
            assert set(text) == {"en", "zh"}, key


def test_the_four_prices_stand_in_a_row_with_what_to_compare_them_with(report: OutlookReport) -> None:
    shown, meaning = one(report, "four").tables
    assert shown.rows[0][:3] == ("dysprosium oxide", "B", "212")  # sin(14 / 3) is -1: 230 x 0.92 = 211.6
    assert [row[0] for row in meaning.rows] == [
        "marginal price", "quoted price (spot)", "price paid under a licence (FOB China)", "average price paid",
    ]  # fmt: skip


def test_without_a_market_there_is_a_limit_in_place_of_a_price() -> None:
    report = without_market()
    run = runs_of(report)[2]
    values = charted(run, "ox_Y", "XCN", basis="margin")
    assert [value is None for value in values] == [n >= 8 for n in range(15)]
    assert charted(run, "ox_Y", "XCN", basis="licensed")[9] is not None
    first, last, most = no_market(report, run, "ox_Y", "XCN") or ("", "", 0.0)
    assert (first, last) == (MONTHS[8], MONTHS[14])
    assert most == max(row["margin"][n] for row in run.body["prices"] for n in range(8, 15)
                       if (row["good"], row["region"]) == ("ox_Y", "XCN"))  # fmt: skip
    (told,) = (text for text in one(report, "four").sentences if "No market" in text)
    assert told.startswith(f"No market for yttrium oxide outside China in {MONTHS[8]} to {MONTHS[14]}")
    assert no_market(report, run, "ox_Dy", "XCN") is None


def test_no_text_prints_a_limit_as_a_price() -> None:
    """Summary, look and table say that there is no market; the line of the chart is interrupted."""
    report = without_market(month=0)
    (row,) = (row for row in look(report) if (row["good"], row["scenario"].letter) == ("ox_Y", "B"))
    assert row["cells"]["worst"]["outside"].startswith("no market; at most ")
    assert row["cells"]["worst"]["gap"].startswith("at most ")
    assert any("no market; at most" in line and "yttrium" in line for line in summary(report))
    assert any("\u65e0\u5e02\u573a" in line for line in summary(report, "zh"))
    made = page(report)
    assert made.count("no market; at most") > 15
    chart = price_chart(report, "ox_Y")
    assert chart is not None
    assert "outside B" not in [line.told for line in chart.lines]
    assert "outside A1" in [line.told for line in chart.lines]


def test_a_contract_says_what_is_due_delivered_and_short_and_who_pays(report: OutlookReport) -> None:
    """15 months of 2 t due and 1.5 t delivered at 200 USD/kg: 30 t, 22.5 t, 7.5 t short, for which USD 1.5 M is paid."""
    part = one(report, "contracts")
    assert (
        part.sentences[0]
        == "22.5 of 30.0 t due under contracts were delivered (75 %); buyers pay USD 1.50 M for the shortfall."
    )
    assert part.sentences[1].startswith("contracts:C002: nothing is due in this period, because ")
    assert part.tables[0].rows[0] == (
        "contracts:C001", "Magnet maker", "Separator", "dysprosium oxide", "China \u2192 Europe", "B",
        "30.0", "22.5", "7.50", "200", "12 / 1", "1.50", "\u22120.300",
    )  # fmt: skip


def test_described_parties_of_built_in_contracts_have_chinese_words() -> None:
    """Descriptions begin with a place or in lower case; names of companies stay as they are."""
    told = set()
    for path in sorted((Path(coercivity.__file__).parent / "packs/world/scenarios").glob("*.yaml")):
        told |= set(re.findall(r"^    (?:buyer|seller): (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE))
    assert told
    held = paper_words("outlook_breadth", "parties")
    for name in told:
        assert name in held
        assert re.search("[\u4e00-\u9fff]", held[name]["zh"])


def with_own_contract() -> Any:
    """The first contract is one of the scenario in every run, and in the last run twice as cheap."""
    held: Any = build()
    for run in held["runs"]:
        run["contracts"][0]["contract"] = "ours"
    held["runs"][2]["contracts"][0]["above_usd"] = [1e4] * 15
    return held


def test_a_contract_of_the_scenario_is_told_by_itself_with_its_months_at_floor_and_cap() -> None:
    """15 months of 1.5 t delivered, 12 at the floor and 1 at the cap; USD 20,000 a month below the quote, or above."""
    held = with_own_contract()
    part = one(held, "contracts")
    assert part.sentences[0] == (
        "Contract ours: 22.5 t delivered, 30.0 t due, 7.50 t short (USD 1.50 M paid for it). "
        "Average price 200 USD/kg, at its floor in 12 of 15 months, at its cap in 1 of 15 months; "
        "USD 0.150 M more than at the spot quote."
    )
    assert "合同ours：已交22.5吨" in one(held, "contracts", "zh").sentences[0]


def test_contracts_delivered_in_full_name_no_payment() -> None:
    held: Any = build()
    for run in held["runs"]:
        run["contracts"][0] |= {"delivered_t": [2.0] * 15, "short_t": [0.0] * 15, "paid_usd": [0.0] * 15}
    assert one(held, "contracts").sentences[0] == "All of the 30.0 t due under contracts were delivered."


def test_a_summary_tells_the_contracts_of_every_run(report: OutlookReport) -> None:
    told = headlines(with_own_contract(), "en")
    assert [line.partition(":")[0] for line in told if "Contract ours" in line] == ["A1, A2", "B"]
    assert "less than at the spot quote" in told[0]
    assert [line.partition(":")[0] for line in told if "Recycling supplied" in line] == ["A1, A2, B"]
    assert one(report, "contracts").summary == one(report, "contracts").sentences[:1]


def test_the_mean_price_of_a_contract_is_weighted_by_what_is_delivered() -> None:
    row: Any = {"price_usd_per_kg": [100.0, None, 200.0], "delivered_t": [3.0, 9.0, 1.0]}
    assert mean_price(row) == 125.0
    row["delivered_t"] = [0.0, 0.0, 0.0]
    assert mean_price(row) == 150.0
    row["price_usd_per_kg"] = [None] * 3
    assert mean_price(row) is None


def test_a_quote_stands_beside_the_price_of_its_basis(report: OutlookReport) -> None:
    part = one(report, "quoted")
    assert part.sentences == (
        "Price of the model over quote, median: "
        "FOB China (price paid under a licence (FOB China)): 0.175 in 1 comparisons.",
    )
    rows, bases = part.tables
    assert rows.rows[0][-4:] == ("200", "price paid under a licence (FOB China)", "35.0", "0.175")
    assert bases.rows[0][0] == "FOB China"
    assert [line.kind for line in part.figures[0].lines] == ["quoted", "modelled"]


def test_recycling_is_told_by_element_with_swarf_apart(report: OutlookReport) -> None:
    """0.3 % from end of life and 1.5 % from swarf; 15 months of 10 t x 0.35 leave use, a fifth is collected."""
    part = one(report, "recycling")
    assert part.sentences[0] == (
        "Recycling supplied 1.8 % of the neodymium-praseodymium in the magnets of Europe "
        "(average over the period): 1.5 % from swarf, 0.3 % from end-of-life magnets."
    )
    assert part.sentences[1].startswith("52.5 t of magnets leave use, 20 % are collected; ")
    (row,) = part.tables[0].rows
    assert row == ("Europe", "B", "52.5", "10.5", "5.25", "4.90", "dysprosium 0.105, neodymium-praseodymium 1.57",
                   "neodymium-praseodymium 4.73")  # fmt: skip
    assert "stay in the region" in part.about


def test_options_have_time_speed_and_the_share_they_have_reached(report: OutlookReport) -> None:
    part = one(report, "substitution")
    assert part.sentences[1] == "1 of 2 options are qualified or in qualification; the fastest took 9 months."
    assert part.tables[0].rows[0] == (
        "traction motors", "Europe", "fine-grained magnets without heavy rare earths", "B", "dysprosium 50 %", MONTHS[9], "9", "12 %", "40 %", "3.50", "5.0 %",
    )  # fmt: skip


def test_policies_say_who_pays_and_what_is_public_money(report: OutlookReport) -> None:
    """The floor costs the government 15 x USD 70,000, the mandate buyers 15 x USD 100,000."""
    part = one(report, "policies")
    assert public_usd(runs_of(report)[2]) == pytest.approx(1.05e6)
    assert part.sentences[0] == "2 policies cost USD 2.55 M in all, of which USD 1.05 M public money."
    assert part.sentences[1] == "State stocks bought 15.0 t, released 3.00 t and hold 11.2 t at the end."
    assert part.tables[0].rows[0][1:3] == ("price floor", "government (North America)")
    assert payer_text(report, "buyers", "zh") == "\u4e70\u65b9"


def test_closures_and_plants_are_counted(report: OutlookReport) -> None:
    part = one(report, "industry")
    assert part.sentences == (
        "Plants started by 2026-03: 1 of 3; delayed by the rules: 2; not decided: 1; capacities closed in part: 1.",
    )
    projects, closures = part.tables
    assert [row[3] for row in projects.rows] == [
        "decided: price expected to pay", "not decided: expected price too low", "as announced",
    ]  # fmt: skip
    assert projects.rows[0][-2:] == ("12.0", "9.00")
    assert closures.rows == (("magnet making, Europe", "closed", "B", "5.00", "15.0"),)


def test_runs_with_the_same_figures_share_a_sentence_and_a_row(report: OutlookReport) -> None:
    part = one(report, "contracts", runs=())
    assert part.sentences[0].startswith("A1, A2, B: 22.5 of 30.0 t")
    assert part.tables[0].rows[0][5] == "A1, A2, B"


def test_two_runs_are_compared_in_the_figures_of_each_section(report: OutlookReport) -> None:
    """15 months of 0.32 and 0.90 t of oxides x 2.6 and 0.35; the floor costs USD 0.2 M x 2.6 and 0.35 a month."""
    rows = one(report, "compared", runs=("A1", "B")).tables[0]
    assert rows.head == ("Figure", "A1", "B", "A1 minus B")
    assert rows.rows[0] == ("Oxides from end-of-life magnets, t", "12.5", "1.68", "+10.8")
    assert rows.rows[2] == ("Plants started outside China", "1", "1", "0")
    assert rows.rows[-1] == ("Public money, USD M", "7.80", "1.05", "+6.75")
    assert one(report, "compared").tables[0].head == ("Figure", "B")


def test_a_scenario_without_policies_says_so(report: OutlookReport) -> None:
    bare: Any = {**report, "runs": [{**run, "policies": [], "reserves": []} for run in report["runs"]]}
    part = one(bare, "policies")
    assert (part.absent, part.tables, part.figures) == ("No policy in this scenario.", (), ())
    assert one(bare, "policies", "zh").absent == "\u6b64\u60c5\u666f\u65e0\u653f\u7b56\u3002"
    assert not any("public money" in told for told in headlines(bare, "en"))


def test_the_summary_tells_recycling_contracts_and_policies_within_its_width(report: OutlookReport) -> None:
    lines = summary(report)
    assert any("public money" in line for line in lines)
    assert all(len(line) <= WIDTH for line in lines)


def test_tables_are_written_as_parquet_and_as_csv(report: OutlookReport) -> None:
    files = dict(table_files(report))
    rows = tables_of(report)
    assert set(rows) <= set(TABLES)
    assert {f"{name}.csv" for name in rows} | {f"{name}.parquet" for name in rows} == set(files)
    assert "market" in rows["prices"][0]
    assert "licensed_usd_per_kg" in rows["prices"][0]
    assert rows["recovered"][0]["element"] == "Dy"
    held = polars.read_csv(io.BytesIO(files["contracts.csv"]))
    assert held.columns == list(rows["contracts"][0])
    assert held.height == 2 * 3 * 15


def test_a_column_has_its_type_even_if_it_is_empty_throughout() -> None:
    """Without prices, qualifications and projects the files of two runs can still be read together."""
    report: Any = build()
    for run in report["runs"]:
        for row in run["contracts"]:
            row["price_usd_per_kg"] = [None for _ in row["price_usd_per_kg"]]
        for row in run["options"]:
            row["qualified_on"] = None
        for row in run["plants"]:
            row["work_speed"] = row["margin_usd_per_kg"] = row["charge_usd_per_kg"] = None
    files = dict(table_files(report))
    found = {name: polars.read_parquet(io.BytesIO(files[f"{name}.parquet"])) for name in tables_of(report)}
    assert found["contracts"].schema["price_usd_per_kg"] == polars.Float64
    assert found["options"].schema["qualified_on"] == polars.String
    assert found["plants"].schema["work_speed"] == polars.Float64
    assert not [
        (name, column) for name, held in found.items() for column, kind in held.schema.items() if kind == polars.Null
    ]


def test_the_file_of_closures_says_whether_a_capacity_is_closed(report: OutlookReport) -> None:
    rows = tables_of(report)["closures"]
    assert set(rows[0]) == {"run", "month", "capacity", "closed_t", "standing_t", "state"}
    assert {row["state"] for row in rows} <= {"open", "idle", "closed", "reopening"}


def test_no_cell_of_a_csv_file_is_active() -> None:
    report: Any = build()
    report["runs"][0]["contracts"][0]["buyer"] = "=1+1"
    assert b"'=1+1" in dict(table_files(report))["contracts.csv"]


def test_the_workbook_has_a_sheet_for_each_section_with_numbers_as_numbers(
    report: OutlookReport, tmp_path: Path
) -> None:
    made = workbook(report)
    assert made == workbook(report)
    path = tmp_path / "outlook.xlsx"
    path.write_bytes(made)
    book = read_book(path)
    assert [sheet.name for sheet in book.sheets] == [
        "Summary", "By run", "Prices", "Quotes", "Contracts", "Recycling", "Substitution", "Plants", "Policies",
    ]  # fmt: skip
    rows = [row.cells for row in read_rows(book, book.sheets[4])]
    (contract,) = (cells for cells in rows if cells[0] == "contracts:C001")
    assert contract[6:13] == ["30", "22.5", "7.5", "200", "12 / 1", "1.5", "-0.3"]
    path.write_bytes(workbook(report, "zh"))
    assert read_book(path).sheets[1].name == "\u5404\u6b21\u8fd0\u884c"


def test_no_cell_of_the_workbook_is_a_formula(tmp_path: Path) -> None:
    report: Any = build()
    report["runs"][0]["contracts"][0]["buyer"] = "=1+1"
    path = tmp_path / "outlook.xlsx"
    path.write_bytes(workbook(report))
    with zipfile.ZipFile(path) as archive:
        sheets = b"".join(archive.read(name) for name in archive.namelist() if "worksheets" in name)
        assert b"<f>" not in sheets
        assert b"=1+1" in archive.read("xl/sharedStrings.xml")
