"""Elements of a picture in SVG: numbers in one form, texts escaped, patterns for print in black and white."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Literal

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]
FONT = "Source Sans 3, Noto Sans SC"
SIZE = 12.0  # at 17 cm for 680 units, about 8.5 points
WIDTH = 680.0
INK, MID, PALE, LINE = "#111111", "#8a8a8a", "#d9d9d9", "#bdbdbd"
_WIDE_FROM = "\u2e80"
_LATIN, _WIDE = 0.52, 1.0


class Drawing:
    """A picture that is drawn element by element, in units of 1/40 cm on paper.

    Args:
        name: Name of the picture; its patterns are named after it, so that pictures can share a page.
        height: Height.
        told: What a reader sees, for those who hear it.
        width: Width.
    """

    def __init__(self, name: str, height: float, told: str, width: float = WIDTH) -> None:
        self.width, self.height = width, height
        self._name, self._told = name, told
        self._parts: list[str] = []
        self._patterns: dict[str, str] = {}

    def bare(self, corner: Point, width: float, height: float) -> None:
        """Clears a rectangle, so that no line runs through what is written on it."""
        where = f'x="{_n(corner[0])}" y="{_n(corner[1])}" width="{_n(width)}" height="{_n(height)}"'
        self._parts.append(f'<rect {where} fill="#ffffff" stroke="none"/>')

    def text(
        self, at: Point, text: str, *, anchor: Anchor = "start", bold: bool = False, size: float = SIZE, ink: str = INK
    ) -> None:
        """Draws a text on its base line."""
        weight = ' font-weight="600"' if bold else ""
        where = f'x="{_n(at[0])}" y="{_n(at[1])}" text-anchor="{anchor}"'
        self._parts.append(f'<text {where} font-size="{_n(size)}" fill="{ink}"{weight}>{escape(text)}</text>')

    def line(self, start: Point, end: Point, *, ink: str = LINE, width: float = 1.0, dash: str = "") -> None:
        """Draws a straight line."""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        ends = f'x1="{_n(start[0])}" y1="{_n(start[1])}" x2="{_n(end[0])}" y2="{_n(end[1])}"'
        self._parts.append(f'<line {ends} stroke="{ink}" stroke-width="{_n(width)}"{dashed}/>')

    def path(self, points: Sequence[Point], *, ink: str = INK, width: float = 1.6, dash: str = "") -> None:
        """Draws a line through points."""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        told = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        self._parts.append(f'<polyline points="{told}" fill="none" stroke="{ink}" stroke-width="{_n(width)}"{dashed}/>')

    def area(self, points: Sequence[Point], *, fill: str = PALE) -> None:
        """Fills a closed area."""
        told = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        self._parts.append(f'<polygon points="{told}" fill="{fill}" stroke="none"/>')

    def box(self, corner: Point, width: float, height: float, *, fill: str = "none", ink: str = INK) -> None:
        """Draws a rectangle from its upper left corner."""
        where = f'x="{_n(corner[0])}" y="{_n(corner[1])}" width="{_n(width)}" height="{_n(height)}"'
        self._parts.append(f'<rect {where} fill="{fill}" stroke="{ink}" stroke-width="0.8"/>')

    def dot(self, at: Point, radius: float = 3.5, *, fill: str = INK) -> None:
        """Draws a dot."""
        where = f'cx="{_n(at[0])}" cy="{_n(at[1])}" r="{_n(radius)}"'
        self._parts.append(f'<circle {where} fill="{fill}" stroke="{INK}" stroke-width="0.8"/>')

    def hatch(self, step: float = 5.0, ink: str = "#555555") -> str:
        """Returns the fill of a field with oblique lines."""
        name = f"{self._name}-hatch{_n(step).replace('.', '-')}"
        self._patterns[name] = (
            f'<pattern id="{name}" patternUnits="userSpaceOnUse" width="{_n(step)}" height="{_n(step)}" '
            f'patternTransform="rotate(45)"><rect width="{_n(step)}" height="{_n(step)}" fill="#ffffff"/>'
            f'<line x1="0" y1="0" x2="0" y2="{_n(step)}" stroke="{ink}" stroke-width="1.6"/></pattern>'
        )
        return f"url(#{name})"

    def svg(self) -> str:
        """Returns the picture."""
        size = f'viewBox="0 0 {_n(self.width)} {_n(self.height)}" width="{_n(self.width)}" height="{_n(self.height)}"'
        patterns = f"<defs>{''.join(self._patterns.values())}</defs>" if self._patterns else ""
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{FONT}">'
        return f"{head}<title>{escape(self._told)}</title>{patterns}{''.join(self._parts)}</svg>"


def text_width(text: str, size: float = SIZE) -> float:
    """Returns about how wide a text is."""
    wide = sum(1 for sign in text if sign >= _WIDE_FROM)
    return size * (wide * _WIDE + (len(text) - wide) * _LATIN)


def shortened(text: str, room: float, size: float = SIZE) -> str:
    """Returns a text that fits into a width; what was cut shows as an ellipsis."""
    if text_width(text, size) <= room:
        return text
    kept = text
    while kept and text_width(f"{kept}…", size) > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def _n(value: float) -> str:
    told = f"{value:.1f}"
    return told.removesuffix(".0")
