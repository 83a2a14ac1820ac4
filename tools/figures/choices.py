"""Figures of choices: plans of a company, sets of projects, levers of firms. They run the example files; seconds."""

from __future__ import annotations

from pathlib import Path

import coercivity
from coercivity.papers.firm.mix.pictures import frontier_picture
from coercivity.papers.firm.mix.report_data import MixFrontierData
from coercivity.papers.firm.mix.wording import masses_text, options_text
from coercivity.papers.firm.mix.wording import wording as mix_words
from coercivity.papers.ministry.fund.wording import set_text
from coercivity.papers.ministry.fund.wording import wording as fund_words
from coercivity.papers.ministry.strategy.pictures import cost_picture
from coercivity.papers.ministry.strategy.wording import group_text, shown_groups
from coercivity.papers.ministry.strategy.wording import set_text as levers_text
from coercivity.papers.ministry.strategy.wording import wording as strategy_words
from coercivity.papers.shared.paper.figures import figure
from tools.figures.figure import DARK, LIGHT, WIDTH, Figure, bar, key, svg_page, svg_text

EXAMPLES = Path(__file__).parents[2] / "examples"
BUDGET = 150


def frontier() -> Figure:
    """Returns mean cost against CVaR of the best plans of a company, at 21 weights."""
    body = coercivity.best_mix(EXAMPLES / "firms" / "brenner.yaml", frontier=True).body
    points = body["frontier"]
    assert points is not None
    words = mix_words("en")
    plans: dict[tuple[str, str], list[MixFrontierData]] = {}
    for point in points:
        plans.setdefault((point["plan"]["mean_keur"], point["plan"]["cvar_keur"]), []).append(point)
    rows = []
    for group in plans.values():
        plan = group[0]["plan"]
        weights = f"{group[0]['weight']} to {group[-1]['weight']}"
        plan_words = f"{options_text(plan['options'], words)}; stock {masses_text(plan['stock_t'], words, 1)}"
        rows.append([plan_words, weights, figure(plan["mean_keur"], 1), figure(plan["cvar_keur"], 1)])
    told = (
        "Best plans of the wind company of `examples/firms/brenner.yaml` as more weight is put on the most expensive "
        "tenth of cases: mean cost and CVaR at 0.9, thousand EUR, with the weights of CVaR at which each is the best."
    )
    return Figure(
        "frontier",
        told,
        frontier_picture(points, words).svg,
        ["Plan", "Weight of CVaR", "Mean cost, kEUR", "CVaR, kEUR"],
        rows,
    )


def fund() -> Figure:
    """Returns the values of sets of projects, and those of their projects added up."""
    body = coercivity.fund(EXAMPLES / "ministry" / "fund", budget=BUDGET).body
    words = fund_words("en")
    sets = body["sets"]
    gutter, room = 150, WIDTH - 150 - 90
    widest = max(float(one[name]) for one in sets for name in ("mean_musd", "alone_musd"))
    parts = key([(DARK, "value of the set"), (LIGHT, "values of its projects added up")], 18)
    for lane, one in enumerate(sets):
        y = 40 + lane * 36
        parts.append(svg_text(gutter - 8, y + 17, set_text(one["projects"], words), "end"))
        for row, (value, ink) in enumerate(((one["mean_musd"], DARK), (one["alone_musd"], LIGHT))):
            width = float(value) / widest * room
            parts.append(bar(gutter, y + row * 13, width, 12, ink))
            parts.append(svg_text(gutter + width + 5, y + row * 13 + 10, figure(value, 1), size=10.5))
    told = (
        f"The best sets of projects of `examples/ministry/fund` for USD {BUDGET} million: mean value of the set and "
        "the values of its projects added up one by one, million USD. The difference is the interaction of pairs."
    )
    rows = []
    for one in sets:
        money = (one["mean_musd"], one["alone_musd"], one["interaction_musd"], one["cost_musd"])
        rows.append([set_text(one["projects"], words), *(figure(value, 1) for value in money)])
    head = ["Set", "Value of the set", "Projects added up", "Interaction", "Mean public cost"]
    return Figure("fund", told, svg_page(40 + len(sets) * 36 + 8, told, parts), head, rows)


def strategy() -> Figure:
    """Returns the cost of every combination of levers of two firms in each scenario."""
    body = coercivity.strategy(EXAMPLES / "ministry" / "strategy").body
    words = strategy_words("en")
    groups = shown_groups(body)
    rows = [
        [
            firm["firm"],
            *(
                levers_text(next(one for one in firm["results"] if one["group"] == group)["cheapest"], words)
                for group in groups
            ),
        ]
        for firm in body["firms"]
    ]
    told = (
        "Cost of every combination of ore, own processing and recycling for the two firms of "
        "`examples/ministry/strategy`, thousand USD a year by scenario; the cheapest is dark. "
        "The table names the cheapest."
    )
    head = ["Firm", *(group_text(group, words) for group in groups)]
    return Figure("strategy", told, cost_picture(body, words).svg, head, rows)
