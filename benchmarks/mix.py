"""The best mix by cutting planes: speed for 1,000 scenarios, and the same plan cost as one programme over all of them.

`python -m benchmarks.mix [--small]`. The cases are made up by seed: 8 stocks and 8 options over 12 months, no two
scenarios alike. One programme over all scenarios holds the options found, for choosing them there too takes minutes.
Times are of the processor; the exit code is 1 where one misses its aim or two objectives differ.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass

from benchmarks._mix_cases import mix_case
from coercivity.firm.mix.cuts.best import CutPlan, Cuts
from coercivity.firm.mix.model import MixCase
from tests.unit.firm.mix.cuts.whole_programme import least_of

SEED, WEIGHT = 1, 0.5
AIM_ALONE_S, AIM_SHARED_S, AIM_FRONTIER = 4.0, 60.0, 10.0
AIM_DIFFERENCE = 1e-4
WEIGHTS = tuple(place / 20.0 for place in range(21))


@dataclass(frozen=True, slots=True)
class Timed:
    """A best plan, the seconds that it took, and the cuts that others may reuse."""

    plan: CutPlan
    seconds: float
    cuts: Cuts


def timed(case: MixCase) -> Timed:
    """Returns the best plan of a case and how long it took [s of the processor]."""
    begun = time.process_time()
    cuts = Cuts(case)
    plan = cuts.best(WEIGHT)
    if plan is None:
        raise ValueError("a made-up case without a plan")
    return Timed(plan, time.process_time() - begun, cuts)


def compared(scenarios: int, *, shared: bool) -> bool:
    """Prints a case beside the programme over all scenarios and returns whether both agree."""
    case = mix_case(SEED, scenarios, shared=shared)
    found = timed(case)
    begun = time.process_time()
    least = least_of(case, frozenset(found.plan.plan.options), WEIGHT)
    whole_s = time.process_time() - begun
    if least is None:
        return False
    difference = abs(found.plan.objective_keur - least) / abs(least)
    print(
        f"{_name(shared)} {scenarios:5}  cuts {found.seconds:7.2f} s  one programme of one set {whole_s:7.2f} s"
        f"  {whole_s / found.seconds:5.2f} times  objectives differ by {difference:.1e}"
    )
    return difference <= AIM_DIFFERENCE


def at_speed(scenarios: int, aim_s: float, *, shared: bool, frontier: bool) -> bool:
    """Prints how long one plan and a frontier take and returns whether both keep their aims."""
    found = timed(mix_case(SEED, scenarios, shared=shared))
    plan = found.plan
    print(
        f"{_name(shared)} {scenarios:5}  one plan {found.seconds:7.2f} s  aim {aim_s} s  gap {plan.gap_share:.1e}"
        f"  {plan.steps} steps, {plan.cuts} cuts, {plan.solves} programmes"
    )
    met = found.seconds <= aim_s and plan.gap_share <= AIM_DIFFERENCE
    if frontier:
        begun = time.process_time()
        points = Cuts(mix_case(SEED, scenarios, shared=shared)).frontier(WEIGHTS)
        taken = time.process_time() - begun
        worst = max(point.gap_share for point in points)
        print(
            f"{_name(shared)} {scenarios:5}  {len(points)} points {taken:8.2f} s  {taken / found.seconds:5.2f} times one"
            f"  aim {AIM_FRONTIER * aim_s} s  largest gap {worst:.1e}"
        )
        met = met and taken <= AIM_FRONTIER * aim_s and worst <= AIM_DIFFERENCE
    return met


def _name(shared: bool) -> str:
    return "shared options" if shared else "own options   "


def main(arguments: list[str]) -> int:
    """Prints all comparisons; with `--small` only those of a few seconds."""
    small = "--small" in arguments
    met = [compared(count, shared=shared) for shared in (False, True) for count in ((50,) if small else (50, 200))]
    met.append(at_speed(1000, AIM_ALONE_S, shared=False, frontier=True))
    if not small:
        met.append(at_speed(1000, AIM_SHARED_S, shared=True, frontier=True))
    print("missed" if not all(met) else "all aims met")
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
