"""What a strategy cannot be computed from: every fault with sheet and cell, all at once, and nothing computed."""

from __future__ import annotations

from pathlib import Path

import pytest

import coercivity
from coercivity.base.errors import Fault
from coercivity.ministry.strategy.model import LEVERS
from tests.unit.ministry.strategy.books import EXAMPLE, faults_of, folder, put, tables


def told(faults: list[Fault]) -> list[tuple[str, str]]:
    return [(fault.where, fault.what) for fault in faults]


def test_the_three_faults_of_the_journey_at_once(tmp_path: Path) -> None:
    sheets = tables()
    put(sheets["scenarios"], 1, "yield", "0")
    put(sheets["scenarios"], 4, "probability", "0")
    put(sheets["firms"], 1, "resale_cut", "1.15")
    assert told(faults_of(folder(tmp_path / "bad", sheets))) == [
        ("firms row 2, resale_cut", "resale_cut: 1.15 is above 1; write a share such as 0.25, or 25 %"),
        ("scenarios row 2, yield", "yield must be above 0 and at most 1"),
        ("scenarios, probability", "the chances add up to 0.9, not 1"),
    ]


def test_faults_of_levers_and_of_the_workbook_together(tmp_path: Path) -> None:
    sheets = tables()
    put(sheets["firms"], 2, "need", "0")
    with pytest.raises(coercivity.CoercivityError) as caught:
        coercivity.strategy(folder(tmp_path / "bad", sheets), levers=["ore", "procesing", "Ore"])
    assert [fault.what for fault in caught.value.faults] == [
        "there is no lever 'procesing'; expected ore, processing, recycling, contracts, stock",
        "the lever ore is given twice",
        "the need must be above 0",
    ]
    assert caught.value.faults[0].nearest[0] == "processing"


def test_no_lever_is_nothing_to_compare() -> None:
    with pytest.raises(coercivity.CoercivityError) as caught:
        coercivity.strategy(EXAMPLE, levers=[])
    assert [fault.code for fault in caught.value.faults] == ["STRATEGY-LEVER"]


def test_levers_in_any_spelling_and_order() -> None:
    assert coercivity.strategy(EXAMPLE, levers=["Long contracts", "自有加工", "ore"]).body["levers"] == [
        "ore", "processing", "contracts",
    ]  # fmt: skip


def test_levers_in_one_text_are_parted_by_commas_and_never_read_letter_by_letter() -> None:
    assert coercivity.strategy(EXAMPLE, levers="ore, processing，回收").body["levers"] == [
        "ore",
        "processing",
        "recycling",
    ]
    with pytest.raises(coercivity.CoercivityError) as caught:
        coercivity.strategy(EXAMPLE, levers="oer")
    assert [fault.what for fault in caught.value.faults] == [
        "there is no lever 'oer'; expected ore, processing, recycling, contracts, stock"
    ]


def test_figures_of_a_lever_are_asked_for_only_with_that_lever(tmp_path: Path) -> None:
    sheets = tables()
    put(sheets["firms"], 1, "stock_holding", "")
    place = sheets["firms"][0].index("contract_price")
    sheets["firms"] = [row[:place] + row[place + 1 :] for row in sheets["firms"]]
    path = folder(tmp_path / "some", sheets)
    assert coercivity.strategy(path).body["levers"] == ["ore", "processing", "recycling"]
    assert told(faults_of(path, LEVERS)) == [
        ("firms", "column 'contract_price' is missing, which the lever contracts needs"),
        ("firms row 2, stock_holding", "stock_holding is blank, which the lever stock needs"),
    ]


def test_names_that_results_could_not_tell_apart(tmp_path: Path) -> None:
    sheets = tables()
    put(sheets["scenarios"], 1, "scenario", "Mean")
    put(sheets["firms"], 1, "firm", "magnet|maker")
    put(sheets["firms"], 2, "firm", "magnet|maker")
    assert [fault.code for fault in faults_of(folder(tmp_path / "bad", sheets))] == [
        "TWICE", "STRATEGY-NAME", "STRATEGY-NAME", "STRATEGY-NAME",
    ]  # fmt: skip


def test_draws_of_one_path_must_weigh_alike_and_be_complete(tmp_path: Path) -> None:
    sheets = tables()
    sheets["scenarios"][0] += ["path", "draw"]
    for row, (path, draw) in zip(sheets["scenarios"][1:], (("x", "1"), ("x", "2"), ("y", "1"), ("y", "")), strict=True):
        row += [path, draw]
    assert told(faults_of(folder(tmp_path / "bad", sheets))) == [
        ("scenarios row 3", "draws of one path must weigh alike: draw 1 has a probability of 0.45, draw 2 one of 0.25"),
        ("scenarios row 5, draw", "other rows of this path have a draw, but this one has none"),
    ]


def test_empty_sheets_and_a_year_out_of_range(tmp_path: Path) -> None:
    sheets = tables()
    sheets["firms"] = sheets["firms"][:1]
    put(sheets["settings"], 1, "value", "20270")
    del sheets["scenarios"]
    assert [(fault.code, fault.where) for fault in faults_of(folder(tmp_path / "bad", sheets))] == [
        ("CELL", "settings row 2, value"), ("SHEET", "Scenarios"), ("SHEET", "firms"),
    ]  # fmt: skip


def test_every_message_has_its_chinese(tmp_path: Path) -> None:
    from coercivity.verbs.messages import message

    sheets = tables()
    put(sheets["scenarios"], 1, "yield", "0")
    put(sheets["scenarios"], 2, "scenario", "mean")
    put(sheets["scenarios"], 4, "probability", "0")
    put(sheets["firms"], 1, "firm", "a|b")
    put(sheets["firms"], 2, "need", "0")
    put(sheets["firms"], 2, "stock_t", "")
    for fault in faults_of(folder(tmp_path / "bad", sheets), LEVERS):
        for text in (fault.what, fault.next):
            assert message(text, "zh") != text, text
