"""`coercivity bottleneck`: whether technology or materials hold back output outside China."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from coercivity.cli.options import PACKED_LAW, AsJson, Cached, LawOptions, MaybeWhole, TextLang, Whole
from coercivity.cli.out import put, put_json, warn
from coercivity.cli.progress import LOADING, progress_bar

FirstMonth = Annotated[str, Parameter(name="--from")]
LastMonth = Annotated[str, Parameter(name="--to")]


def bottleneck(
    *,
    first: FirstMonth = "2026-01",
    last: LastMonth = "2031-12",
    draws: MaybeWhole = None,
    workers: MaybeWhole = None,
    scramble: Whole = 0,
    out: Path | None = None,
    by: LawOptions = PACKED_LAW,
    cache: Cached = True,
    json_: AsJson = False,
    lang: TextLang = "en",
) -> int:
    """Show whether technology or materials are the bottleneck outside China, from four runs of the market.

    Exit code: 0; 2 for bad input.

    Args:
        first: First month, YYYY-MM.
        last: Last month, YYYY-MM.
        draws: Draws of each run, a power of two such as 8 or 64, for 90 % intervals. Default: each run once.
        workers: Runs at a time. Default: one per processor.
        scramble: Number of the design of the draws; another one gives an independent replicate.
        out: Folder for pages, CSV, XLSX, SVG and JSON.
    """
    from coercivity.verbs.bottleneck import bottleneck as run
    from coercivity.verbs.bottleneck import write_bottleneck
    from coercivity.verbs.messages import message

    found = run(
        first=first,
        last=last,
        draws=draws,
        scramble=scramble,
        workers=workers,
        law=by.law,
        cache=cache,
        progress=progress_bar("bottleneck", at_once=LOADING),
    )
    written = write_bottleneck(out, found, lang) if out is not None else []
    if json_:
        put_json(found.as_dict())
    else:
        put(*found.lines(lang))
        put(*(message(f"written: {path.as_posix()}", lang) for path in written))
    warn(found.notices, lang)
    return 0
