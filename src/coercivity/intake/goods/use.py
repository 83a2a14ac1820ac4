"""Converts end-use text to the facts it plainly states: a military, mass-destruction or terrorist use, nothing else.

A word that may indicate such a use, like rocket or drone, leaves the text unread, so that no declared "no" covers it.

A text without such words answers nothing: whether a use is civil is declared by the exporter, not by a word.
"""

from __future__ import annotations

import re
import unicodedata

from coercivity.base.errors import brief_value
from coercivity.intake.goods.reading import Reading

# Latin words appear between Chinese ones, where a plain word boundary would miss them.
_MILITARY = re.compile(
    r"(?<![a-zäöüß])(?:military|militar\w*|militär\w*|rüstung\w*|"
    r"(?<!flood )(?<!coastal )defen[cs]es?(?! (?:of|against) )|"
    r"weapons?|weaponry|munitions?|ammunition|missiles?|(?<!bath )bombs?|grenades?|land ?mines?|firearms?|rifles?|"
    r"pistols?|(?:machine|rail|anti-aircraft) ?guns?|warfare|war ?(?:ships?|planes?|heads?|fighting)|frigates?|"
    r"(?:radar|signal|gps|gnss) jamm(?:er|ing)s?|jammers?|munition(?:en)?|bomben?|raketenwerfer|marschflugkörper|"
    r"kriegs(?:schiff|waffe|gerät)\w*|kampf(?:flugzeug|jet|drohne|panzer|mittel|schiff)\w*|panzer\w*|u-boote?|"
    r"warheads?|torpedo(?:e?s)?|(?<!fire )(?<!fire-)fighters?|"
    r"bombers?|naval|navy(?! blue)|(?<!salvation )army|air force|armed forces|submarines?(?! (?:power )?cable)|"
    r"combat (?:aircraft|vehicles?|systems?)|battle tanks?|howitzers?|artillery|armou?red vehicles?|"
    r"bundeswehr|waffen\w*)(?![a-zäöüß])"
    r"|军用|军事|军工|军队|军方|军舰|战舰|军机|军火|国防|武器|炸弹|炮弹|火炮|火箭炮|枪支|枪械|枪炮|手榴弹|地雷|战机|歼击机|导弹|飛弾|弹药|战斗机|轰炸机|潜艇|鱼雷|坦克|装甲车|海军|空军|陆军|解放军|"
    r"軍事|軍用|軍艦|軍需|戦車|爆弾|砲弾|弾薬|防衛|自衛隊|兵器|ミサイル|戦闘機|潜水艦|魚雷|陸軍|海軍|空軍",
    re.I,
)
_WMD = re.compile(
    r"(?<![a-zäöüß])(?:nuclear (?:weapons?|warheads?|arms|bombs?)|atomic bombs?|chemical (?:weapons?|warfare)|"
    r"biological (?:weapons?|warfare)|weapons? of mass destruction|wmd|ballistic missiles?|cruise missiles?|"
    r"missile delivery|radiological (?:dispersal|weapons?|bombs?|devices?)|dirty bombs?|nerve (?:agents?|gas)|"
    r"massenvernichtungswaffen|atomwaffen|chemiewaffen)(?![a-zäöüß])"
    r"|核武器|核弹|核武|原子弹|氢弹|脏弹|放射性散布|神经毒剂|化学武器|生物武器|大规模杀伤性武器|弹道导弹|巡航导弹|核兵器|化学兵器|生物兵器|大量破壊兵器|弾道ミサイル",
    re.I,
)
_TERROR = re.compile(
    r"(?<![a-zäöüß])terroris(?:ts?|m|tic)(?![a-zäöüß])|恐怖主义|恐怖组织|恐怖活动|テロ(?:リスト|リズム|組織|行為|目的)",
    re.I,
)
# The text has to say which; "civil" settles it for a word of the first kind, and nothing does for one of the second.
_MAY_BE_MILITARY = re.compile(
    r"(?<![a-zäöüß])(?:uavs?|uas|uncrewed|unmanned|"
    r"drones?|drohnen?|quad(?:ro)?[- ]?copters?|multi-?(?:rotors?|copters?)|auvs?|rovs?|"
    r"underwater vehicles?|satell?ites?(?! (?:dish|tv|gear))|satelliten\w*|"
    r"(?<!automotive )(?<!parking )(?<!vehicle )(?<!car )(?<!weather )radars?|sonars?|hydrophones?|"
    r"aerospace|(?:luft- und )?raumfahrt\w*|luftfahrt\w*|avionics?|space(?:craft| ?flights?|"
    r" ?ships?| launch| vehicles?|"
    r" stations?| probes?| industry| applications?| programs?)|(?<!passenger )aircrafts?|helicopters?|airframes?|"
    r"flugzeug\w*|hubschrauber\w*|flight controls?|fly-by-wire|turbofans?|jet engines?|night vision|"
    r"electro-?optical (?:pods?|turrets?)|(?:explosive|ordnance)s?|gun turrets?|armou?r(?:ed)?(?! cables?)|"
    r"dual[- ]use)(?![a-zäöüß])"
    r"|无人机|無人機|无人驾驶航空|无人飞行|无人艇|无人潜航|ドローン|卫星|衛星|"
    r"(?<!倒车)(?<!车载)(?<!汽车)(?<!激光)(?<!气象)雷达|"
    r"(?<!気象)レーダー|声纳|声呐|聲納|ソナー|航天|宇航|航空|宇宙|飞机|飛行機|直升机|ヘリコプター|夜视|炸药|军民两用",
    re.I,
)
_MAY_BE_WEAPON = re.compile(
    r"(?<![a-zäöüß])(?:rockets?|rocketry|raketen?\w*|launch vehicles?|"
    r"guidance|seekers?|hypersonics?|inertial navigation|"
    r"trägheitsnavigation|lenk(?:system|flug)\w*|re-?entry|guided(?! vehicles?)|"
    r"(?<!laboratory )(?<!lab )(?<!medical )(?<!decanter )(?<!blood )(?<!food )(?<!dairy )centrifug(?:es?|ing)|"
    r"(?<!labor)(?:gas)?zentrifugen?|uran(?:ium)?\w*|plutonium|thorium|tritium|enrichment|anreicherung\w*|isotopes?|"
    r"radiological|nuclear(?! (?:medicine|magnetic resonance|imaging))|nuklear\w*|kern(?:kraft|energie|reaktor)\w*|"
    r"atom(?:kraft|energie|reaktor|ic (?:energy|power))\w*|directed energy|biowarfare|pathogens?|toxins?)(?![a-zäöüß])"
    r"|火箭|ロケット|制导|制導|誘導装置|惯性导航|慣性航法|高超音速|运载器|(?<!实验室)(?<!医用)离心机|遠心分離機|铀|鈾|ウラン|钚|鈈|プルトニウム|"
    r"核电|核能|核反应|核燃料|核工业|核设施|核材料|原子能|原子力|核発電|同位素|浓缩|濃縮",
    re.I,
)
# Weapons that may carry others: next to a military use they leave open whether it is one of mass destruction.
_DELIVERY = re.compile(
    r"(?<![a-zäöüß])(?:missiles?|torpedo(?:e?s)?|rockets?|rocketry|raketen?\w*|marschflugkörper|"
    r"launch vehicles?|uavs?|uas|unmanned|uncrewed|drones?|drohnen?|kampfdrohnen?)(?![a-zäöüß])"
    r"|导弹|飛弾|ミサイル|鱼雷|魚雷|火箭|ロケット|无人机|無人機|无人驾驶航空|无人飞行|ドローン",
    re.I,
)
# Names of weapons that are not ordinary words; a part code can look like one, so they only raise a question.
_PLATFORMS = re.compile(
    r"(?<![A-Za-z0-9])(?:F[- ](?:14|15|16|18|22|35)[A-D]?|F/A[- ]18|B[- ](?:21|52)|J[- ](?:10|11|15|16|20|35)|"
    r"(?:MiG|Mig|MIG)[- ]?\d{2}|(?:Su|SU)[- ](?:2[47]|3[0-5]|57)|MQ[- ]?\d+|RQ[- ]?\d+|"
    r"(?:AIM|AGM|GBU|BGM|RIM|FIM)[- ]?\d+|T[- ](?:72|80|90)|AH[- ]?64|UH[- ]?60|A[- ]10|"
    r"(?i:eurofighter|tomahawk|himars|atacms|jdam|iskander|shahed|bayraktar|black hawk|leopard 2|"
    r"abrams))(?![A-Za-z0-9])"
    r"|歼[- ]?\d{1,2}|东风[- ]?\d{1,2}|轰[- ]?6",
)
_CIVIL = re.compile(
    r"(?<!non-)(?<![a-zäöüß])(?:civil(?:ian)?|commercial|"
    r"non-?military|not military|passenger|zivil\w*|agricultur\w+|toys?)(?![a-zäöüß])"
    r"|民用|民生|民航|非军|農業|农业|玩具",
    re.I,
)
# In the description of a deal, "for civil use only" is a claim; what the thing is for says more.
_CIVIL_THING = re.compile(
    r"(?<![a-zäöüß])(?:passenger|agricultur\w+|toys?|civil (?:aviation|aircraft|engineering))(?![a-zäöüß])"
    r"|民航|農業|农业|玩具",
    re.I,
)
# A denial directly before or after the word is inconclusive. "Not only" is not a denial, nor is 不 in stainless steel.
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


