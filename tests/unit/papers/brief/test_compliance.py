"""What compliance costs the joint venture: printed in both languages, in data and workbook; every sum is that of its rows."""

from __future__ import annotations

import json
import shutil
from functools import lru_cache
from pathlib import Path

import pytest

from coercivity.base.words import Lang
from coercivity.papers.brief.compliance.section import compliance_section
from coercivity.papers.brief.output import case_paper, workbook_sections
from coercivity.papers.brief.report_data import BriefReport
from coercivity.papers.shared.paper.sections import PaperSection
from coercivity.verbs.brief import brief
from tests.places import ROOT

CASE = ROOT / "examples" / "magnet-jv"
BOTH = pytest.mark.parametrize("lang", ["en", "zh"])


def _made(folder: Path) -> BriefReport:
    return brief(folder, "2026-11-24", supply=False, cache=False).report


@lru_cache(maxsize=1)
def _kept() -> str:
    return json.dumps(_made(CASE))


@pytest.fixture
def report() -> BriefReport:
    found: BriefReport = json.loads(_kept())
    return found


def _without_file(folder: Path) -> BriefReport:
    shutil.copytree(CASE, folder / "case")
    (folder / "case" / "compliance.yaml").unlink()
    return _made(folder / "case")


def _section(report: BriefReport, lang: Lang) -> PaperSection:
    return compliance_section(report, report["compliance"], lang)


def _rows(report: BriefReport, name: str) -> dict[str, tuple[str, ...]]:
    table = next(one for one in _section(report, "en").tables if one.id == name)
    return {row[0]: row[1:] for row in table.rows}


def test_worked_by_hand(report: BriefReport) -> None:
    """If the suspension lapses, 17 filings of 60 hours at 45 EUR are 45.9 kEUR, and of 900 EUR 15.3 kEUR.

    The licence of t16 is held until after its planned day, as page one says: it is not filed again. Files of 24 November are decided after 45, 75, 120 or 180 days; the team is planned for 1 February, so that the plant
    waits 0, 6, 51 or 111 days. (30 x 6 + 20 x 51 + 9 x 111) / 94 = 23.39 days; 25 t at 14 kEUR a month of 365 / 12
    days make 269.2 kEUR. 75 days after 24 November is 7 February, and 35 days of start-up end on 14 March.
    """
    rows = _rows(report, "compliance_cost")
    assert rows["Filings"] == ("17", "10", "1", "1")
    assert rows["Licence held"] == ("1", "1", "1", "1")
    assert rows["Line can run from"][0] == "2027-03-14 (2027-03-08 to 2027-06-27)"
    assert [rows[name][0] for name in ("Staff, kEUR", "Fees, kEUR", "Margin delayed, kEUR", "Vendor, kEUR")] == [
        "45.9", "15.3", "269.2", "0.0",
    ]  # fmt: skip
    assert rows["Sum, kEUR"][0] == "330.4"


def test_seven_months_to_the_second_vendor(report: BriefReport) -> None:
    """24 June and 35 days: 29 July, 143 days after the earliest day: 143 x 12 / 365 x 350 = 1,645.5 kEUR.

    If the suspension is extended, t01 and t12 are prohibited, and the plant runs with the vendor alone.
    """
    rows = _rows(report, "compliance_cost")
    assert rows["Line can run from"][1:] == ("2027-07-29", "not at all: t01, t12 prohibited", "2027-07-29")
    assert rows["Margin delayed, kEUR"][1:] == ("1,645.5", "not calculated", "1,645.5")
    assert rows["Sum, kEUR"][1:] == ("3,281.5", "3.6 + 350.0 a month", "3,249.1")


def test_every_sum_is_that_of_its_rows(report: BriefReport) -> None:
    for column in report["compliance"]["columns"]:
        tenths = [round(float(text) * 10) for text in column["money_keur"].values() if text is not None]
        assert round(float(column["sum_keur"]) * 10) == sum(tenths)
    rows = _rows(report, "compliance_cost")
    for place in range(4):
        counts = ("Filings", "Licence held", "Prohibited", "Undetermined", "Without a filing")
        assert sum(int(rows[name][place]) for name in counts) == int(rows["Transfers in all"][place])
    for name in ("compliance_filings_instruments", "compliance_filings_clause"):
        counted = _rows(report, name)
        total = counted.pop("All")
        for place in range(1, 5):
            assert sum(int(row[place]) for row in counted.values()) == int(total[place])
        assert total[1:] == rows["Filings"]


