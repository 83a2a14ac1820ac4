"""What the market is made of, as plain data: goods, activities, demands, limits and permissions of one month.

The window builds its programme from this, and the oracle in the tests builds the same one in another way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from coercivity.permission.gate import Way


class Good(NamedTuple):
    """A row of the market.

    Attributes:
        tag: Empty where it makes no difference; else `free`, or `bound` by the end-use promise of a Chinese licence.
    """

    name: str
    region: str
    tag: str = ""


class GoodAmount(NamedTuple):
    """How much of a good one unit of an activity takes or gives [t/t], so many months later."""

    good: Good
    mass: float
    lag: int = 0


class Passage(NamedTuple):
    """What the law is asked of a shipment.

    Attributes:
        user: civil or military.
        way: The way this column stands for: free needs no permission, under a licence uses one up.
    """

    good: str
    origin: str
    destination: str
    user: str
    way: Way


@dataclass(frozen=True, slots=True)
class Activity:
    """One column a month.

    Attributes:
        kind: mine, haul, separate, finish, aside, refine, recycle, metal, magnet, ship, loosen, recipe.
        key: What tells it apart from others of its kind.
        cost: USD per kilogram of activity.
        levy: Share of the price of the good at the origin that is paid on the way (tax, duty) and that good.
        limit: Name of the capacity it draws on, and how much one unit draws.
        calibrated: Part of `cost` that makes the flows of the base year pay for themselves.
    """

    kind: str
    key: tuple[str, ...]
    takes: tuple[GoodAmount, ...]
    gives: tuple[GoodAmount, ...]
    cost: float
    levy: tuple[Good, float] | None = None
    limits: tuple[tuple[str, float], ...] = ()
    passage: Passage | None = None
    calibrated: float = 0.0

    @property
    def name(self) -> tuple[str, ...]:
        """Kind and key together."""
        return (self.kind, *self.key)


class DemandStep(NamedTuple):
    """A piece of a demand curve: worth of a unit [USD/kg] and its width as a share of the wanted quantity."""

    worth: float
    width: float


@dataclass(frozen=True, slots=True)
class Demand:
    """What one use in one region wants a month.

    Attributes:
        service: The good that its recipes give.
        wanted_t: Quantity wanted at the prices of the base year, in the middle of 2024 [t/month].
        growth: Growth of it a year.
        choke: Worth of a unit beyond which it stops buying [USD/kg].
    """

    use: str
    region: str
    service: Good
    wanted_t: float
    growth: float
    choke: float
    steps: tuple[DemandStep, ...]


@dataclass(frozen=True, slots=True)
class Recipe:
    """A way to serve a demand, as far as its share is limited.

    Attributes:
        activity: Name of the activity.
        most_share: Largest share of the wanted quantity that it may reach.
        speed: Share that it can gain a month; None where it can be used at once.
        drift: Share a month by which its limit grows by itself from the middle of 2024.
    """

    activity: tuple[str, ...]
    use: str
    region: str
    most_share: float
    speed: float | None = None
    drift: float = 0.0


@dataclass(frozen=True, slots=True)
class Store:
    """A good that is kept.

    Attributes:
        turnover_t: What passes through in a month of the base year [t].
        cover: Months of it that holders want to keep.
        cost: Storage and insurance [USD/kg/month].
    """

    good: Good
    turnover_t: float
    cover: float
    cost: float


@dataclass(frozen=True, slots=True)
class Permission:
    """A permission: what is asked for, month by month.

    Attributes:
        orders_t: What is shipped in a month of the base year, by which files are filed [t].
    """

    good: str
    origin: str
    destination: str
    user: str
    orders_t: float

    @property
    def name(self) -> tuple[str, str, str, str]:
        """Good, origin, destination and user."""
        return self.good, self.origin, self.destination, self.user


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something that a scenario demands whatever it costs.

    Attributes:
        name: How it is called in messages.
        use: Use that must be served, or empty.
        route: Good, origin and destination that must be shipped, or empty.
        least: Share of the wanted quantity, or tonnes a month.
        first: First month in which it holds.
        last: Last month in which it holds.
    """

    name: str
    least: float
    first: int
    last: int
    use: tuple[str, str] = ("", "")
    route: tuple[str, str, str] = ("", "", "")


@dataclass(frozen=True, slots=True)
class Network:
    """All of it, in a fixed order.

    Attributes:
        prices: Price of every good in the base year [USD/kg].
        limits: Capacity by name in the middle of 2024 [of its unit, a month].
        quotas: Capacities that a clause makes, by name, with that clause.
        requirements: What a scenario demands whatever it costs.
    """

    goods: tuple[Good, ...]
    activities: tuple[Activity, ...]
    demands: tuple[Demand, ...]
    recipes: tuple[Recipe, ...]
    stores: tuple[Store, ...]
    buckets: tuple[Permission, ...]
    prices: dict[Good, float]
    limits: dict[str, float]
    quotas: dict[str, str] = field(default_factory=dict)
    requirements: tuple[Requirement, ...] = ()
