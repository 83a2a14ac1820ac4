"""A deal as it could be known on an earlier day: a notice published later lists nobody yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from coercivity.base.days import Day
from coercivity.data.values import SetValue
from coercivity.law.engine.decide import Deal
from coercivity.law.engine.list_search import PARTY_SETS
from coercivity.law.engine.name_questions import NameQuestion
from coercivity.law.engine.screened import EntryShown, NameShown
from coercivity.law.rules.known import STARTS, known_by
from coercivity.law.rules.rulebook import Rulebook


def deal_known(book: Rulebook, deal: Deal, known: Day | None) -> Deal:
    """Returns a deal without what the screening of names found in notices published after a day.

    A notice of which no day of publication is known counts as published. Lists of the user have no such day and stay.

    Args:
        book: The rulebook, for its notices.
        deal: The deal as screened against all lists.
        known: Information cut-off; None for all that the rulebook knows.
    """
    if known is None:
        return deal
    found = {name for each in deal.screened for one in each["entries"] for name in one.get("party_sets", ())}
    later = found & _published_after(book, known)
    if not later:
        return deal
    facts, sets = dict(deal.facts), deal.facts.get(PARTY_SETS)
    if isinstance(sets, SetValue):
        has, lacks = sets.has - later, sets.lacks | later
        whole = sets.complete or has | lacks == frozenset(book.party_sets)
        facts[PARTY_SETS] = SetValue(has, frozenset() if whole else lacks, complete=whole)
    screened = tuple(_shown(one, later) for one in deal.screened)
    return replace(deal, facts=facts, name_questions=tuple(_asked(deal, later)), screened=screened)


@lru_cache(maxsize=8)
def _published_after(book: Rulebook, known: Day) -> frozenset[str]:
    """Returns the party sets of notices whose listing was published after a day."""
    found = set()
    for entry in book.party_sets.values():
        listings = [event for event in book.instruments[entry.instrument_id].events if event.type in STARTS]
        if listings and not any(known_by(event, known) for event in listings):
            found.add(entry.id)
    return frozenset(found)


def _asked(deal: Deal, later: frozenset[str] | set[str]) -> Iterator[NameQuestion]:
    """Yields the questions about names; one about later notices alone is none yet."""
    for one in deal.name_questions:
        sets = tuple(name for name in one.party_sets if name not in later)
        if sets or not one.party_sets:
            yield one._replace(party_sets=sets)


def _shown(name: NameShown, later: frozenset[str] | set[str]) -> NameShown:
    """Returns what a proof says of a name, without the entries of later notices."""
    entries: list[EntryShown] = []
    for one in name["entries"]:
        sets = [each for each in one.get("party_sets", ()) if each not in later]
        if sets:
            entries.append({**one, "party_sets": sets})
        elif "party_sets" not in one:
            entries.append(one)
    verdicts = {entry["verdict"] for entry in entries}
    if name.get("remarks"):
        verdicts.add("possible")
    verdict = next((one for one in ("match", "possible") if one in verdicts), "none")
    return {**name, "entries": entries, "verdict": verdict}
