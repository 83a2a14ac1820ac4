"""End-of-life magnets and swarf: what leaves use, is collected, treated and recovered; recycled shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from coercivity.base.sums import total
from coercivity.base.words import Lang, say
from coercivity.market.results.mechanisms.rows import EndOfLifeRow, RecycledShareRow
from coercivity.papers.outlook.breadth.section import (
    MonthFigure,
    Section,
    by_month,
    chosen,
    elements_text,
    table,
    told_by_run,
    whole,
    word,
)
from coercivity.papers.outlook.lines import Series
from coercivity.papers.outlook.read import ReadRun, num, percent
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.outlook.words import INSIDE, named

MOST, MOST_FIGURES = 40, 4
_MASSES = ("region", "run", "leaving", "collected", "treated", "stock", "recovered", "swarf")
_SHARES = ("region", "use", "element", "run", "recycled_share", "swarf_share", "end_of_life_share")
_LINES = ("leaving", "collected", "treated")
LEAD_ELEMENT = "NdPr"  # it is in every magnet, so its shares can be weighted by magnets
SWARF = "swarf"  # the content of rows that count swarf
_LEAST_SHARE = 5e-5


def section(report: OutlookReport, lang: Lang, runs: tuple[str, ...] = ()) -> Section:
    """Returns the section on recycling.

    Args:
        report: The report data.
        lang: Language.
        runs: Letters of the runs; all by default.
    """
    held = chosen(report, runs)
    heading, about = word("headings", "recycling", lang), word("about", "recycling", lang)
    if not any(run.body["end_of_life"] or run.body["recycled"] for run in held):
        return Section("recycling", heading, absent=word("none", "recycling", lang))
    regions = _regions(held)
    sentences = [(run.key, told) for run in held for told in _sentences(report, run, lang)]
    first = [(run.key, told) for run in held for told in list(_sentences(report, run, lang))[:1]]
    masses = [_masses(report, run, region, lang) for region in regions for run in held]
    shares = [(run, row) for run in held for row in run.body["recycled"] if _share(row) >= _LEAST_SHARE]
    shares.sort(
        key=lambda pair: (-_share(pair[1]), pair[1]["region"], pair[1]["use"], pair[1]["element"], pair[0].place)
    )
    return Section(
        "recycling",
        heading,
        told_by_run(sentences, lang, several=len(held) > 1),
        about,
        tuple(_figure(report, held, region, lang) for region in regions[:MOST_FIGURES]),
        (
            table("masses", _MASSES, masses, lang, numbers=6),
            table(
                "shares",
                _SHARES,
                [_share_row(report, run, row, lang) for run, row in shares],
                lang,
                numbers=3,
                folded=True,
                most=MOST,
            ),
        ),
        summary=told_by_run(first, lang, several=len(held) > 1),
    )


def mean(values: Sequence[float]) -> float:
    """Returns the mean of a series; zero if it is empty."""
    return total(values) / len(values) if values else 0.0


def _share(row: RecycledShareRow) -> float:
    return mean(row["end_of_life_share"]) + mean(row["swarf_share"])


def _place(row: RecycledShareRow) -> tuple[str, str, str]:
    return row["region"], row["use"], row["element"]


def _regions(held: Iterable[ReadRun]) -> list[str]:
    """Returns the regions by what leaves use there in any run, the largest first."""
    most: dict[str, float] = {}
    for run in held:
        sums: dict[str, float] = {}
        for row in run.body["end_of_life"]:
            sums[row["region"]] = sums.get(row["region"], 0.0) + total(row["leaving_t"])
        for region, mass_t in sums.items():
            most[region] = max(most.get(region, 0.0), mass_t)
    return sorted(most, key=lambda region: (-most[region], region))


def _rows(run: ReadRun, region: str) -> list[EndOfLifeRow]:
    return [row for row in run.body["end_of_life"] if row["region"] == region]


def _magnets(run: ReadRun, region: str) -> list[EndOfLifeRow]:
    """Returns the rows of magnets, without the swarf that is treated beside them."""
    return [row for row in _rows(run, region) if row["content"] != SWARF]


def by_element(rows: Iterable[EndOfLifeRow], *, swarf: bool) -> dict[str, float]:
    """Returns the oxides recovered by element over the period [t], from swarf or from end-of-life magnets."""
    sums: dict[str, float] = {}
    for row in rows:
        for element, masses in (row["swarf_t"] if swarf else row["recovered_t"]).items():
            sums[element] = sums.get(element, 0.0) + total(masses)
    return dict(sorted(sums.items()))


def _sentences(report: OutlookReport, run: ReadRun, lang: Lang) -> Iterable[str]:
    region = _largest(run)
    shares = regional(run, region, LEAD_ELEMENT) if region else (0.0, 0.0)
    if total(shares) >= _LEAST_SHARE:
        yield word("sentences", "recycling", lang).format(
            percent(total(shares), lang),
            word("elements", LEAD_ELEMENT, lang),
            say(named(report, "regions", region), lang),
            percent(shares[0], lang),
            percent(shares[1], lang),
        )
    rows = run.body["end_of_life"]
    leaving, collected = (whole(row[name] for row in rows) for name in ("leaving_t", "collected_t"))
    if leaving > 0:
        oxides = (total(by_element(rows, swarf=swarf).values()) for swarf in (False, True))
        yield word("sentences", "recovered", lang).format(
            num(leaving), percent(collected / leaving, lang), *map(num, oxides)
        )


def _magnets_used(run: ReadRun) -> dict[tuple[str, str], float]:
    """Returns the magnets in what was built over the period, by region and use [t]."""
    return {
        (row["region"], row["use"]): total(row["wanted_t"]) - total(row["without_t"]) - total(row["less_t"])
        for row in run.body["use"]
    }


def _largest(run: ReadRun) -> str:
    """Returns the region outside China that used most magnets among those with recycled shares; empty if none."""
    used, sums = _magnets_used(run), dict[str, float]()
    for region, use in dict.fromkeys((row["region"], row["use"]) for row in run.body["recycled"]):
        sums[region] = sums.get(region, 0.0) + used.get((region, use), 0.0)
    abroad = [region for region in sums if region != INSIDE]
    return max(sorted(abroad), key=lambda region: sums[region], default="")


def regional(run: ReadRun, region: str, element: str) -> tuple[float, float]:
    """Returns the recycled shares of an element in the magnets of a region, from swarf and from end of life.

    The uses of the region are weighted by the magnets in what was built.

    Args:
        run: The run.
        region: Id of the region.
        element: The element.
    """
    used = _magnets_used(run)
    rows = [row for row in run.body["recycled"] if (row["region"], row["element"]) == (region, element)]
    weights = [max(used.get((region, row["use"]), 0.0), 0.0) for row in rows]
    mass_t = total(weights)
    if not mass_t:
        return 0.0, 0.0
    swarf = total(mean(row["swarf_share"]) * weight for row, weight in zip(rows, weights, strict=True))
    old = total(mean(row["end_of_life_share"]) * weight for row, weight in zip(rows, weights, strict=True))
    return swarf / mass_t, old / mass_t


def _figure(report: OutlookReport, held: list[ReadRun], region: str, lang: Lang) -> MonthFigure:
    lines = []
    for run in held:
        rows, months = _magnets(run, region), len(report["months"])
        columns: tuple[Iterable[list[float]], ...] = (
            (row["leaving_t"] for row in rows),
            (row["collected_t"] for row in rows),
            (row["treated_t"] for row in rows),
        )
        for kind, column in zip(_LINES, columns, strict=True):
            lines.append(Series(kind, run.key, run.place, run.key[0], by_month(column, months)))
    title = word("titles", "recycling", lang).format(say(named(report, "regions", region), lang))
    return MonthFigure(title, tuple(report["months"]), tuple(lines))


def _masses(report: OutlookReport, run: ReadRun, region: str, lang: Lang) -> tuple[str, ...]:
    rows = _rows(run, region)
    magnets = _magnets(run, region)
    masses = [whole(row[name] for row in magnets) for name in ("leaving_t", "collected_t", "treated_t")]
    stock = total(row["stock_t"][-1] for row in magnets if row["stock_t"])
    oxides = (elements_text(by_element(rows, swarf=swarf), lang) for swarf in (False, True))
    return say(named(report, "regions", region), lang), run.key, *map(num, (*masses, stock)), *oxides


def _share_row(report: OutlookReport, run: ReadRun, row: RecycledShareRow, lang: Lang) -> tuple[str, ...]:
    return (
        say(named(report, "regions", row["region"]), lang),
        say(named(report, "uses", row["use"]), lang),
        word("elements", row["element"], lang),
        run.key,
        percent(_share(row), lang),
        percent(mean(row["swarf_share"]), lang),
        percent(mean(row["end_of_life_share"]), lang),
    )
