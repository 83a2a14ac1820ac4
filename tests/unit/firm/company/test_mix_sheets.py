"""The sheets that a mix is chosen from: they load again in every form, and every fault is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.base.words import Lang
from coercivity.data.input import Content
from coercivity.firm.company.sources import company_of
from coercivity.firm.company.write.rows import company_hash
from coercivity.firm.company.write.texts import company_csv, company_yaml
from coercivity.firm.company.write.workbook import company_book
from tests.places import ROOT
from tests.unit.firm.company.books import example_rows, write_book

BRENNER = ROOT / "examples" / "firms" / "brenner.yaml"
WIND = ROOT / "examples" / "firms" / "wind.yaml"
LAW = ROOT / "examples" / "firms" / "brenner-law.yaml"


def changed(*pairs: tuple[str, str], path: Path = BRENNER) -> Content:
    """Returns an example with parts of its text replaced; each part must stand in it."""
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return Content.of("firm.yaml", text)


def told(source: Content) -> list[tuple[str, str]]:
    """Returns the faults of a file as place without its line or cell, and what is wrong."""
    with pytest.raises(CoercivityError) as caught:
        company_of(source)
    return [(fault.where.split(" (")[0], fault.what) for fault in caught.value.faults]


@pytest.mark.parametrize("path", [BRENNER, WIND, LAW])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_mix_loads_again_from_a_workbook_in_either_language(path: Path, lang: Lang) -> None:
    company = company_of(path)
    again = company_of(Content("firm.xlsx", company_book(company, lang)))
    assert again == company
    assert company_hash(again) == company_hash(company)


@pytest.mark.parametrize("path", [BRENNER, WIND, LAW])
def test_a_mix_loads_again_from_yaml_and_csv(path: Path, tmp_path: Path) -> None:
    company = company_of(path)
    assert company_of(Content.of("firm.yaml", company_yaml(company))) == company
    for name, text in company_csv(company).items():
        (tmp_path / name).write_bytes(text.encode())
    assert company_of(tmp_path) == company
    assert company_hash(company_of(tmp_path)) == company_hash(company)


def test_options_of_both_answers_share_a_sheet() -> None:
    """Those for stop dates do not enter a mix, nor the other way round."""
    row = "options:\n- {option: sooner, kind: file sooner, days: '20', cost_keur: '5'}"
    company = company_of(changed(("options:", row)))
    assert [option.option for option in company.options] == ["sooner"]
    assert [option.option for option in company.mix_options] == ["second", "air", "lean", "recycling", "filing"]
    again = company_of(Content("firm.xlsx", company_book(company)))
    assert again == company


def test_three_faults_of_two_sheets_are_told_at_once_with_the_rows_of_the_workbook(tmp_path: Path) -> None:
    """0.40 is 0.37 now, so that the chances add up to 0.97; s2 is the third scenario and so row 4 of its sheet."""
    sheets = example_rows(BRENNER)
    _set(sheets["Scenarios"], 2, "probability", "0.37")
    _set(sheets["Scenarios"], 4, "months_if_filed", "5")
    _set(sheets["Options"], 4, "grades", "C D")
    with pytest.raises(CoercivityError) as caught:
        company_of(write_book(tmp_path / "brenner.xlsx", sheets))
    shown = [f"{fault.where.split(' (')[0]}: {fault.what}" for fault in caught.value.faults]
    assert sorted(shown) == [
        "Options row 4: there is no grade D",
        "Scenarios row 4: filed ahead the stop would last 5 months, longer than 4",
        "Scenarios: the chances add up to 0.97, not 1",
    ]


def _set(rows: list[list[object]], row: int, column: str, value: str) -> None:
    """Sets a cell of a sheet; the header is row 1."""
    rows[row - 1][rows[0].index(column)] = value


def test_a_sheet_use_with_months_is_the_monthly_use() -> None:
    assert company_of(changed(("monthly_use:", "use:"))) == company_of(BRENNER)


def test_a_scope_may_be_written_in_chinese() -> None:
    company = company_of(changed((S1, S1.replace("heavy", "全部"))))
    assert company.scenarios[1].scope == "all"


S1 = "first_month: '3', months: '2', months_if_filed: '1', scope: heavy"


@pytest.mark.parametrize(
    ("old", "new", "where", "what"),
    [
        ("fee_keur: '340'", "fee_keur: '-340'", "options entry 1", "fee_keur: -340 is negative"),
        ("fee_keur: '340', ", "", "options entry 1", "fee_keur is blank, but the kind second source needs it"),
        ("months: '3', cap_t: '4'", "months: '12', cap_t: '4'", "options entry 1", "it can be used from month 13 on, after the last month, 12"),
        ("cap_t: '4'", "cap_t: '0'", "options entry 1", "cap_t is 0, so that it changes nothing"),
        ("grades: C B", "grades: C", "options entry 3", "a leaner grade names two grades: the one that is replaced, and the one that replaces it"),
        ("grades: C B", "grades: C C", "options entry 3", "a grade is there twice"),
        ("grades: B C}", "grades: B C, cost_keur: '3'}", "options entry 1", "cost_keur is not used for the kind second source"),
        ("grades: B C}", "grades: B C, take_share: '0.5'}", "options entry 1", "take_share is not used for the kind second source"),
        ("kind: filing, fee_keur: '40', months: '0'", "kind: filing, fee_keur: '40', months: '2'", "options entry 5",
         "months is not used for filing ahead, which is done before the first month"),
        (S1, S1.replace("first_month: '3', ", ""), "scenarios entry 2", "the stop has no first month; months count from 1"),
        (S1, S1.replace("'3'", "'13'"), "scenarios entry 2", "the stop begins in month 13, after the last month, 12"),
        (S1, S1.replace("heavy", "light"), "scenarios entry 2", "no grade is of the class 'light'"),
        (S1, S1.replace("heavy", "none"), "scenarios entry 2", "the scope is none, but the stop lasts 2 months"),
        ("months: '2', months_if_filed: '1'", "months: '130', months_if_filed: '1'", "scenarios entry 2",
         "months: '130' is not a whole number of months from 0 to 120"),
        ("- {month: '7', A: '12', B: '8', C: '3'}\n", "", "monthly_use", "months are numbered from 1 to 12; 7 is missing or too much"),
        ("- {month: '7', A: '12', B: '8', C: '3'}", "- {month: '7', A: '12', B: '8'}", "monthly_use", "the use of grade C is missing in month 7"),
        ("- {month: '7', A: '12', B: '8', C: '3'}", "- {month: '7', A: '12', B: '8', C: '3', E: '1'}", "monthly_use", "there is no grade E"),
        ("stock_cap_t: '8'}", "}", "grades entry 3", "stock_cap_t is blank, but other rows of the sheet state it"),
        ("  sea_months: '1'", "  sea_months: '1'\n  months: '10'", "monthly_use",
         "months are numbered from 1 to 10; 11, 12 is missing or too much"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_meant(old: str, new: str, where: str, what: str) -> None:
    assert (where, what) in told(changed((old, new)))


def test_a_contract_from_a_plant_that_does_not_exist() -> None:
    row = (
        "options:\n- {option: deal, kind: contract, plant: Kiel, fee_keur: '0', months: '0', cap_t: '2', "
        "extra_keur_per_t: '1', grades: B, take_share: '0.5', follows_second_source: 'no'}"
    )
    plants = ("settings:", "plants:\n- {plant: Husum}\nsettings:")
    use = ("settings:", "parts:\n- {part: A}\nuse:\n- {plant: Husum, part: A, quantity_kg: '1', per: day}\nsettings:")
    assert told(changed(("options:", row), plants, use)) == [("options entry 1", "there is no plant Kiel")]


def test_a_contract_without_its_take_share_is_not_read_as_free_of_it() -> None:
    row = "options:\n- {option: deal, kind: contract, fee_keur: '0', months: '0', cap_t: '2', extra_keur_per_t: '1', grades: B}"
    assert told(changed(("options:", row))) == [
        ("options entry 1", "take_share is blank, but the kind contract needs it"),
        ("options entry 1", "follows_second_source is blank, but the kind contract needs it"),
    ]


def test_columns_for_the_law_belong_to_options_of_a_mix() -> None:
    """An option for stop dates has none, and each cell names a row that exists."""
    row = "options:\n- {option: sooner, kind: file sooner, days: '20', cost_keur: '5', supplier: S1, deals: t01}"
    assert told(changed(("options:", row), path=LAW)) == [
        ("options entry 1", "supplier is not used for the kind file sooner"),
        ("options entry 1", "deals is not used for the kind file sooner"),
    ]
    faults = told(changed(("supplier: R1, plant: INN", "supplier: R2, plant: IN"), path=LAW))
    assert [what for _, what in faults] == ["there is no plant IN; INN is near", "there is no supplier R2; R1 is near"]
