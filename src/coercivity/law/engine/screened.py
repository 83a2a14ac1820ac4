"""What the screening of the parties of a deal found, as plain data of its proof; no rule reads it.

Every name is part of it, with or without a hit, so that deals with other parties never have the same hash.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict

from coercivity.data.parties.files import PartyFiles
from coercivity.law.engine.name_questions import JudgedShown
from coercivity.law.rules.rulebook import Rulebook


class ReasonShown(TypedDict):
    """A reason for or against two names being the same party; points are positive for, negative against."""

    kind: str
    points: int


class EntryShown(TypedDict):
    """A list entry that a name is, or may be.

    `verdict` follows from `screened`, the comparison alone, and from a judgement that holds. `party_sets` are the
    notices, for a list of the law; the days are those of an entry of a user's list.
    """

    list: str
    entry: str
    listed: str
    written: str
    verdict: str
    screened: str
    reasons: list[ReasonShown]
    party_sets: NotRequired[list[str]]
    from_on: NotRequired[str]
    to_on: NotRequired[str]
    judged: NotRequired[JudgedShown]


class NameShown(TypedDict):
    """A named party: its role, its name as given and as compared, and what it is or may be.

    `remarks` say why the name as a whole is a question: it names nobody, is doubted, or is in part in a script that is
    not compared.
    """

    fact: str
    written: str
    folded: str
    verdict: str
    entries: list[EntryShown]
    remarks: NotRequired[list[str]]


class ListUsed(TypedDict):
    """A list that names were compared with: its content by hash, and its effect, `law` or `ask`."""

    id: str
    version: str
    as_of: str
    completeness: str
    effect: str
    sha256: str


class ScreenedShown(TypedDict):
    """The names of a deal and the lists that they were compared with; no lists without a name."""

    names: list[NameShown]
    lists: list[ListUsed]


def lists_of_law(book: Rulebook) -> list[ListUsed]:
    """Returns the lists of the rulebook as written in a proof."""
    return [
        {
            "id": name,
            "version": book.version,
            "as_of": str(held.as_of_on or ""),
            "completeness": held.completeness,
            "effect": "law",
            "sha256": book.parties_hash,
        }
        for name, held in sorted(book.party_lists.items())
    ]


def lists_of_user(files: PartyFiles) -> tuple[ListUsed, ...]:
    """Returns a user's lists as written in a proof, in the order given."""
    return tuple(
        {
            "id": one.list_id,
            "version": one.version,
            "as_of": str(one.as_of_on or ""),
            "completeness": one.completeness,
            "effect": one.effect,
            "sha256": one.sha256,
        }
        for one in files.lists
    )
