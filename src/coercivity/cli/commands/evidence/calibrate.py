"""`coercivity calibrate`: what observations leave of the prior ranges of eight parameters."""

from __future__ import annotations

from pathlib import Path

from coercivity.cli.options import PACKED_LAW, AsJson, Cached, DaysGiven, LawOptions, MaybeWhole, Paths, TextLang, Whole
from coercivity.cli.out import put, put_json, warn
from coercivity.cli.progress import following_bar


def calibrate(
    *,
    known: DaysGiven = None,
    simulations: Whole = 256,
    workers: MaybeWhole = None,
    observations: Paths = None,
    out: Path | None = None,
    by: LawOptions = PACKED_LAW,
    cache: Cached = True,
    json_: AsJson = False,
    lang: TextLang = "en",
) -> int:
    """Fit eight parameters of the market to observations known by a day; a quarter of an hour on two processors.

    Exit code: 0; 2 for bad input.

    Args:
        known: Cut-off: observations count that were published by then. Can be repeated; all share the simulations.
            Default: the day of the last observation.
        simulations: Simulations of the market, at most 300.
        workers: Simulations at a time. Default: one per processor.
        observations: File with further observations. Can be repeated.
        out: Folder for posteriors, report and simulations; after an interruption the same command continues.
    """
    from coercivity.verbs.calibrate import calibrate as run
    from coercivity.verbs.calibrate import write_calibration
    from coercivity.verbs.messages import message

    found = run(
        known=known or (),
        simulations=simulations,
        observations=observations or (),
        workers=workers,
        out=out,
        law=by.law,
        cache=cache,
        progress=following_bar("simulations"),
    )
    written = write_calibration(out, found, lang) if out is not None else []
    if json_:
        put_json(found.as_dict())
    else:
        put(*found.lines(lang))
        put(*(message(f"written: {path.as_posix()}", lang) for path in written))
    warn(found.notices, lang)
    return 0
