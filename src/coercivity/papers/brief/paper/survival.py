"""The section on line stops: the first day of each part, probability and loss, actions, next days by which to act."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.papers.brief.paper.figures.stock import stock_figure
from coercivity.papers.brief.paper.page_one.actions import stop_actions
from coercivity.papers.brief.paper.page_one.licences import late
from coercivity.papers.brief.paper.rounding import chance_cell, keur
from coercivity.papers.firm.stops.opening import clause_sentences, stop_sentences
from coercivity.papers.firm.stops.report_data import PlantChanceData, StopsReport
from coercivity.papers.firm.stops.wording import ANY, cause_text, deadline_text, part_text
from coercivity.papers.firm.stops.wording import wording as stops_wording
from coercivity.papers.shared.paper.figures import cell
from coercivity.papers.shared.paper.sections import PaperSection, PaperTable, Wording

MOST_ACTIONS, MOST_DEADLINES = 6, 8
_DAYS = ("stock_stop_on", "cleared_stop_on", "licensed_stop_on")


def survival_section(stops: StopsReport, today: str, w: Wording) -> PaperSection:
    """Returns the section on line stops.

    Args:
        stops: The line stops.
        today: Date of the report.
        w: The words.
    """
    own = stops_wording(w.lang)
    sentences = (*stop_sentences(stops, own), *clause_sentences(stops, own))
    tables = (_parts(stops, w), _chances(stops, w), _actions(stops, today, w), _deadlines(stops, today, w))
    made = w.section("survival", sentences, tables, [w("survival_note")])
    figure = stock_figure(stops, w)
    return PaperSection(made.id, made.heading, made.sentences, made.tables, made.notes, (figure,) if figure else ())


def _parts(stops: StopsReport, w: Wording) -> PaperTable:
    rows = (
        (
            entry["plant"],
            part_text(entry["part"], entry["grade"], w.lang),
            *(entry["stock_stop_on"] or w("none"), entry["cleared_stop_on"] or w("none")),
            entry["licensed_stop_on"] or w("none"),
            cell(entry["waiting_kg"], 0),
        )
        for entry in stops["parts"]
    )
    return w.table("parts", ("plant", "part", *_DAYS, "waiting_kg"), rows, numbers=("waiting_kg",))


def _chances(stops: StopsReport, w: Wording) -> PaperTable:
    rows = (
        (
            entry["plant"],
            chance_cell(entry["stop_probability"]),
            cell(entry["mean_lost_days"], 1),
            _range(stops, entry["plant"]),
            keur(entry["mean_loss_keur"], w.lang) if entry["mean_loss_keur"] is not None else w("not_known"),
            _cause(entry, w),
        )
        for entry in stops["chances"]
        if entry["plant"] != ANY
    )
    numbers = ("stop_percent", "mean_lost_days", "mean_loss")
    columns = ("plant", "stop_percent", "mean_lost_days", "lost_days_range", "mean_loss", "cause")
    return w.table("chances", columns, rows, numbers=numbers)


def _range(stops: StopsReport, plant: str) -> str:
    days = [one["lost_days"] for scenario in stops["scenarios"] for one in scenario["plants"] if one["plant"] == plant]
    if not days:
        return "–"
    return f"{min(days)}–{max(days)}" if min(days) != max(days) else str(min(days))


def _cause(entry: PlantChanceData, w: Wording) -> str:
    first = next(iter(entry["causes"]), None)
    if first is None:
        return "–"
    told = cause_text(first["cause"], first["cause_of"], stops_wording(w.lang))
    return w("cause", part_text(first["part"], first["grade"], w.lang), told)


def _actions(stops: StopsReport, today: str, w: Wording) -> PaperTable:
    rows = ((line.what, line.by, line.cost, line.effect) for line in list(stop_actions(stops, today, w))[:MOST_ACTIONS])
    return w.table("stop_actions", ("action", "by", "cost", "effect"), rows)


def _deadlines(stops: StopsReport, today: str, w: Wording) -> PaperTable:
    own = stops_wording(w.lang)
    return w.table("deadlines", ("on", "what"), list(_ahead(stops, today, own))[:MOST_DEADLINES])


def _ahead(stops: StopsReport, today: str, own: Wording) -> Iterator[tuple[str, str]]:
    for entry in stops["deadlines"]:
        if not late(entry, today):
            yield entry["on"], deadline_text(entry, own)
