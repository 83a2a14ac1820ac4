"""How far the rulebook reaches: which events count as published by a date, and the first dates covered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from coercivity.base.days import Day
from coercivity.base.truth import YES
from coercivity.data.schema import DayText, Strict
from coercivity.data.values import FactValue
from coercivity.law.rules.evaluator import Evaluator, Node
from coercivity.law.rules.model import Event
from coercivity.law.rules.tree import Tree

STARTS = ("entry_into_force", "listing")
ENDS = ("repeal", "delisting")
_HOLDS_BACK = (*STARTS, "resumption")
KNOW_HOW = "only_know_how"  # the definition that tells the two kinds of deal apart

Kind = Literal["goods", "technology"]


def known_by(event: Event, known: Day) -> bool:
    """Returns whether an event counts as published by a date.

    For some events no publication date was found. A restrictive event then counts as published on every date; a
    relaxing or merely informative one counts from its effective date, and never if it has none.

    Args:
        event: The event.
        known: Information cut-off: date by which it must have been published.
    """
    if event.published is None and event.type in _HOLDS_BACK:
        return True
    day = event.published or event.effective
    return day is not None and day <= known


class CoveredFromText(Strict):
    """The first dates, as written in the head of a pack."""

    goods: DayText
    technology: DayText


@dataclass(frozen=True, slots=True)
class CoveredFrom:
    """First dates covered; on an earlier date a deal that no rule restricts is not called uncontrolled.

    Attributes:
        goods: First date for every deal that is not known to pass on know-how alone.
        technology: First date for deals that pass on know-how alone.
        tree: Whether a deal passes on know-how alone.
        evaluator: Evaluates the tree.
    """

    goods: Day
    technology: Day
    tree: Tree
    evaluator: Evaluator

    @property
    def node(self) -> Node:
        """The condition that tells the two kinds of deal apart."""
        return self.evaluator.add(self.tree)

    def kind(self, values: Mapping[str, FactValue]) -> Kind:
        """Returns the kind of a deal; one that may ship an item as well counts as goods."""
        return "technology" if self.node.truth(values, self.evaluator.memo()) is YES else "goods"

    def first(self, values: Mapping[str, FactValue]) -> Day:
        """Returns the first date covered for a deal."""
        return self.technology if self.kind(values) == "technology" else self.goods

    def written(self) -> dict[str, str]:
        """Returns both dates by kind, as written in files."""
        return {"goods": self.goods.isoformat(), "technology": self.technology.isoformat()}

    def side(self, on: Day) -> tuple[bool, bool]:
        """Returns whether a date is covered for goods and for know-how."""
        return self.goods <= on, self.technology <= on
