"""The table of transactions: exact names, all errors at once, no lost rows, limits."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from coercivity.base.days import parse_day
from coercivity.base.errors import CoercivityError, Fault
from coercivity.base.exact import Interval, parse_exact
from coercivity.cases import transactions
from coercivity.cases.gather import Standing
from coercivity.cases.transactions import OWN, Transaction, read_transactions
from coercivity.data.values import SetValue
from coercivity.law.rules.rulebook import Rulebook


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "transactions.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def faults_of(book: Rulebook, path: Path, standing: Standing | None = None) -> tuple[Fault, ...]:
    with pytest.raises(CoercivityError) as caught:
        read_transactions(book, path, standing=standing)
    return caught.value.faults


def rows_of(book: Rulebook, path: Path, standing: Standing | None = None) -> list[Transaction]:
    return read_transactions(book, path, standing=standing)


def test_own_columns_are_no_facts(book: Rulebook) -> None:
    assert not [name for name in OWN if name in book.catalogue]


def test_cells_become_values(book: Rulebook, tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "id,title,on,quantity,act,elements,dy_mass_share,from\r\n"
        'a,"two, with a ""comma""",2026-03-02,1200.5,goods,Nd; Dy,0.001..0.002,CN\r\n'
        "b,,,,,[],,unknown\r\n",
    )
    first, second = rows_of(book, path)
    assert (first.title, first.on, first.about["quantity"]) == (
        'two, with a "comma"',
        parse_day("2026-03-02"),
        "1200.5",
    )
    assert first.deal.facts["elements"] == SetValue(frozenset({"Nd", "Dy"}))
    assert first.deal.facts["dy_mass_share"] == Interval(parse_exact("0.001"), parse_exact("0.002"))
    assert second.deal.facts == {"elements": SetValue(frozenset())}
    assert (second.title, second.line) == ("b", 3)


def test_a_byte_order_mark_changes_nothing(book: Rulebook, tmp_path: Path) -> None:
    text = "id,title,act\na,钕铁硼,goods\n"
    with_mark = rows_of(book, write(tmp_path, b"\xef\xbb\xbf" + text.encode()))
    assert with_mark == rows_of(book, write(tmp_path, text))


def test_a_row_that_leaves_its_cell_blank_is_not_answered_for(book: Rulebook, tmp_path: Path) -> None:
    """In a column of the fact that some row fills, blank is not known, as `unknown` is; in no row's, the block answers."""
    standing = Standing(said_by="officer", facts={"military_use": "false", "notice": "false"})
    table = "id,act,military_use,notice\na,goods,,\nb,goods,unknown,\nc,goods,true,\n"
    blank, opened, stated = rows_of(book, write(tmp_path, table), standing)
    assert "military_use" not in blank.deal.facts
    assert "military_use" not in opened.deal.facts
    assert stated.deal.facts["military_use"] is True
    for row in (blank, opened, stated):
        assert row.deal.facts["notice"] is False
        assert row.deal.said_by["notice"] == "standing: officer"


def test_no_row_is_lost(book: Rulebook, tmp_path: Path) -> None:
    lines = "".join(f"r{n},goods\n\n,\n" for n in range(500))
    rows = rows_of(book, write(tmp_path, "id,act\n" + lines))
    assert [row.id for row in rows] == [f"r{n}" for n in range(500)]


BAD: list[tuple[str, str, str, str, str]] = [
    ("wrong column", "id,acts\na,goods\n", "COLUMN-UNKNOWN", ":1, column 2", "act"),
    ("fact and synonym", "id,to,destination\na,TH,TH\n", "COLUMN-TWICE", ":1, column 3", ""),
    ("value", "id,act\na,good\n", "FACT-VALUE", ":2, a", "goods"),
    ("set value", "id,elements\na,Nd;Dx\n", "FACT-VALUE", ":2, a", "Dy"),
    ("set with a comma", 'id,elements\na,"Nd,Dy"\n', "FACT-VALUE", ":2, a", ""),
    ("country", "id,to\na,Tailand\n", "FACT-VALUE", ":2, a", "TH"),
    ("share in percent", "id,dy_mass_share\na,1.8\n", "FACT-VALUE", ":2, a", ""),
    ("interval turned", "id,particle_size\na,5..3\n", "FACT-VALUE", ":2, a", ""),
    ("no such day", "id,on\na,2026-02-30\n", "DATE", ":2, a, column on", ""),
    ("open day in capitals", "id,on\na,Unknown\n", "DATE", ":2, a, column on", "unknown"),
    ("day of another form", "id,on\na,2.3.2026\n", "DATE", ":2, a, column on", ""),
    ("duplicate id", "id,act\na,goods\na,goods\n", "ROW-ID", ":3, a", ""),
    ("blank id", "id,act\n,goods\n", "ROW-ID", ":2", ""),
    ("id that no cell of deals can name", "id,act\nNone,goods\n", "ROW-ID", ":2, None", ""),
    ("the same in Chinese", "id,act\n无,goods\n", "ROW-ID", ":2, 无", ""),
    ("no id column", "title,act\na,goods\n", "COLUMN-MISSING", ":1", ""),
    ("column twice", "id,act,act\na,goods,goods\n", "COLUMN-TWICE", ":1, column 3", ""),
    ("column without a name", "id,\na,goods\n", "COLUMN-BLANK", ":1, column 2", ""),
    ("too many cells", "id,act\na,goods,more\n", "ROW-CELLS", ":2", ""),
    ("too few cells", "id,act\na\n", "ROW-CELLS", ":2", ""),
    ("open quote", 'id,act\na,"goods\nb,goods\n', "TABLE-FORM", ":2", ""),
    ("bare return", "id,act\na,go\rods\n", "TABLE-FORM", ":2", ""),
    ("only a header", "id,act\n", "TABLE-EMPTY", "transactions.csv", ""),
    ("empty file", "", "FILE-EMPTY", "transactions.csv", ""),
    ("blank lines only", "\n \n,,\n", "FILE-EMPTY", "transactions.csv", ""),
    ("escape sign", "id,title\na,\x1b[31mred\n", "CELL-TEXT", ":2, a, column title", ""),
    ("turned reading", "id,title\na,abc\u202egnp.exe\n", "CELL-TEXT", ":2, a, column title", ""),
    ("no number", 'id,quantity\na,"1,200"\n', "CELL-NUMBER", ":2, a, column quantity", ""),
    ("not finite", "id,turnover_cny\na,nan\n", "CELL-NUMBER", ":2, a, column turnover_cny", ""),
    ("must not be negative", "id,price\na,-5\n", "CELL-NUMBER", ":2, a, column price", ""),
    ("currency", "id,currency\na,usd\n", "CELL-CURRENCY", ":2, a, column currency", ""),
    ("contradiction", "id,elements,dy_mass_share\na,Nd,0.018\n", "FACT-CONFLICT", ":2, a", ""),
]


