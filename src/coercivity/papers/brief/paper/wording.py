"""How the printed report puts things: transactions, clauses, instruments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from coercivity.base.words import Lang, say
from coercivity.papers.brief.page_parts import unit_text
from coercivity.papers.brief.paper.groups import GroupedDeal
from coercivity.papers.brief.paper.rounding import number
from coercivity.papers.brief.report_data import BriefBody
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.money import grouped
from coercivity.papers.shared.paper.sections import Wording
from coercivity.papers.shared.words import paper_words

TABLES = ("headings", "titles", "columns", "words", "who")
MOST_TITLES = 2
MOST_LETTERS: Mapping[Lang, int] = {"en": 90, "zh": 45}  # of a title in a sentence; tables have the whole
MOST_CLAUSES = 2
MOST_RUNS, OF_MANY = 12, 3  # runs of ids in one line; how many are named if there are more
_NUMBERED_EN = re.compile(r"(.+) (\d+)(/\d{4})")
_NUMBERED_ZH = re.compile(r"(.+公告\d{4}年)第(\d+)号()")
_MORE = paper_words("brief_paper", "words")["more"]
_NUMBERED = re.compile(r"(.*?)(\d+)\Z", re.S)
_LEAST_RUN = 3


def wording(lang: Lang) -> Wording:
    """Returns the words of the printed report in one language."""
    return Wording.of("brief_paper", TABLES, lang)


def listed(texts: Iterable[str], lang: Lang) -> str:
    """Returns texts in one line."""
    return ("、" if lang == "zh" else ", ").join(texts)


def semi(texts: Iterable[str], lang: Lang) -> str:
    """Returns longer texts in one line."""
    return ("；" if lang == "zh" else "; ").join(texts)


def ids_text(ids: Sequence[str], lang: Lang) -> str:
    """Returns ids in one line; runs of three or more as first and last: `t01–t04, t06`.

    Of many, the first are named, and how many more there are: the workbook has each in a row.
    """
    runs: list[list[str]] = []
    for name in ids:
        if runs and _follows(runs[-1][-1], name):
            runs[-1].append(name)
        else:
            runs.append([name])
    named = len(runs) if len(runs) <= MOST_RUNS else OF_MANY
    told = [f"{run[0]}–{run[-1]}" if len(run) >= _LEAST_RUN else listed(run, lang) for run in runs[:named]]
    if left := sum(map(len, runs[named:])):
        told.append(say(_MORE, lang).format(left))
    return listed(told, lang)


def _follows(before: str, name: str) -> bool:
    first, second = _NUMBERED.fullmatch(before), _NUMBERED.fullmatch(name)
    if first is None or second is None or first.group(1) != second.group(1):
        return False
    return int(second.group(2)) == int(first.group(2)) + 1


def named_text(body: BriefBody, ids: Iterable[str], w: Wording, *, every: bool = False) -> str:
    """Returns transactions by id and title; of more than two, or many, the first, and how many more there are.

    Args:
        body: The report data.
        ids: Ids of transactions.
        w: The words.
        every: Whether to name each of them, unless they are many.
    """
    titles = {row["id"]: say(row["title"], w.lang) for row in body["transactions"]}
    told = [_titled(name, titles[name], w.lang) for name in in_order(dict.fromkeys(ids))]
    if len(told) <= (MOST_RUNS if every else MOST_TITLES):
        return listed(told, w.lang)
    return w("deals_more", told[0], len(told) - 1, len(told))


def in_order(ids: Iterable[str]) -> list[str]:
    """Returns ids sorted with their numbers as numbers."""
    return sorted(ids, key=_place)


def _place(name: str) -> tuple[str, int, str]:
    found = _NUMBERED.fullmatch(name)
    return (name, 0, name) if found is None else (found.group(1), int(found.group(2)), name)


def _titled(name: str, title: str, lang: Lang) -> str:
    if len(title) > MOST_LETTERS[lang]:
        title = f"{title[: MOST_LETTERS[lang] - 1].rstrip()}…"
    return f"{name} {title}" if lang == "zh" else f"{name} ({title})"


def clause_text(body: BriefBody, name: str, lang: Lang, *, short: bool = False) -> str:
    """Returns the name of a clause, or its id if the report does not name it."""
    held = body["clauses"].get(name)
    if held is None:
        return name
    if short:
        return held["short_zh" if lang == "zh" else "short"]
    return held["name_zh" if lang == "zh" else "name"]


def instruments_text(body: BriefBody, names: Iterable[str], lang: Lang, most: int = 0) -> str:
    """Returns instruments in one line, those of one issuer and year together: `MOFCOM 61 and 62/2025`.

    Args:
        body: The report data.
        names: Ids of instruments.
        lang: Language.
        most: How many issuers and years are named; zero names all.
    """
    parts: dict[tuple[str, str], list[str]] = {}
    for name in dict.fromkeys(instrument_text(body, name, lang) for name in names):
        found = _NUMBERED_ZH.fullmatch(name) if lang == "zh" else _NUMBERED_EN.fullmatch(name)
        if found is None:
            parts.setdefault((name, ""), [])
        else:
            parts.setdefault((found.group(1), found.group(3)), []).append(found.group(2))
    told = [_together(head, tail, numbers, lang) for (head, tail), numbers in parts.items()]
    if most and len(told) > most:
        told = [*told[:most], say(_MORE, lang).format(len(told) - most)]
    return ("；" if lang == "zh" else ", ").join(told)


def _together(head: str, tail: str, numbers: Sequence[str], lang: Lang) -> str:
    if not numbers:
        return head
    numbers = sorted(numbers, key=int)
    if lang == "zh":
        return head + "、".join(f"第{number}号" for number in numbers)
    shown = f"{', '.join(numbers[:-1])} and {numbers[-1]}" if len(numbers) > 1 else numbers[0]
    return f"{head} {shown}{tail}"


def clauses_text(body: BriefBody, names: Sequence[str], w: Wording) -> str:
    """Returns the first clauses of a legal basis by short name, and how many more there are."""
    told = list(dict.fromkeys(clause_text(body, name, w.lang, short=True) for name in names))
    shown = told[:MOST_CLAUSES]
    if len(told) > MOST_CLAUSES:
        shown.append(w("more", len(told) - MOST_CLAUSES))
    return semi(shown, w.lang)


def instrument_text(body: BriefBody, name: str, lang: Lang) -> str:
    """Returns the name of an instrument, or its id if the report does not name it."""
    held = body["instruments"].get(name)
    if held is None:
        return name
    return held["name_zh" if lang == "zh" else "name"]


def quantity_text(deal: GroupedDeal, lang: Lang) -> str:
    """Returns a quantity with its unit; a dash if there is none."""
    if not deal["quantity"]:
        return "–"
    try:
        number = grouped(deal["quantity"])
    except ValueError:
        number = deal["quantity"]
    unit = unit_text(deal["unit"], lang)
    return f"{number}{unit}" if lang == "zh" else f"{number} {unit}".strip()


def stock_text(masses_t: Mapping[str, str], w: Wording) -> str:
    """Returns masses above zero in one text, each to three significant figures: `FLAKE 54 t, DY 0.16 t`."""
    unit = "吨" if w.lang == "zh" else " t"
    held = {name: float(mass) for name, mass in masses_t.items()}
    return listed((f"{name} {number(mass)}{unit}" for name, mass in held.items() if mass > 0), w.lang) or w("none")


def subtitle_text(body: BriefBody, w: Wording) -> str:
    """Returns the dates of a report and its rulebook."""
    days = (day_text(day, w.lang) for day in (body["on"], body["known"], body["pack"]["verified_through"]))
    return w("subtitle", *days, body["pack"]["version"])


def foot_text(body: BriefBody, w: Wording) -> str:
    """Returns the source, the date and the notice that it is not legal advice."""
    title = say(body["case"]["title"], w.lang)
    label = w("foot_label") if body["case"]["invented"] else ""
    return w("foot", title, day_text(body["on"], w.lang), label)
