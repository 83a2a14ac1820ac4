"""What the cells of a table of licences may hold, and what must not become a mass, a day or a licence."""

from __future__ import annotations

from pathlib import Path

import pytest

import coercivity
from coercivity.batches.impact.licences import read_licences
from tests.unit.batches.impact.drafts import MAGNETS, ND, impact, table


def _written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "licences.csv"
    path.write_text(text, encoding=encoding)
    return path


@pytest.mark.parametrize("cell", ["50 %", "100-200", "1e400", "5 boxes", "5 pcs", "5 h"])
@pytest.mark.parametrize("column", ["remaining_kg", "remaining"])
def test_a_quantity_of_something_else_is_not_taken_as_kilograms(tmp_path: Path, cell: str, column: str) -> None:
    with pytest.raises(coercivity.CoercivityError) as error:
        read_licences(_written(tmp_path, f"licence,{column}\nL-1,{cell}\n"))
    (fault,) = error.value.faults
    assert (fault.code, fault.where) == ("LICENCE-MASS", "licences.csv, row 1")


def test_tonnes_in_a_column_of_kilograms_are_called_that(tmp_path: Path) -> None:
    with pytest.raises(coercivity.CoercivityError, match="the column is in kg, but the unit is 't'"):
        read_licences(_written(tmp_path, "licence,remaining_kg\nL-1,1.2 t\n"))


@pytest.mark.parametrize("cell", ["n/a", "-", "unknown", "?", "#N/A", "不详", "待定", "unbekannt"])
def test_words_for_not_known_are_blank(tmp_path: Path, cell: str) -> None:
    text = f"licence,valid_from,valid_until,remaining_kg\nL-1,{cell},{cell},{cell}\n"
    (one,) = read_licences(_written(tmp_path, text))
    assert (one.valid_from, one.valid_until, one.remaining_kg) == (None, None, None)


@pytest.mark.parametrize("cell", ["n/a", "-", "none", "无", " ", "?"])
def test_such_a_word_is_not_the_number_of_a_licence(tmp_path: Path, cell: str) -> None:
    with pytest.raises(coercivity.CoercivityError, match="LICENCE-ROW: the row has no licence number"):
        read_licences(_written(tmp_path, f"licence,remaining_kg\n{cell},5\n"))
    deals = table(tmp_path, f"e,2026-12-06,NdFeB magnets,{ND},1,kg,,,CN,DE,2026-11-01,none,{cell}\n")
    found = impact(MAGNETS, deals, licences=_written(tmp_path, "licence\nL-1\n"))
    assert found.licences is not None
    assert (found.licences.not_in_table, found.licences.without_licence) == ({}, 1)


def test_a_first_day_after_the_last_is_refused(tmp_path: Path) -> None:
    text = "licence,valid_from,valid_until\nL-1,2027-12-05,2026-12-31\nL-2,2026-12-31,2026-12-31\n"
    with pytest.raises(coercivity.CoercivityError) as error:
        read_licences(_written(tmp_path, text))
    (fault,) = error.value.faults
    assert (fault.code, fault.where) == ("LICENCE-DAYS", "licences.csv, row 1")
    assert fault.what == "its first day, 2027-12-05, is after its last day, 2026-12-31"


def test_deals_before_the_first_day_are_told(tmp_path: Path) -> None:
    rows = "".join(
        f"{id},{day},NdFeB magnets,{ND},1,kg,,,CN,DE,2026-11-01,none,L-1\n"
        for id, day in (("a", "2026-12-06"), ("b", "2026-12-07"))
    )
    licences = _written(tmp_path, "licence,valid_from,valid_until\nL-1,2026-12-07,2027-12-07\n")
    found = impact(MAGNETS, table(tmp_path, rows), licences=licences)
    assert found.licences is not None
    (one,) = found.licences.licences
    assert (one.valid_from, one.early.deals, one.late.deals) == ("2026-12-07", 1, 0)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Genehmigungsnummer;Gültig ab;Gültig bis;Restmenge;Einheit\nX-1;01.01.2027;31.03.2027;1,5;t\n", "cp1252"),
        ("许可证编号,有效期自,有效期至,剩余数量,单位\nX-1,2027年1月1日,2027年3月31日,1.5,吨\n", "gb18030"),
        ("License No.,Valid From,Expiry Date,Remaining Qty,Unit\nX-1,2027-01-01,2027-03-31,1.5,mt\n", "utf-16"),
    ],
)
def test_headers_of_the_trade_in_its_encodings(tmp_path: Path, text: str, encoding: str) -> None:
    (one,) = read_licences(_written(tmp_path, text, encoding))
    assert (one.licence, str(one.valid_from), str(one.valid_until)) == ("X-1", "2027-01-01", "2027-03-31")
    assert one.remaining_kg == 1500


def test_a_german_table_of_deals_names_its_licences(tmp_path: Path) -> None:
    deals = tmp_path / "deals.csv"
    deals.write_text(
        "Nr;Datum;Bezeichnung;Menge;Einheit;von;nach;Genehmigungsnummer\n"
        "a;06.12.2026;NdFeB-Magnete;1.200,5;kg;CN;DE;X-1\n",
        encoding="cp1252",
    )
    found = impact(MAGNETS, deals, licences=_written(tmp_path, "Genehmigung;Restmenge;Einheit\nX-1;2;t\n"))
    assert found.licences is not None
    assert [(one.licence, one.deals.mass_kg) for one in found.licences.licences] == [("X-1", 1200.5)]
