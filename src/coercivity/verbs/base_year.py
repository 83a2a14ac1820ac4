"""`base-year`: model results for 2024 without controls, against quoted prices and reported flows of that year."""

from __future__ import annotations

from dataclasses import dataclass

from coercivity.base.canonical import sha256_of_text
from coercivity.base.months import month_text
from coercivity.base.version import ENGINE_VERSION
from coercivity.base.words import Lang
from coercivity.cases.arguments import PACKED, Law
from coercivity.market.base_year.validate import FIRST, LAST, BaseCheck
from coercivity.market.run.runs import RunAsked, simulation_of
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import Progress, capacities
from coercivity.papers.market.base_year_text import base_year_lines
from coercivity.papers.market.report_data import BaseYearBody, BaseYearData
from coercivity.verbs.outlook import json_text, outlook_words, packs_of

SCHEMA = "coercivity/base-year/1"
SCENARIO = "no-controls"


@dataclass(frozen=True, slots=True)
class BaseYear:
    """The base year against reported figures.

    Attributes:
        body: Everything as plain data.
    """

    body: BaseYearData

    def lines(self, lang: Lang = "en") -> tuple[str, ...]:
        """Returns the same as lines of text."""
        return base_year_lines(self.body, lang)


def base_year(*, law: Law = PACKED, progress: Progress | None = None) -> BaseYear:
    """Returns prices and flows of the model in 2024 against reported figures; nothing is fitted to them.

    Args:
        law: The rulebook to use; every control is lifted.
        progress: Called with (months done, all).

    Raises:
        CoercivityError: If a month has no feasible plan, or a table or the list of reasons has errors.
    """
    book = law.book()
    asked = RunAsked(read_scenario(SCENARIO, capacities()), "", "")
    check = BaseCheck(simulation_of(book, asked, FIRST, LAST, progress=progress))
    words = outlook_words()
    body: BaseYearBody = {
        "schema": SCHEMA,
        "engine": ENGINE_VERSION,
        "packs": packs_of(book),
        "scenario": SCENARIO,
        "from": month_text(FIRST),
        "to": month_text(LAST),
        **check.all(),
        "assumed": [entry["row"] for entry in check.figures.resting()],
        "names": {"goods": words["goods"], "regions": words["regions"]},
    }
    return BaseYear({**body, "hash": sha256_of_text(json_text(body))})
