"""Screening of names against the built-in restricted-party lists: equal names, and similar names.

A similar name is a question and not a hit, and the absence of a hit never proves that a party is on no list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from coercivity.intake.parties.cells import names_in, unescaped
from coercivity.intake.parties.index import ListedParty, PartyIndex, party_index
from coercivity.intake.parties.likeness.parts import parts_of
from coercivity.intake.parties.matching import MATCHERS, Candidate, Matcher
from coercivity.intake.parties.scripts.characters import shown, unread_signs

HitKind = Literal["exact", "folded", "scripted"]
KINDS: tuple[HitKind, ...] = get_args(HitKind)


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry of a built-in list that matches a name in a cell.

    Attributes:
        party: The entry.
        kind: How the names match, see `coercivity.intake.parties.matching`.
        written: The part of the cell that is the name.
        listed: The matching name of the party, possibly from another entry of the party.
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
        """The list that names it, or once did."""
        return self.party.list

    def text(self) -> str:
        """Returns the hit as text for a note."""
        return f"{self.written!r} is {self.listed!r} of {self.party_set} ({self.kind})"


@dataclass(frozen=True, slots=True)
class AlikeQuestion:
    """A listed name that a name in a cell is similar to: whether it is the same party is for a person to say.

    Attributes:
        written: The part of the cell that is the name.
        candidate: The listed name, and what is similar.
        parties: All entries of the listed party.
    """

    written: str
    candidate: Candidate
    parties: tuple[ListedParty, ...]


@dataclass(frozen=True, slots=True)
class NameScreening:
    """The results of the lists for one cell.

    Attributes:
        hits: Matching entries, all entries of each party, by party in the order of the lists.
        questions: Parties that may be meant, one question each; while one is open, its party sets are open.
        unread: Letters of scripts in which no name is compared, such as one Cyrillic letter; they leave all sets open.
    """

    hits: tuple[Hit, ...]
    questions: tuple[AlikeQuestion, ...] = ()
    unread: str = ""


NOTHING = NameScreening(())


def look(cell: str, index: PartyIndex, matchers: Sequence[Matcher] = MATCHERS) -> NameScreening:
    """Screens a cell against the lists.

    Each name in the cell goes through the matchers in order until one settles it; questions are kept for the
    parties that no name in the cell settles.

    Args:
        cell: Names as written in the deal.
        index: The built-in lists.
        matchers: The most certain first.
    """
    found: dict[str, tuple[Candidate, str]] = {}
    asked: dict[str, tuple[Candidate, str]] = {}
    rank = {matcher.kind: place for place, matcher in enumerate(matchers)}
    text = shown(unescaped(cell))
    for name in names_in(text):
        for matcher in matchers:
            if matcher.kind not in KINDS and name != text and not parts_of(name).tells:
                continue  # `Group` or a town next to a name is not a name of its own
            candidates = matcher.candidates(name, index)
            for one in candidates:
                held = (found if one.settled else asked).get(one.party_id)
                if held is None or _rank(one, rank) < _rank(held[0], rank):
                    (found if one.settled else asked)[one.party_id] = one, name
            if any(one.settled for one in candidates):
                break
    unread = unread_signs(text)
    if not found and not asked and not unread:
        return NOTHING
    hits = [
        Hit(party, one.kind, " ".join(name.split()), one.listed)
        for party_id, (one, name) in sorted(found.items())
        for party in index.by_party[party_id]
    ]
    questions = [
        AlikeQuestion(" ".join(name.split()), one, tuple(index.by_party[party_id]))
        for party_id, (one, name) in sorted(asked.items(), key=lambda entry: (-entry[1][0].score_per_mille, entry[0]))
        if party_id not in found
    ]
    return NameScreening(tuple(hits), tuple(questions), unread)


def _rank(candidate: Candidate, rank: dict[str, int]) -> tuple[int, int]:
    """Returns the most certain way in which a party is named: by the matcher if settled, otherwise by similarity."""
    return (rank[candidate.kind], 0) if candidate.settled else (len(rank), -candidate.score_per_mille)


def screen(name: str, parties_csv: Path) -> tuple[Hit, ...]:
    """Returns the entries of the built-in lists that match a cell, with all entries of the same party.

    Args:
        name: Name or names as written in the deal, in Latin letters, pinyin or Chinese characters.
        parties_csv: Table of listed parties of the rulebook; its Chinese names are in simplified characters.
    """
    return look(name, party_index(parties_csv)).hits


def screen_all(names: Iterable[str], parties_csv: Path) -> dict[str, tuple[Hit, ...]]:
    """Returns the hits of every distinct cell, in order of first appearance; most have none.

    Args:
        names: Cells as written in the deals; may repeat.
        parties_csv: Table of listed parties of the rulebook.
    """
    index = party_index(parties_csv)
    return {name: look(name, index).hits for name in dict.fromkeys(names)}
