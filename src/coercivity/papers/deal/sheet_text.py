"""What comes with a result, as lines for a terminal; each line says whether it is law or practice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from coercivity.base.words import Lang, say
from coercivity.papers.deal.report_data import SheetData
from coercivity.papers.shared.days import day_text, span_text
from coercivity.papers.shared.parts import span_words
from coercivity.papers.shared.report_data import (
    ClockData,
    DutyData,
    ExposureData,
    FinedData,
    LawData,
    PaperData,
    PracticeData,
    TrackData,
)
from coercivity.papers.shared.words import paper_words

_WORDS = paper_words("deal_sheet_text", "words")


def sheet_lines(content: SheetData, lang: Lang) -> Iterator[str]:
    """Yields what comes with a result, one entry a line: `label: text`.

    Args:
        content: The sheet.
        lang: Language of the words; texts without Japanese are in English.
    """
    if content["codes"]:
        yield _line("codes", ("、" if lang == "zh" else ", ").join(content["codes"]), lang)
    yield from _law(content["law"], lang)
    if "calendar" in content:
        yield from (_line("calendar", say(words, lang), lang) for words in content["calendar"]["words"])
    yield from _practice(content["practice"], content["law"], lang)
    for duty in content["law"]["duties"]:
        told = _entry(say(duty["who"], lang), say(duty["what"], lang), lang) + _sure(duty["sure"], lang)
        yield _line("duty", told, lang, _basis(duty, lang))
    for entry in content["exposure"]:
        yield _line("breach", _breach(entry, lang), lang, _basis(entry, lang))
    for fined in content["practice"]["fined"] if content["practice"] is not None and content["exposure"] else []:
        yield f"{_line('fined', _fined(fined, lang), lang)}  {fined['url']}"


def _law(law: LawData, lang: Lang) -> Iterator[str]:
    refused = f"{_semi(lang)}{_w('refused', lang)}" if law["refused_in_principle"] else ""
    for track in law["tracks"]:
        told = f"{say(track['name'], lang)}{_sure(track['sure'], lang)}{refused}{_unless(track, lang)}"
        yield _line("needs", told, lang)
    for closed in law["closed"]:
        why = _semi(lang).join(say(entry["text"], lang) for entry in closed["because"][:1])
        yield _line("closed", _entry(say(closed["name"], lang), why, lang), lang)
    seen: set[str] = set()
    for paper in (paper for track in law["tracks"] for paper in track["papers"]):
        if paper["id"] not in seen:
            seen.add(paper["id"])
            yield _line("paper", f"{say(paper['name'], lang)}{_sure(paper['sure'], lang)}", lang, _basis(paper, lang))
    for clock in [*(clock for track in law["tracks"] for clock in track["clocks"]), *law["clocks"]]:
        if clock["id"] not in seen:
            seen.add(clock["id"])
            yield _line("clock", _clock(clock, lang), lang, _basis(clock, lang))


def _clock(clock: ClockData, lang: Lang) -> str:
    parts = [say(clock["name"], lang)]
    if "working_days" in clock:
        parts.append(_w("working_days", lang).format(clock["working_days"]))
    parts.append(_w("starts", lang).format(say(clock["starts"], lang)))
    if "ends_if_started_on_the_day" in clock:
        parts.append(_w("ends", lang).format(day_text(clock["ends_if_started_on_the_day"], lang)))
    elif "why_no_day" in clock:
        parts.append(say(clock["why_no_day"], lang))
    if "by_calendar" in clock:
        parts.append(say(clock["by_calendar"], lang))
    if clock["not_counted"]:
        joint = "、" if lang == "zh" else ", "
        parts.append(_w("not_counted", lang).format(joint.join(say(words, lang) for words in clock["not_counted"])))
    parts += [_entry(_w("unless", lang), say(entry["text"], lang), lang) for entry in clock["may_fall_away"]]
    return _semi(lang).join(part for part in parts if part) + _sure(clock["sure"], lang)


def _practice(practice: PracticeData | None, law: LawData, lang: Lang) -> Iterator[str]:
    """Yields reported times and documents; only if a licence is in play."""
    if practice is None or not law["tracks"]:
        return
    for asked in practice["papers"]:
        yield f"{_line('asked', say(asked['name'], lang), lang)}  {asked['url']}"
    for time in practice["times"]:
        sample = time["sample"]
        word = "report_one" if sample["reports"] == 1 else "reports"
        count = _w(word, lang).format(sample["reports"], span_text(sample["from"], sample["to"], lang))
        detail = _semi(lang).join((say(time["near_words"], lang), count, _w("sample", lang)))
        told = _entry(say(time["name"], lang), say(span_words(time), lang), lang) + _w("detail", lang).format(detail)
        yield f"{_line('time', told, lang)}  {' '.join(sample['urls'][:2])}"
    for entry in practice["unofficial"]:
        told = f"{entry['text']}{_w('detail', lang).format(entry['reported_on'])}{_semi(lang)}"
        told += say(practice["unofficial_warning"], lang)
        yield f"{_line('unofficial', told, lang)}  {entry['url']}"
    if not practice["times"]:
        yield _line("time", _w("no_practice", lang), lang)


def _breach(entry: ExposureData, lang: Lang) -> str:
    parts = [say(entry["text"], lang)]
    if "low_cny" in entry:
        parts.append(
            _w("amount", lang).format(_yuan(entry["low_cny"]), _yuan(entry["high_cny"]) if "high_cny" in entry else "?")
        )
    elif "formula" in entry:
        parts.append(say(entry["formula"], lang))
    return _semi(lang).join(parts) + _sure(entry["sure"], lang)


def _fined(entry: FinedData, lang: Lang) -> str:
    parts = [say(entry["facts"], lang), *([entry["decided"]] if "decided" in entry else [])]
    if "illegal_turnover_cny" in entry:
        parts.append(_w("turnover", lang).format(_yuan(entry["illegal_turnover_cny"])))
    parts.append(_w("fine", lang).format(_yuan(entry["fine_cny"])) if "fine_cny" in entry else _w("not_seen", lang))
    if "mitigation" in entry:
        parts.append(say(entry["mitigation"], lang))
    return _semi(lang).join(parts)


def _yuan(amount: str) -> str:
    return f"{Decimal(amount):,.0f}"


def _sure(sure: bool, lang: Lang) -> str:
    return "" if sure else _w("detail", lang).format(_w("unsure", lang))


def _unless(track: TrackData, lang: Lang) -> str:
    reasons = track["unless"]
    if not reasons:
        return ""
    return _w("detail", lang).format(_entry(_w("unless", lang), say(reasons[0]["text"], lang), lang))


def _basis(entry: PaperData | ClockData | DutyData | ExposureData, lang: Lang) -> list[str]:
    return entry["basis_zh"] if lang == "zh" else entry["basis"]


def _line(word: str, text: str, lang: Lang, basis: Sequence[str] = ()) -> str:
    told = _entry(_w(word, lang), text, lang)
    return told + (_w("basis", lang).format(_semi(lang).join(basis)) if basis else "")


def _entry(word: str, text: str, lang: Lang) -> str:
    return _w("entry", lang).format(word, text)


def _semi(lang: Lang) -> str:
    return "；" if lang == "zh" else "; "


def _w(word: str, lang: Lang) -> str:
    return say(_WORDS[word], lang)
