"""A case folder as plain report data: every transaction decided, with its background and upcoming dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coercivity.base.days import ONE_DAY, Day
from coercivity.base.errors import CoercivityError, Faults
from coercivity.cases.brief.head import TABLE_FILE, CaseHead, read_case
from coercivity.cases.brief.law_state import Coming, InstrumentState, law_on_the_day, what_is_coming
from coercivity.cases.brief.transaction import BriefRow, make_row
from coercivity.cases.lot_papers.folder import CaseRows, read_case_rows
from coercivity.cases.transactions import Transaction
from coercivity.law.rules.model import GRAVITY, Outcome
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption

MOST_TRANSACTIONS = 500

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Brief:
    """One case on one date.

    Attributes:
        known: Information cut-off.
        first_unverified: First date after the last check.
        start: First day of the charts.
        end: Last day of the charts.
        least_checked: Earliest last check among the instruments used.
        papers: The transactions as read, with what the documents of their lots show; None if they were not read from a
            case folder.
    """

    case: CaseHead
    on: Day
    known: Day
    assume: Mapping[str, Assumption]
    first_unverified: Day
    least_checked: Day
    start: Day
    end: Day
    rows: tuple[BriefRow, ...]
    states: tuple[InstrumentState, ...]
    coming: tuple[Coming, ...]
    papers: CaseRows | None = None

    @property
    def counts(self) -> dict[Outcome, int]:
        """Number of transactions by outcome, including outcomes with none."""
        found = Counter(row.decision.outcome for row in self.rows)
        return {outcome: found.get(outcome, 0) for outcome in Outcome}

    @property
    def outcome(self) -> Outcome:
        """The most restrictive outcome, in the order PROCEED, LICENCE, UNKNOWN, STOP."""
        return max((row.decision.outcome for row in self.rows), key=GRAVITY.__getitem__)


def make_brief(
    book: Rulebook,
    folder: Path,
    on: Day,
    *,
    known: Day | None = None,
    assume: Mapping[str, Assumption] | None = None,
    progress: Progress | None = None,
) -> Brief:
    """Returns the report data of a case folder.

    Args:
        book: The rulebook.
        folder: Folder with `case.yaml` and `transactions.csv`.
        on: Date for which every transaction is decided; planned dates are decided as well.
        known: Information cut-off.
        assume: Planning assumptions by instrument.
        progress: Called with the number of transactions done and the total.

    Raises:
        CoercivityError: With every error of case.yaml, or else every error of the table.
    """
    case, found = read_brief_case(book, folder)
    return brief_of(book, case, found.rows, on, papers=found, known=known, assume=assume, progress=progress)


def brief_of(
    book: Rulebook,
    case: CaseHead,
    rows: Sequence[Transaction],
    on: Day,
    *,
    papers: CaseRows | None = None,
    known: Day | None = None,
    assume: Mapping[str, Assumption] | None = None,
    progress: Progress | None = None,
) -> Brief:
    """Returns the report data of a case that was read, with the arguments of `make_brief`."""
    known = known or book.default_known(on)
    picked = dict(assume or {})
    start, end = min(case.horizon.start, on), max(case.horizon.end, on)
    done = []
    for count, transaction in enumerate(rows, 1):
        done.append(make_row(book, transaction, on, known, picked, start, end))
        if progress is not None:
            progress(count, len(rows))
    return Brief(
        case=case,
        on=on,
        known=known,
        assume=picked,
        first_unverified=min(known, book.checked_through) + ONE_DAY,
        least_checked=min(row.decision.horizon for row in done),
        start=start,
        end=end,
        rows=tuple(done),
        states=law_on_the_day(book, done),
        coming=what_is_coming(book, done, on, known),
        papers=papers,
    )


def read_brief_case(book: Rulebook, folder: Path) -> tuple[CaseHead, CaseRows]:
    """Reads the case, its transactions and the documents of their lots.

    Args:
        book: The rulebook.
        folder: Folder with `case.yaml` and `transactions.csv`.

    Raises:
        CoercivityError: With the errors of all files, or if there are too many transactions for a report.
    """
    faults = Faults()
    try:
        case, standing = read_case(folder, book.catalogue.countries)
    except CoercivityError as error:
        faults.items += error.faults
        if folder.is_dir():
            try:
                read_case_rows(book, folder)
            except CoercivityError as second:
                faults.items += second.faults
        raise CoercivityError(faults.items) from None
    found = read_case_rows(book, folder, standing=standing)
    rows = found.rows
    if len(rows) > MOST_TRANSACTIONS:
        raise CoercivityError.of(
            "BRIEF-ROWS",
            f"{len(rows):,} transactions; the limit of a report is {MOST_TRANSACTIONS:,}",
            where=TABLE_FILE,
            next="use `coercivity batch` for large tables, or split the case",
        )
    return case, found
