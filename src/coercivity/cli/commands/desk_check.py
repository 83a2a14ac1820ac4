"""`coercivity desk-check`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from coercivity.base.words import Lang
from coercivity.cli.options import PACKED_LAW, Cached, LawOptions, MaybeDay, Texts
from coercivity.cli.out import put, put_json, put_raw, warn
from coercivity.cli.progress import LOADING, progress_bar
from coercivity.cli.show import said
from coercivity.verbs import AS_KNOWN

FirstMonth = Annotated[str, Parameter(name="--from")]
LastMonth = Annotated[str, Parameter(name="--to")]
Format = Annotated[Literal["text", "json", "csv", "html"], Parameter(name="--format")]


def desk_check(
    scenario: str = AS_KNOWN,
    /,
    *,
    first: FirstMonth,
    last: LastMonth,
    known: MaybeDay = None,
    form: str = "any",
    destination: str = "ALL",
    user: str = "any",
    desk_without: Texts = None,
    format_: Format = "text",
    out: Path | None = None,
    by: LawOptions = PACKED_LAW,
    lang: Lang = "en",
    cache: Cached = True,
) -> int:
    """Compare files, decisions and times of the modelled licensing desk with reports of licensing practice.

    Every report is listed with the figure of the model and the misfit, or with the reason why it cannot be compared.

    Args:
        scenario: Built-in scenario (as-known, controls-back, ...) or path of a .yaml file.
        first: First month, YYYY-MM.
        last: Last month, YYYY-MM.
        known: Information cut-off: only notices published by this date count. Default: the middle of each month.
        form: Form of the goods: magnet, metal, oxide, compound, powder, target, technology, service, or any.
        destination: Two-letter code of the destination, a group such as EU, or ALL.
        user: civil, military, or any.
        desk_without: Element of the licensing desk to switch off: queue, wait, refusals, returns, general_licences,
            events, unused_licences or customs_hold. Can be repeated.
        format_: text, json, csv or html.
        out: Output folder for the page in both languages, the JSON and the CSV.
        lang: Language of the output: en or zh.
    """
    progress = progress_bar("desk-check", at_once=LOADING)
    from coercivity.verbs.desk_check import desk_check as check
    from coercivity.verbs.law import Law

    law = by.law if by != PACKED_LAW else Law()
    found = check(
        scenario,
        first=first,
        last=last,
        known=known,
        form=form,
        destination=destination,
        user=user,
        desk_without=desk_without or (),
        law=law,
        cache=cache,
        progress=progress,
    )
    written = found.write(out) if out is not None else ()
    if format_ == "json":
        put_json(found.body)
    elif format_ == "csv":
        put_raw(found.csv(lang).decode())
    elif format_ == "html":
        put_raw(found.html("zh" if lang == "zh" else "en"))
    else:
        put(*found.lines(lang))
        put(*(said(f"written: {path.as_posix()}", lang) for path in written))
    warn(found.notices, lang)
    return 0
