"""Licence time and days of cover as lines for a terminal; each line names its origin: law, practice or assumption."""

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
from coercivity.papers.shared.money import grouped, money
from coercivity.papers.shared.outcomes import outcome_text
from coercivity.papers.shared.parts import span_words


def clock_lines(body: ClockPart, lang: Lang, *, more: bool = False) -> Iterator[str]:
    """Yields a licence time, one statement a line.

    Args:
        body: The licence time as plain data.
        lang: Language of the words; texts without Japanese are in English.
        more: Show seven percentiles instead of the median and the 80 % interval.
    """
    colon = _colon(lang)
    yield f"{_outcome(body, lang)}{colon}{say(body['state_words'], lang)}"
    if "not_checked" in body:
        yield f"  {say(body['not_checked'], lang)}"
    if len(body["needed"]) > 1:
        ways = [say(way["name"], lang) + _figure(way, lang) for way in body["needed"]]
        yield f"  {_speaker('law', lang)}{colon}{_w('all_needed', lang)}{colon}{_semi(lang).join(ways)}"
    if body["state"] in ("no_clock", "open"):
        for text, name in zip(body["why"], body["grounds"], strict=False):
            yield f"  {_speaker('law', lang)}{colon}{say(text, lang)} [{name}]"
    for rank, stage in enumerate(body["stages"], 1):
        yield f"  {rank}. {say(stage['name'], lang)}"
        for line in stage["lines"]:
            articles = line["basis_zh"] if lang == "zh" else line["basis"]
            basis = f" [{_semi(lang).join(articles)}]" if articles else ""
            source = f"  ({line['source']})" if line["speaker"] == "assumed" and line["source"] and lang != "zh" else ""
            yield f"    {_speaker(line['speaker'], lang)}{colon}{say(line['text'], lang)}{basis}{source}"
    yield from _end_lines(body["ends"], lang, more=more)


def _outcome(clock: ClockPart, lang: Lang) -> str:
    """Returns the result, and what it may become."""
    told = outcome_text(clock["outcome"], lang)
    if "may_become" not in clock:
        return told
    risk = _w("may_become", lang).format(outcome_text(clock["may_become"], lang))
    return f"{told}（{risk}）" if lang == "zh" else f"{told} ({risk})"


def _figure(way: WayData, lang: Lang) -> str:
    if way["has_figure"]:
        return ""
    return f"（{_w('no_figure', lang)}）" if lang == "zh" else f" ({_w('no_figure', lang)})"


def _end_lines(ends: EndsData, lang: Lang, *, more: bool) -> Iterator[str]:
    colon = _colon(lang)
    for entry in ends["law"]:
        told = entry.get("latest_without_a_stop") or say(entry["why_no_day"], lang)
        head = _w("latest", lang).format(entry["if_started_on"])
        yield f"  = {_speaker('law', lang)}{colon}{say(entry['name'], lang)}{_semi(lang)}{head}{colon}{told}"
    for time in ends["practice"]:
        told = f"{say(time['name'], lang)}{colon}{say(span_words(time), lang)}"
        near = say(time["near_words"], lang)
        yield f"  = {_speaker('practice', lang)}{colon}{told}" + (f"（{near}）" if lang == "zh" else f" ({near})")
    drawn = ends["drawn"]
    if drawn is None:
        return
    head = f"  = {_speaker('drawn', lang)}{colon}"
    counted = _w("simulations", lang).format(f"{drawn['kept']:,}", f"{drawn['draws']:,}")
    counted = f"（{counted}）" if lang == "zh" else f" ({counted})"
    if not drawn["kept"]:
        yield f"{head}{_w('fits_none', lang)}{counted}"
        return
    for name, days in (("filing_to_grant", drawn["filing_to_grant_days"]), ("to_handover", drawn["to_handover_days"])):
        yield f"{head}{_w(name, lang)}{colon}{_levels(days, lang, more=more)}{counted}"
    if "assumed_words" in drawn:
        yield f"  ! {say(drawn['assumed_words'], lang)}"


def _levels(values: Levels, lang: Lang, *, more: bool) -> str:
    """Returns the median and the 80 % interval, or seven percentiles."""
    if more:
        told = (_w("level", lang).format(level, values[str(level)]) for level in MORE_LEVELS)
        return _w("levels", lang).format(_comma(lang).join(told))
    return _median(values, lang)


def _median(values: Levels, lang: Lang) -> str:
    low, middle, high = (values[level] for level in ("10", "50", "90"))
    if high is None:
        return _w("median_open", lang).format(middle if middle is not None else low, low)
    return _w("median", lang).format(middle, low, high)


def survival_lines(body: SurvivalReport, lang: Lang) -> Iterator[str]:
    """Yields the days of cover of a company: parts, elements, supply flows, clauses.

    Args:
        body: The result as plain data.
        lang: Language of the words; texts without Japanese are in English.
    """
    yield _w("head", lang).format(body["firm"], body["on"])
    if "note" in body:
        yield say(body["note"], lang)
    for item in body["items"]:
        yield f"{_part(item, lang)}  {say(item['name'], lang)}"
        yield from _reach_lines(item, body["looked_ahead_days"], lang)
        if item["waiting_kg"] != "0":
            yield f"  ! {_w('waiting', lang).format(grouped(item['waiting_kg']))}"
        held = (_w("mass", lang).format(name, grouped(mass)) for name, mass in item["content"]["stock_kg"].items())
        yield f"  {_w('holds', lang).format(_comma(lang).join(held))}"
    for entry in body["elements"]:
        yield _w("pooled", lang).format(entry["element"], grouped(entry["stock_kg"]))
        yield from _reach_lines(entry, body["looked_ahead_days"], lang)
        if "first_item" in entry:
            yield f"  {_w('first', lang).format(entry['first_item']['id'], entry['first_item']['stop_on'])}"
    for flow in body["flows"]:
        names = _comma(lang).join(clause["short_zh" if lang == "zh" else "short"] for clause in flow["clauses"])
        told = f"{flow['id']}{_colon(lang)}{_outcome(flow['clock'], lang)}{_comma(lang)}"
        told += say(PASSAGES[flow["passage"]], lang)
        yield told + (f"{_comma(lang)}{_w('under', lang).format(names)}" if names else "")
    yield from _clause_lines(body, lang)
    for note in body["notes"]:
        yield f"! {say(note, lang)}"


