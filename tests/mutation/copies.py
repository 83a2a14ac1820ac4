"""A copy of the tree in which one mutant after another is tested."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from tests.mutation.places import Mutant, mutated

NOT_COPIED = ("__pycache__", ".*", "build", "dist", "out", "site")
LEAST_SECONDS, TIMES_SLOWER = 30.0, 3.0  # a mutant may take this much, and this many times what the tests took before
FEW = 3  # files of tests that are run before the others
NO_TEST = 5  # what pytest says where it found none
PYTEST = ("-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--tb=no")


@dataclass(slots=True)
class Copy:
    """A folder with the sources and tests of the tree.

    Attributes:
        folder: Where the copy lies.
        root: The tree that was copied.
        child: What runs in it.
    """

    folder: Path
    root: Path
    child: subprocess.Popen[str] | None = field(default=None, repr=False)

    @classmethod
    def of(cls, root: Path, folder: Path) -> Copy:
        """Copies the tree into a new folder, and looks whether Python takes the program from there."""
        shutil.copytree(root, folder, ignore=shutil.ignore_patterns(*NOT_COPIED))
        copy = cls(folder, root)
        told = copy.python(["-c", "import coercivity; print(coercivity.__file__)"], None)[1]
        if not Path(told.strip()).resolve().is_relative_to(folder.resolve()):
            raise SystemExit(f"the copy is not what Python imports: {told}")
        return copy

    def python(self, words: list[str], seconds: float | None) -> tuple[int | None, str]:
        """Returns the exit status and the output; no status where the time ran out."""
        environment = {**os.environ, "PYTHONPATH": str(self.folder / "src")}
        with subprocess.Popen(  # a session of its own: what tests start goes with them
            [sys.executable, *words],
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        ) as self.child:
            try:
                told = self.child.communicate(timeout=seconds)[0]
            except subprocess.TimeoutExpired:
                return None, ""
            finally:
                self.stop()
        return self.child.returncode, told

    def stop(self) -> None:
        """Ends what runs in the copy."""
        if self.child is not None and self.child.poll() is None:
            os.killpg(self.child.pid, signal.SIGKILL)

    def seconds(self, tests: list[Path]) -> dict[Path, float]:
        """Runs tests on the sources as they are, which must pass, and returns how long each file took."""
        report = self.folder / "seconds.xml"
        status, told = self.python([*PYTEST, f"--junitxml={report}", *self.named(tests)], None)
        if status:
            raise SystemExit(f"the tests fail without any mutant\n{told}")
        took = dict.fromkeys(tests, 0.0)
        for case in ElementTree.parse(report).iter("testcase"):
            took[self.file_of(case.get("classname", ""))] += float(case.get("time", 0))
        return took

    def file_of(self, dotted: str) -> Path:
        """The file of the tree in which a test of the report stands; behind it stands its class, if it has one."""
        path = self.root / dotted.replace(".", "/")
        return next(file for file in (path.with_suffix(".py"), path.parent.with_suffix(".py")) if file.is_file())

    def outcome(self, mutant: Mutant, tests: list[Path], seconds: dict[Path, float]) -> str:
        """Returns what the tests say about a mutant: killed, survived or timeout; most die of the first, or of a quick one."""
        path = self.folder / mutant.path.relative_to(self.root)
        source = path.read_text(encoding="utf-8")
        try:
            self.write(path, mutated(source, mutant))
            for some in _quick_first(tests, seconds):
                limit = LEAST_SECONDS + TIMES_SLOWER * sum(seconds[test] for test in some)
                status, told = self.python([*PYTEST, *self.named(some)], limit)
                if status == NO_TEST:
                    raise SystemExit(f"no test was run for {mutant.path}\n{told}")
                if status != 0:
                    return "timeout" if status is None else "killed"
            return "survived"
        finally:
            self.write(path, source)

    def write(self, path: Path, source: str) -> None:
        """Writes a module; what Python had compiled of it goes, as two mutants may have one size and one second."""
        path.write_bytes(source.encode())
        for compiled in path.parent.glob(f"__pycache__/{path.stem}.*.pyc"):
            compiled.unlink()

    def named(self, tests: list[Path]) -> list[str]:
        """The tests as they are named inside the copy."""
        return [str(path.relative_to(self.root)) for path in tests]


def _quick_first(tests: list[Path], seconds: dict[Path, float]) -> list[list[Path]]:
    """The nearest tests and the two quickest, then all others: each run costs its start."""
    order = [tests[0], *sorted(tests[1:], key=lambda test: seconds[test])]
    return [some for some in (order[:FEW], order[FEW:]) if some]
