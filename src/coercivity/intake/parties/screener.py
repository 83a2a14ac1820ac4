"""Screening of parties against lists: the built-in ones and a user's own, each distinct party once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from coercivity.base.sums import total
from coercivity.data.parties.files import NO_PARTY_FILES, PartyFiles
from coercivity.data.parties.listed import EntryName, ListEntry, NamedList
from coercivity.intake.parties.affixes.another import NAMED_AS_OWNER, WORDS_ADDED, why_another
from coercivity.intake.parties.affixes.branches import heads_of
from coercivity.intake.parties.builtin import builtin_lists
from coercivity.intake.parties.cells import MOST_SIGNS, Cell, names_beside, read_cell
from coercivity.intake.parties.likeness.explain import of_entry, of_names, ordered, tells_apart
from coercivity.intake.parties.likeness.marks import spans
from coercivity.intake.parties.likeness.parts import Parts, parts_of
from coercivity.intake.parties.likeness.reasons import FOUND
from coercivity.intake.parties.likeness.weak import says_little
from coercivity.intake.parties.lookup.names import NameIndex
from coercivity.intake.parties.names import fold, folded_words
from coercivity.intake.parties.placeholders import names_nobody
from coercivity.intake.parties.results import Asked, Finding, PartyResult, Verdict
from coercivity.intake.parties.scripts.characters import unread_signs
from coercivity.intake.parties.sisters import sisters
from coercivity.law.rules.rulebook import Rulebook

_DOUBT = frozenset("?¿؟？")
_ONLY_ASK = frozenset({"former", "short", "weak"})
_OF_OTHERS = frozenset({NAMED_AS_OWNER, WORDS_ADDED})
_LAW = -1  # stands for all lists of the law, which name the same parties
_AT_ONCE = 4_000  # parties that are looked up together


class _Way(NamedTuple):
    """How a written name was found to be a listed one.

    Attributes:
        score: The higher, the surer; for the best of several ways to the same party.
        written: The part of the text that is the name.
        at: Place of the listed name.
        listed: The listed name.
        reasons: Why, the first one telling how it was found.
        settled: Whether it is certainly the same name.
    """

    score: int
    written: str
    at: int
    listed: str
    reasons: tuple[str, ...]
    settled: bool

    @property
    def order(self) -> tuple[int, str, str, int]:
        """Key that puts the surest way first, and of equally sure ones the first by text."""
        return -self.score, self.listed, self.written, self.at


class _Open(NamedTuple):
    """A name that equals no listed one, to be compared with similar ones.

    Attributes:
        name: The name.
        parts: Its parts.
        whole: Whether it is the whole text.
        settled: Lists on which it is a party by another comparison, so that no similar one is looked for.
    """

    name: str
    parts: Parts
    whole: bool
    settled: frozenset[int]


class Screener:
    """Lists of parties, prepared for the screening of names.

    Attributes:
        lists: The lists, in order.
    """

    def __init__(self, lists: Sequence[NamedList]) -> None:
        """Takes the lists; a party on several of the law's lists is one party, and one of a user's list its own."""
        self.lists = tuple(lists)
        parties: dict[str, int] = {}
        self._entries: list[list[ListEntry]] = []
        self._list_of: list[int] = []
        self._names: list[tuple[int, EntryName]] = []
        for n, one in enumerate(self.lists):
            for entry in one.entries:
                key = entry.entry_id if one.effect == "law" else f"{n}/{entry.entry_id}"
                party = parties.setdefault(key, len(parties))
                if party == len(self._entries):
                    self._entries.append([])
                    self._list_of.append(_LAW if one.effect == "law" else n)
                self._entries[party].append(entry)
                for name in entry.names:
                    self._names.append((party, name))
        self._groups = frozenset(self._list_of)
        self._index = NameIndex([name.text for _, name in self._names])

    @cached_property
    def _identified(self) -> dict[tuple[str, str], list[int]]:
        found: dict[tuple[str, str], list[int]] = {}
        for party, entries in enumerate(self._entries):
            for entry in entries:
                for one in entry.identifiers:
                    found.setdefault((one.kind, one.value), []).append(party)
        return found

    def screen(self, asked: Asked) -> PartyResult:
        """Returns what a party is, or may be, on the lists.

        Args:
            asked: The party.
        """
        return self.screen_all([asked])[0]

    def screen_all(self, asked: Sequence[Asked]) -> list[PartyResult]:
        """Returns the results of several parties in their order, each distinct one screened once.

        Args:
            asked: Parties.
        """
        distinct = list(dict.fromkeys(asked))
        found: dict[Asked, PartyResult] = {}
        for start in range(0, len(distinct), _AT_ONCE):
            some = distinct[start : start + _AT_ONCE]
            found.update(zip(some, self._screened(some), strict=True))
        return [found[one] for one in asked]

    def _screened(self, asked: Sequence[Asked]) -> Iterable[PartyResult]:
        cells = [read_cell(one.name) for one in asked]
        nobody = [names_nobody(one.name) for one in asked]
        settled: list[dict[int, _Way]] = []
        opened: list[list[_Open]] = []
        for cell, none in zip(cells, nobody, strict=True):
            ways: dict[int, _Way] = {}
            names = names_beside(cell) if none else cell.names
            rest = [one for name in names for one in self._same(name, cell, ways)]
            settled.append(ways)
            opened.append(rest)
        wanted = [(one.name, one.parts) for rest in opened for one in rest]
        if wanted:
            self._index.prepare(wanted)
        for one, cell, none, ways, rest in zip(asked, cells, nobody, settled, opened, strict=True):
            for name in rest:
                self._alike(name, ways)
            self._leave_out_sisters(ways)
            self._with_identifiers(one, ways)
            yield self._result(one, cell, none, ways)

    def _same(self, name: str, cell: Cell, ways: dict[int, _Way]) -> Iterable[_Open]:
        """Adds the parties that a name certainly is; yields the names that are to be compared with similar ones."""
        why = why_another(cell.text, name)
        more: tuple[str, ...] = (why,) if why else ()
        settled = self._known(name, name, more, ways)
        if settled == self._groups:
            return
        heads = heads_of(name)
        for head in heads:
            if self._known(name, head, ("branch", *more), ways):
                break  # the whole may still be another party, such as a branch listed by itself
        parts = parts_of(name)
        whole = name in cell.wholes or name == cell.text
        if whole or parts.tells:  # `Group` or a town next to a name is not a name of its own
            yield _Open(name, parts, whole, settled)
            if heads and parts_of(heads[-1]).tells:
                yield _Open(heads[-1], parts_of(heads[-1]), False, settled)

    def _known(self, written: str, name: str, more: tuple[str, ...], ways: dict[int, _Way]) -> frozenset[int]:
        """Adds the parties whose name is the same; returns the lists for which that settles it.

        A name that is only another one of a party, such as a former one, does not hide a listed name in other signs.
        """
        lists: set[int] = set()
        for kind, places in self._index.keys.same(name):
            for at in places:
                way = self._way(written, name, at, kind, more)
                party = self._names[at][0]
                _keep(ways, party, way)
                if way.settled:
                    lists.add(self._list_of[party])
            if lists:
                break
        return frozenset(lists)

    def _way(self, written: str, name: str, at: int, kind: str, more: tuple[str, ...]) -> _Way:
        """Returns how a written name is the same as a listed one."""
        listed = self._names[at][1]
        little = says_little(name, listed.text)
        settled = not little and listed.kind not in _ONLY_ASK and _OF_OTHERS.isdisjoint(more)
        reasons = (kind, *(["says_little"] if little else []), *more)
        score = FOUND[kind] + 1000 * settled - len(more)
        return _Way(score, " ".join(written.split()), at, listed.text, reasons, settled)

    def _alike(self, one: _Open, ways: dict[int, _Way]) -> None:
        for like in self._index.like(one.name, one.parts):
            party, listed = self._names[like.at]
            if self._list_of[party] in one.settled or _is_short(listed):
                continue
            if not one.whole and len(one.parts.words) == 1 and _is_part(like.reasons, listed.text):
                continue
            settled = like.reasons[0] == "same_words" and listed.kind not in _ONLY_ASK
            score = like.score + 1000 * settled
            _keep(ways, party, _Way(score, " ".join(one.name.split()), like.at, listed.text, like.reasons, settled))

    def _leave_out_sisters(self, ways: dict[int, _Way]) -> None:
        for group in self._groups if len(ways) > 1 else ():
            held = (
                (party, way, self._names[way.at][1].kind not in _ONLY_ASK)
                for party, way in ways.items()
                if self._list_of[party] == group
            )
            for party in sisters(held):
                ways.pop(party)

    def _with_identifiers(self, asked: Asked, ways: dict[int, _Way]) -> None:
        for one in asked.identifiers:
            for party in self._identified.get((one.kind, one.value), ()):
                at = next(n for n, (other, _) in enumerate(self._names) if other == party)
                _keep(ways, party, _Way(3000, " ".join(asked.name.split()), at, "", _BY_NUMBER, True))

    def _result(self, asked: Asked, cell: Cell, nobody: bool, ways: dict[int, _Way]) -> PartyResult:
        findings = [one for party, way in ways.items() for one in self._findings(asked, way, self._entries[party])]
        findings.sort(key=lambda one: (one.verdict != "match", -one.points, one.entry.list_id, one.entry.entry_id))
        doubted = not _DOUBT.isdisjoint(asked.name)
        unread = unread_signs(cell.text)
        return PartyResult(asked, _folded(cell.text), tuple(findings), unread, nobody, doubted, cell.cut)

    def _findings(self, asked: Asked, way: _Way, entries: Sequence[ListEntry]) -> Iterator[Finding]:
        listed = self._names[way.at][1]
        named = of_names(way.written, listed, way.reasons) if way.reasons != _BY_NUMBER else ()
        verdict: Verdict = "match" if way.settled else "possible"
        written_spans, listed_spans = spans(way.written, listed.text)
        for entry in entries:
            features = ordered((*named, *of_entry(asked, entry)))
            yield Finding(
                way.written,
                entry,
                listed.text,
                verdict,
                verdict,
                total(one.points for one in features),
                features,
                written_spans,
                listed_spans,
                tells_apart(asked, way.written, entry),
            )


_BY_NUMBER = ("same_identifier",)
_MOST_FOLDED = 10_000
_LEAST_SHORT = 5  # letters
_PARTIAL = frozenset({"words_left_out", "same_head"})


def _folded(text: str) -> str:
    """Returns a text as `fold` does, from the parts of a short name, which are at hand."""
    plain = len(text) <= MOST_SIGNS and text.isascii()
    return folded_words(parts_of(text).words) if plain else fold(text[:_MOST_FOLDED])


def _is_short(listed: EntryName) -> bool:
    """Returns whether a listed name is a few initials, which are only compared whole: one letter off is another's."""
    return listed.kind == "short" and len(listed.text) < _LEAST_SHORT


def _is_part(reasons: tuple[str, ...], listed: str) -> bool:
    """Returns whether one word of a text, such as a surname, is similar to only a part of a listed name."""
    return not _PARTIAL.isdisjoint(reasons) and ("letters_differ" in reasons or "," in listed)


def _keep(ways: dict[int, _Way], party: int, way: _Way) -> None:
    """Keeps the surest way to a party; of equally sure ones the first by text."""
    held = ways.get(party)
    if held is None or way.order < held.order:
        ways[party] = way


def screener(book: Rulebook) -> Screener:
    """Returns the screener of a rulebook with its user's lists, prepared once.

    Args:
        book: Law, with the party files of its user.
    """
    files: PartyFiles = getattr(book, "party_files", NO_PARTY_FILES)
    return _screener(book.parties_hash, files.key, _Held((*builtin_lists(book), *files.lists)))


class _Held(tuple[NamedList, ...]):
    """Lists that are identified by the hashes beside them, so that they are not compared entry by entry."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=4)
def _screener(parties_hash: str, key: tuple[str, ...], lists: _Held) -> Screener:
    return Screener(lists)
