"""Does the licensing desk hold: balances, April 2025 with one element off at a time, what carries the spread, speed.

`python -m benchmarks.licensing_desk balances` prints one part with its limits, `all` every part. `--keep` writes what is
printed to `benchmarks/results/licensing-desk.txt`, in place of the same part there.
"""

from __future__ import annotations

import argparse
import datetime
import io
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import TextIO

from benchmarks._desk_april import april
from benchmarks._desk_draws import SEED, drawn_rows, noise, quantile, variance
from benchmarks._desk_runs import (
    BESIDE_LICENCES,
    FIGURES,
    FIRST,
    LAST,
    apart,
    balances,
    desk_off_and_free,
    on_usual_lanes,
    packed_practice,
    ran,
    without_undertakings,
)
from benchmarks._desk_speed import HERE, desk_alone, in_checkout
from benchmarks._desk_spread import Spread, largest, mean_share, spread_of
from benchmarks._tables import Figure, print_figures, table
from benchmarks.peers.machine import machine
from coercivity.base.months import first_of, month_text, parse_month
from coercivity.base.sums import total
from coercivity.market.run.shape import shaped

KEPT = Path(__file__).parent / "results" / "licensing-desk.txt"
FREE_MONTHS = 9
SPEED_MONTHS = 36
MOST_FILES, MOST_QUOTE, MOST_CLEARED, MOST_SHARE, MOST_SLOWER = 1e-9, 1e-3, 1e-2, 0.5, 1.15

Part = Callable[[argparse.Namespace], Iterator[Figure]]


def part_balances(chosen: argparse.Namespace) -> Iterator[Figure]:
    """Files of every queue and month, and the run with every element off against the one without controls."""
    found = balances(ran(chosen.last))
    print(f"files of {len({row.queue for row in found})} queues to {chosen.last}; the worst five")
    head = ("month", "form", "country", "user", "files in", "not accounted for")
    table(head, [(row.month, *row.queue, row.files_in, row.error) for row in found[:5]])
    print(f"files in, all queues and months: {total(row.files_in for row in found):,.1f}")
    yield Figure("files in less granted, returned, refused and change of pending", found[0].error, MOST_FILES)
    yield from _free_run(chosen)


def _free_run(chosen: argparse.Namespace) -> Iterator[Figure]:
    first = parse_month(FIRST)
    last = min(first + FREE_MONTHS - 1, parse_month(chosen.last))
    free = without_undertakings(shaped)
    asked = [
        ("as the rules are", (), shaped),
        ("no prohibition, only 18/2025", BESIDE_LICENCES, shaped),
        ("and no end-use undertaking", BESIDE_LICENCES, free),
        ("and controlled goods on lanes of 2024 only", BESIDE_LICENCES, on_usual_lanes(free)),
    ]
    print(f"every element of the desk off, against no controls, {FIRST} to {month_text(last)}")
    rows = []
    for name, without, made in asked:
        ours, theirs = desk_off_and_free(without, made, month_text(last))
        found = apart(*([done for done in run.months if done.month >= first] for run in (theirs, ours)))
        rows.append((name, found.quote, " ".join(found.quote_at), found.cleared, " ".join(found.cleared_at)))
    table(("desk off, and", "quotes apart", "at", "cleared apart", "at"), rows)
    yield Figure("quotes of a desk that is off, from those without controls", found.quote, MOST_QUOTE)
    yield Figure("tonnes cleared with a desk that is off, from those without controls", found.cleared, MOST_CLEARED)


def part_april(chosen: argparse.Namespace) -> Iterator[Figure]:
    """The year from April 2025, month by month, and with one element of the desk off at a time."""
    april(chosen.last)
    yield from ()


