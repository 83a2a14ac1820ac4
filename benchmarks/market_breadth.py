"""What contracts, recycling, substitution, entry and policies do to the market, beside signs argued beforehand.

`python -m benchmarks.market_breadth mechanisms` prints one part, `all` every part. `--keep` writes what is printed to
`benchmarks/results/market-breadth.txt`, in place of the same part there. `--cases FOLDER` keeps runs of the same program
and data, so that a part that is printed again need not run again.
"""

from __future__ import annotations

import argparse
import datetime
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from pathlib import Path

from benchmarks._breadth_case import Said
from benchmarks._breadth_marks import CONTRADICTED, Marked, marked
from benchmarks._breadth_mission import MISSION, mission_tables
from benchmarks._breadth_prices import quoted_tables
from benchmarks._breadth_runs import (
    ALL_OFF,
    ALL_ON,
    ASSUME,
    FIRST,
    LAST,
    Case,
    mechanism_cases,
    said_by,
    summed,
    uses_of,
)
from benchmarks._breadth_signs import MECHANISM_SIGNS, POLICY_SIGNS, Argued
from benchmarks._breadth_speed import HERE, in_checkout
from benchmarks._tables import Figure, print_figures, table
from benchmarks.licensing_desk import Copied, with_part
from benchmarks.peers.machine import machine

KEPT = Path(__file__).parent / "results" / "market-breadth.txt"
MOST_SLOWER, MOST_MB = 1.25, 600.0
SHOWN_FIGURES = ("NdPr abroad", "Dy abroad", "Tb abroad", "mag_none abroad", "mag_high abroad")

Part = Callable[[argparse.Namespace], Iterator[Figure]]


def part_signs(chosen: argparse.Namespace) -> Iterator[Figure]:
    """Signs argued beforehand, with their reasons."""
    for title, signs in (("one mechanism on, against all off", MECHANISM_SIGNS), ("a policy", POLICY_SIGNS)):
        print(title)
        for case, argued in signs.items():
            for one in argued:
                period = f" {one.period[0]} to {one.period[1]}" if one.period else ""
                print(f"  {case}: {', '.join(one.figures)}{period}: {one.sign}. {one.why}")
    yield from ()


def _said(chosen: argparse.Namespace, cases: list[Case]) -> dict[str, Said]:
    print(f"{len(cases)} runs, 2024-10 to {chosen.last}; law {ASSUME}; figures {FIRST} to {min(LAST, chosen.last)}")
    found: dict[str, Said] = said_by(cases, chosen.last, chosen.processes, chosen.cases)
    for name, said in found.items():
        if "missing" in said:
            print(f"{name}: {said['missing']}")
    return found


def _print_marks(rows: list[Marked]) -> None:
    head = ("case", "change in", "without", "with", "change", "argued", "mark")
    cells = []
    for row in rows:
        period = "" if row.period[0] == FIRST and row.period[1] >= "2030" else f" {row.period[0]} to {row.period[1]}"
        share = f"{row.after / row.before - 1:+.2%}" if row.before else f"{row.after - row.before:+.4g}"
        cells.append((row.case, row.figure + period, row.before, row.after, share, row.sign, row.mark))
    table(head, cells)
    for row in rows:
        if row.mark == CONTRADICTED:
            print(f"contradicted: {row.case}, {row.figure} ({row.sign} argued): {row.why}")


def _marks(signs: dict[str, tuple[Argued, ...]], found: dict[str, Said], without: str, last: str) -> list[Marked]:
    rows: list[Marked] = []
    for case, argued in signs.items():
        name = case.split(",")[0]
        if name in found and "missing" not in found[name] and "missing" not in found[without]:
            rows += marked(case, argued, found[without], found[name], last)
    return rows


def _contradicted(rows: list[Marked]) -> Iterator[Figure]:
    counts = {mark: len([row for row in rows if row.mark == mark]) for mark in sorted({row.mark for row in rows})}
    print("; ".join(f"{count} {mark}" for mark, count in counts.items()))
    yield Figure("signs contradicted", counts.get(CONTRADICTED, 0), 0)


def _uses(found: dict[str, Said], last: str) -> None:
    """Prints who goes without and what is substituted, by use and by region."""
    runs = {name: said for name, said in found.items() if "missing" not in said}
    period = (FIRST, min(LAST, last))
    for part in ("without_t", "substituted_t", "less_t"):
        print(f"{part}, uses abroad")
        keys = uses_of(runs.values(), part)
        rows = {key.split(":", 1)[1]: [summed(said, key, period) for said in runs.values()] for key in keys}
        table(("use", *runs), [(use, *masses) for use, masses in rows.items() if max(map(abs, masses)) > 0.5])


