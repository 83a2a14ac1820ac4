"""From what a file says of a deal to the facts that are judged, with who said each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from coercivity.base.errors import Faults
from coercivity.data.values import FactValue, SetValue
from coercivity.law.decide import Deal
from coercivity.law.derive import NO_CODE, conflicts, risks_stated
from coercivity.law.rulebook import Rulebook
from coercivity.parties.screen import screen

BY_DEAL = "deal"
BY_SCREENING = "screening of the packed lists by name"
_NAMED = ("consignee", "end_user")


@dataclass(frozen=True, slots=True)
class Standing:
    """Answers that hold for a whole file: who gave them and what they are.

    Attributes:
        facts: Raw values by fact name.
        lists: Party lists that were searched.
        version: Version of those lists, as stated.
    """

    said_by: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    lists: tuple[str, ...] = ()
    version: str = ""


def gather(
    book: Rulebook,
    facts: Mapping[str, Any],
    *,
    standing: Standing | None = None,
    where: str,
    places: Mapping[str, str] | None = None,
    faults: Faults,
) -> Deal:
    """Returns the deal that raw facts and a standing block make, screening included.

    Args:
        book: The rulebook, for its catalogue and party sets.
        facts: Raw values by fact name; `unknown` says that a fact is open and overrides the standing block.
        standing: Answers that hold unless the deal says otherwise.
        where: Place for messages.
        places: Nearer place of a fact of the deal, by fact name.
        faults: Takes every fault found.
    """
    standing = standing or Standing()
    values: dict[str, FactValue] = {}
    said_by: dict[str, str] = {}
    for source, raw_facts, speaker in (("standing", standing.facts, standing.said_by), ("", facts, BY_DEAL)):
        for name, raw in raw_facts.items():
            place = f"{where}, standing" if source else (places or {}).get(name, where)
            value = book.catalogue.parse(name, raw, where=place, faults=faults)
            values.pop(name, None)
            said_by.pop(name, None)
            if value is not None:
                values[name] = value
                said_by[name] = f"standing: {speaker}" if source else speaker
    # What the deal itself says of a code or a risk says more than the answer given for the whole file.
    if values.get("listed_elsewhere_code", NO_CODE) != NO_CODE and "listed_elsewhere" not in facts:
        values.pop("listed_elsewhere", None)
    if risks_stated(values) and values.get("knowledge") == "none" and "knowledge" not in facts:
        values.pop("knowledge")
    conflicts(values, where=where, faults=faults)
    _screen(book, values, said_by)
    lists = dict.fromkeys(standing.lists, standing.version or "version not stated")
    return Deal(values, said_by, lists)


def _screen(book: Rulebook, values: dict[str, FactValue], said_by: dict[str, str]) -> None:
    """Adds the party sets of named parties that stand on a packed list, whatever the standing block says."""
    hits = {
        party.party_set
        for name in _NAMED
        if isinstance(value := values.get(name), str)
        for party in screen(value, book.folder / "parties.csv")
    }
    stated = values.get("party_sets")
    known = stated.has if isinstance(stated, SetValue) else frozenset[str]()
    if hits - known:
        complete = isinstance(stated, SetValue) and stated.complete
        values["party_sets"] = SetValue(known | hits, complete=complete)
        said_by["party_sets"] = "; ".join(filter(None, (said_by.get("party_sets"), BY_SCREENING)))
