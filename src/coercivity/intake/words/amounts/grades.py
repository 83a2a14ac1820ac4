"""Grades of magnets in a text: N42SH, 35UH, Y30H-1, VACODYM 677 AP. They name a family, never a composition."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import cast, get_args

from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.data.catalogue import MORE, FactCatalogue
from coercivity.data.values import FactValue, SetValue
from coercivity.intake.words.amounts.marks import GradeMark, Needs
from coercivity.intake.words.lexicon.folded import Folded
from coercivity.intake.words.results import Strength

COLUMNS = ("pattern", "lang", "states", "cues", "strength", "reason")
CUES = {
    "needs": ("magnet",),
    "class": ("yes",),
    "capitals": ("yes",),
    "after": ("grade", "no_label"),
    "process": ("sintered", "bonded", "hot pressed", "hot deformed"),
    "unless": (),
}
GradeReader = Callable[[Folded], tuple[GradeMark, ...]]
_CLASS = re.compile(r"(sh|uh|eh|ah|vh|th|m|h)[a-z]?\Z")
# What is called so is a drawing, a position, a lot or a coordinate, not a grade.
LABEL = re.compile(
    r"(?:(?<![a-z])(?:rev|revision|index|ind|drawing|drw|dwg|zeichnung|zchn|zng|pos|position|item|class|klasse|code|bin|"
    r"box|ctn|carton|sample|lot|charge|version|ver|part|p/n|pn|figure|fig|variant|variante|model|option)|图号|编号|版本|"
    r"x ?\d{1,4})[ .:#,;/-]*\Z"
)
LABEL_LENGTH = 16
_NEVER_STATED = frozenset(("Dy", "Tb", "Ho", "Gd"))
_LONGEST = 40  # characters of a grade
_CALLED = re.compile(
    r"(?:grade|gr|gute|guete|quality|qualitat|sorte|typ|type|mat|牌号|性能|材质|型号|グレード|品番)[ .:#=]*\Z"
)


@dataclass(frozen=True, slots=True)
class _Grade:
    """One line of the file of grades."""

    pattern: re.Pattern[str]
    states: Mapping[str, FactValue]
    cues: Mapping[str, str]
    strength: Strength
    reason: str
    where: str
    unless: re.Pattern[str] | None


def grade_reader(catalogue: FactCatalogue, text: str, name: str, faults: Faults) -> GradeReader:
    """Returns the function that finds the grades of a folded text, in the order of the text.

    Args:
        catalogue: Facts, against which the states are checked.
        text: The file of grades: CSV with the columns `pattern` (a regular expression for lower-case text), `lang`,
            `states`, `cues`, `strength`, `reason`.
        name: Its name, for messages.
        faults: Collects every error, with its line.
    """
    grades = tuple(_grades(catalogue, text, name, faults))
    start = _any_of(tuple(dict.fromkeys(grade.pattern.pattern for grade in grades)))

    def read(folded: Folded) -> tuple[GradeMark, ...]:
        return tuple(_marks(folded, grades, start)) if grades else ()

    return read


@lru_cache(maxsize=16)
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Returns one expression that finds where any of the patterns matches a whole word."""
    return re.compile(rf"(?<![a-z0-9])(?<!\d[.,])(?={_ends('|'.join(patterns))})")


def _ends(body: str) -> str:
    return rf"(?:{body})(?![a-z0-9])(?![.,]\d)"


def _marks(folded: Folded, grades: tuple[_Grade, ...], start: re.Pattern[str]) -> Iterator[GradeMark]:
    flat, over = folded.flat, 0
    fitting: tuple[_Grade, ...] | None = None
    for place in start.finditer(flat):
        at = place.start()
        if at < over:
            continue
        if fitting is None:
            fitting = tuple(grade for grade in grades if grade.unless is None or not grade.unless.search(flat))
        fits = [
            (grade, found.end())
            for grade in fitting
            if (found := grade.pattern.match(flat, at)) and _fits(folded, grade, at, found.end())
        ]
        end = max((stop for _, stop in fits), default=at)
        whole = [grade for grade, stop in fits if stop == end]
        stated = [grade for grade in whole if grade.strength == "stated"][:1]
        if not stated:
            continue
        over = end
        for grade in (*stated, *(grade for grade in whole if grade.strength == "suggested")):
            yield _mark(folded, grade, at, end)


