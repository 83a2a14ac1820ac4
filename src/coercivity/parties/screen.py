"""Screening of names against the packed party lists: exact, folded, in other signs, in pinyin.

What is only alike is not a hit here, and no hit here is never proof that a party is on no list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from coercivity.parties.cells import names_in
from coercivity.parties.index import ListedParty, PartyIndex, party_index
from coercivity.parties.matching import MATCHERS, Candidate, Matcher

HitKind = Literal["exact", "folded", "scripted", "pinyin"]
KINDS: tuple[HitKind, ...] = get_args(HitKind)


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry of a packed list that a name in a cell is.

    Attributes:
        party: The entry.
        kind: How the names are the same, see `coercivity.parties.matching`.
        written: The part of the cell that is the name.
        listed: The name of the party that it is the same as; of another entry of the party, maybe.
    """

    party: ListedParty
    kind: str
    written: str
    listed: str

    @property
    def party_id(self) -> str:
        """The listed party."""
        return self.party.party_id

    @property
    def party_set(self) -> str:
        """The notice that lists it."""
        return self.party.party_set

    @property
    def list(self) -> str:
        """The list on which it stands, or once stood."""
        return self.party.list

    def text(self) -> str:
        """Returns the hit in words for a note."""
        return f"{self.written!r} is {self.listed!r} of {self.party_set} ({self.kind})"


@dataclass(frozen=True, slots=True)
class Question:
    """A listed name that a name in a cell is like: whether it is the same party is for a person to say."""

    written: str
    candidate: Candidate


@dataclass(frozen=True, slots=True)
class Screening:
    """What the lists say of one cell.

    Attributes:
        hits: Entries that are named, all entries of each party, by party in the order of the lists.
        questions: Parties that may be meant; while one stands, `party_sets` is open.
    """

    hits: tuple[Hit, ...]
    questions: tuple[Question, ...] = ()


NOTHING = Screening(())


def look(cell: str, index: PartyIndex, matchers: Sequence[Matcher] = MATCHERS) -> Screening:
    """Returns what the lists say of a cell.

    Each name in the cell goes through the matchers in their order until one settles it; questions are kept for the
    parties that no name in the cell settles.

    Args:
        cell: Names as written in the deal.
        index: The packed lists.
        matchers: The surest first.
    """
    found: dict[str, tuple[Candidate, str]] = {}
    asked: dict[Candidate, str] = {}
    rank = {matcher.kind: place for place, matcher in enumerate(matchers)}
    for name in names_in(cell):
        for matcher in matchers:
            candidates = matcher.candidates(name, index)
            for one in candidates:
                if not one.settled:
                    asked.setdefault(one, name)
                elif one.party_id not in found or rank[one.kind] < rank[found[one.party_id][0].kind]:
                    found[one.party_id] = one, name
            if any(one.settled for one in candidates):
                break
    if not found and not asked:
        return NOTHING
    hits = [
        Hit(party, one.kind, " ".join(name.split()), one.listed)
        for party_id, (one, name) in sorted(found.items())
        for party in index.by_party[party_id]
    ]
    questions = [Question(name, one) for one, name in asked.items() if one.party_id not in found]
    return Screening(tuple(hits), tuple(questions))


def screen(name: str, parties_csv: Path) -> tuple[Hit, ...]:
    """Returns the entries of the packed lists that a cell names, with all entries of the same party.

    Args:
        name: Name or names as written in the deal, in Latin letters, pinyin or Chinese signs.
        parties_csv: Table of listed parties of the law pack; its Chinese names are in simplified signs.
    """
    return look(name, party_index(parties_csv)).hits


def screen_all(names: Iterable[str], parties_csv: Path) -> dict[str, tuple[Hit, ...]]:
    """Returns the hits of every distinct cell, in the order in which the cells come first; most have none.

    Args:
        names: Cells as written in the deals, repeats allowed.
        parties_csv: Table of listed parties of the law pack.
    """
    index = party_index(parties_csv)
    return {name: look(name, index).hits for name in dict.fromkeys(names)}
