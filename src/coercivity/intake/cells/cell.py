"""The content of one cell of a trade table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from coercivity.base.days import Day
from coercivity.base.errors import Fault
from coercivity.data.values import FactValue


@dataclass(frozen=True, slots=True)
class Cell:
    """The content of one cell, and how it was interpreted.

    Attributes:
        facts: Facts by name; may be empty; None marks a fact as open, whatever is declared for the file.
        notes: Corrections and interpretations, in plain words.
        fault: Error that prevents a result for the row; its `where` is filled in by the caller.
        unread: Something that is stated but not understood, which keeps the row open.
        entailed: Facts that follow from the words by a definition; what another column states takes precedence.
        rest: Words that were not understood beside facts that were; they hold back only the result PROCEED.
        value: Value of a column that is not a fact: a date, a quantity, the kg in one unit, a price, a currency,
            a text.
        unit: Unit stated in the cell, in canonical spelling: kg, g, mg, t, lb, oz, jin, piece; for a price its
            currency.
    """

    facts: Mapping[str, FactValue | None] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    fault: Fault | None = None
    unread: str = ""
    entailed: Mapping[str, FactValue | None] = field(default_factory=dict)
    value: Decimal | Day | str | None = None
    unit: str = ""
    rest: str = ""


def faulty(code: str, what: str, *, nearest: tuple[str, ...] = (), next: str = "") -> Cell:
    """Returns the cell of a row that cannot be decided."""
    return Cell(fault=Fault(code, what, nearest=nearest, next=next))
