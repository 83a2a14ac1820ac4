"""Makes the figures of docs/methods.md: pictures, captions and tables.

python -m tools.figures all
python -m tools.figures gap fund
python -m tools.figures --renew     runs the market again first; some minutes
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tools.figures.choices import frontier, fund, strategy
from tools.figures.figure import PAGE, Figure, with_figures
from tools.figures.kept import computed, keep
from tools.figures.market import clause, gap, permission

ROOT = Path(__file__).parents[2]
FIGURES: Mapping[str, Callable[[], Figure]] = {
    "gap": gap,
    "permission": permission,
    "clause": clause,
    "frontier": frontier,
    "fund": fund,
    "strategy": strategy,
}


def main(arguments: list[str]) -> int:
    """Writes pictures, and their captions and tables into the page; prints the files."""
    told = "Makes the figures of docs/methods.md."
    parser = argparse.ArgumentParser(prog="python -m tools.figures", description=told)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"all, or some of {', '.join(FIGURES)}")
    parser.add_argument("--renew", action="store_true", help="run the market again first, and keep its numbers")
    asked = parser.parse_args(arguments)
    names = list(FIGURES) if asked.renew or asked.names == ["all"] else asked.names
    if not names or not set(names) <= set(FIGURES):
        parser.error(f"name a figure: all, {', '.join(FIGURES)}")
    if asked.renew:
        keep(computed())
    made = {name: FIGURES[name]() for name in names}
    for one in made.values():
        (ROOT / one.file).write_bytes(one.content)
        sys.stdout.write(f"written: {one.file}\n")
    page = ROOT / PAGE
    page.write_text(with_figures(page.read_text(encoding="utf-8"), made), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
