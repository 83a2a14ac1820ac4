"""What a backtest is asked for: days of forecasts, horizon, files; every error in them at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coercivity.base.days import Day, day_of
from coercivity.base.errors import Argument, CoercivityError, Fault, Faults
from coercivity.base.months import Month, month_of, month_text
from coercivity.calibration.backtest.rows import Horizon, RowsAt, rows_at
from coercivity.ensemble.design import Design, design_of
from coercivity.ensemble.parameters import ParameterDraws, read_parameters
from coercivity.market.run.simulate import BEGIN
from coercivity.observations.rows import Observation, load_observations
from coercivity.observations.state.asked import asked_of
from coercivity.observations.state.solve import check_observed
from coercivity.verbs.draws_options import check_draws
from coercivity.verbs.posteriors import all_packed, posterior_files

ORIGIN, HORIZON, PARAMETERS = Argument("origin"), Argument("horizon"), Argument("parameters")
# The days of the cuts: the last day before each change of the law or of its practice in 2025 that rows speak of.
ORIGINS = ("2025-04-30", "2025-06-30", "2025-08-31", "2025-10-20")
MONTHS, MOST_MONTHS = 6, 24
NOTHING = "BACKTEST-NOTHING"


@dataclass(frozen=True, slots=True, eq=False)
class OriginAsked:
    """A day of forecasts.

    Attributes:
        horizon: The day and its horizon.
        rows: Rows known by it, rows observed afterwards, and those that are not scored.
        parameters: Values of the parameters by draw.
    """

    horizon: Horizon
    rows: RowsAt
    parameters: ParameterDraws | None


@dataclass(frozen=True, slots=True, eq=False)
class BacktestAsked:
    """A backtest that was checked.

    Attributes:
        origins: The days, in order.
        design: Points of the draws, the same for every day and forecaster.
        months: Months of a forecast.
        files: Files of the user with observations.
        notices: Built-in days after which nothing was observed yet.
    """

    origins: tuple[OriginAsked, ...]
    design: Design
    months: int
    files: tuple[Path, ...]
    notices: tuple[Fault, ...] = ()


def backtest_asked(
    origins: Sequence[str] | None,
    months: int,
    parameters: Sequence[Path],
    draws: int,
    scramble: int,
    workers: int | None,
    files: Sequence[Path],
) -> BacktestAsked:
    """Returns what a backtest is asked for.

    Args:
        origins: The days, YYYY-MM-DD; None for the built-in ones after which something was observed.
        months: Months of a forecast.
        parameters: Files with the parameters as known on these days, days of packed ones, or the word `packed` for all
            of those; none for the prior.
        draws: Draws of each run.
        scramble: Number of their design.
        workers: Draws at a time.
        files: Files of the user with observations.

    Raises:
        CoercivityError: With every error in them.
    """
    faults, design = Faults(), Design(1)
    check_draws(draws, scramble, workers, None, faults)
    if not faults.items:
        with faults.kept():
            design = design_of(draws, 1, scramble)
    days = _days(ORIGINS if origins is None else origins, faults)
    check_months(months, faults)
    every = list[Observation]()
    with faults.kept():
        every = list(load_observations(None, files, unused=True))
    posteriors = _parameters(parameters, design.points, faults)
    found = list[OriginAsked]()
    usable = not faults.items
    notices = list[Fault]()
    for day in days if every else ():
        try:
            horizon, rows = _origin(day, months if usable else MONTHS, files, every)
            found.append(OriginAsked(horizon, rows, _fitting(posteriors, day)))
        except CoercivityError as error:
            told = notices if origins is None and error.code == NOTHING and day != days[0] else faults.items
            told += error.faults
    if not all_packed(parameters):
        _check_used(posteriors, [each.parameters for each in found], faults)
    faults.raise_if_any()
    return BacktestAsked(tuple(found), design, months, tuple(files), tuple(notices))


def _days(origins: Sequence[str], faults: Faults) -> list[Day]:
    """Returns the days in order; each counts once."""
    found = list[Day]()
    for text in origins:
        day = day_of(text, ORIGIN, faults)
        if day is not None and day in found:
            faults.add("BACKTEST-ORIGIN", f"{text} is given twice", where=ORIGIN, next="give each day once")
        elif day is not None:
            found.append(day)
    if not origins:
        faults.add("BACKTEST-ORIGIN", "no day is given", where=ORIGIN, next="give a day such as 2025-08-31")
    return sorted(found)


def check_months(months: object, faults: Faults) -> None:
    """Adds an error if the months of a forecast are not 1 to 24.

    Args:
        months: Months of a forecast.
        faults: Receives the error.
    """
    if isinstance(months, bool) or not isinstance(months, int) or not 1 <= months <= MOST_MONTHS:
        what = f"expected 1 to {MOST_MONTHS} months, found {str(months)[:40]}"
        faults.add("BACKTEST-HORIZON", what, where=HORIZON, next=f"give a number such as {MONTHS}")


def _origin(day: Day, months: int, files: Sequence[Path], every: Sequence[Observation]) -> tuple[Horizon, RowsAt]:
    """Returns the horizon of a day and its rows.

    Raises:
        CoercivityError: If nothing was observed by then, or nothing afterwards that can be scored.
    """
    observed = last_observed(day, files)
    horizon = Horizon(day, observed, observed + months)
    rows = rows_at(horizon, load_observations(day, files), every)
    if not rows.ahead:
        what = (
            f"nothing to score for {day.isoformat()}: no row of the months through {month_text(horizon.last)} that "
            f"the model gives was published after that day ({len(rows.left)} rows are left out)"
        )
        step = "give an earlier day, a longer --horizon, or later rows with --observations"
        raise CoercivityError.of(NOTHING, what, where=ORIGIN, next=step)
    return horizon, rows


def last_observed(day: Day, files: Sequence[Path]) -> Month:
    """Returns the last month of which a flow was observed by a day: runs are replayed through it, and free after it.

    Args:
        day: The day.
        files: Files of the user with observations.

    Raises:
        CoercivityError: If no flow of a month of the model was observed by then, or a row is invalid.
    """
    return check_observed(asked_of(day, files), BEGIN, month_of(day))[1]


def _parameters(files: Sequence[Path], points: int, faults: Faults) -> list[ParameterDraws]:
    found = list[ParameterDraws]()
    every = list[Path]()
    for given in files:
        with faults.kept():
            every += posterior_files([given])
    for file in every:
        with faults.kept():
            read = read_parameters(file, points=points)
            if any(read.known == other.known for other in found):
                what = "two files with parameters have the same cut-off"
                faults.add("ARGUMENT", what, where=file.as_posix(), next="give one file for each cut-off")
            found.append(read)
    return found


def _fitting(posteriors: Sequence[ParameterDraws], day: Day) -> ParameterDraws | None:
    """Returns the parameters of the latest cut-off that is not after a day; None if no file is given.

    Raises:
        CoercivityError: If all of them have seen later rows.
    """
    if not posteriors:
        return None
    held = [each for each in posteriors if each.known is None or each.known <= day]
    if not held:
        first = min(each.known for each in posteriors if each.known is not None)
        what = f"no parameters for {day.isoformat()}: the earliest cut-off of the files is {first.isoformat()}, later"
        step = "give a posterior of that day or an earlier one, or none for the prior"
        raise CoercivityError.of("PARAMETERS-OTHER", what, where=PARAMETERS, next=step)
    return max(held, key=lambda each: each.known or Day.min)


def _check_used(posteriors: Sequence[ParameterDraws], taken: Sequence[ParameterDraws | None], faults: Faults) -> None:
    """Adds an error for each file that no day may use: it has seen rows after all of them, or a later one fits."""
    if faults.items:
        return
    for each in posteriors:
        if each not in taken:
            since = "none" if each.known is None else each.known.isoformat()
            what = f"no day uses this file (cut-off {since}): it is later than all days, or another file fits better"
            faults.add("PARAMETERS-OTHER", what, where=each.file or PARAMETERS, next="omit the file, or add its day")
