"""The comparison of the licensing desk with reports as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from coercivity.base.months import parse_month
from coercivity.base.sums import total
from coercivity.base.words import Lang, say
from coercivity.market.results.rows import QueueRow
from coercivity.papers.market.desk.figures import Queues, Series
from coercivity.papers.market.desk.report_data import CheckRow, DeskCheckBranch, DeskCheckData
from coercivity.papers.market.desk.shown import (
    FORM_NAMES,
    REASONS,
    USER_NAMES,
    VERDICTS,
    asked_text,
    compared_text,
    decided,
    destination_text,
    files,
    inputs_line,
    misfit_text,
    model_text,
    reported_text,
    word,
)
from coercivity.papers.outlook.read import branch_text
from coercivity.papers.shared.days import day_text, month_text
from coercivity.papers.shared.names import Text
from coercivity.papers.shared.terminal import cut, filled, wrapped
from coercivity.practice.desk import EVERYWHERE

WIDTH = 120
MOST_QUEUES = 20
MONTHLY: tuple[Series, ...] = (
    "new",
    "again",
    "returned",
    "taken",
    "granted",
    "refused",
    "pending",
    "waiting",
    "halted",
)
SUMMED: tuple[Series, ...] = ("new", "again", "returned", "granted", "refused", "pending", "general_t")
_MONTH_WIDTHS = (8, 10, 10, 10, 10, 10, 10, 10, 10, 12, 17)
# English words are longer than Chinese ones in some columns, and shorter in others.
_QUEUE_WIDTHS = ((11, 18, 15, 8, 7, 9, 8, 8, 8, 11, 17), (11, 18, 15, 9, 9, 9, 9, 9, 7, 15, 9))
_CHECK_WIDTHS = ((7, 11, 5, 37, 20, 22, 12, 5), (7, 11, 5, 37, 20, 22, 14, 4))


def check_lines(body: DeskCheckData, title: Text, lang: Lang = "en") -> tuple[str, ...]:
    """Returns the comparison as lines; a second legal scenario only where it differs from the first.

    Args:
        body: The comparison as plain data.
        title: Title of the scenario.
        lang: Language of the words.
    """
    months = (month_text(body["from"], lang), month_text(body["to"], lang))
    lines = [word("head", lang)]
    lines.append(f"  {word('span', lang).format(say(title, lang), *months)}  {body['hash'][:12]}")
    lines.append("  " + word("asked", lang).format(*asked_text(body["asked"], body["places"], lang)))
    for number, branch in enumerate(body["branches"]):
        if branch["branch"]:
            lines += ["", word("branch", lang).format(say(branch_text(branch["branch"]), lang))]
        first = body["branches"][0] if number else None
        lines += _branch(body, branch, lang) if first is None else _differs(first, branch, body["places"], lang)
    count = word("rests", lang).format(len(body["assumed"]))
    texts = (word("limits", lang), word("control_goods", lang), word("fitted", lang), count)
    return (*lines, "", *(line for text in texts for line in wrapped(text, "", WIDTH)))


def _branch(body: DeskCheckData, branch: DeskCheckBranch, lang: Lang) -> Iterator[str]:
    if not branch["control_from"]:
        yield word("no_control", lang).format(month_text(body["to"], lang))
    else:
        yield word("since", lang).format(day_text(branch["control_from"], lang))
        yield from ("", word("by_month", lang), *_months(body["months"], branch["queues"], lang))
        yield from ("", word("by_queue", lang), *_queues(body, branch["queues"], lang))
    shown = [row for row in branch["checks"] if decided(row)]
    if shown:
        yield from ("", word("reports", lang), _head(lang), *(_check(row, lang) for row in shown))
        yield from _legend(shown, body["places"], lang)
    yield from ("", word("not_compared", lang), *_left(branch["checks"], lang), "")
    yield word("result", lang).format(**branch["counts"])
    if told := inputs_line(branch, lang):
        yield from wrapped(told, "", WIDTH)


def _differs(first: DeskCheckBranch, branch: DeskCheckBranch, places: Mapping[str, Text], lang: Lang) -> Iterator[str]:
    """Yields the result of another legal scenario: the rows whose text differs from the first one."""
    known = {row["row"]: _check(row, lang) for row in first["checks"]}
    others = [row for row in branch["checks"] if _check(row, lang) != known[row["row"]]]
    if not others:
        yield word("same", lang)
    else:
        yield from (word("differs", lang), _head(lang), *(_check(row, lang) for row in others))
        yield from _legend(others, places, lang)
    yield word("result", lang).format(**branch["counts"])


def _months(months: Sequence[str], rows: Sequence[QueueRow], lang: Lang) -> Iterator[str]:
    queues = Queues(months, rows)
    heads = [word(name, lang) for name in MONTHLY]
    yield _cells((word("month", lang), *heads, word("decision_days", lang)), _MONTH_WIDTHS, left=1)
    for at, month in enumerate(months):
        number = parse_month(month)
        times = queues.times(number, number)
        cells = [files(queues.by_month(name)[at]) for name in MONTHLY]
        yield _cells((month, *cells, files(None if times is None else times.mean)), _MONTH_WIDTHS, left=1)


def _queues(body: DeskCheckData, rows: Sequence[QueueRow], lang: Lang) -> Iterator[str]:
    months, places, widths = body["months"], body["places"], _QUEUE_WIDTHS[lang == "zh"]
    heads = (*(word(name, lang) for name in ("form", "country", "user", *SUMMED)), word("decision_days", lang))
    yield _cells(heads, widths, left=3)
    order = largest(rows)
    for row in order[:MOST_QUEUES]:
        one = Queues(months, [row])
        sums = [one.by_month(name)[-1] if name == "pending" else total(one.by_month(name)) for name in SUMMED]
        times = one.times(parse_month(months[0]), parse_month(months[-1]))
        place = destination_text(row["country"], places, lang)
        names = (say(FORM_NAMES[row["form"]], lang), place, say(USER_NAMES[row["user"]], lang))
        days = files(None if times is None else times.mean)
        yield _cells((*names, *map(files, sums), days), widths, left=3)
    if len(order) > MOST_QUEUES:
        yield "  " + word("more_queues", lang).format(len(order) - MOST_QUEUES)


def largest(rows: Sequence[QueueRow]) -> list[QueueRow]:
    """Returns queues by the files that came in, the largest first."""
    return sorted(rows, key=lambda row: (-total(row["new"]), row["form"], row["country"], row["user"]))


def _head(lang: Lang) -> str:
    names = ("row", "date", "place", "figure", "reported", "run", "misfit", "verdict")
    return _cells([word(name, lang) for name in names], _CHECK_WIDTHS[lang == "zh"])


def _legend(rows: Sequence[CheckRow], places: Mapping[str, Text], lang: Lang) -> Iterator[str]:
    """Yields the names of the destinations of rows."""
    codes = sorted({row["destination"] for row in rows} & places.keys())
    told = [f"{code} {name}" for code in codes if (name := say(places[code], lang)) != code]
    if told:
        yield from wrapped(("、" if lang == "zh" else ", ").join(told), "  ", WIDTH)


def _check(row: CheckRow, lang: Lang) -> str:
    mark = "*" if row["used_as_input"] else ""
    cells = (
        row["row"] + mark,
        row["reported_on"],
        word("all_places", lang) if row["destination"] == EVERYWHERE else row["destination"],
        compared_text(row, lang),
        reported_text(row, lang),
        model_text(row, lang),
        misfit_text(row, lang),
        say(VERDICTS[row["verdict"]], lang),
    )
    return _cells(cells, _CHECK_WIDTHS[lang == "zh"])


def _left(rows: Sequence[CheckRow], lang: Lang) -> Iterator[str]:
    """Yields the rows that are not compared, by reason."""
    reasons: dict[str, list[str]] = {}
    for row in rows:
        if not decided(row):
            reasons.setdefault(row["reason"], []).append(row["row"])
    joint = "、" if lang == "zh" else ", "
    for reason in sorted(reasons, key=lambda name: (reasons[name][0], name)):
        text = say(REASONS[reason], lang) + ("" if lang == "zh" else " ") + joint.join(reasons[reason])
        yield from wrapped(text, "  ", WIDTH)


def _cells(cells: Sequence[str], widths: Sequence[int], *, left: int | None = None) -> str:
    """Returns cells in columns; from `left` on they are flush right. A text too long for its column is cut."""
    if left is not None:
        return "".join(
            filled(cut(cell, width - 1), width, right=n >= left) if n >= left else filled(cut(cell, width - 1), width)
            for n, (cell, width) in enumerate(zip(cells, widths, strict=False))
        ).rstrip()
    padded = [filled(cut(cell, width - 1), width) for cell, width in zip(cells[:-1], widths, strict=False)]
    return ("".join(padded) + cells[-1]).rstrip()
