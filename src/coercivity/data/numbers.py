"""Identifying numbers (CAS numbers and control codes), normalised to the form in which rules compare them."""

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
    """Normalises a CAS number to digits and hyphens, from any dashes, spaces and prefix.

    Raises:
        ValueError: If its form or check digit is wrong, or there is more than one.
    """
    written = re.sub(r"\s*-\s*", "-", _one_kind(text)).strip()
    number = written[found.end() :] if (found := _CAS_HEAD.match(written)) else written
    several = _NUMBER.findall(number)
    if len(several) > 1:
        raise ValueError(f"{len(several)} CAS numbers; expected one per row")
    if not _CAS.fullmatch(number):
        raise ValueError("not a CAS number: expected two to seven digits, two digits and a check digit")
    digits = number.replace("-", "")
    due = total(place * int(digit) for place, digit in enumerate(reversed(digits[:-1]), 1)) % 10
    if int(digits[-1]) != due:
        raise ValueError(f"not a CAS number: its check digit is {digits[-1]}, expected {due}")
    return number


def control_code(text: str) -> str:
    """Normalises a control code to capitals without spaces, with its sub-item in lower case: `2B902.v`.

    Text that does not begin like a code is returned stripped, and in lower case if it is a single word.
    """
    written = "".join(_one_kind(text).split())
    if _CODE.match(written):
        return written[:5].upper() + written[5:].lower()
    return written.lower() if text.strip().isalpha() else text.strip()


def _one_kind(text: str) -> str:
    """Returns text with one kind of digit, space and dash, and without invisible characters."""
    found = []
    for sign in unicodedata.normalize("NFKC", text):
        kind = unicodedata.category(sign)
        if kind != "Cf":
            found.append("-" if kind == "Pd" or sign == "\u2212" else sign)
    return "".join(found)
