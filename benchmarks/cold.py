"""How long the first minutes take: every `--help` and one decision, each in a process of its own, medians of five.

Beside them stands Python itself, started and ended, so that the figures mean something on another machine.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 5
AIM_HELP_S, AIM_DECIDE_S = 0.3, 0.4
DEAL = ["act=goods", "form=magnet", "magnet_type=NdFeB", "elements=Nd;Pr;Dy", "from=CN", "to=DE"]
DECIDE = ["decide", "--on", "2025-08-15", *(word for fact in DEAL for word in ("--fact", fact))]
GROUPS = ("rules", "cases", "proof", "data")


def median_s(words: list[str]) -> float:
    """Returns the median time of a command [s]."""
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        subprocess.run(words, cwd=ROOT, capture_output=True, check=False)
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def verbs() -> list[list[str]]:
    """Returns every verb, as words of the command line, from the help itself."""
    found: list[list[str]] = [[]]
    for group in ([], *([name] for name in GROUPS)):
        done = subprocess.run(command([*group, "--help"]), cwd=ROOT, capture_output=True, check=True)
        found += [[*group, name] for name in re.findall(r"^│ ([a-z][a-z-]+)\s", done.stdout.decode(), re.MULTILINE)]
    return found


def command(words: list[str]) -> list[str]:
    """Returns the command line of the program in this environment."""
    return [str(Path(sys.executable).with_name("coercivity")), *words]


def main() -> int:
    """Prints the times; the exit code is 1 where one misses its aim."""
    bare = median_s([sys.executable, "-c", "pass"])
    print(f"{'Python, started and ended':44}{bare:7.3f} s")
    asked = [(" ".join([*verb, "--help"]), [*verb, "--help"], AIM_HELP_S) for verb in verbs()]
    missed = []
    for label, words, aim in [*asked, ("decide, one deal", DECIDE, AIM_DECIDE_S)]:
        taken = median_s(command(words))
        print(f"{label:44}{taken:7.3f} s  aim {aim} s, {taken / bare:4.1f} x Python")
        missed += [label] if taken > aim else []
    print(f"missed: {', '.join(missed) or 'none'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
