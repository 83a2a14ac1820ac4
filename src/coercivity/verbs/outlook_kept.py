"""Outlooks as they are kept: their keys, and the largest draws that are kept of a question.

A kept outlook is told by this module without the market, so what it needs of the market is imported where it is used.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from coercivity.base.canonical import sha256_of_text
from coercivity.base.errors import CoercivityError
from coercivity.base.json_types import Json
from coercivity.files.kept.store import Store
from coercivity.verbs.draws_options import DrawsOptions
from coercivity.verbs.kept import keep, law_hash, taken

if TYPE_CHECKING:
    from coercivity.cases.arguments import Law
    from coercivity.papers.outlook.report_data import OutlookReport


class KeptOutlook(TypedDict):
    """An outlook as it is kept: the report data and both pages."""

    report: OutlookReport
    html: str
    html_zh: str


@dataclass(frozen=True, slots=True)
class Question:
    """An outlook that was asked for, without its draws.

    Attributes:
        names: Scenarios.
        first: First month.
        last: Last month.
        known: Information cut-off.
        desk_without: Elements of the licensing desk that are switched off.
        observed: Whether it starts from the latest observed state.
        observations: Files with further observations.
    """

    names: Sequence[str]
    first: str
    last: str
    known: str | None = None
    desk_without: Sequence[str] = ()
    observed: bool = False
    observations: tuple[str, ...] = ()

    @property
    def off(self) -> list[str]:
        """Elements that are switched off, each once and in order."""
        return sorted({str(name) for name in self.desk_without})

    def key(self, law: Law | None) -> str | None:
        """Returns the key under which the largest kept draws of this question are noted; None if there is none.

        Args:
            law: The rulebook to use; None for the built-in one.
        """
        rules = "" if law is None else _rules(law)
        if rules is None or self.observations:
            return None
        words = ["draws beside", list(self.names), self.first, self.last, self.known, self.off, rules]
        words += ["observed"] if self.observed else []
        return sha256_of_text(json.dumps(words, default=str))


def _rules(law: Law) -> str | None:
    from coercivity.cases.arguments import PACKED  # it loads the rules

    return "" if law == PACKED else law_hash(law)


def outlook_key(question: Question, law: Law, options: DrawsOptions | None = None) -> str | None:
    """Returns the key of the answer to a question; None if there is an error in it or the answer is not kept.

    Args:
        question: The question.
        law: The rulebook to use.
        options: Its draws; None if it has none.
    """
    from coercivity.market.run.result_key import DRAWS, OBSERVED, REPORTS, key_of
    from coercivity.market.run.scenarios.scenario import scenario_hash

    rules = law_hash(law)
    if rules is None:
        return None
    try:
        scenarios: list[Json] = [scenario_hash(name) for name in question.names]
    except CoercivityError:  # told, with every other error, when the answer is made
        return None
    months: list[Json] = [question.first, question.last]
    parts: dict[str, Json] = {"law": rules, "scenarios": scenarios, "months": months, "known": question.known}
    parts["desk_without"] = [*question.off]
    more = [*REPORTS]
    if question.observed:
        seen = _observations(question)
        if seen is None:
            return None
        parts["observed"] = seen
        more += OBSERVED
    if options is not None:
        return key_of("outlook", {**parts, "draws": options.plain()}, *more, *DRAWS)
    return key_of("outlook", parts, *more)


def _observations(question: Question) -> Json | None:
    """Returns the observations of a question as plain data; None if there is an error in them."""
    from coercivity.base.days import parse_day
    from coercivity.observations.state.asked import asked_of

    try:
        known = parse_day(question.known) if question.known is not None else None
        return asked_of(known, [Path(name) for name in question.observations]).plain()
    except (CoercivityError, ValueError):  # told, with every other error, when the answer is made
        return None


@dataclass(frozen=True, slots=True)
class NotedDraws:
    """Draws that are noted as the largest ones kept of a question.

    Attributes:
        options: The draws.
        report: Key of the report with them.
    """

    options: DrawsOptions
    report: str


def noted_draws(store: Store | None, question: Question, law: Law | None) -> NotedDraws | None:
    """Returns the largest draws that were kept of a question, perhaps by another version of program or packs.

    Args:
        store: Where results are kept.
        question: The question.
        law: The rulebook to use; None for the built-in one.
    """
    if store is None:
        return None
    try:
        held = taken(store, question.key(law))
        if held is None:
            return None
        return NotedDraws(DrawsOptions(int(held["draws"]), int(held["scramble"])), held["report"])
    except (TypeError, KeyError, ValueError):
        return None


def kept_with_draws(store: Store | None, question: Question, law: Law) -> KeptOutlook | None:
    """Returns the outlook with the largest kept draws of a question, of this version of program and packs.

    Args:
        store: Where results are kept.
        question: The question.
        law: The rulebook to use.
    """
    drawn = noted_draws(store, question, law)
    if drawn is None or outlook_key(question, law, drawn.options) != drawn.report:
        return None
    found: KeptOutlook | None = taken(store, drawn.report)
    return found


def note_draws(store: Store | None, question: Question, law: Law, found: NotedDraws, *, current: bool) -> None:
    """Notes draws of a question, unless more of them are noted.

    Args:
        store: Where results are kept.
        question: The question.
        law: The rulebook to use.
        found: The draws.
        current: Whether the draws noted so far are of this version of program and packs.
    """
    earlier = noted_draws(store, question, law)
    if earlier is not None and current and _rank(earlier) >= _rank(found):
        return
    held = {"draws": found.options.draws, "scramble": found.options.scramble, "report": found.report}
    keep(store, question.key(law), held)


def _rank(found: NotedDraws) -> tuple[int, int]:
    """Returns the order of draws: more of them first, then the lower number of the scramble."""
    return found.options.draws, -found.options.scramble
