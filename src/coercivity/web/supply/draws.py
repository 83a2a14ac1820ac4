"""What draws say on the screen `supply`: the section of the report with charts, and ranges beside its figures."""

from __future__ import annotations

from dataclasses import dataclass

from coercivity.verbs.draws_report import (
    BESIDE,
    GROUPS,
    DrawsSection,
    capital,
    draws_of,
    draws_section,
    ends_at,
    fan_of,
    figure_name,
    range_text,
    row_name,
    shown_causes,
    word,
)
from coercivity.verbs.outlook_report import OUTSIDE, ReadRun
from coercivity.web.charts import Chart
from coercivity.web.shown import percent_text
from coercivity.web.supply.causes import GROUP_FILLS, Cause, causes_of, chance_chart, group_chart, letter_of, rows_of
from coercivity.web.supply.fans import Fans, fans_of
from coercivity.web.supply.found import Shown
from coercivity.web.view import View


@dataclass(frozen=True, slots=True)
class ShownDraws:
    """The section on draws.

    Attributes:
        section: Sentences and tables, as in the report.
        fans: Quantiles by month.
        causes: What moves each figure.
        groups: Shares of the spread by group; None if none is known.
        chances: Chances of events; None if there is no event.
        colours: Name and colour of each group.
    """

    section: DrawsSection
    fans: list[Fans]
    causes: list[Cause]
    groups: Chart | None
    chances: Chart | None
    colours: list[tuple[str, str]]


def shown_draws(view: View, picked: Shown) -> ShownDraws | None:
    """Returns the section on draws; None if the report has none."""
    draws, section = draws_of(picked.report), draws_section(picked.report, view.lang)
    if draws is None or section is None:
        return None
    return ShownDraws(
        section,
        fans_of(view, picked, draws),
        causes_of(view, picked, draws),
        group_chart(view, picked, draws),
        chance_chart(view, picked, draws),
        [(word("groups", group, view.lang), GROUP_FILLS[group]) for group in GROUPS],
    )


def gap_range(view: View, picked: Shown, run: ReadRun, good: str, month: str) -> str:
    """Returns the range of the price gap of a product in a month in 80 % of the draws; blank if it has none."""
    draws = draws_of(picked.report)
    fan = fan_of(draws, run.body["id"], f"gap:{good}:{OUTSIDE}") if draws is not None else None
    if draws is None or fan is None:
        return ""
    ends = ends_at(draws, fan, picked.months, month)
    return view.w("draws.beside", range_text(*ends, fan["unit"], view.lang)) if ends is not None else ""


# Sections of the page by the section of the report whose figures they show.
_SECTIONS = {
    "look": "gaps", "gap": "gaps", "four": "prices", "quoted": "prices", "chain": "out", "substitution": "short",
    "industry": "plants", "projects": "plants",
}  # fmt: skip
MOST_NAMED = 3


def moves(view: View, picked: Shown, section: str) -> list[str]:
    """Returns the assumptions that matter most for the figures of a section, one sentence a figure and run.

    Args:
        view: Parsed page address.
        picked: The runs compared.
        section: Id of the section on the page.
    """
    draws = draws_of(picked.report)
    if draws is None:
        return []
    keys = BESIDE.get(_SECTIONS.get(section, section), ())
    rows = [row for key in keys for row in rows_of(picked, draws) if row["figure"] == key]
    found = []
    for row in rows:
        name = capital(figure_name(picked.report, row["figure"], view.lang)) + letter_of(view, picked, row)
        clear = [cause for cause in shown_causes(row["causes"]) if cause["index"] > cause["noise"]][:MOST_NAMED]
        told = [
            row_name(picked.report, cause["row"], cause["what"], view.lang)
            + view.signs.note.format(percent_text(view, cause["index"]))
            for cause in clear
        ]
        if told:
            found.append(view.w("draws.moves", name, view.signs.semicolon.join(told)))
        else:
            found.append(view.w("draws.moves_none", name))
    return found or [view.w("draws.moves_unmeasured")]
