"""The documents of a file of deals: of the whole file, and of each deal."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from coercivity.base.errors import Faults
from coercivity.cases.lot_papers.compare import LotFinding
from coercivity.cases.lot_papers.deals import LotPapers, compared, deal_with_papers, without_answer
from coercivity.cases.lot_papers.rows import PaperRow, of_deals, read_papers
from coercivity.data.textyaml import TextMap
from coercivity.data.values import FactValue
from coercivity.law.engine.decide import Deal
from coercivity.law.rules.rulebook import Rulebook


class FilePapers:
    """Collects the documents of a file, and compares those of each lot when all of them are read.

    Args:
        book: The rulebook.
        faults: Collects every error found.
    """

    def __init__(self, book: Rulebook, faults: Faults) -> None:
        self._book, self._faults = book, faults
        self._rows: list[PaperRow] = []
        self._said: dict[str, FactValue] = {}
        self._papers = LotPapers()

    def of_deal(self, id: str, facts: TextMap, raw: object, where: str) -> TextMap:
        """Reads the documents of a deal, and returns its facts without an answer that the rulebook does not ask for.

        Args:
            id: Id of the deal.
            facts: Its facts as written.
            raw: The block `papers` of the deal.
            where: Location for messages.
        """
        rows = raw if isinstance(raw, Sequence) and not isinstance(raw, str) else None
        named = raw if rows is None else [_of(row, id, rank) for rank, row in enumerate(rows, 1)]
        self._rows += read_papers(self._book, named, where, self._faults)
        left, said = without_answer(self._book, facts, where, self._faults)
        if said is not None:
            self._said[id] = said
        found = TextMap(facts.line)
        found.update(left)
        found.key_lines.update(facts.key_lines)
        return found

    def read(self, content: Mapping[str, object], name: str, deals: Collection[str]) -> bool:
        """Reads the documents of the whole file, compares all, and returns whether there are any.

        Args:
            content: The file.
            name: Its name, for messages.
            deals: Ids of its deals, one of which a document may name.
        """
        if "papers" in content:
            self._rows += read_papers(self._book, content["papers"], f"{name}, papers", self._faults)
        of_deals(self._rows, deals, f"{name} has no deal", self._faults)
        self._papers = compared(self._book, self._rows, self._faults)
        return bool(self._rows)

    def deal(self, deal: Deal, id: str, where: str, faults: Faults) -> tuple[Deal, tuple[LotFinding, ...]]:
        """Returns a deal with what the documents of its lots show, and the findings."""
        return deal_with_papers(self._book, deal, self._papers, id, where, faults, self._said.get(id))


def _of(row: object, id: str, rank: int) -> object:
    """Returns a row with the deal that it is listed under and, if it has no id, one made from both."""
    return {"id": f"{id}-{rank}", "deal": id, **row} if isinstance(row, Mapping) else row
