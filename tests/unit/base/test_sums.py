"""Sums are bit-identical on every interpreter, and no code adds floats in another way."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

import coercivity
from coercivity.base.sums import total

SOURCE = Path(coercivity.__file__).parent
WHOLE_CALLS = {"len", "int", "count", "bit_count", "toordinal"}
EXACT_STARTS = {"Fraction", "Decimal"}
# Of the standard library: came or changed after 3.11; `fsum` is exact everywhere, so it is left.
OTHER_SUMS = {"sumprod", "fmean"}


def test_a_sum_is_not_compensated() -> None:
    assert total([1e16, 1.0, -1e16]) == 0.0  # the builtin gives 1.0 since 3.12
    assert total([0.1] * 10) == 0.9999999999999999
    assert total([]) == 0
    assert total([Fraction(1, 3)] * 3) == 1


def test_floats_are_added_up_in_one_way_only() -> None:
    assert not [place for path in sorted(SOURCE.rglob("*.py")) for place in other_sums(path.read_text(), path.name)]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("sum(row.mass for row in rows)", True),
        ("sum(values)", True),
        ("sum(values, 0.0)", True),
        ("math.sumprod(masses, prices)", True),
        ("reduce(add, map(sum, rows))", True),
        ("sum(1 for row in rows)", False),
        ("sum(a == b for a, b in rows)", False),
        ("sum(map(len, rows))", False),
        ("sum(int(row.figure) for row in rows)", False),
        ("sum((row.mass for row in rows), Fraction(0))", False),
        ("array.sum()", False),
    ],
)
def test_the_scan_tells_sums_of_integers_by_their_form(code: str, told: bool) -> None:
    assert bool(list(other_sums(code, "here"))) is told


def other_sums(code: str, where: str) -> Iterator[str]:
    """Yields where floats may be added up by anything but `total`."""
    tree = ast.parse(code)
    called = {id(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if not isinstance(node, (ast.Name, ast.Attribute)):
            continue
        name = node.id if isinstance(node, ast.Name) else node.attr
        builtin = isinstance(node, ast.Name) and name == "sum"
        call = called.get(id(node))
        if (builtin and (call is None or not exact(call))) or name in OTHER_SUMS:
            yield f"{where}:{node.lineno}"


def exact(call: ast.Call) -> bool:
    """Whether a call of the builtin can only add up integers, flags, fractions or decimals."""
    if len(call.args) > 1:
        start = call.args[1]
        return isinstance(start, ast.Call) and isinstance(start.func, ast.Name) and start.func.id in EXACT_STARTS
    values = call.args[0]
    if isinstance(values, ast.GeneratorExp):
        return whole(values.elt)
    match values:
        case ast.Call(func=ast.Name(id="map"), args=[ast.Name(id=name), _]):
            return name in (*WHOLE_CALLS, "bool")
    return False


def whole(node: ast.expr) -> bool:
    """Whether an expression is an integer or a flag by its form."""
    match node:
        case ast.Constant(value=int()) | ast.Compare() | ast.UnaryOp(op=ast.Not()):
            return True
        case ast.IfExp():
            return whole(node.body) and whole(node.orelse)
        case ast.BoolOp():
            return all(map(whole, node.values))
        case ast.BinOp(op=ast.LShift()):
            return True
        case ast.Attribute(attr=name):
            return name.endswith("_size")  # bytes of a file
        case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
            return name in WHOLE_CALLS
    return False
