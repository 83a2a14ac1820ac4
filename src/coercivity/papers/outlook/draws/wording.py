"""Names and numbers of draws in words: figures, series, events, rows of the packs, values with their unit."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping

from coercivity.base.months import month_text
from coercivity.base.words import Lang, say
from coercivity.papers.outlook.read import branch_text, num, percent, runs_of
from coercivity.papers.outlook.report_data import Group, OutlookReport, Text
from coercivity.papers.outlook.words import named
from coercivity.papers.shared.words import paper_words

FEW_DRAWS = 32
_LONGEST_PHRASE = 8
_GROUPS: tuple[Group, ...] = ("goods", "regions", "uses", "plants", "countries")
_UNITLESS = ("fraction", "share", "month", "months since year 0", "count")
# Words of the packs that say nothing to a reader.
_SILENT = ("none", "any", "all", "stock", "grade_content")
_MODEL_USES = ("industry", "electronics", "wind", "defence", "nonmagnet")
# Uses of the packs that are part of a use of the model, which says nothing more.
_END_USES = (
    "aerospace", "consumer_electronics", "defence_F35", "ebikes", "ebikes_two_wheelers", "elevators", "humanoid",
    "hvac", "industrial_motors", "industrial_robots", "medical_PM_MRI", "polishing", "refining_catalyst",
    "wind_offshore", "wind_onshore", "wind_onshore_hybrid",
)  # fmt: skip
_ABROAD = ("any_but_CN", "XCN")
_SPLIT = re.compile(r"[;+]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def word(table: str, key: str, lang: Lang) -> str:
    """Returns a text about draws; the key itself in words if there is none."""
    return say(paper_words("outlook_draws", table).get(key, {"en": key.replace("_", " ")}), lang)


def figure_name(report: OutlookReport, figure: str, lang: Lang) -> str:
    """Returns the name of a number, such as `dy_outside`, in words; that of a plant names the plant."""
    return _with_plant(report, word("figures", figure, lang), lang)


def _with_plant(report: OutlookReport, text: str, lang: Lang) -> str:
    """Returns a text with the name of the plant whose start draws are asked for."""
    if "{}" not in text:
        return text
    draws = report.get("draws")
    plant = draws.get("slowest_plant", "") if draws is not None else ""
    return text.format(say(named(report, "plants", plant), lang) if plant else word("slowest", "plant", lang))


def series_name(report: OutlookReport, figure: str, lang: Lang) -> str:
    """Returns the name of a monthly series.

    Args:
        report: The report data, which have the names of products and regions.
        figure: Key such as `traded:ox_Dy:XCN`; a key of one word is that of a number.
        lang: Language.
    """
    block, *rest = figure.split(":")
    if not rest:
        return figure_name(report, block, lang)
    told = ("，" if lang == "zh" else ", ").join(_token(report, part, lang) for part in rest)
    return word("forms", "series", lang).format(word("blocks", block, lang), told)


def event_name(report: OutlookReport, event: str, lang: Lang) -> str:
    """Returns an event in words: of a figure above or below a level, or by its own name."""
    if event in paper_words("outlook_draws", "events"):
        return _with_plant(report, word("events", event, lang), lang)
    for sign, form in ((">", "above"), ("<", "below")):
        figure, found, level = event.partition(sign)
        if found:
            name = series_name(report, figure.strip(), lang)
            return word("forms", form, lang).format(name, level.strip())
    return word("events", event, lang)


def row_name(report: OutlookReport, row: str, what: str, lang: Lang) -> str:
    """Returns what a row is about in words, without its id.

    Args:
        report: The report data, which have the names of products, regions and uses.
        row: The row, `table:id`.
        what: What the data set says it is about.
        lang: Language.
    """
    own = paper_words("outlook_draws", "rows")
    if row in own:
        return say(own[row], lang)
    table = row.partition(":")[0]
    text = what.strip()
    topics: Mapping[str, Text] = paper_words("outlook_draws", "topics")
    topic, _, rest = text.partition(" ")
    if table == "assumptions" and rest and topic in topics:
        told = _phrases(report, rest, lang, table)
        form = "plain" if topic in ("behaviour", "demand", "plant", "substitute") else "topic"
        return word("forms", form, lang).format(say(topics[topic], lang), told)
    told = _phrases(report, text, lang, table) or row
    name = paper_words("outlook_draws", "tables").get(table)
    return told if name is None else word("forms", "topic", lang).format(say(name, lang), told)


def with_id(name: str, row: str, lang: Lang) -> str:
    """Returns the name of a row with its id in brackets."""
    return word("forms", "with_id", lang).format(name, row)


def _phrases(report: OutlookReport, text: str, lang: Lang, table: str) -> str:
    """Returns a text with the phrases, products, regions and uses in it named; the longest phrase first."""
    held = paper_words("outlook_draws", "phrases")
    if text in held:
        return say(held[text], lang)
    tokens, found, place = _telling(text, table), list[tuple[str, bool]](), 0
    route = tokens[-2:] if len(tokens) > 2 and all(_is_place(report, token) for token in tokens[-2:]) else []
    tokens = tokens[: len(tokens) - len(route)]
    while place < len(tokens):
        for length in range(min(_LONGEST_PHRASE, len(tokens) - place), 0, -1):
            phrase = " ".join(tokens[place : place + length])
            if phrase in held or length == 1:
                told = say(held[phrase], lang) if phrase in held else _token(report, phrase, lang)
                if told:
                    found.append((told, phrase in held or told != phrase))
                place += length
                break
    if route:
        found.append((word("forms", "route", lang).format(*(_token(report, each, lang) for each in route)), True))
    return _joined(found, lang)


def _is_place(report: OutlookReport, token: str) -> bool:
    """Returns whether a word is a region, or several: two of them at the end of a row are the ends of a route."""
    regions = (*report["names"].get("regions", {}), *_ABROAD)
    return all(part in regions for part in _SPLIT.split(token))


def _telling(text: str, table: str) -> list[str]:
    """Returns the words of a row without those that repeat another: the element of a good, the use of an end use."""
    found: list[str] = []
    tokens = text.split()
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else ""
        part = before in _END_USES or (table == "base_year" and place == 2)
        same_use = part and token in _MODEL_USES
        same_good = before.startswith(("ox_", "met_")) and before.endswith(f"_{token.replace('-', '')}")
        if not same_use and not same_good:
            found.append(token)
    return found


def _joined(parts: list[tuple[str, bool]], lang: Lang) -> str:
    """Returns named parts with commas between them, and runs of other words as they are."""
    told = ""
    for place, (text, apart) in enumerate(parts):
        comma = apart or (place > 0 and parts[place - 1][1])
        glue = "" if not told else ("，" if lang == "zh" else ", ") if comma else " "
        told += glue + text
    return told


def _token(report: OutlookReport, token: str, lang: Lang) -> str:
    """Returns the name of one word, or of several joined by a semicolon or a plus sign."""
    if _SPLIT.search(token) and all(_SPLIT.split(token)):
        return word("forms", "and", lang).join(_token(report, part, lang) for part in _SPLIT.split(token))
    held = paper_words("outlook_draws", "phrases")
    if token in _SILENT:
        return ""
    if token in held:
        return say(held[token], lang)
    for group in _GROUPS:
        if (name := say(named(report, group, token), lang)) not in (token, token.replace("_", " ")):
            return name
    return token.removeprefix("feed:").replace("_", " ")


def run_letters(report: OutlookReport) -> dict[str, str]:
    """Returns the letter of each run by its id."""
    return {run.body["id"]: run.key for run in runs_of(report)}


def run_name(report: OutlookReport, run: str, lang: Lang) -> str:
    """Returns the letter of a run with its legal scenario, or with its title."""
    for held in runs_of(report):
        if held.body["id"] == run:
            told = say(branch_text(held.body["branch"]), lang) if len(held.key) > 1 else say(held.body["title"], lang)
            return f"{held.key} {told}"
    return run


def capital(text: str) -> str:
    """Returns a text with a capital first letter; a Chinese one as it is, which may begin with the id of a plant."""
    return text if _CHINESE.search(text) else text[:1].upper() + text[1:]


def listed(texts: Iterable[str], lang: Lang) -> str:
    """Returns texts in one line with semicolons between them."""
    return ("；" if lang == "zh" else "; ").join(texts)


def unit_text(unit: str, lang: Lang) -> str:
    """Returns a unit as it is written after a number."""
    return "" if unit in _UNITLESS else word("units", unit, lang)


def value_text(value: float | None, unit: str, lang: Lang, *, with_unit: bool = False) -> str:
    """Returns a value: a share in per cent, a month as year and number, any other as a number.

    Args:
        value: The value [unit]; months count from year 0.
        unit: Its unit.
        lang: Language.
        with_unit: Whether the unit follows.
    """
    if value is None or not math.isfinite(value):
        return "–"
    if unit in ("fraction", "share"):
        return percent(value, lang)
    if unit in ("month", "months since year 0"):
        return month_text(round(value))
    return f"{num(value)} {unit_text(unit, lang)}".strip() if with_unit else num(value)


def range_text(low: float | None, high: float | None, unit: str, lang: Lang) -> str:
    """Returns an interval without its unit, or one value if both ends read the same."""
    first, last = value_text(low, unit, lang), value_text(high, unit, lang)
    return first if first == last else word("forms", "between", lang).format(first, last)


def signed_text(value: float, unit: str) -> str:
    """Returns a difference with its sign; one of two months is a number of months, of two shares percentage points."""
    told = num(100.0 * value if unit in ("fraction", "share") else value)
    return f"+{told}" if value > 0 and told != "0" else told


def shared_months(shared: list[str], lang: Lang) -> str:
    """Returns the months that all draws share; empty if there are none."""
    return word("forms", "between", lang).format(shared[0], shared[-1]) if shared else ""
