"""The built-in lists, indexed by name: as written, folded, and in pinyin."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from coercivity.intake.parties.names import count_han, fold, fold_as_written
from coercivity.intake.parties.scripts.pinyin import LEAST_LETTERS, is_telling, spellings, without_tones
from coercivity.intake.parties.scripts.wade_giles import keys_of


@dataclass(frozen=True, slots=True)
class ListedParty:
    """One entry of a built-in list."""

    party_id: str
    party_set: str
    name_en: str
    name_zh: str
    country: str
    list: str
    instrument_id: str


class Listed(NamedTuple):
    """A name under which a party is listed."""

    party_id: str
    name: str


Keys = Mapping[str, tuple[Listed, ...]]
NONE: tuple[Listed, ...] = ()


class PartyIndex:
    """Names of listed parties by the forms in which they are compared.

    Attributes:
        by_party: Entries by party.
        as_written: Names by their own text, ignoring outer and repeated spaces.
        folded: Names by `fold_as_written`.
        seen: Names by `fold`.
    """

    def __init__(self, parties: Iterable[ListedParty]) -> None:
        self.by_party: dict[str, list[ListedParty]] = {}
        for party in parties:
            self.by_party.setdefault(party.party_id, []).append(party)
        self.names = tuple(
            Listed(party.party_id, name)
            for entries in self.by_party.values()
            for party in entries
            for name in (party.name_en, party.name_zh)
            if name
        )
        self.as_written = _by_key((" ".join(listed.name.split()), listed) for listed in self.names)
        self.folded = _by_key((fold_as_written(listed.name), listed) for listed in self.names)
        self.seen = _by_key((fold(listed.name), listed) for listed in self.names)

    @cached_property
    def letters(self) -> frozenset[str]:
        """The pieces in Latin letters and digits of listed Chinese names: `ihi`, `l3`, `dna`."""
        stems = [fold(listed.name) for listed in self.names]
        return frozenset(piece for stem in stems if count_han(stem) for piece in re.findall("[a-z0-9]+", stem))

    @cached_property
    def in_pinyin(self) -> Keys:
        """Chinese names by their distinctive spellings in pinyin, with and without their digits."""
        return _by_key(self._spelt())

    @property
    def reads_pinyin(self) -> bool:
        """Whether the readings of characters are loaded, so that looking up costs less than checking whether to."""
        return "in_pinyin" in vars(self)

    def _spelt(self) -> Iterator[tuple[str, Listed]]:
        for listed in self.names:
            stem = fold(listed.name)
            if count_han(stem):
                for part in {stem, stem.removesuffix("集团")}:
                    for key in spellings(part):
                        if is_telling(key, part):
                            yield key, listed
                            yield without_tones(key), listed

    @cached_property
    def in_wade_giles(self) -> Keys:
        """Chinese names by their distinctive Wade-Giles spellings, with and without a word for a group."""
        stems = ((fold(listed.name), listed) for listed in self.names)
        whole = ((stem, listed) for stem, listed in stems if count_han(stem) > 1)
        pairs = ((part, listed) for stem, listed in whole for part in {stem, stem.removesuffix("集团")})
        return _by_key((key, listed) for part, listed in pairs for key in keys_of(part) if is_telling(key, part))

    @cached_property
    def heard(self) -> Keys:
        """What a Chinese name may sound like: Latin names, and Chinese names by their pinyin; none is short."""
        sounds = [*self.in_pinyin.items(), *self.seen.items()]
        return _by_key(
            (key, one) for key, found in sounds if len(key) >= LEAST_LETTERS and key.isascii() for one in found
        )

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """All prefixes of the keys of `heard`, including the empty one."""
        return frozenset(key[:size] for key in self.heard for size in range(len(key) + 1))

    @cached_property
    def heard_keys(self) -> frozenset[str]:
        """The keys of `heard`."""
        return frozenset(self.heard)


def _by_key(pairs: Iterable[tuple[str, Listed]]) -> dict[str, tuple[Listed, ...]]:
    found: dict[str, dict[Listed, None]] = {}
    for key, listed in pairs:
        if key:
            found.setdefault(key, {})[listed] = None
    return {key: tuple(names) for key, names in found.items()}


@lru_cache(maxsize=4)
def party_index(parties_csv: Path) -> PartyIndex:
    """Returns the lists of a table of listed parties, loaded once.

    Args:
        parties_csv: Table of listed parties of the rulebook; its Chinese names are in simplified characters.
    """
    with parties_csv.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return PartyIndex(ListedParty(*(row[name] for name in ListedParty.__dataclass_fields__)) for row in rows)
