"""A forecast as lines for a terminal, as Markdown and as CSV."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.words import Lang
from coercivity.papers.forecast.report_data import ForecastReport
from coercivity.papers.forecast.sections import forecast_sections, forecast_title
from coercivity.papers.forecast.wording import wording
from coercivity.papers.shared.output.text import section_lines
from coercivity.papers.shared.paper.sections import PaperTable
from coercivity.papers.shared.terminal import wrapped

# Too long for a terminal; the statement and its page hold them.
LONG = frozenset({"series", "without"})


def forecast_lines(body: ForecastReport, lang: Lang = "en") -> Iterator[str]:
    """Yields a forecast as lines of text; the series as they are reported are in its files.

    Args:
        body: The statement.
        lang: Language.
    """
    yield from wrapped(forecast_title(body, lang), "")
    yield from section_lines(section for section in forecast_sections(body, lang) if section.id not in LONG)
    yield ""
    yield from wrapped(wording(lang)("more", len(body["series"])), "")


def forecast_markdown(body: ForecastReport, lang: Lang = "en") -> str:
    """Returns a forecast as a Markdown page.

    Args:
        body: The statement.
        lang: Language.
    """
    lines = [f"# {forecast_title(body, lang)}", ""]
    for section in forecast_sections(body, lang):
        lines += [f"## {section.heading}", ""]
        for sentence in section.sentences:
            lines += [_safe(sentence), ""]
        for table in section.tables:
            lines += [*_table(table), ""]
        for note in section.notes:
            lines += [_safe(note), ""]
    return "\n".join(lines)


def _table(table: PaperTable) -> Iterator[str]:
    yield f"**{_safe(table.title)}**"
    yield ""
    yield _row(table.head)
    yield _row(["---:" if place in table.numeric else "---" for place in range(len(table.head))])
    yield from (_row(row) for row in table.rows)


def _row(cells: tuple[str, ...] | list[str]) -> str:
    return f"| {' | '.join(_safe(cell) for cell in cells)} |"


def _safe(text: str) -> str:
    """Returns a text without signs that Markdown would read as its own."""
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")
