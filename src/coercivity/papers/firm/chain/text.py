"""The licence time of a chain as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.words import Lang
from coercivity.papers.firm.chain.report_data import ChainReport
from coercivity.papers.firm.chain.sections import chain_sections, chain_title
from coercivity.papers.shared.output.text import section_lines
from coercivity.papers.shared.terminal import wrapped


def chain_lines(body: ChainReport, lang: Lang = "en", *, more: bool = False) -> Iterator[str]:
    """Yields the licence time of a chain, at most as wide as the page; tables must not be wrapped again.

    Args:
        body: The result as plain data.
        lang: Language.
        more: Show the probability of every day too.
    """
    yield from wrapped(chain_title(body, lang), "")
    yield from section_lines(chain_sections(body, lang), more=more)
