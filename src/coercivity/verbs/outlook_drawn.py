"""What draws say of an outlook: the draws of its runs, solved or kept, and their ranges, causes and differences."""

from __future__ import annotations

from coercivity.base.errors import Fault
from coercivity.base.months import month_text
from coercivity.cases.arguments import Law
from coercivity.ensemble.results.rows import DrawsReport
from coercivity.ensemble.rows import drawn_rows, ranged_rows
from coercivity.ensemble.runs.sets import DrawSet
from coercivity.files.kept.store import Store
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.verbs.draws import DrawsAsked, draw_sets
from coercivity.verbs.outlook_draws import DrawsRun


def drawn_report(
    book: Rulebook,
    law: Law,
    asked: DrawsAsked,
    report: OutlookReport,
    store: Store | None,
    how: DrawsRun,
    notices: list[Fault],
) -> DrawsReport:
    """Returns what draws say of an outlook.

    Args:
        book: The rulebook.
        law: The same as it was asked for.
        asked: The draws.
        report: The outlook without draws.
        store: Where draws and solved months are kept.
        how: How draws are run.
        notices: Receives what is said of draws that could not be used.

    Raises:
        CoercivityError: As `draw_sets`.
    """
    sets = draw_sets(
        book,
        law,
        asked,
        store=store,
        folder=how.folder,
        executor=how.executor,
        at_once=how.workers,
        progress=how.progress,
        notices=notices,
    )
    return said_of(sets, asked, report)
