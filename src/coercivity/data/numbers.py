"""Numbers that name a thing: CAS numbers and control codes, brought into the one form in which rules compare them."""

from __future__ import annotations

import re
import unicodedata

from coercivity.base.sums import total

_CAS = re.compile(r"[1-9]\d{1,6}-\d\d-\d", re.ASCII)
_NUMBER = re.compile(r"\d+-\d+-\d+", re.ASCII)
_CAS_HEAD = re.compile(
    r"cas(?:[\s.-]*(?:registry|rn|reg\.?))?(?:[\s.-]*(?:number|num|no|nr|号|登记号|番号|#))?[\s.:#]*", re.I
)
_CODE = re.compile(r"\d[A-Z]\d{3}", re.ASCII | re.I)


def cas_number(text: str) -> str:
    """Returns a CAS number as its digits with hyphens, whatever dashes, blanks and heading it was written with.

    Raises:
        ValueError: When it has another form or a wrong check digit, or there is more than one.
    """
    written = re.sub(r"\s*-\s*", "-", _one_kind(text)).strip()
    number = written[found.end() :] if (found := _CAS_HEAD.match(written)) else written
    several = _NUMBER.findall(number)
    if len(several) > 1:
        raise ValueError(f"{len(several)} CAS numbers; one row takes one number")
    if not _CAS.fullmatch(number):
        raise ValueError("no CAS number: two to seven digits, two digits and a check digit expected")
    digits = number.replace("-", "")
    due = total(place * int(digit) for place, digit in enumerate(reversed(digits[:-1]), 1)) % 10
    if int(digits[-1]) != due:
        raise ValueError(f"no CAS number: its check digit is {digits[-1]}, and {due} would be due")
    return number


def control_code(text: str) -> str:
    """Returns a control code in capitals without blanks, its sub-item in small letters: `2B902.v`.

    Text that does not begin like a code is returned without outer blanks, in small letters where it is one word.
    """
    written = "".join(_one_kind(text).split())
    if _CODE.match(written):
        return written[:5].upper() + written[5:].lower()
    return written.lower() if text.strip().isalpha() else text.strip()


def _one_kind(text: str) -> str:
    """Text with one kind of digit, blank and dash, and without signs that are not shown."""
    found = []
    for sign in unicodedata.normalize("NFKC", text):
        kind = unicodedata.category(sign)
        if kind != "Cf":
            found.append("-" if kind == "Pd" or sign == "\u2212" else sign)
    return "".join(found)
