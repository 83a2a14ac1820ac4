"""The reasons why a written name is similar to a listed one, such that a person can check them."""

from __future__ import annotations

from typing import NamedTuple

from coercivity.intake.parties.index import Listed
from coercivity.intake.parties.matcher import Reason


class Likeness(NamedTuple):
    """A listed name that a written one is similar to.

    Attributes:
        listed: The listed name.
        score: Similarity, per mille; below 1000.
        reasons: What is the same, or what differs.
    """

    listed: Listed
    score: int
    reasons: tuple[Reason, ...]
