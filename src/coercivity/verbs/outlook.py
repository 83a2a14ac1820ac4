"""`outlook`: the effect of the rules on prices and supply, by month, scenario and legal scenario."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from coercivity.base.days import Day, needed_day
from coercivity.base.errors import Argument, CoercivityError, Fault, Faults
from coercivity.base.json_types import Json
from coercivity.base.months import Month, month_text, parse_month
from coercivity.base.words import Lang
from coercivity.cases.arguments import KNOWN, PACKED, Law
from coercivity.files.kept.store import Store
from coercivity.files.write.lock import held
from coercivity.files.write.whole_set import write_set
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.run.licensing.desk_practice import desk_elements, without_elements
from coercivity.market.run.result_key import REPORTS, key_of
from coercivity.market.run.scenarios.check_law import seen_through
from coercivity.market.run.scenarios.scenario import Scenario, read_scenario, scenario_hash
from coercivity.papers.outlook.report_data import (
    PAGE_FILES,
    OutlookReport,
)
from coercivity.practice.desk import Element
from coercivity.verbs import AS_KNOWN
from coercivity.verbs.kept import keep, law_hash, run_store, taken
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

if TYPE_CHECKING:
    from coercivity.market.run.simulate import Progress

__all__ = [
    "PAGE_FILES", "REPORT_FILE", "SCHEMA", "OutlookResult", "clause_names", "json_text", "outlook", "outlook_key",
    "outlook_words", "packs_of", "report_bytes", "report_of", "resting", "span",
]  # fmt: skip

REPORT_FILE = "outlook.json"
DESK_WITHOUT = Argument("desk_without")


@dataclass(frozen=True, slots=True)
class OutlookResult:
    """An outlook.

    Attributes:
        report: Everything as plain data.
        html: The page in English.
        html_zh: The page in Chinese.
        json: The report data as JSON; the same arguments give the same bytes.
        summary: Lines for a terminal.
        written: Files written; none if no folder was given.
        notices: What went wrong with the cache; the result is not affected.

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


