"""The twelve rules in ZEN (zen-engine of GoRules), by every method of its Python package for many deals.

`evaluate` one by one, `evaluate_batch`, `async_evaluate` in slices, each with facts as a dictionary or as JSON text, in
one process and in two. `prepare` and `run` are the fastest in one process, `run_in_two` in two processes.
Two-valued: every fact must be given.

Run as `python -m benchmarks.peers.zen_twelve` with `pip install 'zen-engine>=2.1,<3'`.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from typing import Any

from benchmarks._twelve import PARTIES, Drawn, cut, decision_model, draw
from benchmarks.peers._measure import DEALS, rates, repeated, report, told
from benchmarks.peers._measure import KEY as DRAWN_BY
from benchmarks.peers.by_hand import RULES
from coercivity.law.rules.load import load_rulebook

KEY = "twelve"
LOT = 10_000  # deals that a process is handed at once
ROUNDS = 3
SLICE = 1_000  # deals that `async_evaluate` has open at once
PLACES = {name: place for place, name in enumerate(RULES)}

Result = tuple[str, list[str]]


@dataclass(frozen=True, slots=True)
class Contexts:
    """An engine with the twelve rules, and the facts of each deal as a dictionary of plain values."""

    engine: Any
    facts: list[dict[str, Any]]


def prepare(drawn: Sequence[Drawn]) -> Contexts:
    """Returns the facts of the deals and the engine. Not timed."""
    return Contexts(_engine(), [entry.context for entry in drawn])


def run(state: Contexts) -> list[Result]:
    """Returns the result and matching rules of each deal, with one call of `evaluate` per deal."""
    return one_by_one(state.engine, state.facts)


def run_in_batch(state: Contexts) -> list[Result]:
    """Returns the same by `evaluate_batch`."""
    return in_batches(state.engine, state.facts)


@contextmanager
def two_processes(drawn: Sequence[Drawn]) -> Iterator[Callable[[], list[Result]]]:
    """Yields a `run` over two processes that already have engine and facts; only the answers are transferred."""
    facts, half = [entry.context for entry in drawn], (len(drawn) + 1) // 2
    context = get_context("spawn")
    with ProcessPoolExecutor(1, context) as first, ProcessPoolExecutor(1, context) as second:
        loading = [first.submit(_load, facts[:half]), second.submit(_load, facts[half:])]
        wait(loading)

        def work() -> list[Result]:
            running = [pool.submit(_in_process) for pool in (first, second)]
            return [found for part in running for found in part.result()]

        yield work


def outcomes(result: list[Result]) -> list[str]:
    """Returns the outcome of each deal, in order."""
    return [outcome for outcome, _ in result]


def rules(result: list[Result]) -> list[list[str]]:
    """Returns the matching rules of each deal, in the order of the rulebook."""
    return [sorted(hits, key=PLACES.__getitem__) for _, hits in result]


def one_by_one(engine: Any, facts: Sequence[Any]) -> list[Result]:
    """Returns the answers of `evaluate`, which takes a dictionary or JSON text."""
    return [_answer(engine.evaluate(KEY, entry)) for entry in facts]


def in_batches(engine: Any, facts: Sequence[Any]) -> list[Result]:
    """Returns the answers of `evaluate_batch`, in batches."""
    found: list[Result] = []
    for at in range(0, len(facts), LOT):
        answers = engine.evaluate_batch([{"key": KEY, "context": entry} for entry in facts[at : at + LOT]])
        found += [_answer(answer["data"]) for answer in answers]
    return found


def asynchronously(engine: Any, facts: Sequence[Any]) -> list[Result]:
    """Returns the answers of `async_evaluate`, in slices."""

    async def work() -> list[Result]:
        found: list[Result] = []
        for at in range(0, len(facts), SLICE):
            answers = await asyncio.gather(*(engine.async_evaluate(KEY, entry) for entry in facts[at : at + SLICE]))
            found += map(_answer, answers)
        return found

    return asyncio.run(work())


def _engine() -> Any:
    import zen

    content = {KEY: decision_model(cut(load_rulebook()))}
    return zen.ZenEngine({"loader": {"type": "static", "content": content}})


def _answer(answer: dict[str, Any]) -> Result:
    hits = {row["rule"]: row["role"] for row in answer["result"]}
    biting = {name for name, role in hits.items() if role == "bites"}
    outcome = "STOP" if biting.intersection(PARTIES) else "LICENCE" if biting else "PROCEED"
    return outcome, [*hits]


_IN_PROCESS: list[Contexts] = []


def _load(facts: list[dict[str, Any]]) -> None:
    _IN_PROCESS[:] = [Contexts(_engine(), facts)]


def _in_process() -> list[Result]:
    return run(_IN_PROCESS[0])


def measure(drawn: Sequence[Drawn], rows: int = 100_000) -> dict[str, list[float]]:
    """Returns the rates of every method, after asserting that all give the same answers."""
    engine, many, found = _engine(), repeated(drawn, rows), {}
    wanted = rules(run(prepare(drawn)))
    ways: dict[str, Callable[[Any, Sequence[Any]], list[Result]]] = {
        "evaluate": one_by_one,
        "evaluate_batch": in_batches,
        "async_evaluate": asynchronously,
    }
    for name, way in ways.items():
        for kind, make in (("dictionaries", dict), ("JSON text", json.dumps)):
            facts: list[Any] = [make(entry.context) for entry in many]
            assert rules(way(engine, facts[: len(drawn)])) == wanted[:rows]
            found[f"{name}, {kind}"] = rates(partial(way, engine), facts, rows, ROUNDS)
    with two_processes(drawn) as work:
        assert rules(work()) == wanted
    with two_processes(many) as work:
        found["evaluate, dictionaries, two processes"] = rates(lambda _: work(), None, rows, ROUNDS)
    return found


def main() -> None:
    """Compares with coercivity deal by deal, then measures every method."""
    try:
        import zen  # noqa: F401
    except ImportError:
        print("zen-engine is not installed, so nothing is compared: pip install 'zen-engine>=2.1,<3'")
        return
    report("ZEN, evaluate", prepare, run, outcomes, rules, sizes=())
    drawn, _ = draw(cut(load_rulebook()), DRAWN_BY, DEALS)
    for name, found in measure(drawn).items():
        print(f"  {name:40} {told(found)}")


if __name__ == "__main__":
    main()
