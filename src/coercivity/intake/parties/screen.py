"""Names against the built-in lists alone, as hits and questions: `screener` in the form that deals are screened in.

A similar name is a question and not a hit, and the absence of a hit never proves that a party is on no list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from coercivity.intake.parties.index import ListedParty, PartyIndex, party_index
from coercivity.intake.parties.results import Asked, Finding

HitKind = Literal["exact", "folded", "scripted", "reordered"]
KINDS: tuple[HitKind, ...] = get_args(HitKind)
_KIND_OF = {"same_text": "exact", "same_folded": "folded", "same_signs": "scripted", "same_words": "reordered"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A listed name that a written one may be.

    Attributes:
        party_id: The listed party.
        listed: Its name as listed.
        score_per_mille: Sum of the points of the reasons.
        features: What is the same, or what differs; the weightiest first.
    """

    party_id: str
    listed: str
    score_per_mille: int
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry of a built-in list that matches a name in a cell.

    Attributes:
        party: The entry.
        kind: How the names match.
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


def look(cell: str, index: PartyIndex) -> NameScreening:
    """Screens a cell against the lists.

    Args:
        cell: Names as written in the deal.
        index: The built-in lists.
    """
    result = index.screener.screen(Asked(cell))
    parties: dict[str, Finding] = {}
    for one in result.findings:
        parties.setdefault(one.entry.entry_id, one)
    hits = [
        Hit(party, _kind(one), one.written, one.listed)
        for party_id, one in sorted(parties.items())
        if one.verdict == "match"
        for party in index.by_party[party_id]
    ]
    questions = [
        AlikeQuestion(
            one.written,
            Candidate(party_id, one.listed, one.points, tuple(feature.kind for feature in one.features)),
            tuple(index.by_party[party_id]),
        )
        for party_id, one in parties.items()
        if one.verdict == "possible"
    ]
    return NameScreening(tuple(hits), tuple(questions), result.unread)


def _kind(finding: Finding) -> str:
    return next(_KIND_OF[one.kind] for one in finding.features if one.kind in _KIND_OF)


def screen(name: str, parties_csv: Path) -> tuple[Hit, ...]:
    """Returns the entries of the built-in lists that match a cell, with all entries of the same party.

    Args:
        name: Name or names as written in the deal, in Latin letters or Chinese characters.
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
    distinct = list(dict.fromkeys(names))
    hits = [
        name
        for name, result in zip(distinct, index.screener.screen_all(list(map(Asked, distinct))), strict=True)
        if result.verdict == "match"
    ]
    return {name: look(name, index).hits if name in hits else () for name in distinct}
