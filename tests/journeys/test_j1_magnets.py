"""Journey J1: can this lot of magnets leave, and with which documents? Checks 1, 4, 5 (result), 6, 7, 8 and 9."""

from __future__ import annotations

from typing import Any

import pytest

from coercivity.law.engine.decide import Deal, Decision, decide
from coercivity.law.explain.proof import proof
from coercivity.law.explain.questions import ask
from coercivity.law.rules.model import Outcome
from coercivity.law.rules.tree import facts_of
from tests.support import BOOK, biting, deal, on, role

LOT = "act: goods, form: magnet, magnet_type: [NdFeB], from: CN, exporter_nationality: CN, origin: CN"
HEAVY = f"{LOT}, elements: [Nd, Pr, Dy], dy_mass_share: 0.018, tb_mass_share: 0"


def test_1_dysprosium_magnets_need_a_licence_under_18_of_2025() -> None:
    """D1: No. 18 of 2025, in force from 2025-04-04, code family 1C905; Nd and Pr are not the reason."""
    d1 = on(f"{HEAVY}, to: DE", "2025-08-15")
    assert d1.outcome is Outcome.LICENCE
    assert biting(d1) == {"a18-1c905"}
    rule = BOOK.rule("a18-1c905")
    assert rule is not None
    assert str(rule.provision.effective_from) == "2025-04-04"
    assert all(code.startswith("1C905") for code in rule.provision.control_codes)


def test_4_magnets_without_dysprosium_and_terbium_may_proceed() -> None:
    """D2: measured, nothing above the detection limit."""
    d2 = on(f"{LOT}, elements: [Nd, Pr], dy_mass_share: 0, tb_mass_share: 0, to: DE", "2025-08-15")
    assert d2.outcome is Outcome.PROCEED
    assert d2.finding.word == "not_controlled"


def test_5_a_trace_of_dysprosium_counts_the_law_has_no_floor() -> None:
    """D3: 0.06 percent measured, whatever the order text says."""
    d3 = on(f"{LOT}, dy_mass_share: 0.0006, tb_mass_share: 0, to: DE", "2025-08-15")
    assert d3.outcome is Outcome.LICENCE
    assert biting(d3) == {"a18-1c905"}


def test_6_the_day_before_the_clause_is_shown_and_does_not_drive_the_outcome() -> None:
    """D4: 2025-04-03; the clause of the next day was not yet published, so the deal proceeds."""
    d4 = on(f"{HEAVY}, to: DE", "2025-04-03")
    assert d4.outcome is Outcome.PROCEED
    assert role(d4, "a18-1c905") == "not_yet"
    step = next(s for s in proof(BOOK, d4)["steps"] if s["provision"] == "a18-1c905")
    assert step["status"]["starts"] == "2025-04-04"


def test_7_a_navy_research_centre_in_japan_is_stopped_by_no_1_of_2026() -> None:
    """D5; with the use changed to wiper motors of passenger cars that rule does not bite."""
    d5 = on(f"{HEAVY}, to: JP, military_user: true, military_use: true", "2026-02-01")
    assert d5.outcome is Outcome.STOP
    assert "a1-ban" in biting(d5)
    civil = on(f"{HEAVY}, to: JP", "2026-02-01")
    assert civil.outcome is Outcome.LICENCE
    assert "a1-ban" not in biting(civil)


def test_8_a_blank_composition_is_unknown_and_one_thing_is_asked() -> None:
    """D6: composition first, and not ten questions."""
    d6 = on(f"{LOT}, to: DE", "2025-08-15")
    assert d6.outcome is Outcome.UNKNOWN
    question = ask(BOOK, d6)
    assert question is not None
    assert question.fact == "elements"
    assert question.beside == ()


def _reads(provision: str) -> set[str]:
    """The facts that a provision compares, and those they are derived from."""
    rule = BOOK.rule(provision)
    assert rule is not None
    facts = {name for tree in (rule.item, rule.when) if tree is not None for name in facts_of(tree)}
    return facts | {source for name in facts for source in DERIVED_FROM.get(name, ())}


DERIVED_FROM = {
    "crosses_border": ("from", "to"),
    "elements": ("dy_mass_share", "tb_mass_share"),
    "listed_on": ("party_sets",),
}


def _steps(decision: Decision) -> dict[str, Any]:
    return {step["provision"]: step for step in proof(BOOK, decision)["steps"]}


@pytest.mark.parametrize(
    "fact", ["elements", "magnet_type", "to", "form", "military_use", "party_sets", "dy_mass_share"]
)
def test_9_deleting_a_fact_changes_only_the_steps_that_read_it(fact: str) -> None:
    """A step that does not read the fact keeps its status, its conditions and their truth; its role may follow."""
    whole = deal(f"{HEAVY}, to: DE")
    day = on(HEAVY, "2025-08-15").on
    facts = {name: value for name, value in whole.facts.items() if name != fact}
    before = _steps(decide(BOOK, whole, day))
    after = _steps(decide(BOOK, Deal(facts, whole.said_by, whole.lists, search=whole.search), day))
    untouched = [name for name in {*before, *after} if fact not in _reads(name)]
    kept = ("status", "match", "item", "when")
    for name in untouched:
        if name in before and name in after:
            assert {key: before[name].get(key) for key in kept} == {key: after[name].get(key) for key in kept}, name
        else:
            rule = BOOK.rule(name)
            assert rule is not None
            assert rule.exclusion, (
                f"{name} does not read {fact}, and only exclusions come and go with what they bear on"
            )
