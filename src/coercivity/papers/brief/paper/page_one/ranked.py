"""Which actions move most, of the plan and against line stops, and what the plan reaches as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from coercivity.papers.brief.paper.rounding import chance, days, share
from coercivity.papers.brief.report_data import BriefBody
from coercivity.papers.firm.mix.report_data import MixActionData, MixPlanData, MixReport
from coercivity.papers.firm.mix.wording import options_text
from coercivity.papers.firm.mix.wording import wording as mix_wording
from coercivity.papers.firm.stops.report_data import ActionData, StopsReport
from coercivity.papers.firm.stops.wording import ANY
from coercivity.papers.shared.paper.sections import Wording


@dataclass(frozen=True, slots=True)
class RankedAction:
    """A part of the plan, or an action against a line stop.

    Attributes:
        worth_keur: What it saves on average after its own cost, as far as that is known [1000 EUR].
        moves: Whether it moves the first stop or the chance of one.
        part: The part of the plan; None for an action against a line stop.
        action: That action; None for a part of the plan.
    """

    worth_keur: Fraction
    moves: bool
    part: MixActionData | None = None
    action: ActionData | None = None


def top_actions(body: BriefBody, most: int) -> list[RankedAction]:
    """Returns the actions that are worth most; at least one that moves a stop or its chance, if one pays that does.

    Args:
        body: The report data.
        most: How many at most.
    """
    found = [*_of_plan(body), *_of_stops(body)]
    found.sort(key=_order)
    top, rest = found[:most], found[most:]
    if top and not any(one.moves for one in top):
        moving = next((one for one in rest if one.moves and one.worth_keur > 0), None)
        if moving is not None:
            top[-1] = moving
    return top


def _of_plan(body: BriefBody) -> Iterator[RankedAction]:
    if "mix" in body:
        whole = Fraction(body["mix"]["best"]["lost_chance"])
        for part in by_saving(body["mix"]["actions"]):
            moves = Fraction(part["stop_chance_without"]) > whole
            yield RankedAction(Fraction(part["saves_keur"]), moves, part=part)


def _of_stops(body: BriefBody) -> Iterator[RankedAction]:
    if "stops" in body:
        before = before_any(body["stops"])
        for entry in body["stops"]["actions"]:
            if has_effect(entry, body["stops"]):
                worth = Fraction(entry["saves_keur"] or 0) - Fraction(entry["cost_keur"] or 0)
                moves = Fraction(entry["days_gained"]) > 0 or entry["stop_probability"] != before
                yield RankedAction(worth, moves, action=entry)


def _order(one: RankedAction) -> tuple[bool, Fraction]:
    """Those of which the cost is not known come last: what they save is before a cost."""
    return one.action is not None and one.action["cost_keur"] is None, -one.worth_keur


def by_saving(parts: Iterable[MixActionData]) -> list[MixActionData]:
    """Returns parts of the plan, the one that saves most first."""
    return sorted(parts, key=lambda part: (-float(part["saves_keur"]), part["kind"], part["name"]))


def before_any(stops: StopsReport) -> str:
    """Returns the probability of a stop of any plant if nothing is done; empty if it was not calculated."""
    return next((entry["stop_probability"] for entry in stops["chances"] if entry["plant"] == ANY), "")


def has_effect(entry: ActionData, stops: StopsReport) -> bool:
    """Returns whether an action changes a mean loss, a first stop, or the probability of one."""
    before = before_any(stops)
    changes = bool(before) and entry["stop_probability"] != before
    return changes or Fraction(entry["saves_keur"] or 0) != 0 or Fraction(entry["days_gained"]) > 0


def plan_reach(mix: MixReport, w: Wording) -> Iterator[str]:
    """Yields what the plan reaches as a whole, and what lowers the chance of a stop where no single part does.

    Args:
        mix: The best mix.
        w: The words.
    """
    best, nothing = mix["best"], mix["do_nothing"]
    if not mix["actions"]:
        return
    lost = [days(float(plan["mean_lost_line_days"])) for plan in (nothing, best)]
    ends = [chance(plan["lost_chance"], w.lang) for plan in (nothing, best)]
    if ends[0] != ends[1]:
        alone = any(Fraction(part["stop_chance_without"]) > Fraction(best["lost_chance"]) for part in mix["actions"])
        yield w("reach_chance" if alone else "reach_together", *ends, *lost)
        return
    yield w("reach_days", ends[0], *lost)
    if 0 < Fraction(best["lost_chance"]) < 1:  # certain stops need no reason
        yield from _why_the_chance_stays(mix, best, w)


def _why_the_chance_stays(mix: MixReport, best: MixPlanData, w: Wording) -> Iterator[str]:
    """Yields the other choice that lowers the chance, or if none does, the mildest stop that still costs line-days."""
    other = min(mix["choices"], key=lambda plan: Fraction(plan["lost_chance"]), default=best)
    if Fraction(other["lost_chance"]) < Fraction(best["lost_chance"]):
        over = share(other["over_best_share"] or "0", w.lang)
        chosen = options_text(other["options"], mix_wording(w.lang))
        yield w("reach_other", chosen, chance(other["lost_chance"], w.lang), over)
        return
    stopped = [one for one in mix["scenarios"] if Fraction(one["lost_line_days"]) > 0]
    if stopped and mix["draws"] is None:
        mildest = min(stopped, key=lambda one: Fraction(one["lost_line_days"]))
        yield w("reach_mildest", mildest["scenario"], days(float(mildest["lost_line_days"])))
