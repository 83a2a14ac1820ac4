"""Whether technology or materials are the bottleneck as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.words import Lang
from coercivity.papers.ministry.bottleneck.report_data import BottleneckReport
from coercivity.papers.ministry.bottleneck.sections import bottleneck_sections, bottleneck_title, for_pages
from coercivity.papers.ministry.bottleneck.wording import wording
from coercivity.papers.shared.output.text import section_lines
from coercivity.papers.shared.terminal import wrapped


def bottleneck_lines(body: BottleneckReport, lang: Lang = "en") -> Iterator[str]:
    """Yields the result, at most as wide as the page; tables must not be wrapped again.

    Args:
        body: The result as plain data.
        lang: Language.
    """
    yield from wrapped(bottleneck_title(body, lang), "")
    shown = for_pages(bottleneck_sections(body, lang))
    yield from section_lines(section for section in shown if section.id != "formulas")
    yield ""
    yield wording(lang)("hash", body["hash"])
