"""Deals per second, one by one from Python on one core, and cold starts of the command line."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from coercivity.base.days import Day
from coercivity.cases.files import CaseDeal, read_cases
from coercivity.law.engine.decide import decide
from coercivity.law.explain.counterfactuals import flips
from coercivity.law.explain.proof import proof
from coercivity.law.explain.questions import ask
from coercivity.law.explain.timeline import windows
from coercivity.law.rules.load import load_rulebook
from coercivity.verbs.cases import case_files

ROUNDS = 3
COLD = {
    "--help": ["--help"],
    "decide, one deal": ["decide", "--on", "2025-08-15", "--fact", "act=goods", "--fact", "form=magnet"],
}


def rate(name: str, cases: list[CaseDeal], work: Callable[[CaseDeal], object], rounds: int = ROUNDS) -> None:
    """Prints how many cases per second `work` processes."""
    for case in cases:
        work(case)
    begun = time.perf_counter()
    for _ in range(rounds):
        for case in cases:
            work(case)
    spent = time.perf_counter() - begun
    print(f"{name:34} {rounds * len(cases) / spent:10,.0f} a second   {spent / rounds / len(cases) * 1e3:8.3f} ms each")


def longest(name: str, cases: list[CaseDeal], work: Callable[[CaseDeal], object]) -> None:
    """Prints the median and longest time for one deal."""
    spent = []
    for case in cases:
        begun = time.perf_counter()
        work(case)
        spent.append(time.perf_counter() - begun)
    told = f"median {statistics.median(spent) * 1e3:.0f} ms, longest {max(spent) * 1e3:.0f} ms"
    print(f"{name:34} {told} of {len(cases)} deals")


def cold(name: str, words: list[str]) -> None:
    """Prints the median of five cold starts."""
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-m", "coercivity", *words], capture_output=True, check=False)
        times.append(time.perf_counter() - begun)
    print(f"cold start, {name:22} {statistics.median(times):10.3f} s, median of five")


def main() -> None:
    """Measures and prints."""
    begun = time.perf_counter()
    book = load_rulebook()
    print(f"{'load the rulebook':34} {time.perf_counter() - begun:10.3f} s")
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})  # one core, so that no other thread helps
    cases = [case for path in case_files() for case in read_cases(book, path) if case.on is not None]
    day = Day(2026, 3, 2)
    print(f"{len(cases)} distinct deals, the worked cases of the pack")
    rate("decide", cases, lambda case: decide(book, case.deal, case.on or day))
    rate("decide with full proof", cases, lambda case: proof(book, decide(book, case.deal, case.on or day)))
    longest("flips", cases[::8], lambda case: flips(book, decide(book, case.deal, case.on or day)))
    longest(
        "windows, three years", cases[::8], lambda case: windows(book, case.deal, Day(2025, 1, 1), Day(2027, 12, 31))
    )
    rate("ask", cases[::4], lambda case: ask(book, decide(book, case.deal, Day(2026, 11, 24))), 3)
    for name, words in COLD.items():
        cold(name, words)


if __name__ == "__main__":
    main()
