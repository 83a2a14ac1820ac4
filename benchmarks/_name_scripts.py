"""Other writings of listed names in Chinese, Japanese and Korean, each with its kind and the verdict it deserves.

The same signs in another script are a match; a sound, another sign, or a part of the name is a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from benchmarks._name_variants import Expected, Variant, number

ZH_FORM = re.compile(r"(?:集团|控股)?(?:股份有限公司|有限责任公司|有限公司|株式会社|公司|集团)$")
OTHER_FORMS = {
    "股份有限公司": "有限公司", "有限责任公司": "有限公司", "集团有限公司": "有限公司", "有限公司": "有限责任公司", "公司": "有限公司",
}  # fmt: skip
TRADITIONAL_TO_JAPANESE = str.maketrans(
    "發戰氣澤廣鐵圓國學會團營圖壓應總驗變聲齊邊龍櫻濱瀨傳價佛轉輕續經繼縣豐號萬壽寶實寫專將對產當畫禮藝藥觀譯證讀賣釋隨險雜靈顯黑點單彌惠攝數曉條樂"
    "榮檢權歐殘溫滿狀獨劍劑勞區參雙從德恆擴晉瀧燒爭搖亞來兒兩增壯奧屬帶廢彈徑據收效斷腦臺舊莊處裝賴贊踐鑄鹽麥龜衛圍緣擊齋",
    "発戦気沢広鉄円国学会団営図圧応総験変声斉辺竜桜浜瀬伝価仏転軽続経継県豊号万寿宝実写専将対産当画礼芸薬観訳証読売釈随険雑霊顕黒点単弥恵摂数暁条楽"
    "栄検権欧残温満状独剣剤労区参双従徳恒拡晋滝焼争揺亜来児両増壮奥属帯廃弾径拠収効断脳台旧荘処装頼賛践鋳塩麦亀衛囲縁撃斎",
)
LOOK_ALIKE_SIGNS = {
    "人": "入", "土": "士", "未": "末", "日": "曰", "技": "枝", "科": "料", "航": "肮", "材": "村", "微": "徽", "天": "夭", "大": "太", "力": "刀",
    "千": "干", "王": "玉", "已": "己", "贝": "见", "治": "冶", "船": "般", "导": "异", "防": "妨", "斯": "期", "格": "络", "特": "持", "金": "全",
    "克": "兄", "洛": "络", "拉": "垃", "雷": "霄", "电": "甩", "机": "札", "工": "王", "装": "袭", "备": "务", "系": "糸", "统": "流", "动": "幼",
}  # fmt: skip
ZH_LABELS = [
    "最终用户：{}",
    "收货单位 {}",
    "买方：{}",
    "甲方：{}",
    "致：{}",
    "用户名称:{}",
    "{}（最终用户）",
    "经销商：{}",
]
ZH_BRANCHES = [
    "{}北京分公司",
    "{}上海代表处",
    "{}采购部",
    "{}第二工厂",
    "{}（深圳分公司）",
    "{}研发中心",
    "{}物资供应处",
]
ZH_ADDRESSES = [
    "{}，陕西省西安市高新区科技路88号",
    "{} 上海市浦东新区张江路7号3楼",
    "{}\n广东省深圳市南山区科苑路1号",
    "{}(地址：江苏省南京市江宁区2号)",
]
ZH_OTHER_TRADES = ["医疗器械", "物流", "贸易", "磁业", "房地产", "餐饮管理", "教育科技", "纺织"]
TRADES_IN_ENGLISH = {
    "航空科技": "Aviation Technology", "防务系统": "Defense Systems", "导航技术": "Navigation Technology", "新材料": "New Materials",
    "精密仪器": "Precision Instruments", "无人机系统": "Drone Systems", "光电技术": "Optoelectronics Technology",
    "船舶工程": "Shipbuilding Engineering", "动力机械": "Power Machinery", "电子设备": "Electronic Equipment",
}  # fmt: skip
HAN = re.compile(r"[\u4e00-\u9fff]")
KO_FORMS = ["{} 주식회사", "주식회사 {}", "(주){}", "㈜{}", "{}㈜", "{}(주)"]
BY_EAR = [("eo", "u"), ("ae", "ai"), ("g", "k"), ("d", "t"), ("b", "p"), ("j", "ch"), ("eu", "u"), ("oo", "u")]


@lru_cache(maxsize=8)
def converter(name: str) -> Any:
    """Returns a converter of OpenCC."""
    from opencc import OpenCC  # type: ignore[import-untyped]

    return OpenCC(name)


def traditional(name: str, way: str = "s2t") -> str:
    """Returns a name in traditional signs."""
    return str(converter(way).convert(name))


def japanese(name: str) -> str:
    """Returns a name in Japanese signs."""
    return traditional(name).translate(TRADITIONAL_TO_JAPANESE)


@lru_cache(maxsize=1)
def _common() -> dict[str, list[str]]:
    """Returns the usual signs by their sound without tone."""
    found: dict[str, list[str]] = {}
    for code in (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)):
        try:
            sign = code.decode("gb2312")
        except UnicodeDecodeError:
            continue
        found.setdefault(sound(sign), []).append(sign)
    return found


@lru_cache(maxsize=16_384)
def sound(sign: str) -> str:
    """Returns the sound of a sign without tone."""
    from pypinyin import Style, lazy_pinyin

    return str(lazy_pinyin(sign, style=Style.NORMAL)[0])


def syllables(stem: str, style: str = "NORMAL") -> list[str]:
    """Returns the pinyin of a name, a word for each sign."""
    from pypinyin import Style, lazy_pinyin

    return [str(one).strip() for one in lazy_pinyin(stem, style=getattr(Style, style)) if str(one).strip()]


def wade_giles(syllable: str, marks: bool) -> str:
    """Returns a syllable of pinyin as Wade and Giles write it."""
    text = syllable.replace("v", "ü")
    initial = next((one for one in ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw") if text.startswith(one)), "")
    final = text[len(initial) :]
    if initial in ("j", "q", "x", "y") and final.startswith("u"):
        final = "ü" + final[1:]
    start = {"b": "p", "p": "p'", "d": "t", "t": "t'", "g": "k", "k": "k'", "j": "ch", "q": "ch'", "x": "hs", "zh": "ch", "ch": "ch'",
             "r": "j", "z": "ts", "c": "ts'"}.get(initial, initial)  # fmt: skip
    if final == "i" and initial in ("zh", "ch", "sh", "r"):
        final = "ih"
    elif final == "i" and initial in ("z", "c", "s"):
        start, final = {"z": "tz", "c": "tz'", "s": "sz"}[initial], "u"
    elif final == "i" and initial == "y":
        start = ""
    final = {"ong": "ung", "iong": "iung", "ian": "ien", "ie": "ieh", "üe": "üeh", "üan": "üan", "er": "erh"}.get(
        final, final
    )
    if final == "e" and initial in ("g", "k", "h", ""):
        final = "o"
    elif final == "e" and initial == "y":
        final = "eh"
    elif final == "an" and initial == "y":
        final = "en"
    elif final == "ong" and initial == "y":
        final = "ung"
    elif final == "uo" and initial not in ("g", "k", "h", "sh"):
        final = "o"
    elif final == "ui" and initial in ("g", "k"):
        final = "uei"
    elif final == "ou" and initial == "y":
        start, final = "y", "u"
    found = start + final
    return found if marks else found.replace("'", "").replace("ü", "u")


def _swapped(name: str, at: int, sign: str) -> str:
    return name[:at] + sign + name[at + 1 :]


def of_chinese(name: str, head: str = "") -> Iterator[Variant]:
    """Yields other writings of a firm's or person's name in Chinese signs; a sister has the same head."""
    key, stem = number(name), ZH_FORM.sub("", name) or name
    for other in dict.fromkeys(traditional(name, way) for way in ("s2t", "s2tw", "s2hk")):
        if other != name:
            yield Variant("traditional", other, "match")
    half = len(name) // 2
    mixed = traditional(name[:half]) + name[half:]
    if mixed not in (name, traditional(name)):
        yield Variant("simplified and traditional", mixed, "match")
    if (other := japanese(name)) not in (name, traditional(name)):
        yield Variant("japanese signs", other, "match")
    form = name[len(stem) :]
    if form and len(stem) > 3:
        yield Variant("form dropped", stem, "match")
        if form in OTHER_FORMS:
            yield Variant("form changed", stem + OTHER_FORMS[form], "match")
    if "·" in name:
        yield Variant("dot", name.replace("·", ("", " ", "・", "-", ".", "•")[key % 6]), "match")
    yield Variant("spaced signs", (" " if key % 2 else "\u3000").join(name), "match")
    yield Variant("brackets", ("（{}）", "“{}”", "【{}】", "《{}》")[key % 4].format(name), "match")
    for n, (kind, forms) in enumerate((("label", ZH_LABELS), ("branch", ZH_BRANCHES), ("address", ZH_ADDRESSES))):
        for turn in range(2):
            yield Variant(kind, forms[(key + n + 3 * turn) % len(forms)].format(name), "match")
    yield from _other_signs(name, stem)
    yield from _read(name, stem)
    if form and len(stem) > 4:
        if head:
            begun = name[: name.index(head) + len(head)]
            yield Variant("sister", begun + ZH_OTHER_TRADES[key % 8] + "有限公司", "possible")
        yield Variant("place in brackets", f"{stem}（{('中国', '上海', '深圳')[key % 3]}）有限公司", "possible")
        yield Variant("named as owner", f"示例贸易有限公司（{name}的子公司）", "possible")
        yield Variant("part dropped", stem[:-2] + form, "possible")
        yield Variant("place added", ("上海", "武汉", "苏州")[key % 3] + name, "possible")


def _other_signs(name: str, stem: str) -> Iterator[Variant]:
    """Yields the name with other signs: of the same sound, looking alike, or neither."""
    key, spots = number(name + "/signs"), [at for at, sign in enumerate(stem) if HAN.match(sign)]
    if len(spots) < 3:
        return
    for turn in range(3):
        at = spots[(key + 5 * turn) % len(spots)]
        same = [
            sign
            for sign in _common().get(sound(stem[at]), ())
            if sign != stem[at] and japanese(sign) != japanese(stem[at])
        ]
        if same:
            yield Variant("homophone", _swapped(name, at, same[(key // 7 + turn) % len(same)]), "possible")
    if len(spots) > 3:
        at = spots[key % len(spots)]
        other = "圣塔姆万经制海材船云山光明正中"[key % 15]
        if other != stem[at]:
            yield Variant("other sign", _swapped(name, at, other), "possible")
        yield Variant("sign dropped", name[:at] + name[at + 1 :], "possible")
    alike = [at for at in spots if stem[at] in LOOK_ALIKE_SIGNS]
    if alike:
        at = alike[key % len(alike)]
        yield Variant("sign misread", _swapped(name, at, LOOK_ALIKE_SIGNS[stem[at]]), "possible")


def _read(name: str, stem: str) -> Iterator[Variant]:
    """Yields the name as read: in pinyin and Wade-Giles."""
    plain = "".join(sign for sign in stem if HAN.match(sign) or (sign.isascii() and sign.isalnum()))
    if len([sign for sign in plain if HAN.match(sign)]) < 3:
        return
    words, key = syllables(plain), number(name + "/read")
    yield Variant("pinyin spaced", " ".join(word.title() for word in words), "possible")
    yield Variant("pinyin joined", "".join(words).title(), "possible")
    yield Variant("pinyin tones", " ".join(syllables(plain, "TONE")), "possible")
    yield Variant("pinyin tones", "".join(syllables(plain, "TONE")).title(), "possible")
    yield Variant("pinyin digits", (" ", "")[key % 2].join(syllables(plain, "TONE3")), "possible")
    pairs = ["".join(words[at : at + 2]).title() for at in range(0, len(words), 2)]
    yield Variant("pinyin in pairs", " ".join(pairs), "possible")
    yield Variant("pinyin apostrophes", "'".join(words).title(), "possible")
    yield Variant("pinyin hyphens", "-".join(word.title() for word in words), "possible")
    yield Variant("pinyin and form", " ".join(pairs) + " Co., Ltd.", "possible")
    yield Variant("pinyin and form", " ".join([*pairs, "Youxian Gongsi"]), "possible")
    spelt = [wade_giles(word, True) for word in words if word.isascii()]
    yield Variant("Wade-Giles", " ".join(spelt), "possible")
    yield Variant("Wade-Giles", "-".join(word.title() for word in spelt), "possible")
    yield Variant("Wade-Giles without marks", " ".join(wade_giles(word, False) for word in words), "possible")


def half_in_english(name: str, head: str) -> Iterator[Variant]:
    """Yields the name with its head in pinyin and its business in English."""
    for trade, english in TRADES_IN_ENGLISH.items():
        if head + trade in name:
            place = name[: name.index(head)]
            read = "".join(syllables(head)).title()
            town = {"西安": "Xi'an"}.get(place, "".join(syllables(place)).title()) if place else ""
            yield Variant("head in pinyin, business in English", f"{read} {english} Co., Ltd.", "possible")
            yield Variant(
                "head in pinyin, business in English", f"{town} {read} {english} Co., Ltd.".strip(), "possible"
            )


def of_korean(name: str, latin: str, alias: bool) -> Iterator[Variant]:
    """Yields other writings of a Korean firm's name."""
    stem, key = name.replace("주식회사", "").replace("(주)", "").strip(), number(name)
    for turn in range(2):
        yield Variant("form changed", KO_FORMS[(key + 3 * turn) % 6].format(stem), "match")
    yield Variant("form dropped", stem, "match")
    yield Variant("label", f"최종사용자: {name}", "match")
    yield Variant("branch", f"{name} 서울지사", "match")
    yield Variant("address", f"{name}, 서울특별시 강남구 테헤란로 152", "match")
    code = ord(stem[1]) - 0xAC00
    yield Variant("one jamo", stem[0] + chr(0xAC00 + (code // 28) * 28 + (code % 28 + 4) % 28) + stem[2:], "possible")
    expected: Expected = "match" if alias else "possible"
    yield Variant("romanised" if alias else "romanised, not listed so", latin, expected)
    head, trade = latin.split(" ", 1)
    ways = [(a, b) for a, b in BY_EAR if a in head[1:]]
    if ways:
        a, b = ways[key % len(ways)]
        yield Variant("romanised by ear", f"{head[0]}{head[1:].replace(a, b, 1)} {trade}", "possible")
