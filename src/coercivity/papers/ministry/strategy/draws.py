"""Tables of paired differences over draws: how often a combination is the cheapest, and by how much."""

from __future__ import annotations

from fractions import Fraction

from coercivity.papers.ministry.strategy.report_data import StrategyIntervalData, StrategyReport
from coercivity.papers.ministry.strategy.wording import MOST_EFFECTS, PAIR, effect_text, money, set_text
from coercivity.papers.shared.paper.sections import Only, PaperTable, Wording

_MOST_WHOLE = 3  # levers with which readers see all combinations


def draws_tables(body: StrategyReport, w: Wording) -> list[PaperTable]:
    """Returns the tables of paired differences; with more than three levers readers get short ones, files all.

    Args:
        body: The result as plain data.
        w: Words.
    """
    both: tuple[Only, ...] = ("readers", "files") if len(body["levers"]) > _MOST_WHOLE else ("",)
    return [_wins(body, w), *(made(body, w, only) for made in (_over, _paired_effects) for only in both)]


def _wins(body: StrategyReport, w: Wording) -> PaperTable:
    rows = [
        (
            firm["firm"],
            paired["path"] or w("no_path"),
            set_text(one["levers"], w),
            f"{one['draws']}",
            f"{paired['draws']}",
        )
        for firm in body["firms"]
        for paired in firm["paired"]
        for one in sorted(paired["wins"], key=lambda one: -one["draws"])
    ]
    return w.table("wins", ("firm", "path", "set", "wins", "draws"), rows, numbers=("wins", "draws"))


def _interval(one: StrategyIntervalData, w: Wording) -> tuple[str, str, str, str]:
    low, high = one["low_kusd"], one["high_kusd"]
    sure = (not low.startswith("-") and low != "0") or high.startswith("-")
    return money(one["mean_kusd"]), money(low), money(high), w("yes" if sure else "no")


def _over(body: StrategyReport, w: Wording, only: Only) -> PaperTable:
    """Returns the cost of combinations over the cheapest, the nearest first; for readers the nearest few."""
    most = MOST_EFFECTS if only == "readers" else None
    rows = [
        (firm["firm"], paired["path"] or w("no_path"), set_text(one["levers"], w), *_interval(one, w))
        for firm in body["firms"]
        for paired in firm["paired"]
        for one in sorted(paired["over"], key=lambda one: Fraction(one["mean_kusd"]))[:most]
    ]
    columns = ("firm", "path", "set", "over_kusd", "low_kusd", "high_kusd", "sure")
    return w.table("paired", columns, rows, numbers=columns[3:6], only=only)


def _paired_effects(body: StrategyReport, w: Wording, only: Only) -> PaperTable:
    """Returns the effects by path; for readers levers and pairs."""
    rows = [
        (firm["firm"], paired["path"] or w("no_path"), effect_text(one["levers"], w), *_interval(one, w))
        for firm in body["firms"]
        for paired in firm["paired"]
        for one in paired["effects"]
        if only != "readers" or len(one["levers"]) <= PAIR
    ]
    columns = ("firm", "path", "effect", "effect_kusd", "low_kusd", "high_kusd", "sure")
    return w.table("paired_effects", columns, rows, numbers=columns[3:6], only=only)
