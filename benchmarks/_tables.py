"""Plain tables and figures with limits, as the benchmarks of the market print them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Figure(NamedTuple):
    """A figure with the most that it may be."""

    what: str
    value: float
    most: float

    @property
    def held(self) -> bool:
        """Whether it holds."""
        return self.value <= self.most


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Prints a plain table."""
    texts = [[cell_text(cell) for cell in row] for row in rows]
    widths = [max(len(row[n]) for row in [list(head), *texts]) for n in range(len(head))]
    for row in [list(head), *texts]:
        print("  " + "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def cell_text(cell: object) -> str:
    """Returns a cell of a table as text."""
    if isinstance(cell, float):
        if 0 < abs(cell) < 1e-3:
            return f"{cell:.1e}"
        return f"{cell:,.4f}" if abs(cell) < 1 else f"{cell:,.2f}" if abs(cell) < 100 else f"{cell:,.0f}"
    return str(cell)


def print_figures(figures: Iterable[Figure]) -> None:
    """Prints figures with their limits, the worst of them at the end."""
    for figure in sorted(figures, key=lambda f: f.value / f.most if f.most else f.value):
        held = "holds" if figure.held else "FAILS"
        print(f"{held}  {figure.what}: {cell_text(figure.value)} (at most {cell_text(figure.most)})")
