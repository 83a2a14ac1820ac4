"""Whether technology or materials are the bottleneck as files: pages, tables as CSV, a workbook, and pictures."""

from __future__ import annotations

from coercivity.base.words import Lang
from coercivity.papers.ministry.bottleneck.report_data import BottleneckReport
from coercivity.papers.ministry.bottleneck.sections import bottleneck_sections, bottleneck_title, for_pages
from coercivity.papers.ministry.bottleneck.wording import wording
from coercivity.papers.shared.output.files import section_csv, section_workbook
from coercivity.papers.shared.output.page import page_html


def bottleneck_page(body: BottleneckReport, lang: Lang = "en", *, sister: str = "") -> str:
    """Returns the result as a page that prints whole and needs no script.

    Args:
        body: The result as plain data.
        lang: Language.
        sister: Address of the page in the other language; empty if there is none.
    """
    foot = wording(lang)("footer", body["hash"])
    sections = for_pages(bottleneck_sections(body, lang))
    return page_html(bottleneck_title(body, lang), sections, {}, lang, sister=sister, foot=foot)


def bottleneck_csv(body: BottleneckReport, lang: Lang = "en") -> dict[str, bytes]:
    """Returns the tables as CSV files by name.

    Args:
        body: The result as plain data.
        lang: Language of the words in cells; the names of the columns are the same in all languages.
    """
    return section_csv(bottleneck_sections(body, lang))


def bottleneck_workbook(body: BottleneckReport, lang: Lang = "en") -> bytes:
    """Returns the result as an XLSX file, a sheet a section, units in the heads of columns; no cell is a formula.

    Args:
        body: The result as plain data.
        lang: Language of the sheets.
    """
    held = [section for section in bottleneck_sections(body, lang) if not section.id.startswith("stage_")]
    return section_workbook(bottleneck_title(body, lang), held)


def bottleneck_svg(body: BottleneckReport, lang: Lang = "en") -> dict[str, bytes]:
    """Returns the picture of each stage as a self-contained SVG, by the name of its file.

    Args:
        body: The result as plain data.
        lang: Language of their texts.
    """
    return {
        f"{each.id}.svg": each.svg.encode() + b"\n"
        for section in bottleneck_sections(body, lang)
        for each in section.figures
    }
