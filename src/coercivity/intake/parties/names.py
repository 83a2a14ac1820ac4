"""Normalises names for comparison: removes differences in spelling that do not affect the identity."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from coercivity.base.words import bare
from coercivity.intake.parties.scripts.characters import look_alikes, shown

MOST_KEPT = 8_192

# Company forms, without dots and spaces: removed from the end of a name, the longest first, repeatedly.
_FORM_WORDS = (
    "inc|incorporated|corp|corporation|co|company|ltd|limited|private|pvt|plc|llc|llp|lp|limitedpartnership|pte|pty|"
    "gmbh|mbh|ag|kg|kgaa|ohg|ug|se|ab|as|asa|aps|oy|oyj|bv|nv|vof|cv|sa|sas|sarl|eurl|sca|spa|srl|sl|slu|lda|ltda|"
    "sro|spolsro|spzoo|zoo|zrt|kft|nyrt|ad|ead|ood|eood|doo|uab|sia|jsc|ojsc|cjsc|pjsc|pao|ooo|oao|zao|"
    "kk|gk|yk|kabushikikaisha|sdnbhd|bhd|tbk|"
    "aktiengesellschaft|gesellschaftmitbeschrankterhaftung|societaperazioni|societeanonyme|sociedadanonima|aktiebolag|"
    "aktieselskab|osakeyhtio|beslotenvennootschap|limitedliabilitycompany|publiclimitedcompany|jointstockcompany|fze|"
    "fzco|fzllc|dmcc|berhad|eireli|cltd"
)
_CYRILLIC_FORMS = frozenset(["ооо", "оао", "зао", "пао", "ао"])  # written with letters of their own, as they are kept
FORMS = frozenset(_FORM_WORDS.split("|")) | _CYRILLIC_FORMS
_ENDINGS = frozenset(form[start:] for form in FORMS for start in range(len(form)))
_BEGINNINGS = frozenset(form[: end + 1] for form in FORMS for end in range(len(form)))
_LEADING = frozenset(
    {"the", "sarl", "pt", "ooo", "oao", "zao", "pao", "pjsc", "jsc", "uab", "kabushikikaisha", *_CYRILLIC_FORMS}
)
_SHORT = {"corporation": "corp", "incorporated": "inc", "company": "co", "limited": "ltd"}  # in the middle of a name
_SHORTENED = frozenset(_SHORT)
_MOST_PARTS = 4  # sp. z o. o.
_PLAIN = re.compile(r"[\x00-\x7f\u4e00-\u9fff]*")  # nothing here has accents, width or invisible characters
_GAPS = re.compile(r"[\W_]+")
# Every ASCII character as a part of a word: letters in lower case, digits, and blanks for all others.
_ASCII_WORDS = "".join(sign.lower() if sign.isalnum() else " " for sign in map(chr, range(128)))
_DOTTED = re.compile(r"\.(?<=\b\w\.)(?=\w\b)")  # begins with the sign itself, which is found fast
_ZH_TAIL = re.compile(r"(?:股份有限公司|有限责任公司|有限公司|株式会社|有限会社|合同会社|公司|주식회사|유한회사)\Z")
_ZH_FORM = re.compile(
    r"[x某]{0,4}(?:股份有限公司|有限责任公司|有限公司|株式会社|有限会社|合同会社|公司|주식회사|유한회사)"
)
_ZH_HEAD = re.compile(r"\A(?:株式会社|有限会社|合同会社|주식회사|유한회사)(?=.)")
_BRACKETED = {"(株)": "株式会社", "(有)": "有限会社", "(주)": "주식회사", "(유)": "유한회사"}
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# Characters that the dictionary converts differently in some words, after each was converted on its own.
_BY_WORDS = frozenset("瞭炼么干恶藉覆俱蒙钟咤征彷于巨沈牴升画苔衹")

# Japanese forms of characters in the built-in lists, each before the Chinese one, which t2s of opencc leaves alone.
_JAPANESE = (
    "亜亚伝传剣剑剤剂営营団团図图圧压増增実实弾弹徳德応应戦战揺摇栄荣権权気气発发竜龙経经縁缘豊丰辺边鉄铁険险験验髪发"
)
_SHINJITAI = str.maketrans(_JAPANESE[::2], _JAPANESE[1::2])


@lru_cache(maxsize=MOST_KEPT)
def fold(name: str) -> str:
    """Returns a name without case, width, accents, spaces, punctuation, `and` and company form.

    Letters that look like Latin ones are replaced by these, and Japanese characters by simplified Chinese ones.
    """
    if name.isascii():
        return folded_words(words_of(name))
    seen = _seen(name)
    return fold_as_written(name) if seen == _bare(name) else "".join(_stem(seen))


@lru_cache(maxsize=MOST_KEPT)
def fold_as_written(name: str) -> str:
    """Returns a name folded like `fold`, but with every character as written, none replaced by another."""
    return folded_words(words_of(name)) if name.isascii() else "".join(_stem(_bare(name)))


def joined(name: str) -> str:
    """Returns a name folded like `fold` but with its company form, since `You Se` may be two syllables instead."""
    return "".join(_words(_seen(name)))


def all_words(name: str) -> list[str]:
    """Returns the words of a name folded like `fold`, with its company form."""
    if name.isascii():
        return (_DOTTED.sub("", name) if "." in name else name).translate(_ASCII_WORDS).split()
    return _words(_seen(name))


def words_of(name: str) -> list[str]:
    """Returns the words of a name folded like `fold`, without `and` and company forms; no form is abbreviated."""
    return without_forms([word for word in all_words(name) if word != "and"])


def is_form(name: str) -> bool:
    """Returns whether a name consists only of company forms: `GmbH`, `Co., Ltd.`, `XX公司`."""
    words = _words(_seen(name))
    whole = "".join(words)
    return bool(words) and (whole in FORMS or all(word in FORMS for word in words) or bool(_ZH_FORM.fullmatch(whole)))


def has_form(name: str) -> bool:
    """Returns whether a name ends in a company form, or is one."""
    text = _seen(name)
    words = _words(text)
    return len(without_forms(["", *words])) <= len(words) or _ZH_TAIL.search(text.rstrip()) is not None


@lru_cache(maxsize=MOST_KEPT)
def _seen(name: str) -> str:
    """Returns the name with every character replaced by the one it looks like."""
    if _PLAIN.fullmatch(name):
        return name.casefold().translate(_SHINJITAI)
    return look_alikes(bare(look_alikes(shown(name)))).translate(_SHINJITAI)


@lru_cache(maxsize=MOST_KEPT)
def _bare(name: str) -> str:
    return name.casefold() if _PLAIN.fullmatch(name) else bare(shown(name))


def _words(text: str) -> list[str]:
    if not text.isascii():
        for short, form in _BRACKETED.items():
            text = text.replace(short, form)
    return _GAPS.sub(" ", _DOTTED.sub("", text)).split()


def folded_words(words: Sequence[str]) -> str:
    """Returns words without company forms as `fold` returns the whole name."""
    if _SHORTENED.isdisjoint(words):
        return "".join(words)
    return "".join([_SHORT.get(word, word) for word in words])


def _stem(text: str) -> list[str]:
    """Returns the lower-case words of a name that remain without `and` and company forms."""
    kept = [_SHORT.get(word, word) for word in without_forms([word for word in _words(text) if word != "and"])]
    if text.isascii():
        return kept
    whole = "".join(kept)
    return [_ZH_TAIL.sub("", _ZH_HEAD.sub("", whole)) or whole]


def without_forms(words: list[str]) -> list[str]:
    """Returns folded words without company forms at either end; the last remaining word is kept."""
    kept = words[1:] if len(words) > 1 and words[0] in _LEADING else words
    while kept and kept[-1] in _ENDINGS:
        for count in range(min(_MOST_PARTS, len(kept) - 1), 0, -1):
            if kept[-count] in _BEGINNINGS and _ends_in_form(kept, count):
                kept = kept[:-count]
                break
        else:
            break
    return kept


def _ends_in_form(words: list[str], count: int) -> bool:
    """Returns whether the last words are one company form; spaced letters count as one: `u s a` is not `s a`."""
    if "".join(words[-count:]) not in FORMS:
        return False
    return not (len(words[-count]) == 1 == len(words[-count - 1]))


def has_han(name: str) -> bool:
    """Returns whether a name contains Chinese characters, so that it may be written in traditional ones."""
    return _HAN.search(name) is not None


def signs_in(name: str) -> list[str]:
    """Returns the Chinese characters of a name."""
    return _HAN.findall(name)


def count_han(name: str) -> int:
    """Returns the number of Chinese characters in a name."""
    return len(_HAN.findall(name))


def simplified(name: str) -> str:
    """Returns a name with traditional Chinese characters converted to simplified ones, one by one.

    Characters that depend on the surrounding words are converted by the dictionary of words. A name without traditional
    characters is unchanged.
    """
    text = unicodedata.normalize("NFKC", name)
    found = text.translate(_signs())
    return found if found == text or _BY_WORDS.isdisjoint(found) else str(_converter().convert(text))


class _Signs(dict[int, str]):
    """Simplified characters by code point, looked up in the dictionary once each; other scripts map to themselves.

    The dictionary takes twenty times as long for a whole name as for its characters, once these are cached.
    """

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        self[code] = found = str(_converter().convert(sign)) if _HAN.match(sign) else sign
        return found


@lru_cache(maxsize=1)
def _signs() -> _Signs:
    return _Signs()


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC  # type: ignore[import-untyped] # it comes without types

    return OpenCC("t2s")
