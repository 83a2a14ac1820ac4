"""The tests of a module: those of its name, then those that import it, directly or through few others.

Found by reading the imports in `src` and `tests`. Left out are tests that start servers or browsers, or kill what they start.
"""

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Iterator
from pathlib import Path

ROOMS = {"cases": ("cases", "intake", "batches")}  # what one word of --rooms may stand for
LEFT_OUT = ("tests/web", "tests/unit/http", "tests/docs", "tests/journeys/test_killed.py")
ALSO = {"law": ("tests/cases/test_worked_cases.py", "tests/cases/test_traps.py", "tests/goldens/test_goldens.py")}
FARTHEST = 3  # imports between a test and the module


def modules(root: Path, room: str) -> list[Path]:
    """Returns the modules of a room."""
    folders = [root / "src" / "coercivity" / name for name in ROOMS.get(room, (room,))]
    return sorted(path for folder in folders for path in folder.rglob("*.py") if path.name != "__init__.py")


class Selection:
    """The imports of one tree."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.named = {name: path for path in _sources(root) for name in [_name(root, path)]}
        self.importers: dict[Path, set[Path]] = {path: set() for path in self.named.values()}
        for path in self.named.values():
            for other in self.imported(path):
                self.importers[other].add(path)

    def imported(self, path: Path) -> Iterator[Path]:
        """The modules of the tree that a file imports; `from room import module` is one of `module`."""
        for node in ast.walk(ast.parse(path.read_bytes())):
            match node:
                case ast.Import(names=names):
                    yield from (self.named[alias.name] for alias in names if alias.name in self.named)
                case ast.ImportFrom(module=str(module), names=names):
                    inside = [f"{module}.{alias.name}" for alias in names]
                    found = [self.named[name] for name in inside if name in self.named]
                    yield from found or ([self.named[module]] if module in self.named else [])

    def tests_of(self, module: Path, most: int) -> list[Path]:
        """Returns the tests of a module, those first that are likely to notice a change."""
        mirror = Path("tests/unit") / module.relative_to(self.root / "src" / "coercivity")
        own, room = mirror.with_name(f"test_{mirror.name}"), mirror.parts[2]
        far = self.distances(module)

        def order(path: Path) -> tuple[bool, int, bool, str]:
            test = path.relative_to(self.root)
            return test != own, far[path], room not in test.parts, str(test)

        found = sorted(far, key=order)[:most]
        return found + [path for name in ALSO.get(room, ()) if (path := self.root / name) not in found]

    def distances(self, module: Path) -> dict[Path, int]:
        """How many imports lie between a module and each test that reaches it."""
        far, waiting = {module: 0}, deque([module])
        while waiting:
            path = waiting.popleft()
            for other in sorted(self.importers[path]) if far[path] < FARTHEST else ():
                if other not in far:
                    far[other] = far[path] + 1
                    waiting.append(other)
        return {path: n for path, n in far.items() if self.is_test(path)}

    def is_test(self, path: Path) -> bool:
        """Whether a file holds tests that are run here."""
        name = path.relative_to(self.root).as_posix()
        return path.name.startswith("test_") and name.startswith("tests/") and not name.startswith(LEFT_OUT)


def _sources(root: Path) -> list[Path]:
    return sorted(path for top in ("src/coercivity", "tests") for path in (root / top).rglob("*.py"))


def _name(root: Path, path: Path) -> str:
    inside = path.relative_to(root / "src" if path.is_relative_to(root / "src") else root).with_suffix("")
    return ".".join(inside.parts[:-1] if inside.name == "__init__" else inside.parts)
