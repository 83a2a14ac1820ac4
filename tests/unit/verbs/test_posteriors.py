"""Packed posteriors: named by their day, all of them by a word, and of this program and these packs."""

from __future__ import annotations

from pathlib import Path

import pytest

from coercivity.base.days import parse_day
from coercivity.base.errors import CoercivityError
from coercivity.ensemble.parameters import parameters_of
from coercivity.verbs.posteriors import PACKED, all_packed, packed_posteriors, posterior_file, posterior_files


def test_each_is_named_by_the_day_that_it_knows_and_has_its_hash() -> None:
    found = packed_posteriors()
    assert {"2025-04-30", "2025-06-30", "2025-08-31", "2025-10-20"} <= set(found)
    for day, file in found.items():
        held = parameters_of(file.read_text(encoding="utf-8"))
        assert held.known == parse_day(day)
        assert len(held.values) == 256
        assert f"hash: {held.hash}\n" in file.read_text(encoding="utf-8")


def test_a_day_stands_for_a_packed_file_and_a_file_for_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "2025-04-30"
    assert posterior_file(Path("2025-04-30")) == packed_posteriors()["2025-04-30"]
    assert posterior_file(Path("own.yaml")) == Path("own.yaml")
    with pytest.raises(CoercivityError, match="no posterior of 2025-04-29 is packed"):
        posterior_file(Path("2025-04-29"))
    own.touch()
    monkeypatch.chdir(tmp_path)
    assert posterior_file(Path("2025-04-30")) == Path("2025-04-30")


def test_a_word_stands_for_all_of_them() -> None:
    assert posterior_files([Path(PACKED)]) == list(packed_posteriors().values())
    assert all_packed([Path(PACKED)])
    assert not all_packed([Path("2025-04-30")])
