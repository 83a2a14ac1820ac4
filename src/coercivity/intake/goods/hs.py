"""HS codes: normalised, and mapped to the forms of goods they can denote."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_MACHINE = frozenset(("equipment", "equipment_part", "component", "assembly", "finished_good"))
# Chapters, headings and subheadings of the Harmonized System; the longest match counts. Others are inconclusive.
_FORMS: Mapping[str, frozenset[str]] = {
    "253090": frozenset(("ore",)),
    "261220": frozenset(("ore",)),
    "2844": frozenset(("metal", "alloy", "compound", "other_material")),
    "2845": frozenset(("compound", "other_material")),
    "280530": frozenset(("metal", "alloy")),
    "2846": frozenset(("oxide", "compound", "mixture", "functional_material")),
    "7202": frozenset(("alloy",)),
    "720299": frozenset(("alloy", "magnet_powder", "scrap")),
    "7204": frozenset(("scrap",)),
    "7205": frozenset(("magnet_powder", "alloy")),
    "7206": frozenset(("alloy", "magnet_powder")),
    "8401": _MACHINE,
    "8501": frozenset(("finished_good",)),
    "8503": frozenset(("component", "assembly")),
    "850511": frozenset(("magnet",)),
    "850519": frozenset(("magnet",)),
    "851410": frozenset(("equipment",)),
    "851411": frozenset(("equipment",)),
    "851419": frozenset(("equipment",)),
    "851420": frozenset(("equipment",)),
    "8526": _MACHINE,
    "854330": frozenset(("equipment",)),
    "8703": frozenset(("finished_good",)),
    "8806": _MACHINE,
    "93": _MACHINE,
}
# Codes that no row of magnets, their materials or their machines can have; not a value of `form`.
_OTHERS: Mapping[str, frozenset[str]] = {
    "2844": frozenset(("nuclear",)),
    "2845": frozenset(("nuclear",)),
    "36": frozenset(("explosives",)),
    "8401": frozenset(("nuclear",)),
    "8526": frozenset(("radar",)),
    "8710": frozenset(("arms",)),
    "880100": frozenset(("aircraft",)),
    "8802": frozenset(("aircraft",)),
    "8804": frozenset(("aircraft",)),
    "8805": frozenset(("aircraft",)),
    "8806": frozenset(("drone",)),
    "8807": frozenset(("aircraft",)),
    "890610": frozenset(("arms",)),
    "93": frozenset(("arms",)),
}
_SEPARATORS = re.compile(r"[\s.\-/]+")


def hs_digits(text: str) -> tuple[str, str]:
    """Returns the digits of an HS code and what is wrong with it, if anything.

    Args:
        text: Such as `8505.11.10 00`; six to ten digits are expected.
    """
    whole = unicodedata.normalize("NFKC", text).strip()
    digits = _SEPARATORS.sub("", whole.removeprefix("HS").strip(": "))
    if not (digits.isascii() and digits.isdigit()):
        return "", "expected digits"
    if not 6 <= len(digits) <= 10:
        return digits, f"{len(digits)} digits; expected six to ten"
    return digits, ""


def hs_forms(code: str) -> frozenset[str] | None:
    """Returns the values of `form` that an HS code can denote, or None if the code is inconclusive.

    Args:
        code: Digits of the code.
    """
    return _longest(_FORMS, code)


OUTSIDE = frozenset(("arms", "nuclear", "radar", "drone", "aircraft", "explosives"))


def hs_kinds(code: str) -> frozenset[str] | None:
    """Returns what an HS code can denote, including goods outside this trade, or None if it is inconclusive.

    A row of magnets whose code gives `arms`, `nuclear`, `radar`, `drone`, `aircraft` or `explosives` contradicts
    itself, as does one whose `form` is not among the forms returned.

    Args:
        code: Digits of the code.

    Returns:
        Values of `form`, as `hs_forms` returns them, or one of the six words above, which are not values of `form`.
    """
    return _longest(_OTHERS, code) or hs_forms(code)


def _longest(table: Mapping[str, frozenset[str]], code: str) -> frozenset[str] | None:
    for length in (6, 4, 2):
        if len(code) >= length and (found := table.get(code[:length])) is not None:
            return found
    return None
