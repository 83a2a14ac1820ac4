"""What a reader of line stops should know first: stops, probability, three actions, deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from coercivity.papers.firm.stops.law import law_sentences
from coercivity.papers.firm.stops.report_data import ActionData, PartStopData, PlantChanceData, StopsReport
from coercivity.papers.firm.stops.wording import (
    ANY,
    MOST_NAMES,
    action_text,
    cause_text,
    clause_text,
    cost_text,
    deadline_text,
    is_passed,
    keur_text,
    part_text,
    some,
)
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.paper.figures import exact_text, figure, percent
from coercivity.papers.shared.paper.sections import Wording

SHOWN_ACTIONS = 3
FIRST_KINDS = ("sign", "file", "order_air")


def opening(body: StopsReport, w: Wording) -> Iterator[str]:
    """Yields the sentences of the summary.

    Args:
        body: The result as plain data.
        w: The words.
    """
    yield from stop_sentences(body, w)
    yield from law_sentences(body, w.lang)
    yield from clause_sentences(body, w)
    yield from chance_sentences(body, w)
    yield from action_sentences(body, w)
    yield from deadline_sentences(body, w)


def stop_sentences(body: StopsReport, w: Wording) -> Iterator[str]:
    """Yields when each plant stops, and for want of which part."""
    certain = {(entry["plant"], entry["part"]) for entry in body["part_chances"] if entry["stop_probability"] == "1"}
    waiting = {(entry["plant"], entry["part"]) for entry in body["parts"] if float(entry["waiting_kg"]) > 0} - certain
    stopping = [
        (entry["stop_on"], entry["plant"], entry["part"], part_text(entry["part"], entry["grade"], w.lang))
        for entry in body["plants"]
        if entry["stop_on"] is not None
    ]
    for day, plant, part, named in sorted(stopping)[:MOST_NAMES]:
        yield w("stops_unless" if (plant, part) in waiting else "stops", plant, day_text(day, w.lang), named)
    if len(stopping) > MOST_NAMES:
        yield w("more_stops", len(stopping) - MOST_NAMES)
    going_on = [entry["plant"] for entry in body["plants"] if entry["stop_on"] is None]
    if going_on:
        yield w("no_stop", some(going_on, w), day_text(body["dates_until"], w.lang))
    if body["plants"]:
        yield w("counted", day_text(body["stock_on"], w.lang))


def clause_sentences(body: StopsReport, w: Wording) -> Iterator[str]:
    """Yields which stops come sooner if a clause stops all that is not past customs; clauses alike in one sentence."""
    grades = {part["part"]: part["grade"] for part in body["parts"]}
    groups: dict[str, list[str]] = {}
    for clause in (entry["clause"] for entry in body["clauses"]):
        sooner = []
        for plant in body["plants"]:
            stop = plant["by_clause"].get(clause)
            if stop is not None and stop["stop_on"] is not None and stop["stop_on"] != plant["stop_on"]:
                part = part_text(stop["part"], grades.get(stop["part"], ""), w.lang)
                sooner.append(w("at_plant", plant["plant"], day_text(stop["stop_on"], w.lang), part))
        groups.setdefault(some(sooner, w, joint=_semi(w)), []).append(clause_text(clause, body, w.lang))
    for sooner_text, clauses in groups.items():
        names = w("or").join(clauses)
        yield w("clause_sooner", names, sooner_text) if sooner_text else w("clause_no_sooner", names)
    yield from _only_one_clause(body, w)


def _only_one_clause(body: StopsReport, w: Wording) -> Iterator[str]:
    """Yields the parts that stop sooner under one clause and under no other."""
    if len(body["clauses"]) < 2:
        return
    for clause in (entry["clause"] for entry in body["clauses"]):
        told = [
            w("part_sooner", part["part"], part["plant"], *_days(part, clause, w))
            for part in body["parts"]
            if [name for name, day in part["by_clause_stop_on"].items() if day != part["licensed_stop_on"]] == [clause]
        ]
        if told:
            yield w("clause_only", clause_text(clause, body, w.lang), some(told, w, joint=_semi(w)))


def _days(part: PartStopData, clause: str, w: Wording) -> tuple[str, str]:
    now, before = part["by_clause_stop_on"][clause], part["licensed_stop_on"]
    return _day(now, w), _day(before, w)


def _day(day: str | None, w: Wording) -> str:
    return day_text(day, w.lang) if day else w("never")


def chance_sentences(body: StopsReport, w: Wording) -> Iterator[str]:
    """Yields the probability of a line stop by the last day, and its mean loss."""
    held = {entry["plant"]: entry for entry in body["chances"]}
    if ANY not in held:
        return
    plants = [entry for entry in body["chances"] if entry["plant"] != ANY]
    end, any_plant = day_text(body["until"], w.lang), percent(held[ANY]["stop_probability"], w.lang)
    if len(plants) == 1:
        yield w("chance_one", end, plants[0]["plant"], any_plant)
    else:
        own = some((f"{p['plant']} {percent(p['stop_probability'], w.lang)}" for p in plants), w)
        yield w("chance", end, any_plant, own)
    loss = held[ANY]["mean_loss_keur"]
    yield from _cause(held[ANY], w)
    if loss is None:
        yield w("no_loss")
    elif len(plants) == 1:
        yield w("loss_one", keur_text(loss, w.lang))
    else:
        named = (f"{p['plant']} {keur_text(p['mean_loss_keur'], w.lang)}" for p in plants if p["mean_loss_keur"])
        yield w("loss", keur_text(loss, w.lang), some(named, w))


def _cause(entry: PlantChanceData, w: Wording) -> Iterator[str]:
    """Yields the most frequent cause of the first line stop."""
    first = next(iter(entry["causes"]), None)
    if first is not None:
        part = part_text(first["part"], first["grade"], w.lang)
        yield w(
            "most_often", part, cause_text(first["cause"], first["cause_of"], w), percent(first["share"], w.lang, 2)
        )


def action_sentences(body: StopsReport, w: Wording) -> Iterator[str]:
    """Yields the first three actions with effect and cost."""
    before = next((entry["stop_probability"] for entry in body["chances"] if entry["plant"] == ANY), None)
    works = [entry for entry in body["actions"] if _works(entry, before)]
    for place, entry in enumerate((works or body["actions"])[:SHOWN_ACTIONS], 1):
        yield f"{place}. {action_sentence(entry, before, w)}"


def _works(entry: ActionData, before: str | None) -> bool:
    """Returns whether an action changes a stop, a loss or a probability; tables have those without effect as well."""
    return entry["days_gained"] != "0" or entry["saves_keur"] not in (None, "0") or entry["stop_probability"] != before


def action_sentence(entry: ActionData, before: str | None, w: Wording) -> str:
    """Returns an action with its effect and its cost.

    Args:
        entry: The action.
        before: Probability of a line stop without it.
        w: The words.
    """
    now = percent(entry["stop_probability"], w.lang)
    later, saved = entry["days_gained"] != "0", entry["saves_keur"] not in (None, "0")
    effect = [w("chance_is", now) if before is None else w("chance_now", now, percent(before, w.lang))]
    if entry["stop_probability"] == before:
        effect = [w("chance_same" if later else "chance_shorter" if saved else "chance_none", now)]
    if saved and entry["saves_keur"] is not None:
        effect.append(w("saves", keur_text(entry["saves_keur"], w.lang)))
    if later:
        effect.append(w("gains", figure(entry["days_gained"], 1, trim=True)))
    effect.append(cost_text(entry, w))
    return w("action", action_text(entry, w), _semi(w).join(effect))


def _semi(w: Wording) -> str:
    return "；" if w.lang == "zh" else "; "


def deadline_sentences(body: StopsReport, w: Wording) -> Iterator[str]:
    """Yields the first day by which to sign, to file and to order by air, at the highest confidence that is left.

    What is too late at the highest confidence counted is told as well.
    """
    for kind in FIRST_KINDS:
        entries = [entry for entry in body["deadlines"] if entry["kind"] == kind]
        given = [Fraction(entry["why"]["confidence"]) for entry in entries if "confidence" in entry["why"]]
        top = max(given, default=Fraction(1))
        sure = [entry for entry in entries if Fraction(entry["why"].get("confidence", top)) == top]
        ahead = [entry for entry in sure if not is_passed(entry)]
        left = ahead or [entry for entry in entries if not is_passed(entry)]
        if left:
            yield w("sentence", deadline_text(left[0], w))
        late = [entry["of"] for entry in sure if is_passed(entry)]
        if late:
            names = sorted({f"{of.get('part', '')} {of.get('plant', '')}".strip() for of in late})
            yield w("late", w(f"{kind}_name", table="deadlines"), some(names, w), percent(exact_text(top), w.lang))
