"""Charts as files: tables without live formulas, pictures without an address."""

from __future__ import annotations

import io
import re

import openpyxl  # type: ignore[import-untyped] # it comes without types
import pytest

from coercivity.verbs.chart_files import ChartTable, chart_csv, chart_workbook
from coercivity.web.chart_files.downloads import chart_file, charts_in
from coercivity.web.charts import Chart, sized

TABLE = ChartTable(
    "t", "Prices", ("2026",), ["Month", "USD/kg"], [["2027-01", "1,200.5"], ["=1+1", "–"]], frozenset({1})
)
SPEC = sized(
    60,
    data={"values": [{"x": 1, "y": 2}]},
    mark={"type": "bar", "color": "var(--c5)"},
    encoding={"x": {"field": "x", "type": "ordinal"}, "y": {"field": "y", "type": "quantitative"}},
)
CHART = Chart("bars", "镝 Bars", SPEC, ["x", "y"], [["1", "2"]])


def test_a_csv_has_numbers_and_no_formula() -> None:
    text = chart_csv(TABLE).decode("utf-8-sig")
    assert text == "Month,USD/kg\r\n2027-01,1200.5\r\n'=1+1,\r\n"


def test_a_workbook_has_numbers_and_no_formula() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(chart_workbook(TABLE))).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert 1200.5 in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert chart_workbook(TABLE) == chart_workbook(TABLE)


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_a_picture_has_colours_and_asks_for_nothing(kind: str) -> None:
    content = chart_file(CHART, kind, ())
    if kind == "png":
        assert content.startswith(b"\x89PNG")
        return
    text = content.decode()
    assert "#b04a4a" in text
    assert "var(" not in text
    assert not re.search(r"(?:href|src|url)\s*[=(]\s*[\"']?https?:", text)


def test_charts_are_found_wherever_a_page_has_them() -> None:
    held = {"one": CHART, "list": [("a", CHART)], "report": {"deep": [CHART]}, "text": "x"}
    assert len(list(charts_in(held))) == 2
