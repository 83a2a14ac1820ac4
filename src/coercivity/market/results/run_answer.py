"""All that pages, comparisons and the cost of a clause take from a run, as plain data that can be kept and sent."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from coercivity.base.months import Month, month_text
from coercivity.base.sums import total
from coercivity.data.packs import open_pack
from coercivity.market.inputs.figures import AssumedRow, Figures
from coercivity.market.results.rows import RunTables, WedgeRow
from coercivity.market.results.tables import Tables
from coercivity.market.results.wedges import wedge_rows
from coercivity.market.results.welfare import Sums, made_abroad_t, shipped_t, uses_t, welfare, welfare_by_party
from coercivity.market.run.licensing.added_rows import asked_rows
from coercivity.market.run.question import RunQuestion
from coercivity.market.run.simulate import Simulation

REGIONS = ("CN", "XCN")
DESK_TABLES = frozenset({"desk_figures", "practice_events", "general_licences", "customs_holds"})


class MeanQuote(TypedDict):
    """Mean quote of a product over a period [USD/kg]."""

    good: str
    region: str
    usd_per_kg: float


class Restricted(TypedDict):
    """A product that clauses restrict in some month, with the clauses that do so together."""

    good: str
    clauses: list[str]


class PlantState(TypedDict):
    """A plant outside China: modelled start-up, and remaining share of capacity in the last month."""

    plant_id: str
    region: str
    start: str
    upkeep: float


class RunSums(TypedDict):
    """What is compared between two runs over a period.

    `whole_usd` is not rounded, since its difference is what counts.
    """

    shipped_t: Sums
    made_abroad_t: Sums
    less_t: Sums
    substituted_t: Sums
    without_t: Sums
    by_party_usd: Sums
    whole_usd: float
    quotes: list[MeanQuote]
    restricted: list[Restricted]
    plants: list[PlantState]


class RunAnswer(TypedDict):
    """The answer to a question about one run.

    `assumed` has the assumptions among the rows used, `felt` the clauses that affect the market.
    `observed` is that of a run that starts from an estimated state.
    """

    months: list[str]
    tables: RunTables | None
    sums: RunSums | None
    clauses: list[str]
    felt: list[str]
    assume: dict[str, str]
    terms_rows: list[str]
    assumed: list[AssumedRow]
    left_out: list[str]
    observed: NotRequired[list[WedgeRow]]


def run_answer(simulation: Simulation, question: RunQuestion) -> RunAnswer:
    """Returns the answer to a question from its run.

    Args:
        simulation: The run.
        question: The question.
    """
    tables = Tables(simulation, question.first, question.last)
    compared = question.compared_from
    named = [name for name in simulation.terms_rows if name.startswith("assumptions:")]
    desk = [name for name in simulation.terms_rows if name.partition(":")[0] in DESK_TABLES]
    answer: RunAnswer = {
        "months": tables.months,
        "tables": tables.all if question.tables else None,
        "sums": run_sums(simulation, compared, question.last) if compared is not None else None,
        "clauses": sorted(tables.clauses) if question.tables else [],
        "felt": _felt(tables) if question.tables else [],
        "assume": {name: picked.text() for name, picked in sorted(simulation.assume.items())},
        "terms_rows": list(simulation.terms_rows),
        "assumed": [
            *simulation.world.figures.resting(named),
            *Figures(open_pack("practice", question.known)).resting(desk),
            *(row for row in asked_rows(simulation.scenario, question.known) if row["row"] in simulation.terms_rows),
        ],
        "left_out": list(simulation.left_out),
    }
    if simulation.observed is not None:
        answer["observed"] = wedge_rows(simulation)
    return answer


def _felt(tables: Tables) -> list[str]:
    """Returns the clauses that restrict a product or delay a plant."""
    flows = {name for row in tables.all["permissions"] for names in row["clauses"] for name in names}
    return sorted(flows | {name for row in tables.all["plants"] for name in row["clauses"]})


def run_sums(simulation: Simulation, first: Month, last: Month) -> RunSums:
    """Returns what is compared between two runs over a period.

    Args:
        simulation: The run.
        first: First month.
        last: Last month.

    Source: equations 46 and 47 of docs/market.md.
    """
    uses = uses_t(simulation, first, last)
    return {
        "shipped_t": shipped_t(simulation, first, last),
        "made_abroad_t": made_abroad_t(simulation, first, last),
        "less_t": uses["less_t"],
        "substituted_t": uses["substituted_t"],
        "without_t": uses["without_t"],
        "by_party_usd": welfare_by_party(simulation, first, last),
        "whole_usd": welfare(simulation, first, last),
        "quotes": [
            {
                "good": row["good"],
                "region": row["region"],
                "usd_per_kg": total(row["quote"]) / len(row["quote"]),
            }
            for row in Tables(simulation, first, last).prices()
            if row["region"] in REGIONS
        ],
        "restricted": _restricted(simulation, first, last),
        "plants": [
            {
                "plant_id": path.plant.id,
                "region": path.plant.region,
                "start": month_text(path.start),
                "upkeep": path.upkeep[-1],
            }
            for path in simulation.plants
        ],
    }


def _restricted(simulation: Simulation, first: Month, last: Month) -> list[Restricted]:
    found = {
        (name[0], tuple(gate.clauses))
        for done in simulation.months
        if first <= done.month <= last
        for name, gate in done.gates.items()
        if not gate.free
    }
    return [{"good": good, "clauses": list(clauses)} for good, clauses in sorted(found)]
