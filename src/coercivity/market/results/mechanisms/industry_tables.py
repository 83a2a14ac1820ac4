"""Plants outside China and closed capacity as tables."""

from __future__ import annotations

from collections.abc import Sequence

from coercivity.base.canonical import round_sig
from coercivity.base.months import month_text
from coercivity.market.program.state import IndustryState
from coercivity.market.results.mechanisms.rows import ClosureRow
from coercivity.market.results.rows import PlantRow
from coercivity.market.run.industry.plants import YEAR, Plant, PlantPath
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.simulate import Simulation

NO_STATE = IndustryState()


def plant_rows(simulation: Simulation) -> list[PlantRow]:
    """Returns each plant outside China with planned and modelled start-up, its decision, and the reason for a delay."""
    paths = {path.plant.id: path for path in simulation.plants}
    last = simulation.months[-1].after.industry if simulation.months else NO_STATE
    return [plant_row(plant, paths.get(plant.id), last) for plant in simulation.entries]


def plant_row(plant: Plant, path: PlantPath | None, industry: IndustryState = NO_STATE) -> PlantRow:
    """Returns the result for a plant.

    Args:
        plant: The plant as tabulated.
        path: Its path; None if it is not decided or has stopped.
        industry: Projects after the last month.
    """
    appraisal = industry.appraisals.get(plant.id)
    given = "tabulated" if plant.status else "scenario"
    decided = industry.decided_on.get(plant.id, plant.decided)
    if plant.id in industry.decided_on and appraisal is not None:
        decision = "public_money" if appraisal.funded else "price"
    else:
        decision = given if path is not None or plant.id in industry.work_left else "none"
    return {
        "plant_id": plant.id,
        "region": plant.region,
        "stage": plant.stage,
        "capacity_t": round_sig(plant.capacity_t * YEAR),
        "start_planned": month_text(plant.planned),
        "start": month_text(path.start) if path is not None else "",
        "delay_months": path.delay_months if path is not None else 0.0,
        "clauses": list(path.clauses) if path is not None else [],
        "finding": "; ".join(f"{act}: {finding}" for act, finding in path.findings) if path is not None else "",
        "upkeep_share": path.upkeep[-1] if path is not None else 1.0,
        "decided": month_text(decided) if decided is not None else "",
        "decision": decision,
        "work_speed": industry.speed.get(plant.id),
        "margin_usd_per_kg": appraisal.margin if appraisal is not None else None,
        "charge_usd_per_kg": appraisal.charge if appraisal is not None else None,
    }


def closure_rows(simulation: Simulation, done: Sequence[MonthDone]) -> list[ClosureRow]:
    """Returns the capacities of which a part was closed in some month [of their unit, t/month]."""
    names = sorted({name for month in done for name in month.before.industry.closed})
    rows: dict[str, ClosureRow] = {
        name: {"capacity": name, "closed_t": [], "standing_t": [], "state": []} for name in names
    }
    for month in done if names else ():
        for name, row in rows.items():
            closed = closed_in(month, name)
            room = simulation.update.drivers.capacity(name, month.month, month.month, month.before)
            row["closed_t"].append(closed)
            row["standing_t"].append(round_sig(room + closed))
            row["state"].append(_state(month.before.industry, name, closed))
    return list(rows.values())


def closed_in(month: MonthDone, name: str) -> float:
    """Returns the closed part of a capacity in a month [of its unit]."""
    industry = month.before.industry
    opened = industry.reopening.get((name, month.month), 0.0)
    return round_sig(max(industry.closed.get(name, 0.0) - opened, 0.0))


def _state(industry: IndustryState, name: str, closed: float) -> str:
    if closed:
        return "reopening" if any(capacity == name for capacity, _ in industry.reopening) else "closed"
    return "idle" if name in industry.idle else "open"
