"""Market model: a window solved month by month, a run from a kept prefix, commands cold and asked again, linopy.

`python -m benchmarks.market` prints medians; `--months 12` for a shorter run, `--peer 0` without linopy, `--commands 0`
without whole commands, `--against DIR` for ratios to another checkout in the same run.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks._market_commands import COMMANDS, cold_and_again, empty_cache, side_by_side
from coercivity.base.errors import Faults
from coercivity.base.months import month_text, parse_month
from coercivity.cases.arguments import assumptions
from coercivity.files.kept.store import Store
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.program.build import PlanningWindow
from coercivity.market.program.update import WindowUpdate
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.scenarios.planning import default_grid
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import Simulation, capacities, simulate, world_once

FIRST = "2025-01"
SCENARIO = "controls-back"
ROUNDS = 3
CACHE_BYTES = 2_000_000_000


def told(found: Sequence[float], unit: str) -> str:
    """Returns median, lowest and highest as text."""
    return f"{statistics.median(found):9,.1f} {unit}   ({min(found):,.1f} to {max(found):,.1f})"


def worked(work: Callable[[], object]) -> float:
    """Returns the processor time of a call [s]."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def one_run(book: Rulebook, last: str, kept: Store | None = None) -> Simulation:
    """Runs one legal scenario from the start of the model, including the law."""
    scenario, faults = read_scenario(SCENARIO, capacities()), Faults()
    assume = assumptions(book, scenario.law.assume, faults)
    faults.raise_if_any()
    return simulate(book, scenario, parse_month(last), assume=assume, kept=kept)


def from_kept_prefix(book: Rulebook, last: str) -> tuple[float, float]:
    """Returns the processor time of a run whose months before the period are kept, and of the same asked again [s]."""
    with empty_cache() as folder:
        one_run(book, month_text(parse_month(FIRST) - 1), Store(folder, CACHE_BYTES))
        first = worked(lambda: one_run(book, last, Store(folder, CACHE_BYTES)))
        return first, worked(lambda: one_run(book, last, Store(folder, CACHE_BYTES)))


def windows(simulation: Simulation, months: Sequence[MonthDone]) -> None:
    """Solves each month from the basis of the previous one, as in a run; then builds and solves it from scratch.

    All times are of the processor, which another program on the machine does not lengthen much.
    """
    update = simulation.update
    grid, (rows, cols), entries = update.window.grid, update.window.lp.shape, len(update.window.lp.entries)
    print(
        f"window of {grid.months} months in {len(grid.periods)} periods: {rows:,} rows, {cols:,} columns, "
        f"{entries:,} entries"
    )
    update.to(months[0].month, months[0].before)
    update.window.solve()
    whole, alone, steps = [], [], []
    for done in months[1:]:
        begun = time.process_time()
        update.to(done.month, done.before)
        moved = time.process_time()
        plan = update.window.solve()
        ended = time.process_time()
        assert plan is not None
        whole.append((ended - begun) * 1e3)
        alone.append((ended - moved) * 1e3)
        steps.append(float(plan.iterations))
    print(f"  moved and solved, {len(months) - 1} months   {told(whole, 'ms')}")
    print(f"  solved alone, prices included{told(alone, 'ms')}")
    print(f"  simplex steps                {told(steps, '  ')}")
    build, cold = [], []
    for done in months[:: max(len(months) // ROUNDS, 1)][:ROUNDS]:
        begun = time.process_time()
        window = PlanningWindow(simulation.network, update.window.rates, grid)
        fresh = WindowUpdate(window, update.law, update.drivers, update.shares)
        built = time.process_time()
        fresh.to(done.month, done.before)
        fresh.window.solve()
        build.append((built - begun) * 1e3)
        cold.append((time.process_time() - built) * 1e3)
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
        ours.append(worked(lambda d=done: (update.to(d.month, d.before), update.window.solve())) * 1e3)
    theirs = market_linopy.run(simulation, drawn)
    whole = [entry.build + entry.solve for entry in theirs]
    print(f"linopy, {count} windows of the same months, built anew and solved by HiGHS with presolve")
    print(f"  built                        {told([entry.build for entry in theirs], 'ms')}")
    print(f"  handed over and solved       {told([entry.solve for entry in theirs], 'ms')}")
    print(f"  cost differs by at most {max(entry.apart for entry in theirs):.1e} of it")
    ratio = statistics.median(whole) / statistics.median(ours)
    print(f"  ours on these months         {told(ours, 'ms')}   linopy takes {ratio:,.0f} times as long")


def commands(rounds: int, against: Path | None) -> None:
    """Runs whole commands with an empty cache and again, and by turns with another checkout."""
    for name, asked in COMMANDS.items():
        cold, again = cold_and_again(asked, rounds)
        print(f"{name}: cold, CPU {told([each.cpu for each in cold], 's')}, clock {told([e.clock for e in cold], 's')}")
        print(f"{' ' * len(name)}  asked again, clock {told([each.clock for each in again], 's')}")
        if against is not None:
            ours, theirs = side_by_side(asked, against, rounds)
            ratio = statistics.median(ours) / statistics.median(theirs)
            print(f"  nothing kept, CPU here {told(ours, 's')}, there {told(theirs, 's')}, ratio {ratio:.2f}")


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--months", type=int, default=36)
    parser.add_argument("--peer", type=int, default=3, help="windows in linopy; 0 for none")
    parser.add_argument("--commands", type=int, default=ROUNDS, help="rounds of whole commands; 0 for none")
    parser.add_argument("--against", type=Path, help="another checkout, with a virtual environment in .venv")
    chosen = parser.parse_args()
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})  # one core, so that no other thread helps
    last = month_text(parse_month(FIRST) + chosen.months - 1)
    print(f"{SCENARIO}, {FIRST} to {last}, {default_grid().months} months ahead, one core")
    print(f"rulebook {worked(load_rulebook):.2f} s, world {worked(world_once):.2f} s")
    book = load_rulebook()
    first = worked(lambda: one_run(book, last))
    simulation = one_run(book, last)
    begun = [done for done in simulation.months if done.month >= parse_month(FIRST)]
    print(f"one branch, {len(simulation.months)} months, law included, nothing kept: {first:.2f} CPU s")
    prefix, again = from_kept_prefix(book, last)
    print(f"one branch, {len(begun)} months after a kept prefix: {prefix:.2f} CPU s, asked again {again:.2f}")
    windows(simulation, begun)
    if chosen.peer:
        peer(simulation, begun, chosen.peer)
    os.sched_setaffinity(0, cores)
    if chosen.commands:
        commands(chosen.commands, chosen.against)


if __name__ == "__main__":
    main()
