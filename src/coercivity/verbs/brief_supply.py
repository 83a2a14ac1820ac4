"""The market part of a report: the effect of the rules on supply, and the cost of the clauses of a case."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from coercivity.base.json_types import Json
from coercivity.base.months import month_of, month_text
from coercivity.cases.arguments import Law
from coercivity.cases.brief.brief import Brief
from coercivity.files.kept.store import Store
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.results.rows import HEADLINES
from coercivity.market.results.run_answer import RunAnswer
from coercivity.market.run.question import RunQuestion
from coercivity.market.run.result_key import REPORTS, key_of
from coercivity.market.run.runs import runs_of
from coercivity.market.run.scenarios.form import LawAsked
from coercivity.market.run.scenarios.scenario import Scenario, read_scenario, scenario_hash
from coercivity.market.run.simulate import EARLIEST, Lifted, Progress, capacities
from coercivity.papers.market.report_data import BranchPrice
from coercivity.papers.outlook.names import party
from coercivity.papers.outlook.report_data import ClauseCost, OutlookReport
from coercivity.permission.repeal import taken_out
from coercivity.verbs import AS_KNOWN
from coercivity.verbs.clause_cost import difference, sums_of
from coercivity.verbs.kept import keep, taken
from coercivity.verbs.outlook import outlook_words, report_of
from coercivity.verbs.runs import answers_to

MONTHS_BACK, MONTHS_AHEAD = 9, 9
MOST_CLAUSES, MOST_PAYERS = 2, 5
KEPT_GOODS = (*HEADLINES, "mag_low", "mag_SmCo", "ox_Sm")
KEPT_REGIONS = ("CN", "XCN")


def case_supply(
    book: Rulebook,
    law: Law,
    found: Brief,
    assume: str | None,
    store: Store | None = None,
    progress: Progress | None = None,
) -> OutlookReport | None:
    """Returns the outlook around the date of a report, with the information of that date; None before the base year.

    Every legal scenario of an unconfirmed status is run, or the one that is assumed. The cost of the clauses that
    most transactions depend on is computed in the first scenario.

    Args:
        book: The rulebook.
        law: The same as it was asked for.
        found: The transactions as decided.
        assume: Planning assumptions, as after `--assume`.
        store: Where results are kept.
        progress: Called with (steps done, all).
    """
    if month_of(found.on) < EARLIEST:
        return None
    key = supply_key(book, found, assume) if store is not None else None
    report: OutlookReport | None = taken(store, key)
    if report is None:
        report = _made(book, law, found, assume, store, progress)
        keep(store, key, report)
    return report


def supply_key(book: Rulebook, found: Brief, assume: str | None) -> str:
    """Returns the key of the market part of a report: of a case only its dates and the clauses it depends on count."""
    parts: dict[str, Json] = {
        "law": [book.content_hash, book.known_through.isoformat()],
        "scenario": scenario_hash(AS_KNOWN),
        "on": found.on.isoformat(),
        "known": found.known.isoformat(),
        "assume": assume,
        "grounds": [[name, count] for name, count in sorted(_grounds(found).items())],
    }
    return key_of("brief", parts, *REPORTS)


def _grounds(found: Brief) -> Counter[str]:
    """Returns how many transactions depend on each clause."""
    return Counter(rule.id for row in found.rows for rule in row.grounds)


def _made(
    book: Rulebook, law: Law, found: Brief, assume: str | None, store: Store | None, progress: Progress | None
) -> OutlookReport:
    today = month_of(found.on)
    first, last = max(today - MONTHS_BACK, EARLIEST), today + MONTHS_AHEAD
    scenario = _scenario(assume)
    known = found.known if found.known < book.known_through else None
    asked = runs_of(book, scenario, last, known)
    questions = [RunQuestion(run, first, last, known, compared_from=today) for run in asked]
    answers = answers_to(book, law, questions, store=store, progress=progress)
    report = report_of(book, asked, answers, month_text(first), month_text(last))
    clauses = main_clauses(found, answers)
    lifted = [
        RunQuestion(asked[0], first, last, known, Lifted(clause, today), compared_from=today, tables=False)
        for clause in clauses
    ]
    without = answers_to(book, law, lifted, store=store, progress=progress)
    prices = []
    for clause, free in zip(clauses, without, strict=True):
        names = frozenset(taken_out(book, [clause]))
        prices.append(_clause(clause, difference(asked[0].branch, sums_of(answers[0]), sums_of(free), names)))
    return {**_trimmed(report), "clause_prices": prices, "clause_branch": asked[0].branch}


def _scenario(assume: str | None) -> Scenario:
    packed = read_scenario(AS_KNOWN, capacities())
    return replace(packed, law=LawAsked(assume=assume)) if assume else packed


def main_clauses(found: Brief, answers: list[RunAnswer]) -> list[str]:
    """Returns the clauses that most transactions of a case depend on, of those that affect the market."""
    felt = frozenset[str]().union(*(answer["felt"] for answer in answers))
    counted = [(name, count) for name, count in _grounds(found).items() if name in felt]
    return [name for name, _ in sorted(counted, key=lambda entry: (-entry[1], entry[0]))[:MOST_CLAUSES]]


def _clause(clause: str, price: BranchPrice) -> ClauseCost:
    """Returns the cost of a clause as the page shows it: exports withheld, net cost, who bears it."""
    kept = price["held_back_t"]
    return {
        "clause": clause,
        "tonnes_t": kept["oxides_and_metals"] or kept["magnets"],
        "usd": -price["whole_usd"],
        "payers": [{"who": row["who"], "usd": row["usd"]} for row in price["payers"][:MOST_PAYERS]],
    }


def _trimmed(report: OutlookReport) -> OutlookReport:
    """Returns only what a report shows: the main products, in China and outside."""
    runs = []
    for run in report["runs"]:
        kept = run.copy()
        kept["prices"] = [r for r in run["prices"] if r["good"] in KEPT_GOODS and r["region"] in KEPT_REGIONS]
        kept["gaps"] = [r for r in run["gaps"] if r["good"] in KEPT_GOODS and r["region"] == "XCN"]
        kept["shipped"] = [r for r in run["shipped"] if r["good"] in KEPT_GOODS and r["to_region"] == "XCN"]
        kept["plants"] = [r for r in run["plants"] if r["delay_months"]]
        kept["use"] = [r for r in run["use"] if not r["use"].startswith("nonmagnet") or r["use"] == "nonmagnet_Y"]
        kept["flows"], kept["stocks"], kept["desk"], kept["countries"], kept["out"] = [], [], [], [], []
        runs.append(kept)
    return {**report, "runs": runs}


def with_names(report: OutlookReport) -> OutlookReport:
    """Returns the outlook with those who bear a cost named in English, as the report data have them."""
    names = outlook_words()
    prices = [
        {**row, "payers": [{**payer, "who": party(payer["who"], names)} for payer in row["payers"]]}
        for row in report["clause_prices"]
    ]
    return {**report, "clause_prices": prices}  # type: ignore[typeddict-item] # the same keys


def as_text(value: object) -> object:
    """Returns plain data with every fraction as decimal text, so that it can be hashed."""
    if isinstance(value, float):
        return f"{value:.9g}"
    if isinstance(value, dict):
        return {key: as_text(entry) for key, entry in value.items()}
    return [as_text(entry) for entry in value] if isinstance(value, list) else value
