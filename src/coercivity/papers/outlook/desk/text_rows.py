"""Rows of tables as text: runs with the same numbers share a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from coercivity.base.words import Lang
from coercivity.papers.outlook.desk.exports import country_totals, out_totals
from coercivity.papers.outlook.desk.queues import country_text, queue_text, queue_totals
from coercivity.papers.outlook.names import Names
from coercivity.papers.outlook.read import num, percent
from coercivity.papers.outlook.report_data import OutlookReport

# The columns of the table of queues.
QUEUE_COLUMNS = ("filed", "files_granted", "returned", "refused", "pending_end", "days", "general_share")


class TextRow(NamedTuple):
    """A row: what it is about, the letters of the runs in which it is so, cells."""

    name: str
    runs: tuple[str, ...]
    cells: tuple[str, ...]


def queue_text_rows(report: OutlookReport, lang: Lang, runs: Sequence[str] = ()) -> list[TextRow]:
    """Returns the queues with their totals, in the order of `QUEUE_COLUMNS`; the largest first.

    Args:
        report: The report data.
        lang: Language.
        runs: Letters of the runs; all by default.
    """
    return _alike(
        (
            queue_text(report, row["queue"], lang),
            row["run"].key,
            (
                *(num(row[name]) for name in ("filed", "granted", "returned", "refused", "pending", "days")),
                percent(row["general_share"], lang),
            ),
        )
        for row in queue_totals(report)
        if not runs or row["run"].key in runs
    )


def out_text_rows(report: OutlookReport, lang: Lang, runs: Sequence[str] = ()) -> list[TextRow]:
    """Returns what leaves China by destination, in the order of `OUT`; the whole first.

    Args:
        report: The report data.
        lang: Language.
        runs: Letters of the runs; all by default.
    """
    names = Names(report, lang)
    return _alike(
        (names.region(row["region"]), row["run"].key, tuple(map(num, row["cells"])))
        for row in out_totals(report)
        if not runs or row["run"].key in runs
    )


def country_text_rows(report: OutlookReport, lang: Lang) -> list[TextRow]:
    """Returns the exports by country, in the order of `COUNTRY_COLUMNS`; the largest first.

    Args:
        report: The report data.
        lang: Language.
    """
    return _alike(
        (country_text(report, row["country"], lang), row["run"].key, tuple(map(num, row["cells"])))
        for row in country_totals(report)
    )


def _alike(rows: Iterable[tuple[str, str, tuple[str, ...]]]) -> list[TextRow]:
    """Returns the rows in their order, those of one name with the same cells joined."""
    found: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}
    for name, run, cells in rows:
        found[name, cells] = (*found.get((name, cells), ()), run)
    return [TextRow(name, runs, cells) for (name, cells), runs in found.items()]