@pytest.mark.parametrize(("text", "code", "place", "near"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_bad_input(book: Rulebook, tmp_path: Path, text: str, code: str, place: str, near: str) -> None:
    found = [fault for fault in faults_of(book, write(tmp_path, text)) if fault.code == code]
    assert found, code
    assert place in found[0].where
    assert near in found[0].nearest or not near


def test_all_faults_at_once(book: Rulebook, tmp_path: Path) -> None:
    path = write(tmp_path, "id,acts,on\na,goods,2026-13-01\na,goods,today\nb,goods\n")
    codes = [fault.code for fault in faults_of(book, path)]
    assert codes == ["COLUMN-UNKNOWN", "DATE", "ROW-ID", "DATE", "ROW-CELLS"]


def test_a_fault_of_the_standing_block_is_told_once(book: Rulebook, tmp_path: Path) -> None:
    standing = Standing(facts={"military_use": "perhaps"})
    found = faults_of(book, write(tmp_path, "id,act\na,goods\nb,goods\nc,good\n"), standing)
    assert [(fault.code, "standing" in fault.where) for fault in found] == [("FACT-VALUE", True), ("FACT-VALUE", False)]


def test_very_many_faults_are_counted(book: Rulebook, tmp_path: Path) -> None:
    found = faults_of(book, write(tmp_path, "id,act\n" + "".join(f"r{n},x\n" for n in range(5000))))
    assert len(found) == transactions.MOST_FAULTS + 1
    assert found[-1].what.startswith("4,800 more errors")


def test_nul_bytes_and_other_encodings(book: Rulebook, tmp_path: Path) -> None:
    assert faults_of(book, write(tmp_path, b"id,act\na,go\0ods\n"))[0].code == "TABLE-NUL"
    assert faults_of(book, write(tmp_path, "id,act\na,goods\n".encode("utf-16")))[0].code == "FILE-ENCODING"
    assert faults_of(book, write(tmp_path, "id,title\na,钕铁硼\n".encode("gb18030")))[0].code == "FILE-ENCODING"
    assert faults_of(book, tmp_path / "transaction.csv")[0].code == "FILE-MISSING"


def test_bounds(book: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = faults_of(book, write(tmp_path, "id,title\na," + "x" * (transactions.MOST_LINE + 1) + "\n"))
    assert (found[0].code, "transactions.csv:2" in found[0].where) == ("TABLE-LINE", True)
    wide = ",".join(f"c{n}" for n in range(transactions.MOST_COLUMNS + 1))
    assert faults_of(book, write(tmp_path, wide + "\n"))[-1].code == "TABLE-COLUMNS"
    monkeypatch.setattr(transactions, "MOST_ROWS", 3)
    assert (
        faults_of(book, write(tmp_path, "id,act\n" + "".join(f"r{n},goods\n" for n in range(5))))[-1].code
        == "TABLE-ROWS"
    )


def test_a_huge_line_is_refused_unread(book: Rulebook, tmp_path: Path) -> None:
    path = write(tmp_path, "id,title\na,")
    os.truncate(path, 200 * 2**20)
    assert faults_of(book, path)[0].code == "FILE-SIZE"


def test_a_column_may_be_named_by_a_synonym(book: Rulebook, tmp_path: Path) -> None:
    one, other = (
        rows_of(book, write(tmp_path, f"id,{name}\na,{to}\n"))[0] for name, to in (("目的国", "泰国"), ("to", "TH"))
    )
    assert one.facts == other.facts == {"to": "TH"}
    assert one.deal == other.deal


def test_messages_stay_short(book: Rulebook, tmp_path: Path) -> None:
    name, cell = "n" * 100_000, "v" * 1_900
    found = faults_of(book, write(tmp_path, f"id,act,{name}\na,{cell},\n"))
    assert max(len(line) for fault in found for line in fault.lines()) < 400
