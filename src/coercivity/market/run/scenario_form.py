"""The form of a scenario file: its keys, their types and what each stands for."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from coercivity.data.schema import FlagText, Plain, Strict, Words
from coercivity.market.inputs.months import Month, parse_month

PER_YEAR = {"t/yr": 1.0, "t/month": 12.0, "kg/yr": 0.001}
_OPEN_FIRST, _OPEN_LAST = parse_month("1900-01"), parse_month("2199-12")


def _month(value: object) -> Month:
    if isinstance(value, int):
        return value
    if not isinstance(value, str):
        raise ValueError("not a valid month; write YYYY-MM")
    return parse_month(value)


def _number(value: object) -> float:
    if isinstance(value, (int, float)):
        return float(value)
    try:
        number = Decimal(value if isinstance(value, str) else "")
    except InvalidOperation:
        raise ValueError("not a number in quotes") from None
    if not number.is_finite():
        raise ValueError("not a finite number")
    return float(number)


MonthText = Annotated[Month, BeforeValidator(_month)]
Number = Annotated[float, BeforeValidator(_number)]


class MonthSpan(Strict):
    """Something that holds from a first to a last month."""

    first: MonthText = Field(default=_OPEN_FIRST, alias="from")
    last: MonthText = Field(default=_OPEN_LAST, alias="to")

    def holds(self, month: Month) -> bool:
        """Returns whether it holds in a month."""
        return self.first <= month <= self.last


class Shock(MonthSpan):
    """A capacity that is cut to a share.

    Attributes:
        capacity: Name of a capacity of the market, such as `mine:MYANMAR_IONIC:MM-LA`.
        share: What is left of it.
    """

    capacity: Plain
    share: Number
    reason: Words


class Quota(MonthSpan):
    """Tonnes of some goods that may leave a region in a month, whatever their kind.

    Attributes:
        clause: Name of the clause that makes it.
    """

    name: Plain
    goods: list[Plain]
    origin: Plain = "CN"
    tonnes_a_month: Number
    clause: Plain


class Duty(MonthSpan):
    """A duty on what leaves China, as a share of the price there."""

    goods: list[Plain]
    share: Number
    clause: Plain


class DemandShift(MonthSpan):
    """A use that wants another quantity than the model's own."""

    use: Plain
    region: Plain = "all"
    share: Number


class OwnPlant(Strict):
    """A plant of the scenario's own."""

    id: Plain
    region: Plain
    stage: Plain
    capacity: Number
    unit: Plain
    start: MonthText
    dependence: Literal["0", "1", "2", "3"] = "0"


class Demanded(MonthSpan):
    """What must be served, as a share of what is wanted, or shipped, in tonnes a month, whatever it costs."""

    name: Plain
    use: Plain = ""
    region: Plain = ""
    share: Number = 0.0
    good: Plain = ""
    origin: Plain = ""
    destination: Plain = ""
    tonnes_a_month: Number = 0.0


class LawAsked(Strict):
    """Which law is asked.

    Attributes:
        assume: Branches, as after `--assume`; none runs every branch of what is unknown.
        without: Clauses and instruments that are taken out, `all` for every control.
    """

    assume: str = ""
    without: list[Plain] = []


class Behaviour(Strict):
    """How the market behaves where that is switched.

    Attributes:
        stocks: Whether anything is kept from month to month.
    """

    stocks: FlagText = True


class ScenarioFile(Strict):
    """The content of a scenario file."""

    id: Plain
    title: Words
    about: Words
    inherits: Plain | None = None
    law: LawAsked | None = None
    behaviour: Behaviour | None = None
    shocks: list[Shock] = []
    quotas: list[Quota] = []
    duties: list[Duty] = []
    demand: list[DemandShift] = []
    plants: list[OwnPlant] = []
    require: list[Demanded] = []
