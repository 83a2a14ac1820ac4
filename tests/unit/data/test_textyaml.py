"""YAML as text: ambiguous constructs are rejected with their line, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.data.textyaml import MOST_DEPTH, line_of, load_file, load_text


def codes(text: str) -> list[str]:
    """Codes of all faults of a text."""
    with pytest.raises(CoercivityError) as caught:
        load_text(text, name="x.yaml")
    return [fault.code for fault in caught.value.faults]


def test_every_scalar_is_text() -> None:
    """NO stays Norway, 0101 stays 0101, and 2846.90 keeps its zero."""
    assert load_text("{a: NO, b: 0101, c: 2846.90, d: 2025-01-01, e: true}") == {
        "a": "NO",
        "b": "0101",
        "c": "2846.90",
        "d": "2025-01-01",
        "e": "true",
    }


def test_a_reader_may_allow_keys_without_a_value() -> None:
    """They are blank text; entries of lists still need one."""
    assert load_text("a:\nb: null\nc: ~\nd: 'null'", blanks=True) == {"a": "", "b": "", "c": "", "d": "null"}
    with pytest.raises(CoercivityError, match="YAML-EMPTY"):
        load_text("a: [1, null]", blanks=True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: 1\na: 2", "YAML-DUPLICATE"),
        ("a: !!python/object:os.system x", "YAML-TAG"),
        ("a: &x 1\nb: *x", "YAML-ANCHOR"),
        ("a:", "YAML-EMPTY"),
        ("a: null", "YAML-EMPTY"),
        ("a: ~", "YAML-EMPTY"),
        ("[1, 2", "YAML-SYNTAX"),
        ("a: 1\n---\nb: 2", "YAML-DOCUMENTS"),
        ("? [x]\n: 1", "YAML-KEY"),
        ("[" * (MOST_DEPTH + 1) + "]" * (MOST_DEPTH + 1), "YAML-DEPTH"),
    ],
)
def test_what_is_refused(text: str, code: str) -> None:
    """One row, one refusal."""
    assert code in codes(text)


def test_all_faults_are_told_at_once_with_their_lines() -> None:
    """Three faults, three lines."""
    with pytest.raises(CoercivityError) as caught:
        load_text("a: 1\na: 2\nb: !t x\nc:\n", name="x.yaml")
    assert [fault.where for fault in caught.value.faults] == ["x.yaml:2", "x.yaml:3", "x.yaml:4"]


def test_lines_are_remembered() -> None:
    """The line of a nested value is found again."""
    value = load_text("a:\n  b:\n  - x\n  - y\n")
    assert line_of(value, ("a", "b", 1)) == 4


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "FILE-EMPTY"), (b"  \n", "FILE-EMPTY"), (b"a: \xff", "FILE-ENCODING"), (b"a: 1 " * 2_000_000, "FILE-SIZE")],
)
def test_files_that_are_not_read(tmp_path: Path, content: bytes, code: str) -> None:
    """Empty, not UTF-8, too large."""
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    with pytest.raises(CoercivityError) as caught:
        load_file(path)
    assert caught.value.code == code


def test_a_missing_file_names_its_neighbours(tmp_path: Path) -> None:
    """A slip of the name is told."""
    (tmp_path / "deals.yaml").write_text("a: 1")
    with pytest.raises(CoercivityError) as caught:
        load_file(tmp_path / "deal.yaml")
    assert caught.value.faults[0].nearest == ("deals.yaml",)
