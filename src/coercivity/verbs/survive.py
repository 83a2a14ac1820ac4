"""`survive`: days of cover of a company, by part and element, against the licence time, and by clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coercivity.base.days import Day, day_of
from coercivity.base.errors import CoercivityError, Faults
from coercivity.base.words import Lang
from coercivity.cases.arguments import KNOWN, ON, PACKED, Law, assumptions
from coercivity.cases.brief.head import TABLE_FILE, read_case
from coercivity.cases.gather import Standing
from coercivity.cases.transactions import Transaction, read_transactions
from coercivity.data.textyaml import file_in
from coercivity.firm.firmfile import FIRM_FILE, FirmFile, read_firm
from coercivity.firm.flows import Setting, view_flows
from coercivity.firm.survival import FirmSurvival
from coercivity.firm.survival import survive as find_survival
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.firm.parts import survival_part
from coercivity.papers.firm.report_data import FlowData, ItemData, Levels, ReachRow, SupplyRow, SurvivalReport
from coercivity.papers.firm.report_html import SurvivalView, survival_view
from coercivity.papers.firm.report_text import survival_lines
from coercivity.papers.shared.parts import span_words
from coercivity.papers.shared.report_data import AmountData
from coercivity.papers.shared.terminal import rewrapped

__all__ = [
    "AmountData", "FlowData", "ItemData", "Levels", "ReachRow", "SupplyRow", "Survival", "SurvivalReport",
    "SurvivalView", "has_firm", "span_words", "survival_view", "survive",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Survival:
    """Days of cover of a company.

    Attributes:
        found: The result.
        body: The same as plain data: text, whole numbers, flags, lists and mappings.
    """

    found: FirmSurvival
    body: SurvivalReport

    def as_dict(self) -> SurvivalReport:
        """Returns the result as plain data for JSON."""
        return self.body

    def lines(self, lang: Lang = "en") -> Iterator[str]:
        """Yields the result as lines of text."""
        for line in survival_lines(self.body, lang):
            yield from rewrapped(line)


def has_firm(case_dir: Path) -> bool:
    """Returns whether a case folder contains a company."""
    return (case_dir / FIRM_FILE).is_file()


def survive(
    case_dir: Path,
    on: Day | str,
    *,
    known: Day | str | None = None,
    assume: str | None = None,
    law: Law = PACKED,
) -> Survival:
    """Returns the days of cover of the company of a case folder.

    Args:
        case_dir: Folder with `case.yaml`, `transactions.csv` and `firm.yaml`.
        on: Date from which days are counted, and transaction date of every supply flow.
        known: Information cut-off; by default the earlier of `on` and the last verification of the rulebook.
        assume: Planning assumptions, as after `--assume`.
        law: The rulebook to use.

    Raises:
        CoercivityError: With every error in the arguments or in the files of the case.

    Examples:
        >>> found = coercivity.survive(EXAMPLES / "ev-motor", "2026-12-01")
        >>> next(found.lines())
        'ev-motor, days of cover from 2026-12-01'
    """
    book, faults = law.book(), Faults()
    day = on if isinstance(on, Day) else day_of(on, ON, faults)
    known_day = known if isinstance(known, Day) or known is None else day_of(known, KNOWN, faults)
    seen_from = known_day or (book.default_known(day) if day is not None else None)
    picked = assumptions(book, assume, faults, known=seen_from)
    faults.raise_if_any()
    assert day is not None
    file, rows, standing = _read(book, case_dir)
    setting = Setting(book, day, known_day or book.default_known(day), picked)
    found = find_survival(setting, file, view_flows(setting, file, rows, standing))
    return Survival(found, survival_part(book, found))


def _read(book: Rulebook, folder: Path) -> tuple[FirmFile, dict[str, Transaction], Standing]:
    """Reads all three files and reports the errors of all of them at once."""
    faults, standing = Faults(), Standing()
    rows: dict[str, Transaction] = {}
    file: FirmFile | None = None
    try:
        _, standing = read_case(folder, book.catalogue.countries)
    except CoercivityError as error:
        faults.items += error.faults
        if not folder.is_dir():
            raise
    try:
        rows = {row.id: row for row in read_transactions(book, file_in(folder, TABLE_FILE), standing=standing)}
    except CoercivityError as error:
        faults.items += error.faults
    try:
        elements = book.catalogue["elements"].values or {}
        file = read_firm(folder, elements=elements, countries=book.catalogue.countries)
    except CoercivityError as error:
        faults.items += error.faults
    faults.raise_if_any()
    assert file is not None
    return file, rows, standing
