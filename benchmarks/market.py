"""Market model on one core: a window solved month by month, a run, an outlook, and the same windows in linopy.

`python -m benchmarks.market` prints medians; `--months 12` for a shorter run, `--peer 0` without linopy.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable, Sequence

from coercivity.base.errors import Faults
from coercivity.cases.arguments import assumptions
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.inputs.months import month_text, parse_month
from coercivity.market.program.build import PlanningWindow
from coercivity.market.program.update import WindowUpdate
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.scenario import read_scenario
from coercivity.market.run.simulate import WINDOW, Simulation, capacities, simulate, world_once
from coercivity.verbs.outlook import outlook

FIRST = "2025-01"
SCENARIO = "controls-back"
ROUNDS = 3


def told(found: Sequence[float], unit: str) -> str:
    """Returns median, lowest and highest as text."""
    return f"{statistics.median(found):9,.1f} {unit}   ({min(found):,.1f} to {max(found):,.1f})"


def spent(work: Callable[[], object]) -> float:
    """Returns the duration of a call [s]."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def one_run(book: Rulebook, last: str) -> Simulation:
    """Runs one legal scenario from the start of the model, including the law."""
    scenario, faults = read_scenario(SCENARIO, capacities()), Faults()
    assume = assumptions(book, scenario.law.assume, faults)
    faults.raise_if_any()
    return simulate(book, scenario, parse_month(last), assume=assume)


def windows(simulation: Simulation, months: Sequence[MonthDone]) -> None:
    """Solves each month from the basis of the previous one, as in a run; then builds and solves it from scratch."""
    update = simulation.update
    rows, cols = update.window.lp.shape
    entries = len(update.window.lp.entries)
    print(f"window of {update.window.months} months: {rows:,} rows, {cols:,} columns, {entries:,} entries")
    update.to(months[0].month, months[0].before)
    update.window.solve()
    whole, alone, steps = [], [], []
    for done in months[1:]:
        begun = time.perf_counter()
        update.to(done.month, done.before)
        moved = time.perf_counter()
        plan = update.window.solve()
        ended = time.perf_counter()
        assert plan is not None
        whole.append((ended - begun) * 1e3)
        alone.append((ended - moved) * 1e3)
        steps.append(float(plan.iterations))
    print(f"  moved and solved, {len(months) - 1} months   {told(whole, 'ms')}")
    print(f"  solved alone                 {told(alone, 'ms')}")
    print(f"  simplex steps                {told(steps, '  ')}")
    build, cold = [], []
    for done in months[:: max(len(months) // ROUNDS, 1)][:ROUNDS]:
        begun = time.perf_counter()
        fresh = WindowUpdate(
            PlanningWindow(simulation.network, update.window.rates, update.window.months), update.law, update.drivers
        )
        built = time.perf_counter()
        fresh.to(done.month, done.before)
        fresh.window.solve()
        build.append((built - begun) * 1e3)
        cold.append((time.perf_counter() - built) * 1e3)
    print(f"  built, once a run            {told(build, 'ms')}")
    print(f"  moved and solved from nothing{told(cold, 'ms')}")


def peer(simulation: Simulation, months: Sequence[MonthDone], count: int) -> None:
    """Builds and solves the same windows in linopy and compares the time."""
    from benchmarks.peers import market_linopy

    drawn = months[:: max(len(months) // count, 1)][:count]
    update, ours = simulation.update, []
    for done in drawn:
        before = next((d for d in simulation.months if d.month == done.month - 1), done)
        update.to(before.month, before.before)
        update.window.solve()
        ours.append(spent(lambda d=done: (update.to(d.month, d.before), update.window.solve())) * 1e3)
    theirs = market_linopy.run(simulation, drawn)
    whole = [entry.build + entry.solve for entry in theirs]
    print(f"linopy, {count} windows of the same months, built anew and solved by HiGHS with presolve")
    print(f"  built                        {told([entry.build for entry in theirs], 'ms')}")
    print(f"  handed over and solved       {told([entry.solve for entry in theirs], 'ms')}")
    print(f"  cost differs by at most {max(entry.apart for entry in theirs):.1e} of it")
    print(
        f"  ours on these months         {told(ours, 'ms')}   linopy takes {statistics.median(whole) / statistics.median(ours):,.0f} times as long"
    )


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--months", type=int, default=36)
    parser.add_argument("--peer", type=int, default=3, help="windows in linopy; 0 for none")
    chosen = parser.parse_args()
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})  # one core, so that no other thread helps
    last = month_text(parse_month(FIRST) + chosen.months - 1)
    print(f"{SCENARIO}, {FIRST} to {last}, {WINDOW} months ahead, one core")
    print(f"rulebook {spent(load_rulebook):.2f} s, world {spent(world_once):.2f} s")
    book = load_rulebook()
    first = spent(lambda: one_run(book, last))
    simulation = one_run(book, last)
    again = [spent(lambda: one_run(book, last)) for _ in range(ROUNDS)]
    begun = [done for done in simulation.months if done.month >= parse_month(FIRST)]
    print(f"one branch, {len(simulation.months)} months, law included: first {first:.2f} s, then {told(again, 's ')}")
    windows(simulation, begun)
    os.sched_setaffinity(0, cores)
    for name, branches in ((SCENARIO, "one branch"), ("as-known", "both branches")):
        whole = [spent(lambda n=name: outlook(n, first=FIRST, last=last)) for _ in range(ROUNDS)]
        print(f"outlook {name}, {branches}, page and report data, {len(cores)} cores: {told(whole, 's ')}")
    os.sched_setaffinity(0, {max(cores)})
    if chosen.peer:
        peer(simulation, begun, chosen.peer)


if __name__ == "__main__":
    main()
