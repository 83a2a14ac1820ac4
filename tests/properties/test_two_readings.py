"""The evaluator and the compiler evaluate every tree alike, including thresholds."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.base.days import Day
from coercivity.base.exact import Interval
from coercivity.base.truth import NO, UNKNOWN, YES
from coercivity.data.values import SetValue
from coercivity.law.rules.evaluator import Evaluator
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.tree import AllOf, AnyOf, Comparison, Not, Tree
from tests.oracles.compiled import expression, frame
from tests.sampling import examples

BOOK = load_rulebook()
CATALOGUE = BOOK.catalogue
FACTS = (
    "act",
    "form",
    "elements",
    "magnet_type",
    "from",
    "to",
    "military_use",
    "line_service",
    "chinese_input_value_share",
    "oxygen_content",
    "contract_on",
    "cas_number",
)
THRESHOLD = 1_000_000  # 0.1 percent as an integer of 1e-9
NUMBERS = st.sampled_from([0, THRESHOLD - 1, THRESHOLD, THRESHOLD + 1, 80 * 10**9, 80 * 10**9 + 1])
DAYS = st.dates(Day(2025, 11, 9), Day(2025, 11, 12))
COUNTRIES = st.sampled_from(["CN", "HK", "US", "JP", "XX"])
TEXTS = st.sampled_from(["14802-03-0", "298-07-7"])


def values_of(name: str) -> st.SearchStrategy[Any]:
    """A value that a fact may take, sets only partly known among them."""
    spec = CATALOGUE[name]
    if spec.type == "flag":
        return st.booleans()
    if spec.type == "choice":
        return st.sampled_from(list(spec.values)[:4])
    if spec.type == "country":
        return COUNTRIES
    if spec.type == "text":
        return TEXTS
    if spec.type == "date":
        return DAYS
    if spec.type == "set":
        members = st.frozensets(st.sampled_from(list(spec.values)[:5]), max_size=3)
        return st.tuples(members, members, st.booleans()).map(lambda t: SetValue(t[0], t[1] - t[0], complete=t[2]))
    return st.tuples(NUMBERS, NUMBERS).map(lambda pair: Interval(min(pair), max(pair)))


@st.composite
def comparisons(draw: st.DrawFn) -> Tree:
    """One comparison of one fact with a value that fits it."""
    name = draw(st.sampled_from(FACTS))
    spec = CATALOGUE[name]
    is_open = draw(st.booleans())
    if spec.type in ("number", "share"):
        limit = draw(NUMBERS)
        return Comparison(
            name, draw(st.sampled_from(["at_least", "at_most", "above", "below", "is"])), Interval(limit, limit)
        )
    if spec.type == "date":
        return Comparison(name, draw(st.sampled_from(["at_least", "at_most", "above", "below", "is"])), draw(DAYS))
    if spec.type == "set":
        members = draw(st.lists(st.sampled_from(list(spec.values)[:5]), max_size=3, unique=True))
        return Comparison(name, "overlaps", tuple(members), is_open)
    if spec.type == "flag" or draw(st.booleans()):
        return Comparison(name, "is", draw(values_of(name)))
    return Comparison(name, "in", tuple(draw(st.lists(values_of(name), max_size=3, unique=True))), is_open)


TREES: st.SearchStrategy[Tree] = st.recursive(
    comparisons(),
    lambda part: st.one_of(
        st.lists(part, min_size=1, max_size=4).map(lambda parts: AllOf(tuple(parts))),
        st.lists(part, min_size=1, max_size=4).map(lambda parts: AnyOf(tuple(parts))),
        part.map(Not),
    ),
    max_leaves=12,
)
DEALS = st.fixed_dictionaries({}, optional={name: values_of(name) for name in FACTS})
WORDS = {True: YES, False: NO, None: UNKNOWN}


def evaluate(tree: Tree, deals: list[dict[str, Any]]) -> list[Any]:
    """The plain reading, deal by deal."""
    evaluator = Evaluator(frozenset({"from", "to"}))
    node = evaluator.add(tree)
    return [node.truth(deal, evaluator.memo()) for deal in deals]


@settings(max_examples=examples(400), deadline=None)
@given(TREES, st.lists(DEALS, min_size=1, max_size=8))
def test_evaluator_and_compiler_agree_on_random_trees(tree: Tree, deals: list[dict[str, Any]]) -> None:
    """Any tree, any facts, any of them missing."""
    compiled = frame(deals, FACTS, CATALOGUE).select(expression(tree, CATALOGUE).alias("truth"))["truth"].to_list()
    assert [WORDS[truth] for truth in compiled] == evaluate(tree, deals)


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(DEALS, min_size=1, max_size=5))
def test_evaluator_and_compiler_agree_on_every_rule_of_the_pack(deals: list[dict[str, Any]]) -> None:
    """Every item and when tree of the real rulebook."""
    table = frame(deals, sorted(BOOK.rule_facts), CATALOGUE)
    trees = [tree for rule in BOOK.rules for tree in (rule.item, rule.when) if tree is not None]
    compiled = table.select([expression(tree, CATALOGUE).alias(str(rank)) for rank, tree in enumerate(trees)])
    for rank, tree in enumerate(trees):
        node = BOOK.evaluator.add(tree)
        plain = [node.truth(deal, BOOK.evaluator.memo()) for deal in deals]
        assert [WORDS[truth] for truth in compiled[str(rank)].to_list()] == plain


@settings(max_examples=examples(200), deadline=None)
@given(TREES, DEALS, st.data())
def test_more_facts_never_unsettle_a_condition(tree: Tree, deal: dict[str, Any], data: st.DataObject) -> None:
    """What is settled with some facts stays settled the same way with more."""
    before = evaluate(tree, [deal])[0]
    missing = [name for name in FACTS if name not in deal]
    if before is UNKNOWN or not missing:
        return
    name = data.draw(st.sampled_from(missing))
    after = evaluate(tree, [{**deal, name: data.draw(values_of(name))}])[0]
    assert after is before
