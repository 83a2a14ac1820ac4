"""Charts of the benchmark of draws."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest

from benchmarks._draws_causes import causes, tornado
from coercivity.base.months import parse_month
from coercivity.ensemble.design import Design
from coercivity.ensemble.draw import point_of
from coercivity.ensemble.results.report import draws_report
from coercivity.ensemble.results.rows import CauseRow, SensitivityRow
from coercivity.ensemble.rows import drawn_rows
from coercivity.ensemble.runs.keeping import AXIS, Block, Floats, KeptDraw
from coercivity.ensemble.runs.sets import set_of


def test_a_chart_is_valid_and_escapes_its_text() -> None:
    """One bar a cause, a key of four groups, and the line of the mean."""
    cause: CauseRow = {
        "row": "assumptions:AS042",
        "what": "return < inflation & growth",
        "group": "model",
        "index": 0.4,
        "noise": 0.05,
        "low": 3.0,
        "high": 1.0,
        "quality": "expert_judgment",
        "source": "",
    }
    row: SensitivityRow = {
        "run": "made-up",
        "figure": "dy_gap",
        "unit": "USD/kg",
        "draws": 8,
        "groups": [],
        "causes": [cause],
        "learn_next": [],
    }
    read = ET.fromstring(tornado("dy_gap", row, 2.0))
    space = "{http://www.w3.org/2000/svg}"
    assert len(read.findall(f"{space}rect")) == 1 + 1 + 4
    assert len(read.findall(f"{space}line")) == 1
    assert any("return < inflation & growth" in (text.text or "") for text in read.findall(f"{space}text"))
    assert "nan" not in tornado("dy_gap", {**row, "causes": [{**cause, "low": 1.0, "high": 1.0}]}, 1.0)


def test_the_row_that_moves_a_figure_is_named_and_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In 64 made-up draws the price is 100 and 50 times the coordinate of one row, and of no other."""
    row = drawn_rows()[0].name
    names: dict[Block, tuple[str, ...]] = {block: ("ox_Dy:XCN",) if block == "traded" else () for block in AXIS}
    drawn = []
    for point in range(64):
        price = 100.0 + 50.0 * point_of(0, point)[row]
        values: dict[Block, Floats] = {
            block: np.array([[price]]) if each else np.zeros((0, 0)) for block, each in names.items()
        }
        drawn.append(KeptDraw(point, ("2026-01",), ("2026",), names, values, {}))
    month = parse_month("2026-01")
    report = draws_report([set_of("made-up", Design(64), drawn, {})], {}, month, month, (month - 1, month - 1))
    causes(report, tmp_path)
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "made-up: dy_outside [USD/kg], 64 draws; mean 125"
    assert said[3].split()[0] == row
    (chart,) = tmp_path.glob("*.svg")
    assert row in chart.read_text(encoding="utf-8")
