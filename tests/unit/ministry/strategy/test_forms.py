"""The workbook in its three forms, and the template: the same numbers, the same hash."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped] # it comes without types
import yaml

import coercivity
from coercivity.data.input import Content, Input
from coercivity.verbs.strategy import strategy_template
from tests.unit.ministry.strategy.books import EXAMPLE, folder, tables


def as_yaml(path: Path) -> Input:
    sheets = tables()
    named = {
        key: [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
        for key, rows in sheets.items()
        if key != "settings"
    }
    path.write_text(yaml.safe_dump({**named, "settings": {row[0]: row[1] for row in sheets["settings"][1:]}}))
    return path


def as_xlsx(path: Path) -> Input:
    """A sheet of percentages, a title above a table, Chinese names of sheets and columns, columns in another order."""
    sheets = tables()
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": True})
    percent = book.add_format({"num_format": "0 %"})
    for key, name in (("firms", "企业"), ("scenarios", "情景"), ("settings", "设置")):
        sheet = book.add_worksheet(name)
        rows = [row[::-1] for row in sheets[key]]
        rows[0] = ["概率" if cell == "probability" else cell for cell in rows[0]]
        above = 2 if key == "firms" else 0
        if above:
            sheet.write(0, 0, "Two invented firms")
        for number, row in enumerate(rows, above):
            for at, cell in enumerate(row):
                share = number > above and rows[0][at] in ("cn_share", "resale_cut")
                sheet.write(number, at, cell, percent if share else None)
    book.close()
    return path


def test_xlsx_yaml_and_csv_give_the_same_answer_and_hash(tmp_path: Path) -> None:
    folder_answer = coercivity.strategy(EXAMPLE)
    for source in (as_yaml(tmp_path / "a.yaml"), as_xlsx(tmp_path / "b.xlsx"), folder(tmp_path / "c", tables())):
        assert coercivity.strategy(source).body == folder_answer.body


def test_order_of_rows_does_not_change_the_hash_of_the_workbook(tmp_path: Path) -> None:
    from coercivity.ministry.strategy.model import CLAIM
    from coercivity.ministry.strategy.read import strategy_book
    from coercivity.ministry.strategy.rows import strategy_hash

    sheets = tables()
    sheets["scenarios"][1:] = sheets["scenarios"][:0:-1]
    turned = strategy_book(folder(tmp_path / "turned", sheets), CLAIM)
    assert strategy_hash(turned) == strategy_hash(strategy_book(EXAMPLE, CLAIM))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_filled_template_loads_again_and_the_empty_one_asks_for_rows(lang: str) -> None:
    language = "zh" if lang == "zh" else "en"
    filled = Content("strategy.xlsx", strategy_template(language, example=True))  # type: ignore[arg-type] # en or zh
    assert coercivity.strategy(filled).body["hash"] == coercivity.strategy(EXAMPLE).body["hash"]
    with pytest.raises(coercivity.CoercivityError) as caught:
        coercivity.strategy(Content("strategy.xlsx", strategy_template(language)))  # type: ignore[arg-type] # en or zh
    assert {fault.code for fault in caught.value.faults} == {"SHEET"}


def test_a_workbook_of_something_else_says_where_to_start(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "other.xlsx"))
    book.add_worksheet("Orders").write(0, 0, "order")
    book.close()
    with pytest.raises(coercivity.CoercivityError) as caught:
        coercivity.strategy(tmp_path / "other.xlsx")
    assert caught.value.faults[0].next == "start from `coercivity strategy template --out strategy.xlsx`"


def test_sheets_and_settings_for_public_money_are_left_alone(tmp_path: Path) -> None:
    sheets = tables()
    sheets["projects"] = [["project", "stage"], ["F1", "separation"]]
    sheets["settings"].append(["budget_musd", "150"])
    assert coercivity.strategy(folder(tmp_path / "both", sheets)).body == coercivity.strategy(EXAMPLE).body
