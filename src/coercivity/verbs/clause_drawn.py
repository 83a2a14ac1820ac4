"""What draws say of the cost of a clause: its draws, solved or kept, and the ranges of their differences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coercivity.base.canonical import sha256_of_text
from coercivity.base.errors import Fault
from coercivity.base.months import Month, month_text
from coercivity.cases.arguments import Law
from coercivity.ensemble.results.report import rows_drawn
from coercivity.ensemble.runs.runner import InMemory
from coercivity.ensemble.runs.sets import DrawSet
from coercivity.ensemble.runs.task import begin_of
from coercivity.files.kept.store import Store
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.run.runs import RunAsked
from coercivity.market.run.simulate import Lifted
from coercivity.papers.market.report_data import ClausePriceData, DrawnPrice, PriceDraws
from coercivity.verbs.clause_differences import (
    Differences,
    design_for,
    differences,
    ranges,
    usual_of,
    usual_worth,
    worth,
)
from coercivity.verbs.draws import DrawsAsked, draw_sets
from coercivity.verbs.draws_options import DrawsOptions, DrawsRun
from coercivity.verbs.outlook import json_text

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class PriceDrawsAsked:
    """Draws that are asked for beside the cost of a clause.

    Attributes:
        options: Draws of all legal scenarios together, each run with the clause and without it, and the scramble.
        clause: The clause.
        months: First drawn month, and the last month.
        ways: Runs with the clause, one a legal scenario: as practised or without general licences, or both in order.
    """

    options: DrawsOptions
    clause: str
    months: tuple[Month, Month]
    ways: Sequence[Sequence[RunAsked]]


def price_draws(
    book: Rulebook,
    law: Law,
    asked: PriceDrawsAsked,
    cost: ClausePriceData,
    how: DrawsRun,
    *,
    store: Store | None = None,
    notices: list[Fault] | None = None,
) -> PriceDraws:
    """Returns the cost of a clause over draws; the same with any number of workers.

    Every run goes on from the months before the first one, which are solved with the usual figures and with the
    clause. From the first month on, the figures are drawn, and the clause is lifted in one run of each pair.

    Args:
        book: The rulebook.
        law: The same as it was asked for, so that another process can read it.
        asked: The draws.
        cost: The cost without draws.
        how: How draws are run.
        store: Where solved months are kept, and draws unless a folder is named.
        notices: Receives what is said of draws that could not be used.

    Raises:
        CoercivityError: If the number of draws does not fit the legal scenarios, or as `draw_sets`.
    """
    begin, end = asked.months
    design = design_for(asked.options.draws, len(asked.ways[0]), asked.options.scramble)
    memory, told = InMemory(), _Told(2 * len(asked.ways), how.progress)
    found: list[list[Differences]] = []
    failed: dict[str, None] = {}
    for way, runs in zip(_ways(cost["general_licences"]), asked.ways, strict=True):
        sides: list[list[DrawSet]] = []
        for side, lifted in (("with-clause", None), ("without-clause", Lifted(asked.clause, begin))):
            sides.append(
                draw_sets(
                    book,
                    law,
                    DrawsAsked(runs, begin, end, design, lifted=lifted),
                    store=store,
                    keep=store or memory,
                    folder=how.folder / f"{way}{side}" if how.folder is not None else None,
                    executor=how.executor,
                    at_once=how.workers,
                    progress=told.next(),
                    notices=notices,
                )
            )
        for each in (each for side in sides for each in side):
            failed |= {f"{each.run}, point {point}: {why}": None for point, why in sorted(each.failed.items())}
        branches = zip(*sides, cost["branches"], strict=True)
        found.append([differences(with_it, without, branch["goods_held"]) for with_it, without, branch in branches])
    body: PriceDraws = {
        "design": design.id,
        "draws": design.points,
        "first": month_text(begin),
        "last": month_text(end),
        "shared": [month_text(begin_of(begin)), month_text(begin - 1)],
        "rows": rows_drawn(),
        "prices": _prices(asked, cost, found),
        "failed": list(failed),
        "hash": "",
    }
    return {**body, "hash": sha256_of_text(json_text(body))}


def _ways(general_licences: str) -> list[str]:
    """Returns what the folders of the draws begin with."""
    return {"with": [""], "without": ["single-licences-"], "both": ["", "single-licences-"]}[general_licences]


def _prices(asked: PriceDrawsAsked, cost: ClausePriceData, found: list[list[Differences]]) -> list[DrawnPrice]:
    less = f"without {asked.clause}"
    first = "without" if cost["general_licences"] == "without" else "with"
    rows: list[DrawnPrice] = []
    for place, branch in enumerate(cost["branches"]):
        name = branch["branch"]

        def row(kind: str, values: Differences, usual: dict[str, float], name: str = name) -> DrawnPrice:
            return {"branch": name, "general_licences": kind, "ranges": ranges(values, usual, less)}

        rows.append(row(first, found[0][place], usual_of(branch)))
        if len(found) > 1:
            practised, single = found[0][place], found[1][place]
            rows.append(row("without", single, usual_of(cost["without_general_licences"][place])))
            worth_usual = usual_worth(cost["general_licences_worth"][place])
            rows.append(row("worth", worth(practised, single), worth_usual))
    return rows


class _Told:
    """The progress of several sets of draws as one."""

    def __init__(self, sets: int, progress: Progress | None) -> None:
        self._sets, self._begun, self._progress = sets, 0, progress

    def next(self) -> Progress | None:
        """Returns the callback of the next set."""
        place, progress = self._begun, self._progress
        self._begun += 1
        if progress is None:
            return None

        def told(done: int, whole: int) -> None:
            progress(place * whole + done, self._sets * whole)

        return told
