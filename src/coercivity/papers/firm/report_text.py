"""A licence clock and a firm's days as lines for a terminal; each line says whether law, practice or we speak."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.words import Lang, say
from coercivity.papers.firm.clock import MORE_LEVELS
from coercivity.papers.firm.report_data import (
    ClockPart,
    ElementData,
    EndsData,
    ItemData,
    Levels,
    ReachData,
    SurvivalReport,
    WayData,
)
from coercivity.papers.firm.words import LAYERS, PASSAGES, SPEAKERS, WORDS
from coercivity.papers.shared.parts import span_words


def clock_lines(body: ClockPart, lang: Lang, *, more: bool = False) -> Iterator[str]:
    """Yields a clock, one statement a line.

    Args:
        body: The clock as plain data.
        lang: Language of the words; what has no Japanese stands in English.
        more: Tell seven quantiles instead of three.
    """
    risk = f" ({_w('may_become', lang)} {body['may_become']})" if "may_become" in body else ""
    yield f"{body['outcome']}{risk}: {say(body['state_words'], lang)}"
    if "not_checked" in body:
        yield f"  {say(body['not_checked'], lang)}"
    if len(body["needed"]) > 1:
        ways = [say(way["name"], lang) + _figure(way, lang) for way in body["needed"]]
        yield f"  {_speaker('law', lang)}: {_w('all_needed', lang)}: {'; '.join(ways)}"
    if body["state"] in ("no_clock", "open"):
        for text, name in zip(body["why"], body["grounds"], strict=False):
            yield f"  {_speaker('law', lang)}: {say(text, lang)} [{name}]"
    for rank, stage in enumerate(body["stages"], 1):
        yield f"  {rank}. {say(stage['name'], lang)}"
        for line in stage["lines"]:
            articles = line["basis_zh"] if lang == "zh" else line["basis"]
            basis = f" [{('；' if lang == 'zh' else '; ').join(articles)}]" if articles else ""
            source = f"  ({line['source']})" if line["speaker"] == "assumed" and line["source"] else ""
            yield f"    {_speaker(line['speaker'], lang)}: {say(line['text'], lang)}{basis}{source}"
    yield from _end_lines(body["ends"], lang, more=more)


def _figure(way: WayData, lang: Lang) -> str:
    return "" if way["has_figure"] else f" ({_w('no_figure', lang)})"


def _end_lines(ends: EndsData, lang: Lang, *, more: bool) -> Iterator[str]:
    for entry in ends["law"]:
        told = entry.get("latest_without_a_stop") or say(entry["why_no_day"], lang)
        head = _w("latest", lang).format(entry["if_started_on"])
        yield f"  = {_speaker('law', lang)}, {say(entry['name'], lang)}: {head}: {told}"
    for time in ends["practice"]:
        told = f"{say(time['name'], lang)}: {say(span_words(time), lang)}"
        yield f"  = {_speaker('practice', lang)}, {told} ({say(time['near_words'], lang)})"
    drawn = ends["drawn"]
    if drawn is None:
        return
    head = f"  = {_speaker('drawn', lang)}, "
    counted = _w("draws", lang).format(f"{drawn['kept']:,}", f"{drawn['draws']:,}")
    if not drawn["kept"]:
        yield f"{head}{_w('fits_none', lang)} ({counted})"
        return
    for name, days in (("filing_to_grant", drawn["filing_to_grant_days"]), ("to_handover", drawn["to_handover_days"])):
        yield f"{head}{_w(name, lang)}: {_quantiles(days, more=more)} ({counted})"
    if "assumed_words" in drawn:
        yield f"  ! {say(drawn['assumed_words'], lang)}"


def _quantiles(values: Levels, *, more: bool) -> str:
    shown = MORE_LEVELS if more else (10, 50, 90)
    return ", ".join(f"p{level} {values[str(level)]}" for level in shown)


def survival_lines(body: SurvivalReport, lang: Lang) -> Iterator[str]:
    """Yields how long a firm goes on: parts, elements, flows, clauses.

    Args:
        body: The answer as plain data.
        lang: Language of the words; what has no Japanese stands in English.
    """
    yield f"{body['firm']}  {body['on']}"
    if "note" in body:
        yield say(body["note"], lang)
    for item in body["items"]:
        grade = f" ({item['grade']})" if item["grade"] else ""
        yield f"{item['id']}{grade}  {say(item['name'], lang)}"
        yield from _reach_lines(item, lang)
        if item["waiting_kg"] != "0":
            yield f"  ! {item['waiting_kg']} kg {_w('waiting', lang)}"
        held = ", ".join(f"{name} {mass} kg" for name, mass in item["content"]["stock_kg"].items())
        yield f"  {_w('holds', lang)}: {held}"
    for entry in body["elements"]:
        yield f"{entry['element']}  {entry['stock_kg']} kg, {_w('pooled', lang)}"
        yield from _reach_lines(entry, lang)
        if "first_item" in entry:
            yield f"  {_w('first', lang)}: {entry['first_item']['id']}, {entry['first_item']['stop_on']}"
    for flow in body["flows"]:
        names = ", ".join(clause["short_zh" if lang == "zh" else "short"] for clause in flow["clauses"])
        under = f" {_w('under', lang)} {names}" if names else ""
        clock = flow["clock"]
        risk = f" ({_w('may_become', lang)} {clock['may_become']})" if "may_become" in clock else ""
        yield f"{flow['id']}: {clock['outcome']}{risk}, {say(PASSAGES[flow['passage']], lang)}{under}"
    yield from _clause_lines(body, lang)
    for note in body["notes"]:
        yield f"! {say(note, lang)}"


def survival_short(body: SurvivalReport, lang: Lang) -> Iterator[str]:
    """Yields a line a part: how long it goes on with what is licensed or free, and the clock that it runs against.

    Args:
        body: The answer as plain data.
        lang: Language of the words.
    """
    for item in body["items"]:
        grade = f" ({item['grade']})" if item["grade"] else ""
        reach = next(entry for entry in item["reaches"] if entry["layer"] == "permitted")
        told = _w("no_stop", lang)
        if reach["stop_on"] is not None:
            told = f"{reach['days']} {_w('days', lang)}, {_w('stop', lang)} {reach['stop_on']}"
        days = [str(day) for day in item["next_licensed_delivery_days"].values() if day is not None]
        clock = f"; {_w('next', lang)} {' / '.join(days)}" if days else ""
        chance = reach["chance_of_a_stop_before_the_next_licensed_delivery"]
        risk = f"; {_w('chance', lang)} {float(chance):.0%}" if chance is not None else ""
        yield f"{item['id']}{grade}: {told}{clock}{risk}"


def _reach_lines(entry: ItemData | ElementData, lang: Lang) -> Iterator[str]:
    for reach in entry["reaches"]:
        if reach["added_kg"] == "0" and reach["layer"] != "stock":
            continue
        yield f"  {say(LAYERS[reach['layer']], lang)}: {_reach(reach, lang)}"
    days = entry["next_licensed_delivery_days"]
    told = " / ".join(str(days[level]) for level in days if days[level] is not None)
    yield f"  {_w('next', lang)}: {told or _w('none', lang)}{' ' + _w('days', lang) if told else ''}"


def _reach(reach: ReachData, lang: Lang) -> str:
    if reach["stop_on"] is None:
        return _w("no_stop", lang)
    told = [f"{reach['days']} {_w('days', lang)}, {_w('stop', lang)} {reach['stop_on']}"]
    gaps = [f"{gap:+d}" for gap in reach["gap_days"].values() if gap is not None]
    if gaps:
        told.append(f"{_w('gap', lang)} {' / '.join(gaps)} {_w('days', lang)}")
    short = [f"{float(mass):,.0f}" for mass in reach["short_kg"].values() if mass is not None]
    if any(mass != "0" for mass in short):
        told.append(f"{_w('short', lang)} {' / '.join(short)} kg")
    chance = reach["chance_of_a_stop_before_the_next_licensed_delivery"]
    if chance is not None:
        told.append(f"{_w('chance', lang)} {float(chance):.0%}")
    return "; ".join(told)


def _clause_lines(body: SurvivalReport, lang: Lang) -> Iterator[str]:
    if body["clauses"]:
        yield f"{_w('cut', lang)}:"
    for cut in body["clauses"]:
        days = ", ".join(
            f"{name} {count}" if count is not None else f"{name} -" for name, count in cut["days_to_survive"].items()
        )
        lost = ", ".join(f"{name} {float(mass):,.0f} kg" for name, mass in cut["lost_kg"].items() if mass != "0")
        worth = f"{float(cut['impact']['value']):,.0f} {cut['impact']['currency']}"
        yield f"  {cut['short']}: {_w('survives', lang)} {days}"
        yield f"    {_w('lost', lang)}: {lost or '0 kg'} = {worth}; {_w('index', lang)} {float(cut['index']):.2f}"


def _speaker(word: str, lang: Lang) -> str:
    return say(SPEAKERS[word], lang)


def _w(word: str, lang: Lang) -> str:
    return say(WORDS[word], lang)
