"""Parts of the schema of a scenario file: months, numbers, entries that apply for some time."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated

from pydantic import BeforeValidator, Field

from coercivity.base.months import Month, parse_month
from coercivity.data.schema import Strict

MOST_WHOLE = 1200
OPEN_FIRST, OPEN_LAST = parse_month("1900-01"), parse_month("2199-12")


def _month(value: object) -> Month:
    if isinstance(value, int):
        return value
    if not isinstance(value, str):
        raise ValueError("not a valid month; write YYYY-MM")
    return parse_month(value)


def number_of(value: object) -> float:
    """Returns the number in a text of a file. Raises ValueError if it is none."""
    if isinstance(value, (int, float)):
        return float(value)
    try:
        number = Decimal(value if isinstance(value, str) else "")
    except InvalidOperation:
        raise ValueError("not a number; write it alone, without a unit or percent sign") from None
    # Decimal also reads digits of other scripts and `1_10` as 110.
    if isinstance(value, str) and (not value.isascii() or "_" in value):
        raise ValueError("not a number; write it alone, without a unit or percent sign")
    if not number.is_finite():
        raise ValueError("not a finite number")
    return float(number)


def _whole(value: object) -> int:
    number = number_of(value)
    if abs(number) > MOST_WHOLE or number != int(number):
        raise ValueError(f"not a whole number up to {MOST_WHOLE:,}")
    return int(number)


MonthText = Annotated[Month, BeforeValidator(_month)]
Whole = Annotated[int, BeforeValidator(_whole)]
Number = Annotated[float, BeforeValidator(number_of)]


class MonthSpan(Strict):
    """An entry that applies from a first to a last month."""

    first: MonthText = Field(default=OPEN_FIRST, alias="from")
    last: MonthText = Field(default=OPEN_LAST, alias="to")

    def holds(self, month: Month) -> bool:
        """Returns whether it applies in a month."""
        return self.first <= month <= self.last


class Announced(MonthSpan):
    """An entry that nobody knows before its publication.

    Attributes:
        published: First month in which it is known; from the beginning of the run if omitted.
    """

    published: MonthText = OPEN_FIRST

    def known(self, month: Month) -> bool:
        """Returns whether it is known in a month."""
        return self.published <= month
