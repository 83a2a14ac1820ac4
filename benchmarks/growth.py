"""Measures what a larger rulebook costs: `decide`, `ask` and a batch with rulebooks of 150 to 1,500 rules.

`python -m benchmarks.growth [CHECKOUT ...]` runs every checkout, by default its own, in turn on the same deals, each
size in a process of its own with nothing remembered from before. It prints the least processor time of each, the
exponent by which it grows with the number of rules and, beside several checkouts, the ratio to the first.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[1]
SIZES = (150, 300, 718, 1500)
ROUNDS = 3
STRIDE = 8  # every eighth worked case
WARM = 40  # cases asked before, which build the indexes
ROWS = 20_000
WORKS = ("decide", "ask", "batch")
KEPT = ("elements", "party_sets")
FactT = TypeVar("FactT")


def spent(work: Callable[[], object]) -> float:
    """Returns the processor time of some work in this process [s]."""
    begun = resource.getrusage(resource.RUSAGE_SELF)
    work()
    ended = resource.getrusage(resource.RUSAGE_SELF)
    return ended.ru_utime - begun.ru_utime + ended.ru_stime - begun.ru_stime


def measured(size: int, *, similar: bool) -> dict[str, float]:
    """Returns the processor time of each work with a rulebook of a size: of one deal [ms], of the batch [s]."""
    from benchmarks._grown import grown
    from benchmarks.batch import facts_in_memory
    from coercivity.base.days import Day
    from coercivity.batches.judge.part import PartDecider
    from coercivity.batches.plan import Plan
    from coercivity.batches.stage.rows import Rows
    from coercivity.cases.files import packed_standing, read_cases
    from coercivity.intake.cells.columns import ColumnMap
    from coercivity.law.engine.decide import Deal, decide
    from coercivity.law.explain.questions import ask
    from coercivity.law.rules.load import load_rulebook
    from coercivity.verbs.cases import case_files

    pack = load_rulebook()
    book = grown(pack, size, similar=similar)
    cases = [case for path in case_files() for case in read_cases(pack, path) if case.on is not None][::STRIDE]
    timed, day = cases[WARM:], Day(2026, 11, 24)
    draw_by = random.Random("growth")
    asked = [Deal(_fewer(case.deal.facts, draw_by), lists=case.deal.lists) for case in cases]
    for deal in asked[:WARM]:
        ask(book, decide(book, deal, day))
    decisions = [decide(book, deal, day) for deal in asked[WARM:]]
    frame = facts_in_memory(ROWS)
    plan = Plan(ColumnMap({name: name for name in frame.columns}), packed_standing())
    decider = PartDecider(book, plan, proofs=False)
    per_deal = 1e3 / len(timed)
    return {
        "rules": len(book.rules),
        "ask": spent(lambda: [ask(book, decision) for decision in decisions]) * per_deal,
        "decide": spent(lambda: [decide(book, case.deal, case.on or day) for case in timed]) * per_deal,
        "batch": spent(lambda: decider.decide(Rows(frame, 1, None, {}, {}))),
    }


def _fewer(facts: Mapping[str, FactT], draw_by: random.Random) -> dict[str, FactT]:
    """Returns about half of the facts of a deal, so that something is left to ask; its elements and parties are known."""
    return {name: value for name, value in facts.items() if name in KEPT or draw_by.random() < 0.5}


def of_checkout(checkout: Path, size: int, *, similar: bool) -> dict[str, float]:
    """Returns what a process with the source of a checkout measures."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(checkout.resolve() / "src"), str(ROOT)])}
    words = [sys.executable, "-P", "-m", "benchmarks.growth", "--size", str(size), *(["--similar"] if similar else [])]
    done = subprocess.run(words, cwd=checkout, env=env, capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(f"{checkout}, {size} rules: {done.stderr.decode()[-2_000:]}")
    found: dict[str, float] = json.loads(done.stdout)
    return found


def exponent(found: list[dict[str, float]], work: str) -> float:
    """Returns the slope of the straight line through the logarithms of rules and time."""
    points = [(math.log(entry["rules"]), math.log(entry[work])) for entry in found]
    across, up = (sum(axis) / len(points) for axis in zip(*points, strict=True))
    return sum((x - across) * (y - up) for x, y in points) / sum((x - across) ** 2 for x, _ in points)


def report(checkouts: list[Path], sizes: list[int], *, similar: bool) -> None:
    """Measures all checkouts in turn and prints the least of all rounds."""
    best: dict[tuple[int, int], dict[str, float]] = {}
    for _ in range(ROUNDS):
        for size in sizes:
            for place, checkout in enumerate(checkouts):
                found = of_checkout(checkout, size, similar=similar)
                known = best.setdefault((place, size), found)
                best[place, size] = {name: min(value, known[name]) for name, value in found.items()}
    print(f"copies for {'the same materials, with other thresholds' if similar else 'other materials'}")
    for work in WORKS:
        for place, checkout in enumerate(checkouts):
            each = [best[place, size] for size in sizes]
            times = "".join(f"{entry[work]:10.3f}" for entry in each)
            ratios = " ".join(f"{best[place, size][work] / best[0, size][work]:.2f}" for size in sizes) if place else ""
            slope = f"exponent {exponent(each, work):5.2f}" if len(each) > 1 else ""
            unit = "s" if work == "batch" else "ms"
            print(f"{work:7} {unit:3}{times}  {slope}  {ratios and f'ratio {ratios}'}  {checkout}")


def main(words: list[str]) -> None:
    """Reads the command line, measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkouts", nargs="*", type=Path)
    parser.add_argument("--size", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of rules")
    parser.add_argument("--similar", action="store_true", help="copies for the same materials, with other thresholds")
    told = parser.parse_args(words)
    if told.size is not None:
        print(json.dumps(measured(told.size, similar=told.similar)))
        return
    report(told.checkouts or [ROOT], list(told.sizes), similar=told.similar)


if __name__ == "__main__":
    main(sys.argv[1:])
