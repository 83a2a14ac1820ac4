"""The words around the figures of a composition in running text: units, limits, denials, in four languages."""

from __future__ import annotations

import re
from collections.abc import Iterable

from coercivity.intake.composition.words import COMMON, RARE_EARTHS, SYMBOLS

HEAVY, RARE = "heavy rare earths", "rare earths"
GROUPS = {
    HEAVY: "heavy rare earths|heavy rare earth|heavy rare-earths|heavy rare-earth|heavy re|hree|hre|"
    "schweren seltenen erden|schwere seltene erden|schweren seltenerden|schwere seltenerden|"
    "中重稀土|重稀土|重希土類|重希土",
    RARE: "tre|rare earths|rare earth|rare-earths|rare-earth|seltenen erden|seltene erden|seltenerden|稀土|希土類",
}
_NUM = r"\d{1,6}(?:[.,]\d{1,4})?(?![.,]?\d)"
_UNIT = (
    r"(?:(?i:gew|masse|mass|weight|wt|ma|atomic|atom|at|mol|vol)[ .-]{0,3}%|(?:质量|質量|重量|原子)?%"
    r"(?: ?(?i:by (?:weight|mass)|\(?[wm]/[wm]\)?|wt\b))?|"
    r"(?i:percent|per cent|prozent|pct|ppmw|ppm|mg/kg|wt)(?![A-Za-z]))"
)
_ABOUT = (
    r"~|≈|±|(?i:ca\.?|circa|approximately|approx\.?|about|around|roughly|etwa|rund|ungefahr|typically|typ\.?|nominal)"
)
_ABOUT += "|大约|约|約|およそ"
_LESS = r"<|≤|≦|⩽|(?i:max(?:\.|imum|imal)?|at most|up to|less than|below|under|bis zu|unter|hochstens|weniger als)"
_LESS += "|不超过|不大于|小于|低于|至多"
_MORE = r">|≥|≧|⩾|(?i:min(?:\.|imum|destens)?|at least|more than|above|over|uber|mehr als)"
_MORE += "|不低于|不小于|不少于|大于|高于|超过|至少"
_FILL = (
    r"(?:[ \t:=(\[-]|(?i:mass fraction|mass share|mass content|content|fraction|share|level|amount|gehalte?s?|"
    r"massenanteil|anteil|concentration|konzentration|in total|total|together|combined|sum|zusammen|gesamt|summe|"
    r"of|is|was|are|betragt|liegt bei|von|bei)(?![A-Za-z])|含有量|含有率|含量|量|质量分数|比例|合计|合計|总量|总计|共|"
    r"为|是|占|达|的|は|が|の|を){0,6}"
)
FORWARD = re.compile(
    rf"{_FILL}(?:(?P<about>{_ABOUT})|(?P<less>{_LESS})|(?P<more>{_MORE}))?[ \t]*"
    rf"(?P<number>{_NUM})(?:[ \t]*(?:±|\+/-)[ \t]*(?P<around>{_NUM}))?"
    rf"(?:(?:[ \t]*{_UNIT})?[ \t]*(?:-|–|—|~|\.{{2,3}}|…|至|到|(?i:to|bis))[ \t]*(?P<to>{_NUM}))?"
    rf"(?:[ \t]*(?P<unit>{_UNIT}))?(?:[ \t]*(?P<behind>以下|以内|未満|未满|以上|左右|(?i:max|min)(?![A-Za-z])))?"
)
BACKWARD = re.compile(
    rf"(?:(?P<about>{_ABOUT})|(?P<less>{_LESS})|(?P<more>{_MORE}))?[ \t]*(?<![\d.,])"
    rf"(?P<number>{_NUM})(?:[ \t]*(?:-|–|—|~|(?i:to|bis))[ \t]*(?P<to>{_NUM}))?[ \t]*"
    rf"(?P<unit>{_UNIT})(?P<behind>)[ \t]*(?:(?i:of|an|by weight|by mass)[ \t]+|的|の)?\Z"
)
_LIMIT = (
    r"[ \t]*[(\[]?[ \t]*(?:(?i:limit|lod|nachweisgrenze|nwg|检出限|検出限界)[ \t:=]*)?[<≤]?[ \t]*"
    rf"(?P<limit>{_NUM}[ \t]*{_UNIT})[)\]]?"
)
_UNSEEN = (
    r"(?i:not detected|not detectable|undetectable|undetected|none detected|not found|below (?:the )?(?:limit of )?"
    r"detection(?: limit)?|below lod|n\. ?d\.?|n\. ?n\.?|(?-i:nd|bdl|BDL)|b\.d\.l\.?|< ?lo[dq]|"
    r"nicht nachweisbar|nicht nachgewiesen|nicht gefunden|unter(?:halb)? (?:der )?nachweisgrenze|u\. ?n\. ?g\.)"
    r"(?![A-Za-z])|"
    r"未检出|未檢出|未检测到|检不出|低于检出限|検出せず|不検出|未検出|検出限界(?:以下|未満)"
)
UNSEEN_AFTER = re.compile(rf"{_FILL}(?:{_UNSEEN})(?:{_LIMIT})?")
UNSEEN_BEFORE = re.compile(r"(?:未检出|未檢出|未检测到|不検出|(?i:no detectable|keine? nachweisbare[sn]?))[ \t]*\Z")
FREE_AFTER = re.compile(
    r"[\"'“”]?(?:[ -]?(?i:free(?! (?:of|sample|delivery|shipping|on board|issue))|"
    r"frei(?:e[rsnm]?)?(?! (?:haus|grenze|an bord|lager)))"
    r"(?![A-Za-z])|-(?i:less)(?![A-Za-z])|"
    r"フリー|レス|を?含まない|を?含まず|不使用|なし|無添加|不含有|零添加|零含量|为零)"
)
LOW_BEFORE = re.compile(r"(?:(?i:low|reduced|less)[ -]|低|减|省)\Z")
LOW_AFTER = re.compile(r"-?(?:(?i:arm(?:e[rsnm]?)?|reduziert(?:e[rsnm]?)?)(?![A-Za-z])|低減|レス化)")
NO_BEFORE = re.compile(
    r"(?:(?<![A-Za-z])(?i:no|without|w/o|free of|free from|zero|ohne|frei von|kein(?:e[rsnm]?)?|contains? no|nor|"
    r"not contain(?:ing)?|not? added)[ \t]+(?:(?i:any|added|detectable|jegliche[sn]?|zugesetzte[sn]?)[ \t]+)?|"
    r"不含有?|不添加|未添加|无添加|不加|没有|无|無)[ \t\"'“”]*(?:任何)?\Z"
)
# A share that is not one of the item: a price, a yield, a share in the oxides.
NOT_A_SHARE = re.compile(
    r" ?(?i:cheaper|discount|off\b|increase|rabatt|skonto|teurer|aufschlag|commission|provision|duty|zoll|vat|mwst|"
    r"yield|recovery|ausbeute|tolerance)|回收率|收率|折扣"
)
OF_OXIDES = re.compile(r"(?i:treo|(?<![a-z])reo(?![a-z])|(?<!ep)oxid)|氧化物|酸化物|稀土总量")
BALANCE = re.compile(
    r"(?:[\s,;/|、+&.()\[\]:]|(?i:and|und|bal(?:\.|ance)?|rest|remainder|sowie|fe|iron|eisen)(?![A-Za-z])|余量|余|其余|和|及|铁|残部){0,16}"
)
_REST, _IRON = (
    r"(?:(?i:balance|bal\.?|remainder|rest)(?![A-Za-z])|余量|余|其余|残部)",
    r"(?:(?i:iron|eisen|fe)(?![A-Za-z])|铁|鉄)",
)
TAIL = re.compile(rf"[\s,;/|、]*(?:{_IRON}[ :=]*{_REST}|{_REST}[ :=]*{_IRON}|{_REST})")
OVERALL_BEFORE = re.compile(rf"{_UNIT}[ \t)\]]*:?[ \t]*\Z")
OVERALL_AFTER = re.compile(rf"[ \t]*[(\[]?[ \t]*(?:in )?{_UNIT}[ \t]*[)\]]?")
KNOWN = COMMON | RARE_EARTHS | (SYMBOLS & {"W", "Sn", "V", "Y", "O", "N", "C"})
# Symbols in capitals only, as a system writes them that knows no small letters; CE and PM mean other things.
SHOUTED = frozenset(("DY", "TB", "ND", "PR", "SM", "GD", "HO"))
_SIGN = "|".join(sorted([*KNOWN, *SHOUTED], key=lambda sign: (-len(sign), sign)))
SIGN, SIGNS = re.compile(_SIGN), re.compile(f"(?:{_SIGN})+")
NOT_BY_MASS = re.compile(r"(?i:at|mol|vol)|原子")


def oxides() -> re.Pattern[str]:
    """Returns the expression that finds the oxide of a rare earth with its share."""
    signs = either([*RARE_EARTHS, *(symbol.upper() for symbol in RARE_EARTHS)])
    return re.compile(rf"(?P<sign>{signs})\d?O\d{{1,2}}(?![A-Za-z\d/]){FORWARD.pattern}")


def either(words: Iterable[str]) -> str:
    """Returns one expression for several words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word))) + ")"
