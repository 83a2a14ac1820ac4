"""Builds small files, whole or broken, from bytes that can be read here."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

HEAD = "id,date,material,mass_kg"
ROWS = tuple(f"R{i},2026-01-{i:02d},magnet,{i}.5" for i in range(1, 6))
CSV = "\n".join((HEAD, *ROWS)) + "\n"
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts><numFmt numFmtId="170" formatCode="dd.mm.yyyy"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="21"/></cellXfs></styleSheet>'
)


def cell(ref: str, value: object, *, kind: str = "", style: int = 0, formula: str = "") -> str:
    """Returns the XML of a cell; text stands in the cell itself."""
    marks = f' s="{style}"' if style else ""
    if isinstance(value, str) and not kind:
        return f'<c r="{ref}"{marks} t="inlineStr"><is><t>{value}</t></is></c>'
    marks += f' t="{kind}"' if kind else ""
    return f'<c r="{ref}"{marks}>' + (f"<f>{formula}</f>" if formula else "") + f"<v>{value}</v></c>"


def sheet_row(number: int, *cells: str) -> str:
    """Returns the XML of a row."""
    return f'<row r="{number}">{"".join(cells)}</row>'


def sheet_rows(table: Sequence[Sequence[object]], *, first: int = 1) -> str:
    """Returns the XML of rows; a cell that is "" is left out."""
    return "".join(
        sheet_row(
            number,
            *(cell(f"{chr(65 + place)}{number}", value) for place, value in enumerate(row) if value != ""),
        )
        for number, row in enumerate(table, first)
    )


PLAIN: list[list[object]] = [
    ["id", "date", "material", "mass_kg"],
    *([f"R{i}", f"2026-01-0{i}", "magnet", i + 0.5] for i in range(1, 6)),
]


def members(
    rows: str = "",
    *,
    sheets: Mapping[str, str] | None = None,
    hidden: Sequence[str] = (),
    shared: Sequence[str] = (),
    head: str = "",
    tail: str = "",
    day_system: str = "",
) -> dict[str, bytes]:
    """Returns the members of a workbook with one sheet, or several."""
    given = sheets or {"Export": rows or sheet_rows(PLAIN)}
    listed, links, out = "", "", {}
    for number, (name, xml) in enumerate(given.items(), 1):
        state = ' state="hidden"' if name in hidden else ""
        listed += f'<sheet name="{name}" sheetId="{number}"{state} r:id="rId{number}"/>'
        links += f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        out[f"xl/worksheets/sheet{number}.xml"] = (
            f'<?xml version="1.0" encoding="UTF-8"?>{head}<worksheet xmlns="{_MAIN}"><sheetData>{xml}</sheetData>{tail}</worksheet>'
        )
    links += f'<Relationship Id="rId98" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    links += f'<Relationship Id="rId99" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    out |= {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships><Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{day_system}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships>{links}</Relationships>",
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{"".join(f"<si><t>{text}</t></si>" for text in shared)}</sst>',
    }
    return {name: text.encode() for name, text in out.items()}


def write_zip(path: Path, parts: Mapping[str, bytes]) -> None:
    """Writes a zip file, always with the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)


def write_xlsx(path: Path, rows: str = "", **more: object) -> None:
    """Writes a workbook; see `members`."""
    write_zip(path, members(rows, **more))  # type: ignore[arg-type] # words of any kind


def frame() -> pl.DataFrame:
    """Returns a small table in native types."""
    return pl.DataFrame({"id": [f"R{i}" for i in range(50)], "mass_kg": [i + 0.5 for i in range(50)], "n": range(50)})