def outlook(
    scenario: str = AS_KNOWN,
    scenario_b: str | None = None,
    *,
    first: str,
    last: str,
    out: Path | None = None,
    known: str | None = None,
    desk_without: Sequence[str] = (),
    law: Law = PACKED,
    lang: Lang = "en",
    cache: bool = True,
    progress: Progress | None = None,
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
        law: The rulebook to use.
        lang: Language of the summary; the pages are written in English and in Chinese.
        cache: Whether results are taken from the cache and kept there.
        progress: Called with (months done, all).

    Raises:
        CoercivityError: With every error in the arguments or the scenarios; if a month has no feasible plan, another
            run is using the folder, or the folder cannot be written.

    Examples:
        The market takes some seconds, so the tests skip it.

        >>> result = coercivity.outlook(first="2025-04", last="2025-06")  # doctest: +SKIP
        >>> result.summary[0]  # doctest: +SKIP
        'Market outlook: effect of the rules on prices and supply, 2025-04 to 2025-06'
    """
    from coercivity.papers.outlook.report_text import summary

    names, store = [scenario, *([scenario_b] if scenario_b is not None else [])], run_store(on=cache)
    off = (desk_without,) if isinstance(desk_without, str) else tuple(desk_without)
    words = (names, first, last, known, law, off)
    key = None if store is None or _taken(out) else outlook_key(*words)
    kept: _Kept | None = taken(store, key)
    asked = None if kept is not None else _asked(*words, out)
    with nullcontext() if out is None else held(out):
        if asked is not None:
            kept = _made(asked, law, store, progress)
            if key is not None and outlook_key(*words) == key:  # no file changed meanwhile
                keep(store, key, kept)
        assert kept is not None
        report, html, html_zh = kept["report"], kept["html"], kept["html_zh"]
        data = report_bytes(report)
        written: tuple[Path, ...] = ()
        if out is not None:
            from coercivity.papers.outlook.breadth.workbook import WORKBOOK_FILES, workbook
            from coercivity.papers.outlook.parquet_tables import TABLE_FILES, table_files

            pages = {PAGE_FILES["en"]: html.encode(), PAGE_FILES["zh"]: html_zh.encode()}
            books = {name: workbook(report, tongue) for tongue, name in WORKBOOK_FILES.items()}
            files = {**pages, REPORT_FILE: data, **books, **dict(table_files(report))}
            written = write_set(out, files, gone=TABLE_FILES - set(files))
        notices = tuple(store.notices) if store is not None else ()
        return OutlookResult(report, html, html_zh, data, summary(report, lang), written, notices)


def outlook_key(
    names: list[str], first: str, last: str, known: str | None, law: Law, desk_without: Sequence[str] = ()
) -> str | None:
    """Returns the key of the answer to a question; None if there is an error in it or the answer is not kept."""
    rules = law_hash(law)
    if rules is None:
        return None
    try:
        scenarios = [scenario_hash(name) for name in names]
    except CoercivityError:  # told, with every other error, when the answer is made
        return None
    parts: dict[str, Json] = {"law": rules, "scenarios": [*scenarios], "months": [first, last], "known": known}
    parts["desk_without"] = sorted({str(name) for name in desk_without})
    return key_of("outlook", parts, *REPORTS)


class _Kept(TypedDict):
    report: OutlookReport
    html: str
    html_zh: str


def _made(asked: _Asked, law: Law, store: Store | None, progress: Progress | None) -> _Kept:
    from coercivity.market.run.question import RunQuestion
    from coercivity.market.run.runs import runs_of
    from coercivity.papers.outlook.report_html import page
    from coercivity.verbs.runs import answers_to

    book, (begin, end) = asked.book, asked.months
    runs = [run for found in asked.scenarios for run in runs_of(book, found, end, asked.known)]
    questions = [RunQuestion(run, begin, end, asked.known) for run in runs]
    found = answers_to(book, law, questions, store=store, progress=progress)
    report = report_of(book, runs, found, month_text(begin), month_text(end))
    return {"report": report, "html": page(report, "en"), "html_zh": page(report, "zh")}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question that was checked."""

    book: Rulebook
    months: tuple[Month, Month]
    known: Day | None
    scenarios: list[Scenario]


def _taken(out: Path | None) -> bool:
    """Returns whether a file is in the place of the folder for the results."""
    return out is not None and out.exists() and not out.is_dir()


def _asked(
    names: list[str],
    first: str,
    last: str,
    known: str | None,
    law: Law,
    desk_without: Sequence[str],
    out: Path | None,
) -> _Asked:
    """Returns rulebook, months, information cut-off and scenarios, and reports every error in them at once."""
    from coercivity.market.run.simulate import capacities

    book = law.book()
    faults, seen, read, off = Faults(), None, list[Scenario](), tuple[Element, ...]()
    months = (0, 0)
    with faults.kept():
        months = span(first, last)
    with faults.kept():
        seen = needed_day(known, KNOWN) if known is not None else None
    if out is not None and _taken(out):
        faults.add("OUT", "it is a file, not a folder", where=out.as_posix(), next="give a folder after --out")
    through = seen_through(book, months[1], seen) if months[1] else None
    for name in names:
        with faults.kept():
            read.append(read_scenario(name, capacities(), book, through))
    with faults.kept():
        off = desk_elements(desk_without, DESK_WITHOUT)
    faults.raise_if_any()
    return _Asked(book, months, seen, [without_elements(scenario, off) for scenario in read])


def span(first: str, last: str) -> tuple[Month, Month]:
    """Returns the months of a period.

    Raises:
        CoercivityError: With every error in the two.
    """
    from coercivity.market.run.simulate import must_reach

    faults = Faults()
    found = []
    for text, name in ((first, Argument("from")), (last, Argument("to"))):
        try:
            found.append(parse_month(text))
        except ValueError as error:
            faults.add("MONTH", str(error), where=name, next="write a month as YYYY-MM")
    faults.raise_if_any()
    must_reach(*found)
    return found[0], found[1]
