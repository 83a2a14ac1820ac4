"""The page of a comparison of the licensing desk with reports: charts, tables, every row of practice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

from coercivity.base.months import parse_month
from coercivity.base.sums import total
from coercivity.base.templating import page_environment
from coercivity.base.words import Lang, say
from coercivity.papers.market.desk import shown
from coercivity.papers.market.desk.chart import Chart, Line, month_chart
from coercivity.papers.market.desk.figures import TINY_FILES, Queues
from coercivity.papers.market.desk.report_data import CheckRow, Compared, DeskCheckBranch, DeskCheckData
from coercivity.papers.market.desk.report_text import MONTHLY, SUMMED, largest
from coercivity.papers.outlook.read import branch_text
from coercivity.papers.shared import TEMPLATES
from coercivity.papers.shared.days import day_text, month_text
from coercivity.papers.shared.names import Text
from coercivity.papers.shared.pages import PageLang, page_words
from coercivity.practice.desk import ANY

MOST_CHARTS = 8
_SHARES: dict[Compared, str] = {"granted_share": "granted", "pending_share": "pending", "refused_share": "refused"}
PERCENT = 100.0


class Figure(TypedDict):
    """A chart with its table: cells by month."""

    title: str
    chart: Chart
    heads: list[str]
    rows: list[tuple[str, list[str]]]


class BranchParts(TypedDict):
    """What the page shows of one legal scenario."""

    branch: DeskCheckBranch
    name: str
    files: list[Figure]
    shares: list[Figure]
    months: list[tuple[str, list[str]]]
    queues: list[tuple[list[str], list[str]]]
    counts: str
    inputs: str


def check_page(body: DeskCheckData, title: Text, lang: PageLang = "en", *, sister: str = "") -> str:
    """Returns the page of a comparison in one language; nothing is fetched and no script runs.

    Args:
        body: The comparison as plain data.
        title: Title of the scenario.
        lang: Language of the page.
        sister: Address of the page in the other language.
    """
    env = page_environment(TEMPLATES)
    page_words(env, "desk_check", lang)
    places = body["places"]
    env.globals.update(
        place=lambda row: shown.destination_text(row["destination"], places, lang),
        figure_of=lambda row: shown.compared_text(row, lang),
        reported=lambda row: shown.reported_text(row, lang),
        model=lambda row: shown.model_text(row, lang),
        misfit=lambda row: shown.misfit_text(row, lang),
        inputs=lambda row: shown.inputs_text(row, lang),
        verdict=lambda row: say(shown.VERDICTS[row["verdict"]], lang),
        reason=lambda row: say(shown.REASONS[row["reason"]], lang) if row["reason"] else "",
        day=lambda day: day_text(day, lang),
        month=lambda month: month_text(month, lang),
        asked=shown.asked_text(body["asked"], places, lang),
        monthly=MONTHLY,
        summed=SUMMED,
    )
    parts = [branch_parts(body["months"], branch, places, lang) for branch in body["branches"]]
    template = env.get_template("desk_check.html.j2")
    return template.render(t=body, title=say(title, lang), parts=parts, sister=sister)


def branch_parts(months: Sequence[str], branch: DeskCheckBranch, places: Mapping[str, Text], lang: Lang) -> BranchParts:
    """Returns what the page shows of one legal scenario.

    Args:
        months: Months asked for.
        branch: The comparison in it.
        places: Names of destinations.
        lang: Language of the page.
    """
    return {
        "branch": branch,
        "name": say(branch_text(branch["branch"]), lang) if branch["branch"] else "",
        "files": file_figures(months, branch, places, lang),
        "shares": share_figures(months, branch, places, lang),
        "months": _months(months, branch),
        "queues": _queues(months, branch, places, lang),
        "counts": shown.word("result", lang).format(**branch["counts"]),
        "inputs": shown.inputs_line(branch, lang),
    }


def file_figures(
    months: Sequence[str], branch: DeskCheckBranch, places: Mapping[str, Text], lang: Lang
) -> list[Figure]:
    """Returns charts of the files pending and decided by month, of the largest queues, with reported counts.

    Args:
        months: Months asked for.
        branch: The comparison in a legal scenario.
        places: Names of destinations.
        lang: Language of the labels.
    """
    found: list[Figure] = []
    for queue in largest(branch["queues"])[:MOST_CHARTS]:
        one = Queues(months, [queue])
        if max(queue["new"], default=0.0) <= TINY_FILES:
            continue
        decided = [a + b for a, b in zip(one.by_month("granted"), one.by_month("refused"), strict=True)]
        pending, filed = one.by_month("pending"), one.by_month("new")
        lines = [Line("pending", tuple(pending)), Line("decided", tuple(decided))]
        points = [
            ("pending", row)
            for row in branch["checks"]
            if row["compared"] == "pending"
            and row["countries"] == [queue["country"]]
            and row["form"] in (queue["form"], ANY)
        ]
        chart = month_chart(months, lines, points, lang)
        heads = [shown.word(name, lang) for name in ("new", "decided", "pending")]
        rows = [
            (month, [shown.files(column[at]) for column in (filed, decided, pending)])
            for at, month in enumerate(months)
        ]
        title = place_text((queue["country"], queue["form"], queue["user"]), places, lang)
        if chart is not None:
            found.append({"title": title, "chart": chart, "heads": heads, "rows": rows})
    return found


def share_figures(
    months: Sequence[str], branch: DeskCheckBranch, places: Mapping[str, Text], lang: Lang
) -> list[Figure]:
    """Returns charts of the shares granted and pending by date, one for each place with reports, with these.

    Args:
        months: Months asked for.
        branch: The comparison in a legal scenario.
        places: Names of destinations.
        lang: Language of the labels.
    """
    found: list[Figure] = []
    for held in branch["shares"]:
        place = (held["destination"], held["form"], held["user"])
        points = [
            (_SHARES[row["compared"]], _percent(row))
            for row in branch["checks"]
            if row["compared"] in _SHARES and (row["destination"], row["form"], row["user"]) == place
        ]
        lines = [
            Line(kind, tuple(None if value is None else value * PERCENT for value in values))
            for kind, values in (("granted", held["granted"]), ("pending", held["pending"]))
        ]
        chart = month_chart(months, lines, points, lang)
        rows = [
            (
                month,
                [
                    shown.NONE if (v := line.values[at]) is None else shown.percent_text(f"{v:.0f}", lang)
                    for line in lines
                ],
            )
            for at, month in enumerate(months)
        ]
        heads = [shown.word(line.kind, lang) for line in lines]
        if chart is not None:
            found.append({"title": place_text(place, places, lang), "chart": chart, "heads": heads, "rows": rows})
    return found


def place_text(queues: tuple[str, str, str], places: Mapping[str, Text], lang: Lang) -> str:
    """Returns the name of queues: destination, form and user."""
    place, form, user = queues
    names = (
        shown.destination_text(place, places, lang),
        say(shown.FORM_NAMES[form], lang),
        say(shown.USER_NAMES[user], lang),
    )
    return ("，" if lang == "zh" else ", ").join(names)


def _percent(row: CheckRow) -> CheckRow:
    """Returns a row of shares in per cent, to be drawn on an axis of per cent."""
    reported, low, high = (
        None if value is None else value * PERCENT
        for value in (row["reported"], row["reported_low"], row["reported_high"])
    )
    return {**row, "reported": reported, "reported_low": low, "reported_high": high}


def _months(months: Sequence[str], branch: DeskCheckBranch) -> list[tuple[str, list[str]]]:
    queues = Queues(months, branch["queues"])
    found = []
    for at, month in enumerate(months):
        number = parse_month(month)
        times = queues.times(number, number)
        cells = [shown.files(queues.by_month(name)[at]) for name in MONTHLY]
        found.append((month, [*cells, shown.files(None if times is None else times.mean)]))
    return found


def _queues(
    months: Sequence[str], branch: DeskCheckBranch, places: Mapping[str, Text], lang: Lang
) -> list[tuple[list[str], list[str]]]:
    """Returns every queue: its names, and its sums over the months; pending files at their end."""
    found = []
    for row in largest(branch["queues"]):
        one = Queues(months, [row])
        sums = [one.by_month(name)[-1] if name == "pending" else total(one.by_month(name)) for name in SUMMED]
        times = one.times(parse_month(months[0]), parse_month(months[-1]))
        place = shown.destination_text(row["country"], places, lang)
        names = [say(shown.FORM_NAMES[row["form"]], lang), place, say(shown.USER_NAMES[row["user"]], lang)]
        found.append((names, [*map(shown.files, sums), shown.files(None if times is None else times.mean)]))
    return found
