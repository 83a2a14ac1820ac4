"""Two thousand made-up listed parties in eight languages, and firms of the trade that are on no list.

The names are put together from syllables, signs and trade words; no file holds them, and a name selects its own parts by
its number, so every run makes the same. Listed and unlisted firms share trade words, places and company forms, and no
syllable or sign of a distinctive word.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from benchmarks._name_scripts import ZH_FORM
from benchmarks._name_variants import without_form
from coercivity.data.parties.listed import EntryName, Identifier, ListEntry, NamedList

LIST_ID = "made_up"
EACH = 320  # listed parties of a language
USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


class Made(NamedTuple):
    """A made-up party: its entry, and what variants of it need to know.

    Attributes:
        entry: The entry; its first name is the one as listed.
        language: `en`, `zh`, `ja`, `de`, `ko`, `it`, `fr`, or `person`.
        head: The distinctive word or signs of the name.
        kana: The reading of a Japanese name in hiragana, of the head of an English one in katakana.
        split: Length of the reading of the head of a Japanese name.
        latin: A Korean name in Latin letters, which is an alias of two in three.
    """

    entry: ListEntry
    language: str
    head: str
    kana: str = ""
    split: int = 0
    latin: str = ""


def pick(key: str, among: Sequence[str]) -> str:
    """Returns one of the values, selected by a key."""
    return among[int.from_bytes(sha256(key.encode()).digest()[:6], "big") % len(among)]


# Beginnings and endings of distinctive words: (Latin, kana) for English, (signs, kana, Latin) for Japanese.
_EN_HEAD = [("Quen", "クエン"), ("Vesper", "ヴェスパー"), ("Orlan", "オーラン"), ("Tarquin", "ターキン"), ("Dray", "ドレイ"),
            ("Halver", "ハルヴァー"), ("Mondra", "モンドラ"), ("Skel", "スケル"), ("Zephon", "ゼフォン"), ("Calder", "カルダー")]  # fmt: skip
_EN_TAIL = [("stone", "ストーン"), ("mark", "マーク"), ("dyne", "ダイン"), ("wing", "ウィング"), ("spar", "スパー"),
            ("gate", "ゲート"), ("tron", "トロン"), ("vane", "ヴェイン")]  # fmt: skip
_EN_TRADE = ["Aerospace", "Defense Systems", "Precision Engineering", "Advanced Materials", "Marine Technologies",
             "Photonics", "Rotor Systems", "Tactical Communications", "Unmanned Systems", "Research Laboratories"]  # fmt: skip
_EN_FORM = ["Inc.", "Corporation", "LLC", "Ltd", "PLC", "Co., Ltd.", "", "Group"]
_JA_HEAD = [("鵜飼", "うかい", "Ukai"), ("蓮沼", "はすぬま", "Hasunuma"), ("霧島", "きりしま", "Kirishima"), ("檜垣", "ひがき", "Higaki"),
            ("羽柴", "はしば", "Hashiba"), ("椿原", "つばきはら", "Tsubakihara"), ("鷲津", "わしづ", "Washizu"), ("久遠", "くおん", "Kuon"),
            ("宍戸", "ししど", "Shishido"), ("葛城", "かつらぎ", "Katsuragi"), ("鳳来", "ほうらい", "Hourai"), ("小鹿野", "おがの", "Ogano"),
            ("陸奥", "むつ", "Mutsu"), ("竜野", "たつの", "Tatsuno"), ("広瀬", "ひろせ", "Hirose")]  # fmt: skip
_JA_TRADE = [("製作所", "せいさくしょ", "Seisakusho"), ("重工業", "じゅうこうぎょう", "Jukogyo"), ("電機", "でんき", "Denki"),
             ("精密工業", "せいみつこうぎょう", "Seimitsu Kogyo"), ("航空機器", "こうくうきき", "Koku Kiki"), ("鉄工所", "てっこうしょ", "Tekkosho"),
             ("化学工業", "かがくこうぎょう", "Kagaku Kogyo"), ("船渠", "せんきょ", "Senkyo"), ("発動機", "はつどうき", "Hatsudoki"),
             ("総合研究所", "そうごうけんきゅうしょ", "Sogo Kenkyusho")]  # fmt: skip
_ZH_PLACE = ["西安", "成都", "沈阳", "南京", "厦门", "", "重庆", "长沙", "绵阳", ""]
_ZH_HEAD = [
    "翼昊",
    "凌霄",
    "穹顶",
    "鲲鹏翼",
    "玄铁",
    "擎苍",
    "砺锋",
    "曜石",
    "骁腾",
    "锐盾",
    "云雀台",
    "寰镜",
    "苍隼",
    "朔方塔",
    "赤霄",
]
_ZH_TRADE = [
    "航空科技",
    "防务系统",
    "导航技术",
    "新材料",
    "精密仪器",
    "无人机系统",
    "光电技术",
    "船舶工程",
    "动力机械",
    "电子设备",
]
_ZH_FORM = ["有限公司", "股份有限公司", "有限责任公司", "集团有限公司"]
_DE_HEAD = ["Königs", "Brüg", "Drossen", "Falken", "Grün", "Haßl", "Lüden", "Märk", "Sächs", "Zwölf"]
_DE_TAIL = ["berg", "stein", "hold", "mann", "horst", "acker", "wehr", "dorf"]
_DE_TRADE = [
    "Wehrtechnik",
    "Luftfahrtgeräte",
    "Feinmechanik",
    "Antriebssysteme",
    "Nachrichtentechnik",
    "Schiffbau",
    "Optronik",
]
_DE_FORM = ["GmbH", "AG", "GmbH & Co. KG", "SE", "KG"]
_KO_HEAD = [("한빛", "Hanbit"), ("두레", "Dure"), ("가온", "Gaon"), ("누리", "Nuri"), ("태백", "Taebaek"), ("청룡", "Cheongryong"),
            ("백두", "Baekdu"), ("서라", "Seora"), ("미르", "Mireu"), ("해오름", "Haeoreum"), ("단군", "Dangun"), ("솔찬", "Solchan")]  # fmt: skip
_KO_TRADE = [("정밀", "Precision"), ("항공우주", "Aerospace"), ("중공업", "Heavy Industries"), ("조선", "Shipbuilding"),
             ("전자", "Electronics"), ("방산", "Defense"), ("소재", "Materials"), ("로보틱스", "Robotics")]  # fmt: skip
_IT_HEAD = ["Zagar", "Bramb", "Corvin", "Fosc", "Ghirl", "Pellicc", "Sbrav", "Tramont"]
_IT_TAIL = ["ello", "ini", "ardi", "acci", "igo", "ola"]
_IT_TRADE = ["Aeronautica", "Sistemi Navali", "Meccanica di Precisione", "Elettronica", "Avionica", "Motori Elettrici"]
_FR_HEAD = ["Lavéren", "Chât", "Dauph", "Écluz", "Fougèr", "Quér", "Sévr", "Vaucl"]
_FR_TAIL = ["eau", "ier", "oux", "ane", "ange", "illon"]
_FR_TRADE = ["Aéronautique", "Systèmes Embarqués", "Mécanique de Précision", "Électronique", "Industries Navales"]
_FAMILY = ["Ashgrove", "Bellwether", "Cranmoor", "Dunnick", "Everhill", "Farlane", "Greystock", "Holbeck", "Ivatt", "Kelderman",
           "Lindqvist", "Marchetti", "Norrbom", "Okonjo", "Pendraven", "Quarles", "Rosenkvist", "Stavrou", "Tolliver", "Vanterpool"]  # fmt: skip
_GIVEN = [
    "Michael",
    "Jennifer",
    "Robert",
    "Katherine",
    "William",
    "Thomas",
    "Elizabeth",
    "Stephen",
    "Margaret",
    "Anthony",
    "Samuel",
]
_STREETS = {
    "en": "1200 Harbor Way, Dayton, OH 45402", "zh": "高新区科技路88号", "ja": "東京都港区芝浦3-1-1", "de": "Industriestraße 12, 70565 Stuttgart",
    "ko": "서울특별시 강남구 테헤란로 152", "it": "Via dell'Industria 7, 20100 Milano", "fr": "12 rue de l'Usine, 69003 Lyon", "person": "",
}  # fmt: skip
_COUNTRY = {"en": "US", "zh": "CN", "ja": "JP", "de": "DE", "ko": "KR", "it": "IT", "fr": "FR", "person": ""}


def _two(key: str, a: Sequence[str], b: Sequence[str], number: int) -> str:
    return a[number % len(a)] + b[number // len(a) % len(b)]


def _english(number: int) -> tuple[list[str], str, str]:
    (a, kana_a), (b, kana_b) = _EN_HEAD[number % 10], _EN_TAIL[number // 10 % 8]
    trade, form = _EN_TRADE[(number * 7 + number // 80) % 10], pick(f"en form {number}", _EN_FORM)
    return [" ".join(filter(None, (a + b, trade, form)))], a + b, kana_a + kana_b


def _chinese(number: int) -> tuple[list[str], str, str]:
    place, head = _ZH_PLACE[number * 3 % 10], _ZH_HEAD[number % 15]
    trade = _ZH_TRADE[number // 15 % 10]
    return [place + head + trade + pick(f"zh form {number}", _ZH_FORM)], head, ""


def _japanese(number: int) -> tuple[list[str], str, str]:
    (signs, kana, latin), (trade, trade_kana, trade_latin) = _JA_HEAD[number % 15], _JA_TRADE[number // 15 % 10]
    name = f"株式会社{signs}{trade}" if number % 3 else f"{signs}{trade}株式会社"
    return [name, f"{latin} {trade_latin} Co., Ltd."], signs, kana + trade_kana


def _german(number: int) -> tuple[list[str], str, str]:
    head = _two("de", _DE_HEAD, _DE_TAIL, number)
    return [f"{head} {_DE_TRADE[number // 80 % 7]} {pick(f'de form {number}', _DE_FORM)}"], head, ""


def _korean(number: int) -> tuple[list[str], str, str]:
    (signs, latin), (trade, trade_latin) = _KO_HEAD[number % 12], _KO_TRADE[number // 12 % 8]
    name = f"{signs}{trade} 주식회사" if number % 2 else f"(주){signs}{trade}"
    return [name, f"{latin} {trade_latin} Co., Ltd."], signs, ""


def _italian(number: int) -> tuple[list[str], str, str]:
    head = _two("it", _IT_HEAD, _IT_TAIL, number)
    return [f"{head} {_IT_TRADE[number // 48 % 6]} {pick(f'it {number}', ['S.p.A.', 'S.r.l.'])}"], head, ""


def _french(number: int) -> tuple[list[str], str, str]:
    head = _two("fr", _FR_HEAD, _FR_TAIL, number)
    return [f"{head} {_FR_TRADE[number // 48 % 5]} {pick(f'fr {number}', ['SA', 'SAS', 'SARL'])}"], head, ""


def _person(number: int) -> tuple[list[str], str, str]:
    given, family = _GIVEN[number % 11], _FAMILY[number // 11 % 20]
    return [f"{given} {'ABCDEFGHJKLMPRSTW'[number * 5 % 17]}. {family}"], family, ""


MAKERS = {
    "en": _english, "zh": _chinese, "ja": _japanese, "de": _german, "ko": _korean, "it": _italian, "fr": _french, "person": _person,
}  # fmt: skip


def lei(number: int) -> str:
    """Returns an LEI with its two check digits."""
    body = f"{5493000000000000 + number * 7919:016d}MU"[:18]
    return body + f"{98 - int(''.join(str(int(sign, 36)) for sign in body + '00')) % 97:02d}"


def uscc(number: int) -> str:
    """Returns a unified social credit code with its check sign."""
    body = f"9161{100000 + number % 899999:06d}MA{number * 31 % 10_000_000:05d}"[:17].ljust(17, "0")
    left = sum(USCC_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(body)) % 31
    return body + USCC_SIGNS[(31 - left) % 31]


def made_parties(each: int = EACH) -> list[Made]:
    """Returns the made-up listed parties, no two of one name apart from the form."""
    found: list[Made] = []
    seen: set[str] = set()
    for language, maker in MAKERS.items():
        for number in range(each):
            names, head, kana = maker(number)
            latin = names[1] if language == "ko" else ""
            if latin and number % 3 == 0:
                names = names[:1]
            stem = without_form(ZH_FORM.sub("", names[0].replace("株式会社", "")))
            if stem in seen:
                continue
            seen.add(stem)
            at = len(found)
            ids = (Identifier("uscc", uscc(at)),) if language == "zh" else (Identifier("lei", lei(at)),)
            entry = ListEntry(
                f"made-{at:04d}",
                LIST_ID,
                (EntryName(names[0]), *(EntryName(name, "alias") for name in names[1:])),
                person=language == "person",
                countries=tuple(filter(None, (_COUNTRY[language],))),
                addresses=tuple(filter(None, (_STREETS[language],))),
                identifiers=() if language == "person" else ids,
            )
            split = len(_JA_HEAD[number % 15][1]) if language == "ja" else 0
            found.append(Made(entry, language, head, kana, split, latin))
    return found


def made_list(parties: Sequence[Made]) -> NamedList:
    """Returns the made-up parties as a list."""
    digest = sha256("".join(one.entry.digest for one in parties).encode()).hexdigest()
    return NamedList(LIST_ID, tuple(one.entry for one in parties), sha256=digest)
