"""A pair of a written party and a listed entry: its id, what a judgement of it is based on, and its plain data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from coercivity.base.days import Day
from coercivity.data.parties.judgement import Judgement, Seen
from coercivity.data.parties.listed import ListEntry
from coercivity.intake.parties.judgements.held import list_of, seen_of
from coercivity.intake.parties.results import Asked, Finding, PartyResult, Span

__all__ = ["finding_as_dict", "judgement_as_dict", "marked", "off_the_list", "pair_id", "pair_of", "reason_keys"]

OPEN, CLOSE = "[", "]"


def pair_of(asked: Asked, finding: Finding) -> str:
    """Returns the id of the pair of a party and the entry of a finding."""
    entry = finding.entry
    return pair_id(list_of(entry), entry.entry_id, seen_of(asked, finding.written, entry))


def pair_id(list_id: str, entry_id: str, seen: Seen) -> str:
    """Returns the id of a pair: the same while name, address, country, owner and entry id are, whatever else changes.

    Args:
        list_id: The list.
        entry_id: The entry.
        seen: What is asked about; the content of the entry is not part of the id.
    """
    parts = [list_id, entry_id, seen.name, seen.address, seen.country, seen.owner]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:10]


def off_the_list(entry: ListEntry, on: Day | None) -> bool:
    """Returns whether an entry is stated not to be on its list on a day; False if no day is given."""
    if on is None:
        return False
    late = entry.listed_on is not None and on < entry.listed_on
    return late or (entry.delisted_on is not None and entry.delisted_on <= on)


def reason_keys(result: PartyResult) -> Iterator[str]:
    """Yields the reasons for a verdict: why the text itself is a question, then those of the foremost finding."""
    yield from result.remarks
    for finding in result.findings[:1]:
        yield from dict.fromkeys(one.kind for one in finding.features if one.points > 0)


def marked(spans: tuple[Span, ...], whole: str) -> str:
    """Returns a name with the parts that differ in square brackets; the name alone if it is not divided."""
    if not spans:
        return whole
    return "".join(one.text if one.same else f"{OPEN}{one.text}{CLOSE}" for one in spans)


def finding_as_dict(asked: Asked, finding: Finding) -> dict[str, Any]:
    """Returns a finding as plain data for JSON."""
    entry, judged = finding.entry, finding.judged
    return {
        "pair": pair_of(asked, finding),
        "verdict": finding.verdict,
        "screened": finding.screened,
        "list": entry.list_id,
        "entry_id": entry.entry_id,
        "party_set": entry.party_set,
        "written": finding.written,
        "listed": finding.listed,
        "name": entry.name,
        "written_marked": marked(finding.written_spans, finding.written),
        "listed_marked": marked(finding.listed_spans, finding.listed),
        "points": finding.points,
        "reasons": [
            {"kind": one.kind, "points": one.points, "written": one.written, "listed": one.listed}
            for one in finding.features
        ],
        "tells_apart": list(finding.tells_apart),
        "countries": list(entry.countries),
        "listed_on": _day(entry.listed_on),
        "delisted_on": _day(entry.delisted_on),
        "source": entry.source,
        "judged": None if judged is None else {**judgement_as_dict(judged.judgement), "changed": list(judged.changed)},
    }


def judgement_as_dict(judgement: Judgement) -> dict[str, Any]:
    """Returns a judgement as plain data for JSON."""
    return {
        "pair": pair_id(judgement.list_id, judgement.entry_id, judgement.seen),
        "list": judgement.list_id,
        "entry_id": judgement.entry_id,
        "written": judgement.written,
        "says": judgement.says,
        "by": judgement.by,
        "at": judgement.at,
        "why": judgement.why,
    }


def _day(day: Day | None) -> str:
    return "" if day is None else str(day)
