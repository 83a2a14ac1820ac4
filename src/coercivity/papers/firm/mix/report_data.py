"""The best mix as report data: the structure of the result of `mix`.

Probabilities, masses [t], amounts [1000 EUR] and line-days are decimal text; null where there is none.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict

from coercivity.papers.firm.mix.prices_data import MixPricesData
from coercivity.papers.firm.own_names import NamesZh
from coercivity.papers.shared.names import Text


class MixPlanData(TypedDict):
    """A plan: options chosen, stock by grade [t], and what it costs; `over_best` is a share, null where unknown."""

    options: list[str]
    stock_t: dict[str, str]
    objective_keur: str
    mean_keur: str
    cvar_keur: str
    spent_keur: str
    lost_chance: str
    mean_lost_line_days: str
    worst_lost_line_days: str
    over_best_share: str | None


class MixScenarioData(TypedDict):
    """The best plan in a scenario, what doing nothing costs, and the least cost were that scenario known before."""

    scenario: str
    probability: str
    cost_keur: str
    lost_line_days: str
    not_served_t: dict[str, str]
    nothing_keur: str
    known_keur: str


class MixLimitData(TypedDict):
    """What a limit costs; `step` is null where the limit is left out."""

    limit: str
    now: str
    shadow_keur: str
    step: str | None
    saved_keur: str
    options: list[str]


class MixFlipPoint(TypedDict):
    """A value at which another plan is chosen; `options` is null where no plan keeps the limits."""

    value: str
    options: list[str] | None
    stock_t: dict[str, str]


class MixFlipData(TypedDict):
    """What one input would have to be; null where nothing changes up to the end that was looked at."""

    kind: str
    name: str
    now: str
    low: str
    high: str
    below: MixFlipPoint | None
    above: MixFlipPoint | None


class MixLateData(TypedDict):
    """The best plan where a legal fact is known late, without the limit on lost line-days."""

    days: int
    months: int
    options: list[str]
    stock_t: dict[str, str]
    mean_keur: str
    objective_keur: str
    in_time_worth_keur: str
    range: MixRangeData | None


class MixRangeData(TypedDict):
    """How sure a value is.

    Attributes:
        low_keur: Lower end of the 90 % interval of the mean; null where nothing says how sure the chances are.
        high_keur: Upper end; null where the lower one is.
        case_low_keur: 5 % of the cases are below it.
        case_high_keur: 5 % of the cases are above it.
        cases: Number of draws, or of scenarios of the user's table.
        rests_on: `draws` of the market, or the user's `table` of stops.
    """

    low_keur: str | None
    high_keur: str | None
    case_low_keur: str
    case_high_keur: str
    cases: int
    rests_on: str


class MixLicenceTimeData(TypedDict):
    """How long a licence takes by law if it is filed on the first day of the mix.

    Attributes:
        decided_by: Last day of the legal time limit; null where the law sets none, or a licence covers the goods.
        months: Whole months until then; 0 without a limit.
        entered: Months until the option can be used by the workbook.
        assumed: Whether a year without a published calendar lies between.
        held: Granted licence that already covers the goods; empty if none.
        held_until: Last day on which goods may leave under it; null if none.
        practice_by: For stock, the day on which it leaves after the longest time to a grant of the sheet Delays.
    """

    filed_on: str
    decided_by: str | None
    months: int
    entered: int | None
    assumed: bool
    held: str
    held_until: str | None
    practice_by: str | None


class MixGradeLawData(TypedDict):
    """The result of the law for an option and one of its grades.

    Attributes:
        grade: The grade; empty for an option not split by grade.
        months: Months until it can be used for the grade, licence time included.
        last: Last month in which it can be used, if a later rule ends it within the plan.
        ends_on: Day on which that rule begins to apply.
        on: Day of the strictest result, or of the one that ends it; `clauses` are those of that result.
        not_counted: Why the option is not counted for the grade; empty if it is.
    """

    grade: str
    outcome: str
    months: int
    last: int | None
    ends_on: str | None
    on: str | None
    clauses: list[str]
    not_counted: str


class MixOptionLawData(TypedDict):
    """The result of the law for an option, or for the stock of a grade, at its date.

    Attributes:
        kind: `option` or `stock`; then `option` is the grade.
        asked: Whether the law could be asked; else `missing` names the cells that it would need.
        outcome: The strictest result of its deals; empty if not asked.
        on: Day it was asked for.
        day_from: How that day was found: `given`, `start` of the mix, `usable`, `licence` time, date of `deals`, or
            later `change` of a rule.
        days: Days for which goods that go month by month were decided.
        grades: The result by grade; empty where the law was not asked, and for stock.
        clauses: Ids of the clauses that it rests on, and `clause_names` their names by language.
        deals: Transactions of a case folder that it needs; empty where the workbook's own cells describe it.
        deal_outcomes: Their outcomes.
        deals_after: Dates of those that come after the day on which the option is usable.
        counted: Whether a mix may choose it; PROCEED and LICENCE are counted, STOP and UNKNOWN are not.
        not_counted: Why it is not counted; empty if it is.
        stated: Whether it is counted by the statement of the company that no transaction is needed.
        said_by: Who declares, for such a statement; empty if the workbook names nobody.
        questions: What is open, if UNKNOWN.
        causes: Why it is open: `facts`, `law` (its status or meaning is unconfirmed) or `check` (not verified so far).
        ask_whom: Who answers that, by language; empty where the rulebook does not say.
        names: Findings of the screening of names, by language.
        months: Months until it can be used for the first of its grades, licence time included; for stock that
            requires a licence the months until it is there, else null.
        licence: Licence time, if a licence is required and is not the option itself.
        assumed: Planning assumptions under which it was decided, by language.
    """

    option: str
    kind: str
    asked: bool
    outcome: str
    on: str | None
    day_from: str
    clauses: list[str]
    clause_names: dict[str, dict[str, str]]
    deals: list[str]
    deal_outcomes: dict[str, str]
    deals_after: dict[str, str]
    counted: bool
    not_counted: str
    stated: bool
    said_by: str
    missing: list[str]
    questions: list[str]
    causes: list[str]
    ask_whom: dict[str, str]
    names: dict[str, list[str]]
    checked_through: str | None
    months: int | None
    days: list[str]
    grades: list[MixGradeLawData]
    licence: MixLicenceTimeData | None
    assumed: dict[str, dict[str, str]]


class MixRegretData(TypedDict):
    """Regret of the best plan in a legal path: its mean cost there over that of the plan made for that path alone."""

    path: str
    probability: str
    mean_keur: str
    least_keur: str
    least_options: list[str]
    regret_keur: str


class MixActionData(TypedDict):
    """One part of the best plan, such as an option or the stock of a grade, and what is lost without it.

    Attributes:
        kind: `option` or `stock`.
        name: The option or the grade.
        cost_keur: What it costs at the start.
        saves_keur: Mean cost without it less mean cost with it, its own cost included, the rest of the plan as it is.
        saves_per_keur: The same over its cost; null where it costs nothing.
        stop_chance_without: Chance of a lost line-day without it; `lost_line_days_without` is the mean of those lost.
    """

    kind: str
    name: str
    cost_keur: str
    saves_keur: str
    saves_per_keur: str | None
    stop_chance_without: str
    lost_line_days_without: str


class MixKnowingData(TypedDict):
    """What it is worth to know one uncertain column of the scenarios before choosing [1000 EUR]."""

    column: str
    worth_keur: str


class MixPathData(TypedDict):
    """A legal path of draws: its name as the rulebook spells it, its number of draws, and its chance."""

    path: str
    draws: int
    chance: str


class MixDriversData(TypedDict):
    """Draws of the market that the scenarios of a mix are.

    Attributes:
        read_from: Name of the file or folder, or `cache`.
        packed: Whether it is a small file.
        paths: Legal paths; `chances_from` says whether their chances are `equal` or those of the user's `table`.
        first_month: First month of the mix, YYYY-MM.
        last_month: Last month of the mix.
        form: Form of the goods, `region` and `countries` those of the plants.
        country_names: Name of each country by language.
        made_with: Version of the law and of each data set.
        stale: What of it is another one today.
        wait_months: Months ahead that a firm files; `ahead_months` with the option filing.
        granted_share: Share of files granted over all draws.
        fed_from_china: Second sources that draws cut.
        priced: Indices that move as the market of the draw does.
        priced_by_sheet: Indices that are those of the sheet Index in every draw.
    """

    read_from: str
    packed: bool
    paths: list[MixPathData]
    chances_from: str
    first_month: str
    last_month: str
    form: str
    region: str
    countries: list[str]
    country_names: dict[str, Text]
    made_with: dict[str, str]
    stale: list[str]
    wait_months: int
    ahead_months: int
    granted_share: str
    fed_from_china: list[str]
    priced: list[str]
    priced_by_sheet: list[str]


class MixFrontierData(TypedDict):
    """The best plan at a weight on CVaR, and by how much the next best choice is worse."""

    weight: str
    plan: MixPlanData
    next_over_share: str | None


class MixBasisData(TypedDict):
    """Grades and options whose prices are on one basis; `basis` is empty where the workbook does not state it."""

    basis: str
    names: list[str]


class MixSimulatedData(TypedDict):
    """The best plan over simulated scenarios; `error_keur` is the standard error of the mean."""

    draws: int
    seed: int
    mean_keur: str
    error_keur: str
    lost_share: str


class MixReport(TypedDict):
    """The best mix.

    `reading` is `known_at_start`: the scenario is known at the start of month 1. `law` has one entry for each option,
    and for the stock of each grade about which the law was asked; `law_asked` says whether it was asked about any.
    `draws` is the number of draws that the scenarios are, null for the user's own table; `drivers` then says which.
    `knowing` is null where it takes too long. `mixed_bases_accepted` says who accepts prices on several bases and why,
    as in the sheet Settings. `names_zh` are names of the company in Chinese, left out where its workbook gives none.
    `hash` covers the workbook, the question and all else here.
    """

    firm: str
    months: int
    reading: str
    law_asked: bool
    independent: list[str]
    weight: str
    cvar_level: str
    best: MixPlanData
    choices: list[MixPlanData]
    sets_of_options: int | None
    do_nothing: MixPlanData
    scenarios: list[MixScenarioData]
    limits: list[MixLimitData]
    known_mean_keur: str
    known_worth_keur: str
    nothing_known: MixPlanData
    nothing_known_extra_keur: str
    nothing_known_best: MixPlanData | None
    flips: list[MixFlipData] | None
    late: list[MixLateData] | None
    frontier: list[MixFrontierData] | None
    assumed: list[str]
    in_hand_t: dict[str, str]
    in_hand_not_counted_t: dict[str, str]
    price_bases: list[MixBasisData]
    mixed_bases_accepted: str
    law: list[MixOptionLawData]
    regret: list[MixRegretData]
    actions: list[MixActionData]
    knowing: list[MixKnowingData] | None
    draws: int | None
    drivers: MixDriversData | None
    prices: MixPricesData | None
    simulated: MixSimulatedData | None
    names_zh: NotRequired[NamesZh]
    hash: str
