"""Documents given beside a single deal, or beside a text with several deals that all rest on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coercivity.base.errors import Faults
from coercivity.cases.lot_papers.compare import LotFinding
from coercivity.cases.lot_papers.deals import LotPapers, deal_with_papers, lot_papers, without_answer
from coercivity.law.engine.decide import Deal
from coercivity.law.rules.rulebook import Rulebook

Papers = Sequence[Mapping[str, object]]
PAPERS, DEAL = "papers", "deal"


class PapersBeside:
    """Documents beside a deal, compared when they are read.

    Args:
        book: The rulebook.
        rows: The documents as rows of text; none leave a deal as it is.
        facts: Facts as stated.
        faults: Collects every error, and every two documents of a lot whose end uses differ.

    Attributes:
        facts: The facts without an answer that the rulebook does not ask for.
    """

    def __init__(self, book: Rulebook, rows: Papers, facts: Mapping[str, object], faults: Faults) -> None:
        self._book, self._faults = book, faults
        self.facts, self._said, self._papers = facts, None, LotPapers()
        if rows:
            self.facts, self._said = without_answer(book, facts, "facts", faults)
            self._papers = lot_papers(book, [_about_the_deal(row) for row in rows], PAPERS, faults)

    def deal(self, deal: Deal, id: str = DEAL) -> tuple[Deal, tuple[LotFinding, ...]]:
        """Returns a deal with what its documents show, and the findings."""
        return deal_with_papers(self._book, deal, self._papers, id, "facts", self._faults, self._said)


def _about_the_deal(row: object) -> object:
    """Returns a row without the deal of a case that a table names: all documents beside a deal are about it."""
    return {key: value for key, value in row.items() if key != "deal"} if isinstance(row, Mapping) else row
