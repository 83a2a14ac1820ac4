"""A second reading of the ownership rules that tries every world in turn; slow, and shares no code with the program.

A world fixes what a file leaves open: every share at one of its bounds, every unknown owner as somebody in particular,
and, where a rule does not say whether holdings are added, that they are or that they are not. In a world, whoever is
reached is found by applying the rule until nothing changes. An entity is caught if every world reaches it, not caught
if none does, and unknown otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import prod

from coercivity.base.days import Day
from coercivity.base.exact import SCALE
from coercivity.data.parties.ownership import OwnershipGraph, Stake

Held = tuple[str, str, Fraction]  # owner, owned, share of the outstanding capital
HALF = Fraction(1, 2)
LISTED, UNLISTED = "a listed stranger", "an unlisted stranger"
MOST_WORLDS = 60_000
CN_LISTS = frozenset({"control_list", "watch_list"})
US_LISTS = frozenset({"us_entity_list"})
ALL_CN = frozenset({"control_list", "watch_list", "unreliable_entity_list", "countermeasures"})


class TooManyWorldsError(Exception):
    """There are more worlds than can be tried."""


def structure(graph: OwnershipGraph, target: str, on: Day, regime: str) -> str:
    """Returns `caught`, `not_caught` or `unknown` for an entity on a day under one regime."""
    lists, readings = {
        "cn_61_2025": (CN_LISTS, (True, False)),
        "us_affiliates_rule": (US_LISTS, (True,)),
        "cn_named_only": (ALL_CN, ()),
    }[regime]
    named = frozenset(
        entity
        for entity, found in graph.listings.items()
        if any(one.list_id in lists and one.holds(on) for one in found)
    )
    stakes = [one for one in graph.stakes if one.holds(on)]
    heads = {one.owned: one.owner for one in stakes if one.kind == "branch"}
    if not readings:
        return "caught" if target in _reached(named, heads, (), False) else "not_caught"
    answers = {
        target in _reached(named | {LISTED}, heads, held, adds)
        for held in _worlds(stakes, sorted(named))
        for adds in readings
    }
    return "unknown" if len(answers) > 1 else "caught" if answers == {True} else "not_caught"


def _worlds(stakes: Sequence[Stake], named: Sequence[str]) -> Iterator[tuple[Held, ...]]:
    """Yields the shares of every world in which nothing is held twice."""
    shares = [one for one in stakes if one.kind == "shares"]
    own = {one.owned: Fraction(one.share.low, SCALE) for one in stakes if one.kind == "treasury"}
    owners = [[one.owner] if one.owner != "?" else [UNLISTED, LISTED, *_anybody(stakes, named)] for one in shares]
    bounds = [_sizes(one, shares, own.get(one.owned, Fraction(0))) for one in shares]
    count = prod([len(choices) for choices in owners] + [len(choices) for choices in bounds])
    if count > MOST_WORLDS:
        raise TooManyWorldsError(count)
    for sizes in product(*bounds):
        total: dict[str, Fraction] = dict(own)
        for one, size in zip(shares, sizes, strict=True):
            total[one.owned] = total.get(one.owned, Fraction(0)) + size
        if max(total.values(), default=Fraction(0)) > 1:
            continue
        for who in product(*owners):
            yield tuple(
                (owner, one.owned, size / (1 - own.get(one.owned, Fraction(0))))
                for owner, one, size in zip(who, shares, sizes, strict=True)
            )


def _sizes(stake: Stake, shares: Sequence[Stake], own: Fraction) -> list[Fraction]:
    """Returns the bounds of a stake, and what the others leave of the whole at their least and at their most."""
    low, high = Fraction(stake.share.low, SCALE), Fraction(stake.share.high, SCALE)
    others = [one.share for one in shares if one.owned == stake.owned and one is not stake]
    least, most = sum(one.low for one in others), sum(one.high for one in others)
    left = {1 - own - Fraction(least, SCALE), 1 - own - Fraction(most, SCALE)}
    return sorted({low, high, *(one for one in left if low < one < high)})


def _anybody(stakes: Sequence[Stake], named: Sequence[str]) -> list[str]:
    """Returns those of the file who may stand behind an unknown owner."""
    return sorted({*named, *(one.owner for one in stakes if one.owner != "?")})


def _reached(named: frozenset[str], heads: Mapping[str, str], held: Sequence[Held], adds: bool) -> frozenset[str]:
    """Returns whom the rule reaches in one world."""
    found = set(named)
    while True:
        more = {branch for branch, head in heads.items() if head in found and branch not in found}
        by_owned: dict[str, dict[str, Fraction]] = {}
        for owner, owned, share in held:
            if owner in found:
                person = heads.get(owner, owner)
                holders = by_owned.setdefault(owned, {})
                holders[person] = holders.get(person, Fraction(0)) + share
        for owned, holders in by_owned.items():
            share = sum(holders.values(), Fraction(0)) if adds else max(holders.values())
            if share >= HALF and owned not in found:
                more.add(owned)
        if not more:
            return frozenset(found)
        found |= more
