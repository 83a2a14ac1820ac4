"""Screening of parties against lists: the built-in ones and a user's own, each name once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from coercivity.data.parties.files import NO_PARTY_FILES, PartyFiles
from coercivity.data.parties.listed import ListEntry, NamedList
from coercivity.intake.parties.builtin import builtin_lists
from coercivity.intake.parties.cells import unescaped
from coercivity.intake.parties.index import ListedParty, PartyIndex
from coercivity.intake.parties.names import fold
from coercivity.intake.parties.placeholders import names_nobody
from coercivity.intake.parties.results import Asked, Feature, Finding, PartyResult, Verdict
from coercivity.intake.parties.screen import look
from coercivity.intake.parties.scripts.characters import shown
from coercivity.law.rules.rulebook import Rulebook

_DOUBT = frozenset("?¿؟？")


class Screener:
    """Lists of parties, prepared for the screening of names."""

    def __init__(self, lists: Sequence[NamedList]) -> None:
        self.lists = tuple(lists)
        self._entries: dict[str, list[ListEntry]] = {}
        rows = []
        for n, one in enumerate(self.lists):
            for entry in one.entries:
                key = entry.entry_id if one.effect == "law" else f"{n}/{entry.entry_id}"
                self._entries.setdefault(key, []).append(entry)
                rows += [ListedParty(key, entry.party_set, name.text, "", "", "", "") for name in entry.names]
        self._index = PartyIndex(rows)

    def screen(self, asked: Asked) -> PartyResult:
        """Returns what a party is, or may be, on the lists.

        Args:
            asked: The party.
        """
        text = shown(unescaped(asked.name))
        nobody = names_nobody(asked.name)
        found = look(asked.name, self._index)
        findings = [
            *(
                self._finding(asked, entry, hit.written, hit.listed, "match", 1000, (hit.kind,))
                for hit in {one.party_id: one for one in found.hits}.values()
                for entry in self._entries[hit.party_id]
            ),
            *(
                self._finding(
                    asked,
                    entry,
                    one.written,
                    one.candidate.listed,
                    "possible",
                    one.candidate.score_per_mille,
                    one.candidate.features,
                )
                for one in found.questions
                for entry in self._entries[one.candidate.party_id]
            ),
        ]
        doubted = not _DOUBT.isdisjoint(asked.name)
        return PartyResult(asked, fold(text), () if nobody else tuple(findings), found.unread, nobody, doubted)

    def screen_all(self, asked: Sequence[Asked]) -> list[PartyResult]:
        """Returns the results of several parties in their order, each distinct one screened once.

        Args:
            asked: Parties.
        """
        found = {one: self.screen(one) for one in dict.fromkeys(asked)}
        return [found[one] for one in asked]

    @staticmethod
    def _finding(
        asked: Asked,
        entry: ListEntry,
        written: str,
        listed: str,
        verdict: Verdict,
        points: int,
        kinds: tuple[str, ...],
    ) -> Finding:
        features = tuple(Feature(kind, points, written, listed) for kind in kinds)
        return Finding(written, entry, listed, verdict, verdict, points, features)


def screener(book: Rulebook) -> Screener:
    """Returns the screener of a rulebook with its user's lists, prepared once.

    Args:
        book: Law, with the party files of its user.
    """
    files: PartyFiles = getattr(book, "party_files", NO_PARTY_FILES)
    return _screener(book, book.parties_hash, files.key)


@lru_cache(maxsize=4)
def _screener(book: Rulebook, parties_hash: str, key: tuple[str, ...]) -> Screener:
    files: PartyFiles = getattr(book, "party_files", NO_PARTY_FILES)
    return Screener((*builtin_lists(book), *files.lists))
