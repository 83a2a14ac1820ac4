"""Duplicate ids over all parts of a table; blanks are not ids."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from coercivity.batches.stage.duplicates import among, distinct_hashes, ids_twice, marked


def test_an_id_may_stand_twice_in_one_part_or_in_two(tmp_path: Path) -> None:
    parts = [pl.Series("id", ["a", "b", "b", " c ", None, ""]), pl.Series("id", ["d", "c", "", None, "e"])]
    found = ids_twice(lambda: iter(parts), tmp_path / "ids")
    assert found.to_list() == ["b", "c"]
    assert [marked(part, found).tolist() for part in parts] == [
        [False, True, True, True, False, False],
        [False, True, False, False, False],
    ]
    assert not list(tmp_path.iterdir())


def test_where_all_ids_are_different_none_is_told(tmp_path: Path) -> None:
    numbers = [pl.Series("id", range(500)), pl.Series("id", range(500, 1000))]
    found = ids_twice(lambda: iter(numbers), tmp_path / "ids")
    assert found.to_list() == []
    assert not marked(numbers[0], found).any()


def test_many_ids_are_found_in_whatever_bucket_they_fall(tmp_path: Path) -> None:
    numbers = [pl.Series("id", range(1000)), pl.Series("id", range(300, 700))]
    assert set(ids_twice(lambda: iter(numbers), tmp_path / "ids")) == {str(number) for number in range(300, 700)}


def test_numbers_among_sorted_ones_and_different_ones_over_files(tmp_path: Path) -> None:
    top = 2**64 - 1
    held = np.array([0, 5, top], np.uint64)
    assert among(np.array([0, 4, 5, 6, top], np.uint64), held).tolist() == [True, False, True, False, True]
    files = [tmp_path / "one.npy", tmp_path / "two.npy"]
    np.save(files[0], held)
    np.save(files[1], np.array([0, 7, 2**60 - 1, 2**60], np.uint64))
    assert distinct_hashes(files) == 6
    assert distinct_hashes([]) == 0
