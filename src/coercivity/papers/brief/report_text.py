"""The summary of a brief for a terminal: at most 40 lines of 100 columns; of a long table the gravest rows."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from coercivity.base.words import Lang, plain, say

MOST_LINES = 40
WIDTH = 100
_FIXED = 12
_GRAVITY = {"STOP": 0, "UNKNOWN": 1, "LICENCE": 2, "PROCEED": 3}
_WORDS: dict[str, dict[str, str]] = {
    "known": {"en": "known", "zh": "已公布至"},
    "checked": {"en": "rules checked through", "zh": "规则核对至"},
    "assumed": {"en": "assumed", "zh": "假定"},
    "since": {"en": "since", "zh": "自"},
    "ask": {"en": "ask first", "zh": "先问"},
    "more": {"en": "more, less grave, in the brief", "zh": "项见简报"},
    "coming": {"en": "coming", "zh": "即将"},
    "invented": {"en": "invented example", "zh": "虚构示例"},
}


def summary(body: Mapping[str, Any], *, lang: Lang = "en") -> list[str]:
    """Returns the summary of a brief's report data as lines.

    Args:
        body: The report data.
        lang: Language of titles and words.
    """
    case = body["case"]
    mark = f" [{say(_WORDS['invented'], lang)}]" if case["invented"] else ""
    lines = [f"{say(case['title'], lang)}{mark}", _clocks(body, lang)]
    lines.append("   ".join(f"{outcome} {count}" for outcome, count in body["counts"].items()))
    lines.append("")
    rows = sorted(body["transactions"], key=lambda row: _GRAVITY[row["outcome"]])
    room = MOST_LINES - _FIXED
    shown = body["transactions"] if len(rows) <= room else rows[: room - 1]
    width = min(max(3, *(_width(row["id"]) for row in shown)), 12)
    lines += [_row(body, row, width, lang) for row in shown]
    if len(shown) < len(rows):
        lines.append(f"... {len(rows) - len(shown)} {say(_WORDS['more'], lang)}")
    lines.append("")
    lines += _questions(rows, lang)
    lines += _coming(body, lang)
    return [_cut(plain(line), WIDTH) for line in lines[:MOST_LINES]]


def _clocks(body: Mapping[str, Any], lang: Lang) -> str:
    head = f"{body['on']}   {say(_WORDS['known'], lang)} {body['known']}"
    head += f"   {say(_WORDS['checked'], lang)} {body['pack']['verified_through']}"
    if body["assume"]:
        picked = ",".join(f"{name}={pick}" for name, pick in body["assume"].items())
        head += f"   {say(_WORDS['assumed'], lang)} {picked}"
    return head


def _row(body: Mapping[str, Any], row: Mapping[str, Any], width: int, lang: Lang) -> str:
    later = row["next_change"]
    outcome = row["outcome"] + _in_doubt(row)
    since = f"{say(_WORDS['since'], lang)} {row['since']}"
    ahead = f" > {later['from']} {later['outcome'][0]}" if later else ""
    ground = _fill(_cut(plain(_ground(body, row)), 23), 23)
    tail = f"{ground} {since}{ahead}"
    title_room = WIDTH - width - 14 - _width(tail) - 3
    title = _fill(_cut(plain(say(row["title"], lang)), title_room), title_room)
    return f"{_fill(_cut(plain(row['id']), width), width)} {_fill(outcome, 13)} {title} {tail}"


def _in_doubt(row: Mapping[str, Any]) -> str:
    """What else it may be: a refusal, or the outcomes of the branches where the state of a rule is not known."""
    if row["may_become"]:
        return f" ({row['may_become'][0]}?)"
    ways = dict.fromkeys(branch["outcome"][0] for branch in row["branches"])
    return f" ({'/'.join(ways)})" if len(ways) > 1 else ""


def _ground(body: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """The strongest ground in short, or what took the strongest one out."""
    if row["grounds"]:
        return str(body["clauses"][row["grounds"][0]]["short"])
    if row["taken_out"]:
        return "out by " + str(body["clauses"][row["taken_out"][0]["by"]]["short"])
    return "-"


def _questions(rows: list[Mapping[str, Any]], lang: Lang) -> list[str]:
    asked = [row for row in rows if row["question"]]
    return [f"{say(_WORDS['ask'], lang)} {row['id']}: {say(row['question']['text'], lang)}" for row in asked[:3]]


def _coming(body: Mapping[str, Any], lang: Lang) -> list[str]:
    ahead = [entry for entry in body["coming"] if entry["days"] > 0][:3]
    found = []
    for entry in ahead:
        names = [body["instruments"].get(name, {}).get("name", name) for name in entry["instruments"]]
        kind = entry["kind"].replace("_", " ")
        found.append(f"{say(_WORDS['coming'], lang)} {entry['day']} (+{entry['days']}): {kind}, {', '.join(names)}")
    return found


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _cut(text: str, width: int) -> str:
    if _width(text) <= width:
        return text
    kept, used = [], 0
    for sign in text:
        used += _width(sign)
        if used > width - 1:
            break
        kept.append(sign)
    return "".join(kept) + "…"


def _fill(text: str, width: int) -> str:
    return text + " " * max(width - _width(text), 0)
