"""Texts and frame of a self-contained picture, with the font of papers."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from coercivity.base.words import plain

WIDTH = 720
SIGN = 7  # width of a sign of a label, generously
DARK, LIGHT, GREY = "#1f3a5f", "#a9b8c9", "#5d6773"
_FONT = "font-family='Source Sans 3, Noto Sans SC, sans-serif' font-size='12'"


def svg_text(
    x: float, y: float, text: str, anchor: str = "start", size: float = 12, *, ink: str = GREY, bold: bool = False
) -> str:
    """Returns a text of a picture.

    Args:
        x: Place from the left [pixel].
        y: Place of its base from the top [pixel].
        text: The text.
        anchor: start, middle or end.
        size: Size of its letters [pixel].
        ink: Its colour.
        bold: Whether its letters are bold.
    """
    place = f"x='{x:.1f}' y='{y:.1f}' text-anchor='{anchor}' font-size='{size}'"
    weight = " font-weight='600'" if bold else ""
    return f"<text {place} fill='{ink}'{weight}>{escape(plain(text))}</text>"


def svg_page(height: int, told: str, parts: Sequence[str], width: int = WIDTH) -> str:
    """Returns a picture.

    Args:
        height: Its height [pixel].
        told: What is to be seen, for those who do not see it.
        parts: Its elements.
        width: Its width [pixel].
    """
    head = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' role='img'"
    return f"{head} aria-label={quoteattr(told)} {_FONT}>{''.join(parts)}</svg>"
