"""The four prices of each main product outside China, what each may be compared with, and where there is no market."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.words import Lang, say
from coercivity.papers.outlook.breadth.section import Section, chosen, table, told_by_run, word
from coercivity.papers.outlook.read import (
    Basis,
    ReadRun,
    at,
    headline_goods,
    known,
    markets,
    num,
    price_cells,
    series,
)
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.outlook.words import INSIDE, OUTSIDE, named

BASES: tuple[Basis, ...] = ("margin", "quote", "licensed", "traded")
_COLUMNS = ("good", "run", "china", *BASES)


def section(report: OutlookReport, lang: Lang, runs: tuple[str, ...] = ()) -> Section:
    """Returns the section on the four prices.

    Args:
        report: The report data.
        lang: Language.
        runs: Letters of the runs; all by default.
    """
    goods, held = headline_goods(report), chosen(report, runs)
    heading = word("headings", "four", lang)
    if not goods:
        return Section("four", heading, absent=word("none", "four", lang))
    meaning = [tuple(word(part, basis, lang) for part in ("prices", "meaning", "compare")) for basis in BASES]
    rows = [_row(report, run, good, lang) for good in goods for run in held]
    sentences = [(run.key, told) for run in held for told in _sentences(report, run, goods, lang)]
    return Section(
        "four",
        heading,
        told_by_run(sentences, lang, several=len(held) > 1),
        word("about", "four", lang),
        tables=(
            table("four", _COLUMNS, rows, lang, numbers=5),
            table("meaning", ("price", "meaning", "compare"), meaning, lang, numbers=0, folded=True),
        ),
    )


def _row(report: OutlookReport, run: ReadRun, good: str, lang: Lang) -> tuple[str, ...]:
    columns = [price_cells(run, good, INSIDE, basis="quote", lang=lang)]
    columns += [price_cells(run, good, OUTSIDE, basis=basis, lang=lang) for basis in BASES]
    cells = (column[-1] if column else "–" for column in columns)
    return say(named(report, "goods", good), lang), run.key, *cells


def _sentences(report: OutlookReport, run: ReadRun, goods: tuple[str, ...], lang: Lang) -> Iterator[str]:
    """Yields what the first main product costs in the last month, and the products without a market."""
    last, place = report["months"][-1], len(report["months"]) - 1
    for good in goods[:1]:
        paid, licensed = (at(series(run, good, OUTSIDE, basis=basis), place) for basis in ("traded", "licensed"))
        if paid is not None and licensed is not None and at(markets(run, good, OUTSIDE), place):
            name = say(named(report, "goods", good), lang)
            yield word("sentences", "paid", lang).format(last, num(paid), name, num(licensed))
    for good in goods:
        without = no_market(report, run, good, OUTSIDE)
        if without is not None:
            name = say(named(report, "goods", good), lang)
            yield word("sentences", "no_market", lang).format(name, between_months(*without[:2], lang), num(without[2]))


def no_market(report: OutlookReport, run: ReadRun, good: str, region: str) -> tuple[str, str, float] | None:
    """Returns the first and last month without a market for a good, and the highest limit [USD/kg]; None if none.

    Args:
        report: The report data.
        run: The run.
        good: Id of the product.
        region: Id of the region.
    """
    prices = series(run, good, region, basis="margin")
    places = [place for place, market in enumerate(markets(run, good, region)) if not market]
    limits = list(known(at(prices, place) for place in places))
    return (report["months"][places[0]], report["months"][places[-1]], max(limits)) if limits else None


def between_months(first: str, last: str, lang: Lang) -> str:
    """Returns a span of months, or one month."""
    if first == last:
        return first
    return f"{first}至{last}" if lang == "zh" else f"{first} to {last}"
