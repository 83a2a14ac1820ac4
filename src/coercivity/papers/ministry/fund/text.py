"""What a budget should buy as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.words import Lang
from coercivity.papers.ministry.fund.report_data import FundReport
from coercivity.papers.ministry.fund.sections import fund_sections, fund_title
from coercivity.papers.ministry.fund.wording import wording
from coercivity.papers.shared.output.text import section_lines
from coercivity.papers.shared.terminal import wrapped


def fund_lines(body: FundReport, lang: Lang = "en") -> Iterator[str]:
    """Yields the result, at most as wide as the page; tables must not be wrapped again.

    Args:
        body: The result as plain data.
        lang: Language.
    """
    yield from wrapped(fund_title(body, lang), "")
    yield from section_lines(section for section in fund_sections(body, lang) if section.id != "formulas")
    yield ""
    yield wording(lang)("hash", body["hash"])
