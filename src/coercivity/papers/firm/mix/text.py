"""The best mix as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.words import Lang
from coercivity.papers.firm.mix.report_data import MixReport
from coercivity.papers.firm.mix.sections import mix_sections, mix_title
from coercivity.papers.firm.mix.wording import wording
from coercivity.papers.shared.output.text import section_lines
from coercivity.papers.shared.terminal import wrapped


def mix_lines(body: MixReport, lang: Lang = "en") -> Iterator[str]:
    """Yields the best mix, at most as wide as the page; tables must not be wrapped again.

    Args:
        body: The result as plain data.
        lang: Language.
    """
    yield from wrapped(mix_title(body, lang), "")
    yield from section_lines(section for section in mix_sections(body, lang) if section.id != "formulas")
    yield ""
    yield wording(lang)("hash", body["hash"])
