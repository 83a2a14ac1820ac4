"""An ownership file as facts of a deal: what it proves, what it leaves open, and whom it does not name."""

from __future__ import annotations

import pytest

from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.base.exact import SCALE, Interval, parse_exact
from coercivity.data.input import Content
from coercivity.data.parties.ownership import OwnershipGraph
from coercivity.intake.ownership.facts import OwnerFacts, entity_of, owner_facts
from coercivity.intake.ownership.read import read_ownership
from coercivity.intake.ownership.screened import screened_graph
from coercivity.intake.parties.builtin import builtin_lists
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.model import Status

BOOK = load_rulebook()
ON = Day(2025, 10, 20)
HEAD = "entities: {Weiren: {listed: [{list: control_list}]}, Tokoro: {listed: [{list: watch_list}]}, F: {listed: []}}\n"


def graph_of(edges: str, head: str = HEAD) -> OwnershipGraph:
    faults = Faults()
    lines = [f"- {{owner: '{a}', owned: {c}, share: '{b}'}}" for a, b, c in (e.split() for e in edges.split(";"))]
    found = read_ownership(Content.of("g.yaml", head + "edges:\n" + "\n".join(lines)), faults)
    faults.raise_if_any()
    return found


def facts(edges: str, *parties: str) -> OwnerFacts:
    return owner_facts(graph_of(edges), parties or ("Astra",), ON, BOOK)


def _shares(*texts: str) -> Interval:
    return Interval(parse_exact(texts[0]), parse_exact(texts[-1]))


@pytest.mark.parametrize(
    ("edges", "share", "list_id"),
    [
        ("Weiren 60% Astra", ("0.6",), "control_list"),
        ("Tokoro 50% Astra", ("0.5",), "watch_list"),
        ("Weiren 60% B; B 55% Astra", ("0.55",), "control_list"),
        ("F 100% Astra", ("0",), ""),
        ("F 60% Astra; Weiren 40% Astra", ("0.4",), ""),
        ("F 51% Astra", ("0", "0.49"), ""),  # the rest may be anybody's, and is too little
        ("F 51% Astra; Weiren 20% Astra", ("0.2", "0.49"), ""),
        ("F 50% Astra", ("0", "0.5"), ""),  # the rest may be a listed party's
        ("Weiren 40% Astra", ("0.4", "1"), "control_list"),
        ("Weiren 30% Astra; Tokoro 30% Astra; F 40% Astra", ("0.3", "0.6"), "control_list"),
        ("Weiren 45-55% Astra; F 45% Astra", ("0.45", "0.55"), "control_list"),
        ("Weiren 40% B; F 60% B; B 100% Astra", ("0",), ""),
        ("Weiren 40% B; B 100% Astra", ("0", "1"), "control_list"),
    ],
)
def test_share_and_list(edges: str, share: tuple[str, ...], list_id: str) -> None:
    found = facts(edges)
    assert (found.share, found.list_id, found.covers_all) == (_shares(*share), list_id, True)


def test_two_unknown_owners_of_the_same_share_are_two() -> None:
    found = facts("? 25% Astra; ? 25% Astra; F 50% Astra")
    assert found.share == _shares("0", "0.5")


def test_the_gravest_of_two_parties_counts() -> None:
    found = facts("F 100% Astra; Weiren 70% Bora", "Astra", "Bora")
    assert (found.share, found.list_id, found.covers_all) == (_shares("0.7"), "control_list", True)


def test_a_party_of_which_the_file_states_no_owner_is_not_covered() -> None:
    """Neither one that it does not name, nor one that it names as an owner only."""
    assert facts("F 100% Astra", "Astra", "Cedar").covers_all is False
    assert facts("F 100% Astra", "F").covers_all is False
    assert facts("F 100% Astra", "Cedar").share is None


@pytest.mark.parametrize("stake", ["Astra,Astra,100,treasury", "Astra,Astra,40,shares", "Founders,Astra,100,votes"])
def test_treasury_shares_and_votes_state_no_owner(stake: str) -> None:
    """Whose shares they are remains open."""
    faults = Faults()
    graph = read_ownership(Content.of("stakes.csv", f"owner,owned,percent,kind\n{stake}\n"), faults)
    assert not faults.items
    assert owner_facts(graph, ["Astra"], ON, BOOK).covers_all is False