def _mark(folded: Folded, grade: _Grade, start: int, end: int) -> GradeMark:
    found = _CLASS.search(folded.flat, start, end) if grade.cues.get("class") else None
    return GradeMark(
        start,
        end,
        grade.states,
        grade.strength,
        cast(Needs, grade.cues.get("needs", "")),
        grade.reason,
        found[1].upper() if found else "",
        grade.cues.get("process", ""),
        grade.where,
    )


def _fits(folded: Folded, grade: _Grade, start: int, end: int) -> bool:
    """Returns whether the letters are written as the grade is, and no label before them gives another meaning."""
    if end - start > _LONGEST:
        return False
    before = folded.flat[max(0, start - LABEL_LENGTH) : start]
    wanted = {"grade": _CALLED.search(before) is not None, "no_label": LABEL.search(before) is None}
    if not wanted.get(grade.cues.get("after", ""), True):
        return False
    return "capitals" not in grade.cues or folded.raw(start, end).isupper()


def _grades(catalogue: FactCatalogue, text: str, name: str, faults: Faults) -> Iterator[_Grade]:
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    names = tuple(rows.fieldnames or ())
    if names != COLUMNS:
        found = brief_value(", ".join(names))
        faults.add("GRADES-COLUMNS", f"unexpected columns: {found}", where=name, next=f"columns: {', '.join(COLUMNS)}")
        return
    for row in rows:
        kept = {key: (value or "").strip() for key, value in row.items() if key}
        grade = _grade(catalogue, kept, f"{name}:{rows.line_num}", faults)
        if grade is not None:
            yield grade


def _grade(catalogue: FactCatalogue, row: Mapping[str, str], where: str, faults: Faults) -> _Grade | None:
    before = len(faults.items)
    try:
        pattern = re.compile(_ends(row["pattern"]), re.ASCII)
    except (re.error, RecursionError) as error:
        faults.add(
            "GRADES-PATTERN", f"{brief_value(row['pattern'])!r} is not a regular expression: {error}", where=where
        )
        return None
    if not row["pattern"] or pattern.match("") or pattern.groups:
        faults.add("GRADES-PATTERN", "a pattern must not be blank, match nothing, or have groups", where=where)
    strength = row["strength"] or "stated"
    if strength not in get_args(Strength):
        faults.add(
            "WORDS-VALUE", f"{brief_value(strength)!r} is not a strength", where=where, nearest=get_args(Strength)
        )
    cues = dict(_pairs(row["cues"], where, faults))
    for cue, value in cues.items():
        if cue not in CUES or (CUES[cue] and value not in CUES[cue]):
            faults.add(
                "WORDS-VALUE", f"{brief_value(cue)!r} is not a cue", where=where, nearest=nearest(cue[:40], CUES)
            )
    states = _states(catalogue, row["states"], strength, where, faults)
    if len(faults.items) > before:
        return None
    words = [word for word in cues.get("unless", "").split("|") if word]
    unless = re.compile("|".join(rf"(?<![a-z]){re.escape(word)}" for word in words)) if words else None
    return _Grade(pattern, states, cues, cast(Strength, strength), row["reason"], where, unless)


def _states(catalogue: FactCatalogue, text: str, strength: str, where: str, faults: Faults) -> Mapping[str, FactValue]:
    """Returns the facts of a line; a set of elements must be left open, without those that only a test report tells."""
    states: dict[str, FactValue] = {}
    for fact, raw in _pairs(text, where, faults):
        spec = catalogue.get(fact)
        value = raw.split("+") if spec is not None and spec.type == "set" else raw
        parsed = catalogue.parse(fact, value, where=where, faults=faults)
        if parsed is not None:
            states[fact] = parsed
    elements = states.get("elements")
    if isinstance(elements, SetValue):
        told = (
            elements.has & _NEVER_STATED if strength == "stated" and "alloy_system" not in states else frozenset[str]()
        )
        if elements.complete or elements.lacks or told:
            what = "a grade leaves the elements open, and never states dysprosium, terbium, holmium or gadolinium"
            faults.add("GRADES-ELEMENTS", what, where=where, next=f"write elements=Nd+{MORE}, or strength suggested")
    return states


def _pairs(text: str, where: str, faults: Faults) -> Iterator[tuple[str, str]]:
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        name, equals, value = part.partition("=")
        if equals and value.strip():
            yield name.strip(), value.strip()
        else:
            faults.add("WORDS-FORM", f"{brief_value(part)!r} is not of the form name=value", where=where)
