"""Line stops of a company as files: CSV and a workbook."""

from __future__ import annotations

from coercivity.base.words import Lang
from coercivity.papers.firm.stops.report_data import StopsReport
from coercivity.papers.firm.stops.sections import stops_sections, stops_title
from coercivity.papers.shared.output.files import section_csv, section_workbook


def stops_csv(body: StopsReport, lang: Lang = "en") -> dict[str, bytes]:
    """Returns the tables as CSV files by name.

    Args:
        body: The result as plain data.
        lang: Language of the words in cells; the names of the columns are the same in all languages.
    """
    return section_csv(stops_sections(body, lang))


def stops_workbook(body: StopsReport, lang: Lang = "en") -> bytes:
    """Returns the sections as an XLSX file; the same data give the same bytes.

    Args:
        body: The result as plain data.
        lang: Language of the sheets.
    """
    return section_workbook(stops_title(body, lang), stops_sections(body, lang))
