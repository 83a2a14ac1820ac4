"""Prices of the model beside quotes of the same basis, by month, with their ratio."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from coercivity.base.sums import total
from coercivity.base.words import Lang, say
from coercivity.market.results.mechanisms.rows import QuotedRow
from coercivity.papers.outlook.breadth.section import MonthFigure, Section, chosen, table, told_by_run, word
from coercivity.papers.outlook.lines import Series
from coercivity.papers.outlook.read import Number, ReadRun, num
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.outlook.words import named

MOST, MOST_FIGURES = 60, 4
_COLUMNS = ("good", "region", "month", "basis", "row", "run", "quoted", "model", "modelled", "ratio")
Place = tuple[str, str, str, str]  # product, region, basis, price of the model


def section(report: OutlookReport, lang: Lang, runs: tuple[str, ...] = ()) -> Section:
    """Returns the section on quotes.

    Args:
        report: The report data.
        lang: Language.
        runs: Letters of the runs; all by default.
    """
    held = chosen(report, runs)
    rows = [(run, row) for run in held for row in run.body["quoted"]]
    heading, about = word("headings", "quoted", lang), word("about", "quoted", lang)
    if not rows:
        return Section("quoted", heading, about=about, absent=word("none", "quoted", lang))
    counts: dict[Place, int] = {}
    for _, row in rows:
        counts[_place(row)] = counts.get(_place(row), 0) + 1
    most = sorted(counts, key=lambda place: (-counts[place], place))[:MOST_FIGURES]
    return Section(
        "quoted",
        heading,
        told_by_run(((run.key, _sentence(run, lang)) for run in held), lang, several=len(held) > 1),
        about,
        tuple(_figure(report, held, place, lang) for place in most),
        (
            table(
                "all_quotes",
                _COLUMNS,
                [_row(report, run, row, lang) for run, row in rows],
                lang,
                numbers=4,
                folded=True,
                most=MOST,
            ),
            table(
                "bases",
                ("basis", "meaning"),
                [(word("basis_names", name, lang), basis_text(name, lang)) for name in _bases(rows)],
                lang,
                numbers=0,
            ),
        ),
    )


def _bases(rows: Sequence[tuple[ReadRun, QuotedRow]]) -> list[str]:
    return sorted({row["basis"] for _, row in rows})


def basis_text(basis: str, lang: Lang) -> str:
    """Returns what a basis of quotes is, in a sentence."""
    return word("bases", basis, lang)


def _place(row: QuotedRow) -> Place:
    return row["good"], row["region"], row["basis"], row["model"]


def _sentence(run: ReadRun, lang: Lang) -> str:
    """Returns the median ratio of each basis and price of the model: ratios of several bases are not put together."""
    ratios: dict[tuple[str, str], list[float]] = {}
    for row in run.body["quoted"]:
        ratios.setdefault((row["basis"], row["model"]), []).append(row["ratio"])
    if not ratios:
        return ""
    form = word("sentences", "quoted_part", lang)
    told = (
        form.format(word("basis_names", basis, lang), word("prices", model, lang), num(median(held)), len(held))
        for (basis, model), held in sorted(ratios.items())
    )
    return word("sentences", "quoted", lang).format(("；" if lang == "zh" else "; ").join(told))


def _figure(report: OutlookReport, held: list[ReadRun], place: Place, lang: Lang) -> MonthFigure:
    """Returns the quotes of a month (their mean) and the price of the model beside them, by month."""
    lines: list[Series] = []
    months = report["months"]
    for run in held:
        rows = [row for row in run.body["quoted"] if _place(row) == place]
        letter = run.key[0]
        if not lines:
            quoted = tuple(_mean([row["quoted"] for row in rows if row["month"] == month]) for month in months)
            lines.append(Series("quoted", "", 0, letter, quoted))
        modelled = tuple(_mean([row["modelled"] for row in rows if row["month"] == month]) for month in months)
        lines.append(Series("modelled", run.key, run.place, letter, modelled))
    good, region, basis, model = place
    title = word("titles", "quoted", lang).format(
        say(named(report, "goods", good), lang),
        say(named(report, "regions", region), lang),
        word("basis_names", basis, lang),
        word("prices", model, lang),
    )
    return MonthFigure(title, tuple(report["months"]), tuple(lines))


def _mean(values: list[float]) -> Number:
    return total(values) / len(values) if values else None


def _row(report: OutlookReport, run: ReadRun, row: QuotedRow, lang: Lang) -> tuple[str, ...]:
    return (
        say(named(report, "goods", row["good"]), lang),
        say(named(report, "regions", row["region"]), lang),
        row["month"],
        word("basis_names", row["basis"], lang),
        row["row"],
        run.key,
        num(row["quoted"]),
        word("prices", row["model"], lang),
        num(row["modelled"]),
        num(row["ratio"]),
    )
