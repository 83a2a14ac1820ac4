"""The licence time of a chain as files: CSV and a workbook."""

from __future__ import annotations

from coercivity.base.words import Lang
from coercivity.papers.firm.chain.report_data import ChainReport
from coercivity.papers.firm.chain.sections import chain_sections, chain_title
from coercivity.papers.shared.output.files import section_csv, section_workbook


def chain_csv(body: ChainReport, lang: Lang = "en") -> dict[str, bytes]:
    """Returns the tables as CSV files by name.

    Args:
        body: The result as plain data.
        lang: Language of the words in cells; the names of the columns are the same in all languages.
    """
    return section_csv(chain_sections(body, lang))


def chain_workbook(body: ChainReport, lang: Lang = "en") -> bytes:
    """Returns the sections as an XLSX file; the same data give the same bytes.

    Args:
        body: The result as plain data.
        lang: Language of the sheets.
    """
    return section_workbook(chain_title(body, lang), chain_sections(body, lang))
