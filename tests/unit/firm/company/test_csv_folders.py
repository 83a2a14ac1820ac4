"""A folder of CSV files: no file is passed over in silence, and every file that cannot be read is told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from coercivity.firm.company.sources import company_of
from coercivity.firm.company.write.rows import company_hash
from coercivity.firm.company.write.texts import company_csv
from tests.unit.firm.company.books import ALPENMOTOR, told


@pytest.fixture(name="folder")
def made_folder(tmp_path: Path) -> Path:
    for name, text in company_csv(company_of(ALPENMOTOR)).items():
        (tmp_path / name).write_text(text)
    return tmp_path


def test_a_file_named_in_capitals_is_read(folder: Path) -> None:
    (folder / "closed.csv").rename(folder / "closed.CSV")
    assert company_hash(company_of(folder)) == company_hash(company_of(ALPENMOTOR))


def test_a_sheet_in_another_form_beside_the_csv_files_is_told(folder: Path) -> None:
    (folder / "closed.csv").rename(folder / "closed.xlsx")
    assert told(folder) == [("closed.xlsx", "in a folder only CSV files are read")]


def test_a_title_and_a_blank_row_above_the_header_change_nothing(folder: Path) -> None:
    stock = folder / "stock.csv"
    stock.write_text("Stock in kg\n\n" + stock.read_text())
    assert company_hash(company_of(folder)) == company_hash(company_of(ALPENMOTOR))


def test_files_that_cannot_be_read_are_told_at_once(folder: Path) -> None:
    for name, mark in (("stock", ";"), ("use", "\t")):
        file = folder / f"{name}.csv"
        file.write_text(file.read_text().replace(",", mark))
    (folder / "plants.csv").write_bytes("plant\n镁厂\n".encode("gbk"))
    assert [what for _, what in told(folder)] == [
        "byte 8 is not valid UTF-8",
        "its columns are parted by semicolons, not by commas",
        "its columns are parted by tabs, not by commas",
    ]


def test_a_cell_beyond_the_header_is_told_by_the_number_of_its_column(folder: Path) -> None:
    (folder / "plants.csv").write_text("plant\nGRZ\nBRN\nGYR,90\n")
    assert ("plants row 4, column 2", "the cell is filled, but its column has no name") in told(folder)


def test_rows_above_a_second_and_longer_header_are_not_lost(folder: Path) -> None:
    """The first header counts; the second is a row, which is told, and nothing above it is passed over."""
    (folder / "closed.csv").write_text("plant,from,to\nBRN,2026-12-24,2027-01-03\nplant,from,to,note\n")
    where = [where for where, _ in told(folder) if where.startswith("closed")]
    assert "closed row 3, from" in where
    (folder / "stock.csv").write_text(
        "part,quantity_kg,unit\nM1,2600,kg\nplant,part,quantity_kg,unit\nGRZ,M1,2600,kg\n"
    )
    assert ("stock row 1", "column 'plant' is missing") in told(folder)
