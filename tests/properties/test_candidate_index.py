"""The candidate index never omits a rule that might fit; an audit trail written in parts is canonical JSON."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.base.canonical import canonical_json
from coercivity.base.days import Day
from coercivity.base.truth import NO, YES, Truth
from coercivity.data.values import FactValue
from coercivity.law.engine.decide import Deal, decide
from coercivity.law.engine.matches import matches
from coercivity.law.explain.proof import proof, seal
from coercivity.law.explain.questions import answers
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.status import status_on
from tests.sampling import examples

BOOK = load_rulebook()
READ = sorted(BOOK.rule_facts)
DAYS = [Day(2024, 12, 15), Day(2025, 4, 3), Day(2025, 10, 20), Day(2026, 3, 2), Day(2026, 11, 10), Day(2026, 11, 24)]


@st.composite
def bags(draw: st.DrawFn) -> dict[str, FactValue]:
    """A handful of facts that rules read, each with an answer that some rule tells apart."""
    names = draw(st.lists(st.sampled_from(READ), max_size=14, unique=True))
    return {name: draw(st.sampled_from(list(answers(BOOK, name)))) for name in names if list(answers(BOOK, name))}


@settings(max_examples=examples(300), deadline=None)
@given(values=bags())
def test_the_candidate_index_holds_back_only_rules_that_do_not_fit(values: dict[str, FactValue]) -> None:
    """Read one by one, without the index, every rule has the truth that the indexed reading gives."""
    memo = BOOK.evaluator.memo()
    plain: list[Truth] = []
    for rule in BOOK.rules:
        nodes = [node for node in (rule.item_node, rule.when_node) if node is not None]
        plain.append(min((node.truth(values, memo) for node in nodes), default=YES))
    found, live = matches(BOOK, values, BOOK.evaluator.memo())
    assert [found[rank] for rank in range(len(plain))] == plain
    assert live == [rank for rank, truth in enumerate(plain) if truth is not NO]


@settings(max_examples=examples(100), deadline=None)
@given(values=bags(), day=st.sampled_from(DAYS))
def test_a_proof_written_piece_by_piece_is_its_canonical_json(values: dict[str, FactValue], day: Day) -> None:
    """The hash is that of the whole proof, read as plain data, floats refused."""
    found = proof(BOOK, decide(BOOK, Deal(values), day))
    assert seal(found) == {"ruling": found["ruling"], "hash": found["hash"]}
    assert b"NaN" not in canonical_json(found)


@settings(max_examples=examples(150), deadline=None)
@given(on=st.dates(Day(2024, 10, 1), Day(2028, 1, 31)), known=st.dates(Day(2024, 10, 1), Day(2028, 1, 31)))
def test_days_alike_share_their_law(on: Day, known: Day) -> None:
    """Worked out once for a run of days, every status is that of the day itself."""
    law = BOOK.day(on, known, {})
    assert list(law.statuses) == [status_on(rule.provision, rule.instrument, on, known) for rule in BOOK.rules]
