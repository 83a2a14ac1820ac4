"""The texts of a picture, apart from its shapes: Typst sets them in the fonts of the paper, at their place.

Typst draws texts inside SVG in the thinnest style of a variable font, and leaves them as text in the SVG it writes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypedDict
from xml.etree import ElementTree

from coercivity.papers.printed.printable import printable
from coercivity.papers.printed.transforms import NUMBER, UNCHANGED, Matrix, PictureError, matrix_of, product

SVG = "http://www.w3.org/2000/svg"
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\Z")
_NAMED = {"black": "#000000", "white": "#ffffff", "gray": "#808080", "grey": "#808080", "currentcolor": "#000000"}
_INHERITED = ("font-size", "font-weight", "font-style", "text-anchor", "fill", "dominant-baseline")
_WEIGHTS = {"normal": 400, "bold": 700}
_LOWER_EM = {"middle": 0.33, "central": 0.33, "hanging": 0.7}  # from the named line of the letters to their baseline
_WITHOUT_TEXT = frozenset({"defs", "symbol", "marker", "pattern", "clippath", "mask", "switch"})
_DIGITS = 3


class LabelData(TypedDict):
    """A text of a picture: its baseline point, size and angle, in units of the picture and degrees."""

    text: str
    x: float
    y: float
    size: float
    angle: float
    weight: int
    italic: bool
    anchor: str
    fill: str


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """A picture without its texts, and the texts.

    Attributes:
        shapes: The picture as SVG without texts.
        width: Width of what it shows, in its own units.
        height: Height of what it shows, in its own units.
        left: Its left edge, in its own units.
        top: Its upper edge, in its own units.
        labels: Its texts.
    """

    shapes: bytes
    width: float
    height: float
    left: float
    top: float
    labels: list[LabelData]


@dataclass(slots=True)
class _Reader:
    labels: list[LabelData] = field(default_factory=list)

    def walk(self, part: ElementTree.Element, style: Mapping[str, str], matrix: Matrix, *, hidden: bool) -> None:
        """Takes the texts out of a part and what is in it."""
        for child in list(part):
            name = local(child.tag)
            own, placed = _style(child, style), product(matrix, matrix_of(child.get("transform", "")))
            if name == "text":
                if hidden:
                    raise PictureError("a text inside a definition, a clip, a mask or an inner picture")
                self.take(child, own, placed)
                part.remove(child)
            elif name in ("tspan", "textpath", "tref"):
                raise PictureError(f"a {name} outside a text, or a text along a path")
            else:
                self.walk(child, own, placed, hidden=hidden or name in _WITHOUT_TEXT or name == "svg")

    def take(self, text: ElementTree.Element, style: Mapping[str, str], matrix: Matrix) -> None:
        """Adds the lines of a text."""
        x, y = _number(text, "x", 0.0), _number(text, "y", 0.0)
        lines = [_Line(x, y, dict(style), text.text or "")]
        for child in text:
            if local(child.tag) == "title":
                continue
            if local(child.tag) != "tspan" or len(child):
                raise PictureError(f"a {local(child.tag)} inside a text, or a tspan in another")
            if any(child.get(name) is not None for name in ("x", "y", "dx", "dy")):
                last = lines[-1]
                lines.append(_line(child, style, last.x, last.y))
            else:
                lines[-1].text += child.text or ""
            lines[-1].text += child.tail or ""
        first = lines[0]
        size = _size(style)
        first.x += _length(text.get("dx", "0"), size)
        first.y += _length(text.get("dy", "0"), size)
        self.labels += [_label(line, matrix) for line in lines if line.text.strip()]


@dataclass(slots=True)
class _Line:
    x: float
    y: float
    style: Mapping[str, str]
    text: str


def drawn(root: ElementTree.Element) -> DrawnPicture:
    """Returns a picture with its texts apart.

    Args:
        root: The picture; it is changed.

    Raises:
        PictureError: If it has no size, or a text that cannot be set, such as one along a path.
    """
    left, top, width, height = _box(root)
    reader = _Reader()
    reader.walk(root, _style(root, {}), UNCHANGED, hidden=False)
    ElementTree.register_namespace("", SVG)
    shapes: bytes = ElementTree.tostring(root, encoding="utf-8")
    return DrawnPicture(shapes, width, height, left, top, reader.labels)


def local(tag: object) -> str:
    """Returns the name of an element without its namespace, in small letters."""
    return str(tag).rpartition("}")[2].lower()


def _box(root: ElementTree.Element) -> tuple[float, float, float, float]:
    seen = [float(part) for part in NUMBER.findall(root.get("viewBox", ""))]
    if not seen and root.get("width") and root.get("height"):
        seen = [0.0, 0.0, _number(root, "width", 0.0), _number(root, "height", 0.0)]
        root.set("viewBox", " ".join(f"{part:g}" for part in seen))
    if len(seen) != 4 or min(seen[2:]) <= 0 or not all(map(math.isfinite, seen)):  # left, top, width, height
        raise PictureError("no viewBox with a width and a height")
    root.set("width", f"{seen[2]:g}")
    root.set("height", f"{seen[3]:g}")
    left, top, width, height = seen
    return left, top, width, height


def _style(part: ElementTree.Element, above: Mapping[str, str]) -> dict[str, str]:
    if part.get("font") is not None or re.search(r"(?:^|;)\s*font\s*:", part.get("style", "")):
        raise PictureError("a font written in short; write font-size and font-weight")
    style = dict(above)
    style.update({name: value for name in _INHERITED if (value := part.get(name)) is not None})
    for declaration in part.get("style", "").split(";"):
        name, _, value = declaration.partition(":")
        if name.strip() in _INHERITED:
            style[name.strip()] = value.strip()
    return style


def _line(part: ElementTree.Element, above: Mapping[str, str], x: float, y: float) -> _Line:
    style = _style(part, above)
    size = _size(style)
    x = _number(part, "x", x) + _length(part.get("dx", "0"), size)
    y = _number(part, "y", y) + _length(part.get("dy", "0"), size)
    return _Line(x, y, style, part.text or "")


def _label(line: _Line, matrix: Matrix) -> LabelData:
    style, (a, b, c, d, e, f) = line.style, matrix
    size = _size(style)
    y = line.y + size * _LOWER_EM.get(style.get("dominant-baseline", ""), 0.0)
    weight = style.get("font-weight", "normal")
    return {
        "text": printable(" ".join(line.text.split())).replace("\u200b", ""),
        "x": round(a * line.x + c * y + e, _DIGITS),
        "y": round(b * line.x + d * y + f, _DIGITS),
        "size": round(size * math.sqrt(abs(a * d - b * c)), _DIGITS),
        "angle": round(math.degrees(math.atan2(b, a)), _DIGITS),
        "weight": _WEIGHTS[weight] if weight in _WEIGHTS else _whole(weight),
        "italic": style.get("font-style") in ("italic", "oblique"),
        "anchor": _anchor(style.get("text-anchor", "start")),
        "fill": _fill(style.get("fill", "#000000")),
    }


def _fill(told: str) -> str:
    fill = _NAMED.get(told.lower(), told)
    if not _HEX.match(fill):
        raise PictureError(f"a text in the colour {told[:40]}; write it as #rrggbb")
    return fill


def _anchor(told: str) -> str:
    if told not in ("start", "middle", "end"):
        raise PictureError(f"a text with the anchor {told[:40]}")
    return told


def _whole(told: str) -> int:
    if not re.fullmatch(r"[1-9]00", told):
        raise PictureError(f"a text of the weight {told[:40]}")
    return int(told)


def _size(style: Mapping[str, str]) -> float:
    size = _length(style.get("font-size", "16"), 16.0)
    if size <= 0:
        raise PictureError("a text without a size")
    return size


def _number(part: ElementTree.Element, name: str, otherwise: float) -> float:
    told = part.get(name)
    return otherwise if told is None else _length(told, _size(_style(part, {})))


def _length(told: str, em: float) -> float:
    match = re.fullmatch(rf"\s*({NUMBER.pattern})\s*(px|em)?\s*", told)
    if match is None:
        raise PictureError(f"a length {told[:40]}; write it in units of the picture, px or em")
    return float(match[1]) * (em if match[2] == "em" else 1.0)
