"""`clause-price`: the cost of a clause or an instrument: tonnes, money, who bears it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from coercivity.base.canonical import sha256_of_text
from coercivity.base.errors import Argument, CoercivityError, Fault, Faults, brief_value, nearest
from coercivity.base.months import Month, month_text
from coercivity.base.version import ENGINE_VERSION
from coercivity.base.words import Lang
from coercivity.cases.arguments import PACKED, Law
from coercivity.files.kept.store import Store
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.shown import short_name
from coercivity.market.results.run_answer import RunAnswer
from coercivity.market.run.licensing.desk_practice import without_elements
from coercivity.market.run.question import RunQuestion
from coercivity.market.run.runs import RunAsked, runs_of
from coercivity.market.run.scenarios.check_law import seen_through
from coercivity.market.run.scenarios.scenario import Scenario, read_scenario
from coercivity.market.run.simulate import Lifted, Progress, capacities
from coercivity.papers.market.clause_frames import clause_frames
from coercivity.papers.market.clause_text import clause_lines
from coercivity.papers.market.report_data import BranchPrice, ClausePriceBody, ClausePriceData, PriceDraws
from coercivity.papers.shared.names import Text, clause_short
from coercivity.papers.shared.tables.tabled import Frames, Tabled
from coercivity.permission.repeal import taken_out
from coercivity.verbs import AS_KNOWN, GENERAL_LICENCES, GeneralLicences
from coercivity.verbs.clause_cost import difference, licences_worth, sums_of
from coercivity.verbs.clause_differences import design_for
from coercivity.verbs.clause_kept import cost_key, keep_draws, kept_draws
from coercivity.verbs.draws_options import DrawsOptions, DrawsRun, check_begin, check_draws, whole
from coercivity.verbs.kept import keep, run_store, taken
from coercivity.verbs.outlook import json_text, outlook_words, packs_of, resting, span
from coercivity.verbs.runs import answers_to

if TYPE_CHECKING:
    from concurrent.futures import Executor

SCHEMA = "coercivity/clause-price/1"


@dataclass(frozen=True, slots=True)
class ClausePrice(Tabled):
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

    def _frames(self) -> Frames:
        return clause_frames(self.body)

    def _headline(self) -> str:
        return self.lines()[0]


def clause_price(
    clause: str,
    scenario: str = AS_KNOWN,
    *,
    first: str,
    last: str,
    general_licences: GeneralLicences = "with",
    law: Law = PACKED,
    cache: bool = True,
    draws: int | None = None,
    scramble: int = 0,
    workers: int | None = None,
    executor: Executor | None = None,
    draws_folder: Path | None = None,
    progress: Progress | None = None,
    draws_progress: Progress | None = None,
) -> ClausePrice:
    """Returns the cost of a clause over a period: the run with it minus the run without it, in every legal scenario.

    Both runs are the same until the period begins; then the clause is lifted in one of them, without prior notice.
    If every shipment needs a single licence, it does so from the beginning of both runs.

    With draws, both runs are repeated at the same points, each with other figures of the packs from the period on.
    Draws of the same question that were made earlier are shown without being asked for.

    Args:
        clause: Id of a provision, or id, alias or number of an instrument.
        scenario: Id of a packed scenario or path of a file.
        first: First month, YYYY-MM.
        last: Last month, YYYY-MM.
        general_licences: `with` general licences as practised, `without` them, or `both` and what they are worth.
        law: The rulebook to use.
        cache: Whether results are taken from the cache and kept there.
        draws: Draws of all legal scenarios together; each is run with the clause and without it.
        scramble: Number of the design of the draws; another one gives an independent replicate.
        workers: Draws at a time. Default: one per processor.
        executor: What runs the draws. Default: processes of this computer.
        draws_folder: Folder for the draws and manifests, so that they can be continued or handed on.
        progress: Called with (months done, all).
        draws_progress: Called with (draws done, all).

    Raises:
        CoercivityError: If the clause does not exist, or with every error in the arguments and the scenario.

    Examples:
        The market takes some seconds, so the tests skip it.

        >>> found = coercivity.clause_price("a18-1c905", first="2025-04", last="2025-04")  # doctest: +SKIP
        >>> found.body["branches"][0]["held_back_t"]  # doctest: +SKIP
        {'oxides_and_metals': 53.8293441, 'magnets': 0.0}
    """
    store = run_store(on=cache)
    words = (clause, scenario, first, last, general_licences)
    draws, scramble = whole(draws) if draws is not None else None, whole(scramble)
    workers = whole(workers) if workers is not None else None
    options, bad = DrawsOptions(draws, scramble) if draws is not None else None, Faults()
    check_draws(draws, scramble, workers, draws_folder, bad)
    key = cost_key(*words, law) if store is not None and not bad.items else None
    kept: _Kept | None = taken(store, key)
    asked = _asked(*words, law, options, bad) if kept is None or options is not None else None
    if kept is None:
        assert asked is not None
        kept = _found(asked, law, store, progress)
        if key is not None and cost_key(*words, law) == key:  # no file changed meanwhile
            keep(store, key, kept)
    notices: list[Fault] = []
    drawn = kept_draws(store, words, law, options) if key is not None and draws_folder is None else None
    if drawn is None and options is not None:
        assert asked is not None
        how = DrawsRun(workers, executor, draws_folder, draws_progress)
        drawn = _drawn(asked, kept["body"], options, law, how, store, notices)
        if key is not None and cost_key(*words, law) == key:
            keep_draws(store, words, law, options, drawn)
    body: ClausePriceData = {**kept["body"], "draws": drawn}
    found = (*(store.notices if store is not None else ()), *notices)
    return ClausePrice(body, kept["title"], tuple(dict.fromkeys(found)))


def clause_price_faults(
    clause: str,
    scenario: str = AS_KNOWN,
    *,
    first: str,
    last: str,
    general_licences: GeneralLicences = "with",
    law: Law = PACKED,
    draws: int | None = None,
    scramble: int = 0,
    workers: int | None = None,
    draws_folder: Path | None = None,
) -> list[Fault]:
    """Returns every error in the arguments of the cost of a clause, without working it out; see `clause_price`."""
    bad = Faults()
    check_draws(draws, scramble, workers, draws_folder, bad)
    options = DrawsOptions(draws, scramble) if draws is not None else None
    try:
        _asked(clause, scenario, first, last, general_licences, law, options, bad)
    except CoercivityError as error:
        return list(error.faults)
    return []


class _Kept(TypedDict):
    body: ClausePriceData
    title: Text


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question that was checked."""

    book: Rulebook
    clause: str
    months: tuple[Month, Month]
    names: frozenset[str]
    named: str
    scenario: Scenario
    general: GeneralLicences


