"""One form of a name, so that names can be compared: what may differ in writing, and says nothing of who is meant."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from coercivity.base.words import bare

MOST_KEPT = 8_192

# Company forms, written without dots and blanks: taken off the end of a name, the longest first, and again.
_FORMS = re.compile(
    "inc|incorporated|corp|corporation|co|company|ltd|limited|private|pvt|plc|llc|llp|lp|limitedpartnership|pte|pty|"
    "gmbh|mbh|ag|kg|kgaa|ohg|ug|se|ab|as|asa|aps|oy|oyj|bv|nv|vof|cv|sa|sas|sarl|eurl|sca|spa|srl|sl|slu|lda|ltda|"
    "sro|spolsro|spzoo|zoo|zrt|kft|nyrt|ad|ead|ood|eood|doo|uab|sia|jsc|ojsc|cjsc|pjsc|pao|ooo|oao|zao|"
    "kk|gk|yk|kabushikikaisha|sdnbhd|bhd|tbk"
)
_LEADING = frozenset({"the", "sarl", "pt", "ooo", "oao", "zao", "pao", "pjsc", "jsc", "kabushikikaisha"})
_SHORT = {"corporation": "corp", "incorporated": "inc", "company": "co", "limited": "ltd"}  # in the middle of a name
_MOST_PARTS = 4  # sp. z o. o.
_DOTTED = re.compile(r"(?<=\b\w)\.(?=\w\b)")
_ZH_TAIL = re.compile(r"(?:股份有限公司|有限责任公司|有限公司|株式会社|有限会社|合同会社|公司)\Z")
_ZH_HEAD = re.compile(r"\A(?:株式会社|有限会社|合同会社)(?=.)")
_BRACKETED = {"(株)": "株式会社", "(有)": "有限会社"}
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")

# Letters that look like Latin ones: of other alphabets, with a stroke, or small capitals. Η is an H, and η an n.
_LOOK_ALIKES = str.maketrans(
    {
        **dict(zip("АВЕКМНОРСТУХІЈЅҺԚԜӀ", "ABEKMHOPCTYXIJSHQWI", strict=True)),
        **dict(zip("авекмнорстухіјѕһԛԝӏьпг", "abekmhopctyxijshqwlbnr", strict=True)),
        **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ", "ABEZHIKMNOPTYXC", strict=True)),
        **dict(zip("αβγεηικμνορτυχωϲ", "abyenikuvoptuxwc", strict=True)),
        **dict(zip("łŁøØđĐħıɑɡʀᴀᴄᴇᴍᴏᴛᴜᴠᴡᴢ", "lLoOdDhiagRACEMOTUVWZ", strict=True)),
        **{"æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE"},
    }
)
# Japanese forms of signs in the packed lists, each before the Chinese one, which t2s of opencc leaves alone.
_JAPANESE = (
    "亜亚伝传剣剑剤剂営营団团図图圧压増增実实弾弹徳德応应戦战揺摇栄荣権权気气発发竜龙経经縁缘豊丰辺边鉄铁険险験验髪发"
)
_SHINJITAI = str.maketrans(_JAPANESE[::2], _JAPANESE[1::2])


@lru_cache(maxsize=MOST_KEPT)
def fold(name: str) -> str:
    """Returns a name without case, width, accents, blanks, punctuation, `and` and company form.

    Letters that look like Latin ones are read as these, and Japanese signs as simplified Chinese ones.
    """
    text = bare(name.translate(_LOOK_ALIKES)).translate(_LOOK_ALIKES).translate(_SHINJITAI)
    for short, form in _BRACKETED.items():
        text = text.replace(short, form)
    words = re.sub(r"[\W_]+", " ", _DOTTED.sub("", text)).split()
    joined = "".join(_SHORT.get(word, word) for word in _without_forms([word for word in words if word != "and"]))
    return _ZH_TAIL.sub("", _ZH_HEAD.sub("", joined)) or joined


def _without_forms(words: list[str]) -> list[str]:
    """The words without company forms at either end; the last word that is left is kept."""
    kept = words[1:] if len(words) > 1 and words[0] in _LEADING else words
    while count := next((n for n in range(_MOST_PARTS, 0, -1) if _ends_in_form(kept, n)), 0):
        kept = kept[:-count]
    return kept


def _ends_in_form(words: list[str], count: int) -> bool:
    """Whether the last words are one company form; letters set apart are taken as one: `u s a` ends in no `s a`."""
    if len(words) <= count or not _FORMS.fullmatch("".join(words[-count:])):
        return False
    return not (len(words[-count]) == 1 == len(words[-count - 1]))


def has_han(name: str) -> bool:
    """Returns whether a name holds Chinese signs, so that it may be written in traditional ones."""
    return _HAN.search(name) is not None


@lru_cache(maxsize=MOST_KEPT)
def simplified(name: str) -> str:
    """Returns a name with traditional Chinese signs written as simplified ones."""
    return str(_converter().convert(unicodedata.normalize("NFKC", name)))


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC  # type: ignore[import-untyped] # it comes without types

    return OpenCC("t2s")
