"""What a user's ownership file says of the listed owners of the consignee and end user on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from coercivity.base.days import Day
from coercivity.base.exact import SCALE
from coercivity.data.values import FactValue
from coercivity.intake.ownership.chain import chain
from coercivity.intake.ownership.facts import LIST, SHARE, SOURCE, OwnerFacts, owner_facts
from coercivity.intake.parties.names import fold
from coercivity.intake.parties.screening import NAMED
from coercivity.law.engine.dated_facts import DatedFact
from coercivity.law.rules.rulebook import Rulebook

HALF = SCALE // 2  # from which a share counts
OWNED = (*NAMED, SHARE, LIST)
"""The facts on which the facts from an ownership file depend."""


@dataclass(frozen=True, slots=True)
class Owners:
    """The parties of a deal that an ownership file names.

    Attributes:
        book: The rulebook with the file.
        parties: Their names as written.
        all_named: Whether they are both the consignee and the end user.
    """

    book: Rulebook
    parties: tuple[str, ...]
    all_named: bool

    def on(self, day: Day) -> Mapping[str, DatedFact]:
        """Returns share and list of a listed owner.

        A share that does not count settles the question only if the file covers both parties: what is left out of a
        file, or of a deal, frees nothing. One that may or may not count leaves it open.
        """
        graph = self.book.party_files.ownership
        found = _found(self.book, self.parties, day)
        if graph is None or found.share is None:
            return {}
        told = chain(found.answers, graph)
        source = f"{SOURCE}, SHA-256 {graph.sha256[:16]}{told and ': '}{told}"
        if found.share.high < HALF:
            return {SHARE: DatedFact(found.share, source)} if found.covers_all and self.all_named else {}
        share = {SHARE: DatedFact(found.share, source, open=found.share.low < HALF)}
        return {**share, LIST: DatedFact(found.list_id, source)} if found.list_id else share


def owners_of(book: Rulebook, values: Mapping[str, FactValue | None]) -> Owners | None:
    """Returns the parties of a deal that the user's ownership file names; None if there is no file, or it names none.

    Args:
        book: The rulebook with the user's files.
        values: Facts of the deal.
    """
    if book.party_files.ownership is None:
        return None
    entities, given = _entities(book), [values.get(name) for name in NAMED]
    named = [name for name in given if isinstance(name, str) and fold(name) in entities]
    return Owners(book, tuple(dict.fromkeys(named)), len(named) == len(NAMED)) if named else None


@lru_cache(maxsize=4)
def _entities(book: Rulebook) -> frozenset[str]:
    """Returns the names of all entities of the file, folded."""
    graph = book.party_files.ownership
    assert graph is not None
    names: list[Sequence[str]] = [(entity, *graph.names.get(entity, ())) for entity in graph.entities]
    return frozenset(key for each in names for name in each if (key := fold(name)))


@lru_cache(maxsize=65_536)
def _found(book: Rulebook, parties: tuple[str, ...], day: Day) -> OwnerFacts:
    graph = book.party_files.ownership
    assert graph is not None
    return owner_facts(graph, parties, day, book)
