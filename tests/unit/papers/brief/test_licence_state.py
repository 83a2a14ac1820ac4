"""The licence state of lots in the next step of the transaction that they belong to, worked out by hand."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coercivity.papers.brief.report_data import DealLicences, TransactionData
from coercivity.verbs.brief import brief
from tests.places import ROOT

CASE = ROOT / "examples" / "ev-motor"
ON = "2026-11-24"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CASE, tmp_path / "case"))


def rows(case: Path, on: str = ON, **changed: str) -> dict[str, TransactionData]:
    """Returns the transactions of a report on the case with texts of its company file replaced."""
    path = case / "company.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in changed.items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return {row["id"]: row for row in brief(case, on, supply=False, cache=False).report["transactions"]}


def held(row: TransactionData) -> DealLicences:
    return row["licences"]


def test_lots_under_a_licence_in_hand_and_lots_of_a_file_are_told_apart(case: Path) -> None:
    """t03: lot 1 leaves under a single licence with 15 t left, the others wait for the file of October."""
    found = rows(case)
    first, second = held(found["t03"])["licences"]
    assert (first["licence"], first["in_force"], first["lots"]) == ("E-S2-2", True, ["sh-s2-1"])
    assert (second["licence"], second["filed"], second["in_force"]) == ("F-S2-SH", "2026-10-12", False)
    assert held(found["t03"])["cleared"] == ["sea-6"]
    assert found["t03"]["next"]["en"].startswith("Licence held until 2027-03-31 (single): ")
    assert found["t03"]["next"]["en"].endswith("The next application was filed on 2026-10-12.")
    assert "licences" not in found["t06"]


def test_the_next_filing_is_counted_back_from_the_line_stop(case: Path) -> None:
    """Stop of magnet-sh on 2027-03-25, less 48 days at sea, 5 to leave and 150 for a grant in 90 % of scenarios."""
    due = held(rows(case)["t01"])["file_by"]
    assert due == {"on": "2026-09-03", "confidence": "0.9", "passed": True, "stop_on": "2027-03-25"}


def test_a_filing_that_is_still_in_time_is_due_by_its_day(case: Path) -> None:
    """Granted within 20 days in every scenario: 2027-03-25 less 48, 5 and 20 days is 2027-01-11."""
    text = (case / "company.yaml").read_text(encoding="utf-8")
    days = ("55", "80", "120", "150", "refused")
    for number in days:
        text = text.replace(f"single_days: '{number}'", "single_days: '20'")
    text = text.replace("single_days: refused", "single_days: '20'")
    (case / "company.yaml").write_text(text, encoding="utf-8")
    told = rows(case)["t01"]["next"]
    assert "Next filing due by 2027-01-11: goods then arrive before the line stop on 2027-03-25 with 90 %" in told["en"]
    assert "下一次申请应在2027年1月11日前（含当日）提交" in told["zh"]


def test_a_licence_that_does_not_name_the_plant_is_not_in_hand(case: Path) -> None:
    told = rows(
        case,
        **{
            "state: granted, names: NORD, valid_until: '2027-03-31'": "state: granted, names: SUED, valid_until: '2027-03-31'"
        },
    )
    first = held(told["t03"])["licences"][0]
    assert (first["licence"], first["in_force"]) == ("E-S2-2", False)
    assert told["t03"]["next"]["en"] == "Application filed on 2026-10-12. Do not ship before the licence is granted."


def test_the_last_day_of_a_licence_counts_and_the_day_after_does_not(case: Path) -> None:
    assert held(rows(case, "2027-02-28")["t01"])["licences"][0]["in_force"]
    after = rows(case, "2027-03-01")["t01"]
    assert not held(after)["licences"][0]["in_force"]
    assert after["next"]["en"].startswith("The general licence in hand ended on 2027-02-28: do not ship before")


def test_the_results_of_the_law_are_the_same_without_a_company(case: Path) -> None:
    kept = ("outcome", "finding", "grounds", "branches", "windows", "planned", "proof")
    whole = rows(case)
    (case / "company.yaml").unlink()
    plain = {row["id"]: row for row in brief(case, ON, supply=False, cache=False).report["transactions"]}
    for name, row in whole.items():
        assert {key: row[key] for key in kept} == {key: plain[name][key] for key in kept}  # type: ignore[literal-required]


def test_a_filing_after_the_date_of_the_report_is_planned(case: Path) -> None:
    told = rows(
        case,
        **{
            "state: filed, names: NORD, filed: '2026-10-12'": "state: filed, names: NORD, filed: '2027-01-18'",
            "state: filed, names: SUED, filed: '2026-10-28'": "state: filed, names: SUED, filed: '2027-01-18'",
        },
    )
    assert told["t03"]["next"]["en"].endswith("The next application is planned for 2027-01-18.")
    assert told["t03"]["next"]["zh"].endswith("后续许可计划于2027年1月18日提交申请。")
    assert told["t04"]["next"]["en"].startswith("Application planned for 2027-01-18. Do not ship")


def test_a_licence_of_the_annual_catalogue_is_not_called_a_single_licence() -> None:
    """t16 of the magnet line is metal without dual-use item: single and general are kinds of dual-use licences."""
    case = ROOT / "examples" / "magnet-jv"
    found = {row["id"]: row for row in brief(case, ON, supply=False).report["transactions"]}
    step = found["t16"]["next"]
    assert step["en"].startswith(
        "Licence held until 2027-04-30: ship only within its terms and balance. The law requires"
    )
    assert "export licence (annual catalogue)" in step["en"]
    assert "single" not in step["en"]
    assert "单项" not in step["zh"]
    assert "出口许可证管理货物目录项下的出口许可证" in step["zh"]


def test_licences_of_two_regimes_are_needed_beside_each_other(tmp_path: Path) -> None:
    case = Path(shutil.copytree(ROOT / "examples" / "recycler", tmp_path / "case"))
    (case / "company.yaml").unlink()
    found = {row["id"]: row for row in brief(case, ON, supply=False, cache=False).report["transactions"]}
    told = found["t10"]["next"]
    assert told["en"].startswith("Apply before shipping: single licence, and export licence (annual catalogue)")
    assert told["zh"].startswith("发运前应先申请：单项许可，以及出口许可证管理货物目录项下的出口许可证")


def test_a_file_of_the_past_and_one_that_is_planned_are_both_told(tmp_path: Path) -> None:
    """t09 of the recycler on 2026-10-05: one lot was filed in September, the other is to be filed in November."""
    case = Path(shutil.copytree(ROOT / "examples" / "recycler", tmp_path / "case"))
    told = rows(case, "2026-10-05")["t09"]["next"]["en"]
    assert told.startswith("Application filed on 2026-09-14. ")
    assert told.endswith(" The next application is planned for 2026-11-09.")
