"""The licence that a deal of a file is shipped under: a note for what follows from a decision, which no rule reads."""

from __future__ import annotations

from coercivity.base.errors import Faults, brief_value
from coercivity.data.textyaml import TextMap

LICENCE_KEYS = ("licence", "license")  # two spellings


def licence_named(deal: TextMap, file: str, faults: Faults) -> str:
    """Returns the number of the licence that a deal is shipped under; empty without one.

    Args:
        deal: The deal as written.
        file: Name of its file, for messages.
        faults: Collects anything but one number.
    """
    key = next((key for key in LICENCE_KEYS if key in deal), None)
    if key is None:
        return ""
    number = deal[key]
    if isinstance(number, str) and number.strip():
        return number.strip()
    what = f"`{key}` must be the number of one licence, found {brief_value(number)!r}"
    step = "write one number; list goods under a second licence as another deal"
    faults.add("CASE-FORM", what, where=f"{file}:{deal.key_lines[key]}", next=step)
    return ""
