"""Licence time and days of cover as lines for a terminal; each line names its origin: law, practice or assumption."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coercivity.base.words import Lang, say
from coercivity.papers.firm.clock import MORE_LEVELS
from coercivity.papers.firm.report_data import (
    ClockPart,
    DrawnData,
    ElementData,
    EndsData,
    ItemData,
    Levels,
    ReachData,
    SurvivalReport,
    WayData,
)
from coercivity.papers.firm.words import LAYERS, PASSAGES, SPEAKERS, WORDS, chance_text, period_text
from coercivity.papers.shared.days import day_text
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
    filed = body.get("filed_on", body["start_on"])
    yield from _end_lines(body["ends"], lang, more=more, pending=body["start_on"] if filed < body["start_on"] else None)
    if "calendar" in body and (body["ends"]["law"] or body["ends"]["drawn"] is not None):
        yield from (f"  ! {say(words, lang)}" for words in body["calendar"]["words"])


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


def _end_lines(ends: EndsData, lang: Lang, *, more: bool, pending: str | None) -> Iterator[str]:
    """Yields the three results; of a pending application the last one counts from the day asked for."""
    colon = _colon(lang)
    for entry in ends["law"]:
        last = entry.get("latest_without_a_stop")
        told = day_text(last, lang) if last else say(entry["why_no_day"], lang)
        told += _semi(lang) + say(entry["by_calendar"], lang) if "by_calendar" in entry else ""
        head = _w("latest", lang).format(day_text(entry["if_started_on"], lang))
        yield f"  = {_speaker('law', lang)}{colon}{say(entry['name'], lang)}{_semi(lang)}{head}{colon}{told}"
    for time in ends["practice"]:
        told = f"{say(time['name'], lang)}{colon}{say(span_words(time), lang)}"
        near = say(time["near_words"], lang)
        yield f"  = {_speaker('practice', lang)}{colon}{told}" + (f"（{near}）" if lang == "zh" else f" ({near})")
    drawn = ends["drawn"]
    if drawn is None:
        return
    head = f"  = {_speaker('drawn', lang)}{colon}"
    counted = _semi(lang) + _counted(drawn, lang)
    if not drawn["kept"]:
        yield f"{head}{_w('fits_none', lang)}{counted}"
        return
    last, since = ("pending_to_handover", day_text(pending, lang)) if pending else ("to_handover", "")
    spans = [("filing_to_grant", drawn["filing_to_grant_days"]), (last, drawn["to_handover_days"])]
    if "waiting_days" in drawn:
        spans.insert(0, ("waiting_wait", drawn["waiting_days"]))
    for name, days in spans:
        told = f"{colon}{_levels(days, lang)}" if more else _drawn(days, lang)
        yield f"{head}{_w(name, lang).format(since)}{told}{counted}"
    if "assumed_words" in drawn:
        yield f"  ! {say(drawn['assumed_words'], lang)}"


def _counted(drawn: DrawnData, lang: Lang) -> str:
    """Returns how many simulations fit the state of the application."""
    if drawn["kept"] == drawn["draws"]:
        return _w("all_simulations", lang).format(f"{drawn['draws']:,}")
    return _w("simulations", lang).format(f"{drawn['kept']:,}", f"{drawn['draws']:,}")


def _levels(values: Levels, lang: Lang) -> str:
    """Returns seven percentiles."""
    told = (_w("level", lang).format(level, values[str(level)]) for level in MORE_LEVELS)
    return _w("levels", lang).format(_comma(lang).join(told))


def _drawn(values: Levels, lang: Lang) -> str:
    """Returns the median and the 80 % interval as the sentence on the simulation continues."""
    return _middle(values, lang, "drawn_median", "drawn_open", ": " if lang == "en" else "")


def _median(values: Levels, lang: Lang) -> str:
    return _middle(values, lang, "median", "median_open")


def _middle(values: Levels, lang: Lang, word: str, open_word: str, lead: str = "") -> str:
    low, middle, high = (values[level] for level in ("10", "50", "90"))
    if high is None:
        return lead + _w(open_word, lang).format(middle if middle is not None else low, low)
    return lead + _w(word, lang).format(middle, low, high)


def survival_lines(body: SurvivalReport, lang: Lang) -> Iterator[str]:
    """Yields the days of cover of a company: parts, elements, supply flows, clauses.

    Args:
        body: The result as plain data.
        lang: Language of the words; texts without Japanese are in English.
    """
    yield _w("head", lang).format(body["firm"], day_text(body["on"], lang))
    parts = {item["id"]: _name(item, lang) for item in body["items"]}
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
            first = entry["first_item"]
            yield f"  {_w('first', lang).format(parts.get(first['id'], first['id']), day_text(first['stop_on'], lang))}"
    for flow in body["flows"]:
        names = _comma(lang).join(clause["short_zh" if lang == "zh" else "short"] for clause in flow["clauses"])
        told = f"{flow['id']}{_colon(lang)}{_outcome(flow['clock'], lang)}{_comma(lang)}"
        told += say(PASSAGES[flow["passage"]], lang)
        yield told + (f"{_comma(lang)}{_w('under', lang).format(names)}" if names else "")
    yield from _clause_lines(body, parts, lang)
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
            told.append(_w("chance", lang).format(chance_text(chance, lang)))
        yield f"{_name(item, lang)}{_colon(lang)}{_semi(lang).join(told)}"


def _part(item: ItemData, lang: Lang) -> str:
    if not item["grade"]:
        return item["id"]
    return f"{item['id']}（{item['grade']}）" if lang == "zh" else f"{item['id']} ({item['grade']})"


def _name(item: ItemData, lang: Lang) -> str:
    """Returns the description of a part; its id where the file gives none."""
    return say(item["name"], lang) or item["id"]


def _cover(reach: ReachData, looked_ahead: int, lang: Lang) -> str:
    if reach["stop_on"] is None or reach["days"] is None:
        return _w("no_stop", lang).format(period_text(looked_ahead, lang))
    return _w("days_stop", lang).format(_days(reach["days"], lang), day_text(reach["stop_on"], lang))


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
    if gap := _gap(reach["gap_days"], lang):
        told.append(gap)
    short = [f"{float(mass):,.0f}" for mass in reach["short_kg"].values() if mass is not None]
    if any(mass != "0" for mass in short):
        told.append(_w("short", lang).format(_masses(short, lang)))
    chance = reach["chance_of_a_stop_before_the_next_licensed_delivery"]
    if chance is not None:
        told.append(_w("chance", lang).format(chance_text(chance, lang)))
    return _semi(lang).join(told)


def _masses(values: list[str], lang: Lang) -> str:
    """Returns the median with the ends of the 80 % interval; all values where an end lies beyond the period."""
    if len(values) != 3:
        return " / ".join(values)
    return _w("middle", lang).format(values[1], values[0], values[2])


def _gap(days: Levels, lang: Lang) -> str:
    """Returns how long stock is out before the next licensed delivery, or how long it lasts beyond it."""
    low, middle, high = (days[level] for level in ("10", "50", "90"))
    at = low if middle is None else middle
    if low is None or at is None:
        return ""
    word = "out" if at > 0 else "spare" if at < 0 else "even"
    if high is not None and at != 0 and low * high > 0:
        ends = _w("ends", lang).format(*sorted((abs(low), abs(high))))
    else:
        ends = _w("ends_mixed", lang).format(_gap_end(low, lang), _gap_end(high, lang))
    return _w(word, lang).format(_days(at, lang), ends)


def _gap_end(days: int | None, lang: Lang) -> str:
    if days is None:
        return _w("end_none", lang)
    return _w("end_out" if days > 0 else "end_spare", lang).format(_days(days, lang))


def _days(days: int, lang: Lang) -> str:
    return _w("one_day", lang) if abs(days) == 1 else _w("some_days", lang).format(abs(days))


def _clause_lines(body: SurvivalReport, parts: Mapping[str, str], lang: Lang) -> Iterator[str]:
    if body["clauses"]:
        yield f"{_w('cut', lang)}{_colon(lang).strip()}"
    for cut in body["clauses"]:
        joint = "、" if lang == "zh" else "; "
        days = joint.join(
            _w("item_no_stop", lang).format(parts.get(name, name))
            if count is None
            else _w("item_days", lang).format(parts.get(name, name), _days(count, lang))
            for name, count in cut["days_to_survive"].items()
        )
        lost = joint.join(
            _w("lost_mass", lang).format(parts.get(name, name), f"{float(mass):,.0f}")
            for name, mass in cut["lost_kg"].items()
            if mass != "0"
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
