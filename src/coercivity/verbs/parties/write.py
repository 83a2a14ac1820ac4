"""The files of a screening: JSON, a line of JSON per name, CSV with a line per finding, FollowTheMoney entities."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from coercivity.base.errors import Argument, CoercivityError
from coercivity.base.version import ENGINE_VERSION
from coercivity.base.words import Lang, plain
from coercivity.batches.write.outputs import DEAD, is_live
from coercivity.data.parties.listed import Identifier, ListEntry
from coercivity.files.write.whole import write_file
from coercivity.intake.parties.results import Asked, Finding
from coercivity.papers.shared.terminal import label
from coercivity.verbs.messages import message
from coercivity.verbs.parties.pairs import finding_as_dict, reason_keys
from coercivity.verbs.parties.rows import ScreenReport, ScreenRow

__all__ = ["COLUMNS", "FORMATS", "format_of", "place_in", "report_csv", "report_entities", "write_report"]

FORMATS = ("json", "jsonl", "csv", "ftm")
SUFFIXES = {".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".ftm": "ftm"}
COLUMNS = (
    "id", "place", "role", "query", "verdict", "reason", "pair", "finding", "list", "version", "as_of", "entry_id",
    "status", "written", "listed", "points", "features", "tells_apart", "judged", "judged_by", "judged_why", "changed",
    "error",
)  # fmt: skip
_PROPERTIES = {"uscc": "uscCode", "lei": "leiCode", "duns": "dunsCode", "tax": "taxNumber"}
_ALIASES = {"name": "name", "alias": "alias", "former": "previousName", "short": "alias", "weak": "weakAlias"}


def format_of(format: str, out: Path) -> str:
    """Returns the format of a file: the one asked for, or that of its name.

    Raises:
        CoercivityError: If neither says it.
    """
    found = SUFFIXES.get(out.suffix.lower(), "") if format == "text" else format
    if not found:
        what = f"the name {out.name[:60]!r} does not say the format"
        raise CoercivityError.of("ARGUMENT", what, where=Argument("out"), next="add --format json, jsonl, csv or ftm")
    return found


def write_report(report: ScreenReport, out: Path, format: str, lang: Lang = "en") -> None:
    """Writes a screening to a file, completely or not at all.

    Args:
        report: The screening.
        out: The file.
        format: json, jsonl, csv or ftm; `text` to tell it from the name of the file.
        lang: Language of the reasons and errors in CSV.

    Raises:
        CoercivityError: If the format is not known, or the file cannot be written.
    """
    found = format_of(format, out)
    if found == "csv":
        content = report_csv(report, lang)
    elif found == "json":
        content = json.dumps(report.as_dict(), ensure_ascii=False, indent=2).encode(errors="replace") + b"\n"
    else:
        lines = report_entities(report) if found == "ftm" else (row.as_dict() for row in report.rows)
        content = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode(errors="replace")
    write_file(out, content)


def report_csv(report: ScreenReport, lang: Lang = "en") -> bytes:
    """Returns a screening as CSV: a line for each finding, or for the name if there is none; no cell is a formula.

    Args:
        report: The screening.
        lang: Language of its reasons and errors.
    """
    held = {one.list_id: one for one in report.lists}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in report.rows:
        for finding in row.findings or (None,):
            cells = {**_of_row(row, lang), **({} if finding is None else _of_finding(row.asked, finding))}
            if finding is not None:
                cells["status"] = report.notices.get(finding.entry.party_set, "")
            if finding is not None and (used := held.get(finding.entry.list_id)) is not None:
                cells |= {"version": used.version, "as_of": "" if used.as_of_on is None else str(used.as_of_on)}
            writer.writerow([_safe(cells.get(name, "")) for name in COLUMNS])
    return b"\xef\xbb\xbf" + text.getvalue().encode(errors="replace")


def _safe(cell: str) -> str:
    return DEAD + plain(cell) if is_live(cell) else plain(cell)


def place_in(place: str, lang: Lang) -> str:
    """Returns the place of a name, such as `name 1` or `row 3, owner`, in a language."""
    if lang == "en":
        return place
    head, comma, part = place.partition(", owner")
    number = head.removeprefix("name ")
    told = f"第{number}个名称" if number != head and number.isdecimal() else message(head, lang)
    return f"{told}，{label('parties', 'owner', lang)}{part}" if comma else told


def _of_row(row: ScreenRow, lang: Lang) -> dict[str, str]:
    colon = "：" if lang == "zh" else ": "
    fault = "" if row.fault is None else f"{row.fault.code}{colon}{message(row.fault.what, lang)}"
    told = {
        "id": row.id,
        "place": place_in(row.place, lang),
        "role": row.role,
        "query": row.asked.name,
        "verdict": row.verdict,
    }
    return {**told, "reason": "" if fault else _reason(row, lang), "error": fault}


def _reason(row: ScreenRow, lang: Lang) -> str:
    if lang == "en" or row.result is None:
        return row.reason
    return "；".join(label("name_reasons", key, lang) for key in reason_keys(row.result))


def _of_finding(asked: Asked, finding: Finding) -> dict[str, str]:
    one = finding_as_dict(asked, finding)
    judged = one["judged"] or {"says": "", "by": "", "why": "", "changed": []}
    return {
        **{name: one[name] for name in ("pair", "list", "entry_id")},
        "finding": one["verdict"],
        "written": one["written_marked"],
        "listed": one["listed_marked"],
        "points": str(one["points"]),
        "features": "; ".join(f"{part['points']:+d} {part['kind']}" for part in one["reasons"]),
        "tells_apart": "; ".join(one["tells_apart"]),
        "judged": judged["says"],
        "judged_by": judged["by"],
        "judged_why": judged["why"],
        "changed": "; ".join(judged["changed"]),
    }


def report_entities(report: ScreenReport) -> Iterator[dict[str, Any]]:
    """Yields a screening as FollowTheMoney entities: the parties, the entries they may be, and a link for each finding.

    A finding that a person judged to be a different party has no link.
    """
    told = set[str]()
    for row in report.rows:
        if row.result is None:
            continue
        party = _party(row.asked)
        entities = [party]
        for finding in row.findings:
            if finding.verdict != "none":
                entry = _entry(finding.entry)
                entities += [entry, _similar(party["id"], entry["id"], finding)]
        for entity in entities:
            if entity["id"] not in told:
                told.add(entity["id"])
                yield entity


def _party(asked: Asked) -> dict[str, Any]:
    properties = {"name": [plain(asked.name)], "address": [asked.address], "country": [asked.country.lower()]}
    return _entity("asked", str(asked), "LegalEntity", {**properties, **_numbers(asked.identifiers)})


def _entry(entry: ListEntry) -> dict[str, Any]:
    properties: dict[str, list[str]] = {}
    for name in entry.names:
        properties.setdefault(_ALIASES[name.kind], []).append(name.text)
    places = {"address": list(entry.addresses), "country": [code.lower() for code in entry.countries]}
    properties |= {**places, "website": list(entry.websites), **_numbers(entry.identifiers)}
    schema = "Person" if entry.person else "LegalEntity"
    held = f"{entry.list_id}\0{entry.entry_id}"
    return _entity("listed", held, schema, {**properties, "program": [entry.source]})


def _numbers(identifiers: tuple[Identifier, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in identifiers:
        found.setdefault(_PROPERTIES.get(one.kind, "registrationNumber"), []).append(one.value)
    return found


def _similar(candidate: str, match: str, finding: Finding) -> dict[str, Any]:
    reasons = [f"{one.kind} {one.points:+d}" for one in finding.features]
    properties = {"candidate": [candidate], "match": [match], "matcher": [f"coercivity {ENGINE_VERSION}"]}
    return _entity("pair", candidate + match, "Similar", {**properties, "criteria": [finding.verdict, *reasons]})


def _entity(kind: str, key: str, schema: str, properties: dict[str, list[str]]) -> dict[str, Any]:
    digest = hashlib.sha256(key.encode(errors="replace")).hexdigest()[:20]
    kept = {name: texts for name, values in properties.items() if (texts := [text for text in values if text])}
    return {"id": f"coercivity-{kind}-{digest}", "schema": schema, "properties": kept}
