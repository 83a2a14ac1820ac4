"""Does less information, or information with an error, ever turn a deal into PROCEED? Changes one random cell per row.

`python -m benchmarks.mutations --rows 50000 [--show 3]` decides a table of orders, changes one cell per row, decides it
again, and prints by kind of change how many rows became PROCEED, with the justification for kinds in which that is
correct. Exit code 1 if a row of another kind became PROCEED.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from tests.broken.slips import ARGUED, KINDS, Freed


def main() -> int:
    """Prints the counts by kind; returns 1 if a row became PROCEED by a kind without justification."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--key", type=int, default=1)
    parser.add_argument("--show", type=int, default=0)
    asked = parser.parse_args()
    found = Freed(asked.rows, asked.key)
    print("before", dict(Counter(found.before)))
    print("after ", dict(Counter(found.after)))
    print(f"{'kind of change':30} {'tried':>7} {'freed':>6}")
    for kind in sorted(KINDS):
        freed = found.freed[kind]
        print(f"{kind:30} {found.tried[kind]:7} {len(freed):6}  {ARGUED.get(kind, '') if freed else ''}".rstrip())
        for at in freed[: asked.show]:
            print(f"    {found.told(at)}")
    print(f"{'all':30} {sum(found.tried.values()):7} {sum(map(len, found.freed.values())):6}")
    return int(any(found.freed[kind] for kind in KINDS if kind not in ARGUED))


if __name__ == "__main__":
    sys.exit(main())
