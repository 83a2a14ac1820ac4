"""What of a brief is told beside the report itself: counts, each act, what comes, the firm, the market."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from coercivity.verbs.brief import PAGE_FILE, TWIN_FILE, firm_lines, market_lines
from coercivity.verbs.serving.jobs import Job
from coercivity.verbs.words import step_words
from coercivity.web.view import View

OUTCOMES = ("STOP", "UNKNOWN", "LICENCE", "PROCEED")  # the gravest first
MOST_TWIN_BYTES = 48 * 2**20  # a larger one is for programs; the page then tells the lines of the summary
MOST_ROWS, MOST_COMING = 200, 6


def result_of(view: View, job: Job) -> dict[str, Any]:
    """Returns what the screen tells of a brief that is made.

    Args:
        view: What the address says.
        job: The job, done.
    """
    files = job.files()
    base = f"/api/jobs/{job.id}/files"
    found: dict[str, Any] = {
        "page": f"{base}/{PAGE_FILE}",
        "files": [(name, f"{base}/{name}", files[name].stat().st_size) for name in (PAGE_FILE, TWIN_FILE)],
        "outcome": job.result["outcome"],
        "hash": job.result["hash"],
        "lines": job.result["summary"],
        "twin": None,
    }
    if files[TWIN_FILE].stat().st_size <= MOST_TWIN_BYTES:
        found.update(_read(view, json.loads(files[TWIN_FILE].read_bytes()), job.result["summary"]))
    return found


def _read(view: View, report: Mapping[str, Any], lines: list[str]) -> dict[str, Any]:
    rows = sorted(report["transactions"], key=lambda row: OUTCOMES.index(row["outcome"]))
    return {
        "twin": report,
        "counts": [(name, report["counts"][name]) for name in OUTCOMES],
        "rows": [_row(view, report, row) for row in rows[:MOST_ROWS]],
        "more": max(0, len(rows) - MOST_ROWS),
        "coming": _coming(view, report),
        "firm": firm_lines(report, view.lang),
        "market": market_lines(report, lines),
    }


def _row(view: View, report: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    ways = dict.fromkeys(branch["outcome"] for branch in row["branches"])
    return {
        "id": row["id"],
        "title": view.t(row["title"]),
        "outcome": row["outcome"],
        "may_become": row["may_become"] or "",
        "ways": list(ways) if len(ways) > 1 else [],
        "since": row["since"],
        "next": row["next_change"],
        "grounds": [(name, report["clauses"][name]["short"]) for name in row["grounds"]],
        "question": view.t(row["question"]["text"]) if row["question"] else "",
        "then": view.t(row["next"]) if row["next"] else "",
    }


def _coming(view: View, report: Mapping[str, Any]) -> list[dict[str, Any]]:
    ahead = [entry for entry in report["coming"] if entry["days"] > 0][:MOST_COMING]
    return [
        {
            "day": entry["day"],
            "days": entry["days"],
            "kind": view.t(step_words(entry["kind"])),
            "names": [report["instruments"].get(name, {}).get("name", name) for name in entry["instruments"]],
            "concerns": entry["concerns"],
        }
        for entry in ahead
    ]
