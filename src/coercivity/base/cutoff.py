"""Signs that a text was cut off: a separator or a word that waits for more, an open bracket, a length at a limit.

A text that shows none may have been cut all the same: no reader can tell `0.1` from the beginning of `0.15`.
"""

from __future__ import annotations

import re

# Fields of 35 (EDIFACT free text), 40 (SAP short text), 50 and 255 characters (databases, spreadsheets) are the usual
# ones. 30 is the item name of JD Edwards and M3, 60 that of Dynamics, 80 and 100 are those of other systems, 132 is a
# line of SAP text, 240 an item of Oracle, the others are powers of two and their neighbours. Shorter fields are left
# out, since honest cells of any such length are many.
LIMITS = frozenset((30, 35, 40, 50, 60, 80, 100, 128, 132, 240, 250, 254, 255, 256, 512, 1000, 1024))
_TAIL = 20  # signs at the end of a text in which a longest word that waits for more, and blanks, have room
_ENDING = re.compile(
    r"(?:[,;、/+&|:=(\[<>~≈±-]|\.{2,}|(?<=\d)\.|[和及与と含]|氧化|酸化|碳酸|炭酸|氟化|氯化"
    r"|(?<![A-Za-z])(?:and|und|with|mit|of|containing|incl))\s*\Z",
    re.I,
)


def at_limit(text: str) -> bool:
    """Returns whether a text, with the blanks around it or without them, is as long as the field of a system."""
    return len(text) in LIMITS or len(text.strip()) in LIMITS


def shown_cut(text: str) -> str:
    """Returns the sign by which a text of plain width shows that it was cut off, in words; nothing where it does not.

    Args:
        text: Text in one form: one width, one kind of dash and blank.
    """
    if text.count("(") > text.count(")") or text.count("[") > text.count("]"):
        return "a bracket is not closed"
    return "it ends where more is to follow" if _ENDING.search(text[-_TAIL:]) else ""
