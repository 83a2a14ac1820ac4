"""The transactions of a case folder with the documents of their lots."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path

from coercivity.base.errors import Faults
from coercivity.cases.brief.jurisdictions import asks_abroad, in_china, with_facts_abroad
from coercivity.cases.gather import Standing
from coercivity.cases.lot_papers.compare import LotFinding
from coercivity.cases.lot_papers.deals import LotPapers, compared, deal_with_papers
from coercivity.cases.lot_papers.rows import PaperReader, PaperRow, of_deals
from coercivity.cases.lot_papers.table import paper_table
from coercivity.cases.transactions import Transaction, read_transactions
from coercivity.data.input import Input
from coercivity.data.textyaml import file_in
from coercivity.law.engine.decide import Deal
from coercivity.law.rules.rulebook import Rulebook

PAPERS_FILE, TABLE_FILE = "papers.csv", "transactions.csv"


@dataclass(frozen=True, slots=True)
class CaseRows:
    """The transactions of a case folder.

    Attributes:
        rows: The transactions, each with what the documents of its lots show.
        papers: The documents, compared; none if the folder has no `papers.csv`.
        findings: What they show, by transaction.
        whole: The deal of each transaction with the facts of all jurisdictions, if the case asks for others.
    """

    rows: list[Transaction]
    papers: LotPapers
    findings: dict[str, tuple[LotFinding, ...]]
    whole: dict[str, Deal] = field(default_factory=dict)

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
    china, abroad = book, asks_abroad(folder)
    book = with_facts_abroad(china) if abroad else china
    with faults.kept():
        rows = read_transactions(book, file_in(folder, TABLE_FILE), standing=standing)
    path = file_in(folder, PAPERS_FILE)
    if not abroad and not os.path.lexists(path):
        faults.raise_if_any()
        return CaseRows(rows, LotPapers(), {})
    papers = _papers(book, path, rows, faults) if os.path.lexists(path) else LotPapers()
    found: list[Transaction] = []
    findings: dict[str, tuple[LotFinding, ...]] = {}
    for row in rows:
        deal, told = deal_with_papers(book, row.deal, papers, row.id, f"{TABLE_FILE}:{row.line}, {row.id}", faults)
        found.append(replace(row, deal=deal))
        findings |= {row.id: told} if told else {}
    faults.raise_if_any()
    if not abroad:
        return CaseRows(found, papers, findings)
    whole = {row.id: row.deal for row in found}
    return CaseRows([_in_china(china, row) for row in found], papers, findings, whole)


def _papers(book: Rulebook, path: Path, rows: list[Transaction], faults: Faults) -> LotPapers:
    found = LotPapers()
    with faults.kept():
        written = _rows(book, path, faults)
        of_deals(written, [row.id for row in rows], f"{TABLE_FILE} has no row", faults)
        found = compared(book, written, faults)
    return found


def _in_china(china: Rulebook, row: Transaction) -> Transaction:
    """Returns a transaction without the facts that only other jurisdictions ask for."""
    facts = {name: raw for name, raw in row.facts.items() if name in china.catalogue}
    return replace(row, facts=facts, deal=in_china(china, row.deal))


def _rows(book: Rulebook, path: Input, faults: Faults) -> tuple[PaperRow, ...]:
    table = enumerate(paper_table(path), 1)
    read = [PaperReader(book, row.where, faults).read(row.cells, rank) for rank, row in table]
    return tuple(row for row in read if row is not None)
