"""Entries of restricted-party lists: the built-in ones and a user's own."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Literal

from coercivity.base.canonical import json_text, sha256_of_text
from coercivity.base.days import Day

NameKind = Literal["name", "alias", "former", "short", "weak"]
IdentifierKind = Literal["uscc", "lei", "duns", "registration", "tax", "imo", "other"]
Completeness = Literal["complete", "partial", "unknown"]
_IDENTIFYING = ("names", "person", "countries", "addresses", "identifiers", "websites", "born")


@dataclass(frozen=True, slots=True)
class EntryName:
    """A name of a listed party.

    Attributes:
        text: The name as published.
        kind: `name` as listed; `alias` in full, such as the party's own Japanese name; `former`; `short` for initials,
            tickers and brands; `weak` as US lists call an alias that many share. The last three only raise questions.
    """

    text: str
    kind: NameKind = "name"


@dataclass(frozen=True, slots=True)
class Identifier:
    """A registration number of a party, without spaces and in capitals."""

    kind: IdentifierKind
    value: str


@dataclass(frozen=True)
class ListEntry:
    """One entry of a list.

    Attributes:
        entry_id: Id in its list; for the built-in lists the party, which several notices may name.
        list_id: Name of the list.
        names: Names, the main one first; at least one.
        party_set: The notice, for the built-in lists; blank in a user's list.
        person: Whether it is a natural person; None if the list does not say.
        countries: ISO 3166-1 alpha-2 codes.
        addresses: Addresses as published.
        identifiers: Registration numbers.
        websites: Websites as published.
        born: Dates of birth or of incorporation, as published.
        listed_on: First day on the list; None if not stated.
        delisted_on: First day without it; None if it is still listed.
        source: Programme, notice or page, as published.
    """

    entry_id: str
    list_id: str
    names: tuple[EntryName, ...]
    party_set: str = ""
    person: bool | None = None
    countries: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    websites: tuple[str, ...] = ()
    born: tuple[str, ...] = ()
    listed_on: Day | None = None
    delisted_on: Day | None = None
    source: str = ""

    @property
    def name(self) -> str:
        """The main name."""
        return self.names[0].text

    @cached_property
    def digest(self) -> str:
        """SHA-256 over what identifies the party, by which a later judgement sees that it changed.

        The notices that list it and their days are left out: they do not change who it is.
        """
        said = asdict(self)
        content = {name: said[name] for name in _IDENTIFYING}
        return sha256_of_text(json_text(content))


@dataclass(frozen=True)
class NamedList:
    """A list of parties that names are compared with.

    Attributes:
        list_id: Name of the list: one of the law's lists, or the name of a user's file.
        entries: Its entries, in the order of the file.
        version: Version as stated by the file, or the rulebook's.
        as_of_on: Day of its content; None if not stated.
        completeness: Whether the list is complete here.
        sha256: Hash of the file.
        effect: `law` for a list whose entries have the effect of a clause; `ask` for a user's list: whoever may be on
            it is a question that holds PROCEED back, and never STOP.
    """

    list_id: str
    entries: tuple[ListEntry, ...]
    version: str = ""
    as_of_on: Day | None = None
    completeness: Completeness = "unknown"
    sha256: str = ""
    effect: Literal["law", "ask"] = "ask"
