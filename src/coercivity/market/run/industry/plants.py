"""Plants outside China month by month: projects, ramp-up, delays, and the effect of refused technology or staff.

A plant of recorded dependence 2 or 3 needs a licence in the year before its start-up and as long as it runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from coercivity.base.canonical import round_sig
from coercivity.base.months import Month, parse_month
from coercivity.market.inputs.coefficients import CHINA
from coercivity.market.inputs.figures import Figures, Row
from coercivity.market.network.further_ores import other_ores
from coercivity.market.program.state import BASE_MONTH
from coercivity.permission.gate import Gate

BUILT = ("operating", "ramping", "commissioning", "construction", "committed", "planned")
SLIPPING = ("construction", "committed", "planned", "study")
# Decided by expected price; the others go as tabulated.
STUDIED, COMMITTED = "study", "committed"
MINE, LIGHT = "mine", "sep_light"
UNDECIDED = (COMMITTED, "planned", STUDIED)
ASKS_AT = 2
YEAR = 12
STATUS_MONTH = parse_month("2026-10")
ACTS = ("technology", "service", "assistance", "equipment")
_UNITS = {
    ("magnet", "magnets"): ("magnet", "magnet"),
    ("magnet_smco", "SmCo"): ("magnet_smco", "magnet"),
    ("metal", "metal"): ("metal", "other"),
    ("sep_light", "NdPr oxide"): ("sep_light", "other"),
    ("sep_heavy", "Dy+Tb oxide"): ("sep_heavy", "other"),
    ("recycling", "oxide"): ("recycling", "other"),
}
_RAMP_YEARS = range(1, 5)

# Activity, region, stage, month of activity and of information: control status, and share of applications granted.
PlantLaw = Callable[[str, str, str, Month], tuple[Gate, float]]


@dataclass(frozen=True, slots=True)
class Plant:
    """A plant of the model.

    Attributes:
        limit: Capacity to which it adds.
        capacity_t: Nameplate in the unit of that capacity [t/month].
        start: First month according to its owners or the table, including delays in the table.
        dependence: On Chinese know-how, equipment or staff: 0 to 3.
        waiting: Whether it had not started when the table was made, so that the law may still delay it.
        status: Status in the table; empty for a plant of a scenario.
        decided: Month in which a plant of a scenario is decided; it is not foreseen before. None: known from the start.
        project: Id of its project in the table, which may have plants of several stages.
    """

    id: str
    region: str
    stage: str
    limit: str
    family: str
    capacity_t: float
    planned: Month
    start: Month
    dependence: int
    waiting: bool = True
    status: str = ""
    decided: Month | None = None
    project: str = ""

    def starting(self, month: Month) -> Plant:
        """Returns the plant with another start."""
        return replace(self, start=month)


@dataclass(frozen=True, slots=True)
class PlantPath:
    """The path of a plant.

    Attributes:
        delay_months: Delay of its start-up due to the law.
        findings: Control status by activity, in the month that decides its start-up.
        clauses: Provisions responsible.
        upkeep: Remaining share of capacity, from the first month of the run on.
    """

    plant: Plant
    start: Month
    delay_months: float
    findings: tuple[tuple[str, str], ...]
    clauses: tuple[str, ...]
    upkeep: tuple[float, ...]


def plants(figures: Figures, *, studied: bool = False) -> tuple[list[Plant], list[str]]:
    """Returns the plants outside China in the model, and the ids of those left out.

    A mine is in the model if the table names the ore whose assay it has.

    Args:
        figures: The rows of the data set.
        studied: Whether those count that are only studied, and mines that are not decided.

    Source: equation 19 of docs/market.md; table `plants` of the market data set.
    """
    found, left = [], []
    for key, row in sorted(figures.rows("plants").items()):
        if row["in_model"] != "1" or row["model_region"] == CHINA:
            continue
        waits = row["status_2026_10"] in (UNDECIDED if row["model_stage"] == MINE else (STUDIED,))
        plant = _plant(figures, row) if studied or not waits else None
        if plant is None:
            left.append(key)
        else:
            figures.row("plants", key)
            found.append(plant)
    return found, left


def _plant(figures: Figures, row: Row) -> Plant | None:
    planned = start_month(row["start_to_use"])
    if row["status_2026_10"] not in (*BUILT, STUDIED) or planned is None or not row["capacity"]:
        return None
    region, stage = row["model_region"], row["model_stage"]
    mass = float(row["capacity"]) / YEAR
    if stage == MINE:
        if not row["deposit_id"]:
            return None
        limit, family = f"mine:{row['deposit_id']}:{region}", "other"
        mass *= float(row["reo_per_unit"] or 1.0)
    else:
        unit = _UNITS.get((stage, row["unit_of"]))
        if unit is None:
            return None
        limit, family = f"{unit[0]}:{region}", unit[1]
    start, status = planned, row["status_2026_10"]
    if status in SLIPPING and planned > STATUS_MONTH:
        start = STATUS_MONTH + round((planned - STATUS_MONTH) * figures.assumption("start_slip"))
    dependence = int(row["chinese_dependence_0_3"])
    waiting = status not in ("operating", "ramping")
    return Plant(
        row["plant_id"],
        region,
        stage,
        limit,
        family,
        mass,
        planned,
        start,
        dependence,
        waiting,
        status,
        project=row["projects_id"],
    )


def limits_of(plant: Plant) -> tuple[str, ...]:
    """Returns the capacities to which a plant adds."""
    opened = plant.stage == LIGHT and plant.planned > BASE_MONTH
    return (plant.limit, other_ores(plant.region)) if opened else (plant.limit,)


def opens(plant: Plant, last: Month, months: int, wait: int) -> bool:
    """Returns whether a plan of a run may see a plant; every one that is no mine counts.

    Args:
        plant: The plant.
        last: Last month of the run.
        months: Months of a plan.
        wait: Months in a row in which the margin must cover the charge.
    """
    if plant.stage != MINE or plant.status not in UNDECIDED:
        return True
    earliest = STATUS_MONTH + (0 if plant.status == COMMITTED else wait - 1)
    return last > earliest and plant.planned < last + months


def start_month(text: str) -> Month | None:
    """Returns the start-up month of a plant from a year, a half-year, a quarter or a month."""
    year, _, part = text.partition("-")
    if len(year) != 4 or not year.isdigit():
        return None
    first = {"": 7, "H1": 4, "H2": 10, "Q1": 2, "Q2": 5, "Q3": 8, "Q4": 11}.get(part)
    if first is None:
        first = int(part) if part.isdigit() and 1 <= int(part) <= YEAR else 0
    return parse_month(f"{year}-{first:02d}") if first else None


def follow(figures: Figures, entries: Iterable[Plant], law: PlantLaw, first: Month, last: Month) -> list[PlantPath]:
    """Returns the path of each plant from a first to a last month.

    Args:
        figures: The rows with delays and decay rates.
        entries: The plants.
        law: Control status of an activity at a plant in a month, as known then, and the share granted.
        first: First month of the run.
        last: Last month of the run.

    Source: equations 19 and 20 of docs/market.md; MOFCOM 62/2025, Articles 1 and 7; Decree 331, Article 42.
    """
    return [_followed(figures, plant, law, first, last) for plant in entries]


def _followed(figures: Figures, plant: Plant, law: PlantLaw, first: Month, last: Month) -> PlantPath:
    months = range(first, last + 1)
    if plant.dependence < ASKS_AT:
        return PlantPath(plant, plant.start, 0.0, (), (), tuple(1.0 for _ in months))
    delay, findings, clauses = 0.0, [], []
    if plant.waiting:
        # The year before the start-up decides: if a licence is refused in its middle, another supplier is sought.
        asked_on = plant.start - YEAR // 2
        for act in ACTS:
            gate, granted = law(act, plant.region, plant.stage, asked_on)
            if not gate.free:
                lacking = "equipment" if act == "equipment" else "engineers"
                delay = max(delay, (1 - granted) * figures.assumption(f"delay_without_{lacking}"))
                findings.append((act, gate.finding))
                clauses += [name for name in gate.clauses if name not in clauses]
    start = plant.start + round(delay)
    decay, least = figures.assumption("upkeep_decay"), figures.assumption("least_upkeep")
    upkeep, left = [], 1.0
    for month in months:
        gate, granted = law("service", plant.region, plant.stage, month)
        if not gate.free and month >= start:
            left = max(least, left * (1 - decay * (1 - granted)))
        upkeep.append(round_sig(left))
    return PlantPath(plant, start, round_sig(delay), tuple(findings), tuple(clauses), tuple(upkeep))


def ramp(figures: Figures, family: str, months: int) -> float:
    """Returns the share of nameplate capacity that a plant reaches by months after its start-up."""
    if months < 0:
        return 0.0
    shares = _shares(figures)[family]
    return shares[min(months // YEAR, len(shares) - 1)]


@lru_cache(maxsize=8)
def _shares(figures: Figures) -> dict[str, tuple[float, ...]]:
    return {
        family: tuple(figures.assumption(f"ramp_{family}_year_{year}") for year in _RAMP_YEARS)
        for family in ("magnet", "other")
    }


def added(figures: Figures, paths: Iterable[PlantPath], first: Month, month: Month) -> dict[str, float]:
    """Returns the additions of the plants to the capacities of the base year in a month [of the capacity's unit].

    A plant that ran in the base year is in its flows: it adds its later ramp-up, less its loss of capacity. Only light
    separation begun later treats ores that its region did not treat in the base year.

    Source: equations 21 and 86 of docs/market.md.
    """
    found: dict[str, float] = {}
    lost = figures.assumption("first_year_yield_loss")
    for path in paths:
        plant = path.plant
        now = ramp(figures, plant.family, month - path.start)
        if plant.dependence >= ASKS_AT and path.delay_months and 0 <= month - path.start < YEAR:
            now *= 1 - lost
        before = ramp(figures, plant.family, BASE_MONTH - plant.start)
        upkeep = path.upkeep[min(max(month - first, 0), len(path.upkeep) - 1)]
        found[plant.limit] = found.get(plant.limit, 0.0) + plant.capacity_t * (now * upkeep - before)
        for name in limits_of(plant)[1:]:
            found[name] = found.get(name, 0.0) + plant.capacity_t * now * upkeep
    return found
