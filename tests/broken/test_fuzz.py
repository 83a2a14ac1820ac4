from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.broken.mutate import VALID, changed, reads_or_refuses, valid_files

ROUNDS = 80


@pytest.fixture(scope="module")
def valid() -> dict[str, bytes]:
    return valid_files()


@pytest.mark.parametrize("name", VALID)
def test_the_valid_file_reads_whole(name: str, valid: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(valid[name])
    said = reads_or_refuses(path)
    assert said.startswith("read ")
    assert said.endswith(" 0 broken")


# More rounds: python -m benchmarks.fuzz_files --rounds 2500
@pytest.mark.parametrize("name", VALID)
def test_a_changed_file_reads_or_is_refused(name: str, valid: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / name
    said = set()
    for number in range(ROUNDS):
        path.write_bytes(changed(valid[name], name, number))
        start = time.perf_counter()
        said.add(reads_or_refuses(path).split()[0])
        assert time.perf_counter() - start < 5, f"round {number}"
    assert len(said) > 1, "the changes must reach both ends: files that still read and files that are refused"
