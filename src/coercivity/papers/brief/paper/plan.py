"""The section on the plan: what to choose, against doing nothing, what limits cost, legal scenarios, the rulebook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from coercivity.base.words import say
from coercivity.papers.brief.paper.figures.plan import frontier_figure, plan_figure
from coercivity.papers.brief.paper.late import late_sentences, late_table
from coercivity.papers.brief.paper.page_one.actions import MOST as MOST_ON_PAGE_ONE
from coercivity.papers.brief.paper.page_one.actions import plan_action, plan_effect
from coercivity.papers.brief.paper.rounding import chance_cell, keur, number, share
from coercivity.papers.brief.paper.wording import listed, semi, stock_text
from coercivity.papers.brief.report_data import LateDrawn
from coercivity.papers.firm.mix.law.sections import UNSAID
from coercivity.papers.firm.mix.report_data import MixFlipPoint, MixOptionLawData, MixPlanData, MixReport
from coercivity.papers.firm.mix.wording import limit_text, options_text, value_text
from coercivity.papers.firm.mix.wording import wording as mix_wording
from coercivity.papers.shared.outcomes import meaning
from coercivity.papers.shared.paper.figures import exact_text, percent_cell
from coercivity.papers.shared.paper.sections import Only, PaperSection, PaperTable, Wording

MOST_CHOICES, MOST_FLIPS = 4, 6
_WHOLE = ("stops", "filing_stops")
_COSTS = ("mean_cost", "worst_cost", "spent")


def plan_section(mix: MixReport, w: Wording, drawn: LateDrawn | None = None, lacks: Sequence[str] = ()) -> PaperSection:
    """Returns the section on the plan.

    Args:
        mix: The best mix.
        w: The words.
        drawn: What it costs to know the law late by draws of the market; None if no draws lie beside the case.
        lacks: Why the draws beside the case do not fit it.
    """
    tables = (
        _compared(mix, w),
        _parts(mix, w),
        _choices(mix, w),
        _limits(mix, w),
        _blocked(mix, w),
        _regret(mix, w),
        late_table(mix, drawn, w),
        _flips(mix, w),
        _frontier(mix, w),
    )
    made = w.section("plan", _sentences(mix, drawn, lacks, w), tables, [w("plan_costs_note")])
    figures = tuple(figure for figure in (plan_figure(mix, w), frontier_figure(mix, w)) if figure is not None)
    return PaperSection(made.id, made.heading, made.sentences, made.tables, made.notes, figures)


def _options(plan: MixPlanData, w: Wording) -> str:
    return options_text(plan["options"], mix_wording(w.lang))


def _stock(plan: MixPlanData, w: Wording) -> str:
    return stock_text(plan["stock_t"], w)


def _sentences(mix: MixReport, drawn: LateDrawn | None, lacks: Sequence[str], w: Wording) -> Iterator[str]:
    best = mix["best"]
    yield w("plan_choose", _options(best, w), _stock(best, w), keur(best["spent_keur"], w.lang))
    if len(mix["choices"]) > 1:
        second = mix["choices"][1]
        over = share(second["over_best_share"] or "0", w.lang)
        yield w("plan_next", _options(second, w), _stock(second, w), over)
    yield w("plan_known", keur(mix["known_worth_keur"], w.lang), keur(mix["nothing_known_extra_keur"], w.lang))
    yield from late_sentences(mix, drawn, lacks, w)
    yield from _law_sentences(mix, w)
    if mix["knowing"]:
        first = max(mix["knowing"], key=lambda entry: float(entry["worth_keur"]))
        if Fraction(first["worth_keur"]):
            yield w("plan_learn", mix_wording(w.lang)(f"column_{first['column']}"), keur(first["worth_keur"], w.lang))


def _law_sentences(mix: MixReport, w: Wording) -> Iterator[str]:
    blocked = [entry for entry in mix["law"] if not entry["counted"] and entry["not_counted"] != UNSAID]
    if not mix["law_asked"]:
        yield w("plan_law_not_asked")
    if blocked:
        yield w("plan_blocked", listed((_entered(entry, w) for entry in blocked), w.lang))
    elif mix["law_asked"]:
        yield w("plan_none_blocked")
    if unsaid := [entry for entry in mix["law"] if entry["not_counted"] == UNSAID]:
        yield w("plan_unsaid", listed((_entered(entry, w) for entry in unsaid), w.lang))
    if stated := [entry for entry in mix["law"] if entry["stated"]]:
        by = stated[0]["said_by"] or w("plan_nobody")
        yield w("plan_stated", listed((_entered(entry, w) for entry in stated), w.lang), by)


def _entered(entry: MixOptionLawData, w: Wording) -> str:
    return w("plan_stock_of", entry["option"]) if entry["kind"] == "stock" else entry["option"]


def _compared(mix: MixReport, w: Wording) -> PaperTable:
    named = (("plan_best", mix["best"]), ("plan_nothing", mix["do_nothing"]))
    rows = ((w(word), *_costs(one, w), chance_cell(one["lost_chance"])) for word, one in named)
    numbers = (*_COSTS, "lost_chance")
    return w.table("compared", ("plan", *numbers), rows, numbers=numbers)


def _costs(plan: MixPlanData, w: Wording) -> tuple[str, ...]:
    return tuple(keur(value, w.lang) for value in (plan["mean_keur"], plan["cvar_keur"], plan["spent_keur"]))


def _parts(mix: MixReport, w: Wording) -> PaperTable:
    rows = (
        (
            plan_action(entry, mix, w),
            keur(entry["cost_keur"], w.lang),
            plan_effect(entry, mix, w),
        )
        for entry in mix["actions"]
    )
    only: Only = "files" if len(mix["actions"]) <= MOST_ON_PAGE_ONE else ""
    return w.table("plan_actions", ("action", "cost", "effect"), rows, numbers=("cost",), only=only)


def _choices(mix: MixReport, w: Wording) -> PaperTable:
    rows = (
        (_options(one, w), _stock(one, w), *_costs(one, w)[:2], percent_cell(one["over_best_share"], 1))
        for one in mix["choices"][:MOST_CHOICES]
    )
    numbers = ("mean_cost", "worst_cost", "over_best")
    return w.table("choices", ("options", "stock", *numbers), rows, numbers=numbers)


def _limits(mix: MixReport, w: Wording) -> PaperTable:
    rows = (
        (
            limit_text(entry["limit"], mix_wording(w.lang)),
            number(float(entry["now"])),
            keur(entry["shadow_keur"], w.lang),
        )
        for entry in mix["limits"]
        if Fraction(entry["shadow_keur"])
    )
    return w.table("limits", ("limit", "now", "one_more"), rows, numbers=("now", "one_more"))


def _blocked(mix: MixReport, w: Wording) -> PaperTable:
    rows = (
        (
            _entered(entry, w),
            meaning(entry["outcome"], w.lang) if entry["asked"] else w("plan_not_said"),
            semi((say(entry["clause_names"].get(name, {"en": name}), w.lang) for name in entry["clauses"]), w.lang)
            or "–",
            entry["on"] or "–",
        )
        for entry in mix["law"]
        if not entry["counted"]
    )
    return w.table("blocked", ("option", "result", "clause", "on"), rows)


def _regret(mix: MixReport, w: Wording) -> PaperTable:
    numbers = ("probability", "mean_cost", "least_cost", "regret")
    rows = (
        (
            entry["path"],
            chance_cell(entry["probability"]),
            *(keur(entry[key], w.lang) for key in ("mean_keur", "least_keur", "regret_keur")),
        )
        for entry in mix["regret"]
    )
    return w.table("regret", ("scenario", *numbers), rows, numbers=numbers)


def _flips(mix: MixReport, w: Wording) -> PaperTable:
    own = mix_wording(w.lang)
    rows = [
        (
            _input(entry["kind"], entry["name"], own),
            value_text(entry["now"]),
            _flip(entry["below"], entry["low"], own, "none_down"),
            _flip(entry["above"], entry["high"], own, "none_up"),
        )
        for entry in mix["flips"] or ()
        if entry["below"] is not None or entry["above"] is not None
    ]
    return w.table("flips", ("input", "now", "below", "above"), rows[:MOST_FLIPS], numbers=("now",))


def _input(kind: str, name: str, own: Wording) -> str:
    if kind == "limit":
        return limit_text(name, own)
    return own(kind) if kind in _WHOLE else own(kind, name)


def _flip(point: MixFlipPoint | None, end: str, own: Wording, none: str) -> str:
    if point is None:
        return own(none, value_text(end))
    told = own("no_plan") if point["options"] is None else options_text(point["options"], own)
    return own("flip", value_text(point["value"]), told)


def _frontier(mix: MixReport, w: Wording) -> PaperTable:
    """Returns the plans along the frontier, each once with the first weight at which it is best."""
    rows: dict[tuple[str, ...], str] = {}
    for point in mix["frontier"] or ():
        plan = point["plan"]
        key = (_options(plan, w), _stock(plan, w), *_costs(plan, w)[:2])
        rows.setdefault(key, exact_text(Fraction(point["weight"])))
    cells = [(weight, *key) for key, weight in rows.items()]
    numbers = ("weight", "mean_cost", "worst_cost")
    columns = ("weight", "options", "stock", "mean_cost", "worst_cost")
    return w.table("frontier", columns, cells if len(cells) > 1 else (), numbers=numbers)
