"""Text in the product's languages, chosen when shown and never part of a hash."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

Lang = Literal["en", "zh", "ja"]
LANGS: tuple[Lang, ...] = get_args(Lang)


def say(text: Mapping[str, str], lang: Lang = "en") -> str:
    """Returns the text in the language asked for, or in English where that language is not held."""
    return text.get(lang) or text.get("en", "")
