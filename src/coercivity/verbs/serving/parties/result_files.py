"""The result of a screening as files to download, as the command line writes them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from coercivity.verbs.parties.rows import ScreenReport
from coercivity.verbs.parties.write import report_csv, report_entities

RESULT_FILES: Mapping[str, str] = {
    "result.csv": "text/csv; charset=utf-8",
    "result.jsonl": "application/x-ndjson",
    "result.ftm": "application/x-ndjson",
}


def result_file(report: ScreenReport, name: str) -> bytes:
    """Returns the content of a file of results.

    Args:
        report: The screening.
        name: One of `RESULT_FILES`.
    """
    if name == "result.csv":
        return report_csv(report)
    return _lines(report_entities(report) if name == "result.ftm" else (row.as_dict() for row in report.rows))


def _lines(values: Iterable[Mapping[str, Any]]) -> bytes:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in values).encode(errors="replace")
