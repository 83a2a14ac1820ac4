"""The best mix as sections of sentences and tables, in one language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from coercivity.base.words import Lang
from coercivity.papers.firm.mix.drivers_data import SHOWN_DRAWS, drivers_section
from coercivity.papers.firm.mix.late_sections import knowing_section, late_sections, paths_section, scenario_text
from coercivity.papers.firm.mix.law.sections import law_section
from coercivity.papers.firm.mix.opening import opening
from coercivity.papers.firm.mix.pictures import cost_picture, frontier_picture
from coercivity.papers.firm.mix.prices import prices_section
from coercivity.papers.firm.mix.report_data import MixFlipPoint, MixPlanData, MixReport
from coercivity.papers.firm.mix.wording import (
    DAYS,
    KEUR,
    PER_KEUR,
    SHADOW,
    TONNES,
    limit_text,
    masses_cell,
    masses_text,
    options_text,
    part_name,
    stated_bases,
    value_text,
    without_basis,
    wording,
)
from coercivity.papers.firm.own_names import in_own_names
from coercivity.papers.shared.paper.figures import figure, listed, percent, percent_cell
from coercivity.papers.shared.paper.sections import PaperSection, Wording, with_content

_INPUTS = ("stops", "filing_stops")
FORMULAS = ("objective", "mean", "cvar", "cost", "spent", "days")


def mix_title(body: MixReport, lang: Lang) -> str:
    """Returns the title, which says so where grades are taken as independent."""
    w = wording(lang)
    firm, apart = body["firm"] or w("no_name"), body["independent"]
    if apart:
        return w("title_apart", firm, body["months"], listed(apart, lang))
    return w("title", firm, body["months"])


def mix_sections(body: MixReport, lang: Lang = "en") -> tuple[PaperSection, ...]:
    """Returns the sections of a mix; those that were not asked for are left out.

    Args:
        body: The result as plain data.
        lang: Language.
    """
    w, body = wording(lang), in_own_names(body, lang)
    every = (
        w.section("summary", opening(body, w)),
        law_section(body, lang),
        drivers_section(body, w),
        _choices(body, w),
        _parts(body, w),
        _scenarios(body, w),
        prices_section(body, w),
        paths_section(body, w),
        knowing_section(body, w),
        _limits(body, w),
        _flips(body, w),
        *late_sections(body, w),
        _frontier(body, w),
        w.section("assumed", _assumed(body, w)),
        w.section("formulas", (w(f"formula_{name}") for name in FORMULAS)),
    )
    return with_content(every)


def _assumed(body: MixReport, w: Wording) -> Iterator[str]:
    yield w("over_price")
    if bases := stated_bases(body, w):
        yield w("bases", listed(bases, w.lang))
    if names := without_basis(body):
        yield w("no_basis", listed(names, w.lang))
    if body["in_hand_t"]:
        yield w("in_hand", masses_text(body["in_hand_t"], w))
    for grade, mass in body["in_hand_not_counted_t"].items():
        yield w("in_hand_not_counted", grade, figure(mass, TONNES, trim=True))
    yield from (w(f"assumed_{name}") for name in body["assumed"])


def _choices(body: MixReport, w: Wording) -> PaperSection:
    columns = ("options", "stock_t", "mean_keur", "cvar_keur", "over_percent")
    rows = [(*_plan(one, w), percent_cell(one["over_best_share"], 2)) for one in body["choices"]]
    count, of = len(body["choices"]), body["sets_of_options"]
    said = w("first_ones", count) if of is None else w("count", count, of)
    return w.section("choices", [said], [w.table("choices", columns, rows, numbers=columns[2:])])


def _plan(one: MixPlanData, w: Wording) -> tuple[str, ...]:
    """Returns the cells of a plan: options, stock, mean cost, CVaR."""
    costs = [figure(one[key], KEUR) for key in ("mean_keur", "cvar_keur")]
    return (options_text(one["options"], w), masses_cell(one["stock_t"], TONNES, w.lang), costs[0], costs[1])


def _parts(body: MixReport, w: Wording) -> PaperSection:
    columns = ("part", "cost_start_keur", "saves_keur", "saves_per_keur", "stop_without_percent")
    rows = [
        (
            part_name(part, w),
            figure(part["cost_keur"], KEUR),
            figure(part["saves_keur"], KEUR),
            "–" if part["saves_per_keur"] is None else figure(part["saves_per_keur"], PER_KEUR),
            percent_cell(part["stop_chance_without"], 2),
        )
        for part in body["actions"]
    ]
    said = [w("stop_with", percent(body["best"]["lost_chance"], w.lang, 2))] if rows else ()
    table = w.table("parts", columns, rows, numbers=columns[1:])
    return w.section("parts", said, [table], [w("parts_note")] if rows else ())


def _scenarios(body: MixReport, w: Wording) -> PaperSection:
    columns = (
        "scenario", "probability_percent", "nothing_keur", "cost_keur", "lost_line_days", "not_served_t", "known_keur",
    )  # fmt: skip
    shown = body["scenarios"]
    if body["drivers"] is not None:
        shown = sorted(shown, key=lambda row: -float(row["cost_keur"]))[:SHOWN_DRAWS]
    rows = [
        (
            scenario_text(row["scenario"], w) if body["drivers"] is not None else row["scenario"],
            percent_cell(row["probability"], 2),
            figure(row["nothing_keur"], KEUR),
            figure(row["cost_keur"], KEUR),
            figure(row["lost_line_days"], DAYS),
            masses_cell(row["not_served_t"], 2, w.lang),
            figure(row["known_keur"], KEUR),
        )
        for row in shown
    ]
    said = w("known", figure(body["known_mean_keur"], KEUR), figure(body["known_worth_keur"], KEUR))
    numbers = tuple(column for column in columns if column not in ("scenario", "not_served_t"))
    table = w.table("scenarios" if body["drivers"] is None else "dearest_draws", columns, rows, numbers=numbers)
    section = w.section("scenarios", [said], [table])
    return replace(section, figures=(cost_picture(body, w),)) if body["drivers"] is None else section


def _limits(body: MixReport, w: Wording) -> PaperSection:
    columns = ("limit", "now", "shadow_keur", "step", "saved_keur", "options_then")
    rows = [
        (
            limit_text(row["limit"], w),
            value_text(row["now"]),
            figure(row["shadow_keur"], SHADOW),
            w("left_out") if row["step"] is None else f"+{value_text(row['step'])}",
            figure(row["saved_keur"], 2),
            options_text(row["options"], w),
        )
        for row in body["limits"]
    ]
    table = w.table("limits", columns, rows, numbers=("now", "shadow_keur", "saved_keur"))
    return w.section("limits", (), [table])


def _flips(body: MixReport, w: Wording) -> PaperSection:
    rows = [
        (
            w(row["kind"]) if row["kind"] in _INPUTS else _input(row["kind"], row["name"], w),
            value_text(row["now"]),
            _flip(row["below"], w("none_down", value_text(row["low"])), w),
            _flip(row["above"], w("none_up", value_text(row["high"])), w),
        )
        for row in body["flips"] or ()
    ]
    table = w.table("flips", ("input", "now", "below", "above"), rows, numbers=("now",))
    return w.section("flips", (), [table], [w("flips_note")] if rows else ())


def _input(kind: str, name: str, w: Wording) -> str:
    return limit_text(name, w) if kind == "limit" else w(kind, name)


def _flip(point: MixFlipPoint | None, none: str, w: Wording) -> str:
    if point is None:
        return none
    plan = w("no_plan") if point["options"] is None else options_text(point["options"], w)
    if point["stock_t"]:
        plan = w("with_stock", plan, masses_text(point["stock_t"], w))
    return w("flip", value_text(point["value"]), plan)


def _frontier(body: MixReport, w: Wording) -> PaperSection:
    rows = [
        (
            value_text(row["weight"]),
            *_plan(row["plan"], w),
            figure(row["plan"]["objective_keur"], KEUR),
            figure(row["plan"]["spent_keur"], KEUR),
            "–" if row["next_over_share"] is None else percent_cell(row["next_over_share"], 2),
        )
        for row in body["frontier"] or ()
    ]
    columns = (
        "weight", "options", "stock_t", "mean_keur", "cvar_keur", "weighted_keur", "spent_keur", "next_percent",
    )  # fmt: skip
    numbers = tuple(column for column in columns if column not in ("options", "stock_t"))
    section = w.section("frontier", (), [w.table("frontier", columns, rows, numbers=numbers)])
    return replace(section, figures=(frontier_picture(body["frontier"], w),)) if body["frontier"] else section
