"""Splits a composition into words, numbers and punctuation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from coercivity.intake.composition.formulas import formula_at
from coercivity.intake.composition.numbers import read_number
from coercivity.intake.composition.words import COMMON, RARE_EARTHS, SYMBOLS, Patterns, key_of

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*", re.ASCII)
_GRADE = re.compile(r"(?:N\d{2}(?:M|H|SH|UH|EH|AH|VH|TH|EX)?|\d{2}(?:M|H|SH|UH|EH|AH|VH|TH))(?![A-Za-z0-9])", re.ASCII)
PURITY = re.compile(r"[2-7]N\d?(?![A-Za-z0-9])", re.ASCII)  # 4N: four nines
_ELLIPSIS = re.compile(r"\.{2,}|·{2,}|。{2,}")
_RUN = re.compile(r"[A-Za-zÀ-ÿ]+")
_SYMBOL = re.compile(r"[A-Z][a-z]?")
_INNER = re.compile(r"\(([A-Z][a-z]?(?: ?[,/+、] ?[A-Z][a-z]?)+)\)(?=[\d.]|[A-Z])")
_SIGNS = {
    **dict.fromkeys(",;、，；|。", "cut"),
    **dict.fromkeys("+/", "join"),
    **dict.fromkeys(":=", "colon"),
    "(": "open",
    ")": "close",
    "[": "open",
    "]": "close",
    "-": "dash",
}
_THOUSAND = re.compile(r"[1-9]\d{0,2},\d{3}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or punctuation mark.

    Attributes:
        kind: A kind of `words.Kind`, or number, grade, formula, cut, join, colon, dash, open, close, unknown.
        text: As written, or the word it stands for.
        symbols: Elements that it names.
        number: The number, if it is one.
        parted: Whether a space precedes it.
    """

    kind: str
    text: str
    symbols: tuple[str, ...] = ()
    number: Decimal | None = None
    parted: bool = False


def tokens_of(
    text: str, *, words: Mapping[str, tuple[str, str]], patterns: Patterns, decimal: str
) -> tuple[list[Token], list[str]]:
    """Returns the tokens of a composition, and how its numbers were interpreted.

    Args:
        text: Flat text.
        words: Known words by key.
        patterns: By first character, the expression that finds the longest known word.
        decimal: Decimal separator, if known.
    """
    text = _INNER.sub(lambda found: re.sub(r"[ ,/+、]", "", found[1]), text)
    mixed = any(_mixed(run) for run in _RUN.findall(text) if not run.isupper())
    found: list[Token] = []
    notes: list[str] = []
    at = 0
    while at < len(text):
        if text[at] == " ":
            at += 1
            continue
        parted = at == 0 or text[at - 1] == " "
        token, at = _next(text, at, parted, words, patterns, decimal, notes)
        if token.text == "ND" and mixed:
            token = Token("unknown", "ND", parted=parted)
        found.append(token)
    return found, list(dict.fromkeys(notes))


def _next(
    text: str,
    at: int,
    parted: bool,
    words: Mapping[str, tuple[str, str]],
    patterns: Patterns,
    decimal: str,
    notes: list[str],
) -> tuple[Token, int]:
    if dots := _ELLIPSIS.match(text, at):
        return Token("group", "vague", parted=parted), dots.end()
    if grade := _GRADE.match(text, at):
        return Token("grade", grade[0], parted=parted), grade.end()
    if parted and (purity := PURITY.match(text, at)):
        return Token("skip", purity[0], parted=parted), purity.end()
    if (formula := formula_at(text, at)) and any(sign.isdigit() for sign in formula[0]):
        return Token("formula", formula[0], formula[1], parted=parted), at + len(formula[0])
    pattern = patterns.get(text[at].casefold())
    if pattern is not None and (word := pattern.match(text, at)):
        kind, meant = words.get(_key(word[0]), ("unknown", word[0]))
        return Token(kind, meant, (meant,) if kind == "element" else (), parted=parted), word.end()
    if number := _NUMBER.match(text, at):
        return _number(number[0], parted, text[number.end() :], decimal, notes), number.end()
    if formula:
        return Token("formula", formula[0], formula[1], parted=parted), at + len(formula[0])
    if run := _RUN.match(text, at):
        symbols = _symbols(run[0])
        return Token("element" if symbols else "unknown", run[0], symbols, parted=parted), run.end()
    return Token(_SIGNS.get(text[at], "skip" if text[at] in ".·*'\"" else "unknown"), text[at], parted=parted), at + 1


def _number(text: str, parted: bool, behind: str, decimal: str, notes: list[str]) -> Token:
    # A comma before three digits cannot separate thousands in a share: a thousand percent does not exist.
    sign = "," if _THOUSAND.match(text) and "ppm" not in behind[:6] else decimal
    try:
        read = read_number(text, decimal=sign)
    except ValueError:
        return Token("unknown", text, parted=parted)
    notes += read.notes
    return Token("number", text, number=read.value, parted=parted)


def _mixed(run: str) -> bool:
    """Returns whether a run of letters is a symbol, or several symbols in mixed case."""
    parts = _SYMBOL.findall(run)
    return run in SYMBOLS or (len(parts) > 1 and "".join(parts) == run)


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    return key_of(text)


@lru_cache(maxsize=4096)
def _symbols(run: str) -> tuple[str, ...]:
    """Returns the elements that a run of letters names, or nothing if it can be read in no way or in two."""
    if run in SYMBOLS:
        return (run,)
    if not (run.isupper() or run.islower()):
        parts = _SYMBOL.findall(run)
        return tuple(parts) if "".join(parts) == run and all(part in SYMBOLS for part in parts) else ()
    if len(run) == 1 or len(run) > 12:
        return ()
    if run.capitalize() in COMMON:
        return (run.capitalize(),)
    ways = _ways(run.lower())
    sound = len(ways) == 1 and any(symbol in RARE_EARTHS for symbol in ways[0])
    return ways[0] if sound else ()


def _ways(run: str) -> list[tuple[str, ...]]:
    """Returns every way to read lower-case letters as common symbols."""
    if not run:
        return [()]
    found = []
    for length in (1, 2):
        symbol = run[:length].capitalize()
        if len(run) >= length and symbol in COMMON:
            found += [(symbol, *rest) for rest in _ways(run[length:])]
    return found
