"""The words of the screens in English and Chinese, one file per screen."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from coercivity.verbs.words import word_files


@lru_cache(maxsize=1)
def screen_words() -> Mapping[str, Mapping[str, str]]:
    """Returns every text of the screens in both languages, by `screen.name`."""
    return word_files(Path(__file__).parent / "words")
