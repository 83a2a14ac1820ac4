"""An independent database evaluates every tree like the evaluator and the Polars implementation."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.base.exact import Interval
from coercivity.base.truth import NO, UNKNOWN, YES, Truth
from coercivity.cases.files import read_cases
from coercivity.data.textyaml import load_file
from coercivity.data.values import SetValue
from coercivity.law.engine.derived_facts import facts_with_derived
from coercivity.law.rules.tree import Comparison, Tree, TreeParser, comparisons_of
from coercivity.verbs.cases import case_files
from tests.oracles.compiled import expression, frame
from tests.oracles.sql_reading import count, literal, load, read
from tests.properties.test_two_readings import BOOK, CATALOGUE, DEALS, FACTS, TREES, WORDS, evaluate
from tests.sampling import examples

RULE_TREES: dict[str, Tree] = {
    f"{rule.id} {part}": tree
    for rule in BOOK.rules
    for part, tree in (("item", rule.item), ("when", rule.when))
    if tree is not None
}
TABLES = ("licensing.yaml", "penalties.yaml")


def trees_in(raw: Any, parser: TreeParser) -> Iterator[Tree]:
    """Every condition that stands under `when` in a table."""
    for key, value in raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ():
        tree = parser.parse(value, where="table") if key == "when" else None
        if tree is not None:
            yield tree
        else:
            yield from trees_in(value, parser)


def table_trees() -> dict[str, Tree]:
    """The conditions of the tables beside the instruments."""
    faults = Faults()
    parser = TreeParser(CATALOGUE, faults)
    parser.definitions = dict(BOOK.definitions)
    found = {
        f"{name} {rank}": tree
        for name in TABLES
        for rank, tree in enumerate(trees_in(load_file(BOOK.folder / name), parser))
    }
    faults.raise_if_any()
    return found


ALL_TREES: dict[str, Tree] = {**BOOK.definitions, **BOOK.asked_trees, **table_trees(), **RULE_TREES}
DEALS_DRAWN = examples(5_000)


@pytest.fixture(scope="module")
def base() -> duckdb.DuckDBPyConnection:
    """A database in memory."""
    return duckdb.connect()


def plainly(trees: Sequence[Tree], deals: Sequence[dict[str, Any]]) -> list[list[Truth]]:
    """The truths of the evaluator, tree by tree."""
    nodes = [BOOK.evaluator.add(tree) for tree in trees]
    memos = [BOOK.evaluator.memo() for _ in deals]
    return [[node.truth(deal, memo) for deal, memo in zip(deals, memos, strict=True)] for node in nodes]


@settings(max_examples=examples(200), deadline=None)
@given(TREES, st.lists(DEALS, min_size=1, max_size=8))
def test_three_readings_agree_on_random_trees(tree: Tree, deals: list[dict[str, Any]]) -> None:
    """Any tree, any facts, any of them missing."""
    base = duckdb.connect()
    load(base, deals, FACTS, CATALOGUE)
    asked = [WORDS[truth] for truth in read(base, [tree], CATALOGUE)[0]]
    compiled = frame(deals, FACTS, CATALOGUE).select(expression(tree, CATALOGUE).alias("truth"))["truth"].to_list()
    assert asked == evaluate(tree, deals) == [WORDS[truth] for truth in compiled]


def test_three_readings_agree_on_every_worked_case(base: duckdb.DuckDBPyConnection) -> None:
    """Every tree of the pack on the facts of every worked case, as they are judged."""
    cases = [case for path in case_files() for case in read_cases(BOOK, path)]
    deals = [facts_with_derived(case.deal.facts) for case in cases]
    facts = sorted({comparison.fact for tree in ALL_TREES.values() for comparison in comparisons_of(tree)})
    trees = list(ALL_TREES.values())
    load(base, deals, facts, CATALOGUE)
    table = frame(deals, facts, CATALOGUE)
    compiled = table.select([expression(tree, CATALOGUE).alias(str(rank)) for rank, tree in enumerate(trees)])
    plain = plainly(trees, deals)
    for rank, (tree_name, asked) in enumerate(zip(ALL_TREES, read(base, trees, CATALOGUE), strict=True)):
        truths = [WORDS[truth] for truth in asked]
        wrong = [case.id for case, one, other in zip(cases, truths, plain[rank], strict=True) if one is not other]
        assert not wrong, tree_name
        assert truths == [WORDS[truth] for truth in compiled[str(rank)].to_list()], tree_name


def drawn_deals(draw: random.Random, most: int) -> list[dict[str, Any]]:
    """Deals made of the values that the trees of the pack compare with, and of values just beside them."""
    wanted: dict[str, list[Any]] = {}
    for tree in ALL_TREES.values():
        for test in comparisons_of(tree):
            values = test.wanted if isinstance(test.wanted, tuple) else (test.wanted,)
            wanted.setdefault(test.fact, []).extend(values)
    return [
        {fact: drawn_value(draw, fact, wanted[fact]) for fact in sorted(wanted) if draw.random() < 0.7}
        for _ in range(most)
    ]


def drawn_value(draw: random.Random, fact: str, wanted: list[Any]) -> Any:
    """One value of a fact."""
    kind, one = CATALOGUE[fact].type, draw.choice(wanted)
    if kind == "flag":
        return draw.random() < 0.5
    if kind == "date":
        return Day.fromordinal(one.toordinal() + draw.randint(-1, 1))
    if kind in ("number", "share"):
        ends = sorted(max(0, draw.choice(wanted).low + draw.randint(-1, 1)) for _ in range(2))
        return Interval(ends[0], ends[draw.randint(0, 1)])
    if kind == "set":
        values = sorted({*wanted, *CATALOGUE[fact].values})
        has = frozenset(draw.sample(values, k=min(len(values), draw.randint(0, 3))))
        lacks = frozenset(draw.sample(values, k=min(len(values), draw.randint(0, 9)))) - has
        return SetValue(has, lacks, complete=draw.random() < 0.5)
    others = ["CN", "HK", "US", "JP", "XX"] if kind == "country" else sorted(CATALOGUE[fact].values) or ["-"]
    return one if draw.random() < 0.5 else draw.choice(others)


def test_counts_of_every_rule_agree_on_a_whole_table(base: duckdb.DuckDBPyConnection) -> None:
    """The database counts yes, no and open over thousands of deals for each tree of each rule."""
    deals = drawn_deals(random.Random(20261110), DEALS_DRAWN)
    facts = sorted({fact for deal in deals for fact in deal})
    load(base, deals, facts, CATALOGUE)
    plain = plainly(list(RULE_TREES.values()), deals)
    seen: set[Truth] = set()
    for (tree_name, tree), truths in zip(RULE_TREES.items(), plain, strict=True):
        assert count(base, tree, CATALOGUE) == tuple(truths.count(truth) for truth in (YES, NO, UNKNOWN)), tree_name
        seen.update(truths)
    assert seen == {YES, NO, UNKNOWN}


def test_the_trees_of_every_part_of_the_pack_are_read() -> None:
    """Definitions, questions, tables and rules."""
    assert len(table_trees()) > 10
    assert len(ALL_TREES) == len(BOOK.definitions) + len(BOOK.asked_trees) + len(table_trees()) + len(RULE_TREES)


def test_a_quoted_value_is_no_sql(base: duckdb.DuckDBPyConnection) -> None:
    """A word with a quote is compared, not run."""
    word = "x' OR TRUE --"
    load(base, [{"cas_number": word}, {"cas_number": "y"}], ["cas_number"], CATALOGUE)
    assert read(base, [Comparison("cas_number", "is", word)], CATALOGUE) == [(True, False)]
    assert literal(word) == "'x'' OR TRUE --'"


def test_a_wrong_reading_would_be_seen(base: duckdb.DuckDBPyConnection) -> None:
    """The comparison bites: an open list read as a closed one gives another truth."""
    load(base, [{"form": "magnet"}], ["form"], CATALOGUE)
    closed, open_ = (Comparison("form", "in", ("alloy",), is_open) for is_open in (False, True))
    assert read(base, [closed, open_], CATALOGUE) == [(False,), (None,)]
