"""Processor time of a packed run, in a process of its own with the source of this or of another checkout.

Only what both checkouts have is imported here. `python -m benchmarks._desk_speed 36` prints the seconds of 36 months.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

HERE = Path(__file__).resolve().parents[1]
SCENARIO = "as-known"


def measured(months: int) -> dict[str, object]:
    """Returns the processor time of so many months of the packed run, tables read before [s]."""
    import coercivity
    from coercivity.law.rules.load import load_rulebook
    from coercivity.market.run.runs import runs_of, simulation_of
    from coercivity.market.run.scenarios.scenario import read_scenario
    from coercivity.market.run.simulate import BEGIN, capacities

    book, end = load_rulebook(), BEGIN + months - 1
    asked = runs_of(book, read_scenario(SCENARIO, capacities()), end)[0]
    begun = time.process_time()
    simulation_of(book, asked, BEGIN, end)
    spent = time.process_time() - begun
    return {"seconds": spent, "source": str(Path(coercivity.__file__).resolve().parent)}


def in_checkout(checkout: Path, months: int) -> float:
    """Returns the processor time of so many months of the packed run with the source of a checkout [s].

    Raises:
        RuntimeError: If the run fails, or was made with another source.
    """
    source = (checkout / "src").resolve()
    env = {**os.environ, "PYTHONPATH": str(source), "COERCIVITY_CACHE": "off"}
    command = [sys.executable, "-m", "benchmarks._desk_speed", str(months)]
    done = subprocess.run(command, cwd=HERE, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    found = json.loads(done.stdout)
    if Path(found["source"]) != source / "coercivity":
        raise RuntimeError(f"the run was made with {found['source']}")
    return float(found["seconds"])


def desk_alone(months: int) -> float:
    """Returns the processor time of the desk itself in so many months of the packed run [s]."""
    from coercivity.market.run import rolling
    from coercivity.permission.desk.month import Desk, OpenMonth

    spent = [0.0]

    def timed(made: Callable[..., object]) -> Callable[..., object]:
        def run(*given: object, **named: object) -> object:
            begun = time.process_time()
            try:
                return made(*given, **named)
            finally:
                spent[0] += time.process_time() - begun

        return run

    with ExitStack() as stack:
        for owner, name in ((Desk, "begin"), (rolling, "ahead"), (OpenMonth, "file"), (OpenMonth, "close")):
            stack.enter_context(patch.object(owner, name, timed(getattr(owner, name))))
        measured(months)
    return spent[0]


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]))))
