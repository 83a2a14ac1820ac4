"""Draws of the market: how long they take, how sure they are, what moves them, and the price of clauses as intervals.

`python -m benchmarks.draws speed` prints one part, `all` every part. `--keep` writes what is printed to
`benchmarks/results/draws.txt`, in place of the same part there. `--folder DIR` keeps draws of the same program and data,
so that the next part need not make them again. With `--draws 8 --last 2026-02` every part takes some minutes.
"""

from __future__ import annotations

import argparse
import datetime
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from pathlib import Path

import numpy as np

from benchmarks._draws_causes import causes, report_of
from benchmarks._draws_control import Level, levels
from benchmarks._draws_runs import Wanted, keep_of, made, shared_text, single_outlook_s
from benchmarks._tables import Figure, print_figures, table
from benchmarks.licensing_desk import Copied, with_part
from benchmarks.peers.machine import machine
from coercivity.base.months import parse_month
from coercivity.ensemble.results.control import best_split, two_level_mean
from coercivity.ensemble.results.convergence import median, over_scrambles, tail_mean
from coercivity.ensemble.results.figures import figures
from coercivity.ensemble.results.pairs import mean_interval, paired
from coercivity.ensemble.results.quantiles import half_width, known_of, quantile
from coercivity.ensemble.runs.keeping import WHOLE
from coercivity.ensemble.runs.sets import DrawSet

KEPT = Path(__file__).parent / "results" / "draws.txt"
DRAWS, MONTHS, LAST = 256, 36, "2028-12"
# A set that reaches as far as the projects of the pipeline.
LONG_DRAWS, LONG_LAST = 64, "2031-12"
MOST_MINUTES, MOST_MB = 30.0, 3 * 1024.0
# Half of the interval of the median over the median.
MOST_WIDTH = 0.02
CLAUSES = ("a18-1c905", "62/2025")
WORKERS = (1, 2, 4)
STEPS = (8, 16, 32, 64, 128, 256, 512)

Part = Callable[[argparse.Namespace], Iterator[Figure]]


def part_speed(chosen: argparse.Namespace) -> Iterator[Figure]:
    """Time and memory of draws, beside outlooks without draws; projected to 256 and 1,024 draws of 36 months."""
    wanted = _wanted(chosen)
    print(f"{wanted.text}; {shared_text(wanted)}")
    found = made(wanted)
    if not found.fresh:
        print("all draws were kept already; name another --folder to measure")
        return
    alone, alone_cpu, runs = single_outlook_s(chosen.first, chosen.last)
    months = parse_month(chosen.last) - parse_month(chosen.first) + 1
    each, cpu = found.seconds / found.fresh, found.cpu / found.fresh
    outlooks = found.fresh * alone / runs / chosen.processes
    rows = [
        ("draws made now", found.fresh),
        ("clock, s", found.seconds),
        ("clock of a draw, all processes together, s", each),
        ("processor time of a draw, s", cpu),
        ("an outlook without draws, from 2024-10, a legal scenario: clock, s", alone / runs),
        ("the same: processor time, s", alone_cpu / runs),
        ("time over that of as many outlooks on as many processes", found.seconds / outlooks),
        ("memory of this process, MB", found.parent_mb),
        ("memory of the largest worker, MB", found.worker_mb),
    ]
    table(("", "value"), rows)
    if months != MONTHS:
        print(f"a draw of {months} months says little of one of {MONTHS}: the first month costs most")
    print("every worker solves the shared months once a legal scenario; with few draws that is much of their time")
    for draws in (DRAWS, 4 * DRAWS):
        print(f"projected to {draws} draws of {months} months: {draws * each / 60:.1f} minutes")
    yield Figure(f"minutes of {DRAWS} draws of {months} months", DRAWS * each / 60, MOST_MINUTES)
    yield Figure("memory together, MB", found.parent_mb + chosen.processes * found.worker_mb, MOST_MB)


