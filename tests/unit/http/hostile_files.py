"""Malicious files, each as small as possible until it is decompressed."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import polars as pl

MIB = 2**20
HEAD = b"id,date,material,composition,from,to\n"
ROW = b"1,2025-06-16,NdFeB magnets,Dy 1.8 %,CN,DE\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOMB_XML = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
OUTSIDE_XML = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def workbook(sheet: str | bytes, *, strings: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """A workbook of one sheet with whatever is given as its content."""
    rel = '<Relationship Id="r1" Type="{}" Target="{}"/>'
    links = rel.format(f"{OFFICE}/worksheet", "worksheets/sheet1.xml")
    if strings:
        links += rel.format(f"{OFFICE}/sharedStrings", "sharedStrings.xml").replace("r1", "r2")
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>'
    held = {
        "_rels/.rels": RELS.format(rel.format(f"{OFFICE}/officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": RELS.format(links),
        "xl/worksheets/sheet1.xml": sheet,
        **({"xl/sharedStrings.xml": strings} if strings else {}),
        **(more or {}),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in held.items():
            file.writestr(name, content)
    return stream.getvalue()


def sheet(rows: str, *, start: str = "", dimension: str = "") -> str:
    told = f'<dimension ref="{dimension}"/>' if dimension else ""
    return f'{start}<worksheet xmlns="{MAIN}">{told}<sheetData>{rows}</sheetData></worksheet>'


def cell(text: str, place: str = "") -> str:
    return f'<c t="inlineStr"{f" r={place!r}" if place else ""}><is><t>{text}</t></is></c>'


def row(*texts: str) -> str:
    return f"<row>{''.join(map(cell, texts))}</row>"


NAMES = ("id", "date", "material", "composition", "from", "to")
GOOD_ROW = ("1", "2025-06-16", "NdFeB magnets", "Dy 1.8 %", "CN", "DE")


def parquet(**columns: Any) -> bytes:
    stream = io.BytesIO()
    pl.DataFrame(columns or {name: [value] * 50 for name, value in zip(NAMES, GOOD_ROW, strict=True)}).write_parquet(
        stream
    )
    return stream.getvalue()


def lying_footer() -> bytes:
    whole = parquet()
    return whole[:-8] + (2**31 - 16).to_bytes(4, "little") + b"PAR1"


def twisted_footer() -> bytes:
    """Every seventh byte of the footer is another one."""
    whole = bytearray(parquet())
    size = int.from_bytes(whole[-8:-4], "little")
    for place in range(len(whole) - 8 - size, len(whole) - 8, 7):
        whole[place] ^= 0x5A
    return bytes(whole)


def arrow() -> bytes:
    stream = io.BytesIO()
    pl.DataFrame({name: [value] for name, value in zip(NAMES, GOOD_ROW, strict=True)}).write_ipc(stream)
    return stream.getvalue()


def zipped(name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, content)
    return stream.getvalue()


@dataclass(frozen=True)
class Hostile:
    """A file with the code that it is refused with; blank where it is read, with what is wrong told row by row."""

    make: Callable[[], bytes]
    code: str
    name: str = "table.csv"


TABLE = HEAD + ROW
FILES: dict[str, Hostile] = {
    "zip bomb": Hostile(lambda: workbook(b" " * (600 * MIB)), "TABLE-BOMB", "bomb.xlsx"),
    "bomb in the strings": Hostile(
        lambda: workbook(sheet(row(*NAMES)), strings=" " * (200 * MIB)), "TABLE-BOMB", "bomb.xlsx"
    ),
    "zip in a zip": Hostile(lambda: zipped("a.zip", zipped("b.zip", TABLE)), "TABLE-KIND", "nested.xlsx"),
    "entity from outside": Hostile(
        lambda: workbook(sheet(row(*NAMES) + row("&a;", *GOOD_ROW[1:]), start=OUTSIDE_XML)), "TABLE-DAMAGED", "x.xlsx"
    ),
    "a billion laughs": Hostile(
        lambda: workbook(sheet(row(*NAMES) + row("&c;", *GOOD_ROW[1:]), start=BOMB_XML)), "TABLE-DAMAGED", "x.xlsx"
    ),
    "laughs in the strings": Hostile(
        lambda: workbook(sheet(row(*NAMES)), strings=f'{BOMB_XML}<sst xmlns="{MAIN}"><si><t>&c;</t></si></sst>'),
        "TABLE-DAMAGED",
        "x.xlsx",
    ),
    "16384 columns": Hostile(
        lambda: workbook(sheet(row(*(f"c{n}" for n in range(16_384))) + row(*["1"] * 16_384))),
        "TABLE-COLUMNS",
        "x.xlsx",
    ),
    "6000 members": Hostile(
        lambda: workbook(sheet(row(*NAMES)), more={f"m{n}": b"" for n in range(6000)}), "TABLE-BOMB", "x.xlsx"
    ),
    "members that climb": Hostile(
        lambda: workbook(sheet(row(*NAMES) + row(*GOOD_ROW)), more={"../../../tmp/climbed": b"x"}), "", "x.xlsx"
    ),
    "a far cell": Hostile(
        lambda: workbook(sheet(row(*NAMES) + row(*GOOD_ROW) + f"<row r='1048576'>{cell('x', 'XFD1048576')}</row>")),
        "",
        "x.xlsx",
    ),
    "a cut workbook": Hostile(lambda: workbook(sheet(row(*NAMES) + row(*GOOD_ROW)))[:-40], "TABLE-DAMAGED", "x.xlsx"),
    "deep XML": Hostile(lambda: workbook(sheet("<row>" * 200_000)), "TABLE-DAMAGED", "x.xlsx"),
    "cut parquet": Hostile(lambda: parquet()[:-100], "TABLE-DAMAGED", "x.parquet"),
    "lying footer": Hostile(lying_footer, "TABLE-DAMAGED", "x.parquet"),
    "twisted footer": Hostile(twisted_footer, "TABLE-DAMAGED", "x.parquet"),
    "parquet of noise": Hostile(lambda: b"PAR1" + bytes(range(256)) * 400 + b"PAR1", "TABLE-DAMAGED", "x.parquet"),
    "lists in cells": Hostile(lambda: parquet(id=[["1"]], material=["NdFeB"]), "MAP-MISSING", "x.parquet"),
    "arrow of noise": Hostile(lambda: b"ARROW1\0\0" + bytes(range(256)) * 400, "TABLE-DAMAGED", "x.arrow"),
    "cut arrow": Hostile(lambda: arrow()[:-30], "TABLE-DAMAGED", "x.arrow"),
    "arrow stream of noise": Hostile(
        lambda: b"\xff\xff\xff\xff\xff\xff\xff\x7f" + b"\1" * 4000, "TABLE-DAMAGED", "x.arrows"
    ),
    "one line of 100 MB": Hostile(lambda: b"x" * (100 * MIB), "TABLE-HEADER"),
    "a row of 100 MB": Hostile(lambda: TABLE + b"y" * (100 * MIB) + b"\n" + ROW, ""),
    "100000 columns": Hostile(lambda: b",".join(b"c%d" % n for n in range(100_000)) + b"\n1\n", "TABLE-COLUMNS"),
    "NUL bytes": Hostile(lambda: HEAD + b"1,\0\0\0,NdFeB\0,Dy,CN,DE\n" * 40, "TABLE-KIND"),
    "a few NUL bytes": Hostile(lambda: HEAD + ROW * 40 + b"2,\0,NdFeB\0,Dy,CN,DE\n", ""),
    "all NUL": Hostile(lambda: bytes(10_000), "TABLE-KIND"),
    "UTF-16 without a mark": Hostile(lambda: TABLE.decode().encode("utf-16-le"), ""),
    "no UTF-8": Hostile(lambda: HEAD + b"1,2025-06-16,\xff\xfe\xc0\x80,\xed\xa0\x80,CN,DE\n" * 20, ""),
    "a mark alone": Hostile(lambda: b"\xef\xbb\xbf", "TABLE-EMPTY"),
    "nothing": Hostile(lambda: b"", "FILE-EMPTY"),
    "a header alone": Hostile(lambda: HEAD, "TABLE-EMPTY"),
    "a quote that never closes": Hostile(lambda: TABLE + b'2,2025-06-16,"NdFeB,Dy,CN,DE\n' + ROW * 50_000, ""),
    "formulas": Hostile(lambda: HEAD + b'=cmd|calc!A1,2025-06-16,"=HYPERLINK(1)",+1,CN,@DE\n', ""),
    "a cell of 300 kB": Hostile(lambda: HEAD + b"1,2025-06-16," + b"m" * 300_000 + b",Dy,CN,DE\n" + ROW, ""),
    "text that turns": Hostile("i\u202ed,da\u0007te,material,from,to\n\u202e1,x\x1b[2J,NdFeB,CN,DE\n".encode, ""),
    "a name that climbs": Hostile(lambda: TABLE, "UPLOAD-NAME", "../../../tmp/climbed.csv"),
    "an absolute name": Hostile(lambda: TABLE + ROW, "UPLOAD-NAME", "/etc/passwd"),
    "a Windows name": Hostile(
        lambda: TABLE + ROW * 2, "", "C:\\Windows\\..\\win.ini"
    ),  # the form is read without its folders
    "a name of 10000 signs": Hostile(lambda: TABLE + ROW * 3, "UPLOAD-FORM", "a" * 10_000 + ".csv"),
    "a name of 3000 signs": Hostile(lambda: TABLE + ROW * 7, "", "b" * 3_000 + ".csv"),
    "a name of dots": Hostile(lambda: TABLE + ROW * 4, "UPLOAD-NAME", ".."),
    "the name of a standing block": Hostile(lambda: TABLE + ROW * 5, "", "standing.yaml"),
    "text named a workbook": Hostile(lambda: TABLE + ROW * 6, "", "table.xlsx"),
    "a page named .xls": Hostile(lambda: b"<html><table><tr><td>1</td></tr></table></html>", "TABLE-KIND", "x.xls"),
    "an old workbook": Hostile(lambda: OLE + bytes(4096), "TABLE-KIND", "x.xls"),
    "PDF": Hostile(lambda: b"%PDF-1.7\n" + bytes(500), "TABLE-KIND", "x.pdf"),
    "a picture": Hostile(lambda: b"\x89PNG\r\n\x1a\n" + bytes(500), "TABLE-KIND", "x.png"),
    "gzip bomb": Hostile(lambda: gzip.compress(bytes(100 * MIB)), "TABLE-KIND", "x.csv.gz"),
    "a program": Hostile(lambda: b"\x7fELF\2\1\1\0" + bytes(range(256)) * 40, "TABLE-KIND", "x.csv"),
    "names that stand twice": Hostile(lambda: b"id,id,id,material,from,to\n1,2,3,NdFeB,CN,DE\n", "TABLE-COLUMN-TWICE"),
    "a table of commas": Hostile(lambda: b",,,,,,\n" * 5_000, "MAP-MISSING"),
}
