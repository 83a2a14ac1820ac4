"""One-line mutants of a module: one place changed, every other byte kept.

Left alone: docstrings, texts (f-strings too, whose columns Python 3.11 does not tell), what a fault says, annotations, decorators, asserts,
`TYPE_CHECKING`, `__all__`, imports.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OPERATORS = {
    "<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==",
    "is": "is not", "is not": "is", "in": "not in", "not in": "in", "and": "or", "or": "and",
    "+": "-", "-": "+", "*": "/", "/": "*", "//": "*", "%": "*", "**": "*", "&": "|", "|": "&",
    "+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=", "//=": "*=", "&=": "|=", "|=": "&=",
}  # fmt: skip
CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}
TESTS = ast.If | ast.While | ast.IfExp
TEXTS = ast.JoinedStr | ast.Import | ast.ImportFrom | ast.Assert


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed line of a file."""

    path: Path
    line: int
    before: str
    after: str

    @property
    def texts(self) -> tuple[str, str]:
        """The line before and after, without the blanks around it."""
        return self.before.strip(), self.after.strip()


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: tuple[int, int]
    end: tuple[int, int]


def mutants(path: Path) -> list[Mutant]:
    """Returns every mutant of a module, in the order of its lines."""
    source = path.read_text(encoding="utf-8")
    lines = source.split("\n")
    found = set()
    for line, start, end, new in _Places(source, lines).found:
        before = lines[line - 1]
        found.add(Mutant(path, line, before, before[:start] + new + before[end:]))
    return sorted(found, key=lambda mutant: (mutant.line, mutant.after))


def mutated(source: str, mutant: Mutant) -> str:
    """Returns the source with the line of the mutant changed."""
    lines = source.split("\n")
    lines[mutant.line - 1] = mutant.after
    return "\n".join(lines)


class _Places:
    """Collects the places of one module: line, first and last column, the new text."""

    def __init__(self, source: str, lines: list[str]) -> None:
        self.lines = lines
        self.found: list[tuple[int, int, int, str]] = []
        self.tokens = [
            _Token(token.string, token.start, token.end)
            for token in tokenize.generate_tokens(io.StringIO(source).readline)
            if token.type in (tokenize.OP, tokenize.NAME)
        ]
        self.visit(ast.parse(source))

    def visit(self, node: ast.AST) -> None:
        if isinstance(node, TEXTS) or _left_alone(node):
            return
        self.places_of(node)
        for child in _mutable_children(node):
            self.visit(child)

    def places_of(self, node: ast.AST) -> None:
        match node:
            case ast.Compare():
                for left, right in zip([node.left, *node.comparators], node.comparators, strict=False):
                    self.operator(left, right)
            case ast.BoolOp():
                for left, right in zip(node.values, node.values[1:], strict=False):
                    self.operator(left, right)
            case ast.BinOp() if not (_is_text(node.left) or _is_text(node.right)):
                self.operator(node.left, node.right)
            case ast.AugAssign() if not _is_text(node.value):
                self.operator(node.target, node.value)
            case ast.UnaryOp():
                self.unary(node)
            case ast.Constant():
                self.constant(node)
            case ast.Call(func=ast.Name(id=name)) if name in CALLS:
                self.put(node.func, CALLS[name])
            case ast.Slice():
                for bound in (node.lower, node.upper):
                    if bound is not None and not isinstance(bound, ast.Constant):
                        self.put(bound, f"({self.text(bound)}) + 1")
            case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
                self.put(node, "return None")
            case ast.Raise() | ast.Continue() | ast.Expr(value=ast.Call() | ast.Yield()):
                self.put(node, "pass")
            case ast.Break():
                self.put(node, "continue")
        if isinstance(node, TESTS):
            self.negated(node.test)
        for test in node.ifs if isinstance(node, ast.comprehension) else ():
            self.negated(test)

    def unary(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not | ast.USub) and not isinstance(node.operand, ast.NamedExpr):
            self.put(node, self.text(node.operand))

    def constant(self, node: ast.Constant) -> None:
        value = node.value
        if isinstance(value, bool):
            self.put(node, str(not value))
        elif isinstance(value, int | float) and value in (0, 1):
            self.put(node, str(type(value)(1 - value)))
        elif isinstance(value, int) and self.text(node).isdecimal():
            self.put(node, str(value + 1))
            self.put(node, str(value - 1))

    def negated(self, test: ast.expr) -> None:
        """Negates a condition, unless another mutant already does."""
        same = isinstance(test, ast.Compare) and isinstance(
            test.ops[0], ast.Eq | ast.NotEq | ast.Is | ast.IsNot | ast.In | ast.NotIn
        )
        if not same and not isinstance(test, ast.UnaryOp | ast.Constant):
            self.put(test, f"(not ({self.text(test)}))")

    def operator(self, left: ast.expr | ast.stmt, right: ast.expr) -> None:
        begin, end = _end(left, self.lines), _start(right, self.lines)
        between = [
            token for token in self.tokens if begin <= token.start and token.end <= end and token.text not in "()"
        ]
        text = " ".join(token.text for token in between)
        if text in OPERATORS and between[0].start[0] == between[-1].end[0]:
            self.found.append((between[0].start[0], between[0].start[1], between[-1].end[1], OPERATORS[text]))

    def put(self, node: ast.expr | ast.stmt, new: str) -> None:
        (line, start), (last, end) = _start(node, self.lines), _end(node, self.lines)
        if line == last:
            self.found.append((line, start, end, new))

    def text(self, node: ast.expr) -> str:
        (line, start), (last, end) = _start(node, self.lines), _end(node, self.lines)
        return self.lines[line - 1][start:end] if line == last else ""


def _mutable_children(node: ast.AST) -> Iterator[ast.AST]:
    """What is below a node, without annotations, decorators, and what an error says."""
    skipped = {"annotation", "returns", "decorator_list", "type_params", "bases"}
    if isinstance(node, ast.Raise):
        return
    for name, value in ast.iter_fields(node):
        if name not in skipped:
            yield from (
                child for child in (value if isinstance(value, list) else [value]) if isinstance(child, ast.AST)
            )


def _left_alone(node: ast.AST) -> bool:
    match node:
        case ast.If(test=ast.Name(id="TYPE_CHECKING")) | ast.AnnAssign(value=None):
            return True
        case ast.Assign(targets=[ast.Name(id="__all__")]) | ast.Subscript(value=ast.Name(id="Literal")):
            return True
        case ast.Call(func=ast.Name(id="Fault" | "isinstance" | "cast" | "TypeVar" | "ConfigDict")):
            return True
        case ast.BinOp(op=ast.BitOr(), left=left, right=right):  # a union of types
            return any(isinstance(side, ast.Constant) and side.value is None for side in (left, right))
    return False


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _start(node: ast.expr | ast.stmt, lines: list[str]) -> tuple[int, int]:
    return node.lineno, _column(lines[node.lineno - 1], node.col_offset)


def _end(node: ast.expr | ast.stmt, lines: list[str]) -> tuple[int, int]:
    line, offset = node.end_lineno or node.lineno, node.end_col_offset or 0
    return line, _column(lines[line - 1], offset)


def _column(line: str, offset: int) -> int:
    """The place in a line of text of a place in its bytes, which is what `ast` counts."""
    return len(line.encode()[:offset].decode())
