"""Text for a terminal: lines and columns of one width, and the words of the rulebook for words of the program."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterator

from coercivity.base.words import Lang, say
from coercivity.data.values import FactValue, plain_value
from coercivity.law.rules.load import load_rulebook

WIDTH = 110
_WORDS = re.compile(r"[^ ]* |[^ ]+")
_ALIKE = {("effects", "obligation"): "duty"}  # what only rulebooks of other jurisdictions have, by the word of China
_NOT_FIRST, _NOT_LAST = "，。；：、）》”？！]", "（《“"


def columns_of(text: str) -> int:
    """Returns the number of columns of a text."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def cut(text: str, most: int) -> str:
    """Returns a text cut to a number of columns, with an ellipsis if it was cut."""
    if columns_of(text) <= most:
        return text
    kept, used = [], 0
    for sign in text:
        used += columns_of(sign)
        if used > most - 1:
            break
        kept.append(sign)
    return "".join(kept) + "…"


def filled(text: str, columns: int, *, right: bool = False) -> str:
    """Returns a text padded with blanks to a number of columns, after it or before it."""
    space = " " * max(columns - columns_of(text), 0)
    return space + text if right else text + space


def wrapped(text: str, head: str, width: int = WIDTH) -> list[str]:
    """Returns text in lines of the width of the page, the first after a head, the others indented."""
    rest = " " * len(head) + "  "
    if columns_of(text) == len(text):
        lines = textwrap.wrap(text, width, initial_indent=head, subsequent_indent=rest, break_on_hyphens=False)
        return lines or [head]
    lines, line = [], head
    for piece in pieces(text):
        if columns_of(line + piece.rstrip()) > width and line.strip():
            lines.append(line.rstrip())
            line = rest + piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()]


def pieces(text: str) -> Iterator[str]:
    """Yields words with the blank after them; a wide sign by itself, with the signs that may not begin a line."""
    if text.isascii():
        yield from _WORDS.findall(text)
        return
    piece = ""
    for sign in text:
        wide = columns_of(sign) == 2
        if piece and (piece.endswith(" ") or (wide and sign not in _NOT_FIRST) or _breaks_after(piece, sign)):
            yield piece
            piece = ""
        piece += sign
    if piece:
        yield piece


def _breaks_after(piece: str, sign: str) -> bool:
    """Returns whether a line may break between a wide sign and the letter after it."""
    return columns_of(piece[-1]) == 2 and piece[-1] not in _NOT_LAST and sign not in _NOT_FIRST and sign != " "


def rewrapped(line: str, indent: int = 0) -> list[str]:
    """Returns an indented line in lines of the width of the page, indented by so many more signs."""
    return wrapped(line.lstrip(), " " * (indent + len(line) - len(line.lstrip())))


def label(group: str, word: str, lang: Lang) -> str:
    """Returns the words of the rulebook for a word of the program."""
    return say(law_text(group, word), lang)


def law_text(group: str, word: str) -> dict[str, str]:
    """Returns the text of the rulebook for a word of the program; one of others may have that of China."""
    named = _ALIKE.get((group, word), word)
    return dict(load_rulebook().words.get(group, {}).get(named, {"en": word}))


def phrase(word: str, lang: Lang) -> str:
    """Returns a fixed phrase."""
    return label("phrases", word, lang)


def shown(value: FactValue | None) -> str:
    """Returns a fact value as text, `?` where it is not given."""
    if value is None:
        return "?"
    plain = plain_value(value)
    if isinstance(plain, bool):
        return str(plain).lower()
    if isinstance(plain, list):
        return f"[{';'.join(map(str, plain))}]"
    return str(plain)
