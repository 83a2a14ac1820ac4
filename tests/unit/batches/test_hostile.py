"""Rows and runs that try to obtain a PROCEED, or the result of another row, from `batch`.

What is marked as an expected failure is a fault that was found and not yet mended.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError, Faults
from coercivity.cases.files import packed_standing
from coercivity.cases.gather import Standing, gather
from coercivity.law.engine.decide import decide
from coercivity.law.explain.proof import decision_hash
from coercivity.law.rules.load import load_rulebook
from coercivity.verbs.batch import TableAsked, batch, batch_frame

FREE = {
    "date": "2026-03-02",
    "material": "Sintered NdFeB magnet",
    "composition": "Nd 23 %, Pr 7 %, Dy 0 %, Tb 0 %",
    "from": "CN",
    "to": "DE",
}
LISTED = {**FREE, "composition": "Dy 1.8 %, Nd 28 %"}
PACKED = packed_standing()


def answers(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    names = list(dict.fromkeys(name for row in rows for name in row))
    frame = pl.DataFrame([[row.get(name) for name in names] for row in rows], names, orient="row")
    return batch_frame(frame, standing=dict(PACKED.facts), said_by="desk", said_on="transaction date").to_dicts()


def outcome(**cells: Any) -> str | None:
    found: str | None = answers({**FREE, **cells})[0]["outcome"]
    return found


def test_the_row_all_others_are_made_from_may_go() -> None:
    assert outcome() == "PROCEED"


@pytest.mark.parametrize(
    "composition",
    [
        "", "-", "n/a", "unknown", "see datasheet", "N42SH", "Dy-free", "Nd 30 %, Dy <0.1 %", "Nd 30 %, Dy ?",
        "Nd 30 %, Dy 1e-400 %", "Nd 30 %, Dy -0 %", "Nd 30 %, HRE", "Nd 30 %, Nd 20 %", "Dy 0 %, Dy 1.8 %",
        "Nd 30 %, traces of Dy", "Nd 30 %, D\u200by 1.2 %", "Nd 30 %, Ｄｙ１．２％", "Nd 30 %,\nDy 1.8 %",
        "Nd 30 %\x00Dy 1.8 %", "Nd 30 %, D\u0443 1.2 %", "Dy 1.8 %, La bal.", "(Nd,Dy)2Fe14B",
    ],
)  # fmt: skip
def test_a_composition_that_leaves_something_open_never_goes(composition: str) -> None:
    assert outcome(composition=composition) != "PROCEED"


@pytest.mark.parametrize(
    "cells",
    [
        {"form": "oxide"}, {"form": "unknown"}, {"elements": "Nd; Dy"}, {"magnet_type": "SmCo"},
        {"dy_mass_share": "0.01"}, {"dy_mass_share": "~0"}, {"dy_mass_share": "1e400"}, {"wmd_use": "unknown"},
        {"wmd_use": "true"}, {"party_sets": "unknown"}, {"end_user": "unknown"}, {"unit": "bushel", "quantity": "1"},
        {"unit": "kg", "quantity": "1 g"}, {"from": ""}, {"from": "CN/DE"}, {"act": "unknown"}, {"act": "service"},
        {"date": "unknown"}, {"date": "03/04/2026"}, {"date": "2026-11-12"}, {"known": "2025-01-01"},
        {"end_use": "ballistic missile"}, {"end_user": "Lock\u200bheed Martin"}, {"end_user": "M GmbH (Lockheed Martin)"},
        {"material": "NdFeB magnet (with Dy)"}, {"material": "NdFeB magnet or SmCo magnet"}, {"material": "widget"},
        {"id": "=1+1"}, {"id": "x" * 81},
    ],
    ids=str,
)  # fmt: skip
def test_a_cell_that_contradicts_or_is_unread_never_goes(cells: dict[str, str]) -> None:
    assert outcome(**cells) != "PROCEED"


@pytest.mark.parametrize("material", ["Ferrite magnet", "AlNiCo magnet"])
@pytest.mark.parametrize("composition", ["Dy 1.8 %, Nd 28 %", "Sm 25 %, Co 50 %"])
def test_a_ferrite_magnet_made_of_rare_earths_never_goes(material: str, composition: str) -> None:
    assert outcome(material=material, composition=composition) != "PROCEED"


@pytest.mark.parametrize(
    "material",
    ["NdFeB magnet + strip caster", "strip caster, Dy metal", "NdFeB magnet and hydrogen decrepitation furnace"],
)
def test_a_machine_does_not_hide_the_material_beside_it(material: str) -> None:
    assert answers({**LISTED, "material": material})[0]["outcome"] != "PROCEED"


def test_a_stated_control_code_is_not_passed_over() -> None:
    assert outcome(listed_elsewhere_code="1C111") != "PROCEED"


def test_lists_stated_in_some_rows_only_do_not_move_a_hash() -> None:
    book = load_rulebook()
    facts = {"act": "goods", "form": "magnet", "magnet_type": "NdFeB", "elements": "Nd; Pr", "from": "CN", "to": "DE"}
    rows: list[dict[str, Any]] = [{**facts, "listed_on": "[]"}, {**facts, "listed_on": None}]
    found = answers(*({"date": "2026-03-02", **row} for row in rows))
    for row, told in zip(rows, found, strict=True):
        raw: dict[str, Any] = {n: v for n, v in row.items() if v is not None}
        raw |= {"magnet_type": ["NdFeB"], "elements": ["Nd", "Pr"]} | ({"listed_on": []} if row["listed_on"] else {})
        faults = Faults()
        deal = gather(
            book, raw, standing=Standing("desk", PACKED.facts, said_on="transaction date"), where="row", faults=faults
        )
        faults.raise_if_any()
        assert told["decision_hash"] == decision_hash(book, decide(book, deal, Day(2026, 3, 2)))


def test_lists_stated_as_unknown_take_back_the_declared_screening() -> None:
    """As in a single deal: who does not know which lists name a party has not screened it."""
    facts = {"act": "goods", "form": "magnet", "magnet_type": "NdFeB", "elements": "Nd; Pr", "from": "CN", "to": "DE"}
    open_, stated = answers(*({"date": "2026-03-02", **facts, "listed_on": text} for text in ("unknown", "[]")))
    assert (open_["outcome"], stated["outcome"]) == ("UNKNOWN", "PROCEED")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "rows.csv"
    pl.DataFrame([{**FREE, "id": str(number)} for number in range(50)]).write_csv(path)
    return path


@pytest.mark.parametrize("name", ["orders [2026]", "all*", "what?"])
def test_a_folder_may_have_the_signs_of_a_pattern(table: Path, tmp_path: Path, name: str) -> None:
    """The files in it are read as named, and no other ones."""
    batch(TableAsked(table), tmp_path / name, formats=["csv", "parquet"], part_rows=10)
    assert pl.read_csv(tmp_path / name / "decisions.csv", glob=False).height == 50


def test_files_of_the_user_stay(table: Path, tmp_path: Path) -> None:
    mine = tmp_path / "out" / "decisions" / "mine.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    batch(TableAsked(table), tmp_path / "out", formats=["parquet"])
    assert mine.read_text() == "mine"


def test_parts_of_an_earlier_run_do_not_stay_among_the_new_ones(table: Path, tmp_path: Path) -> None:
    for part_rows in (10, 100):
        batch(TableAsked(table), tmp_path / "out", formats=["parquet"], part_rows=part_rows)
    assert pl.read_parquet(tmp_path / "out" / "decisions" / "*.parquet").height == 50


def test_the_input_is_never_written_over(table: Path, tmp_path: Path) -> None:
    same = table.rename(tmp_path / "decisions.csv")
    before = same.read_bytes()
    with suppress(CoercivityError):
        batch(TableAsked(same), tmp_path)
    assert same.read_bytes() == before


def test_a_table_that_is_changed_while_it_runs_is_no_result(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    frame = pl.DataFrame([LISTED] * 100)
    frame.write_parquet(path)

    def change(label: str, done: int, total: int) -> None:
        if label == "parts decided" and done == 1:
            frame.with_columns(composition=pl.lit(FREE["composition"])).write_parquet(path)

    try:
        found = batch(TableAsked(path), tmp_path / "out", part_rows=10, progress=change)
    except CoercivityError:
        return
    assert len(found.tally.outcomes) == 1


@pytest.mark.parametrize("made", ["file", "below a file"])
def test_out_that_cannot_be_a_folder_is_a_fault(table: Path, tmp_path: Path, made: str) -> None:
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(CoercivityError):
        batch(TableAsked(table), tmp_path / "taken" / ("sub" if made == "below a file" else "."))


def test_a_frame_without_rows_has_no_answers() -> None:
    assert batch_frame(pl.DataFrame([FREE]).clear()).height == 0


def test_a_column_of_lists_in_a_frame_is_a_fault() -> None:
    with pytest.raises(CoercivityError):
        batch_frame(pl.DataFrame([FREE]).with_columns(pl.Series("elements", [["Nd"]])))
