"""Lines of a stage of a licence time, each with its origin."""

from __future__ import annotations

from collections.abc import Mapping

from coercivity.base.words import Lang, say
from coercivity.papers.firm.clock_data import LineData
from coercivity.papers.firm.words import LINES
from coercivity.papers.shared.names import Text

LANGS: tuple[Lang, ...] = ("en", "zh")
JOINTS: Mapping[Lang, str] = {"en": "; ", "zh": "；"}


def line(speaker: str, text: Text, *, basis: tuple[list[str], list[str]] = ([], []), source: str = "") -> LineData:
    """Returns one statement.

    Args:
        speaker: Law, practice or assumption.
        text: The statement.
        basis: Articles in English and Chinese.
        source: Rows, addresses or reasons.
    """
    return {"speaker": speaker, "text": dict(text), "basis": basis[0], "basis_zh": basis[1], "source": source}


def told(word: str, **values: object) -> Text:
    """Returns a line in both languages; texts take the form of each."""
    return {
        lang: say(LINES[word], lang).format(
            **{key: say(value, lang) if isinstance(value, Mapping) else value for key, value in values.items()}
        )
        for lang in LANGS
    }
