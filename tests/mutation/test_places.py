"""A mutant changes one place on one line; texts, annotations and error messages are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutation.places import mutants, mutated
from tests.mutation.selection import Selection, modules

ROOT = Path(__file__).parents[2]
LINES = [
    ("x = a < b", {"x = a <= b"}),
    ("x = a is not b", {"x = a is b"}),
    ("x = a not in b", {"x = a in b"}),
    ("x = a and b or c", {"x = a or b or c", "x = a and b and c"}),
    ("x = (a) + (b)", {"x = (a) - (b)"}),
    ("x = '稀土' in a and b", {"x = '稀土' not in a and b", "x = '稀土' in a or b"}),
    ("x += a", {"x -= a"}),
    ("x = not a", {"x = a"}),
    ("x = -1", {"x = 1", "x = -0"}),
    ("x = 7", {"x = 8", "x = 6"}),
    ("x = 0.0", {"x = 1.0"}),
    ("x = min(a)", {"x = max(a)"}),
    ("x = a[b:c]", {"x = a[(b) + 1:c]", "x = a[b:(c) + 1]"}),
    ("x.append(a)", {"pass"}),
    ("x = a if b else c", {"x = a if (not (b)) else c"}),
    ("x = [a for a in b if a.c]", {"x = [a for a in b if (not (a.c))]"}),
    ("raise ValueError(f'{a[:40]} {1 + 1}')", {"pass"}),
    ("x: int | None", set()),
    ("x: tuple[int, ...] = a", set()),
    ("assert a == 1", set()),
    ("__all__ = ['a'] + ['b']", set()),
    ("X = A | None", set()),
    (
        "def f(a: int = 0) -> A | None: return a",
        {"def f(a: int = 1) -> A | None: return a", "def f(a: int = 0) -> A | None: return None"},
    ),
]


@pytest.mark.parametrize(("line", "changed"), LINES)
def test_a_line_has_its_mutants(tmp_path: Path, line: str, changed: set[str]) -> None:
    path = tmp_path / "module.py"
    source = f'"""Text: 1 < 2."""\n\n{line}\n# 1 < 2\n'
    path.write_text(source, encoding="utf-8")
    found = mutants(path)
    assert {mutant.after for mutant in found} == changed
    for mutant in found:
        assert mutated(source, mutant) == source.replace(line, mutant.after)


def test_every_mutant_of_a_room_is_python() -> None:
    for path in modules(ROOT, "firm"):
        source = path.read_text(encoding="utf-8")
        for mutant in mutants(path):
            compile(mutated(source, mutant), str(path), "exec")


def test_every_module_is_reached_by_some_test() -> None:
    selection = Selection(ROOT)
    for room in ("law", "cases", "permission", "market", "firm"):
        found = modules(ROOT, room)
        assert found
        for module in found:
            tests = selection.tests_of(module, 10)
            assert tests, module
            assert all(test.is_file() for test in tests)
