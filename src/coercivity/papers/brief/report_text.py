"""The summary of a brief for a terminal: at most 40 lines of 100 columns; of a long table the gravest rows."""

from __future__ import annotations

from coercivity.base.words import Lang, plain, say
from coercivity.papers.brief.report_data import BriefReport, TransactionData
from coercivity.papers.shared.columns import columns_of, cut, filled
from coercivity.papers.shared.words import paper_words

MOST_LINES = 40
WIDTH = 100
_FIXED = 12
_GRAVITY = {"STOP": 0, "UNKNOWN": 1, "LICENCE": 2, "PROCEED": 3}
_WORDS = paper_words("brief_report_text", "words")


def summary(body: BriefReport, *, lang: Lang = "en") -> list[str]:
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
    width = min(max(3, *(columns_of(row["id"]) for row in shown)), 12)
    lines += [_row(body, row, width, lang) for row in shown]
    if len(shown) < len(rows):
        lines.append(f"... {len(rows) - len(shown)} {say(_WORDS['more'], lang)}")
    lines.append("")
    lines += _questions(rows, lang)
    lines += _coming(body, lang)
    return [cut(plain(line), WIDTH) for line in lines[:MOST_LINES]]


def _clocks(body: BriefReport, lang: Lang) -> str:
    head = f"{body['on']}   {say(_WORDS['known'], lang)} {body['known']}"
    head += f"   {say(_WORDS['checked'], lang)} {body['pack']['verified_through']}"
    if body["assume"]:
        picked = ",".join(f"{name}={pick}" for name, pick in body["assume"].items())
        head += f"   {say(_WORDS['assumed'], lang)} {picked}"
    return head


def _row(body: BriefReport, row: TransactionData, width: int, lang: Lang) -> str:
    later = row["next_change"]
    outcome = row["outcome"] + _in_doubt(row)
    since = f"{say(_WORDS['since'], lang)} {row['since']}"
    ahead = f" > {later['from']} {later['outcome'][0]}" if later else ""
    ground = filled(cut(plain(_ground(body, row, lang)), 23), 23)
    tail = f"{ground} {since}{ahead}"
    title_room = WIDTH - width - 14 - columns_of(tail) - 3
    title = filled(cut(plain(say(row["title"], lang)), title_room), title_room)
    return f"{filled(cut(plain(row['id']), width), width)} {filled(outcome, 13)} {title} {tail}"


def _in_doubt(row: TransactionData) -> str:
    """What else it may be: a refusal, or the outcomes of the branches where the state of a rule is not known."""
    if row["may_become"]:
        return f" ({row['may_become'][0]}?)"
    ways = dict.fromkeys(branch["outcome"][0] for branch in row["branches"])
    return f" ({'/'.join(ways)})" if len(ways) > 1 else ""


def _ground(body: BriefReport, row: TransactionData, lang: Lang) -> str:
    """The strongest ground in short, or what took the strongest one out."""
    if row["grounds"]:
        return body["clauses"][row["grounds"][0]]["short_zh" if lang == "zh" else "short"]
    if row["taken_out"]:
        return "out by " + body["clauses"][row["taken_out"][0]["by"]]["short_zh" if lang == "zh" else "short"]
    return "-"


def _questions(rows: list[TransactionData], lang: Lang) -> list[str]:
    asked = [(row["id"], row["question"]["text"]) for row in rows if row["question"]]
    return [f"{say(_WORDS['ask'], lang)} {name}: {say(text, lang)}" for name, text in asked[:3]]


def _coming(body: BriefReport, lang: Lang) -> list[str]:
    ahead = [entry for entry in body["coming"] if entry["days"] > 0][:3]
    found = []
    for entry in ahead:
        names = [instrument_name(body, name, lang) for name in entry["instruments"]]
        kind = entry["kind"].replace("_", " ")
        found.append(f"{say(_WORDS['coming'], lang)} {entry['day']} (+{entry['days']}): {kind}, {', '.join(names)}")
    return found


def instrument_name(body: BriefReport, name: str, lang: Lang) -> str:
    """Returns the name of an instrument, or its id where the brief does not hold it."""
    held = body["instruments"].get(name)
    return held["name_zh" if lang == "zh" else "name"] if held is not None else name
