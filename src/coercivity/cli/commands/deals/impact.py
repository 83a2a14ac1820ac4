"""`coercivity rules impact`."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from coercivity.base.errors import Argument, CoercivityError
from coercivity.base.words import Lang
from coercivity.cli.options import WORD_LAW, AsJson, Assume, Known, MaybeDay, MaybeWhole, Whole, WordLawOptions
from coercivity.cli.out import put, put_json
from coercivity.cli.progress import progress_bar
from coercivity.cli.show import said

SHOWN = 20


def impact(
    draft: list[Path],
    /,
    *,
    deals: Path,
    licences: Path | None = None,
    licence_column: str | None = None,
    out: Path | None = None,
    on_column: str | None = None,
    standing: Path | None = None,
    map_: Annotated[Path | None, Parameter(name="--map")] = None,
    on: MaybeDay = None,
    known: Known = None,
    assume: Assume = None,
    by: WordLawOptions = WORD_LAW,
    first: Whole = SHOWN,
    workers: MaybeWhole = None,
    part_rows: MaybeWhole = None,
    sheet: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    header_rows: MaybeWhole = None,
    notice: Path | None = None,
    json_: AsJson = False,
    lang: Lang = "en",
) -> int:
    """Show what a draft notice would move: clauses, deals, licences, mass and money, and what its exemptions keep.

    It is a draft: nothing is saved in the rulebook, and no decision changes. Each row is read once and checked under
    the rulebook, the draft, and the draft without its exemptions. Exit code 0 whatever moves; 2 for bad input.

    Args:
        draft: One or more user-supplied notices (YAML), in the order in which they are added to the rulebook.
        deals: Table of any size (CSV, XLSX, Parquet or Arrow), case folder, or YAML or JSON file of deals.
        licences: Table of licences: licence, valid_from, valid_until, remaining_kg. Default: licences.csv of a case.
        licence_column: Column of a table of deals with the number of the licence. Default: found by its name.
        out: Folder for all deals that move: moved.csv, moved.parquet, and impact.json.
        on_column: Column with the transaction date.
        standing: YAML file with compliance declarations for every row. Default: standing.yaml next to the table.
        map_: Column mapping, such as the mapping.yaml of an earlier batch.
        on: Transaction date for all deals, YYYY-MM-DD or today. Default: the date of each deal.
        first: Number of deals that move to print.
        workers: Number of worker processes. Default: one per processor.
        part_rows: Rows of a table per part. Default: 200,000, up to 500,000 of a large table.
        sheet: Worksheet of an XLSX file. Default: the first visible one that is not empty.
        encoding: Encoding of a CSV file. Default: detected.
        delimiter: Delimiter of a CSV file. Default: detected.
        header_rows: Number of header rows. Default: detected.
        notice: Text of the notice (.txt or .md), shown beside the draft with the words that say its values.
        lang: Language of the output: en or zh.
    """
    from coercivity.verbs.batch import TableAsked
    from coercivity.verbs.impact import rules_impact
    from coercivity.verbs.impact_text import impact_lines
    from coercivity.verbs.notice import read_notice
    from coercivity.verbs.vouch import vouch_sentence, vouches_of

    beside = read_notice(notice, draft, law=by.law) if notice is not None else None
    bar = cache(progress_bar)  # one bar per step
    run = partial(
        rules_impact,
        draft,
        TableAsked(deals, standing, map_, on_column, sheet, encoding, delimiter, header_rows),
        licences=licences,
        licence_column=licence_column,
        on=on,
        known=known,
        assume=assume,
        law=by.law,
        out=out,
        shown=first,
        workers=workers,
        part_rows=part_rows,
        progress=lambda label, done, total: bar(label)(done, total),
    )
    try:
        found = run()
    except CoercivityError as error:  # the option has another name than the argument
        faults = (replace(f, where=Argument("first")) if f.where == "shown" else f for f in error.faults)
        raise CoercivityError(tuple(faults)) from None
    if json_:
        put_json({**found.as_dict(), **({"notice": beside.as_dict()} if beside is not None else {})})
        return 0
    put(*impact_lines(found, lang), *vouch_sentence(vouches_of(by.law), lang))
    if beside is not None:
        put("", *beside.lines(lang))
    if found.files:
        put("", *(said(f"written: {path.as_posix()}", lang) for path in found.files.values()))
    return 0
