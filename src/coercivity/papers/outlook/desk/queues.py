"""Queues of the licensing desk in an outlook: files by month of the largest, and totals of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypedDict

from coercivity.base.sums import total
from coercivity.base.words import Lang, say
from coercivity.market.results.rows import QueueRow
from coercivity.papers.outlook.lines import LineChart, Series, line_chart
from coercivity.papers.outlook.read import Number, ReadRun, at, num, runs_of, scenarios
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.outlook.words import FORMS, PHRASES, named
from coercivity.papers.shared.words import paper_words

_USERS = paper_words("outlook_words", "users")
MOST_FIGURES = 6


class QueueName(NamedTuple):
    """A queue: form of the goods, country of destination, user."""

    form: str
    country: str
    user: str


class QueueTotal(TypedDict):
    """A queue in one run over the period, in files.

    Attributes:
        filed: New applications and those filed again.
        pending: Pending at the end.
        days: Mean days from coming in to decision; None if nothing was decided.
        general_share: Share of the licensed shipments that left under general licences; None if there were none.
    """

    queue: QueueName
    run: ReadRun
    filed: float
    granted: float
    returned: float
    refused: float
    pending: float
    days: float | None
    general_share: float | None


class QueueFigure(TypedDict):
    """The chart of a queue, and its months as text: pending and decided files of each run."""

    queue: QueueName
    chart: LineChart
    rows: list[tuple[str, list[str]]]


def queue_text(report: OutlookReport, queue: QueueName, lang: Lang) -> str:
    """Returns the name of a queue, such as magnets, Germany, civil."""
    form = say(FORMS.get(queue.form, {"en": queue.form}), lang)
    user = say(_USERS.get(queue.user, {"en": queue.user}), lang)
    return say(PHRASES["queue"], lang).format(form, country_text(report, queue.country, lang), user)


def country_text(report: OutlookReport, country: str, lang: Lang) -> str:
    """Returns the name of a country; of a region if the exports of a region are not divided."""
    group = report["names"].get("countries", {})
    return say(named(report, "countries" if country in group else "regions", country), lang)


def queue_totals(report: OutlookReport) -> list[QueueTotal]:
    """Returns each queue of each run, queues with most files first."""
    rows = [(run, row) for run in runs_of(report) for row in run.body["desk"]]
    order = {queue: place for place, queue in enumerate(queues_of(report))}
    rows.sort(key=lambda pair: (order[_name(pair[1])], pair[0].place))
    return [_total(run, row) for run, row in rows]


def queues_of(report: OutlookReport) -> list[QueueName]:
    """Returns the queues of all runs; those with most files in a run first."""
    most: dict[QueueName, float] = {}
    for run in runs_of(report):
        for row in run.body["desk"]:
            most[_name(row)] = max(most.get(_name(row), 0.0), _filed(row))
    return sorted(most, key=lambda queue: (-most[queue], queue))


def queue_figures(report: OutlookReport, lang: Lang = "en") -> list[QueueFigure]:
    """Returns the charts of the queues with most files: pending and decided files by month, lines for each run.

    Args:
        report: The report data.
        lang: Language of the labels.
    """
    found: list[QueueFigure] = []
    for queue in queues_of(report)[:MOST_FIGURES]:
        lines = [
            Series(kind, run.key, run.place, scenario.letter, values)
            for scenario in scenarios(report)
            for run in scenario.runs
            for kind, values in queue_months(run, queue)
        ]
        chart = line_chart(report["months"], lines, lang=lang)
        if chart is not None:
            rows = [
                (month, [num(at(line.values, place)) for line in lines]) for place, month in enumerate(report["months"])
            ]
            found.append({"queue": queue, "chart": chart, "rows": rows})
    return found


def queue_months(run: ReadRun, queue: QueueName) -> tuple[tuple[str, tuple[Number, ...]], ...]:
    """Returns `pending` and `decided` files of a queue by month; zeros where only other queues had files in the run.

    Args:
        run: The run; without any file its months are empty.
        queue: The queue.
    """
    row = next((row for row in run.body["desk"] if _name(row) == queue), None)
    nothing = [0.0] * len(run.body["desk"][0]["new"]) if run.body["desk"] else []
    pending = row["pending"] if row is not None else nothing
    return ("pending", tuple(pending)), ("decided", tuple(decided(row)) if row is not None else tuple(nothing))


def decided(row: QueueRow) -> list[float]:
    """Returns the files decided by month: granted and refused."""
    return [granted + refused for granted, refused in zip(row["granted"], row["refused"], strict=True)]


def _name(row: QueueRow) -> QueueName:
    return QueueName(row["form"], row["country"], row["user"])


def _filed(row: QueueRow) -> float:
    return total((*row["new"], *row["again"]))


def _total(run: ReadRun, row: QueueRow) -> QueueTotal:
    general, single = total(row["general_t"]), total(row["used_t"])
    return {
        "queue": _name(row),
        "run": run,
        "filed": _filed(row),
        "granted": total(row["granted"]),
        "returned": total(row["returned"]),
        "refused": total(row["refused"]),
        "pending": row["pending"][-1] if row["pending"] else 0.0,
        "days": mean_days(row["decision_days"], decided(row)),
        "general_share": general / (general + single) if general + single > 0 else None,
    }


def mean_days(days: Sequence[Number], files: Sequence[float]) -> float | None:
    """Returns the mean days to decision over a period, weighted by files; None if nothing was decided.

    Args:
        days: Mean days of the files decided in each month; None where none was.
        files: Files decided in each month.
    """
    held = [(day, count) for day, count in zip(days, files, strict=True) if day is not None and count > 0]
    whole = total(count for _, count in held)
    return total(day * count for day, count in held) / whole if whole > 0 else None
