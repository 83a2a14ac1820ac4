"""The cost of clauses in one legal scenario from two runs, and what general licences are worth under them."""

from __future__ import annotations

from coercivity.base.canonical import round_sig
from coercivity.base.months import Month
from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import MAGNETS
from coercivity.market.results.run_answer import PlantState, RunAnswer, RunSums, run_sums
from coercivity.market.results.welfare import less
from coercivity.market.run.runs import RunAsked
from coercivity.market.run.simulate import Simulation
from coercivity.papers.market.report_data import BranchPrice, LicencesWorth, MeanPrice, PlantChange

# Holders of stocks and goods in transit take the balance that remains once every other party is counted.
HOLDERS = "holders"
SHOWN = ("ox_NdPr", "ox_Sm", "ox_Gd", "ox_Tb", "ox_Dy", "ox_Y", "mag_none", "mag_low", "mag_high", "mag_SmCo")


def sums_of(answer: RunAnswer) -> RunSums:
    """Returns the sums of an answer by which runs are compared."""
    sums = answer["sums"]
    assert sums is not None
    return sums


def price(
    run: RunAsked, with_it: Simulation, without: Simulation, clauses: frozenset[str], first: Month, last: Month
) -> BranchPrice:
    """Returns the cost of clauses in one legal scenario from two runs.

    Args:
        run: The run with them.
        with_it: The simulation with them.
        without: The simulation of the same without them.
        clauses: Ids of the provisions that were lifted.
        first: First month.
        last: Last month.
    """
    return difference(run.branch, run_sums(with_it, first, last), run_sums(without, first, last), clauses)


def difference(branch: str, with_it: RunSums, without: RunSums, clauses: frozenset[str]) -> BranchPrice:
    """Returns the cost of clauses in one legal scenario: differences in tonnes, prices and results of each party.

    Args:
        branch: The legal scenario.
        with_it: Sums of the run with them.
        without: Sums of the same run without them.
        clauses: Ids of the provisions that were lifted.

    Source: equation 48 of docs/market.md.
    """
    shipped = less(with_it["shipped_t"], without["shipped_t"])
    held = sorted({row["good"] for row in with_it["restricted"] if clauses & set(row["clauses"])})
    money = less(with_it["by_party_usd"], without["by_party_usd"])
    whole = with_it["whole_usd"] - without["whole_usd"]
    money[HOLDERS] = round_sig(whole - total(money.values()))
    return {
        "branch": branch,
        "goods_held": held,
        "held_back_t": {
            "oxides_and_metals": round_sig(0.0 - total(shipped.get(name, 0.0) for name in held if name not in MAGNETS)),
            "magnets": round_sig(0.0 - total(shipped.get(name, 0.0) for name in held if name in MAGNETS)),
        },
        "shipped_t": shipped,
        "made_abroad_t": less(with_it["made_abroad_t"], without["made_abroad_t"]),
        "less_t": less(with_it["less_t"], without["less_t"]),
        "substituted_t": less(with_it["substituted_t"], without["substituted_t"]),
        "without_t": less(with_it["without_t"], without["without_t"]),
        "kept_usd": money,
        "whole_usd": round_sig(whole),
        "payers": [{"who": who, "usd": round_sig(usd)} for who, usd in _payers(money)],
        "prices": _prices(with_it, without),
        "plants": _plants(with_it, without),
    }


def licences_worth(practised: BranchPrice, single: BranchPrice) -> LicencesWorth:
    """Returns what general licences are worth under clauses: their cost with general licences minus without.

    Args:
        practised: The cost of the clauses as practised.
        single: Their cost if every shipment needs a single licence, in the same legal scenario.
    """
    rises = [
        {(row["good"], row["region"]): row["with_usd_per_kg"] - row["without_usd_per_kg"] for row in each["prices"]}
        for each in (practised, single)
    ]
    held, other = practised["held_back_t"], single["held_back_t"]
    return {
        "branch": practised["branch"],
        "held_back_t": {
            "oxides_and_metals": round_sig(held["oxides_and_metals"] - other["oxides_and_metals"]),
            "magnets": round_sig(held["magnets"] - other["magnets"]),
        },
        "shipped_t": less(practised["shipped_t"], single["shipped_t"]),
        "made_abroad_t": less(practised["made_abroad_t"], single["made_abroad_t"]),
        "less_t": less(practised["less_t"], single["less_t"]),
        "substituted_t": less(practised["substituted_t"], single["substituted_t"]),
        "without_t": less(practised["without_t"], single["without_t"]),
        "kept_usd": less(practised["kept_usd"], single["kept_usd"]),
        "whole_usd": round_sig(practised["whole_usd"] - single["whole_usd"]),
        "prices": [
            {"good": good, "region": region, "usd_per_kg": round_sig(rise - rises[1][good, region])}
            for (good, region), rise in rises[0].items()
        ],
    }


def _payers(money: dict[str, float]) -> list[tuple[str, float]]:
    """Returns who loses because of the clause, the largest losses first; gains are in `kept_usd`."""
    return sorted(((who, -usd) for who, usd in money.items() if usd < 0), key=lambda entry: (-entry[1], entry[0]))


def _prices(with_it: RunSums, without: RunSums) -> list[MeanPrice]:
    """Returns the mean quote in China and outside over the period, with and without the clause [USD/kg]."""
    means = [{(row["good"], row["region"]): row["usd_per_kg"] for row in sums["quotes"]} for sums in (with_it, without)]
    return [
        {
            "good": good,
            "region": region,
            "with_usd_per_kg": round_sig(means[0][good, region]),
            "without_usd_per_kg": round_sig(means[1][good, region]),
        }
        for good in SHOWN
        for region in ("CN", "XCN")
    ]


def _plants(with_it: RunSums, without: RunSums) -> list[PlantChange]:
    """Returns the plants that the clause delays or degrades, or that are decided in one of the runs only.

    A plant that a run has not has no start in it, and its capacity is whole.
    """
    every = ({plant["plant_id"]: plant for plant in sums["plants"]} for sums in (with_it, without))
    a, b = every
    found: list[PlantChange] = []
    for name in sorted(a.keys() | b.keys()):
        region = (a.get(name) or b[name])["region"]
        with_start, with_upkeep = _run_of(a.get(name))
        start, upkeep = _run_of(b.get(name))
        if (with_start, with_upkeep) != (start, upkeep):
            found.append(
                {
                    "plant_id": name,
                    "region": region,
                    "start_with": with_start,
                    "start_without": start,
                    "upkeep_with": with_upkeep,
                    "upkeep_without": upkeep,
                }
            )
    return found


def _run_of(plant: PlantState | None) -> tuple[str, float]:
    """Returns start and remaining capacity of a plant in a run."""
    return (plant["start"], plant["upkeep"]) if plant is not None else ("", 1.0)
