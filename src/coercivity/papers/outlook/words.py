"""Words of the outlook's papers in English and Chinese: headings, captions, columns, parts, stages and ways."""

from __future__ import annotations

from collections.abc import Sequence

from coercivity.papers.outlook.report_data import Group, OutlookReport, Text
from coercivity.papers.shared.words import paper_words

HEADLINE = ("ox_Dy", "ox_Tb", "ox_Y", "ox_NdPr", "mag_high", "mag_none")
INSIDE, OUTSIDE = "CN", "XCN"

HEADINGS = paper_words("outlook_words", "headings")
PARTS = paper_words("outlook_words", "parts")
SERIES = paper_words("outlook_words", "series")
COLUMNS_OF_CHAIN = ("mine", "separate", "metal", "magnet", "use")
STAGES = paper_words("outlook_words", "stages")
WAYS = paper_words("outlook_words", "ways")
MOMENTS = paper_words("outlook_words", "moments")
COLS = paper_words("outlook_words", "cols")
CAPTIONS = paper_words("outlook_words", "captions")
PHRASES = paper_words("outlook_words", "phrases")
READING: tuple[Text, ...] = (
    {
        "en": "A price is what one more kilogram is worth there in that month, not what somebody paid.",
        "zh": "价格指当月当地多一公斤所值，并非成交价。",
    },
    {
        "en": "Each month is planned on the rules published by then; what nobody could know yet moves nothing.",
        "zh": "每月只依据当时已公布的规则作计划；当时无从得知者不影响结果。",
    },
    {
        "en": "Where it is not known whether a pause goes on, both branches are run, and the two ends are named.",
        "zh": "暂停是否延续未知时，两个分支均计算，并标明区间两端。",
    },
    {
        "en": "A gap's parts come from the limits that hold in that month; each limit made by law names its clause.",
        "zh": "价差各部分来自当月起作用的约束；由法律产生的约束均注明条款。",
    },
    {
        "en": "Short means wanted at the going price by users who could not change recipe in time, and not served.",
        "zh": "短缺指用户按当时价格需要、来不及更换配方而未获满足的量。",
    },
)


def named(report: OutlookReport, group: Group, name: str) -> Text:
    """Returns the name of a thing in both languages, or its id in words where no name is held.

    Args:
        report: The report data.
        group: What it is.
        name: The id.
    """
    held = report["names"].get(group, {}).get(name)
    if held is None:
        return {"en": name if group in ("plants", "clauses") else name.replace("_", " ")}
    return {"en": held["short"], "zh": held.get("short_zh", held["short"])} if "short" in held else held


def named_clauses(report: OutlookReport, clauses: Sequence[str]) -> Text:
    """Returns the name of a clause, or the names of those that bind together."""
    names = [named(report, "clauses", clause) for clause in clauses]
    return names[0] if len(names) == 1 else {"en": " + ".join(name["en"] for name in names)}
