"""The screen `fund`: what public money should buy, from a kept workbook and the choices in the address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import cast

from coercivity.base.errors import Argument, CoercivityError, brief_value
from coercivity.verbs.fund import fund_template
from coercivity.verbs.ministry_sections import TECHNOLOGIES, FundReport, PaperSection, technology_name
from coercivity.verbs.serving.ministries.fund import FUND, FundSent
from coercivity.verbs.serving.ministries.question import Report
from coercivity.web.ministry.drawn import Drawn
from coercivity.web.ministry.fund_charts import fund_charts
from coercivity.web.ministry.routes import routes
from coercivity.web.ministry.screen import FILE, MOST_TYPED, Screen, sent_of
from coercivity.web.view import Context, View

BUDGET, OTHERS, TECHNOLOGY, SETS = "budget", "others", "technology", "sets"
USUAL_SETS = "4"
SET_COUNTS = ("1", "2", USUAL_SETS, "6", "10", "20", "50")
_PARTED = re.compile(r"[;；、，\s]+|,\s+")  # a comma between digits groups thousands
_WHOLE = re.compile(r"\d{1,4}", re.ASCII)


def _asked(view: View) -> FundSent:
    """Returns what an address asks.

    Raises:
        CoercivityError: If a number is none.
    """
    first = view.get(BUDGET)[:MOST_TYPED].strip()
    others = [text for text in _PARTED.split(view.get(OTHERS)[:MOST_TYPED]) if text]
    sets = view.get(SETS, USUAL_SETS)
    if not _WHOLE.fullmatch(sets):
        what = f"the number of sets is from 1 to 50, not {brief_value(sets)}"
        raise CoercivityError.of("ARGUMENT", what, where=Argument(SETS), next="write 4 for the usual number")
    if others and not first:
        what = "other budgets are given, but none to compare them with"
        raise CoercivityError.of("ARGUMENT", what, where=Argument(BUDGET), next="write the budget asked for first")
    budgets = [first, *others] if first else []
    technology = view.get(TECHNOLOGY, "given")
    return sent_of(FundSent, file=view.get(FILE), budget=budgets, technology=technology, sets=int(sets))


def _form(view: View) -> Context:
    return {
        "budget": view.get(BUDGET)[:MOST_TYPED],
        "others": view.get(OTHERS)[:MOST_TYPED],
        "technology": view.get(TECHNOLOGY, "given"),
        "technologies": [(name, technology_name(name, view.lang)) for name in TECHNOLOGIES],
        "sets": view.get(SETS, USUAL_SETS),
        "set_counts": [(count, count) for count in SET_COUNTS],
    }


def _charts(view: View, body: Report, sections: Mapping[str, PaperSection]) -> Iterator[Drawn]:
    return fund_charts(view, cast(FundReport, body), sections)


_ARGUMENTS = {"budget": f"{BUDGET} {OTHERS}", "technology": TECHNOLOGY, "sets": SETS}
SCREEN = Screen(FUND, "fund.html.j2", _ARGUMENTS, _asked, _charts, _form)
router = routes(SCREEN, lambda lang, filled: fund_template(lang, example=filled))
