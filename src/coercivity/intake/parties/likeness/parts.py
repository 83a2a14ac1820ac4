"""The parts of a name used to compare it with similar names: words, characters, and the weight of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from coercivity.intake.parties.likeness.trade_words import COMMON, GIVEN_NAMES, SHARED, SIGNS
from coercivity.intake.parties.names import (
    FORMS,
    MOST_KEPT,
    count_han,
    fold,
    has_han,
    joined,
    signs_in,
    simplified,
    words_of,
)
from coercivity.intake.parties.scripts.kana import has_kana, in_letters

SAYS_NOTHING = 0.05
SAYS_LITTLE = 0.3  # weight up to which a word alone does not identify a party
_SHORT = {1: 0.1, 2: 0.3, 3: 0.8}
_RUNS = re.compile("[a-z0-9]+|[^a-z0-9]+")
_LONGEST = max(map(len, SIGNS))
_WORD_SIGNS = frozenset(word for word in SIGNS if len(word) > 1)
_ZH_FORM = re.compile("股份有限公司|有限责任公司|有限公司|株式会社|有限会社|合同会社|分公司|公司|集团")


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a name.

    Attributes:
        words: Its words in lower-case Latin letters, without company forms; kana are transcribed, Chinese left out.
        weights: How distinctive each word is, from 0 to 1.
        wholes: The words without spaces, and with `and` and the company form.
        signs: The folded name if it contains two or more Chinese characters, otherwise empty.
        core: Its characters without words for trades and places.
        kana: Whether it contains kana.
    """

    words: tuple[str, ...]
    weights: tuple[float, ...]
    wholes: tuple[str, ...]
    signs: str
    core: str
    kana: bool

    @property
    def joined(self) -> str:
        """The words without spaces."""
        return self.wholes[0]

    @property
    def tells(self) -> bool:
        """Whether anything in the name is distinctive: more than words for trades, forms and places."""
        return any(told > SAYS_LITTLE for told in self.weights) or len(self.core) > 1


def weight(word: str) -> float:
    """Returns how distinctive a word is: 1 for a proper name, little for a trade or a place."""
    if word in FORMS:
        return SAYS_NOTHING
    if word in COMMON:
        return 0.25
    if word.isdigit():
        return SAYS_LITTLE
    if word in GIVEN_NAMES:
        return 0.5
    if word in SHARED:
        return 0.6
    return _SHORT.get(len(word), 1.0)


@lru_cache(maxsize=MOST_KEPT)
def parts_of(name: str) -> Parts:
    """Returns the parts of a name."""
    signs, kana = "", has_kana(name)
    text = name
    if has_han(name):
        text = simplified(name)
        signs = fold("".join(signs_in(text)) if kana else text) if count_han(text) > 1 else ""
    words = _words(text)
    wholes = ("".join(words), *([joined(text)] if text.isascii() else []))
    return Parts(words, tuple(map(weight, words)), wholes, signs, core_of(signs) if signs else "", kana)


def _words(text: str) -> tuple[str, ...]:
    if text.isascii():
        return tuple(words_of(text))
    spelt = in_letters(_ZH_FORM.sub(" ", text)) if has_kana(text) else _ZH_FORM.sub(" ", text)
    found = (run for word in words_of(spelt) for run in _RUNS.findall(word))
    return tuple(run for run in found if run.isascii())


def core_of(signs: str) -> str:
    """Returns the distinctive part of a Chinese name: everything but words for trades and places, the longest first."""
    kept, at = [], 0
    while at < len(signs):
        size = next((n for n in range(_LONGEST, 1, -1) if signs[at : at + n] in _WORD_SIGNS), 0)
        if not size:
            kept.append(signs[at])
        at += size or 1
    return "".join(kept)
