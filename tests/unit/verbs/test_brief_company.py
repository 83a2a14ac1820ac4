"""The company part of a report: stops and mix of the workbook in the case folder, and what is missing for them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.verbs.brief import BriefResult, brief
from coercivity.verbs.company import company_stops
from coercivity.verbs.workbook import workbook_export
from tests.places import ROOT

CASE = ROOT / "examples" / "ev-motor"
ON = "2026-11-24"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CASE, tmp_path / "case"))


def made(case: Path, on: str = ON) -> BriefResult:
    return brief(case, on, supply=False, cache=False)


def changed(case: Path, old: str, new: str) -> None:
    path = case / "company.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_stops_are_those_of_survive_on_the_day_of_the_report(case: Path) -> None:
    assert made(case).report["stops"] == company_stops(case, on=ON).body


def test_the_mix_has_the_options_that_the_deals_of_the_case_let_through(case: Path) -> None:
    """The second source needs a furnace and a service call whose status is open: it is in no plan."""
    mix = made(case).report["mix"]
    law = {one["option"]: one for one in mix["law"]}
    assert (law["second source in Estonia"]["outcome"], law["second source in Estonia"]["counted"]) == (
        "UNKNOWN",
        False,
    )
    assert (law["air freight"]["outcome"], law["air freight"]["counted"]) == ("LICENCE", True)
    assert mix["late"] is not None
    assert mix["frontier"] is not None
    assert all("second source in Estonia" not in plan["options"] for plan in mix["choices"])


@pytest.mark.parametrize("name", ["company.xlsx", "company"])
def test_the_same_company_in_another_form_gives_the_same_report(name: str, case: Path) -> None:
    first = made(case).report
    workbook_export(case / "company.yaml", case / name)
    (case / "company.yaml").unlink()
    again = made(case).report
    assert (again["stops"], again["mix"]["best"]) == (first["stops"], first["mix"]["best"])


def test_what_a_mix_lacks_is_told_on_page_one_of_both_pages(case: Path) -> None:
    text = (case / "company.yaml").read_text(encoding="utf-8")
    begin, end = text.index("\nscenarios:"), text.index("\nlimits:")
    (case / "company.yaml").write_text(text[:begin] + text[end:], encoding="utf-8")
    by_draws = made(case).report
    assert by_draws["mix"]["draws"] == 64
    assert "mix_sheets" not in by_draws
    (case / "draws.json").unlink()
    found = made(case)
    assert "mix" not in found.report
    assert found.report["mix_sheets"] == [{"en": "Scenarios", "zh": "停供情景"}]
    assert "Best mix of stock and options: the workbook lacks Scenarios. Fill it in" in found.html
    assert "最优备货与措施组合：工作簿缺少停供情景。填写后重新生成报告" in found.html_zh
    assert any("the workbook lacks Scenarios" in line for line in found.summary)


def test_limits_that_clash_leave_the_mix_out_and_are_named(case: Path) -> None:
    changed(case, "- {limit: storage, value: '220'}", "- {limit: lost_line_days, value: '0'}")
    found = made(case)
    assert "mix" not in found.report
    assert found.report["mix_lacks"]
    assert "stops" in found.report


@pytest.mark.parametrize("on", ["2026-11-23", "2028-01-10"])
def test_a_count_that_does_not_fit_the_date_leaves_the_company_out_and_says_so(on: str, case: Path) -> None:
    found = made(case, on)
    assert not {"stops", "mix"} & set(found.report)
    told = " ".join(text["en"] for text in found.report["company_lacks"])
    assert ("stock was counted on 2026-11-24" in told) or ("the last day, 2027-06-30, is before" in told)
    assert any("Line stops and mix of the company" in line for line in found.summary)


def test_errors_of_arguments_case_and_company_are_told_at_once(case: Path) -> None:
    changed(case, "deal: t05", "deal: t50")
    changed(case, "grade: N38UH, form", "grade: N38UG, form")
    rows = (
        (case / "transactions.csv")
        .read_text(encoding="utf-8")
        .replace(",CN,DE,CN,CN,CN,DE,", ",CN,DEU?,CN,CN,CN,DE,", 1)
    )
    (case / "transactions.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(CoercivityError) as caught:
        brief(case, "2026-02-30", supply=False, assume="maybe", cache=False)
    codes = {fault.code for fault in caught.value.faults}
    assert {"DATE", "GRADE"} <= codes
    assert any(fault.where.startswith("transactions.csv") for fault in caught.value.faults)


def test_a_lot_that_names_no_transaction_is_told_with_the_nearest(case: Path) -> None:
    changed(case, "deal: t05", "deal: t50")
    changed(case, "deals: t01 t02 t03 t04", "deals: t01 t02 t03 t44")
    with pytest.raises(CoercivityError) as caught:
        made(case)
    told = [fault.what for fault in caught.value.faults]
    assert "transactions.csv has no row t44; t04 is near" in " ".join(told) or any("t44" in what for what in told)
    assert any(what == "transactions.csv has no row t50; t11, t12 are near" for what in told)


def test_a_workbook_for_a_mix_alone_is_no_error(case: Path) -> None:
    (case / "company.yaml").write_text(
        (ROOT / "examples/firms/brenner-law.yaml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    found = made(case)
    assert "stops" not in found.report
    assert found.report["mix"]["firm"] == "Brenner Windtechnik"
    assert any("Line stops of the company: " in line for line in found.summary)


@pytest.mark.parametrize("target", ["nowhere.yaml", "company.yaml"])
def test_a_company_file_that_is_a_broken_link_is_not_left_out_silently(target: str, case: Path) -> None:
    (case / "company.yaml").unlink()
    (case / "company.yaml").symlink_to(target)
    with pytest.raises(CoercivityError) as caught:
        made(case)
    assert [(fault.code, fault.where) for fault in caught.value.faults] == [("FILE-LINK", "company.yaml")]
