"""A calibration as files: pages, lines for a terminal, tables as CSV, pictures."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.words import Lang
from coercivity.papers.calibration.report_data import CalibrationReport
from coercivity.papers.calibration.sections import calibration_sections, calibration_title
from coercivity.papers.calibration.wording import wording
from coercivity.papers.shared.output.files import section_csv
from coercivity.papers.shared.output.page import page_html
from coercivity.papers.shared.output.text import section_lines
from coercivity.papers.shared.terminal import wrapped


def calibration_page(body: CalibrationReport, lang: Lang = "en", *, sister: str = "") -> str:
    """Returns the report as a page that prints whole and needs no script.

    Args:
        body: The result as plain data.
        lang: Language.
        sister: Address of the page in the other language; empty if there is none.
    """
    foot = wording(lang)("footer", body["hash"])
    return page_html(
        calibration_title(body, lang), calibration_sections(body, lang), {}, lang, sister=sister, foot=foot
    )


def calibration_text(body: CalibrationReport, lang: Lang = "en") -> Iterator[str]:
    """Yields the report, at most as wide as the page; tables must not be wrapped again.

    Args:
        body: The result as plain data.
        lang: Language.
    """
    yield from wrapped(calibration_title(body, lang), "")
    yield from section_lines(section for section in calibration_sections(body, lang) if section.id != "formulas")
    yield ""
    yield wording(lang)("hash", body["hash"])


def calibration_csv(body: CalibrationReport, lang: Lang = "en") -> dict[str, bytes]:
    """Returns the tables as CSV files by name; the names of the columns are the same in all languages.

    Args:
        body: The result as plain data.
        lang: Language of the words in cells.
    """
    return section_csv(calibration_sections(body, lang))


def calibration_svg(body: CalibrationReport, lang: Lang = "en") -> dict[str, bytes]:
    """Returns the picture of each fit as a self-contained SVG, by the name of its file.

    Args:
        body: The result as plain data.
        lang: Language of their texts.
    """
    sections = calibration_sections(body, lang)
    return {f"{each.id}.svg": f"{each.svg}\n".encode() for section in sections for each in section.figures}
