"""Other writings of Japanese firms' names: forms, other scripts, readings in kana, and ways to write these in letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from benchmarks._name_scripts import TRADITIONAL_TO_JAPANESE, converter
from benchmarks._name_variants import Variant, number

FORMS = ["{}株式会社", "株式会社{}", "㈱{}", "{}㈱", "(株){}", "{}（株）", "Kabushiki Kaisha {}", "{} K.K."]
_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの", "h": "はひふへほ", "m": "まみむめも",
    "r": "らりるれろ", "g": "がぎぐげご", "z": "ざじずぜぞ", "d": "だぢづでど", "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ",
}  # fmt: skip
KUNREI = {sign: row + vowel for row, signs in _ROWS.items() for sign, vowel in zip(signs, "aiueo", strict=True)}
KUNREI |= {"や": "ya", "ゆ": "yu", "よ": "yo", "わ": "wa", "を": "o", "ん": "n"}
HEPBURN = [
    ("sy", "sh"),
    ("ty", "ch"),
    ("zy", "j"),
    ("si", "shi"),
    ("ti", "chi"),
    ("tu", "tsu"),
    ("hu", "fu"),
    ("zi", "ji"),
    ("di", "ji"),
    ("du", "zu"),
]
OLD_SIGNS = str.maketrans("広竜国鉄沢戦発気応辺浜円団総桜来実瀬", "廣龍國鐵澤戰發氣應邊濱圓團總櫻來實瀨")
HALF_WIDTH = dict(
    zip("アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンァィゥェォャュョッー",
        "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｧｨｩｪｫｬｭｮｯｰ", strict=True)
)  # fmt: skip
TRADES_IN_KANA = {
    "Aerospace": "エアロスペース", "Defense Systems": "ディフェンス・システムズ", "Precision Engineering": "プレシジョン・エンジニアリング",
    "Advanced Materials": "アドバンスト・マテリアルズ", "Marine Technologies": "マリン・テクノロジーズ", "Photonics": "フォトニクス",
    "Rotor Systems": "ローター・システムズ", "Tactical Communications": "タクティカル・コミュニケーションズ",
    "Unmanned Systems": "アンマンド・システムズ", "Research Laboratories": "リサーチ・ラボラトリーズ",
}  # fmt: skip


def kunrei(kana: str) -> str:
    """Returns hiragana in the letters of the Kunrei system, long vowels as spelt."""
    found, at, double = "", 0, False
    while at < len(kana):
        sign, small = kana[at], kana[at + 1 : at + 2]
        at += 1
        if sign == "っ":
            double = True
            continue
        text = KUNREI[sign]
        if small in tuple("ゃゅょ"):
            text, at = text[:-1] + {"ゃ": "ya", "ゅ": "yu", "ょ": "yo"}[small], at + 1
        found, double = found + (text[0] if double else "") + text, False
    return found


def hepburn(kana: str, long: str = "") -> str:
    """Returns hiragana in the letters of the Hepburn system.

    Args:
        kana: Hiragana.
        long: What a long vowel becomes: `` for none, `macron`, `h`, or `u` as spelt.
    """
    text = kunrei(kana)
    for other, usual in HEPBURN:
        text = text.replace(other, usual)
    if long == "u":
        return text
    for spelt, vowel, marked in (("ou", "o", "ō"), ("oo", "o", "ō"), ("uu", "u", "ū")):
        text = text.replace(spelt, {"": vowel, "macron": marked, "h": vowel + "h"}[long])
    return text


def katakana(kana: str) -> str:
    """Returns hiragana as katakana."""
    return "".join(chr(ord(sign) + 0x60) if "ぁ" <= sign <= "ゖ" else sign for sign in kana)


def half_width(kana: str) -> str:
    """Returns katakana in half width."""
    marks = {"\u3099": "ﾞ", "\u309a": "ﾟ"}
    return "".join(marks.get(sign, HALF_WIDTH.get(sign, sign)) for sign in unicodedata.normalize("NFD", kana))


def of_japanese(name: str, kana: str, split: int) -> Iterator[Variant]:
    """Yields other writings of a Japanese firm.

    Args:
        name: The name in signs, as listed.
        kana: Its reading in hiragana, without the form.
        split: Length of the reading of its head.
    """
    key, stem = number(name), name.replace("株式会社", "")
    for turn in range(3):
        yield Variant("form changed", FORMS[(key + 3 * turn) % len(FORMS)].format(stem), "match")
    yield Variant("form dropped", stem, "match")
    yield Variant("branch", (f"{name} 大阪支店", f"{name}千葉工場", f"{name} 資材部")[key % 3], "match")
    yield Variant("address", f"{name}（東京都港区芝浦3-1-1）", "match")
    yield Variant("label", (f"需要者：{name}", f"{name} 御中", f"納入先 {name}")[key % 3], "match")
    simplified = _simplified(name)
    if simplified != name:
        yield Variant("simplified signs", simplified, "match")
    if (old := name.translate(OLD_SIGNS)) != name:
        yield Variant("old signs", old, "match")
    yield Variant("hiragana", kana, "possible")
    yield Variant("katakana", katakana(kana), "possible")
    yield Variant("half-width katakana", half_width(katakana(kana)), "possible")
    head, trade = kana[:split], kana[split:]
    for kind, way in (("macron", "macron"), ("oh", "h"), ("ou", "u"), ("plain", "")):
        yield Variant(f"Hepburn {kind}", f"{hepburn(head, way)} {hepburn(trade, way)}".title(), "possible")
    yield Variant("Kunrei", f"{kunrei(head)} {kunrei(trade)}".title(), "possible")
    yield Variant("Hepburn joined", hepburn(kana).upper(), "possible")


def _simplified(name: str) -> str:
    back = {new: old for old, new in TRADITIONAL_TO_JAPANESE.items()}
    return str(converter("t2s").convert("".join(chr(back.get(ord(sign), ord(sign))) for sign in name)))


def of_loanword(head: str, trade: str, kana: str) -> Iterator[Variant]:
    """Yields an English firm's name as written in katakana."""
    if kana and trade in TRADES_IN_KANA:
        yield Variant("katakana by ear", f"{kana}・{TRADES_IN_KANA[trade]}", "possible")
        yield Variant("katakana by ear", f"{kana}{TRADES_IN_KANA[trade].replace('・', '')}社", "possible")
        yield Variant("katakana head", f"{kana} {trade}", "possible")
