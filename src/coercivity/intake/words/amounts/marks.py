"""Places in a folded text where a grade, a composition, a parameter, a day or a code was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from coercivity.data.values import FactValue
from coercivity.intake.words.results import Evidence, Strength

Needs = Literal["", "magnet"]


@dataclass(frozen=True, slots=True)
class GradeMark:
    """A grade of a magnet, or the trade name of a magnet material.

    A grade that several families use has one mark without `states`, which says only that there is a grade, and a
    suggested mark for each family.

    Attributes:
        start: Its first character in the folded text.
        end: The character after its last one.
        states: Facts that follow; a set of elements is never complete.
        strength: How strongly; dysprosium and terbium are at most suggested by a grade.
        needs: `magnet` if it is a grade only beside a word for a magnet or its shape.
        reason: Why, or what the grade leaves open.
        coercivity_class: M, H, SH, UH, EH, AH, VH or TH, if the grade ends in one; blank otherwise.
        process: How such magnets are made, if the grade tells it: sintered, bonded, hot deformed.
        by: File and line that read it.
    """

    start: int
    end: int
    states: Mapping[str, FactValue] = field(default_factory=dict)
    strength: Strength = "stated"
    needs: Needs = ""
    reason: str = ""
    coercivity_class: str = ""
    process: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class FigureMark:
    """Figures or a code, with what they state and what is kept as evidence.

    Attributes:
        start: First character in the folded text.
        end: The character after the last one.
        states: Facts that follow.
        evidence: What the text says without stating a fact: a limit, a sum, a claim, a day.
        notes: How it was interpreted, or why it states nothing.
        about: Elements that it names, also those that it denies: the words of the range say nothing more about them.
    """

    start: int
    end: int
    states: Mapping[str, FactValue] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    notes: tuple[str, ...] = ()
    about: frozenset[str] = frozenset()
