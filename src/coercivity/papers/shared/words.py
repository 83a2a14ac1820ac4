"""The texts of papers in English and Chinese, from the files of `papers/words`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from coercivity.data.textyaml import load_file

Words = Mapping[str, Mapping[str, str]]  # texts by key, each with its languages


@lru_cache(maxsize=32)
def _file(paper: str) -> Mapping[str, Words]:
    found: Mapping[str, Words] = load_file(Path(str(files("coercivity"))) / "papers" / "words" / f"{paper}.yaml")
    return found


def paper_words(paper: str, table: str) -> Words:
    """Returns one table of words of a paper."""
    return _file(paper)[table]
