"""Ownership as FollowTheMoney entities, one JSON object in a line; read and written."""

from __future__ import annotations

import calendar
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from coercivity.base.canonical import each_key_once
from coercivity.base.errors import Faults
from coercivity.base.exact import Interval, exact_text
from coercivity.data.parties.ownership import ANY_SHARE, UNKNOWN_OWNER, OwnershipGraph, Stake
from coercivity.intake.ownership.draft import MOST_FAULTS, Draft, RawStake, clean_name

MOST_LINE = 256 * 1024
_LINKS_WITHOUT_STAKE = frozenset({
    "Directorship", "Membership", "Employment", "Family", "Associate", "Representation", "UnknownLink",
    "Succession", "Occupancy", "Payment", "Debt", "ContractAward", "Documentation", "EconomicActivity",
    "Identification", "Passport", "Address", "Similar",
})  # fmt: skip
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?", re.ASCII)
_NAMES = ("name", "alias", "previousName", "weakAlias")
_COUNTRIES = ("jurisdiction", "mainCountry", "country")


def read_ftm(text: str, name: str, sha256: str, faults: Faults) -> OwnershipGraph:
    """Returns the graph of FollowTheMoney entities; all faults are added.

    `Ownership` gives a stake; companies and persons give names and countries; `Sanction` gives a listing. Directorships
    and other links are no stakes, which is noted once for each kind.

    Args:
        text: Content.
        name: The file, for messages.
        sha256: Hash of the file.
        faults: Receives every fault.
    """
    draft = Draft(faults)
    entities = list(_entities(text, name, faults))
    ids = {str(body.get("id", "")) for _, body in entities} - {""}
    skipped: dict[str, str] = {}
    for where, body in entities:
        schema, properties = str(body.get("schema", "")), body.get("properties", {})
        if not isinstance(properties, Mapping):
            draft.fault("OWNERSHIP-FORM", "`properties` is not a mapping", where, "write a FollowTheMoney entity")
        elif schema == "Ownership":
            _stakes(properties, ids, draft, where)
        elif schema == "Sanction":
            _sanction(properties, draft, where)
        elif schema in _LINKS_WITHOUT_STAKE:
            skipped.setdefault(schema, where)
        else:
            _thing(str(body.get("id", "")), properties, draft)
    for schema, where in skipped.items():
        draft.note("directorship" if schema == "Directorship" else "not_a_stake", where, schema)
    return draft.graph(sha256)


def _entities(text: str, name: str, faults: Faults) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where, problem = f"{name}:{number}", ""
        body: Any = None
        if len(line) > MOST_LINE:
            problem = f"the line has more than {MOST_LINE:,} characters"
        else:
            try:
                body = json.loads(line, object_pairs_hook=each_key_once)
            except (ValueError, RecursionError):
                problem = "the line is not a JSON object with each key once"
        if not problem and (not isinstance(body, dict) or not isinstance(body.get("schema"), str)):
            problem = "the line is not a FollowTheMoney entity with a schema"
        if not problem:
            yield where, body
        elif len(faults.items) < MOST_FAULTS:
            faults.add("OWNERSHIP-FORM", problem, where=where, next="write one entity in each line")


def _values(properties: Mapping[str, Any], key: str) -> list[str]:
    found = properties.get(key, [])
    values = found if isinstance(found, list) else [found]
    return [str(value.get("id", "") if isinstance(value, dict) else value).strip() for value in values if value]


def _thing(entity_id: str, properties: Mapping[str, Any], draft: Draft) -> None:
    entity = draft.by_id(entity_id)
    if not entity:
        return
    names = [clean_name(name) for key in _NAMES for name in _values(properties, key)]
    if names:
        draft.names[entity] = tuple(dict.fromkeys((*draft.names.get(entity, ()), *names)))
    countries = [code.upper() for key in _COUNTRIES for code in _values(properties, key)]
    if countries:
        draft.countries.setdefault(entity, countries[0])


