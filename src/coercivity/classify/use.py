"""End-use text to the facts that it plainly states: a military, mass-destruction or terrorist use, and nothing else.

A text that says nothing of the kind answers nothing: whether a use is civil is answered by the exporter, not by a word.
"""

from __future__ import annotations

import re
import unicodedata

from coercivity.classify.reading import Reading

_MILITARY = re.compile(
    r"\b(?:military|militar\w*|militär\w*|rüstung\w*|(?<!flood )(?<!coastal )defen[cs]es?(?! (?:of|against) )|"
    r"weapons?|weaponry|munitions?|ammunition|missiles?|warheads?|torpedo(?:e?s)?|(?<!fire )(?<!fire-)fighters?|"
    r"bombers?|warships?|naval|navy(?! blue)|(?<!salvation )army|air force|armed forces|submarines?(?! cable)|"
    r"combat (?:aircraft|vehicles?|systems?)|battle tanks?|howitzers?|artillery|armou?red vehicles?|"
    r"bundeswehr|waffen\w*)\b"
    r"|军用|军事|军工|军队|军方|军舰|国防|武器|导弹|飛弾|弹药|战斗机|轰炸机|潜艇|鱼雷|坦克|装甲车|海军|空军|陆军|解放军|"
    r"軍事|軍用|防衛|自衛隊|兵器|ミサイル|戦闘機|潜水艦|魚雷|陸軍|海軍|空軍",
    re.I,
)
_WMD = re.compile(
    r"\b(?:nuclear (?:weapons?|warheads?|arms|bombs?)|atomic bombs?|chemical (?:weapons?|warfare)|"
    r"biological (?:weapons?|warfare)|weapons? of mass destruction|wmd|ballistic missiles?|cruise missiles?|"
    r"missile delivery|massenvernichtungswaffen|atomwaffen|chemiewaffen)\b"
    r"|核武器|核弹|化学武器|生物武器|大规模杀伤性武器|弹道导弹|巡航导弹|核兵器|化学兵器|生物兵器|大量破壊兵器|弾道ミサイル",
    re.I,
)
_TERROR = re.compile(r"\bterroris(?:ts?|m|tic)\b|恐怖主义|恐怖组织|恐怖活动|テロ(?:リスト|リズム|組織|行為|目的)", re.I)
# A denial just before or after the word states nothing either way. "Not only" is none, nor is 不 in stainless steel.
_BEFORE = re.compile(
    r"(?:\b(?:non|not(?! only)|no(?!\.? ?\d)|never|without|neither|nor|excluding|except|other than|free of|"
    r"nicht(?! nur)|"
    r"kein\w*|ohne)\b(?:(?!\b(?:but|sondern|however|yet|only)\b)[^;.。；\n]){0,60}"
    r"|(?:并非|不是|不会|不用于|不作|不得|不涉及|不属于|不供|"
    r"禁止|严禁|未用于|非(?![晶标接球])|无(?![刷人线缝损铅氧菌])|無(?![線人])|"
    r"不(?![锈断仅但只同透]))[^;.,，、。；\s]{0,8})\Z",
    re.I,
)
_AFTER = re.compile(r"[^;.,，、。；\n]{0,12}?(?:ではない|ではありません|でない|以外|しない|されない|しません|不使用)")


def _says(pattern: re.Pattern[str], text: str) -> str:
    """Returns the first word of the kind that no denial stands by, or nothing."""
    for found in pattern.finditer(text):
        if not _BEFORE.search(text, max(0, found.start() - 80), found.start()) and not _AFTER.match(text, found.end()):
            return found[0]
    return ""


def read_use(text: str) -> Reading:
    """Returns the facts that an end-use text plainly states; most texts state none.

    Args:
        text: End use as it stands in the table.
    """
    whole = unicodedata.normalize("NFKC", text)
    found: dict[str, bool] = {}
    notes: list[str] = []
    for fact, pattern in (("military_use", _MILITARY), ("wmd_use", _WMD), ("terrorist_use", _TERROR)):
        if word := _says(pattern, whole):
            found[fact] = True
            notes.append(f"end use says {word!r}: {fact} true")
    return Reading(dict(found), tuple(notes))
