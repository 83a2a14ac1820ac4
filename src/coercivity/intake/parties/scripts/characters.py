"""Classifies the characters of a name by Unicode's tables: invisible ones, Latin look-alikes, unreadable ones.

The tables here give the same result under every version of Python: a character added by a later Unicode is not read.
"""

from __future__ import annotations

import re
import unicodedata

# Default_Ignorable_Code_Point, DerivedCoreProperties.txt of Unicode 15.1 (the same since 14.0, reserved ones included).
_IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# Added by Unicode 15.0 and 15.1, DerivedAge.txt: Python 3.11 has 14.0 and reads none of them, Python 3.13 has 15.1.
_ADDED = (
    "\u0cf3\u0ece\u2ffc-\u2fff\u31ef\U00010efd-\U00010eff\U0001123f-\U00011241\U00011b00-\U00011b09"
    "\U00011f00-\U00011f10\U00011f12-\U00011f3a\U00011f3e-\U00011f59\U0001342f\U00013439-\U00013455\U0001b132\U0001b155"
    "\U0001d2c0-\U0001d2d3\U0001df25-\U0001df2a\U0001e030-\U0001e06d\U0001e08f\U0001e4d0-\U0001e4f9\U0001f6dc"
    "\U0001f774-\U0001f776\U0001f77b-\U0001f77f\U0001f7d9\U0001fa75-\U0001fa77\U0001fa87\U0001fa88\U0001faad-\U0001faaf"
    "\U0001fabb-\U0001fabd\U0001fabf\U0001face\U0001facf\U0001fada\U0001fadb\U0001fae8\U0001faf7\U0001faf8\U0002b739"
    "\U0002ebf0-\U0002ee5d\U00031350-\U000323af"
)
UNREADABLE = "\ufffd"  # stands for a character that no table here knows
_MARKS = re.compile("[\u00a9\u00ae\u2120\u2122]")  # of goods and services: NFKC would join letters to the word
_TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")  # they change the display order of text
_HIDDEN = re.compile(f"[{_IGNORABLE}]+")
_NEWER = re.compile(f"[{_ADDED}]")
# A private or control character is not a space for `split`; the blank braille pattern is invisible as well.
_EMPTY = re.compile("[\u2800\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_ODD = re.compile("|".join(one.pattern.removesuffix("+") for one in (_MARKS, _TURNED, _HIDDEN, _NEWER, _EMPTY)))

# Letters of other alphabets that look like Latin ones, by shape, in pairs. One that is missing here is not
# overlooked: a name with a letter of another alphabet stays open, see `unread_signs`.
_PAIRS = """
АAВBЕEКKМMНHОOРPСCТTУYХXІIЈJЅSҺHԚQԜWӀIЗ3ГrЬbӨOҮYЁEЇIҒFҚKҢHҮYҰYҲXҶCӐAӒAӖEӢNӤNӦOӰYЎYЏUЀEЙN
аaвbеeкkмmнhоoрpсcтtуyхxіiјjѕsһhԛqԝwӏlьbпnгrөoүyёeїiғfқkңhұyҳxӑaӓaӗeӧoӱyўyџuѐeзzѵvԁdԍgєeЄE
ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXϹCϳjαaβbγyεeηnικικκkμuνvοoρpτtυuχxωwϲcϝfΞEΣEςcδdζzθoιiκk
ՕOՍUՏSԼLօoոnհhցgսuզqքpյjաwԱUՒrՓOԳqճdԷE
ᎪAᏴBᏟCᎠDᎬEᏀGᎻHᎥIᎫJᏦKᏞLᎷMᏢPᏒRᏚSᎢTᏙVᎳWᏃZᎽYᏎSᎡRᏳBᎾOᏮ6
ⲀAⲂBⲤCⲈEⲎHⲒIⲔKⲘMⲚNⲞOⲢPⲦTⲨYⲬXⲌZⲁaⲃbⲥcⲉeⲏhⲓiⲕkⲙmⲛnⲟoⲣpⲧtⲩyⲭxⲍz
ꓐBꓑPꓓDꓔTꓖGꓗKꓙJꓚCꓜZꓝFꓟMꓠNꓡLꓢSꓣRꓦVꓧHꓪWꓫXꓬYꓮAꓰEꓲIꓳOꓴU
"""
# Latin letters that another name would hide: ð and þ are others by their Unicode names.
_LATIN = {
    **{"æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ß": "ss", "µ": "u", "ð": "d", "Ð": "D", "þ": "p", "Þ": "P"},
    **{"ə": "e", "Ə": "E", "ʉ": "u", "Ʉ": "U", "ʁ": "R", "ɣ": "y", "Ɖ": "D", "ĸ": "k", "ɸ": "o"},
}
_WORD = "TURNED |REVERSED |OPEN |SCRIPT |DOTLESS |BARRED |CLOSED |INSULAR |SIDEWAYS |LONG |SHARP |BLACKLETTER |HALF "
_LETTER = re.compile(
    rf"(?:MODIFIER LETTER |COMBINING )?LATIN (?:(CAPITAL|SMALL) )?LETTER (?:SMALL CAPITAL )?(?:{_WORD.rstrip()} )*"
    r"([A-Z]{1,2}|ALPHA|IOTA|UPSILON|ENG|ESH|EZH)(?: (?:WITH|DIGRAPH|ROTUNDA)\b.*)?\Z"
)
_FRAMED = re.compile(
    r"(?:(?:CROSSED )?NEGATIVE (?:CIRCLED|SQUARED) LATIN CAPITAL LETTER|REGIONAL INDICATOR SYMBOL LETTER) ([A-Z])\Z"
)
_NAMED = {"ALPHA": "A", "IOTA": "I", "UPSILON": "U", "ENG": "N", "ESH": "S", "EZH": "Z"}
# Scripts by the first word of a character's Unicode name.
_READ = re.compile(
    r"(?:CJK UNIFIED|CJK COMPATIBILITY|IDEOGRAPHIC|HIRAGANA|KATAKANA|KATAKANA-HIRAGANA|HALFWIDTH KATAKANA|VERTICAL"
    r"|MODIFIER LETTER|FEMININE ORDINAL|MASCULINE ORDINAL|KANGXI|KELVIN|ANGSTROM|VOICED|SEMI-VOICED) ?"
)


def shown(text: str) -> str:
    """Returns text by NFKC without invisible characters; characters of a newer Unicode become `UNREADABLE`."""
    if text.isascii() and text.isprintable():
        return text
    if not _ODD.search(text):
        return unicodedata.normalize("NFKC", text)
    kept = _NEWER.sub(UNREADABLE, _HIDDEN.sub("", _TURNED.sub(UNREADABLE, _MARKS.sub(" ", text))))
    return unicodedata.normalize("NFKC", _EMPTY.sub(" ", kept))


def unread_signs(text: str) -> str:
    """Returns the letters of a text, each once, that belong to a script in which names are not compared.

    Names are compared in Latin letters, Chinese characters and kana.

    Args:
        text: Text as returned by `shown`.
    """
    return "" if text.isascii() else "".join(dict.fromkeys(sign for sign in text if _is_unread[sign]))


def turns(text: str) -> bool:
    """Returns whether a text has control characters that change the direction of writing."""
    return not text.isascii() and _TURNED.search(text) is not None


def look_alikes(text: str) -> str:
    """Returns a text with every Latin look-alike replaced by the Latin letter, in its case."""
    return text if text.isascii() else text.translate(_latin)


def _pairs() -> dict[int, str]:
    letters = "".join(_PAIRS.split())
    return {ord(other): latin for other, latin in zip(letters[::2], letters[1::2], strict=True)}


class _Latin(dict[int, str]):
    """The Latin letters that characters look like, by code point; looked up by Unicode name once each."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        self[code] = found = _LATIN.get(sign) or _by_name(sign)
        return found


def _by_name(sign: str) -> str:
    if sign.isascii():
        return sign
    name = unicodedata.name(sign, "")
    framed = _FRAMED.match(name)
    if framed:
        return framed[1]
    letter = _LETTER.match(name)
    if not letter:
        return sign
    found = _NAMED.get(letter[2], letter[2])
    return found if letter[1] == "CAPITAL" else found.lower()


class _Unread(dict[str, bool]):
    """Returns whether characters belong to a script that is not read; looked up by Unicode name once each."""

    def __missing__(self, sign: str) -> bool:
        self[sign] = found = not sign.isascii() and _of_no_read_script(sign)
        return found


def _of_no_read_script(sign: str) -> bool:
    kind, name = unicodedata.category(sign), unicodedata.name(sign, "")
    if name.startswith(("LATIN", "CJK RADICAL")):
        return not _latin[ord(unicodedata.normalize("NFKD", sign)[0])].isascii()
    if kind[0] == "L":
        return _READ.match(name) is None
    return kind in ("Cn", "Co", "Cs") or sign == UNREADABLE


_latin = _Latin(_pairs())
_is_unread = _Unread()