def part_workers(chosen: argparse.Namespace) -> Iterator[Figure]:
    """The same bytes with one, two and four workers."""
    wanted, apart = _wanted(chosen), 0
    first: dict[str, bytes] = {}
    for count in WORKERS:
        with tempfile.TemporaryDirectory() as folder:
            alone = Wanted(wanted.draws, wanted.first, wanted.last, count, Path(folder))
            keep = keep_of(alone.folder)
            found = made(alone, keep)
            kept = {key: keep.get(key) or b"" for key in alone.draw_keys()}
        first = first or kept
        other = len([key for key, held in kept.items() if held != first.get(key)])
        print(f"{count} workers: {len(kept)} draws, {found.seconds:.0f} s, {other} differ from those of one worker")
        apart += other
    yield Figure("draws that differ", apart, 0)


def part_width(chosen: argparse.Namespace) -> Iterator[Figure]:
    """Half-width of medians by number of draws, and by replicated scrambles."""
    wanted = _wanted(chosen)
    print(f"{wanted.text}; {chosen.scrambles} scrambles")
    replicates = [made(wanted.again(scramble)).sets for scramble in range(chosen.scrambles)]
    for place, draws in enumerate(replicates[0]):
        print(draws.run)
        rows: list[tuple[object, ...]] = []
        for figure in figures():
            values = known_of(figure.of(draws))
            counts = sorted({*[n for n in STEPS if n < len(values)], len(values)}) if len(values) > 1 else []
            rows += [(figure.key, n, median(values[:n]), half_width(values[:n])) for n in counts]
        table(("figure", "points", "median", "half-width at 90 %"), rows)
        if len(replicates) > 1:
            _scrambles([sets[place] for sets in replicates])
        gap = known_of(next(figure for figure in figures() if figure.key == "dy_gap").of(draws))
        yield Figure(
            f"half-width of the median Dy gap over it, {draws.run}", half_width(gap) / abs(median(gap)), MOST_WIDTH
        )


def part_long(chosen: argparse.Namespace) -> Iterator[Figure]:
    """A smaller set that reaches further: its time, and the half-width of its medians."""
    last = LONG_LAST if chosen.last == LAST else chosen.last
    longer = argparse.Namespace(**{**vars(chosen), "draws": min(chosen.draws, LONG_DRAWS), "last": last})
    found = made(_wanted(longer))
    if found.fresh:
        print(f"{found.fresh} draws made now, {found.seconds:.0f} s")
    yield from part_width(longer)


def _scrambles(replicates: list[DrawSet]) -> None:
    """Prints how far medians and means of the worst twentieth agree over independent scrambles of one run."""
    rows = []
    for figure in figures():
        values = [figure.of(draws) for draws in replicates]
        if all(known_of(each).size for each in values):
            middle, tail = over_scrambles(values, median), over_scrambles(values, tail_mean)
            one = middle.half_width * middle.scrambles**0.5
            rows.append((figure.key, middle.mean, middle.half_width, one, tail.mean, tail.half_width))
    head = ("figure", "mean of medians", "half-width", "of one set", "mean of CVaR 95", "half-width")
    table(head, rows)


def part_causes(chosen: argparse.Namespace) -> Iterator[Figure]:
    """The five assumptions that matter most to each figure, with tables and charts."""
    wanted = _wanted(chosen)
    print(wanted.text)
    causes(report_of(wanted), chosen.charts)
    yield from ()


def part_clauses(chosen: argparse.Namespace) -> Iterator[Figure]:
    """The price of clauses: the run with the clause less the run without it, draw by draw."""
    wanted = _wanted(chosen)
    print(f"{wanted.text}; whole surplus with the clause less without it, M USD; negative: the clause costs")
    usual = {draws.run: draws for draws in made(wanted).sets}
    rows = []
    for clause in CLAUSES:
        for without in made(wanted.without(clause)).sets:
            ours = usual[without.run]
            both = [draws.series("welfare", WHOLE)[:, 0] / 1e6 for draws in (ours, without)]
            less = paired(ours, without, both[0], both[1])
            cuts = [quantile(less, share) for share in (0.1, 0.5, 0.9)]
            costs = len(less[less < 0.0]) / len(less)
            rows.append((clause, without.run, len(less), *cuts, float(less.mean()), *mean_interval(less), costs))
    head = ("clause", "run", "pairs", "10 %", "median", "90 %", "mean", "from", "to", "share costing")
    table(head, rows)
    yield from ()


