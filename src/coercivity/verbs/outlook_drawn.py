"""What draws say of an outlook: the draws of its runs, solved or kept, and their ranges, causes and differences."""

from __future__ import annotations

from coercivity.base.errors import Fault
from coercivity.cases.arguments import Law
from coercivity.ensemble.results.report import draws_report
from coercivity.ensemble.results.rows import DrawsReport
from coercivity.ensemble.results.usual import usual_set
from coercivity.files.kept.store import Store
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.verbs.draws import DrawsAsked, draw_sets
from coercivity.verbs.draws_options import DrawsRun


def drawn_report(
    book: Rulebook,
    law: Law,
    asked: DrawsAsked,
    report: OutlookReport,
    how: DrawsRun,
    *,
    store: Store | None = None,
    notices: list[Fault] | None = None,
) -> DrawsReport:
    """Returns what draws say of an outlook.

    Args:
        book: The rulebook.
        law: The same as it was asked for.
        asked: The draws.
        report: The outlook without draws.
        how: How draws are run.
        store: Where solved months are kept, and draws unless a folder is named.
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
    tables = {run["id"]: run for run in report["runs"]}
    usual = {each.run: usual_set(each, tables[each.run], report["months"]) for each in sets}
    return draws_report(sets, usual, asked.first, asked.last, (asked.begin, asked.first - 1), asked.parameters)
