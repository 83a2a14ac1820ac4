"""The words for the values of facts: values, their synonyms and short meanings, and yes and no in several languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from coercivity.base.words import bare
from coercivity.data.schema import Words

YES = frozenset((
    "true", "yes", "y", "1", "t", "on", "x", "ja", "wahr", "是", "有", "真", "对", "はい", "あり", "有り",
    "○", "✓", "✔",
))  # fmt: skip
NO = frozenset((
    "false", "no", "n", "0", "f", "off", "nein", "falsch", "否", "无", "無", "没有", "假", "いいえ", "なし",
    "無し", "×",
))  # fmt: skip
_SKIPPED = re.compile(r"[\s_./·\-\u2010-\u2015\u2212\ufe58\ufe63\u2043]+")
_NAME_ENDS = re.compile(r"[;(（:：]")  # what follows explains the value
_PART_ENDS = re.compile(r"[,，、。]")  # what follows narrows the value, or names another word for it
_REST = ("none", "other")


def fold(text: str) -> str:
    """Returns a word without case, width, accents, spaces, dots and hyphens."""
    return _SKIPPED.sub("", bare(text))


def value_words(values: Mapping[str, Words], synonyms: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Returns the values meant by each folded word: a value, a synonym, or the short meaning of a value.

    A value or synonym takes precedence over a meaning. A meaning that two values share has both. The beginning of a
    longer meaning is a word for its value only if that value names something: `none` is never meant by half a phrase.

    Args:
        values: The values of a fact with their meanings.
        synonyms: Other words for them.
    """
    meant: dict[str, list[str]] = {}
    for value, words in values.items():
        for text in words.as_dict().values():
            name = _NAME_ENDS.split(text, maxsplit=1)[0]
            short = name if value in _REST else _PART_ENDS.split(name, maxsplit=1)[0]
            meant.setdefault(fold(short), []).append(value)
    meant.pop("", None)
    found = {word: tuple(dict.fromkeys(known)) for word, known in meant.items()}
    found |= {fold(word): (value,) for word, value in synonyms.items()}
    return found | {fold(value): (value,) for value in values}


def contrary_words(values: Iterable[str], synonyms: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Returns the folded words that would mean two values, each with both."""
    meant: dict[str, list[str]] = {fold(value): [value] for value in values}
    for word, value in synonyms.items():
        meant.setdefault(fold(word), []).append(value)
    both = {word: tuple(dict.fromkeys(known)) for word, known in meant.items()}
    return {word: known for word, known in both.items() if len(known) > 1}
