"""Signs that the words of a composition were truncated.

A text without such signs may still have been truncated, after a balance or where its figures add up.
"""

from __future__ import annotations

from collections.abc import Sequence

from coercivity.intake.composition.tokens import Token

ANDS = frozenset(("and", "und", "&", "和", "及", "与", "以及", "と", "および", "及び"))
CONTAINS = frozenset(("contains", "containing", "contain", "with", "mit", "enthält", "含", "含有", "含有量", "を含む"))
_WAITING = (
    ANDS
    | (CONTAINS - {"含有量", "を含む"})
    | frozenset(("of", "in", "by", "is", "incl.", "including", "其中", "为", "占", "の", "が", "は", "を"))
)
_HOLDING = frozenset(("not", "none", "undetected", "trace", "about", "below", "above", "to", "compound"))
_SUBJECTS = frozenset(("element", "formula", "group", "number", "unit", "balance", "grade"))
# One-letter symbols that are the first letter of a rare earth.
_BEGINNINGS = frozenset("SHNCPY")


def cut_tokens(tokens: Sequence[Token]) -> str:
    """Returns the sign that the words of a composition were truncated; empty if there is none."""
    kept = [token for token in tokens if token.text != "."]
    if not kept:
        return ""
    last = kept[-1]
    if last.kind in ("join", "dash", "colon", "open", "to") or last.text in _WAITING or last.text in (",", ";", "、"):
        return "it ends where more should follow"
    tail = kept[max((at for at, token in enumerate(kept) if token.kind == "cut"), default=-1) + 1 :]
    if any(token.kind in _HOLDING for token in tail) and not any(token.kind in _SUBJECTS for token in tail):
        return "it ends where more should follow"
    numbers = [token for token in kept if token.kind == "number"]
    if last.kind == "element" and last.text in _BEGINNINGS and numbers:
        return f"{last.text} at the end may be the beginning of another element"
    units = any(token.kind == "unit" and kept[at - 1].kind == "number" for at, token in enumerate(kept) if at)
    if last.kind == "number" and units:
        return "the last number has no unit, unlike the others"
    others = (token.text for token in kept[:-1] if token.kind == "unit")
    if last.kind == "unit" and any(unit != last.text and unit.startswith(last.text) for unit in others):
        return "the last unit may be incomplete"
    return ""
