"""Entities of a graph whose listing is not stated, screened by name against the lists of the rulebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from coercivity.base.days import Day
from coercivity.data.parties.ownership import UNKNOWN_OWNER, Listing, OwnershipGraph, Stake
from coercivity.intake.parties.results import Asked, Finding, PartyResult
from coercivity.intake.parties.screener import screener
from coercivity.law.rules.model import Status
from coercivity.law.rules.rulebook import Rulebook


def screened_graph(
    graph: OwnershipGraph, book: Rulebook, on: Day, known: Day, *, all_by_law: bool = False
) -> OwnershipGraph:
    """Returns a graph with the listings that screening finds for entities of which the file does not state any.

    A match counts as listed while its notice is in force; a possible match, or a notice whose status is not confirmed,
    makes the listing uncertain. A listing that is suspended or ended does not count.

    Args:
        graph: The graph.
        book: The rulebook, with the user's lists.
        on: The day.
        known: Information cut-off.
        all_by_law: Whether matches on the law's lists are added to the listings that the file states, too.
    """
    open_ = [entity for entity in graph.entities if entity not in graph.listings]
    asked = [(entity, _asked(graph, entity, name)) for entity in open_ for name in _names(graph, entity)]
    results = screener(book).screen_all([one for _, one in asked])
    found: dict[str, tuple[Listing, ...]] = dict(graph.listings)
    for (entity, _), result in zip(asked, results, strict=True):
        listings = tuple(_listings(result, book, on, known))
        if listings:
            found[entity] = _surest((*found.get(entity, ()), *listings))
    if all_by_law:
        for entity, listings in _by_law(graph, book, on, known):
            found[entity] = (*found[entity], *listings)
    return replace(graph, listings=found)


def _by_law(graph: OwnershipGraph, book: Rulebook, on: Day, known: Day) -> Iterator[tuple[str, tuple[Listing, ...]]]:
    """Yields the entities whose listings the file states, with what the law's lists add.

    Where the file says that an entity is on no list at all, it may mean another one of that name: that is uncertain.
    """
    asked = [(entity, _asked(graph, entity, name)) for entity in graph.listings for name in _names(graph, entity)]
    results = screener(book).screen_all([one for _, one in asked])
    for (entity, _), result in zip(asked, results, strict=True):
        matches = [one for one in result.findings if one.verdict == "match" and one.entry.party_set]
        listings = tuple(_listings(replace(result, findings=tuple(matches)), book, on, known))
        sure = bool(graph.listings[entity])
        yield entity, tuple(replace(one, certain=one.certain and sure) for one in listings)


def _surest(listings: tuple[Listing, ...]) -> tuple[Listing, ...]:
    """Returns listings once for each list, the certain one if there is one."""
    by_list = {one.list_id: one for one in sorted(listings, key=lambda one: one.certain)}
    return tuple(by_list[list_id] for list_id in dict.fromkeys(one.list_id for one in listings))


def upstream(graph: OwnershipGraph, targets: Iterable[str]) -> OwnershipGraph:
    """Returns the part of a graph that can bear on some entities: they, all above them, and the branches of these."""
    found = dict.fromkeys(targets)
    level = list(found)
    stakes: dict[int, Stake] = {}  # by identity: two unknown owners may hold the same share
    while level:
        towards = [stake for entity in level for stake in graph.stakes_towards.get(entity, ())]
        stakes |= {id(stake): stake for stake in towards}
        ends = (end for stake in towards for end in (stake.owner, stake.owned))
        level = [one for one in dict.fromkeys(ends) if one not in found and one != UNKNOWN_OWNER]
        found |= dict.fromkeys(level)
    return replace(
        graph,
        stakes=tuple(stakes.values()),
        listings={one: graph.listings[one] for one in found if one in graph.listings},
        names={one: graph.names.get(one, (one,)) for one in found},
    )


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
