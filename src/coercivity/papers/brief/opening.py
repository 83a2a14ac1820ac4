"""The opening of a report: counts, the most serious result, the next date, the first line stop, the next steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coercivity.base.days import Day
from coercivity.base.words import Lang, say
from coercivity.papers.brief.report_data import BriefReport, TransactionData
from coercivity.papers.brief.words import coming_words
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.outcomes import meaning
from coercivity.papers.shared.words import paper_words

GRAVITY = ("STOP", "UNKNOWN", "LICENCE", "PROCEED")  # the most restrictive first
SERIOUS = (("LICENCE", True), ("UNKNOWN", True), ("LICENCE", False), ("UNKNOWN", False))  # may it become stricter?
MOST_STEPS, MOST_NAMES = 6, 3
_WORDS = paper_words("brief_page", "words")


@dataclass(frozen=True, slots=True)
class Step:
    """What to do next, and for which transactions."""

    ids: str
    text: str


@dataclass(frozen=True, slots=True)
class Opening:
    """The summary of a report.

    Attributes:
        text: One paragraph.
        steps: What to do next, the most serious results first.
        more: Number of further steps.
    """

    text: str
    steps: tuple[Step, ...]
    more: int


def opening(body: BriefReport, lang: Lang) -> Opening:
    """Returns the opening of a report.

    Args:
        body: The report data, with names in the language of the page.
        lang: Language of the page.
    """
    rows = sorted(body["transactions"], key=_weight)
    parts = [_counts(body, lang), *_gravest(body, rows, lang), _next_date(body, lang), *_first_stop(body, lang)]
    steps = list(_steps(rows, lang))
    text = ("" if lang == "zh" else " ").join(parts)
    return Opening(text, tuple(steps[:MOST_STEPS]), max(len(steps) - MOST_STEPS, 0))


def _worst(row: TransactionData) -> str:
    """Returns the stricter result that a LICENCE or an UNKNOWN may become; empty where there is none."""
    worst = row["may_become"] or (row["proof"]["interval"][1] if row["outcome"] == "UNKNOWN" else "")
    return worst if worst in ("STOP", "LICENCE") and worst != row["outcome"] else ""


def _weight(row: TransactionData) -> int:
    """Returns the place of a result in the summary: a result that may become stricter before one that is settled."""
    known = SERIOUS.index((row["outcome"], bool(_worst(row)))) if row["outcome"] in ("LICENCE", "UNKNOWN") else -1
    return known if row["outcome"] != "PROCEED" else len(SERIOUS)


def _counts(body: BriefReport, lang: Lang) -> str:
    counts = {name: body["counts"].get(name, 0) for name in GRAVITY}
    days = (day_text(body["on"], lang), day_text(body["known"], lang))
    whole = len(body["transactions"])
    held = [name for name, count in counts.items() if count]
    if len(held) == 1 and whole > 1:
        return _w("counts_all", lang).format(*days, whole, meaning(held[0], lang))
    told = [
        _w(f"one_{name}", lang) if counts[name] == 1 else _w(f"count_{name}", lang).format(counts[name])
        for name in held
    ]
    return _w("counts", lang).format(*days, whole, _enumerated(told, lang))


def _enumerated(texts: list[str], lang: Lang) -> str:
    """Returns texts as a list that ends with `and`."""
    if lang == "zh" or len(texts) < 2:
        return joined(texts, lang)
    return f"{', '.join(texts[:-1])} and {texts[-1]}"


def _gravest(body: BriefReport, rows: list[TransactionData], lang: Lang) -> Iterator[str]:
    if not rows or rows[0]["outcome"] == "PROCEED":
        return
    row = rows[0]
    worst = _worst(row)
    held = meaning(row["outcome"], lang)
    result = _w("result_may", lang).format(held, meaning(worst, lang)) if worst else held
    told = (row["id"], say(row["title"], lang), result)
    if row["grounds"]:
        yield _w("gravest_by", lang).format(*told, body["clauses"][row["grounds"][0]]["name"])
    else:
        yield _w("gravest", lang).format(*told)


def _next_date(body: BriefReport, lang: Lang) -> str:
    entry = next((entry for entry in body["coming"] if entry["days"] > 0), None)
    if entry is None:
        return _w("no_date", lang)
    what = say(coming_words(body, entry), lang)
    names = [
        body["instruments"][name]["name"] if name in body["instruments"] else _w("announcements", lang)
        for name in entry["instruments"]
    ]
    shown = ("；" if lang == "zh" else ", ").join(names[:MOST_NAMES])
    if len(names) > MOST_NAMES:
        shown += ("" if lang == "zh" else " ") + _w("and_more", lang).format(len(names) - MOST_NAMES)
    word = "next_date_one" if entry["days"] == 1 else "next_date"
    return _w(word, lang).format(day_text(entry["day"], lang), entry["days"], what, shown)


def _first_stop(body: BriefReport, lang: Lang) -> Iterator[str]:
    """Yields when the first line stops with stock and deliveries that are licensed or need no licence."""
    if "stops" not in body:
        return
    on = Day.fromisoformat(body["on"])
    found = [(row["stop_on"], row["part"]) for row in body["stops"]["plants"] if row["stop_on"] is not None]
    if not found:
        yield _w("no_stop", lang).format(day_text(body["stops"]["dates_until"], lang))
        return
    day, part = min(found)
    yield _w("first_stop", lang).format(day_text(day, lang), part, (Day.fromisoformat(day) - on).days)


def _steps(rows: list[TransactionData], lang: Lang) -> Iterator[Step]:
    """Yields the next steps, transactions with the same step together."""
    groups: dict[str, list[str]] = {}
    for row in rows:
        if row["outcome"] != "PROCEED":
            groups.setdefault(say(row["next"], lang), []).append(row["id"])
    for text, ids in groups.items():
        yield Step(joined(ids, lang), text)


def joined(texts: list[str], lang: Lang) -> str:
    """Returns texts as a list inside a sentence."""
    return ("、" if lang == "zh" else ", ").join(texts)


def _w(word: str, lang: Lang) -> str:
    return say(_WORDS[word], lang)
