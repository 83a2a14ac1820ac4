"""The built-in restricted-party lists: number of entries, version, completeness, and last check.

A list is complete only if the rulebook says so and why. No hit on an incomplete list proves nothing: such a list
counts as not searched, and leaves the party sets of a deal open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeVar

from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.data.schema import DayText, Strict, Words, parse_as
from coercivity.data.textyaml import TextMap, load_file
from coercivity.data.values import SetValue
from coercivity.intake.parties.index import ListedParty, party_index
from coercivity.law.engine.derived_facts import LISTS

PartT = TypeVar("PartT", bound=Strict)
Completeness = Literal["complete", "partial", "unknown"]
PARTIES, STATES = "parties.csv", "lists.yaml"
_UNSAID = {"en": "the rulebook does not say how much of this list it contains", "zh": "规则库未说明该名单的收录程度"}


class _Head(Strict):
    version: DayText
    verified_through: DayText


class _Said(Strict):
    completeness: Completeness
    reason: Words


class _Checked(Strict):
    verified_through: DayText


@dataclass(frozen=True, slots=True)
class ListState:
    """The built-in content of one restricted-party list.

    Attributes:
        list: Name of the list.
        entries: Number of rows; a party named by two notices counts twice.
        parties: Number of parties.
        notices: Party sets, one per notice, sorted.
        version: Version of the rulebook, which is a date.
        checked_through_on: Date to which the status of every notice was verified; None without a notice.
        announcements_through_on: Date to which new announcements were checked.
        completeness: `complete`, `partial` if notices are known to be missing, or `unknown`.
        reason: Reason, by language.
    """

    list: str
    entries: int
    parties: int
    notices: tuple[str, ...]
    version: str
    checked_through_on: Day | None
    announcements_through_on: Day
    completeness: Completeness
    reason: Mapping[str, str]

    @property
    def settles(self) -> bool:
        """Whether no hit on this list means that a party is not on it."""
        return self.completeness == "complete"


@lru_cache(maxsize=4)
def lists(pack_folder: Path) -> tuple[ListState, ...]:
    """Returns the state of every list known to the law, and of any other in the rulebook.

    Args:
        pack_folder: Folder of the rulebook.

    Raises:
        CoercivityError: If `pack.yaml`, `lists.yaml` or the description of a notice is missing or invalid.
    """
    faults = Faults()
    head = _part(_Head, pack_folder / "pack.yaml", faults)
    said = _said(pack_folder / STATES, faults)
    entries: dict[str, list[ListedParty]] = {name: [] for name in LISTS}
    for parties in party_index(pack_folder / PARTIES).by_party.values():
        for party in parties:
            entries.setdefault(party.list, []).append(party)
    for name in sorted(set(said) - set(entries)):
        faults.add("LIST-UNKNOWN", f"list {name!r} not found", where=STATES, next="one of: " + ", ".join(entries))
    checked = {name: _checked(pack_folder, held, faults) for name, held in entries.items()}
    faults.raise_if_any()
    assert head is not None
    return tuple(
        ListState(
            name,
            len(held),
            len({party.party_id for party in held}),
            tuple(sorted({party.party_set for party in held})),
            head.version.isoformat(),
            checked[name],
            head.verified_through,
            said[name].completeness if name in said else "unknown",
            said[name].reason.as_dict() if name in said else _UNSAID,
        )
        for name, held in entries.items()
    )


def sets_found(found: Iterable[str], states: Iterable[ListState]) -> SetValue:
    """Returns the party sets known from screening alone: those found, none of a list that settles, others open.

    Args:
        found: Party sets of the hits for all parties to a deal.
        states: The lists that were searched, each with all names of the deal; a list left out stays open.
    """
    held = tuple(states)
    has = frozenset(found)
    lacks = frozenset(name for state in held if state.settles for name in state.notices) - has
    return SetValue(has, lacks, complete={state.list for state in held if state.settles} >= set(LISTS))


def _said(path: Path, faults: Faults) -> dict[str, _Said]:
    """Returns the rulebook's statements about its lists; empty if it has no such file."""
    if not path.is_file():
        return {}
    raw = load_file(path)
    if not isinstance(raw, TextMap):
        faults.add("LIST-FORM", "expected a mapping of lists by name", where=path.name)
        return {}
    found = {name: parse_as(_Said, value, name=f"{path.name}, {name}", faults=faults) for name, value in raw.items()}
    return {name: said for name, said in found.items() if said is not None}


def _checked(pack_folder: Path, held: Iterable[ListedParty], faults: Faults) -> Day | None:
    """Returns the date to which every notice of a list was verified."""
    paths = [pack_folder / "instruments" / name / "instrument.yaml" for name in {one.instrument_id for one in held}]
    days = [checked.verified_through for path in sorted(paths) if (checked := _part(_Checked, path, faults))]
    return min(days, default=None)


def _part(model: type[PartT], path: Path, faults: Faults) -> PartT | None:
    """Returns the keys of a file that a model has; others are for other readers."""
    raw = load_file(path)
    known = {key: raw[key] for key in model.model_fields if isinstance(raw, TextMap) and key in raw}
    return parse_as(model, known, name=f"{path.parent.name}/{path.name}", faults=faults)
