"""The solver in a process where other code has solved with threads before."""

from __future__ import annotations

import subprocess
import sys

import pytest

SOLVE_AFTER_OTHERS = """
import highspy
other = highspy.Highs()
other.setOptionValue("output_flag", False)
other.setOptionValue("threads", THREADS)
other.addVar(1.0, 2.0)
other.run()
from coercivity.market.program.lp import Lp
lp = Lp()
lp.entry(lp.row(("least",), low=2.0, high=9.0), lp.col(("a",), cost=1.5), 1.0)
lp.ready()
print(lp.solve().objective)
"""


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_a_window_is_solved_whatever_threads_others_took_before(threads: int) -> None:
    code = SOLVE_AFTER_OTHERS.replace("THREADS", str(threads))
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.stdout.split()[-1:] == ["3.0"], ran.stderr
