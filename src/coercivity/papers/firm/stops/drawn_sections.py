"""Line stops over draws as a section of sentences and tables, beside what the user's own rows of Delays say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coercivity.base.words import Lang, say
from coercivity.firm.line_stop.results import ANY
from coercivity.papers.firm.stops.drawn_data import ChanceData, PlantDrawnData, StopsDrawnReport
from coercivity.papers.firm.stops.drawn_text import CAUSES, drawn_notes, legal_words, percent_text, price_notes
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.paper.figures import cell, percent_cell
from coercivity.papers.shared.paper.sections import PaperSection, PaperTable, Wording

TABLES = ("headings", "titles", "columns", "words", "forms", "shown")
_EVERYWHERE = "ALL"
_CHANCE = ("low_percent", "high_percent")
_FIRST = ("first_10", "first_50", "first_90")


def drawn_sections(report: StopsDrawnReport, lang: Lang = "en") -> tuple[PaperSection, ...]:
    """Returns the section on line stops over draws.

    Args:
        report: The result as plain data.
        lang: Language.
    """
    w = Wording.of("firm_drawn", TABLES, lang)
    any_first = sorted(report["plants"], key=lambda plant: plant["plant"] != ANY)
    sentences = (_sentence(any_first[0], report, w),) if any_first else ()
    notes = (*drawn_notes(report, lang), *price_notes(report, lang))
    tables = (_plants(report, w), _causes(report, w), _parts(report, w), *_paid(report, w), _days(report, w))
    return (w.section("drawn", sentences, tables, notes),)


def _sentence(plant: PlantDrawnData, report: StopsDrawnReport, w: Wording) -> str:
    own, found = plant["own_standing"], plant["standing"]
    name = _plant(plant["plant"], w)
    return w(
        "stop",
        name[:1].upper() + name[1:],
        day_text(report["until"], w.lang),
        percent_text(found["chance"], w.lang),
        report["used"],
        percent_text(found["low"], w.lang),
        percent_text(found["high"], w.lang),
        percent_text(own, w.lang) if own is not None else w("no_own", table="shown"),
        table="shown",
    )


def _plant(plant: str, w: Wording) -> str:
    return w("any") if plant == ANY else plant


def _chance(chance: ChanceData) -> tuple[str, ...]:
    return _share(chance["chance"]), _share(chance["low"]), _share(chance["high"])


def _share(share: float | None) -> str:
    return percent_cell(None if share is None else str(share), 1)


def _number(value: float | None, places: int) -> str:
    return cell(None if value is None else str(value), places)


def _three(levels: Mapping[str, object], none: str) -> tuple[str, ...]:
    return tuple(none if value is None else str(value) for value in levels.values())


def _figures(levels: Mapping[str, float], places: int) -> tuple[str, ...]:
    return tuple(_number(value, places) for value in levels.values())


def _plants(report: StopsDrawnReport, w: Wording) -> PaperTable:
    columns = ("plant", "stop_percent", *_CHANCE, "own_percent", *_FIRST, "mean_lost_days", "own_mean_lost_days")
    rows = [
        (
            _plant(plant["plant"], w),
            *_chance(plant["standing"]),
            _share(plant["own_standing"]),
            *_three(plant["first_on"], w("none")),
            _number(plant["mean_lost_days"], 1),
            _number(plant["own_mean_lost_days"], 1),
        )
        for plant in report["plants"]
    ]
    return w.table("drawn_plants", columns, rows, numbers=(*columns[1:5], *columns[8:]))


def _causes(report: StopsDrawnReport, w: Wording) -> PaperTable:
    rows = [
        (
            _plant(plant["plant"], w),
            cause["part"],
            say(CAUSES[cause["cause"]], w.lang).format(of=cause["of"]),
            _share(cause["share"]),
        )
        for plant in report["plants"]
        for cause in plant["causes"]
    ]
    return w.table("drawn_causes", ("plant", "part", "cause", "share_percent"), rows, numbers=("share_percent",))


def _parts(report: StopsDrawnReport, w: Wording) -> PaperTable:
    columns = ("plant", "part", "not_met_percent", *_CHANCE, *_FIRST)
    rows = [
        (part["plant"], part["part"], *_chance(part["not_met"]), *_three(part["first_on"], w("none")))
        for part in report["parts"]
    ]
    return w.table("drawn_parts", columns, rows, numbers=columns[2:5])


def _paid(report: StopsDrawnReport, w: Wording) -> Iterator[PaperTable]:
    months = report["price_months"]
    if not report["paid"] or not months:
        return
    names = [legal_words(paid["legal"], w.lang) if paid["kept_prices"] else w("sheet") for paid in report["paid"]]
    columns = ("legal", "draws", "low_usd", "mid_usd", "high_usd", "mean_usd")
    rows = [
        (name, str(paid["draws"]), *_figures(paid["paid_usd"], 0), _number(paid["mean_usd"], 0))
        for name, paid in zip(names, report["paid"], strict=True)
    ]
    title = w("drawn_paid", months[0], months[-1], table="titles")
    yield w.table("drawn_paid", columns, rows, numbers=columns[1:], title=title)
    columns = ("legal", "contract", "month", "low_usd_per_kg", "mid_usd_per_kg", "high_usd_per_kg")
    rows = [
        (name, price["contract"], price["month"], *_figures(price["price_usd_per_kg"], 2))
        for name, paid in zip(names, report["paid"], strict=True)
        for price in paid["prices"]
        if paid["kept_prices"]
    ]
    yield w.table("drawn_prices", columns, rows, numbers=columns[3:])


def _days(report: StopsDrawnReport, w: Wording) -> PaperTable:
    columns = ("decision", "form", "country", "refused_percent", "low_days", "mid_days", "high_days")
    rows = [
        (
            w("filed" if each["kind"] == "grant" else "renewed", each["since"], table="shown"),
            w(each["form"], table="forms"),
            w("everywhere") if each["country"] == _EVERYWHERE else each["country"],
            _share(each["refused"]["chance"]),
            *_three(each["days"], "–"),
        )
        for each in report["decisions"]
    ]
    return w.table("drawn_days", columns, rows, numbers=columns[3:])
