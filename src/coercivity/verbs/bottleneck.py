"""`bottleneck`: whether technology or materials hold back output outside China, from four runs of the market."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from coercivity.base.canonical import canonical_json, sha256
from coercivity.base.errors import CoercivityError, Fault, Faults
from coercivity.base.words import Lang
from coercivity.cases.arguments import PACKED, Law
from coercivity.ensemble.design import design_of
from coercivity.files.write.lock import held
from coercivity.files.write.whole_set import write_set
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.run.runs import runs_of
from coercivity.market.run.scenarios.check_law import seen_through
from coercivity.market.run.scenarios.scenario import Scenario, read_scenario
from coercivity.market.run.simulate import capacities, world_once
from coercivity.ministry.bottleneck.answer import BottleneckFound, bottleneck_answer
from coercivity.ministry.bottleneck.figures import LEAST_DRAWS
from coercivity.ministry.bottleneck.plants import named_plants
from coercivity.ministry.bottleneck.runs import RUNS
from coercivity.papers.ministry.bottleneck.data import bottleneck_data, clauses_of
from coercivity.papers.ministry.bottleneck.files import (
    bottleneck_csv,
    bottleneck_page,
    bottleneck_svg,
    bottleneck_workbook,
)
from coercivity.papers.ministry.bottleneck.report_data import BottleneckReport, NameData
from coercivity.papers.ministry.bottleneck.sections import bottleneck_sections
from coercivity.papers.ministry.bottleneck.text import bottleneck_lines
from coercivity.papers.shared.names import Text, clause_shorts
from coercivity.papers.shared.tables.frames import Frames, section_frames
from coercivity.papers.shared.tables.tabled import Tabled
from coercivity.verbs.bottleneck_runs import RunsAsked, staged_runs
from coercivity.verbs.draws_options import DRAWS, DrawsRun, check_begin, check_draws, whole
from coercivity.verbs.kept import run_store
from coercivity.verbs.outlook import outlook_words, packs_of, span

__all__ = ["FIRST", "LAST", "BottleneckAnswer", "BottleneckReport", "bottleneck", "write_bottleneck"]

FIRST, LAST = "2026-01", "2031-12"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class BottleneckAnswer(Tabled):
    """Whether technology or materials are the bottleneck outside China.

    Attributes:
        found: The result.
        body: The same as plain data: text, whole numbers, lists and mappings.
        notices: What went wrong with the cache; the result is not affected.

    Examples:
        The market takes some minutes, so the tests skip it.

        >>> answer = coercivity.bottleneck(last="2027-03")  # doctest: +SKIP
        >>> next(answer.lines())  # doctest: +SKIP
        'Technology or materials: the bottleneck outside China, 2026-01 to 2027-03'
    """

    found: BottleneckFound
    body: BottleneckReport
    notices: tuple[Fault, ...] = ()

    def as_dict(self) -> BottleneckReport:
        """Returns the result as plain data for JSON."""
        return self.body

    def lines(self, lang: Lang = "en") -> Iterator[str]:
        """Yields the result as lines of text."""
        return bottleneck_lines(self.body, lang)

    def page(self, lang: Lang = "en", *, sister: str = "") -> str:
        """Returns the result as a page that prints whole and needs no script."""
        return bottleneck_page(self.body, lang, sister=sister)

    def _frames(self) -> Frames:
        return section_frames(bottleneck_sections(self.body, "en"))

    def _headline(self) -> str:
        return next(self.lines())


def bottleneck(
    *,
    first: str = FIRST,
    last: str = LAST,
    draws: int | None = None,
    scramble: int = 0,
    workers: int | None = None,
    executor: Executor | None = None,
    law: Law = PACKED,
    cache: bool = True,
    progress: Progress | None = None,
) -> BottleneckAnswer:
    """Returns whether technology or materials are the bottleneck outside China.

    Four runs are compared: both controlled, materials free, technology free, and no controls. Which of the two frees
    more tonnes follows from them alone; the answer is neither if the difference is below 0.5 % of the output with both
    controls, or, with draws, if its 90 % interval contains 0.

    Args:
        first: First month, YYYY-MM.
        last: Last month, YYYY-MM.
        draws: Draws of each run, a power of two of 2 or more; the points are the same in all runs. By default each is
            run once, with the usual figures.
        scramble: Number of the design of the draws; another one gives an independent replicate.
        workers: Runs at a time. Default: one per processor.
        executor: What solves them. Default: processes of this computer.
        law: The rulebook to use.
        cache: Whether runs are taken from the cache and kept there.
        progress: Called with (runs done, all).

    Raises:
        CoercivityError: With every error in the arguments; if a month has no feasible plan, or more than one draw in
            twenty has no result.

    Examples:
        The market takes some minutes, so the tests skip it.

        >>> answer = coercivity.bottleneck(last="2027-03")  # doctest: +SKIP
        >>> [row["winner"] for row in answer.body["verdicts"]]  # doctest: +SKIP
        ['neither', 'neither']
    """
    store, notices = run_store(on=cache), list[Fault]()
    draws, scramble = whole(draws) if draws is not None else None, whole(scramble)
    workers = whole(workers) if workers is not None else None
    book = law.book()
    asked = _asked(book, first, last, draws, scramble, workers)
    how = DrawsRun(workers, executor, None, progress)
    runs = staged_runs(book, law, asked, how, store=store, notices=notices)
    found = bottleneck_answer(runs, named_plants(world_once().figures), drawn=asked.design is not None)
    titles = {name: _name(run.scenario.title.as_dict()) for name, run in asked.runs.items()}
    regions = {name: _name(region) for name, region in outlook_words()["regions"].items()}
    packs = {name: {part: str(value) for part, value in pack.items()} for name, pack in packs_of(book).items()}
    body = bottleneck_data(found, titles, _clauses(book, found), regions, packs)
    body["hash"] = sha256(body)
    every = (*(store.notices if store is not None else ()), *notices)
    return BottleneckAnswer(found, body, tuple(dict.fromkeys(every)))


def _asked(book: Rulebook, first: str, last: str, draws: int | None, scramble: int, workers: int | None) -> RunsAsked:
    """Returns the four runs and their design; every error in the arguments is reported at once."""
    faults, months, design = Faults(), (0, 0), None
    read = list[Scenario]()
    check_draws(draws, scramble, None, None, faults)
    check_draws(LEAST_DRAWS, 0, workers, None, faults)  # workers go without draws as well
    with faults.kept():
        months = span(first, last)
    if draws is not None and not faults.items:
        check_begin(draws, months[0], faults)
        _check_interval(draws, faults)
        with faults.kept():
            design = design_of(draws, 1, scramble)
    through = seen_through(book, months[1]) if months[1] else None
    for name in RUNS:
        with faults.kept():
            read.append(read_scenario(name, capacities(), book, through))
    faults.raise_if_any()
    runs = {scenario.id: runs_of(book, scenario, months[1]) for scenario in read}
    return RunsAsked({name: each[0] for name, each in runs.items()}, months[0], months[1], design)


def _check_interval(draws: int, faults: Faults) -> None:
    """Adds a fault if there are too few draws for an interval."""
    if draws < LEAST_DRAWS:
        faults.add("DRAWS", "one draw has no interval", where=DRAWS, next="give 2 or more, such as 8 or 64")


def _name(words: Text) -> NameData:
    return {"en": words["en"], "zh": words["zh"]}


def _clauses(book: Rulebook, found: BottleneckFound) -> dict[str, NameData]:
    """Returns the short names of the clauses that delay a plant in any run."""
    names = clauses_of(found)
    english, chinese = clause_shorts(book, names, "en"), clause_shorts(book, names, "zh")
    return {name: {"en": english[name], "zh": chinese[name]} for name in names}


def write_bottleneck(folder: Path, answer: BottleneckAnswer, lang: Lang = "en") -> list[Path]:
    """Writes pages in both languages, tables as CSV, a workbook, pictures and the JSON; returns their paths.

    Args:
        folder: The folder; it is made where it does not exist.
        answer: The result.
        lang: Language of the workbook, the pictures and of words in cells of CSV files.

    Raises:
        CoercivityError: If a file cannot be written.
    """
    files = {
        "bottleneck.json": canonical_json(answer.body) + b"\n",
        "bottleneck.html": answer.page("en", sister="bottleneck.zh.html").encode(),
        "bottleneck.zh.html": answer.page("zh", sister="bottleneck.html").encode(),
        "bottleneck.xlsx": bottleneck_workbook(answer.body, lang),
        **bottleneck_svg(answer.body, lang),
        **bottleneck_csv(answer.body, lang),
    }
    if folder.exists() and not folder.is_dir():
        step = "give a folder after --out"
        raise CoercivityError.of("OUT", "it is a file, not a folder", where=folder.as_posix(), next=step)
    with held(folder):
        return list(write_set(folder, files))
