"""What came of a batch, as its screen shows it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from coercivity.base.sums import total
from coercivity.base.words import Lang, plain
from coercivity.verbs.facts import catalogue
from coercivity.verbs.serving.batch_work import BY_RULE
from coercivity.verbs.serving.jobs import Job
from coercivity.verbs.table_look import RuleRows, Section, rule_name, rule_names, summary_sections
from coercivity.verbs.words import law_words
from coercivity.web.charts import OUTCOME_FILLS, Chart, sized
from coercivity.web.fact_words import fact_label
from coercivity.web.view import View

OUTCOMES = tuple(OUTCOME_FILLS)
ANSWERS = "decisions.csv"
SHOWN_ROWS = 50
SHOWN_BYTES = 2**20
MOST_RULES = 12
BAR_PX = 26


def found_of(view: View, job: Job) -> dict[str, object]:
    """Returns what the screen shows of a run that is done.

    Args:
        view: The address of the page.
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
        "errors": [(code, n, plain(summary["error_examples"].get(code, ""))) for code, n in _most(errors)],
        "settling": [
            (entry["alone"], entry["open_in"], entry["fact"], _asked(view, entry["fact"]))
            for entry in summary["settling"]
        ],
        "nothing_missing": summary["nothing_missing"],
        "cases": summary["distinct_cases"],
        "sections": [(section.title, section.head, _cells(section)) for section in sections],
        "chart": outcome_chart(view, summary.get(BY_RULE, ())),
        "files": [(name, view.w(f"batch.file_{_kind(name)}"), _size(path)) for name, path in sorted(files.items())],
        "first": first_rows(files.get(ANSWERS), view.lang),
    }


def _asked(view: View, name: str) -> str:
    """How an open fact is asked for; what is no fact is a column that was stated and not understood."""
    if name in catalogue():
        return fact_label(view, name)
    return view.t(law_words("phrases", "no_on" if name == "on" else "open_unread"))


def _most(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))


def _cells(section: Section) -> list[list[str]]:
    return [
        [f"{entry:,}" if isinstance(entry, (int, float)) else plain(entry) for entry in row] for row in section.rows
    ]


def _kind(name: str) -> str:
    """What a file of the results is, by its name."""
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
    """Returns the outcomes of the rows that name a rule, for the rules named most; None where nothing is counted.

    Args:
        view: The address of the page.
        counts: Rows by rule and outcome.
    """
    by_rule: dict[str, dict[str, int]] = {}
    for entry in counts:
        by_rule.setdefault(entry["rule"], {})[entry["outcome"]] = entry["rows"]
    order = sorted(by_rule, key=lambda rule: (-total(by_rule[rule].values()), rule))[:MOST_RULES]
    if not order:
        return None
    named = {rule: rule_name(rule, view.lang) if rule else view.w("batch.no_rule") for rule in order}
    # Provisions that share a short name go by their ids; their rows are not added, as one row may name both.
    twice = {name for name, times in Counter(named.values()).items() if times > 1}
    shown = {rule if name in twice else name: by_rule[rule] for rule, name in named.items()}
    rows = [[name, *(f"{held.get(outcome, 0):,}" for outcome in OUTCOMES)] for name, held in shown.items()]
    head = [view.w("batch.rule"), *OUTCOMES]
    about = view.w("batch.by_rule_about")
    spec = _bars(shown, view.w("batch.rows"))
    return Chart("by-rule", view.w("batch.by_rule"), spec, head, rows, about, frozenset(range(1, len(head))))


def _bars(shown: Mapping[str, Mapping[str, int]], title: str) -> dict[str, object]:
    """A bar for each rule, in the order given, of the rows of each outcome."""
    values = [
        {"rule": name, "outcome": outcome, "rows": held[outcome], "order": OUTCOMES.index(outcome)}
        for name, held in shown.items()
        for outcome in OUTCOMES
        if outcome in held
    ]
    scale = {"domain": list(OUTCOMES), "range": [OUTCOME_FILLS[outcome] for outcome in OUTCOMES]}
    number = {"tickMinStep": 1, "format": ",d"}
    encoding = {
        "y": {"field": "rule", "type": "nominal", "sort": list(shown), "title": None, "axis": {"labelLimit": 170}},
        "x": {"field": "rows", "type": "quantitative", "aggregate": "sum", "title": title, "axis": number},
        "color": {"field": "outcome", "type": "nominal", "scale": scale, "title": None, "legend": {"columns": 2}},
        "order": {"field": "order", "type": "quantitative"},
    }
    mark = {"type": "bar", "height": {"band": 0.72}}
    return sized(BAR_PX * len(shown), data={"values": values}, mark=mark, encoding=encoding)


def first_rows(path: Path | None, lang: Lang) -> list[dict[str, str]]:
    """Returns the first answers of a file of answers, by the names of its columns."""
    if path is None:
        return []
    with path.open("rb") as file:
        text = file.read(SHOWN_BYTES).decode("utf-8-sig", errors="ignore")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    found: list[dict[str, str]] = []
    for row in rows:
        if len(found) == SHOWN_ROWS:
            break
        told = {name: plain(value or "") for name, value in row.items() if isinstance(value, str | None)}
        found.append(told | {"rules": ", ".join(rule_names(told.get("rules", ""), lang))})
    return found
