"""The licence clock as a chain: stages in days of a calendar, files returned, a general licence, ways of transport.

Probabilities are exact. The day of signing is day 0. A stage in calendar days ends that many days after the one before;
one in working days ends on the n-th working day after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from coercivity.base.days import Day

StageUnit = Literal["calendar", "working"]
# Names of ways of transport, which end the chain; any other stage is passed in its order.
MODES = ("sea", "air", "rail", "road", "courier freight")
MINISTRY, CERTIFICATE = "ministry", "certificate"


@dataclass(frozen=True, slots=True)
class Alternative:
    """One length of a stage.

    Attributes:
        days: Length in the unit of the stage [days].
        probability: Its probability.
    """

    days: int
    probability: Fraction


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage; its alternatives are independent of those of other stages.

    Attributes:
        name: As the user wrote it.
        kind: Its canonical name, whatever the language: ministry, certificate, a way of transport; empty for others.
        alternatives: In the order of the rows; the first is the one that is named first.
        quality: law, measured, reported, estimated or assumed; empty if the user did not say.
        cases: Cases that it rests on; None if not counted. Fewer than ten are too few to speak of shares.
    """

    name: str
    unit: StageUnit
    alternatives: tuple[Alternative, ...]
    quality: str = ""
    source: str = ""
    cases: int | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Returns:
    """Files returned at a stage; after the rework its full term begins again.

    Attributes:
        stage: Name of the stage.
        chances: By round from the first; the last one holds for all later rounds.
        found_on_day: Working day of a round on which a file is returned.
        rework_days: Working days until it is filed again.
        later: Both of the second round, the third and so on, where they differ from the first; the last holds on.
    """

    stage: str
    chances: tuple[Fraction, ...]
    found_on_day: int
    rework_days: int
    later: tuple[tuple[int, int], ...] = ()

    def round(self, number: int) -> tuple[Fraction, int, int]:
        """Returns the chance of return, the day of the return and the days of rework of a round, the first being 1."""
        chance = self.chances[min(number, len(self.chances)) - 1]
        days = ((self.found_on_day, self.rework_days), *self.later)
        found, rework = days[min(number, len(days)) - 1]
        return chance, found, rework

    @property
    def listed(self) -> int:
        """Number of the round from which on all are alike."""
        return max(len(self.chances), 1 + len(self.later))


@dataclass(frozen=True, slots=True)
class GeneralLicence:
    """A general licence that leaves out the ministry while it is valid.

    Where the stages from `first_after` to `finishes`, counted from the end of the stage before the ministry, would end
    by the last day, the ministry and its returns are left out; else the whole chain runs.

    Attributes:
        valid_through: Last day.
        names: Plants that it names.
        leaves_out: Stage that is left out.
        finishes: Stage that must end by the last day.
    """

    valid_through: Day
    names: tuple[str, ...]
    leaves_out: str = MINISTRY
    finishes: str = CERTIFICATE


@dataclass(frozen=True, slots=True)
class Chain:
    """The chain of one application.

    Attributes:
        stages: In their order, without transport.
        modes: Ways of transport; each ends the chain.
        returns: By name of the stage.
        general: A general licence that names the plant; None if there is none.
    """

    stages: tuple[Stage, ...]
    modes: tuple[Stage, ...]
    returns: Mapping[str, Returns]
    general: GeneralLicence | None = None


@dataclass(frozen=True, slots=True)
class PartByAir:
    """What a part by air is worth.

    Attributes:
        stock_through: Last day for which stock is enough.
        lot_kg: Mass of the lot [kg].
        lost_day_usd: Cost of a day without use [USD].
        air_over_sea_usd_per_kg: What air costs more than sea [USD/kg].
    """

    stock_through: Day
    use_kg: Fraction
    lot_kg: Fraction
    lost_day_usd: Fraction
    air_over_sea_usd_per_kg: Fraction


@dataclass(frozen=True, slots=True)
class StageDay:
    """The end of a stage on one path.

    Attributes:
        what: ends, returned, or filed again.
        assumed: Whether the year is counted by an assumed calendar.
    """

    stage: str
    what: Literal["ends", "returned", "refiled"]
    on: Day
    assumed: bool


@dataclass(frozen=True, slots=True)
class ChainPath:
    """One path through the chain.

    Attributes:
        name: first: the first rows, no return; slowest: the longest rows, no return; one_return: the first rows, once
            returned, by the ministry if it returns files, else by the first stage that does.
        general: Whether the ministry is left out on it.
    """

    name: Literal["first", "slowest", "one_return"]
    mode: str
    general: bool
    days: tuple[StageDay, ...]


@dataclass(frozen=True, slots=True)
class LatestDay:
    """The last day of signing with which a confidence is reached.

    Attributes:
        confidence: The confidence asked for.
        sign_on: The day, which may be before the day of signing asked for; None if no day reaches it.
        chance: Chance of arrival when signed on it.
        chance_after: The same, signed one day later.
        draws_chance: Chance of arrival in the simulation when signed on it; None if not simulated.
    """

    confidence: Fraction
    sign_on: Day | None
    chance: Fraction | None
    chance_after: Fraction | None
    draws_chance: Fraction | None = None


