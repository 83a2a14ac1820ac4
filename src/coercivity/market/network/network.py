"""The market as plain data: products, activities, demands, limits and licences of one month.

The planning window builds its programme from this; the oracle in the tests builds the same one independently.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from coercivity.base.sums import total
from coercivity.permission.gate import Way

WITHOUT, LESS, MORE = "without", "less", "more"
USUAL, RICHER = "usual", "rich"
# Differences of supply below these are due to the tolerance of the solver.
NOTHING_T, NOTHING_SHARE = 1e-6, 1e-7
# Kinds of activities that move, hold, rename or use up a good without making it.
NOT_MAKING = ("ship", "haul", "loosen", "swap", "scrap", "reserve", "release", "recipe")


class Good(NamedTuple):
    """A row of the market.

    Attributes:
        tag: Empty, `free`, or `bound` by the end-use undertaking of a Chinese licence.
    """

    name: str
    region: str
    tag: str = ""


class GoodAmount(NamedTuple):
    """Input or output of a product per unit of an activity [t/t], with a delay in months."""

    good: Good
    mass: float
    lag: int = 0


class Passage(NamedTuple):
    """The features of a shipment that its licence status depends on.

    Attributes:
        user: civil or military.
        way: Licence status of this column: free needs no licence, licence uses one up.
    """

    good: str
    origin: str
    destination: str
    user: str
    way: Way


@dataclass(frozen=True, slots=True)
class Activity:
    """One column per month.

    Attributes:
        kind: mine, haul, separate, finish, aside, refine, recycle, metal, magnet, ship, loosen, recipe.
        key: Distinguishes it from others of its kind.
        cost: Cost [USD per kilogram of activity].
        levy: Tax and duty as a share of the price of the product at the origin, and that product.
        limit: Name of the capacity that it uses, and the use per unit.
        calibrated: Part of `cost` that makes the flows of the base year optimal.
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
        """Kind and key."""
        return (self.kind, *self.key)


class DemandStep(NamedTuple):
    """A step of a demand curve: value of a unit [USD/kg] and its width as a share of demand.

    Attributes:
        kind: What it means if the step is not supplied: `without`, the device is not built; `less`, it is built with
            less, or fewer are ordered at that price; `more`, nothing: beyond usual demand.
    """

    worth: float
    width: float
    kind: str = WITHOUT


@dataclass(frozen=True, slots=True)
class Demand:
    """The monthly demand of one use in one region.

    Attributes:
        service: The product of its formulations.
        wanted_t: Demand at the prices of the base year, in the middle of 2024 [t/month].
        growth: Growth per year.
        choke: Price above which it stops buying [USD/kg].
    """

    use: str
    region: str
    service: Good
    wanted_t: float
    growth: float
    choke: float
    steps: tuple[DemandStep, ...]


class UseSplit(NamedTuple):
    """What became of a demand in a month, in units of devices built to the usual design [t of their magnet or oxide].

    Wanted is the sum of the other four.

    Attributes:
        wanted_t: Demand at the prices of the base year.
        usual_t: Supplied to the usual design, also with more heavy rare earths where they are cheap, or with those
            savings of them that spread whatever they cost.
        less_t: Used less by thrift, or not ordered at that price; negative if more was used.
        substituted_t: Supplied by a design that saves at a cost: leaner, or without rare earths.
        without_t: Went without: the device was not built.
    """

    wanted_t: float
    usual_t: float
    less_t: float
    substituted_t: float
    without_t: float


def split_of(demand: Demand, wanted_t: float, served_t: float, usual_t: float) -> UseSplit:
    """Returns what became of a demand; the steps of highest value are supplied first.

    What the tolerance of the solver leaves is counted as supplied, so that a part that is nothing is zero.

    Args:
        demand: The demand.
        wanted_t: Demand at the prices of the base year [t].
        served_t: Supply on all steps [t].
        usual_t: Supply to the usual design [t].

    Source: equation 39 of docs/market.md.
    """
    nothing_t = max(NOTHING_T, NOTHING_SHARE * wanted_t)

    def cleared(mass: float) -> float:
        return mass if abs(mass) > nothing_t else 0.0

    needed = wanted_t * total(step.width for step in demand.steps if step.kind == WITHOUT)
    without = cleared(max(needed - served_t, 0.0))
    less, substituted = cleared(wanted_t - served_t - without), cleared(served_t - usual_t)
    return UseSplit(wanted_t, wanted_t - less - substituted - without, less, substituted, without)


