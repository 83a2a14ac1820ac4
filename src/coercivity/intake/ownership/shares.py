"""Shares as written: numbers, percentages, bands and limits, as exact bounds from 0 to 1."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from coercivity.base.exact import SCALE, Interval
from coercivity.data.parties.ownership import ANY_SHARE

Unit = Literal["fraction", "percent", "either"]
MOST_CHARACTERS = 60
_WORDS = "?|unknown|unk|n/a|na|n.a.|-|--|undisclosed|not disclosed|tbc|tbd|null|未知|不详|不明|未披露|待定|未公布"
_UNKNOWN = frozenset(_WORDS.split("|"))
_NUMBER = r"(\d{1,12}(?:[.,]\d{1,18})?|[.,]\d{1,18}|\d{1,9}/\d{1,9})"
_UNIT = r"\s*(%|percent|per\s?cent|pct)?"
_ONE = re.compile(_NUMBER + _UNIT)
_BAND = re.compile(_NUMBER + _UNIT + r"\s*(?:-|–|—|~|to|至|到|and|\.\.)\s*" + _NUMBER + _UNIT)
_ABOVE = re.compile(r"(?:>|more\s+than|over|above|超过|大于|高于)\s*(.+)|(.+?)\s*(?:\+)")
_FROM = re.compile(
    r"(?:>=|≥|=>|at\s+least|min\.?|not\s+less\s+than|不低于|不少于|至少)\s*(.+)"
    r"|(.+?)\s*(?:or\s+more|及以上|以上)"
)
_BELOW = re.compile(r"(?:<|less\s+than|under|below|不足|低于|小于|少于)\s*(.+)")
_UP_TO = re.compile(
    r"(?:<=|≤|=<|at\s+most|max\.?|up\s+to|not\s+more\s+than|不超过|至多)\s*(.+)"
    r"|(.+?)\s*(?:or\s+less|及以下|以下)"
)


@lru_cache(maxsize=4_096)
def parse_share(text: str, unit: Unit = "fraction") -> Interval:
    """Returns the bounds of a share; blank and `unknown` are 0 to 1.

    Args:
        text: `50 %`, `0.5`, `45-55 %`, `>50 %`, `at least 25 %`, `1/3`, `unknown`, blank.
        unit: Unit of a number without a percent sign; `either` if it may be a percentage or a fraction.

    Raises:
        ValueError: If the text is no share, or is outside 0 to 100 %.
    """
    word = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    if len(word) > MOST_CHARACTERS:
        raise ValueError(f"expected a share, found {len(word)} characters")
    if not word or word in _UNKNOWN:
        return ANY_SHARE
    if word.startswith("-") or word.startswith("−"):
        raise ValueError("a share cannot be negative")
    if (band := _BAND.fullmatch(word)) is not None:
        low, low_unit, high, high_unit = band.groups()
        found = _one(low, low_unit or high_unit, unit), _one(high, high_unit or low_unit, unit)
        return _within(found[0].low, found[1].high, unit)
    if (one := _ONE.fullmatch(word)) is not None:
        number = _one(one[1], one[2], unit)
        return _within(number.low, number.high, unit)
    return _limited(word, unit)


def _limited(word: str, unit: Unit) -> Interval:
    for form, at_least, least in ((_FROM, True, 0), (_UP_TO, False, 0), (_ABOVE, True, 1), (_BELOW, False, 1)):
        said = form.fullmatch(word)
        if said is None:
            continue
        one = _ONE.fullmatch(next(part for part in said.groups() if part is not None).strip())
        if one is None:
            break
        limit = _one(one[1], one[2], unit)
        return _within(limit.low + least, SCALE, unit) if at_least else _within(0, limit.high - least, unit)
    raise ValueError(f"{word!r} is not a share; write 50 %, 0.5, 45-55 %, >50 % or unknown")


def _within(low: int, high: int, unit: Unit) -> Interval:
    if max(low, high) > SCALE and unit == "percent":
        raise ValueError("a share is between 0 and 100 %; the column is in percent, so 60 means 60 %")
    if low > high:
        raise ValueError("the lower limit is above the upper limit")
    if low < 0 or high > SCALE:
        raise ValueError("a share is between 0 and 100 %; a number without % is a fraction, so write 60 % or 0.6")
    return Interval(low, high)


def _one(number: str, sign: str | None, unit: Unit) -> Interval:
    """Returns one number as a share, rounded outwards to 1e-9."""
    above, _, below = number.replace(",", ".").partition("/")
    if below and not int(below):
        raise ValueError("a fraction needs a denominator above 0")
    value = Fraction(above) / int(below or 1)
    if below and not sign:
        return _rounded(value)
    if sign or unit == "percent":
        return _rounded(value / 100)
    if unit == "either" and 0 < value <= 1:  # 0.5 may be half, or half a percent
        return Interval(_rounded(value / 100).low, _rounded(value).high)
    return _rounded(value / 100 if unit == "either" else value)


def _rounded(value: Fraction) -> Interval:
    scaled = value * SCALE
    return Interval(scaled.numerator // scaled.denominator, -(-scaled.numerator // scaled.denominator))
