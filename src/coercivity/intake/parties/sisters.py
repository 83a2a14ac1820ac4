"""Leaves out sisters of the listed name that a written one nearly is.

A name with a slip is the name without it. Who writes `Exampel Works` is asked about Example Works, and not about
Example Works Marine and Example Works Aviation as well; written without the slip, it would be none of them either.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from coercivity.intake.parties.likeness.parts import parts_of
from coercivity.intake.parties.names import fold, has_han

# All words of both names are accounted for.
_WHOLE = frozenset(
    ["same_text", "same_folded", "same_signs", "same_words", "letters_differ", "misread", "shortened", "other_order"]
)
_LONGER = frozenset({"words_left_out", "same_head"})
_LEAST, _LEAST_HAN = 5, 3  # letters or characters of a written name without its form


class Way(Protocol):
    """How a listed name was found: the written name, the listed one, and the reasons, the first one telling how."""

    @property
    def written(self) -> str:
        """The written name."""

    @property
    def listed(self) -> str:
        """The listed name."""

    @property
    def reasons(self) -> tuple[str, ...]:
        """What is the same, or what differs."""


def sisters(ways: Iterable[tuple[int, Way, bool]]) -> frozenset[int]:
    """Returns the parties whose listed name only resembles one that the written name nearly is.

    Args:
        ways: Parties of one list, each with how it was found, and whether by a full name of its own. A short or former
            name leaves out nobody, nor does a name of a few letters.
    """
    held = list(ways)
    near = [way for _, way, own in held if own and way.reasons[0] in _WHOLE and _is_long(way.written)]
    return frozenset(
        party
        for party, way, _ in held
        if any(one.written == way.written and _is_sister(way, one.listed) for one in near)
    )


def _is_long(written: str) -> bool:
    folded = fold(written)
    return len(folded) >= (_LEAST_HAN if has_han(folded) else _LEAST)


def _is_sister(way: Way, nearest: str) -> bool:
    """Returns whether a listed name was found only because it resembles the nearest one."""
    one, two = parts_of(way.listed), parts_of(nearest)
    kind = way.reasons[0]
    if one.signs or two.signs:
        return kind in _LONGER and one.signs != two.signs and bool(two.signs) and two.signs in one.signs
    if kind == "same_head":
        return bool(one.words) and one.words[:1] == two.words[:1]
    return kind in _LONGER and set(two.words) < set(one.words)
