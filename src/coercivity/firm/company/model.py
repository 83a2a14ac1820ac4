"""A company as its workbook describes it: parts, plants, stock, goods under way, licences, contracts and delays.

Masses are exact [kg]; shares are parts of one. `where` is the place of a row in the file; it does not count when rows
are compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from coercivity.base.days import Day
from coercivity.firm.company.mix_sheets.rows import GradeRow, LimitRow, MixOptionRow, StopRow
from coercivity.workbooks.elements import LISTED, MISCHMETAL

UseCalendar = Literal["calendar", "working"]
Refused = Literal["refused"]
NO_LICENCE = "none"


@dataclass(frozen=True, slots=True)
class Part:
    """A part or material.

    Attributes:
        part: Its id.
        grade: Grade as the trade writes it; empty if none.
        form: magnet, metal, alloy, oxide or powder; empty if not given.
        piece_kg: Mass of one piece [kg].
        value_usd_per_kg: Price [USD/kg].
        shares: Mass shares of the elements above zero; Nd and Pr count as one element, NdPr.
        free_of: Elements whose share is stated to be zero; an element in neither is not stated.
        name_zh: Its description in Chinese; empty if not given.
        other_rare_earths: `none` if the company states, from a test report, that the part holds no rare earth and no
            other listed element but those in `shares`; empty if that is not known.
    """

    part: str
    grade: str
    name: str
    form: str
    piece_kg: Fraction | None
    value_usd_per_kg: Fraction | None
    shares: Mapping[str, Fraction]
    free_of: frozenset[str] = frozenset()
    other_rare_earths: Literal["none", ""] = ""
    name_zh: str = ""
    where: str = field(default="", compare=False)

    @property
    def absent(self) -> frozenset[str]:
        """Elements that the company states the part does not contain; mischmetal holds several that are not named."""
        if self.other_rare_earths != "none" or MISCHMETAL in self.shares:
            return self.free_of
        return self.free_of | (LISTED - self.shares.keys())


@dataclass(frozen=True, slots=True)
class Plant:
    """A plant.

    Attributes:
        line_day_keur: Cost of a day without production [1000 EUR]; None if not given.
    """

    plant: str
    name: str
    country: str
    line_day_keur: Fraction | None
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Use:
    """Use of a part at a plant.

    Attributes:
        quantity_kg: Use per day of use, week, month or year [kg].
        calendar: Every day, or Monday to Friday; closed days are without use in both.
    """

    plant: str
    part: str
    quantity_kg: Fraction
    per: Literal["day", "week", "month", "year"]
    calendar: UseCalendar
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Closed:
    """Days on which a plant uses nothing, both included."""

    plant: str
    from_on: Day
    to_on: Day
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Stock:
    """Stock on the evening of the count.

    Attributes:
        quantity_kg: What there is, that in quarantine included [kg].
        quarantine_kg: Of it not released yet [kg].
        released_on: Day from which that in quarantine can be used; None: never.
        serves: Part for which it may be used instead of its own, from `released_on` on; empty: its own.
    """

    plant: str
    part: str
    quantity_kg: Fraction
    quarantine_kg: Fraction
    released_on: Day | None
    serves: str
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Supplier:
    """A supplier.

    Attributes:
        name: Name of the company, which is screened; empty if not given.
        country: Country from which the goods are exported; empty if not given: the law is then not asked.
    """

    supplier: str
    name: str
    country: str
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class LicenceHeld:
    """A licence, granted or filed.

    Attributes:
        names: Plants that it names.
        filed: Day of filing; None if granted, or where each lot has its own.
        valid_until: Last day on which goods may leave under it.
    """

    licence: str
    supplier: str
    kind: Literal["single", "general"]
    state: Literal["granted", "filed"]
    names: tuple[str, ...]
    filed: Day | None
    valid_until: Day | None
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot of goods under way or ordered.

    Attributes:
        state: Past Chinese customs, or waiting.
        licence: Licence under which it leaves; `none` for goods that need none.
        filed: Day on which its licence was filed; None if it needs none or has one.
        leaves: Day on which it is ready to leave; None: as soon as it may.
        arrives: Day of arrival of a lot that is past customs.
        serves: Part for which it may be used instead of its own, from `released_on` on; empty: its own.
        deal: Transaction of the case folder that it is part of; empty if none is named.
    """

    lot: str
    supplier: str
    part: str
    plant: str
    quantity_kg: Fraction
    state: Literal["cleared", "waiting"]
    licence: str
    filed: Day | None
    leaves: Day | None
    transit_days: int | None
    arrives: Day | None
    contract: str
    serves: str
    released_on: Day | None
    deal: str = ""
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract by month: price = a + b x index, not below the floor, not above the cap [USD/kg].

    Attributes:
        volume_kg: Quantity of a month [kg].
        take_share: Share of it that is paid for whether taken or not.
    """

    contract: str
    supplier: str
    licence: str
    filed: Day | None
    index: str
    a: Fraction
    b: Fraction
    floor: Fraction | None
    cap: Fraction | None
    volume_kg: Fraction
    take_share: Fraction
    start: Day
    end: Day
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class ClauseOn:
    """A clause and the elements that it touches; `name_zh` and `what_zh` are in Chinese, empty if not given."""

    clause: str
    what: str
    elements: tuple[str, ...]
    name_zh: str = ""
    what_zh: str = ""
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Delay:
    """A scenario of the authority, which decides all files and the renewal alike.

    Attributes:
        single_days: From filing to grant [calendar days].
        renewal_days: From the last day of a general licence to its renewal [calendar days].
        name_zh: Its name in Chinese; empty if not given.
    """

    scenario: str
    probability: Fraction
    single_days: int | Refused
    renewal_days: int | Refused
    name_zh: str = ""
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Option:
    """Something that the company may do, with its cost.

    Attributes:
        cost_keur: Cost [1000 EUR]; None if not given.
        name_zh: Its name in Chinese; empty if not given.
    """

    option: str
    kind: Literal["file sooner", "renew sooner", "air freight", "more stock", "release quarantine"]
    plant: str
    part: str
    lot: str
    days: int | None
    quantity_kg: Fraction | None
    cost_keur: Fraction | None
    name_zh: str = ""
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class StageRow:
    """One alternative of a stage of the licence chain.

    Attributes:
        cases: Number of cases that the row rests on; None if not counted.
    """

    stage: str
    unit: UseCalendar
    days: int
    probability: Fraction
    quality: str
    source: str
    cases: int | None
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """The chance that a file is returned in a round.

    Attributes:
        first_round: The round.
        later: Whether it holds for all later rounds too.
        found_on_day: Working day of the round on which it is returned.
        rework_days: Working days until it is filed again.
    """

    stage: str
    first_round: int
    later: bool
    chance: Fraction
    found_on_day: int
    rework_days: int
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """Days off, or weekend days on which work is made up.

    Attributes:
        assumed: Whether no notice is published and the row is assumed for planning.
    """

    from_on: Day
    to_on: Day
    made_up: bool
    assumed: bool
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Declaration:
    """A compliance declaration of the company for all its lots.

    Attributes:
        name: A fact of the rulebook, or `said_by`, `said_on`, `lists`, `version`: who declares, when, and what was
            searched.
        value_zh: The value as a Chinese page shows it, such as who declares; empty if not given.
    """

    name: str
    value: str
    value_zh: str = ""
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class CompanySettings:
    """Single values; each is None, or empty, where it is not given."""

    firm: str = ""
    as_of: Day | None = None
    until: Day | None = None
    leaves_days_after_grant: int | None = None
    signed: Day | None = None
    needed: Day | None = None
    confidence: Fraction | None = None
    plant: str = ""
    stock_through: Day | None = None
    use: Fraction | None = None
    lot: Fraction | None = None
    lost_day: Fraction | None = None
    air_over_sea: Fraction | None = None
    general_licence_valid_through: Day | None = None
    general_licence_plant: tuple[str, ...] = ()
    independent: str = ""
    months: int | None = None
    mixed_price_bases: str = ""
    sea_months: int | None = None
    discount_per_month: Fraction | None = None
    left_over_worth_share: Fraction | None = None
    usd_per_eur: Fraction | None = None
    chances_rest_on_cases: int | None = None


@dataclass(frozen=True, slots=True)
class Company:
    """All that a workbook says.

    Attributes:
        index: Index values by name and month (YYYY-MM) [USD/kg].
        options: Options for stop dates.
        mix_options: Options that a mix is chosen from.
        monthly_use: Use by grade and number of the month [t].
        price_paths: Index values by scenario, name and month (YYYY-MM) [USD/kg].
        places: Place of each setting in the file, by name.
        sheets: Keys of the sheets that the file has.
    """

    settings: CompanySettings = CompanySettings()
    parts: tuple[Part, ...] = ()
    plants: tuple[Plant, ...] = ()
    use: tuple[Use, ...] = ()
    closed: tuple[Closed, ...] = ()
    stock: tuple[Stock, ...] = ()
    suppliers: tuple[Supplier, ...] = ()
    licences: tuple[LicenceHeld, ...] = ()
    in_transit: tuple[Lot, ...] = ()
    contracts: tuple[Contract, ...] = ()
    index: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)
    clauses: tuple[ClauseOn, ...] = ()
    delays: tuple[Delay, ...] = ()
    options: tuple[Option, ...] = ()
    mix_options: tuple[MixOptionRow, ...] = ()
    grades: tuple[GradeRow, ...] = ()
    monthly_use: Mapping[str, Mapping[int, Fraction]] = field(default_factory=dict)
    scenarios: tuple[StopRow, ...] = ()
    price_paths: Mapping[str, Mapping[str, Mapping[str, Fraction]]] = field(default_factory=dict)
    limits: tuple[LimitRow, ...] = ()
    stages: tuple[StageRow, ...] = ()
    returns: tuple[ReturnRow, ...] = ()
    calendar: tuple[CalendarRow, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict, compare=False)
    sheets: frozenset[str] = field(default=frozenset(), compare=False)
