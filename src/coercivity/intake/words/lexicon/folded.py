"""A text without case, width and accents, in tokens that know their place in the text as given."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from coercivity.base.words import bare
from coercivity.intake.words.results import Span

Script = Literal["latin", "cjk"]
_TOKEN = re.compile(
    r"(?P<cjk>[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])|(?P<latin>[^\W_\u3005-\u9fff\uf900-\ufaff]+)"
)
_INVISIBLE = frozenset(("Cf", "Cs", "Cc"))


@dataclass(frozen=True, slots=True)
class Token:
    """A word of letters and digits, or one Chinese or Japanese character; `start` and `end` in the folded text."""

    start: int
    end: int
    key: str
    script: Script


@dataclass(frozen=True, slots=True)
class Folded:
    """A text, folded.

    Attributes:
        text: The text as given.
        flat: The folded text.
        at: For each character of the folded text, its place in the text as given.
        tokens: Its words and characters.
    """

    text: str
    flat: str
    at: tuple[int, ...]
    tokens: tuple[Token, ...]

    def span(self, start: int, end: int) -> Span:
        """Returns the span in the text as given of a range of the folded text."""
        return Span(self.at[start], self.at[end - 1] + 1)

    def raw(self, start: int, end: int) -> str:
        """Returns the text as given of a range of the folded text."""
        return self.text[self.at[start] : self.at[end - 1] + 1]


def folded(text: str) -> Folded:
    """Returns a text folded and in tokens; control and invisible characters are dropped, line breaks kept."""
    flat: list[str] = []
    at: list[int] = []
    if text.isascii():
        kept = text.lower()
        flat = [sign if sign.isprintable() or sign in "\n\t" else " " for sign in kept]
        at = list(range(len(text)))
    else:
        for place, sign in enumerate(text):
            if sign in "\n\t\r":
                found = sign
            elif unicodedata.category(sign) in _INVISIBLE:
                continue
            else:
                found = sign.lower() if sign.isascii() else bare(sign)
            flat.append(found)
            at.extend([place] * len(found))
    whole = "".join(flat)
    return Folded(text, whole, tuple(at), tuple(tokens_of(whole)))


def tokens_of(flat: str) -> Iterator[Token]:
    """Yields the words and the Chinese and Japanese characters of a folded text."""
    for found in _TOKEN.finditer(flat):
        yield Token(found.start(), found.end(), found[0], "cjk" if found["cjk"] else "latin")
