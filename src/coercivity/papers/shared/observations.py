"""Why a reported number has no figure of the model, in the language of a page."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from coercivity.base.words import Lang
from coercivity.data.textyaml import load_file

_FILE = Path(__file__).parents[1] / "words" / "observation_reasons.yaml"


def reason_in(text: str, lang: Lang) -> str:
    """Returns a reason in a language; English if it has no translation, as the notes of single rows.

    Args:
        text: The reason, as `match_of` gives it.
        lang: The language.
    """
    return reasons().get(text, text) if lang == "zh" else text


@lru_cache(maxsize=1)
def reasons() -> Mapping[str, str]:
    """Returns the reasons in Chinese, by their English."""
    return {str(entry["en"]): str(entry["zh"]) for entry in load_file(_FILE)["reasons"]}
