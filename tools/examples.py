"""Writes the reports on all example cases, and prints a line for each: pages, outcomes, first stop, time."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from pypdf import PdfReader

# The recycler is reported on the day of the last check of the rules, on which every outcome occurs.
DAYS: Mapping[str, str] = {
    "ev-motor": "2026-11-24",
    "wind": "2026-11-24",
    "smco-defence": "2026-11-24",
    "magnet-jv": "2026-11-24",
    "recycler": "2026-10-05",
}
OUTCOMES = ("PROCEED", "LICENCE", "STOP", "UNKNOWN")


def pages_of(folder: Path) -> str:
    """Returns the number of printed pages in English and Chinese; "no PDF" if there is none."""
    files = [folder / name for name in ("brief.pdf", "brief.zh.pdf")]
    if not all(file.is_file() for file in files):
        return "no PDF"
    return "{} and {} pages".format(*(len(PdfReader(file).pages) for file in files))


def summary_of(report: Mapping[str, object]) -> str:
    """Returns the outcomes of the deals and the first line stop of a report, as `brief.json` holds it."""
    deals, stops = report["transactions"], report.get("stops")
    assert isinstance(deals, list)
    found = [deal["outcome"] for deal in deals]
    counts = ", ".join(f"{name} {found.count(name)}" for name in OUTCOMES if name in found)
    if not isinstance(stops, dict):
        return f"{counts}; no company file"
    first = min(((plant["stop_on"], plant["plant"]) for plant in stops["plants"] if plant["stop_on"]), default=None)
    return f"{counts}; " + (f"first stop {first[0]} ({first[1]})" if first else "no line stop")


def main() -> int:
    """Writes the reports into out/examples/ and returns the exit code of the first that fails."""
    for case, day in DAYS.items():
        out = Path("out") / "examples" / case
        begun = time.monotonic()
        words = ["brief", f"examples/{case}", "--on", day, "--out", str(out)]
        done = subprocess.run([sys.executable, "-m", "coercivity", *words], capture_output=True, check=False)
        if done.returncode:
            sys.stderr.write(done.stderr.decode())
            return done.returncode
        report = json.loads((out / "brief.json").read_text(encoding="utf-8"))
        took = time.monotonic() - begun
        sys.stdout.write(f"{case:13} {day}  {pages_of(out)}; {summary_of(report)}; {took:.0f} s\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
