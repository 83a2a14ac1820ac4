"""Names of places and nationalities in four languages, from the pack, found in the tokens of a folded text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast, get_args

from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.base.words import bare
from coercivity.intake.words.lexicon.folded import Token, folded

PlaceKind = Literal["country", "demonym", "city", "region"]
_KINDS: tuple[str, ...] = get_args(PlaceKind)
COLUMNS = ("names", "country", "kind", "note")
# Words that begin a note and tell how a name is read.
ALSO_A_WORD, CAPITALS, SEVERAL = "also a word", "in capitals", "several countries"
_ALSO = re.compile(r"also ((?:[A-Z]{2} ?)+)")
LONGEST_NAME, MOST_ROWS = 60, 20_000
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
# Traditional and Japanese forms of characters that occur in names of places and in the words beside them.
SIMPLE = str.maketrans(
    "國韓東廣臺灣寧龍贛門陽濟漢長連雲貴慶爾濱齊綿華蘇錫無煙鄭頭遼蘭營撫岡縣陝閩瓊滬粵澤維納羅馬鹽興義圖內亞聯歐濰開學區鎮嶺順"
    "葉豐樂島烏魯倉紐緬盧稱徳愛広沢県浜沖縄児辺竜関発發從運給專員廠業電氣設備術產産經転轉計師際貿責顧買賣價",
    "国韩东广台湾宁龙赣门阳济汉长连云贵庆尔滨齐绵华苏锡无烟郑头辽兰营抚冈县陕闽琼沪粤泽维纳罗马盐兴义图内亚联欧潍开学区镇岭顺"
    "叶丰乐岛乌鲁仓纽缅卢称德爱广泽县滨冲绳儿边龙关发发从运给专员厂业电气设备术产产经转转计师际贸责顾买卖价",
)


@dataclass(frozen=True, slots=True)
class Place:
    """What a name means.

    Attributes:
        country: ISO 3166 code; blank if the name states no country.
        kind: What the name names.
        word: Whether it is also an ordinary word, so that only a capital and a preposition or label make it a place.
        capitals: Whether it is a code, read only in capitals.
        several: Whether places of several countries bear it, so that the text has to say which.
        others: Countries in which a smaller place bears the name.
        where: File and line.
    """

    country: str
    kind: PlaceKind
    word: bool = False
    capitals: bool = False
    several: bool = False
    others: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class NameTree:
    """Names by their first word, the longest first, and names in Chinese characters or kana by length.

    Attributes:
        words: First word to the remaining words and the places.
        signs: Name to its place.
        heads: First character to the lengths of names that begin with it, the longest first.
    """

    words: Mapping[str, tuple[tuple[tuple[str, ...], Place], ...]]
    signs: Mapping[str, Place]
    heads: Mapping[str, tuple[int, ...]]


def read_places(text: str, name: str, faults: Faults) -> Iterator[tuple[tuple[str, ...], Place]]:
    """Yields names and what they mean: CSV with the columns `names` (joined by `|`), `country`, `kind`, `note`.

    Args:
        text: Content of the file.
        name: Its name, for messages.
        faults: Collects every error, with its line.
    """
    for where, row in rows_of(text, COLUMNS, name, faults):
        found = _row(row, where, faults)
        if found is not None:
            yield found


def rows_of(text: str, columns: Sequence[str], name: str, faults: Faults) -> Iterator[tuple[str, list[str]]]:
    """Yields the rows of a table with exactly these columns, each with its line.

    Args:
        text: Content of the file.
        columns: Its columns.
        name: Its name, for messages.
        faults: Collects every error, with its line.
    """
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    try:
        head = next(rows, [])
        if head != list(columns):
            what = f"unexpected columns: {brief_value(','.join(head))}"
            faults.add("WORDS-COLUMNS", what, where=name, next=f"columns: {', '.join(columns)}")
            return
        for rank, row in enumerate(row for row in rows if row):
            where = f"{name}:{rows.line_num}"
            if rank >= MOST_ROWS:
                faults.add("WORDS-SIZE", f"more than {MOST_ROWS:,} lines", where=name, next="split the file")
                return
            if len(row) == len(columns):
                yield where, row
            else:
                what = f"{len(row)} cells instead of {len(columns)}"
                faults.add("WORDS-FORM", what, where=where, next="quote a cell with a comma")
    except csv.Error as error:
        faults.add(
            "WORDS-FORM", f"not a table: {error}", where=f"{name}:{rows.line_num}", next="save it as CSV in UTF-8"
        )


def _row(row: list[str], where: str, faults: Faults) -> tuple[tuple[str, ...], Place] | None:
    before = len(faults.items)
    joined, country, kind, note = row
    names = tuple(name for part in joined.split("|") if (name := part.strip()))
    if not names or any(len(name) > LONGEST_NAME for name in names):
        faults.add(
            "WORDS-TERM", f"a line needs names of 1 to {LONGEST_NAME} characters", where=where, next="write name|name"
        )
    if country and not (len(country) == 2 and country.isascii() and country.isalpha() and country.isupper()):
        faults.add(
            "WORDS-VALUE",
            f"{brief_value(country)!r} is not a country code",
            where=where,
            next="write two capital letters, such as CN",
        )
    if kind not in _KINDS:
        what, kinds = f"{brief_value(kind)!r} is not a kind of place", ", ".join(_KINDS)
        faults.add("WORDS-VALUE", what, where=where, nearest=nearest(kind[:40], _KINDS), next=f"kinds: {kinds}")
    if len(faults.items) > before:
        return None
    if not note:
        return names, Place(country, cast(PlaceKind, kind), where=where)
    also = _ALSO.match(note)
    return names, Place(
        country,
        cast(PlaceKind, kind),
        word=note.startswith(ALSO_A_WORD),
        capitals=note.startswith(CAPITALS),
        several=note.startswith(SEVERAL),
        others=tuple(also[1].split()) if also else (),
        where=where,
    )


def tree_of(rows: Iterable[tuple[tuple[str, ...], Place]]) -> NameTree:
    """Returns names as a tree; of two meanings of a name the first holds."""
    words: dict[str, dict[tuple[str, ...], Place]] = {}
    signs: dict[str, Place] = {}
    for names, place in rows:
        for name in names:
            if name.isascii():
                _add(words, name.lower(), place)
            elif name[0] < "\u3005":
                _add(words, bare(name), place)
                if (spelled := name.translate(_UMLAUTS)) != name:
                    _add(words, bare(spelled), place)
            else:
                signs.setdefault(name.translate(SIMPLE), place)
    lengths: dict[str, set[int]] = {}
    for name in signs:
        lengths.setdefault(name[0], set()).add(len(name))
    return NameTree(
        {first: _longest_first(found) for first, found in words.items()},
        signs,
        {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()},
    )


def _longest_first(found: Mapping[tuple[str, ...], Place]) -> tuple[tuple[tuple[str, ...], Place], ...]:
    return tuple(found.items() if len(found) == 1 else sorted(found.items(), key=lambda one: -len(one[0])))


def _add(words: dict[str, dict[tuple[str, ...], Place]], name: str, place: Place) -> None:
    first, *rest = (name,) if name.isalpha() else tuple(token.key for token in folded(name).tokens) or (name,)
    words.setdefault(first, {}).setdefault(tuple(rest), place)


def words_at(tree: NameTree, tokens: tuple[Token, ...], at: int) -> tuple[Place, int] | None:
    """Returns the longest name of words that begins at a token, and the token after it."""
    found = tree.words.get(tokens[at].key)
    for rest, place in found or ():
        end = at + 1 + len(rest)
        if end <= len(tokens) and all(tokens[at + 1 + step].key == word for step, word in enumerate(rest)):
            return place, end
    return None


def signs_at(tree: NameTree, flat: str, start: int) -> tuple[Place, int] | None:
    """Returns the longest name in characters that begins at a place of a text, and where it ends."""
    for length in tree.heads.get(flat[start], ()):
        name = flat[start : start + length]
        if len(name) == length and name in tree.signs:
            return tree.signs[name], start + length
    return None
