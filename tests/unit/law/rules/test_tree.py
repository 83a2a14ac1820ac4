"""Conditions in a pack: valid ones are read, others are reported with their place and the nearest name."""

from __future__ import annotations

import pytest

from coercivity.base.errors import Fault, Faults
from coercivity.base.exact import Interval, parse_exact
from coercivity.data.textyaml import load_text
from coercivity.law.rules.tree import AllOf, AnyOf, Comparison, Not, Tree, TreeParser, Use, comparisons_of, facts_of
from tests.support import BOOK

ND_MAGNET = "{all_of: [{fact: form, is: magnet}, {fact: elements, contains: Nd}]}"


def read(text: str, definitions: str = "{}") -> tuple[Tree | None, list[Fault]]:
    faults = Faults()
    parser = TreeParser(BOOK.catalogue, faults)
    parser.define(load_text(definitions), where="definitions")
    return parser.parse(load_text(text), where="pack"), faults.items


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("{fact: form, is: magnet}", Comparison("form", "is", "magnet", False)),
        ("{fact: form, in: [magnet, oxide]}", Comparison("form", "in", ("magnet", "oxide"), False)),
        ("{fact: form, is: magnet, open: 'true'}", Comparison("form", "is", "magnet", True)),
        ("{fact: form, is: magnet, open: 'false'}", Comparison("form", "is", "magnet", False)),
        ("{fact: elements, contains: Nd}", Comparison("elements", "contains", ("Nd",), False)),
        ("{fact: elements, contains: [Nd]}", Comparison("elements", "contains", ("Nd",), False)),
        ("{fact: elements, overlaps: [Nd, Dy]}", Comparison("elements", "overlaps", ("Nd", "Dy"), False)),
        (
            "{fact: listed_owner_share, at_least: '0.5', unit: fraction}",
            Comparison("listed_owner_share", "at_least", Interval(parse_exact("0.5"), parse_exact("0.5")), False),
        ),
        ("{not: {fact: form, is: magnet}}", Not(Comparison("form", "is", "magnet", False))),
        (
            "{any_of: [{fact: form, is: magnet}, {fact: form, is: oxide}]}",
            AnyOf((Comparison("form", "is", "magnet", False), Comparison("form", "is", "oxide", False))),
        ),
    ],
)
def test_conditions_are_read(text: str, tree: Tree) -> None:
    assert read(text) == (tree, [])


@pytest.mark.parametrize(
    ("text", "code", "what"),
    [
        ("magnet", "TREE-FORM", "a condition expected, found 'magnet'"),
        ("{all_of: [], any_of: []}", "TREE-FORM", "exactly one key expected, found ['all_of', 'any_of']"),
        ("{al_of: []}", "TREE-FORM", "'al_of' is not a valid key of a condition"),
        ("{all_of: []}", "TREE-FORM", "all_of needs a list of at least one condition"),
        ("{any_of: {fact: form, is: magnet}}", "TREE-FORM", "any_of needs a list of at least one condition"),
        ("{fact: forms, is: magnet}", "FACT-UNKNOWN", "fact 'forms' not found"),
        ("{fact: form}", "TREE-OP", "expected for form, found []"),
        ("{fact: form, is: magnet, in: [magnet]}", "TREE-OP", "expected for form, found ['is', 'in']"),
        ("{fact: form, at_least: magnet}", "TREE-OP", "expected for form, found ['at_least']"),
        ("{fact: form, is: magnett}", "FACT-VALUE", "magnett"),
        ("{fact: form, in: magnet}", "TREE-FORM", "in needs a list"),
        ("{fact: elements, overlaps: Nd}", "TREE-FORM", "overlaps needs a list"),
        ("{fact: elements, contains: [Nd, Dy]}", "TREE-FORM", "`contains` needs one value; use `overlaps` for a list"),
        ("{fact: max_temperature, at_least: '80', unit: K}", "UNIT", "unit 'K' does not fit max_temperature"),
        ("{use: nothing}", "TREE-NAME", "definition 'nothing' not found"),
    ],
)
def test_what_is_no_condition_is_told(text: str, code: str, what: str) -> None:
    tree, faults = read(text)
    assert tree is None
    (fault,) = faults
    assert fault.code == code
    assert what in fault.what
    assert fault.where.startswith("pack")


def test_every_fault_of_a_list_is_told_and_nothing_is_left_of_it() -> None:
    tree, faults = read("{all_of: [{fact: form, is: magnet}, {fact: a, is: b}, {not: {use: c}}]}")
    assert tree is None
    assert [fault.code for fault in faults] == ["FACT-UNKNOWN", "TREE-NAME"]
    assert read("{al_of: []}")[1][0].nearest == ("all_of", "any_of")


def test_definitions_use_each_other_in_any_order_and_never_in_a_circle() -> None:
    tree, faults = read("{use: one}", f"{{one: {{not: {{use: two}}}}, two: {ND_MAGNET}}}")
    assert faults == []
    magnet = AllOf((Comparison("form", "is", "magnet", False), Comparison("elements", "contains", ("Nd",), False)))
    assert tree == Use("one", Not(Use("two", magnet)))
    assert list(facts_of(tree)) == ["form", "elements"]
    assert list(comparisons_of(tree)) == list(magnet.parts)
    _, (circle, *_) = read("{use: one}", "{one: {use: two}, two: {not: {use: one}}}")
    assert (circle.code, circle.what) == ("TREE-CIRCLE", "circular definitions: one -> two -> one")