def test_names_are_matched_as_folded_and_not_by_likeness() -> None:
    graph = graph_of("Weiren 60% 'Astra-Magnets'".replace("'Astra-Magnets'", "AstraMagnets"))
    assert entity_of(graph, "ASTRA Magnets GmbH") == "AstraMagnets"
    assert entity_of(graph, "Astra Magnet") == ""
    found = owner_facts(graph, ["Astra"], ON, BOOK)
    assert (found.share, found.similar) == (None, (("Astra", ("AstraMagnets",)),))


def _listed(status: Status) -> str:
    sets = BOOK.day(ON, ON, {}).sets
    control = next(one for one in builtin_lists(BOOK) if one.list_id == "control_list")
    return next(entry.name for entry in control.entries if sets[entry.party_set].status is status)


def test_owners_are_screened_by_name_if_their_listing_is_not_stated() -> None:
    """An analyst gives the shares only."""
    name = _listed(Status.IN_FORCE)
    rows = f'owner,owned,percent\n"{name.upper()}",Astra,60\nFounders,Astra,40\n'
    faults = Faults()
    graph = read_ownership(Content.of("stakes.csv", rows), faults)
    found = owner_facts(graph, ["Astra"], ON, BOOK)
    assert not faults.items
    assert (found.share, found.list_id) == (_shares("0.6"), "control_list")


def test_a_similar_name_makes_the_listing_uncertain() -> None:
    """What one changed letter leaves possible is a question, never a listing."""
    name = _listed(Status.IN_FORCE)
    doubtful = name[:4] + ("x" if name[4] != "x" else "y") + name[5:]
    graph = graph_of("O 100% Astra", "entities: {}\n")
    graph = OwnershipGraph(graph.stakes, {}, {"O": (doubtful,)}, {})
    screened = screened_graph(graph, BOOK, ON, ON)
    assert "control_list" in {one.list_id for one in screened.listings["O"]}
    assert not any(one.certain for one in screened.listings["O"])
    found = owner_facts(graph, ["Astra"], ON, BOOK)
    assert found.share == Interval(0, SCALE)


def test_a_file_that_calls_a_similar_name_unlisted_settles_it() -> None:
    name = _listed(Status.IN_FORCE)
    doubtful = name[:4] + ("x" if name[4] != "x" else "y") + name[5:]
    graph = graph_of("O 100% Astra", "entities: {O: {listed: []}}\n")
    graph = OwnershipGraph(graph.stakes, graph.listings, {"O": (doubtful,)}, {})
    assert owner_facts(graph, ["Astra"], ON, BOOK).share == _shares("0")


@pytest.mark.parametrize(
    ("listed", "share"),
    [
        ("[]", Interval(0, SCALE)),  # it may be another company of that name
        ("[{list: us_entity_list}]", _shares("1")),
        ("[{list: watched by the bank}]", _shares("1")),
        ("[{list: control_list, from: '2024-01-01', to: '2025-01-01'}]", _shares("1")),
    ],
)
def test_a_listing_that_a_file_states_takes_none_of_the_law_away(listed: str, share: Interval) -> None:
    graph = graph_of("O 100% Astra", f"entities: {{O: {{listed: {listed}}}}}\n")
    graph = OwnershipGraph(graph.stakes, graph.listings, {"O": (_listed(Status.IN_FORCE),)}, {})
    assert owner_facts(graph, ["Astra"], ON, BOOK).share == share


@pytest.mark.parametrize("between", ["Midco Ltd.", "MIDCO, LTD", "Midco, Ltd."])
def test_a_dot_or_comma_breaks_no_chain(between: str) -> None:
    rows = f'owner,owned,percent,list\nWeiren,"{between}",60,control_list\nMidco Ltd,Astra,100,\n'
    faults = Faults()
    graph = read_ownership(Content.of("stakes.csv", rows), faults)
    assert not faults.items
    assert owner_facts(graph, ["Astra"], ON, BOOK).list_id == "control_list"


@pytest.mark.parametrize(
    ("party", "share"),
    [("Astra", "0.6"), ("ASTRA", "0.6"), ("Astra Ltd", "0.6"), ("Astra GmbH", "0"), ("Astra AG", "0.6")],
)
def test_all_companies_of_a_name_count_unless_the_form_tells_them_apart(party: str, share: str) -> None:
    rows = "owner,owned,percent,list\nFounders,Astra GmbH,100,\nWeiren,Astra Ltd,60,control_list\nF,Astra Ltd,40,\n"
    faults = Faults()
    graph = read_ownership(Content.of("stakes.csv", rows), faults)
    assert not faults.items
    assert owner_facts(graph, [party], ON, BOOK).share == _shares(share)
