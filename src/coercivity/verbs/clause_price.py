"""`clause-price`: the cost of a clause or an instrument: tonnes, money, who bears it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from coercivity.base.canonical import round_sig, sha256_of_text
from coercivity.base.errors import Faults
from coercivity.base.sums import total
from coercivity.base.version import ENGINE_VERSION
from coercivity.base.words import Lang
from coercivity.cases.arguments import PACKED, Law
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.shown import short_name
from coercivity.market.inputs.coefficients import MAGNETS
from coercivity.market.inputs.months import Month, month_text
from coercivity.market.results.tables import Tables
from coercivity.market.results.welfare import less, made_abroad_t, shipped_t, welfare, welfare_by_party, without_t
from coercivity.market.run.runs import RunAsked, runs_of, side_by_side, simulation_of
from coercivity.market.run.scenario import read_scenario
from coercivity.market.run.simulate import BEGIN, Lifted, Progress, Simulation, capacities
from coercivity.papers.market.clause_text import clause_lines
from coercivity.papers.market.report_data import BranchPrice, ClausePriceBody, ClausePriceData, MeanPrice, PlantChange
from coercivity.papers.shared.names import Text, clause_short
from coercivity.permission.repeal import taken_out
from coercivity.verbs import AS_KNOWN
from coercivity.verbs.outlook import json_text, outlook_words, packs_of, resting, span

SCHEMA = "coercivity/clause-price/1"
# Holders of stocks and goods in transit take the balance that remains once every other party is counted.
HOLDERS = "holders"
SHOWN = ("ox_NdPr", "ox_Sm", "ox_Gd", "ox_Tb", "ox_Dy", "ox_Y", "mag_none", "mag_low", "mag_high", "mag_SmCo")


@dataclass(frozen=True, slots=True)
class ClausePrice:
    """The cost of a clause.

    Attributes:
        body: Everything as plain data.
        title: Title of the scenario.
    """

    body: ClausePriceData
    title: Text

    def lines(self, lang: Lang = "en") -> tuple[str, ...]:
        """Returns the same as lines of text."""
        return clause_lines(self.body, self.title, lang)


def clause_price(
    clause: str,
    scenario: str = AS_KNOWN,
    *,
    first: str,
    last: str,
    law: Law = PACKED,
    progress: Progress | None = None,
) -> ClausePrice:
    """Returns the cost of a clause over a period: the run with it minus the run without it, in every legal scenario.

    Both runs are the same until the period begins; then the clause is lifted in one of them, without prior notice.

    Args:
        clause: Id of a provision, or id, alias or number of an instrument.
        scenario: Id of a packed scenario or path of a file.
        first: First month, YYYY-MM.
        last: Last month, YYYY-MM.
        law: The rulebook to use.
        progress: Called with (months done, all).

    Raises:
        CoercivityError: If the clause does not exist, or with every error in the arguments and the scenario.

    Examples:
        The market takes some seconds, so the tests skip it.

        >>> found = coercivity.clause_price("a18-1c905", first="2025-04", last="2025-04")  # doctest: +SKIP
        >>> found.body["branches"][0]["held_back_t"]  # doctest: +SKIP
        {'oxides_and_metals': 53.8293441, 'magnets': 0.0}
    """
    book, faults = law.book(), Faults()
    (begin, end), names, read = (0, 0), frozenset[str](), None
    with faults.kept():
        begin, end = span(first, last)
    with faults.kept():
        names = taken_out(book, [clause])
    with faults.kept():
        read = read_scenario(scenario, capacities())
    faults.raise_if_any()
    assert read is not None
    with_it = runs_of(book, read, end)
    runs = [(run, lifted) for run in with_it for lifted in (None, Lifted(clause, begin))]

    def one(run: RunAsked, lifted: Lifted | None, part: Progress) -> Simulation:
        return simulation_of(book, run, min(begin, BEGIN), end, lifted=lifted, progress=part)

    gone = side_by_side([partial(one, run, lifted) for run, lifted in runs], progress)
    branches = [
        price(run, held, free, names, begin, end)
        for run, held, free in zip(with_it, gone[::2], gone[1::2], strict=True)
    ]
    words = outlook_words()
    body: ClausePriceBody = {
        "schema": SCHEMA,
        "engine": ENGINE_VERSION,
        "packs": packs_of(book),
        "clause": clause,
        "provisions": sorted(names),
        "name": _name(book, sorted(names)),
        "scenario": scenario,
        "from": month_text(begin),
        "to": month_text(end),
        "branches": branches,
        "assumed": resting([Tables(simulation, begin, end) for simulation in gone]),
        "limits": words["limits"],
        "names": {"goods": words["goods"], "regions": words["regions"], "uses": words["uses"]},
    }
    return ClausePrice({**body, "hash": sha256_of_text(json_text(body))}, read.title.as_dict())


def _name(book: Rulebook, names: list[str]) -> dict[str, str]:
    rules = [rule for name in names if (rule := book.rule(name)) is not None]
    if len(rules) == 1:
        clause = rules[0].instrument, rules[0].provision
        return {"en": clause_short(*clause, "en"), "zh": clause_short(*clause, "zh")}
    found = [held for _, held in sorted({rule.instrument.id: rule.instrument for rule in rules}.items())]
    return {
        "en": ", ".join(short_name(held, "en") for held in found),
        "zh": "、".join(short_name(held, "zh") for held in found),
    }


def price(
    run: RunAsked, with_it: Simulation, without: Simulation, clauses: frozenset[str], first: Month, last: Month
) -> BranchPrice:
    """Returns the cost of clauses in one legal scenario: differences in tonnes, prices and results of each party.

    Args:
        run: The run with them.
        with_it: The simulation with them.
        without: The simulation of the same without them.
        clauses: Ids of the provisions that were lifted.
        first: First month.
        last: Last month.

    Source: equation 48 of docs/market.md.
    """
    shipped = less(shipped_t(with_it, first, last), shipped_t(without, first, last))
    held = goods_under(with_it, clauses, first, last)
    money = less(welfare_by_party(with_it, first, last), welfare_by_party(without, first, last))
    whole = welfare(with_it, first, last) - welfare(without, first, last)
    money[HOLDERS] = round_sig(whole - total(money.values()))
    return {
        "branch": run.branch,
        "goods_held": held,
        "held_back_t": {
            "oxides_and_metals": round_sig(0.0 - total(shipped.get(name, 0.0) for name in held if name not in MAGNETS)),
            "magnets": round_sig(0.0 - total(shipped.get(name, 0.0) for name in held if name in MAGNETS)),
        },
        "shipped_t": shipped,
        "made_abroad_t": less(made_abroad_t(with_it, first, last), made_abroad_t(without, first, last)),
        "unserved_t": less(without_t(with_it, first, last), without_t(without, first, last)),
        "kept_usd": money,
        "whole_usd": round_sig(whole),
        "payers": [{"who": who, "usd": round_sig(usd)} for who, usd in _payers(money)],
        "prices": _prices(with_it, without, first, last),
        "plants": _plants(with_it, without),
    }


def goods_under(simulation: Simulation, clauses: frozenset[str], first: Month, last: Month) -> list[str]:
    """Returns the products that the clauses restrict in some month of a period."""
    return sorted(
        {
            name[0]
            for done in simulation.months
            if first <= done.month <= last
            for name, gate in done.gates.items()
            if clauses & set(gate.clauses) and not gate.free
        }
    )


def _payers(money: dict[str, float]) -> list[tuple[str, float]]:
    """Returns who loses because of the clause, the largest losses first; gains are in `kept_usd`."""
    return sorted(((who, -usd) for who, usd in money.items() if usd < 0), key=lambda entry: (-entry[1], entry[0]))


def _prices(with_it: Simulation, without: Simulation, first: Month, last: Month) -> list[MeanPrice]:
    """Returns the mean quote in China and outside over the period, with and without the clause [USD/kg]."""
    means = [
        {
            (row["good"], row["region"]): total(row["quote"]) / len(row["quote"])
            for row in Tables(c, first, last).prices()
        }
        for c in (with_it, without)
    ]
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


def _plants(with_it: Simulation, without: Simulation) -> list[PlantChange]:
    """Returns the plants that the clause delays or degrades."""
    found: list[PlantChange] = []
    for a, b in zip(with_it.plants, without.plants, strict=True):
        if a.start != b.start or a.upkeep[-1] != b.upkeep[-1]:
            found.append(
                {
                    "plant_id": a.plant.id,
                    "region": a.plant.region,
                    "start_with": month_text(a.start),
                    "start_without": month_text(b.start),
                    "upkeep_with": a.upkeep[-1],
                    "upkeep_without": b.upkeep[-1],
                }
            )
    return found