def _asked(
    clause: str,
    scenario: str,
    first: str,
    last: str,
    general_licences: GeneralLicences,
    law: Law,
    options: DrawsOptions | None,
    faults: Faults,
) -> _Asked:
    book = law.book()
    months, names, read = (0, 0), frozenset[str](), list[Scenario]()
    with faults.kept():
        months = span(first, last)
    with faults.kept():
        names = taken_out(book, [clause])
    with faults.kept():
        read.append(read_scenario(scenario, capacities(), book, seen_through(book, months[1]) if months[1] else None))
    with faults.kept():
        check_general(general_licences)
    check_begin(options, months[0], faults)
    if options is not None and not faults.items:
        with faults.kept():
            design_for(options.draws, len(runs_of(book, read[0], months[1])), options.scramble)
    faults.raise_if_any()
    return _Asked(book, clause, months, names, scenario, read[0], general_licences)


def check_general(general_licences: str) -> None:
    """Checks whether general licences are asked for as they may be.

    Raises:
        CoercivityError: If the word is not `with`, `without` or `both`.
    """
    if general_licences not in GENERAL_LICENCES:
        what = f"{brief_value(general_licences)!r} is none of {', '.join(GENERAL_LICENCES)}"
        near = nearest(str(general_licences)[:80], GENERAL_LICENCES) or GENERAL_LICENCES
        raise CoercivityError.of("ARGUMENT", what, where=Argument("general_licences"), nearest=near, next="use one")


def _found(asked: _Asked, law: Law, store: Store | None, progress: Progress | None) -> _Kept:
    begin, end = asked.months
    costs, found = _costs(asked, law, store, progress)
    words = outlook_words()
    body: ClausePriceBody = {
        "schema": SCHEMA,
        "engine": ENGINE_VERSION,
        "packs": packs_of(asked.book),
        "clause": asked.clause,
        "provisions": sorted(asked.names),
        "name": _name(asked.book, sorted(asked.names)),
        "scenario": asked.named,
        "from": month_text(begin),
        "to": month_text(end),
        "general_licences": asked.general,
        "branches": costs[0],
        "without_general_licences": costs[1] if len(costs) > 1 else [],
        "general_licences_worth": [licences_worth(*pair) for pair in zip(*costs, strict=True)] if costs[1:] else [],
        "assumed": resting(found),
        "limits": words["limits"],
        "names": {"goods": words["goods"], "regions": words["regions"], "uses": words["uses"]},
    }
    whole: ClausePriceData = {**body, "hash": sha256_of_text(json_text(body)), "draws": None}
    return {"body": whole, "title": asked.scenario.title.as_dict()}


def _ways(asked: _Asked) -> list[list[RunAsked]]:
    """Returns the runs with the clause, by legal scenario: as practised or without general licences, or both."""
    practised, single = asked.scenario, without_elements(asked.scenario, ["general_licences"])
    ways = {"with": [practised], "without": [single], "both": [practised, single]}[asked.general]
    return [runs_of(asked.book, scenario, asked.months[1]) for scenario in ways]


def _drawn(
    asked: _Asked,
    cost: ClausePriceData,
    options: DrawsOptions,
    law: Law,
    how: DrawsRun,
    store: Store | None,
    notices: list[Fault],
) -> PriceDraws:
    from coercivity.verbs.clause_drawn import PriceDrawsAsked, price_draws

    wanted = PriceDrawsAsked(options, asked.clause, asked.months, _ways(asked))
    return price_draws(asked.book, law, wanted, cost, how, store=store, notices=notices)


def _costs(
    asked: _Asked, law: Law, store: Store | None, progress: Progress | None
) -> tuple[list[list[BranchPrice]], list[RunAnswer]]:
    """Returns the cost of the clause as asked for, by legal scenario, and the answers of all runs."""
    begin, end = asked.months
    runs = _ways(asked)
    questions = [
        RunQuestion(run, begin, end, lifted=lifted, compared_from=begin, tables=False)
        for way in runs
        for run in way
        for lifted in (None, Lifted(asked.clause, begin))
    ]
    found = answers_to(asked.book, law, questions, store=store, progress=progress)
    sums = map(sums_of, found)
    costs = [[difference(run.branch, next(sums), next(sums), asked.names) for run in way] for way in runs]
    return costs, found


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
