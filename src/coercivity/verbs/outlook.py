"""`outlook`: the effect of the rules on prices and supply, by month, scenario and legal scenario."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coercivity.base.days import Day, needed_day
from coercivity.base.errors import Argument, CoercivityError, Fault, Faults, brief_value
from coercivity.base.months import Month, month_text, parse_month
from coercivity.base.words import Lang
from coercivity.cases.arguments import KNOWN, PACKED, Law
from coercivity.files.kept.store import Store
from coercivity.files.write.lock import held
from coercivity.files.write.whole_set import write_set
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.run.licensing.desk_practice import desk_elements, without_elements
from coercivity.market.run.scenarios.check_law import seen_through
from coercivity.market.run.scenarios.scenario import Scenario, read_scenario
from coercivity.papers.outlook.iamc.frames import outlook_frames
from coercivity.papers.outlook.report_data import PAGE_FILES, OutlookReport
from coercivity.papers.shared.tables.tabled import Frames, Tabled
from coercivity.practice.desk import Element
from coercivity.verbs import AS_KNOWN
from coercivity.verbs.draws_options import (
    DrawsOptions,
    DrawsRun,
    check_begin,
    check_draws,
    check_options,
    design_for,
    options_for,
    whole,
)
from coercivity.verbs.kept import keep, run_store, taken
from coercivity.verbs.outlook_data import (
    SCHEMA,
    clause_names,
    json_text,
    outlook_words,
    packs_of,
    report_bytes,
    report_of,
    resting,
)
from coercivity.verbs.outlook_kept import KeptOutlook, NotedDraws, Question, kept_with_draws, note_draws, outlook_key

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from coercivity.ensemble.design import Design
    from coercivity.market.run.observed import ObservedAsked
    from coercivity.market.run.runs import RunAsked
    from coercivity.market.run.simulate import Progress

__all__ = [
    "PAGE_FILES", "REPORT_FILE", "SCHEMA", "OutlookResult", "clause_names", "json_text", "outlook", "outlook_words",
    "packs_of", "report_bytes", "report_of", "resting", "span",
]  # fmt: skip

REPORT_FILE = "outlook.json"
DESK_WITHOUT, FROM = Argument("desk_without"), Argument("from")


@dataclass(frozen=True, slots=True)
class OutlookResult(Tabled):
    """An outlook.

    Attributes:
        report: Everything as plain data.
        html: The page in English.
        html_zh: The page in Chinese.
        json: The report data as JSON; the same arguments give the same bytes.
        summary: Lines for a terminal.
        written: Files written; none if no folder was given.
        notices: What went wrong with the cache, and entries of a scenario file that no month of the run reaches; the
            result is not affected.

    Examples:
        The market takes some seconds, so the tests skip it.

        >>> result = coercivity.outlook(first="2025-04", last="2025-06")  # doctest: +SKIP
        >>> result.report["runs"][0]["prices"][0]["good"]  # doctest: +SKIP
        'ox_La'
    """

    report: OutlookReport
    html: str
    html_zh: str
    json: bytes
    summary: tuple[str, ...]
    written: tuple[Path, ...]
    notices: tuple[Fault, ...] = ()

    def _frames(self) -> Frames:
        return outlook_frames(self.report)

    def _headline(self) -> str:
        from coercivity.papers.outlook.report_text import summary

        return summary(self.report)[0]


def outlook(
    scenario: str = AS_KNOWN,
    scenario_b: str | None = None,
    *,
    first: str,
    last: str,
    out: Path | None = None,
    known: str | None = None,
    desk_without: Sequence[str] = (),
    observed: bool = False,
    observations: Sequence[Path] = (),
    law: Law = PACKED,
    lang: Lang = "en",
    cache: bool = True,
    draws: int | None = None,
    scramble: int = 0,
    workers: int | None = None,
    executor: Executor | None = None,
    draws_folder: Path | None = None,
    parameters: Path | None = None,
    progress: Progress | None = None,
    draws_progress: Progress | None = None,
) -> OutlookResult:
    """Returns the outlook of one or two scenarios, and writes it if a folder is given.

    Args:
        scenario: Id of a packed scenario or path of a file.
        scenario_b: A second scenario to compare it with.
        first: First month, YYYY-MM.
        last: Last month, YYYY-MM.
        out: Folder for the pages, the report data and the tables; it is created if missing.
        known: Information cut-off; by default each month uses the notices published by then.
        desk_without: Elements of the licensing desk that are switched off in every run: `queue`, `wait`, `refusals`,
            `returns`, `general_licences`, `events`, `unused_licences`, `customs_hold`.
        observed: Whether it starts from the latest state observed by `known`, or ever.
        observations: Files with further observations, in the columns of the packed ones.
        law: The rulebook to use.
        lang: Language of the summary; the pages are written in English and in Chinese.
        cache: Whether results are taken from the cache and kept there.
        draws: Draws of each scenario, divided among its legal scenarios: figures with a range are drawn from it, in
            every month from `first` on. By default the largest draws that the cache has of this question are shown.
        scramble: Number of the design of the draws; another one gives an independent replicate.
        workers: Draws at a time. Default: one per processor.
        executor: What runs the draws. Default: processes of this computer.
        draws_folder: Folder for the draws and a manifest, so that they can be continued or handed on.
        parameters: File with the values of some rows by draw, such as a posterior of `calibrate`, in place of values
            from their ranges.
        progress: Called with (months done, all).
        draws_progress: Called with (draws done, all).

    Raises:
        CoercivityError: With every error in the arguments or the scenarios; if a month has no feasible plan, another
            run is using the folder, or the folder cannot be written; if the folder for draws has draws of something
            else, one draw in twenty has no feasible plan, or a worker dies again and again.

    Examples:
        The market takes some seconds, so the tests skip it.

        >>> result = coercivity.outlook(first="2025-04", last="2025-06")  # doctest: +SKIP
        >>> result.summary[0]  # doctest: +SKIP
        'Market outlook: effect of the rules on prices and supply, 2025-04 to 2025-06'
    """
    from coercivity.papers.outlook.report_text import summary
    from coercivity.verbs.data_cut import nothing_cut

    names, store = [scenario, *([scenario_b] if scenario_b is not None else [])], run_store(on=cache)
    off = (desk_without,) if isinstance(desk_without, str) else tuple(desk_without)
    draws, scramble = whole(draws) if draws is not None else None, whole(scramble)
    workers = whole(workers) if workers is not None else None
    files = tuple(str(path) for path in observations)
    question, bad = Question(names, first, last, known, off, observed, files), Faults()
    options = options_for(draws, scramble, parameters, bad)
    check_draws(draws, scramble, workers, draws_folder, bad)
    usable = store is not None and not _taken(out) and not bad.items
    key = outlook_key(question, law, options) if usable else None
    kept = _kept(store, key, question, law, options) if draws_folder is None else None
    asked = None if kept is not None else _asked(question, law, out, options, bad)
    with nullcontext() if out is None else held(out):
        if asked is not None:
            how = DrawsRun(workers, executor, draws_folder, draws_progress)
            kept = _solved(asked, store, key, how, progress)
        assert kept is not None
        written = _written(out, kept) if out is not None else ()
    report = kept["report"]
    missed = [*_unreached(names, first, last), *nothing_cut(known)]
    notices = (*missed, *(store.notices if store is not None else ()), *(asked.notices if asked is not None else ()))
    return OutlookResult(
        report,
        kept["html"],
        kept["html_zh"],
        report_bytes(report),
        summary(report, lang),
        written,
        tuple(dict.fromkeys(notices)),
    )


def _kept(
    store: Store | None, key: str | None, question: Question, law: Law, options: DrawsOptions | None
) -> KeptOutlook | None:
    """Returns a kept outlook; if no draws are asked for, that with the largest ones that are kept."""
    if key is None:
        return None
    found = kept_with_draws(store, question, law) if options is None else None
    plain: KeptOutlook | None = taken(store, key) if found is None else None
    return found or plain


def _solved(
    asked: _Asked, store: Store | None, key: str | None, how: DrawsRun, progress: Progress | None
) -> KeptOutlook:
    """Returns an outlook that is not kept, and keeps it."""
    found = _made(asked, store, how, progress)
    question, law, options = asked.question, asked.law, asked.options
    if key is not None and outlook_key(question, law, options) == key:  # no file changed meanwhile
        keep(store, key, found)
        if options is not None and options.parameters is None:
            current = kept_with_draws(store, question, law) is not None
            note_draws(store, question, law, NotedDraws(options, key), current=current)
    return found


def _written(out: Path, kept: KeptOutlook) -> tuple[Path, ...]:
    """Returns the files of an outlook, written to a folder."""
    from coercivity.papers.outlook.parquet_tables import TABLE_FILES

    files = outlook_files(kept["report"], kept["html"], kept["html_zh"])
    return write_set(out, files, gone=TABLE_FILES - set(files))


def outlook_files(report: OutlookReport, html: str, html_zh: str) -> dict[str, bytes]:
    """Returns every file of an outlook by its name.

    Args:
        report: The report data.
        html: The page in English.
        html_zh: The page in Chinese.
    """
    from coercivity.papers.outlook.breadth.workbook import WORKBOOK_FILES, workbook
    from coercivity.papers.outlook.iamc.rows import IAMC_FILE, iamc_file
    from coercivity.papers.outlook.parquet_tables import table_files

    pages = {PAGE_FILES["en"]: html.encode(), PAGE_FILES["zh"]: html_zh.encode()}
    books = {name: workbook(report, tongue) for tongue, name in WORKBOOK_FILES.items()}
    files = {**pages, REPORT_FILE: report_bytes(report), **books, **dict(table_files(report))}
    return {**files, IAMC_FILE: iamc_file(report)}


def _made(asked: _Asked, store: Store | None, how: DrawsRun, progress: Progress | None) -> KeptOutlook:
    from coercivity.market.run.question import RunQuestion
    from coercivity.observations.state.solve import observed_state
    from coercivity.papers.outlook.report_html import page
    from coercivity.verbs.outlook_observed import told_of
    from coercivity.verbs.runs import answers_to

    book, law, (begin, end) = asked.book, asked.law, asked.months
    runs, seen, state = [run for each in asked.runs for run in each], asked.observed, None
    questions = [RunQuestion(run, begin, end, asked.known, observed=seen) for run in runs]
    if seen is not None:
        state = observed_state(book, seen, questions[0].begin, end, kept=store)
    estimated = state.observed if state is not None else None
    found = answers_to(book, law, questions, store=store, observed=estimated, progress=progress)
    report = report_of(book, runs, found, month_text(begin), month_text(end))
    if seen is not None and state is not None:
        report = {**report, "observed": told_of(state, seen, runs, found)}
    if asked.design is not None:
        from coercivity.verbs.draws import DrawsAsked
        from coercivity.verbs.outlook_drawn import drawn_report

        given = asked.options.parameters if asked.options is not None else None
        drawn = DrawsAsked(runs, begin, end, asked.design, asked.known, observed=seen, parameters=given)
        said = drawn_report(book, law, drawn, report, how, store=store, notices=asked.notices)
        report = {**report, "draws": said}
    return {"report": report, "html": page(report, "en"), "html_zh": page(report, "zh")}


def outlook_faults(
    scenario: str,
    scenario_b: str | None = None,
    *,
    first: str,
    last: str,
    out: Path | None = None,
    known: str | None = None,
    desk_without: Sequence[str] = (),
    observed: bool = False,
    observations: Sequence[Path] = (),
    law: Law = PACKED,
    draws: int | None = None,
    scramble: int = 0,
    workers: int | None = None,
    draws_folder: Path | None = None,
    parameters: Path | None = None,
) -> list[Fault]:
    """Returns every error in the arguments of an outlook and in its scenarios, without making it; see `outlook`."""
    names, bad = [scenario, *([scenario_b] if scenario_b is not None else [])], Faults()
    check_draws(draws, scramble, workers, draws_folder, bad)
    options = options_for(draws, scramble, parameters, bad)
    try:
        files = tuple(str(path) for path in observations)
        _asked(Question(names, first, last, known, tuple(desk_without), observed, files), law, out, options, bad)
    except CoercivityError as error:
        return list(error.faults)
    return []


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question that was checked."""

    question: Question
    law: Law
    options: DrawsOptions | None
    book: Rulebook
    months: tuple[Month, Month]
    known: Day | None
    runs: list[list[RunAsked]]
    design: Design | None
    notices: list[Fault]
    observed: ObservedAsked | None = None


