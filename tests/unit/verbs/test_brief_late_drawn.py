"""The value of the rulebook in a report: by the company's own table and, where draws lie beside the case, by them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coercivity.papers.brief.paper.paper import brief_paper
from coercivity.papers.brief.report_data import BriefReport
from coercivity.verbs.brief import brief
from tests.places import ROOT

ON = "2026-11-24"


def _late(report: BriefReport, lang: str = "en") -> list[tuple[str, ...]]:
    paper = brief_paper(report, "zh" if lang == "zh" else "en")
    return [row for section in paper.sections for table in section.tables if table.id == "late" for row in table.rows]


@pytest.mark.parametrize("case", ["ev-motor", "wind"])
def test_both_values_are_shown_and_say_what_they_rest_on(case: str) -> None:
    report = brief(ROOT / "examples" / case, ON, supply=False).report
    rows = _late(report)
    assert [row[0] for row in rows] == ["30", "90", "30", "90"]
    assert all("EUR" in row[1] and " to " in row[2] for row in rows)
    assert all("own table" in row[3] or "company's table" in row[3] for row in rows[:2])
    assert all(row[3].startswith("64 market simulations") for row in rows[2:])
    drawn = report["late_drawn"]
    assert drawn["draws"] == 64
    for entry in drawn["late"][1:]:
        held = entry["range"]
        assert held is not None
        assert held["low_keur"] is not None
        assert held["high_keur"] is not None
        assert float(held["low_keur"]) < float(entry["in_time_worth_keur"]) < float(held["high_keur"])


def test_draws_that_do_not_fit_are_said_to_be_left_out(tmp_path: Path) -> None:
    case = Path(shutil.copytree(ROOT / "examples" / "wind", tmp_path / "case"))
    text = (case / "company.yaml").read_text(encoding="utf-8")
    assert "country: DK" in text
    text = text.replace("country: DK", "country: US").replace("country: ES", "country: US")
    (case / "company.yaml").write_text(text, encoding="utf-8")
    report = brief(case, ON, supply=False, cache=False).report
    assert "late_drawn" not in report
    plan = next(section for section in brief_paper(report, "en").sections if section.id == "plan")
    assert any(text.startswith("The value by market simulations is not shown: ") for text in plan.sentences)
    assert len(_late(report)) == 2
