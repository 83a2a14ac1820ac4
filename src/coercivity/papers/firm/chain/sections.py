"""The licence time of a chain as sections of sentences and tables, in one language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coercivity.base.words import Lang
from coercivity.papers.firm.chain.opening import air_sentences, assumed_sentence, opening
from coercivity.papers.firm.chain.report_data import ChainReport, ModeData, StageDayData
from coercivity.papers.firm.chain.stages import stages_section
from coercivity.papers.firm.chain.wording import stage_text, wording
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.paper.figures import cell, percent_cell
from coercivity.papers.shared.paper.sections import Column, PaperSection, PaperTable, Wording, with_content

_PLACES = 3


def chain_title(body: ChainReport, lang: Lang) -> str:
    """Returns the title of the paper."""
    w = wording(lang)
    signed = day_text(body["signed_on"], lang)
    if body["needed_on"] is None:
        return w("title", signed)
    return w("title_needed", signed, day_text(body["needed_on"], lang))


def chain_sections(body: ChainReport, lang: Lang = "en") -> tuple[PaperSection, ...]:
    """Returns the sections of a licence time; those without anything to show are left out.

    Args:
        body: The result as plain data.
        lang: Language.
    """
    w = wording(lang)
    every = (
        w.section("summary", opening(body, w)),
        _latest(body, w),
        _arrival(body, w),
        _paths(body, w),
        stages_section(body, w),
        _air(body, w),
        w.section("assumed", _assumed(body, w)),
    )
    return with_content(every)


@dataclass(frozen=True, slots=True)
class Route:
    """A way of transport, through the whole chain or under the general licence.

    Attributes:
        name: As a table names it.
        key: Stable key.
    """

    name: str
    key: str
    mode: ModeData


def routes(body: ChainReport, w: Wording) -> list[Route]:
    """Returns each way of transport: through the whole chain, then under the general licence."""
    found = [Route(mode_name(m["mode"], m["kind"], w), m["kind"] or m["mode"], m) for m in body["modes"]]
    licence = body["general"]
    if licence is not None and licence["names_plant"]:
        for mode in licence["modes"]:
            name = w("route_general", mode_name(mode["mode"], mode["kind"], w))
            found.append(Route(name, f"{mode['kind'] or mode['mode']}_general_licence", mode))
    return found


def mode_name(mode: str, kind: str, w: Wording) -> str:
    """Returns a way of transport as a table names it."""
    return stage_text(mode, kind, w) if kind else mode


def _latest(body: ChainReport, w: Wording) -> PaperSection:
    every = routes(body, w)
    simulated = any(latest["simulated_probability"] for route in every for latest in route.mode["latest"])
    columns = ["mode", "confidence_percent", "sign_on", "probability_percent", "next_day_percent"]
    columns += ["simulated_percent"] if simulated else []
    rows = [
        (
            route.name,
            percent_cell(latest["confidence"], 1).removesuffix(".0"),
            latest["sign_on"] or w("no_day"),
            percent_cell(latest["probability"], _PLACES),
            percent_cell(latest["next_day_probability"], _PLACES),
            *([percent_cell(latest["simulated_probability"], _PLACES)] if simulated else []),
        )
        for route in every
        for latest in route.mode["latest"]
    ]
    numbers = [column for column in columns if column.endswith("_percent")]
    return w.section(
        "latest",
        tables=(w.table("latest", columns, rows, numbers=numbers),),
        notes=(w("latest_note"), assumed_sentence(body, w)) if rows else (),
    )


def _arrival(body: ChainReport, w: Wording) -> PaperSection:
    every = routes(body, w)
    levels = list(dict.fromkeys(level for route in every for level in route.mode["quantiles_on"]))
    columns: list[str | Column] = ["mode"]
    columns += [Column(f"arrived_{level}_percent_on", w("quantile", level)) for level in levels]
    rows = [(r.name, *(r.mode["quantiles_on"].get(level) or w("beyond") for level in levels)) for r in every]
    simulated = [
        (r.name, *((r.mode["simulated_quantiles_on"] or {}).get(level) or w("beyond") for level in levels))
        for r in every
        if r.mode["simulated_quantiles_on"] is not None
    ]
    days = [
        (route.name, entry["on"], percent_cell(entry["probability"], _PLACES))
        for route in every
        for entry in route.mode["by_day"]
    ]
    tables = (
        w.table("quantiles", columns, rows),
        _needed(body, every, w),
        _by_month(every, w),
        w.table("simulated_quantiles", columns, simulated),
        w.table("by_day", ("mode", "on", "probability_percent"), days, numbers=("probability_percent",), only="files"),
    )
    return w.section("arrival", tables=tables, notes=(w("quantile_note"), assumed_sentence(body, w)))


def _by_month(every: Sequence[Route], w: Wording) -> PaperTable:
    """Returns the probability of arrival by the end of each month: the chart as figures."""
    drawn = [route for route in every if route.mode["by_day"]]
    ends: dict[str, dict[str, str]] = {}
    for route in drawn:
        for entry in route.mode["by_day"]:
            ends.setdefault(entry["on"][:7], {})[route.key] = entry["probability"]  # the last day of a month counts
    keys = [f"arrived_{route.key}_percent" for route in drawn]
    columns: list[str | Column] = ["month", *(Column(key, route.name) for key, route in zip(keys, drawn, strict=True))]
    rows, reached = [], dict.fromkeys((route.key for route in drawn), "0")
    for month in sorted(ends):
        reached |= ends[month]
        rows.append((month, *(percent_cell(reached[route.key], _PLACES) for route in drawn)))
    return w.table("by_month", columns, rows, numbers=keys)


def _needed(body: ChainReport, every: Sequence[Route], w: Wording) -> PaperTable:
    """Returns the probability of arrival by the day needed: exact, and in the simulation beside it."""
    simulated = any(route.mode["simulated_needed_probability"] is not None for route in every)
    columns = ["mode", "needed_on", "probability_percent", *(["simulated_percent"] if simulated else [])]
    rows = [
        (
            route.name,
            body["needed_on"] or "–",
            percent_cell(route.mode["needed_probability"], _PLACES),
            *([percent_cell(route.mode["simulated_needed_probability"], _PLACES)] if simulated else []),
        )
        for route in every
        if route.mode["needed_probability"] is not None
    ]
    return w.table("needed", columns, rows, numbers=columns[2:])


def _paths(body: ChainReport, w: Wording) -> PaperSection:
    """Returns example dates: ways of transport of one path share a table, for they differ in the last stage only."""
    licence = body["general"]
    under = licence["paths"] if licence is not None and licence["names_plant"] else []
    kinds = {stage["stage"]: stage["kind"] for stage in (*body["stages"], *body["transport"])}
    groups: dict[tuple[str, bool], list[StageDayData]] = {}
    for path in (*body["paths"], *(path for path in under if path["general_licence"])):
        days = groups.setdefault((path["path"], path["general_licence"]), [])
        days += [day for day in path["days"] if day not in days]
    tables = []
    for (name, general), days in groups.items():
        title = w(name, table="paths")
        title = w("path_general", title) if general else title
        key = f"path_{name}_general_licence" if general else f"path_{name}"
        tables.append(
            w.table("paths", ("stage", "what", "on", "calendar"), _path(days, kinds, w), title=title, name=key)
        )
    return w.section("paths", tables=tables, notes=(w("paths_note"),) if tables else ())


def _path(days: Sequence[StageDayData], kinds: dict[str, str], w: Wording) -> Iterator[tuple[str, ...]]:
    for day in days:
        yield (
            stage_text(day["stage"], kinds.get(day["stage"], ""), w),
            w(day["what"], table="whats"),
            day["on"],
            w("assumed_calendar") if day["assumed_calendar"] else "–",
        )


def _air(body: ChainReport, w: Wording) -> PaperSection:
    air = body["air"]
    if air is None:
        return w.section("air")
    columns = ("by_air_kg", "mean_lost_days", "no_lost_day_percent", "extra_freight_usd", "freight_and_loss_usd")
    rows = [
        (
            cell(row["by_air_kg"], 3).removesuffix(".000"),
            cell(row["mean_lost_days"], _PLACES),
            percent_cell(row["no_lost_day_probability"], 2),
            cell(row["extra_freight_usd"], 0),
            cell(row["freight_and_loss_usd"], 0),
        )
        for row in air["rows"]
    ]
    gaps = [(str(gap["days"]), percent_cell(gap["probability"], 2)) for gap in air["gaps"]]
    return w.section(
        "air",
        air_sentences(air, w),
        (
            w.table("air", columns, rows, numbers=columns),
            w.table("gaps", ("gap_days", "probability_percent"), gaps, numbers=("gap_days", "probability_percent")),
        ),
        notes=(w("air_note"),),
    )


def _assumed(body: ChainReport, w: Wording) -> Iterator[str]:
    yield w("day_zero")
    yield w("independent_stages")
    if body["returns"]:
        yield w("full_term")
    yield assumed_sentence(body, w)
    yield w("exact" if body["exact"] else "simulated", f"{body['simulations']:,}")
    if body["exact"] and body["simulations"]:
        yield w("checked", f"{body['simulations']:,}")
    if body["not_arrived_probability"] != "0":
        yield w("not_arrived", percent_cell(body["not_arrived_probability"], _PLACES))
    yield w("practice")
