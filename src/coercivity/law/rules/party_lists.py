"""The restricted-party lists of a rulebook: the notices included, and how complete each list is."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from coercivity.base.canonical import hash_files, sha256_of_text
from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError, Faults, nearest
from coercivity.data.schema import DayText, Plain, Strict, Words, parse_as

LISTS = ("control_list", "watch_list", "unreliable_entity_list", "countermeasures")
PARTIES, STATES = "parties.csv", "lists.yaml"
# What screening reads: the parties, their other names, and the words that name nobody.
SCREENED = ("name_words.csv", PARTIES, "party_names.csv")

Completeness = Literal["complete", "partial", "unknown"]
_UNSAID = {"en": "the rulebook does not say how much of this list it contains", "zh": "规则库未说明该名单的收录程度"}


@dataclass(frozen=True, slots=True)
class PartySet:
    """The listed parties of one notice.

    Attributes:
        held: Whether its parties are included; a single set per partial list stands for all notices that are not.
    """

    id: str
    list: str
    instrument_id: str
    held: bool = True


@dataclass(frozen=True, slots=True)
class PartyList:
    """One restricted-party list as far as it is included.

    Attributes:
        completeness: `complete`, `partial` if notices are known to be missing, or `unknown`.
        as_of_on: Day for which its completeness was established; None if it was not.
        reason: Reason, by language.
        sets: Ids of its party sets, including the one for notices not included.
        not_held: Id of the party set that stands for the notices not included; blank if there is none.
    """

    name: str
    completeness: Completeness
    as_of_on: Day | None
    reason: Mapping[str, str]
    sets: frozenset[str]
    not_held: str = ""

    @property
    def settles(self) -> bool:
        """Whether no hit in it means that a party is not on it."""
        return self.completeness == "complete"


@dataclass(frozen=True, slots=True)
class Parties:
    """Listed parties and lists of a pack.

    Attributes:
        names: Names by party id.
        hash: SHA-256 over the tables that screening reads.
    """

    sets: Mapping[str, PartySet]
    names: Mapping[str, Words]
    lists: Mapping[str, PartyList]
    hash: str


class _NotHeld(Strict):
    party_set: Plain
    instrument: Plain


class _Said(Strict):
    completeness: Completeness
    as_of: DayText | None = None
    reason: Words
    not_held: _NotHeld | None = None


def read_parties(folder: Path, said: Any, faults: Faults) -> Parties:
    """Returns the listed parties of a pack.

    Args:
        folder: Folder of the pack.
        said: Content of `lists.yaml`; None if the pack has none.
        faults: Collects every fault of `lists.yaml`.

    Raises:
        CoercivityError: If the table of parties is missing.
    """
    path = folder / PARTIES
    if not path.is_file():
        raise CoercivityError.of("FILE-MISSING", "the rulebook has no party lists", where=path.as_posix())
    text = path.read_text(encoding="utf-8")
    sets: dict[str, PartySet] = {}
    names: dict[str, Words] = {}
    for row in csv.DictReader(text.splitlines()):
        sets.setdefault(row["party_set"], PartySet(row["party_set"], row["list"], row["instrument_id"]))
        names.setdefault(
            row["party_id"], Words(en=row["name_en"] or row["name_zh"], zh=row["name_zh"] or row["name_en"])
        )
    states = _states(said, {*LISTS, *(entry.list for entry in sets.values())}, faults)
    for name, state in states.items():
        if state.not_held is not None:
            other = state.not_held.party_set
            if other in sets:
                faults.add("LIST-SET", f"{other!r} stands for notices not included, but has parties", where=STATES)
            sets[other] = PartySet(other, name, state.not_held.instrument, held=False)
    return Parties(sets, names, _lists(sets, states), _hash(folder))


def _hash(folder: Path) -> str:
    """Returns the hash of the tables that screening reads; a pack may lack all but that of the parties.

    A pack with this one alone keeps the hash that proofs made with it state.
    """
    held = [name for name in SCREENED if (folder / name).is_file()]
    if held == [PARTIES]:
        return sha256_of_text((folder / PARTIES).read_text(encoding="utf-8"))
    return hash_files((name, (folder / name).read_bytes()) for name in held)


def _states(said: Any, known: set[str], faults: Faults) -> dict[str, _Said]:
    """Returns the statements of a pack about its lists."""
    if said is None:
        return {}
    if not isinstance(said, dict):
        faults.add("LIST-FORM", "expected a mapping of lists by name", where=STATES)
        return {}
    found = {}
    for name, raw in said.items():
        if name not in known:
            close = nearest(name, known)
            faults.add(
                "LIST-UNKNOWN", f"list {name!r} not found", where=STATES, nearest=close, next="rename or omit it"
            )
        state = parse_as(_Said, raw, name=f"{STATES}, {name}", faults=faults)
        if state is None:
            continue
        if state.completeness == "complete" and state.as_of is None:
            what = f"{name} is said to be complete, but not as of which day"
            faults.add("LIST-DAY", what, where=STATES, next="add `as_of`, the day of the comparison")
        if state.completeness == "partial" and state.not_held is None:
            what = f"{name} is included in part, but nothing represents the notices that are not"
            faults.add("LIST-FORM", what, where=STATES, next="add `not_held`, or say that it is unknown")
        if state.completeness == "complete" and state.not_held is not None:
            faults.add("LIST-FORM", f"{name} is complete and has notices not included", where=STATES, next="omit one")
        found[name] = state
    return found


def _lists(sets: Mapping[str, PartySet], states: Mapping[str, _Said]) -> dict[str, PartyList]:
    found = {}
    for name in dict.fromkeys((*LISTS, *(entry.list for entry in sets.values()))):
        own, state = frozenset(entry.id for entry in sets.values() if entry.list == name), states.get(name)
        if state is None:
            found[name] = PartyList(name, "unknown", None, _UNSAID, own)
            continue
        other = state.not_held.party_set if state.not_held is not None else ""
        found[name] = PartyList(name, state.completeness, state.as_of, state.reason.as_dict(), own, other)
    return found
