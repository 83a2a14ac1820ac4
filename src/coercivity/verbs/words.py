"""The words of the packed law, in the languages that people read."""

from __future__ import annotations

from coercivity.cases.arguments import PACKED
from coercivity.papers.shared.names import Text


def law_words(group: str, word: str) -> Text:
    """Returns what a fixed word of the law means, such as an outcome, a status or an effect."""
    held: Text = PACKED.book().words.get(group, {}).get(word, {"en": word})
    return held
