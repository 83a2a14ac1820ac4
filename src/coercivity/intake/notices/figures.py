"""Numbers of announcements, shares and plain figures in a notice, and days in Chinese numerals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from coercivity.base.days import FIRST_YEAR, LAST_YEAR, Day
from coercivity.base.exact import SCALE, exact_text

Figure = tuple[int, int, str]
"""Start and end in the folded text, and the value."""

_LIST = r"\d{1,3}(?:(?: ?号)? ?(?:[、,;]| and | und |和|及|与|至|, and ) ?(?:第|no\.? ?)?\d{1,3})*"
_BY_YEAR = tuple(
    re.compile(form)
    for form in (
        rf"(?<!\d)(?P<year>\d{{4}}) ?年 ?第 ?(?P<numbers>{_LIST}) ?号",
        rf"第 ?(?P<numbers>{_LIST}) ?号[^\n。;]{{0,6}}[(\[](?P<year>\d{{4}})(?: ?年)?[)\]]",
        rf"(?<![\d/])(?:nos?\.? ?)?(?P<numbers>{_LIST}) (?:of|von) (?P<year>\d{{4}})(?!\d)",
        rf"nos?\.? ?(?P<numbers>{_LIST}) ?[(\[](?P<year>\d{{4}})[)\]]",
        rf"[(\[](?P<year>\d{{4}})[)\]] ?(?:nos?\.? ?|第)(?P<numbers>{_LIST})",
        r"(?<![\d/.-])(?P<numbers>\d{1,3})/(?P<year>\d{4})(?![\d/-])",
        r"(?<![\d/.-])(?P<year>\d{4})/(?P<numbers>\d{1,3})(?![\d/-])",
    )
)
_ORDER = re.compile(r"(?:令 ?(?:第 ?)?|(?:decree|order) (?:no\.? ?)?)(?P<number>\d{2,4})(?: ?号)?(?![\d/])")
_EACH = re.compile(r"\d{1,3}")
# 第62号公告, after another number with its year in the same sentence.
_GOES_ON = re.compile(r"(?<=[号告、,及和与以])(?: ?第) ?(?P<number>\d{1,3}) ?号")
_YEAR_BEFORE = re.compile(r"(\d{4}) ?年 ?第[^。;\n]{0,80}\Z")
_SHARE = re.compile(
    r"(?<![\d.,])(?P<figure>\d+(?:\.\d+)?) ?(?P<unit>%|‰|per ?cent(?!i)|percent|per ?mille|个百分点)"
    r"|百分之(?P<han>[〇零一二两三四五六七八九十百\d.]+)|千分之(?P<mille>[〇零一二两三四五六七八九十\d.]+)"
)
_PLAIN = re.compile(r"(?<![\d.,/-])\d+(?:\.\d+)?(?![\d/]|[.,-]\d)")
_HAN_DIGITS = {sign: at for at, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_HAN_DAY = re.compile(
    r"(?P<year>[〇零一二三四五六七八九]{4})年(?P<month>[一二三四五六七八九十]{1,3})月(?P<day>[一二三四五六七八九十]{1,3})日"
)


def announcements_in(flat: str) -> Iterator[Figure]:
    """Yields the numbers of announcements as `2025/61`, and those of decrees as `792`; each number of a list alone."""
    taken: set[tuple[int, int]] = set()
    for form in _BY_YEAR:
        for found in form.finditer(flat):
            if not FIRST_YEAR <= int(found["year"]) <= LAST_YEAR:
                continue
            numbers = [*_EACH.finditer(flat, *found.span("numbers"))]
            for at, number in enumerate(numbers):
                # The first and the last number of a list are marked with the words around them.
                start = found.start() if at == 0 else number.start()
                end = found.end() if at == len(numbers) - 1 else number.end()
                if not any(a < number.end() and number.start() < b for a, b in taken):
                    taken.add(number.span())
                    yield start, end, f"{found['year']}/{int(number[0])}"
    for found in _GOES_ON.finditer(flat):
        before = _YEAR_BEFORE.search(flat, max(0, found.start() - 90), found.start())
        if before and not any(a < found.end("number") and found.start("number") < b for a, b in taken):
            yield *found.span(), f"{before[1]}/{int(found['number'])}"
    for found in _ORDER.finditer(flat):
        yield *found.span(), found["number"]


def shares_in_notice(flat: str) -> Iterator[Figure]:
    """Yields percentages and the like as fractions of one: `0.1 %`, 百分之五十."""
    for found in _SHARE.finditer(flat):
        if found["figure"]:
            whole = 1000 if found["unit"] in ("‰", "per mille", "permille") else 100
            share = Fraction(found["figure"]) / whole
        else:
            number = han_number(found["han"] or found["mille"])
            if number is None:
                continue
            share = number / (100 if found["han"] else 1000)
        scaled = share * SCALE
        if scaled.denominator == 1:
            yield *found.span(), exact_text(int(scaled))


def plain_figures(flat: str) -> Iterator[Figure]:
    """Yields figures that stand alone, as decimal text."""
    for found in _PLAIN.finditer(flat):
        scaled = Fraction(found[0]) * SCALE
        if scaled.denominator == 1 and len(found[0]) < 12:
            yield *found.span(), exact_text(int(scaled))


def han_days(flat: str) -> Iterator[Figure]:
    """Yields days in Chinese numerals: 二〇二六年十一月十日."""
    for found in _HAN_DAY.finditer(flat):
        year = int("".join(str(_HAN_DIGITS[sign]) for sign in found["year"]))
        month, day = han_number(found["month"]), han_number(found["day"])
        try:
            yield *found.span(), Day(year, int(month or 0), int(day or 0)).isoformat()
        except ValueError:
            continue


def han_number(text: str) -> Fraction | None:
    """Returns a number up to 999 in Chinese numerals or in figures; None if it is neither.

    Examples:
        >>> [int(han_number(text)) for text in ("十", "二十五", "一百零三", "50")]
        [10, 25, 103, 50]
    """
    if text[:1].isdigit():
        try:
            return Fraction(text)
        except ValueError:
            return None
    found, digit = 0, 0
    for sign in text:
        if sign in _HAN_DIGITS:
            digit = _HAN_DIGITS[sign]
        elif sign in "十百":
            found += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            return None
    return Fraction(found + digit)
