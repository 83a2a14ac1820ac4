"""What comes with an answer, as lines for a terminal: each line says whether law or practice speaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coercivity.base.words import Lang, say
from coercivity.papers.deal.report_data import SheetData
from coercivity.papers.shared.report_data import (
    AmountData,
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
    """Yields what comes with an answer, one entry a line: `label: text`.

    Args:
        content: The sheet.
        lang: Language of the words; what has no Japanese stands in English.
    """
    if content["codes"]:
        yield _line("codes", ", ".join(content["codes"]), lang)
    yield from _law(content["law"], lang)
    yield from _practice(content["practice"], content["law"], lang)
    for duty in content["law"]["duties"]:
        told = f"{say(duty['who'], lang)}: {say(duty['what'], lang)}{_sure(duty['sure'], lang)}"
        yield _line("duty", told, lang, _basis(duty, lang))
    for entry in content["exposure"]:
        yield _line("breach", _breach(entry, lang), lang, _basis(entry, lang))
    for fined in content["practice"]["fined"] if content["practice"] is not None and content["exposure"] else []:
        yield f"{_line('fined', _fined(fined, lang), lang)}  {fined['url']}"


def _law(law: LawData, lang: Lang) -> Iterator[str]:
    refused = f"; {say(_WORDS['refused'], lang)}" if law["refused_in_principle"] else ""
    for track in law["tracks"]:
        told = f"{say(track['name'], lang)}{_sure(track['sure'], lang)}{refused}{_unless(track, lang)}"
        yield _line("needs", told, lang)
    for closed in law["closed"]:
        why = "; ".join(say(entry["text"], lang) for entry in closed["because"][:1])
        yield _line("closed", f"{say(closed['name'], lang)}: {why}", lang)
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
        parts.append(f"{clock['working_days']} {say(_WORDS['working_days'], lang)}")
    parts.append(f"{say(_WORDS['starts'], lang)}: {say(clock['starts'], lang)}")
    if "ends_if_started_on_the_day" in clock:
        parts.append(say(_WORDS["ends"], lang).format(clock["ends_if_started_on_the_day"]))
    elif "why_no_day" in clock:
        parts.append(say(clock["why_no_day"], lang))
    parts += [say(words, lang) for words in clock["not_counted"]]
    parts += [f"{say(_WORDS['unless'], lang)}: {say(entry['text'], lang)}" for entry in clock["may_fall_away"]]
    return "; ".join(part for part in parts if part) + _sure(clock["sure"], lang)


def _practice(practice: PracticeData | None, law: LawData, lang: Lang) -> Iterator[str]:
    """Times and papers that practice reports; only where a licence is in play at all."""
    if practice is None or not law["tracks"]:
        return
    for asked in practice["papers"]:
        yield f"{_line('asked', say(asked['name'], lang), lang)}  {asked['url']}"
    for time in practice["times"]:
        sample = time["sample"]
        span = f"{_amount(time['low'])} {say(_WORDS['to'], lang)} {_amount(time['high'])}"
        count = say(_WORDS["reports"], lang).format(sample["reports"], sample["from"], sample["to"])
        where = say(time["near_words"], lang)
        told = f"{say(time['name'], lang)}: {span} ({where}; {count}; {say(_WORDS['sample'], lang)})"
        yield f"{_line('time', told, lang)}  {' '.join(sample['urls'][:2])}"
    for entry in practice["unofficial"]:
        told = f"{entry['text']} ({entry['reported_on']}); {say(practice['unofficial_warning'], lang)}"
        yield f"{_line('unofficial', told, lang)}  {entry['url']}"
    if not practice["times"]:
        yield _line("time", say(_WORDS["no_practice"], lang), lang)


def _amount(value: AmountData) -> str:
    return f"{value['value']} {value['unit'].replace('_', ' ')}"


def _breach(entry: ExposureData, lang: Lang) -> str:
    parts = [say(entry["text"], lang)]
    if "low_cny" in entry:
        parts.append(f"CNY {entry['low_cny']} - {entry.get('high_cny', '?')}")
    elif "formula" in entry:
        parts.append(say(entry["formula"], lang))
    return "; ".join(parts) + _sure(entry["sure"], lang)


def _fined(entry: FinedData, lang: Lang) -> str:
    parts = [say(entry["facts"], lang), *([entry["decided"]] if "decided" in entry else [])]
    if "illegal_turnover_cny" in entry:
        parts.append(say(_WORDS["turnover"], lang).format(entry["illegal_turnover_cny"]))
    fine = say(_WORDS["fine"], lang).format(entry["fine_cny"]) if "fine_cny" in entry else say(_WORDS["not_seen"], lang)
    parts.append(fine)
    if "mitigation" in entry:
        parts.append(say(entry["mitigation"], lang))
    return "; ".join(parts)


def _sure(sure: bool, lang: Lang) -> str:
    return "" if sure else f" ({say(_WORDS['unsure'], lang)})"


def _unless(track: TrackData, lang: Lang) -> str:
    reasons = track["unless"]
    return f" ({say(_WORDS['unless'], lang)}: {say(reasons[0]['text'], lang)})" if reasons else ""


def _basis(entry: PaperData | ClockData | DutyData | ExposureData, lang: Lang) -> list[str]:
    return entry["basis_zh"] if lang == "zh" else entry["basis"]


def _line(word: str, text: str, lang: Lang, basis: Sequence[str] = ()) -> str:
    return f"{say(_WORDS[word], lang)}: {text}" + (
        f" [{('；' if lang == 'zh' else '; ').join(basis)}]" if basis else ""
    )
