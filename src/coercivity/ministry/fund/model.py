"""What the workbook for public money says, row by row: money exact, in the units of its names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

Instrument = Literal["grant", "loan", "price floor", "offtake", "stockpile"]
ByYear = Mapping[int, Fraction]
PRICED: tuple[Instrument, ...] = ("price floor", "stockpile")  # their cost needs prices
SHARED: tuple[Instrument, ...] = ("loan", "stockpile")  # they need a share


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project.

    Attributes:
        additional: Share of its capacity that is not built without public money.
        controlled_technology: `yes` if it needs technology that may be refused.
        delay_years: Further years of delay after a refusal; None if not given.
        cost_usd_per_kg: Its own cost [USD/kg]; None if not given.
        slips: Chance of each number of years by which the whole plan is late.
        refusal: Chance of a refusal by path.
    """

    project: str
    what: str
    stage: str
    element: str
    additional: Fraction
    controlled_technology: str
    delay_years: int | None
    cost_usd_per_kg: Fraction | None
    slips: Mapping[int, Fraction]
    refusal: Mapping[str, Fraction]
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class CapacityRow:
    """Capacity of a project as planned [t a year]."""

    project: str
    t: ByYear
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class PathRow:
    """A legal path."""

    path: str
    probability: Fraction
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class ValueRow:
    """What one kilogram of capacity of a stage is worth in each year on a path [USD/kg], not discounted.

    A workbook states it, or it comes from the dual values of capacity of the market model.

    Attributes:
        project: The only project that it is for, in place of the row for all; empty for every one of that stage.
    """

    path: str
    stage: str
    element: str
    usd_per_kg: ByYear
    project: str = ""
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class PriceRow:
    """Price of an element on a path [USD/kg].

    Attributes:
        project: The only project that it is for, in place of the row for all; empty for every one.
    """

    path: str
    element: str
    usd_per_kg: ByYear
    project: str = ""
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class InstrumentRow:
    """A way to fund a project.

    Attributes:
        amount: Grant and loan [MUSD], floor and premium [USD/kg], share of the last price for a stockpile.
        share: Share of a loan that is public cost; share of the output that a stockpile buys; None for the others.
    """

    project: str
    instrument: Instrument
    amount: Fraction
    share: Fraction | None
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class InteractionRow:
    """Change of the value of a set that holds two projects [MUSD]."""

    path: str
    one: str
    other: str
    musd: Fraction
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class FundSettings:
    """Single values; each is None, or empty, where it is not given.

    Attributes:
        budget_musd: Public money that may be committed on each path [MUSD].
        discount: Discount rate a year.
        years_after: Years after the last one in which its figures go on.
    """

    title: str = ""
    budget_musd: Fraction | None = None
    discount: Fraction | None = None
    years_after: int | None = None


@dataclass(frozen=True, slots=True)
class FundBook:
    """All that a workbook says.

    Attributes:
        places: Place of each setting in the file, by name.
    """

    settings: FundSettings = FundSettings()
    projects: tuple[ProjectRow, ...] = ()
    capacity: tuple[CapacityRow, ...] = ()
    paths: tuple[PathRow, ...] = ()
    values: tuple[ValueRow, ...] = ()
    prices: tuple[PriceRow, ...] = ()
    instruments: tuple[InstrumentRow, ...] = ()
    interaction: tuple[InteractionRow, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict, compare=False)
