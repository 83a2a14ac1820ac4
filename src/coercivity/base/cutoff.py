"""Signs of truncated text: a trailing separator or connecting word, an unclosed bracket, a length at a field limit.

A text without such a sign may still be truncated: `0.1` looks the same as the beginning of `0.15`.
"""

from __future__ import annotations

import re

# Fields of 35 (EDIFACT free text), 40 (SAP short text), 50 and 255 characters (databases, spreadsheets) are the usual
# limits. 30 is the item name of JD Edwards and M3, 60 that of Dynamics, 80 and 100 those of other systems, 132 is a
# line of SAP text, 240 an item of Oracle; the others are powers of two and their neighbours. Shorter limits are left
# out, since complete cells often have such lengths.
LIMITS = frozenset((30, 35, 40, 50, 60, 80, 100, 128, 132, 240, 250, 254, 255, 256, 512, 1000, 1024))
_TAIL = 20  # characters at the end that can hold the longest connecting word and blanks
_ENDING = re.compile(
    r"(?:[,;、/+&|:=(\[<>~≈±-]|\.{2,}|(?<=\d)\.|[和及与と含]|氧化|酸化|碳酸|炭酸|氟化|氯化"
    r"|(?<![A-Za-z])(?:and|und|with|mit|of|containing|incl))\s*\Z",
    re.I,
)


def at_limit(text: str) -> bool:
    """Returns whether a text, with or without surrounding blanks, is exactly as long as a common field limit."""
    return len(text) in LIMITS or len(text.strip()) in LIMITS


def shown_cut(text: str) -> str:
    """Returns in words why a text looks truncated; an empty string if it does not.

    Args:
        text: Normalised text: one width, one kind of dash and blank.
    """
    if text.count("(") > text.count(")") or text.count("[") > text.count("]"):
        return "a bracket is not closed"
    return "it ends with a word or separator that expects more text" if _ENDING.search(text[-_TAIL:]) else ""
