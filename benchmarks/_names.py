"""Names for measuring screening: variants of listed names by kind, and names of companies that are not listed.

Nothing is random: the hash of the name selects a variant, so every run measures the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from itertools import product

FILLERS = "\u3164\u115f\u1160\uffa0\u200b\u200d\u00ad\u2060\ufeff\ufe0f\u034f\U000e0061"
LOOK_ALIKES = {
    "a": "а",
    "e": "е",
    "o": "ο",
    "c": "с",
    "p": "р",
    "x": "х",
    "i": "і",
    "s": "ѕ",
    "A": "Α",
    "E": "Е",
    "O": "О",
}
SMALL_CAPITALS = {
    "a": "ᴀ",
    "b": "ʙ",
    "c": "ᴄ",
    "d": "ᴅ",
    "e": "ᴇ",
    "h": "ʜ",
    "i": "ɪ",
    "l": "ʟ",
    "m": "ᴍ",
    "n": "ɴ",
    "r": "ʀ",
}
FORMS = ("Inc.", "Ltd.", "GmbH", "Co., Ltd.", "LLC", "S.A.", "PLC")
ADDED = ("USA", "Magnetics", "Trading", "International", "Group")
LEAST_DROPPED = 2  # words of a name of which one may be left out


def writings(name: str) -> Iterator[tuple[str, str]]:
    """Yields variants of a listed name in Latin letters, each with its kind."""
    seed = int.from_bytes(sha256(name.encode()).digest()[:8], "big")
    at = 1 + seed % (len(name) - 1)
    letters = [n for n, sign in enumerate(name) if sign.isascii() and sign.isalpha()]
    spot = letters[seed % len(letters)]
    yield "case", name.swapcase()
    yield "case", name.upper()
    yield "filler", name[:at] + FILLERS[seed % len(FILLERS)] + name[at:]
    yield "width", "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in name)
    for table, kind in ((LOOK_ALIKES, "script"), (SMALL_CAPITALS, "small capital")):
        there = [n for n, sign in enumerate(name) if sign in table]
        if there:
            n = there[seed % len(there)]
            yield kind, name[:n] + table[name[n]] + name[n + 1 :]
    other = "abcdefghijklmnopqrstuvwxyz"[(ord(name[spot].lower()) - 97 + 1 + seed % 24) % 26]
    yield "letter changed", name[:spot] + other + name[spot + 1 :]
    yield "letter left out", name[:spot] + name[spot + 1 :]
    yield "letter doubled", name[:spot] + name[spot] + name[spot:]
    pairs = [n for n in letters if n + 1 in letters and name[n].lower() != name[n + 1].lower()]
    if pairs:
        n = pairs[seed % len(pairs)]
        yield "letters swapped", name[:n] + name[n + 1] + name[n] + name[n + 2 :]
    yield "company form", f"{name} {FORMS[seed % len(FORMS)]}"
    yield "word added", f"{name} {ADDED[seed % len(ADDED)]}"
    words = name.replace(",", " ").split()
    if len(words) >= LEAST_DROPPED:
        yield "word order", " ".join([*words[1:], words[0]])
        yield "last word dropped", " ".join(words[:-1])
        yield "blanks left out", "".join(words)


def _made(*parts: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(product(*parts))


_GERMAN = _made(
    ("Nord", "Hart", "Lauen", "Brem", "Wald", "Eichen", "Rott", "Fichten", "Klein", "Ober", "Stahn", "Grau"),
    ("mag", "dur", "feld", "brück", "hagen", "tal", "bach"),
    ("Magnettechnik GmbH", "Antriebe GmbH & Co. KG", "Elektromotoren AG"),
)
_ENGLISH = _made(
    ("Ash", "Wick", "Thorn", "Hale", "Marl", "Pem", "Brack", "Cold", "Stan", "Wether", "Fair", "Loxley"),
    ("combe", "ford", "worth", "by", "mere", "ley"),
    ("Magnetics Ltd", "Electric Motors Inc.", "Precision Components LLC", "Aerospace Systems Ltd"),
)
_ITALIAN = _made(
    ("Tor", "Bell", "Cant", "Ferr", "Lov", "Savi"), ("ani", "etti", "oni", "ucci"), ("Motori S.p.A.", "Magneti S.r.l.")
)
_JAPANESE = _made(
    ("Naka", "Kita", "Mori", "Hoso", "Shimo", "Okuno"),
    ("saka", "hara", "no", "zawa", "moto"),
    ("Seisakusho Co., Ltd.", "Denki K.K.", "Magnet Corporation"),
)
_PINYIN = _made(
    ("Ningbo", "Ganzhou", "Baotou", "Hangzhou", "Dongguan"),
    ("Hengrui", "Tonglida", "Xinchen", "Yongjie", "Ruifeng", "Baoshengda"),
    ("Magnet Co., Ltd.", "Rare Earth New Materials Co., Ltd.", "Motor Technology Co., Ltd."),
)
_SIGNS = _made(
    ("宁波", "赣州", "包头", "杭州", "东莞", ""),
    ("恒锐", "通力达", "鑫辰", "永捷", "瑞丰", "宝盛达", "華旭"),
    ("磁业有限公司", "稀土新材料股份有限公司", "电机科技有限公司", "精密机械有限公司"),
)
_KANJI = _made(
    ("中坂", "北原", "森野", "細沢", "奥野"),
    ("製作所", "電機", "磁性材料", "精工"),
    ("株式会社{}", "{}株式会社", "㈱{}"),
)
_COMMON = _made(
    ("Advanced", "Global", "United", "Premier", "Pacific", "Continental", "Precision", "National"),
    ("Motion", "Magnet", "Motor", "Drive", "Materials", "Power"),
    ("Technologies Inc.", "Solutions Ltd", "Components GmbH", "Industries LLC"),
)
# Firms of the trade that are on none of the lists packed, as they sign; facts of the market.
_KNOWN = """
Siemens AG|Robert Bosch GmbH|ZF Friedrichshafen AG|Schaeffler Technologies AG & Co. KG|Vacuumschmelze GmbH & Co. KG|Magnosphere GmbH
Arnold Magnetic Technologies|Dexter Magnetic Technologies|Bunting Magnetics Co.|Proterial, Ltd.|Shin-Etsu Chemical Co., Ltd.
Daido Steel Co., Ltd.|Nidec Corporation|Minebea Mitsumi Inc.|Denso Corporation|Yaskawa Electric Corporation|Fanuc Corporation
Toyota Motor Corporation|Honda Motor Co., Ltd.|Nissan Motor Co., Ltd.|Tesla, Inc.|Ford Motor Company|General Motors Company
Rivian Automotive, LLC|Volkswagen AG|BMW AG|Stellantis N.V.|Renault SAS|Volvo Car Corporation|Vestas Wind Systems A/S
Siemens Gamesa Renewable Energy|Enercon GmbH|Nordex SE|Lynas Rare Earths Ltd|Neo Performance Materials|Iluka Resources Limited
Solvay SA|Less Common Metals Ltd|Carester SAS|Maxon Motor AG|Faulhaber GmbH & Co. KG|ebm-papst Mulfingen GmbH|Grundfos Holding A/S
Danfoss A/S|ABB Ltd|Alstom SA|Schneider Electric SE|Philips N.V.|ASML Netherlands B.V.|Carl Zeiss AG|Bruker Corporation
Samsung Electronics Co., Ltd.|LG Innotek Co., Ltd.|Hyundai Mobis Co., Ltd.|SK hynix Inc.|Star Group Ind. Co., Ltd.
宁波韵升股份有限公司|北京中科三环高技术股份有限公司|江西金力永磁科技股份有限公司|烟台正海磁性材料股份有限公司|安徽大地熊新材料股份有限公司
比亚迪股份有限公司|深圳市汇川技术股份有限公司|卧龙电气驱动集团股份有限公司|トヨタ自動車株式会社|株式会社デンソー|日本電産株式会社|信越化学工業株式会社
JL MAG Rare-Earth Co., Ltd.|Ningbo Yunsheng Co., Ltd.|Yantai Zhenghai Magnetic Material Co., Ltd.|Apple Inc.|Bose Corporation
Whirlpool Corporation|Otis Elevator Company|KONE Oyj|Thyssenkrupp Elevator AG|Medtronic plc|GE HealthCare Technologies Inc.
"""


def ordinary() -> list[str]:
    """Returns ordinary company names from many countries, none of them listed."""
    made = [f"{a}{b} {c}" for part in (_GERMAN, _ENGLISH, _ITALIAN, _JAPANESE) for a, b, c in part]
    made += [" ".join(parts) for part in (_PINYIN, _COMMON) for parts in part]
    made += ["".join(parts) for parts in _SIGNS] + [form.format(a + b) for a, b, form in _KANJI]
    return [*made, *(name for line in _KNOWN.strip().splitlines() for name in line.split("|"))]
