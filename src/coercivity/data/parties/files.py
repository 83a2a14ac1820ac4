"""What a user brings to the screening of parties: lists, judgements, ownership."""

from __future__ import annotations

from dataclasses import dataclass

from coercivity.data.parties.judgement import Judgement
from coercivity.data.parties.listed import NamedList
from coercivity.data.parties.ownership import OwnershipGraph


@dataclass(frozen=True)
class PartyFiles:
    """Files of a user for the screening of parties, beside a rulebook.

    Attributes:
        lists: Lists of the user, in the order given.
        judgements: Judgements in the order of their files.
        judgements_sha256: Hash of these files.
        ownership: Who owns whom.
    """

    lists: tuple[NamedList, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    judgements_sha256: str = ""
    ownership: OwnershipGraph | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """Names and hashes that identify the content: results show the name of a list."""
        graph = "" if self.ownership is None else self.ownership.sha256
        named = (part for one in self.lists for part in (one.list_id, one.sha256))
        return (*named, "/", self.judgements_sha256, graph)


NO_PARTY_FILES = PartyFiles()
