"""`clause-price`: the cost of a clause or an instrument: tonnes, money, who bears it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from coercivity.base.canonical import round_sig, sha256_of_text
from coercivity.base.errors import CoercivityError, Fault, Faults
from coercivity.base.months import Month, month_text
from coercivity.base.sums import total
from coercivity.base.version import ENGINE_VERSION
from coercivity.base.words import Lang
from coercivity.cases.arguments import PACKED, Law
from coercivity.files.kept.store import Store
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.shown import short_name
from coercivity.market.inputs.coefficients import MAGNETS
from coercivity.market.results.run_answer import RunAnswer, RunSums, run_sums
from coercivity.market.results.welfare import less
from coercivity.market.run.question import RunQuestion
from coercivity.market.run.result_key import REPORTS, key_of
from coercivity.market.run.runs import RunAsked, runs_of
from coercivity.market.run.scenario import Scenario, read_scenario, scenario_hash
from coercivity.market.run.simulate import Lifted, Progress, Simulation, capacities
from coercivity.papers.market.clause_text import clause_lines
from coercivity.papers.market.report_data import BranchPrice, ClausePriceBody, ClausePriceData, MeanPrice, PlantChange
from coercivity.papers.shared.names import Text, clause_short
from coercivity.permission.repeal import taken_out
from coercivity.verbs import AS_KNOWN
from coercivity.verbs.kept import keep, law_hash, run_store, taken
from coercivity.verbs.outlook import json_text, outlook_words, packs_of, resting, span
from coercivity.verbs.runs import answers_to

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
        notices: What went wrong with the cache; the result is not affected.
    """

    body: ClausePriceData
    title: Text
    notices: tuple[Fault, ...] = ()

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
    cache: bool = True,
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
        cache: Whether results are taken from the cache and kept there.
        progress: Called with (months done, all).

    Raises:
        CoercivityError: If the clause does not exist, or with every error in the arguments and the scenario.

    Examples:
        The market takes some seconds, so the tests skip it.

        >>> found = coercivity.clause_price("a18-1c905", first="2025-04", last="2025-04")  # doctest: +SKIP
        >>> found.body["branches"][0]["held_back_t"]  # doctest: +SKIP
        {'oxides_and_metals': 53.8293441, 'magnets': 0.0}
    """
    store = run_store(on=cache)
    key = _key(clause, scenario, first, last, law) if store is not None else None
    kept: _Kept | None = taken(store, key)
    if kept is None:
        kept = _found(_asked(clause, scenario, first, last, law), clause, scenario, law, store, progress)
        if key is not None and _key(clause, scenario, first, last, law) == key:  # no file changed meanwhile
            keep(store, key, kept)
    return ClausePrice(kept["body"], kept["title"], tuple(store.notices) if store is not None else ())


class _Kept(TypedDict):
    body: ClausePriceData
    title: Text


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question that was checked."""

    book: Rulebook
    months: tuple[Month, Month]
    names: frozenset[str]
    scenario: Scenario


def _key(clause: str, scenario: str, first: str, last: str, law: Law) -> str | None:
    rules = law_hash(law)
    if rules is None:
        return None
    try:
        asked = scenario_hash(scenario)
    except CoercivityError:  # told, with every other error, when the answer is made
        return None
    parts = {"law": rules, "clause": clause, "scenario": [scenario, asked], "months": [first, last]}
    return key_of("clause-price", parts, *REPORTS)


def _asked(clause: str, scenario: str, first: str, last: str, law: Law) -> _Asked:
    book, faults = law.book(), Faults()
    months, names, read = (0, 0), frozenset[str](), None
    with faults.kept():
        months = span(first, last)
    with faults.kept():
        names = taken_out(book, [clause])
    with faults.kept():
        read = read_scenario(scenario, capacities())
    faults.raise_if_any()
    assert read is not None
    return _Asked(book, months, names, read)


def _found(
    asked: _Asked, clause: str, scenario: str, law: Law, store: Store | None, progress: Progress | None
) -> _Kept:
    book, names, (begin, end) = asked.book, asked.names, asked.months
    with_it = runs_of(book, asked.scenario, end)
    questions = [
        RunQuestion(run, begin, end, lifted=lifted, compared_from=begin, tables=False)
        for run in with_it
        for lifted in (None, Lifted(clause, begin))
    ]
    found = answers_to(book, law, questions, store=store, progress=progress)
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
        "branches": [
            difference(run.branch, sums_of(held), sums_of(free), names)
            for run, held, free in zip(with_it, found[::2], found[1::2], strict=True)
        ],
        "assumed": resting(found),
        "limits": words["limits"],
        "names": {"goods": words["goods"], "regions": words["regions"], "uses": words["uses"]},
    }
    whole: ClausePriceData = {**body, "hash": sha256_of_text(json_text(body))}
    return {"body": whole, "title": asked.scenario.title.as_dict()}


def sums_of(answer: RunAnswer) -> RunSums:
    """Returns the sums of an answer by which runs are compared."""
    sums = answer["sums"]
    assert sums is not None
    return sums


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
    """Returns the plants that the clause delays or degrades."""
    return [
        {
            "plant_id": a["plant_id"],
            "region": a["region"],
            "start_with": a["start"],
            "start_without": b["start"],
            "upkeep_with": a["upkeep"],
            "upkeep_without": b["upkeep"],
        }
        for a, b in zip(with_it["plants"], without["plants"], strict=True)
        if a["start"] != b["start"] or a["upkeep"] != b["upkeep"]
    ]
