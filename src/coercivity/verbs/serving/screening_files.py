"""The result of a screening as files to download: one row or line for each name and pair."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from coercivity.batches.write.outputs import DEAD, is_live
from coercivity.verbs.screen_pairs import pair_of
from coercivity.verbs.screen_rows import Finding, ScreenReport, ScreenRow

RESULT_FILES = {"result.csv": "text/csv; charset=utf-8", "result.jsonl": "application/x-ndjson"}
COLUMNS = (
    "place", "id", "role", "name", "country", "address", "owner", "verdict", "pair", "pair_verdict", "screened",
    "list", "entry", "listed", "notice", "listed_on", "points", "reasons", "judged", "judged_by", "judged_at",
    "judged_why", "changed", "error",
)  # fmt: skip
_BOM = "\ufeff"


def result_file(report: ScreenReport, name: str) -> bytes:
    """Returns the content of a file of results.

    Args:
        report: The screening.
        name: One of `RESULT_FILES`.
    """
    return (_csv(report) if name == "result.csv" else _lines(report)).encode(errors="replace")


def _lines(report: ScreenReport) -> str:
    return "".join(json.dumps(row.as_dict(), ensure_ascii=False) + "\n" for row in report.rows)


def _csv(report: ScreenReport) -> str:
    """A row for each name and finding, and one for each name without; no cell is active in a spreadsheet program."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in report.rows:
        for cells in _rows(row):
            writer.writerow({name: DEAD + text if is_live(text) else text for name, text in cells.items()})
    return _BOM + out.getvalue()


def _rows(row: ScreenRow) -> Iterator[dict[str, str]]:
    asked = row.asked
    about = {
        "place": row.place, "id": row.id, "role": row.role, "name": asked.name, "country": asked.country,
        "address": asked.address, "owner": asked.owner, "verdict": row.verdict,
        "error": "" if row.fault is None else row.fault.what,
    }  # fmt: skip
    if not row.findings:
        yield about
    for one in row.findings:
        yield about | _cells(row, one)


def _cells(row: ScreenRow, finding: Finding) -> dict[str, str]:
    entry, judged = finding.entry, finding.judged
    said = judged.judgement if judged is not None else None
    return {
        "pair": pair_of(row.asked, finding),
        "pair_verdict": finding.verdict,
        "screened": finding.screened,
        "list": entry.list_id,
        "entry": entry.entry_id,
        "listed": finding.listed,
        "notice": entry.source or entry.party_set,
        "listed_on": "" if entry.listed_on is None else str(entry.listed_on),
        "points": str(finding.points),
        "reasons": "; ".join(f"{one.kind} {one.points:+d}" for one in finding.features),
        "judged": said.says if said is not None else "",
        "judged_by": said.by if said is not None else "",
        "judged_at": said.at if said is not None else "",
        "judged_why": said.why if said is not None else "",
        "changed": "; ".join(judged.changed) if judged is not None else "",
    }
