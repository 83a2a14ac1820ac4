"""Files of names as they come: encodings, titles, blank rows, totals, several columns of parties, no header at all."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from coercivity.base.errors import CoercivityError
from coercivity.verbs.messages import message
from coercivity.verbs.parties.rows import ScreenReport
from coercivity.verbs.parties.screen import screen_table

LISTED = "Lockheed Martin Corp."
Written = Callable[[str, str | bytes], Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Writes a file."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def told(report: ScreenReport) -> list[tuple[str, str, str]]:
    """Id, name and verdict of every row."""
    return [(row.id, row.asked.name, row.verdict) for row in report.rows]


@pytest.mark.parametrize(
    "header",
    [
        "no,supplier", "Vendor No.;Vendor Name", "编号,供应商名称", "番号,取引先名", "Lieferantennr.;Lieferant", "id\tquery",
        "Customer ID,Customer Name (EN)", "客户编号,客户名称 / Customer", "ref|Name 1",
    ],
)  # fmt: skip
def test_the_column_of_names_is_known_by_its_header(written: Written, header: str) -> None:
    """In English, Chinese, Japanese and German, with brackets, and in two languages."""
    sign = next(sign for sign in "\t;|," if sign in header)
    report = screen_table(written("parties.csv", f"{header}\n7{sign}{LISTED}\n8{sign}Muster GmbH\n"))
    assert told(report) == [("7", LISTED, "match"), ("8", "Muster GmbH", "none")]


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8", codecs.BOM_UTF8), ("gb18030", b""), ("utf-16-le", codecs.BOM_UTF16_LE)]
)
def test_encodings_are_found(written: Written, encoding: str, mark: bytes) -> None:
    """With a byte order mark and without."""
    content = "编号,客户名称,国家\n1,洛克希德·马丁公司,美国\n2,样例磁材有限公司,中国\n".encode(encoding)
    report = screen_table(written("parties.csv", mark + content))
    assert [row.asked.name for row in report.rows] == ["洛克希德·马丁公司", "样例磁材有限公司"]
    assert [row.asked.country for row in report.rows] == ["US", "CN"]
    assert report.rows[0].verdict == "match"


def test_titles_blank_rows_totals_and_repeated_headers_are_no_names(written: Written) -> None:
    """They are left out and told; every other row keeps its number."""
    text = (
        "Supplier list 2026,,\n,,\nno,supplier,turnover\n1,Lockheed Martin Corp.,10\n,,\nno,supplier,turnover\n"
        "2,Muster GmbH,20\n,Total,30\n合计,,30\n"
    )
    report = screen_table(written("parties.csv", text))
    assert told(report) == [("1", LISTED, "match"), ("2", "Muster GmbH", "none")]
    notes = "; ".join(report.notes)
    assert "total left out" in notes
    assert "repeated header left out" in notes


def test_a_company_called_total_is_screened(written: Written) -> None:
    """It has an id, or stands among names alone."""
    report = screen_table(written("parties.csv", "no,supplier,turnover\n7,Total,10\n8,Muster GmbH,20\n"))
    assert [row.asked.name for row in report.rows] == ["Total", "Muster GmbH"]
    assert [row.asked.name for row in screen_table(written("names.txt", "Total\nMuster GmbH\n")).rows] == [
        "Total",
        "Muster GmbH",
    ]


def test_a_row_without_a_name_is_an_error_and_loses_no_other(written: Written) -> None:
    """The row keeps its id and says what is missing."""
    report = screen_table(written("parties.csv", f"no,supplier\n1,\n2,tbc\n3,{LISTED}\n4,{'x' * 5000}\n"))
    assert told(report)[0] == ("1", "", "error")
    assert [row.verdict for row in report.rows] == ["error", "possible", "match", "error"]
    assert [row.fault.code for row in report.rows if row.fault is not None] == ["NAME-EMPTY", "NAME-LONG"]
    assert report.counts["error"] == 2


def test_every_party_of_a_row_is_screened_in_its_role(written: Written) -> None:
    """Exporter, consignee, end user, forwarder and owner; what is told about one of them is not that of another."""
    text = (
        "no,exporter,consignee,consignee address,end user,end user country,forwarder,owner\n"
        f"1,Muster GmbH,{LISTED},1 Example Road,Example Motors Ltd,GB,Sample Freight,Sample Holding\n"
        "2,,,,,,,\n"
        "3,,Example Motors Ltd,,,,,\n"
    )
    report = screen_table(written("parties.csv", text))
    first = {row.role: row for row in report.rows if row.id == "1"}
    assert [*first] == ["exporter", "consignee", "end_user", "intermediary", "owner"]
    assert first["consignee"].verdict == "match"
    assert first["consignee"].asked.address == "1 Example Road"
    assert first["end_user"].asked.country == "GB"
    assert first["end_user"].asked.address == ""
    assert first["end_user"].asked.owner == "Sample Holding"
    assert first["owner"].asked.owner == ""
    assert [(row.id, row.verdict) for row in report.rows[5:]] == [("2", "error"), ("3", "none")]


@pytest.mark.parametrize("beside", ["owner", "bank", "parent company", "end user", "股东"])
def test_a_plain_name_beside_a_role_is_screened_too(written: Written, beside: str) -> None:
    """A list of customers with their owners has the customers under `name`."""
    report = screen_table(written("customers.csv", f"no,name,{beside}\n1,{LISTED},Muster GmbH\n"))
    assert [(row.asked.name, row.verdict) for row in report.rows] == [(LISTED, "match"), ("Muster GmbH", "none")]


def test_every_column_is_told_to_be_read_or_not(written: Written) -> None:
    """Also in Chinese; the words for a role are those that a table of deals has."""
    text = f"编号,出口方,最终用户,开户银行,中间方,金额\n1,Muster GmbH,Beispiel AG,{LISTED},Muster AG,5\n"
    report = screen_table(written("deals.csv", text))
    assert [row.role for row in report.rows] == ["exporter", "end_user", "intermediary", "intermediary"]
    assert report.rows[2].verdict == "match"
    told = "columns read: 出口方 = exporter; 最终用户 = end_user; 开户银行 = intermediary; 中间方 = intermediary; 编号 = id"
    assert report.notes[-2:] == (told, "columns not read: 金额")
    assert message(told, "zh").startswith("读取的列：出口方 = exporter；")


def test_two_columns_of_names_are_both_screened(written: Written) -> None:
    """Neither hides the other, and a plain address beside both belongs to none."""
    text = f"no,customer,supplier,address\n1,Muster GmbH,{LISTED},1 Example Road\n"
    report = screen_table(written("parties.csv", text))
    assert [row.verdict for row in report.rows] == ["none", "match"]
    assert [row.place for row in report.rows] == ["row 1, column customer", "row 1, column supplier"]
    assert {row.asked.address for row in report.rows} == {""}
    assert any("do not say of which party" in note for note in report.notes)


def test_addresses_countries_and_numbers_are_read_beside_one_name(written: Written) -> None:
    """Parts of an address are joined; a country or number that is not valid is told and not used."""
    text = (
        "name,street,city,country,LEI,统一社会信用代码\n"
        "Muster GmbH,1 Example Road,Berlin,Germany,529900T8BM49AURSDO55,\n"
        "Beispiel Motoren GmbH,,,Germanyy,529900T8BM49AURSDO54,\n"
    )
    report = screen_table(written("parties.csv", text))
    asked = report.rows[0].asked
    assert (asked.address, asked.country) == ("1 Example Road, Berlin", "DE")
    assert [one.value for one in asked.identifiers] == ["529900T8BM49AURSDO55"]
    assert report.rows[1].verdict == "none"
    assert report.rows[1].asked.identifiers == ()
    assert sum("not used" in note for note in report.notes) == 2


def test_a_file_without_a_column_of_names_says_which_there_are(written: Written) -> None:
    """A role can be given, and a wrong one is told with the nearest."""
    path = written("parties.csv", f"key,who is it,suplier name2\n1,{LISTED},a\n")
    with pytest.raises(CoercivityError) as error:
        screen_table(path)
    (fault,) = error.value.faults
    assert fault.code == "SCREEN-COLUMN"
    assert fault.nearest == ("suplier name2",)
    assert "who is it" in fault.what
    assert screen_table(path, columns={"who is it": "end_user"}).rows[0].role == "end_user"
    with pytest.raises(CoercivityError) as error:
        screen_table(path, columns={"who is": "name", "key": "nmae"})
    assert [fault.code for fault in error.value.faults] == ["TABLE-COLUMN", "SCREEN-ROLE"]
    assert error.value.faults[0].nearest == ("who is it",)


def test_text_has_a_name_per_line_and_a_table_in_text_is_one(written: Written) -> None:
    """Commas within names do not make a table; a header of columns does."""
    report = screen_table(written("names.txt", f"{LISTED}\n\nMuster, Sohn und Co. GmbH\n"))
    assert [(row.place, row.verdict) for row in report.rows] == [("line 1", "match"), ("line 3", "none")]
    table = screen_table(written("extract.txt", f"Kunde\tName 1\tLand\n1\t{LISTED}\tUS\n"))
    assert told(table) == [("1", LISTED, "match")]
    assert table.rows[0].asked.country == "US"


def test_a_name_with_a_line_break_in_a_cell_is_one_row(written: Written) -> None:
    """Within quotes, in a workbook too."""
    report = screen_table(written("parties.csv", 'no,supplier\n1,"Lockheed\nMartin Corp."\n2,Muster GmbH\n'))
    assert [row.verdict for row in report.rows] == ["match", "none"]
    path = written("parties.xlsx", b"")
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Parties")
        for row, cells in enumerate([["Parties 2026"], [], ["no", "supplier"], ["1", "Lockheed\nMartin Corp."]]):
            sheet.write_row(row, 0, cells)
    assert told(screen_table(path)) == [("1", "Lockheed\nMartin Corp.", "match")]


def test_what_is_no_file_of_names_is_an_error(written: Written, tmp_path: Path) -> None:
    """A missing file, a folder, an image, nothing."""
    for path in (tmp_path / "none.csv", tmp_path, written("a.csv", b"\x89PNG\r\n"), written("b.txt", b"")):
        with pytest.raises(CoercivityError, match="TABLE-"):
            screen_table(path)
