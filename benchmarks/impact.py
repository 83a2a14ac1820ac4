"""How long `rules impact` takes for a large table, and in relation to two runs of `batch`.

    python -m benchmarks.impact [--rows 10000000] [--distinct 500000] [--small 1000000] [--room FOLDER]

The table is drawn from a fixed key, so that each run has the same one, and is deleted afterwards. The draft is the invented
one of `examples/overlays/magnets-2027.yaml`, with one control and two exemptions. Printed are seconds by the clock, from
the call to the result with everything read and checked, and seconds of processor time, which other work on the machine
does not lengthen as much. On the smaller table, of which the same share of rows is distinct, the same is done by two runs
of `batch`, without and with the draft, and the sums are compared. The large table is measured with the compliance
declarations of a firm, and without any: then far more facts are open, and there are many more kinds of rows.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from math import isclose
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import numpy as np
import polars as pl

import coercivity
from benchmarks.batch import PLACES
from coercivity.base.version import ENGINE_VERSION
from coercivity.batches.impact.model import REJECTED
from coercivity.verbs.batch import batch
from tests.places import ROOT

T = TypeVar("T")
DRAFT = ROOT / "examples" / "overlays" / "magnets-2027.yaml"
STANDING = ROOT / "examples" / "impact" / "standing.yaml"
KEY = 7
MATERIALS = (
    *("NdFeB magnets", "Sintered NdFeB magnet N42SH", "SmCo magnets", "ferrite magnets", "dysprosium metal"),
    *("terbium oxide", "NdPr metal", "lanthanum oxide", "magnet powder NdFeB", "EV motor", "yttrium oxide"),
    "holmium metal",
)
COMPOSITIONS = (
    *(f"Nd {nd:.1f} %, Pr {pr:.1f} %, Dy {dy:.1f} %, Fe bal." for nd in (20, 21, 22, 23) for pr in (5.0, 5.5, 6.0, 6.5)
      for dy in np.arange(0, 6, 0.4)),
    *("", "Nd 30 %, Dy 2 %", "Nd 30 %, no Dy, no Tb, Fe bal.", "Sm 25 %, Co bal."),
)  # fmt: skip


def table(rows: int, distinct: int) -> pl.DataFrame:
    """Returns a table of deals; each has an id, a quantity and a price of its own, and one of the distinct rows of facts.

    Args:
        rows: Number of rows.
        distinct: Number of distinct combinations of facts, units and currencies.
    """
    draw = np.random.default_rng(KEY)

    def column(values: tuple[str, ...] | list[str]) -> pl.Series:
        return pl.Series(values).gather(draw.integers(0, len(values), distinct * 2))

    def day(first: str, days: int) -> pl.Series:
        return pl.Series((np.datetime64(first) + draw.integers(0, days, distinct * 2)).astype(str))

    facts = pl.DataFrame({
        "date": day("2026-09-01", 240),
        "material": column(MATERIALS),
        "composition": column(COMPOSITIONS),
        "from": column(["CN"] * 9 + ["DE", "JP"]),
        "to": column(PLACES),
        "origin": column(["CN"] * 8 + ["AU", "VN"]),
        "end_user": column([f"Motor Works {number:03}" for number in range(400)]),
        "military_use": column(["false"] * 99 + ["true"]),
        "contract_on": day("2026-06-01", 200),
        "licence_held": column(["none"] * 8 + ["general", ""]),
        "currency": column(["USD", "EUR", "CNY"]),
        "unit": column(["kg", "t", "pcs", "kg"]),
    })  # fmt: skip
    facts = facts.unique(maintain_order=True).head(distinct)
    if facts.height < distinct:
        raise ValueError(f"{facts.height} distinct rows of {distinct}")
    picked = np.concatenate([np.arange(distinct), draw.integers(0, distinct, rows - distinct)])
    draw.shuffle(picked)
    return facts[picked].with_columns(
        id=pl.int_range(rows, eager=True).cast(pl.String),
        quantity=pl.Series(draw.integers(1, 5000, rows)).cast(pl.String),
        price=pl.Series((draw.integers(1000, 30000, rows) / 100).round(2)).cast(pl.String),
    )


def timed(work: Callable[[], T]) -> tuple[T, float, float]:
    """Returns a result, the seconds by the clock, and those of processor time of this process and its children."""
    before, begun = _processor_s(), time.perf_counter()
    found = work()
    return found, time.perf_counter() - begun, _processor_s() - before


def _processor_s() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def machine() -> str:
    """Returns processors, load and versions, on one line."""
    cores, load = len(os.sched_getaffinity(0)), " ".join(f"{one:.1f}" for one in os.getloadavg())
    return f"{cores} processors; load {load}; Python {platform.python_version()}, Polars {pl.__version__}"


def impact(path: Path, standing: Path | None) -> coercivity.Impact:
    """Returns the impact of the draft on a table, on all processors."""
    return coercivity.rules_impact([DRAFT], coercivity.TableAsked(path, standing))


def large(path: Path, standing: Path | None) -> None:
    """Measures a large table, with or without the compliance declarations of a firm."""
    told = "with compliance declarations" if standing else "without compliance declarations"
    rows = pl.scan_parquet(path).select(pl.len()).collect().item()
    print(f"{rows:,} rows, {path.stat().st_size / 2**20:,.0f} MiB of Parquet, {told}")
    print(f"  before: {machine()}", flush=True)
    found, wall_s, processor_s = timed(partial(impact, path, standing))
    print(f"  after:  {machine()}")
    print(f"  {wall_s:,.1f} s by the clock, {rows / wall_s:,.0f} rows a second")
    print(f"  {processor_s:,.1f} s of processor time; {processor_s / len(os.sched_getaffinity(0)):,.1f} s a processor")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"  memory at most: {peak[0] / 1024:,.0f} MiB in a worker, {peak[1] / 1024:,.0f} MiB in the process that starts them"
    )
    print(f"  {found.moved.deals:,} deals move; {len(found.moves)} pairs of results")
    for one in found.exemptions:
        print(
            f"  {one.clause}: keeps {one.kept.deals:,}, may keep {one.may_keep.deals:,}, other {one.rest.deals:,}",
            flush=True,
        )


def small(room: Path, rows: int, distinct: int) -> None:
    """Compares with two runs of batch, in seconds and in sums."""
    path = room / "small.parquet"
    table(rows, distinct).write_parquet(path)
    found, wall_s, processor_s = timed(partial(impact, path, STANDING))
    print(f"{rows:,} rows, {distinct:,} distinct: {wall_s:,.1f} s by the clock, {processor_s:,.1f} s of processor time")
    batch_s, batch_processor_s = 0.0, 0.0
    for side, overlays in ((found.before, ()), (found.after, (DRAFT,))):
        law, out = coercivity.Law(overlays=overlays), room / f"out-{len(overlays)}"
        run, wall, processor = timed(partial(batch, coercivity.TableAsked(path, STANDING), out, law=law))
        batch_s, batch_processor_s = batch_s + wall, batch_processor_s + processor
        assert {name: one.deals for name, one in side.items() if name != REJECTED} == dict(run.tally.outcomes)
        assert all(isclose(side[name].mass_kg, mass, rel_tol=1e-12) for name, mass in run.tally.mass_kg.items())
    print(f"  two runs of batch: {batch_s:,.1f} s by the clock, {batch_processor_s:,.1f} s of processor time")
    print(
        f"  impact / two batches: {wall_s / batch_s:.2f} by the clock, {processor_s / batch_processor_s:.2f} in processor time"
    )
    print("  the sums are the same", flush=True)


def write(path: Path, rows: int, distinct: int) -> None:
    """Writes a table."""
    table(rows, distinct).write_parquet(path)


def alone(work: Callable[[], None]) -> None:
    """Runs work in a process of its own, so that its memory is that of nothing else."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        pool.submit(work).result()


def main() -> None:
    """Runs both measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("rows", 10_000_000), ("distinct", 500_000), ("small", 1_000_000)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--room", type=Path, default=None, help="folder for the tables; default: a temporary one")
    asked = parser.parse_args()
    print(f"rules impact, coercivity {ENGINE_VERSION}: {' '.join(sys.argv[1:]) or 'defaults'}")
    with TemporaryDirectory(dir=asked.room) as room:
        path = Path(room) / "large.parquet"
        alone(partial(write, path, asked.rows, asked.distinct))
        print(f"{asked.distinct:,} distinct rows of {asked.rows:,}", flush=True)
        alone(partial(large, path, STANDING))
        alone(partial(small, Path(room), asked.small, asked.small * asked.distinct // asked.rows))
        alone(partial(large, path, None))


if __name__ == "__main__":
    main()
