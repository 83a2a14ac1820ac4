"""Every kind of broken file as a table: name, how it is built, and the expected message.

The file stands as FILE in what is said. A file that opens tells its rows, then every row that is broken or noted.
"""

from __future__ import annotations

import gzip
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from tests.broken.build import (
    CSV,
    HEAD,
    PLAIN,
    ROWS,
    cell,
    frame,
    members,
    sheet_row,
    sheet_rows,
    write_xlsx,
    write_zip,
)

ZH = "编号,日期,品名,数量\n" + "".join(f"R{i},2026-01-0{i},烧结钕铁硼磁体,{i}\n" for i in range(1, 7))
JA = "番号,日付,品名,数量\n" + "".join(f"R{i},2026-01-0{i},ネオジム焼結磁石,{i}\n" for i in range(1, 7))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
MANY = 10_000


@dataclass(frozen=True)
class Kind:
    name: str
    file: str
    build: Callable[[Path], object]
    says: str


def text(content: str, encoding: str = "utf-8") -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content.encode(encoding))


def raw(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


def book(rows: str = "", **more: object) -> Callable[[Path], object]:
    return lambda path: write_xlsx(path, rows, **more)


def cells(*last: str) -> Callable[[Path], object]:
    """A workbook whose row 7 holds these cells."""
    return book(sheet_rows(PLAIN) + sheet_row(7, *last))


def with_rows(*rows: str) -> Callable[[Path], object]:
    return text("\n".join((HEAD, *ROWS[:2], *rows, *ROWS[2:])) + "\n")


def parts(**change: bytes | None) -> Callable[[Path], object]:
    """A workbook with members replaced or left out, by the last part of their name without its suffix."""

    def build(path: Path) -> None:
        held = members()
        for key, data in change.items():
            name = next(name for name in held if key in name)
            held.pop(name)
            if data is not None:
                held[name] = data
        write_zip(path, held)

    return build


def cut(build: Callable[[Path], object], share: float) -> Callable[[Path], object]:
    def then(path: Path) -> None:
        build(path)
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * share)])

    return then


def changed(build: Callable[[Path], object], change: Callable[[bytes], bytes]) -> Callable[[Path], object]:
    def then(path: Path) -> None:
        build(path)
        path.write_bytes(change(path.read_bytes()))

    return then


def long_line(path: Path) -> None:
    """A cell of 200 MB without a line end."""
    with path.open("wb") as file:
        file.write(CSV.encode() + b"R6,2026-01-06,")
        for _ in range(200):
            file.write(b"x" * 1_000_000)
        file.write(b",6.5\n" + ROWS[0].encode() + b"\n")


def bomb(path: Path) -> None:
    held = members()
    held["xl/worksheets/sheet1.xml"] = b"<worksheet><sheetData>" + bytes(60 << 20)
    write_zip(path, held)


def small_claim(path: Path) -> None:
    """A sheet that declares 64 bytes and unpacks to more."""
    write_xlsx(path)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as file:
        name = "xl/worksheets/sheet1.xml"
        info = file.getinfo(name)
    central = data.rfind(b"PK\x01\x02", 0, data.rfind(name.encode()))
    struct.pack_into("<I", data, central + 24, 64)
    struct.pack_into("<I", data, info.header_offset + 22, 64)
    path.write_bytes(bytes(data))


def locked(path: Path) -> None:
    write_xlsx(path)
    data = bytearray(path.read_bytes())
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 8] |= 1
    path.write_bytes(bytes(data))


def twice(path: Path) -> None:
    held = list(members().items())
    with zipfile.ZipFile(path, "w") as file:
        for name, data in [*held, held[0]]:
            file.fp.write(b"") if file.fp else None
            file.NameToInfo.pop(name, None)
            file.writestr(zipfile.ZipInfo(name), data)


def crowded(path: Path) -> None:
    write_zip(path, members() | {f"junk/{i}": b"" for i in range(5001)})


def nested(path: Path) -> None:
    frame().with_columns(parties=pl.concat_list("id", "id")).write_parquet(path)


LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
GROUPED = "Goods,,,Parties,\nid,material,mass_kg,from,to\n" + "".join(f"R{i},magnet,{i},CN,DE\n" for i in range(5))

KINDS: list[Kind] = [
    # the file itself
    Kind("missing file", "none.csv", lambda path: None,
         "FILE: TABLE-FILE: file not found"),
    Kind("folder", "folder.csv", lambda path: path.mkdir(),
         "FILE: TABLE-FILE: this is a folder; expected one file"),
    Kind("empty file", "empty.csv", raw(b""),
         "FILE: TABLE-EMPTY: the file is empty"),
    Kind("mark and nothing else", "bom.csv", raw(b"\xef\xbb\xbf"),
         "FILE: TABLE-EMPTY: the file has no rows"),
    Kind("blank lines only", "blank.csv", raw(b"\n\n  \n\n"),
         "FILE: TABLE-EMPTY: the file has no rows"),
    Kind("PDF named .csv", "rows.csv", raw(b"%PDF-1.7\n1 0 obj\n"),
         "FILE: TABLE-KIND: this is a PDF file; CSV, XLSX, Parquet and Arrow are supported"),
    Kind("gzip named .csv", "rows.csv", raw(gzip.compress(CSV.encode(), mtime=0)),
         "FILE: TABLE-KIND: this is a gzip file; CSV, XLSX, Parquet and Arrow are supported"),
    Kind("page of HTML named .xls", "rows.xls", text("<html><table><tr><td>id</td></tr></table></html>"),
         "FILE: TABLE-KIND: this is an HTML or XML page; CSV, XLSX, Parquet and Arrow are supported"),
    Kind("random bytes", "rows.csv", raw(bytes((i * 7919 >> 3) % 256 for i in range(4000))),
         "FILE: TABLE-KIND: not a text file: 394 of the first 4,000 bytes are control characters"),
    Kind("random bytes named .xlsx", "rows.xlsx", raw(b"\x01\x02\x03" + bytes(range(200))),
         "FILE: TABLE-DAMAGED: the file name says xlsx, but the content does not"),
    Kind("CSV named .xlsx", "rows.xlsx", text(CSV),
         "5 rows (the file name says xlsx, the content is csv; encoding UTF-8; delimiter ,)"),
    Kind("XLSX named .csv", "rows.csv", book(),
         "5 rows (the file name says csv, the content is xlsx; sheet 'Export')"),
    # encodings
    Kind("bad byte in UTF-8", "rows.csv", raw(CSV.replace("R3,", "R3é,").encode("cp1252")),
         "5 rows (encoding Windows-1252, because no other fits; name the encoding if letters look wrong; delimiter ,)"),
    Kind("GB18030 with two rows of UTF-8", "rows.csv", raw(ZH.encode("gb18030") + "R7,2026-01-07,磁体钕,7\n".encode()),
         "7 rows (encoding GB18030; delimiter ,)\n"
         "FILE, line 8: ROW-FORM: the line is UTF-8 text in a GB18030 file [R7|2026-01-07|纾佷綋閽�|7]"),
    Kind("GB18030 with a row of UTF-8 that decodes", "rows.csv", raw(ZH.encode("gb18030") + "R7,2026-01-07,烧结钕铁,7\n".encode()),
         "7 rows (encoding GB18030; delimiter ,)\n"
         "FILE, line 8: ROW-FORM: the line is UTF-8 text in a GB18030 file [R7|2026-01-07|鐑х粨閽曢搧|7]"),
    Kind("Western letters with a row of UTF-8", "rows.csv", raw(CSV.replace("magnet", "Müll").encode("cp1252") + "R7,2026-01-07,Müll,7\n".encode()),
         "6 rows (encoding Windows-1252, because no other fits; name the encoding if letters look wrong; delimiter ,)\n"
         "FILE, line 7: ROW-FORM: the line is UTF-8 text in a Windows-1252 file [R7|2026-01-07|MÃ¼ll|7]"),
    Kind("UTF-8 with a row of GB18030", "rows.csv", raw(ZH.encode() + "R7,2026-01-07,烧结钕铁硼磁体,7\n".encode("gb18030")),
         "7 rows (encoding UTF-8; delimiter ,)\n"
         "FILE, line 8: ROW-FORM: the line contains bytes that are not UTF-8 text [R7|2026-01-07|�ս����������|7]"),
    Kind("Shift-JIS with half a sign", "rows.csv", raw(JA.encode("cp932") + b"R7,2026-01-07,\x83,7\n"),
         "7 rows (encoding Shift-JIS; delimiter ,)\n"
         "FILE, line 8: ROW-FORM: the line contains bytes that are not Shift-JIS text [R7|2026-01-07|�|7]"),
    Kind("Western letters", "rows.csv", text(CSV.replace("magnet", "Müll"), "cp1252"),
         "5 rows (encoding Windows-1252, because no other fits; name the encoding if letters look wrong; delimiter ,)"),
    Kind("UTF-16 without mark", "rows.csv", text(CSV, "utf-16-le"),
         "5 rows (encoding UTF-16 LE, detected from its zero bytes; delimiter ,)"),
    Kind("UTF-16, big end first, without mark", "rows.csv", text(CSV, "utf-16-be"),
         "5 rows (encoding UTF-16 BE, detected from its zero bytes; delimiter ,)"),
    Kind("UTF-16 with an odd byte at the end", "rows.csv", raw(CSV.encode("utf-16") + b"R"),
         "6 rows (encoding UTF-16 LE, from its byte order mark; delimiter ,)\n"
         "FILE, line 7: ROW-FORM: the line contains bytes that are not UTF-16 LE text [�|-|-|-]"),
    Kind("UTF-16 with half a pair", "rows.csv", raw(CSV.replace("R3", "R\ud8003").encode("utf-16", "surrogatepass")),
         "5 rows (encoding UTF-16 LE, from its byte order mark; delimiter ,)\n"
         "FILE, line 4: ROW-FORM: the line contains bytes that are not UTF-16 LE text [R�3|2026-01-03|magnet|3.5]"),
    Kind("UTF-8 with half a pair", "rows.csv", raw(CSV.replace("R3", "R\ud8003").encode("utf-8", "surrogatepass")),
         "5 rows (encoding UTF-8; delimiter ,)\n"
         "FILE, line 4: ROW-FORM: the line contains bytes that are not UTF-8 text [R���3|2026-01-03|magnet|3.5]"),
    Kind("UTF-32", "rows.csv", text(CSV, "utf-32"),
         "FILE: TABLE-KIND: this is text in UTF-32; CSV, XLSX, Parquet and Arrow are supported"),
    Kind("GB18030 read as asked: UTF-16", "rows.csv", text("编号,数量\n钕铁,3\n", "gb18030"),
         "FILE: TABLE-HEADER: line 1, expected to be the header: the line contains bytes that are not UTF-16 LE text"),
    # lines, quotes, cells
    Kind("carriage returns only", "rows.csv", text(CSV.replace("\n", "\r")),
         "5 rows (encoding UTF-8; delimiter ,)"),
    Kind("line ends mixed", "rows.csv", text(CSV.replace("\n", "\r\n", 2).replace("R3", "\rR3")),
         "5 rows (encoding UTF-8; delimiter ,)"),
    Kind("NUL in a row", "rows.csv", with_rows("R9,2026-01-09,mag\0net,9.5"),
         "6 rows (encoding UTF-8; delimiter ,)\n"
         "FILE, line 4: ROW-FORM: the line contains a NUL byte [R9|2026-01-09|mag�net|9.5]"),
    Kind("NUL in every row, always at an even place", "rows.csv", raw(b"id,use\n" + b"a,\0,b\n" * 2),
         "2 rows (encoding UTF-8; delimiter ,)\n"
         "FILE, line 2: ROW-FORM: the line contains a NUL byte [a|\ufffd]\n"
         "FILE, line 3: ROW-FORM: the line contains a NUL byte [a|\ufffd]"),
    Kind("quote never closed", "rows.csv", with_rows('R9,2026-01-09,"magnet,9.5'),
         "6 rows (encoding UTF-8; delimiter ,)\n"
         "FILE, line 4: ROW-FORM: an opening quotation mark is never closed [R9|2026-01-09|magnet,9.5|-]"),
    Kind("quote never closed, 300 lines follow", "rows.csv", text("\n".join((HEAD, '"R0,2026-01-01,magnet,1', *ROWS * 60)) + "\n"),
         "301 rows (encoding UTF-8; delimiter ,)\n"
         "FILE, line 2: ROW-FORM: an opening quotation mark is never closed [R0,2026-01-01,magnet,1|-|-|-]"),
    Kind("quote closed two rows later", "rows.csv", with_rows('R8,2026-01-09,"magnet,9.5', ROWS[0], 'R9",2026-01-09,magnet,1'),
         "8 rows (encoding UTF-8; delimiter ,)\n"
         "FILE, line 4: ROW-FORM: an opening quotation mark is never closed [R8|2026-01-09|magnet,9.5|-]"),
    Kind("stray quote in a cell", "rows.csv", with_rows('R9,2026-01-09,5" magnet,9.5'),
         "6 rows (encoding UTF-8; delimiter ,)"),
    Kind("letters after a closing quote", "rows.csv", with_rows('R9,2026-01-09,"mag"net,9.5'),
         "6 rows (encoding UTF-8; delimiter ,)\n"
         "FILE, line 4: ROW-FORM: text follows a closing quotation mark; inside a cell, double the quotation mark [R9|2026-01-09|magnet|9.5]"),
    Kind("cell of 200 MB", "rows.csv", long_line,
         "7 rows (encoding UTF-8; delimiter ,)\n"
         "FILE, line 7: ROW-FORM: the line is longer than 1,048,576 bytes [R6|2026-01-06|xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx]"),
    Kind("cell of 200,000 letters", "rows.csv", with_rows("R9,2026-01-09," + "x" * 200_000 + ",9.5"),
         "6 rows (encoding UTF-8; delimiter ,)\n"
         "FILE, line 4: ROW-FORM: a cell is longer than 131,072 characters [R9|2026-01-09|xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx]"),
    Kind("ragged rows", "rows.csv", with_rows("R7", "R8,2026-01-08", "R9,2026-01-09,magnet,9.5,extra", "R9,2026-01-09,magnet,9.5,,"),
         "9 rows (encoding UTF-8; delimiter ,)\n"
         "FILE, line 4: ROW-FORM: the row has 1 cell; the table has 4 columns [R7|-|-|-]\n"
         "row 4: fewer cells than columns: the missing cells were treated as blank\n"
         "FILE, line 6: ROW-FORM: the row has 5 cells; the table has 4 columns [R9|2026-01-09|magnet|9.5]"),
    Kind("tabs and commas mixed", "rows.csv", with_rows("R9\t2026-01-09\tmagnet\t9.5"),
         "6 rows (encoding UTF-8; delimiter ,)\n"
         "FILE, line 4: ROW-FORM: the row has 1 cell; the table has 4 columns [R9\t2026-01-09\tmagnet\t9.5|-|-|-]"),
    Kind("delimiter asked for that is none", "rows.csv", text(CSV),
         "FILE: TABLE-DELIMITER: delimiter '#' is not supported"),
    # headers
    Kind("header only", "rows.csv", text(HEAD + "\n"),
         "FILE: TABLE-EMPTY: the table has a header but no rows"),
    Kind("no header", "rows.csv", text("1,2.5,3\n4,5.5,6\n"),
         "FILE: TABLE-HEADER: line 1 contains only numbers; expected column names"),
    Kind("names twice", "rows.csv", text("id,mass_kg,id,mass_kg\n1,2,3,4\n"),
         "FILE, line 1: TABLE-COLUMN-TWICE: duplicate column name id, at columns 1 and 3\n"
         "FILE, line 1: TABLE-COLUMN-TWICE: duplicate column name mass_kg, at columns 2 and 4"),
    Kind("column without a name", "rows.csv", text("id,,mass_kg\nR1,magnet,5\n"),
         "1 rows (encoding UTF-8; delimiter ,; column 2 has no name)"),
    Kind("10,000 columns", "rows.csv", text(",".join(f"c{i}" for i in range(MANY)) + "\n" + "1," * (MANY - 1) + "1\n"),
         "FILE, line 1: TABLE-COLUMNS: the table has 10,000 columns; the limit is 500"),
    Kind("title lines", "rows.csv", text("Deliveries 2026\n\nprinted 2026-01-31,,,\n" + CSV),
         "5 rows (encoding UTF-8; delimiter ,; 2 title lines skipped)"),
    Kind("header of two rows", "rows.csv", text(GROUPED),
         "5 rows (encoding UTF-8; delimiter ,; header of 2 rows merged)"),
    # XLSX
    Kind("cut off in the middle", "rows.xlsx", cut(book(), 0.5),
         "FILE: TABLE-DAMAGED: the workbook is truncated or damaged: its table of contents cannot be read"),
    Kind("cut off near the end", "rows.xlsx", cut(book(), 0.98),
         "FILE: TABLE-DAMAGED: the workbook is truncated or damaged: its table of contents cannot be read"),
    Kind("zip bomb", "rows.xlsx", bomb,
         "FILE: TABLE-BOMB: the workbook was rejected: it unpacks from 61,899 to 62,915,827 bytes"),
    Kind("size declared too small", "rows.xlsx", small_claim,
         "FILE: TABLE-DAMAGED: member xl/worksheets/sheet1.xml of the workbook is truncated or damaged"),
    Kind("5,000 members and more", "rows.xlsx", crowded,
         "FILE: TABLE-BOMB: the workbook was rejected: it has 5,008 members; the limit is 5,000"),
    Kind("a member twice", "rows.xlsx", twice,
         "FILE: TABLE-DAMAGED: the workbook has two members called xl/worksheets/sheet1.xml"),
    Kind("zip with a password", "rows.xlsx", locked,
         "FILE: TABLE-KIND: the workbook is password-protected"),
    Kind("workbook with a password", "rows.xlsx", raw(OLE + "EncryptedPackage".encode("utf-16-le") + bytes(100)),
         "FILE: TABLE-KIND: the workbook is password-protected"),
    Kind("old workbook", "rows.xls", raw(OLE + "Workbook".encode("utf-16-le") + bytes(100)),
         "FILE: TABLE-KIND: this is a workbook in the old .xls format; CSV, XLSX, Parquet and Arrow are supported"),
    Kind("OpenDocument", "rows.xlsx", lambda path: write_zip(path, {"mimetype": b"ods", "content.xml": b"<x/>"}),
         "FILE: TABLE-KIND: this is an OpenDocument file (.ods)"),
    Kind("zip of a CSV", "rows.zip", lambda path: write_zip(path, {"rows.csv": CSV.encode()}),
         "FILE: TABLE-KIND: this is a zip file, not a workbook"),
    Kind("entities that multiply", "rows.xlsx", book(head=LAUGHS),
         "FILE: TABLE-DAMAGED: the workbook declares XML entities, which no spreadsheet program writes"),
    Kind("entities in the texts", "rows.xlsx", parts(sharedStrings=f"{LAUGHS}<sst/>".encode()),
         "FILE: TABLE-DAMAGED: the workbook declares XML entities, which no spreadsheet program writes"),
    Kind("sheet is missing", "rows.xlsx", parts(sheet1=None),
         "FILE: TABLE-DAMAGED: member xl/worksheets/sheet1.xml of the workbook is missing"),
    Kind("sheet asked for that is not there", "rows.xlsx", book(sheets={"Export": sheet_rows(PLAIN), "Notes": ""}),
         "FILE: TABLE-SHEET: sheet 'Exports' not found"),
    Kind("no row in any sheet", "rows.xlsx", book(sheets={"One": "", "Two": ""}),
         "FILE: TABLE-EMPTY: no visible sheet has rows"),
    Kind("sheet is no XML", "rows.xlsx", parts(sheet1=b"id,date\n1,2\n"),
         "FILE: TABLE-DAMAGED: sheet 'Export' has no cell data"),
    Kind("sheet breaks off", "rows.xlsx", parts(sheet1=b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'),
         "FILE: TABLE-DAMAGED: the cells of sheet 'Export' are truncated"),
    Kind("tags that do not close", "rows.xlsx", book(sheet_rows(PLAIN) + '<row r="7"><c r="A7"><v>1</c></v></row>'),
         "FILE: TABLE-DAMAGED: sheet row 7 is not well-formed XML"),
    Kind("formula cell", "rows.xlsx", cells(cell("A7", "R9"), cell("D7", 5, formula="A1+1")),
         "6 rows (sheet 'Export')\n"
         "FILE, sheet 'Export', row 7: ROW-FORM: D7 contains a formula [R9|-|-|-]"),
    Kind("formula in the header", "rows.xlsx", book(sheet_row(1, cell("A1", "id"), cell("B1", "x", kind="str", formula="C1")) + sheet_rows([["R1", 5]], first=2)),
         "FILE, sheet row 1: TABLE-HEADER: B1 contains a formula"),
    Kind("error cells", "rows.xlsx", cells(cell("A7", "R9"), cell("C7", "#REF!", kind="e"), cell("D7", "#DIV/0!", kind="e")),
         "6 rows (sheet 'Export')\n"
         "FILE, sheet 'Export', row 7: ROW-FORM: C7 contains the error #REF!; D7 contains the error #DIV/0! [R9|-|-|-]"),
    Kind("number that is none", "rows.xlsx", cells(cell("A7", "R9"), cell("D7", "nan", kind="n")),
         "6 rows (sheet 'Export')\n"
         "FILE, sheet 'Export', row 7: ROW-FORM: D7 contains 'nan'; expected a number [R9|-|-|-]"),
    Kind("number beyond all numbers", "rows.xlsx", cells(cell("A7", "R9"), cell("D7", "1e999", kind="n")),
         "6 rows (sheet 'Export')\n"
         "FILE, sheet 'Export', row 7: ROW-FORM: D7 contains '1e999'; expected a number [R9|-|-|-]"),
    Kind("text that is not held", "rows.xlsx", cells(cell("A7", "R9"), cell("C7", 77, kind="s")),
         "6 rows (sheet 'Export')\n"
         "FILE, sheet 'Export', row 7: ROW-FORM: C7 refers to a text that is not in the workbook [R9|-|-|-]"),
    Kind("negative place of a text", "rows.xlsx", cells(cell("A7", "R9"), cell("C7", -1, kind="s")),
         "6 rows (sheet 'Export')\n"
         "FILE, sheet 'Export', row 7: ROW-FORM: C7 refers to a text that is not in the workbook [R9|-|-|-]"),
    Kind("the day 1900-02-29", "rows.xlsx", cells(cell("A7", "R9"), cell("B7", 60, style=1)),
         "6 rows (sheet 'Export')\n"
         "FILE, sheet 'Export', row 7: ROW-FORM: B7 shows 1900-02-29, which does not exist [R9|-|-|-]"),
    Kind("day before all days", "rows.xlsx", cells(cell("A7", "R9"), cell("B7", -5, style=1)),
         "6 rows (sheet 'Export')\n"
         "FILE, sheet 'Export', row 7: ROW-FORM: B7 contains -5, which is not a date [R9|-|-|-]"),
    Kind("cell XFD1048576", "rows.xlsx", book(sheet_rows(PLAIN) + sheet_row(1048576, cell("XFD1048576", "x"))),
         "6 rows (sheet 'Export')\n"
         "FILE, sheet 'Export', row 1048576: ROW-FORM: XFD1048576 is filled, but the table ends at column D [-|-|-|-]"),
    Kind("cell beyond the last column", "rows.xlsx", cells(cell("A7", "R9"), cell("ZZZ7", "x")),
         "6 rows (sheet 'Export')\n"
         "FILE, sheet 'Export', row 7: ROW-FORM: ZZZ7 is filled, but the table ends at column D [R9|-|-|-]"),
    Kind("cell twice", "rows.xlsx", cells(cell("A7", "R9"), cell("A7", "R10")),
         "6 rows (sheet 'Export')\n"
         "FILE, sheet 'Export', row 7: ROW-FORM: A7 appears twice or out of order [R9|-|-|-]"),
    Kind("unknown type of cell", "rows.xlsx", cells(cell("A7", "R9"), cell("D7", "x", kind="q")),
         "6 rows (sheet 'Export')\n"
         "FILE, sheet 'Export', row 7: ROW-FORM: D7 has the unknown type 'q' [R9|-|-|-]"),
    # Parquet and Arrow
    Kind("Parquet cut off", "rows.parquet", cut(lambda path: frame().write_parquet(path), 0.6),
         "FILE: TABLE-DAMAGED: the Parquet file is truncated: its end marker is missing"),
    Kind("Parquet with a wrong end", "rows.parquet", changed(lambda path: frame().write_parquet(path), lambda data: data[:-4] + b"RAP1"),
         "FILE: TABLE-DAMAGED: the Parquet file is truncated: its end marker is missing"),
    Kind("Parquet with a footer too long", "rows.parquet", changed(lambda path: frame().write_parquet(path), lambda data: data[:-8] + b"\xff\xff\xff\x7fPAR1"),
         "FILE: TABLE-DAMAGED: the Parquet file is damaged: the length of its footer is invalid"),
    Kind("Parquet with a footer of rubbish", "rows.parquet", raw(b"PAR1" + b"\x99" * 200 + b"\xc8\0\0\0PAR1"),
         "FILE: TABLE-DAMAGED: the Parquet file is damaged: its footer contradicts itself"),
    Kind("Parquet with a list in a column", "rows.parquet", nested,
         "FILE: TABLE-NESTED: column parties contains lists or records; expected one value per cell"),
    Kind("Parquet without rows", "rows.parquet", lambda path: frame().head(0).write_parquet(path),
         "FILE: TABLE-EMPTY: the file has no rows"),
    Kind("CSV named .parquet", "rows.parquet", text(CSV),
         "5 rows (the file name says parquet, the content is csv; encoding UTF-8; delimiter ,)"),
    Kind("Arrow cut off", "rows.arrow", cut(lambda path: frame().write_ipc(path), 0.6),
         "FILE: TABLE-DAMAGED: the Arrow file is truncated: its end marker is missing"),
    Kind("Arrow with a footer too long", "rows.arrow", changed(lambda path: frame().write_ipc(path), lambda data: data[:-10] + b"\xff\xff\xff\x7fARROW1"),
         "FILE: TABLE-DAMAGED: the Arrow file is damaged: the length of its footer is invalid"),
    Kind("Arrow stream cut off", "rows.arrow", cut(lambda path: frame().write_ipc_stream(path), 0.6),
         "FILE: TABLE-DAMAGED: the Arrow file is truncated or damaged: a batch of rows is invalid"),
    Kind("Feather of version 1", "rows.feather", raw(b"FEA1" + bytes(100) + b"FEA1"),
         "FILE: TABLE-KIND: this is a Feather version 1 file; CSV, XLSX, Parquet and Arrow are supported"),
]  # fmt: skip

ASKED: dict[str, dict[str, str]] = {
    "GB18030 read as asked: UTF-16": {"encoding": "utf-16-le"},
    "delimiter asked for that is none": {"delimiter": "#"},
    "sheet asked for that is not there": {"sheet": "Exports"},
}
