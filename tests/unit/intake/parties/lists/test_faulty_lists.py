"""Bad lists: every fault at once, with the rows; never a trace, never a list that lost a row."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.base.errors import Faults
from coercivity.data.input import Content
from coercivity.intake.parties.lists import content as content_module
from coercivity.intake.parties.lists.faulty_rows import spans
from coercivity.intake.parties.lists.forms import delimited
from coercivity.intake.parties.lists.read import MOST_LISTS, read_lists
from tests.unit.intake.parties.lists.reading import USCC, as_content, entries_of, faults_of

DEEP = "[" * 100_000 + "]" * 100_000


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (b"", "FILE-EMPTY", "empty"),
        (b"\xef\xbb\xbf \r\n", "FILE-EMPTY", "empty"),
        ("name,country\n", "FILE-EMPTY", "no entries"),
        ("# version: 1\n", "FILE-EMPTY", "comments only"),
        (b"name\nE\x00xample\n", "LIST-FILE", "control character"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "LIST-FILE", "control character"),
        ("name\nMüller GmbH\nBäcker AG\nKöhler KG\n".encode("cp1252"), "FILE-ENCODING", "Windows-1252"),
        ("name\n示例公司\n".encode() + b"\xff\xfe\xfa", "FILE-ENCODING", "not valid UTF-8"),
        ("first,thing\na,b\n", "LIST-COLUMN", "no column holds names"),
        ('name,x\n"A,b\nC,d\n', "LIST-ROW", "not closed"),
        ('name,x\n"A" b,c\n', "LIST-ROW", "neither doubled"),
        ("name,x\nA,b,c\n", "LIST-ROW", "3 cells, but 2 columns"),
        ("{broken", "LIST-JSON", "line 1"),
        ('{"a": 1}', "LIST-FILE", "keys a"),
        (DEEP, "LIST-JSON", "nested"),
        ("[" * 60 + "]" * 60, "LIST-JSON", "nested"),
        ("[1]", "LIST-JSON", "not an entity"),
        ('{"results": []}', "FILE-EMPTY", "no entries"),
        ('[{"n": ' + "9" * 5000 + "}]", "LIST-JSON", "digits"),
        (b"PK\x03\x04 not a workbook", "TABLE-DAMAGED", ""),
    ],
)
def test_a_file_that_is_no_list(content: str | bytes, code: str, says: str) -> None:
    """Is refused with what is wrong and what to do."""
    found = faults_of(content)
    assert [fault.code for fault in found] == [code]
    assert says in found[0].what
    assert "parties.csv" in found[0].where
    assert found[0].next


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    """Both are told; the third file, which is good, is still checked."""
    good = tmp_path / "good.csv"
    good.write_text("name\nExample\n", encoding="utf-8")
    faults = Faults()
    assert [one.list_id for one in read_lists([tmp_path / "none.csv", tmp_path, good], faults)] == ["good"]
    assert [fault.code for fault in faults.items] == ["FILE-MISSING", "FILE-MISSING"]


@pytest.mark.parametrize(
    "cell", ["," * 500_000 + ")", "(" * 500_000 + ")", "f.k.a. " * 100_000 + ")", "&#" * 300_000 + ";"]
)
def test_a_long_cell_takes_no_long_time(cell: str) -> None:
    """No expression looks at it again and again."""
    begun = time.process_time()
    faults_of(f'name,identifiers\n"{cell}","USCC {cell}"\n')
    assert time.process_time() - begun < 5


def test_nearest_header_words() -> None:
    """A column that is nearly one of names is pointed out."""
    (fault,) = faults_of("nmae,contry\nExample,DE\n")
    assert "name" in fault.nearest


def test_every_fault_at_once() -> None:
    """Of every row, by its line in the file, also below a cell of several lines."""
    text = (
        "id,name,listed on,delisted on,uscc\n"
        '1,"Example\nSample",2025-01-02,,\n'  # two lines
        "2,,2025-01-02,,\n"
        "3,-,,,\n"
        "4,Example,2025-02-30,,\n"
        "5,Example,1/2/2025,,\n"
        f"6,Example,,,{USCC[:-1]}4\n"
        "7,Example,2025-01-02,2024-01-02,\n"
        "8,Example One,,,\n"
        "8,Example Two,,,\n"
        f"9,{'x' * 10_000},,,\n"
        f"10,{';'.join(f'name {n}' for n in range(10_000))},,,\n"
        f"{'1' * 1_000},Example,,,\n"
        "11,Good,,,\n"
        "11,Good,,,\n"
    )
    found = faults_of(text)
    assert {(fault.code, int(fault.where.split("row ")[1].split(",")[0])) for fault in found} == {
        ("LIST-NAME", 4),
        ("LIST-NAME", 5),
        ("LIST-DATE", 6),
        ("LIST-DATE", 7),
        ("LIST-NUMBER", 8),
        ("LIST-DATE", 9),
        ("LIST-TWICE", 11),
        ("LIST-NAME", 12),
        ("LIST-NAME", 13),
        ("LIST-ID", 14),
    }
    assert all(fault.next for fault in found)
    assert max(len(fault.what) for fault in found) < 300
    twice = next(fault for fault in found if fault.code == "LIST-TWICE")
    assert "row 10" in twice.what


def test_the_same_row_twice_is_one_entry() -> None:
    """Two equal rows of one id are no fault."""
    assert len(entries_of("id,name\n1,Example\n1,Example\n2,Example\n")) == 2


def test_a_thousand_faults_are_few_messages_that_name_every_row() -> None:
    """Consecutive rows as a span."""
    found = faults_of("id,name\n" + "".join(f"{n},\n" for n in range(1_000)))
    assert len(found) == 11
    assert "990 more rows: 12-1001" in found[-1].what


def test_spans_of_numbers() -> None:
    """Sorted, each once, and bounded."""
    assert spans([5, 3, 4, 9, 9]) == "3-5, 9"
    assert spans(range(0, 200, 2), most=2) == "0, 2, ... 198 (100 spans)"


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """In bytes, rows or number of lists."""
    faults = Faults()
    assert read_lists([as_content(f"name\nExample {n}\n") for n in range(MOST_LISTS + 1)], faults) == ()
    assert [fault.code for fault in faults.items] == ["FILE-SIZE"]
    monkeypatch.setattr(delimited, "MOST_ENTRIES", 3)
    assert [fault.code for fault in faults_of("name\nA1\nA2\nA3\nA4\n")] == ["FILE-SIZE"]
    monkeypatch.setattr(content_module, "MOST_BYTES", 10)
    assert [fault.code for fault in faults_of("name\nExample\n")] == ["FILE-SIZE"]


def test_a_wrong_file_beside_a_list(tmp_path: Path) -> None:
    """What it says wrongly is a fault of the list."""
    path = tmp_path / "own.csv"
    path.write_text("name\nExample\n", encoding="utf-8")
    beside = path.with_name("own.csv.list.yaml")
    for text, code in (("- a\n", "LIST-FILE"), ("vresion: '1'\n", "KEY-UNKNOWN"), ("as_of: 'soon'\n", "LIST-DATE")):
        beside.write_text(text, encoding="utf-8")
        faults = Faults()
        assert read_lists([path], faults) == ()
        assert [fault.code for fault in faults.items] == [code]


def test_control_and_right_to_left_characters_stay_in_messages_only_as_text() -> None:
    """A message never steers the terminal."""
    found = faults_of("name,listed on\nExample,\u202e2025\x1b[31m\n")
    assert all("\x1b" not in line and "\u202e" not in line for fault in found for line in fault.lines())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(("Company", "Sanction", "Address", "a")),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ("id", "schema", "properties", "name", "entity", "addressEntity", "results", "source", "alt_names", "programs",
             "ids", "addresses", "sanctions", "startDate", "start_date", "sources_used", "holder", "caption", "leiCode")
        ),
        inner,
        max_size=5,
    ),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(JSON, st.booleans())
def test_no_json_makes_a_trace(value: object, as_lines: bool) -> None:
    """It is a list, or faults."""
    text = "\n".join(map(json.dumps, value)) if as_lines and isinstance(value, list) else json.dumps(value)
    _list_or_faults(text.encode())


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
    | st.lists(st.text("name,id;\t\"\n'#|=&1x中", max_size=12), max_size=12).map(
        lambda rows: ("name,id\n" + "\n".join(rows)).encode()
    )
)
def test_no_bytes_make_a_trace(raw: bytes) -> None:
    """They are a list, or faults."""
    _list_or_faults(raw)


def _list_or_faults(raw: bytes) -> None:
    faults = Faults()
    found = read_lists([Content("own.csv", raw)], faults)
    assert bool(found) != bool(faults.items)
    for one in found:
        assert one.entries
        assert len({entry.entry_id for entry in one.entries}) == len(one.entries)
        assert all(entry.names and len(entry.digest) == 64 for entry in one.entries)
