"""Measures the speed of screening: many names on two cores, one name at a time, a long list, and a batch with names.

`python -m benchmarks.screening_speed [PARTS]` measures `names`, `one`, `list` and `batch`. rapidfuzz is measured in the same
run, because times of one machine mean little on another; processor time is what a machine that does nothing else takes. `--base CHECKOUT` measures the batch with that source as well, in
turn. Everything runs in fresh processes; what a process has read and built before is not counted unless it says so.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks._screening_work import (
    ENTRIES,
    LONG,
    NAMES,
    ROWS,
    child_batch,
    child_list,
    child_one,
    distinct_names,
    extracted,
    prepare,
    work,
)
from benchmarks.peers.machine import described

ROOT = Path(__file__).resolve().parents[1]
AIM_RATE, AIM_ONE_MS, AIM_LIST_S, AIM_LIST_MB, AIM_BATCH = 20_000, 5.0, 2.0, 200.0, 1.2
ROUNDS = 3
EXTRACTED = 300  # names that `process.extract` is timed on


def part_names() -> bool:
    """Measures names a second on two cores and on one, and of `process.extract`."""
    names = distinct_names(NAMES)
    context = get_context("spawn")
    walls, rates, hits = [], [], 0
    with ProcessPoolExecutor(2, context, prepare, (ENTRIES,)) as pool:
        list(pool.map(work, [names[:50]] * 4))
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            done = list(pool.map(work, [names[0::2], names[1::2]]))
            walls.append(NAMES / (time.perf_counter() - begun))
            rates.append(NAMES / max(seconds for seconds, _ in done))
            hits = sum(count for _, count in done)
        peer = EXTRACTED / pool.submit(extracted, names[:EXTRACTED]).result()
    print(f"{NAMES:,} distinct names against {ENTRIES:,} entries and the built-in lists; {hits:,} are asked about")
    print(f"  two cores, by processor time {told(rates)} names a second   aim {AIM_RATE:,}")
    print(f"  two cores, by the clock      {told(walls)} names a second")
    ratio = max(rates) / 2 / peer
    print(
        f"  rapidfuzz process.extract (WRatio, 85), one core {peer:,.0f} names a second; ours on one core {ratio:.1f} times as many"
    )
    return max(rates) >= AIM_RATE


def part_one() -> bool:
    """Measures one name at a time in a process that has screened before, and the first name of a fresh one."""
    times = json.loads(_child("one"))
    each, clock = sorted(times["each"]), sorted(times["clock"])
    p50, p99 = statistics.median(each) * 1e3, each[len(each) * 99 // 100] * 1e3
    print(
        f"one name against {ENTRIES:,} entries and the built-in lists, {len(each):,} names one by one, processor time"
    )
    print(
        f"  median {p50:.2f} ms, 99 of 100 within {p99:.2f} ms, longest {each[-1] * 1e3:.2f} ms   aim {AIM_ONE_MS} ms"
    )
    print(
        f"  by the clock: median {statistics.median(clock) * 1e3:.2f} ms, 99 of 100 within {clock[len(clock) * 99 // 100] * 1e3:.2f} ms"
    )
    print(f"  lists at hand, indexed and the first name screened: {times['first'] * 1e3:.0f} ms")
    return bool(p99 <= AIM_ONE_MS)


def part_list() -> bool:
    """Measures reading and indexing a long list in a fresh process, and how much memory it adds."""
    found = [json.loads(_child("list")) for _ in range(ROUNDS)]
    best = {key: min(one[key] for one in found) for key in found[0]}
    print(
        f"{LONG:,} entries in the shape of the US consolidated list ({best['bytes'] / 2**20:.1f} MB of CSV), fresh process, best of {ROUNDS}"
    )
    print(
        f"  read {best['read']:.2f} s, indexed {best['index']:.2f} s, first name {best['first']:.2f} s   aim {AIM_LIST_S} s"
    )
    print(f"  peak memory {best['peak']:.0f} MB, {best['growth']:.0f} MB more than before   aim {AIM_LIST_MB:.0f} MB")
    return bool(best["read"] + best["index"] + best["first"] <= AIM_LIST_S and best["growth"] <= AIM_LIST_MB)


def part_batch(base: Path | None, now: Path | None) -> bool:
    """Measures a batch without names, with names that repeat, and with distinct names, of one checkout or two in turn."""
    checkouts = [*([base] if base else []), now or ROOT]
    best: dict[tuple[int, str], float] = {}
    for _ in range(ROUNDS):
        for place, checkout in enumerate(checkouts):
            for kind, rate in json.loads(_child("batch", checkout)).items():
                best[place, kind] = max(rate, best.get((place, kind), 0.0))
    print(f"batch of {ROWS:,} rows, one process, processor time, best of {ROUNDS} rounds")
    ratios = []
    for kind in ("without names", "400 names", "20,000 names"):
        rates = [best[place, kind] for place in range(len(checkouts))]
        ratio = f"   base {rates[0]:,.0f}, base to now {rates[0] / rates[-1]:.2f}" if base else ""
        print(f"  {kind:14} {rates[-1]:9,.0f} rows a second{ratio}")
        ratios.append(rates[0] / rates[-1])
    return max(ratios[:2]) <= AIM_BATCH


def _child(what: str, checkout: Path = ROOT) -> str:
    """Returns what a fresh process with the source of a checkout prints."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(checkout.resolve() / "src"), str(ROOT)])}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "consolidated.csv"
        if what == "list":
            from benchmarks._long_lists import consolidated

            path.write_text(consolidated(LONG), encoding="utf-8")
        if what == "batch":  # made here: an older checkout cannot make the names
            path.write_text(json.dumps(distinct_names(NAMES)), encoding="utf-8")
        words = [sys.executable, "-P", "-m", "benchmarks.screening_speed", "--child", what, "--file", str(path)]
        done = subprocess.run(words, cwd=checkout, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{what}: {done.stderr[-2_000:]}")
    return done.stdout


def told(found: list[float]) -> str:
    """Returns median, lowest and highest as text."""
    return f"{statistics.median(found):9,.0f} ({min(found):,.0f} to {max(found):,.0f})"


def main() -> int:
    """Measures the parts named; exit code 1 if one misses its aim."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("parts", nargs="*", default=["names", "one", "list", "batch"])
    parser.add_argument("--base", type=Path)
    parser.add_argument("--now", type=Path, help="the checkout beside the base, by default this one")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        children: dict[str, Callable[[], None]] = {
            "one": child_one,
            "batch": lambda: child_batch(asked.file),
            "list": lambda: child_list(asked.file),
        }
        children[asked.child]()
        return 0
    print(described(("coercivity", "rapidfuzz", "polars")))
    parts: dict[str, Callable[[], bool]] = {
        "names": part_names, "one": part_one, "list": part_list, "batch": lambda: part_batch(asked.base, asked.now),
    }  # fmt: skip
    missed = [name for name in asked.parts if not parts[name]()]
    print(f"missed: {', '.join(missed) or 'none'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
