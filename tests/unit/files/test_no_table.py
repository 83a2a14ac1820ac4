"""A file without a valid row is rejected at once as not a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.files.table import open_table


def test_a_chunk_of_broken_rows_only_ends_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b,c,d\n" + "1,2,3,4,5\n" * 3_000)
    with pytest.raises(CoercivityError, match=r"TABLE-DAMAGED: no row of 2,000 from row 1 is readable"):
        list(open_table(path).chunks(2_000))


def test_one_sound_row_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b,c,d\n1,2,3,4\n" + "1,2,3,4,5\n" * 1_500)
    assert [len(chunk.broken) for chunk in open_table(path).chunks(5_000)] == [1_500]
