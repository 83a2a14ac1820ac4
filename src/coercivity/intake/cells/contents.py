"""Contents as people write them in a column or a remark: `analysis per certificate: Nd 23.5 ...`, `no rare earths`.

The words around the figures are dropped only if all of them are known to say nothing of their own. A claim stays a
claim: it excludes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from coercivity.data.values import SetValue
from coercivity.intake.cells.cell import Cell
from coercivity.intake.composition.flat import flat
from coercivity.law.engine.derived_facts import RARE_EARTHS

# At least three elements with a figure each: what a remark must contain to be a composition.
SHARES = r"(?:\b[A-Z][a-z]?\s?[:=]?\s?\d{1,3}(?:[.,]\d+)?\s?%?(?:\s*[,;/+]?\s+|\s*$)){3,}"
_SHARES = re.compile(SHARES)
_AROUND = frozenset(
    word
    for words in (
        "volle voll vollst vollständig vollständige zusammens zusammensetzung komplett komplette analyse analysis gem",
        "gemäß lt laut nach per acc according to as by certificate cert zeugnis prüfzeugnis werkszeugnis attest report",
        "bericht prüfbericht icp coa mtc mill test sheet full complete composition contents content chemical chemische",
        "chemistry wt mass gew in der des the of magnet magnets magnete powder pulver alloy legierung metal metall",
        "supplier lieferant lief maker hersteller",
        "磁粉 磁体 磁钢 合金 成分 全成分 化学成分 按 依 据 质保书 检测报告 报告 证书 厂家 供应商",
    )
    for word in words.split()
)
_WITHIN = re.compile(
    r"\s*(?:\b(?:im|in|in the|in den|des|der|of the)\s+(?:magnet(?:en|s|e)?|rotor|motor)\b|磁体中|磁钢中)\s*\Z", re.I
)
_SIGN = re.compile(r"[\s,;:/+&().、，；：/-]+")
_DENY = frozenset(
    ("kein", "keine", "keinen", "ohne", "no", "without", "free", "frei", "non", "none", "not", "enthält", "nicht",
     "weder", "noch", "不含", "无", "無", "未含", "未添加")
)  # fmt: skip
_ALL = frozenset(
    ("se", "sse", "re", "ree", "rees", "reo", "hree", "heavy", "rare", "earth", "earths", "schwere", "seltene",
     "seltenerden", "erden", "seltenerd", "lanthanide", "稀土", "重稀土", "中重稀土")
)  # fmt: skip
_ALONE = frozenset(("nur", "only", "lediglich", "just", "仅", "只含", "只"))
_JOINTS = frozenset(("und", "and", "or", "oder", "of", "an", "von"))
_ELEMENT = re.compile(r"[A-Z][a-z]?\Z")
_OTHERWISE = re.compile(
    r"\b(?:statt|anstatt|instead|wie|like|as for|bisher|previous(?:ly)?|old|alt(?:e[rn]?)?|früher|replaces?|ersetzt|"
    r"example|beispiel|z\.? ?b|typ(?:isch|ical)?|nominal|target|soll|offer|angebot)\b|原|代替|替代|例如|典型",
    re.I,
)
CLAIM = "a claim, not a measurement, so it is not used; give the figures of the analysis"
# The elements of a customs declaration, 申报要素: those that state contents, those that do not, and words in the latter
# that may state contents all the same.
_CONTENTS = ("成分", "成份", "成分含量", "含量", "化学成分", "主要成分", "材质", "材料", "材质成分")
_DECLARED = (
    "品名", "品牌", "品牌类型", "出口享惠情况", "用途", "型号", "规格", "规格型号", "结构类型", "类型", "GTIN", "CAS",
    "CAS号", "其他", "外观", "包装规格", "加工方法", "加工程度", "来源", "功能", "原理", "是否充磁", "种类", "尺寸",
    "额定功率", "电压",
)  # fmt: skip
_TELLING = re.compile(
    r"[稀钕镝铽钐镨钇钪镥钆铈镧铕钬铒铥镱镓锗锑钨钼铟铋碲磁]|\b(?:Nd|Dy|Tb|Sm|Pr|Gd|Lu|Sc|Y|Ce|La)\b|NdFeB|SmCo"
)
_ORDINARY = frozenset(
    (
        "碳钢",
        "不锈钢",
        "钢",
        "铁",
        "钢铁",
        "铸铁",
        "塑料",
        "橡胶",
        "硅胶",
        "木",
        "纸",
        "玻璃",
        "铜",
        "铝",
        "ABS",
        "PVC",
        "棉",
    )
)
_Reader = Callable[[str], Cell]


def contents_reader(plain: _Reader) -> _Reader:
    """Returns the reader of a column of compositions.

    Args:
        plain: Reads a composition without words around it.
    """

    def read(text: str) -> Cell:
        found = plain(text)
        if not found.unread:
            return found
        if (declared := _declared(text)) is not None:
            stated = plain(declared) if declared else Cell(notes=("the elements of the declaration state no contents",))
            return found if stated.unread else stated
        bared = _WITHIN.sub("", text)
        if bared != text and not (inside := plain(bared)).unread:
            return inside
        shares = _shares_of(text)
        if shares and not (within := plain(shares)).unread:
            return within
        claim = _claim(text)
        return found if claim is None else claim

    return read


def remark_reader(plain: _Reader) -> _Reader:
    """Returns the reader of a column of remarks: only a whole composition in it counts, and nothing else of it.

    Args:
        plain: Reads a composition without words around it.
    """

    def read(text: str) -> Cell:
        if _SHARES.search(text) is None or _OTHERWISE.search(text):
            return Cell(value=text)
        for piece in re.split(r"[;|\n；]", text):
            shares = _shares_of(piece)
            if not shares:
                continue
            found = plain(shares)
            elements = found.facts.get("elements")
            # Figures that do not add up to the whole may be an extract, and of something else.
            if isinstance(elements, SetValue) and elements.complete and not found.unread and found.fault is None:
                note = "the composition in this remark was used"
                return replace(found, value=text, notes=(note, *found.notes))
        return Cell(value=text)

    return read


def _declared(text: str) -> str | None:
    """Returns the contents among the elements of a Chinese customs declaration, blank if they state none.

    None if the text is no such list, or may say something of its own.
    """
    pieces = [piece.strip() for piece in re.split(r"[;；|\n]", text) if piece.strip()]
    contents = []
    for piece in pieces:
        name, sign, value = (part.strip() for part in re.sub(r"^\d{1,2}[.:：、]", "", piece).partition(":"))
        if not sign:
            name, sign, value = (part.strip() for part in piece.partition("："))
        if not sign or name not in (*_CONTENTS, *_DECLARED):
            return None
        if name in _CONTENTS:
            contents.append(value)
        elif _TELLING.search(value):
            return None
    ordinary = [value for value in contents if value in _ORDINARY]
    left = [value for value in contents if value not in ordinary]
    return ("" if not left else left[0] if len(left) == 1 else None) if pieces else None


def _shares_of(text: str) -> str:
    """Returns the shares in a text if all words around them are known to say nothing; blank otherwise."""
    found = _SHARES.search(text)
    if found is None:
        return ""
    around = _SIGN.split(f"{text[: found.start()]} {text[found.end() :]}")
    if not all(word.casefold() in _AROUND for word in around if word):
        return ""
    return found[0].strip()


def _claim(text: str) -> Cell | None:
    """Returns a cell that only claims what is in or not: elements said to be in count, and nothing is excluded."""
    words = [word for word in _SIGN.split(flat(text)) if word]
    denied, only, has = False, False, set()
    for word in words:
        low = word.casefold()
        if low in _DENY:
            denied, only = True, False
        elif low in _ALONE:
            denied, only = False, True
        elif _ELEMENT.match(word) and word in RARE_EARTHS:
            if only:
                has.add(word)
            elif not denied:
                return None
        elif low not in _ALL and low not in _JOINTS:
            return None
    if not words or not (has or any(word.casefold() in _DENY for word in words)):
        return None
    facts = {"elements": SetValue(frozenset(has), complete=False)} if has else {}
    return Cell(facts, (CLAIM,))
