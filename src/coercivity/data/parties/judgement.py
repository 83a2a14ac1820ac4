"""A person's judgement whether a name is a listed party, and what it was based on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Says = Literal["same", "different", "unsure", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a person saw of a pair when judging it: a judgement holds while none of it changes.

    Attributes:
        name: The name as folded for comparison.
        address: Address of the party asked about, folded; blank if none was given.
        country: Its country, ISO 3166-1 alpha-2; blank if none was given.
        owner: Its owner, folded; blank if none was given.
        entry: Digest of the list entry.
    """

    name: str
    address: str = ""
    country: str = ""
    owner: str = ""
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One line of a file of judgements. The last one of a pair counts.

    Attributes:
        list_id: List of the entry.
        entry_id: The entry.
        written: The name as written.
        says: `same`, `different`, `unsure`, or `withdrawn` to undo an earlier one.
        by: Person or department.
        at: Time, ISO 8601 in UTC.
        why: The reason, in a sentence.
        seen: What the judgement was based on.
    """

    list_id: str
    entry_id: str
    written: str
    says: Says
    by: str
    at: str
    why: str
    seen: Seen
