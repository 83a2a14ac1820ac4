"""The preview of a report: counts, transactions, upcoming dates, the company and the market."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import NotRequired, TypedDict

from coercivity.verbs.brief import (
    ANNEX_FILES,
    FILES,
    REPORT_FILE,
    BriefReport,
    NextChange,
    TransactionData,
    coming_words,
    firm_lines,
    instrument_name,
)
from coercivity.verbs.brief_page import PrintedPaper, brief_shown
from coercivity.verbs.serving.jobs import Job
from coercivity.verbs.vouch import vouch_sentence
from coercivity.web.shown import day_text, outcome_text
from coercivity.web.view import View

OUTCOMES = ("STOP", "UNKNOWN", "LICENCE", "PROCEED")  # most restrictive first
MOST_REPORT_BYTES = 48 * 2**20  # above this size the page shows only the text summary
# Files that exist once in each language.
BOTH = frozenset(name.replace(".zh.", ".") for name in FILES if ".zh." in name)
MOST_ROWS, MOST_COMING = 200, 6


class Act(TypedDict):
    """One transaction in the preview."""

    id: str
    title: str
    outcome: str
    may_become: str
    ways: list[str]
    since: str
    next: NextChange | None
    grounds: list[tuple[str, str]]
    question: str
    then: str


class Ahead(TypedDict):
    """An upcoming date in the preview."""

    day: str
    days: int
    kind: str
    names: list[str]
    concerns: list[str]


class MadeFile(TypedDict):
    """A file of the report: its address, what it is, and its size in KiB."""

    name: str
    url: str
    what: str
    kib: int
    is_page: bool


class Made(TypedDict):
    """A finished report; the keys about its content are absent if the file is too large to preview."""

    annex: str
    files: list[MadeFile]
    outcome: str
    hash: str
    lines: list[str]
    report: BriefReport | None
    paper: NotRequired[PrintedPaper]
    vouches: NotRequired[list[str]]
    counts: NotRequired[list[tuple[str, int]]]
    rows: NotRequired[list[Act]]
    more: NotRequired[int]
    coming: NotRequired[list[Ahead]]
    firm: NotRequired[list[str]]
    market: NotRequired[list[str]]


def result_of(view: View, job: Job) -> Made:
    """Returns the preview of a finished report.

    Args:
        view: Parsed page address.
        job: The finished job.
    """
    files = job.files()
    base = f"/api/jobs/{job.id}/files"
    found: Made = {
        "annex": f"{base}/{ANNEX_FILES[view.lang]}",
        "files": [_file(view, name, f"{base}/{name}", files[name]) for name in FILES if _is_read(view, name, files)],
        "outcome": job.result["outcome"],
        "hash": job.result["hash"],
        "lines": job.result["summary"],
        "report": None,
    }
    if files[REPORT_FILE].stat().st_size <= MOST_REPORT_BYTES:
        _read(view, found, json.loads(files[REPORT_FILE].read_bytes()), job.result["market"])
    return found


def _is_read(view: View, name: str, files: Mapping[str, Path]) -> bool:
    """Returns whether a file exists and is in the language of the page, or in none."""
    is_chinese = ".zh." in name
    has_both = name.replace(".zh.", ".") in BOTH
    return name in files and (not has_both or is_chinese == (view.lang == "zh"))


def _file(view: View, name: str, url: str, path: Path) -> MadeFile:
    kind = name.replace(".zh.", ".").replace(".", "_")
    size = math.ceil(path.stat().st_size / 1024)
    return {
        "name": name,
        "url": url,
        "what": view.w(f"brief.file_{kind}"),
        "kib": size,
        "is_page": url.endswith("html"),
    }


def _read(view: View, found: Made, report: BriefReport, market: list[str]) -> None:
    rows = sorted(report["transactions"], key=lambda row: OUTCOMES.index(row["outcome"]))
    found["report"] = report
    found["paper"] = brief_shown(report, view.lang)
    found["vouches"] = vouch_sentence(report.get("vouches", ()), view.lang)
    found["counts"] = [(name, report["counts"][name]) for name in OUTCOMES]
    found["rows"] = [_row(view, report, row) for row in rows[:MOST_ROWS]]
    found["more"] = max(0, len(rows) - MOST_ROWS)
    found["coming"] = _coming(view, report)
    found["firm"] = firm_lines(report, view.lang)
    found["market"] = market


def _row(view: View, report: BriefReport, row: TransactionData) -> Act:
    ways = dict.fromkeys(branch["outcome"] for branch in row["branches"])
    return {
        "id": row["id"],
        "title": view.t(row["title"]),
        "outcome": row["outcome"],
        "may_become": row["may_become"] or "",
        "ways": [outcome_text(view, outcome) for outcome in ways] if len(ways) > 1 else [],
        "since": _since(view, report, row),
        "next": row["next_change"],
        "grounds": [
            (name, report["clauses"][name]["short_zh" if view.lang == "zh" else "short"]) for name in row["grounds"]
        ],
        "question": view.t(row["question"]["text"]) if row["question"] else "",
        "then": view.t(row["next"]) if row["next"] else "",
    }


def _since(view: View, report: BriefReport, row: TransactionData) -> str:
    """The first day of the result; where the charts begin, the result may be older than they show."""
    day = day_text(view, row["since"]) if row["since"] else ""
    return view.w("brief.or_earlier", day) if day and row["since"] == report["horizon"]["from"] else day


def _coming(view: View, report: BriefReport) -> list[Ahead]:
    ahead = [entry for entry in report["coming"] if entry["days"] > 0][:MOST_COMING]
    return [
        {
            "day": entry["day"],
            "days": entry["days"],
            "kind": view.t(coming_words(report, entry)),
            "names": [instrument_name(report, name, view.lang) for name in entry["instruments"]],
            "concerns": entry["concerns"],
        }
        for entry in ahead
    ]
