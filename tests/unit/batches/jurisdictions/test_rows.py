"""A table under several laws: every row has the results that the same deal has on its own."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import polars as pl
import pytest

import coercivity
from coercivity.base.errors import CoercivityError
from coercivity.verbs.batch import decide_row
from coercivity.verbs.jurisdictions.table import row_in_jurisdictions
from tests.places import ROOT

ORDERS = ROOT / "examples" / "jurisdictions" / "orders.csv"
SETS = {
    "magnet_type", "elements", "mined_in", "refined_in", "separated_in", "melted_in", "produced_in",
    "other_inputs_upstream_in",
}  # fmt: skip
CHOICES = {
    "act": ["goods", "reexport"],
    "form": ["magnet", "oxide", "alloy", "assembly"],
    "magnet_type": ["NdFeB", "SmCo", "ferrite", ""],
    "elements": ["Nd;Pr;Dy", "Sm", "Nd;Pr", ""],
    "from": ["CN", "JP", "MY", "US"],
    "to": ["US", "DE", "JP"],  # a blank place is asked for in a table, and only there
    "us_defence_contract": ["true", "false", ""],
    "us_above_sat": ["true", "false", ""],
    "mined_in": ["CN", "AU", "CN;AU", ""],
    "refined_in": ["CN", "MY", ""],
    "separated_in": ["CN", "MY", ""],
    "melted_in": ["CN", "JP", "KP", "[]", ""],
    "produced_in": ["CN", "JP", ""],
    "other_inputs_upstream_in": ["[]", "CN", ""],
    "end_item_made_in": ["US", "DE", ""],
    "military_user": ["true", "false", ""],
    "bought_thing": ["magnet", "end_item", ""],
    "promise_no_chinese_content": ["true", "false", ""],
    "inquiry_in_china": ["true", "false", ""],
    "deals_cut_for_foreign_rule": ["true", ""],
    "placed_on_eu_market": ["true", "false", ""],
    "on": ["2026-12-20", "2027-01-05", "2025-08-15", ""],
}


def _table(folder: Path, rows: list[dict[str, str]]) -> Path:
    path = folder / "orders.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def _drawn(count: int, seed: int) -> list[dict[str, str]]:
    drawn = random.Random(seed)
    return [{"id": str(n), **{name: drawn.choice(texts) for name, texts in CHOICES.items()}} for n in range(count)]


def _alone(row: dict[str, str], jurisdiction: str, assume: str | None) -> dict[str, str]:
    """The results of the deal of a row, decided on its own."""
    said = {name: text for name, text in row.items() if text and name not in ("id", "on")}
    facts = {name: ([] if text == "[]" else text.split(";")) if name in SETS else text for name, text in said.items()}
    on = row["on"] or None
    one = coercivity.decide_jurisdictions(facts, jurisdiction=jurisdiction, on=on, assume=assume)
    conflicts = [found.text.id + ("" if found.sure else "?") for found in one.conflicts]
    told = {"outcome": one.outcome.value, "conflicts": "; ".join(conflicts)}
    for side in one.sides:
        told[f"outcome_{side.jurisdiction.replace('-', '_')}"] = side.outcome.value
    return told


@pytest.mark.parametrize(
    ("jurisdiction", "assume", "seed"),
    [
        ("CN,US,EU", None, 1),
        ("US,CN", "us_widening_2027=as_written", 2),
        ("CN,US,VN,MY", "62=lapsed,us_widening_2027=repealed", 3),
        ("US,EU", None, 4),
        ("CN,JP,IN", None, 5),
    ],
)
def test_every_row_has_the_results_of_its_deal(
    tmp_path: Path, jurisdiction: str, assume: str | None, seed: int
) -> None:
    rows = _drawn(60, seed)
    table = _table(tmp_path, rows)
    found = coercivity.batch_jurisdictions(
        table, tmp_path / "out", jurisdiction=jurisdiction, assume=assume, workers=1, part_rows=23
    )
    frame = pl.read_parquet(found.files["parquet"]).with_columns(pl.col("conflicts").fill_null(""))
    for row, told in zip(rows, frame.iter_rows(named=True), strict=True):
        if told["input_error"]:
            with pytest.raises(CoercivityError):
                _alone(row, jurisdiction, assume)
            continue
        expected = _alone(row, jurisdiction, assume)
        assert {name: told[name] for name in expected} == expected, row


def test_the_part_of_china_is_that_of_batch(tmp_path: Path) -> None:
    rows = _drawn(40, 6)
    kept = ("id", "act", "form", "elements", "from", "to", "on")
    table = _table(tmp_path, [{name: row[name] for name in kept} for row in rows])
    plain = coercivity.batch(table, out=tmp_path / "plain", formats=("csv",), workers=1)
    several = coercivity.batch_jurisdictions(table, tmp_path / "several", jurisdiction="CN,US", workers=1)
    both = [pl.read_csv(path, infer_schema=False) for path in (plain.files["decisions"], several.files["csv"])]
    for name in ("outcome", "finding", "may_become", "rules", "missing"):
        assert both[0][name].to_list() == both[1][f"{name}_CN"].to_list()


def test_any_number_of_workers_and_parts_writes_the_same(tmp_path: Path) -> None:
    table = _table(tmp_path, _drawn(30, 7))
    runs = [
        coercivity.batch_jurisdictions(table, tmp_path / f"{rows}", jurisdiction="CN,US", workers=1, part_rows=rows)
        for rows in (7, 30)
    ]
    assert len({run.files["csv"].read_bytes() for run in runs}) == 1
    assert runs[0].tally.as_dict() == runs[1].tally.as_dict()


def test_the_counts_are_those_of_the_rows(tmp_path: Path) -> None:
    found = coercivity.batch_jurisdictions(ORDERS, tmp_path, jurisdiction="CN,US", on="2027-01-05", workers=1)
    assert found.tally.rows == sum(found.tally.outcomes.values()) == 5
    assert dict(found.tally.by_law["CN"]) == {"STOP": 1, "UNKNOWN": 3, "LICENCE": 1}
    assert (dict(found.tally.sure), dict(found.tally.perhaps)) == ({"C01": 1}, {})


def test_a_row_that_cannot_be_read_is_kept_with_its_error(tmp_path: Path) -> None:
    rows = [{"id": "a", "form": "magnet", "from": "CN", "to": "US", "us_defence_contract": "perhaps not, maybe"}]
    rows += [{"id": "total", "form": "", "from": "", "to": "", "us_defence_contract": ""}]
    found = coercivity.batch_jurisdictions(
        _table(tmp_path, rows), tmp_path / "out", jurisdiction="CN,US", on="2027-01-05", workers=1
    )
    frame = pl.read_parquet(found.files["parquet"])
    assert frame.height == 2
    assert found.tally.input_errors + found.tally.not_deals >= 1


@pytest.mark.parametrize(
    ("jurisdiction", "assume", "code"),
    [("CN,UK", None, "JURISDICTION"), ("CN,US", "us_widening_2027=", "SCENARIO"), ("", None, "JURISDICTION")],
)
def test_what_is_not_known_is_told_before_a_row_is_read(
    tmp_path: Path, jurisdiction: str, assume: str | None, code: str
) -> None:
    with pytest.raises(CoercivityError) as error:
        coercivity.batch_jurisdictions(ORDERS, tmp_path / "out", jurisdiction=jurisdiction, assume=assume)
    assert [fault.code for fault in error.value.faults] == [code]
    assert not (tmp_path / "out").exists()


def test_errors_of_laws_assumptions_and_dates_are_told_together(tmp_path: Path) -> None:
    with pytest.raises(CoercivityError) as error:
        coercivity.batch_jurisdictions(
            ORDERS, tmp_path / "out", jurisdiction="CN,UK", on="2026-13-01", assume="us_widening_2027="
        )
    assert {fault.code for fault in error.value.faults} == {"JURISDICTION", "SCENARIO", "DATE"}


def test_a_table_that_is_not_there_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(CoercivityError) as error:
        coercivity.batch_jurisdictions(tmp_path / "none.csv", tmp_path / "out", jurisdiction="CN,US")
    assert [fault.code for fault in error.value.faults] == ["TABLE-FILE"]


def test_a_total_has_no_answer(tmp_path: Path) -> None:
    rows = [{"id": "a", "material": "NdFeB magnets", "from": "CN", "to": "US"}]
    rows += [{"id": "Total", "material": "", "from": "", "to": ""}]
    table = coercivity.TableAsked(_table(tmp_path, rows))
    assert row_in_jurisdictions(table, 1, jurisdiction="CN,US", on="2027-01-05")[0] is not None
    for found, said in (
        row_in_jurisdictions(table, 2, jurisdiction="CN,US", on="2027-01-05"),
        decide_row(table, 2, on="2027-01-05"),
    ):
        assert found is None
        assert "total row, not a deal" in said[0]
