"""The parts of a name used to compare it with similar names: words, characters, and the weight of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from coercivity.intake.parties.likeness.lexicon import lexicon, simplified_signs
from coercivity.intake.parties.names import (
    FORMS,
    MOST_KEPT,
    all_words,
    count_han,
    fold,
    has_han,
    signs_in,
    simplified,
    without_forms,
)
from coercivity.intake.parties.scripts.kana import has_kana, in_letters
from coercivity.intake.parties.scripts.spoken import spoken

SAYS_NOTHING = 0.05
SAYS_LITTLE = 0.3  # weight up to which a word alone does not identify a party
_SHORT = {1: 0.1, 2: 0.3, 3: 0.8}
_DIVISIONS = frozenset("市省县")  # after the name of a place
_RUNS = re.compile("[a-z0-9]+|[^a-z0-9]+")
_ONLY_HAN = re.compile("[\u4e00-\u9fff ()]+")
_ZH_FORM = re.compile("股份有限公司|有限责任公司|有限公司|株式会社|有限会社|合同会社|分公司|公司|集团")


class Parts(NamedTuple):
    """The parts of a name.

    Attributes:
        words: Its words in lower-case Latin letters, without company forms; kana and other alphabets are transcribed,
            Chinese left out.
        wholes: The words without spaces, with `and` and the company form, and with `and` alone.
        signs: The folded name if it contains two or more Chinese characters, otherwise empty.
        core: Its characters without words for trades and places.
        heard: Whether the words are transcribed, so that only their sound counts.
    """

    words: tuple[str, ...]
    wholes: tuple[str, ...]
    signs: str = ""
    core: str = ""
    heard: bool = False

    @property
    def joined(self) -> str:
        """The words without spaces."""
        return self.wholes[0]

    @property
    def form(self) -> str:
        """What follows the words in the whole name, such as its company form; blank if the words are not its start."""
        whole = self.wholes[1] if len(self.wholes) > 1 else self.joined
        return whole[len(self.joined) :] if whole.startswith(self.joined) else ""

    @property
    def tells(self) -> bool:
        """Whether anything in the name is distinctive: more than words for trades, forms and places."""
        return any(weight(word) > SAYS_LITTLE for word in self.words) or len(self.core) > 1


@lru_cache(maxsize=MOST_KEPT)
def weight(word: str) -> float:
    """Returns how distinctive a word is: 1 for a proper name, little for a trade or a place."""
    if word in FORMS:
        return SAYS_NOTHING
    if word in lexicon().common:
        return 0.25
    if word.isdigit():
        return SAYS_LITTLE
    if word in lexicon().given_names:
        return 0.5
    if word in lexicon().families:
        return 0.6
    return _SHORT.get(len(word), 1.0)


@lru_cache(maxsize=MOST_KEPT)
def parts_of(name: str) -> Parts:
    """Returns the parts of a name, kept for the next time."""
    return read_parts(name)


def read_parts(name: str) -> Parts:
    """Returns the parts of a name."""
    if name.isascii():
        every = all_words(name)
        words = without_forms([word for word in every if word != "and"] if "and" in every else every)
        wholes: tuple[str, ...] = ("".join(words), "".join(every))
        if "and" in every:
            wholes = (*wholes, "".join(without_forms(every)))
        return Parts(tuple(words), wholes)
    text, heard = spoken(name)
    if has_han(text):
        kana = has_kana(text)
        text = simplified(text)
        told = _ZH_FORM.sub("", text) if kana else text
        signs = fold("".join(signs_in(told)) if kana else told) if count_han(told) > 1 else ""
        runs = () if _ONLY_HAN.fullmatch(text) else _words(_ZH_FORM.sub(" ", text))
        return Parts(runs, ("".join(runs),), signs, core_of(signs) if signs else "", kana)
    runs = _words(text)
    return Parts(runs, ("".join(runs),), heard=heard or has_kana(text))


def _words(text: str) -> tuple[str, ...]:
    spelt = in_letters(text) if has_kana(text) else text
    found = (run for word in without_forms([w for w in all_words(spelt) if w != "and"]) for run in _RUNS.findall(word))
    return tuple(run for run in found if run.isascii())


@lru_cache(maxsize=MOST_KEPT)
def core_of(signs: str) -> str:
    """Returns the distinctive part of a Chinese name: everything but words for trades and places, the longest first."""
    return "".join(piece for piece, common in cut(signs) if not common)


def trades_in(signs: str) -> frozenset[str]:
    """Returns the words for trades and places in a Chinese name, the longest first."""
    return frozenset(piece for piece, common in cut(signs) if common)


def cut(signs: str) -> Iterator[tuple[str, bool]]:
    """Yields the words for trades and places in a Chinese name, and its other characters one by one."""
    words, longest = simplified_signs()
    at = 0
    while at < len(signs):
        size = next((n for n in range(min(longest, len(signs) - at), 1, -1) if signs[at : at + n] in words), 0)
        if size and signs[at + size : at + size + 1] in _DIVISIONS and signs[at : at + size] in lexicon().place_signs:
            size += 1
        yield signs[at : at + (size or 1)], bool(size)
        at += size or 1
