"""The results of a batch run as the screen shows them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from coercivity.base.sums import total
from coercivity.base.words import plain
from coercivity.verbs.facts import catalogue
from coercivity.verbs.messages import message
from coercivity.verbs.serving.batch_work import BY_RULE, FIRST_CELLS
from coercivity.verbs.serving.jobs import Job
from coercivity.verbs.table_look import (
    RuleRows,
    Section,
    role_names,
    rule_names,
    rules_named,
    summary_sections,
    told_messages,
)
from coercivity.verbs.vouch import vouch_sentence
from coercivity.verbs.words import law_words
from coercivity.web.charts import OUTCOME_FILLS, Chart, sized
from coercivity.web.fact_words import fact_label
from coercivity.web.shown import outcome_text
from coercivity.web.view import View

OUTCOMES = tuple(OUTCOME_FILLS)
ANSWERS = "decisions.csv"
SHOWN_ROWS = 50
SHOWN_GROUPS = 60
SHOWN_NUMBERS = 24
LONGEST_ADDRESS = 6_000
OUTCOME_OF = {"go": "PROCEED", "licence": "LICENCE", "stopped": "STOP", "open": "UNKNOWN"}
# As the Deal screen names the cells of a row; any other role is a fact.
CELLS = frozenset(
    ("act", "material", "hs", "composition", "from", "to", "consignee", "end_user", "exporter", "intermediary", "owner",
     "use", "quantity", "price")
)  # fmt: skip
SHOWN_BYTES = 2**20
MOST_RULES = 12
BAR_PX = 26
NOTE_JOINT = " | "  # as the file of the results joins the notes of a row
_SAME = re.compile(r"“?([^“” ]+)”?(?:识别为| interpreted as )\1$")


def found_of(view: View, job: Job) -> dict[str, object]:
    """Returns what the screen shows of a finished run.

    Args:
        view: Parsed page address.
        job: The run.
    """
    summary = job.result
    files = job.files()
    sum_line, sections = summary_sections(summary, view.lang)
    errors = summary["input_errors"]
    return {
        "sum_line": sum_line,
        "rows": summary["rows"],
        "balances": summary["balances"],
        "counts": [(name, summary["outcomes"].get(name, 0)) for name in OUTCOMES],
        "input_errors": total(errors.values()),
        "errors": [(n, rows, plain(told)) for n, rows, told in told_messages(summary, "error", view.lang)],
        "apart": [(n, rows, told) for n, rows, told in told_messages(summary, "not_a_deal", view.lang)],
        "groups": [_group(view, group) for group in summary["groups"][:SHOWN_GROUPS]],
        "more_groups": max(len(summary["groups"]) - SHOWN_GROUPS, 0),
        "settling": [
            (entry["alone"], entry["open_in"], entry["fact"], _asked(view, entry["fact"]))
            for entry in summary["settling"]
        ],
        "nothing_missing": summary["nothing_missing"],
        "vouches": vouch_sentence(summary.get("vouches", ()), view.lang),
        "cases": summary["distinct_cases"],
        "names": summary["names"],
        "sections": [(section.title, section.head, _cells(section)) for section in sections],
        "chart": outcome_chart(view, summary.get(BY_RULE, ())),
        "files": [(name, view.w(f"batch.file_{_kind(name)}"), _size(path)) for name, path in sorted(files.items())],
        "first": first_rows(view, files.get(ANSWERS), summary.get(FIRST_CELLS, ())),
    }


def _asked(view: View, name: str) -> str:
    """The question for a missing fact, or what is missing where a column was not understood."""
    if name in catalogue():
        return fact_label(view, name)
    if name == "on":
        return view.t(law_words("phrases", "no_on"))
    return view.w("batch.unread", view.w(f"batch.role_{name}") if name in role_names() else name)


def _most(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))


def _cells(section: Section) -> list[list[str]]:
    return [
        [f"{entry:,}" if isinstance(entry, (int, float)) else plain(entry) for entry in row] for row in section.rows
    ]


def _kind(name: str) -> str:
    """The kind of a result file, by its name."""
    stem = name.rsplit(".", 1)[0]
    known = {"set-aside": "aside", "readings": "readings", "mapping": "mapping", "summary": "summary"}
    return known.get(stem, "answers")


def _size(path: Path) -> str:
    size = path.stat().st_size
    return (
        f"{size:,} B"
        if size < 10_000
        else f"{size / 1024:,.0f} KiB"
        if size < 10_000_000
        else f"{size / 2**20:,.0f} MiB"
    )


def outcome_chart(view: View, counts: Sequence[RuleRows]) -> Chart | None:
    """Returns a chart of outcomes by rule for the most frequent rules, or None if no rows were counted.

    Args:
        view: Parsed page address.
        counts: Numbers of rows by rule and outcome.
    """
    by_rule: dict[str, dict[str, int]] = {}
    for entry in counts:
        by_rule.setdefault(entry["rule"], {})[entry["outcome"]] = entry["rows"]
    order = sorted(by_rule, key=lambda rule: (-total(by_rule[rule].values()), rule))[:MOST_RULES]
    if not order:
        return None
    named = {**rules_named([rule for rule in order if rule], view.lang), "": view.w("batch.no_rule")}
    shown = {named[rule]: by_rule[rule] for rule in order}
    rows = [[name, *(f"{held.get(outcome, 0):,}" for outcome in OUTCOMES)] for name, held in shown.items()]
    head = [view.w("batch.rule"), *(outcome_text(view, outcome) for outcome in OUTCOMES)]
    about = view.w("batch.by_rule_about")
    spec = _bars(view, shown)
    return Chart("by-rule", view.w("batch.by_rule"), spec, head, rows, about, frozenset(range(1, len(head))))


def _bars(view: View, shown: Mapping[str, Mapping[str, int]]) -> dict[str, object]:
    """One bar per rule in the given order, split by outcome."""
    words = {outcome: outcome_text(view, outcome) for outcome in OUTCOMES}
    values = [
        {"rule": name, "outcome": words[outcome], "rows": held[outcome], "order": OUTCOMES.index(outcome)}
        for name, held in shown.items()
        for outcome in OUTCOMES
        if outcome in held
    ]
    scale = {"domain": list(words.values()), "range": [OUTCOME_FILLS[outcome] for outcome in OUTCOMES]}
    number, title = {"tickMinStep": 1, "format": ",d"}, view.w("batch.rows")
    encoding = {
        "y": {"field": "rule", "type": "nominal", "sort": list(shown), "title": None, "axis": {"labelLimit": 300}},
        "x": {"field": "rows", "type": "quantitative", "aggregate": "sum", "title": title, "axis": number},
        "color": {"field": "outcome", "type": "nominal", "scale": scale, "title": None, "legend": {"columns": 2}},
        "order": {"field": "order", "type": "quantitative"},
    }
    mark = {"type": "bar", "height": {"band": 0.72}}
    return sized(BAR_PX * len(shown), data={"values": values}, mark=mark, encoding=encoding)


def _group(view: View, group: Mapping[str, Any]) -> dict[str, object]:
    """Rows with the same answer: what to do, for what, for which of them, and until when."""
    named = ", ".join(map(str, group["rows"][:SHOWN_NUMBERS]))
    more = f" … ({group['count']:,})" if group["count"] > min(len(group["rows"]), SHOWN_NUMBERS) else ""
    texts = {name: plain(view.t(group[name])) for name in ("next", "subject") if name in group}
    return {
        **texts,
        "number": group["number"],
        "answer": group["answer"],
        "outcome": OUTCOME_OF.get(group["answer"], ""),
        "count": group["count"],
        "rows": named + more,
        "file_by": group.get("file_by", ""),
    }


def deal_address(view: View, cells: Mapping[str, str], on: str) -> str:
    """Returns the address that opens a row on the Deal screen, with its cells; blank if they are too long for one.

    Args:
        view: Parsed page address; declarations ticked for all rows are made there as well.
        cells: Texts of the row by role.
        on: Transaction date, as read; blank if the row has none.
    """
    query = [(role if role in CELLS else f"f.{role}", text) for role, text in cells.items()]
    query += [("on", on)] if on else []
    if view.get("claims") == "packed":
        said = [(name, view.get(name)) for name in ("said_by", "said_on") if view.get(name)]
        query += [("standing", "yes"), *said]
    address = f"/deal?{urlencode([*query, ('lang', view.lang)])}"
    return address if cells and len(address) <= LONGEST_ADDRESS else ""


def first_rows(view: View, path: Path | None, cells: Sequence[Mapping[str, str]] = ()) -> list[dict[str, object]]:
    """Returns the first rows of a results file by column name, with the questions for missing facts as `asked`.

    Args:
        view: Parsed page address.
        path: The results, if they are written as CSV.
        cells: Texts of the first rows by role, with which each opens as a deal.
    """
    if path is None:
        return []
    with path.open("rb") as file:
        text = file.read(SHOWN_BYTES).decode("utf-8-sig", errors="ignore")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    found: list[dict[str, object]] = []
    for row in rows:
        if len(found) == SHOWN_ROWS:
            break
        told = {name: plain(value or "") for name, value in row.items() if isinstance(value, str | None)}
        rules = view.signs.semicolon.join(rule_names(told.get("rules", ""), view.lang))
        asked = [_asked(view, name) for name in told.get("missing", "").split("; ") if name]
        notes = NOTE_JOINT.join(note for note in told.get("notes", "").split(NOTE_JOINT) if not _as_written(note))
        place = len(found)
        address = deal_address(view, cells[place], told.get("on", "")) if place < len(cells) else ""
        opens = "" if told.get("not_a_deal") else address
        found.append({**told, "rules": rules, "asked": asked, "notes": notes, "opens": opens})
    return found


def _as_written(note: str) -> bool:
    """Returns whether a note only says that an entry was taken as it reads, such as a unit in Chinese."""
    return (_SAME.search(message(note, "zh")) or _SAME.search(note)) is not None
