"""Input of a window: the state after a month, the external drivers, and the law."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from coercivity.base.months import Month, parse_month
from coercivity.market.network.network import Good
from coercivity.permission.desk.state import DeskState
from coercivity.permission.gate import Gate

BASE_MONTH = parse_month("2024-07")
# Bucket, month of the transaction, month of the information cut-off.
Law = Callable[[tuple[str, str, str, str], Month, Month], Gate]
# The gates of a period with their shares of its days, in order of the first day.
Shares = tuple[tuple[Gate, float], ...]
# Bucket, first month, number of months, month of the information cut-off.
LawShares = Callable[[tuple[str, str, str, str], Month, int, Month], Shares]


@dataclass(slots=True)
class State:
    """The state after a month.

    Attributes:
        stock_t: Stock at the end of the month, by product [t].
        arriving_t: In transit, by product and month of arrival [t].
        served: Share of a demand that each slow formulation serves.
        quote: Quoted price by product [USD/kg].
        desk: The licensing desk.
        short: Share of the wanted magnets that a region went without.
        clearing_t: Held by customs in China, by product, region of import and month of clearance [t].
    """

    stock_t: dict[Good, float]
    arriving_t: dict[tuple[Good, Month], float]
    served: dict[tuple[str, ...], float]
    quote: dict[Good, float]
    desk: DeskState
    short: dict[str, float] = field(default_factory=dict)
    clearing_t: dict[tuple[str, str, Month], float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Drivers:
    """External conditions of a month.

    Attributes:
        capacity: Capacity by name and month, as seen in the month of planning [of its unit].
        wanted: Demand as a share of base-year demand, by use, region and month.
        foresight: Months ahead for which demand and plants are foreseen; later ones are taken as the last of these.
        caution: Cover that holders add for each share of use that their region went without.
        duty: Duty on what leaves China by good and month, as a share of the price there.
        dutied: Goods that some duty of the scenario names.
        duty_clauses: Clauses of that duty by good and month.
    """

    capacity: Callable[[str, Month, Month], float]
    wanted: Callable[[str, str, Month], float]
    foresight: int = 120
    caution: float = 0.0
    duty: Callable[[str, Month], float] = lambda good, month: 0.0
    dutied: frozenset[str] = frozenset()
    duty_clauses: Callable[[str, Month], tuple[str, ...]] = lambda good, month: (f"duty:{good}",)


def shares_by_month(law: Law) -> LawShares:
    """Returns the shares of a period under a law that is the same on all days of a month."""

    def ask(bucket: tuple[str, str, str, str], first: Month, months: int, known: Month) -> Shares:
        found: dict[Gate, int] = {}
        for month in range(first, first + months):
            gate = law(bucket, month, known)
            found[gate] = found.get(gate, 0) + 1
        return tuple((gate, count / months) for gate, count in found.items())

    return ask