def test_chinese_persons_and_the_clause_that_makes_them_need_a_licence(report: BriefReport) -> None:
    told = next(text for text in _section(report, "en").sentences if text.startswith("Chinese persons"))
    assert told == (
        "Chinese persons help in t11 (20 persons), t13, t14, t15. If the suspension lapses, a licence is needed for "
        "t11, t13 (62/2025 Art. 1(2)); t14 (62/2025 Art. 1(1)); t15 (62/2025 Art. 7). If it is extended, none of them "
        "needs a licence for certain."
    )


@BOTH
def test_paper_and_workbook_have_it(lang: Lang, report: BriefReport) -> None:
    paper = case_paper(report, lang)
    assert "compliance" in [section.id for section in paper.sections]
    assert [section.id for section in workbook_sections(report, paper)].count("compliance") == 1


def test_chinese_tables_are_chinese(report: BriefReport) -> None:
    for table in _section(report, "zh").tables:
        cells = [cell for row in (table.head, *table.rows) for cell in row]
        assert not [cell for cell in cells for word in ("kEUR", "Art.", "invented", "not ", "hours") if word in cell]


def test_without_figures_nothing_is_guessed_and_paper_leaves_it_to_the_workbook(tmp_path: Path) -> None:
    bare = _without_file(tmp_path)
    assert "compliance" not in [section.id for section in case_paper(bare, "en").sections]
    assert "compliance" in [section.id for section in workbook_sections(bare, case_paper(bare, "en"))]
    rows = _rows(bare, "compliance_cost")
    assert rows["Filings"] == ("17", "1")
    assert rows["Staff, kEUR"] == rows["Fees, kEUR"] == ("not stated", "not stated")
    assert rows["Margin delayed, kEUR"] == rows["Line can run from"] == ("not calculated", "not calculated")
    missing = _section(bare, "en").sentences[-1]
    for name in ("working hours per filing", "margin per tonne", "a second vendor outside China"):
        assert name in missing


def test_a_sum_that_lacks_a_figure_says_so_and_is_compared_with_nothing(report: BriefReport) -> None:
    """Where the vendor's cost is not stated, 1,681.5 kEUR are no sum, and the vendor neither saves nor costs."""
    found = report["compliance"]
    found["vendors"][0]["cost_keur"] = None
    for column in found["columns"]:
        if column["with_vendor"]:
            column["money_keur"]["vendor"], column["sum_keur"] = None, "1681.5"
    assert _rows(report, "compliance_cost")["Sum, kEUR"] == (
        "330.4", "1,681.5 + rows without a figure", "3.6 + 350.0 a month", "1,681.5 + rows without a figure",
    )  # fmt: skip
    told = _section(report, "en").sentences
    assert any("in 7 months at an extra cost that is not stated (the case" in text for text in told)
    assert [text for text in told if "saves" in text] == [
        "If the suspension lapses, it saves 7 filings; the difference in money cannot be calculated.",
        "If it is extended, it saves no filing; the difference in money cannot be calculated.",
    ]
    assert any("7个月交付，增加的费用未填报（案件声明" in text for text in _section(report, "zh").sentences)


def test_a_refusal_is_no_number_of_days_and_one_person_is_no_plural(report: BriefReport) -> None:
    found = report["compliance"]
    found["decision"] = {"days": [45, 75, None], "refused_chance": "0.21", "cases": 5}
    next(one for one in found["transfers"] if one["id"] == "t14")["persons"] = 1
    told = "\n".join(_section(report, "en").sentences)
    assert "75 days (45 days to refusal in 80 % of cases; refused in 21 %)" in told
    assert "t14 (1 person)" in told
    assert "75天（80%区间：45天至不予许可；不予许可21%）" in "\n".join(_section(report, "zh").sentences)


def test_a_licence_that_ends_before_the_planned_day_is_filed_again(tmp_path: Path) -> None:
    shutil.copytree(CASE, tmp_path / "case")
    book = tmp_path / "case" / "company.yaml"
    text = book.read_text(encoding="utf-8")
    assert "valid_until: '2027-04-30'" in text
    book.write_text(text.replace("valid_until: '2027-04-30'", "valid_until: '2027-02-15'"), encoding="utf-8")
    assert _rows(_made(tmp_path / "case"), "compliance_cost")["Filings"] == ("18", "11", "2", "2")


def test_a_case_of_goods_alone_has_no_such_section() -> None:
    assert "compliance" not in _made(ROOT / "examples" / "motor-reexport")
