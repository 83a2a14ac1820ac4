"""Compares another engine with coercivity deal by deal, and measures its rate on many rows."""

from __future__ import annotations

import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks._twelve import Drawn, cut, draw
from coercivity.law.engine.decide import Deal, decide
from coercivity.law.explain.proof import proof
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.rulebook import Rulebook

KEY, DEALS = "coercivity-zen-1", 12_000  # the deals of benchmarks/zen.py
HITS = ("bites", "would_bite", "takes_out")
SIZES = (100_000, 1_000_000)

Answers = tuple[str, tuple[str, ...]]


def expected(book: Rulebook, drawn: Sequence[Drawn]) -> list[Answers]:
    """Returns the result and matching rules of coercivity, in the order of the rulebook."""
    found = []
    for entry in drawn:
        decision = decide(book, entry.deal, entry.on)
        hits = {step["provision"] for step in proof(book, decision)["steps"] if step["role"] in HITS}
        found.append((decision.outcome.name, tuple(rule.id for rule in book.rules if rule.id in hits)))
    return found


def differences(wanted: Sequence[Answers], found: Sequence[Answers]) -> list[tuple[int, Answers, Answers]]:
    """Returns the numbers of the deals on which two engines differ."""
    return [(number, a, b) for number, (a, b) in enumerate(zip(wanted, found, strict=True)) if a != b]


def with_open_facts(drawn: Sequence[Drawn], key: str) -> list[Drawn]:
    """Returns the deals with about one in seven facts removed, selected by key."""
    rng, found = random.Random(key), []
    for entry in drawn:
        kept = {name for name in sorted(entry.deal.facts) if rng.random() < 0.85}
        deal = Deal({name: value for name, value in entry.deal.facts.items() if name in kept})
        context = {name: value for name, value in entry.context.items() if name in kept or name == "on"}
        found.append(Drawn(deal, entry.on, context))
    return found


def rates(work: Callable[[Any], Any], state: Any, rows: int, rounds: int = 5) -> list[float]:
    """Returns rows per second for each round after a warm-up round."""
    work(state)
    found = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work(state)
        found.append(rows / (time.perf_counter() - begun))
    return found


def repeated(drawn: Sequence[Drawn], rows: int) -> list[Drawn]:
    """Returns the given number of deals by repeating those drawn."""
    times, rest = divmod(rows, len(drawn))
    return [*drawn] * times + list(drawn[:rest])


def told(rates: Sequence[float]) -> str:
    """Returns median, lowest and highest rate as text."""
    return f"{statistics.median(rates):12,.0f} rows a second   ({min(rates):,.0f} to {max(rates):,.0f})"


def report(
    name: str,
    prepare: Callable[[Sequence[Drawn]], Any],
    run: Callable[[Any], Any],
    outcomes: Callable[[Any], list[str]],
    rules: Callable[[Any], list[list[str]]],
    sizes: Sequence[int] = SIZES,
) -> None:
    """Prints whether an engine agrees with coercivity on every deal, and its rates."""
    book = cut(load_rulebook())
    drawn, _ = draw(book, KEY, DEALS)
    result = run(prepare(drawn))
    found = [(outcome, tuple(hit)) for outcome, hit in zip(outcomes(result), rules(result), strict=True)]
    wanted = expected(book, drawn)
    apart = differences(wanted, found)
    print(f"{name}: {len(apart)} of {len(drawn):,} deals differ; {dict(Counter(outcome for outcome, _ in wanted))}")
    for number, ours, theirs in apart[:5]:
        print(f"  {number}: coercivity {ours}, {name} {theirs}, {drawn[number].context}")
    for rows in sizes:
        print(f"  {rows:10,} rows: {told(rates(run, prepare(repeated(drawn, rows)), rows))}")


def report_open(
    name: str,
    prepare: Callable[[Sequence[Drawn]], Any],
    run: Callable[[Any], Any],
    outcomes: Callable[[Any], list[str]],
    deals: int = DEALS,
) -> None:
    """Prints how often a three-valued engine differs from coercivity if facts are missing."""
    book = cut(load_rulebook())
    drawn = with_open_facts(draw(book, KEY, deals)[0], KEY)
    wanted = [decide(book, entry.deal, entry.on).outcome.name for entry in drawn]
    found = outcomes(run(prepare(drawn)))
    apart = Counter((a, b) for a, b in zip(wanted, found, strict=True) if a != b)
    told = f"{sum(apart.values())} of {deals:,} deals with missing facts have another outcome {dict(apart) or ''}"
    print(f"{name}: {told.strip()}; {dict(Counter(wanted))}")
