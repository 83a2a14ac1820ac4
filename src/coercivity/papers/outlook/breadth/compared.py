"""Recycling, plants, contracts and public money of each run in one table, with the difference of the first two."""

from __future__ import annotations

from collections.abc import Callable

from coercivity.base.sums import total
from coercivity.base.words import Lang
from coercivity.papers.outlook.breadth import industry, policies, recycling
from coercivity.papers.outlook.breadth.section import MILLION, Section, TextTable, chosen, whole, word
from coercivity.papers.outlook.read import ReadRun, num
from coercivity.papers.outlook.report_data import OutlookReport


def section(report: OutlookReport, lang: Lang, runs: tuple[str, ...] = ()) -> Section:
    """Returns the key figures of each run, and their difference if two runs are compared.

    Args:
        report: The report data.
        lang: Language.
        runs: Letters of the runs; all by default.
    """
    held = chosen(report, runs)
    heading = word("headings", "compared", lang)
    head = [word("cols", "measure", lang), *(run.key for run in held)]
    if len(held) == _PAIR:
        head.append(word("cols", "difference", lang).format(held[0].key, held[1].key))
    rows = []
    for name, measure in _measures(report).items():
        values = [measure(run) for run in held]
        cells = [told(value) for value in values]
        if len(held) == _PAIR:
            cells.append(signed(values[0], values[1]))
        rows.append((word("measures", name, lang), *cells))
    shown = TextTable(
        word("titles", "compared", lang), tuple(head), tuple(rows), frozenset(range(1, len(head))), folded=False
    )
    return Section("compared", heading, about=word("about", "compared", lang), tables=(shown,))


_PAIR = 2


def _measures(report: OutlookReport) -> dict[str, Callable[[ReadRun], float]]:
    """Returns what is counted in a run, by name."""
    last = report["months"][-1]
    return {
        "end_of_life": lambda run: total(recycling.by_element(run.body["end_of_life"], swarf=False).values()),
        "swarf": lambda run: total(recycling.by_element(run.body["end_of_life"], swarf=True).values()),
        "started": lambda run: industry.started(run, last),
        "undecided": industry.undecided,
        "closed": industry.closed,
        "short": lambda run: whole(row["short_t"] for row in run.body["contracts"]),
        "public": lambda run: policies.public_usd(run) / MILLION,
    }


def told(value: float) -> str:
    """Returns a figure as text; a count without decimals."""
    return f"{value:,}" if isinstance(value, int) else num(value)


def signed(a: float, b: float) -> str:
    """Returns the difference of two figures with its sign; a plain zero if they read the same."""
    text = told(a - b).replace("-", "\u2212")
    return f"+{text}" if a > b and text != "0" else text
