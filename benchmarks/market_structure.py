"""Does the structure of the market hold: steady state, cover, shortage, grids, history, 4 April 2025, who goes without.

`python -m benchmarks.market_structure steady` prints one part, `all` every part with its limits; `--quick` for short runs.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from math import inf

from benchmarks._market_history import histories
from benchmarks._market_runs import Cure, MonthShown, alike, mean_margins, ran, shown, without_cure
from benchmarks._market_runs import without as goes_without
from benchmarks._tables import Figure, print_figures, table
from coercivity.base.months import month_text, parse_month
from coercivity.market.run.scenarios.planning import default_grid
from tests.oracles.market_flat import (
    built_in_shortage,
    flat_world,
    months_back,
    steady_of,
    without_share,
)
from tests.oracles.market_parts import GRIDS

FIRST, APRIL_LAST = "2025-01", "2026-03"
WHO_FIRST, WHO_LAST = "2027-01", "2027-12"
HEADLINES = ("ox_NdPr", "ox_Dy", "ox_Tb", "ox_Y", "mag_none", "mag_Ce", "mag_low", "mag_high", "mag_SmCo")
ON, OFF = "controls-back", "without-18-2025"
BRANCHES = (("lapsed", "controls-back"), ("extended:2027-11-10", "paused-a-year"))
WITHIN = 0.10


Part = Callable[[argparse.Namespace], Iterator[Figure]]


def steady(chosen: argparse.Namespace) -> Iterator[Figure]:
    """Drift and distance from base prices in a world that stands still."""
    parts, count = flat_world(), chosen.months or (24 if chosen.quick else 120)
    months = parts.months(count)
    found = steady_of(parts.network, months)
    print(f"{len(found)} goods used in the base year, {count} months; the worst ten")
    head = ("good", "region", "tag", "base USD/kg", "drift a year", "in 12 months", "away", "last / base")
    table(head, [(*s.good, s.base, s.drift, s.year, s.away, s.last) for s in found[:10]])
    yield Figure(f"largest drift of a margin a year, {count} months flat", max(s.drift for s in found), 0.01)
    yield Figure(f"largest distance of a margin from base, {count} months flat", max(s.away for s in found), 0.05)


def covers(chosen: argparse.Namespace) -> Iterator[Figure]:
    """Starts at half and at double cover."""
    count = chosen.months or (12 if chosen.quick else 30)
    for cover in (0.5, 2.0):
        parts = flat_world(cover=cover)
        back = months_back(parts.network, parts.months(count), WITHIN)
        never = sorted(entry for entry, after in back.items() if after is None)
        slow = sorted(back.items(), key=lambda e: (-(count if e[1] is None else e[1]), e[0]))[:10]
        print(f"start at {cover:g} of normal cover: {len(never)} of {len(back)} goods not back after {count} months")
        table(("good", "region", "tag", "months"), [(*e, "never" if n is None else n) for e, n in slow])
        worst = max(inf if n is None else n for n in back.values())
        yield Figure(f"months back to {WITHIN:.0%} of cover from {cover:g}", worst, 24)


def shortage(chosen: argparse.Namespace) -> Iterator[Figure]:
    """Less of one scarce input, and whether any stock rises where a use goes without."""
    count = chosen.months or (12 if chosen.quick else 36)
    for element in ("Dy", "NdPr"):
        for less, must_have in ((0.05, False), (0.05, True), (0.5, True)):
            parts = flat_world(cut=element, share=1 - less, must_have=must_have)
            months = parts.months(count)
            built = built_in_shortage(parts, months, element)
            kind = "that no use can spare" if must_have else "with thrift and other designs"
            print(f"{less:.0%} less {element} {kind}: the worst share of a use without is {without_share(months):.4f}")
            rows = sorted(built, key=lambda b: b.start_t - b.stock_t)[:10]
            head = ("month", "good", "region", "tag", "start t", "stock t", "use without", "without t")
            table(head, [(month_text(b.month), *b.good, b.start_t, b.stock_t, b.use, b.without_t) for b in rows])
            yield Figure(f"stocks that rose while a use went without, {less:.0%} less {element} {kind}", len(built), 0)


def grids(chosen: argparse.Namespace) -> Iterator[Figure]:
    """Means over a year under several grids."""
    first, last = FIRST, "2025-06" if chosen.quick else "2025-12"
    for name in (ON,) if chosen.quick else (ON, "no-controls"):
        found = {
            grid: mean_margins(ran(name, last, horizon), HEADLINES, first, last) for grid, horizon in GRIDS.items()
        }
        keys = sorted(next(iter(found.values())))
        rows, worst = [], 0.0
        for key in keys:
            means = [found[grid][key] for grid in GRIDS]
            width = max(means) / max(min(means), 1e-9) - 1
            rows.append((*key, *means, width))
            worst = max(worst, width)
        print(f"{name}: mean margins {first} to {last} by months ahead")
        table(("good", "region", *GRIDS, "apart"), sorted(rows, key=lambda row: -float(str(row[-1]))))
        yield Figure(f"largest difference of a mean margin between grids, {name}", worst, 0.03)


def history(chosen: argparse.Namespace) -> Iterator[Figure]:
    """Cold, another number of threads, a fork; and what the split of a gap leaves."""
    last = month_text(parse_month(FIRST) + (chosen.months or (4 if chosen.quick else 36)) - 1)
    for name, found in histories(ON, last).apart.items():
        print(f"{name}: worst {found.worst:.2e} at {' '.join(found.where)}, median {found.median:.2e}")
        yield Figure(f"largest difference of a margin, {name}", found.worst, 1e-3)
        yield Figure(f"share of margins that move by more than 0.1 %, {name}", found.moved, 0.0)
    yield Figure("largest residual of a gap, as a share of the price", histories(ON, last).residual, 1e-6)


def _april_rows(on: Sequence[MonthShown], off: Sequence[MonthShown]) -> list[tuple[object, ...]]:
    goods = ("ox_Dy", "ox_Tb", "ox_Y")
    rows = []
    for a, b in zip(on, off, strict=True):
        margins = [m.margin[name, region] for name in goods for region in ("CN", "XCN") for m in (a, b)]
        rows.append((a.month, *margins))
    return rows


def _april_tables(on: Sequence[MonthShown], off: Sequence[MonthShown]) -> None:
    head = [f"{e} {side} {run}" for e in ("Dy", "Tb", "Y") for side in ("in", "out") for run in ("on", "off")]
    table(("margin", *head), _april_rows(on, off))
    table(
        (
            "abroad, t",
            "controlled on",
            "off",
            "less on",
            "off",
            "subst. on",
            "off",
            "without on",
            "off",
            "oxides without",
        ),
        [
            (
                a.month,
                *(
                    x
                    for f in ("controlled_t", "less_t", "substituted_t", "without_t")
                    for x in (getattr(a, f), getattr(b, f))
                ),
                a.without_oxide_t,
            )
            for a, b in zip(on, off, strict=True)
        ],
    )


def april(chosen: argparse.Namespace) -> Iterator[Figure]:
    """4 April 2025, before and after."""
    last = "2025-06" if chosen.quick else APRIL_LAST
    on, off = (shown(ran(name, last), FIRST, last) for name in (ON, OFF))
    _april_tables(on, off)
    before = [(a, b) for a, b in zip(on, off, strict=True) if a.month < "2025-04"]
    seen = max(abs(a.margin[key] - b.margin[key]) for a, b in before for key in a.margin)
    yield Figure("difference of the two runs before 2025-04, USD/kg", seen, 0.0)
    fall = {key: before[-1][1].margin[key] / off[-1].margin[key] - 1 for key in (("ox_Dy", "CN"), ("ox_Tb", "CN"))}
    for (name, region), share in fall.items():
        yield Figure(
            f"fall of {name} in {region} without 18/2025, {before[-1][0].month} to {off[-1].month}", share, 0.12
        )


def cures(chosen: argparse.Namespace) -> Iterator[Figure]:
    """4 April 2025 with one cure switched off at a time."""
    last = "2025-05" if chosen.quick else "2025-12"
    print("nothing switched off")
    _april_tables(*(shown(ran(name, last), FIRST, last) for name in (ON, OFF)))
    for cure in Cure:
        print(f"switched off: {cure}")
        _april_tables(*(shown(without_cure(name, last, cure), FIRST, last) for name in (ON, OFF)))
    yield from ()


def who(chosen: argparse.Namespace) -> Iterator[Figure]:
    """Who goes without in 2027."""
    first, last = (FIRST, "2025-09") if chosen.quick else (WHO_FIRST, WHO_LAST)
    for branch, name in BRANCHES:
        simulation = ran(name, last)
        months = [done for done in simulation.months if done.month >= parse_month(first)]
        rows = goes_without(simulation.network, months)
        twins = alike(rows)
        print(f"{branch}: {len(rows)} uses go without in {first} to {last}")
        table(
            ("use", "region", "share", "months", "lowest margin", "lowest choke", "months below"),
            [(r.use, r.region, r.share, r.months, r.price, r.choke, r.below) for r in rows[:20]],
        )
        for a, b in twins[:10]:
            print(f"  the same share: {a.use} {a.region} and {b.region}, {a.share:.6f}")
        yield Figure(f"rows below their choke, {branch}", sum(1 for r in rows if r.below), 0)
        yield Figure(f"pairs of regions alike, {branch}", len(twins), 0)


PARTS: dict[str, Part] = {
    "steady": steady,
    "covers": covers,
    "shortage": shortage,
    "grids": grids,
    "history": history,
    "april": april,
    "who": who,
    "cures": cures,
}


def main() -> None:
    """Measures and prints; the figures that do not hold come last, the worst of them at the end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", nargs="?", default="all", choices=(*PARTS, "all"))
    parser.add_argument("--months", type=int, default=0, help="months of a run, where a part does not fix them")
    parser.add_argument("--quick", action="store_true", help="short runs")
    chosen = parser.parse_args()
    print(f"grid {default_grid().months} months: {default_grid().periods}")
    figures: list[Figure] = []
    for name in PARTS if chosen.part == "all" else (chosen.part,):
        begun = time.process_time()
        print(f"\n== {name}")
        figures += PARTS[name](chosen)
        print(f"  {time.process_time() - begun:.0f} CPU s")
    print()
    print_figures(figures)


if __name__ == "__main__":
    main()
