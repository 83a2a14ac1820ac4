"""Time of a window and of an outlook, with the source of this or of another checkout, in a process of its own.

Only what both checkouts have is imported here. `python -m benchmarks._breadth_speed window 27` prints the seconds of
each window of 27 months; `... outlook ARGUMENTS` runs an outlook and prints its time and its peak of memory.
"""

from __future__ import annotations

import json
import os
import resource
import runpy
import subprocess
import sys
import tempfile
import time
from contextlib import redirect_stdout
from importlib import import_module
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import TypedDict, cast

HERE = Path(__file__).resolve().parents[1]
SCENARIO = "controls-back"
FIRST, LAST = "2024-10", "2026-12"


class Timed(TypedDict):
    """What a process took.

    Attributes:
        windows: Processor time of update and solution of each window [s].
        cpu: Processor time of all months, or of the command [s].
        peak_mb: Peak of resident memory [MB].
        shape: Rows and columns of the window.
        source: Folder of the program.
    """

    windows: list[float]
    cpu: float
    peak_mb: float
    shape: list[int]
    source: str


def windows(months: int) -> Timed:
    """Returns the processor time of each window of the packed run."""
    import coercivity
    from coercivity.law.rules.load import load_rulebook
    from coercivity.market.program.build import PlanningWindow
    from coercivity.market.program.update import WindowUpdate
    from coercivity.market.run.runs import runs_of, simulation_of
    from coercivity.market.run.simulate import BEGIN, capacities

    spent: list[float] = []
    moved, solved = WindowUpdate.to, PlanningWindow.solve

    def to(self, *given, **named):  # type: ignore[no-untyped-def]
        begun = time.process_time()
        found = moved(self, *given, **named)
        spent.append(time.process_time() - begun)
        return found

    def solve(self):  # type: ignore[no-untyped-def]
        begun = time.process_time()
        found = solved(self)
        spent[-1] += time.process_time() - begun
        return found

    book, end = load_rulebook(), BEGIN + months - 1
    asked = runs_of(book, _scenarios().read_scenario(SCENARIO, capacities()), end)[0]
    WindowUpdate.to, PlanningWindow.solve = to, solve  # type: ignore[method-assign]
    begun = time.process_time()
    simulation = simulation_of(book, asked, BEGIN, end)
    cpu = time.process_time() - begun
    lp = simulation.update.window.lp
    return {
        "windows": spent[1:],  # the first has no basis
        "cpu": cpu,
        "peak_mb": _peak_mb(),
        "shape": list(lp.shape),
        "source": str(Path(coercivity.__file__).resolve().parent),
    }


def _scenarios() -> ModuleType:
    """Returns the module that reads scenarios; it was in another place before policies were files."""
    try:
        return import_module("coercivity.market.run.scenarios.scenario")
    except ModuleNotFoundError:
        return import_module("coercivity.market.run.scenario")


def outlook() -> Timed:
    """Returns the processor time and the peak of memory of an outlook of one branch."""
    import coercivity

    with tempfile.TemporaryDirectory() as out:
        sys.argv = ["coercivity", "outlook", SCENARIO, "--from", FIRST, "--to", LAST, "--out", out]
        try:
            with redirect_stdout(StringIO()):
                runpy.run_module("coercivity", run_name="__main__")
        except SystemExit as ended:
            if ended.code not in (0, None):
                raise
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "windows": [],
        "cpu": spent[0].ru_utime + spent[1].ru_utime,
        "peak_mb": _peak_mb(),
        "shape": [],
        "source": str(Path(coercivity.__file__).resolve().parent),
    }


def _peak_mb() -> float:
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


def in_checkout(checkout: Path, what: str, months: int = 27) -> Timed:
    """Returns what a process took with the source of a checkout.

    Args:
        checkout: Folder of the checkout.
        what: `window` or `outlook`.
        months: Months of `window`.

    Raises:
        RuntimeError: If the run fails, or was made with another source.
    """
    source = (checkout / "src").resolve()
    env = {**os.environ, "PYTHONPATH": str(source), "COERCIVITY_CACHE": "off"}
    command = [sys.executable, "-m", "benchmarks._breadth_speed", what, str(months)]
    done = subprocess.run(command, cwd=HERE, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    found = cast(Timed, json.loads(done.stdout.splitlines()[-1]))
    if Path(found["source"]) != source / "coercivity":
        raise RuntimeError(f"the run was made with {found['source']}")
    return found


if __name__ == "__main__":
    print(json.dumps(windows(int(sys.argv[2])) if sys.argv[1] == "window" else outlook()))
