"""The words of a composition in English, Chinese, Japanese and German, and the meaning of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal

from coercivity.base.words import bare
from coercivity.data.catalogue import FactCatalogue

Kind = Literal[
    "element",
    "group",
    "balance",
    "not",
    "none",
    "undetected",
    "trace",
    "about",
    "below",
    "above",
    "unit",
    "to",
    "compound",
    "skip",
]

RARE_EARTHS = frozenset(re.findall("[A-Z][a-z]?", "ScYLaCePrNdPmSmEuGdTbDyHoErTmYbLu"))
# Some count gadolinium and yttrium as heavy, others do not, so "no heavy rare earths" says nothing about them.
HEAVY = frozenset(("Tb", "Dy", "Ho", "Er", "Tm", "Yb", "Lu"))
SYMBOLS = frozenset(
    re.findall(
        "[A-Z][a-z]?",
        "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr "
        "Nb Mo Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt "
        "Au Hg Tl Pb Bi Th U",
    )
)
# Symbols in magnets and alloys: text in capitals only is split into these and no others.
COMMON = RARE_EARTHS | frozenset(re.findall("[A-Z][a-z]?", "FeBCoAlCuGaZrNbTiSiMnMoNiMgHfCr"))

_OTHERS: Mapping[str, str] = {
    "Fe": "iron ferrum eisen 铁 鐵 鉄",
    "Co": "cobalt kobalt 钴 鈷 コバルト",
    "B": "boron bor 硼 ホウ素 ボロン",
    "Al": "aluminium aluminum 铝 鋁 アルミニウム アルミ",
    "Cu": "copper kupfer 铜 銅",
    "Zr": "zirconium zirkonium 锆 鋯 ジルコニウム",
    "Nb": "niobium niob 铌 鈮 ニオブ",
    "Ti": "titanium titan 钛 鈦 チタン",
    "Si": "silicon silizium 硅 矽 ケイ素",
    "Mn": "manganese mangan 锰 錳 マンガン",
    "Mo": "molybdenum molybdän 钼 鉬 モリブデン",
    "Ni": "nickel 镍 鎳 ニッケル",
    "Mg": "magnesium 镁 鎂 マグネシウム",
    "O": "oxygen sauerstoff 氧 酸素",
    "N": "nitrogen stickstoff 氮 窒素",
    "C": "carbon kohlenstoff 碳 炭素",
    "Zn": "zinc zink 锌 鋅 亜鉛",
    "Cr": "chromium chrom 铬 鉻 クロム",
    "Hf": "hafnium 铪 鉿 ハフニウム",
    "Sr": "strontium 锶 鍶 ストロンチウム",
    "Ba": "barium 钡 鋇 バリウム",
}
_MORE: Mapping[str, str] = {
    "La": "lanthan 鑭",
    "Ce": "cer 鈰",
    "Pr": "praseodym 鐠",
    "Nd": "neodym 釹 ネオジウム",
    "Sm": "釤",
    "Eu": "銪",
    "Gd": "釓",
    "Tb": "鋱",
    "Dy": "鏑",
    "Ho": "鈥",
    "Er": "鉺",
    "Tm": "銩",
    "Yb": "鐿",
    "Lu": "鑥 鎦",
    "Sc": "鈧",
    "Y": "釔",
    "Ga": "鎵",
    "Ge": "鍺",
    "Sb": "銻",
}
# Entries are separated by |. A space matches any spaces, hyphens or underscores, or none.
_WORDS: Mapping[Kind, str] = {
    "not": "no|not containing|does not contain|non|without|w/o|free of|free from|zero|ohne|frei von|kein|keine|"
    "不含有|不含|不添加|未添加|无添加|不加|无|無|不使用|没有",
    "none": "free|none|nil|absent|not present|frei|フリー|含まない|含まず|不含有|なし|無し|不使用|为零",
    "undetected": "n.d.|n.d|n.n.|n.n|not detected|not detectable|undetected|undetectable|none detected|not found|"
    "below detection|below detection limit|below the detection limit|below limit of detection|below lod|<lod|< lod|"
    "<loq|< loq|b.d.l.|bdl|not tested|not analysed|not analyzed|not measured|not determined|n.a.|n/a|"
    "nicht nachweisbar|nicht nachgewiesen|nicht bestimmt|unter nachweisgrenze|"
    "未检出|未檢出|未检测到|检不出|低于检出限|未测|未检测|検出せず|不検出|検出限界以下|検出限界未満",
    "trace": "trace|traces|trace of|traces of|spuren|微量|痕量|少量|极少量",
    "about": "about|approx.|approx|approximately|circa|ca.|ca|typ.|typ|typical|nominal|nom.|etwa|"
    "大约|约|約|およそ|~|≈|±",
    "below": "<|<=|≤|≦|⩽|below|under|less than|at most|up to|max.|max|maximum|unter|bis zu|"
    "不超过|不大于|小于|低于|至多|以下|以内|未満|未满",
    "above": ">|>=|≥|≧|⩾|above|over|more than|at least|min.|min|minimum|über|mindestens|"
    "不小于|不低于|大于|高于|至少|以上|超",
    "balance": "bal.|bal|balance|rest|remainder|rem.|余量|餘量|余下|余|其余|残部|残り|バランス",
    "unit": "%|wt%|wt.%|wt. %|wt.-%|wt-%|weight%|mass%|%wt|percent|per cent|pct|prozent|% by weight|% by mass|"
    "gew.-%|gew.%|gew%|masse-%|ma.-%|m.-%|重量%|质量%|質量%|wt|wt.|ppm|mg/kg|ppmw|at%|at.%|at.-%|atomic%|mol%|原子%",
    "to": "to|bis|至|到|から|〜",
    "compound": "oxide|oxides|carbonate|chloride|fluoride|nitrate|hydroxide|salt|oxid|氧化|氧化物|碳酸|氯化|氟化|硝酸|"
    "氢氧化|酸化|炭酸|塩化|フッ化|水酸化",
    "skip": "contains|containing|contain|content|with|of|in|mass|weight|share|mass share|by|is|composition|element|"
    "elements|alloy|metal|magnet|magnets|sintered|bonded|type|grade|purity|system|series|phase|nominal composition|"
    "chemical composition|incl.|including|mit|enthält|gehalt|anteil|legierung|"
    "含有量|含有|含量|含|质量分数|重量比|成分|组成|組成|"
    "元素|合金|金属|ferrite|ferrit|铁氧体|フェライト|"
    "永磁体|永磁|磁体|磁钢|磁石|烧结|粘结|纯度|総量|总量|合计|合計|为|占|其中|中|的|を含む|を|の|が|は|powder|粉末|粉|base|基|型|"
    "and|und|&|和|及|与|以及|と|および|及び",
}
_GROUPS: Mapping[str, str] = {
    "rare": "re|re2o3|tre|treo|reo|tree|rare earth|rare earths|rare earth element|rare earth elements|total rare earth|"
    "total rare earths|lre|light rare earth|light rare earths|mischmetal|misch metal|seltene erden|seltenerden|"
    "稀土|稀土元素|稀土总量|总稀土|轻稀土|混合稀土|希土類|希土類元素|軽希土類|軽希土|ミッシュメタル",
    "heavy": "hre|hree|hreo|heavy rare earth|heavy rare earths|heavy rare earth element|heavy rare earth elements|"
    "heavy re|"
    "schwere seltene erden|重稀土|重稀土元素|中重稀土|重希土類|重希土類元素|重希土",
    "vague": "other|others|other elements|etc.|etc|u.a.|usw.|and more|impurity|impurities|additives|dopants|misc|"
    "verunreinigungen|等|等等|其他|其它|其他元素|杂质|添加剂|その他|など|不純物|ほか",
}
_PHASES = {"2:17": "SmCo", "1:5": "SmCo", "2:14:1": "NdFeB"}


def element_words(catalogue: FactCatalogue) -> dict[str, str]:
    """Returns names of elements with their symbols: those of the catalogue, and the usual partners in alloys."""
    found: dict[str, str] = {}
    spec = catalogue["elements"]
    for symbol, words in spec.values.items():
        for text in words.as_dict().values():
            found[_first_words(text)] = symbol
    found |= {word.casefold(): symbol for word, symbol in spec.value_synonyms.items()}
    for table in (_OTHERS, _MORE):
        for symbol, words_of in table.items():
            found |= dict.fromkeys(words_of.split(), symbol)
    return found


def _first_words(text: str) -> str:
    return re.split(r"[(（,，]", text, maxsplit=1)[0].strip().casefold()


def phrases(catalogue: FactCatalogue) -> dict[str, tuple[Kind, str]]:
    """Returns every word of a composition with its kind and its meaning; keys have no case and no spaces."""
    found: dict[str, tuple[Kind, str]] = {}
    for word, symbol in element_words(catalogue).items():
        found[key_of(word)] = ("element", symbol)
    for kind, text in _WORDS.items():
        for word in text.split("|"):
            found.setdefault(key_of(word), (kind, word))
    for group, text in _GROUPS.items():
        for word in text.split("|"):
            found[key_of(word)] = ("group", group)
    for word, family in _PHASES.items():
        found[word] = ("skip", family)
    return found


def key_of(word: str) -> str:
    """Returns a word as a key: without case, accents, spaces and hyphens."""
    return re.sub(r"(?<=\w)[ _-]+(?=\w)", "", bare(word))


class Patterns:
    """By first character the expression that finds the longest known word at a position, compiled when it is needed."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources

    def get(self, sign: str) -> re.Pattern[str] | None:
        """Returns the expression of the words that begin with a character, or None if no word does."""
        source = self._sources.get(sign)
        return None if source is None else _compiled(source)


