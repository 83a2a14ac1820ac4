"""Measures name screening by kind of variant, and by rapidfuzz and nomenklatura on the same names in the same run.

`python -m benchmarks.names` screens three sets: the public one in `benchmarks/sets/names.csv`, variants of the built-in
lists that `benchmarks/_name_variants.py` and its neighbours make, and variants of a made-up list in eight languages.
`--peers` lets the peers answer too, at every threshold: for each the share found at the program's own share of false
hits is what counts. A peer that is not installed is reported as such; nomenklatura needs an environment of its own.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from benchmarks._name_scores import Scores, score
from benchmarks._name_sets import NameSet, public_set, unseen_builtin, unseen_made
from benchmarks.peers.machine import described
from coercivity.intake.parties.screener import Screener

SETS = {"public": public_set, "builtin": unseen_builtin, "made": unseen_made}


def screened(one: NameSet) -> tuple[Scores, str]:
    """Returns the scores of the program, and its time."""
    begun = time.perf_counter()
    screener = Screener(one.lists)
    built = time.perf_counter() - begun
    begun = time.perf_counter()
    results = screener.screen_all([case.asked for case in one.cases])
    taken = time.perf_counter() - begun
    return score(
        one.cases, results
    ), f"lists read in {built:.2f} s, {len(one.cases) / taken:,.0f} names a second, one process"


def shown(scores: Scores, most: int, kinds: str) -> list[str]:
    """Returns wrong cases as lines, the same number of each kind."""
    lines, seen = [], Counter[tuple[str, str]]()
    for wrong, case, told in scores.wrong:
        seen[wrong, case.kind] += 1
        if seen[wrong, case.kind] <= most and kinds in case.kind:
            lines.append(
                f"  {wrong}: {case.kind}: {case.asked.name!r} of {', '.join(sorted(case.parties)) or 'nobody'} -> {told}"
            )
    return sorted(lines)


def main() -> int:
    """Prints a table for each set; exit code 1 if a name of nobody listed is confirmed, or a homophone is."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("sets", nargs="*", metavar="SET", help=", ".join(SETS))
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--show", type=int, default=0, help="wrong names to print of each kind")
    parser.add_argument("--kinds", default="", help="print only kinds that contain this text")
    parser.add_argument("--sample", type=int, default=1, help="one in so many names is answered by the peers")
    asked = parser.parse_args()
    failed = False
    print(described())
    for name in asked.sets or SETS:
        one = SETS[name]()
        scores, speed = screened(one)
        print(f"\n{one.title}: {sum(len(part.entries) for part in one.lists):,} entries; {speed}")
        print("\n".join(scores.table()))
        print(scores.summary())
        if asked.show:
            print("\n".join(shown(scores, asked.show, asked.kinds)))
        if asked.peers:
            from benchmarks.peers.names import compared

            print("\n".join(compared(one, asked.sample)))
        homophones = sum(count["over-confirmed"] for kind, count in scores.counts.items() if "homophone" in kind)
        failed |= bool(homophones or scores.total()["match for none"])
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
