"""`outlook`: the effect of the rules on prices and supply, by month, scenario and legal scenario."""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from coercivity.base.canonical import sha256_of_text
from coercivity.base.days import Day, needed_day
from coercivity.base.errors import Argument, Faults
from coercivity.base.version import ENGINE_VERSION
from coercivity.base.words import Lang
from coercivity.cases.arguments import KNOWN, PACKED, Law
from coercivity.data.packs import open_pack
from coercivity.data.textyaml import load_file
from coercivity.files.write.lock import held
from coercivity.files.write.whole_set import write_set
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.inputs.figures import AssumedRow
from coercivity.market.inputs.months import Month, month_text, parse_month
from coercivity.market.results.tables import Tables
from coercivity.market.run.runs import RunAsked, runs_of, side_by_side, simulation_of
from coercivity.market.run.scenario import Scenario, read_scenario, scenario_folder
from coercivity.market.run.simulate import BEGIN, Progress, capacities, must_reach
from coercivity.papers.outlook.report_data import (
    PAGE_FILES,
    ClauseName,
    OutlookReport,
    OutlookWords,
    PackData,
    RunBody,
    RunData,
)
from coercivity.papers.shared.names import clause_short
from coercivity.verbs import AS_KNOWN

__all__ = [
    "PAGE_FILES", "REPORT_FILE", "SCHEMA", "OutlookResult", "clause_names", "json_text", "outlook", "outlook_words",
    "packs_of", "report_bytes", "report_of", "resting", "simulations", "span",
]  # fmt: skip

SCHEMA = "coercivity/outlook/1"
REPORT_FILE = "outlook.json"


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


