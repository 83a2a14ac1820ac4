"""Who wins with what as sections of sentences and tables, in one language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from coercivity.base.words import Lang
from coercivity.papers.ministry.strategy.draws import draws_tables
from coercivity.papers.ministry.strategy.long_tables import parts_table, strategy_iamc
from coercivity.papers.ministry.strategy.pictures import cost_picture
from coercivity.papers.ministry.strategy.report_data import (
    StrategyFirmData,
    StrategyGroupData,
    StrategyReport,
    StrategyResultData,
)
from coercivity.papers.ministry.strategy.sentences import opening
from coercivity.papers.ministry.strategy.wording import (
    MOST_COLUMNS,
    MOST_EFFECTS,
    MOST_ROWS,
    PAIR,
    SHARE,
    TONNES,
    effect_key,
    effect_text,
    group_text,
    joined,
    money,
    set_text,
    shown_groups,
    wording,
)
from coercivity.papers.shared.paper.figures import figure, percent_cell
from coercivity.papers.shared.paper.sections import Column, Only, PaperSection, PaperTable, Wording

FORMULAS = ("need", "feed", "ore", "processing", "recycling", "contracts", "stock", "effect", "mean")
MOST_NAMES = 3  # in the title
_LEVER_FORMULAS = frozenset(("ore", "processing", "recycling", "contracts", "stock"))


def strategy_title(body: StrategyReport, lang: Lang) -> str:
    """Returns the title."""
    w, names = wording(lang), [firm["firm"] for firm in body["firms"]]
    return w("title", joined(names, w)) if len(names) <= MOST_NAMES else w("title_many", len(names))


def strategy_sections(body: StrategyReport, lang: Lang = "en") -> tuple[PaperSection, ...]:
    """Returns the sections of the paper; those without content are left out.

    Args:
        body: The result as plain data.
        lang: Language.
    """
    w = wording(lang)
    winners = w.section("winners", (), [_winners(body, w)], [w("winners_note")])
    every = (
        w.section("summary", opening(body, w)),
        replace(winners, figures=(cost_picture(body, w),)),
        w.section("costs", (), [_wide("costs", body, w), _long("results", body, w), parts_table(body, w)]),
        w.section("effects", [w("effects_said")], _effects(body, w)),
        w.section("lost", (), [_wide("lost", body, w)]),
        w.section("claim", (), [_claim(body, w)], [w("claim_note")]),
        w.section("draws", [w("draws_said")], draws_tables(body, w)),
        w.section("assumed", _assumed(body, w)),
        w.section("formulas", _formulas(body, w)),
        w.section("iamc", [w("iamc_said")], [strategy_iamc(body)]),
    )
    return tuple(section for section in every if _shown(section))


def _shown(section: PaperSection) -> bool:
    """Returns whether a section has content of its own; one with tables for files only is for files."""
    if section.id in ("draws", "effects", "claim"):
        return bool(section.tables)
    return bool(section.sentences or section.tables)


def _results(body: StrategyReport) -> Iterator[tuple[StrategyFirmData, StrategyResultData]]:
    """Yields each firm with each group that readers see in rows."""
    shown = shown_groups(body, MOST_ROWS)
    for firm in body["firms"]:
        for result in firm["results"]:
            if result["group"] in shown:
                yield firm, result


def _winners(body: StrategyReport, w: Wording) -> PaperTable:
    columns = ("firm", "scenario", "probability_percent", "cheapest", "cost_kusd", "lost_t", "next", "margin_percent")
    rows = []
    for firm, result in _results(body):
        least = next(one for one in result["sets"] if one["on"] == result["cheapest"])
        rows.append(
            (
                firm["firm"],
                group_text(result["group"], w),
                percent_cell(result["group"]["probability"], SHARE),
                set_text(result["cheapest"], w),
                money(least["cost_kusd"]),
                figure(least["lost_t"], TONNES),
                set_text(result["next"], w),
                percent_cell(result["margin_share"], SHARE),
            )
        )
    return w.table("winners", columns, rows, numbers=("probability_percent", "cost_kusd", "lost_t", "margin_percent"))


def _wide(key: str, body: StrategyReport, w: Wording) -> PaperTable:
    """Returns cost or missing metal of every combination, one column a scenario."""
    unit, lost = ("t", True) if key == "lost" else ("kusd", False)
    groups = shown_groups(body)
    columns = [Column(f"{_column(group)}_{unit}", w(f"column_{unit}", group_text(group, w))) for group in groups]
    rows = []
    for firm in body["firms"]:
        results = [one for one in firm["results"] if one["group"] in groups]
        for place, one in enumerate(results[0]["sets"]):
            sets = [result["sets"][place] for result in results]
            cells = (figure(each["lost_t"], TONNES) if lost else money(each["cost_kusd"]) for each in sets)
            rows.append((firm["firm"], set_text(one["on"], w), *cells))
    return w.table(key, ("firm", "set", *columns), rows, numbers=[column.key for column in columns])


def _column(group: StrategyGroupData) -> str:
    return "_".join(part for part in (group["path"], group["scenario"]) if part) or "mean"


def _long(key: str, body: StrategyReport, w: Wording) -> PaperTable | None:
    """Returns all scenarios one below the other, where they are too many for columns; for files only."""
    if len(body["firms"][0]["results"]) <= MOST_COLUMNS:
        return None
    columns = ("firm", "path", "scenario", "set", "cost_kusd", "lost_t")
    rows = [
        (
            firm["firm"],
            result["group"]["path"],
            result["group"]["scenario"] or w("mean"),
            set_text(one["on"], w),
            money(one["cost_kusd"]),
            figure(one["lost_t"], TONNES),
        )
        for firm in body["firms"]
        for result in firm["results"]
        for one in result["sets"]
    ]
    return w.table(key, columns, rows, numbers=("cost_kusd", "lost_t"), only="files")


def _effects(body: StrategyReport, w: Wording) -> list[PaperTable]:
    """Returns effects as columns; with more than three levers as rows, of which readers see levers and pairs."""
    effects = [one["levers"] for one in body["firms"][0]["results"][0]["effects"]]
    if len(effects) > MOST_EFFECTS:
        pairs = [levers for levers in effects if len(levers) <= PAIR]
        return [_effects_down(body, w, pairs, "readers"), _effects_down(body, w, effects, "files")]
    columns = [Column(effect_key(levers), effect_text(levers, w)) for levers in effects]
    rows = [
        (firm["firm"], group_text(result["group"], w), *(money(one["effect_kusd"]) for one in result["effects"]))
        for firm, result in _results(body)
    ]
    return [w.table("effects", ("firm", "scenario", *columns), rows, numbers=[column.key for column in columns])]


def _effects_down(body: StrategyReport, w: Wording, effects: Sequence[list[str]], only: Only) -> PaperTable:
    groups = shown_groups(body)
    columns = [Column(f"{_column(group)}_kusd", w("column_kusd", group_text(group, w))) for group in groups]
    rows = [
        (
            firm["firm"],
            effect_text(levers, w),
            *(
                money(one["effect_kusd"])
                for result in firm["results"]
                if result["group"] in groups
                for one in result["effects"]
                if one["levers"] == levers
            ),
        )
        for firm in body["firms"]
        for levers in effects
    ]
    return w.table("effects", ("firm", "effect", *columns), rows, numbers=[column.key for column in columns], only=only)


def _claim(body: StrategyReport, w: Wording) -> PaperTable:
    columns = (
        "firm", "scenario", "holds", "cheapest", "missing",
        "more_kusd", "more_fixed_kusd", "more_ore_kusd", "saved_kusd",
    )  # fmt: skip
    shown = shown_groups(body, MOST_ROWS)
    rows = [
        (
            firm["firm"],
            group_text(one["group"], w),
            w("yes" if one["holds"] else "no"),
            set_text(one["cheapest"], w),
            "–" if one["holds"] else set_text(one["missing"], w),
            *(money(one[key]) for key in ("more_kusd", "more_fixed_kusd", "more_ore_contract_kusd", "saved_kusd")),
        )
        for firm in body["firms"]
        for one in firm["claim"]
        if one["group"] in shown
    ]
    return w.table("claim", columns, rows, numbers=columns[5:])


def _assumed(body: StrategyReport, w: Wording) -> Iterator[str]:
    yield w("invented_or_yours")
    if body["year_assumed"]:
        yield w("year_assumed", body["year"])
    if "stock" in body["levers"]:
        yield w("stock_price", money(body["open_price_kusd"]))
    if len(body["firms"][0]["results"]) > MOST_COLUMNS:
        yield w("many_scenarios")


def _formulas(body: StrategyReport, w: Wording) -> Iterator[str]:
    for name in FORMULAS:
        if name not in _LEVER_FORMULAS or name in body["levers"]:
            yield w(f"formula_{name}")
