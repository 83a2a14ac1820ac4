"""Rows that one cell makes undecidable or flagged, each with its message."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from coercivity.verbs.batch import TableAsked, batch

GOOD = {
    "id": "a-1",
    "date": "2026-03-02",
    "known": "",
    "material": "NdFeB magnet",
    "composition": "Dy 1.8 %, Nd+Pr 30 %",
    "quantity": "12",
    "unit": "kg",
    "from": "CN",
    "to": "DE",
}
# What is put into a good row, and how the message begins.
KINDS = [
    ("quantity", "NaN", "CELL-NUMBER: column 'quantity': 'NaN': not a finite number"),
    ("quantity", "-12", "CELL-NUMBER: column 'quantity': '-12': must not be negative"),
    (
        "quantity",
        "99999999999999999999",
        "CELL-NUMBER: column 'quantity': '99999999999999999999': implausibly large",
    ),
    ("quantity", "=1+1", "FORMULA-CELL: column 'quantity': '=1+1' begins with =, like a formula"),
    ("date", "2026-02-30", "DATE: column 'date': "),
    ("date", "03/04/2026", "DATE-AMBIGUOUS: column 'date': "),
    ("date", "02.03.26", "DATE-YEAR: column 'date': "),
    (
        "known",
        "2031-01-01",
        "KNOWN-AHEAD: the information cut-off 2031-01-01 is after the transaction date 2026-03-02 and after the last",
    ),
    ("to", "Atlantis", "COUNTRY: column 'to': "),
    ("composition", "Dy 80 %, Nd 70 %", "COMPOSITION-SUM: column 'composition': "),
    ("composition", "Dy 1.8 %, Dy 2 %", "COMPOSITION-TWICE: column 'composition': "),
    ("material", "x" * 2001, "CELL-LENGTH: column 'material': 2,001 characters; the limit is 2,000"),
    ("id", "x" * 81, "ROW-ID: column 'id': "),
]


def answers(folder: Path, *rows: dict[str, str]) -> list[dict[str, str]]:
    path = folder / "t.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, list(GOOD))
        writer.writeheader()
        writer.writerows(rows)
    batch(TableAsked(path), folder / "out")
    with (folder / "out" / "decisions.csv").open(newline="", encoding="utf-8-sig") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize(("column", "cell", "message"), KINDS, ids=lambda value: str(value)[:24])
def test_a_row_that_one_cell_spoils_is_set_aside_with_its_reason(
    tmp_path: Path, column: str, cell: str, message: str
) -> None:
    spoiled, good = answers(tmp_path, {**GOOD, column: cell}, {**GOOD, "id": "a-2"})
    assert spoiled["input_error"].startswith(message), spoiled["input_error"]
    assert (spoiled["outcome"], good["outcome"], good["input_error"]) == ("", "LICENCE", "")


def test_ids_that_stand_twice_are_decided_and_flagged(tmp_path: Path) -> None:
    found = answers(tmp_path, GOOD, {**GOOD, "id": "a-2"}, GOOD)
    assert [(row["outcome"], row["duplicate_id"]) for row in found] == [
        ("LICENCE", "true"),
        ("LICENCE", "false"),
        ("LICENCE", "true"),
    ]


def test_a_day_of_knowledge_up_to_the_day_of_the_act_is_taken(tmp_path: Path) -> None:
    assert answers(tmp_path, {**GOOD, "date": "2026-11-24", "known": "2026-11-24"})[0]["input_error"] == ""
