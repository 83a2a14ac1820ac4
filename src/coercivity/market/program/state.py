"""Input of a window: the state after a month, the external drivers, and the law."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from coercivity.base.months import Month, parse_month
from coercivity.market.network.network import Good
from coercivity.permission.gate import Gate

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from coercivity.permission.desk.state import DeskState

BASE_MONTH = parse_month("2024-07")
# Bucket, month of the transaction, month of the information cut-off.
Law = Callable[[tuple[str, str, str, str], Month, Month], Gate]
# The gates of a period with their shares of its days, in order of the first day.
Shares = tuple[tuple[Gate, float], ...]
# Bucket, first month, number of months, month of the information cut-off.
LawShares = Callable[[tuple[str, str, str, str], Month, int, Month], Shares]


class Appraisal(NamedTuple):
    """What the owners of a project expected when they decided, or last, if they did not.

    Attributes:
        margin: Expected margin of a unit, floors and offtakes included [USD/kg].
        charge: Capital charge of a unit, after grants and loans [USD/kg].
        funded: Whether the margin covers the charge only with public money or an offtake.
    """

    margin: float
    charge: float
    funded: bool


@dataclass(frozen=True, slots=True)
class IndustryState:
    """Projects and closures after a month.

    Attributes:
        decided_on: Month of the decision to build, by project; without one it is not decided.
        work_left: Months of work until the start at normal speed, by project under construction.
        speed: Work of the month by project under construction; 1 is normal.
        starts: First month of operation if work goes on as it does, before delays by law, by project decided or under
            construction; none while it has stopped.
        covered: Months in a row in which the price covered the charge of a project, or the cost of a closed capacity.
        appraisals: What the owners of each project expect, or expected when they decided.
        closed: Capacity that is closed, by name [of its unit].
        idle: Idle share of each capacity in the last months, the latest last.
        reopening: Closed capacity that opens again, by name and month [of its unit].
    """

    decided_on: Mapping[str, Month] = field(default_factory=dict)
    work_left: Mapping[str, float] = field(default_factory=dict)
    speed: Mapping[str, float] = field(default_factory=dict)
    starts: Mapping[str, Month] = field(default_factory=dict)
    covered: Mapping[str, int] = field(default_factory=dict)
    appraisals: Mapping[str, Appraisal] = field(default_factory=dict)
    closed: Mapping[str, float] = field(default_factory=dict)
    idle: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    reopening: Mapping[tuple[str, Month], float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DeviceState:
    """Magnets in devices after a month.

    Attributes:
        leaving_t: Magnets that leave use, by pool and month from the first of the run on, of all that is sold [t].
        collected_share: Share of what leaves use that is collected and extracted, by pool.
    """

    leaving_t: NDArray[np.float64] = field(default_factory=lambda: _none(0, 0))
    collected_share: NDArray[np.float64] = field(default_factory=lambda: _none(0))


def _none(*shape: int) -> NDArray[np.float64]:
    import numpy as np  # a kept outlook is shown without it

    return np.zeros(shape)


@dataclass(slots=True)
class State:
    """The state after a month.

    Attributes:
        stock_t: Stock at the end of the month, by product [t].
        arriving_t: In transit, by product and month of arrival [t].
        ready: Largest share of a demand that each slow recipe has served yet: once qualified, it stays so.
        qualified_on: First month in which each slow recipe can be used, of those whose qualification has begun.
        sought: Months in a row in which the qualification of a recipe paid, of those whose has not begun.
        aside_t: Piles of by-products put aside, by unfinished product [t].
        quote: Quoted price by product [USD/kg].
        desk: The licensing desk.
        short: Share of the wanted magnets that a region went without.
        clearing_t: Held by customs in China, by product, region of import and month of clearance [t].
        industry: Projects and closures outside China.
        devices: Magnets in use.
    """

    stock_t: dict[Good, float]
    arriving_t: dict[tuple[Good, Month], float]
    ready: dict[tuple[str, ...], float]
    quote: dict[Good, float]
    desk: DeskState
    short: dict[str, float] = field(default_factory=dict)
    clearing_t: dict[tuple[str, str, Month], float] = field(default_factory=dict)
    qualified_on: dict[tuple[str, ...], Month] = field(default_factory=dict)
    sought: dict[tuple[str, ...], int] = field(default_factory=dict)
    aside_t: dict[Good, float] = field(default_factory=dict)
    industry: IndustryState = field(default_factory=IndustryState)
    devices: DeviceState = field(default_factory=DeviceState)


@dataclass(frozen=True, slots=True)
class Drivers:
    """External conditions of a month.

    Attributes:
        capacity: Capacity by name and month, as seen in the month of planning and in a state [of its unit].
        wanted: Demand as a share of base-year demand, by use, region and month, as seen in the month of planning.
        foresight: Months ahead for which demand and plants are foreseen; later ones are taken as the last of these.
        caution: Cover that holders add for each share of use that their region went without.
        duty: Duty on what leaves China by good and month, as seen in the month of planning, as a share of the price
            there.
        dutied: Goods that some duty of the scenario names.
        duty_clauses: Clauses of that duty by good and month.
        arrivals: What comes without an activity, such as collected magnets, by product in each of some months [t].
        charged: Activities with a charge, or a support if it is negative, that changes from month to month.
        charge: That charge by activity and month, as seen in the month of planning and in a state [USD/kg].
        new_need: What plants that began after the base year need of controlled inputs, by bucket and month [t/month].
        loading: Largest shipment without a licence by good, origin, destination and month [t/month].
        due_t: Quantity of a requirement by name and month, as seen in the month of planning and in a state; None if
            the requirement itself states it [t].
        short_cost: What a kilogram short of a requirement costs by name and month, as seen in the month of planning and
            in a state; None if the requirement states it [USD/kg].
        released: Share of a requirement by name and month, as seen in the month of planning, that is not due as far as
            its licences are refused.
    """

    capacity: Callable[[str, Month, Month, State], float]
    wanted: Callable[[str, str, Month, Month], float]
    foresight: int = 120
    caution: float = 0.0
    duty: Callable[[str, Month, Month], float] = lambda good, month, seen_from: 0.0
    dutied: frozenset[str] = frozenset()
    duty_clauses: Callable[[str, Month], tuple[str, ...]] = lambda good, month: (f"duty:{good}",)
    arrivals: Callable[[Sequence[Month], State], Mapping[Good, Sequence[float]]] = lambda months, state: {}
    charged: frozenset[tuple[str, ...]] = frozenset()
    charge: Callable[[tuple[str, ...], Month, Month, State], float] = lambda name, month, seen_from, state: 0.0
    new_need: Callable[[Month, State], Mapping[tuple[str, str, str, str], float]] = lambda month, state: {}
    loading: Callable[[tuple[str, str, str], Month], float] = lambda route, month: math.inf
    due_t: Callable[[str, Month, Month, State], float | None] = lambda name, month, seen_from, state: None
    short_cost: Callable[[str, Month, Month, State], float | None] = lambda name, month, seen_from, state: None
    released: Callable[[str, Month, Month], float] = lambda name, month, seen_from: 0.0


def shares_by_month(law: Law) -> LawShares:
    """Returns the shares of a period under a law that is the same on all days of a month."""

    def ask(bucket: tuple[str, str, str, str], first: Month, months: int, known: Month) -> Shares:
        found: dict[Gate, int] = {}
        for month in range(first, first + months):
            gate = law(bucket, month, known)
            found[gate] = found.get(gate, 0) + 1
        return tuple((gate, count / months) for gate, count in found.items())

    return ask
