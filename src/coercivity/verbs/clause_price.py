"""`clause-price`: what one clause, or one instrument, does: tonnes, money, who pays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from coercivity.base.canonical import round_sig, sha256_of_text
from coercivity.base.days import Day
from coercivity.base.version import ENGINE_VERSION
from coercivity.law.rulebook import Rulebook
from coercivity.market.account import accounts, less, made_abroad_t, shipped_t, unserved_t, welfare
from coercivity.market.course import BEGIN, Course, capacities
from coercivity.market.months import Month, month_text
from coercivity.market.moves import FREE
from coercivity.market.scenario import Scenario, read_scenario
from coercivity.market.scenario_form import LawAsked
from coercivity.market.tables import Tables
from coercivity.papers.brief_words import clause_short, short_name
from coercivity.permission.without import taken_out
from coercivity.verbs.arguments import PACKED, Law
from coercivity.verbs.outlook import (
    AS_KNOWN,
    Asked,
    Progress,
    course_of,
    json_text,
    outlook_words,
    packs_of,
    part_of,
    resting,
    runs_of,
    span,
)

SCHEMA = "coercivity/clause-price/1"
# Those who hold stocks and goods under way gain or lose what is left when all others are counted.
HOLDERS = "holders"
SHOWN = ("ox_NdPr", "ox_Sm", "ox_Gd", "ox_Tb", "ox_Dy", "ox_Y", "mag_none", "mag_low", "mag_high", "mag_SmCo")


@dataclass(frozen=True, slots=True)
class ClausePrice:
    """The price of a clause under one branch.

    Attributes:
        body: Everything as plain data.
    """

    body: dict[str, Any]


def clause_price(
    clause: str,
    scenario: str = AS_KNOWN,
    *,
    first: str,
    last: str,
    law: Law = PACKED,
    progress: Progress | None = None,
) -> ClausePrice:
    """Returns what a clause does over a span: the run with it less the run without it, in every branch.

    Args:
        clause: Id of a provision, or id, alias or number of an instrument.
        scenario: Id of a packed scenario or path of a file.
        first: First month, YYYY-MM.
        last: Last month, YYYY-MM.
        law: Which law is asked.
        progress: Called with (months done, all).

    Raises:
        CoercivityError: When the clause does not exist, or with every fault of arguments and scenario.
    """
    book = law.book()
    begin, end = span(first, last)
    names = taken_out(book, [clause])
    with_it = runs_of(book, read_scenario(scenario, capacities()), end)
    branches = []
    whole = 2 * len(with_it)
    for place, run in enumerate(with_it):
        start, parts = min(begin, BEGIN), [part_of(progress, 2 * place + n, whole) for n in (0, 1)]
        held = course_of(book, run, start, end, progress=parts[0])
        branches.append(priced(book, run, held, clause, begin, end, progress=parts[1]))
        tables = Tables(held, begin, end)
    body: dict[str, Any] = {
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
        "assumed": resting([tables]),
        "limits": outlook_words()["limits"],
        "names": {key: outlook_words()[key] for key in ("goods", "regions", "uses")},
    }
    return ClausePrice({**body, "hash": sha256_of_text(json_text(body))})


def priced(
    book: Rulebook,
    run: Asked,
    with_it: Course,
    clause: str,
    first: Month,
    last: Month,
    *,
    known: Day | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Returns the price of a clause in one branch: differences of tonnes, prices and what each party keeps.

    Args:
        book: The rulebook.
        run: The run with the clause.
        with_it: Its course.
        clause: Id of a provision or of an instrument.
        first: First month.
        last: Last month.
        known: Day after which nothing more becomes known.
        progress: Called with (months done, all).

    Raises:
        CoercivityError: When the clause does not exist.
    """
    other = replace(run, scenario=_without(run.scenario, clause))
    without = course_of(book, other, min(first, BEGIN), last, known=known, progress=progress)
    return _priced(run, with_it, without, frozenset(taken_out(book, [clause])), first, last)


def _without(scenario: Scenario, clause: str) -> Scenario:
    law = LawAsked(assume=scenario.law.assume, without=[*scenario.law.without, clause])
    return replace(scenario, law=law)


def _name(book: Rulebook, names: list[str]) -> dict[str, str]:
    rules = [rule for name in names if (rule := book.rule(name)) is not None]
    if len(rules) == 1:
        return {"en": clause_short(rules[0].instrument, rules[0].provision)}
    found = {rule.instrument.id: rule.instrument for rule in rules}
    return {"en": ", ".join(short_name(instrument) for _, instrument in sorted(found.items()))}


def _priced(
    run: Asked, with_it: Course, without: Course, clauses: frozenset[str], first: Month, last: Month
) -> dict[str, Any]:
    """One branch: differences of tonnes, prices and what each party keeps; negative money is paid."""
    shipped = less(shipped_t(with_it, first, last), shipped_t(without, first, last))
    held = goods_under(with_it, clauses, first, last)
    money = less(accounts(with_it, first, last), accounts(without, first, last))
    whole = welfare(with_it, first, last) - welfare(without, first, last)
    money[HOLDERS] = round_sig(whole - sum(money.values()))
    return {
        "branch": run.branch,
        "goods_held": held,
        "held_back_t": round_sig(-sum(shipped.get(good, 0.0) for good in held)),
        "shipped_t": shipped,
        "made_abroad_t": less(made_abroad_t(with_it, first, last), made_abroad_t(without, first, last)),
        "unserved_t": less(unserved_t(with_it, first, last), unserved_t(without, first, last)),
        "kept_usd": money,
        "whole_usd": round_sig(whole),
        "payers": [{"who": who, "usd": round_sig(usd)} for who, usd in _payers(money)],
        "prices": _prices(with_it, without, first, last),
        "plants": _plants(with_it, without),
    }


def goods_under(course: Course, clauses: frozenset[str], first: Month, last: Month) -> list[str]:
    """Returns the goods that clauses keep from leaving freely in some month of a span."""
    return sorted(
        {
            name[0]
            for done in course.months
            if first <= done.month <= last
            for name, gate in done.gates.items()
            if clauses & set(gate.clauses) and gate.way != FREE
        }
    )


def _payers(money: dict[str, float]) -> list[tuple[str, float]]:
    """Who keeps less because of the clause, those who lose most first; gains stand in `kept_usd`."""
    return sorted(((who, -usd) for who, usd in money.items() if usd < 0), key=lambda entry: (-entry[1], entry[0]))


def _prices(with_it: Course, without: Course, first: Month, last: Month) -> list[dict[str, Any]]:
    """Mean quote in China and outside over the span, with and without the clause [USD/kg]."""
    means = [
        {(row["good"], row["region"]): sum(row["quote"]) / len(row["quote"]) for row in Tables(c, first, last).prices()}
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


def _plants(with_it: Course, without: Course) -> list[dict[str, Any]]:
    """Plants that the clause delays or wears down."""
    found = []
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
