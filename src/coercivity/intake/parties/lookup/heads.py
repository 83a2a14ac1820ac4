"""Names by how their head sounds and what their trade means, so that `恒昌磁材` is found by `Hengchang Magnetics`.

Firms of China and Korea put the head of their name in letters, and translate the rest. That only ever raises a
question: a head in letters may be written with other characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from coercivity.intake.parties.likeness.lexicon import lexicon, simplified_signs
from coercivity.intake.parties.likeness.parts import Parts
from coercivity.intake.parties.likeness.reasons import Likeness
from coercivity.intake.parties.likeness.translated import CHINESE, KOREAN, beginning
from coercivity.intake.parties.names import count_han, fold, simplified
from coercivity.intake.parties.scripts import wade_giles
from coercivity.intake.parties.scripts.korean import HANGUL, korean_key, may_start
from coercivity.intake.parties.scripts.pinyin import LEAST_SIGNS, may_be_pinyin, spellings
from coercivity.intake.parties.scripts.spoken import spoken

_LEAST = 4  # letters of a head
_LEAST_SIGNS = 2  # of a head
_MOST_SIGNS = 4  # of the name of a person
_LEAST_NAME = 5  # letters of a whole name without a trade
_MOST_WORDS = 3  # of a head in letters
_MOST = 12  # listed names with one head and one trade
_DIVISIONS = frozenset("市省县")
_LONGEST = max(map(len, KOREAN))
# Cities as they are written in letters, where the words of the pack have them in characters alone.
_PLACES = """
hongkong macau macao harbin taipei hohhot urumqi hsinchu taichung anqing anshan anyang baoji beihai beilun bengbu
changde chengdu chifeng chuzhou cixi daqing deyang dezhou foshan fuzhou gansu ganzhou guangdong guilin guiyang
handan heilongjiang hengdian hengyang huaian huangshi huzhou jiangyin jilin jingzhou jinzhou jiujiang kaifeng
langfang leshan lianyungang liaoyang luoyang luzhou maanshan meizhou nanchang nanchong nanning neijiang ningde
ningxia pingdingshan putian qinghai qinhuangdao quzhou rizhao sanya shanxi shouguang tangshan weinan xiamen xiangtan
xiangyang xianyang xingtai xining xinjiang xinxiang xinyang xuancheng yancheng yibin yichang yinchuan yingkou yixing
yongkang yueyang yuyao zhangjiakou zhangzhou zhaoqing zhongguo zhongshan zhuzhou zigong zunyi
"""
_MOST_LETTERS = 40  # of a head
_START, _VOWELS, _TAIL = "(?:[zcst]h|hs|ts|tz|ss|[b-df-hj-np-tx-z])?[wy]?", "[aeiouv]+", "(?:ng|[nrh])?"
_SYLLABLES = re.compile(rf"{_START}{_VOWELS}(?:{_TAIL}(?:(?=[^aeiou]){_START}){_VOWELS})*{_TAIL}")
_PLACE_OF = {
    **{"chengdou": "chengdu", "zhangsha": "changsha", "zhongqing": "chongqing", "shamen": "xiamen"},
    **{"haerbin": "harbin", "taibei": "taipei", "xianggang": "hongkong", "zhongguo": "china", "huhehaote": "hohhot"},
    **{"xinzhu": "hsinchu", "taizhong": "taichung"},
}


class Head(NamedTuple):
    """A name in two parts.

    Attributes:
        keys: How its head may be spelt in Latin letters.
        told: Beginnings of the English words for its trade, and places in letters.
    """

    keys: tuple[str, ...]
    told: frozenset[str]


@lru_cache(maxsize=2_048)
def heads_of_signs(signs: str) -> tuple[Head, ...]:
    """Returns the parts of a folded Chinese name with a head of two characters or more, and a short one as a whole.

    Args:
        signs: The name as `Parts` has it.
    """
    core, told, others = "", set[str](), list[str]()
    for piece in _pieces(signs):
        if piece in CHINESE:
            told |= CHINESE[piece]
        elif len(piece) == 1:
            core += piece if piece not in _DIVISIONS or core else ""
        elif piece in _place_signs() and not told:
            told.add(_place(piece))
        else:
            others.append(piece)
    core = core or "".join(others[:1])  # `Dongfang` is the head of a name that has no other
    found = []
    if told and _LEAST_SIGNS <= count_han(core) == len(core):
        found.append(Head(_spellings(core), frozenset(told)))
    if LEAST_SIGNS <= len(signs) <= _MOST_SIGNS and count_han(signs) == len(signs):
        found.append(Head(_spellings(signs), frozenset()))
    return tuple(found)


def _spellings(signs: str) -> tuple[str, ...]:
    keys = dict.fromkeys((*spellings(signs), *wade_giles.keys_of(signs)[:1]))
    return tuple(key for key in keys if len(key) >= _LEAST)


def _pieces(signs: str) -> Iterator[str]:
    """Yields the longest words for trades and places in a Chinese name, and its other characters one by one."""
    words, longest = _known()
    at, end = 0, len(signs)
    while at < end:
        size = min(longest, end - at)
        while size > 1 and signs[at : at + size] not in words:
            size -= 1
        yield signs[at : at + size]
        at += size


@lru_cache(maxsize=1)
def _known() -> tuple[frozenset[str], int]:
    """Returns the words that are kept whole, and the length of the longest; words of two known ones are divided."""
    words, longest = simplified_signs()
    divided = {one for one in words if one not in CHINESE and any(one[:at] in CHINESE for at in range(2, len(one) - 1))}
    return (words - divided) | _place_signs() | CHINESE.keys(), longest


@lru_cache(maxsize=1)
def _place_signs() -> frozenset[str]:
    return frozenset(map(simplified, lexicon().place_signs))


@lru_cache(maxsize=2_048)
def _place(signs: str) -> str:
    letters = spellings(signs.removesuffix("市").removesuffix("省"))[0]
    return _PLACE_OF.get(letters, letters)


def heads_of_hangul(name: str) -> Iterator[Head]:
    """Yields the parts of a name in Hangul, whose trade is at its end, and all of it as it sounds.

    Args:
        name: The name as shown.
    """
    text, told = fold(name), set[str]()
    whole = text
    while True:
        sizes = range(min(_LONGEST, len(text) - 2), 1, -1)
        size = next((n for n in sizes if text[-n:] in KOREAN), 0)
        if not size:
            break
        told |= KOREAN[text[-size:]]
        text = text[:-size]
    if not text or any(HANGUL.match(sign) is None for sign in whole):
        return
    if told and len(_korean(text)) >= _LEAST:
        yield Head((_korean(text),), frozenset(told))
    if len(_korean(whole)) >= _LEAST_NAME:
        yield Head((_korean(whole),), frozenset())


def _korean(hangul: str) -> str:
    """Returns the key of a name in Hangul, whose first sign may be a family name."""
    return korean_key(tuple(spoken(part)[0] for part in (hangul[0], hangul[1:]) if part))


def heads_of_words(words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yields the words that may be the head of a name in letters, and the others: its place and trade.

    Args:
        words: The words of the name without its company form.
    """
    common, places, size = lexicon().common, place_letters(), len(words)
    start = end = 0
    if size > 2 and words[0] + words[1] in places:
        start = end = 2
    elif size > 1 and words[0] in places:
        start = end = 1
    while end < size and (end == start or words[end] not in common):
        end += 1
    if end - start <= _MOST_WORDS and all(word in common or word in places for word in words[end:]):
        yield words[start:end], (*words[:start], *words[end:])
    if 1 < size <= _MOST_WORDS:
        if end - start < size:
            yield words, ()
        yield (words[-1], *words[:-1]), ()  # a family name at the end