@dataclass(frozen=True, slots=True)
class ModeTimes:
    """Arrival by one way of transport.

    Attributes:
        quantiles: First day by which at least that per cent has arrived; None if beyond what is counted.
        by_needed: Chance of arrival by the day needed, that day included; None if no day is given.
        latest: Latest days of signing.
        days: Chance of arrival by day, from the first possible one, for charts.
        draws_by_needed: The same chance in the simulation; None if not simulated.
    """

    mode: str
    quantiles: Mapping[int, Day | None]
    by_needed: Fraction | None
    latest: tuple[LatestDay, ...]
    days: tuple[tuple[Day, Fraction], ...]
    draws_by_needed: Fraction | None = None
    draws_quantiles: Mapping[int, Day | None] | None = None


@dataclass(frozen=True, slots=True)
class AirRow:
    """A mass by air.

    Attributes:
        by_air_kg: The mass [kg].
        mean_lost_days: Mean of the days without use.
        chance_none: Chance of no such day.
        extra_usd: Extra freight [USD].
        total_usd: Extra freight and the mean cost of lost days [USD].
    """

    by_air_kg: Fraction
    mean_lost_days: Fraction
    chance_none: Fraction
    extra_usd: Fraction
    total_usd: Fraction


@dataclass(frozen=True, slots=True)
class AirAnswer:
    """What a part by air buys.

    Attributes:
        rows: Masses in rising order; the first is 0.
        best_kg: Mass with the least freight and loss [kg].
        gaps: Days between air and sea and their probabilities.
        first_step_kg: Least mass that changes the chance of no lost day [kg]; None if none does.
        over: Way of transport of the rest.
        one_mode_source: Address of the report that a licence is for one way of transport; empty if there is none.
        use_kg: Use on each calendar day, so that a mass can be told in days [kg].
    """

    rows: tuple[AirRow, ...]
    best_kg: Fraction
    gaps: tuple[tuple[int, Fraction], ...]
    first_step_kg: Fraction | None
    over: str = "sea"
    use_kg: Fraction | None = None
    one_mode_source: str = ""


@dataclass(frozen=True, slots=True)
class GeneralPractice:
    """What reports say of general licences; practice, not law.

    Attributes:
        holders: Exporters that are reported to hold one.
        years: Validity of those reported [years].
        years_by_law: The longest that the law allows [years].
        conditions: Conditions reported, in English and Chinese.
        source: Address of a report.
    """

    first_reported: Day
    holders: tuple[str, ...]
    years: str
    years_by_law: str
    conditions: tuple[Mapping[str, str], ...]
    source: str


@dataclass(frozen=True, slots=True)
class GeneralAnswer:
    """What a general licence does.

    Attributes:
        names_plant: Whether it names the plant; if not, it changes nothing.
        left_out: Chance that the ministry is left out, signed on the day.
        sure_until: Last day of signing with which it is left out for sure; None if none is.
        never_from: First day of signing with which it is never left out.
        modes: Results by way of transport under the licence; those of the whole chain are in the answer.
        paths: Example paths under the licence.
        practice: What reports say of such licences by the day of signing; None if none does.
    """

    licence: GeneralLicence
    names_plant: bool
    left_out: Fraction
    sure_until: Day | None
    never_from: Day | None
    modes: tuple[ModeTimes, ...] = ()
    paths: tuple[ChainPath, ...] = ()
    practice: GeneralPractice | None = None


@dataclass(frozen=True, slots=True)
class ChainAnswer:
    """The licence clock of a chain.

    Attributes:
        plant: Plant to which the goods go; empty if not given.
        paths: Example paths, by way of transport.
        modes: Results by way of transport through the whole chain, without a general licence.
        ministry_mean_days: Mean time at the stage that returns files, rework included [working days]; the ministry's if
            it does.
        three_rounds: Chance of three or more rounds there.
        general: What a general licence does; None if there is none.
        air: What a part by air buys; None if it was not asked.
        exact: Whether every path was counted; else it was simulated.
        draws: Number of draws of the simulation; 0 if there was none.
        not_arrived: Probability beyond the last counted day; 0 if all paths were counted to the end.
        assumed_from: First day of the years counted by an assumed calendar; None if none was reached.
        returning: Name of the stage of `ministry_mean_days` and `three_rounds`; empty if none returns files.
    """

    chain: Chain
    signed: Day
    needed: Day | None
    confidences: tuple[Fraction, ...]
    plant: str
    paths: tuple[ChainPath, ...]
    modes: tuple[ModeTimes, ...]
    ministry_mean_days: Fraction | None
    three_rounds: Fraction | None
    general: GeneralAnswer | None
    air: AirAnswer | None
    exact: bool
    draws: int
    not_arrived: Fraction
    assumed_from: Day | None
    returning: str = ""
