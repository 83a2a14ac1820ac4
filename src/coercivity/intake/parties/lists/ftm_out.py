"""Lists of parties as FollowTheMoney: one entity per party, one sanction per listing, each a line of JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from coercivity.base.canonical import json_text
from coercivity.base.days import ONE_DAY
from coercivity.data.parties.listed import IdentifierKind, ListEntry, NameKind
from coercivity.intake.parties.lists.entries import joined
from coercivity.intake.parties.lists.published import Published, Suspension

_NAMES: dict[NameKind, str] = {
    "name": "name", "alias": "alias", "former": "previousName", "short": "abbreviation", "weak": "weakAlias",
}  # fmt: skip
_NUMBERS: dict[IdentifierKind, str] = {
    "uscc": "uscCode", "lei": "leiCode", "duns": "dunsCode", "registration": "registrationNumber", "tax": "taxNumber",
    "imo": "idNumber", "other": "idNumber",
}  # fmt: skip
_TOPICS = {
    "control_list": "export.control", "watch_list": "export.risk",
    "unreliable_entity_list": "sanction.counter", "countermeasures": "sanction.counter",
}  # fmt: skip
_ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_ADDRESSED = re.compile(r"https?://", re.IGNORECASE)

Properties = dict[str, list[str]]


def ftm_lines(published: Published) -> Iterator[str]:
    """Yields entities as lines of JSON: each party followed by its listings, in the order of the lists.

    A party of several lists of the law is one entity, whose id is that of the rulebook; the ids of a user's list
    follow the name of the list. `endDate` is the last day on the list.

    Args:
        published: The lists.
    """
    by_party: dict[str, list[ListEntry]] = {}
    for one in published.lists:
        for entry in one.entries:
            name = entry.entry_id if one.effect == "law" else f"{one.list_id}-{entry.entry_id}"
            by_party.setdefault(name, []).append(entry)
    for name, entries in by_party.items():
        yield _line(name, _schema(entries), _party(entries))
        taken: set[str] = set()
        for entry in entries:
            listing = _listing(name, entry, published)
            if len(listing) > 1:
                wanted = f"{name}-{entry.party_set or entry.list_id}"
                made = next(
                    m for n in range(1, len(entries) + 1) if (m := wanted if n == 1 else f"{wanted}-{n}") not in taken
                )
                taken.add(made)
                yield _line(made, "Sanction", listing)


def _line(entity_id: str, schema: str, properties: Mapping[str, list[str]]) -> str:
    return json_text({"id": entity_id, "schema": schema, "properties": properties})


def _schema(entries: list[ListEntry]) -> str:
    """Returns the schema: a legal entity unless the lists say whether it is a person."""
    told = {entry.person for entry in entries} - {None}
    return "LegalEntity" if not told else "Person" if True in told else "Organization"


def _party(entries: list[ListEntry]) -> Properties:
    whole = entries[0]
    for entry in entries[1:]:
        whole = joined(whole, entry)
    found: Properties = {}
    for name in whole.names:
        found.setdefault(_NAMES[name.kind], []).append(name.text)
    for number in whole.identifiers:
        found.setdefault(_NUMBERS[number.kind], []).append(number.value)
    for day in whole.born:
        key = (
            "notes" if not _ISO.fullmatch(day) else "birthDate" if _schema(entries) == "Person" else "incorporationDate"
        )
        found.setdefault(key, []).append(day)
    found["country"] = [code.lower() for code in whole.countries]
    found["address"] = [*whole.addresses]
    found["website"] = [site if _ADDRESSED.match(site) else f"http://{site}" for site in whole.websites]
    topics = (_TOPICS.get(entry.list_id, "") for entry in entries if entry.delisted_on is None)
    found["topics"] = sorted({topic for topic in topics if topic})
    return {key: values for key, values in found.items() if values}


def _listing(entity_id: str, entry: ListEntry, published: Published) -> Properties:
    found: Properties = {"entity": [entity_id]}
    if entry.party_set:
        found["country"] = ["cn"]
        found["programId"] = [entry.party_set]
        found["provisions"] = [entry.list_id]
        found["authority"] = [*published.authorities.get(entry.party_set, ())]
        found["status"] = [_suspended(one) for one in published.suspended(entry)]
    if entry.source:
        found["program"] = [entry.source]
    if entry.listed_on is not None:
        found["startDate"] = [entry.listed_on.isoformat()]
    if entry.delisted_on is not None:
        found["endDate"] = [(entry.delisted_on - ONE_DAY).isoformat()]
    return {key: values for key, values in found.items() if values}


def _suspended(one: Suspension) -> str:
    return f"suspended from {one.from_on}" + (f" through {one.through_on}" if one.through_on is not None else "")
