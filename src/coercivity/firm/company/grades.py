"""Grades of permanent magnets as the trade writes them: spelling, family, and which grades are made.

Tables of makers are named with each series in `words/grades.yaml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from coercivity.data.textyaml import TextMap, load_text

Family = Literal["NdFeB", "SmCo", "none"]
_SERIES = re.compile(r"(N?)(\d{2})(M|H|SH|UH|EH|AH|VH|TH)?")
_SMCO = re.compile(r"(SMCO5|SM2CO17|SMCO|YXG|YX|XGS)(\d{2})?(L|M|H|A|B|T|LT)?")
_DROPPED = re.compile(r"[(\[].*?[)\]]|[\s_\-/:.]+|GBD$")
_PREFIX = re.compile(r"^(SINTERED)?NDFEB(?=\d|N\d)")


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade that is made.

    Attributes:
        name: Its usual spelling.
        family: What it is made of; `none` for a magnet without rare earths.
        energy_mgoe: Maximum energy product [MGOe]; None if the name does not say.
        assumed: Whether it is taken to be made without a table that lists it.
    """

    name: str
    family: Family
    energy_mgoe: int | None
    assumed: bool


@lru_cache(maxsize=4096)
def grade_of(text: str) -> Grade | None:
    """Returns the grade that a text means, None if nobody makes it.

    Args:
        text: The grade in any usual spelling: `N48H`, `48h`, `N-42 SH`, `Sm2Co17`, `SmCo 1:5`, `YXG-28H`.
    """
    word = _plain(text)
    for family, names in _data()["others"].items():
        for name in names:
            if word == _plain(name):
                return Grade(name, family, None, False)
    return _ndfeb(word) or _smco(word)


def spelled(text: str) -> str:
    """Returns a grade in its usual spelling, or the text itself if it is none."""
    found = grade_of(text) if text else None
    return text if found is None else found.name


def nearest_grades(text: str, *, most: int = 3) -> tuple[str, ...]:
    """Returns the grades nearest to one that nobody makes: of the same series first, then of the same number."""
    found = _SERIES.fullmatch(_PREFIX.sub("", _plain(text)))
    if not found:
        return ("N42SH", "N48H", "Sm2Co17")[:most]
    series, number = _series_key(found[3] or "N"), int(found[2])

    order = list(_data()["series"])

    def rank(each: tuple[str, int]) -> tuple[int, int, int]:
        return abs(each[1] - number), order.index(each[0]), each[1]

    own = sorted((each for each in _made() if each[0] == series), key=rank)[: most - 1]
    other = sorted((each for each in _made() if each[0] != series), key=rank)
    return tuple(_name(*each) for each in [*own, *other][:most])


def made_between(text: str) -> tuple[str, int, int] | None:
    """Returns the series of an NdFeB grade and the energy products between which it is made [MGOe]; None for others."""
    found = _SERIES.fullmatch(_PREFIX.sub("", _plain(text)))
    if not found:
        return None
    key = _series_key(found[3] or "N")
    row = _data()["series"][key]
    return found[3] or "N", int(row["least"]), int(row["most_assumed"])


def _ndfeb(word: str) -> Grade | None:
    found = _SERIES.fullmatch(_PREFIX.sub("", word))
    if not found or not (found[1] or found[3]):
        return None
    number, series = int(found[2]), found[3] or "N"
    if (_series_key(series), number) not in _made():
        return None
    most = int(_data()["series"][_series_key(series)]["most"])
    return Grade(_name(series, number), "NdFeB", number, number > most)


def _smco(word: str) -> Grade | None:
    families = _data()["families"]
    for family, row in families.items():
        for other in row["also"]:
            if word.startswith(_plain(other)):
                word = _plain(family) + word[len(_plain(other)) :]
    found = _SMCO.fullmatch(word)
    if not found:
        return None
    number = int(found[2]) if found[2] else None
    family = next((key for key, row in families.items() if found[1] in (_plain(key), *row["marks"])), "")
    if not family and number is None:
        return None
    least = min(int(row["least"]) for key, row in families.items() if family in ("", key))
    most = max(int(row["most"]) for key, row in families.items() if family in ("", key))
    if number is not None and not least <= number <= most:
        return None
    mark = found[1] in ("YXG", "YX", "XGS")
    head = found[1] if mark else family or "SmCo"
    tail = (f"-{number}" if number is not None else "") + (found[3] or "")
    return Grade(head + tail if mark or family else f"SmCo{number}{found[3] or ''}", "SmCo", number, False)


def _plain(text: str) -> str:
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text).upper())


def _series_key(series: str) -> str:
    ranges: Mapping[str, Mapping[str, list[str]]] = _data()["series"]
    return next(key for key, row in ranges.items() if series in (key, *row.get("also", ())))


def _name(series: str, number: int) -> str:
    return f"N{number}{'' if series == 'N' else series}"


@lru_cache(maxsize=1)
def _made() -> frozenset[tuple[str, int]]:
    """Returns every series and number that is made."""
    numbers = [int(number) for number in _data()["numbers"]]
    ranges: Mapping[str, Mapping[str, str]] = _data()["series"]
    return frozenset(
        (key, number)
        for key, row in ranges.items()
        for number in numbers
        if int(row["least"]) <= number <= int(row["most_assumed"])
    )


@lru_cache(maxsize=1)
def _data() -> TextMap:
    text = files(__package__).joinpath("words", "grades.yaml").read_text(encoding="utf-8")
    found = load_text(text, name="grades.yaml")
    assert isinstance(found, TextMap)
    return found
