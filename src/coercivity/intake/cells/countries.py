"""Countries as trade documents name them: codes of two and three letters, names in several languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from coercivity.base.errors import brief_value, nearest
from coercivity.base.words import bare
from coercivity.data.catalogue import FactCatalogue
from coercivity.intake.cells.cell import Cell, faulty
from coercivity.intake.composition.flat import flat
from coercivity.intake.words.lexicon.folded import folded as folded_words
from coercivity.intake.words.places.marks import packed_places
from coercivity.intake.words.places.names import SIMPLE, Place, signs_at, words_at

# ISO 3166-1: the code of two letters, then that of three.
_THREE = """ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB
BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR BZBLZ CACAN
CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU DJDJI
DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD
GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD HNHND HRHRV
HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR
KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO
MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS
MZMOZ NANAM NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK
PLPOL PMSPM PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP
SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF TGTGO THTHA
TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN
VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF ZMZMB ZWZWE"""
_ALSO = {
    "CN": "P.R. China|PR China|P.R.C.|P.R.C|China PR|China, People's Republic of|China Mainland|Mainland of China|"
    "Chine|Cina|Volksrepublik China|VR China|中国大陆|中國|中國大陸|内地|中国内地|中华人民共和国大陆",
    "HK": "Hong Kong, China|Hong Kong (China)|China Hong Kong|中国香港|香港特别行政区|中國香港|Hongkong",
    "MO": "Macau, China|Macao, China|中国澳门|澳門|澳门特别行政区",
    "TW": "Taiwan, China|Taiwan, Province of China|Taiwan (China)|台灣|臺灣|中国台湾省|中國台灣",
    "US": "U.S.|U.S.A.|US of A|the United States|Vereinigte Staaten|美國|亜米利加|États-Unis",
    "GB": "U.K.|Vereinigtes Königreich|Großbritannien|英國|大不列颠|英国（大不列颠）|イングランド",
    "DE": "Bundesrepublik Deutschland|BRD|Allemagne|Alemania|德國|独国",
    "FR": "Frankreich|法國|仏国",
    "IT": "Italien|Italia|義大利|意大利共和国",
    "NL": "Niederlande|the Netherlands|Nederland|荷蘭",
    "AT": "Österreich|奧地利",
    "CH": "Schweiz|Suisse|Svizzera",
    "PL": "Polen|Polska|波蘭",
    "CZ": "Tschechien|Tschechische Republik|捷克共和国",
    "HU": "Ungarn",
    "ES": "Spanien|España",
    "SE": "Schweden|Sverige",
    "FI": "Finnland|芬蘭",
    "DK": "Dänemark|Danmark|丹麥",
    "NO": "Norwegen|Norge",
    "EE": "Estland|Eesti",
    "BE": "Belgien|Belgique",
    "GR": "Griechenland|Hellas",
    "RU": "Russland|Russische Föderation|俄罗斯联邦|俄羅斯",
    "TR": "Türkei",
    "IN": "Indien|印度共和国",
    "MX": "Mexiko|México",
    "CA": "Kanada",
    "BR": "Brasilien|Brasil",
    "KR": "Korea, Republic of|Korea (Republic of)|Republic of Korea (South)|Südkorea|Korea South|Korea, South|S Korea|"
    "韓國|韓国（大韓民国）|Korea Rep.",
    "KP": "Nordkorea|Korea North|Korea, North|Korea, Democratic People's Republic of",
    "VN": "越南社会主义共和国",
    "TH": "泰國",
    "SG": "新加坡共和国",
    "MY": "马来西亚联邦|馬來西亞",
    "AU": "Australien|澳洲",
    "ZA": "Südafrika",
    "RO": "Rumänien",
    "SK": "Slowakei",
    "SI": "Slowenien",
    "SA": "Kingdom of Saudi Arabia",
    "AE": "U.A.E.|Vereinigte Arabische Emirate",
}
_PARTS = re.compile(r"[()（）/,;|:]| - |(?<=[A-Za-z]) (?=[^\x00-\x7f])|(?<=[^\x00-\x7f]) (?=[A-Z])")
_IN_BRACKETS = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")
# A bonded zone is in China: entering and leaving it are facts of their own.
_ZONE = re.compile(
    r"(?:综合)?保税(?:物流(?:中心|园区)|港区|园区|区|仓库|仓)|综保区|(?:海关)?特殊监管区域|"
    r"bonded (?:logistics )?(?:zone|warehouse|area|park|centre|center)|zolllager",
    re.I,
)
_ZONE_OF = {"from": "from_zone", "to": "to_zone"}
CHINA = "CN"
_NEXT = "write the two-letter ISO 3166 code; XX means an unnamed country other than China"

# What may stand beside the name of a town without changing its country.
_SITE = re.compile(
    r"\b(?:(?:sea|air)?port|airport|harbou?r|city|plant|factory|works|site|warehouse|office|werk|hafen|flughafen|lager|"
    r"standort|niederlassung|greater|stadt)\b(?: of\b)?|(?:港口|港|市|工厂|仓库|厂|口岸|机场)(?=\s*(?:\Z|[(（,，/]))",
    re.I,
)

# Two-letter codes that also follow the name of a town: states of the US, Canada, Australia, Brazil and India,
# provinces of Italy. `Wilmington, DE` is not in Germany.
_STATES = """AC AG AL AM AN AO AP AQ AR AS AZ BA BC BG BI BL BN BO BR BS BT BZ CA CE CG CH CI CL CO CR CT DE ES GA
GE GO GU HP HR ID IL IN JK KL KY LA LC LI LU MA MB MC MD ME MG MH ML MN MO MP MS MT MZ NA NB NC NE NL NS NT NU NV PA PB
PE PG PI PN PR PT PY RE RN RO RS RR SA SC SD SE SI SK SO SP SR TN TO TR TS TV UP UT VA VC VE VI VT WB WI YT"""
_ALSO_STATES = frozenset(_STATES.split())
_ALSO_STATE_NAMES = frozenset(("georgia", "jersey"))
# After these, `China` at the end may not mean the mainland.
_APART = re.compile(
    r"hong ?kong|kowloon|new territories|maca[uo]|tai ?wan|taipei|kaohsiung|hsinchu|香港|九龙|九龍|澳门|澳門|[台臺]"
)


def folded(name: str) -> str:
    """Returns a name without case, width, accents, dots and punctuation."""
    words = re.sub(r"[^\w]+", " ", bare(name).replace("&", " and ").replace(".", "").replace("'", "")).split()
    return "".join(word for word in words if word not in ("the", "of"))


def country_reader(catalogue: FactCatalogue, fact: str) -> Callable[[str], Cell]:
    """Returns the function that reads the country in a cell.

    Args:
        catalogue: Facts, with the countries of the pack.
        fact: The fact for which the country is given.
    """
    names = _names(catalogue)

    def read(text: str) -> Cell:
        if text in catalogue.countries:
            note = ("`NA` interpreted as the code of Namibia; leave the cell blank if unknown",) if text == "NA" else ()
            return Cell({fact: text}, note)
        if fact in _ZONE_OF and _is_china(names, _without_zone(text)):
            told = (f"{brief_value(text.strip())} interpreted as {CHINA}, in a bonded zone",)
            return Cell({fact: CHINA, _ZONE_OF[fact]: True}, told)
        codes = _codes(names, flat(text))
        if len(codes) == 1:
            code = next(iter(codes))
            return Cell({fact: code}, (f"{brief_value(text.strip())} interpreted as {code}",))
        if codes:
            what = f"{brief_value(text)!r} names more than one country"
            return faulty("COUNTRY", what, nearest=tuple(sorted(codes)), next=_NEXT)
        if code := _behind_a_town(names, flat(text)):
            return Cell({fact: code}, (f"{brief_value(text.strip())} interpreted as {code}",))
        if code := _of_towns(flat(text)):
            return Cell({fact: code}, (f"{brief_value(text.strip())} interpreted as {code}",))
        near = _nearest(names, text)
        return faulty("COUNTRY", f"{brief_value(text)!r} is not a known country", nearest=near, next=_NEXT)

    return read


def _is_china(names: dict[str, frozenset[str]], text: str) -> bool:
    """Returns whether a text names China and nothing else."""
    short = flat(text)
    return bool(short) and (_codes(names, short) == frozenset((CHINA,)) or _behind_a_town(names, short) == CHINA)


def _without_zone(text: str) -> str:
    """Returns what a text names besides a bonded zone and its town in brackets; blank if it names no bonded zone."""
    if not _ZONE.search(text):
        return ""
    outside = _IN_BRACKETS.sub(" ", text)
    return _ZONE.sub(" ", outside if outside.strip() else text).strip(" ,;/-–")


def _nearest(names: dict[str, frozenset[str]], text: str) -> tuple[str, ...]:
    """Returns the codes of the names most like a text that share its first character, to limit the search."""
    word = folded(text[:40])
    found = nearest(word, [name for name in names if word and name[0] == word[0]])
    return tuple(dict.fromkeys(code for name in found for code in sorted(names[name])))


@lru_cache(maxsize=16)
def _names(catalogue: FactCatalogue) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    three = {word[:2]: word[2:] for word in _THREE.split()}
    for code, country in catalogue.countries.items():
        plain = re.sub(r"\s*[（(].*?[)）]", "", country.en)
        words = (code, three.get(code, code), *country.as_dict().values(), *country.also, plain)
        for word in (*words, *_ALSO.get(code, "").split("|")):
            found.setdefault(folded(word), set()).add(code)
    found.pop("", None)
    return {name: frozenset(codes) for name, codes in found.items()}


def _codes(names: dict[str, frozenset[str]], text: str) -> frozenset[str]:
    """Returns the countries that a text names: as a whole, otherwise by all of its parts that name one."""
    if whole := names.get(folded(text)):
        return whole
    parts = _PARTS.split(text)
    asked = [folded(part) for part in parts if part.strip()]
    known = [names.get(part, frozenset()) for part in asked if part not in ("mainland", "sar", "prc", "大陆", "境外")]
    if len(asked) < 2 or not known or not all(known):
        return frozenset()
    common = frozenset.intersection(*known)
    return common or frozenset.union(*known)


def _behind_a_town(names: dict[str, frozenset[str]], text: str) -> str:
    """Returns the country after the last comma, or its code at the end, if the text before names no other."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 1:
        town = re.fullmatch(r"([^\W\d][^\d]{3,}) ([A-Z]{2,3})", text)
        parts = [town[1], town[2]] if town else parts
    if len(parts) < 2 or not all(parts):
        return ""
    for first in range(max(1, len(parts) - 2), len(parts)):
        last, before = folded(", ".join(parts[first:])), parts[:first]
        codes = names.get(last, frozenset())
        if len(codes) != 1:
            continue
        code = next(iter(codes))
        certain = parts[-1].upper() not in _ALSO_STATES and last not in _ALSO_STATE_NAMES
        apart = code == "CN" and _APART.search(" ".join(before).casefold())
        return code if certain and not apart and not any(_names_a_country(names, part) for part in before) else ""
    return ""


