"""Kills brief, outlook, batch and serve twenty times each and looks for partial, orphaned or leftover files."""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path

from tests.journeys.killed import killed_commands, killed_server

TIMES, SEED = 20, 13


def main() -> None:
    """Prints the findings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=TIMES)
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    draw = random.Random(asked.seed)
    with tempfile.TemporaryDirectory() as folder:
        for found in killed_commands(Path(folder), asked.times, draw):
            print(found, flush=True)
        print(killed_server(Path(folder) / "serve", asked.times, draw))


if __name__ == "__main__":
    main()