def survival_short(body: SurvivalReport, lang: Lang) -> Iterator[str]:
    """Yields a line per part: days of cover with licensed and licence-free deliveries, and the next licensed delivery.

    Args:
        body: The result as plain data.
        lang: Language of the words.
    """
    for item in body["items"]:
        reach = next(entry for entry in item["reaches"] if entry["layer"] == "permitted")
        told = [_cover(reach, body["looked_ahead_days"], lang)]
        days = item["next_licensed_delivery_days"]
        if any(day is not None for day in days.values()):
            told.append(f"{_w('next', lang)}{_colon(lang)}{_median(days, lang)}")
        chance = reach["chance_of_a_stop_before_the_next_licensed_delivery"]
        if chance is not None:
            told.append(_w("chance", lang).format(f"{float(chance):.0%}"))
        yield f"{_part(item, lang)}{_colon(lang)}{_semi(lang).join(told)}"


def _part(item: ItemData, lang: Lang) -> str:
    if not item["grade"]:
        return item["id"]
    return f"{item['id']}（{item['grade']}）" if lang == "zh" else f"{item['id']} ({item['grade']})"


def _cover(reach: ReachData, looked_ahead: int, lang: Lang) -> str:
    if reach["stop_on"] is None:
        return _w("no_stop", lang).format(looked_ahead)
    return _w("days_stop", lang).format(reach["days"], reach["stop_on"])


def _reach_lines(entry: ItemData | ElementData, looked_ahead: int, lang: Lang) -> Iterator[str]:
    for reach in entry["reaches"]:
        if reach["added_kg"] == "0" and reach["layer"] != "stock":
            continue
        yield f"  {say(LAYERS[reach['layer']], lang)}{_colon(lang)}{_reach(reach, looked_ahead, lang)}"
    days = entry["next_licensed_delivery_days"]
    told = _median(days, lang) if any(day is not None for day in days.values()) else _w("none", lang)
    yield f"  {_w('next', lang)}{_colon(lang)}{told}"


def _reach(reach: ReachData, looked_ahead: int, lang: Lang) -> str:
    told = [_cover(reach, looked_ahead, lang)]
    if reach["stop_on"] is None:
        return told[0]
    gaps = [f"{gap:+d}" for gap in reach["gap_days"].values() if gap is not None]
    if gaps:
        told.append(_w("gap", lang).format(_middle(gaps, "gap_days", lang)))
    short = [f"{float(mass):,.0f}" for mass in reach["short_kg"].values() if mass is not None]
    if any(mass != "0" for mass in short):
        told.append(_w("short", lang).format(_middle(short, "middle", lang)))
    chance = reach["chance_of_a_stop_before_the_next_licensed_delivery"]
    if chance is not None:
        told.append(_w("chance", lang).format(f"{float(chance):.0%}"))
    return _semi(lang).join(told)


def _middle(values: list[str], word: str, lang: Lang) -> str:
    """Returns the median with the ends of the 80 % interval; all values where an end lies beyond the period."""
    if len(values) != 3:
        return " / ".join(values)
    return _w(word, lang).format(values[1], values[0], values[2])


def _clause_lines(body: SurvivalReport, lang: Lang) -> Iterator[str]:
    if body["clauses"]:
        yield f"{_w('cut', lang)}{_colon(lang).strip()}"
    for cut in body["clauses"]:
        days = _comma(lang).join(
            _w("item_no_stop", lang).format(name) if count is None else _w("item_days", lang).format(name, count)
            for name, count in cut["days_to_survive"].items()
        )
        lost = _comma(lang).join(
            _w("mass", lang).format(name, f"{float(mass):,.0f}") for name, mass in cut["lost_kg"].items() if mass != "0"
        )
        worth = money(float(cut["impact"]["value"]), cut["impact"]["currency"], lang)
        yield f"  {cut['short_zh' if lang == 'zh' else 'short']}{_colon(lang)}{_w('survives', lang).format(days)}"
        lost_told = _w("lost", lang).format(lost or _w("kilograms", lang).format(0), worth)
        index = _w("index", lang).format(f"{float(cut['index']):.2f}")
        yield f"    {lost_told}{_semi(lang)}{index}"


def _colon(lang: Lang) -> str:
    return "：" if lang == "zh" else ": "


def _semi(lang: Lang) -> str:
    return "；" if lang == "zh" else "; "


def _comma(lang: Lang) -> str:
    return "、" if lang == "zh" else ", "


def _speaker(word: str, lang: Lang) -> str:
    return say(SPEAKERS[word], lang)


def _w(word: str, lang: Lang) -> str:
    return say(WORDS[word], lang)
