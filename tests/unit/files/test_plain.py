"""Blocks that are read at once give the rows that the careful reader gives."""

from __future__ import annotations

import tempfile
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coercivity.files import delimited, lines
from coercivity.files.encodings import Encoding
from coercivity.files.lines import Block
from coercivity.files.plain import plain_rows
from coercivity.files.table import open_table

UTF8, NAMES = Encoding("utf-8", 0, ""), ("id", "name", "use")


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        (b"1,a,\n, b ,c", [("1", "a", None), (None, " b ", "c")]),
        (b"1,a,#\r\n#,NA,null\r\n", [("1", "a", "#"), ("#", "NA", "null")]),
        ("1,漢,é\n".encode(), [("1", "漢", "é")]),
    ],
)
def test_lines_of_the_width_of_the_table_are_rows(data: bytes, rows: list[tuple[str | None, ...]]) -> None:
    found = plain_rows([Block(data)], UTF8, ",", NAMES)
    assert found is not None
    assert found.rows() == rows


@pytest.mark.parametrize(
    "data",
    [
        b'1,"a",b\n', b"1,a,b\n\n2,c,d\n", b"1,a,b,c\n2,d\n", b"2,d\n1,a,b,c\n", b"1,a\rb,c\n", b"1,a\0,b\n",
        b"\xef\xbb\xbf1,a,b\n", b"1,\xff,b\n", b"1,%b,b\n" % (b"x" * 140_000), b"",
    ],
)  # fmt: skip
def test_anything_else_is_left_to_the_careful_reader(data: bytes) -> None:
    assert plain_rows([Block(data)], UTF8, ",", NAMES) is None


def test_bytes_of_another_encoding_are_not_taken_for_utf8() -> None:
    data = "1,漢,b\n".encode()
    assert plain_rows([Block(data)], Encoding("gb18030", 0, ""), ",", NAMES) is None
    assert plain_rows([Block(b"1,a,b\n")], Encoding("gb18030", 0, ""), ",", NAMES) is not None


@given(st.text('ab1,,,;\n\n\r"é漢 \ufeff\0#', max_size=300), st.integers(8, 60), st.integers(1, 9))
@example("a,b,c\n1,2,3\n" * 20 + '"4,\n5",6,7\n' + "a,b,c\n" * 9, 24, 4)
def test_the_rows_are_those_of_the_careful_reader(text: str, block: int, size: int) -> None:
    with tempfile.TemporaryDirectory() as folder, patch.object(lines, "_BLOCK", block):
        path = Path(folder, "rows.csv")
        path.write_bytes(b"id,name,use\n0,x,y\n" + text.encode())
        opened = open_table(path, delimiter=",", header_rows=1, encoding="utf-8")
        with patch.object(delimited, "plain_rows", return_value=None):
            careful = list(opened.chunks(size))
        found = list(opened.chunks(size))
    assert len(found) == len(careful)
    for one, other in zip(found, careful, strict=True):
        assert one.frame.equals(other.frame)
        assert (one.first, list(one.lines or ()), one.broken, one.notes) == (
            other.first,
            list(other.lines or ()),
            other.broken,
            other.notes,
        )
