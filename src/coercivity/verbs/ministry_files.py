"""A result for a ministry as files: pages, CSV, workbook, pictures, JSON; the same names for every question."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Literal

from coercivity.base.canonical import canonical_json
from coercivity.base.words import Lang
from coercivity.papers.ministry.paper import MinistryPaper
from coercivity.papers.printed.picture_png import picture_png

Papers = Mapping[Lang, MinistryPaper]
MinistryFile = Literal["result.xlsx", "tables.zip", "iamc.csv", "picture.svg", "picture.png", "result.json"]
MINISTRY_FILES: tuple[MinistryFile, ...] = (
    "result.xlsx", "tables.zip", "iamc.csv", "picture.svg", "picture.png", "result.json",
)  # fmt: skip
_MADE = (2000, 1, 1, 0, 0, 0)


def ministry_files(
    name: str, body: Mapping[str, object], papers: Papers, workbook: bytes, lang: Lang
) -> dict[str, bytes]:
    """Returns the files of a result by name: pages and pictures in both languages, JSON, workbook and tables.

    Args:
        name: Begin of their names.
        body: The result as plain data.
        papers: The result on paper by language.
        workbook: The result as XLSX.
        lang: Language of words in cells of CSV files.

    Raises:
        CoercivityError: If the picture cannot be drawn as PNG, for lack of Typst or a font.
    """
    en, zh = papers["en"], papers["zh"]
    return {
        f"{name}.json": canonical_json(body) + b"\n",
        f"{name}.html": en.page(sister=f"{name}.zh.html").encode(),
        f"{name}.zh.html": zh.page(sister=f"{name}.html").encode(),
        f"{name}.xlsx": workbook,
        f"{name}.svg": en.svg,
        f"{name}.zh.svg": zh.svg,
        f"{name}.png": picture_png(en.picture, "en"),
        f"{name}.zh.png": picture_png(zh.picture, "zh"),
        **papers[lang].csv,
    }


def ministry_file(name: MinistryFile, body: Mapping[str, object], paper: MinistryPaper, workbook: bytes) -> bytes:
    """Returns one file of a result.

    Args:
        name: Which.
        body: The result as plain data.
        paper: The result on paper.
        workbook: The result as XLSX.

    Raises:
        CoercivityError: If the picture cannot be drawn as PNG, for lack of Typst or a font.
    """
    match name:
        case "result.xlsx":
            return workbook
        case "tables.zip":
            return zipped(paper.csv)
        case "iamc.csv":
            return paper.csv[name]
        case "picture.svg":
            return paper.svg
        case "picture.png":
            return picture_png(paper.picture, paper.lang)
    return canonical_json(body) + b"\n"


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Returns files as one archive; the same files give the same bytes.

    Args:
        files: Content by name.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, _MADE), files[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()
