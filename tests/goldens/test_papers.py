"""Hashes of every report: identical under each supported version of Python."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.goldens.papers import papers, without_hashes

pytestmark = pytest.mark.long

# What holds the hash of each decision in its packed bytes, and so changes with each edit of the rules.
SEALED = ("batch/decisions/part-00001.parquet", "batch/decisions.xlsx", "batch/.batch-files")


def test_every_paper_has_the_bytes_that_it_had(tmp_path: Path, golden: Callable[[str, str], None]) -> None:
    """Hashes in a paper are left out, so that an edit of a pack shows here only where a paper says something else."""
    found = {name: without_hashes(content) for name, content in papers(tmp_path).items() if name not in SEALED}
    lines = [f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in sorted(found.items())]
    golden("papers.sha256", "\n".join(lines) + "\n")
