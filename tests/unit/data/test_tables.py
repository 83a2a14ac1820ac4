"""Tables are read strictly: every fault at once, each with file, line and column."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError, Fault
from coercivity.data.columns import ColumnSpec, Schema
from coercivity.data.tables import MOST_CELL, MOST_FAULTS, MOST_LINE, Table, read_table

SCHEMA = Schema(
    "ores",
    (
        ColumnSpec("id", "id", key=True, required=True),
        ColumnSpec("kind", "choice", allowed=("clay", "hard rock")),
        ColumnSpec("mass_t", "number", unit="t", least=0, most=1000),
        ColumnSpec("unit", "unit"),
        ColumnSpec("note"),
    ),
)
HEADER = "id,kind,mass_t,unit,note\n"


def read(tmp_path: Path, text: str | bytes, schema: Schema = SCHEMA) -> Table:
    file = tmp_path / "ores.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_table(file, schema, where="world/ores.csv", units={"t", "kg"})


def faults(tmp_path: Path, text: str | bytes) -> tuple[Fault, ...]:
    with pytest.raises(CoercivityError) as caught:
        read(tmp_path, text)
    return caught.value.faults


def test_blank_is_absent_and_na_is_text(tmp_path: Path) -> None:
    table = read(tmp_path, HEADER + "a,clay,12.5,t,NA\nb,,,,\n")
    assert table.rows[0] == {"id": "a", "kind": "clay", "mass_t": 12.5, "unit": "t", "note": "NA"}
    assert table.rows[1] == {"id": "b", "kind": None, "mass_t": None, "unit": None, "note": None}
    assert table.text("note") == ("NA", "")
    assert table.place(1, "mass_t") == "world/ores.csv:3:3"


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    table = read(tmp_path, b"\xef\xbb\xbf" + HEADER.replace("\n", "\r\n").encode() + b'a,clay,1,t,"x, ""y"""\r\n')
    assert table.rows[0]["note"] == 'x, "y"'


def test_all_faults_of_a_table_are_told_at_once(tmp_path: Path) -> None:
    found = faults(tmp_path, HEADER + "a,cley,nan,tt,\n,clay,2000,t, x\na,clay,1,t,\n")
    told = {(fault.code, fault.where) for fault in found}
    assert told == {
        ("TABLE-VALUE", "world/ores.csv:2:2"),
        ("TABLE-CELL", "world/ores.csv:2:3"),
        ("TABLE-UNIT", "world/ores.csv:2:4"),
        ("TABLE-BLANK", "world/ores.csv:3:1"),
        ("TABLE-RANGE", "world/ores.csv:3:3"),
        ("TABLE-CELL", "world/ores.csv:3:5"),
        ("TABLE-KEY", "world/ores.csv:4:1"),
    }
    assert next(fault for fault in found if fault.code == "TABLE-VALUE").nearest == ("clay",)
    assert next(fault for fault in found if fault.code == "TABLE-UNIT").nearest == ("t",)


def test_an_unknown_and_a_missing_column_name_each_other(tmp_path: Path) -> None:
    found = faults(tmp_path, "id,kind,mass_tt,unit,note\n")
    assert [(fault.code, fault.nearest) for fault in found] == [
        ("TABLE-COLUMN", ("mass_t",)),
        ("TABLE-COLUMN", ("mass_tt",)),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("id,id,kind,mass_t,unit,note\n", "TABLE-COLUMN"),
        ("kind,id,mass_t,unit,note\n", "TABLE-COLUMN"),
        (HEADER + ",".join("x" * 10_000) + "\n", "TABLE-ROW"),
        (",".join(f"c{n}" for n in range(10_000)) + "\n", "TABLE-SIZE"),
        (HEADER + "a,clay,1\n", "TABLE-ROW"),
        (HEADER + "\n", "TABLE-ROW"),
        (HEADER + 'a,clay,1,t,"open\n', "TABLE-ROW"),
        (HEADER + "a,clay,1,t,x\x00y\n", "TABLE-CELL"),
        (HEADER + "a,clay,1,t,x\ty\n", "TABLE-CELL"),
        (HEADER + "a,clay,1,t," + "x" * (MOST_CELL + 1) + "\n", "TABLE-SIZE"),
        (HEADER + "a,clay,1,t," + "x" * (MOST_LINE + 1) + "\n", "TABLE-SIZE"),
        (b"id,kind\xff\n", "FILE-ENCODING"),
        ("", "FILE-EMPTY"),
    ],
)
def test_odd_shapes_are_refused_with_a_code(tmp_path: Path, text: str | bytes, code: str) -> None:
    found = faults(tmp_path, text)
    assert code in {fault.code for fault in found}
    assert len(str(CoercivityError(found))) < 5000, "a fault never floods the screen"


def test_a_row_of_ten_thousand_cells_says_how_many(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, HEADER + "," * 9_999 + "\n")
    assert fault.what == "10,000 cells; expected 5"


def test_a_file_larger_than_the_limit_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "ores.csv"
    file.write_text(HEADER + "a,clay,1,t,\n" * 5)
    with pytest.raises(CoercivityError) as caught:
        read_table(file, SCHEMA, most_bytes=10)
    assert caught.value.code == "TABLE-SIZE"


def test_the_list_of_faults_is_bounded(tmp_path: Path) -> None:
    found = faults(tmp_path, HEADER + "".join(f"r{n},x,y,z,\n" for n in range(1000)))
    assert len(found) <= MOST_FAULTS + 5
    assert found[-1].code == "TABLE-FAULTS"


def test_without_a_unit_table_a_unit_must_be_allowed_by_its_column(tmp_path: Path) -> None:
    file = tmp_path / "ores.csv"
    file.write_text("unit\nt\n")
    with pytest.raises(CoercivityError) as caught:
        read_table(file, Schema("ores", (ColumnSpec("unit", "unit"),)))
    assert caught.value.code == "TABLE-UNIT"
    assert len(read_table(file, Schema("ores", (ColumnSpec("unit", "unit", allowed=("t",)),)))) == 1


def test_a_wrong_column_name_gives_the_nearest(tmp_path: Path) -> None:
    table = read(tmp_path, HEADER + "a,clay,1,t,\n")
    with pytest.raises(CoercivityError) as caught:
        table.text("mass")
    assert caught.value.faults[0].nearest == ("mass_t",)


def test_a_table_becomes_a_frame_with_nulls_for_blanks(tmp_path: Path) -> None:
    frame = read(tmp_path, HEADER + "a,clay,1.5,t,NA\nb,,,,\n").frame()
    assert frame["mass_t"].to_list() == [1.5, None]
    assert frame["note"].to_list() == ["NA", None]


def test_reading_tables_does_not_import_polars() -> None:
    code = "import sys, coercivity.data.check, coercivity.verbs.data; print('polars' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
