"""`fund pipeline`: the projects outside China in the market, as a ministry's workbook and as funded sets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from coercivity.base.canonical import round_sig, sha256_of_text
from coercivity.base.errors import Argument, CoercivityError, Fault, Faults
from coercivity.base.months import parse_month
from coercivity.base.words import Lang
from coercivity.cases.arguments import PACKED
from coercivity.data.packs import open_pack
from coercivity.ensemble.design import design_of
from coercivity.ensemble.runs.sets import DrawSet
from coercivity.files.write.lock import held
from coercivity.files.write.whole_set import write_set
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.inputs.figures import Figures
from coercivity.market.run.runs import RunAsked, runs_of
from coercivity.market.run.scenarios.check_law import seen_through
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import capacities
from coercivity.ministry.fund.answer import FundFound
from coercivity.ministry.fund.model import FundBook
from coercivity.ministry.fund.sets import FundedSet, figures
from coercivity.ministry.fund.write import fund_file, fund_hash, fund_yaml
from coercivity.ministry.pipeline.book import Pipeline, fund_book, pipeline_of
from coercivity.ministry.pipeline.candidates import Candidate, candidates
from coercivity.ministry.pipeline.funded import Paid, funded_run
from coercivity.ministry.pipeline.portfolio import resolved, slopes_between
from coercivity.papers.ministry.pipeline.data import pipeline_data, range_data
from coercivity.papers.ministry.pipeline.files import pipeline_csv, pipeline_page
from coercivity.papers.ministry.pipeline.picture import pipeline_svg
from coercivity.papers.ministry.pipeline.report_data import Guess, PipelineBudgetData, PipelineReport, PipelineSetData
from coercivity.papers.ministry.pipeline.text import pipeline_lines
from coercivity.papers.ministry.pipeline.wording import stage_names, workbook_title
from coercivity.verbs.draws import DrawsAsked, draw_sets
from coercivity.verbs.fund import Amount, budgets_of, fund
from coercivity.verbs.kept import user_store
from coercivity.verbs.outlook import span
from coercivity.verbs.outlook_data import json_text

# Name of each legal path, its scenario and the beginning of the legal scenario in it.
PATHS: Mapping[str, tuple[str, str]] = {
    "lapse": ("as-known", "lapsed"),
    "extension": ("as-known", "extended"),
    "technology": ("technology-only", ""),
}
FIRST, LAST = "2026-01", "2031-12"
DRAWS, SOLVED, YEARS_AFTER = 16, 4, 9
MOST_DRAWS, MOST_SOLVED = 256, 5  # a path; five make the fifteen draws that a budget may take
TRIED = 2  # sets that are solved for a budget
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class PipelineAnswer:
    """What public money for each project outside China is worth.

    Attributes:
        book: The ministry's workbook; `fund` reads it.
        body: The result as plain data.
        notices: What is said of kept draws that could not be used.
    """

    book: FundBook
    body: PipelineReport
    notices: tuple[Fault, ...] = ()

    def as_dict(self) -> PipelineReport:
        """Returns the result as plain data for JSON."""
        return self.body

    def lines(self, lang: Lang = "en") -> Iterator[str]:
        """Yields the result as lines of text."""
        return pipeline_lines(self.body, lang)

    def page(self, lang: Lang = "en", *, sister: str = "") -> str:
        """Returns the result as a page that prints whole and needs no script."""
        return pipeline_page(self.body, lang, sister=sister)


def fund_pipeline(
    *,
    budget: Amount | Sequence[Amount] | None = None,
    draws: int = DRAWS,
    solve: int = SOLVED,
    last: str = LAST,
    years_after: int = YEARS_AFTER,
    lang: Lang = "en",
    workers: int | None = None,
    draws_folder: Path | None = None,
    progress: Progress | None = None,
) -> PipelineAnswer:
    """Returns what public money for each project outside China is worth in the market, and which sets to fund.

    Values are shadow values of capacity over draws of the packed scenarios under three legal paths. With budgets, the
    best set of each and the next one are solved again in the market, on the first draws of each path.

    Args:
        budget: Public money that may be committed on each path [MUSD]; one or several. None solves no set.
        draws: Draws of each path, a power of two.
        solve: Draws of each path on which a set is solved, a power of two; 0 for none.
        last: Last month, YYYY-MM.
        years_after: Years after the last one in which its figures go on.
        lang: Language of the workbook.
        workers: Draws at a time; None for one per processor.
        draws_folder: Folder for draws, so that they can be continued; None for the cache.
        progress: Called with (draws done, all) of each step.

    Raises:
        CoercivityError: With every fault of the arguments, or as `draw_sets`.

    Examples:
        >>> try:
        ...     coercivity.fund_pipeline(draws=3)
        ... except coercivity.CoercivityError as error:
        ...     print(error.faults[0].what)
        the draws of a path are a power of two from 2 to 256, not 3
    """
    amounts = _check(budget, draws, solve, last, years_after)
    run = _Run(draws, last, workers, draws_folder, progress)
    paths = run.base()
    rows = Figures(open_pack("world"))
    entries = candidates(rows, _decided(paths))
    at_once = pipeline_of(rows, entries, paths, [{} for _ in paths], years_after)
    chosen = [one.candidate for one in at_once.projects]
    after = run.funded([Paid(one.candidate, one.ways[0]) for one in at_once.projects], draws)
    slopes = [slopes_between(rows, chosen, paths[path], after[path], at_once.years) for path in paths]
    found_in = pipeline_of(rows, chosen, paths, slopes, years_after, after)
    made = replace(found_in, without=(*at_once.without, *found_in.without))
    alone = pipeline_of(rows, chosen, paths, slopes, years_after)
    book = fund_book(made, stage_names(lang), workbook_title(lang))
    found = fund(book, budget=amounts or 1).found
    guesses: list[tuple[Guess, Pipeline, FundBook]] = [
        ("together", made, book),
        ("alone", alone, fund_book(alone, stage_names(lang), workbook_title(lang))),
    ]
    budgets = [run.portfolio(guesses, amount, paths, solve) for amount in amounts]
    body = pipeline_data(made, found, paths, budgets, solve * len(paths) if amounts else 0)
    body["hash"] = sha256_of_text(fund_hash(book) + json_text(body))
    return PipelineAnswer(book, body, tuple(run.notices))


def _check(
    budget: Amount | Sequence[Amount] | None, draws: int, solve: int, last: str, years_after: int
) -> list[Fraction]:
    """Returns the budgets.

    Raises:
        CoercivityError: With every fault of the arguments.
    """
    faults = Faults()
    amounts = budgets_of(budget, faults)
    if not 2 <= draws <= MOST_DRAWS or draws & (draws - 1):
        what = f"the draws of a path are a power of two from 2 to {MOST_DRAWS}, not {draws}"
        faults.add("ARGUMENT", what, where=Argument("draws"), next="write 16")
    if not 0 <= solve <= MOST_SOLVED or solve & (solve - 1) or solve > draws:
        what = f"the draws on which a set is solved are 0, 1, 2 or 4 a path and at most its draws, not {solve}"
        faults.add("ARGUMENT", what, where=Argument("solve"), next="write 4")
    with faults.kept():
        if span(FIRST, last)[1] < parse_month("2028-12"):
            what = f"no project of the pipeline runs by {last}"
            faults.add("ARGUMENT", what, where=Argument("to"), next=f"write 2028-12 or later, such as {LAST}")
    if not 0 <= years_after <= 40:
        what = f"the years after the last one are from 0 to 40, not {years_after}"
        faults.add("ARGUMENT", what, where=Argument("years-after"), next=f"write {YEARS_AFTER}")
    faults.raise_if_any()
    return amounts


def _decided(paths: Mapping[str, DrawSet]) -> frozenset[str]:
    """Returns the plants that the price decides in any draw."""
    mark = ":charge_usd_per_kg"
    return frozenset(
        name.removesuffix(mark)
        for draws in paths.values()
        for name in draws.names["plants"]
        if name.endswith(mark) and np.isfinite(draws.series("plants", name)).any()
    )


@dataclass(slots=True)
class _Run:
    """Draws of the market, with and without public money."""

    draws: int
    last: str
    workers: int | None
    folder: Path | None
    progress: Progress | None
    notices: list[Fault] = field(default_factory=list)
    book: Rulebook = field(default_factory=PACKED.book)

    def runs(self) -> dict[str, RunAsked]:
        """Returns the run of each legal path."""
        last = parse_month(self.last)
        found: dict[str, RunAsked] = {}
        for path, (name, branch) in PATHS.items():
            scenario = read_scenario(name, capacities(), self.book, seen_through(self.book, last))
            found[path] = next(run for run in runs_of(self.book, scenario, last) if run.branch.startswith(branch))
        return found

    def base(self) -> dict[str, DrawSet]:
        """Returns the draws of each path without public money."""
        return self.sets(self.runs(), self.draws, "without")

    def sets(self, runs: Mapping[str, RunAsked], points: int, step: str) -> dict[str, DrawSet]:
        """Returns draws by path, kept ones or new.

        Args:
            runs: A run a path.
            points: Draws of each.
            step: Name of the folder inside that of the draws.
        """
        each = tuple(runs.values())
        design = design_of(points * len(each), len(each))
        asked = DrawsAsked(each, parse_month(FIRST), parse_month(self.last), design)
        folder = self.folder / step if self.folder is not None else None
        found = draw_sets(
            self.book,
            PACKED,
            asked,
            store=user_store(),
            folder=folder,
            at_once=self.workers,
            progress=self.progress,
            notices=self.notices,
        )
        return dict(zip(runs, found, strict=True))

    def funded(self, chosen: Sequence[Paid], points: int) -> dict[str, DrawSet]:
        """Returns the draws of each path with projects funded."""
        runs = {path: funded_run(run, chosen) for path, run in self.runs().items()}
        step = next(iter(runs.values())).scenario.id.rpartition("+")[2]
        return self.sets(runs, points, step)

    def portfolio(
        self,
        guesses: Sequence[tuple[Guess, Pipeline, FundBook]],
        budget: Fraction,
        paths: Mapping[str, DrawSet],
        points: int,
    ) -> PipelineBudgetData:
        """Returns the best set for a budget and the next one, solved in the market where draws are asked for.

        Two guesses bracket the answer: every project funded at once, where each is built late and is worth little, and
        each decided at once as if it were alone. The best set of both is solved; where they agree, the next best is.
        """
        answers = [(guess, made, fund(book, budget=budget, sets=TRIED).found) for guess, made, book in guesses]
        wanted = [(guess, made, found, found.sets[0].chosen) for guess, made, found in answers]
        if len({_named(found, chosen) for _, _, found, chosen in wanted}) < len(wanted):
            guess, made, found = answers[0]
            wanted = [(guess, made, found, one.chosen) for one in found.sets]
        sets = [self._set(guess, made, found, chosen, paths, points) for guess, made, found, chosen in wanted]
        best = {
            path: max((each["solved"][path]["whole"]["mean"] for each in sets if path in each["solved"]), default=0.0)
            for path in paths
        }
        for each in sets:
            for path, told in each["solved"].items():
                told["less_than_best_musd"] = round_sig(best[path] - told["whole"]["mean"])
        sets.sort(key=lambda each: -(each["pairs_musd"] if each["solved_musd"] is None else each["solved_musd"]))
        return {"budget_musd": float(budget), "sets": sets}

    def _set(
        self,
        guess: Guess,
        made: Pipeline,
        found: FundFound,
        chosen: FundedSet,
        paths: Mapping[str, DrawSet],
        points: int,
    ) -> PipelineSetData:
        told = figures(found.case, chosen)
        by_id = {one.candidate.id: one for one in made.projects}
        names = [found.case.projects[place] for place in chosen.projects]
        kinds = [found.case.offers[at].instrument for at in chosen.offers]
        paid = [
            Paid(by_id[name].candidate, next(way for way in by_id[name].ways if way.instrument == kind))
            for name, kind in zip(names, kinds, strict=True)
        ]
        mean, between = found.case.mean(told.value_musd), found.case.mean(told.interaction_musd)
        data: PipelineSetData = {
            "guess": guess,
            "projects": names,
            "instruments": list(kinds),
            "cost_musd": round_sig(float(told.mean_cost_musd), 6),
            "alone_musd": round_sig(float(mean - between), 6),
            "pairs_musd": round_sig(float(mean), 6),
            "solved_musd": None,
            "solved": {},
            "starts": {},
        }
        if points and paid:
            self._solve(data, made, paid, paths, points)
        return data

    def _solve(
        self, data: PipelineSetData, made: Pipeline, paid: Sequence[Paid], paths: Mapping[str, DrawSet], points: int
    ) -> None:
        after = self.funded(paid, points)
        entries: list[Candidate] = [one.project for one in paid]
        every = [resolved(made, path, paths[path], after[path], entries) for path in paths]
        data["solved"] = {
            one.path: {
                "whole": range_data(one.whole),
                "outside": range_data(one.outside),
                "less_than_best_musd": 0.0,
            }
            for one in every
        }
        data["solved_musd"] = round_sig(float(np.mean([one.whole.mean for one in every])), 6)
        data["starts"] = {
            name: [round_sig(float(np.mean([one.started[name][side] for one in every])), 6) for side in (0, 1)]
            for name in data["projects"]
        }


def _named(found: FundFound, chosen: FundedSet) -> tuple[tuple[str, str], ...]:
    """Returns a set by the names of its projects and instruments."""
    names = (found.case.projects[place] for place in chosen.projects)
    kinds = (found.case.offers[at].instrument for at in chosen.offers)
    return tuple(sorted(zip(names, kinds, strict=True)))


def write_pipeline(folder: Path, answer: PipelineAnswer, lang: Lang = "en") -> list[Path]:
    """Writes the workbook (XLSX and YAML), pages in both languages, CSV, picture and JSON; returns their paths.

    Args:
        folder: The folder; it is made where it does not exist.
        answer: The result.
        lang: Language of the workbook and of words in cells of CSV files.

    Raises:
        CoercivityError: If a file cannot be written.
    """
    files = {
        "pipeline.json": json_text(answer.body).encode() + b"\n",
        "pipeline.html": answer.page("en", sister="pipeline.zh.html").encode(),
        "pipeline.zh.html": answer.page("zh", sister="pipeline.html").encode(),
        "pipeline.svg": pipeline_svg(answer.body),
        "ministry.xlsx": fund_file(answer.book, lang),
        "ministry.yaml": fund_yaml(answer.book).encode(),
        **pipeline_csv(answer.body, lang),
    }
    if folder.exists() and not folder.is_dir():
        step = "give a folder after --out"
        raise CoercivityError.of("OUT", "it is a file, not a folder", where=folder.as_posix(), next=step)
    with held(folder):
        return list(write_set(folder, files))
