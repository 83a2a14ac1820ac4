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


def _plan(report: BriefReport, lang: str = "en") -> tuple[str, ...]:
    paper = brief_paper(report, "zh" if lang == "zh" else "en")
    return next(section for section in paper.sections if section.id == "plan").sentences


@pytest.mark.parametrize("case", ["ev-motor", "wind"])
def test_both_values_are_shown_and_say_what_they_rest_on(case: str) -> None:
    report = brief(ROOT / "examples" / case, ON, supply=False).report
    rows = _late(report)
    assert [row[0] for row in rows] == ["30", "90", "30", "90"]
    assert all("EUR" in row[1] and (" to " in row[2] or row[1] == row[2] == "EUR 0") for row in rows)
    assert all("own table" in row[3] or "company's table" in row[3] for row in rows[:2])
    assert all(row[3].startswith("64 market simulations") for row in rows[2:])
    drawn = report["late_drawn"]
    assert drawn["draws"] == 64
    for entry in drawn["late"][1:]:
        held, worth = entry["range"], float(entry["in_time_worth_keur"])
        assert held is not None
        assert held["low_keur"] is not None
        assert held["high_keur"] is not None
        if worth == 0:
            assert held["low_keur"] == held["high_keur"] == "0"
            assert any("knowing in time is worth nothing, because" in text for text in _plan(report))
        else:
            assert float(held["low_keur"]) < worth < float(held["high_keur"])


def test_the_stops_of_both_and_what_the_plan_rests_on_are_told() -> None:
    """By the table heavy magnets, 145 of 150 t a month, lack 1.5 months x 145 / 150 and all magnets 0.09: 1.54.

    The months are 0.2 x 2 x 0.6 + 0.13 x 2 + 0.1 x 4 + 0.07 x 6 + 0.02 x 9 = 1.5. A quarter of the draws lacks some.
    """
    report = brief(ROOT / "examples" / "ev-motor", ON, supply=False).report
    told = _plan(report)
    levels = next(text for text in told if text.startswith("The two differ because their stops do"))
    assert "a chance of 55 %, on average 1.54 months of use and up to 100 % of a month's" in levels
    assert "in the 64 market simulations" in levels
    assert "the chance is 25 %, the mean 0.28 months and the most 27 %" in levels
    rests = next(text for text in told if text.startswith("The plan rests on the company's table"))
    assert "air freight + recycled magnets" in rests


def test_a_worth_of_nothing_names_the_stock_that_outlasts_every_shortfall() -> None:
    report = brief(ROOT / "examples" / "wind", ON, supply=False).report
    told = _plan(report)
    assert any("the stock in hand (SH 97 t, UH 38 t) outlasts every shortfall of all 64" in text for text in told)
    assert any("beginning 30 days later costs EUR 33 k less" in text for text in told)
    assert all(not row[1].startswith("\u2212") for row in _late(report))
    assert any("现有库存" in text for text in _plan(report, "zh"))


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
