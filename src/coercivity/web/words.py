"""The words of the screens, in English and Chinese, a file a screen."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from coercivity.verbs.words import word_files


@lru_cache(maxsize=1)
def screen_words() -> Mapping[str, Mapping[str, str]]:
    """Returns every text of the screens by `screen.name`, each with its languages."""
    return word_files(Path(__file__).parent / "words")
