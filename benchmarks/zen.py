"""Twelve rules in coercivity and in ZEN (zen-engine of GoRules): same deals, same run, one core.

Run as `python -m benchmarks.zen` with `pip install 'zen-engine>=2.1,<3'`. Every round times each engine once, in turn, on deals
it has not seen before, so that noise affects all equally. ZEN runs in its fastest form from Python:
`evaluate` of an engine with a static loader, which compiles the decision once (`create_decision` compiles again at
every call). Facts are passed in the form each engine takes; building that form is not timed. Finally every method of
ZEN for many deals is measured, in one process and in two, on all cores.
"""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from typing import Any

from benchmarks._twelve import FIRST, LAST, TWELVE, Drawn, cut, decision_model, draw
from benchmarks.peers import zen_twelve
from benchmarks.peers._measure import told
from coercivity.law.engine.decide import decide
from coercivity.law.explain.proof import proof, verify
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.rulebook import Rulebook

KEY = "coercivity-zen-1"
ROUNDS = 5
DEALS = 2000  # a round, each of them new
HITS = ("bites", "would_bite", "takes_out")

OURS, WHOLE = "coercivity, decide + full proof", "coercivity, whole pack"
PLAIN, TRACED = "ZEN without trace", "ZEN with trace"
Engine = Callable[[Drawn], Any]


def one_core() -> str:
    """Binds this process to one core if the system supports it, and returns a description."""
    if not hasattr(os, "sched_setaffinity"):
        return "not bound to a core"
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return f"bound to core {core}"


def agree(book: Rulebook, evaluate: Engine, drawn: list[Drawn]) -> Counter[str]:
    """Returns how often each rule matches, after asserting that both engines agree on every deal."""
    counts: Counter[str] = Counter()
    for entry in drawn:
        decision = decide(book, entry.deal, entry.on)
        assert len(decision.branches) == 1, entry
        steps = proof(book, decision)["steps"]
        ours = {(step["provision"], step["role"]) for step in steps if step["role"] in HITS}
        theirs = {(row["rule"], row["role"]) for row in evaluate(entry)["result"]}
        assert ours == theirs, (entry, ours, theirs)
        counts.update(name for name, _ in ours)
    assert set(counts) == set(TWELVE), f"never hit: {sorted(set(TWELVE) - set(counts))}"
    return counts


def rate(work: Engine, drawn: list[Drawn]) -> float:
    """Returns deals per second."""
    begun = time.perf_counter()
    for entry in drawn:
        work(entry)
    return len(drawn) / (time.perf_counter() - begun)


def measure(engines: dict[str, Engine], drawn: list[Drawn]) -> dict[str, list[float]]:
    """Returns the rates of each engine per round, in turn and on new deals; the first round is a warm-up."""
    lots = [drawn[start : start + DEALS] for start in range(0, len(drawn), DEALS)]
    rates: dict[str, list[float]] = {name: [] for name in engines}
    for number, lot in enumerate(lots):
        for name, work in engines.items():
            found = rate(work, lot)
            if number:
                rates[name].append(found)
    return rates


def about(book: Rulebook, drawn: list[Drawn], left_out: int, counts: Counter[str], core: str) -> None:
    """Prints a description of the comparison."""
    print(f"Python {platform.python_version()}, zen-engine {version('zen-engine')}, {core}; law pack {book.version}:")
    for name in TWELVE:
        rule = book.rule(name)
        assert rule is not None
        number, provision = rule.instrument.number, rule.provision
        print(f"  {name:17} {number:12} {provision.effect:17} {counts[name]:5,} hits  {provision.subject}")
    print(
        f"{len(drawn):,} distinct deals from {FIRST} to {LAST}, key {KEY!r}: both engines find the same hits in each."
    )
    print(
        "Deals with missing facts are left out, because a two-valued engine has no answer to them; so are "
        f"{left_out:,} drawn ones in which absence from an open list leaves a rule unknown."
    )


def report(rates: dict[str, list[float]], rules: int) -> None:
    """Prints medians with the lowest and highest round, and the ratios per round."""
    print(f"Deals a second, median of {ROUNDS} rounds of {DEALS:,} new deals (lowest to highest):")
    for name, found in rates.items():
        label = f"{name} ({rules} rules)" if name == WHOLE else f"{name} (12 rules)"
        print(f"  {label:50} {statistics.median(found):9,.0f}   ({min(found):,.0f} to {max(found):,.0f})")
    for name in (PLAIN, TRACED):
        ratios = [theirs / ours for theirs, ours in zip(rates[name], rates[OURS], strict=True)]
        spread = f"({min(ratios):.1f} to {max(ratios):.1f})"
        print(f"Ratio, {name} to {OURS}, same twelve rules: {statistics.median(ratios):.1f} {spread}")


def main() -> None:
    """Checks that the engines agree, measures and prints."""
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    core = one_core()
    try:
        import zen
    except ImportError:
        print("zen-engine is not installed, so nothing is compared: pip install 'zen-engine>=2.1,<3'")
        return
    pack = load_rulebook()
    book = cut(pack)
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"twelve": decision_model(book)}}})
    checked = cut(pack)  # so that the rulebook that is timed has not seen the deals
    drawn, left_out = draw(checked, KEY, (ROUNDS + 1) * DEALS)
    counts = agree(checked, lambda entry: engine.evaluate("twelve", entry.context), drawn)
    assert not verify(checked, proof(checked, decide(checked, drawn[0].deal, drawn[0].on)))
    about(book, drawn, left_out, counts, core)

    traced: Any = {"trace": True}
    # The whole pack asks standing questions too; they get the benign answers of a desk's standing block.
    answered = {id(entry): replace(entry.deal, facts={**pack.benign, **entry.deal.facts}) for entry in drawn}
    rates = measure(
        {
            OURS: lambda entry: proof(book, decide(book, entry.deal, entry.on)),
            PLAIN: lambda entry: engine.evaluate("twelve", entry.context),
            TRACED: lambda entry: engine.evaluate("twelve", entry.context, traced),
            WHOLE: lambda entry: proof(pack, decide(pack, answered[id(entry)], entry.on)),
        },
        drawn,
    )
    report(rates, len(pack.rules))
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, cores)
    print("ZEN without trace, every way of handing over many deals, all cores, its hits read into outcome and rules:")
    for name, found in zen_twelve.measure(drawn).items():
        print(f"  {name:40} {told(found)}")


if __name__ == "__main__":
    main()
