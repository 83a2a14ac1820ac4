"""What one cell of a trade table says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from coercivity.base.days import Day
from coercivity.base.errors import Fault
from coercivity.data.values import FactValue


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell says, and what had to be understood to get it.

    Attributes:
        facts: Facts by name; may be empty; None says that a fact is open, whatever a standing block answers.
        notes: What was mended or understood, in plain words.
        fault: Why the row cannot be decided; its `where` is left to the caller.
        unread: Something that is stated and not understood, and so holds the row open.
        value: What a column beside the facts stands for: a day, a quantity, the kg in one unit, a price, a currency,
            a text.
        unit: Unit that the cell states, in its one spelling: kg, g, mg, t, lb, oz, jin, piece; for a price its
            currency.
    """

    facts: Mapping[str, FactValue | None] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    fault: Fault | None = None
    unread: str = ""
    value: Decimal | Day | str | None = None
    unit: str = ""


def faulty(code: str, what: str, *, nearest: tuple[str, ...] = (), next: str = "") -> Cell:
    """Returns the cell of a row that cannot be decided."""
    return Cell(fault=Fault(code, what, nearest=nearest, next=next))
