"""The packed scenarios, and checks of a question about them before a run begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import product
from types import MappingProxyType
from typing import TypedDict

from coercivity.base.days import Day, needed_day
from coercivity.base.errors import CoercivityError, Faults, brief_value, nearest
from coercivity.base.months import month_of, month_text, parse_month
from coercivity.base.words import Lang
from coercivity.cases.arguments import KNOWN, PACKED, Law
from coercivity.law.rules.rulebook import Rule, Rulebook
from coercivity.market.run.licensing.desk_practice import desk_elements
from coercivity.market.run.runs import runs_of
from coercivity.market.run.scenarios.check_law import seen_through
from coercivity.market.run.scenarios.scenario import packed_scenarios, read_scenario
from coercivity.market.run.simulate import EARLIEST, capacities
from coercivity.papers.shared.names import clause_short
from coercivity.permission.buckets import CHINA, Bucket, PlantAct, load_buckets
from coercivity.permission.gate import Gate
from coercivity.permission.gates import Gates
from coercivity.permission.repeal import taken_out
from coercivity.verbs.brief_supply import MONTHS_AHEAD, MONTHS_BACK
from coercivity.verbs.clause_differences import design_for
from coercivity.verbs.clause_price import check_general
from coercivity.verbs.draws_offered import check_offered
from coercivity.verbs.draws_options import check_begin, check_draws
from coercivity.verbs.outlook import DESK_WITHOUT, span

# Dates for every state of 2024 to 2026: before the controls, in force, the day before the suspension, in it, after it.
_FELT_ON = tuple(map(Day.fromisoformat, ("2024-12-15", "2025-06-15", "2025-10-30", "2026-06-15", "2026-11-20")))

OWN = "own-"  # begins the name of a saved scenario
SAVE_AGAIN = "save it again from its file; a server without --state forgets its scenarios when it stops"
NO_FILES: Mapping[str, str] = MappingProxyType({})


class PackedScenario(TypedDict):
    """A packed scenario; `assume` is set if it selects a legal scenario."""

    id: str
    title: dict[str, str]
    about: dict[str, str]
    assume: str
    without: list[str]


class FeltClause(TypedDict):
    """A clause that affects the market."""

    id: str
    short: str
    short_zh: str
    gist: dict[str, str]


def scenarios() -> list[PackedScenario]:
    """Returns the packed scenarios as plain data: id, title, description, whether it selects a legal scenario."""
    found = [read_scenario(name, capacities()) for name in packed_scenarios()]
    return [
        {
            "id": scenario.id,
            "title": scenario.title.as_dict(),
            "about": scenario.about.as_dict(),
            "assume": scenario.law.assume or "",
            "without": list(scenario.law.without),
        }
        for scenario in found
    ]


def months_around(on: Day) -> tuple[str, str]:
    """Returns the first and last month that a report on a date shows, as YYYY-MM."""
    today = month_of(on)
    return month_text(max(today - MONTHS_BACK, EARLIEST)), month_text(max(today + MONTHS_AHEAD, EARLIEST))


@lru_cache(maxsize=1)
def felt_clauses() -> tuple[FeltClause, ...]:
    """Returns the clauses that restrict a product or a plant of the market: id, short name, content in each language.

    Raises:
        CoercivityError: With every error in the packs.
    """
    book = PACKED.book()
    gates, table = Gates(book), load_buckets()
    abroad = [place.region for place in table.places if place.region != CHINA]
    found: set[str] = set()
    for on in _FELT_ON:
        by = min(on, book.known_through)
        flows = (gates.gate(Bucket(g, CHINA, to, u), on, by) for g, to, u in product(table.good, abroad, table.user))
        acts = (
            gates.plant_gate(PlantAct(act, place, stage), on, by)
            for act, place, stage in product(table.act, abroad, table.plant)
        )
        found |= {name for gate in (*flows, *acts) for name in _holding(gate)}
    rules = [rule for rule in book.rules if rule.id in found]
    shorts = Counter(clause_short(rule.instrument, rule.provision, "en") for rule in rules)
    return tuple(
        {
            "id": rule.id,
            "short": _short(rule, shorts, "en"),
            "short_zh": _short(rule, shorts, "zh"),
            "gist": rule.provision.gist.as_dict(),
        }
        for rule in rules
    )


def _short(rule: Rule, shorts: Counter[str], lang: Lang) -> str:
    """Returns the short name of a clause, with its subject where another clause has the same short name."""
    provision, short = rule.provision, clause_short(rule.instrument, rule.provision, lang)
    if shorts[clause_short(rule.instrument, provision, "en")] == 1:
        return short
    if lang == "zh":
        return f"{short}：{provision.subject_zh or provision.subject}"
    return f"{short}: {provision.subject}"


def _holding(gate: Gate) -> tuple[str, ...]:
    return () if gate.free else gate.clauses


def check_outlook(
    names: list[str],
    first: str,
    last: str,
    known: str | None = None,
    desk_without: Sequence[str] = (),
    draws: int | None = None,
    scramble: int = 0,
    *,
    files: Mapping[str, str] = NO_FILES,
) -> None:
    """Checks a question about packed or saved scenarios before an outlook is made.

    Args:
        names: Ids of packed scenarios, or names of saved ones.
        first: First month, YYYY-MM.
        last: Last month, YYYY-MM.
        known: Information cut-off.
        desk_without: Elements of the licensing desk that are switched off.
        draws: Draws of each scenario.
        scramble: Number of the design of the draws.
        files: Paths of the saved scenarios by name.

    Raises:
        CoercivityError: With every error in names, months, date, elements and draws; paths are not accepted as names.
    """
    faults, packed, begin, seen = Faults(), packed_scenarios(), 0, None
    for name in names:
        if name in files:
            with faults.kept():
                read_scenario(files[name], capacities(), PACKED.book())
        elif name.startswith(OWN):
            what = f"saved scenario {name[:60]!r} not found"
            faults.add("SCENARIO-UNKNOWN", what, where="scenario", next=SAVE_AGAIN)
        elif name not in packed:
            what = f"packed scenario {brief_value(name)!r} not found"
            near = nearest(name[:80], packed) or packed[:3]
            step = "use a built-in scenario; files of your own run with `coercivity outlook`"
            faults.add("SCENARIO-UNKNOWN", what, where="scenario", nearest=near, next=step)
    with faults.kept():
        begin, _ = span(first, last)
    with faults.kept():
        if known is not None:
            seen = needed_day(known, KNOWN)
    with faults.kept():
        desk_elements(desk_without, DESK_WITHOUT)
    check_begin(draws, begin, faults)
    branches, offered = 1, 1 if draws is not None else None  # a number that is at fault is told once
    if draws is not None and not faults.items:
        branches = max(legal_scenarios(PACKED.book(), files.get(name, name), last, seen) for name in names)
    with faults.kept():
        check_offered(draws, branches)
        offered = draws
    check_draws(offered, scramble, None, None, faults)
    faults.raise_if_any()


def check_clause_price(
    clause: str,
    scenario: str,
    first: str,
    last: str,
    general_licences: str = "with",
    law: Law = PACKED,
    draws: int | None = None,
    scramble: int = 0,
    files: Mapping[str, str] = NO_FILES,
) -> None:
    """Checks a question about the cost of a clause before it is computed.

    Raises:
        CoercivityError: With every error in clause, scenario, months, the choice of general licences and the draws.
    """
    faults = Faults()
    with faults.kept():
        taken_out(law.book(), [clause])
    try:
        check_outlook([scenario], first, last, draws=draws, scramble=scramble, files=files)
    except CoercivityError as error:
        faults.items += error.faults
    with faults.kept():
        check_general(general_licences)
    if draws is not None and not faults.items:
        design_for(draws, legal_scenarios(law.book(), files.get(scenario, scenario), last))
    faults.raise_if_any()


def legal_scenarios(book: Rulebook, scenario: str, last: str, known: Day | None = None) -> int:
    """Returns the number of legal scenarios in which a scenario is run.

    Args:
        book: The rulebook.
        scenario: Id of a packed scenario or path of a file.
        last: Last month, YYYY-MM.
        known: Information cut-off; None if each month uses the notices published by then.

    Raises:
        CoercivityError: If the scenario has an error.
    """
    end = parse_month(last)
    return len(runs_of(book, read_scenario(scenario, capacities(), book, seen_through(book, end, known)), end, known))
