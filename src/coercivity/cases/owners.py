"""What a user's ownership file says of the listed owners of the consignee and end user on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from coercivity.base.days import Day
from coercivity.base.exact import SCALE, Interval
from coercivity.data.parties.ownership import OwnershipGraph
from coercivity.data.values import FactValue
from coercivity.intake.ownership.assess import assess
from coercivity.intake.ownership.results import RegimeAnswer
from coercivity.intake.parties.names import fold
from coercivity.intake.parties.screening import NAMED
from coercivity.law.engine.dated_facts import DatedFact, DatedFacts
from coercivity.law.rules.party_lists import LISTS
from coercivity.law.rules.rulebook import Rulebook

SHARE, LIST = "listed_owner_share", "listed_owner_list"
REGIME = "cn_61_2025"
HALF, WHOLE = SCALE // 2, Interval(SCALE, SCALE)
OWNED = (*NAMED, SHARE, LIST)
"""The facts on which the facts from an ownership file depend."""


@dataclass(frozen=True, slots=True)
class Owners(DatedFacts):
    """The parties of a deal that an ownership file names.

    Attributes:
        book: The rulebook with the file.
        entities: Ids of the parties in the file, in order.
    """

    book: Rulebook
    entities: tuple[str, ...]

    def on(self, day: Day) -> Mapping[str, DatedFact]:
        """Returns share and list of a listed owner of one of the parties; nothing if no listed owner may count."""
        found = [answer for one in self.entities if (answer := _answer(self.book, one, day)) is not None]
        # The one that is caught, then the largest share: the stricter of two parties decides.
        found.sort(key=lambda one: (one.structure != "caught", -one.share.low, -one.share.high))
        return {} if not found else _facts(found[0], self.book)


def owners_of(book: Rulebook, values: Mapping[str, FactValue | None]) -> Owners | None:
    """Returns the parties of a deal that the user's ownership file names; None if there is no file, or it names none.

    Args:
        book: The rulebook with the user's files.
        values: Facts of the deal.
    """
    graph = book.party_files.ownership
    if graph is None:
        return None
    ids = _ids(book)
    named = (values.get(name) for name in NAMED)
    entities = dict.fromkeys(one for name in named if isinstance(name, str) for one in ids.get(fold(name), ()))
    return Owners(book, tuple(entities)) if entities else None


@lru_cache(maxsize=4)
def _ids(book: Rulebook) -> Mapping[str, Sequence[str]]:
    """Returns the entities by each of their names, folded; a name may be that of several."""
    graph = book.party_files.ownership
    assert graph is not None
    found: dict[str, list[str]] = {}
    for entity in graph.entities:
        for key in dict.fromkeys(map(fold, (entity, *graph.names.get(entity, ())))):
            found.setdefault(key, []).append(entity)
    return found


@lru_cache(maxsize=65_536)
def _answer(book: Rulebook, entity: str, day: Day) -> RegimeAnswer | None:
    """Returns what the ownership rule of Chinese law makes of an entity; None if no listed owner may count."""
    graph = book.party_files.ownership
    assert graph is not None
    answer = assess(graph, entity, day, book).regime(REGIME)
    if answer is None or answer.structure == "not_caught" or not _lists(answer):
        return None
    return answer


def _facts(answer: RegimeAnswer, book: Rulebook) -> dict[str, DatedFact]:
    """Returns share and list of the listed owner; a share that may or may not count is left open."""
    graph = book.party_files.ownership
    assert graph is not None
    share = WHOLE if answer.ground.startswith("branch") else answer.share  # a branch is the same legal person
    if answer.structure == "unknown":  # whatever the sum is, the text or a share leaves it open
        share = Interval(min(share.low, HALF - 1), max(share.high, HALF))
    source = _source(graph)
    return {
        SHARE: DatedFact(share, source),
        LIST: DatedFact(_lists(answer)[0], source),
    }


def _lists(answer: RegimeAnswer) -> list[str]:
    """Returns the lists of the listed owners that count, the strictest first."""
    held = {listing.list_id for step in answer.steps for listing in step.lists}
    return sorted(held & set(LISTS), key=LISTS.index)


def _source(graph: OwnershipGraph) -> str:
    return f"ownership file, SHA-256 {graph.sha256[:16]}"