def _stakes(properties: Mapping[str, Any], ids: set[str], draft: Draft, where: str) -> None:
    owners, assets = _values(properties, "owner"), _values(properties, "asset")
    if not assets:
        draft.fault("OWNERSHIP-NAME", "the ownership has no asset", where, "name the company owned")
    shares = _values(properties, "percentage")
    if len(shares) > 1:
        draft.fault("OWNERSHIP-SHARE", "the ownership has several percentages", where, "keep one of them")
        return
    first, end = _first_day(_values(properties, "startDate")), _first_day_after(_values(properties, "endDate"))
    kind = next(iter(_values(properties, "ownershipType")), "")
    many = len(owners) * len(assets) > 1  # the share of each is not stated
    share = shares[0] if shares and not many else ""
    for owner in owners or [UNKNOWN_OWNER]:
        for asset in assets:
            if owner not in ids and owner != UNKNOWN_OWNER:
                draft.note("owner_not_named", where, owner)
            known = owner if owner in ids else UNKNOWN_OWNER
            raw = RawStake(known, asset, share, draft.kind_or_shares(kind), first, end, "either", where)
            draft.stake_of_ids(raw)


def _sanction(properties: Mapping[str, Any], draft: Draft, where: str) -> None:
    programmes = _values(properties, "programId") + _values(properties, "program") + _values(properties, "authority")
    named = draft.best_list(programmes)
    first = _first_day(_values(properties, "listingDate") or _values(properties, "startDate"))
    end = _first_day_after(_values(properties, "endDate"))
    for entity in _values(properties, "entity"):
        if named:
            draft.listed(draft.by_id(entity), [(named, first, end)], where)


def _first_day(dates: list[str]) -> str:
    """Returns the earliest day of dates that may be a year or a month only; the text itself if it is no date."""
    if not dates:
        return ""
    text = min(dates)
    found = _DATE.fullmatch(text)
    return text if found is None else f"{found[1]}-{found[2] or '01'}-{found[3] or '01'}"


def _first_day_after(dates: list[str]) -> str:
    """Returns the end as the first day without: the day stated, or the last of a year or month that is stated."""
    if not dates:
        return ""
    text = max(dates)
    found = _DATE.fullmatch(text)
    if found is None or found[3]:
        return text if found is None else f"{found[1]}-{found[2]}-{found[3]}"
    year, month = int(found[1]), int(found[2] or 12)
    return f"{year:04}-{month:02}-{calendar.monthrange(year, month)[1]:02}" if 1 <= month <= 12 else text


def write_ftm(graph: OwnershipGraph) -> str:
    """Returns a graph as FollowTheMoney entities, one in a line: companies, then ownerships.

    A band or an unknown share has no place in that form: a band is written as text, an unknown share is left out.
    """
    lines = []
    for entity in graph.entities:
        names = list(graph.names.get(entity, (entity,)))
        properties = {"name": names[:1], "alias": names[1:]}
        if entity in graph.countries:
            properties["country"] = [graph.countries[entity].lower()]
        lines.append(_line(_id(entity), "LegalEntity", properties))
    for stake in graph.stakes:
        if stake.kind != "treasury":
            lines.append(_line(_id(repr(stake)), "Ownership", _written(stake)))
    return "".join(f"{line}\n" for line in lines)


def _written(stake: Stake) -> dict[str, list[str]]:
    return {
        "owner": [] if stake.owner == UNKNOWN_OWNER else [_id(stake.owner)],
        "asset": [_id(stake.owned)],
        "percentage": [] if stake.kind == "branch" else _percent(stake.share),
        "startDate": [stake.from_on.isoformat()] if stake.from_on else [],
        "endDate": [stake.to_on.isoformat()] if stake.to_on else [],
        "ownershipType": [stake.kind],
    }


def _percent(share: Interval) -> list[str]:
    if share == ANY_SHARE:
        return []
    low, high = exact_text(share.low * 100), exact_text(share.high * 100)
    return [f"{low} %" if low == high else f"{low}-{high} %"]


def _id(text: str) -> str:
    return "cc-" + hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def _line(entity_id: str, schema: str, properties: Mapping[str, list[str]]) -> str:
    kept = {key: values for key, values in properties.items() if values}
    return json.dumps({"id": entity_id, "schema": schema, "properties": kept}, ensure_ascii=False, sort_keys=True)
