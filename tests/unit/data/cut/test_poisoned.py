"""Absurd figures in every row after a cut change nothing in a run with that cut, byte for byte."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TypedDict

import pytest

from tests.places import ROOT

pytestmark = pytest.mark.long


class Told(TypedDict):
    """What the program prints."""

    cells: int
    hash: str


def told(folder: str, day: str, last: str, *more: str) -> Told:
    command = [sys.executable, "-m", "tests.unit.data.cut.poisoned", folder, day, last, *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    found: Told = json.loads(done.stdout)
    return found


@pytest.mark.sampled(one_in=4)
@pytest.mark.parametrize(
    ("day", "last"),
    [("2025-04-30", "2025-05"), ("2025-06-30", "2025-07"), ("2025-08-31", "2025-09"), ("2025-10-20", "2025-11")],
)
def test_rows_after_a_cut_change_nothing_in_a_run(day: str, last: str, tmp_path: Path) -> None:
    """Prices, trade, economics, practice, events, contracts and funding alike; the last month is after the cut."""
    poisoned = told(str(tmp_path), day, last)
    assert poisoned["cells"] > 500
    assert poisoned["hash"] == told("", day, last)["hash"]


@pytest.mark.whole
def test_rows_after_a_cut_change_nothing_in_a_draw(tmp_path: Path) -> None:
    """Their ranges are not drawn, and the base year of the draw is balanced without them."""
    found = told(str(tmp_path), "2025-04-30", "2024-11", "draw")
    assert found["hash"] == told("", "2025-04-30", "2024-11", "draw")["hash"]


def test_a_run_with_a_later_cut_reads_them(tmp_path: Path) -> None:
    """The same rows change a run that may know them, so that the test above can fail."""
    code = (
        "import sys; from pathlib import Path; from coercivity.base.days import parse_day;"
        "from tests.unit.data.cut import poisoned as p;"
        "p.poison(Path(sys.argv[1]), parse_day('2025-04-30'));"
        "from coercivity.market.run.world import load_world;"
        "print(load_world(known=parse_day('2025-12-01')).figures.value('process_coefficients', 'CO216'))"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert float(done.stdout) == 7 * 3.11 + 7
