"""The schema of a scenario file: keys, types and meanings."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from coercivity.data.schema import DayText, FlagText, Plain, Strict, Words
from coercivity.market.program.grid import PlanningGrid, planning_grid
from coercivity.market.run.scenarios.parts import Announced, MonthSpan, MonthText, Number, Whole
from coercivity.market.run.scenarios.policies import PoliciesAsked

# What can be switched off, one at a time.
MECHANISMS = ("contracts", "recycling", "substitution", "entry", "grey_supply", "by_products", "loading")
PER_YEAR = {"t/yr": 1.0, "t/month": 12.0, "kg/yr": 0.001}


class Shock(MonthSpan):
    """A capacity reduced to a share.

    Attributes:
        capacity: Name of a capacity of the market, such as `mine:MYANMAR_IONIC:MM-LA`.
        share: Remaining share.
    """

    capacity: Plain
    share: Number
    reason: Words


class Quota(Announced):
    """Tonnes of some products together that may be exported from a region in a month.

    Attributes:
        clause: Name of the clause that sets it.
    """

    name: Plain
    goods: list[Plain]
    origin: Plain = "CN"
    tonnes_a_month: Number
    clause: Plain


class Duty(Announced):
    """A duty on exports from China, as a share of the price in China."""

    goods: list[Plain]
    share: Number
    clause: Plain


class DemandShift(Announced):
    """A change of the demand of a use."""

    use: Plain
    region: Plain = "all"
    share: Number


class OwnPlant(Strict):
    """A plant of the scenario.

    Attributes:
        decided: Month in which it is decided; plans do not foresee it before. Known from the start if omitted.
    """

    id: Plain
    region: Plain
    stage: Plain
    capacity: Number
    unit: Plain
    start: MonthText
    decided: MonthText | None = None
    dependence: Literal["0", "1", "2", "3"] = "0"


class Demanded(MonthSpan):
    """A requirement at any cost: supply as a share of demand, or shipments in tonnes per month."""

    name: Plain
    use: Plain = ""
    region: Plain = ""
    share: Number = 0.0
    good: Plain = ""
    origin: Plain = ""
    destination: Plain = ""
    tonnes_a_month: Number = 0.0


class LawAsked(Strict):
    """The law of a scenario.

    Attributes:
        assume: Planning assumptions, as after `--assume`; without them every legal scenario is run.
        without: Clauses and instruments that are lifted, `all` for every control.
    """

    assume: str = ""
    without: list[Plain] = []


class GridAsked(Strict):
    """A planning grid as written in a file.

    Attributes:
        months: Length of the whole window [months].
        periods: Length of each period [months], the first three one month each.
    """

    months: Plain
    periods: list[Plain]


class Behaviour(Strict):
    """Switches of market behaviour.

    Attributes:
        stocks: Whether products can be stored from month to month.
        cover: Stock that holders aim at, as a multiple of normal cover.
        grid_asked: The planning grid as written; None for the built-in one.
        off: Mechanisms that are switched off.
        loading: Largest monthly shipment on a route, as a multiple of the usual one; None for the built-in one.
    """

    stocks: FlagText = True
    cover: Number = 1.0
    grid_asked: GridAsked | None = Field(default=None, alias="planning_grid")
    off: list[Plain] = []
    loading: Number | None = None

    @property
    def planning_grid(self) -> PlanningGrid | None:
        """The planning grid; None for the built-in one. Raises CoercivityError if it has errors."""
        asked = self.grid_asked
        return planning_grid(asked.periods, asked.months) if asked is not None else None


class DeskEntry(Strict):
    """A row of practice that a scenario adds, and the applications it concerns.

    Attributes:
        form: A form of goods, technology or service; `any` for all.
        destination: ISO 3166 alpha-2 code, a group of places, or `ALL`.
        user: `civil` or `military`; `any` for both.
        first: First day.
    """

    id: Plain
    form: Plain = "any"
    destination: Plain = "ALL"
    user: Plain = "any"
    share: Number
    first: DayText = Field(alias="from")


class DeskEvent(DeskEntry):
    """A halt, a slow-down, or licences that exporters have but do not use.

    Attributes:
        kind: `halt`, `slow_down` or `unused_licences`.
        share: Share of the decisions that are not taken, or of the licences that are not used.
        last: Last day; None without an end.
    """

    kind: Plain
    last: DayText | None = Field(default=None, alias="to")
    reason: Words


class DeskGeneral(DeskEntry):
    """General licences of exporters.

    Attributes:
        share: Share of the usual shipments that they cover.
        months: Months of validity [months].
        renewed: Share renewed when the validity ends.
    """

    holders: list[Plain] = []
    customers: str = ""
    months: Whole
    renewed: Number = 0.0


class DeskHold(DeskEntry):
    """Goods that are not controlled but look so, and wait for inspection by customs.

    Attributes:
        share: Share of the shipments that wait.
        days: Days of waiting [calendar days].
        last: Last day; None without an end.
    """

    days: Number
    last: DayText | None = Field(default=None, alias="to")


class DeskAsked(Strict):
    """Changes of the licensing desk in practice.

    Attributes:
        off: Elements that are switched off.
        values: Values by id of the row of the packed figures that they replace.
        without: Ids of packed or inherited events, general licences and customs holds that are left out.
    """

    off: list[Plain] = []
    values: dict[Plain, Number] = {}
    without: list[Plain] = []
    events: list[DeskEvent] = []
    general_licences: list[DeskGeneral] = []
    customs_holds: list[DeskHold] = []


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
    desk: DeskAsked | None = None
    policies: PoliciesAsked | None = None
