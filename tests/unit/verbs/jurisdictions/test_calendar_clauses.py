"""A date that is about some clauses of an instrument names them: the end of one clause is no repeal of the whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coercivity.cli.app import main
from coercivity.verbs.jurisdictions.rules import law_sides, upcoming_in, upcoming_rows, write_calendar_of

ON = "2026-12-20"


def test_the_end_of_a_clause_of_dfars_names_the_clause() -> None:
    (side,) = law_sides("US")
    entries = upcoming_in(side, ON)
    ended = [entry for entry in entries if entry.kind == "repeal"]
    assert [(entry.instrument_id, entry.scope) for entry in ended] == [("us-dfars-252-225-7052", ("d7052-cots-now",))]
    (begins,) = [e for e in entries if e.kind == "starts" and e.instrument_id == "us-dfars-252-225-7052"]
    assert "d7052-ndfeb-2027" in begins.scope
    assert all(
        row["clauses"] == " ".join(entry.scope)
        for row, entry in zip(upcoming_rows(side, entries), entries, strict=True)
    )


def test_a_date_of_a_whole_instrument_names_none() -> None:
    for side in law_sides("CN,US,EU,VN,MY"):
        for entry in upcoming_in(side, "2024-01-01"):
            held = side.law.book().instruments[entry.instrument_id]
            assert len(entry.scope) < len(held.provisions) or not held.provisions


def test_the_command_and_the_calendar_file_name_the_clause(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["rules", "calendar", "--on", ON, "--jurisdiction", "US"]) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if "repealed" in line)
    assert "d7052-cots-now" in line
    assert main(["rules", "calendar", "--on", ON, "--jurisdiction", "US", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert "d7052-cots-now" in [row["clauses"] for row in rows]
    (side,) = law_sides("US")
    write_calendar_of(tmp_path / "days.ics", [(side, upcoming_in(side, ON))])
    assert "d7052-cots-now" in (tmp_path / "days.ics").read_text(encoding="utf-8").replace("\n ", "").replace("\r", "")
