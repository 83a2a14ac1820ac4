"""Owners that the ownership file states are screened after their party."""

from __future__ import annotations

from pathlib import Path

import pytest

from coercivity.cases.arguments import Law
from coercivity.verbs.parties.screen import screen

STAKES = """owner,owned,percent,from,to
Example Holding Ltd,Muster Magnettechnik GmbH,60,,
Lockheed Martin Corporation,Example Holding Ltd,40,2025-01-01,2026-06-01
Muster Magnettechnik GmbH,Example Holding Ltd,1,,
"""


@pytest.fixture
def law(tmp_path: Path) -> Law:
    """A listed company that owns a part of the owner of a supplier, and a loop."""
    path = tmp_path / "owners.csv"
    path.write_text(STAKES, encoding="utf-8")
    return Law(ownership=path)


def test_owners_of_owners_are_screened_in_rows_of_their_own(law: Law) -> None:
    """Once each, also in a loop; other parties have none."""
    report = screen(["MUSTER Magnettechnik GmbH", "Other Motors Ltd"], law=law)
    told = [(row.place, row.id, row.role, row.asked.name, row.verdict) for row in report.rows]
    assert told == [
        ("name 1", "1", "", "MUSTER Magnettechnik GmbH", "none"),
        ("name 1, owner", "1", "owner", "Example Holding Ltd", "none"),
        ("name 1, owner", "1", "owner", "Lockheed Martin Corporation", "match"),
        ("name 2", "2", "", "Other Motors Ltd", "none"),
    ]
    assert "2 owners added" in report.notes


@pytest.mark.parametrize(("on", "count"), [("2024-12-31", 2), ("2025-01-01", 3), ("2026-05-31", 3), ("2026-06-01", 2)])
def test_a_stake_counts_while_it_is_held(law: Law, on: str, count: int) -> None:
    """From its first day to the day before the first day without."""
    assert len(screen("Muster Magnettechnik GmbH", law=law, on=on).rows) == count


def test_without_a_file_there_are_no_owners() -> None:
    """The rows are those of the input."""
    assert len(screen("Muster Magnettechnik GmbH").rows) == 1
