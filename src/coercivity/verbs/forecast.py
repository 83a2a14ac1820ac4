"""`forecast`: a dated, hashed statement of figures that will be reported, and its check against what came."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from coercivity.base.days import Day, needed_day
from coercivity.base.errors import Argument, CoercivityError, Fault, Faults
from coercivity.base.months import Month, month_text, parse_month
from coercivity.base.version import ENGINE_VERSION
from coercivity.base.words import Lang
from coercivity.calibration.backtest.rows import Horizon, rows_at
from coercivity.calibration.forecast.stated import forecast_found
from coercivity.calibration.parameters import prior_design
from coercivity.cases.arguments import KNOWN, PACKED, Law
from coercivity.ensemble.design import Design, design_of
from coercivity.ensemble.parameters import ParameterDraws, engine_hash, read_parameters
from coercivity.files.write.lock import held
from coercivity.files.write.whole_set import write_set
from coercivity.observations.rows import Observation, load_observations
from coercivity.papers.forecast.data import ForecastMade, forecast_data, statement
from coercivity.papers.forecast.files import forecast_lines, forecast_markdown
from coercivity.papers.forecast.report_data import FileData, ForecastReport
from coercivity.verbs import AS_KNOWN
from coercivity.verbs.backtest import DRAWS, pack_texts, parameters_data
from coercivity.verbs.backtest_asked import last_observed
from coercivity.verbs.backtest_runs import FreeRuns, free_runs
from coercivity.verbs.draws_options import DrawsRun, check_draws, whole
from coercivity.verbs.kept import run_store
from coercivity.verbs.posteriors import posterior_file

__all__ = ["DRAWS", "ForecastAnswer", "ForecastReport", "forecast", "write_forecast"]

FROM, TO = Argument("from"), Argument("to")
# The next four quarters, and the longest forecast [months].
QUARTER, QUARTERS, MOST_MONTHS = 3, 4, 60
_JOIN = ":"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ForecastAnswer:
    """A forecast.

    Attributes:
        body: The statement: text, whole numbers, flags, lists and mappings.
        notices: What went wrong with the cache; the result is not affected.

    Examples:
        The market takes some minutes, so the tests skip it.

        >>> answer = coercivity.forecast(known="2025-10-20", first="2025-10", last="2026-09")  # doctest: +SKIP
        >>> answer.body["observed"]  # doctest: +SKIP
        '2025-09'
    """

    body: ForecastReport
    notices: tuple[Fault, ...] = ()

    def as_dict(self) -> ForecastReport:
        """Returns the statement as plain data for JSON."""
        return self.body

    def statement(self) -> bytes:
        """Returns the statement as the bytes of its file; the same arguments give the same bytes."""
        return statement(self.body)

    def lines(self, lang: Lang = "en") -> Iterator[str]:
        """Yields the forecast as lines of text."""
        return forecast_lines(self.body, lang)

    def markdown(self, lang: Lang = "en") -> str:
        """Returns the forecast as a Markdown page."""
        return forecast_markdown(self.body, lang)


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """A forecast that was checked."""

    horizon: Horizon
    first: Month
    design: Design
    parameters: ParameterDraws
    files: tuple[Path, ...]
    rows: tuple[Observation, ...]


def forecast(
    *,
    known: str,
    first: str | None = None,
    last: str | None = None,
    parameters: Path | None = None,
    draws: int = DRAWS,
    scramble: int = 0,
    observations: Sequence[Path] = (),
    workers: int | None = None,
    executor: Executor | None = None,
    law: Law = PACKED,
    cache: bool = True,
    progress: Progress | None = None,
) -> ForecastAnswer:
    """Returns a forecast of the figures that will be reported, as a statement with a date and a hash.

    It states every series of the observations known on its day that the model gives, and exports, prices, gaps and
    licences decided, with median and 50, 80 and 95 % bands; legal scenarios that are open on its day are side by side.

    Args:
        known: Its day: only what was published by then is read.
        first: First month, YYYY-MM. Default: that of the quarter after its day.
        last: Last month, YYYY-MM. Default: the end of four quarters.
        parameters: File written by `calibrate`, of its day or an earlier one. Default: the prior.
        draws: Draws of each run, a power of two.
        scramble: Number of the design of the draws.
        observations: Files with observations of your own.
        workers: Draws at a time. Default: one per processor.
        executor: What runs the draws. Default: processes of this computer.
        law: The rulebook to use.
        cache: Whether draws and solved months are taken from the cache and kept there.
        progress: Called with (draws done, all).

    Raises:
        CoercivityError: With every error in the arguments and files; if a month has no feasible plan, or more than one
            draw in twenty has no result.

    Examples:
        The market takes some minutes, so the tests skip it.

        >>> answer = coercivity.forecast(known="2025-10-20", first="2025-10", last="2026-09")  # doctest: +SKIP
        >>> next(answer.lines())  # doctest: +SKIP
        'Forecast of 20 Oct 2025: 2025-10 to 2026-09'
    """
    at_once = whole(workers) if workers is not None else None
    asked = _asked(known, first, last, parameters, whole(draws), whole(scramble), at_once, tuple(observations))
    store, notices = run_store(on=cache), list[Fault]()
    book = law.book()
    free = FreeRuns(asked.horizon, asked.design, asked.parameters, asked.files, without_law=False)
    how = DrawsRun(workers, executor, None, progress)
    runs = free_runs(book, law, free, how, store=store, notices=notices)
    paths = {name.partition(_JOIN)[2]: each for name, each in runs.items()}
    rows = rows_at(asked.horizon, asked.rows, ())
    found = forecast_found(asked.horizon, asked.first, rows, asked.rows, paths)
    made = ForecastMade(
        scenario=AS_KNOWN,
        law={"version": book.version, "hash": book.content_hash, "known_through": book.known_through.isoformat()},
        draws=asked.design.points,
        scramble=asked.design.scramble,
        engine={"version": ENGINE_VERSION, "code": engine_hash()},
        packs=pack_texts(book),
        parameters=parameters_data(asked.parameters),
        files=[_file(path) for path in asked.files],
    )
    every = (*(store.notices if store is not None else ()), *notices)
    return ForecastAnswer(forecast_data(found, made), tuple(dict.fromkeys(every)))


def _file(path: Path) -> FileData:
    return {"name": path.name, "hash": hashlib.sha256(path.read_bytes()).hexdigest()}


def _asked(
    known: str,
    first: str | None,
    last: str | None,
    parameters: Path | None,
    draws: int,
    scramble: int,
    workers: int | None,
    files: tuple[Path, ...],
) -> _Asked:
    """Returns what is asked for; every error in it is reported at once."""
    faults, design, day, observed = Faults(), Design(1), None, None
    check_draws(draws, scramble, workers, None, faults)
    if not faults.items:
        with faults.kept():
            design = design_of(draws, 1, scramble)
    months = [_month(text, name, faults) for text, name in ((first, FROM), (last, TO))]
    with faults.kept():
        day = needed_day(known, KNOWN)
    given: ParameterDraws | None = None
    if parameters is not None:
        with faults.kept():
            given = read_parameters(posterior_file(parameters), points=design.points, known=day)
    if day is not None:
        with faults.kept():
            observed = last_observed(day, files)
            begin, end = _span(day, observed, months[0], months[1], faults)
    faults.raise_if_any()
    assert day is not None
    assert observed is not None
    horizon = Horizon(day, observed, end)
    usable = given or prior_design(design.points, scramble=design.scramble)
    return _Asked(horizon, begin, design, usable, files, load_observations(day, files))


def _month(text: str | None, name: str, faults: Faults) -> Month | None:
    if text is None:
        return None
    try:
        return parse_month(text)
    except ValueError as error:
        faults.add("MONTH", str(error), where=name, next="write a month as YYYY-MM")
        return None


def _span(day: Day, observed: Month, first: Month | None, last: Month | None, faults: Faults) -> tuple[Month, Month]:
    """Returns first and last month of a forecast: by default the four quarters after its day."""
    quarter = (day.year * 12 + day.month - 1) // QUARTER * QUARTER + QUARTER
    begin = first if first is not None else quarter
    end = last if last is not None else begin + QUARTER * QUARTERS - 1
    if end < begin:
        faults.add("SPAN", "the period ends before it begins", where=TO, next="give a later end")
    if begin <= observed:
        what = f"{month_text(begin)} is observed already, through {month_text(observed)}"
        faults.add("FORECAST-MONTHS", what, where=FROM, next=f"give {month_text(observed + 1)} or later")
    elif end - observed > MOST_MONTHS:
        what = f"expected at most {MOST_MONTHS} months after {month_text(observed)}, the last one observed"
        faults.add("FORECAST-MONTHS", what, where=TO, next=f"give {month_text(observed + MOST_MONTHS)} or earlier")
    return begin, end


def write_forecast(file: Path, answer: ForecastAnswer) -> list[Path]:
    """Writes the statement, and beside it its page in both languages; returns their paths.

    Args:
        file: The file of the statement, such as forecast.json; the pages have its name with the ending md.
        answer: The forecast.

    Raises:
        CoercivityError: If a file cannot be written.
    """
    if file.suffix != ".json" or file.is_dir():
        what = "the statement is a file with the ending .json"
        raise CoercivityError.of("OUT", what, where=file.as_posix(), next="give, for example, --out forecast.json")
    folder, stem = file.parent, file.stem
    files = {
        file.name: answer.statement(),
        f"{stem}.md": answer.markdown("en").encode(),
        f"{stem}.zh.md": answer.markdown("zh").encode(),
    }
    with held(folder):
        return list(write_set(folder, files))
