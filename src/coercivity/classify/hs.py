"""Tariff codes: brought into one form, and the forms of goods that a code can stand for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

# Headings of the Harmonized System, longest first where one lies in another. A code that is not here says nothing.
_FORMS: Mapping[str, frozenset[str]] = {
    "850511": frozenset(("magnet",)),
    "850519": frozenset(("magnet",)),
    "280530": frozenset(("metal", "alloy")),
    "284610": frozenset(("oxide", "compound", "mixture")),
    "284690": frozenset(("oxide", "compound", "mixture", "functional_material")),
    "253090": frozenset(("ore",)),
    "261220": frozenset(("ore",)),
    "8501": frozenset(("finished_good",)),
    "8503": frozenset(("component", "assembly")),
    "851410": frozenset(("equipment",)),
    "851419": frozenset(("equipment",)),
    "851420": frozenset(("equipment",)),
    "854330": frozenset(("equipment",)),
    "8703": frozenset(("finished_good",)),
}
_SEPARATORS = re.compile(r"[\s.\-/]+")


def hs_digits(text: str) -> tuple[str, str]:
    """Returns the digits of a tariff code and what is wrong with it, if anything.

    Args:
        text: Such as `8505.11.10 00`; six to ten digits are expected.
    """
    whole = unicodedata.normalize("NFKC", text).strip()
    digits = _SEPARATORS.sub("", whole.removeprefix("HS").strip(": "))
    if not (digits.isascii() and digits.isdigit()):
        return "", "not a tariff code: digits expected"
    if not 6 <= len(digits) <= 10:
        return digits, f"a tariff code of {len(digits)} digits; six to ten are expected"
    return digits, ""


def hs_forms(code: str) -> frozenset[str] | None:
    """Returns the values of `form` that a tariff code can stand for, or None where the code does not tell.

    Args:
        code: Digits of the code.
    """
    for length in (6, 4):
        if (found := _FORMS.get(code[:length])) is not None and len(code) >= length:
            return found
    return None
