"""Entities of a graph whose listing is not stated, screened by name against the lists of the rulebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from coercivity.base.days import Day
from coercivity.data.parties.ownership import UNKNOWN_OWNER, Listing, OwnershipGraph
from coercivity.intake.parties.results import Asked, Finding, PartyResult
from coercivity.intake.parties.screener import screener
from coercivity.law.rules.model import Status
from coercivity.law.rules.rulebook import Rulebook


def screened_graph(
    graph: OwnershipGraph, book: Rulebook, on: Day, known: Day, targets: Iterable[str] | None = None
) -> OwnershipGraph:
    """Returns a graph with the listings that screening finds for entities of which the file does not state any.

    A match counts as listed while its notice is in force; a possible match, or a notice whose status is not confirmed,
    makes the listing uncertain. A listing that is suspended or ended does not count.

    Args:
        graph: The graph.
        book: The rulebook, with the user's lists.
        on: The day.
        known: Information cut-off.
        targets: Entities asked about: only they and whoever is above them are screened; None for all.
    """
    wanted = graph.entities if targets is None else _above(graph, targets)
    open_ = [entity for entity in wanted if entity not in graph.listings]
    asked = [(entity, _asked(graph, entity, name)) for entity in open_ for name in _names(graph, entity)]
    results = screener(book).screen_all([one for _, one in asked])
    found: dict[str, tuple[Listing, ...]] = dict(graph.listings)
    for (entity, _), result in zip(asked, results, strict=True):
        listings = tuple(_listings(result, book, on, known))
        if listings:
            found[entity] = _surest((*found.get(entity, ()), *listings))
    return replace(graph, listings=found)


def _surest(listings: tuple[Listing, ...]) -> tuple[Listing, ...]:
    """Returns listings once for each list, the certain one if there is one."""
    by_list = {one.list_id: one for one in sorted(listings, key=lambda one: one.certain)}
    return tuple(by_list[list_id] for list_id in dict.fromkeys(one.list_id for one in listings))


def _above(graph: OwnershipGraph, targets: Iterable[str]) -> tuple[str, ...]:
    """Returns entities and all that have a stake in them, directly or through others, and their branches."""
    up: dict[str, list[str]] = {}
    for stake in graph.stakes:
        up.setdefault(stake.owned, []).append(stake.owner)
        if stake.kind == "branch":
            up.setdefault(stake.owner, []).append(stake.owned)
    found = dict.fromkeys(targets)
    level = list(found)
    while level:
        level = [one for entity in level for one in up.get(entity, ()) if one not in found and one != UNKNOWN_OWNER]
        level = list(dict.fromkeys(level))
        found |= dict.fromkeys(level)
    return tuple(found)


def _names(graph: OwnershipGraph, entity: str) -> tuple[str, ...]:
    return graph.names.get(entity) or (entity,)


def _asked(graph: OwnershipGraph, entity: str, name: str) -> Asked:
    country = graph.countries.get(entity, "")
    return Asked(name, country=country if len(country) == 2 else "")


def _listings(result: PartyResult, book: Rulebook, on: Day, known: Day) -> Iterator[Listing]:
    for finding in result.findings:
        certain = _certain(finding, book, on, known)
        if certain is not None:
            yield Listing(finding.entry.list_id, finding.entry.listed_on, finding.entry.delisted_on, certain)


def _certain(finding: Finding, book: Rulebook, on: Day, known: Day) -> bool | None:
    """Returns whether a finding is a listing for certain; None if it is none on the day."""
    if finding.verdict == "none":
        return None
    if not finding.entry.party_set:
        return finding.verdict == "match"
    state = book.day(on, known, {}).sets.get(finding.entry.party_set)
    if state is not None and state.status in (Status.SUSPENDED, Status.ENDED, Status.NOT_YET):
        return None
    return finding.verdict == "match" and state is not None and state.status is Status.IN_FORCE
