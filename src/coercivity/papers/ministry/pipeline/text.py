"""The pipeline as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.words import Lang
from coercivity.papers.ministry.pipeline.report_data import PipelineReport
from coercivity.papers.ministry.pipeline.sections import pipeline_sections
from coercivity.papers.ministry.pipeline.wording import wording
from coercivity.papers.shared.output.text import section_lines
from coercivity.papers.shared.terminal import wrapped


def pipeline_lines(body: PipelineReport, lang: Lang = "en") -> Iterator[str]:
    """Yields the result, at most as wide as the page; tables must not be wrapped again.

    Args:
        body: The result as plain data.
        lang: Language.
    """
    w = wording(lang)
    yield from wrapped(w("title"), "")
    yield from section_lines(pipeline_sections(body, lang))
    yield ""
    yield w("hash", body["hash"])