def _taken(out: Path | None) -> bool:
    """Returns whether a file is in the place of the folder for the results."""
    return out is not None and os.path.exists(out) and not os.path.isdir(out)  # also of a name that is too long


def _asked(question: Question, law: Law, out: Path | None, options: DrawsOptions | None, bad: Faults) -> _Asked:
    """Returns rulebook, months, cut-off, runs and design, and reports every error in them, and bad ones, at once."""
    from coercivity.market.run.runs import runs_of
    from coercivity.market.run.simulate import capacities
    from coercivity.verbs.outlook_observed import notices_of, observed_asked

    book = law.book()
    faults, seen, read, off = Faults(), None, list[Scenario](), tuple[Element, ...]()
    months = (0, 0)
    with faults.kept():
        months = span(question.first, question.last)
    with faults.kept():
        seen = needed_day(question.known, KNOWN) if question.known is not None else None
    if out is not None and _taken(out):
        faults.add("OUT", "it is a file, not a folder", where=out.as_posix(), next="give a folder after --out")
    through = seen_through(book, months[1], seen) if months[1] else None
    for name in question.names:
        with faults.kept():
            read.append(read_scenario(name, capacities(), book, through))
    with faults.kept():
        off = desk_elements(question.desk_without, DESK_WITHOUT)
    if len(read) > 1 and read[0].id == read[1].id and read[0] != read[1]:
        what = f"both scenarios have the id {brief_value(read[0].id)!r}, so a result would not say which it belongs to"
        faults.add("SCENARIO", what, where=question.names[1], next="give one of them another `id`")
    check_begin(options, months[0], faults)
    start = observed_asked(question, seen, months, faults)
    faults.items += bad.items
    faults.raise_if_any()
    runs = [runs_of(book, without_elements(scenario, off), months[1], seen) for scenario in read]
    design = design_for(options, list(map(len, runs))) if options is not None else None
    if options is not None and design is not None:
        check_options(options, design, seen)
    return _Asked(question, law, options, book, months, seen, runs, design, notices_of(start, months), start)


def _unreached(names: Sequence[str], first: str, last: str) -> list[Fault]:
    """Returns a notice for each entry of a scenario file that no month reaches; built-in ones load nothing for it."""
    files = [name for name in names if name.endswith((".yaml", ".yml"))]
    if not files:
        return []
    from coercivity.verbs.scenario_form.reach import unreached_notices

    return unreached_notices(files, first, last)


def span(first: str, last: str) -> tuple[Month, Month]:
    """Returns the months of a period.

    Raises:
        CoercivityError: With every error in the two.
    """
    from coercivity.market.run.simulate import must_reach

    faults = Faults()
    found = []
    for text, name in ((first, FROM), (last, Argument("to"))):
        try:
            found.append(parse_month(text))
        except ValueError as error:
            faults.add("MONTH", str(error), where=name, next="write a month as YYYY-MM")
    faults.raise_if_any()
    must_reach(*found)
    return found[0], found[1]
