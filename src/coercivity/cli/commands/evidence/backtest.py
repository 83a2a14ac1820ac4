"""`coercivity backtest` and `coercivity forecast`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from coercivity.cli.options import (
    PACKED_LAW,
    AsJson,
    Cached,
    DaysGiven,
    Flag,
    LawOptions,
    MaybeDay,
    MaybeWhole,
    Paths,
    TextLang,
    Whole,
    resolve_day,
)
from coercivity.cli.out import put, put_json, warn
from coercivity.cli.progress import LOADING, progress_bar


def backtest(
    *,
    origin: DaysGiven = None,
    horizon: Whole = 6,
    parameters: Paths = None,
    draws: Whole = 64,
    workers: MaybeWhole = None,
    scramble: Whole = 0,
    observations: Paths = None,
    dry: Flag = False,
    out: Path | None = None,
    by: LawOptions = PACKED_LAW,
    cache: Cached = True,
    json_: AsJson = False,
    lang: TextLang = "en",
) -> int:
    """Score forecasts made on past days against the rows observed afterwards, beside three null models.

    Exit code: 0 for any score; 2 for bad input.

    Args:
        origin: Day of a forecast, which reads only what was published by then. Can be repeated. Default: 2025-04-30,
            06-30, 08-31 and 10-20.
        horizon: Months of a forecast, from the first one not observed by its day: 1 to 24.
        parameters: File written by `calibrate`, day of a packed one, or `packed` for all of them; a day of a
            forecast takes the latest that is not after it. Can be repeated. Default: the prior.
        draws: Draws of each run, a power of two.
        workers: Draws at a time. Default: one per processor.
        scramble: Number of the design of the draws; another one gives an independent replicate.
        observations: File with observations of your own. Can be repeated.
        dry: Show the days, months and numbers of rows, and run nothing.
        out: Folder for pages, CSV, SVG and JSON.
    """
    from coercivity.verbs.backtest import backtest as run
    from coercivity.verbs.backtest import backtest_plan, write_backtest
    from coercivity.verbs.messages import message

    files, posteriors = tuple(observations or ()), tuple(parameters or ())
    if dry:
        plan = backtest_plan(
            origins=origin,
            horizon=horizon,
            parameters=posteriors,
            draws=draws,
            scramble=scramble,
            observations=files,
            workers=workers,
            law=by.law,
        )
        if json_:
            put_json(plan.body)
        else:
            put(*plan.lines(lang))
        warn(plan.notices, lang)
        return 0
    found = run(
        origins=origin,
        horizon=horizon,
        parameters=posteriors,
        draws=draws,
        scramble=scramble,
        observations=files,
        workers=workers,
        law=by.law,
        cache=cache,
        progress=progress_bar("backtest", at_once=LOADING),
    )
    written = write_backtest(out, found, lang) if out is not None else []
    if json_:
        put_json(found.as_dict())
    else:
        put(*found.lines(lang))
        put(*(message(f"written: {path.as_posix()}", lang) for path in written))
    warn(found.notices, lang)
    return 0


def forecast(
    *,
    known: MaybeDay = None,
    first: Annotated[str | None, Parameter(name="--from")] = None,
    last: Annotated[str | None, Parameter(name="--to")] = None,
    parameters: Path | None = None,
    draws: MaybeWhole = None,
    workers: MaybeWhole = None,
    scramble: Whole = 0,
    observations: Paths = None,
    check: Path | None = None,
    out: Path | None = None,
    by: LawOptions = PACKED_LAW,
    cache: Cached = True,
    json_: AsJson = False,
    lang: TextLang = "en",
) -> int:
    """Write a dated, hashed forecast of figures that will be reported; or check one against what came.

    Exit code: 0; 2 for bad input, such as a statement that was changed after it was written.

    Args:
        known: Day of the forecast, which reads only what was published by then. Default: today.
        first: First month, YYYY-MM. Default: that of the quarter after its day.
        last: Last month, YYYY-MM. Default: the end of four quarters.
        parameters: File written by `calibrate`, or day of a packed one, not after the day of the forecast.
            Default: the prior.
        draws: Draws of each run, a power of two. Default: 64.
        workers: Draws at a time. Default: one per processor.
        scramble: Number of the design of the draws; another one gives an independent replicate.
        observations: File with observations of your own. Can be repeated.
        check: Statement to check: its hash, and scores of what was reported since. Nothing is run.
        out: File for the statement, such as forecast.json; its page in English and Chinese is written beside it.
    """
    from coercivity.verbs.messages import message

    files = tuple(observations or ())
    if check is not None:
        from coercivity.verbs.forecast_check import forecast_check

        given = {"known": known, "from": first, "to": last, "parameters": parameters, "draws": draws, "out": out}
        scored = forecast_check(check, observations=files, beside=given)
        if json_:
            put_json(scored.body)
        else:
            put(*scored.lines(lang))
        return 0
    from coercivity.verbs.forecast import DRAWS, write_forecast
    from coercivity.verbs.forecast import forecast as run

    found = run(
        known=known if known is not None else resolve_day("today"),
        first=first,
        last=last,
        parameters=parameters,
        draws=draws if draws is not None else DRAWS,
        scramble=scramble,
        observations=files,
        workers=workers,
        law=by.law,
        cache=cache,
        progress=progress_bar("forecast", at_once=LOADING),
    )
    written = write_forecast(out, found) if out is not None else []
    if json_:
        put_json(found.as_dict())
    else:
        put(*found.lines(lang))
        put(*(message(f"written: {path.as_posix()}", lang) for path in written))
    warn(found.notices, lang)
    return 0
