"""Plants and closures outside China: how many start, how many the rules delay, which capacity closes."""

from __future__ import annotations

from coercivity.base.words import Lang
from coercivity.papers.outlook.breadth.section import Section, chosen, table, told_by_run, word
from coercivity.papers.outlook.read import ReadRun, num
from coercivity.papers.outlook.report_data import OutlookReport

MOST = 40
_CLOSURES = ("capacity_name", "run", "closed", "standing")
_LEAST_T = 1e-6


def section(report: OutlookReport, lang: Lang, runs: tuple[str, ...] = ()) -> Section:
    """Returns the section on plants and closures.

    Args:
        report: The report data.
        lang: Language.
        runs: Letters of the runs; all by default.
    """
    held = chosen(report, runs)
    closures = [
        (row["capacity"], run.key, num(row["closed_t"][-1]), num(row["standing_t"][-1]))
        for run in held
        for row in run.body["closures"]
        if row["closed_t"] and row["closed_t"][-1] > _LEAST_T
    ]
    sentences = ((run.key, _sentence(report, run, lang)) for run in held)
    return Section(
        "industry",
        word("headings", "industry", lang),
        told_by_run(sentences, lang, several=len(held) > 1),
        word("about", "industry", lang),
        tables=(table("closures", _CLOSURES, closures, lang, numbers=2, most=MOST),) if closures else (),
        absent="" if closures else word("none", "industry", lang),
    )


def started(run: ReadRun, last: str) -> int:
    """Returns how many plants start by a month."""
    return sum(1 for row in run.body["plants"] if row["start"] and row["start"] <= last)


def closed(run: ReadRun) -> int:
    """Returns how many capacities are closed at least in part in the last month."""
    return sum(1 for row in run.body["closures"] if row["closed_t"] and row["closed_t"][-1] > _LEAST_T)


def _sentence(report: OutlookReport, run: ReadRun, lang: Lang) -> str:
    plants, last = run.body["plants"], report["months"][-1]
    if not plants:
        return ""
    delayed = sum(1 for row in plants if row["delay_months"])
    form = word("sentences", "industry", lang)
    return form.format(started(run, last), len(plants), last, delayed, closed(run))
