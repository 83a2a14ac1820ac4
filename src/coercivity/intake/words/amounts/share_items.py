"""Elements with their figures, test results and denials in a text, before they are put together as a composition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from coercivity.base.words import bare
from coercivity.data.catalogue import FactCatalogue
from coercivity.intake.composition.words import element_words
from coercivity.intake.words.amounts import share_words as said
from coercivity.intake.words.amounts.share_figures import Figures, figures_of
from coercivity.intake.words.lexicon.folded import Folded

_BEFORE, _NEAR, _AROUND = 40, 24, 24  # characters that may belong to an element


@dataclass(frozen=True, slots=True)
class Item:
    """One element or several with a figure, a test result, or a denial.

    Attributes:
        start: Its first character in the folded text.
        end: The character after its last one.
        symbols: Elements.
        kind: `share`, `oxide`, `unseen`, `claim` or `low`.
        group: `heavy rare earths` or `rare earths`, or blank.
        numbers: The figure or both ends of a range, as fractions if the unit tells, else as written.
        unit: `mass`, `other`, or blank if none is written.
        limit: `less`, `more` or blank.
        about: Whether it is approximate.
        told: The figure as written.
        shouted: Whether all its names may be words of their own, such as PR or HO.
    """

    start: int
    end: int
    symbols: tuple[str, ...]
    kind: str
    group: str = ""
    numbers: tuple[Decimal, ...] = ()
    unit: str = ""
    limit: str = ""
    about: bool = False
    told: str = ""
    shouted: bool = False


@dataclass(frozen=True, slots=True)
class _Name:
    """One word that names elements or a group.

    Attributes:
        shouted: Whether it is a symbol in capitals that may be a word of its own: PR, HO.
    """

    start: int
    end: int
    symbols: tuple[str, ...]
    group: str = ""
    shouted: bool = False


_JOIN = re.compile(r"[ \t]*(?:[+&/,、]|(?i:and|und|or|oder|nor)(?![A-Za-z])|和|及|与|或|と)[ \t]*|")
_LETTERS = re.compile(r"[A-Za-z]+")
_COMPOUND = re.compile(r"(?:gehalt|anteil|frei|arm|konzentration)")


class ItemFinder:
    """Finds the items of one text after the other.

    Args:
        catalogue: Facts, for the names of the elements.
    """

    def __init__(self, catalogue: FactCatalogue) -> None:
        names = {
            bare(word): symbol
            for word, symbol in element_words(catalogue).items()
            if len(word) > 2 or not word.isascii()
        }
        groups = {bare(word): group for group, words in said.GROUPS.items() for word in words.split("|")}
        self._latin = {word: symbol for word, symbol in names.items() if word.isascii()}
        self._others = {word: (symbol, "") for word, symbol in names.items() if not word.isascii()}
        self._others |= {word: ("", group) for word, group in groups.items()}
        self._other = re.compile(said.either(self._others))
        self._oxide = said.oxides()
        self._named: dict[str, tuple[int, tuple[str, ...]]] = {}

    def items(self, folded: Folded, text: str) -> list[Item]:
        """Returns the items of a text in order, none over another.

        Args:
            folded: The text.
            text: The folded text with its capitals.
        """
        rows = self._rows(text, self._names(folded, text))
        oxides = {
            found.start(): found
            for found in (self._oxide.finditer(text) if "O" in text else ())
            if not text[found.start() - 1 : found.start()].isalpha() or not text[found.start() - 1].isascii()
        }
        over, kept = 0, []
        starts = frozenset(name.start for row in rows for name in row)
        by_start = {row[0].start: row for row in rows}
        for at in sorted({*oxides, *by_start}):
            if at < over:
                continue
            item = _oxide(oxides[at]) if at in oxides else _item(text, by_start[at], over, starts)
            if item is not None:
                over = item.end
                kept.append(item)
        return kept

    def _names(self, folded: Folded, text: str) -> list[_Name]:
        """Returns the words that name elements, in order, none over another."""
        found = []
        for word in self._other.finditer(folded.flat):
            start, end = word.span()
            symbol, group = self._others[word[0]]
            latin = word[0].isascii() and (text[start - 1 : start].isalpha() or text[end : end + 1].isalpha())
            if latin or (not group and text[start - 1 : start] in ("化", "酸")):
                continue
            found.append(_Name(start, end, (symbol,) if symbol else (), group))
        taken = {place for name in found if name.group for place in range(name.start, name.end)}
        for token in folded.tokens:
            if token.script != "latin" or token.start in taken or not token.key[0].isalpha():
                continue
            length, symbols = self._word(text[token.start : token.end])
            if symbols:
                end = token.start + length
                word_as_given = text[token.start : end]
                shouted = length > 1 and word_as_given.isupper() and not {"Dy", "Tb"} & {*symbols}
                found.append(_Name(token.start, end, symbols, "", shouted))
        return sorted(found, key=lambda name: name.start)

    def _word(self, word: str) -> tuple[int, tuple[str, ...]]:
        """Returns the elements that a word begins with, and the length of their names."""
        if word not in self._named:
            if len(self._named) > _MOST_WORDS:
                self._named.clear()
            self._named[word] = self._read(word)
        return self._named[word]

    def _read(self, word: str) -> tuple[int, tuple[str, ...]]:
        letters = _LETTERS.match(word)
        if letters is None:
            return 0, ()
        head = letters[0]
        lower = head.lower()
        if symbol := self._latin.get(lower):
            return len(head), (symbol,)
        for name, symbol in self._latin.items():
            if lower.startswith(name) and _COMPOUND.match(lower, len(name)):
                return len(name), (symbol,)
        if len(head) == 1 and len(word) > 1:
            return 0, ()
        signs = said.SIGNS.fullmatch(head)
        if signs is None:
            return 0, ()
        return len(head), tuple(dict.fromkeys(sign.capitalize() for sign in said.SIGN.findall(head)))

    @staticmethod
    def _rows(text: str, names: list[_Name]) -> list[list[_Name]]:
        """Returns names in rows that are joined: Dy/Tb, Dy und Tb, 镝铽."""
        rows: list[list[_Name]] = []
        for name in names:
            joined = rows and _JOIN.fullmatch(text, rows[-1][-1].end, name.start)
            if joined:
                rows[-1].append(name)
            else:
                rows.append([name])
        return rows


_MOST_WORDS = 20_000


def _oxide(found: re.Match[str]) -> Item | None:
    figures = figures_of(found)
    if figures is None or not figures.unit:
        return None
    return Item(found.start(), found.end(), (found["sign"].capitalize(),), "oxide", "", *figures.parts)


def _item(text: str, row: list[_Name], over: int, starts: frozenset[int]) -> Item | None:
    """Returns the item of a row of names: first by the words before it, then by those behind."""
    start, end = row[0].start, row[-1].end
    before = text[max(over, start - _BEFORE) : start]
    word = any(name.shouted for name in row)
    if found := said.NO_BEFORE.search(before):
        return None if word else _made(row, "claim", start=start - len(found[0]))
    tail = before[-_NEAR:]
    numbered = any(map(str.isdigit, before))
    if numbered and (found := said.BACKWARD.search(before)) and (figures := figures_of(found)):
        first = row[: _commas(text, row)[0]]
        return _made(first, "share", figures, start=start - len(found[0]))
    if (found := said.UNSEEN_BEFORE.search(tail)) and not word:
        return _made(row, "unseen", start=start - len(found[0]))
    if (found := said.LOW_BEFORE.search(tail)) and not word:
        return _made(row[:1], "low", start=start - len(found[0]))
    last = row[_commas(text, row)[1] :]
    if found := said.UNSEEN_AFTER.match(text, end):
        return _made(last, "unseen", end=found.end(), told=(found["limit"] or "").strip())
    for pattern, kind in ((said.FREE_AFTER, "claim"), (said.LOW_AFTER, "low")):
        if (found := pattern.match(text, end)) and not word:
            return _made(last, kind, end=found.end())
    found = said.FORWARD.match(text, end)
    figures = figures_of(found) if found is not None else None
    if found is None or figures is None or said.NOT_A_SHARE.match(text, found.end()):
        return None
    return _made(last, "share", figures, end=found.end()) if figures.unit or _ends(text, found.end(), starts) else None


def _commas(text: str, row: list[_Name]) -> tuple[int, int]:
    """Returns how many names precede the first comma, and where in the row those after the last begin."""
    places = [at for at in range(1, len(row)) if {",", "、"} & {*text[row[at - 1].end : row[at].start]}]
    return (places[0], places[-1]) if places else (len(row), 0)


def _made(
    row: list[_Name],
    kind: str,
    figures: Figures | None = None,
    *,
    start: int | None = None,
    end: int | None = None,
    told: str = "",
) -> Item:
    symbols = tuple(dict.fromkeys(symbol for name in row for symbol in name.symbols))
    group = next((name.group for name in row if name.group), "")
    parts = figures.parts if figures is not None else ((), "", "", False, told)
    first, last = row[0].start if start is None else start, row[-1].end if end is None else end
    return Item(first, last, symbols, kind, group, *parts, all(name.shouted for name in row))


def _ends(text: str, at: int, starts: frozenset[int]) -> bool:
    """Returns whether a figure without a unit ends here: before another element, a sign, or nothing."""
    rest = text[at : at + _AROUND]
    trimmed = rest.lstrip()
    if not trimmed or trimmed[0] in ",;/|、)]\n." or at + len(rest) - len(trimmed) in starts:
        return True
    found = said.BALANCE.match(trimmed)
    return found is not None and found.end() > 0


def cased(folded: Folded) -> str:
    """Returns the folded text with the capitals of the text as given, sign by sign.

    The folded text may differ from the given one in length: a sign becomes several, a typing error is corrected.
    """
    text, flat = folded.text, folded.flat
    if text.isascii() and text.lower() == flat:
        return text
    return "".join(
        sign.upper() if "a" <= sign <= "z" and text[at].isupper() else sign
        for sign, at in zip(flat, folded.at, strict=True)
    )
