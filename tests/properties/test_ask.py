"""The fast search for the next question against the plain one, with a full decision for every answer."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.base.days import Day
from coercivity.base.exact import Interval
from coercivity.cases.files import CaseDeal, read_cases
from coercivity.data.values import FactValue, SetValue
from coercivity.law.engine.branches import raising
from coercivity.law.engine.decide import Deal, Decision, Prospect, decide, prospect
from coercivity.law.engine.defeat import bounds, defeat_of, open_facts
from coercivity.law.engine.list_search import ListSearch
from coercivity.law.engine.matches import matched, matched_after
from coercivity.law.explain.questions import Question, answers, ask
from coercivity.law.explain.reasons import causes, reasons
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.model import Outcome
from coercivity.law.rules.rulebook import Rule
from coercivity.verbs.cases import case_files
from tests.sampling import examples

BOOK = load_rulebook()
ORDER = BOOK.catalogue.order
CASES = [case for path in case_files() for case in read_cases(BOOK, path)]
WIDTH = {Outcome.PROCEED: 0, Outcome.LICENCE: 1, Outcome.STOP: 2}
# Days of every kind: before the law is held, in a pause, and past its last checked day, where states are unknown.
DAYS = st.one_of(
    st.dates(Day(2024, 12, 1), Day(2027, 3, 1)),
    st.sampled_from([Day(2025, 8, 15), Day(2026, 11, 10), Day(2026, 12, 15)]),
)


@st.composite
def fewer(draw: st.DrawFn) -> Decision:
    """The decision on a case with some of its facts, perhaps none, on some day."""
    case: CaseDeal = draw(st.sampled_from(CASES))
    gone = draw(st.sets(st.sampled_from(sorted(case.deal.facts)), max_size=len(case.deal.facts)))
    facts = {name: value for name, value in case.deal.facts.items() if name not in gone}
    return decide(
        BOOK, Deal(facts, case.deal.said_by, case.deal.lists, case.deal.unread, search=case.deal.search), draw(DAYS)
    )


def plainly(decision: Decision, name: str, value: FactValue) -> Prospect:
    """What a whole decision finds with one more fact."""
    search = ListSearch("", None) if name == "party_sets" else decision.deal.search
    deal = Deal({**decision.deal.facts, name: value}, search=search)
    then = decide(BOOK, deal, decision.on, known=decision.known, assume=decision.assume)
    return Prospect(then.floor, then.ceiling, not (then.missing or then.open_standing))


def left(decision: Decision, names: Iterable[str]) -> tuple[str, ...]:
    """The facts that the deal does not state in full."""
    found = []
    for name in names:
        value = decision.deal.facts.get(name)
        in_part = isinstance(value, SetValue) and not value.complete
        wide = isinstance(value, Interval) and value.low != value.high
        unsigned = name == "party_sets" and decision.open_lists
        if value is None or in_part or wide or value == "XX" or unsigned:
            found.append(name)
    return tuple(found)


def frontier(decision: Decision, open_names: tuple[str, ...]) -> list[str]:
    """For every undecided rule, the open fact that a form asks first."""
    firsts = set()
    for branch in decision.branches:
        for rank in raising(BOOK, branch):
            names = open_facts(BOOK, branch.benign, BOOK.rules[rank]) & set(decision.missing) & set(open_names)
            if names:
                firsts.add(min(names, key=ORDER.__getitem__))
    return sorted(firsts or open_names, key=ORDER.__getitem__)


def of_exclusions(decision: Decision) -> tuple[str, ...]:
    """The facts that could establish an exclusion of what is undecided."""
    scope: set[str] = set()
    rest: set[str] = set()
    for branch in decision.branches:
        for rank in raising(BOOK, branch):
            for exclusion in branch.benign.unless.get(rank, ()):
                rule: Rule = BOOK.rules[exclusion]
                found = scope if rule.provision.effect == "out_of_scope" else rest
                found |= open_facts(BOOK, branch.benign, rule)
    return tuple(sorted(scope or rest, key=ORDER.__getitem__))


def asked_plainly(decision: Decision) -> Question | None:
    """Every candidate scored with every answer, and the least of all scores; the kind of deal comes first."""
    open_names = left(decision, (*decision.missing, *decision.open_standing))
    open_names = open_names or left(decision, of_exclusions(decision))
    if "crosses_border" in open_names and (route := left(decision, ("from", "to"))):
        others = [name for name in open_names if name != "crosses_border"]
        open_names = tuple(dict.fromkeys((*others, *route)))
    if not open_names:
        return None
    scored = []
    for name in ["act"] if "act" in open_names else frontier(decision, open_names):
        found = [plainly(decision, name, value) for value in answers(BOOK, name)]
        width = sum(WIDTH[then.ceiling] - WIDTH[then.floor] for then in found)
        settled = sum(then.settled for then in found)
        mean = width / len(found) if found else 9.0
        scored.append((mean, -settled, len(found), ORDER[name], name))
    _, settled, tried, _, best = min(scored)
    beside = tuple(name for name in open_names if name != best)
    return Question(best, (-settled, tried), beside, decision.open_lists if best == "party_sets" else ())


@settings(max_examples=examples(200), deadline=None)
@given(fewer())
def test_the_quick_search_asks_what_the_plain_one_asks(decision: Decision) -> None:
    """The same fact, the same share of answers that settle, the same facts beside it."""
    same_question(decision)


def same_question(decision: Decision) -> None:
    found, plain = ask(BOOK, decision), asked_plainly(decision)
    assert (found is None) == (plain is None)
    if found is None or plain is None:
        return
    assert (found.fact, found.could_settle, found.lists) == (plain.fact, plain.could_settle, plain.lists)
    assert found.beside == tuple(name for name in plain.beside if name not in found.together)
    assert bool(found.card) == bool(found.together) or found.fact == "act"
    assert left(decision, found.facts) == found.facts
    if not found.card:
        return
    card = BOOK.cards[found.card]
    assert {*found.facts} <= {*card.facts}
    assert card.choices or {*found.together} <= {*plain.beside}


@settings(max_examples=examples(200), deadline=None)
@given(fewer(), st.data())
def test_what_was_answered_is_not_asked_again(decision: Decision, data: st.DataObject) -> None:
    """With any answer, unknown too; neither alone nor in one question with others."""
    answered = set[str]()
    for _ in range(4):
        question = ask(BOOK, decision, answered=answered)
        if question is None:
            return
        assert answered.isdisjoint(question.facts)
        answered |= set(data.draw(st.sets(st.sampled_from(question.facts), min_size=1)))


def test_the_quick_search_asks_what_the_plain_one_asks_of_every_worked_case() -> None:
    """As they are written, on their own days and by their own knowledge."""
    for case in CASES:
        if case.on is not None:
            decision = decide(BOOK, case.deal, case.on, known=case.known)
            same_question(decision)


@settings(max_examples=examples(300), deadline=None)
@given(fewer(), st.data())
def test_a_prospect_is_what_the_decision_would_be(decision: Decision, data: st.DataObject) -> None:
    """Any fact, also one that the deal states otherwise, and any answer to it."""
    name = data.draw(st.sampled_from(sorted(BOOK.rule_facts)))
    for value in answers(BOOK, name):
        assert prospect(BOOK, decision, name, value) == plainly(decision, name, value), (name, value)


def test_a_certificate_counts_as_a_licence_in_a_prospect() -> None:
    """An exemption that asks for a certificate leaves no PROCEED possible, and the quick way knows it."""
    case = next(case for case in CASES if case.id == "faq-1-electronics-early-no")
    decision = decide(BOOK, case.deal, Day(2025, 4, 18))
    found = {value: prospect(BOOK, decision, "certificate_case", value) for value in answers(BOOK, "certificate_case")}
    assert found == {value: plainly(decision, "certificate_case", value) for value in found}
    certain = Prospect(Outcome.LICENCE, Outcome.LICENCE, settled=True)
    assert certain in found.values()


@settings(max_examples=examples(200), deadline=None)
@given(fewer())
def test_the_bounds_are_those_of_the_whole_pass(decision: Decision) -> None:
    """Floor and widest by themselves, with the facts as given and with benign answers."""
    for branch in decision.branches:
        statuses = decision.law.resolved(branch.picks).statuses
        for found in (branch.raw, branch.benign):
            read = matched(BOOK, found.values)
            assert (read.match, read.live) == (found.match, found.live)
            whole = defeat_of(BOOK, read, statuses)
            assert bounds(BOOK, read, statuses) == (whole.floor, whole.widest)


@settings(max_examples=examples(300), deadline=None)
@given(fewer(), fewer())
def test_a_reading_from_another_deals_reading_is_the_plain_reading(one: Decision, other: Decision) -> None:
    """However much the deals differ: the same descriptions, the same item, the same open facts of every rule."""
    before, values = one.branches[0].raw.matched, other.branches[0].raw.values
    plain, after = matched(BOOK, values), matched_after(BOOK, values, before)
    assert (after.match, after.live, after.marks(BOOK)) == (plain.match, plain.live, plain.marks(BOOK))
    for rank in plain.live:
        for items in (False, True):
            rule = BOOK.rules[rank]
            assert after.open_facts(BOOK, rule, items=items) == plain.open_facts(BOOK, rule, items=items)


@settings(max_examples=examples(300), deadline=None)
@given(fewer())
def test_the_open_facts_kept_are_those_found_by_walking(decision: Decision) -> None:
    """What a node remembers for its facts is what its parts say, each read afresh."""
    values = decision.branches[0].raw.values
    for rank in decision.live:
        for node in (BOOK.rules[rank].item_node, BOOK.rules[rank].when_node):
            if node is not None:
                memo = BOOK.evaluator.memo()
                assert node.open_in(values, memo) == node.open_facts(values, memo)


@settings(max_examples=examples(40), deadline=None)
@given(fewer(), st.data())
def test_questions_answered_do_not_come_back(decision: Decision, data: st.DataObject) -> None:
    """Whatever is answered, or that it is not known, a question comes once, and the questions end."""
    facts, asked = dict(decision.deal.facts), set[str]()
    question = ask(BOOK, decision)
    while question is not None:
        assert question.fact not in asked
        asked.add(question.fact)
        spec = BOOK.catalogue[question.fact]
        known = [v for v in answers(BOOK, question.fact) if spec.type != "choice" or v in spec.values]
        given_answer = data.draw(st.sampled_from([None, *known]))
        if given_answer is not None:
            facts[question.fact] = given_answer
        decision = decide(
            BOOK, Deal(facts, decision.deal.said_by, search=decision.deal.search), decision.on, known=decision.known
        )
        question = ask(BOOK, decision, answered=asked)


@settings(max_examples=examples(200), deadline=None)
@given(fewer())
def test_an_unknown_says_which_of_three_it_is(decision: Decision) -> None:
    """Facts are said to be missing only where the deal does not state one in full; UNKNOWN always has a cause."""
    found = reasons(BOOK, decision)
    if decision.outcome is Outcome.UNKNOWN:
        assert causes(found)
    for reason in found:
        assert reason.kind != "facts" or left(decision, reason.names) == reason.names
    assert not left(decision, decision.missing) or any(reason.kind == "facts" for reason in found) or not found
