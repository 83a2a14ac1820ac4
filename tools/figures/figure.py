"""A figure, its frame, and its place in the page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coercivity.papers.shared.paper.svg import DARK, GREY, LIGHT, SIGN, WIDTH, svg_page, svg_text

PAGE = "docs/methods.md"
INK, WARM, MIDDLE, PALE = "#1b2530", "#b4582c", "#6f87a6", "#dbe2ea"
_BLOCK = re.compile(r"^<!-- figure (?P<name>[a-z-]+) -->\n.*?^<!-- end of figure -->$", flags=re.DOTALL | re.MULTILINE)
_PAPER = "<rect width='100%' height='100%' fill='#ffffff'/>"  # pages may be dark


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its numbers.

    Attributes:
        name: What to type after `python -m tools.figures`.
        told: Caption: what is to be seen, with units and the source of the numbers.
        svg: The picture.
        head: Names of the columns of the table; the first is text, the others are numbers.
        rows: Cells of the table.
    """

    name: str
    told: str
    svg: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]

    @property
    def file(self) -> str:
        """Place of the picture, from the root of the checkout."""
        return f"docs/img/methods-{self.name}.svg"

    @property
    def content(self) -> bytes:
        """The picture as a file, on white."""
        at = self.svg.index(">") + 1
        return f"{self.svg[:at].replace('`', '')}{_PAPER}{self.svg[at:]}\n".encode()

    def block(self, number: int) -> str:
        """Returns the figure as the page shows it: picture, caption with its command, table.

        Args:
            number: Number of the figure in the page.
        """
        lines = [
            f"<!-- figure {self.name} -->",
            f"![{self.told.replace('`', '')}]({self.file.removeprefix('docs/')})",
            "",
            f"*Figure {number}. {self.told}* Made by `python -m tools.figures {self.name}`.",
            "",
            _row(self.head),
            _row(["---", *["---:"] * (len(self.head) - 1)]),
            *map(_row, self.rows),
            "",
            "<!-- end of figure -->",
        ]
        return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def named(page: str) -> list[str]:
    """Returns the names of the figures of a page, in its order."""
    return [found["name"] for found in _BLOCK.finditer(page)]


def with_figures(page: str, figures: Mapping[str, Figure]) -> str:
    """Returns a page with these figures as they are now; the others stay.

    Args:
        page: The text of the page.
        figures: Figures by name.
    """
    numbers = {name: number for number, name in enumerate(named(page), start=1)}

    def renewed(found: re.Match[str]) -> str:
        name = found["name"]
        return figures[name].block(numbers[name]) if name in figures else found[0]

    return _BLOCK.sub(renewed, page)


def bar(x: float, y: float, width: float, height: float, ink: str) -> str:
    """Returns a bar."""
    return f"<rect x='{x:.1f}' y='{y:.1f}' width='{width:.1f}' height='{height:.1f}' fill='{ink}'/>"


def line(x1: float, y1: float, x2: float, y2: float, ink: str = PALE) -> str:
    """Returns a thin line, such as that of a tick."""
    return f"<line x1='{x1:.1f}' y1='{y1:.1f}' x2='{x2:.1f}' y2='{y2:.1f}' stroke='{ink}'/>"


def path(points: Sequence[tuple[float, float]], ink: str, dash: str = "") -> str:
    """Returns a line through points."""
    dashed = f" stroke-dasharray='{dash}'" if dash else ""
    through = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f"<polyline points='{through}' fill='none' stroke='{ink}' stroke-width='1.8'{dashed}/>"


def key(entries: Sequence[tuple[str, str]], y: float, left: float = 8) -> list[str]:
    """Returns the key of a picture: colour and word, from left to right."""
    parts, x = [], left
    for ink, word in entries:
        parts += [bar(x, y - 9, 16, 10, ink), svg_text(x + 22, y, word)]
        x += 40 + SIGN * len(word)
    return parts


__all__ = [
    "DARK", "GREY", "INK", "LIGHT", "MIDDLE", "PAGE", "PALE", "SIGN", "WARM", "WIDTH", "Figure", "bar", "key", "line",
    "named", "path", "svg_page", "svg_text", "with_figures",
]  # fmt: skip