def patterns_of(words: Mapping[str, object], written: Iterator[str]) -> Patterns:
    """Returns, by first character, the expressions that find the longest known word at a position.

    Args:
        words: The known keys.
        written: The words as written, with their spaces.
    """
    sources = {key_of(word): _source(word) for word in written}
    by_sign: dict[str, list[str]] = {}
    for key in sorted(sources, key=lambda key: (-len(key), key)):
        if key in words:
            by_sign.setdefault(key[0], []).append(sources[key])
    return Patterns({sign: "|".join(found) for sign, found in by_sign.items()})


@lru_cache(maxsize=1024)  # readers are created many times from the same words
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source, re.I)


def _source(word: str) -> str:
    body = r"[ _-]*".join(re.escape(part) for part in re.split(r"[ _-]+", word) if part) or re.escape(word)
    before = r"(?<![A-Za-zÀ-ÿ])" if word[0].isascii() and word[0].isalpha() else ""
    after = r"(?![A-Za-zÀ-ÿ])" if word[-1].isascii() and word[-1].isalpha() else ""
    return before + body + after


def written_words(catalogue: FactCatalogue) -> Iterator[str]:
    """Yields every word of a composition as written."""
    yield from element_words(catalogue)
    for text in (*_WORDS.values(), *_GROUPS.values()):
        yield from text.split("|")
    yield from _PHASES
