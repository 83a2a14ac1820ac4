"""A backtest as files: pages, tables as CSV, a workbook, pictures; and as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.words import Lang
from coercivity.papers.backtest.report_data import BacktestReport
from coercivity.papers.backtest.sections import backtest_sections, backtest_title, for_pages
from coercivity.papers.backtest.wording import wording
from coercivity.papers.shared.output.files import section_csv
from coercivity.papers.shared.output.page import page_html
from coercivity.papers.shared.output.text import section_lines
from coercivity.papers.shared.terminal import wrapped


def backtest_page(body: BacktestReport, lang: Lang = "en", *, sister: str = "") -> str:
    """Returns the result as a page that prints whole and needs no script.

    Args:
        body: The result as plain data.
        lang: Language.
        sister: Address of the page in the other language; empty if there is none.
    """
    foot = wording(lang)("footer", body["hash"])
    sections = for_pages(backtest_sections(body, lang))
    return page_html(backtest_title(body, lang), sections, {}, lang, sister=sister, foot=foot)


def backtest_csv(body: BacktestReport, lang: Lang = "en") -> dict[str, bytes]:
    """Returns the tables as CSV files by name.

    Args:
        body: The result as plain data.
        lang: Language of the words in cells; the names of the columns are the same in all languages.
    """
    return section_csv(backtest_sections(body, lang))


def backtest_svg(body: BacktestReport, lang: Lang = "en") -> dict[str, bytes]:
    """Returns each picture as a self-contained SVG, by the name of its file.

    Args:
        body: The result as plain data.
        lang: Language of their texts.
    """
    return {
        f"{each.id}.svg": each.svg.encode() + b"\n"
        for section in backtest_sections(body, lang)
        for each in section.figures
    }


def backtest_lines(body: BacktestReport, lang: Lang = "en") -> Iterator[str]:
    """Yields the result, at most as wide as the page; tables must not be wrapped again.

    Args:
        body: The result as plain data.
        lang: Language.
    """
    yield from wrapped(backtest_title(body, lang), "")
    shown = for_pages(backtest_sections(body, lang))
    yield from section_lines(section for section in shown if section.id != "formulas")
    yield ""
    yield wording(lang)("hash", body["hash"])
