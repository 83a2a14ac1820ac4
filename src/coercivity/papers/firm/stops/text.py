"""Line stops of a company as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.words import Lang
from coercivity.papers.firm.stops.report_data import StopsReport
from coercivity.papers.firm.stops.sections import stops_sections, stops_title
from coercivity.papers.shared.output.text import section_lines
from coercivity.papers.shared.terminal import wrapped


def stops_lines(body: StopsReport, lang: Lang = "en", *, short: bool = False) -> Iterator[str]:
    """Yields the line stops of a company, at most as wide as the page; tables must not be wrapped again.

    Args:
        body: The result as plain data.
        lang: Language.
        short: Only the summary and the assumptions.
    """
    sections = stops_sections(body, lang)
    if short:
        sections = tuple(section for section in sections if section.id in ("summary", "assumed"))
    yield from wrapped(stops_title(body, lang), "")
    yield from section_lines(sections)
