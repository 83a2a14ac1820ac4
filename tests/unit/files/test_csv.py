from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coercivity.base.errors import CoercivityError
from coercivity.files.chunk import Chunk
from coercivity.files.table import TableFile, open_table


def table(path: Path, content: str | bytes, **asked: object) -> TableFile:
    path = path / "rows.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_table(path, **asked)  # type: ignore[arg-type]


def only(opened: TableFile, **asked: object) -> Chunk:
    (chunk,) = opened.chunks(1000, **asked)  # type: ignore[arg-type]
    return chunk


def rows(chunk: Chunk) -> list[tuple[str | None, ...]]:
    return chunk.frame.rows()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_are_found(delimiter: str, end: str, tmp_path: Path) -> None:
    lines = [["id", "name", "mass_kg"], ["1", "a magnet", "2.5"], ["2", "b", ""]]
    opened = table(tmp_path, end.join(delimiter.join(line) for line in lines) + end)
    assert opened.columns == ("id", "name", "mass_kg")
    assert rows(only(opened)) == [("1", "a magnet", "2.5"), ("2", "b", None)]


def test_decimal_commas_do_not_pass_for_a_delimiter(tmp_path: Path) -> None:
    opened = table(tmp_path, "id;mass_kg;price\n1;2,5;3,5\n2;2,5;3,5\n")
    assert rows(only(opened))[0] == ("1", "2,5", "3,5")


def test_a_spreadsheet_tells_its_delimiter_in_the_first_line(tmp_path: Path) -> None:
    opened = table(tmp_path, "sep=|\nid|name\n1|a,b,c,d\n")
    assert (opened.columns, rows(only(opened))) == (("id", "name"), [("1", "a,b,c,d")])


def test_quotes_hold_delimiters_quotes_and_line_ends(tmp_path: Path) -> None:
    chunk = only(table(tmp_path, 'id,name\n1,"a, ""b""\r\nc"\n\n2,"5"" pipe"\n3,5" pipe\n'))
    assert rows(chunk) == [("1", 'a, "b"\nc'), ("2", '5" pipe'), ("3", '5" pipe')]
    assert chunk.lines is not None
    assert list(chunk.lines) == [2, 5, 6]
    assert not chunk.broken


def test_a_quote_that_never_closes_costs_one_row(tmp_path: Path) -> None:
    body = [f"{i},name {i},{i}" for i in range(5000)]
    body[100] = '100,"name 100,100'
    chunk = only_of(table(tmp_path, "id,name,n\n" + "\n".join(body)), 10_000)
    assert chunk.frame.height == 5000
    assert list(chunk.broken) == [100]
    assert chunk.broken[100].where.endswith("line 102")
    assert chunk.frame["id"].to_list() == [str(i) for i in range(5000)]


def only_of(opened: TableFile, size: int) -> Chunk:
    (chunk,) = opened.chunks(size)
    return chunk


def test_rows_of_other_width_are_kept(tmp_path: Path) -> None:
    chunk = only(table(tmp_path, "a,b,c,d\n1,2,3,4\n1,2,3,4,5\n1,2,3,4,,\n1,2\n1\n"))
    assert rows(chunk) == [("1", "2", "3", "4")] * 3 + [("1", "2", None, None), ("1", None, None, None)]
    assert {place: fault.what for place, fault in chunk.broken.items()} == {
        1: "the row has 5 cells; the table has 4 columns",
        4: "the row has 1 cell; the table has 4 columns",
    }
    assert chunk.notes == {3: ("fewer cells than columns: the missing cells were treated as blank",)}


@pytest.mark.parametrize(("size", "first"), [(1, 1), (3, 1), (4, 5), (100, 10), (7, 11), (100, 99)])
def test_chunks_begin_where_asked(size: int, first: int, tmp_path: Path) -> None:
    opened = table(tmp_path, "id,n\n" + "".join(f"{i},{i}\n" if i % 4 else f"{i},{i},x\n" for i in range(1, 31)))
    chunks = list(opened.chunks(size, columns=["n"], first=first))
    found = [value for chunk in chunks for value in chunk.frame["n"].to_list()]
    assert found == [str(i) for i in range(first, 31)]
    broken = [chunk.first + place for chunk in chunks for place in chunk.broken]
    assert broken == [i for i in range(first, 31) if i % 4 == 0]
    assert [chunk.first for chunk in chunks] == list(range(first, 31, size))


def test_a_column_that_is_not_there_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(CoercivityError) as caught:
        table(tmp_path, "id,mass_kg\n1,2\n").chunks(5, columns=["mas_kg"])
    assert (caught.value.code, caught.value.faults[0].nearest) == ("TABLE-COLUMN", ("mass_kg",))


@pytest.mark.parametrize(("size", "first"), [(0, 1), (5, 0)])
def test_rows_are_counted_from_one(size: int, first: int, tmp_path: Path) -> None:
    with pytest.raises(CoercivityError, match="must be 1 or more"):
        table(tmp_path, "id,mass_kg\n1,2\n").chunks(size, first=first)


def test_a_bad_byte_far_down_costs_one_row(tmp_path: Path) -> None:
    lines = [f"{i},Müll".encode() for i in range(200_000)]
    lines[150_000] = b"150000,\xff\xfe"
    chunk = only_of(table(tmp_path, b"id,name\n" + b"\n".join(lines)), 300_000)
    assert chunk.frame.height == 200_000
    assert list(chunk.broken) == [150_000]


def test_chinese_first_met_after_the_sample_is_still_read(tmp_path: Path) -> None:
    body = "id,name\n" + "".join(f"{i},magnet\n" for i in range(150_000)) + "x,烧结钕铁硼磁体\n" * 20
    opened = table(tmp_path, body.encode("gb18030"))
    chunk = only_of(opened, 300_000)
    assert "encoding GB18030" in opened.notes
    assert chunk.frame["name"][-1] == "烧结钕铁硼磁体"
    assert not chunk.broken


@given(
    st.lists(
        st.lists(st.text('ab,"é漢 ', max_size=5), min_size=3, max_size=3)
        | st.lists(st.text('ab\n"é漢 ', max_size=5), min_size=3, max_size=3),
        min_size=1,
        max_size=30,
    ),
    st.integers(1, 40),
)
def test_what_is_written_by_the_book_is_read_back(cells: Sequence[Sequence[str]], size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "rows.csv")
        with path.open("w", newline="", encoding="utf-8-sig") as file:
            csv.writer(file).writerows([["id", "name", "use"], *cells])
        chunks = list(open_table(path, delimiter=",", header_rows=1).chunks(size))
    assert [row for chunk in chunks for row in chunk.frame.rows()] == [
        tuple(cell or None for cell in row) for row in cells
    ]
    assert not any(chunk.broken for chunk in chunks)


@pytest.mark.parametrize(
    "swallowing",
    [['1,"b,c,d', 'e,f",g,h'], ['1,"b,c,d', "2,b,c,d", 'e,f",g,h'], ['1,"b', "2,b,c,d", '3",b,c']],
)
def test_a_quote_does_not_swallow_rows_even_where_the_cells_add_up(swallowing: list[str], tmp_path: Path) -> None:
    chunk = only(table(tmp_path, "\n".join(["a,b,c,d", "0,b,c,d", *swallowing, "9,b,c,d"]) + "\n"))
    assert chunk.frame.height == 2 + len(swallowing)
    assert 1 in chunk.broken
    assert {0, chunk.frame.height - 1}.isdisjoint(chunk.broken)