def part_mechanisms(chosen: argparse.Namespace) -> Iterator[Figure]:
    """Each mechanism alone on, against all off."""
    found = _said(chosen, _chosen(mechanism_cases(), chosen.only, ALL_OFF))
    rows = _marks(MECHANISM_SIGNS, found, ALL_OFF, chosen.last)
    _print_marks(rows)
    print("all mechanisms on, against all off")
    both = tuple(one._replace(sign="either") for one in MECHANISM_SIGNS["entry"])
    if ALL_ON in found and "missing" not in found[ALL_ON] and "missing" not in found[ALL_OFF]:
        _print_marks(list(marked(ALL_ON, both, found[ALL_OFF], found[ALL_ON], chosen.last)))
    _uses(found, chosen.last)
    _time(found)
    yield from _contradicted(rows)


def _time(found: dict[str, Said]) -> None:
    head = ("case", "CPU s", "peak MB")
    table(head, [(name, said["seconds"], said["peak_mb"]) for name, said in found.items() if "missing" not in said])


def _chosen(cases: list[Case], only: list[str], base: str) -> list[Case]:
    return [case for case in cases if not only or case.name in (base, *only)]


def _policy_cases() -> list[Case]:
    names = sorted({case.split(",")[0] for case in POLICY_SIGNS})
    return [Case(ALL_ON), *(Case(name, scenario=name) for name in names)]


def part_policies(chosen: argparse.Namespace) -> Iterator[Figure]:
    """Each policy scenario, against the base scenario."""
    found = _said(chosen, _chosen(_policy_cases(), chosen.only, ALL_ON))
    rows = _marks(POLICY_SIGNS, found, ALL_ON, chosen.last)
    _print_marks(rows)
    _uses(found, chosen.last)
    _time(found)
    yield from _contradicted(rows)


def part_mission(chosen: argparse.Namespace) -> Iterator[Figure]:
    """Long contracts, recycling, funded processing and late magnet lines: tonnes, USD and who pays."""
    cases = [case for case in _policy_cases() if case.name in (ALL_ON, *MISSION)]
    mission_tables(_said(chosen, cases), (FIRST, min(LAST, chosen.last)))
    yield from ()


def part_prices(chosen: argparse.Namespace) -> Iterator[Figure]:
    """Prices of the model beside quotes of the same basis."""
    quoted_tables()
    yield from ()


def part_speed(chosen: argparse.Namespace) -> Iterator[Figure]:
    """Window and outlook, by turns with another checkout, and the peak of memory."""
    for what, title in (
        ("window", "a window: update and solution"),
        ("outlook", "an outlook of 27 months, one branch"),
    ):
        ours, theirs = [], []
        for _ in range(chosen.rounds):
            if chosen.against is not None:
                theirs.append(in_checkout(chosen.against, what))
            ours.append(in_checkout(HERE, what))
        sets = [("before", theirs), ("now", ours)] if theirs else [("now", ours)]
        print(f"{title}; {chosen.rounds} rounds by turns")
        rows = []
        for name, found in sets:
            each = sorted(1000 * seconds for one in found for seconds in one["windows"])
            spread = (statistics.median(each), each[int(0.9 * (len(each) - 1))]) if each else ("", "")
            cpu = statistics.median(one["cpu"] for one in found)
            rows.append(
                (name, *spread, cpu, max(one["peak_mb"] for one in found), "x".join(map(str, found[0]["shape"])))
            )
        table(("", "median ms", "p90 ms", "CPU s", "peak MB", "rows x columns"), rows)
        yield Figure(f"peak of memory, {what}, MB", max(one["peak_mb"] for one in ours), MOST_MB)
        if theirs:
            before, now = rows
            if what == "window":
                yield Figure("median window over that before", float(str(now[1])) / float(str(before[1])), MOST_SLOWER)
                yield Figure("p90 window over that before", float(str(now[2])) / float(str(before[2])), MOST_SLOWER)
            ratios = [a["cpu"] / b["cpu"] for a, b in zip(ours, theirs, strict=True)]
            yield Figure(f"CPU time over that before, {what}s", statistics.median(ratios), MOST_SLOWER)


PARTS: dict[str, Part] = {
    "signs": part_signs,
    "mechanisms": part_mechanisms,
    "policies": part_policies,
    "mission": part_mission,
    "prices": part_prices,
    "speed": part_speed,
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
    parser.add_argument("--only", nargs="*", default=[], help="cases of mechanisms and policies; all by default")
    parser.add_argument("--last", default=LAST, help="last month of the runs")
    parser.add_argument("--processes", type=int, default=1, help="runs at the same time")
    parser.add_argument("--cases", type=Path, help="folder in which runs are kept")
    parser.add_argument("--against", type=Path, help="another checkout, for speed")
    parser.add_argument("--rounds", type=int, default=3)
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
