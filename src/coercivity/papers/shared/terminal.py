"""Text for a terminal: lines of one width, and the words of the law pack for words of the program."""

from __future__ import annotations

import textwrap

from coercivity.base.words import Lang, say
from coercivity.data.values import FactValue, plain_value
from coercivity.law.rules.load import load_rulebook

WIDTH = 110


def wrapped(text: str, head: str) -> list[str]:
    """Returns text in lines of the width of the page, the first after a head, the rest indented."""
    return textwrap.wrap(text, WIDTH, initial_indent=head, subsequent_indent=" " * len(head) + "  ") or [head]


def rewrapped(line: str, indent: int = 0) -> list[str]:
    """Returns an indented line in lines of the width of the page, moved in by so many signs more."""
    return wrapped(line.lstrip(), " " * (indent + len(line) - len(line.lstrip())))


def label(group: str, word: str, lang: Lang) -> str:
    """Returns the words of the pack for a word of the program."""
    return say(load_rulebook().words.get(group, {}).get(word, {"en": word}), lang)


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
