"""The reach of an ownership rule against a plain search through all that bounds and unknown owners allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.base.days import Day
from coercivity.base.exact import SCALE, Interval
from coercivity.base.truth import NO, UNKNOWN, YES, Truth
from coercivity.data.parties.ownership import UNKNOWN_OWNER, Listing, OwnershipGraph, Stake
from coercivity.intake.ownership.reach import Rule, reach
from coercivity.intake.ownership.screened import upstream
from tests.sampling import examples

ON = Day(2025, 10, 20)
NAMES = ("a", "b", "c", "d")
TENTH = SCALE // 10
World = dict[Stake, int]  # tenths of each stake


@st.composite
def graphs(draw: st.DrawFn) -> OwnershipGraph:
    """Small graphs in tenths: bands, unknown owners, treasury shares, votes, branches, loops, doubtful listings."""
    stakes: dict[tuple[str, str, str], Stake] = {}
    room: dict[tuple[str, str], int] = {}
    for _ in range(draw(st.integers(2, 6))):
        owned = draw(st.sampled_from(NAMES))
        owner = draw(st.sampled_from([*(name for name in NAMES if name != owned), UNKNOWN_OWNER]))
        kind = draw(st.sampled_from(["shares"] * 8 + ["votes", "branch", "treasury", "treasury"]))
        owner = owned if kind == "treasury" else owner
        left = room.get((owned, "votes" if kind == "votes" else "shares"), 10)
        low = min(left, draw(st.sampled_from([5, 3, 2, 4, 6, 1, 0, 10]))) if kind != "branch" else 0
        high = min(10, low + draw(st.sampled_from([0, 0, 0, 1, 2, 4, 10]))) if kind != "branch" else 10
        if (owner, owned, kind) in stakes or (kind == "branch" and owner == UNKNOWN_OWNER):
            continue
        if kind != "branch":
            room[owned, "votes" if kind == "votes" else "shares"] = left - low
        stakes[owner, owned, kind] = Stake(owner, owned, Interval(low * TENTH, high * TENTH), kind)  # type: ignore[arg-type]
    listings = {}
    for name in NAMES:
        said = draw(st.sampled_from(["x" if name in "ab" else "", "", "x", "maybe"]))
        listings[name] = (Listing("x", certain=said == "x"),) if said else ()
    return OwnershipGraph(tuple(stakes.values()), listings, {}, {})


RULES = st.builds(
    Rule,
    st.just(frozenset({"x"})),
    st.just(frozenset[str]()),
    st.sampled_from([Fraction(1, 2), Fraction(1, 2), Fraction(3, 10), Fraction(6, 10), Fraction(1, 3), None]),
    st.booleans(),
    st.sampled_from([YES, UNKNOWN]),
)


def worlds(graph: OwnershipGraph) -> Iterator[World]:
    """Yields every allocation in tenths that the bounds allow and that no capital exceeds."""
    stakes = [stake for stake in graph.stakes if stake.kind != "branch"]
    ranges = [range(stake.share.low // TENTH, stake.share.high // TENTH + 1) for stake in stakes]
    for tenths in product(*ranges):
        world = dict(zip(stakes, tenths, strict=True))
        sums: dict[tuple[str, bool], int] = {}
        for stake, part in world.items():
            key = stake.owned, stake.kind == "votes"
            sums[key] = sums.get(key, 0) + part
        if all(part <= 10 for part in sums.values()):
            yield world


def caught(
    graph: OwnershipGraph, world: World, rule: Rule, *, doubts: bool, unknown: bool, adds: bool, votes: bool
) -> set[str]:
    """Returns who is caught in one world, by going round until nothing changes.

    Args:
        graph: The graph.
        world: The shares.
        rule: The rule.
        doubts: Whether a doubtful listing is one, and the head office of a listed branch is listed.
        unknown: Whether unknown owners are listed.
        adds: Whether holdings are added.
        votes: Whether votes count.
    """
    found = {name for name in NAMES if any(one.certain or doubts for one in graph.listings[name])}
    found |= {UNKNOWN_OWNER} if unknown else set()
    branches = [stake for stake in graph.stakes if stake.kind == "branch"]
    while True:
        before = set(found)
        for stake in branches:
            if stake.owner in found:
                found.add(stake.owned)
            if doubts and stake.owned in found:
                found.add(stake.owner)
        for name in NAMES:
            for kind in ("shares", "votes") if votes else ("shares",):
                if (
                    rule.threshold is not None
                    and _most(branches, world, name, kind, found, adds=adds) >= rule.threshold
                ):
                    found.add(name)
        if found == before:
            return found - {UNKNOWN_OWNER}


def _most(branches: list[Stake], world: World, name: str, kind: str, found: set[str], *, adds: bool) -> Fraction:
    own = sum(part for stake, part in world.items() if stake.owned == name and stake.kind == "treasury")
    own = own if kind == "shares" else 0
    parts: dict[str, int] = {}
    for stake, part in world.items():
        if stake.owned == name and stake.kind == kind and stake.owner in found:
            person = "all" if adds else _person(branches, stake.owner)
            parts[person] = parts.get(person, 0) + part
    return Fraction(max(parts.values(), default=0), 10 - own) if own < 10 else Fraction(0)


def _person(branches: list[Stake], name: str) -> str:
    same = {name}
    for _ in NAMES:
        same |= {end for stake in branches if same & {stake.owner, stake.owned} for end in (stake.owner, stake.owned)}
    return min(same)


@settings(max_examples=examples(400), deadline=None)
@given(graphs(), RULES)
def test_certain_in_all_worlds_and_open_in_some(graph: OwnershipGraph, rule: Rule) -> None:
    """An entity is caught exactly if every world catches it, and free exactly if none does."""
    found = reach(graph, ON, rule)
    least = set(NAMES)
    most: set[str] = set()
    for world in worlds(graph):
        least &= caught(graph, world, rule, doubts=False, unknown=False, adds=rule.adds, votes=rule.votes is YES)
        most |= caught(graph, world, rule, doubts=True, unknown=True, adds=True, votes=True)
    states = {name: found[name].state if name in found else NO for name in NAMES}
    expected: dict[str, Truth] = {n: YES if n in least else UNKNOWN if n in most else NO for n in NAMES}
    assert states == expected


@settings(max_examples=examples(200), deadline=None)
@given(graphs(), RULES, st.randoms(use_true_random=False))
def test_the_order_of_stakes_changes_nothing(graph: OwnershipGraph, rule: Rule, random: object) -> None:
    stakes = list(graph.stakes)
    random.shuffle(stakes)  # type: ignore[attr-defined]
    one, other = reach(graph, ON, rule), reach(replace(graph, stakes=tuple(stakes)), ON, rule)
    assert {name: found.state for name, found in one.items()} == {name: found.state for name, found in other.items()}


@settings(max_examples=examples(200), deadline=None)
@given(graphs(), RULES, st.sampled_from(NAMES))
def test_what_is_not_above_an_entity_does_not_bear_on_it(graph: OwnershipGraph, rule: Rule, target: str) -> None:
    whole, part = reach(graph, ON, rule), reach(upstream(graph, [target]), ON, rule)
    assert (whole[target].state if target in whole else NO) == (part[target].state if target in part else NO)


@settings(max_examples=examples(200), deadline=None)
@given(graphs(), RULES, st.data())
def test_less_said_of_a_share_never_frees(graph: OwnershipGraph, rule: Rule, data: st.DataObject) -> None:
    """A share that becomes unknown, or an owner that becomes unknown, never turns `perhaps` or `certain` into `not`."""
    place = data.draw(st.integers(0, max(0, len(graph.stakes) - 1)))
    if not graph.stakes or graph.stakes[place].kind in ("branch", "treasury"):
        return
    stake = graph.stakes[place]
    vaguer = data.draw(st.sampled_from([replace(stake, share=Interval(0, SCALE)), replace(stake, owner=UNKNOWN_OWNER)]))
    before = reach(graph, ON, rule)
    after = reach(replace(graph, stakes=(*graph.stakes[:place], vaguer, *graph.stakes[place + 1 :])), ON, rule)
    assert set(before) <= set(after)
