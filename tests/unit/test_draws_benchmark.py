"""Charts of the benchmark of draws."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from benchmarks._draws_causes import tornado
from coercivity.ensemble.results.rows import CauseRow, SensitivityRow


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
