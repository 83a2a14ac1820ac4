"""Transforms of SVG as matrices."""

from __future__ import annotations

import math
import re

Matrix = tuple[float, float, float, float, float, float]  # a, b, c, d, e, f of SVG
UNCHANGED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_STEP = re.compile(r"\s*,?\s*(translate|scale|rotate|matrix)\s*\(([^()]*)\)\s*")


class PictureError(ValueError):
    """What cannot be printed in a picture."""


def matrix_of(told: str) -> Matrix:
    """Returns the matrix of an attribute `transform`.

    Raises:
        PictureError: If it is not a list of translate, scale, rotate and matrix.
    """
    found, at = UNCHANGED, 0
    while at < len(told):
        step = _STEP.match(told, at)
        if step is None:
            raise PictureError(f"a transform {told[:40]}")
        found = product(found, _one(step[1], [float(part) for part in NUMBER.findall(step[2])]))
        at = step.end()
    return found


def _one(name: str, values: list[float]) -> Matrix:
    match name, values:
        case "translate", [x, *rest]:
            return (1.0, 0.0, 0.0, 1.0, x, rest[0] if rest else 0.0)
        case "scale", [x, *rest]:
            return (x, 0.0, 0.0, rest[0] if rest else x, 0.0, 0.0)
        case "rotate", [degrees, *centre]:
            cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
            x, y = centre if len(centre) == 2 else (0.0, 0.0)  # a point has two coordinates
            return (cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y)
        case "matrix", [a, b, c, d, e, f]:
            return (a, b, c, d, e, f)
    raise PictureError(f"a transform {name} with {len(values)} numbers")


def product(left: Matrix, right: Matrix) -> Matrix:
    """Returns the matrix that applies the right one first."""
    a, b, c, d, e, f = left
    g, h, i, j, k, m = right
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)
