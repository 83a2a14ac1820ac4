"""Measures ownership: the graphs of the public set, and random ones against a reading that tries every world.

`python -m benchmarks.ownership` prints how many answers are right by regime, which are dangerous, and each random graph
on which the program and `benchmarks/_worlds.py` differ.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from pathlib import Path

import yaml

from benchmarks._worlds import TooManyWorldsError, structure
from benchmarks.peers.machine import described
from coercivity.base.days import Day, parse_day
from coercivity.base.exact import SCALE, Interval
from coercivity.cases.arguments import PACKED
from coercivity.data.parties.ownership import Listing, OwnershipGraph, Stake, StakeKind
from coercivity.intake.ownership.assess import assess
from coercivity.intake.ownership.read import read_cases

SET = Path(__file__).parent / "sets" / "ownership.yaml"
REGIMES = ("cn_61_2025", "us_affiliates_rule", "cn_named_only")
LISTS = ("control_list", "watch_list", "unreliable_entity_list", "us_entity_list")
SHARES = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.49, 0.5, 0.51, 0.6, 0.7, 0.8, 1.0)
ON = parse_day("2025-10-20")
PARTIES = "ABCDEFG"


def public() -> tuple[list[str], bool]:
    """Returns lines on the public set, and whether everything is right."""
    wanted = {case["id"]: case for case in yaml.safe_load(SET.read_text(encoding="utf-8"))["cases"]}
    counts: Counter[tuple[str, str]] = Counter()
    wrong, near = [], 0
    for read in read_cases(SET) or ():
        want = wanted[read.case_id]
        if read.case is None or read.case.on is None:
            wrong.append(f"  {read.case_id} is not read: {read.faults}")
            continue
        answer = assess(read.case.graph, read.case.target, read.case.on, PACKED.book())
        near += answer.near_miss == want["near_miss"]
        for regime, expected in want["expected"].items():
            got = answer.regime(regime)
            found = (got.structure, got.status.value) if got else ("", "")
            counts[regime, "structure"] += found[0] == expected["structure"]
            counts[regime, "status"] += found[1] == expected["status"]
            if found != (expected["structure"], expected["status"]):
                wrong.append(f"  {read.case_id} {want['title']}: {regime} is {found}, expected {expected}")
    lines = [f"public set: {len(wanted)} graphs"]
    lines += [
        f"  {one:20} structure {counts[one, 'structure']:3}   status {counts[one, 'status']:3}" for one in REGIMES
    ]
    lines.append(f"  near misses right: {near} of {len(wanted)}")
    return lines + wrong, not wrong and near == len(wanted)


def drawn(rng: random.Random) -> tuple[OwnershipGraph, str, Day]:
    """Returns a random graph: loops, bands, unknown owners, treasury shares, branches, and stakes that have ended."""
    stakes: list[Stake] = []
    for owned in PARTIES[2:]:
        left = SCALE
        if rng.random() < 0.15:
            left -= SCALE // 10
            stakes.append(Stake(owned, owned, Interval(SCALE // 10, SCALE // 10), "treasury"))
        for _ in range(rng.choice((1, 1, 2, 2, 3))):
            owner = rng.choice([one for one in PARTIES if one != owned] + ["?"])
            share = int(rng.choice(SHARES) * SCALE)
            wide = SCALE // 5 if rng.random() < 0.25 else 0
            if share > left:
                continue
            left -= share
            ended = ON if rng.random() < 0.08 else None
            stakes.append(Stake(owner, owned, Interval(share, min(SCALE, share + wide)), "shares", None, ended))
    if rng.random() < 0.3:
        kind: StakeKind = "branch"
        stakes.append(Stake(rng.choice(PARTIES[2:]), "Z", Interval(SCALE, SCALE), kind))
    listings = {
        one: (Listing(rng.choice(LISTS), None, ON if rng.random() < 0.1 else None),) for one in rng.sample(PARTIES, 2)
    }
    target = "Z" if any(one.owned == "Z" for one in stakes) and rng.random() < 0.5 else rng.choice(PARTIES[2:])
    names = {one: (one,) for one in (*PARTIES, "Z")}
    return OwnershipGraph(tuple(stakes), listings, names, {}), target, ON


def told(graph: OwnershipGraph) -> str:
    """Returns a graph in a line."""
    parts = [
        f"{one}: {', '.join(each.list_id for each in found if each.holds(ON))}" for one, found in graph.listings.items()
    ]
    parts += [
        f"{one.owner}-{one.kind[0]}{one.share.low / SCALE:g}..{one.share.high / SCALE:g}->{one.owned}"
        for one in graph.stakes
        if one.holds(ON)
    ]
    return "; ".join(parts)


def against_worlds(count: int, key: str) -> tuple[list[str], bool]:
    """Returns lines on random graphs, and whether both readings agree on all."""
    rng, tried, skipped, apart = random.Random(key), 0, 0, []
    answers: Counter[str] = Counter()
    while tried < count:
        graph, target, on = drawn(rng)
        try:
            wanted = {regime: structure(graph, target, on, regime) for regime in REGIMES}
        except TooManyWorldsError:
            skipped += 1
            continue
        tried += 1
        found = assess(graph, target, on, PACKED.book())
        for regime in REGIMES:
            answer = found.regime(regime)
            got = answer.structure if answer else ""
            answers[f"{regime} {wanted[regime]}"] += 1
            if got != wanted[regime]:
                apart.append(f"  {regime} of {target} is {got}, every world tried: {wanted[regime]}; {told(graph)}")
    lines = [f"{tried} random graphs, key {key!r}, {skipped} more left out for their size: {len(apart)} answers differ"]
    lines += [f"  {name:40} {number}" for name, number in sorted(answers.items())]
    return lines + apart, not apart


def main() -> int:
    """Prints both measurements; exit code 1 if an answer is wrong or differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--graphs", type=int, default=200)
    parser.add_argument("--key", default="coercivity-ownership-1")
    asked = parser.parse_args()
    print(described(("coercivity",)))
    first, right = public()
    second, same = against_worlds(asked.graphs, asked.key)
    print("\n".join([*first, *second]))
    return 0 if right and same else 1


if __name__ == "__main__":
    sys.exit(main())
