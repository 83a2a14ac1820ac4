"""Mutation testing of the code: finds changes of one line that no test notices.

    python -m tests.mutation --count 200 --seed 1 --rooms law,cases,permission,market,firm

Each mutant is a line with one place changed (`places.py`), tried in a copy of the tree against the tests of its module
(`selection.py`). What no test can tell from the original is argued in `equivalent.yaml` and not tried.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import yaml

from tests.mutation.copies import Copy
from tests.mutation.places import Mutant, mutants
from tests.mutation.selection import Selection, modules

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "coercivity"
EQUIVALENT = Path(__file__).with_name("equivalent.yaml")


def main() -> int:
    """Tries a sample of mutants and prints what became of them."""
    asked = _asked()
    began = time.monotonic()
    rooms = {path: room for room in asked.rooms.split(",") for path in modules(ROOT, room)}
    found = [mutant for path in rooms for mutant in mutants(path) if asked.only in str(path)]
    argued = yaml.safe_load(EQUIVALENT.read_text(encoding="utf-8"))
    equivalent = {(entry["file"], entry["before"], entry["after"]) for entry in argued}
    chosen = sample(found, asked.count, asked.seed)
    tried = sorted((mutant for mutant in chosen if _key(mutant) not in equivalent), key=lambda m: (m.path, m.line))
    outcomes = dict.fromkeys(chosen, "equivalent") | _tried(tried, asked.workers, asked.files)
    _report(outcomes, rooms)
    _unused(equivalent)
    print(f"{time.monotonic() - began:.0f} seconds")
    return 0


def sample(found: list[Mutant], count: int, seed: int) -> list[Mutant]:
    """Draws mutants by the hash of their texts, at most one a line: a file that is moved keeps the mutants that it had."""
    seen: Counter[tuple[str, str]] = Counter()
    drawn: list[tuple[str, Mutant]] = []
    for mutant in found:
        seen[mutant.texts] += 1
        drawn.append((hashlib.sha256(repr((seed, mutant.texts, seen[mutant.texts])).encode()).hexdigest(), mutant))
    lines: dict[tuple[Path, int], Mutant] = {}
    for _, mutant in sorted(drawn, key=lambda pair: pair[0]):
        lines.setdefault((mutant.path, mutant.line), mutant)
        if len(lines) == count:
            break
    return list(lines.values())


def _tried(tried: list[Mutant], workers: int, files: int) -> dict[Mutant, str]:
    selection = Selection(ROOT)
    tests = {path: selection.tests_of(path, files) for path in sorted({mutant.path for mutant in tried})}
    every = sorted({test for found in tests.values() for test in found})
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder, ThreadPoolExecutor(workers) as pool:
        copies = list(pool.map(lambda n: Copy.of(ROOT, Path(folder) / str(n)), range(workers)))
        shares = [every[n::workers] for n in range(workers)]
        measured = pool.map(lambda copy, share: copy.seconds(share) if share else {}, copies, shares)
        seconds = {test: took for found in measured for test, took in found.items()}
        print(
            f"{len(every)} files of tests pass without any mutant, in {sum(seconds.values()):.0f} seconds", flush=True
        )
        free: SimpleQueue[Copy] = SimpleQueue()
        for copy in copies:
            free.put(copy)

        def outcome(mutant: Mutant) -> str:
            copy, own = free.get(), tests[mutant.path]
            try:
                return copy.outcome(mutant, own, seconds)
            finally:
                free.put(copy)

        outcomes = {}
        try:
            for mutant, what in zip(tried, pool.map(outcome, tried), strict=True):
                outcomes[mutant] = what
                print(f"\r{len(outcomes)} of {len(tried)} tried", end="", file=sys.stderr, flush=True)
                if what == "survived":
                    before, after = mutant.texts
                    print(f"{mutant.path.relative_to(ROOT)}:{mutant.line}\n  - {before}\n  + {after}", flush=True)
        except BaseException as error:
            pool.shutdown(wait=False, cancel_futures=True)
            for copy in copies:
                copy.stop()
            if not isinstance(error, KeyboardInterrupt):
                raise
            print("\nbroken off: what follows counts the mutants tried so far")
        return outcomes


def _report(outcomes: dict[Mutant, str], rooms: dict[Path, str]) -> None:
    """Prints how many of each outcome, per room; what ran out of time was noticed too."""
    print(f"\n{'room':12}{'killed':>8}{'survived':>10}{'timeouts':>10}{'equivalent':>12}{'share killed':>14}")
    lines = {
        room: Counter(what for mutant, what in outcomes.items() if rooms[mutant.path] == room)
        for room in rooms.values()
    }
    for room, n in {**lines, "all": Counter(outcomes.values())}.items():
        noticed = n["killed"] + n["timeout"]
        share = f"{noticed / (noticed + n['survived']):.0%}" if noticed + n["survived"] else "-"
        print(f"{room:12}{n['killed']:8}{n['survived']:10}{n['timeout']:10}{n['equivalent']:12}{share:>14}")


def _unused(equivalent: set[tuple[str, str, str]]) -> None:
    """Prints what is argued of a mutant that is no longer made."""
    made = {_key(mutant) for path in SOURCE.rglob("*.py") for mutant in mutants(path)}
    for file, before, after in sorted(equivalent - made):
        moved = sorted(other for other, *texts in made if texts == [before, after])
        where = f"; it stands in {', '.join(moved)}" if moved else ""
        print(f"unused in {EQUIVALENT.name}: {file}: {before} -> {after}{where}")


def _key(mutant: Mutant) -> tuple[str, str, str]:
    return (mutant.path.relative_to(SOURCE).as_posix(), *mutant.texts)


def _asked() -> Any:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=200, help="how many mutants")
    parser.add_argument("--seed", type=int, default=1, help="which mutants; the same seed, the same mutants")
    parser.add_argument(
        "--rooms", default="law,cases,permission,market,firm", help="parts of src/coercivity: names of its folders"
    )
    parser.add_argument("--only", default="", help="only modules with this in their path")
    parser.add_argument("--files", type=int, default=10, help="at most so many files of tests for a module")
    parser.add_argument("--workers", type=int, default=2, help="how many copies at a time")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
