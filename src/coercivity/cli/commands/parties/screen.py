"""`coercivity screen`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from coercivity.base.errors import Argument, CoercivityError
from coercivity.base.words import Lang
from coercivity.cli.options import PARTY_LAW, MaybeDay, PartyLawOptions, Texts
from coercivity.cli.out import json_line, put, put_json, put_raw, put_styled
from coercivity.cli.progress import progress_bar
from coercivity.cli.show import said

if TYPE_CHECKING:
    from coercivity.verbs.law import Law
    from coercivity.verbs.parties.rows import ScreenReport

Format = Literal["text", "json", "jsonl", "csv", "ftm"]
FILES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".parquet", ".arrow", ".feather", ".lst")
CODES = {"none": 0, "match": 20, "possible": 30, "error": 2}
MOST_ROWS, MOST_PAIRS = 50, 20


def screen(
    names: list[str],
    *,
    by: PartyLawOptions = PARTY_LAW,
    on: MaybeDay = None,
    country: str = "",
    address: str = "",
    column: Texts = None,
    sheet: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    format_: Annotated[Format, Parameter(name="--format")] = "text",
    out: Path | None = None,
    most: int = MOST_PAIRS,
    lang: Lang = "en",
) -> int:
    """Compare names with the restricted-party lists of the rulebook and your own.

    A match is the same name, whatever its script, company form or order of words; a possible match is a question. Exit
    code: 0 when no name is listed, 20 for a match, 30 for a possible match; 2 is added when a row could not be
    screened, and is the code of bad input.

    Args:
        names: One or more names; or one file: a table with columns of names, or text with a name per line.
        on: Date for which the status of notices and entries is shown, YYYY-MM-DD or today; it changes no verdict.
        country: Country of the parties named, as a two-letter code.
        address: Address of the parties named.
        column: Role of a column whose name does not tell, COLUMN=ROLE: name, exporter, consignee, end_user,
            intermediary, owner, id, address, country, uscc, lei, duns. Can be repeated.
        sheet: Worksheet of an XLSX file.
        encoding: Encoding of a CSV or text file. Default: detected.
        delimiter: Delimiter of a CSV file. Default: detected.
        format_: text; json (the whole report); jsonl (a line per name); csv (a line per finding); ftm (FollowTheMoney).
        out: File for the result.
        most: Number of pairs to print.
        lang: Language of the text: en or zh.
    """
    about = {name: text for name, text in (("country", country), ("address", address)) if text}
    reading = {"sheet": sheet, "encoding": encoding, "delimiter": delimiter}
    if out is not None:
        _spare_inputs(out, names, by.law)
    report = screened(names, by.law, on=on, about=about, column=column, **reading)
    if out is not None:
        from coercivity.verbs.parties.write import write_report

        write_report(report, out, format_, lang)
        put(said(f"written: {out.as_posix()}", lang))
    elif format_ == "text":
        _show(report, most, lang)
    else:
        _print(report, format_, lang)
    return code_of(report)


def _spare_inputs(out: Path, names: list[str], law: Law) -> None:
    """Refuses a file for the result that is read by this run, whatever its name there."""
    path = _file(names)
    files = [path, law.pack, *law.overlays, *law.lists, law.judgements, law.ownership]
    place = os.path.realpath(out)
    if any(isinstance(one, Path) and os.path.realpath(one) == place for one in files):
        raise CoercivityError.of("OUT", "it is read by this run", where=out.as_posix(), next="choose another --out")


def code_of(report: ScreenReport) -> int:
    """Returns the exit code: that of the most serious verdict, and 2 more if a row could not be screened."""
    code = CODES[report.verdict]
    return code + CODES["error"] if report.counts["error"] and report.verdict != "error" else code


def screened(
    names: list[str],
    law: Law,
    *,
    on: str | None = None,
    about: Mapping[str, str] | None = None,
    column: list[str] | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> ScreenReport:
    """Returns the screening of names or of a file.

    Raises:
        CoercivityError: With every error in the arguments, the file or the files of the user.
    """
    from coercivity.verbs.parties.screen import screen as screen_names
    from coercivity.verbs.parties.screen import screen_table

    path = _file(names)
    given = {"--column": column, "--sheet": sheet, "--encoding": encoding, "--delimiter": delimiter}
    if path is None:
        _refuse(given, "applies to a file")
        parties = [{"name": name, **(about or {})} for name in names]
        return screen_names(parties, on=on, law=law, progress=progress_bar("names"))
    _refuse({f"--{name}": text for name, text in (about or {}).items()}, "applies to names, not to a file")
    return screen_table(
        path,
        columns=_columns(column or ()),
        on=on,
        law=law,
        sheet=sheet,
        encoding=encoding,
        delimiter=delimiter,
        progress=progress_bar("names"),
    )


def _file(names: list[str]) -> Path | None:
    """Returns the one file that is named, or None for names."""
    paths = [Path(name) for name in names if "\0" not in name and len(name) < 4_000]
    files = [path for path in paths if path.suffix.lower() in FILES or _is_file(path)]
    if files and len(names) > 1:
        what = f"{files[0].as_posix()!r} is a file, and {len(names) - 1} more names are given"
        raise CoercivityError.of("ARGUMENT", what, where="names", next="name one file, or names alone")
    return files[0] if files else None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file() or (path.is_dir() and path != Path(path.name))  # a folder is refused when it is opened
    except OSError:  # a name that no file can have
        return False


def _refuse(given: Mapping[str, object], why: str) -> None:
    wrong = [name for name, value in given.items() if value]
    if wrong:
        raise CoercivityError.of("ARGUMENT", f"{wrong[0]} {why}", where="arguments", next=f"omit {', '.join(wrong)}")


def _columns(pairs: list[str] | tuple[str, ...]) -> dict[str, str]:
    found = dict[str, str]()
    for pair in pairs:
        name, equals, role = pair.rpartition("=")
        if not equals or name in found:
            what = f"column {name[:60]!r} occurs twice" if equals else f"{pair[:60]!r} is not a column with its role"
            raise CoercivityError.of(
                "FACT-PAIR",
                what,
                where=Argument("column"),
                next="write the column, an equals sign and its role; each column once",
            )
        found[name.strip()] = role.strip()
    return found


def _show(report: ScreenReport, most: int, lang: Lang) -> None:
    from coercivity.cli.screened import count_line, list_lines, pair_lines, plain_line, row_lines

    put(count_line(report, lang), *(said(note, lang) for note in report.notes))
    if not report.source:
        for row in report.rows[:MOST_ROWS]:
            put_styled(plain_line(""), *row_lines(row, report, lang))
    else:
        alone = [row for row in report.rows if row.verdict != "none" and not row.findings]
        for row in alone[:MOST_ROWS]:
            put_styled(*row_lines(row, report, lang))
        if len(alone) > MOST_ROWS:
            put(said(f"{len(alone) - MOST_ROWS:,} more rows without a pair: see --format csv", lang))
        _tell_open(report, lang)
        for pair in report.clusters[:most]:
            put_styled(plain_line(""), *pair_lines(pair, report, lang))
        if len(report.clusters) > most:
            put("", said(f"{len(report.clusters) - most:,} more pairs: --most N, or --format csv", lang))
    put("")
    put_styled(*list_lines(report.lists, lang))


def _tell_open(report: ScreenReport, lang: Lang) -> None:
    states = {state: sum(one.state == state for one in report.clusters) for state in ("open", "changed", "judged")}
    put("", said("1 pair to decide" if states["open"] == 1 else f"{states['open']:,} pairs to decide", lang))
    if states["changed"]:
        put(said(f"judged before, and changed since: {states['changed']:,}", lang))
    if states["judged"]:
        put(said(f"judged: {states['judged']:,}", lang))


def _print(report: ScreenReport, format_: Format, lang: Lang) -> None:
    from coercivity.verbs.parties.write import report_csv, report_entities

    if format_ == "json":
        put_json(report.as_dict())
    elif format_ == "jsonl":
        for row in report.rows:
            put_raw(json_line(row.as_dict()) + "\n")
    elif format_ == "csv":
        put_raw(report_csv(report, lang).decode("utf-8-sig").replace("\r\n", "\n"))
    else:
        for entity in report_entities(report):
            put_raw(json_line(entity) + "\n")
