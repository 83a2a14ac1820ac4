"""A company written in any form loads again to the same company and hash."""

from __future__ import annotations

import datetime as dt
import zipfile
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.base.words import Lang
from coercivity.data.input import Content
from coercivity.firm.company.model import (
    CalendarRow,
    ClauseOn,
    Company,
    CompanySettings,
    Declaration,
    Delay,
    LicenceHeld,
    Lot,
    Option,
    Part,
    Plant,
    ReturnRow,
    StageRow,
    Stock,
    Supplier,
    Use,
)  # fmt: skip
from coercivity.firm.company.sources import company_of
from coercivity.firm.company.spec import setting_specs, sheet_specs
from coercivity.firm.company.write.rows import company_hash
from coercivity.firm.company.write.texts import company_csv, company_yaml
from coercivity.firm.company.write.workbook import company_book
from coercivity.workbooks.live import inert, revived
from tests.unit.firm.company.books import ALPENMOTOR, NORDLICHT

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)
ID = st.sampled_from(
    ("Graz", "Graz 2", "=1+1", "0012", "2026-01-02", "no", "null", "镁厂", "-5", "N/A", "+a", "@b", "1e5")
)
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2028, 12, 31))
NUMBER = st.decimals(0, 10**9, places=6).map(Fraction) | st.decimals(0, 1, places=18).map(Fraction)


@st.composite
def companies(draw: st.DrawFn) -> Company:
    """One plant, one part, and one row of most sheets, with texts that spreadsheet programs like to change."""
    plant, part, supplier = draw(ID), draw(ID), draw(ID)
    count = draw(DAYS)
    chance = draw(st.decimals(0, 1, places=4).map(Fraction))
    later = count + dt.timedelta(days=draw(st.integers(1, 200)))
    serves, waiting_kg = draw(st.sampled_from(("", part))), draw(NUMBER)
    released = draw(st.none() | DAYS) if serves or waiting_kg else None
    return Company(
        settings=CompanySettings(as_of=count, until=later, confidence=chance, plant=plant, general_licence_plant=(plant,)),
        parts=(
            Part(part, draw(st.sampled_from(("", "N42SH", "Sm2Co17", "N35AH"))), draw(TEXT), "", draw(st.none() | NUMBER),
                 None, {"NdPr": Fraction(31, 100), "Dy": Fraction(3, 1000)}, frozenset(("Tb",))),
        ),
        plants=(Plant(plant, draw(TEXT), draw(st.sampled_from(("", "AT"))), draw(st.none() | NUMBER)),),
        use=(Use(plant, part, draw(NUMBER), draw(st.sampled_from(("day", "month"))), draw(st.sampled_from(("calendar", "working")))),),
        stock=(Stock(plant, part, Fraction(10**10), waiting_kg, released, serves),),
        suppliers=(Supplier(supplier, draw(TEXT), "CN"),),
        licences=(LicenceHeld("G", supplier, "general", "granted", (plant,), None, later),),
        in_transit=(Lot("L1", supplier, part, plant, draw(NUMBER), "waiting", draw(st.sampled_from(("none", "G"))), None,
                        draw(DAYS), draw(st.integers(0, 99)), None, "", "", None),),
        index={draw(st.sampled_from(("NdPr", "Dy oxide", "index (A)", "=A1", "-1"))): {"2026-12": draw(NUMBER), "2027-01": Fraction(1)}},
        clauses=(ClauseOn("K18", draw(TEXT), ("Dy", "NdPr")),),
        delays=(Delay("d1", chance, 50, "refused"), Delay("d2", 1 - chance, "refused", 0)),
        options=(Option("o", "file sooner", "", "", "L1", 30, None, draw(st.none() | NUMBER)),),
        stages=(StageRow("courier", "calendar", 4, chance, "assumed", draw(TEXT), draw(st.none() | st.integers(0, 99))),),
        returns=(ReturnRow("ministry", draw(st.integers(1, 3)), draw(st.booleans()), chance, 30, 8),),
        calendar=(CalendarRow(count, later, draw(st.booleans()), draw(st.booleans())),),
        declarations=(Declaration("military_use", "false"), Declaration("said_by", draw(TEXT))),
    )  # fmt: skip


def same(company: Company, source: Content | Path) -> None:
    again = company_of(source)
    assert again == company
    assert company_hash(again) == company_hash(company)


@settings(max_examples=20)
@given(companies(), st.sampled_from(("en", "zh")))
def test_xlsx_loads_again(company: Company, lang: Lang) -> None:
    same(company, Content("firm.xlsx", company_book(company, lang)))


@settings(max_examples=60)
@given(companies())
def test_yaml_loads_again(company: Company) -> None:
    same(company, Content.of("firm.yaml", company_yaml(company)))


@settings(max_examples=40)
@given(companies())
def test_csv_loads_again(tmp_path_factory: pytest.TempPathFactory, company: Company) -> None:
    folder = tmp_path_factory.mktemp("firm")
    for name, text in company_csv(company).items():
        (folder / name).write_bytes(text.encode())
    same(company, folder)


@pytest.mark.parametrize("path", [ALPENMOTOR, NORDLICHT])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_examples_load_again_from_either_language(path: Path, lang: Lang) -> None:
    same(company_of(path), Content("firm.xlsx", company_book(company_of(path), lang)))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_same_company_gives_the_same_bytes(lang: Lang) -> None:
    company = company_of(ALPENMOTOR)
    assert company_book(company, lang) == company_book(company, lang)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_empty_template_loads_and_has_every_sheet_and_no_formula(lang: Lang) -> None:
    content = company_book(Company(), lang)
    found = company_of(Content("firm.xlsx", content))
    assert found == Company()
    assert found.sheets == set(sheet_specs())
    with zipfile.ZipFile(BytesIO(content)) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == len(sheet_specs()) + 1
    assert not any("<f>" in sheet for sheet in sheets)


def test_one_more_kilogram_is_another_hash() -> None:
    text = ALPENMOTOR.read_text().replace("quantity_kg: '2600'", "quantity_kg: '2601'")
    assert company_hash(company_of(Content.of("firm.yaml", text))) != company_hash(company_of(ALPENMOTOR))


def test_zero_and_blank_are_told_apart() -> None:
    """A part stated to be free of dysprosium is not one whose dysprosium is not stated."""
    stated, blank = (
        company_of(Content.of("f.yaml", f"parts: [{{part: M1, NdPr: '30'{dy}}}]")) for dy in (", Dy: '0'", "")
    )
    assert (stated.parts[0].free_of, blank.parts[0].free_of) == (frozenset(("Dy",)), frozenset())
    assert company_hash(stated) != company_hash(blank)


@given(st.text(st.sampled_from("'=+-@a1 ."), max_size=6))
def test_a_live_cell_is_inert_in_csv_and_comes_back(text: str) -> None:
    written = inert(text)
    assert revived(written) == text
    assert written[:1] not in "=@" or not written


def test_every_setting_is_a_field_of_the_settings() -> None:
    assert set(setting_specs()) == set(CompanySettings.__dataclass_fields__)


def test_the_first_days_of_1900_come_back_from_xlsx() -> None:
    """Spreadsheet programs count 29 February 1900, which did not exist, so such days are written as text."""
    early = Company(settings=CompanySettings(as_of=dt.date(1900, 1, 1), until=dt.date(1901, 1, 1)))
    assert company_of(Content("firm.xlsx", company_book(early))).settings == early.settings
