"""Lists that are included only in part: what a search by a person settles, and what nothing else settles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest

from coercivity.base.days import parse_day
from coercivity.base.errors import CoercivityError, Faults
from coercivity.cases.files import packed_standing
from coercivity.cases.gather import Standing, gather
from coercivity.law.engine.decide import Decision, decide
from coercivity.law.explain.counterfactuals import flips
from coercivity.law.explain.proof import proof, verify
from coercivity.law.explain.questions import ask
from coercivity.law.explain.reasons import reasons
from coercivity.law.recheck.check import recheck
from coercivity.law.rules.model import Finding, Outcome
from coercivity.law.rules.rulebook import Rulebook

FERRITE = {"act": "goods", "form": "magnet", "magnet_type": ["ferrite"], "from": "CN", "to": "DE"}
BOTH = {"consignee": "Hofmann Antriebe GmbH", "end_user": "Hofmann Antriebe GmbH"}
DAY = parse_day("2026-09-01")
NOTHING_FOUND: dict[str, object] = {"party_sets": []}


def decided(
    book: Rulebook,
    facts: Mapping[str, object],
    *,
    by: str = "",
    on: str = "",
    lists: tuple[str, ...] = (),
    found: Mapping[str, object] | None = None,
) -> Decision:
    """The deal with every declaration of the worked cases but the screening, which is `found`, by somebody on a day."""
    others = {name: value for name, value in packed_standing().facts.items() if name != "party_sets"}
    standing = Standing(by, {**others, **(found or {})}, lists, said_on=on)
    faults = Faults()
    deal = gather(book, facts, standing=standing, where="deal", faults=faults)
    faults.raise_if_any()
    return decide(book, deal, DAY)


def test_complete_lists_are_settled_by_the_names_alone(book: Rulebook) -> None:
    """Only the list that is not complete is asked for, and the finding stands beside the question."""
    decision = decided(book, {**FERRITE, **BOTH})
    assert (decision.outcome, decision.finding) == (Outcome.UNKNOWN, Finding.NOT_CONTROLLED)
    assert (decision.open_standing, decision.open_lists) == (("party_sets",), ("countermeasures",))
    question = ask(book, decision)
    assert question is not None
    assert (question.fact, question.lists) == ("party_sets", ("countermeasures",))
    assert [(reason.kind, reason.lists) for reason in reasons(book, decision)] == [("standing", ("countermeasures",))]


@pytest.mark.parametrize(
    ("by", "on", "lists", "outcome"),
    [
        ("export desk", "2026-09-01", (), Outcome.PROCEED),
        ("export desk", "2026-09-01", ("countermeasures",), Outcome.PROCEED),
        ("export desk", "2026-11-27", ("countermeasures",), Outcome.PROCEED),
        ("export desk", "transaction date", ("countermeasures",), Outcome.PROCEED),
        ("export desk, on the day of the deal", "", ("countermeasures",), Outcome.PROCEED),
        ("出口合规部，交易当日", "", ("countermeasures",), Outcome.PROCEED),
        ("export desk, 2026-09-01", "", ("countermeasures",), Outcome.PROCEED),
        ("export desk, 2026-08-31", "", ("countermeasures",), Outcome.UNKNOWN),
        ("export desk, 2026-13-01", "", ("countermeasures",), Outcome.UNKNOWN),
        ("not signed, on the day of the deal", "", ("countermeasures",), Outcome.UNKNOWN),
        ("export desk", "2026-08-31", ("countermeasures",), Outcome.UNKNOWN),  # the day before
        ("export desk", "", ("countermeasures",), Outcome.UNKNOWN),
        ("", "2026-09-01", ("countermeasures",), Outcome.UNKNOWN),
        ("to be confirmed", "2026-09-01", ("countermeasures",), Outcome.UNKNOWN),
        ("export desk", "2026-09-01", ("control_list",), Outcome.UNKNOWN),  # another list
    ],
)
def test_a_partial_list_is_settled_by_a_named_and_dated_search(
    book: Rulebook, by: str, on: str, lists: tuple[str, ...], outcome: Outcome
) -> None:
    """Of that list, by somebody, not before the transaction date."""
    decision = decided(book, {**FERRITE, **BOTH}, by=by, on=on, lists=lists, found=NOTHING_FOUND)
    assert decision.outcome is outcome
    shown = proof(book, decision)
    assert (verify(book, shown), recheck(shown, book.folder)) == ([], [])
    assert ("search" in shown["lists"]) is (decision.deal.search is not None)


@pytest.mark.parametrize(
    "by",
    [
        "nobody",
        "me",
        "We",
        "not signed",
        "your name",
        "compliance (tbc)",
        "export desk?",
        "TBD TBD",
        "没有人",
        "某人",
        "to be searched",
    ],
)
def test_a_signature_that_names_nobody_is_none(book: Rulebook, by: str) -> None:
    """The question stays open, and no search is written into the proof."""
    decision = decided(book, {**FERRITE, **BOTH}, by=by, on="2026-09-01", found=NOTHING_FOUND)
    assert decision.outcome is Outcome.UNKNOWN
    assert "search" not in proof(book, decision)["lists"]


@pytest.mark.parametrize("by", ["export desk", "the exporter", "J. Doe", "李明", "合规部", "DPD", "ME", "IT desk"])
def test_a_department_or_a_person_signs(book: Rulebook, by: str) -> None:
    """A name of a few letters is enough."""
    decision = decided(book, {**FERRITE, **BOTH}, by=by, on="2026-09-01", found=NOTHING_FOUND)
    assert decision.outcome is Outcome.PROCEED


def test_a_search_of_one_list_does_not_cover_a_party_that_is_not_named(book: Rulebook) -> None:
    """Without the end user the complete lists are open too."""
    one = {**FERRITE, "consignee": "Hofmann Antriebe GmbH"}
    by, on = "export desk", "2026-09-01"
    decision = decided(book, one, by=by, on=on, lists=("countermeasures",), found=NOTHING_FOUND)
    assert decision.open_lists == ("control_list", "watch_list", "unreliable_entity_list")
    assert decided(book, one, by=by, on=on, found=NOTHING_FOUND).outcome is Outcome.PROCEED  # all four searched


def test_a_statement_in_the_deal_needs_an_author_too(book: Rulebook) -> None:
    """`party_sets: []` and `listed_on: []` of a deal say nothing about orders that are not included."""
    for name in ("party_sets", "listed_on"):
        decision = decided(book, {**FERRITE, **BOTH, name: []})
        assert (decision.outcome, decision.open_lists) == (Outcome.UNKNOWN, ("countermeasures",))


def test_a_licence_may_become_a_prohibition_while_the_list_is_open(book: Rulebook) -> None:
    """The item needs a licence whatever the search finds."""
    magnets = {**FERRITE, "magnet_type": ["NdFeB"], "elements": ["Nd", "Dy"], **BOTH}
    assert decided(book, magnets).may_become is Outcome.STOP
    closed = decided(book, magnets, by="export desk", on="2026-09-01", found=NOTHING_FOUND)
    assert (closed.outcome, closed.may_become) == (Outcome.LICENCE, None)


def test_a_party_found_under_an_order_that_is_not_included(book: Rulebook) -> None:
    """Its measures are unknown, so it is no PROCEED even with a search."""
    decision = decided(book, {**FERRITE, **BOTH, "party_sets": ["cm-other"]}, by="export desk", on="2026-09-01")
    assert (decision.outcome, decision.ceiling) == (Outcome.UNKNOWN, Outcome.STOP)


def test_a_search_serves_until_its_day(book: Rulebook) -> None:
    """The same deal a day later is open again."""
    decision = decided(book, {**FERRITE, **BOTH}, by="export desk", on="2026-09-01", found=NOTHING_FOUND)
    later = decide(book, decision.deal, DAY + timedelta(days=1))
    assert (decision.outcome, later.outcome) == (Outcome.PROCEED, Outcome.UNKNOWN)
    assert later.open_lists == ("countermeasures",)


def test_changes_of_a_searched_deal_keep_the_search(book: Rulebook) -> None:
    """Another destination does not undo the search; without it every change would be UNKNOWN."""
    given = {**FERRITE, **BOTH, "elements": []}
    decision = decided(book, given, by="export desk", on="2026-09-01", found=NOTHING_FOUND)
    assert decision.outcome is Outcome.PROCEED
    assert "to" not in {name for flip in flips(book, decision).changes for name in flip.facts}


def test_the_search_is_named_as_the_change_that_settles_a_deal(book: Rulebook) -> None:
    """Nothing else is open: whoever states that no list names a party has searched them."""
    found = flips(book, decided(book, {**FERRITE, **BOTH, "elements": []})).changes
    assert [flip.facts for flip in found if flip.outcome is Outcome.PROCEED] == [("party_sets",)]


def test_an_unreadable_day_is_a_fault(book: Rulebook) -> None:
    """With the two forms it may have."""
    with pytest.raises(CoercivityError) as caught:
        decided(book, FERRITE, by="export desk", on="yesterday", found=NOTHING_FOUND)
    (fault,) = caught.value.faults
    assert (fault.code, "transaction date" in fault.next) == ("DATE", True)
