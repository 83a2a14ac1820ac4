"""Names of places in a text: as written, with an ending, or one character for a country."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from coercivity.intake.words.lexicon.folded import Folded
from coercivity.intake.words.places.names import NameTree, Place, signs_at, words_at

_LEAST_STEM, _SHORTEST, _SOLID = 4, 4, 4
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]")
_AFTER_KATAKANA = ("メーカー", "オフィス", "プラント", "チーム", "エンジニア", "ユーザー")
_NAMES = frozenset(("country", "city", "region"))
_ENDINGS: tuple[tuple[str, frozenset[str]], ...] = (
    *((ending, frozenset(("demonym",))) for ending in ("en", "er", "es", "em", "ern", "n", "e", "in", "innen")),
    ("s", _NAMES | {"demonym"}),
    ("er", frozenset(("city",))),
)
_LAST = frozenset("nersmi")
_BEFORE_SHORT = frozenset("赴驻输返抵")
_TRADE = frozenset(("出口", "销售", "供货", "发货"))
_AFTER_SHORT = frozenset("方企籍资商")


def found_in(tree: NameTree, short: Mapping[str, str], text: Folded, flat: str) -> Iterator[tuple[int, int, Place]]:
    """Yields begin, end and meaning of the longest names, one after the other.

    Args:
        tree: Names.
        short: Characters that stand for a country.
        text: The text.
        flat: Its folded form, in simplified characters.
    """
    tokens, past = text.tokens, 0
    for at, token in enumerate(tokens):
        if token.start < past:
            continue
        if token.script == "cjk":
            signs = signs_at(tree, flat, token.start) or _short(short, flat, token.start)
            if signs is not None and _apart(tree, flat, token.start, signs[1], past):
                past = signs[1]
                yield token.start, past, signs[0]
            continue
        words = words_at(tree, tokens, at) or _inflected(tree, text, at)
        if words is not None and _written(text, token.start, tokens[words[1] - 1].end, words[0]):
            past = tokens[words[1] - 1].end
            yield token.start, past, words[0]


def _written(text: Folded, start: int, end: int, place: Place) -> bool:
    """Returns whether a name is written as one: a code in capitals, a name that is short or a word with a capital."""
    raw = text.raw(start, end)
    if place.capitals:
        return raw.isupper()
    if place.word:
        return raw[:1].isupper() and (place.kind == "country" or not raw.isupper() or text.text.isupper())
    return end - start > _SHORTEST or place.kind in ("country", "demonym") or raw[:1].isupper()


def _apart(tree: NameTree, flat: str, start: int, end: int, past: int) -> bool:
    """Returns whether a name in katakana is not a part of a longer word."""
    if not _KATAKANA.match(flat, start):
        return True
    if start and past != start and _KATAKANA.match(flat, start - 1):
        return False
    whole = end - start >= _SOLID or not _KATAKANA.match(flat, end) or signs_at(tree, flat, end) is not None
    return whole or flat.startswith(_AFTER_KATAKANA, end)


def _short(short: Mapping[str, str], flat: str, start: int) -> tuple[Place, int] | None:
    """Returns the country that one character stands for, after a verb of travel or before a word for a party."""
    country = short.get(flat[start])
    if country is None:
        return None
    before, after = flat[start - 1 : start], flat[start + 1 : start + 2]
    if before == "对" and flat[start + 1 : start + 3] in _TRADE:
        return Place(country, "country"), start + 1
    if before in _BEFORE_SHORT or (after in _AFTER_SHORT and not before.isalnum()):
        return Place(country, "country"), start + 1
    return None


def _inflected(tree: NameTree, text: Folded, at: int) -> tuple[Place, int] | None:
    """Returns a name with an ending: chinesischer, Koreans, Chinas; or a German word for what is of a city."""
    token = text.tokens[at]
    if token.key[-1] not in _LAST or len(token.key) <= _LEAST_STEM:
        return None
    capital = text.raw(token.start, token.start + 1).isupper()
    for ending, kinds in _ENDINGS:
        if not token.key.endswith(ending):
            continue
        stem = token.key[: -len(ending)]
        if len(stem) < _LEAST_STEM or stem not in tree.words:
            continue
        place = next((place for rest, place in tree.words[stem] if not rest), None)
        if place is None or place.capitals or place.kind not in kinds or (place.kind != "demonym" and not capital):
            continue
        if ending == "er" and place.kind != "demonym":
            place = replace(place, kind="demonym", word=True)
        return place, at + 1
    return None