_NOT_ONLY = re.compile(
    r"\b(?:not|nicht) (?:only|nur|just|exclusively|ausschließlich)\b|不仅|不只|不限于|だけでな", re.I
)
# A possible weapon is denied only directly before it: a denial elsewhere may belong to another word.
_RIGHT_BEFORE = re.compile(
    r"(?:\b(?:no|non|not for|not (?:used|intended|meant) (?:for|in)|without|excluding|except(?: for)?|other than|"
    r"nicht für|keine?|ohne)[ -](?:any |the |use in )?|不用于|不供|禁止用于|严禁用于|不含|非)\Z",
    re.I,
)

# "Military use excluded", "military: no": what the document allows instead is not said.
_STRUCK = re.compile(
    r"(?:{kinds})(?:[^;.,，、。；\n]{{0,40}}?(?:\b(?:excluded|prohibited|forbidden|barred|banned|ruled out|"
    r"not (?:allowed|permitted|intended|authori[sz]ed|foreseen|planned|involved|applicable)|"
    r"(?:ausgeschlossen|untersagt|verboten|nicht (?:zulässig|gestattet|erlaubt|vorgesehen)))\b"
    r"|除外|排除|禁止|不允许|不得|不适用)"
    r"|[^;.,，、。；\n]{{0,20}}?[ :：=?？–-]\s*(?:(?:no|none|nein|nicht|false)\b|否|无(?!\w))"
    r"\s*(?=$|[;.,，、。；\n]))".format(
        kinds="|".join(f"(?:{kind.pattern})" for kind in (_MILITARY, _WMD, _TERROR, _CIVIL))
    ),
    re.I,
)


