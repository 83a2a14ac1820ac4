"""What moves a figure of an outlook: a tornado with its table, the shares by group, what to learn next."""

from __future__ import annotations

from dataclasses import dataclass

from coercivity.base.words import Lang
from coercivity.ensemble.results.rows import CauseRow, DrawsReport, SensitivityRow
from coercivity.papers.outlook.breadth.section import TextTable
from coercivity.papers.outlook.draws.tornado import Tornado, shown_causes, tornado
from coercivity.papers.outlook.draws.wording import (
    capital,
    figure_name,
    listed,
    row_name,
    run_name,
    unit_text,
    value_text,
    with_id,
    word,
)
from coercivity.papers.outlook.read import percent
from coercivity.papers.outlook.report_data import OutlookReport

GROUPS = ("law", "practice", "world", "model", "unexplained")
_NAMED = 3


@dataclass(frozen=True, slots=True)
class CauseShown:
    """What moves one figure in one run.

    Attributes:
        run: Letter of the run and its legal scenario.
        first: Whether it is the first run of the figure; the page folds the others.
        title: The figure with its unit.
        sentence: What moves it most, and how much of its spread is unexplained.
        chart: The tornado; None if no row is known to move it.
        groups: The groups in the order of the legend: key, name, share.
        table: The rows with their numbers in the chart.
    """

    figure: str
    run: str
    first: bool
    title: str
    sentence: str
    chart: Tornado | None
    groups: tuple[tuple[str, str, str], ...]
    table: TextTable | None


def causes_shown(report: OutlookReport, draws: DrawsReport, lang: Lang) -> tuple[CauseShown, ...]:
    """Returns what moves each figure, in the order of the report data.

    Args:
        report: The report data.
        draws: What draws say.
        lang: Language.
    """
    seen: set[str] = set()
    found = []
    for row in draws["sensitivity"]:
        found.append(_shown(report, draws, row, lang, first=row["figure"] not in seen))
        seen.add(row["figure"])
    return tuple(found)


def mean_of(draws: DrawsReport, row: SensitivityRow) -> float | None:
    """Returns the mean of a figure in its run, or else in the first run that has it."""
    held = [figure for figure in draws["figures"] if figure["figure"] == row["figure"]]
    own = [figure for figure in held if figure["run"] == row["run"]]
    return next((figure["mean"] for figure in [*own, *held]), None)


def _shown(report: OutlookReport, draws: DrawsReport, row: SensitivityRow, lang: Lang, *, first: bool) -> CauseShown:
    causes = shown_causes(row["causes"])
    told = [_told(report, cause, row["unit"], lang) for cause in causes]
    unit = unit_text(row["unit"], lang)
    title = word("forms", "name_unit" if unit else "name", lang).format(
        capital(figure_name(report, row["figure"], lang)), unit
    )
    run = run_name(report, row["run"], lang)
    shares = {group["group"]: group["share"] for group in row["groups"]}
    groups = tuple((g, word("groups", g, lang), percent(shares[g], lang)) for g in GROUPS if g in shares)
    return CauseShown(
        figure=row["figure"],
        run=run,
        first=first,
        title=title,
        sentence=_sentence(report, row, lang),
        chart=tornado(causes, told, mean_of(draws, row)),
        groups=groups,
        table=_table(report, row, causes, f"{title} {run}".strip(), lang),
    )


def _told(report: OutlookReport, cause: CauseRow, unit: str, lang: Lang) -> str:
    name = row_name(report, cause["row"], cause["what"], lang)
    low, high = (value_text(cause[end], unit, lang) for end in ("low", "high"))
    return word("forms", "bar", lang).format(name, low, high)


def _sentence(report: OutlookReport, row: SensitivityRow, lang: Lang) -> str:
    """Returns which rows move a figure most; or that none is above the noise."""
    above = [cause for cause in shown_causes(row["causes"]) if cause["index"] > cause["noise"]][:_NAMED]
    if not above:
        return word("sentences", "no_cause", lang)
    names = [row_name(report, cause["row"], cause["what"], lang) for cause in above]
    told = [
        word("forms", "cause", lang).format(text, percent(cause["index"], lang), cause["row"])
        for text, cause in zip(names, above, strict=True)
    ]
    return word("sentences", "causes", lang).format(listed(told, lang))


def _table(
    report: OutlookReport, row: SensitivityRow, causes: tuple[CauseRow, ...], title: str, lang: Lang
) -> TextTable | None:
    if not causes:
        return None
    columns = ("number", "row", "group", "at_low", "at_high", "index", "noise")
    head = tuple(word("cols", column, lang) for column in columns)
    rows = tuple(
        (
            str(number),
            with_id(capital(row_name(report, cause["row"], cause["what"], lang)), cause["row"], lang),
            word("groups", cause["group"], lang),
            value_text(cause["low"], row["unit"], lang),
            value_text(cause["high"], row["unit"], lang),
            percent(cause["index"], lang),
            percent(cause["noise"], lang),
        )
        for number, cause in enumerate(causes, start=1)
    )
    numeric = frozenset(range(3, len(head)))
    told = word("titles", "causes", lang).format(title)
    return TextTable(told, head, rows, numeric, left_out=max(len(row["causes"]) - len(causes), 0))


def learn_rows(report: OutlookReport, draws: DrawsReport, lang: Lang) -> TextTable | None:
    """Returns which rows to learn next and for which figures, those for the most figures first; None if none is named.

    Args:
        report: The report data.
        draws: What draws say.
        lang: Language.
    """
    known = {cause["row"]: cause for row in draws["sensitivity"] for cause in row["causes"]}
    found: dict[str, dict[str, None]] = {}
    for row in draws["sensitivity"]:
        for name in row["learn_next"]:
            found.setdefault(name, {})[figure_name(report, row["figure"], lang)] = None
    rows = []
    for name, figures in sorted(found.items(), key=lambda item: -len(item[1])):
        cause = known.get(name)
        told = row_name(report, name, cause["what"] if cause is not None else "", lang)
        quality = cause["quality"] if cause is not None else ""
        text = with_id(capital(told), name, lang) if told != name else told
        rows.append((text, word("quality", quality, lang) if quality else "–", listed(figures, lang)))
    if not rows:
        return None
    head = tuple(word("cols", column, lang) for column in ("row", "quality", "learn_for"))
    return TextTable(word("titles", "learn", lang), head, tuple(rows), frozenset())
