"""Registration numbers of parties: the Chinese credit code, LEI, DUNS and others, normalised and checked.

A number whose check characters do not fit is never an identifier: it is a problem with a next step. Sources: GB
32100-2015 (unified social credit code), GS 15-2006 (Chinese registration number of 15 digits), ISO 17442 and ISO/IEC
7064 (LEI), IMO Resolution A.1117(30) (ships). A DUNS has no check digit that could be relied on: Dun & Bradstreet
stopped assigning one around 2006.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from coercivity.base.errors import brief_value
from coercivity.base.sums import total
from coercivity.data.parties.listed import Identifier, IdentifierKind

_USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC = re.compile(rf"[{_USCC_SIGNS}]{{2}}[0-9]{{6}}[{_USCC_SIGNS}]{{10}}", re.ASCII)
_USCC_STRICT = re.compile(rf"[1-9ANY][1-59][1-8][0-9]{{5}}[{_USCC_SIGNS}]{{10}}", re.ASCII)  # as given out until now
_LEI = re.compile(r"[0-9A-Z]{18}[0-9]{2}", re.ASCII)
_BETWEEN = re.compile(r"[\s\-‐‑–—./·]+")
_LONGEST = 40
_CHECK_SOURCE = "compare it with the licence or the register; leave it out if it cannot be confirmed"
_LABELS: dict[str, IdentifierKind] = {
    r"uscc|usc code|unified social credit (?:code|identifier|no|number)|(?:统一)?社会信用代码|信用代码": "uscc",
    r"lei|legal entity identifier|法人(?:机构|实体)识别编码|全球法人识别编码": "lei",
    r"d-?u-?n-?s|duns|邓白氏(?:编码|号码|号)?|鄧白氏": "duns",
    r"imo": "imo",
    r"(?:business |company |commercial )?regist(?:ration|er|ry) (?:no|number|id)|工商注册号|注册号": "registration",
    r"tax(?:payer)? (?:id|no|number)|(?:纳税人识别号|税号)": "tax",
}
_LABELLED = re.compile(
    r"(?<![^\W_])(?:"
    + "|".join(f"(?P<k{n}>{label})" for n, label in enumerate(_LABELS))
    + r")(?:\s*(?:no|nr|number|code|编号|号码)(?![a-z]))?[\s.:：#№=()（）]*"
    + r"(?P<value>[0-9A-Z](?:[0-9A-Z]|[\s\-‐‑–.](?=[0-9A-Z])){5,30})",
    re.IGNORECASE,
)
_ALONE = re.compile(r"(?<![0-9A-Za-z])(?:[0-9A-Z]{18}|[0-9A-Z]{20})(?![0-9A-Za-z])", re.ASCII)
_LENGTHS: dict[IdentifierKind, int] = {"uscc": 18, "lei": 20, "duns": 9, "imo": 7}


@dataclass(frozen=True, slots=True)
class IdentifierProblem:
    """A text that looks like a registration number and is not a valid one.

    Attributes:
        text: The text.
        kind: The kind of number it was taken for; `other` if that is not clear.
        what: What is wrong.
        next: What to do.
    """

    text: str
    kind: IdentifierKind
    what: str
    next: str = _CHECK_SOURCE


def read_identifier(text: str, kind: IdentifierKind | None = None) -> Identifier | IdentifierProblem:
    """Returns the registration number that a text consists of, or what is wrong with it.

    Args:
        text: The number, in any case and width, with or without spaces, dashes and its label.
        kind: Its kind. Default: that of its label, otherwise by its form: 18 characters are a credit code, 20 an LEI,
            15 digits a Chinese registration number and 9 digits a DUNS.
    """
    whole = unicodedata.normalize("NFKC", text).strip()
    labelled = _LABELLED.fullmatch(whole)
    if labelled is not None and kind in (None, _kind_of(labelled)):
        return _checked(labelled["value"], _kind_of(labelled))
    return _checked(whole, kind)


def identifiers_in(cell: str) -> tuple[Identifier, ...]:
    """Returns the registration numbers within a text: every labelled one, and any valid credit code and LEI.

    Args:
        cell: A name, an address, a remark. Nine digits without a label are not a DUNS.
    """
    found = dict.fromkeys(one for one in _within(cell) if isinstance(one, Identifier))
    return tuple(found)


def identifier_problems_in(cell: str) -> tuple[IdentifierProblem, ...]:
    """Returns the labelled numbers within a text that are not valid; they are not identifiers.

    Args:
        cell: A name, an address, a remark.
    """
    return tuple(one for one in _within(cell) if isinstance(one, IdentifierProblem))


def _within(cell: str) -> Iterator[Identifier | IdentifierProblem]:
    if total(sign.isdigit() for sign in cell) < 7:  # an IMO number is the shortest
        return
    text = unicodedata.normalize("NFKC", cell)
    taken = []
    for match in _LABELLED.finditer(text):
        kind = _kind_of(match)
        taken.append(match.span())
        yield _checked(_first_part(match["value"], kind), kind)
    for match in _ALONE.finditer(text):
        if not any(start <= match.start() < end for start, end in taken):
            value = match.group()
            if _USCC_STRICT.fullmatch(value) and _uscc_sign(value) == value[17]:
                yield Identifier("uscc", value)
            elif _LEI.fullmatch(value) and not value.isdigit() and _lei_rest(value) == 1:
                yield Identifier("lei", value)


def _kind_of(match: re.Match[str]) -> IdentifierKind:
    return next(kind for n, kind in enumerate(_LABELS.values()) if match[f"k{n}"])


def _first_part(value: str, kind: IdentifierKind) -> str:
    """Returns the beginning of a text that has as many characters as a number of that kind; words may follow it."""
    size = _LENGTHS.get(kind, 0)
    words = value.split()
    for count in range(1, len(words) + 1):
        part = " ".join(words[:count])
        if len(_BETWEEN.sub("", part)) >= size and (size or any(sign.isdigit() for sign in part)):
            return part
    return value


def _checked(text: str, kind: IdentifierKind | None) -> Identifier | IdentifierProblem:
    value = _BETWEEN.sub("", text).upper()
    told = kind or _kind_by_form(value)
    if len(value) > _LONGEST or not any(sign.isdigit() for sign in value):
        what = f"{brief_value(text, longest=_LONGEST)!r} is not a registration number"
        return IdentifierProblem(text[: 2 * _LONGEST], told, what, "give the number alone, or leave it out")
    if told == "uscc" and not _unclear(value):  # from before the credit codes
        told = "registration"
    check = _CHECKS.get(told) or (_unclear if kind is None else None)
    what = check(value) if check is not None else ""
    return IdentifierProblem(text, told, what) if what else Identifier(told, value)


def _kind_by_form(value: str) -> IdentifierKind:
    if len(value) == 15 and value.isdigit() and value.isascii():
        return "registration" if not _registration_fault(value) else "other"
    by_length: dict[int, IdentifierKind] = {18: "uscc", 20: "lei", 9: "duns"}
    kind = by_length.get(len(value), "other") if value.isalnum() and value.isascii() else "other"
    return "other" if kind == "duns" and not value.isdigit() else kind


def uscc_check_sign(code: str) -> str:
    """Returns the last character that the first 17 of a unified social credit code require (GB 32100-2015).

    Raises:
        ValueError: If they are fewer, or not characters of such a code.
    """
    if len(code) < 17 or any(sign not in _USCC_SIGNS for sign in code[:17]):
        raise ValueError(f"{code[:20]!r} does not begin like a credit code")
    return _uscc_sign(code)


def _uscc_sign(code: str) -> str:
    total, weight = 0, 1
    for sign in code[:17]:
        total += _USCC_SIGNS.index(sign) * weight
        weight = weight * 3 % 31
    return _USCC_SIGNS[-total % 31]


def _lei_rest(code: str) -> int:
    return int("".join(str(int(sign, 36)) for sign in code)) % 97


def _uscc_fault(value: str) -> str:
    if len(value) == 15 and value.isdigit():
        return f"15 digits, but not a Chinese registration number: {_registration_fault(value)}"
    if len(value) != 18:
        return f"a unified social credit code has 18 characters, not {len(value)}"
    unused = sorted(set(value) & set("IOSVZ"))
    if unused:
        return f"a unified social credit code contains no {' or '.join(unused)}: it may be {_digits_for(unused)}"
    if not _USCC.fullmatch(value):
        return "a unified social credit code has digits in places 3 to 8 and no other signs than digits and letters"
    if _uscc_sign(value) != value[17]:
        return (
            f"the last character of the credit code does not fit the others: {value[17]}, expected {_uscc_sign(value)}"
        )
    return ""


def _digits_for(letters: list[str]) -> str:
    """Returns what letters that a credit code does not contain are often misread for."""
    digits = {"I": "1", "O": "0", "S": "5", "V": "U", "Z": "2"}
    return " and ".join(f"{digits[letter]} for {letter}" for letter in letters)


def _lei_fault(value: str) -> str:
    if len(value) != 20:
        return f"an LEI has 20 characters, not {len(value)}"
    if not _LEI.fullmatch(value):
        return "an LEI consists of digits and letters A to Z, the last two being digits"
    if _lei_rest(value) != 1:
        return f"the last two digits of the LEI do not fit the others: {value[18:]}, expected {lei_check_digits(value)}"
    return ""


def lei_check_digits(code: str) -> str:
    """Returns the last two digits that the first 18 characters of an LEI require (ISO 17442)."""
    return f"{98 - _lei_rest(code[:18] + '00'):02}"


def _duns_fault(value: str) -> str:
    return (
        ""
        if len(value) == 9 and value.isdigit() and value.isascii()
        else "a DUNS has nine digits; leading zeros may be lost"
    )


def _imo_fault(value: str) -> str:
    digits = value.removeprefix("IMO")
    if len(digits) != 7 or not (digits.isdigit() and digits.isascii()):
        return "a ship number has seven digits"
    rest = total(int(sign) * (7 - n) for n, sign in enumerate(digits[:6])) % 10
    return "" if rest == int(digits[6]) else f"the last digit of the ship number is {digits[6]}, expected {rest}"


def _registration_fault(value: str) -> str:
    """Returns what is wrong with 15 digits as a Chinese registration number (ISO/IEC 7064, MOD 11,10)."""
    rest = 10
    for sign in value[:14]:
        rest = ((rest + int(sign)) % 10 or 10) * 2 % 11
    expected = (11 - rest) % 10
    return "" if expected == int(value[14]) else f"the last digit is {value[14]}, expected {expected}"


def _unclear(value: str) -> str:
    """Returns why a number of no known form is not an identifier; a Chinese registration number is one."""
    if len(value) == 15 and value.isdigit() and value.isascii() and not _registration_fault(value):
        return ""
    if len(value) == 15 and value.isdigit() and value.isascii():
        return f"15 digits, but not a Chinese registration number: {_registration_fault(value)}"
    return "the kind of the number is not clear from its form"


_CHECKS: dict[IdentifierKind, Callable[[str], str]] = {
    "uscc": _uscc_fault,
    "lei": _lei_fault,
    "duns": _duns_fault,
    "imo": _imo_fault,
}
