"""Transfers of a case as the law decides them in each legal scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from coercivity.base.days import Day

Kind = Literal["technology", "service", "people", "equipment", "goods"]
KINDS: tuple[Kind, ...] = ("technology", "service", "people", "equipment", "goods")
KNOW_HOW: tuple[Kind, ...] = ("technology", "service", "people")
_EQUIPMENT = ("equipment", "equipment_part")
LICENCE, STOP, UNKNOWN = "LICENCE", "STOP", "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Result:
    """What the law says of a transfer in a legal scenario.

    Attributes:
        outcome: PROCEED, LICENCE, STOP or UNKNOWN.
        clause: Id of the clause that it follows from first; empty if none.
    """

    outcome: str
    clause: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """A transfer.

    Attributes:
        id: The transaction.
        persons: Number of persons, if the case gives its quantity in persons.
        by_chinese: Whether a Chinese citizen or organisation gives it.
        planned: Planned day; None if not given.
        filed: Day on which its licence was filed; None if it was not.
        licensed: Whether a licence for it is in hand that is valid on the planned day.
        results: Result by legal scenario.
    """

    id: str
    kind: Kind
    persons: int | None
    by_chinese: bool
    planned: Day | None
    filed: Day | None
    licensed: bool
    results: Mapping[str, Result]

    @property
    def helped_by_persons(self) -> bool:
        """Whether Chinese persons help: by a service, or as those who assist."""
        return self.by_chinese and self.kind in ("service", "people")


def kind_of(act: str, form: str) -> Kind:
    """Returns the kind of a transfer.

    Args:
        act: What is done, as the rulebook calls it.
        form: What goes.
    """
    if act in ("technology", "service"):
        return "technology" if act == "technology" else "service"
    if act == "assistance":
        return "people"
    return "equipment" if form in _EQUIPMENT else "goods"