def outlook(
    scenario: str = AS_KNOWN,
    scenario_b: str | None = None,
    *,
    first: str,
    last: str,
    out: Path | None = None,
    known: str | None = None,
    law: Law = PACKED,
    lang: Lang = "en",
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
        law: The rulebook to use.
        lang: Language of the summary; the pages are written in English and in Chinese.
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
    from coercivity.papers.outlook.parquet_tables import TABLE_FILES, table_files
    from coercivity.papers.outlook.report_html import page
    from coercivity.papers.outlook.report_text import summary

    book = law.book()
    names = [scenario, *([scenario_b] if scenario_b is not None else [])]
    (begin, end), seen, read = _arguments(names, first, last, known, out)
    with nullcontext() if out is None else held(out):
        asked = [run for found in read for run in runs_of(book, found, end, seen)]
        tables = simulations(book, asked, begin, end, known=seen, progress=progress)
        report = report_of(book, asked, tables, month_text(begin), month_text(end))
        html, html_zh, data = page(report, "en"), page(report, "zh"), report_bytes(report)
        written: tuple[Path, ...] = ()
        if out is not None:
            pages = {PAGE_FILES["en"]: html.encode(), PAGE_FILES["zh"]: html_zh.encode()}
            files = {**pages, REPORT_FILE: data, **dict(table_files(report))}
            written = write_set(out, files, gone=TABLE_FILES - set(files))
        return OutlookResult(report, html, html_zh, data, summary(report, lang), written)


def _arguments(
    names: list[str], first: str, last: str, known: str | None, out: Path | None
) -> tuple[tuple[Month, Month], Day | None, list[Scenario]]:
    """Returns months, information cut-off and scenarios, and reports every error in them at once."""
    faults, seen, read = Faults(), None, []
    months = (0, 0)
    with faults.kept():
        months = span(first, last)
    with faults.kept():
        seen = needed_day(known, KNOWN) if known is not None else None
    if out is not None and out.exists() and not out.is_dir():
        faults.add("OUT", "it is a file, not a folder", where=out.as_posix(), next="give a folder after --out")
    for name in names:
        with faults.kept():
            read.append(read_scenario(name, capacities()))
    faults.raise_if_any()
    return months, seen, read


def span(first: str, last: str) -> tuple[Month, Month]:
    """Returns the months of a period.

    Raises:
        CoercivityError: With every error in the two.
    """
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


def simulations(
    book: Rulebook,
    asked: list[RunAsked],
    first: Month,
    last: Month,
    *,
    known: Day | None = None,
    progress: Progress | None = None,
) -> list[Tables]:
    """Returns the tables of each run over a period.

    Raises:
        CoercivityError: If a legal scenario or a clause does not exist, or a month has no feasible plan.
    """

    def one(run: RunAsked, part: Progress) -> Tables:
        tables = Tables(simulation_of(book, run, min(first, BEGIN), last, known=known, progress=part), first, last)
        _ = tables.all  # made here, where other runs can go on
        return tables

    return side_by_side([partial(one, run) for run in asked], progress)


def report_of(book: Rulebook, asked: list[RunAsked], tables: list[Tables], first: str, last: str) -> OutlookReport:
    """Returns an outlook as plain data; the `hash` of each run covers its tables."""
    words = outlook_words()
    scenarios = list(dict.fromkeys(run.scenario.id for run in asked))
    return {
        "schema": SCHEMA,
        "engine": ENGINE_VERSION,
        "packs": packs_of(book),
        "from": first,
        "to": last,
        "months": tables[0].months,
        "runs": [_run(run, table) for run, table in zip(asked, tables, strict=True)],
        "compare": {"a": scenarios[0], "b": scenarios[1]} if len(scenarios) > 1 else None,
        "clause_prices": [],
        "assumed": resting(tables),
        "limits": words["limits"],
        "names": {
            "goods": words["goods"],
            "regions": words["regions"],
            "uses": words["uses"],
            "clauses": clause_names(book, tables),
        },
        "left_out": list(tables[0].simulation.left_out),
    }


def _run(run: RunAsked, tables: Tables) -> RunData:
    scenario = run.scenario
    body: RunBody = {
        "id": run.id,
        "scenario": scenario.id,
        "chain": list(scenario.chain),
        "title": scenario.title.as_dict(),
        "about": scenario.about.as_dict(),
        "branch": run.branch,
        "assume": {name: picked.text() for name, picked in sorted(tables.simulation.assume.items())},
        "without": list(scenario.law.without),
        "rests_on": list(tables.simulation.terms_rows),
        **tables.all,
    }
    return {**body, "hash": sha256_of_text(json_text(body))}


def packs_of(book: Rulebook) -> dict[str, PackData]:
    """Returns version and hash of the packs that a result is based on."""
    found: dict[str, PackData] = {
        "law": {
            "version": book.version,
            "hash": book.content_hash,
            "verified_through": book.verified_through.isoformat(),
        }
    }
    for name in ("world", "practice"):
        pack = open_pack(name)
        found[name] = {"version": pack.version, "hash": pack.content_hash}
    return found


def clause_names(book: Rulebook, tables: list[Tables]) -> dict[str, ClauseName]:
    """Returns short name, instrument and gist of every clause that the runs name."""
    wanted = frozenset[str]().union(*(table.clauses for table in tables))
    found: dict[str, ClauseName] = {
        rule.id: {
            "short": clause_short(rule.instrument, rule.provision, "en"),
            "short_zh": clause_short(rule.instrument, rule.provision, "zh"),
            "instrument": rule.instrument.id,
            "gist": rule.provision.gist.as_dict(),
        }
        for rule in book.rules
        if rule.id in wanted
    }
    return {**found, **outlook_words()["charges"]}


def resting(tables: list[Tables]) -> list[AssumedRow]:
    """Returns the assumptions that a result is based on, by name of the row."""
    terms = {name for table in tables for name in table.simulation.terms_rows if name.startswith("assumptions:")}
    taken = {name for table in tables for name in table.simulation.world.figures.taken}
    return tables[0].simulation.world.figures.resting({*terms, *taken})


@lru_cache(maxsize=1)
def outlook_words() -> OutlookWords:
    """Returns names and limitations in English and Chinese."""
    # YAML scalars carry their line numbers; JSON does not.
    found: OutlookWords = json.loads(json.dumps(load_file(scenario_folder().parent / "outlook.yaml")))
    return found


def json_text(value: object) -> str:
    """Returns JSON with sorted keys; numbers are already rounded, so the same result gives the same text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def report_bytes(report: OutlookReport) -> bytes:
    """Returns the report data as it is written to a file."""
    return json_text(report).encode() + b"\n"