def _told(others: tuple[str, ...]) -> frozenset[str]:
    """Returns what the words beside a head tell; a place of two words is one."""
    places = place_letters()
    found = {word if word in places else beginning(word) for word in others}
    if len(others) > 1 and others[0] + others[1] in places:
        found.add(others[0] + others[1])
    return frozenset(found)


@lru_cache(maxsize=1)
def place_letters() -> frozenset[str]:
    """Returns places in letters, those of China in pinyin as well."""
    return lexicon().places | frozenset(_PLACES.split())


def may_be_spelt(head: tuple[str, ...]) -> bool:
    """Returns whether a head may be Chinese in letters, so that the readings of characters are needed."""
    key = "".join(head)
    if not _LEAST <= len(key) <= _MOST_LETTERS or _SYLLABLES.fullmatch(key) is None:
        return False
    return may_be_pinyin(key, frozenset()) or bool(wade_giles.key_of("", head))


Held = dict[str, list[tuple[int, frozenset[str]]]]


class HeadIndex:
    """Listed names in Chinese or Korean by their heads, for names in letters; and the other way round."""

    def __init__(
        self, signs: Sequence[tuple[int, Parts]], spoken: Sequence[tuple[int, str]], words: Sequence[tuple[int, Parts]]
    ) -> None:
        """Takes the listed names in Chinese characters, those in Hangul as shown, and those in letters."""
        self._signs, self._hangul, self._words = signs, spoken, words

    @property
    def _is_made(self) -> bool:
        """Whether the readings of characters are at hand already."""
        return "_of_signs" in self.__dict__

    @cached_property
    def _of_signs(self) -> Held:
        return _by_key((at, one) for at, parts in self._signs if not parts.words for one in heads_of_signs(parts.signs))

    @cached_property
    def _of_hangul(self) -> Held:
        return _by_key((at, one) for at, name in self._hangul for one in heads_of_hangul(name))

    @cached_property
    def _starts(self) -> frozenset[str]:
        """First letters of the names in Hangul."""
        return frozenset(key[0] for key in self._of_hangul)

    @cached_property
    def _of_words(self) -> Held:
        found: Held = {}
        for at, parts in self._words:
            for head, others in heads_of_words(parts.words):
                if may_be_spelt(head):
                    found.setdefault("".join(head), []).append((at, _told(others)))
        return found

    @cached_property
    def _of_korean_words(self) -> Held:
        found: Held = {}
        for at, parts in self._words:
            for head, others in heads_of_words(parts.words):
                if key := korean_key(head):
                    found.setdefault(key, []).append((at, _told(others)))
        return found

    def like(self, name: str, written: Parts) -> Iterator[Likeness]:
        """Yields the listed names whose head and trade a written one has in the other script.

        Args:
            name: The name as shown.
            written: Its parts.
        """
        if written.signs:
            for one in heads_of_signs(written.signs) if not written.words else ():
                yield from _alike(self._of_words, one)
        elif written.heard:
            for one in heads_of_hangul(name) if HANGUL.search(name) else ():
                yield from _alike(self._of_korean_words, one)
        elif self._signs or self._hangul:
            for head, others in heads_of_words(written.words):
                if self._signs and (self._is_made or may_be_spelt(head)) and "".join(head) in self._of_signs:
                    yield from _alike(self._of_signs, Head(("".join(head),), _told(others)))
                starts = self._starts
                if starts and may_start(head[0], starts) and (key := korean_key(head)) in self._of_hangul:
                    yield from _alike(self._of_hangul, Head((key,), _told(others)))


def _by_key(heads: Iterable[tuple[int, Head]]) -> Held:
    found: Held = {}
    for at, one in heads:
        for key in one.keys:
            found.setdefault(key, []).append((at, one.told))
    return found


def _alike(held: Held, one: Head) -> Iterator[Likeness]:
    for key in one.keys:
        same = held.get(key, ())
        found = [at for at, told in same if not told.isdisjoint(one.told) or told == one.told == frozenset()]
        if len(found) <= _MOST:
            for at in found:
                yield Likeness(at, 700, ("same_head", "same_sound"))
