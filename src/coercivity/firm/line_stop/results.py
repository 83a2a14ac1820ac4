"""What is said of the stops of a company's lines. Masses are exact [kg], money in thousand euros or dollars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from coercivity.base.days import Day
from coercivity.firm.company.model import Company

Layer = Literal["stock", "cleared", "licensed"]
LAYERS: tuple[Layer, ...] = ("stock", "cleared", "licensed")
# What the next lot of a part that is not met waits for. `held`: the law does not let it leave as it is entered;
# `no licence`: the licence it is entered under has ended or does not name the plant.
Cause = Literal["", "grant", "renewal", "refused", "held", "no licence", "too little", "nothing under way"]
ANY = "any"  # any plant of the company
NOT_ASKED = "not asked"  # outcome of a lot of which the workbook says too little
HeldFor = Literal[
    "",
    "licence needed",
    "prohibited",
    "name in doubt",
    "name not given",
    "not checked so far",
    "undecided",
    "licence used",
    "plants not named",
]


@dataclass(frozen=True, slots=True)
class PartDates:
    """First days not met of one part at one plant; no chances are needed.

    Attributes:
        use_kg: Use on a day of use [kg].
        usable_kg: Usable stock on the evening of the count [kg].
        layers: With stock only; with what is past customs too; with what is licensed or free too. None: met to the end.
        clauses: The last, if a clause stops all that is not past customs and touches the part.
        suppliers: The same, if a supplier sends nothing more that is not past customs.
        waiting_kg: What waits for a licence and counts in no layer [kg].
    """

    plant: str
    part: str
    grade: str
    use_kg: Fraction
    usable_kg: Fraction
    layers: Mapping[Layer, Day | None]
    clauses: Mapping[str, Day | None]
    suppliers: Mapping[str, Day | None]
    waiting_kg: Fraction


@dataclass(frozen=True, slots=True)
class StockCourse:
    """Stock of one part at one plant over time, with what is licensed or free.

    Attributes:
        short_on: First day on which the stock does not cover the use of the day; None: met to the end.
        points: Stock on the evening of days [kg]: of the count, the first of each month, before and after each arrival,
            and when days are lost. Between them it falls by the use of each day.
    """

    plant: str
    part: str
    short_on: Day | None
    points: tuple[tuple[Day, Fraction], ...]


@dataclass(frozen=True, slots=True)
class PlantDates:
    """The first stop of a plant, and of which part.

    Attributes:
        stop_on: First day not met with what is licensed or free; None: none within the period.
        part: The part; empty if none.
        clauses: The same by clause.
        suppliers: The same by supplier.
    """

    plant: str
    stop_on: Day | None
    part: str
    clauses: Mapping[str, tuple[Day | None, str]]
    suppliers: Mapping[str, tuple[Day | None, str]]


@dataclass(frozen=True, slots=True)
class GroupDates:
    """An element or a grade over the whole company, as if its parts could replace each other: an upper bound.

    Where a part may hold the element and its share is not stated, there is no such bound: the days are those of the
    first part that holds it or may.

    Attributes:
        usable_kg: Mass in usable stock [kg].
        stop_on: First day not met from usable stock and what is licensed or free; None: met to the end.
        stock_stop_on: The same from usable stock alone.
        first_part: Plant and part that stop first among those that hold it.
        first_on: Its day.
        unstated: Parts in use whose share of the element is not stated.
    """

    name: str
    usable_kg: Fraction
    stop_on: Day | None
    stock_stop_on: Day | None
    first_part: tuple[str, str]
    first_on: Day | None
    unstated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScenarioPlant:
    """A plant in a scenario.

    Attributes:
        first_on: First lost day; None if there is none.
        lost_days: Days of use on which at least one part is not met.
        recovers_on: First day of use from which all is met again to the end; None if it is not, or nothing was lost.
        part: Part that is not met on the first lost day.
        cause: Why: what the next lot of that part waits for.
        cause_of: The file or licence that it waits for, or the lot that the law holds; empty for the last two causes.
    """

    scenario: str
    plant: str
    first_on: Day | None
    lost_days: int
    recovers_on: Day | None
    part: str
    cause: Cause
    cause_of: str


@dataclass(frozen=True, slots=True)
class PlantChance:
    """Chances and means of a plant, or of any.

    Attributes:
        standing: Chance of at least one lost day by the end.
        mean_lost_days: Mean of the lost days; None for any plant.
        mean_loss_keur: Mean loss [1000 EUR]; None where no cost of a day is given.
        by_day: Chance of a first lost day on or before each day on which it rises.
        causes: Share of that chance by cause: part, cause, file or licence; the shares add up to one.
    """

    plant: str
    standing: Fraction
    mean_lost_days: Fraction | None
    mean_loss_keur: Fraction | None
    by_day: tuple[tuple[Day, Fraction], ...]
    causes: Mapping[tuple[str, str, str], Fraction]


@dataclass(frozen=True, slots=True)
class ActionEffect:
    """What an action does.

    Attributes:
        action: Key of the action: file_sooner, renew_sooner, air_freight, more_stock, release_quarantine.
        what: Plant, part, lot or days it is about, as `days=30` or `lot=Q5`.
        standing: Chance that any plant stops.
        mean_loss_keur: Mean loss with it [1000 EUR].
        saves_keur: Loss that it saves, before its cost [1000 EUR].
        days_gained: Mean days by which the first stop of any plant moves [days].
        cost_keur: Its cost [1000 EUR]; None if not given.
    """

    action: str
    what: Mapping[str, str]
    standing: Fraction
    mean_loss_keur: Fraction | None
    saves_keur: Fraction | None
    days_gained: Fraction
    cost_keur: Fraction | None


@dataclass(frozen=True, slots=True)
class ContractMonth:
    """A month of a contract in one scenario.

    Attributes:
        formula_usd: Price by the formula [USD/kg].
        price_usd: Price after floor and cap [USD/kg].
        taken_kg: What arrived under it [kg].
        in_force: Whether its licence is in force on the first day.
        paid_kg: What is paid for [kg].
        paid_usd: What is paid [USD].
    """

    contract: str
    month: str
    formula_usd: Fraction
    price_usd: Fraction
    taken_kg: Fraction
    in_force: bool
    paid_kg: Fraction
    paid_usd: Fraction


@dataclass(frozen=True, slots=True)
class ContractTotal:
    """Contracts in one scenario.

    Attributes:
        paid_usd: What is paid [USD].
        not_taken_usd: Of it for goods not taken [USD].
        excused_months: Months without take-or-pay.
    """

    scenario: str
    paid_usd: Fraction
    not_taken_usd: Fraction
    excused_months: int


@dataclass(frozen=True, slots=True)
class LotLaw:
    """What the law says of a lot, and what the workbook says.

    Attributes:
        outcome: PROCEED, LICENCE, STOP or UNKNOWN; `not asked` where the workbook gives no country at all.
        clauses: Clauses that it rests on, by id.
        on: Day for which it was decided.
        agrees: False where the lot is entered as free, and by the law it may not proceed without a licence.
        missing: Cells that were not given: `Suppliers country of S1`.
        names: Findings of the screening of names, in words.
        held: Why the lot is on hold: it counts in no layer and never leaves; empty if it is not.
        checked_through: Last day to which the rules were checked; None if the law was not asked.
        questions: Facts and compliance questions of the rulebook that are open for it, by name.
        names_zh: The findings in Chinese.
        assumed: Planning assumptions under which it was decided: `instrument=lapsed`.
    """

    lot: str
    outcome: str
    clauses: tuple[str, ...]
    on: Day | None
    agrees: bool
    missing: tuple[str, ...]
    names: tuple[str, ...]
    held: HeldFor = ""
    checked_through: Day | None = None
    questions: tuple[str, ...] = ()
    names_zh: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnDeadline:
    """A day by which the company must act.

    Attributes:
        kind: sign, file, order_air, licence_ends, released.
        on: The day.
        of: Plant, part, lot, licence that it is about.
        why: Day of stop or of need that it serves, and confidence, by name.
    """

    kind: Literal["sign", "file", "order_air", "licence_ends", "released"]
    on: Day
    of: Mapping[str, str]
    why: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LineStops:
    """All that is said of a company.

    Attributes:
        on: Evening of the stock count.
        until: Last day of scenarios, chances and lost days.
        independent: Whether grant and renewal are independent of each other.
        months: Contract months by scenario.
        mean_paid_usd: Mean over the scenarios [USD]; None without contracts.
        dates_until: Last day up to which first days not met were looked for: None among them means none until then.
        stock: Stock over time by plant and part.
    """

    company: Company
    on: Day
    until: Day
    independent: bool
    parts: tuple[PartDates, ...]
    plants: tuple[PlantDates, ...]
    elements: tuple[GroupDates, ...]
    grades: tuple[GroupDates, ...]
    scenarios: tuple[ScenarioPlant, ...]
    chances: tuple[PlantChance, ...]
    part_chances: Mapping[tuple[str, str], Fraction]
    actions: tuple[ActionEffect, ...]
    months: Mapping[str, tuple[ContractMonth, ...]]
    contracts: tuple[ContractTotal, ...]
    mean_paid_usd: Fraction | None
    law: tuple[LotLaw, ...]
    deadlines: tuple[OwnDeadline, ...]
    dates_until: Day = Day.max
    stock: tuple[StockCourse, ...] = ()
