"""The report data of an outlook, from the answers of its runs."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from coercivity.base.canonical import sha256_of_text
from coercivity.base.version import ENGINE_VERSION
from coercivity.data.packs import open_pack
from coercivity.data.textyaml import load_file
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.inputs.figures import AssumedRow
from coercivity.market.run.scenarios.form import DeskAsked
from coercivity.market.run.scenarios.scenario import scenario_folder
from coercivity.papers.outlook.report_data import (
    ClauseName,
    DeskChanges,
    OutlookReport,
    OutlookWords,
    PackData,
    RunBody,
    RunData,
    Text,
)
from coercivity.papers.shared.names import clause_short
from coercivity.permission.buckets import load_buckets

if TYPE_CHECKING:
    from coercivity.market.results.run_answer import RunAnswer
    from coercivity.market.run.runs import RunAsked

SCHEMA = "coercivity/outlook/1"


def report_of(book: Rulebook, asked: list[RunAsked], answers: list[RunAnswer], first: str, last: str) -> OutlookReport:
    """Returns an outlook as plain data; the `hash` of each run covers its tables."""
    words = outlook_words()
    scenarios = list(dict.fromkeys(run.scenario.id for run in asked))
    report: OutlookReport = {
        "schema": SCHEMA,
        "engine": ENGINE_VERSION,
        "packs": packs_of(book),
        "from": first,
        "to": last,
        "months": answers[0]["months"],
        "runs": [_run(run, answer) for run, answer in zip(asked, answers, strict=True)],
        "compare": {"a": scenarios[0], "b": scenarios[1]} if len(scenarios) > 1 else None,
        "clause_prices": [],
        "assumed": resting(answers),
        "limits": words["limits"],
        "names": {
            "goods": words["goods"],
            "regions": words["regions"],
            "uses": words["uses"],
            "clauses": clause_names(book, answers),
            "countries": country_names(book, answers),
        },
        "left_out": list(answers[0]["left_out"]),
    }
    from coercivity.papers.outlook.difference.pairs import differences

    return {**report, "difference": differences(book, report, [run.scenario for run in asked])}


def _run(run: RunAsked, answer: RunAnswer) -> RunData:
    scenario, tables = run.scenario, answer["tables"]
    assert tables is not None
    body: RunBody = {
        "id": run.id,
        "scenario": scenario.id,
        "chain": list(scenario.chain),
        "title": scenario.title.as_dict(),
        "about": scenario.about.as_dict(),
        "branch": run.branch,
        "assume": answer["assume"],
        "without": list(scenario.law.without),
        "practice": _changes(scenario.desk),
        "rests_on": answer["terms_rows"],
        **tables,
    }
    return {**body, "hash": sha256_of_text(json_text(body))}


def _changes(desk: DeskAsked) -> DeskChanges:
    added = (desk.events, desk.general_licences, desk.customs_holds)
    return {
        "off": list(desk.off),
        "values": dict(desk.values),
        "without": list(desk.without),
        "added": [entry.id for entries in added for entry in entries],
    }


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


def clause_names(book: Rulebook, answers: list[RunAnswer]) -> dict[str, ClauseName]:
    """Returns short name, instrument and gist of every clause that the runs name."""
    wanted = frozenset[str]().union(*(answer["clauses"] for answer in answers))
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


def country_names(book: Rulebook, answers: list[RunAnswer]) -> dict[str, Text]:
    """Returns the name of every country that applications or exports of the runs name."""
    tables = [held for answer in answers if (held := answer["tables"]) is not None]
    codes = {row["country"] for held in tables for row in (*held["desk"], *held["countries"])}
    known = {**book.catalogue.countries, **load_buckets().stands_for}
    return {code: known[code].as_dict() for code in sorted(codes & known.keys())}


def resting(answers: list[RunAnswer]) -> list[AssumedRow]:
    """Returns the assumptions that a result is based on, by name of the row."""
    found = {row["row"]: row for answer in answers for row in answer["assumed"]}
    return [found[name] for name in sorted(found)]


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
