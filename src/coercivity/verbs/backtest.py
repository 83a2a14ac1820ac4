"""`backtest`: forecasts as they would have been made on past days, against what was observed afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from coercivity.base.canonical import canonical_json, sha256
from coercivity.base.errors import CoercivityError, Fault
from coercivity.base.sums import total
from coercivity.base.version import ENGINE_VERSION
from coercivity.base.words import Lang
from coercivity.calibration.backtest.answer import BacktestFound, OriginFound, backtest_found, origin_found
from coercivity.calibration.parameters import prior_design
from coercivity.cases.arguments import PACKED, Law
from coercivity.ensemble.parameters import ParameterDraws
from coercivity.files.write.lock import held
from coercivity.files.write.whole_set import write_set
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.backtest.data import BacktestMade, backtest_data
from coercivity.papers.backtest.files import backtest_csv, backtest_lines, backtest_page, backtest_svg
from coercivity.papers.backtest.plan import plan_data, plan_lines
from coercivity.papers.backtest.report_data import BacktestReport, ParametersData, PlanReport
from coercivity.papers.backtest.sections import backtest_sections
from coercivity.papers.shared.tables.frames import Frames, section_frames
from coercivity.papers.shared.tables.tabled import Tabled
from coercivity.verbs import AS_KNOWN
from coercivity.verbs.backtest_asked import MONTHS, ORIGINS, BacktestAsked, backtest_asked
from coercivity.verbs.backtest_runs import FreeRuns, following, free_runs
from coercivity.verbs.draws_options import DrawsRun, whole
from coercivity.verbs.kept import run_store
from coercivity.verbs.outlook import packs_of

__all__ = [
    "DRAWS", "MONTHS", "ORIGINS", "BacktestAnswer", "BacktestPlan", "BacktestReport", "backtest", "backtest_plan",
    "write_backtest",
]  # fmt: skip

DRAWS = 64
PAGES: dict[Lang, str] = {"en": "backtest.html", "zh": "backtest.zh.html"}
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class BacktestAnswer(Tabled):
    """Forecasts of past days, scored.

    Attributes:
        found: The result.
        body: The same as plain data: text, whole numbers, flags, lists and mappings.
        notices: What went wrong with the cache; the result is not affected.

    Examples:
        The market takes some minutes, so the tests skip it.

        >>> answer = coercivity.backtest(origins=["2025-08-31"], horizon=1)  # doctest: +SKIP
        >>> next(answer.lines())  # doctest: +SKIP
        'Backtest: forecasts of 31 Aug 2025, 1 months ahead'
    """

    found: BacktestFound
    body: BacktestReport
    notices: tuple[Fault, ...] = ()

    def as_dict(self) -> BacktestReport:
        """Returns the result as plain data for JSON."""
        return self.body

    def lines(self, lang: Lang = "en") -> Iterator[str]:
        """Yields the result as lines of text."""
        return backtest_lines(self.body, lang)

    def page(self, lang: Lang = "en", *, sister: str = "") -> str:
        """Returns the result as a page that prints whole and needs no script."""
        return backtest_page(self.body, lang, sister=sister)

    def _frames(self) -> Frames:
        return section_frames(backtest_sections(self.body, "en"))

    def _headline(self) -> str:
        return next(self.lines())


@dataclass(frozen=True, slots=True)
class BacktestPlan:
    """What a backtest would do: rows, months and draws, without a run and without a score.

    Attributes:
        body: The plan as plain data.
        notices: Built-in days after which nothing was observed yet.
    """

    body: PlanReport
    notices: tuple[Fault, ...] = ()

    def lines(self, lang: Lang = "en") -> Iterator[str]:
        """Yields the plan as lines of text."""
        return plan_lines(self.body, lang)


def backtest(
    *,
    origins: Sequence[str] | None = None,
    horizon: int = MONTHS,
    parameters: Sequence[Path] = (),
    draws: int = DRAWS,
    scramble: int = 0,
    observations: Sequence[Path] = (),
    workers: int | None = None,
    executor: Executor | None = None,
    law: Law = PACKED,
    cache: bool = True,
    progress: Progress | None = None,
) -> BacktestAnswer:
    """Returns forecasts as they would have been made on past days, scored against what was observed afterwards.

    A forecast reads only what was published by its day, begins with the state estimated from what was observed by it,
    and is scored beside three null models: no change, seasonal, and the same model without controls. A backtest that
    was interrupted goes on: draws that were done are kept.

    Args:
        origins: Days of forecasts, YYYY-MM-DD. Default: 2025-04-30, 06-30, 08-31 and 10-20, as far as rows came after.
        horizon: Months of a forecast, from the first month not yet observed on its day.
        parameters: Files written by `calibrate`, one for each cut-off; a day takes the latest that is not after it. By
            default the prior.
        draws: Draws of each run, a power of two.
        scramble: Number of the design of the draws; another one gives an independent replicate.
        observations: Files with observations of your own.
        workers: Draws at a time. Default: one per processor.
        executor: What runs the draws. Default: processes of this computer.
        law: The rulebook to use.
        cache: Whether draws and solved months are taken from the cache and kept there.
        progress: Called with (draws done, all).

    Raises:
        CoercivityError: With every error in the arguments and files; if there is nothing to score; if a month has no
            feasible plan, or more than one draw in twenty has no result.

    Examples:
        The market takes some minutes, so the tests skip it.

        >>> answer = coercivity.backtest(origins=["2025-08-31"], horizon=1)  # doctest: +SKIP
        >>> answer.body["origins"][0]["observed"]  # doctest: +SKIP
        '2025-07'
    """
    asked = _asked(origins, horizon, parameters, draws, scramble, workers, observations)
    store, notices = run_store(on=cache), list[Fault]()
    book = law.book()
    askings, given = list[FreeRuns](), dict[str, ParametersData]()
    for each in asked.origins:
        held_parameters = each.parameters or prior_design(asked.design.points, scramble=asked.design.scramble)
        askings.append(FreeRuns(each.horizon, asked.design, held_parameters, asked.files))
        given[each.horizon.origin.isoformat()] = parameters_data(held_parameters)
    counts = [len(one.runs(book)) * asked.design.points for one in askings]
    found = list[OriginFound]()
    for place, (each, one) in enumerate(zip(asked.origins, askings, strict=True)):
        told = following(progress, total(counts[:place]), total(counts))
        how = DrawsRun(workers, executor, None, told)
        runs = free_runs(book, law, one, how, store=store, notices=notices)
        found.append(origin_found(each.horizon, each.rows, runs))
    whole_found = backtest_found(found)
    made = _made(asked, given, book)
    body = backtest_data(whole_found, made)
    body["hash"] = sha256(body)
    every = (*asked.notices, *(store.notices if store is not None else ()), *notices)
    return BacktestAnswer(whole_found, body, tuple(dict.fromkeys(every)))


def backtest_plan(
    *,
    origins: Sequence[str] | None = None,
    horizon: int = MONTHS,
    parameters: Sequence[Path] = (),
    draws: int = DRAWS,
    scramble: int = 0,
    observations: Sequence[Path] = (),
    workers: int | None = None,
    law: Law = PACKED,
) -> BacktestPlan:
    """Returns what a backtest would do, without a run and without a score; see `backtest`.

    Raises:
        CoercivityError: With every error in the arguments and files; if there is nothing to score.

    Examples:
        >>> plan = coercivity.backtest_plan(origins=["2025-08-31"], draws=8)
        >>> plan.body["origins"][0]["observed"]
        '2025-07'
    """
    asked = _asked(origins, horizon, parameters, draws, scramble, workers, observations)
    book = law.book()
    runs = [len(FreeRuns(each.horizon, asked.design, None, ()).runs(book)) for each in asked.origins]
    pairs = [(each.horizon, each.rows) for each in asked.origins]
    return BacktestPlan(plan_data(pairs, asked.design.points, runs), asked.notices)


def _asked(
    origins: Sequence[str] | None,
    horizon: int,
    parameters: Sequence[Path],
    draws: int,
    scramble: int,
    workers: int | None,
    observations: Sequence[Path],
) -> BacktestAsked:
    days = (origins,) if isinstance(origins, str) else origins
    at_once = whole(workers) if workers is not None else None
    return backtest_asked(days, whole(horizon), parameters, whole(draws), whole(scramble), at_once, observations)


def parameters_data(parameters: ParameterDraws) -> ParametersData:
    """Returns where parameters come from, as plain data."""
    known = "" if parameters.known is None else parameters.known.isoformat()
    return {"kind": parameters.kind, "known": known, "hash": parameters.hash}


def _made(asked: BacktestAsked, given: dict[str, ParametersData], book: Rulebook) -> BacktestMade:
    return BacktestMade(
        engine=ENGINE_VERSION,
        horizon=asked.months,
        draws=asked.design.points,
        scramble=asked.design.scramble,
        scenario=AS_KNOWN,
        files=[file.name for file in asked.files],
        parameters=given,
        packs=pack_texts(book),
    )


def pack_texts(book: Rulebook) -> dict[str, dict[str, str]]:
    """Returns version and hash of every pack behind a forecast, as text.

    Args:
        book: The rulebook.
    """
    from coercivity.data.packs import open_pack

    found = {name: {part: str(value) for part, value in pack.items()} for name, pack in packs_of(book).items()}
    pack = open_pack("observations")
    return {**found, "observations": {"version": pack.version, "hash": pack.content_hash}}


def write_backtest(folder: Path, answer: BacktestAnswer, lang: Lang = "en") -> list[Path]:
    """Writes pages in both languages, tables as CSV, pictures and the JSON; returns their paths.

    Args:
        folder: The folder; it is made where it does not exist.
        answer: The result.
        lang: Language of the pictures and of words in cells of CSV files.

    Raises:
        CoercivityError: If a file cannot be written.
    """
    files = {
        "backtest.json": canonical_json(answer.body) + b"\n",
        PAGES["en"]: answer.page("en", sister=PAGES["zh"]).encode(),
        PAGES["zh"]: answer.page("zh", sister=PAGES["en"]).encode(),
        **backtest_svg(answer.body, lang),
        **backtest_csv(answer.body, lang),
    }
    check_out(folder)
    with held(folder):
        return list(write_set(folder, files))


def check_out(folder: Path) -> None:
    """Checks that a folder for results is a folder, or is missing.

    Raises:
        CoercivityError: If it is something else.
    """
    if folder.exists() and not folder.is_dir():
        step = "give a folder after --out"
        raise CoercivityError.of("OUT", "it is a file, not a folder", where=folder.as_posix(), next=step)
