"""The transactions of a case folder with the documents of their lots."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.cases.gather import Standing
from coercivity.cases.lot_papers.compare import LotFinding
from coercivity.cases.lot_papers.deals import LotPapers, compared, deal_with_papers
from coercivity.cases.lot_papers.rows import PAPER_FORM, PaperReader, PaperRow
from coercivity.cases.lot_papers.table import paper_table
from coercivity.cases.transactions import Transaction, read_transactions
from coercivity.data.input import Input
from coercivity.data.textyaml import file_in
from coercivity.law.rules.rulebook import Rulebook

PAPERS_FILE, TABLE_FILE = "papers.csv", "transactions.csv"


@dataclass(frozen=True, slots=True)
class CaseRows:
    """The transactions of a case folder.

    Attributes:
        rows: The transactions, each with what the documents of its lots show.
        papers: The documents, compared; none if the folder has no `papers.csv`.
        findings: What they show, by transaction.
    """

    rows: list[Transaction]
    papers: LotPapers
    findings: dict[str, tuple[LotFinding, ...]]

    @property
    def every_finding(self) -> tuple[LotFinding, ...]:
        """What the documents of all lots show, and of all transactions, each once."""
        of_deals = (finding for told in self.findings.values() for finding in told)
        return tuple(dict.fromkeys((*self.papers.findings, *of_deals)))


def read_case_rows(book: Rulebook, folder: Path, *, standing: Standing | None = None) -> CaseRows:
    """Returns the transactions of a case folder with the documents of their lots.

    Args:
        book: The rulebook, for its facts.
        folder: Folder with `transactions.csv` and, if there is one, `papers.csv`.
        standing: Compliance declarations for every row, unless it says otherwise.

    Raises:
        CoercivityError: With every error of both files, and every two documents of a lot whose end uses differ.
    """
    faults, rows = Faults(), list[Transaction]()
    with faults.kept():
        rows = read_transactions(book, file_in(folder, TABLE_FILE), standing=standing)
    if not os.path.lexists(path := file_in(folder, PAPERS_FILE)):
        faults.raise_if_any()
        return CaseRows(rows, LotPapers(), {})
    papers = LotPapers()
    with faults.kept():
        written = _rows(book, path, faults)
        _deals(written, rows, faults)
        papers = compared(book, written, faults)
    found: list[Transaction] = []
    findings: dict[str, tuple[LotFinding, ...]] = {}
    for row in rows:
        deal, told = deal_with_papers(book, row.deal, papers, row.id, f"{TABLE_FILE}:{row.line}, {row.id}", faults)
        found.append(replace(row, deal=deal))
        findings |= {row.id: told} if told else {}
    faults.raise_if_any()
    return CaseRows(found, papers, findings)


def _rows(book: Rulebook, path: Input, faults: Faults) -> tuple[PaperRow, ...]:
    table = enumerate(paper_table(path), 1)
    read = [PaperReader(book, row.where, faults).read(row.cells, rank) for rank, row in table]
    return tuple(row for row in read if row is not None)


def _deals(papers: tuple[PaperRow, ...], rows: list[Transaction], faults: Faults) -> None:
    """Adds a fault for every paper of a transaction that does not exist."""
    known = {row.id for row in rows}
    for row in papers if known else ():
        if row.deal and row.deal not in known:
            what = f"transactions.csv has no row {brief_value(row.deal)!r}"
            step = "name a transaction, or leave `deal` blank"
            faults.add(PAPER_FORM, what, where=row.where, nearest=nearest(row.deal, known), next=step)
