"""The three actions of page one: of the plan and against line stops those that move most, then the transactions'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from coercivity.papers.brief.paper.groups import DealGroup, ids_of, rows_of, values
from coercivity.papers.brief.paper.page_one.licences import (
    calendar_days,
    days_between,
    decision_clocks,
    late,
    sure_text,
    to_file,
)
from coercivity.papers.brief.paper.page_one.ranked import (
    RankedAction,
    before_any,
    by_saving,
    has_effect,
    top_actions,
)
from coercivity.papers.brief.paper.page_one.unconfirmed import checks
from coercivity.papers.brief.paper.rounding import amounts, chance, days, keur, number
from coercivity.papers.brief.paper.wording import listed, named_text, semi
from coercivity.papers.brief.report_data import BriefBody
from coercivity.papers.firm.mix.report_data import MixActionData, MixOptionLawData, MixReport
from coercivity.papers.firm.stops.report_data import ActionData, OwnDeadlineData, StopsReport
from coercivity.papers.firm.stops.wording import action_text
from coercivity.papers.firm.stops.wording import wording as stops_wording
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.paper.document import ActionLine
from coercivity.papers.shared.paper.sections import Wording

MOST = 3
_SERVES = {"air_freight": ("order_air",), "renew_sooner": ("licence_ends",)}  # other actions need a file
_FILES = ("file", "sign")
_BOUGHT = ("more_stock",)  # goods that no transaction or lot of the workbook describes


def action_lines(body: BriefBody, groups: Sequence[DealGroup], w: Wording) -> tuple[ActionLine, ...]:
    """Returns at most three actions, each with the day by which, its cost and its effect, unknown ones said so.

    Args:
        body: The report data.
        groups: Its transactions.
        w: The words.
    """
    found = [_line(body, one, w) for one in top_actions(body, MOST)]
    if len(found) < MOST:
        found += _deals(body, groups, w)
    return tuple(found[:MOST])


def _line(body: BriefBody, one: RankedAction, w: Wording) -> ActionLine:
    if one.part is not None:
        mix = body["mix"]
        return ActionLine(
            plan_action(one.part, mix, w, body.get("company_names")),
            plan_by(one.part, mix, body, w),
            keur(one.part["cost_keur"], w.lang),
            plan_effect(one.part, mix, w),
        )
    assert one.action is not None
    return stop_action(one.action, body["stops"], body["on"], w)


def rest_of_plan(body: BriefBody, w: Wording) -> Iterator[str]:
    """Yields the parts of the plan that are not among the actions of the page, with their cost, in one sentence."""
    if "mix" not in body:
        return
    mix = body["mix"]
    shown = [one.part for one in top_actions(body, MOST) if one.part is not None]
    rest = [part for part in by_saving(mix["actions"]) if part not in shown]
    told = (
        w("rest_of_plan", plan_action(entry, mix, w, short=True), keur(entry["cost_keur"], w.lang)) for entry in rest
    )
    if rest:
        text = semi(told, w.lang)
        yield w("sentence", text[:1].upper() + text[1:])


def beside_plan(body: BriefBody, w: Wording) -> Iterator[str]:
    """Yields which actions of the page are no part of the plan, so that their cost is not in that of the plan."""
    if "mix" not in body:
        return
    beside = [one.action for one in top_actions(body, MOST) if one.action is not None]
    told = [entry["what"]["option"] for entry in beside if "option" in entry["what"]]
    if told:
        yield w("beside_plan", listed(told, w.lang))


def plan_by(entry: MixActionData, mix: MixReport, body: BriefBody, w: Wording) -> str:
    """Returns by when a part of the plan is to be begun: the filing of its licence, else the start of the plan.

    Args:
        entry: The part of the plan.
        mix: The plan.
        body: The report data; without a date of the law the plan begins with the stock count.
        w: The words.
    """
    today = body["on"]
    found = _law_of(entry, mix)
    licence = found["licence"] if found is not None else None
    if licence is not None and not licence["held"]:
        filed = day_text(licence["filed_on"], w.lang)
        if licence["filed_on"] < today:
            return w("file_passed", filed)
        if licence["decided_by"] is None:
            return w("file_on", filed)
        return w("file_on_decided", filed, day_text(licence["decided_by"], w.lang))
    starts = [one["licence"]["filed_on"] for one in mix["law"] if one["licence"] is not None]
    starts += [one["on"] for one in mix["law"] if one["on"] is not None and one["day_from"] == "start"]
    if not starts and "stops" in body:
        counted = body["stops"]["stock_on"]
        return w("plan_late_count" if counted < today else "plan_count", day_text(counted, w.lang))
    if not starts:
        return w("plan_start")
    first = day_text(min(starts), w.lang)
    if licence is not None and licence["held_until"] is not None:
        until = day_text(licence["held_until"], w.lang)
        return w("order_passed" if min(starts) < today else "order_on", first, licence["held"], until)
    return w("start_passed", first) if min(starts) < today else w("plan_start_on", first)


def plan_action(
    entry: MixActionData, mix: MixReport, w: Wording, names: Mapping[str, str] | None = None, *, short: bool = False
) -> str:
    """Returns a part of the plan as an instruction, and what of the law it waits for.

    Args:
        entry: The part of the plan.
        mix: The plan.
        w: The words.
        names: Names of parts and grades by their ids; none are told by default.
        short: Whether to name an option alone, and a stock with its mass.
    """
    told = entry["name"] if short else w("take_option", entry["name"])
    if entry["kind"] == "stock":
        mass = number(float(mix["best"]["stock_t"].get(entry["name"], "0")))
        name = (names or {}).get(entry["name"], "")
        word = "short_stock" if short else "build_stock_named" if name else "build_stock"
        told = w(word, entry["name"], mass, name)
    law = _law_of(entry, mix)
    if law is None:
        return told
    if not law["asked"]:
        return w("law_not_asked", told)
    held = law["licence"] is not None and law["licence"]["held"]
    waits = entry["kind"] == "stock" or law["licence"] is not None  # filing ahead is no shipment
    return w("under_licence", told) if law["outcome"] == "LICENCE" and waits and not held else told


def _law_of(entry: MixActionData, mix: MixReport) -> MixOptionLawData | None:
    return next((one for one in mix["law"] if (one["kind"], one["option"]) == (entry["kind"], entry["name"])), None)


def plan_effect(entry: MixActionData, mix: MixReport, w: Wording) -> str:
    """Returns what a part of the plan changes: mean cost, mean lost line-days, and the chance of one."""
    saves, without, best = entry["saves_keur"], entry["stop_chance_without"], mix["best"]
    told = [w("cost_higher" if float(saves) < 0 else "cost_lower", keur(saves.removeprefix("-"), w.lang))]
    lost = [days(float(text)) for text in (best["mean_lost_line_days"], entry["lost_line_days_without"])]
    if lost[0] != lost[1]:
        told.append(w("line_days_to", *lost))
    ends = [chance(text, w.lang) for text in (best["lost_chance"], without)]
    told.append(w("line_chance_stays", ends[0]) if ends[0] == ends[1] else w("line_chance_to", *ends))
    return semi(told, w.lang)


def stop_actions(stops: StopsReport, today: str, w: Wording) -> Iterator[ActionLine]:
    """Yields the actions that change a line stop, its probability or its loss, in the order of the report."""
    for entry in stops["actions"]:
        if has_effect(entry, stops):
            yield stop_action(entry, stops, today, w)


def stop_action(entry: ActionData, stops: StopsReport, today: str, w: Wording) -> ActionLine:
    """Returns an action against a line stop, with what it changes: first stop, mean loss and probability."""
    before = before_any(stops)
    cost = w("cost_not_given") if entry["cost_keur"] is None else keur(entry["cost_keur"], w.lang)
    told = action_text(entry, stops_wording(w.lang))
    told = w("law_not_asked", told) if entry["action"] in _BOUGHT else told
    return ActionLine(told, by_when(entry, stops, today, w), cost, _effect(entry, before, w))


def _effect(entry: ActionData, before: str, w: Wording) -> str:
    told = []
    saves = entry["saves_keur"] or "0"
    if saves != "0":
        told.append(w("costs_more" if float(saves) < 0 else "saves", keur(saves.removeprefix("-"), w.lang)))
    gained = float(entry["days_gained"])
    if gained > 0:
        told.append(w("gains", days(gained)))
    if before and chance(entry["stop_probability"], w.lang) != chance(before, w.lang):
        told.append(w("chance_to", chance(entry["stop_probability"], w.lang), chance(before, w.lang)))
    elif before:
        told.append(w("chance_stays", chance(before, w.lang)))
    return semi(told, w.lang)


def by_when(entry: ActionData, stops: StopsReport, today: str, w: Wording) -> str:
    """Returns the day by which an action is in time, with how sure that is; or that it has passed or is unknown."""
    kinds = _SERVES.get(entry["action"], _FILES)
    about = {key: entry["what"][key] for key in ("plant", "part") if key in entry["what"]} or _first_stop(stops)
    if entry["action"] == "renew_sooner":
        about = {}
    served = [
        one
        for one in stops["deadlines"]
        if one["kind"] in kinds and all(one["of"].get(key) == value for key, value in about.items())
    ]
    ahead = [one for one in served if not late(one, today)]
    if ahead:
        return _day(ahead[0], w)
    if served:
        return w("by_passed", _day(served[-1], w))
    stop = _stop_of(stops, (about.get("plant", ""), about.get("part", "")))
    return w("by_stop", day_text(stop, w.lang)) if stop is not None else w("by_unknown")


def _stop_of(stops: StopsReport, place: tuple[str, str]) -> str | None:
    """Returns the day on which a part of a plant stops it."""
    return next((one["licensed_stop_on"] for one in stops["parts"] if (one["plant"], one["part"]) == place), None)


def _day(entry: OwnDeadlineData, w: Wording) -> str:
    sure = sure_text(entry, w)
    day = day_text(entry["on"], w.lang)
    return w("by_sure", day, sure) if sure else day


def _first_stop(stops: StopsReport) -> dict[str, str]:
    dated = [plant for plant in stops["plants"] if plant["stop_on"] is not None]
    if not dated:
        return {}
    first = min(dated, key=lambda plant: (plant["stop_on"] or "", plant["plant"]))
    return {"plant": first["plant"], "part": first["part"]}


def _deals(body: BriefBody, groups: Sequence[DealGroup], w: Wording) -> Iterator[ActionLine]:
    """Yields what the transactions need: leave off what is prohibited, settle what is open, file for licences."""
    today = day_text(body["on"], w.lang)
    stops = [group for group in groups if group["outcome"] == "STOP"]
    if stops:
        money = amounts(values(stops), w.lang)
        cost = w("forgone", money) if money else w("cost_unknown")
        what = w("leave_off", len(ids_of(stops))) if len(ids_of(stops)) > 1 else w("leave_off_one")
        yield ActionLine(what, w("at_once"), cost, w("avoids_breach"))
    filing = [group for group in groups if to_file(group)]
    if filing:
        gain = amounts(values(filing), w.lang)
        named = named_text(body, ids_of(filing), w)
        effect = w("may_ship", gain) if gain else w("may_ship_all", named)
        yield ActionLine(w("file_for", named), _file_by(body, filing, w), w("cost_unknown"), effect)
    for check in sorted(checks(body, groups, w), key=lambda one: -len(one.ids)):
        yield ActionLine(
            w("who_does", check.who, check.what), today, w("cost_time"), w("settles", named_text(body, check.ids, w))
        )


def _file_by(body: BriefBody, groups: Sequence[DealGroup], w: Wording) -> str:
    """Returns by when to file so that a decision is due before the first planned date, by the statutory time."""
    rows = [row for group in groups for row in rows_of(body, group)]
    planned = min((deal["planned_on"] for group in groups for deal in group["deals"] if deal["planned_on"]), default="")
    days = next((clock["working_days"] for clock in decision_clocks(rows) if "working_days" in clock), None)
    if days is None or not planned:
        return w("by_unknown")
    first = day_text(planned, w.lang)
    if days_between(body["on"], planned) < calendar_days(days):
        return w("file_at_once", days, first)
    return w("file_before", days, first)
