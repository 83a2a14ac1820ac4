"""Chemical formulas in a text: Dy2O3, Nd2(CO3)3·8H2O, and Y2O3 or ND2O3, which are in capitals only."""

from __future__ import annotations

import re
from functools import lru_cache

from coercivity.intake.composition.words import COMMON, RARE_EARTHS, SYMBOLS

_PART = r"[A-Z][a-z]?(?:\d+(?:\.\d+)?)?"
_GROUP = rf"\((?:{_PART})+\)\d+(?:\.\d+)?"
_WATER = r"(?:[·.*]\d*H2O)?"
_FORMULA = re.compile(rf"(?:{_PART}|{_GROUP}){{2,}}{_WATER}(?![A-Za-z])", re.ASCII)
_SMALL = re.compile(r"([a-z]{1,2})\d+o\d+(?![A-Za-z0-9])", re.ASCII)
# In capitals only, a word and a formula look alike: without a rare earth, only these count as formulas.
_PLAIN_OXIDE = re.compile(r"[A-Z]{1,2}\d+O\d+\Z|H2O\Z", re.ASCII)
_CARBONATE = re.compile(r"\(CO3\)", re.ASCII)
_SYMBOL = re.compile(r"[A-Z][a-z]?")
_CAPITALS = re.compile(r"[A-Z]+")
_ANIONS = frozenset(("O", "F", "Cl"))


def formula_at(text: str, at: int) -> tuple[str, tuple[str, ...]] | None:
    """Returns the formula that begins at a position, as written, and the elements in it; None if there is none."""
    if found := _FORMULA.match(text, at):
        symbols = _of_formula(found[0])
        return (found[0], symbols) if symbols else None
    if small := _SMALL.match(text, at):
        symbol = small[1].capitalize()
        return (small[0], (symbol, "O")) if symbol in RARE_EARTHS else None
    return None


@lru_cache(maxsize=4096)
def _of_formula(written: str) -> tuple[str, ...]:
    if not written.isupper():
        symbols = tuple(dict.fromkeys(_SYMBOL.findall(written)))
        return symbols if all(symbol in SYMBOLS for symbol in symbols) else ()
    symbols = _of_capitals(written)
    if _ANIONS.isdisjoint(symbols) or len(symbols) < 2:
        return ()
    return symbols if not RARE_EARTHS.isdisjoint(symbols) or _PLAIN_OXIDE.match(written) else ()


def _of_capitals(written: str) -> tuple[str, ...]:
    """Returns the elements of a formula in capitals, or nothing if it can be read in no way or in two."""
    found: dict[str, None] = {}
    rest, carbonates = _CARBONATE.subn("", written)
    for run in _CAPITALS.findall(rest):
        if run.capitalize() in COMMON:
            found[run.capitalize()] = None
            continue
        ways = _ways(run)
        if len(ways) != 1:
            return ()
        found |= dict.fromkeys(ways[0])
    return (*found, *(symbol for symbol in ("C", "O") if carbonates and symbol not in found))


def _ways(run: str) -> list[tuple[str, ...]]:
    if not run:
        return [()]
    if len(run) > 12:
        return []
    heads = [run[:length].capitalize() for length in (1, 2) if len(run) >= length]
    return [(head, *rest) for head in heads if head in SYMBOLS for rest in _ways(run[len(head) :])]
