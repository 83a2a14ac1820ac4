"""Judgements by pair: which one counts, whether it still holds, and what it makes of a finding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from coercivity.data.parties.judgement import Judgement, Seen
from coercivity.data.parties.listed import ListEntry
from coercivity.intake.parties.names import fold, joined
from coercivity.intake.parties.results import Asked, Finding, Judged, PartyResult, Verdict

BY_LAW = "law"  # stands for all lists of the law: one party may be named by several notices
_Key = tuple[str, str, str]


def seen_of(asked: Asked, written: str, entry: ListEntry) -> Seen:
    """Returns what a person sees who judges a pair now.

    Args:
        asked: The party asked about.
        written: The part of its name that is compared.
        entry: The list entry.
    """
    return Seen(
        name=joined(written), address=fold(asked.address), country=asked.country.upper(), owner=fold(asked.owner),
        entry=entry.digest,
    )  # fmt: skip


def list_of(entry: ListEntry) -> str:
    """Returns the list under which judgements of an entry are kept."""
    return BY_LAW if entry.party_set else entry.list_id


class Judgements:
    """Judgements of any number of people, by pair.

    A pair is a name and an entry. The last judgement of what is asked counts, else the last of the pair. It holds while
    company form, address, country, owner and entry are as they were; less being stated is a change too. A name alone
    that was judged different is asked again once a party of that name, with more stated of it, is not.
    """

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        self._by_pair: dict[_Key, list[Judgement]] = {}
        self._by_place: dict[tuple[str, str, str, str], list[Judgement]] = {}
        for one in judgements:
            self._by_pair.setdefault((one.list_id, one.entry_id, _key(one.written)), []).append(one)
            if one.seen.address or one.seen.owner:
                place = (one.list_id, one.entry_id, one.seen.address, one.seen.owner)
                self._by_place.setdefault(place, []).append(one)

    def __bool__(self) -> bool:
        return bool(self._by_pair)

    def history(self, written: str, entry: ListEntry) -> tuple[Judgement, ...]:
        """Returns the judgements of a pair, the oldest first."""
        return tuple(self._by_pair.get((list_of(entry), entry.entry_id, _key(written)), ()))

    def of(self, asked: Asked, written: str, entry: ListEntry) -> Judged | None:
        """Returns the judgement that counts for a pair; None if there is none, or it was withdrawn.

        A party with the same address and owner under another name is the pair with a changed name.

        Args:
            asked: The party asked about.
            written: The part of its name that is compared.
            entry: The list entry.
        """
        now = seen_of(asked, written, entry)
        held = self._by_pair.get((list_of(entry), entry.entry_id, _key(written)))
        if held is None and (now.address or now.owner):
            held = self._by_place.get((list_of(entry), entry.entry_id, now.address, now.owner))
        if not held:
            return None
        # Two parties of one name at two addresses are judged apart: neither decision is the other one's change.
        place = next((i for i in range(len(held) - 1, -1, -1) if held[i].seen == now), len(held) - 1)
        # Where less is stated than a later one knew of that name, it may be the party that this one is about.
        later = [one for one in held[place + 1 :] if one.says in ("same", "unsure") and _says_less(now, one.seen)]
        last = later[-1] if later and held[place].says == "different" else held[place]
        if last.says == "withdrawn":
            return None
        changed = tuple(name for name in Seen.__dataclass_fields__ if getattr(last.seen, name) != getattr(now, name))
        return Judged(last, changed)

    def applied(self, result: PartyResult) -> PartyResult:
        """Returns a result with the judgement of each of its pairs, and the verdicts that follow."""
        if not self or not result.findings:
            return result
        found = tuple(self._judged(result.asked, one) for one in result.findings)
        return replace(result, findings=tuple(sorted(found, key=_place))) if found != result.findings else result

    def _judged(self, asked: Asked, finding: Finding) -> Finding:
        judged = self.of(asked, finding.written, finding.entry)
        return finding if judged is None else replace(finding, judged=judged, verdict=verdict_of(finding, judged))


def verdict_of(finding: Finding, judged: Judged) -> Verdict:
    """Returns the verdict of a finding once it is judged: what no longer holds, or is unsure, changes nothing."""
    if judged.changed or judged.judgement.says not in ("same", "different"):
        return finding.screened
    return "match" if judged.judgement.says == "same" else "none"


def _says_less(now: Seen, then: Seen) -> bool:
    """Returns whether everything that is said now was said then, and something more."""
    pairs = [(getattr(now, name), getattr(then, name)) for name in Seen.__dataclass_fields__]
    return now != then and all(one in ("", other) for one, other in pairs)


def _key(written: str) -> str:
    return fold(written)


def _place(finding: Finding) -> tuple[int, int]:
    return ("match", "possible", "none").index(finding.verdict), -finding.points
