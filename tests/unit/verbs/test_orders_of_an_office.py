"""An order table as an office keeps it: no row lost, none wrongly let go, and what is left open says what to enter."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

import fastexcel
import polars as pl
import pytest

from coercivity.verbs.batch import BatchResult, TableAsked, batch
from tests.places import ROOT

FOLDER = ROOT / "examples" / "hamburg"
LEAST_SETTLED = 31  # of 40: decided, or one question left
SETTLED = ("PROCEED", "LICENCE", "STOP")


@lru_cache(maxsize=1)
def expected() -> dict[str, dict[str, str]]:
    with (FOLDER / "expected.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module", params=["orders.csv", "orders.xlsx"])
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[BatchResult, pl.DataFrame]:
    """The table decided, and its rows."""
    out = tmp_path_factory.mktemp("orders") / "out"
    found = batch(TableAsked(FOLDER / request.param), out, formats=["parquet", "xlsx"], workers=1)
    return found, pl.read_parquet(out / "decisions")


def test_every_row_is_accounted_for(run: tuple[BatchResult, pl.DataFrame]) -> None:
    found, rows = run
    assert found.tally.balances()
    assert not found.tally.input_errors
    deals = rows.filter(pl.col("not_a_deal").is_null())
    assert deals["id"].to_list() == list(expected())
    assert found.tally.not_deals["total"] == 1
    assert set(found.about.columns.values()) >= {
        "id",
        "material",
        "from",
        "to",
        "on",
        "consignee",
        "use",
        "composition",
    }
    assert "2 title lines skipped" in found.about.reader_notes
    assert not found.about.unused


def test_no_row_is_let_go_that_must_not_be(run: tuple[BatchResult, pl.DataFrame]) -> None:
    _, rows = run
    for number, outcome in rows.filter(pl.col("not_a_deal").is_null()).select("id", "outcome").iter_rows():
        row = expected()[number]
        assert outcome != "PROCEED" or row["never_let_go"] == "no", number
        assert outcome != "STOP" or "STOP" in (row["outcome"], row["also_right"]), number
        assert row["outcome"] != "STOP" or outcome in ("STOP", "UNKNOWN"), number
        assert outcome != "LICENCE" or row["outcome"] == "LICENCE", number


def test_most_rows_are_decided_or_have_one_open_question(run: tuple[BatchResult, pl.DataFrame]) -> None:
    _, rows = run
    deals = rows.filter(pl.col("not_a_deal").is_null()).select("outcome", "missing")
    settled = [outcome in SETTLED or ";" not in (missing or "") for outcome, missing in deals.iter_rows()]
    assert settled.count(True) >= LEAST_SETTLED


def test_a_row_without_a_day_waits_for_its_date(run: tuple[BatchResult, pl.DataFrame]) -> None:
    _, rows = run
    held = rows.filter(pl.col("on").is_null() & pl.col("not_a_deal").is_null())
    assert held["id"].to_list() == ["4", "24", "28", "34", "38", "39"]
    assert set(held["outcome"]) == {"UNKNOWN"}
    assert set(held["missing"]) == {"on"}
    assert held["decision_hash"].null_count() == held.height
    assert all("enter the day of the transaction as YYYY-MM-DD" in note for note in held["notes"])


def test_the_workbook_brings_the_orders_back(run: tuple[BatchResult, pl.DataFrame]) -> None:
    found, rows = run
    book = fastexcel.read_excel(found.files["workbook"])
    assert book.sheet_names == ["Summary", "Actions", "Rows", "Sources"]
    sheet = book.load_sheet("Rows", header_row=None, dtypes="string", skip_whitespace_tail_rows=True).to_polars()
    head, *lines = sheet.rows()
    assert head[2:6] == ("Pos.", "品名 Article", "Von 起运国", "Nach 目的国")
    assert len(lines) == rows.height
    steps = {line[head.index("Next step")] for line in lines}
    assert "Enter the transaction date, then run again." in steps
    assert "Do not ship and hand nothing over. Ask counsel before any further step." in steps
    filed = [line[head.index("File by")] for line in lines if line[head.index("Answer")] == "Needs a licence"]
    assert all(filed)


def test_both_files_give_the_same_answers(tmp_path: Path) -> None:
    found = []
    for name in ("orders.csv", "orders.xlsx"):
        batch(TableAsked(FOLDER / name), tmp_path / name, formats=["parquet"], workers=1)
        rows = pl.read_parquet(tmp_path / name / "decisions").filter(pl.col("not_a_deal").is_null())
        found.append(rows.select("id", "outcome", "rules", "missing", "decision_hash").rows())
    assert found[0] == found[1]
