"""Transactions of a case folder as what options of a mix need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError, Faults
from coercivity.cases.brief.brief import Brief
from coercivity.cases.brief.head import read_case
from coercivity.cases.gather import Standing
from coercivity.cases.known_lists import deal_known
from coercivity.cases.lot_papers.folder import read_case_rows
from coercivity.cases.transactions import Transaction
from coercivity.firm.option_law.results import OptionDeal
from coercivity.law.engine.decide import decide
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption


def deals_of_brief(brief: Brief) -> dict[str, OptionDeal]:
    """Returns the transactions of a brief by id, each at its planned date if it has one.

    Args:
        brief: The transactions as decided.
    """
    return {
        row.transaction.id: OptionDeal(
            row.transaction.id, row.planned.decision if row.planned else row.decision, row.transaction.deal
        )
        for row in brief.rows
    }


def case_transactions(book: Rulebook, folder: Path, faults: Faults) -> list[Transaction]:
    """Returns the transactions of a case folder; every fault of both files is added.

    Args:
        book: The rulebook, for its facts.
        folder: Folder with `case.yaml` and `transactions.csv`.
        faults: Receives the faults.
    """
    standing, rows = Standing(), list[Transaction]()
    try:
        _, standing = read_case(folder, book.catalogue.countries)
    except CoercivityError as error:
        faults.items += error.faults
        if not folder.is_dir():
            return rows
    with faults.kept():
        rows = read_case_rows(book, folder, standing=standing).rows
    return rows


def decided_deals(
    book: Rulebook,
    rows: Sequence[Transaction],
    on: Day | None,
    *,
    known: Day | None = None,
    assume: Mapping[str, Assumption] | None = None,
) -> dict[str, OptionDeal]:
    """Returns transactions as decided, by id; one without a date of its own is decided for `on`.

    Args:
        book: The rulebook.
        rows: The transactions.
        on: First day of the mix; without it a transaction that has no date is left out.
        known: Information cut-off.
        assume: Planning assumptions, by instrument.
    """
    given = {row.id: deal_known(book, row.deal, known) for row in rows}
    return {
        row.id: OptionDeal(row.id, decide(book, given[row.id], day, known=known, assume=assume), given[row.id])
        for row in rows
        if (day := row.on or on) is not None
    }
