"""Properties of every decision, on the worked cases with facts removed or dates changed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.base.days import Day
from coercivity.cases.arguments import pausable
from coercivity.cases.files import CaseDeal, read_cases
from coercivity.data.values import FactValue, SetValue
from coercivity.law.engine.decide import Deal, Decision, decide
from coercivity.law.explain.proof import decision_hash
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.model import Finding, Outcome
from coercivity.law.rules.status import Assumption
from coercivity.verbs.cases import case_files
from tests.sampling import examples

BOOK = load_rulebook()
CASES = [case for path in case_files() for case in read_cases(BOOK, path)]
RISE = [Outcome.PROCEED, Outcome.LICENCE, Outcome.STOP]
DAYS = st.dates(Day(2024, 12, 1), Day(2027, 3, 1))


def without(case: CaseDeal, names: set[str], day: Day) -> Decision:
    """The decision with some facts taken away."""
    facts = {name: value for name, value in case.deal.facts.items() if name not in names}
    return decide(BOOK, Deal(facts, case.deal.said_by, case.deal.lists, search=case.deal.search), day)


@st.composite
def fewer(draw: st.DrawFn) -> tuple[CaseDeal, set[str], Day]:
    """A case, some of its facts, and a day."""
    case = draw(st.sampled_from(CASES))
    names = draw(st.sets(st.sampled_from(sorted(case.deal.facts)), min_size=1, max_size=4))
    return case, names, draw(DAYS)


@settings(max_examples=examples(250))
@given(fewer())
def test_more_facts_never_widen_what_is_possible(drawn: tuple[CaseDeal, set[str], Day]) -> None:
    """The interval with a fact lies inside the interval without it."""
    case, names, day = drawn
    narrow, wide = decide(BOOK, case.deal, day), without(case, names, day)
    assert RISE.index(wide.floor) <= RISE.index(narrow.floor)
    assert RISE.index(narrow.ceiling) <= RISE.index(wide.ceiling)


@settings(max_examples=examples(250))
@given(fewer())
def test_a_deal_with_facts_taken_away_never_proceeds_where_the_whole_deal_does_not(
    drawn: tuple[CaseDeal, set[str], Day],
) -> None:
    """Absence never means allowed."""
    case, names, day = drawn
    if without(case, names, day).outcome is Outcome.PROCEED:
        assert decide(BOOK, case.deal, day).outcome is Outcome.PROCEED


@settings(max_examples=examples(150))
@given(fewer())
def test_the_outcome_lies_in_its_interval(drawn: tuple[CaseDeal, set[str], Day]) -> None:
    """PROCEED only where nothing stronger is possible; floor at most ceiling."""
    decision = without(*drawn)
    assert RISE.index(decision.floor) <= RISE.index(decision.ceiling)
    if decision.outcome is not Outcome.UNKNOWN:
        assert RISE.index(decision.floor) <= RISE.index(decision.outcome) <= RISE.index(decision.ceiling)
    if decision.outcome is Outcome.PROCEED:
        assert decision.ceiling is Outcome.PROCEED


@settings(max_examples=examples(60))
@given(fewer())
def test_the_order_of_facts_never_matters(drawn: tuple[CaseDeal, set[str], Day]) -> None:
    """The same bag, another order, the same hash."""
    case, _, day = drawn
    turned = Deal(
        dict(reversed(list(case.deal.facts.items()))), case.deal.said_by, case.deal.lists, search=case.deal.search
    )
    assert decision_hash(BOOK, decide(BOOK, case.deal, day)) == decision_hash(BOOK, decide(BOOK, turned, day))


@settings(max_examples=examples(100))
@given(st.sampled_from(CASES), DAYS)
def test_what_is_published_later_never_changes_an_earlier_view(case: CaseDeal, day: Day) -> None:
    """As known by a day, the answer uses no event published after it."""
    decision = decide(BOOK, case.deal, day, known=Day(2025, 10, 1))
    used = [status.event.published for status in decision.statuses if status.event and status.event.published]
    assert all(published <= Day(2025, 10, 1) for published in used)


PAUSED = pausable(BOOK)
# the cases' own things, and three whose only control is paused
THINGS: list[dict[str, FactValue]] = [
    {},
    {"form": "metal", "elements": SetValue(frozenset({"Ho"}))},
    {"form": "equipment", "goods_kind": "hydrogen_decrepitation_furnace", "elements": SetValue(frozenset())},
    {"form": "ore", "goods_kind": "rare_earth_ore", "elements": SetValue(frozenset({"Ce"}))},
]
ACTS = st.sampled_from(["goods", "reexport", "technology", "service", "assistance"])


@settings(max_examples=examples(300))
@given(fewer(), st.sampled_from(THINGS), ACTS, st.booleans(), st.sampled_from(["cl-2026-23", "cl-2025-21", ""]))
def test_an_unknown_state_holds_every_way_it_may_turn_out(
    drawn: tuple[CaseDeal, set[str], Day], thing: dict[str, FactValue], act: str, lapsed: bool, party_set: str
) -> None:
    """Past the unchecked end, what either assumption makes possible was possible without it."""
    case, names, _ = drawn
    facts = {name: value for name, value in case.deal.facts.items() if name not in names}
    if thing:
        facts = {name: value for name, value in facts.items() if not name.endswith("_mass_share")}
    facts |= {**thing, "act": act, "origin": "CN"}
    if party_set:
        facts["party_sets"] = SetValue(frozenset({party_set}))
    deal = Deal(facts, case.deal.said_by, case.deal.lists, search=case.deal.search)
    picked = Assumption(lapsed=lapsed, extended_through=Day(2027, 1, 10))
    open_one = decide(BOOK, deal, Day(2026, 12, 15))
    assumed = decide(BOOK, deal, Day(2026, 12, 15), assume=dict.fromkeys(PAUSED, picked))
    assert RISE.index(open_one.floor) <= RISE.index(assumed.floor)
    assert RISE.index(assumed.ceiling) <= RISE.index(open_one.ceiling)
    assert not (open_one.finding < Finding.NEED_FACTS <= assumed.finding)