@dataclass(frozen=True, slots=True)
class Recipe:
    """A formulation that serves a demand, with the limits of its share.

    Attributes:
        activity: Name of the activity.
        most_share: Largest share of demand that it may reach.
        speed: Share that it can gain per month once it is qualified; None if it can be used at once.
        wait: Months of qualification before its first use.
        charge: What a kilogram must save, beyond its cost, for a qualification to begin [USD/kg].
        drift: Share per month by which its limit grows by itself from the middle of 2024.
    """

    activity: tuple[str, ...]
    use: str
    region: str
    most_share: float
    speed: float | None = None
    drift: float = 0.0
    wait: int = 0
    charge: float = 0.0

    @property
    def saves(self) -> bool:
        """Whether it is taken up to save at a cost."""
        return self.drift == 0.0 and self.activity[3] != USUAL and not self.activity[3].startswith(RICHER)


@dataclass(frozen=True, slots=True)
class Store:
    """A product that can be stored.

    Attributes:
        turnover_t: Throughput of a month of the base year [t].
        cover: Months of it that holders want to store.
        cost: Storage and insurance [USD/kg/month].
    """

    good: Good
    turnover_t: float
    cover: float
    cost: float


@dataclass(frozen=True, slots=True)
class Permission:
    """A licence bucket, with its monthly applications.

    Attributes:
        orders_t: Shipments of a month of the base year, which determine the applications [t].
    """

    good: str
    origin: str
    destination: str
    user: str
    orders_t: float

    @property
    def name(self) -> tuple[str, str, str, str]:
        """Product, origin, destination and user."""
        return self.good, self.origin, self.destination, self.user


@dataclass(frozen=True, slots=True)
class Requirement:
    """A supply that a scenario, a policy or a contract requires, at any cost or on pain of a payment.

    Attributes:
        name: Name in messages.
        least: Share of demand, or tonnes per month.
        first: First month in which it applies.
        last: Last month in which it applies.
        use: Use that must be supplied, or empty.
        route: Good, origin and destination that must be shipped, or empty.
        supplies: Further activities that count, each with tonnes per unit.
        of: Demands of which `least` is a share, by use and region, each with tonnes per tonne of demand; the use
            itself if empty.
        pay: What each kilogram short costs [USD/kg]; None if it must be met at any cost.
        published: First month in which it is known.
        released: Licence bucket whose refusals release the seller from his share of the quantity.
    """

    name: str
    least: float
    first: int
    last: int
    use: tuple[str, str] = ("", "")
    route: tuple[str, str, str] = ("", "", "")
    supplies: tuple[tuple[tuple[str, ...], float], ...] = ()
    of: tuple[tuple[tuple[str, str], float], ...] = ()
    pay: float | None = None
    published: int = 0
    released: tuple[str, str, str, str] | None = None

    @property
    def shares(self) -> tuple[tuple[tuple[str, str], float], ...]:
        """Demands of which `least` is a share; none if it is in tonnes."""
        return self.of or (((self.use, 1.0),) if self.use[0] else ())


@dataclass(frozen=True, slots=True)
class Network:
    """The whole network, in a fixed order.

    Attributes:
        prices: Price of every product in the base year [USD/kg].
        limits: Capacity by name in the middle of 2024 [of its unit, per month].
        quotas: Capacities set by a clause, by name, with that clause.
        requirements: Requirements of a scenario, a policy or a contract.
        dated: Capacities set by dates that are published, so that they are foreseen in full.
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
    dated: frozenset[str] = frozenset()
