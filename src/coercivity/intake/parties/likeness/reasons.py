"""How a written name is like a listed one, in reasons that a person can check."""

from __future__ import annotations

from typing import NamedTuple

from coercivity.intake.parties.index import Listed
from coercivity.intake.parties.matcher import Reason


class Likeness(NamedTuple):
    """A listed name that a written one is like.

    Attributes:
        listed: The listed name.
        score: How alike they are, per mille; below 1000.
        reasons: What is alike, or what differs.
    """

    listed: Listed
    score: int
    reasons: tuple[Reason, ...]