def part_spread(chosen: argparse.Namespace) -> Iterator[Figure]:
    """Draws over every row of the desk."""
    rows = drawn_rows(packed_practice(), first_of(parse_month(chosen.last) + 1))
    again = min(chosen.again, chosen.runs)
    found = spread_of(rows, chosen.last, chosen.runs, chosen.top, again, chosen.processes)
    print(f"{len(rows)} rows drawn, {chosen.runs} runs, {FIRST} to {chosen.last}, seed {SEED}")
    head = ("", "5 %", "50 %", "95 %", "standard deviation")
    table(head, [(name, *_quantiles(found.column(name))) for name in FIGURES])
    print(f"squared rank correlation, with its sign; a row without effect has {noise(chosen.runs):.3f} on average")
    order = largest(found, len(rows))
    table(
        ("row", "what", *FIGURES, "mean"),
        [
            (
                row.name,
                row.what,
                *(_signed(found.correlation(row.name, name)) for name in FIGURES),
                _mean(found, row.name),
            )
            for row in order
        ],
    )
    if found.fixed:
        print(f"fall of the variance with one row fixed at its value, the first {again} draws")
        table(("row", *FIGURES), [(row, *(_share(found.fall(row, name)) for name in FIGURES)) for row in found.fixed])
    for name in FIGURES:
        shares = {row.name: found.correlation(row.name, name) ** 2 for row in rows}
        worst = max(shares, key=shares.__getitem__)
        yield Figure(f"share of the spread of {name} that one row carries ({worst})", shares[worst], MOST_SHARE)


def _quantiles(values: Sequence[float]) -> tuple[float, ...]:
    return *(quantile(values, share) for share in (0.05, 0.5, 0.95)), variance(values) ** 0.5


def _signed(correlation: float) -> str:
    return f"{'-' if correlation < 0 else '+'}{correlation**2:.2f}"


def _share(share: float) -> str:
    return f"{share:+.2f}"


def _mean(found: Spread, row: str) -> str:
    return f"{mean_share(found, row):.2f}"


def part_speed(chosen: argparse.Namespace) -> Iterator[Figure]:
    """Processor time of 36 months, by turns with another checkout, and of the desk itself."""
    months = chosen.months
    ours, theirs = [], []
    for _ in range(chosen.rounds):
        if chosen.against is not None:
            theirs.append(in_checkout(chosen.against, months))
        ours.append(in_checkout(HERE, months))
    spent = desk_alone(months)
    print(f"{months} months, CPU seconds")
    if theirs:
        ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
        table(
            ("round", "before", "now", "ratio"),
            [(n + 1, *row) for n, row in enumerate(zip(theirs, ours, ratios, strict=True))],
        )
        yield Figure("processor time over that of the other checkout", statistics.median(ratios), MOST_SLOWER)
    else:
        table(("round", "now"), [(n + 1, seconds) for n, seconds in enumerate(ours)])
    print(f"the desk itself: {1000 * spent / months:.2f} ms a month")


PARTS: dict[str, Part] = {
    "balances": part_balances,
    "april": part_april,
    "spread": part_spread,
    "speed": part_speed,
}


def with_part(text: str, name: str, printed: str) -> str:
    """Returns the kept results with a part replaced, or added at the end.

    Args:
        text: The results kept so far.
        name: Name of the part.
        printed: What is kept of it, from its headline on.
    """
    parts = {part.split(",", 1)[0]: part for part in re.split(r"^== ", text, flags=re.M) if part}
    parts[name] = printed.removeprefix("== ")
    return "\n".join(f"== {part.strip()}\n" for part in parts.values())


class Copied(io.StringIO):
    """Keeps what is printed, and prints it."""

    def __init__(self, to: TextIO) -> None:
        super().__init__()
        self.to = to

    def write(self, text: str) -> int:
        """Prints and keeps a text."""
        self.to.write(text)
        return super().write(text)


def measure(name: str, chosen: argparse.Namespace) -> None:
    """Measures a part and prints it, the figures that do not hold last."""
    begun = time.process_time()
    print(f"== {name}, {datetime.datetime.now(datetime.UTC).date().isoformat()}; {machine()}")
    figures = list(PARTS[name](chosen))
    print(f"  {time.process_time() - begun:.0f} CPU s in this process")
    print_figures(figures)


def main() -> None:
    """Measures the parts asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", nargs="?", default="all", choices=(*PARTS, "all"))
    parser.add_argument("--last", default=LAST, help="last month of balances, april and spread")
    parser.add_argument("--runs", type=int, default=32, help="draws of spread")
    parser.add_argument("--top", type=int, default=8, help="rows of spread that are fixed one at a time")
    parser.add_argument("--again", type=int, default=16, help="draws repeated for each of them")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--against", type=Path, help="another checkout, for speed")
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--months", type=int, default=SPEED_MONTHS, help="months of speed")
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
