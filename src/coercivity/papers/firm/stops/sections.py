"""Line stops of a company as sections of sentences and tables, in one language."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.words import Lang
from coercivity.papers.firm.own_names import in_own_names
from coercivity.papers.firm.stops.contracts import contracts_section
from coercivity.papers.firm.stops.deadlines import deadlines_section
from coercivity.papers.firm.stops.law import law_section
from coercivity.papers.firm.stops.opening import opening
from coercivity.papers.firm.stops.report_data import StopData, StopsReport
from coercivity.papers.firm.stops.wording import (
    action_text,
    cause_text,
    clause_text,
    day_cell,
    part_text,
    plant_text,
    wording,
)
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.paper.figures import cell, listed, percent, percent_cell
from coercivity.papers.shared.paper.sections import Column, PaperSection, PaperTable, Wording, with_content

MOST_MONTHS = 13  # columns of a table


def stops_title(body: StopsReport, lang: Lang) -> str:
    """Returns the title of the paper."""
    w = wording(lang)
    return w("title", body["firm"] or w("the_company"), day_text(body["stock_on"], lang), day_text(body["until"], lang))


def stops_sections(body: StopsReport, lang: Lang = "en") -> tuple[PaperSection, ...]:
    """Returns the sections of line stops; those without anything to show are left out.

    Args:
        body: The result as plain data.
        lang: Language.
    """
    w, body = wording(lang), in_own_names(body, lang)
    every = (
        w.section("summary", opening(body, w)),
        _first_days(body, w),
        _stock(body, w),
        _plants(body, w),
        _groups(body, w),
        _scenarios(body, w),
        _chances(body, w),
        _actions(body, w),
        contracts_section(body, w),
        law_section(body, lang),
        deadlines_section(body, w),
        w.section("assumed", _assumed(body, w)),
    )
    return with_content(every)


def _first_days(body: StopsReport, w: Wording) -> PaperSection:
    clauses = [entry["clause"] for entry in body["clauses"]]
    suppliers = sorted({name for part in body["parts"] for name in part["by_supplier_stop_on"]})
    columns: list[str | Column] = ["plant", "part", "grade", "stock_stop_on", "cleared_stop_on", "licensed_stop_on"]
    columns += [
        Column(f"clause_{name}_stop_on", w("clause_stops", clause_text(name, body, w.lang))) for name in clauses
    ]
    rows = [
        (
            part["plant"],
            part["part"],
            part["grade"],
            *(day_cell(part[key], w) for key in ("stock_stop_on", "cleared_stop_on", "licensed_stop_on")),
            *(day_cell(part["by_clause_stop_on"].get(name, part["licensed_stop_on"]), w) for name in clauses),
        )
        for part in body["parts"]
    ]
    more: list[str | Column] = ["plant", "part", "use_kg_per_use_day", "usable_kg", "waiting_kg"]
    more += [Column(f"supplier_{name}_stop_on", w("supplier_stops", name)) for name in suppliers]
    masses = [
        (
            part["plant"],
            part["part"],
            *(cell(part[key], 3) for key in ("use_kg_per_use_day", "usable_kg", "waiting_kg")),
            *(day_cell(part["by_supplier_stop_on"].get(name, part["licensed_stop_on"]), w) for name in suppliers),
        )
        for part in body["parts"]
    ]
    return w.section(
        "first_days",
        tables=(
            w.table("first_days", columns, rows),
            w.table("supplies", more, masses, numbers=("use_kg_per_use_day", "usable_kg", "waiting_kg")),
        ),
        notes=(w("first_days_note"), w("waiting_note")),
    )


def _stock(body: StopsReport, w: Wording) -> PaperSection:
    """Returns the stock on the first of each month, or of every second or third where there are many."""
    firsts = sorted({p["on"] for entry in body["stock"] for p in entry["points"] if p["on"].endswith("-01")})
    days = firsts[:: -(-len(firsts) // MOST_MONTHS) or 1]
    columns: list[str | Column] = ["plant", "part", "short_on"]
    columns += [Column(f"kg_on_{day}", day) for day in days]
    rows = []
    for entry in body["stock"]:
        kg = {p["on"]: p["kg"] for p in entry["points"]}
        own = (cell(kg.get(day), 0) for day in days)
        rows.append((entry["plant"], entry["part"], day_cell(entry["short_on"], w), *own))
    table = w.table("stock", columns, rows, numbers=tuple(f"kg_on_{day}" for day in days))
    return w.section("stock", tables=(table,) if days else (), notes=(w("stock_note"),) if days and rows else ())


def _plants(body: StopsReport, w: Wording) -> PaperSection:
    clauses = [entry["clause"] for entry in body["clauses"]]
    suppliers = sorted({name for plant in body["plants"] for name in plant["by_supplier"]})
    columns: list[str | Column] = ["plant", "stop_on", "part"]
    columns += [Column(f"clause_{name}", w("clause_stops", clause_text(name, body, w.lang))) for name in clauses]
    columns += [Column(f"supplier_{name}", w("supplier_stops", name)) for name in suppliers]
    rows = [
        (
            plant["plant"],
            day_cell(plant["stop_on"], w),
            part_text(plant["part"], plant["grade"], w.lang) or "–",
            *(_stop(plant["by_clause"].get(name), w) for name in clauses),
            *(_stop(plant["by_supplier"].get(name), w) for name in suppliers),
        )
        for plant in body["plants"]
    ]
    named = [
        (clause_text(entry["clause"], body, w.lang), entry["what"], listed(entry["elements"], w.lang))
        for entry in body["clauses"]
    ]
    return w.section(
        "plants",
        tables=(w.table("plants", columns, rows), w.table("clauses", ("clause", "what", "elements"), named)),
    )


def _stop(stop: StopData | None, w: Wording) -> str:
    if stop is None or stop["stop_on"] is None:
        return w("none")
    return part_text(stop["stop_on"], stop["part"], w.lang)


def _groups(body: StopsReport, w: Wording) -> PaperSection:
    tables = []
    columns = ("usable_kg", "stop_on", "stock_stop_on", "first_part", "first_part_stop_on")
    for key, name in (("elements", "element"), ("grades", "grade")):
        entries = body["elements"] if key == "elements" else body["grades"]
        rows = [
            (
                entry["name"],
                cell(entry["usable_kg"], 3),
                day_cell(entry["stop_on"], w),
                day_cell(entry["stock_stop_on"], w),
                f"{entry['first_part']} {entry['first_plant']}".strip() or "–",
                day_cell(entry["first_part_stop_on"], w),
            )
            for entry in entries
        ]
        tables.append(w.table(key, (name, *columns), rows, numbers=("usable_kg",)))
    sentences = (w("upper_bound"),) if any(table.rows for table in tables) else ()
    unstated = tuple(
        w("unstated_share", entry["name"], listed(entry["unstated_parts"], w.lang))
        for entry in body["elements"]
        if entry["unstated_parts"]
    )
    return w.section("groups", (*sentences, *unstated), tables)


def _scenarios(body: StopsReport, w: Wording) -> PaperSection:
    delays = [
        (
            entry["scenario"],
            percent_cell(entry["probability"], 2),
            *(w("refused") if days == "refused" else days for days in (entry["single_days"], entry["renewal_days"])),
        )
        for entry in body["scenarios"]
    ]
    rows = [
        (
            entry["scenario"],
            plant["plant"],
            day_cell(plant["first_lost_on"], w),
            str(plant["lost_days"]),
            "–" if plant["first_lost_on"] is None else plant["recovers_on"] or w("not_by", body["until"]),
            part_text(plant["part"], plant["grade"], w.lang) or "–",
            cause_text(plant["cause"], plant["cause_of"], w),
        )
        for entry in body["scenarios"]
        for plant in entry["plants"]
    ]
    return w.section(
        "scenarios",
        tables=(
            w.table(
                "scenarios",
                ("scenario", "plant", "first_lost_on", "lost_days", "recovers_on", "part", "cause"),
                rows,
                numbers=("lost_days",),
            ),
            w.table(
                "delays",
                ("scenario", "probability_percent", "single_days", "renewal_days"),
                delays,
                numbers=("probability_percent", "single_days", "renewal_days"),
            ),
        ),
        notes=(w("lost_note"),) if rows else (),
    )


def _chances(body: StopsReport, w: Wording) -> PaperSection:
    plants = [
        (
            plant_text(entry["plant"], w),
            percent_cell(entry["stop_probability"], 2),
            cell(entry["mean_lost_days"], 2),
            cell(entry["mean_loss_keur"], 1),
        )
        for entry in body["chances"]
    ]
    parts = [
        (entry["plant"], entry["part"], entry["grade"], percent_cell(entry["stop_probability"], 2))
        for entry in body["part_chances"]
    ]
    numbers = ("stop_percent", "mean_lost_days", "mean_loss_keur", "share_percent")
    days = [
        (plant_text(entry["plant"], w), rise["on"], percent_cell(rise["probability"], 2))
        for entry in body["chances"]
        for rise in entry["by_day"]
    ]
    return w.section(
        "chances",
        tables=(
            w.table("chances", ("plant", *numbers[:3]), plants, numbers=numbers),
            w.table("part_chances", ("plant", "part", "grade", "stop_percent"), parts, numbers=numbers),
            w.table("causes", ("plant", "part", "cause", "share_percent"), _causes(body, w), numbers=numbers),
            w.table("by_day", ("plant", "on", "stop_percent"), days, numbers=numbers),
        ),
        notes=(w("chances_note"),) if plants else (),
    )


def _causes(body: StopsReport, w: Wording) -> Iterator[tuple[str, ...]]:
    for entry in body["chances"]:
        for cause in entry["causes"]:
            yield (
                plant_text(entry["plant"], w),
                part_text(cause["part"], cause["grade"], w.lang),
                cause_text(cause["cause"], cause["cause_of"], w),
                percent_cell(cause["share"], 2),
            )


def _actions(body: StopsReport, w: Wording) -> PaperSection:
    columns = ("rank", "action", "stop_percent", "mean_loss_keur", "saves_keur", "days_gained", "cost_keur")
    rows = [
        (
            str(place),
            action_text(entry, w),
            percent_cell(entry["stop_probability"], 2),
            cell(entry["mean_loss_keur"], 1),
            cell(entry["saves_keur"], 1),
            cell(entry["days_gained"], 1),
            w("not_given") if entry["cost_keur"] is None else cell(entry["cost_keur"], 1),
        )
        for place, entry in enumerate(body["actions"], 1)
    ]
    table = w.table("actions", columns, rows, numbers=(columns[0], *columns[2:]))
    return w.section("actions", tables=(table,), notes=(w("actions_note"),) if rows else ())


def _assumed(body: StopsReport, w: Wording) -> Iterator[str]:
    assumed = body["assumed"]
    if body["scenarios"]:
        yield w("independent" if assumed["grant_and_renewal_independent"] else "one_authority")
    yield w("leaves_assumed" if assumed["leaves_days_assumed"] else "leaves", assumed["leaves_days_after_grant"])
    refused = {entry["scenario"]: entry["probability"] for entry in body["scenarios"]}
    for name in assumed["refused_in"]:
        yield w("refused_in", name, percent(refused[name], w.lang))
    yield w("day_met")
    yield w("own_parts")
    for licence, lots in assumed["shared_licences"].items():
        yield w("shared_licence", licence, listed(lots, w.lang))
    for licence, lots in assumed["unnamed_licences"].items():
        yield w("unnamed_licence", licence, listed(lots, w.lang))
    for entry in assumed["renewal_names"]:
        yield w("renewal_names", entry["lot"], entry["licence"], entry["plant"])
    if assumed["never_released"]:
        yield w("never_released", listed(assumed["never_released"], w.lang))
    if assumed["unused"]:
        yield w("unused", listed(assumed["unused"], w.lang))
    if assumed["without_day_cost"]:
        yield w("without_cost", listed(assumed["without_day_cost"], w.lang))


def shown_tables(sections: tuple[PaperSection, ...]) -> Iterator[PaperTable]:
    """Yields the tables of sections in their order."""
    for section in sections:
        yield from section.tables
