"""What draws say in the summary for a terminal: each figure with its range."""

from __future__ import annotations

from coercivity.base.words import Lang
from coercivity.papers.outlook.draws.beside import draws_of, figure_line, figures_by_key
from coercivity.papers.outlook.draws.wording import shared_months, word
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.shared.terminal import wrapped

_MOST_LINES = 15


def range_lines(report: OutlookReport, lang: Lang, width: int) -> list[str]:
    """Returns the lines on draws, at most fifteen; none if the outlook has no draws.

    Args:
        report: The report data.
        lang: Language.
        width: Columns of a line.
    """
    draws = draws_of(report)
    if draws is None:
        return []
    told = word("forms", "summary", lang).format(f"{draws['draws']:,}", draws["first"], draws["last"])
    shared = shared_months(draws["shared"], lang)
    found = wrapped(word("forms", "summary_shared", lang).format(told, shared) if shared else told, "", width)
    for rows in figures_by_key(draws).values():
        lines = wrapped(figure_line(report, rows, lang, form="short"), "  ", width)
        if len(found) + len(lines) <= _MOST_LINES:
            found += lines
    return found
