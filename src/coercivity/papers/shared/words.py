"""The texts of papers in English and Chinese, from the files of `papers/words`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from coercivity.base.words import Lang
from coercivity.data.textyaml import load_file

Words = Mapping[str, Mapping[str, str]]  # texts by key, each with its languages


@lru_cache(maxsize=32)
def _file(paper: str) -> Mapping[str, Words]:
    found: Mapping[str, Words] = load_file(_path(paper))
    return found


def _path(paper: str) -> Path:
    return Path(str(files("coercivity"))) / "papers" / "words" / f"{paper}.yaml"


def paper_words(paper: str, table: str) -> Words:
    """Returns one table of words of a paper."""
    return _file(paper)[table]


def reason_in(text: str, lang: Lang) -> str:
    """Returns why a reported number has no figure of the model, in a language; English if it has no translation.

    Args:
        text: The reason, as `observations.series.match_of` gives it; notes of single rows have no translation.
        lang: The language.
    """
    return observation_reasons().get(text, text) if lang == "zh" else text


@lru_cache(maxsize=1)
def observation_reasons() -> Mapping[str, str]:
    """Returns those reasons in Chinese, by their English."""
    return {words["en"]: words["zh"] for words in _listed("observation_reasons", "reasons")}


def _listed(paper: str, table: str) -> Sequence[Mapping[str, str]]:
    found: Sequence[Mapping[str, str]] = load_file(_path(paper))[table]
    return found
