"""Checks that a market with every mechanism switched off is the market of an earlier checkout, to the last digit.

`python -m benchmarks.market_unchanged CHECKOUT` runs packed scenarios in the sources of an earlier checkout, and here
with contracts, recycling, substitution, entry, unregistered supply and limits of loading switched off, and prints every
figure of every committed month that differs: activities, prices, quotes, stocks, files, uses. `--on` leaves the
mechanisms on, to see that the comparison can fail. `--scenario` and `--to` choose what is run.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from coercivity.market.run.scenarios.form import MECHANISMS

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "benchmarks" / "_market_months.py"
SCENARIOS = ("controls-back", "no-controls")
LAST = "2026-12"
SHOWN = 20
# Figures are published with nine digits; a unit of the last one may move with the rounding of a state.
LAST_DIGIT = 1e-8
LEAST = 1e-8
Figures = dict[str, dict[str, dict[str, float]]]


def recorded(checkout: Path, scenario: str, last: str) -> Figures:
    """Returns the committed months of a run in the sources of a checkout."""
    env = {**os.environ, "PYTHONPATH": str(checkout / "src"), "COERCIVITY_CACHE": "off"}
    command = [sys.executable, "-P", str(SCRIPT), scenario, last]
    found: Figures = json.loads(subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout)
    return found


def switched_off(scenario: str, folder: Path) -> Path:
    """Writes a scenario with every mechanism off that inherits another, and returns its file."""
    off = ", ".join(MECHANISMS)
    text = f"id: off\ntitle: {{en: '-'}}\nabout: {{en: '-'}}\ninherits: {scenario}\nbehaviour: {{off: [{off}]}}\n"
    path = folder / f"{scenario}-off.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def differences(
    before: Figures, after: Figures, least: float = 0.0
) -> list[tuple[str, str, str, float | None, float | None]]:
    """Returns month, kind, key and both figures of all that differ by more than a share of them."""
    found = []
    for month in sorted(before.keys() | after.keys()):
        old, new = before.get(month, {}), after.get(month, {})
        for kind in sorted(old.keys() | new.keys()):
            ours, theirs = old.get(kind, {}), new.get(kind, {})
            for key in sorted(ours.keys() | theirs.keys()):
                if _apart(ours.get(key), theirs.get(key), least):
                    found.append((month, kind, key, ours.get(key), theirs.get(key)))
    return found


def _apart(old: float | None, new: float | None, least: float) -> bool:
    if old is None or new is None:
        return old is not new and max(abs(old or 0.0), abs(new or 0.0)) > LEAST
    return old != new if least == 0.0 else abs(old - new) > max(least * max(abs(old), abs(new)), LEAST)


def main(arguments: Sequence[str] | None = None) -> int:
    """Compares each scenario, prints what differs, and returns 1 if anything does."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("checkout", type=Path)
    parser.add_argument("--scenario", action="append", help="packed scenario; several are possible")
    parser.add_argument("--to", default=LAST, help="last month")
    parser.add_argument("--on", action="store_true", help="leave the mechanisms on")
    asked = parser.parse_args(arguments)
    changed = False
    with tempfile.TemporaryDirectory() as folder:
        for scenario in asked.scenario or SCENARIOS:
            ours = scenario if asked.on else str(switched_off(scenario, Path(folder)))
            before, after = recorded(asked.checkout, scenario, asked.to), recorded(ROOT, ours, asked.to)
            exact, found = differences(before, after), differences(before, after, LAST_DIGIT)
            figures = sum(len(masses) for kinds in before.values() for masses in kinds.values())
            print(f"{scenario}: of {figures} figures in {len(before)} months {len(exact)} differ, {len(found)} of them")
            print("  by more than the last of the nine digits that are published")
            for (month, kind), count in sorted(Counter((month, kind) for month, kind, *_ in found).items())[:SHOWN]:
                print(f"  {month} {kind}: {count}")
            for row in found[:SHOWN]:
                print("  ", *row)
            changed = changed or bool(found)
    return int(changed)


if __name__ == "__main__":
    sys.exit(main())
