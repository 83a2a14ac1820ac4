"""The pipeline as files: pages and CSV."""

from __future__ import annotations

from coercivity.base.words import Lang
from coercivity.papers.ministry.pipeline.report_data import PipelineReport
from coercivity.papers.ministry.pipeline.sections import pipeline_sections
from coercivity.papers.ministry.pipeline.wording import wording
from coercivity.papers.shared.output.files import section_csv
from coercivity.papers.shared.output.page import page_html


def pipeline_page(body: PipelineReport, lang: Lang = "en", *, sister: str = "") -> str:
    """Returns the result as a page that prints whole and needs no script.

    Args:
        body: The result as plain data.
        lang: Language.
        sister: Address of the page in the other language; empty if there is none.
    """
    w = wording(lang)
    return page_html(
        w("title"), pipeline_sections(body, lang), {}, lang, sister=sister, foot=w("footer", w("hash", body["hash"]))
    )


def pipeline_csv(body: PipelineReport, lang: Lang = "en") -> dict[str, bytes]:
    """Returns the tables as CSV files by name.

    Args:
        body: The result as plain data.
        lang: Language of the words in cells.
    """
    return section_csv(pipeline_sections(body, lang))
