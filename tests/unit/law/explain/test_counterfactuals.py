"""`--flips`: every single fact that changes a result is found, no smaller change is missed, and the date is named."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product

import pytest

from coercivity.base.errors import Faults
from coercivity.data.values import SetValue
from coercivity.law.engine.decide import Decision, decide
from coercivity.law.engine.derived_facts import conflicts
from coercivity.law.explain.counterfactuals import Flips, flips
from coercivity.law.explain.value_classes import choices
from coercivity.law.rules.model import Outcome
from tests.support import BOOK, DY_MAGNET, ND_MAGNET, SINTERING_RECIPE, on


def _turns(found: Flips) -> set[tuple[tuple[str, ...], Outcome]]:
    return {(flip.facts, flip.outcome) for flip in found.changes}


def _brute(decision: Decision, names: tuple[str, ...]) -> set[tuple[tuple[str, ...], Outcome]]:
    """Every outcome that some value of these facts gives, tried one by one without any pruning."""
    found = set()
    for values in product(*(choices(BOOK, name, decision.deal.facts.get(name)) for name in names)):
        facts = {**decision.deal.facts, **dict(zip(names, values, strict=True))}
        faults = Faults()
        conflicts(facts, where="", faults=faults)
        if not faults.items:
            deal = replace(decision.deal, facts=facts)
            then = decide(BOOK, deal, decision.on, known=decision.known, assume=decision.assume)
            if then.outcome is not decision.outcome:
                found.add((names, then.outcome))
    return found


@pytest.mark.parametrize(
    ("facts", "day"),
    [
        (f"{DY_MAGNET}, to: DE", "2025-08-15"),
        (f"{ND_MAGNET}, to: DE", "2025-08-15"),
        (SINTERING_RECIPE, "2026-03-02"),
        (
            "act: reexport, form: metal, elements: [Sm], from: NL, to: US, origin: CN, exporter_nationality: NL",
            "2025-10-20",
        ),
    ],
)
def test_singles_are_those_that_trying_everything_finds(facts: str, day: str) -> None:
    """The pruning loses nothing: the same facts with the same outcomes as without it."""
    decision = on(facts, day)
    names = [name for name in decision.deal.facts if name in BOOK.rule_facts and name != "listed_on"]
    brute = set().union(*(_brute(decision, (name,)) for name in names))
    found = {turn for turn in _turns(flips(BOOK, decision)) if len(turn[0]) == 1 and turn[0][0] in names}
    assert found == brute


def test_pairs_are_found_where_no_single_fact_reaches_an_outcome() -> None:
    """The deal proceeds; a licence needs the act and the place changed together, and both are named."""
    facts = "act: reexport, form: magnet, magnet_type: [NdFeB], elements: [Nd, Dy], from: JP, to: US, origin: JP"
    decision = on(
        f"{facts}, exporter_nationality: JP, chinese_input_value_share: 0, technology_origin: other", "2025-12-05"
    )
    found = flips(BOOK, decision)
    pairs = {turn for turn in _turns(found) if len(turn[0]) == 2}
    reached = {outcome for names, outcome in _turns(found) if len(names) == 1}
    for names in combinations(found.together, 2):
        for turn in _brute(decision, names):
            assert turn in pairs or turn[1] in reached or turn[1] is Outcome.UNKNOWN or found.changed_at_most < 2


def test_the_day_on_which_the_answer_turns_is_named() -> None:
    """Chinese samarium abroad in the pause: after its unconfirmed end the answer is open."""
    decision = on(
        "act: reexport, form: metal, elements: [Sm], from: NL, to: FR, origin: CN, exporter_nationality: NL",
        "2026-09-01",
    )
    turn = flips(BOOK, decision).turn
    assert turn is not None
    assert turn.outcome is Outcome.UNKNOWN
    assert str(turn.day) <= "2026-11-11"


def test_choices_of_a_set_take_one_member_away_and_add_one() -> None:
    """From [Nd, Dy]: without each, and with each other one that some rule names."""
    found = choices(BOOK, "elements", SetValue(frozenset({"Nd", "Dy"})))
    assert SetValue(frozenset({"Nd"})) in found
    assert SetValue(frozenset({"Nd", "Dy", "Tb"})) in found
    assert SetValue(frozenset({"Nd", "Dy"})) not in found
