"""The page, the tables, the pictures and the workbook of the bottleneck, of invented runs."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped] # has no types

from coercivity.base.words import Lang
from coercivity.ministry.bottleneck.answer import bottleneck_answer
from coercivity.ministry.bottleneck.runs import RUNS
from coercivity.papers.ministry.bottleneck.data import bottleneck_data, clauses_of
from coercivity.papers.ministry.bottleneck.files import (
    bottleneck_csv,
    bottleneck_page,
    bottleneck_svg,
    bottleneck_workbook,
)
from coercivity.papers.ministry.bottleneck.report_data import BottleneckReport, NameData
from coercivity.papers.ministry.bottleneck.sections import bottleneck_sections, for_pages
from coercivity.papers.ministry.bottleneck.text import bottleneck_lines
from coercivity.papers.shared.paper.sections import for_readers
from tests.unit.ministry.bottleneck.invented import PLANTS, invented_runs

REGIONS: dict[str, NameData] = {
    "NAM": {"en": "North America", "zh": "北美"},
    "EUR": {"en": "Europe", "zh": "欧洲"},
    "AU": {"en": "Australia", "zh": "澳大利亚"},
}
LINE = re.compile(r"Line [A-D]")


@pytest.fixture(scope="module")
def body() -> BottleneckReport:
    return report(2)


def report(draws: int) -> BottleneckReport:
    """The report of the invented runs, of draws or of one run each."""
    found = bottleneck_answer(invented_runs(draws), PLANTS, drawn=draws > 1)
    clauses: dict[str, NameData] = {name: {"en": f"clause {name}", "zh": "条款"} for name in clauses_of(found)}
    titles: dict[str, NameData] = {name: {"en": name, "zh": "情景"} for name in RUNS}
    return bottleneck_data(found, titles, clauses, REGIONS, {"world": {"version": "1", "hash": "0" * 64}})


def rows_of(body: BottleneckReport, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(bottleneck_csv(body)[name].decode("utf-8-sig"))))


def test_the_headline_follows_from_the_numbers(body: BottleneckReport) -> None:
    shown = " ".join(" ".join(bottleneck_lines(body)).split())
    assert (
        "The bottleneck depends on stage and year: magnets by the end of 2028, technology (+35 t if it is free, +8 t if "
        "materials are); heavy separation by the end of 2028, neither, because freeing either one does not raise it "
        "clearly." in shown
    )
    assert "difference +28 (+12 to +43) t, or 9.2 % of it" in shown
    assert "clauses of technology delay one plant, by 3.8 months" in shown
    assert "costs USD 0.10 million" in shown  # 103,600 USD
    assert "Means over 2 draws" in shown


def test_runs_without_draws_have_no_brackets() -> None:
    shown = " ".join(" ".join(bottleneck_lines(report(1))).split())
    assert "Each run was made once" in shown
    assert "+30 t with technology free, +5 t with materials free; difference +25 t, or 12.5 % of it" in shown


def test_a_held_plant_that_the_model_cannot_run_is_named() -> None:
    """Without a shadow value of its capacity the plant has no place in the model."""
    runs = invented_runs()
    for name, run in runs.items():
        names = {**run.draws.names, "capacity_value": ()}
        runs[name] = replace(run, draws=replace(run.draws, names=names))
    (line_a, *_) = bottleneck_answer(runs, PLANTS).plants
    assert line_a.cost is not None
    assert (line_a.modelled, line_a.cost.usd.mean, line_a.cost.unvalued_months) == (False, 0.0, 3.8)
    body = report(2)
    body["plants"][0]["modelled"] = False
    shown = " ".join(" ".join(bottleneck_lines(body)).split())
    assert "their delay costs nothing here: Line A (magnets)" in shown


def test_the_tables_hold_every_number(body: BottleneckReport) -> None:
    output = rows_of(body, "output.csv")
    assert len(output) == len(body["output"])
    both = next(row for row in output if (row["stage"], row["run"], row["year"]) == ("magnet", "no-controls", "2028"))
    assert (float(both["t"]), float(both["more_t"])) == (190.0, 40.0)
    starts = {row["plant_id"]: row for row in rows_of(body, "starts.csv")}
    assert starts["line-a"]["start_controls-back"] == "2028-02"
    assert starts["line-a"]["start_technology-free"] == "2027-10"
    assert starts["line-c"]["start_controls-back"] == ""
    assert starts["line-a"]["clauses_technology-free"] == ""
    assert [row["plants"] for row in rows_of(body, "held_by.csv")] == ["Line A (magnets)"] * 2
    (held,) = rows_of(body, "held.csv")
    assert (held["clauses"], held["delay_months"], held["usd_musd"]) == ("clause a62-1-a, clause a62-7", "3.8", "0.10")
    assert [row["plant"] for row in rows_of(body, "never.csv")] == ["Line B"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_shows_every_cell_and_the_workbook_opens(body: BottleneckReport, tmp_path: Path, lang: Lang) -> None:
    page = bottleneck_page(body, lang)
    for section in for_readers(for_pages(bottleneck_sections(body, lang))):
        for table in section.tables:
            for cell in (cell for row in table.rows for cell in row):
                assert f">{cell}<" in page
    path = tmp_path / "bottleneck.xlsx"
    path.write_bytes(bottleneck_workbook(body, lang))
    book = load_workbook(path)
    assert len(book.sheetnames) == len(set(book.sheetnames))
    assert not any(
        isinstance(cell.value, str) and cell.value.startswith("=") for sheet in book for row in sheet for cell in row
    )


def test_the_page_in_chinese_has_no_english_but_names(body: BottleneckReport) -> None:
    for section in for_pages(bottleneck_sections(body, "zh")):
        texts = [section.heading, *section.sentences, *section.notes]
        texts += [text for table in section.tables for text in (table.title, *table.head)]
        texts += [cell for table in section.tables if table.only != "files" for row in table.rows for cell in row]
        texts += [figure.told for figure in section.figures]
        for text in texts:
            left = LINE.sub("", text).replace("Student", "").replace(" t ", "").replace("t 分布", "")
            assert not re.search(r"[A-Za-z]", left), text


def test_bars_are_as_high_as_the_tonnes(body: BottleneckReport) -> None:
    root = ElementTree.fromstring(bottleneck_svg(body)["bottleneck_magnet.svg"])
    bars = [
        float(each.attrib["height"])
        for each in root.iter("{http://www.w3.org/2000/svg}rect")
        if each.attrib["height"] != "11"  # of the legend
    ]
    tonnes = [150.0, 150.0, 160.0, 165.0, 150.0, 157.5, 175.0, 190.0]  # by year, and run
    assert len(bars) == len(tonnes)
    for bar, mass in zip(bars, tonnes, strict=True):
        assert bar / bars[0] == pytest.approx(mass / tonnes[0], abs=0.002)


def test_the_same_runs_give_the_same_bytes() -> None:
    one, other = report(2), report(2)
    assert bottleneck_csv(one) == bottleneck_csv(other)
    assert bottleneck_workbook(one) == bottleneck_workbook(other)
    assert bottleneck_svg(one, "zh") == bottleneck_svg(other, "zh")


def test_a_failed_draw_is_told() -> None:
    found = replace(bottleneck_answer(invented_runs(), PLANTS), failed=("controls-back, point 3: no plan",))
    told = bottleneck_data(found, {}, {name: {"en": "", "zh": ""} for name in clauses_of(found)}, REGIONS, {})
    assert told["failed"] == ["controls-back, point 3: no plan"]
