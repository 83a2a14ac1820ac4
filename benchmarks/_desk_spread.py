"""Which rows of the licensing desk carry the spread of the results: draws, runs in processes, and shares."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

from benchmarks._desk_draws import Draw, Drawn, changed, draws, fall, rank_correlation
from benchmarks._desk_runs import FIGURES, FIRST, figures_of, packed_practice, ran_with
from coercivity.base.sums import total

Results = list[dict[str, float]]


def drawn_run(draw: Draw, last: str) -> dict[str, float]:
    """Returns the figures of the packed run with drawn rows; in a process of its own."""
    return figures_of(ran_with(changed(packed_practice(), draw), last), FIRST, last)


@dataclass(frozen=True, slots=True)
class Spread:
    """The runs of some draws, and those with a row fixed.

    Attributes:
        results: Figures of each run.
        fixed: The same for the first draws with the row at its value, by row; the largest shares first.
    """

    rows: tuple[Drawn, ...]
    draws: list[dict[str, float]]
    results: Results
    fixed: dict[str, Results]

    def column(self, figure: str) -> list[float]:
        """Returns a figure of every run."""
        return [result[figure] for result in self.results]

    def correlation(self, row: str, figure: str) -> float:
        """Returns the rank correlation of a row and a figure."""
        return rank_correlation([draw[row] for draw in self.draws], self.column(figure))

    def fall(self, row: str, figure: str) -> float:
        """Returns by which share the variance of a figure falls with the row fixed, over the same draws."""
        fixed = [result[figure] for result in self.fixed[row]]
        return fall(fixed, self.column(figure)[: len(fixed)])


def largest(spread: Spread, count: int) -> list[Drawn]:
    """Returns the rows that carry most, by the mean over the figures of their squared rank correlations."""
    return sorted(spread.rows, key=lambda row: (-mean_share(spread, row.name), row.name))[:count]


def mean_share(spread: Spread, row: str) -> float:
    """Returns the mean over the figures of the squared rank correlation of a row."""
    return total(spread.correlation(row, figure) ** 2 for figure in FIGURES) / len(FIGURES)


def spread_of(rows: Sequence[Drawn], last: str, runs: int, top: int, again: int, processes: int) -> Spread:
    """Returns the spread of the figures over draws, and what is left of it with a row fixed.

    Args:
        rows: What is drawn.
        last: Last month.
        runs: Number of draws.
        top: Number of rows that are fixed, one at a time.
        again: Number of draws that are repeated for each.
        processes: Number of processes.
    """
    drawn = draws(rows, runs)
    asked = partial(drawn_run, last=last)
    with ProcessPoolExecutor(max_workers=processes, mp_context=get_context("spawn")) as pool:
        spread = Spread(tuple(rows), drawn, list(pool.map(asked, drawn)), {})
        for row in largest(spread, top) if again else ():
            spread.fixed[row.name] = list(pool.map(asked, [{**draw, row.name: row.value} for draw in drawn[:again]]))
    return spread
