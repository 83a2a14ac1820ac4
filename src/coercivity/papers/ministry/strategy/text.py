"""Who wins with what as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.words import Lang
from coercivity.papers.ministry.strategy.report_data import StrategyReport
from coercivity.papers.ministry.strategy.sections import for_pages, strategy_sections, strategy_title
from coercivity.papers.ministry.strategy.wording import wording
from coercivity.papers.shared.output.text import section_lines
from coercivity.papers.shared.terminal import wrapped


def strategy_lines(body: StrategyReport, lang: Lang = "en") -> Iterator[str]:
    """Yields the result, at most as wide as the page; tables must not be wrapped again.

    Args:
        body: The result as plain data.
        lang: Language.
    """
    yield from wrapped(strategy_title(body, lang), "")
    shown = for_pages(strategy_sections(body, lang))
    yield from section_lines(section for section in shown if section.id != "formulas")
    yield ""
    yield wording(lang)("hash", body["hash"])
