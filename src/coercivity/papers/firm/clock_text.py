"""Licence time as lines for a terminal; each line names its origin: law, practice or assumption."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.words import Lang, say
from coercivity.papers.firm.clock import MORE_LEVELS
from coercivity.papers.firm.clock_data import (
    ClockPart,
    DrawnData,
    EndsData,
    Levels,
    WayData,
)
from coercivity.papers.firm.words import SPEAKERS, WORDS
from coercivity.papers.shared.days import day_text
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
