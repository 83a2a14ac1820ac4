"""The summary of a report for a terminal: at most 40 lines of 100 columns; of a long table the strictest rows."""

from __future__ import annotations

from coercivity.base.words import Lang, plain, say
from coercivity.papers.brief.report_data import BriefReport, TransactionData
from coercivity.papers.brief.words import coming_words
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.outcomes import meaning, outcome_letter, outcome_text, scenario_text
from coercivity.papers.shared.steps import vouch_text
from coercivity.papers.shared.terminal import columns_of, cut, filled
from coercivity.papers.shared.words import paper_words

GRAVITY = ("STOP", "UNKNOWN", "LICENCE", "PROCEED")  # the most restrictive first
MOST_LINES = 40
WIDTH = 100
_FIXED = 13
MOST_VOUCHES = 3  # the report lists them all
_WORDS = paper_words("brief_report_text", "words")


def summary(body: BriefReport, *, lang: Lang = "en") -> list[str]:
    """Returns the summary of a report as lines.

    Args:
        body: The report data.
        lang: Language of titles and words.
    """
    case = body["case"]
    mark = f" [{_w('fictitious', lang)}]" if case["invented"] else ""
    lines = [f"{say(case['title'], lang)}{mark}", _dates(body, lang)]
    lines += [say(vouch_text(vouch), lang) for vouch in body.get("vouches", [])[-MOST_VOUCHES:]]
    lines.append("   ".join(f"{outcome_text(outcome, lang)} {count}" for outcome, count in body["counts"].items()))
    lines.append("")
    rows = sorted(body["transactions"], key=lambda row: GRAVITY.index(row["outcome"]))
    room = MOST_LINES - _FIXED - min(len(body.get("vouches", [])), MOST_VOUCHES)
    shown = body["transactions"] if len(rows) <= room else rows[: room - 1]
    width = min(max(3, *(columns_of(row["id"]) for row in shown)), 12)
    lines += [_row(body, row, width, lang) for row in shown]
    if len(shown) < len(rows):
        lines.append(_w("more", lang).format(len(rows) - len(shown)))
    lines += [*_legend(shown, lang), ""]
    lines += _lots(body, lang)
    lines += _questions(rows, lang)
    lines += _coming(body, lang)
    return [cut(plain(line), WIDTH) for line in lines[:MOST_LINES]]


def _w(word: str, lang: Lang) -> str:
    return say(_WORDS[word], lang)


def _dates(body: BriefReport, lang: Lang) -> str:
    days = (body["on"], body["known"], body["pack"]["verified_through"])
    head = _w("head", lang).format(*(day_text(day, lang) for day in days))
    if body["assume"]:
        joint = "；" if lang == "zh" else "; "
        picked = (
            _w("pick", lang).format(instrument_name(body, name, lang), scenario_text(pick, lang))
            for name, pick in body["assume"].items()
        )
        head += _w("assumed", lang).format(joint.join(picked))
    return head


def _legend(shown: list[TransactionData], lang: Lang) -> list[str]:
    """Returns what the letters in brackets mean, if there are any."""
    doubts = [(row["may_become"], _in_doubt(row, lang)) for row in shown]
    told = dict.fromkeys(
        _w("legend_may" if may else "legend_ways", lang).format(doubt.strip(" ()（）"), *_meanings(may, row, lang))
        for row, (may, doubt) in zip(shown, doubts, strict=True)
        if doubt
    )
    return [("；" if lang == "zh" else "; ").join(told)] if told else []


def _meanings(may: str | None, row: TransactionData, lang: Lang) -> list[str]:
    """Returns the meaning of the letters of a result."""
    names = [may] if may else list(dict.fromkeys(branch["outcome"] for branch in row["branches"]))
    return [(" / " if lang == "en" else "、").join(meaning(name, lang) for name in names)]


def _row(body: BriefReport, row: TransactionData, width: int, lang: Lang) -> str:
    later = row["next_change"]
    outcome = outcome_text(row["outcome"], lang) + _in_doubt(row, lang)
    # Where the charts begin, the result may be older than they show.
    since = _w("since_start" if row["since"] == body["horizon"]["from"] else "since", lang).format(row["since"])
    ahead = _w("then", lang).format(outcome_letter(later["outcome"], lang), later["from"]) if later else ""
    ground = filled(cut(plain(_basis(body, row, lang)), 23), 23)
    tail = f"{ground} {since}{ahead}"
    title_room = WIDTH - width - 14 - columns_of(tail) - 3
    title = filled(cut(plain(say(row["title"], lang)), title_room), title_room)
    return f"{filled(cut(plain(row['id']), width), width)} {filled(outcome, 13)} {title} {tail}"


def _in_doubt(row: TransactionData, lang: Lang) -> str:
    """Returns what else the result may be: what it may become, or the results of the legal scenarios."""
    if row["may_become"]:
        told = outcome_letter(row["may_become"], lang)
        return f"（{told}？）" if lang == "zh" else f" ({told}?)"
    ways = dict.fromkeys(outcome_letter(branch["outcome"], lang) for branch in row["branches"])
    if len(ways) < 2:
        return ""
    return f"（{'/'.join(ways)}）" if lang == "zh" else f" ({'/'.join(ways)})"


def _basis(body: BriefReport, row: TransactionData, lang: Lang) -> str:
    """Returns the strongest clause in short, or the clause that excludes it."""
    if row["grounds"]:
        return _short(body, row["grounds"][0], lang)
    if row["taken_out"]:
        return _w("excluded", lang).format(_short(body, row["taken_out"][0]["by"], lang))
    return "-"


def _short(body: BriefReport, name: str, lang: Lang) -> str:
    return body["clauses"][name]["short_zh" if lang == "zh" else "short"]


def _questions(rows: list[TransactionData], lang: Lang) -> list[str]:
    asked = [(row["id"], row["question"]["text"]) for row in rows if row["question"]]
    return [_w("clarify", lang).format(name, say(text, lang)) for name, text in asked[:3]]


def _lots(body: BriefReport, lang: Lang) -> list[str]:
    if not body.get("papers"):
        return []
    held = [one for one in body["papers"] if one["holds"]]
    return [_w("lots", lang).format(len(body["papers"]), len(held))]


def _coming(body: BriefReport, lang: Lang) -> list[str]:
    joint = "；" if lang == "zh" else ", "
    found = []
    for entry in [entry for entry in body["coming"] if entry["days"] > 0][:3]:
        names = [
            instrument_name(body, name, lang) if name in body["instruments"] else _w("announcements", lang)
            for name in entry["instruments"]
        ]
        kind = say(coming_words(body, entry), lang)
        found.append(_w("coming", lang).format(day_text(entry["day"], lang), entry["days"], kind, joint.join(names)))
    return found


def instrument_name(body: BriefReport, name: str, lang: Lang) -> str:
    """Returns the name of an instrument; its id if the report does not name it."""
    held = body["instruments"].get(name)
    if held is None:
        return name
    return held["name_zh"] if lang == "zh" else held["name"]