def _says(pattern: re.Pattern[str], text: str, before: re.Pattern[str] = _BEFORE) -> str:
    """Returns the first word of the kind without a denial next to it, or ""."""
    for found in pattern.finditer(text):
        if not before.search(text, max(0, found.start() - 80), found.start()) and not _AFTER.match(text, found.end()):
            return found[0]
    return ""


def read_use(text: str) -> Reading:
    """Returns the facts that an end-use text plainly states; most texts state none.

    Args:
        text: End use as written in the table.

    Returns:
        Unread if a word may indicate a military or weapons use and no other word plainly states one; a missile is
        plainly military, but unread all the same, as it may deliver weapons of mass destruction.
    """
    whole = unicodedata.normalize("NFKC", "".join(sign for sign in text if unicodedata.category(sign) != "Cf"))
    found: dict[str, bool] = {}
    notes: list[str] = []
    for fact, pattern in (("military_use", _MILITARY), ("wmd_use", _WMD), ("terrorist_use", _TERROR)):
        if word := _says(pattern, whole):
            found[fact] = True
            notes.append(f"end use mentions {word!r}: {fact} set to true")
    shown = f"end use {brief_value(text.strip())!r}"
    if not found and (word := _may_mean(whole)):
        return Reading(unread=f"{shown}: {word!r} may indicate a military or weapons use; state which")
    if found.keys() == {"military_use"} and (word := _says(_DELIVERY, whole)):
        unread = f"{shown}: {word!r} may be a means of delivery; state wmd_use"
        return Reading(dict(found), tuple(notes), unread)
    return Reading(dict(found), tuple(notes))


def use_kinds(text: str) -> frozenset[str]:
    """Returns the kinds of use that a text names; empty if no word of it says which.

    Unlike `read_use` it takes the word civil for what it says: it serves to compare documents, and decides nothing.

    Args:
        text: End use as written in a document.

    Returns:
        Some of `civil`, `military`, `wmd` and `terrorist`.
    """
    whole = unicodedata.normalize("NFKC", "".join(sign for sign in text if unicodedata.category(sign) != "Cf"))
    whole = _STRUCK.sub(" ", whole)
    patterns = {"military": _MILITARY, "wmd": _WMD, "terrorist": _TERROR}
    found = {kind for kind, pattern in patterns.items() if _says(pattern, whole)}
    if not found and _NOT_ONLY.search(whole):
        return frozenset()
    only_denied = not found and bool(_MILITARY.search(whole))
    if (_says(_CIVIL, whole) or only_denied) and not (found or _may_mean(whole)):
        return frozenset({"civil"})
    return frozenset(found | ({"civil"} if found and _says(_CIVIL, whole) else set()))


def military_word(text: str) -> str:
    """Returns the word in a name that states or may indicate a military or weapons use, or "".

    Args:
        text: Name of a material, with its purpose.
    """
    whole = unicodedata.normalize("NFKC", "".join(sign for sign in text if unicodedata.category(sign) != "Cf"))
    plain = next((word for kind in (_MILITARY, _WMD, _TERROR) if (word := _says(kind, whole))), "")
    return plain or _may_mean(whole, _CIVIL_THING)


def _may_mean(text: str, civil: re.Pattern[str] = _CIVIL) -> str:
    """Returns the word that may indicate a military or weapons use; a civil use is named as such."""
    if platform := _says(_PLATFORMS, text):
        return platform
    military = "" if _says(civil, text) else _says(_MAY_BE_MILITARY, text, _RIGHT_BEFORE)
    return _says(_MAY_BE_WEAPON, text, _RIGHT_BEFORE) or military
