"""What an ownership file says of the parties of a deal, as the facts that MOFCOM 61/2025 asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from coercivity.base.days import Day
from coercivity.base.exact import SCALE, Interval
from coercivity.base.truth import YES
from coercivity.data.parties.ownership import UNKNOWN_OWNER, OwnershipGraph, Stake
from coercivity.intake.ownership.assess import assess, rule_of
from coercivity.intake.ownership.on_day import on_day
from coercivity.intake.ownership.reach import reach
from coercivity.intake.ownership.regimes import Regime, regimes_of
from coercivity.intake.ownership.results import OwnershipAnswer, RegimeAnswer
from coercivity.intake.ownership.screened import screened_graph, upstream
from coercivity.intake.parties.names import fold, joined
from coercivity.law.rules.rulebook import Rulebook

SHARE, LIST = "listed_owner_share", "listed_owner_list"
SOURCE = "ownership file"
REGIME = "cn_61_2025"
_STRICTEST = ("control_list", "watch_list")


@dataclass(frozen=True, slots=True)
class OwnerFacts:
    """The facts about the owners of the parties of a deal.

    Attributes:
        share: Share held by a listed party; None if the file says nothing of any of them.
        list_id: List of that party; blank if it is not known or there is none.
        covers_all: Whether the file names every party asked about and states an owner of each; if not, the facts only
            add to what is declared.
        answers: The assessment of each party that the file names, with shares of nobody as unknown owners.
        similar: Parties that the file does not name, with the names in it that fold to something similar.
    """

    share: Interval | None
    list_id: str
    covers_all: bool
    answers: tuple[OwnershipAnswer, ...] = ()
    similar: tuple[tuple[str, tuple[str, ...]], ...] = ()


def owner_facts(
    graph: OwnershipGraph, parties: Sequence[str], on: Day, book: Rulebook, *, known: Day | None = None
) -> OwnerFacts:
    """Returns what an ownership file says of the owners of parties, for the rule of MOFCOM 61/2025.

    Here an unstated part of the shares of a company may belong to any party, if the file states any of its owners:
    a gap in a file never frees a deal. Entities whose listing is not stated are screened by name. A listing that is
    stated takes away none of the law's: a file of US lists says nothing of the Chinese ones. If several entities have
    the name of a party, apart from their company form, all count.

    Args:
        graph: The file.
        parties: Names of the consignee and the end user, as the deal writes them.
        on: Transaction date.
        book: The rulebook.
        known: Information cut-off.
    """
    regime = next((one for one in regimes_of(book).regimes if one.id == REGIME), None)
    named = {party: entities_of(graph, party) for party in dict.fromkeys(parties)}
    found = list(dict.fromkeys(entity for entities in named.values() for entity in entities))
    similar = tuple((party, close) for party, them in named.items() if not them and (close := alike(graph, party)))
    if regime is None or not found:
        return OwnerFacts(None, "", covers_all=False, similar=similar)
    seen = known or book.default_known(on)
    whole = filled(screened_graph(upstream(graph, found), book, on, seen, all_by_law=True), on)
    answers = tuple(assess(whole, entity, on, book, known=seen) for entity in found)
    shares = [_share(whole, answer, on, regime) for answer in answers]
    worst = max(shares, key=lambda one: (one[0].low, one[0].high))
    low, high = max(one[0].low for one in shares), max(one[0].high for one in shares)
    stated = {stake.owned for stake in graph.stakes if stake.holds(on) and stake.kind in ("shares", "branch")}
    covers = all(entities and stated.issuperset(entities) for entities in named.values())
    lists = [list_id for _, list_id in shares if list_id]
    return OwnerFacts(Interval(low, high), worst[1] or next(iter(lists), ""), covers, answers, similar)


def entity_of(graph: OwnershipGraph, party: str) -> str:
    """Returns the entity of a graph with the same folded name as a party; blank if there is none."""
    return next(iter(entities_of(graph, party)), "")


def entities_of(graph: OwnershipGraph, party: str) -> tuple[str, ...]:
    """Returns the entities of a graph with the same folded name as a party.

    If one of them has the company form of the party too, those that only have another one are left out.
    """
    key, whole = fold(party), joined(party)
    found = _by_fold(graph).get(key, {}) if key else {}
    if whole == key or not any(whole in names for names in found.values()):
        return tuple(found)
    return tuple(entity for entity, names in found.items() if not names.isdisjoint((key, whole)))


@lru_cache(maxsize=4)
def _by_fold(graph: OwnershipGraph) -> Mapping[str, Mapping[str, frozenset[str]]]:
    """Returns the entities with each folded name, with their names folded with the company form."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for entity in graph.entities:
        for name in (entity, *graph.names.get(entity, ())):
            held = found.setdefault(fold(name), {})
            held[entity] = held.get(entity, frozenset()) | {joined(name)}
    return found


def alike(graph: OwnershipGraph, party: str) -> tuple[str, ...]:
    """Returns entities of which the folded name begins with that of a party, or the other way round."""
    key = fold(party)
    names = _by_fold(graph).items()
    close = [
        entity
        for name, entities in names
        if len(name) > 1 and (name.startswith(key) or key.startswith(name))
        for entity in entities
    ]
    return tuple(dict.fromkeys(close))[:3] if len(key) > 1 else ()


def filled(graph: OwnershipGraph, on: Day) -> OwnershipGraph:
    """Returns a graph with an unknown owner for what is missing to the whole, where an owner is stated at all."""
    held = on_day(graph, on)
    rest = [Stake(UNKNOWN_OWNER, owned, held.unstated(owned)) for owned in held.held if held.unstated(owned).high]
    return replace(graph, stakes=(*graph.stakes, *rest))


def _share(graph: OwnershipGraph, answer: OwnershipAnswer, on: Day, regime: Regime) -> tuple[Interval, str]:
    """Returns the share that a listed party holds, so that it compares with the threshold as the structure says."""
    found = answer.regime(regime.id)
    least = regime.threshold or SCALE
    assert found is not None
    if found.structure == "caught":
        shares = found.share if found.ground in ("holder", "sum") else Interval(SCALE, SCALE)
        return Interval(max(least, shares.low), max(least, shares.high)), _list_of(found)
    if found.structure == "unknown":
        held = found.share if found.ground in ("share_open", "adding_open", "votes_open") else Interval(0, SCALE)
        return Interval(min(held.low, least - 1), max(held.high, least)), _list_of(found)
    held_on = on_day(graph, on)
    reached = reach(graph, on, rule_of(regime), held_on)
    owners = [stake.owner for stake in held_on.stakes("shares", answer.target)]
    open_ = {owner for owner in owners if owner in reached or owner == UNKNOWN_OWNER}
    sure = [owner for owner in owners if owner in reached and reached[owner].state is YES]
    low = max((held_on.part("shares", answer.target, {one}).interval.low for one in sure), default=0)
    high = held_on.part("shares", answer.target, open_).interval.high
    return Interval(min(low, least - 1), min(max(low, high), least - 1)), ""


def _list_of(answer: RegimeAnswer) -> str:
    """Returns the strictest list of a party that counts for certain; blank if it is not known who it is."""
    lists: Iterable[str] = [one.list_id for step in answer.steps if step.sure for one in step.lists]
    lists = {*lists, *(one.list_id for one in answer.lists if one.certain)}
    return next((one for one in _STRICTEST if one in lists), "")