def _of_towns(text: str) -> str:
    """Returns the country of a town or region alone, or with words for its port or works; blank if it is in doubt."""
    parts = [part.strip(" .") for part in _PARTS.split(_SITE.sub(" ", text))]
    found = [_place(part) if part else None for part in parts]
    sure = {place.country for place in found if place is not None and _states_country(place)}
    return next(iter(sure)) if len(sure) == 1 and all(place and _states_country(place) for place in found) else ""


def _states_country(place: Place) -> bool:
    if place.kind == "demonym" or place.word or place.capitals or place.several or place.others:
        return False
    return bool(place.country)


def _place(text: str) -> Place | None:
    """Returns the place that a text names from its first to its last sign; None if it names none."""
    names = packed_places().names
    if text.isascii() or text[0] < "\u3005":
        tokens = folded_words(text).tokens
        found = words_at(names, tokens, 0) if tokens else None
        return found[0] if found and found[1] == len(tokens) else None
    signs = text.translate(SIMPLE)
    held = signs_at(names, signs, 0)
    return held[0] if held and held[1] == len(signs) else None


def _names_a_country(names: dict[str, frozenset[str]], part: str) -> bool:
    """Returns whether a part is a country, or a name shared by several; short parts are codes of states."""
    word = folded(part)
    return len(word) > 3 and any(word in name for name in names)
