"""Types of the rows that a mix is chosen from; masses are exact [t], costs exact [1000 EUR]."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from coercivity.base.days import Day
from coercivity.cases import transactions

MixKind = Literal["second source", "air", "leaner grade", "recycling", "filing", "own processing", "contract", "spot"]
MIX_KINDS: frozenset[str] = frozenset(
    ("second source", "air", "leaner grade", "recycling", "filing", "own processing", "contract", "spot")
)
LimitName = Literal["budget", "storage", "lost_line_days"]
NO_STOP, ALL_GRADES = "none", "all"
NO_DEALS = transactions.NO_DEALS[0]  # the company states that no transaction is needed
CHINA_FEED, OTHER_FEED = "China", "other"


@dataclass(frozen=True, slots=True)
class GradeRow:
    """A grade of the sheet Grades.

    Attributes:
        group: Class of grades that a stop strikes together.
        stock_cost_keur_per_t: Cost of a tonne of stock at the start [1000 EUR/t].
        loss_keur_per_t: Cost of a tonne that is not served [1000 EUR/t].
        stock_cap_t: Most stock that the authority grants [t]; None without a cap.
        whole_tonnes: `yes` if stock is bought in whole tonnes.
        supplier: Who delivers the stock; with plant and part the law is asked about it. Empty if not given.
        plant: Plant to which it goes.
        part: Part of this grade that goes.
        deals: Transactions of a case folder that the stock needs; `none` alone states that it needs none.
        price_basis: What its prices are, such as China domestic or contract; empty if not stated.
        in_hand_t: Stock in hand beyond the running flow [t]; None if not stated, and then none is counted.
        usual_index: Index of the price at which it is bought now; empty if that is `usual_a` in every month.
        usual_a: Fixed part of that price [USD/kg]; None if not stated.
        usual_b: Factor of the index.
    """

    grade: str
    group: str
    stock_cost_keur_per_t: Fraction
    loss_keur_per_t: Fraction
    stock_cap_t: Fraction | None
    whole_tonnes: str = ""
    supplier: str = ""
    plant: str = ""
    part: str = ""
    deals: tuple[str, ...] = ()
    price_basis: str = ""
    in_hand_t: Fraction | None = None
    usual_index: str = ""
    usual_a: Fraction | None = None
    usual_b: Fraction | None = None
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class StopRow:
    """A scenario: whether and how long licences stop.

    Attributes:
        first_month: First month of the stop; None without one.
        months: Months that it lasts.
        months_if_filed: Months that it lasts if licences were filed ahead.
        scope: none, all, or a class of grades.
        let_through: Share of the use that is let out during the stop.
        second_source_share: Share that is left of second sources.
        path: Legal path that it belongs to; empty where none is named.
        name_zh: Its name in Chinese; empty if not given.
    """

    scenario: str
    probability: Fraction
    first_month: int | None
    months: int
    months_if_filed: int
    scope: str
    let_through: Fraction
    second_source_share: Fraction
    path: str = ""
    name_zh: str = ""
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A limit: budget [1000 EUR], storage [t] or lost line-days [days]."""

    limit: LimitName
    value: Fraction
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class MixOptionRow:
    """A row of the sheet Options of a kind that a mix is chosen from; a value that is not given is None.

    Attributes:
        plant: Plant that processes, delivers or receives; empty if none is named.
        fee_keur: Paid once at the start [1000 EUR].
        months: Months until it can be used.
        cap_t: Most tonnes a month; leaner grade: tonnes of the second grade for one of the first.
        extra_keur_per_t: Cost of a tonne over the contract price [1000 EUR/t].
        grades: Grades that it serves; leaner grade: the one replaced, and the one that replaces it.
        take_share: Share of the cap that is paid for whether taken or not.
        follows_second_source: `yes` if a scenario cuts it as it cuts second sources.
        supplier: Who delivers; with plant and part the law is asked about the option. Empty if not given.
        part: What goes.
        decided_on: Day for which the law is asked; None: when the option can be used.
        deals: Transactions of a case folder that the option needs; `none` alone states that it needs none.
        price_basis: What its prices are, such as Rotterdam asking price; empty if not stated.
        feed: `China` or `other`, where its material comes from; empty if not given. Draws of the market, and prices
            by month, ask for it.
        index: Index of its price by month; empty if the price is the same in all months.
        a: Fixed part of the price [USD/kg].
        b: Factor of the index.
        floor: Lowest price [USD/kg]; None without one.
        price_cap: Highest price [USD/kg]; None without one.
        name_zh: Its name in Chinese; empty if not given.
    """

    option: str
    kind: MixKind
    plant: str
    fee_keur: Fraction | None
    months: int | None
    cap_t: Fraction | None
    extra_keur_per_t: Fraction | None
    grades: tuple[str, ...]
    take_share: Fraction | None
    follows_second_source: str = ""
    supplier: str = ""
    part: str = ""
    decided_on: Day | None = None
    deals: tuple[str, ...] = ()
    price_basis: str = ""
    feed: str = ""
    index: str = ""
    a: Fraction | None = None
    b: Fraction | None = None
    floor: Fraction | None = None
    price_cap: Fraction | None = None
    name_zh: str = ""
    where: str = field(default="", compare=False)


def spelled_deal(name: str) -> str:
    """Returns the id of a transaction, or `none` in the program's spelling.

    Args:
        name: The id as written.
    """
    return NO_DEALS if name.casefold() in transactions.NO_DEALS else name


def states_none(row: GradeRow | MixOptionRow) -> bool:
    """Returns whether the company states that an option or stock needs no transaction.

    Args:
        row: The option, or the grade.
    """
    return row.deals == (NO_DEALS,)


def transactions_of(row: GradeRow | MixOptionRow) -> tuple[str, ...]:
    """Returns the transactions that an option or stock needs.

    Args:
        row: The option, or the grade.
    """
    return tuple(name for name in row.deals if name != NO_DEALS)


def says_anything(row: GradeRow | MixOptionRow) -> bool:
    """Returns whether a row has begun to say what it brings across a border; a plant alone says where it works.

    Args:
        row: The option, or the grade.
    """
    return bool(row.supplier or row.part or row.deals)
