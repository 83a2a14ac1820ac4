"""The figures of page one: first line stop, its probability and loss, cost of the plan; else the transactions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from coercivity.papers.brief.paper.groups import DealGroup, ids_of, rows_of, values, without_value
from coercivity.papers.brief.paper.page_one.licences import decision_clocks
from coercivity.papers.brief.paper.rounding import amounts, chance, keur, share
from coercivity.papers.brief.paper.wording import listed, named_text, semi
from coercivity.papers.brief.report_data import BriefBody
from coercivity.papers.firm.mix.report_data import MixReport
from coercivity.papers.firm.stops.report_data import PlantChanceData, PlantStopData, StopsReport
from coercivity.papers.firm.stops.wording import ANY, part_text
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.outcomes import meaning
from coercivity.papers.shared.paper.document import KeyFigure
from coercivity.papers.shared.paper.figures import exact_text
from coercivity.papers.shared.paper.sections import Wording

MOST = 4
GRAVITY = ("STOP", "UNKNOWN", "LICENCE", "PROCEED")


def key_figures(body: BriefBody, groups: Sequence[DealGroup], w: Wording) -> tuple[KeyFigure, ...]:
    """Returns at most four figures: of the company where the report has it, otherwise of the transactions.

    Args:
        body: The report data.
        groups: Its transactions.
        w: The words.
    """
    found: list[KeyFigure] = []
    if "stops" in body:
        found += _stops(body["stops"], body.get("company_names", {}), w)
    if "mix" in body:
        found += _mix(body["mix"], w)
    return tuple([*found, *_deals(body, groups, w)][:MOST])


def _stops(stops: StopsReport, names: Mapping[str, str], w: Wording) -> Iterator[KeyFigure]:
    stopping = sorted(stops["plants"], key=lambda plant: (plant["stop_on"] or "9", plant["plant"]))
    dated = [plant for plant in stopping if plant["stop_on"] is not None]
    if dated:
        first, others = dated[0], dated[1:]
        part, name = part_text(first["part"], first["grade"], w.lang), names.get(first["part"], "")
        told = [w("for_want", first["plant"], w("named_part", part, name) if name else part)]
        told += [w("then_stops", listed((_stop(plant, w) for plant in others), w.lang))] if others else []
        value = day_text(dated[0]["stop_on"] or "", w.lang)
        yield KeyFigure(w("first_stop"), value, w("sentence", semi(told, w.lang)))
    else:
        yield KeyFigure(w("first_stop"), w("no_stop", day_text(stops["dates_until"], w.lang)), w("first_stop_note"))
    chances = {entry["plant"]: entry for entry in stops["chances"]}
    if ANY in chances:
        yield _chance(stops, chances, w)
        yield _loss(stops, chances, w)


def _stop(plant: PlantStopData, w: Wording) -> str:
    return w("plant_on", plant["plant"], day_text(plant["stop_on"] or "", w.lang))


def _chance(stops: StopsReport, chances: dict[str, PlantChanceData], w: Wording) -> KeyFigure:
    plants = [(name, entry["stop_probability"]) for name, entry in chances.items() if name != ANY]
    until = day_text(stops["until"], w.lang)
    told = w("by_plant", until, listed((w("pair", name, chance(own, w.lang)) for name, own in plants), w.lang))
    days = [plant["lost_days"] for scenario in stops["scenarios"] for plant in scenario["plants"]]
    spread = _spread(days, len(stops["scenarios"]), w) if days else ""
    return KeyFigure(w("stop_chance"), chance(chances[ANY]["stop_probability"], w.lang), w("sentences", told, spread))


def _spread(days: Sequence[int], scenarios: int, w: Wording) -> str:
    """Returns the fewest and the most lost days of a plant, once if they are the same."""
    low, high = min(days), max(days)
    return w("lost_days_one", low, scenarios) if low == high else w("lost_days_range", low, high, scenarios)


def _loss(stops: StopsReport, chances: dict[str, PlantChanceData], w: Wording) -> KeyFigure:
    loss = chances[ANY]["mean_loss_keur"]
    if loss is None:
        return KeyFigure(w("mean_loss"), w("not_known"), w("loss_missing"))
    plants = [(name, entry["mean_loss_keur"]) for name, entry in chances.items() if name != ANY]
    told = (w("pair", name, keur(own, w.lang)) for name, own in plants if own is not None)
    note = w("loss_note", day_text(stops["until"], w.lang), listed(told, w.lang))
    return KeyFigure(w("mean_loss"), keur(loss, w.lang), note)


def _mix(mix: MixReport, w: Wording) -> Iterator[KeyFigure]:
    best, nothing = mix["best"], mix["do_nothing"]
    tail = share(exact_text(1 - Fraction(mix["cvar_level"])), w.lang)
    costs = (keur(one["cvar_keur"], w.lang) for one in (best, nothing))
    drawn = mix["draws"] is not None
    count = mix["draws"] if drawn else len(mix["scenarios"])
    note = w("plan_note_drawn" if drawn else "plan_note", keur(nothing["mean_keur"], w.lang), tail, *costs, count)
    yield KeyFigure(w("plan_cost", mix["months"]), keur(best["mean_keur"], w.lang), note)


def _deals(body: BriefBody, groups: Sequence[DealGroup], w: Wording) -> Iterator[KeyFigure]:
    counts = {name: len(ids_of([g for g in groups if g["outcome"] == name])) for name in GRAVITY}
    told = (
        w("count_of", meaning(name, w.lang), counts[name]) for name in GRAVITY if counts[name] and name != "PROCEED"
    )
    whole = len(ids_of(groups))
    label = w("may_proceed", day_text(body["on"], w.lang))
    yield KeyFigure(label, w("of_all", counts["PROCEED"], whole), listed(told, w.lang))
    yield _earliest(body, groups, w)
    yield _gravest(groups, w)
    at_stake = [group for group in groups if group["outcome"] != "PROCEED"]
    money, blank = amounts(values(at_stake), w.lang), without_value(at_stake)
    note = w("at_stake_blank", blank) if blank else w("at_stake_note")
    yield KeyFigure(w("at_stake"), money or w("not_known"), note)


def _earliest(body: BriefBody, groups: Sequence[DealGroup], w: Wording) -> KeyFigure:
    """Returns the first day on which something may be shipped: today, or after a decision on an application."""
    free = [group for group in groups if group["outcome"] == "PROCEED"]
    if free:
        return KeyFigure(w("earliest"), day_text(body["on"], w.lang), named_text(body, ids_of(free), w))
    asked = [group for group in groups if group["outcome"] == "LICENCE" and group["may_become"] is None]
    rows = [row for group in asked for row in rows_of(body, group)]
    clock = next(decision_clocks(rows), None)
    if clock is None:
        return KeyFigure(w("earliest"), w("not_known"), w("earliest_open"))
    ids = named_text(body, ids_of(asked), w)
    if "ends_if_started_on_the_day" in clock:
        day = day_text(clock["ends_if_started_on_the_day"], w.lang)
        return KeyFigure(w("earliest"), day, w("earliest_note", ids))
    days = clock.get("working_days")
    value = w("working_days", days) if days is not None else w("not_known")
    return KeyFigure(w("earliest"), value, w("earliest_undated", ids))


def _gravest(groups: Sequence[DealGroup], w: Wording) -> KeyFigure:
    worst = next((name for name in GRAVITY if any(group["outcome"] == name for group in groups)), "PROCEED")
    found = [group for group in groups if group["outcome"] == worst]
    note = w("gravest_note", len(ids_of(found)), amounts(values(found), w.lang) or w("not_known"))
    return KeyFigure(w("gravest"), meaning(worst, w.lang), note)