def part_control(chosen: argparse.Namespace) -> Iterator[Figure]:
    """Draws on shorter planning grids: correlation with the packed grid, cost, and whether a control variate pays."""
    wanted = _wanted(chosen)
    found = levels(wanted)
    full = found[0]
    print(f"{wanted.text}; one legal scenario; packed grid {list(full.periods)}: {full.cpu:.2f} CPU s a draw")
    rows: list[tuple[object, ...]] = []
    for level in found[1:]:
        for why in sorted(set(level.failed)):
            print(f"{list(level.periods)}: {level.failed.count(why)} draws failed: {why}")
        if full.draws is not None and level.draws is not None:
            rows += _pairs(full, full.draws, level, level.draws)
    if not rows:
        print("less than two pairs of draws; give --draws 16 or more")
        return
    table(
        ("shorter grid", "cost", "figure", "mean", "mean, shorter", "correlation", "best gain", "at M/N"),
        rows,
    )
    yield from ()


def _pairs(full: Level, draws: DrawSet, level: Level, shorter: DrawSet) -> Iterator[tuple[object, ...]]:
    ratio = level.cpu / full.cpu
    _, at, other = np.intersect1d(draws.points, shorter.points, return_indices=True)
    for figure in figures():
        ours, theirs = figure.of(draws)[at], figure.of(shorter)[other]
        both = np.isfinite(ours) & np.isfinite(theirs)
        if both.sum() < 2:
            continue
        ours, theirs = ours[both], theirs[both]
        found = two_level_mean(ours, theirs, ratio)
        split = best_split(found.correlation, ratio)
        grid, means = " ".join(map(str, level.periods)), (float(ours.mean()), float(theirs.mean()))
        yield grid, ratio, figure.key, *means, found.correlation, split.gain, split.short_per_pair


def _wanted(chosen: argparse.Namespace) -> Wanted:
    return Wanted(chosen.draws, chosen.first, chosen.last, chosen.processes, chosen.folder)


PARTS: dict[str, Part] = {
    "speed": part_speed,
    "workers": part_workers,
    "width": part_width,
    "long": part_long,
    "causes": part_causes,
    "clauses": part_clauses,
    "control": part_control,
}


def measure(name: str, chosen: argparse.Namespace) -> None:
    """Measures a part and prints it, the figures that do not hold last."""
    print(f"== {name}, {datetime.datetime.now(datetime.UTC).date().isoformat()}; {machine()}")
    begun = time.perf_counter()
    figures = list(PARTS[name](chosen))
    print(f"  {time.perf_counter() - begun:.0f} s")
    print_figures(figures)


def main() -> None:
    """Measures the parts asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", nargs="?", default="all", choices=(*PARTS, "all"))
    parser.add_argument("--draws", type=int, default=DRAWS, help="draws of all legal scenarios together")
    parser.add_argument("--first", default="2026-01", help="first drawn month")
    parser.add_argument("--last", default=LAST, help="last month")
    parser.add_argument("--processes", type=int, default=2, help="draws at the same time")
    parser.add_argument("--folder", type=Path, help="folder in which draws are kept")
    parser.add_argument("--scrambles", type=int, default=1, help="replicated scrambles, for width")
    parser.add_argument("--charts", type=Path, help="folder for the charts of causes")
    parser.add_argument("--keep", action="store_true", help="write what is printed to the results")
    chosen = parser.parse_args()
    for name in PARTS if chosen.part == "all" else (chosen.part,):
        if not chosen.keep:
            measure(name, chosen)
            continue
        with redirect_stdout(Copied(sys.stdout)) as printed:
            measure(name, chosen)
        before = KEPT.read_text(encoding="utf-8") if KEPT.exists() else ""
        KEPT.write_text(with_part(before, name, printed.getvalue()), encoding="utf-8")


if __name__ == "__main__":
    main()
