"""Other writings of listed names in Latin letters, each with its kind and the verdict it deserves.

`match` is for what is certainly the same writing: case, punctuation, spaces, company form, abbreviated trade words, the
same words in another order, and labels, branches and addresses around the name. `possible` is for what may be another
party: slips, initials, a head word with another business. The name and the kind select the place of a change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Literal, NamedTuple

Expected = Literal["match", "possible", "none"]
LONG = 9  # letters of a name in which one slip is not a question of two short names
LONGER = 14  # letters of a name in which two slips are still recognised
FORM = re.compile(
    r"(?:[ ,]+(?:Inc\.?|Incorporated|Corporation|Corp\.?|LLC\.?|Limited Partnership|LP|Ltd\.?|Limited|Private Limited|PLC|Co\.,? Ltd\.?|Co\.?"
    r"|Company|AG|SE|KG|GmbH & Co\. KG|GmbH|mbH|S\.p\.A\.|S\.r\.l\.|SAS|SARL|S\.A\.|SA|B\.V\.|s\.r\.o\.?|a\.s\.|Sp zo\.o|K\.K\.|Group))+$"
)
NEAR = {
    "a": "sqz", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk", "k": "jl", "l": "k",
    "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb", "w": "qe", "x": "zc",
    "y": "tu", "z": "xa",
}  # fmt: skip
MISREAD = [("rn", "m"), ("m", "rn"), ("cl", "d"), ("d", "cl"), ("vv", "w"), ("w", "vv"), ("l", "1"), ("I", "l"), ("O", "0"), ("o", "0"),
           ("S", "5"), ("B", "8"), ("h", "b"), ("ii", "u"), ("e", "c"), ("G", "6"), ("g", "q"), ("Z", "2")]  # fmt: skip
SHORTER = {
    "Technologies": "Tech.", "Technology": "Tech", "Systems": "Sys", "International": "Int'l", "Engineering": "Engrg.", "Industries": "Ind.",
    "Industrial": "Ind.", "Manufacturing": "Mfg.", "Aerospace": "Aero", "Corporation": "Corp.", "Incorporated": "Inc.", "Limited": "Ltd.",
    "Company": "Co.", "Development": "Dev.", "Services": "Svcs.", "Service": "Svc.", "Research": "Res.", "Laboratories": "Labs",
    "Communications": "Comms", "Defense": "Def.", "Department": "Dept.", "Institute": "Inst.", "National": "Nat'l", "University": "Univ.",
    "Electronics": "Elec.", "Precision": "Prec.", "Advanced": "Adv.", "Associates": "Assoc.", "Solutions": "Soln.", "Group": "Grp.",
}  # fmt: skip
BRANCHES = ["{} - Shanghai Branch", "{} (Hong Kong Branch)", "{}, Zweigniederlassung München", "{} succursale de Paris", "{}, filiale di Torino",
            "{} Purchasing Department", "{} Plant 4", "{} Werk Kassel", "{} 上海代表处", "{} 東京支店", "{} 采购部", "{} Einkauf"]  # fmt: skip
ADDRESSES = ["{}, 88 Keji Road, Xi'an 710075, China", "{}, Industriestr. 12, 70565 Stuttgart", "{}, 12 rue de l'Usine, 69003 Lyon",
             "{}, Via Roma 5, 10121 Torino (TO), Italia", "{}, 東京都港区芝浦3-1-1", "{}\nP.O. Box 4471\nTulsa, Oklahoma 74101",
             "{}, 5F, 120-3 Sinsa-dong, Seoul", "{} 上海市浦东新区张江路88号", "c/o {}, Unit 7, Kwun Tong, Hong Kong"]  # fmt: skip
LABELS = ["End user: {}", "Consignee - {}", "Messrs. {}", "Endverwender: {}", "Empfänger {}", "Ship to: {}", "Buyer/{}", "最终用户：{}", "需方：{}",
          "エンドユーザー：{}", "{} 御中", "Destinataire : {}", "Attn: {}", "{} (end user)", "client: {}", "Kunde: {}"]  # fmt: skip
FORMS = [
    "Inc.",
    "Ltd.",
    "GmbH",
    "Co., Ltd.",
    "LLC",
    "S.A.",
    "B.V.",
    "Pte Ltd",
    "Corp",
    "K.K.",
    "Sdn. Bhd.",
    "Sp. z o.o.",
]
OTHER_TRADES = [
    "Logistics",
    "Magnetics",
    "Trading",
    "Gearboxes",
    "Robotics",
    "Medical",
    "Power Tools",
    "Energy Storage",
]
CYRILLIC = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        [
            "а",
            "б",
            "к",
            "д",
            "е",
            "ф",
            "г",
            "х",
            "и",
            "дж",
            "к",
            "л",
            "м",
            "н",
            "о",
            "п",
            "к",
            "р",
            "с",
            "т",
            "у",
            "в",
            "в",
            "кс",
            "й",
            "з",
        ],
        strict=True,
    )
)
CYRILLIC_PAIRS = {
    "sch": "ш",
    "sh": "ш",
    "ch": "ч",
    "ph": "ф",
    "th": "т",
    "ck": "к",
    "ya": "я",
    "yu": "ю",
    "qu": "кв",
    "oo": "у",
    "ee": "и",
}
UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}


class Variant(NamedTuple):
    """A name as somebody might write it.

    Attributes:
        kind: Kind of change.
        written: The name.
        expected: The verdict it deserves.
    """

    kind: str
    written: str
    expected: Expected


def number(key: str) -> int:
    """Returns a number selected by a key."""
    return int.from_bytes(sha256(key.encode()).digest()[:6], "big")


def without_form(name: str) -> str:
    """Returns a name without its company form."""
    return FORM.sub("", name) or name


def letters(name: str) -> list[int]:
    """Returns the places of the plain letters of a name."""
    return [at for at, sign in enumerate(name) if sign.isalpha() and sign.isascii()]


def slip(name: str, key: str) -> tuple[str, str]:
    """Returns the kind of a slip of the keyboard, and the name with it."""
    spots = letters(name)
    at = spots[number(key) % len(spots)]
    one = name[at]
    which = number(key + "/kind") % 5
    if which == 0:
        near = NEAR[one.lower()]
        other = near[number(key + "/near") % len(near)]
        return "neighbour", name[:at] + (other.upper() if one.isupper() else other) + name[at + 1 :]
    if which == 1:
        return "doubled", name[:at] + one + name[at:].lower() if one.isupper() else name[:at] + one + name[at:]
    if which == 2 and len(spots) > 4:
        return "dropped", name[:at] + name[at + 1 :]
    pairs = [n for n in spots if n + 1 in spots and name[n].lower() != name[n + 1].lower()]
    if which == 3 and pairs:
        n = pairs[number(key + "/pair") % len(pairs)]
        return "transposed", name[:n] + name[n + 1] + name[n] + name[n + 2 :]
    extra = "etaoinsr"[number(key + "/extra") % 8]
    return "inserted", name[: at + 1] + extra + name[at + 1 :]


def slips(name: str) -> Iterator[Variant]:
    """Yields slips of the keyboard and of reading machines."""
    size = len(letters(without_form(name)))
    stem = without_form(name)
    for turn in range(3):
        kind, written = slip(stem, f"{name}/{turn}")
        if written.casefold() != stem.casefold():
            yield Variant(f"slip {kind}{'' if size >= LONG else ', short'}", written, "possible")
    if size >= LONGER:
        once = slip(stem, f"{name}/first")[1]
        twice = slip(once, f"{name}/second")[1]
        if twice.casefold() != stem.casefold():
            yield Variant("slips two", twice, "possible")
    there = [(a, b) for a, b in MISREAD if a in stem]
    if there:
        for turn in range(2):
            a, b = there[number(f"{name}/ocr/{turn}") % len(there)]
            at = [hit.start() for hit in re.finditer(re.escape(a), stem)]
            n = at[number(f"{name}/ocr at/{turn}") % len(at)]
            yield Variant(f"misread{'' if size >= LONG else ', short'}", stem[:n] + b + stem[n + len(a) :], "possible")


def same_writing(name: str) -> Iterator[Variant]:
    """Yields what is certainly the same: case, spaces, signs, form, short trade words, order."""
    key, stem, words = number(name), without_form(name), without_form(name).replace(",", " ").split()
    yield Variant("case", (name.upper(), name.lower(), name.swapcase())[key % 3], "match")
    yield Variant("width", "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in name), "match")
    yield Variant("form changed", f"{stem} {FORMS[key % len(FORMS)]}", "match")
    if stem != name:
        yield Variant("form dropped", stem, "match")
    if len(words) > 1:
        joined = "".join(word[:1].upper() + word[1:] for word in words)
        yield Variant("joined", (joined, joined.lower())[key % 2], "match")
        yield Variant("hyphens", ("-", "_", " - ", ".", " / ")[key % 4].join(words), "match")
        yield Variant("spaced out", "   ".join(words).replace("a", "a\u200b", 1), "match")
    yield Variant("brackets", (f"({name})", f'"{name}"', f"« {stem} »", f"【{name}】", f"{name}*")[key % 5], "match")
    short = " ".join(SHORTER.get(word.rstrip(","), word) for word in name.split())
    if short != name:
        yield Variant("abbreviated", short, "match")
    if "&" in name or " and " in name:
        yield Variant("and", name.replace("&", "and") if "&" in name else name.replace(" and ", " & "), "match")
    plain = "".join(UMLAUTS.get(sign, sign) for sign in name)
    if plain != name:
        yield Variant("umlauts", plain, "match")
    if len(words) > 2:
        yield Variant("word order", " ".join([*words[1:], words[0]]), "match")
        yield Variant("index order", f"{' '.join(words[1:])}, {words[0]}", "match")


def around(name: str) -> Iterator[Variant]:
    """Yields the name inside a cell: labels, branches, addresses, alone and with a slip."""
    key, stem = number(name + "/around"), without_form(name)
    yield Variant("label", LABELS[key % len(LABELS)].format(name), "match")
    yield Variant("label", LABELS[(key + 5) % len(LABELS)].format(stem), "match")
    yield Variant("branch", BRANCHES[key % len(BRANCHES)].format(name), "match")
    yield Variant("branch", BRANCHES[(key + 5) % len(BRANCHES)].format(stem), "match")
    yield Variant("address", ADDRESSES[key % len(ADDRESSES)].format(name), "match")
    yield Variant("address", ADDRESSES[(key + 4) % len(ADDRESSES)].format(name), "match")
    if len(letters(stem)) >= LONG:
        slipped = slip(stem, name + "/in cell")[1]
        if slipped.casefold() != stem.casefold():
            yield Variant("label and slip", LABELS[(key + 3) % len(LABELS)].format(slipped), "possible")
            yield Variant("address and slip", ADDRESSES[(key + 2) % len(ADDRESSES)].format(slipped), "possible")
            yield Variant("case and slip", slipped.upper(), "possible")


def questions(name: str, head: str = "") -> Iterator[Variant]:
    """Yields what may be another party: initials, plural, a word more or less, the head with another business."""
    key, stem, words = number(name + "/asked"), without_form(name), without_form(name).replace(",", " ").split()
    if len(words) > 2 and not head:
        initials = "".join(
            word[0] for word in words if word[0].isalpha() and word.lower() not in ("and", "of", "the", "di")
        )
        if len(initials) > 2:
            yield Variant("initials", (initials.upper(), ".".join(initials.upper()) + ".")[key % 2], "possible")
        yield Variant("last word dropped", " ".join(words[:-1]), "possible")
    if len(words) > 1 and words[-1].isascii():
        last = words[-1]
        yield Variant("plural", " ".join([*words[:-1], last[:-1] if last.endswith("s") else last + "s"]), "possible")
    if len(words) < 3 and stem.isascii():
        yield Variant("web address", f"www.{''.join(filter(str.isalnum, stem.lower()))}.com", "possible")
    yield Variant(
        "place in brackets",
        f"{stem} ({('China', 'Shanghai', 'Deutschland', 'Singapore')[key % 4]}) Co., Ltd.",
        "possible",
    )
    owned = (
        "Example Trading Ltd, a subsidiary of {}",
        "Example Trading Ltd (member of the {} group)",
        "Example Handel GmbH, eine Tochter der {}",
    )
    yield Variant("named as owner", owned[key % 3].format(name), "possible")
    if head:
        yield Variant("sister", f"{head} {OTHER_TRADES[key % 8]} {FORMS[key % len(FORMS)]}", "possible")
    yield Variant("word added", f"{stem} {('International', 'Europe', 'Holding', 'Technologies')[key % 4]}", "possible")
    if stem.isascii():
        yield Variant("cyrillic", cyrillic(stem), "possible")


def cyrillic(name: str) -> str:
    """Returns a name as written by ear in Cyrillic letters."""
    text = name.lower()
    for latin, other in CYRILLIC_PAIRS.items():
        text = text.replace(latin, other)
    return "".join(CYRILLIC.get(sign, sign) for sign in text).title()


def of_firm(name: str, head: str = "") -> Iterator[Variant]:
    """Yields other writings of a firm's name in Latin letters."""
    yield from same_writing(name)
    yield from around(name)
    yield from slips(name)
    yield from questions(name, head)
