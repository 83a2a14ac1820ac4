"""The facts that words state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from coercivity.data.values import FactValue


@dataclass(frozen=True, slots=True)
class Reading:
    """Facts that a text plainly states.

    Attributes:
        facts: Facts by name.
        notes: How the text was interpreted.
        unread: What could not be understood; then there are no facts, except those that are certain all the same.
        because: Why it was not: an unknown `word`, several `items`, a `military` word, a text that looks `cut`.
    """

    facts: Mapping[str, FactValue] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    unread: str = ""
    because: Literal["", "word", "items", "military", "cut"] = ""
